// A k-d tree over weighted points: for every node the box around its points, their weight, weighted sum and scatter.
#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

#include "dataset.hpp"
#include "team.hpp"
#include "tree_cells.hpp"

namespace placement {

// A number for every row, so mixed that sums over different sets of rows are never equal in practice: whether a
// cluster still holds the same points shows in the sum over them, which is exact in any order.
inline std::uint64_t print_of(std::uint64_t row) {
  std::uint64_t z = (row + 1) * 0x9e3779b97f4a7c15u;
  z = (z ^ (z >> 32)) * 0xd6e8feb86659fd93u;
  return z ^ (z >> 29);
}

template <int D>
struct Node {
  double low[D];
  double high[D];
  double sum[D];
  double weight;
  double scatter;       // sum of weight * squared distance to the mean
  std::uint64_t print;  // sum of the rows' prints
  std::uint32_t begin;
  std::uint32_t end;
  std::uint32_t right;  // position of the second child, the first one follows its parent; 0 for a leaf

  // Sum of weight * squared distance to a centre.
  double cost(const double* center) const {
    double squared = 0.0;
    for (int feature = 0; feature < D; ++feature) {
      const double step = sum[feature] / weight - center[feature];
      squared += step * step;
    }
    return scatter + weight * squared;
  }
};

// The node of both together.
template <int D>
void join(const Node<D>& left, const Node<D>& right, Node<D>& node) {
  node.begin = left.begin;
  node.end = right.end;
  node.weight = left.weight + right.weight;
  node.print = left.print + right.print;
  double apart = 0.0;
  for (int feature = 0; feature < D; ++feature) {
    node.low[feature] = std::min(left.low[feature], right.low[feature]);
    node.high[feature] = std::max(left.high[feature], right.high[feature]);
    node.sum[feature] = left.sum[feature] + right.sum[feature];
    const double step = left.sum[feature] / left.weight - right.sum[feature] / right.weight;
    apart += step * step;
  }
  node.scatter = left.scatter + right.scatter + left.weight / node.weight * right.weight * apart;
}

// A branch is a tree of its own over consecutive rows, parents before children. The tree is a row of branches, cut by the
// data alone: they are what threads share out, and sums over branches are taken in their order.
template <int D>
using Branch = std::vector<Node<D>>;

template <int D>
class Tree {
 public:
  Tree(const RawPoints& raw, const Extent& extent, Team& team);

  const Dataset& data() const { return data_; }
  const std::vector<Branch<D>>& branches() const { return branches_; }

  // The points of the input that each row stands for; those without weight are in none.
  const Members& members() const { return members_; }

 private:
  Tree(Rows rows, Team& team);

  Dataset data_;
  Members members_;
  std::vector<Branch<D>> branches_;
};

}  // namespace placement
