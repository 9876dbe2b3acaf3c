// A halving grid over the box of all points, fine enough that its cells hold a few points each.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <vector>

#include "raw_points.hpp"

namespace placement {

constexpr int kMostHalvings = 24;

// Halvings for n points of d columns: a few of them in a cell on average.
int count_halvings(std::int64_t n, int d);

// Along one axis: how far apart the grid lines are, and which bits of the cell number the step along it becomes.
struct Axis {
  static constexpr int kHalf = kMostHalvings / 2;  // bits of one look-up table

  double low = 0.0;
  double per_step = 0.0;
  std::uint32_t last = 0;
  std::array<std::uint32_t, 1 << kHalf> below{}, above{};  // the lower and the upper bits of the step, spread

  std::uint32_t spread(double value) const {
    const std::uint32_t step = std::min(static_cast<std::uint32_t>((value - low) * per_step), last);
    return below[step & ((1u << kHalf) - 1)] | above[step >> kHalf];
  }
};

// Cells are numbered by the bits of the halvings that lead to them, the first halving being the highest bit: always the
// axis along which cells are longest is halved next, so that cells are about as wide as long.
struct Grid {
  std::vector<Axis> axes;
  int n_bits;
};

// At most so many halvings; fewer when all points share their place sooner.
Grid make_grid(const Extent& extent, int n_halvings);

}  // namespace placement
