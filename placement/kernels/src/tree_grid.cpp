#include "tree_grid.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace placement {

namespace {

// On average. Sorting within crowded cells costs more than more bits do, and density varies more in space than in the plane.
constexpr double kPointsPerCell[] = {8.0, 8.0, 1.0, 1.0};

std::vector<int> plan_halvings(const Extent& extent, int n_bits) {
  std::vector<double> side(extent.low.size());
  for (std::size_t feature = 0; feature < side.size(); ++feature) side[feature] = extent.high[feature] - extent.low[feature];
  std::vector<int> halved;
  for (int bit = 0; bit < n_bits; ++bit) {
    const auto longest = std::max_element(side.begin(), side.end());
    if (!(*longest > std::numeric_limits<double>::min() * (1 << kMostHalvings))) break;
    halved.push_back(static_cast<int>(longest - side.begin()));
    *longest /= 2.0;
  }
  return halved;
}

void fill_table(Axis& axis, const std::vector<int>& place, int from, std::array<std::uint32_t, 1 << Axis::kHalf>& table) {
  const int n_bits = std::clamp(static_cast<int>(place.size()) - from, 0, Axis::kHalf);
  for (std::uint32_t step = 0; step < (1u << n_bits); ++step) {
    for (int bit = 0; bit < n_bits; ++bit) table[step] |= ((step >> bit) & 1u) << place[from + bit];
  }
  axis.last = (1u << place.size()) - 1;
}

}  // namespace

int count_halvings(std::int64_t n, int d) {
  const double cells = std::max(1.0, static_cast<double>(n) / kPointsPerCell[d - 1]);
  return std::clamp(static_cast<int>(std::ceil(std::log2(cells))), 0, kMostHalvings);
}

Grid make_grid(const Extent& extent, int n_halvings) {
  const std::vector<int> halved = plan_halvings(extent, n_halvings);
  Grid grid{std::vector<Axis>(extent.low.size()), static_cast<int>(halved.size())};
  for (std::size_t feature = 0; feature < grid.axes.size(); ++feature) {
    std::vector<int> place;  // of each bit of the step, lowest first
    for (int bit = grid.n_bits - 1; bit >= 0; --bit) {
      if (halved[bit] == static_cast<int>(feature)) place.push_back(grid.n_bits - 1 - bit);
    }
    Axis& axis = grid.axes[feature];
    axis.low = extent.low[feature];
    if (!place.empty()) axis.per_step = static_cast<double>(1u << place.size()) / (extent.high[feature] - axis.low);
    fill_table(axis, place, 0, axis.below);
    fill_table(axis, place, Axis::kHalf, axis.above);
  }
  return grid;
}

}  // namespace placement
