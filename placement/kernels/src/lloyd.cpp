#include "lloyd.hpp"

#include <algorithm>

#include "repair.hpp"
#include "sweeps.hpp"

namespace placement {

namespace {

struct Totals {
  double* sum;
  double* weight;
  double inertia;
  bool is_changed;
};

// kFeatures is the number of features when known at compile time, 0 when not.
template <int kFeatures>
void tally(const Tile& tile, const double* weights, const double* squared, const std::int64_t* nearest, std::int32_t* label,
           Totals& totals) {
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
    double* sum = totals.sum + cluster * d;
    for (int feature = 0; feature < d; ++feature) sum[feature] += weight * tile.first[feature * tile.stride + i];
  }
  totals.inertia += inertia;
  totals.is_changed = totals.is_changed || is_changed;
}

}  // namespace

Lloyd::Lloyd(const Dataset& data, const LloydRules& rules, Team& team) : data_(data), rules_(rules), team_(team) {
  const std::size_t k = static_cast<std::size_t>(rules.n_clusters);
  const std::size_t n_chunks = static_cast<std::size_t>(data.chunks().count());
  clusters_.label.resize(static_cast<std::size_t>(data.n()));
  clusters_.sum.resize(k * data.d());
  clusters_.weight.resize(k);
  chunk_sum_.resize(n_chunks * k * data.d());
  chunk_weight_.resize(n_chunks * k);
  chunk_inertia_.resize(n_chunks);
  chunk_changed_.resize(n_chunks);
}

Outcome Lloyd::run(double* centers) {
  std::fill(clusters_.label.begin(), clusters_.label.end(), -1);
  Outcome outcome{0.0, 0, Stop::kMaxIter, 0};
  while (outcome.n_iter < rules_.max_iter) {
    ++outcome.n_iter;
    assign(centers);
    if (!is_changed_) {  // then nothing can be repaired either: labels as the last repair left them
      outcome.stop = Stop::kLabelsUnchanged;
      outcome.inertia = inertia_;
      return outcome;
    }
    const std::int32_t n_relocated = repair_empty_clusters(data_, rules_.n_locked, centers, clusters_);
    outcome.n_relocations += n_relocated;
    const double shift = move_centers(centers);
    if (n_relocated == 0 && shift <= rules_.tol) {
      outcome.stop = Stop::kCenterShift;
      break;
    }
  }
  assign(centers);  // the centres have moved since the last one
  outcome.inertia = inertia_;
  return outcome;
}

void Lloyd::assign(const double* centers) {
  team_.run(data_.chunks().count(), [&](std::int64_t chunk, int) { assign_chunk(chunk, centers); });
  gather_chunks();
}

void Lloyd::assign_chunk(std::int64_t chunk, const double* centers) {
  const std::int64_t k = rules_.n_clusters;
  const int d = data_.d();
  Totals totals{chunk_sum_.data() + chunk * k * d, chunk_weight_.data() + chunk * k, 0.0, false};
  std::fill_n(totals.sum, k * d, 0.0);
  std::fill_n(totals.weight, k, 0.0);
  double squared[kTile];
  std::int64_t nearest[kTile];
  const std::int64_t end = data_.chunks().end(chunk);
  for (std::int64_t from = data_.chunks().begin(chunk); from < end; from += kTile) {
    const Tile tile{data_.column(0) + from, data_.stride(), static_cast<int>(std::min<std::int64_t>(kTile, end - from)), d};
    nearest_in_tile(tile, centers, k, squared, nearest);
    const auto count = d == 2 ? tally<2> : tally<0>;
    count(tile, data_.weights() + from, squared, nearest, clusters_.label.data() + from, totals);
  }
  chunk_inertia_[chunk] = totals.inertia;
  chunk_changed_[chunk] = totals.is_changed;
}

void Lloyd::gather_chunks() {
  const std::int64_t n_sums = static_cast<std::int64_t>(clusters_.sum.size());
  std::fill(clusters_.sum.begin(), clusters_.sum.end(), 0.0);
  std::fill(clusters_.weight.begin(), clusters_.weight.end(), 0.0);
  inertia_ = 0.0;
  is_changed_ = false;
  for (std::int64_t chunk = 0; chunk < data_.chunks().count(); ++chunk) {
    for (std::int64_t i = 0; i < n_sums; ++i) clusters_.sum[i] += chunk_sum_[chunk * n_sums + i];
    for (std::int64_t j = 0; j < rules_.n_clusters; ++j) clusters_.weight[j] += chunk_weight_[chunk * rules_.n_clusters + j];
    inertia_ += chunk_inertia_[chunk];
    is_changed_ = is_changed_ || chunk_changed_[chunk] != 0;
  }
}

// Each free centre with weight to the weighted mean of its points; returns the squared length of all moves together.
double Lloyd::move_centers(double* centers) const {
  const int d = data_.d();
  double shift = 0.0;
  for (std::int64_t j = rules_.n_locked; j < rules_.n_clusters; ++j) {
    if (!(clusters_.weight[j] > 0.0)) continue;
    for (int feature = 0; feature < d; ++feature) {
      const double mean = clusters_.sum[j * d + feature] / clusters_.weight[j];
      const double step = mean - centers[j * d + feature];
      shift += step * step;
      centers[j * d + feature] = mean;
    }
  }
  return shift;
}

}  // namespace placement
