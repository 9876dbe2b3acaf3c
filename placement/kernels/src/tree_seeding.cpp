#include "tree_seeding.hpp"

#include <algorithm>

#include "sweeps.hpp"
#include "tree_box.hpp"

namespace placement {

template <int D>
TreeSeeding<D>::TreeSeeding(const Tree<D>& tree, std::int64_t n_clusters, Team& team)
    : tree_(tree), n_clusters_(n_clusters), team_(team) {}

template <int D>
void TreeSeeding<D>::random_points(Random& random, std::int64_t n_clusters, std::int64_t n_locked, double* centers) {
  Seeding(tree_.data(), n_clusters_, team_).random_points(random, n_clusters, n_locked, centers);
}

template <int D>
void TreeSeeding<D>::plus_plus(Random& random, int n_trials, std::int64_t n_clusters, std::int64_t n_locked, double* centers,
                               Pulse& pulse) {
  begin(centers);
  std::int64_t next = n_locked;
  if (n_locked == 0 && n_clusters > 0) {
    tree_.data().copy_point(draw_weight(random), centers);
    next = 1;
  }
  for (std::int64_t j = 0; j < next; ++j) cover(static_cast<std::int32_t>(j));
  for (; next < n_clusters; ++next) {
    if (pulse.is_over(static_cast<double>(tree_.data().n()) / kLeaf * n_trials)) return random_points(random, n_clusters, next, centers);
    tree_.data().copy_point(draw_best(random, n_trials), centers + next * D);
    cover(static_cast<std::int32_t>(next));
  }
  nearest_ = {};  // as large as a column of the data: not kept while the iteration runs
}

template <int D>
void TreeSeeding<D>::begin(const double* centers) {
  centers_ = centers;
  n_chosen_ = 0;
  nearest_ = Buffer<double>(static_cast<std::size_t>(tree_.data().n()));
  states_.resize(tree_.branches().size());
  for (std::size_t b = 0; b < states_.size(); ++b) states_[b].resize(tree_.branches()[b].size());
}

template <int D>
void TreeSeeding<D>::cover(std::int32_t j) {
  const bool is_first = n_chosen_++ == 0;
  for (std::size_t b = 0; b < states_.size(); ++b) {
    if (is_first) {
      own(place(b), 0, j);
    } else {
      cover_node(place(b), 0, j);
    }
  }
}

template <int D>
void TreeSeeding<D>::own(const Place& at, std::uint32_t i, std::int32_t j) {
  at.states[i] = State{j, (*at.branch)[i].cost(center(j)), 0.0};
}

// The node's children, or the points of a leaf, learn whose they are; the node itself is mixed from now on.
template <int D>
void TreeSeeding<D>::part(const Place& at, std::uint32_t i) {
  const Node<D>& node = (*at.branch)[i];
  const std::int32_t owner = at.states[i].owner;
  if (node.right == 0) {
    for (std::uint32_t p = node.begin; p < node.end; ++p) nearest_[p] = squared_from<D>(tree_.data(), p, center(owner));
  } else {
    own(at, i + 1, owner);
    own(at, node.right, owner);
  }
  at.states[i].owner = kMixed;
}

template <int D>
void TreeSeeding<D>::cover_node(const Place& at, std::uint32_t i, std::int32_t j) {
  const Node<D>& node = (*at.branch)[i];
  State& state = at.states[i];
  if (state.owner != kMixed) {
    if (is_nearer_all_over(node, center(state.owner), center(j))) return;
    if (is_nearer_all_over(node, center(j), center(state.owner))) return own(at, i, j);
    part(at, i);
  } else if (squared_to_box(node, center(j)) >= state.farthest) {
    return;
  }
  if (node.right == 0) return cover_leaf(node, state, j);
  cover_node(at, i + 1, j);
  cover_node(at, node.right, j);
  state.potential = at.states[i + 1].potential + at.states[node.right].potential;
  const auto bound = [&](std::uint32_t child) {
    const State& known = at.states[child];
    return known.owner == kMixed ? known.farthest : squared_to_far_corner((*at.branch)[child], center(known.owner));
  };
  state.farthest = std::max(bound(i + 1), bound(node.right));
}

template <int D>
void TreeSeeding<D>::cover_leaf(const Node<D>& node, State& state, std::int32_t j) {
  state.potential = 0.0;
  state.farthest = 0.0;
  for (std::uint32_t p = node.begin; p < node.end; ++p) {
    nearest_[p] = std::min(nearest_[p], squared_from<D>(tree_.data(), p, center(j)));
    state.potential += tree_.data().weight(p) * nearest_[p];
    state.farthest = std::max(state.farthest, nearest_[p]);
  }
}

// By how much a centre at x would lower the potential.
template <int D>
double TreeSeeding<D>::gain(const double* x) {
  double sum = 0.0;
  for (std::size_t b = 0; b < states_.size(); ++b) sum += gain_in(place(b), 0, x);
  return sum;
}

template <int D>
double TreeSeeding<D>::gain_in(const Place& at, std::uint32_t i, const double* x) const {
  const Node<D>& node = (*at.branch)[i];
  const State& state = at.states[i];
  if (state.owner != kMixed) return gain_owned(at, i, state.owner, x);
  if (squared_to_box(node, x) >= state.farthest) return 0.0;
  if (node.right != 0) return gain_in(at, i + 1, x) + gain_in(at, node.right, x);
  return gain_in_leaf(node, nullptr, x);
}

template <int D>
double TreeSeeding<D>::gain_owned(const Place& at, std::uint32_t i, std::int32_t owner, const double* x) const {
  const Node<D>& node = (*at.branch)[i];
  const double* own_center = center(owner);
  if (is_nearer_all_over(node, own_center, x)) return 0.0;
  if (is_nearer_all_over(node, x, own_center)) return std::max(0.0, node.cost(own_center) - node.cost(x));
  if (node.right != 0) return gain_owned(at, i + 1, owner, x) + gain_owned(at, node.right, owner, x);
  return gain_in_leaf(node, own_center, x);
}

template <int D>
double TreeSeeding<D>::gain_in_leaf(const Node<D>& node, const double* owner, const double* x) const {
  const Dataset& data = tree_.data();
  const double* const weights = data.kept_weights();
  const Tile tile{data.column(0) + node.begin, data.stride(), static_cast<int>(node.end - node.begin), D};
  return gain_in_tile(tile, weights == nullptr ? nullptr : weights + node.begin, nearest_.data() + node.begin, owner, x);
}

// The trial that lowers the potential most; ties to the first drawn.
template <int D>
std::int64_t TreeSeeding<D>::draw_best(Random& random, int n_trials) {
  std::vector<std::int64_t> trial(static_cast<std::size_t>(n_trials));
  for (std::int64_t& point : trial) point = draw(random);
  if (n_trials == 1) return trial[0];
  std::vector<double> gains(trial.size());
  team_.run(n_trials, [&](std::int64_t t, int) {
    double x[D];
    tree_.data().copy_point(trial[t], x);
    gains[t] = gain(x);
  });
  return trial[std::max_element(gains.begin(), gains.end()) - gains.begin()];
}

template class TreeSeeding<1>;
template class TreeSeeding<2>;
template class TreeSeeding<3>;
template class TreeSeeding<4>;

}  // namespace placement
