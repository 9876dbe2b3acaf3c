// Looks for a better clustering than Lloyd's iteration ends in: centres are taken away and put elsewhere, the neighbourhood
// settles, what is better is kept (J-means: Hansen and Mladenovic, Pattern Recognition 34(2), 2001; random swap: Franti, J. Big
// Data 5:13, 2018), and single points are moved as Hartigan and Wong do.
#pragma once

#include <cstdint>
#include <vector>

#include "dataset.hpp"
#include "patience.hpp"
#include "random.hpp"

namespace placement {

struct SearchRules {
  std::int64_t n_clusters;
  std::int64_t n_locked;
  std::int64_t n_kicks;  // how often centres are swapped
};

struct Better {
  std::int64_t kick;  // 0: where the search started
  double inertia;
};

struct SearchOutcome {
  std::vector<Better> history;  // every time a better one was found
  std::int64_t n_kicks;         // done
  bool is_stopped_by_time;
};

// Overwrites centers (k, d) with the best found; never worse than what they were. No kick is tried when patience is over: the one
// thing that makes a result depend on the machine.
SearchOutcome search_swaps(const Dataset& data, const SearchRules& rules, std::uint64_t seed, Patience& patience, double* centers);

}  // namespace placement
