// The last pass: a label for every point of the input.
#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

#include "point_tree.hpp"
#include "tree.hpp"
#include "tree_descent.hpp"

namespace placement {

// Labels as comparing (point - their_origin) with every one of their centres gives them, to the last tie.
template <int D>
class ExactLabels {
 public:
  ExactLabels(const Tree<D>& tree, const double* origin, const LabelRequest& request, std::int64_t* label)
      : data_(tree.data()), members_(tree.members()), origin_(origin), request_(request), label_(label) {}

  void whole(const Node<D>& node, std::int32_t j) { label_rows(node.begin, node.end, j); }

  void leaf(const Node<D>& node, const Candidate<D>* candidates, int count) {
    const int n = static_cast<int>(node.end - node.begin);
    double columns[D * (kLeaf + kBlock)];
    for (int feature = 0; feature < D; ++feature) {
      const double* x = data_.column(feature) + node.begin;
      // The tree's origin lies so that adding it gives the very point back.
      for (int i = 0; i < kLeaf; ++i) {
        columns[feature * kLeaf + i] = i < n ? (x[i] + origin_[feature]) - request_.their_origin[feature] : 0.0;
      }
    }
    places_.resize(static_cast<std::size_t>(count) * D);
    for (int c = 0; c < count; ++c) std::copy_n(request_.their_centers + candidates[c].index * D, D, places_.data() + c * D);
    double squared[kLeaf];
    std::int64_t choice[kLeaf];
    nearest_in_tile(Tile{columns, kLeaf, n, D}, places_.data(), count, squared, choice);
    for (int i = 0; i < n; ++i) label_rows(node.begin + i, node.begin + i + 1, candidates[choice[i]].index);
  }

 private:
  void label_rows(std::uint32_t from, std::uint32_t to, std::int32_t j) {
    for (std::uint32_t i = members_.begin(from); i < members_.begin(to); ++i) label_[members_.index[i]] = j;
  }

  const Dataset& data_;
  const Members& members_;
  const double* origin_;
  const LabelRequest& request_;
  std::int64_t* label_;
  std::vector<double> places_;
};

// What rounding in two coordinate systems may come to, for all points and centres together.
template <int D>
double slack_of(const Tree<D>& tree, const LabelRequest& request) {
  double squared = 0.0;
  for (int feature = 0; feature < D; ++feature) {
    double low = request.centers[feature], high = low;
    for (std::int64_t j = 1; j < request.k; ++j) {
      low = std::min(low, request.centers[j * D + feature]);
      high = std::max(high, request.centers[j * D + feature]);
    }
    for (const Branch<D>& branch : tree.branches()) {
      low = std::min(low, branch[0].low[feature]);
      high = std::max(high, branch[0].high[feature]);
    }
    squared += (high - low) * (high - low);
  }
  return 64 * kRounding * squared;
}

template <int D>
void label_points(const Tree<D>& tree, const double* origin, const LabelRequest& request, int n_threads, Buffer<std::int64_t>& label) {
  Team team(useful_threads(n_threads, 20.0 * static_cast<double>(label.size())));
  if (tree.members().index.size() < label.size()) std::fill(label.data(), label.data() + label.size(), -1);  // of no weight
  const double slack = slack_of(tree, request);
  team.run(static_cast<std::int64_t>(tree.branches().size()), [&](std::int64_t i, int) {
    std::vector<Candidate<D>> stack;
    ExactLabels<D> visitor(tree, origin, request, label.data());
    Descent<D, ExactLabels<D>>(tree.branches()[i], stack, slack, visitor).run(request.centers, request.k);
  });
}

}  // namespace placement
