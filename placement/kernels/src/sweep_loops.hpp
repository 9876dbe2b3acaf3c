// The loops of sweeps.cpp for registers of kWidth doubles. Points go by blocks of eight whatever the width, so that
// running sums add the same numbers in the same order on every machine.
#pragma once

#include <cstdint>
#include <cstring>
#include <limits>

#include "dataset.hpp"
#include "sweeps.hpp"

#if defined(__GNUC__)
#define PLACEMENT_INLINE inline __attribute__((always_inline))
#if !defined(__clang__)
#pragma GCC diagnostic ignored "-Wpsabi"  // vectors never cross a call: everything here is inlined
#endif
#else
#define PLACEMENT_INLINE __forceinline
#endif

namespace placement::loops {

#if defined(__GNUC__)
template <int kWidth>
struct Wide {
  typedef double Numbers __attribute__((vector_size(kWidth * 8)));
  typedef std::int64_t Indices __attribute__((vector_size(kWidth * 8)));
  static constexpr int kCount = kBlock / kWidth;
  static constexpr int kPerRegister = kWidth;
};
#else
template <int kWidth>
struct Wide {
  typedef double Numbers;
  typedef std::int64_t Indices;
  static constexpr int kCount = kBlock;
  static constexpr int kPerRegister = 1;
};
#endif

template <int kWidth>
PLACEMENT_INLINE typename Wide<kWidth>::Numbers load(const double* from) {
  typename Wide<kWidth>::Numbers numbers;
  std::memcpy(&numbers, from, sizeof numbers);
  return numbers;
}

// Squared distances of eight points to a centre; point i of the block has feature f at first[f * stride + i].
template <int kWidth, int kFeatures>
PLACEMENT_INLINE void distances(const double* first, std::int64_t stride, int n_features, const double* center,
                                typename Wide<kWidth>::Numbers* squared) {
  using W = Wide<kWidth>;
  const int d = kFeatures > 0 ? kFeatures : n_features;
  for (int part = 0; part < W::kCount; ++part) {
    const typename W::Numbers step = load<kWidth>(first + part * W::kPerRegister) - center[0];
    squared[part] = step * step;
  }
  for (int feature = 1; feature < d; ++feature) {
    for (int part = 0; part < W::kCount; ++part) {
      const typename W::Numbers step = load<kWidth>(first + feature * stride + part * W::kPerRegister) - center[feature];
      squared[part] = squared[part] + step * step;
    }
  }
}

template <int kWidth, int kFeatures>
PLACEMENT_INLINE void nearest_block(const double* first, std::int64_t stride, int d, const double* centers, std::int64_t k,
                                    double* squared, std::int64_t* label) {
  using W = Wide<kWidth>;
  typename W::Numbers best[W::kCount], candidate[W::kCount];
  typename W::Indices index[W::kCount];
  for (int part = 0; part < W::kCount; ++part) {
    best[part] = typename W::Numbers{} + std::numeric_limits<double>::infinity();
    index[part] = typename W::Indices{};
  }
  for (std::int64_t j = 0; j < k; ++j) {
    distances<kWidth, kFeatures>(first, stride, d, centers + j * d, candidate);
    for (int part = 0; part < W::kCount; ++part) {
      const auto nearer = candidate[part] < best[part];
      best[part] = nearer ? candidate[part] : best[part];
      index[part] = nearer ? typename W::Indices{} + j : index[part];
    }
  }
  std::memcpy(squared, best, sizeof best);
  std::memcpy(label, index, sizeof index);
}

template <int kWidth, int kFeatures>
PLACEMENT_INLINE void nearest_in(const Tile& tile, const double* centers, std::int64_t k, double* squared,
                                 std::int64_t* label) {
  const int d = kFeatures > 0 ? kFeatures : tile.d;
  for (int i = 0; i < tile.count; i += kBlock) {
    nearest_block<kWidth, kFeatures>(tile.first + i, tile.stride, d, centers, k, squared + i, label + i);
  }
}

// Eight running sums, added pairwise at the end.
template <int kWidth, int kFeatures>
PLACEMENT_INLINE double potential_in(const Tile& tile, const double* weights, const double* nearest, const double* center) {
  using W = Wide<kWidth>;
  typename W::Numbers sum[W::kCount] = {}, candidate[W::kCount];
  for (int i = 0; i < tile.count; i += kBlock) {
    distances<kWidth, kFeatures>(tile.first + i, tile.stride, tile.d, center, candidate);
    for (int part = 0; part < W::kCount; ++part) {
      const auto near = load<kWidth>(nearest + i + part * W::kPerRegister);
      const auto weight = load<kWidth>(weights + i + part * W::kPerRegister);
      sum[part] = sum[part] + weight * (candidate[part] < near ? candidate[part] : near);
    }
  }
  double lane[kBlock];
  std::memcpy(lane, sum, sizeof lane);
  return ((lane[0] + lane[1]) + (lane[2] + lane[3])) + ((lane[4] + lane[5]) + (lane[6] + lane[7]));
}

template <int kWidth, int kFeatures>
PLACEMENT_INLINE void shrink_in(const Tile& tile, const double* center, double* nearest) {
  using W = Wide<kWidth>;
  typename W::Numbers candidate[W::kCount];
  for (int i = 0; i < tile.count; i += kBlock) {
    distances<kWidth, kFeatures>(tile.first + i, tile.stride, tile.d, center, candidate);
    for (int part = 0; part < W::kCount; ++part) {
      auto near = load<kWidth>(nearest + i + part * W::kPerRegister);
      near = candidate[part] < near ? candidate[part] : near;
      std::memcpy(nearest + i + part * W::kPerRegister, &near, sizeof near);
    }
  }
}

template <int kWidth>
PLACEMENT_INLINE void nearest(const Tile& tile, const double* centers, std::int64_t k, double* squared, std::int64_t* label) {
  if (tile.d == 2) return nearest_in<kWidth, 2>(tile, centers, k, squared, label);
  if (tile.d == 3) return nearest_in<kWidth, 3>(tile, centers, k, squared, label);
  if (tile.d == 4) return nearest_in<kWidth, 4>(tile, centers, k, squared, label);
  if (tile.d == 8) return nearest_in<kWidth, 8>(tile, centers, k, squared, label);
  if (tile.d == 16) return nearest_in<kWidth, 16>(tile, centers, k, squared, label);
  nearest_in<kWidth, 0>(tile, centers, k, squared, label);
}

template <int kWidth>
PLACEMENT_INLINE double potential(const Tile& tile, const double* weights, const double* nearest, const double* center) {
  if (tile.d == 2) return potential_in<kWidth, 2>(tile, weights, nearest, center);
  if (tile.d == 3) return potential_in<kWidth, 3>(tile, weights, nearest, center);
  if (tile.d == 4) return potential_in<kWidth, 4>(tile, weights, nearest, center);
  if (tile.d == 8) return potential_in<kWidth, 8>(tile, weights, nearest, center);
  if (tile.d == 16) return potential_in<kWidth, 16>(tile, weights, nearest, center);
  return potential_in<kWidth, 0>(tile, weights, nearest, center);
}

template <int kWidth>
PLACEMENT_INLINE void shrink(const Tile& tile, const double* center, double* nearest) {
  if (tile.d == 2) return shrink_in<kWidth, 2>(tile, center, nearest);
  if (tile.d == 3) return shrink_in<kWidth, 3>(tile, center, nearest);
  if (tile.d == 4) return shrink_in<kWidth, 4>(tile, center, nearest);
  if (tile.d == 8) return shrink_in<kWidth, 8>(tile, center, nearest);
  if (tile.d == 16) return shrink_in<kWidth, 16>(tile, center, nearest);
  shrink_in<kWidth, 0>(tile, center, nearest);
}

}  // namespace placement::loops
