// The second step: cell after cell, copies merged, large cells halved at medians.
#pragma once

#include <cstdint>
#include <vector>

#include "buffer.hpp"
#include "dataset.hpp"
#include "tree_deal.hpp"

namespace placement {

// Most points of a leaf: few enough to meet few centres, enough to fill registers and to keep the tree small. Smaller
// leaves were slower on every size and number of columns that was tried.
constexpr std::int64_t kLeaf = 128;

// How a run of points that lies in one cell is halved, by whoever halves it.
inline std::int64_t half_of(std::int64_t count) { return count / 2; }

struct Cell {
  std::uint32_t number;
  std::uint32_t begin;  // its first row; it ends where the next one begins
};

// Which points of the input each row stands for.
struct Members {
  Buffer<std::uint32_t> index;  // of the input, row after row
  Buffer<std::uint32_t> first;  // of each row, the position in `index`, and the end; empty when each row is one point

  std::uint32_t begin(std::uint32_t row) const { return first.empty() ? row : first[row]; }
};

// Rows in the order of their cells, each place once.
struct Rows {
  Dataset data;
  Members members;
  Buffer<Cell> cells;  // and one more where the last one ends
};

template <int D>
Rows write_cells(Dealt dealt, Team& team);

}  // namespace placement
