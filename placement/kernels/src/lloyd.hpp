// Lloyd's iteration for weighted points with centres that may be locked in place.
#pragma once

#include <cstdint>
#include <vector>

#include "dataset.hpp"
#include "team.hpp"

namespace placement {

enum class Stop : std::int32_t { kLabelsUnchanged = 0, kCenterShift = 1, kMaxIter = 2 };

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

// Which point belongs where, and each cluster's weight and weighted coordinate sum.
struct Clusters {
  std::vector<std::int32_t> label;  // (n,)
  std::vector<double> sum;          // (k, d)
  std::vector<double> weight;       // (k,)
};

class Lloyd {
 public:
  Lloyd(const Dataset& data, const LloydRules& rules, Team& team);

  // Moves centers (k, d) until a stop; the inertia returned is that of the centres left behind.
  Outcome run(double* centers);

 private:
  void assign(const double* centers);
  void assign_chunk(std::int64_t chunk, const double* centers);
  void gather_chunks();
  double move_centers(double* centers) const;

  const Dataset& data_;
  LloydRules rules_;
  Team& team_;
  Clusters clusters_;
  std::vector<double> chunk_sum_;     // (n_chunks, k, d)
  std::vector<double> chunk_weight_;  // (n_chunks, k)
  std::vector<double> chunk_inertia_;
  std::vector<char> chunk_changed_;
  double inertia_ = 0.0;
  bool is_changed_ = true;
};

}  // namespace placement
