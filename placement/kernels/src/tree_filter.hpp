// Lloyd's assignment on a tree: most points join their centre by the sums of whole nodes.
#pragma once

#include <cstdint>
#include <vector>

#include "clusters.hpp"
#include "team.hpp"
#include "tree.hpp"
#include "tree_descent.hpp"

namespace placement {

template <int D>
class TreeFilter final : public Assigner {
 public:
  TreeFilter(const Tree<D>& tree, std::int64_t n_clusters, Team& team);

  void reset(Clusters& clusters) override;
  bool assign(const double* centers, Clusters& clusters) override;
  double inertia(const double* centers) override;
  double inertia_after_move(const double* centers, Clusters&) override { return inertia(centers); }
  void fill_labels(const double* centers, Clusters& clusters) override;
  void accept_labels(const Clusters& clusters) override;

 private:
  // Weighted sum and weight of each cluster, side by side.
  static constexpr int kSums = D + 1;

  template <class MakeVisitor>
  void descend(const double* centers, MakeVisitor&& make_visitor);
  bool gather(Clusters& clusters);

  const Tree<D>& tree_;
  std::int64_t k_;
  Team& team_;
  std::vector<std::size_t> group_;  // first branch of each group that sums together, and the end
  std::vector<double> sums_;        // (n_groups, k, kSums)
  std::vector<std::uint64_t> prints_;  // (n_groups, k)
  std::vector<std::uint64_t> last_prints_;
  std::vector<double> cost_;  // (n_groups,)
  std::vector<std::vector<Candidate<D>>> stacks_;  // one a worker
  bool is_first_ = true;
};

}  // namespace placement
