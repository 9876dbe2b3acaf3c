// What to do with a centre that no weight has come to.
#pragma once

#include <cstdint>

#include "clusters.hpp"
#include "dataset.hpp"

namespace placement {

// Moves each free centre without weight, lowest index first, to the point with the largest weight * squared distance to
// its own centre (ties: lowest point index), gives it that point and its exact copies, and returns how many were moved.
// A point is taken only from a cluster that keeps another place (or from a locked centre), so inertia falls with every
// move; when no such point is left, the remaining empty centres stay where they are.
std::int32_t repair_empty_clusters(const Dataset& data, std::int64_t n_locked, double* centers, Clusters& clusters);

}  // namespace placement
