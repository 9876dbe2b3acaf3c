// The plain way: every point against every centre.
#pragma once

#include <cstdint>
#include <vector>

#include "clusters.hpp"
#include "dataset.hpp"
#include "team.hpp"

namespace placement {

class Sweep final : public Assigner {
 public:
  Sweep(const Dataset& data, std::int64_t n_clusters, Team& team);

  void reset(Clusters& clusters) override;
  bool assign(const double* centers, Clusters& clusters) override;
  double inertia(const double*) override { return inertia_; }
  double inertia_after_move(const double* centers, Clusters& clusters) override {
    assign(centers, clusters);
    return inertia_;
  }
  void fill_labels(const double*, Clusters&) override {}
  void accept_labels(const Clusters&) override {}

 private:
  void assign_chunk(std::int64_t chunk, const double* centers, Clusters& clusters);
  bool gather_chunks(Clusters& clusters);

  const Dataset& data_;
  std::int64_t k_;
  Chunks chunks_;
  Team& team_;
  std::vector<double> chunk_sum_;     // (n_chunks, k, d)
  std::vector<double> chunk_weight_;  // (n_chunks, k)
  std::vector<double> chunk_inertia_;
  std::vector<char> chunk_changed_;
  double inertia_ = 0.0;
};

}  // namespace placement
