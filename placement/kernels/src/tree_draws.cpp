// The draws of tree_seeding.hpp: from the sums of the branches down to a point.
#include <algorithm>
#include <limits>

#include "tree_box.hpp"
#include "tree_seeding.hpp"

namespace placement {

namespace {
constexpr std::int64_t kNone = -1;
}  // namespace

// A point with a chance proportional to its weight.
template <int D>
std::int64_t TreeSeeding<D>::draw_weight(Random& random) const {
  const Dataset& data = tree_.data();
  double total = 0.0;
  for (const Branch<D>& branch : tree_.branches()) total += branch[0].weight;
  double target = random.uniform() * total;
  for (const Branch<D>& branch : tree_.branches()) {
    if (target >= branch[0].weight) {
      target -= branch[0].weight;
      continue;
    }
    for (std::uint32_t p = branch[0].begin; p < branch[0].end; ++p) {
      if (target < data.weight(p)) return p;
      target -= data.weight(p);
    }
  }
  return data.n() - 1;
}

// A point with chance weight * nearest. Where rounding leaves a chance that no point has, the costliest point.
template <int D>
std::int64_t TreeSeeding<D>::draw(Random& random) {
  double total = 0.0;
  for (const auto& states : states_) total += states[0].potential;
  double target = random.uniform() * total;
  for (std::size_t b = 0; b < states_.size(); ++b) {
    const double potential = states_[b][0].potential;
    if (target < potential) {
      const std::int64_t point = draw_in(place(b), 0, target);
      return point == kNone ? costliest() : point;
    }
    target -= potential;
  }
  return costliest();
}

template <int D>
std::int64_t TreeSeeding<D>::draw_in(const Place& at, std::uint32_t i, double target) {
  std::int32_t owner = kMixed;
  for (;;) {
    const Node<D>& node = (*at.branch)[i];
    if (owner == kMixed) owner = at.states[i].owner;
    if (node.right == 0) break;
    const double left = owner == kMixed ? at.states[i + 1].potential : (*at.branch)[i + 1].cost(center(owner));
    if (target < left) {
      i = i + 1;
    } else {
      target -= left;
      i = node.right;
    }
  }
  const Node<D>& node = (*at.branch)[i];
  std::int64_t last = kNone;
  for (std::uint32_t p = node.begin; p < node.end; ++p) {
    const double squared = owner == kMixed ? nearest_[p] : squared_from<D>(tree_.data(), p, center(owner));
    const double chance = tree_.data().weight(p) * squared;
    if (!(chance > 0.0)) continue;
    if (target < chance) return p;
    target -= chance;
    last = p;
  }
  return last;
}

template <int D>
std::int64_t TreeSeeding<D>::costliest() const {
  const Dataset& data = tree_.data();
  std::int64_t point = 0;
  double largest = 0.0;
  for (std::int64_t p = 0; p < data.n(); ++p) {
    double squared = std::numeric_limits<double>::infinity();
    for (std::int32_t j = 0; j < n_chosen_; ++j) squared = std::min(squared, squared_from<D>(data, p, center(j)));
    if (data.weight(p) * squared > largest) {
      largest = data.weight(p) * squared;
      point = p;
    }
  }
  return point;
}

template class TreeSeeding<1>;
template class TreeSeeding<2>;
template class TreeSeeding<3>;
template class TreeSeeding<4>;

}  // namespace placement
