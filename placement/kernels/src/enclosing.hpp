// The place from which the farthest of some points is nearest: the centre of their smallest enclosing circle.
#pragma once

#include <cstdint>
#include <vector>

#include "free_space.hpp"

namespace placement {

// Points and what a metre counts for each: the cost of serving point i from x is scale_i |x - x_i|.
struct ScaledSpots {
  std::vector<Spot> at;
  std::vector<double> scale;

  double squared_cost(std::int32_t i, const Spot& x) const { return scale[i] * scale[i] * squared_distance(at[i], x); }
};

struct Centre {
  Spot at;
  double radius;  // the largest cost of the members
};

// The best place in the plane for the members (at least one), exact up to rounding.
Centre enclosing(const ScaledSpots& rows, const std::vector<std::int32_t>& members);

// The best place in the free space.
Centre enclosing_in(const ScaledSpots& rows, const std::vector<std::int32_t>& members, const FreeSpace& space);

}  // namespace placement
