// The rows of a crowded cell, for tree_bucket.hpp: halved at medians until they fit into leaves.
#include <limits>

#include "tree_bucket.hpp"

namespace placement {

// Rows from `begin` on are put into the order of halvings at medians; they are sorted, so that their ranks tell them apart.
template <int D>
void BucketWriter<D>::halve_rows(std::uint32_t begin, std::uint32_t first_point) {
  const std::uint32_t count = n_rows_ - begin;
  entries_.resize(count);
  for (std::uint32_t rank = 0; rank < count; ++rank) entries_[rank].position = rank;
  halve(begin, 0, count);
  const auto reorder = [&](std::vector<double>& values) {
    moving_.assign(values.begin() + begin, values.begin() + n_rows_);
    for (std::uint32_t i = 0; i < count; ++i) values[begin + i] = moving_[entries_[i].position];
  };
  for (std::vector<double>& column : out_) reorder(column);
  reorder(out_weight_);
  moving_first_.assign(out_first_.begin() + begin, out_first_.begin() + n_rows_);
  moving_first_.push_back(n_points_);
  moving_index_.assign(out_index_.begin() + first_point, out_index_.begin() + n_points_);
  std::uint32_t point = first_point;
  for (std::uint32_t i = 0; i < count; ++i) {
    const std::uint32_t rank = entries_[i].position;
    out_first_[begin + i] = point;
    for (std::uint32_t p = moving_first_[rank]; p < moving_first_[rank + 1]; ++p) out_index_[point++] = moving_index_[p - first_point];
  }
}

template <int D>
void BucketWriter<D>::halve(std::uint32_t begin, std::int64_t from, std::int64_t to) {
  if (to - from <= kLeaf) return;
  const double* const column = out_[widest(begin, from, to)].data() + begin;
  for (std::int64_t i = from; i < to; ++i) entries_[i].key = column[entries_[i].position];
  const std::int64_t middle = from + half_of(to - from);
  const auto entry = [this](std::int64_t i) { return entries_.begin() + static_cast<std::ptrdiff_t>(i); };
  std::nth_element(entry(from), entry(middle), entry(to), [](const Entry& a, const Entry& b) {
    return a.key != b.key ? a.key < b.key : a.position < b.position;
  });
  halve(begin, from, middle);
  halve(begin, middle, to);
}

template <int D>
int BucketWriter<D>::widest(std::uint32_t begin, std::int64_t from, std::int64_t to) const {
  double low[D], high[D];
  std::fill_n(low, D, std::numeric_limits<double>::infinity());
  std::fill_n(high, D, -std::numeric_limits<double>::infinity());
  for (std::int64_t i = from; i < to; ++i) {
    for (int feature = 0; feature < D; ++feature) {
      const double x = out_[feature][begin + entries_[i].position];
      low[feature] = x < low[feature] ? x : low[feature];
      high[feature] = x > high[feature] ? x : high[feature];
    }
  }
  int axis = 0;
  for (int feature = 1; feature < D; ++feature) {
    if (high[feature] - low[feature] > high[axis] - low[axis]) axis = feature;
  }
  return axis;
}

template void BucketWriter<1>::halve_rows(std::uint32_t, std::uint32_t);
template void BucketWriter<2>::halve_rows(std::uint32_t, std::uint32_t);
template void BucketWriter<3>::halve_rows(std::uint32_t, std::uint32_t);
template void BucketWriter<4>::halve_rows(std::uint32_t, std::uint32_t);

}  // namespace placement
