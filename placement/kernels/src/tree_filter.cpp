#include "tree_filter.hpp"

#include <algorithm>

namespace placement {

namespace {

constexpr std::int64_t kWorthSharing = 1 << 15;  // sums that one thread adds up before another is worth waking

template <int D>
struct Summing {
  const Dataset& data;
  double* sums;
  std::uint64_t* prints;

  void whole(const Node<D>& node, std::int32_t j) {
    double* own = sums + static_cast<std::int64_t>(j) * (D + 1);
    for (int feature = 0; feature < D; ++feature) own[feature] += node.sum[feature];
    own[D] += node.weight;
    prints[j] += node.print;
  }

  void leaf(const Node<D>& node, const Candidate<D>* candidates, int count) {
    LeafNearest<D> nearest;
    nearest.find(data, node, candidates, count);
    for (std::uint32_t i = node.begin; i < node.end; ++i) {
      const std::int32_t j = candidates[nearest.choice[i - node.begin]].index;
      double* own = sums + static_cast<std::int64_t>(j) * (D + 1);
      const double weight = data.weight(i);
      for (int feature = 0; feature < D; ++feature) own[feature] += weight * data.column(feature)[i];
      own[D] += weight;
      prints[j] += print_of(i);
    }
  }
};

template <int D>
struct Costing {
  const Dataset& data;
  const double* centers;
  double& cost;

  void whole(const Node<D>& node, std::int32_t j) { cost += node.cost(centers + static_cast<std::int64_t>(j) * D); }

  void leaf(const Node<D>& node, const Candidate<D>* candidates, int count) {
    LeafNearest<D> nearest;
    nearest.find(data, node, candidates, count);
    for (std::uint32_t i = node.begin; i < node.end; ++i) cost += data.weight(i) * nearest.squared[i - node.begin];
  }
};

template <int D>
struct Labelling {
  const Dataset& data;
  std::int32_t* label;

  void whole(const Node<D>& node, std::int32_t j) { std::fill(label + node.begin, label + node.end, j); }

  void leaf(const Node<D>& node, const Candidate<D>* candidates, int count) {
    LeafNearest<D> nearest;
    nearest.find(data, node, candidates, count);
    for (std::uint32_t i = node.begin; i < node.end; ++i) label[i] = candidates[nearest.choice[i - node.begin]].index;
  }
};

// Branches that share one set of sums: at least eight points a cluster in each group, so that sums stay the smaller part.
std::vector<std::size_t> group_branches(std::int64_t n, std::size_t n_branches, std::int64_t k) {
  const std::int64_t most = std::max<std::int64_t>(1, std::min(static_cast<std::int64_t>(n_branches), n / (8 * k)));
  std::vector<std::size_t> group;
  for (std::int64_t i = 0; i <= most; ++i) group.push_back(n_branches * static_cast<std::size_t>(i) / static_cast<std::size_t>(most));
  return group;
}

}  // namespace

template <int D>
TreeFilter<D>::TreeFilter(const Tree<D>& tree, std::int64_t n_clusters, Team& team)
    : tree_(tree), k_(n_clusters), team_(team), group_(group_branches(tree.data().n(), tree.branches().size(), n_clusters)) {
  const std::size_t groups = group_.size() - 1;
  sums_.resize(groups * k_ * kSums);
  prints_.resize(groups * k_);
  last_prints_.resize(static_cast<std::size_t>(k_));
  cost_.resize(groups);
  stacks_.resize(static_cast<std::size_t>(team.size()));
}

template <int D>
void TreeFilter<D>::reset(Clusters&) {
  is_first_ = true;
}

template <int D>
template <class MakeVisitor>
void TreeFilter<D>::descend(const double* centers, MakeVisitor&& make_visitor) {
  team_.run(static_cast<std::int64_t>(group_.size()) - 1, [&](std::int64_t group, int worker) {
    auto&& visitor = make_visitor(group);
    for (std::size_t i = group_[group]; i < group_[group + 1]; ++i) {
      Descent<D, std::decay_t<decltype(visitor)>>(tree_.branches()[i], stacks_[worker], 0.0, visitor).run(centers, k_);
    }
  });
}

template <int D>
bool TreeFilter<D>::assign(const double* centers, Clusters& clusters) {
  descend(centers, [&](std::int64_t group) {
    double* const sums = sums_.data() + group * k_ * kSums;
    std::uint64_t* const prints = prints_.data() + group * k_;
    std::fill_n(sums, k_ * kSums, 0.0);
    std::fill_n(prints, k_, 0);
    return Summing<D>{tree_.data(), sums, prints};
  });
  return gather(clusters);
}

template <int D>
bool TreeFilter<D>::gather(Clusters& clusters) {
  const std::int64_t groups = static_cast<std::int64_t>(group_.size()) - 1;
  const std::int64_t n_parts = std::max<std::int64_t>(1, groups * k_ / kWorthSharing);
  team_.run(n_parts, [&](std::int64_t part, int) {
    const std::int64_t from = k_ * part / n_parts, to = k_ * (part + 1) / n_parts;
    for (std::int64_t group = 1; group < groups; ++group) {
      for (std::int64_t i = from * kSums; i < to * kSums; ++i) sums_[i] += sums_[group * k_ * kSums + i];
      for (std::int64_t j = from; j < to; ++j) prints_[j] += prints_[group * k_ + j];
    }
  });
  for (std::int64_t j = 0; j < k_; ++j) {
    std::copy_n(sums_.data() + j * kSums, D, clusters.sum.data() + j * D);
    clusters.weight[j] = sums_[j * kSums + D];
  }
  const bool is_changed = is_first_ || !std::equal(last_prints_.begin(), last_prints_.end(), prints_.begin());
  std::copy_n(prints_.begin(), k_, last_prints_.begin());
  is_first_ = false;
  return is_changed;
}

template <int D>
double TreeFilter<D>::inertia(const double* centers) {
  std::fill(cost_.begin(), cost_.end(), 0.0);
  descend(centers, [&](std::int64_t group) { return Costing<D>{tree_.data(), centers, cost_[group]}; });
  double sum = 0.0;
  for (const double cost : cost_) sum += cost;
  return sum;
}

template <int D>
void TreeFilter<D>::fill_labels(const double* centers, Clusters& clusters) {
  clusters.label.resize(static_cast<std::size_t>(tree_.data().n()));
  descend(centers, [&](std::int64_t) { return Labelling<D>{tree_.data(), clusters.label.data()}; });
}

template <int D>
void TreeFilter<D>::accept_labels(const Clusters& clusters) {
  std::fill(last_prints_.begin(), last_prints_.end(), 0);
  for (std::int64_t i = 0; i < tree_.data().n(); ++i) last_prints_[clusters.label[i]] += print_of(static_cast<std::uint64_t>(i));
}

template class TreeFilter<1>;
template class TreeFilter<2>;
template class TreeFilter<3>;
template class TreeFilter<4>;

}  // namespace placement
