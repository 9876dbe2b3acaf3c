// More loops of sweeps.cpp: those over the points of one leaf or one cell.
#pragma once

#include "sweep_loops.hpp"

namespace placement::loops {

// Whole blocks of eight running sums, then the rest one by one: nothing beyond the tile is read.
template <int kWidth, int kFeatures>
PLACEMENT_INLINE double gain_in(const Tile& tile, const double* weights, const double* nearest, const double* owner,
                                const double* center) {
  using W = Wide<kWidth>;
  typename W::Numbers sum[W::kCount] = {}, now[W::kCount], then[W::kCount];
  const int whole = tile.count / kBlock * kBlock;
  for (int i = 0; i < whole; i += kBlock) {
    distances<kWidth, kFeatures>(tile.first + i, tile.stride, tile.d, center, then);
    if (owner != nullptr) distances<kWidth, kFeatures>(tile.first + i, tile.stride, tile.d, owner, now);
    for (int part = 0; part < W::kCount; ++part) {
      const int at = i + part * W::kPerRegister;
      const auto less = (owner != nullptr ? now[part] : load<kWidth>(nearest + at)) - then[part];
      const auto gain = less > 0.0 ? less : less * 0.0;
      sum[part] = sum[part] + (weights == nullptr ? gain : load<kWidth>(weights + at) * gain);
    }
  }
  double lane[kBlock];
  std::memcpy(lane, sum, sizeof lane);
  double total = ((lane[0] + lane[1]) + (lane[2] + lane[3])) + ((lane[4] + lane[5]) + (lane[6] + lane[7]));
  for (int i = whole; i < tile.count; ++i) {
    double now_one = 0.0, then_one = 0.0;
    for (int feature = 0; feature < tile.d; ++feature) {
      const double x = tile.first[feature * tile.stride + i];
      then_one += (x - center[feature]) * (x - center[feature]);
      if (owner != nullptr) now_one += (x - owner[feature]) * (x - owner[feature]);
    }
    const double less = (owner != nullptr ? now_one : nearest[i]) - then_one;
    if (less > 0.0) total += weights == nullptr ? less : weights[i] * less;
  }
  return total;
}

template <int kWidth>
PLACEMENT_INLINE double gain(const Tile& tile, const double* weights, const double* nearest, const double* owner,
                             const double* center) {
  if (tile.d == 1) return gain_in<kWidth, 1>(tile, weights, nearest, owner, center);
  if (tile.d == 2) return gain_in<kWidth, 2>(tile, weights, nearest, owner, center);
  if (tile.d == 3) return gain_in<kWidth, 3>(tile, weights, nearest, owner, center);
  return gain_in<kWidth, 4>(tile, weights, nearest, owner, center);
}

// Each key against all: no branch, whatever their order.
template <int kWidth>
PLACEMENT_INLINE void rank(double* key, int count, std::int64_t* place) {
  using W = Wide<kWidth>;
  const int end = (count + kBlock - 1) / kBlock * kBlock;
  for (int i = count; i < end; ++i) key[i] = std::numeric_limits<double>::infinity();
  for (int from = 0; from < end; from += kBlock) {
    typename W::Numbers own[W::kCount];
    typename W::Indices below[W::kCount] = {};
    for (int part = 0; part < W::kCount; ++part) own[part] = load<kWidth>(key + from + part * W::kPerRegister);
    for (int i = 0; i < count; ++i) {
      for (int part = 0; part < W::kCount; ++part) {
        below[part] = key[i] < own[part] ? below[part] + 1 : below[part];
      }
    }
    std::memcpy(place + from, below, sizeof below);
  }
}

}  // namespace placement::loops
