#include "tree_cells.hpp"

namespace placement {

namespace {

constexpr std::int64_t kMostBundles = 128;

// Bundles of whole cells, of about equal numbers of tickets: where each begins.
std::vector<std::int64_t> cut_bundles(const std::vector<Ticket>& tickets) {
  const std::int64_t n = static_cast<std::int64_t>(tickets.size());
  const std::int64_t size = std::max<std::int64_t>(1 << 12, (n + kMostBundles - 1) / kMostBundles);
  std::vector<std::int64_t> begin{0};
  while (begin.back() < n) {
    std::int64_t next = std::min(n, begin.back() + size);
    while (next < n && tickets[next].cell == tickets[next - 1].cell) ++next;
    begin.push_back(next);
  }
  return begin;
}

// Rows after a merge close up to the front; what is left behind becomes zero.
void close_up(Dataset& data, std::int64_t from, std::int64_t to, std::int64_t count) {
  if (from == to) return;
  const auto move = [&](double* values) {
    std::copy(values + from, values + from + count, values + to);
    std::fill(values + std::max(from, to + count), values + from + count, 0.0);
  };
  for (int feature = 0; feature < data.d(); ++feature) move(data.column(feature));
  move(data.weights());
}

struct Bundle {
  std::vector<Cell> cells;  // rows counted from the bundle's begin
  std::int64_t count = 0;
};

template <int D>
void write_bundle(const RawPoints& raw, Ticket* tickets, std::int64_t begin, std::int64_t end, Dataset& data, Bundle& bundle) {
  CellWriter<D> writer(raw, data);
  for (std::int64_t from = begin; from < end;) {
    const std::uint32_t number = tickets[from].cell;
    std::int64_t to = from + 1;
    while (to < end && tickets[to].cell == number) ++to;
    const std::int64_t count = writer.write(tickets + from, to - from, end - from, begin + bundle.count);
    bundle.cells.push_back(Cell{number, static_cast<std::uint32_t>(bundle.count), static_cast<std::uint32_t>(bundle.count + count)});
    bundle.count += count;
    from = to;
  }
}

}  // namespace

template <int D>
std::vector<Cell> write_cells(const RawPoints& raw, std::vector<Ticket>& tickets, Dataset& data, std::vector<std::uint32_t>& row,
                              Team& team) {
  const std::vector<std::int64_t> begin = cut_bundles(tickets);
  std::vector<Bundle> bundles(begin.size() - 1);
  team.run(static_cast<std::int64_t>(bundles.size()), [&](std::int64_t i, int) {
    write_bundle<D>(raw, tickets.data(), begin[i], begin[i + 1], data, bundles[i]);
  });
  std::vector<Cell> cells;
  std::vector<std::int64_t> first(bundles.size());
  std::int64_t n = 0;
  for (std::size_t i = 0; i < bundles.size(); ++i) {
    close_up(data, begin[i], n, bundles[i].count);
    const std::uint32_t base = static_cast<std::uint32_t>(n);
    for (const Cell& cell : bundles[i].cells) cells.push_back(Cell{cell.number, base + cell.begin, base + cell.end});
    first[i] = n - begin[i];
    n += bundles[i].count;
  }
  data.shrink(n);
  row.assign(static_cast<std::size_t>(raw.n), kNowhere);
  team.run(static_cast<std::int64_t>(bundles.size()), [&](std::int64_t i, int) {
    for (std::int64_t t = begin[i]; t < begin[i + 1]; ++t) row[tickets[t].index] = static_cast<std::uint32_t>(tickets[t].cell + first[i]);
  });
  return cells;
}

template std::vector<Cell> write_cells<1>(const RawPoints&, std::vector<Ticket>&, Dataset&, std::vector<std::uint32_t>&, Team&);
template std::vector<Cell> write_cells<2>(const RawPoints&, std::vector<Ticket>&, Dataset&, std::vector<std::uint32_t>&, Team&);
template std::vector<Cell> write_cells<3>(const RawPoints&, std::vector<Ticket>&, Dataset&, std::vector<std::uint32_t>&, Team&);
template std::vector<Cell> write_cells<4>(const RawPoints&, std::vector<Ticket>&, Dataset&, std::vector<std::uint32_t>&, Team&);

}  // namespace placement
