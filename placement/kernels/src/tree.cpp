#include "tree.hpp"

#include <algorithm>

namespace placement {

namespace {

constexpr std::int64_t kSmallestBranch = 1 << 13;
constexpr std::int64_t kMostBranches = 64;

// Consecutive rows: whole cells [first, last), or a part of the one cell `first`.
struct Span {
  std::size_t first, last;
  std::uint32_t begin, end;
  std::int64_t count() const { return static_cast<std::int64_t>(end) - begin; }
};

// Cells part where the highest bit in which their numbers differ is set; within a cell rows part in the middle.
std::pair<Span, Span> halve(const Buffer<Cell>& cells, const Span& span) {
  if (span.last - span.first == 1) {
    const std::uint32_t middle = span.begin + static_cast<std::uint32_t>(half_of(span.count()));
    return {Span{span.first, span.last, span.begin, middle}, Span{span.first, span.last, middle, span.end}};
  }
  std::uint32_t bit = cells[span.first].number ^ cells[span.last - 1].number;
  while ((bit & (bit - 1)) != 0) bit &= bit - 1;
  const auto is_below = [bit](const Cell& cell) { return (cell.number & bit) == 0; };
  const Cell* const parting = std::partition_point(cells.data() + span.first, cells.data() + span.last, is_below);
  const std::size_t middle = static_cast<std::size_t>(parting - cells.data());
  return {Span{span.first, middle, span.begin, parting->begin}, Span{middle, span.last, parting->begin, span.end}};
}

void cut_branches(const Buffer<Cell>& cells, const Span& span, std::int64_t most, std::vector<Span>& cut) {
  if (span.count() <= most) {
    cut.push_back(span);
    return;
  }
  const auto [left, right] = halve(cells, span);
  cut_branches(cells, left, most, cut);
  cut_branches(cells, right, most, cut);
}

// Features side by side: a sum waits for its own last addition only.
template <int D>
Node<D> make_leaf(const Dataset& data, const Span& span) {
  Node<D> node{};
  node.begin = span.begin;
  node.end = span.end;
  const double* column[D];
  for (int feature = 0; feature < D; ++feature) {
    column[feature] = data.column(feature);
    node.low[feature] = node.high[feature] = column[feature][span.begin];
  }
  for (std::uint32_t i = span.begin; i < span.end; ++i) {
    const double weight = data.weight(i);
    node.weight += weight;
    node.print += print_of(i);
    for (int feature = 0; feature < D; ++feature) {
      const double x = column[feature][i];
      node.low[feature] = x < node.low[feature] ? x : node.low[feature];
      node.high[feature] = x > node.high[feature] ? x : node.high[feature];
      node.sum[feature] += weight * x;
    }
  }
  double mean[D], scatter[D] = {};
  for (int feature = 0; feature < D; ++feature) mean[feature] = node.sum[feature] / node.weight;
  for (std::uint32_t i = span.begin; i < span.end; ++i) {
    const double weight = data.weight(i);
    for (int feature = 0; feature < D; ++feature) {
      const double step = column[feature][i] - mean[feature];
      scatter[feature] += weight * step * step;
    }
  }
  for (int feature = 0; feature < D; ++feature) node.scatter += scatter[feature];
  return node;
}

template <int D>
std::uint32_t grow(const Dataset& data, const Buffer<Cell>& cells, const Span& span, Branch<D>& branch) {
  const std::uint32_t own = static_cast<std::uint32_t>(branch.size());
  if (span.count() <= kLeaf) {
    branch.push_back(make_leaf<D>(data, span));
    return own;
  }
  branch.push_back(Node<D>{});
  const auto [left, right] = halve(cells, span);
  const std::uint32_t first = grow<D>(data, cells, left, branch);
  const std::uint32_t second = grow<D>(data, cells, right, branch);
  branch[own].right = second;
  join<D>(branch[first], branch[second], branch[own]);
  return own;
}

template <int D>
Rows sort_rows(const RawPoints& raw, std::int64_t n_weighted, const Extent& extent, int n_halvings, Team& team) {
  return write_cells<D>(deal_points<D>(raw, n_weighted, make_grid(extent, n_halvings), team), team);
}

// Rows that stand for rows that stand for points.
Members compose(const Members& outer, const Members& inner) {
  const std::size_t n_rows = outer.index.size();
  Members members{Buffer<std::uint32_t>(inner.index.size()), Buffer<std::uint32_t>(n_rows + 1)};
  std::uint32_t count = 0;
  for (std::size_t row = 0; row < n_rows; ++row) {
    members.first[row] = count;
    const std::uint32_t between = outer.index[row];
    for (std::uint32_t i = inner.begin(between); i < inner.begin(between + 1); ++i) members.index[count++] = inner.index[i];
  }
  members.first[n_rows] = count;
  return members;
}

// The rows must not depend on how often a place was given: when merging has left so few that they call for larger
// cells, they are sorted again.
template <int D>
Rows sort_merged(const Rows& merged, const Extent& extent, Team& team) {
  const std::int64_t m = merged.data.n();
  const std::vector<double> origin(D, 0.0);
  std::vector<double> weights(static_cast<std::size_t>(m)), points(static_cast<std::size_t>(m) * D);
  for (std::int64_t i = 0; i < m; ++i) {
    merged.data.copy_point(i, points.data() + i * D);
    weights[i] = merged.data.weight(i);
  }
  Rows rows = sort_rows<D>(RawPoints{points.data(), Kind::kDouble, weights.data(), origin.data(), m, D}, m, extent, count_halvings(m, D), team);
  rows.members = compose(rows.members, merged.members);
  return rows;
}

template <int D>
Rows make_rows(const RawPoints& raw, const Extent& extent, Team& team) {
  const int n_halvings = count_halvings(count_places(raw), D);
  Rows rows = sort_rows<D>(raw, count_weighted(raw), extent, n_halvings, team);
  if (count_halvings(rows.data.n(), D) == n_halvings) return rows;
  return sort_merged<D>(rows, extent, team);
}

}  // namespace

template <int D>
Tree<D>::Tree(const RawPoints& raw, const Extent& extent, Team& team) : Tree(make_rows<D>(raw, extent, team), team) {}

template <int D>
Tree<D>::Tree(Rows rows, Team& team) : data_(std::move(rows.data)), members_(std::move(rows.members)) {
  const std::int64_t most = std::max(kSmallestBranch, (data_.n() + kMostBranches - 1) / kMostBranches);
  std::vector<Span> cut;
  cut_branches(rows.cells, Span{0, rows.cells.size() - 1, 0, static_cast<std::uint32_t>(data_.n())}, most, cut);
  branches_.resize(cut.size());
  team.run(static_cast<std::int64_t>(cut.size()), [&](std::int64_t i, int) {
    branches_[i].reserve(static_cast<std::size_t>(cut[i].count() / 32 + 1));
    grow<D>(data_, rows.cells, cut[i], branches_[i]);
    branches_[i].shrink_to_fit();
  });
}

template class Tree<1>;
template class Tree<2>;
template class Tree<3>;
template class Tree<4>;

}  // namespace placement
