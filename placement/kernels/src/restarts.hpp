// Many independent Lloyd runs over the same points.
#pragma once

#include <cstdint>

#include "dataset.hpp"
#include "lloyd.hpp"

namespace placement {

enum class Init : int { kPlusPlus = 0, kRandom = 1 };

// Runs restart i from centers[i] of centers (r, k, d), overwritten with where it ends; outcomes (r,).
void run_from(const Dataset& data, const LloydRules& rules, std::int64_t n_restarts, int n_threads, double* centers,
              Outcome* outcomes);

// The same from starts chosen by `init` with one random stream a restart; the locked centres are set in centers already.
void run_seeded(const Dataset& data, const LloydRules& rules, Init init, const std::uint64_t* seeds, std::int64_t n_restarts,
                int n_threads, double* centers, Outcome* outcomes);

}  // namespace placement
