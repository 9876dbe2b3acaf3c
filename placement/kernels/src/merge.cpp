#include "merge.hpp"

#include <algorithm>

namespace placement {

namespace {

// The first coordinate travels with the index: most comparisons need no look at the points themselves.
struct Entry {
  double first;
  std::int64_t index;
};

class Order {
 public:
  Order(const double* points, const double* weights, int d) : points_(points), weights_(weights), d_(d) {}

  // Among copies the lighter goes first, so that even the rounding of their summed weight is canonical.
  bool operator()(const Entry& a, const Entry& b) const {
    if (a.first != b.first) return a.first < b.first;
    for (int feature = 1; feature < d_; ++feature) {
      const double left = points_[a.index * d_ + feature];
      const double right = points_[b.index * d_ + feature];
      if (left != right) return left < right;
    }
    return weights_[a.index] < weights_[b.index];
  }

  bool same_place(const double* a, const double* b) const { return std::equal(a, a + d_, b); }

 private:
  const double* points_;
  const double* weights_;
  int d_;
};

std::vector<Entry> weighted_entries(const double* points, const double* weights, std::int64_t n, int d) {
  std::vector<Entry> entries;
  entries.reserve(static_cast<std::size_t>(n));
  for (std::int64_t i = 0; i < n; ++i) {
    if (weights[i] > 0.0) entries.push_back(Entry{points[i * d], i});
  }
  return entries;
}

}  // namespace

WeightedPoints merge(const double* points, const double* weights, std::int64_t n, int d) {
  const Order order(points, weights, d);
  std::vector<Entry> entries = weighted_entries(points, weights, n, d);
  std::sort(entries.begin(), entries.end(), order);
  WeightedPoints merged;
  merged.points.reserve(entries.size() * d);
  merged.weights.reserve(entries.size());
  for (const Entry& entry : entries) {
    const double* point = points + entry.index * d;
    if (!merged.weights.empty() && order.same_place(point, merged.points.data() + merged.points.size() - d)) {
      merged.weights.back() += weights[entry.index];
      continue;
    }
    merged.points.insert(merged.points.end(), point, point + d);
    for (double* x = merged.points.data() + merged.points.size() - d; x < merged.points.data() + merged.points.size(); ++x) {
      *x += 0.0;  // -0.0 becomes 0.0
    }
    merged.weights.push_back(weights[entry.index]);
  }
  return merged;
}

}  // namespace placement
