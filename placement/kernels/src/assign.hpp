// Every point to its nearest centre.
#pragma once

#include <cstdint>

namespace placement {

// points (n, d), centers (k, d), k >= 1; writes label (n,) and squared distance (n,). Ties go to the lowest index.
void assign(const double* points, std::int64_t n, int d, const double* centers, std::int64_t k, int n_threads,
            std::int64_t* label, double* squared);

}  // namespace placement
