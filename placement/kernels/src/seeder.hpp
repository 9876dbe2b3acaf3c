// Where Lloyd's iteration may start.
#pragma once

#include <cmath>
#include <cstdint>

#include "patience.hpp"
#include "random.hpp"

namespace placement {

// Candidates for every centre but the first in greedy k-means++: 2 + floor(ln k) for k new centres.
inline int n_trials_for(std::int64_t n_new) { return 2 + static_cast<int>(std::log(static_cast<double>(n_new > 0 ? n_new : 1))); }

// Both ways fill centers[n_locked ... n_clusters) of centers (n_clusters, d); the first n_locked are given.
class Seeder {
 public:
  virtual ~Seeder() = default;

  // Greedy k-means++ (Arthur and Vassilvitskii 2007, section 2.2 and the remark on several candidates in section 7); with
  // one trial a centre it is k-means++ as published. When patience is over, centres left are points drawn at random.
  virtual void plus_plus(Random& random, int n_trials, std::int64_t n_clusters, std::int64_t n_locked, double* centers,
                         Pulse& pulse) = 0;

  // Points drawn without replacement, with chances proportional to their weights.
  virtual void random_points(Random& random, std::int64_t n_clusters, std::int64_t n_locked, double* centers) = 0;
};

}  // namespace placement
