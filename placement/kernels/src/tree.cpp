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
std::pair<Span, Span> halve(const std::vector<Cell>& cells, const Span& span) {
  if (span.last - span.first == 1) {
    const std::uint32_t middle = span.begin + static_cast<std::uint32_t>(half_of(span.count()));
    return {Span{span.first, span.last, span.begin, middle}, Span{span.first, span.last, middle, span.end}};
  }
  std::uint32_t bit = cells[span.first].number ^ cells[span.last - 1].number;
  while ((bit & (bit - 1)) != 0) bit &= bit - 1;
  const auto is_below = [bit](const Cell& cell) { return (cell.number & bit) == 0; };
  const auto from = cells.begin() + static_cast<std::ptrdiff_t>(span.first);
  const auto parting = std::partition_point(from, cells.begin() + static_cast<std::ptrdiff_t>(span.last), is_below);
  const std::size_t middle = static_cast<std::size_t>(parting - cells.begin());
  return {Span{span.first, middle, span.begin, parting->begin}, Span{middle, span.last, parting->begin, span.end}};
}

void cut_branches(const std::vector<Cell>& cells, const Span& span, std::int64_t most, std::vector<Span>& cut) {
  if (span.count() <= most) {
    cut.push_back(span);
    return;
  }
  const auto [left, right] = halve(cells, span);
  cut_branches(cells, left, most, cut);
  cut_branches(cells, right, most, cut);
}

template <int D>
Node<D> make_leaf(const Dataset& data, const Span& span) {
  Node<D> node{};
  node.begin = span.begin;
  node.end = span.end;
  const double* weights = data.weights();
  for (std::uint32_t i = span.begin; i < span.end; ++i) {
    node.weight += weights[i];
    node.print += print_of(i);
  }
  double scatter = 0.0;
  for (int feature = 0; feature < D; ++feature) {
    const double* x = data.column(feature);
    const auto ends = std::minmax_element(x + span.begin, x + span.end);
    node.low[feature] = *ends.first;
    node.high[feature] = *ends.second;
    for (std::uint32_t i = span.begin; i < span.end; ++i) node.sum[feature] += weights[i] * x[i];
    const double mean = node.sum[feature] / node.weight;
    for (std::uint32_t i = span.begin; i < span.end; ++i) scatter += weights[i] * (x[i] - mean) * (x[i] - mean);
  }
  node.scatter = scatter;
  return node;
}

template <int D>
std::uint32_t grow(const Dataset& data, const std::vector<Cell>& cells, const Span& span, Branch<D>& branch) {
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

std::int64_t count_weighted(const RawPoints& raw) {
  if (raw.weights == nullptr) return raw.n;
  return std::count_if(raw.weights, raw.weights + raw.n, [](double weight) { return weight > 0.0; });
}

}  // namespace

template <int D>
std::vector<Cell> Tree<D>::sort_rows(const RawPoints& raw, std::int64_t n_weighted, Team& team) {
  data_ = Dataset(n_weighted, D);
  CellOrder order = order_by_cell(raw, count_halvings(n_weighted, D), team);
  return write_cells<D>(raw, order.tickets, data_, row_, team);
}

// The rows must not depend on how often a place was given: when merging has left so few that they call for larger
// cells, they are sorted again.
template <int D>
std::vector<Cell> Tree<D>::sort_merged(Team& team) {
  const std::int64_t m = data_.n();
  const std::vector<double> origin(D, 0.0), weights(data_.weights(), data_.weights() + m);
  std::vector<double> points(static_cast<std::size_t>(m) * D);
  for (std::int64_t i = 0; i < m; ++i) data_.copy_point(i, points.data() + i * D);
  const std::vector<std::uint32_t> first = std::move(row_);
  std::vector<Cell> cells = sort_rows(RawPoints{points.data(), weights.data(), origin.data(), m, D}, m, team);
  std::vector<std::uint32_t> row(first.size(), kNowhere);
  for (std::size_t i = 0; i < first.size(); ++i) {
    if (first[i] != kNowhere) row[i] = row_[first[i]];
  }
  row_ = std::move(row);
  return cells;
}

template <int D>
Tree<D>::Tree(const RawPoints& raw, Team& team) : data_(0, D) {
  const std::int64_t n_weighted = count_weighted(raw);
  std::vector<Cell> cells = sort_rows(raw, n_weighted, team);
  if (count_halvings(data_.n(), D) != count_halvings(n_weighted, D)) cells = sort_merged(team);
  std::vector<Span> cut;
  if (!cells.empty()) {
    const std::int64_t most = std::max(kSmallestBranch, (data_.n() + kMostBranches - 1) / kMostBranches);
    cut_branches(cells, Span{0, cells.size(), 0, cells.back().end}, most, cut);
  }
  branches_.resize(cut.size());
  team.run(static_cast<std::int64_t>(cut.size()), [&](std::int64_t i, int) {
    branches_[i].reserve(static_cast<std::size_t>(cut[i].count() / 8 + 1));
    grow<D>(data_, cells, cut[i], branches_[i]);
    branches_[i].shrink_to_fit();
  });
}

template class Tree<1>;
template class Tree<2>;
template class Tree<3>;
template class Tree<4>;

}  // namespace placement
