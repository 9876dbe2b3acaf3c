// Seeding by sweeps over all points.
#pragma once

#include <cstdint>
#include <vector>

#include "dataset.hpp"
#include "random.hpp"
#include "seeder.hpp"
#include "team.hpp"

namespace placement {

class Seeding final : public Seeder {
 public:
  Seeding(const Dataset& data, std::int64_t n_clusters, Team& team);

  void plus_plus(Random& random, int n_trials, std::int64_t n_clusters, std::int64_t n_locked, double* centers,
                 Pulse& pulse) override;
  void random_points(Random& random, std::int64_t n_clusters, std::int64_t n_locked, double* centers) override;

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
