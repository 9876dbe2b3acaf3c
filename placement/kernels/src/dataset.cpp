#include "dataset.hpp"

#include <algorithm>

namespace placement {

namespace {
constexpr std::int64_t kSmallestChunk = 4 * kTile;
constexpr std::int64_t kMostChunks = 64;
}  // namespace

// A chunk has at least four points a cluster, so that its sums never outgrow the points themselves.
Chunks::Chunks(std::int64_t n, std::int64_t n_clusters) : n_(n) {
  const std::int64_t least = std::max({kSmallestChunk, 4 * n_clusters, (n + kMostChunks - 1) / kMostChunks});
  size_ = (least + kTile - 1) / kTile * kTile;
  count_ = std::max<std::int64_t>(1, (n + size_ - 1) / size_);
}

Dataset::Dataset(std::int64_t n, int d)
    : n_(n),
      d_(d),
      stride_(padded(n) + kBlock),
      weights_(static_cast<std::size_t>(stride_)),
      columns_(static_cast<std::size_t>(stride_) * d) {}

Dataset::Dataset(const double* points, const double* weights, std::int64_t n, int d) : Dataset(n, d) {
  std::copy_n(weights, n, weights_.data());
  for (std::int64_t point = 0; point < n; ++point) {
    for (int feature = 0; feature < d; ++feature) column(feature)[point] = points[point * d + feature];
  }
}

void Dataset::copy_point(std::int64_t point, double* target) const {
  for (int feature = 0; feature < d_; ++feature) target[feature] = at(point, feature);
}

bool Dataset::same_place(std::int64_t a, std::int64_t b) const {
  for (int feature = 0; feature < d_; ++feature) {
    if (at(a, feature) != at(b, feature)) return false;
  }
  return true;
}

double Dataset::squared_distance(std::int64_t point, const double* center) const {
  double sum = 0.0;
  for (int feature = 0; feature < d_; ++feature) {
    const double step = at(point, feature) - center[feature];
    sum += step * step;
  }
  return sum;
}

}  // namespace placement
