// Weighted points held column by column, and the fixed pieces ("chunks") in which they are worked through.
#pragma once

#include <cstdint>
#include <vector>

#include "buffer.hpp"

namespace placement {

// Points a sweep handles at a time: their coordinates, distances and labels stay in the first-level cache.
constexpr int kTile = 256;

// Points a sweep takes up at once. What it reads and writes is padded to whole blocks.
constexpr int kBlock = 8;

inline std::int64_t padded(std::int64_t n) { return (n + kBlock - 1) / kBlock * kBlock; }

// Cuts [0, n) into pieces. The cut depends on the data alone, never on the number of threads: sums are taken within a
// piece in index order and over pieces in piece order, so every number of threads gives the same bits.
class Chunks {
 public:
  Chunks(std::int64_t n, std::int64_t n_clusters);
  std::int64_t count() const { return count_; }
  std::int64_t begin(std::int64_t chunk) const { return chunk * size_; }
  std::int64_t end(std::int64_t chunk) const { return chunk + 1 == count_ ? n_ : (chunk + 1) * size_; }
  std::int64_t of(std::int64_t point) const { return point / size_; }

 private:
  std::int64_t n_;
  std::int64_t size_;
  std::int64_t count_;
};

class Dataset {
 public:
  // Room for n points of d columns that weigh 1 each: the coordinates are still to be written, the padding is zero.
  Dataset(std::int64_t n, int d);

  // points (n, d) row by row and weights (n,), both copied. Padding has coordinates and weight zero. The points must outlive
  // the data: sums over rows are taken from them.
  Dataset(const double* points, const double* weights, std::int64_t n, int d);

  // Keeps the first n points only; what follows them becomes padding.
  void shrink(std::int64_t n);

  std::int64_t n() const { return n_; }
  int d() const { return d_; }
  std::int64_t stride() const { return stride_; }
  const double* column(int feature) const { return columns_.data() + feature * stride_; }
  double* column(int feature) { return columns_.data() + feature * stride_; }
  double at(std::int64_t point, int feature) const { return column(feature)[point]; }
  void copy_point(std::int64_t point, double* target) const;
  bool same_place(std::int64_t a, std::int64_t b) const;
  double squared_distance(std::int64_t point, const double* center) const;

  // The points row by row, or none when only columns are kept.
  const double* rows() const { return rows_; }

  // Weights of 1 are not kept.
  double weight(std::int64_t point) const { return weights_.empty() ? 1.0 : weights_[point]; }

  // From here on weights are kept: the (n,) returned, still to be written.
  double* keep_weights();

  // (n,), or none when they are not kept.
  double* kept_weights() { return weights_.data(); }
  const double* kept_weights() const { return weights_.data(); }

  // Weights of up to kTile points from `from` on as the loops over tiles want them; in `room` (kTile,) when not kept so.
  const double* tile_weights(std::int64_t from, int count, double* room) const;

 private:
  void pad(double* values) const;

  std::int64_t n_;
  int d_;
  std::int64_t stride_;  // one block more than whole blocks: a tile may start anywhere
  const double* rows_ = nullptr;
  Buffer<double> weights_;
  Buffer<double> columns_;
};

}  // namespace placement
