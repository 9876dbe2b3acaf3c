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
// Only the circles of the points `around` are walked; with all of them no set is missed.
CoverSets cover_sets(const std::vector<Spot>& points, const double* circle, const double* reach, const FreeSpace& space,
                     const std::vector<std::int32_t>& around);

// The largest sum of values that one place reaches, over the same places, all circles walked.
double heaviest_place(const std::vector<Spot>& points, const double* circle, const double* reach, const FreeSpace& space,
                      const double* value);

}  // namespace placement
