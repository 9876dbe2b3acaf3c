// One walk down a branch with a shrinking list of centres: Kanungo, Mount et al., "An efficient k-means clustering
// algorithm", IEEE PAMI 24(7), 2002, section 2 (filtering). Here a centre is dropped only when rounding cannot matter, so that
// every point gets the label that comparing it with every centre would give.
#pragma once

#include <cstdint>
#include <vector>

#include "sweeps.hpp"
#include "tree.hpp"

namespace placement {

// A squared distance computed from exact coordinates is off by less than so many times itself.
constexpr double kRounding = 16 * 2.3e-16;

// Centres that may be nearest to some point: where each stands and which it is, in rising order.
template <int D>
struct Candidate {
  double x[D];
  std::int32_t index;
};

// Visitor: whole(node, j) when all points of the node belong to centre j; leaf(node, candidates, count) otherwise.
template <int D, class Visitor>
class Descent {
 public:
  // slack: drop a centre only when it loses by more than so much [squared unit]
  Descent(const Branch<D>& branch, std::vector<Candidate<D>>& stack, double slack, Visitor& visitor)
      : branch_(branch), stack_(stack), slack_(slack), visitor_(visitor) {}

  void run(const double* centers, std::int64_t k) {
    if (stack_.size() < static_cast<std::size_t>(k)) stack_.resize(static_cast<std::size_t>(k));
    for (std::int64_t j = 0; j < k; ++j) {
      for (int feature = 0; feature < D; ++feature) stack_[j].x[feature] = centers[j * D + feature];
      stack_[j].index = static_cast<std::int32_t>(j);
    }
    visit(0, 0, static_cast<std::size_t>(k));
  }

 private:
  void visit(std::uint32_t position, std::size_t from, std::size_t count) {
    const Node<D>& node = branch_[position];
    if (count > 1) {
      const std::size_t kept = filter(node, from, count);
      from += count;
      count = kept;
    }
    if (count == 1) {
      visitor_.whole(node, stack_[from].index);
    } else if (node.right == 0) {
      visitor_.leaf(node, stack_.data() + from, static_cast<int>(count));
    } else {
      visit(position + 1, from, count);
      visit(node.right, from, count);
    }
  }

  // Copies those of stack[from, from + count) that may be nearest to a point of the box behind them.
  std::size_t filter(const Node<D>& node, std::size_t from, std::size_t count) {
    if (stack_.size() < from + 2 * count) stack_.resize(2 * (from + 2 * count));
    const Candidate<D>* const all = stack_.data() + from;
    Candidate<D>* const kept = stack_.data() + from + count;
    const std::size_t best = nearest_to_middle(node, all, count);
    double diagonal = 0.0;
    for (int feature = 0; feature < D; ++feature) {
      const double side = node.high[feature] - node.low[feature];
      diagonal += side * side;
    }
    std::size_t n_kept = 0;
    for (std::size_t c = 0; c < count; ++c) {
      kept[n_kept] = all[c];
      n_kept += c == best || !loses(node, all[c].x, all[best].x, diagonal);
    }
    return n_kept;
  }

  std::size_t nearest_to_middle(const Node<D>& node, const Candidate<D>* all, std::size_t count) const {
    double middle[D];
    for (int feature = 0; feature < D; ++feature) middle[feature] = 0.5 * (node.low[feature] + node.high[feature]);
    std::size_t best = 0;
    double least = 0.0;
    for (std::size_t c = 0; c < count; ++c) {
      double squared = 0.0;
      for (int feature = 0; feature < D; ++feature) {
        const double step = all[c].x[feature] - middle[feature];
        squared += step * step;
      }
      if (c == 0 || squared < least) {
        least = squared;
        best = c;
      }
    }
    return best;
  }

  // Whether even the corner of the box that lies farthest towards `other` is surely nearer to `best`.
  bool loses(const Node<D>& node, const double* other, const double* best, double diagonal) const {
    double to_other = 0.0, to_best = 0.0;
    for (int feature = 0; feature < D; ++feature) {
      const double corner = other[feature] > best[feature] ? node.high[feature] : node.low[feature];
      const double a = other[feature] - corner, b = best[feature] - corner;
      to_other += a * a;
      to_best += b * b;
    }
    return to_other - to_best > slack_ + kRounding * (to_other + to_best + diagonal);
  }

  const Branch<D>& branch_;
  std::vector<Candidate<D>>& stack_;
  double slack_;
  Visitor& visitor_;
};

// Nearest candidate of each point of a leaf: which of them, and how far.
template <int D>
struct LeafNearest {
  double squared[kLeaf + kBlock];
  std::int64_t choice[kLeaf + kBlock];

  void find(const Dataset& data, const Node<D>& node, const Candidate<D>* candidates, int count) {
    static thread_local std::vector<double> places;
    places.resize(static_cast<std::size_t>(count) * D);
    for (int c = 0; c < count; ++c) {
      for (int feature = 0; feature < D; ++feature) places[c * D + feature] = candidates[c].x[feature];
    }
    const Tile tile{data.column(0) + node.begin, data.stride(), static_cast<int>(node.end - node.begin), D};
    nearest_in_tile(tile, places.data(), count, squared, choice);
  }
};

}  // namespace placement
