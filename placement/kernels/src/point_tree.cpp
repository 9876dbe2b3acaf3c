#include "point_tree.hpp"

#include <algorithm>
#include <stdexcept>

#include "seeding.hpp"
#include "tree.hpp"
#include "tree_filter.hpp"
#include "tree_labels.hpp"
#include "tree_seeding.hpp"

namespace placement {

namespace {

// With fewer points sweeping over all of them is sooner done than walking over nodes.
constexpr std::int64_t kWorthTreeSeeding = 2000;

template <int D>
class PointTreeOf final : public PointTree {
 public:
  PointTreeOf(const RawPoints& raw, const Extent& extent, Team& team)
      : n_given_(raw.n), origin_(raw.origin, raw.origin + D), tree_(raw, extent, team), root_(join_branches()) {}

  const Dataset& data() const override { return tree_.data(); }
  std::unique_ptr<Assigner> make_assigner(std::int64_t n_clusters, Team& team) const override {
    return std::make_unique<TreeFilter<D>>(tree_, n_clusters, team);
  }
  std::unique_ptr<Seeder> make_seeder(std::int64_t n_clusters, Team& team) const override {
    if (data().n() < kWorthTreeSeeding) return std::make_unique<Seeding>(data(), n_clusters, team);
    return std::make_unique<TreeSeeding<D>>(tree_, n_clusters, team);
  }
  std::int64_t n_given() const override { return n_given_; }
  std::int64_t n_nodes() const override {
    std::int64_t sum = 0;
    for (const Branch<D>& branch : tree_.branches()) sum += static_cast<std::int64_t>(branch.size());
    return sum;
  }
  double weight() const override { return root_.weight; }
  double scatter() const override { return root_.scatter; }
  const Members& members() const override { return tree_.members(); }
  void coarsen(std::int64_t most, std::vector<double>& means, std::vector<double>& weights) const override {
    for (const Branch<D>& branch : tree_.branches()) {
      for (std::size_t i = 0; i < branch.size();) {
        const Node<D>& node = branch[i];
        const bool is_small = node.right == 0 || static_cast<std::int64_t>(node.end - node.begin) <= most;
        if (!is_small) {
          ++i;
          continue;
        }
        for (int feature = 0; feature < D; ++feature) means.push_back(node.sum[feature] / node.weight);
        weights.push_back(node.weight);
        while (i < branch.size() && branch[i].end <= node.end) ++i;  // parents come first: all below it is skipped
      }
    }
  }
  void label(const LabelRequest& request, int n_threads, Buffer<std::int64_t>& label) const override {
    label_points<D>(tree_, origin_.data(), request, n_threads, label);
  }

 private:
  Node<D> join_branches() const {
    Node<D> root = tree_.branches().at(0)[0];
    for (std::size_t i = 1; i < tree_.branches().size(); ++i) {
      const Node<D> left = root;
      join<D>(left, tree_.branches()[i][0], root);
    }
    return root;
  }

  std::int64_t n_given_;
  std::vector<double> origin_;
  Tree<D> tree_;
  Node<D> root_;
};

Extent shift(Extent range, const double* origin) {
  for (std::size_t feature = 0; feature < range.low.size(); ++feature) {
    range.low[feature] -= origin[feature];
    range.high[feature] -= origin[feature];
  }
  return range;
}

template <int D>
std::unique_ptr<PointTree> make(const RawPoints& raw, const std::optional<Extent>& range, int n_threads) {
  Team team(useful_threads(n_threads, 50.0 * static_cast<double>(raw.n)));
  const Extent extent = range && raw.weights == nullptr ? shift(*range, raw.origin) : find_extent(raw, team);
  return std::make_unique<PointTreeOf<D>>(raw, extent, team);
}

}  // namespace

std::unique_ptr<PointTree> make_point_tree(const RawPoints& raw, const std::optional<Extent>& range, int n_threads) {
  switch (raw.d) {
    case 1:
      return make<1>(raw, range, n_threads);
    case 2:
      return make<2>(raw, range, n_threads);
    case 3:
      return make<3>(raw, range, n_threads);
    case 4:
      return make<4>(raw, range, n_threads);
    default:
      throw std::invalid_argument("a tree needs points of one to four columns");
  }
}

}  // namespace placement
