#include "tree_deal.hpp"

#include <algorithm>
#include <type_traits>

namespace placement {

namespace {

constexpr int kMostBuckets = 10;          // bits
constexpr std::int64_t kBucket = 1 << 12;  // points in a bucket, about
constexpr std::int64_t kSmallestSlice = 1 << 14;
constexpr std::int64_t kMostSlices = 64;

// Consecutive points of the input that one thread works through. The cut depends on their number alone.
struct Slices {
  explicit Slices(std::int64_t n)
      : n(n), size(std::max(kSmallestSlice, (n + kMostSlices - 1) / kMostSlices)), count((n + size - 1) / size) {}
  std::int64_t begin(std::int64_t slice) const { return slice * size; }
  std::int64_t end(std::int64_t slice) const { return std::min(n, (slice + 1) * size); }
  std::int64_t n, size, count;
};

int count_bucket_bits(std::int64_t n, int n_bits) {
  int bits = 0;
  while (bits < std::min(n_bits, kMostBuckets) && (n >> bits) > kBucket) ++bits;
  return bits;
}

// Counts become the places where each slice's share of each bucket begins.
std::vector<std::int64_t> begin_buckets(std::vector<std::uint32_t>& next, std::int64_t n_slices, std::int64_t n_buckets) {
  std::vector<std::int64_t> begin;
  std::uint32_t sum = 0;
  for (std::int64_t bucket = 0; bucket < n_buckets; ++bucket) {
    begin.push_back(sum);
    for (std::int64_t slice = 0; slice < n_slices; ++slice) {
      std::uint32_t& place = next[slice * n_buckets + bucket];
      const std::uint32_t count = place;
      place = sum;
      sum += count;
    }
  }
  begin.push_back(sum);
  return begin;
}

template <int D, class Scalar>
class Dealer {
 public:
  Dealer(const RawPoints& raw, const Scalar* points, const Grid& grid, Dealt& dealt)
      : points_(points), raw_weights_(raw.weights), axes_(grid.axes.data()), shift_(dealt.n_low_bits), cell_(dealt.cell.data()),
        index_(dealt.index.data()), weights_(raw.weights == nullptr ? nullptr : dealt.data.keep_weights()) {
    for (int feature = 0; feature < D; ++feature) columns_[feature] = dealt.data.column(feature);
    std::copy_n(raw.origin, D, origin_);
  }

  // Finds the cell of each point and counts the points of each bucket.
  void number(std::int64_t from, std::int64_t to, std::uint32_t* cell, std::uint32_t* count) const {
    const Dealer own = *this;  // a copy nobody else can write to: its members stay in registers
    for (std::int64_t i = from; i < to; ++i) {
      std::uint32_t number = 0;
      for (int feature = 0; feature < D; ++feature) number |= own.axes_[feature].spread(own.at(i, feature));
      if (own.raw_weights_ != nullptr && !(own.raw_weights_[i] > 0.0)) {
        cell[i] = kNowhere;
        continue;
      }
      cell[i] = number;
      ++count[number >> own.shift_];
    }
  }

  void deal(std::int64_t from, std::int64_t to, const std::uint32_t* cell, std::uint32_t* next) const {
    const Dealer own = *this;
    for (std::int64_t i = from; i < to; ++i) {
      const std::uint32_t number = cell[i];
      if (number == kNowhere) continue;
      const std::uint32_t row = next[number >> own.shift_]++;
      for (int feature = 0; feature < D; ++feature) own.columns_[feature][row] = own.at(i, feature) + 0.0;  // -0.0 becomes 0.0
      own.cell_[row] = number;
      own.index_[row] = static_cast<std::uint32_t>(i);
      if (own.weights_ != nullptr) own.weights_[row] = own.raw_weights_[i];
    }
  }

 private:
  double at(std::int64_t i, int feature) const { return static_cast<double>(points_[i * D + feature]) - origin_[feature]; }

  const Scalar* points_;
  const double* raw_weights_;
  const Axis* axes_;
  int shift_;
  std::uint32_t* cell_;
  std::uint32_t* index_;
  double* weights_;
  double* columns_[D];
  double origin_[D];
};

}  // namespace

template <int D>
Dealt deal_points(const RawPoints& raw, std::int64_t n_weighted, const Grid& grid, Team& team) {
  const std::size_t n = static_cast<std::size_t>(n_weighted);
  const int n_bucket_bits = count_bucket_bits(n_weighted, grid.n_bits);
  Dealt dealt{Dataset(n_weighted, D), Buffer<std::uint32_t>(n), Buffer<std::uint32_t>(n), {}, grid.n_bits - n_bucket_bits, raw.kind == Kind::kByte};
  const Slices slices(raw.n);
  const std::int64_t n_buckets = std::int64_t{1} << n_bucket_bits;
  std::vector<std::uint32_t> next(static_cast<std::size_t>(slices.count * n_buckets));
  Buffer<std::uint32_t> cell(static_cast<std::size_t>(raw.n));
  visit_numbers(raw.points, raw.kind, [&](const auto* points) {
    const Dealer<D, std::remove_cv_t<std::remove_pointer_t<decltype(points)>>> dealer(raw, points, grid, dealt);
    team.run(slices.count, [&](std::int64_t slice, int) {
      dealer.number(slices.begin(slice), slices.end(slice), cell.data(), next.data() + slice * n_buckets);
    });
    dealt.begin = begin_buckets(next, slices.count, n_buckets);
    team.run(slices.count, [&](std::int64_t slice, int) {
      dealer.deal(slices.begin(slice), slices.end(slice), cell.data(), next.data() + slice * n_buckets);
    });
  });
  return dealt;
}

template Dealt deal_points<1>(const RawPoints&, std::int64_t, const Grid&, Team&);
template Dealt deal_points<2>(const RawPoints&, std::int64_t, const Grid&, Team&);
template Dealt deal_points<3>(const RawPoints&, std::int64_t, const Grid&, Team&);
template Dealt deal_points<4>(const RawPoints&, std::int64_t, const Grid&, Team&);

}  // namespace placement
