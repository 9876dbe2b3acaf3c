// Lloyd's iteration for weighted points with centres that may be locked in place.
#pragma once

#include <cstdint>
#include <memory>

#include "clusters.hpp"
#include "dataset.hpp"
#include "patience.hpp"

namespace placement {

enum class Stop : std::int32_t { kLabelsUnchanged = 0, kCenterShift = 1, kMaxIter = 2, kTimeLimit = 3 };

struct LloydRules {
  std::int64_t n_clusters;  // locked ones included
  std::int64_t n_locked;    // the first so many centres never move
  std::int32_t max_iter;
  double tol;  // squared length of all centres' moves together
};

struct Outcome {
  double inertia;
  std::int32_t n_iter;
  Stop stop;
  std::int32_t n_relocations;
};

class Lloyd {
 public:
  Lloyd(const Dataset& data, const LloydRules& rules, std::unique_ptr<Assigner> assigner);

  // Moves centers (k, d) until a stop, at least once unless nothing changes; the inertia returned is that of the centres left
  // behind.
  Outcome run(double* centers, Pulse& pulse);

 private:
  std::int32_t repair(double* centers);
  double move_centers(double* centers) const;

  const Dataset& data_;
  LloydRules rules_;
  std::unique_ptr<Assigner> assigner_;
  Clusters clusters_;
};

}  // namespace placement
