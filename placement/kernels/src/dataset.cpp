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
    : n_(n), d_(d), stride_(padded(n) + kBlock), columns_(static_cast<std::size_t>(stride_) * d) {
  for (int feature = 0; feature < d; ++feature) pad(column(feature));
}

Dataset::Dataset(const double* points, const double* weights, std::int64_t n, int d) : Dataset(n, d) {
  rows_ = points;
  std::copy_n(weights, n, keep_weights());
  for (std::int64_t point = 0; point < n; ++point) {
    for (int feature = 0; feature < d; ++feature) column(feature)[point] = points[point * d + feature];
  }
}

// A tile reads no more than two blocks beyond the last point.
void Dataset::pad(double* values) const { std::fill(values + n_, values + std::min(stride_, n_ + 2 * kBlock), 0.0); }

void Dataset::shrink(std::int64_t n) {
  n_ = n;
  for (int feature = 0; feature < d_; ++feature) pad(column(feature));
  if (!weights_.empty()) pad(weights_.data());
}

double* Dataset::keep_weights() {
  weights_ = Buffer<double>(static_cast<std::size_t>(stride_));
  pad(weights_.data());
  return weights_.data();
}

const double* Dataset::tile_weights(std::int64_t from, int count, double* room) const {
  if (!weights_.empty()) return weights_.data() + from;
  std::fill_n(room, count, 1.0);
  std::fill(room + count, room + padded(count), 0.0);
  return room;
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
