// Weighted points in one canonical form: sorted, each place once, nothing without weight.
#pragma once

#include <cstdint>
#include <vector>

namespace placement {

struct WeightedPoints {
  std::vector<double> points;  // (m, d), in lexicographic order
  std::vector<double> weights;  // (m,), all > 0
};

// The order in which points were given, copies of a point and points of weight zero leave no trace in the result.
WeightedPoints merge(const double* points, const double* weights, std::int64_t n, int d);

}  // namespace placement
