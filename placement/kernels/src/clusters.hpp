// What an assignment of points to centres comes to, and who can find it.
#pragma once

#include <cstdint>
#include <vector>

namespace placement {

// Each cluster's weight and weighted coordinate sum; labels only when somebody asked for them.
struct Clusters {
  std::vector<std::int32_t> label;  // (n,)
  std::vector<double> sum;          // (k, d)
  std::vector<double> weight;       // (k,)
};

// One exact way to give every point to its nearest centre (ties to the lowest index). All ways find the same labels.
class Assigner {
 public:
  virtual ~Assigner() = default;

  // Forgets the labels of the run before.
  virtual void reset(Clusters& clusters) = 0;

  // Fills sum and weight; returns whether a label differs from the last assignment.
  virtual bool assign(const double* centers, Clusters& clusters) = 0;

  // Sum of weight * squared distance to the centres that were assigned to last.
  virtual double inertia(const double* centers) = 0;

  // The same for centres that have moved since.
  virtual double inertia_after_move(const double* centers, Clusters& clusters) = 0;

  // Fills the labels for the centres that were assigned to last.
  virtual void fill_labels(const double* centers, Clusters& clusters) = 0;

  // The labels were changed by somebody else: the next assignment is compared with these.
  virtual void accept_labels(const Clusters& clusters) = 0;
};

}  // namespace placement
