// k-means++ on a tree: nodes know what their points cost, and a new centre touches only the nodes it comes near to.
#pragma once

#include <cstdint>
#include <vector>

#include "buffer.hpp"
#include "seeder.hpp"
#include "seeding.hpp"
#include "team.hpp"
#include "tree.hpp"

namespace placement {

template <int D>
class TreeSeeding final : public Seeder {
 public:
  TreeSeeding(const Tree<D>& tree, std::int64_t n_clusters, Team& team);

  void plus_plus(Random& random, int n_trials, std::int64_t n_clusters, std::int64_t n_locked, double* centers,
                 Pulse& pulse) override;
  void random_points(Random& random, std::int64_t n_clusters, std::int64_t n_locked, double* centers) override;

 private:
  static constexpr std::int32_t kMixed = -1;

  // What is known of a node: all its points are nearest to `owner`, or kMixed, and then its children know more.
  struct State {
    std::int32_t owner;
    double potential;  // sum of weight * squared distance to the nearest centre
    double farthest;   // upper bound of those squared distances, only for kMixed
  };
  // A node or a branch during a walk.
  struct Place {
    const Branch<D>* branch;
    State* states;
  };

  Place place(std::size_t branch) { return Place{&tree_.branches()[branch], states_[branch].data()}; }
  const double* center(std::int32_t j) const { return centers_ + static_cast<std::int64_t>(j) * D; }
  void begin(const double* centers);
  void cover(std::int32_t j);
  void cover_node(const Place& at, std::uint32_t i, std::int32_t j);
  void cover_leaf(const Node<D>& node, State& state, std::int32_t j);
  double gain(const double* x);
  double gain_in(const Place& at, std::uint32_t i, const double* x) const;
  double gain_owned(const Place& at, std::uint32_t i, std::int32_t owner, const double* x) const;
  double gain_in_leaf(const Node<D>& node, const double* owner, const double* x) const;
  std::int64_t draw(Random& random);
  std::int64_t draw_in(const Place& at, std::uint32_t i, double target);
  std::int64_t draw_weight(Random& random) const;
  std::int64_t costliest() const;
  std::int64_t draw_best(Random& random, int n_trials);
  void own(const Place& at, std::uint32_t i, std::int32_t j);
  void part(const Place& at, std::uint32_t i);

  const Tree<D>& tree_;
  std::int64_t n_clusters_;
  Team& team_;
  const double* centers_ = nullptr;
  std::int32_t n_chosen_ = 0;
  std::vector<std::vector<State>> states_;  // of each branch's nodes
  Buffer<double> nearest_;                  // squared distance to the nearest centre, of points in mixed leaves
};

}  // namespace placement
