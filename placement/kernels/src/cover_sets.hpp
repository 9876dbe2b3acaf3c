// Every set of points that one place can reach, kept only when no other place reaches more.
#pragma once

#include <cstdint>
#include <vector>

#include "free_space.hpp"

namespace placement {

struct CoverSets {
  std::vector<std::int64_t> start;    // set s holds member[start[s]] to member[start[s + 1] - 1], ascending
  std::vector<std::int32_t> member;
  std::vector<double> place;          // x and y of a place that reaches the set
};

// Point i is reached from x when |x - point_i| <= reach_i. Places are looked for on the circles of radius circle_i, a hair less
// than reach_i, around the points and on the edges of the free space.
CoverSets cover_sets(const std::vector<Spot>& points, const double* circle, const double* reach, const FreeSpace& space);

}  // namespace placement
