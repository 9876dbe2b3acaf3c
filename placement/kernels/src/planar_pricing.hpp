// Proofs about the least value of F, for either cost.
#pragma once

#include "planar_cells.hpp"

namespace placement {

// A proven lower bound of F over the plane. `best` is a value of F that is known; boxes are looked at until none can lie more
// than `tolerance` below the best value met, or `max_cells` were bounded: then the bound is that of the worst box left.
CellProof prove_least(const Priced<Squared>& priced, double best, double tolerance, std::int64_t max_cells);
CellProof prove_least(const Priced<Linear>& priced, double best, double tolerance, std::int64_t max_cells);

}  // namespace placement
