// The first step of sorting points by cell: they are dealt into buckets small enough for the cache.
#pragma once

#include <cstdint>
#include <vector>

#include "buffer.hpp"
#include "dataset.hpp"
#include "raw_points.hpp"
#include "tree_grid.hpp"

namespace placement {

// Points with weight, counted from the origin. A bucket is the consecutive rows whose cells agree in all but the lowest bits;
// within it points are in the order of the input.
struct Dealt {
  Dataset data;
  Buffer<std::uint32_t> cell;   // of each row
  Buffer<std::uint32_t> index;  // where each row is in the input
  std::vector<std::int64_t> begin;  // of each bucket, and the end
  int n_low_bits;
  bool are_bytes;  // coordinates are whole numbers less than 256 apart
};

template <int D>
Dealt deal_points(const RawPoints& raw, std::int64_t n_weighted, const Grid& grid, Team& team);

}  // namespace placement
