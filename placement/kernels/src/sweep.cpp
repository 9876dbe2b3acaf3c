#include "sweep.hpp"

#include <algorithm>

#include "sweeps.hpp"

namespace placement {

namespace {

// From so many on reading the points twice costs less than picking their numbers from all over the columns.
constexpr int kManyFeatures = 12;

struct Totals {
  double* sum;
  double* weight;
  double inertia;
  bool is_changed;
};

template <int kFeatures>
inline void add_row(const double* row, double weight, int n_features, double* sum) {
  const int d = kFeatures > 0 ? kFeatures : n_features;
  if constexpr (kFeatures > 0) {  // by way of a copy, which nobody else can write to
    double added[kFeatures];
    for (int feature = 0; feature < d; ++feature) added[feature] = sum[feature] + weight * row[feature];
    std::copy_n(added, d, sum);
  } else {
    for (int feature = 0; feature < d; ++feature) sum[feature] += weight * row[feature];
  }
}

// kFeatures is the number of features when known at compile time, 0 when not. rows: the tile's points row by row, if they are kept
// so; many features are then added up side by side, in the same order either way.
template <int kFeatures>
void tally(const Tile& tile, const double* rows, const double* weights, const double* squared, const std::int64_t* nearest,
           std::int32_t* label, Totals& totals) {
  const int d = kFeatures > 0 ? kFeatures : tile.d;
  double inertia = 0.0;
  bool is_changed = false;
  for (int i = 0; i < tile.count; ++i) {
    const std::int64_t cluster = nearest[i];
    const double weight = weights[i];
    is_changed |= label[i] != static_cast<std::int32_t>(cluster);
    label[i] = static_cast<std::int32_t>(cluster);
    inertia += weight * squared[i];
    totals.weight[cluster] += weight;
    double* const sum = totals.sum + cluster * d;
    if (rows != nullptr) {
      add_row<kFeatures>(rows + i * d, weight, d, sum);
    } else {
      for (int feature = 0; feature < d; ++feature) sum[feature] += weight * tile.first[feature * tile.stride + i];
    }
  }
  totals.inertia += inertia;
  totals.is_changed = totals.is_changed || is_changed;
}

}  // namespace

Sweep::Sweep(const Dataset& data, std::int64_t n_clusters, Team& team)
    : data_(data), k_(n_clusters), chunks_(data.n(), n_clusters), team_(team) {
  const std::size_t k = static_cast<std::size_t>(n_clusters);
  const std::size_t n_chunks = static_cast<std::size_t>(chunks_.count());
  chunk_sum_.resize(n_chunks * k * data.d());
  chunk_weight_.resize(n_chunks * k);
  chunk_inertia_.resize(n_chunks);
  chunk_changed_.resize(n_chunks);
}

void Sweep::reset(Clusters& clusters) { clusters.label.assign(static_cast<std::size_t>(data_.n()), -1); }

bool Sweep::assign(const double* centers, Clusters& clusters) {
  team_.run(chunks_.count(), [&](std::int64_t chunk, int) { assign_chunk(chunk, centers, clusters); });
  return gather_chunks(clusters);
}

void Sweep::assign_chunk(std::int64_t chunk, const double* centers, Clusters& clusters) {
  const int d = data_.d();
  Totals totals{chunk_sum_.data() + chunk * k_ * d, chunk_weight_.data() + chunk * k_, 0.0, false};
  std::fill_n(totals.sum, k_ * d, 0.0);
  std::fill_n(totals.weight, k_, 0.0);
  double squared[kTile], room[kTile];
  std::int64_t nearest[kTile];
  const std::int64_t end = chunks_.end(chunk);
  const double* const rows = d < kManyFeatures ? nullptr : data_.rows();
  for (std::int64_t from = chunks_.begin(chunk); from < end; from += kTile) {
    const Tile tile{data_.column(0) + from, data_.stride(), static_cast<int>(std::min<std::int64_t>(kTile, end - from)), d};
    nearest_in_tile(tile, centers, k_, squared, nearest);
    const auto count = d == 2 ? tally<2> : d == 3 ? tally<3> : d == 4 ? tally<4> : d == 8 ? tally<8> : d == 16 ? tally<16> : tally<0>;
    count(tile, rows == nullptr ? nullptr : rows + from * d, data_.tile_weights(from, tile.count, room), squared, nearest, clusters.label.data() + from, totals);
  }
  chunk_inertia_[chunk] = totals.inertia;
  chunk_changed_[chunk] = totals.is_changed;
}

bool Sweep::gather_chunks(Clusters& clusters) {
  const std::int64_t n_sums = static_cast<std::int64_t>(clusters.sum.size());
  std::fill(clusters.sum.begin(), clusters.sum.end(), 0.0);
  std::fill(clusters.weight.begin(), clusters.weight.end(), 0.0);
  inertia_ = 0.0;
  bool is_changed = false;
  for (std::int64_t chunk = 0; chunk < chunks_.count(); ++chunk) {
    for (std::int64_t i = 0; i < n_sums; ++i) clusters.sum[i] += chunk_sum_[chunk * n_sums + i];
    for (std::int64_t j = 0; j < k_; ++j) clusters.weight[j] += chunk_weight_[chunk * k_ + j];
    inertia_ += chunk_inertia_[chunk];
    is_changed = is_changed || chunk_changed_[chunk] != 0;
  }
  return is_changed;
}

}  // namespace placement
