// Where Lloyd's iteration starts: k-means++ with greedy trials, or points at random.
#pragma once

#include <cstdint>
#include <vector>

#include "dataset.hpp"
#include "random.hpp"
#include "team.hpp"

namespace placement {

class Seeding {
 public:
  Seeding(const Dataset& data, std::int64_t n_clusters, Team& team);

  // Both fill centers[n_locked ... n_clusters) of centers (n_clusters, d); the first n_locked are given.

  // Greedy k-means++ (Arthur and Vassilvitskii 2007, section 2.2 and the remark on several candidates in section 7):
  // 2 + floor(ln k) candidates for every centre but the first, k being the number of new centres.
  void plus_plus(Random& random, std::int64_t n_clusters, std::int64_t n_locked, double* centers);

  // Points drawn without replacement, with chances proportional to their weights.
  void random_points(Random& random, std::int64_t n_clusters, std::int64_t n_locked, double* centers);

 private:
  void reset(double value);
  void sum_chunk(std::int64_t chunk);
  void cover(const double* center);
  std::int64_t draw(Random& random) const;
  std::int64_t draw_in_chunk(std::int64_t chunk, double target) const;
  std::int64_t draw_best(Random& random, int n_trials);
  std::int64_t find_best_trial();

  const Dataset& data_;
  Chunks chunks_;
  Team& team_;
  std::vector<double> nearest_;  // squared distance to the nearest centre chosen so far
  std::vector<double> chunk_potential_;
  std::vector<std::int64_t> trial_;
  std::vector<double> trial_potential_;  // (n_chunks, n_trials)
};

}  // namespace placement
