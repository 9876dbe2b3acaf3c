// Points as they come: row by row, of one of several kinds of numbers, perhaps with weights, far from the origin or not.
#pragma once

#include <cstdint>
#include <vector>

#include "team.hpp"

namespace placement {

constexpr std::uint32_t kNowhere = 0xffffffffu;

enum class Kind { kDouble, kFloat, kByte };

struct Extent {
  std::vector<double> low, high;  // (d,); NaN where a column holds what is not finite
};

// points (n, d) row by row, counted from `origin` (d,): what is worked with is points - origin.
struct RawPoints {
  const void* points;
  Kind kind;
  const double* weights;  // (n,), or none when all are 1
  const double* origin;
  std::int64_t n;
  int d;
};

// Calls visit(first number) with the pointer of the kind that it is.
template <class Visit>
auto visit_numbers(const void* points, Kind kind, Visit&& visit) {
  if (kind == Kind::kFloat) return visit(static_cast<const float*>(points));
  if (kind == Kind::kByte) return visit(static_cast<const std::uint8_t*>(points));
  return visit(static_cast<const double*>(points));
}

// Smallest and largest number of each column, in one pass; n >= 1.
Extent find_range(const void* points, Kind kind, std::int64_t n, int d, Team& team);

// The same for the points with weight, counted from the origin.
Extent find_extent(const RawPoints& raw, Team& team);

// How many have weight.
std::int64_t count_weighted(const RawPoints& raw);

// How many places there are, for bytes of up to three columns that all have weight; otherwise how many points have weight.
std::int64_t count_places(const RawPoints& raw);

}  // namespace placement
