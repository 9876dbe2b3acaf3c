#include "tree_cells.hpp"

#include <algorithm>

#include "tree_bucket.hpp"

namespace placement {

namespace {

// Of all buckets before each: rows, cells and points.
struct Before {
  std::int64_t rows = 0, cells = 0, points = 0;
};

std::vector<Before> add_up(const std::vector<Bucket>& buckets, const std::vector<std::int64_t>& begin) {
  std::vector<Before> before(buckets.size() + 1);
  for (std::size_t i = 0; i < buckets.size(); ++i) {
    before[i + 1] = Before{before[i].rows + buckets[i].count, before[i].cells + static_cast<std::int64_t>(buckets[i].cells.size()),
                           begin[i + 1]};
  }
  return before;
}

// Rows after a merge close up to the front. One bucket after the other: each is moved into the room of those before it.
void close_up(Dataset& data, const std::vector<Bucket>& buckets, const std::vector<Before>& before) {
  const auto move = [&](double* values) {
    for (std::size_t i = 0; i < buckets.size(); ++i) {
      const double* const from = values + before[i].points;
      if (before[i].points != before[i].rows) std::copy(from, from + buckets[i].count, values + before[i].rows);
    }
  };
  for (int feature = 0; feature < data.d(); ++feature) move(data.column(feature));
  if (data.kept_weights() != nullptr) move(data.kept_weights());
  data.shrink(before.back().rows);
}

void weigh(Dataset& data, const std::vector<Bucket>& buckets, const std::vector<Before>& before, Team& team) {
  double* const weights = data.keep_weights();
  team.run(static_cast<std::int64_t>(buckets.size()), [&](std::int64_t i, int) {
    std::fill(weights + before[i].rows, weights + before[i + 1].rows, 1.0);
    std::copy(buckets[i].weights.begin(), buckets[i].weights.end(), weights + before[i].rows);
  });
}

Buffer<std::uint32_t> number_points(const std::vector<Bucket>& buckets, const std::vector<Before>& before, Team& team) {
  Buffer<std::uint32_t> first(static_cast<std::size_t>(before.back().rows) + 1);
  team.run(static_cast<std::int64_t>(buckets.size()), [&](std::int64_t i, int) {
    const std::uint32_t base = static_cast<std::uint32_t>(before[i].points);
    for (std::int64_t row = 0; row < buckets[i].count; ++row) {
      const std::uint32_t own = buckets[i].first.empty() ? static_cast<std::uint32_t>(row) : buckets[i].first[row];
      first[before[i].rows + row] = base + own;
    }
  });
  first[before.back().rows] = static_cast<std::uint32_t>(before.back().points);
  return first;
}

Buffer<Cell> join_cells(const std::vector<Bucket>& buckets, const std::vector<Before>& before, Team& team) {
  Buffer<Cell> cells(static_cast<std::size_t>(before.back().cells) + 1);
  team.run(static_cast<std::int64_t>(buckets.size()), [&](std::int64_t i, int) {
    const std::uint32_t base = static_cast<std::uint32_t>(before[i].rows);
    Cell* to = cells.data() + before[i].cells;
    for (const Cell& cell : buckets[i].cells) *to++ = Cell{cell.number, base + cell.begin};
  });
  cells[before.back().cells] = Cell{kNowhere, static_cast<std::uint32_t>(before.back().rows)};
  return cells;
}

}  // namespace

template <int D>
Rows write_cells(Dealt dealt, Team& team) {
  std::vector<Bucket> buckets(dealt.begin.size() - 1);
  std::vector<std::unique_ptr<BucketWriter<D>>> writers(static_cast<std::size_t>(team.size()));
  team.run(static_cast<std::int64_t>(buckets.size()), [&](std::int64_t i, int worker) {
    if (!writers[worker]) writers[worker] = std::make_unique<BucketWriter<D>>(dealt);
    writers[worker]->write(dealt.begin[i], dealt.begin[i + 1], buckets[i]);
  });
  dealt.cell = {};
  const std::vector<Before> before = add_up(buckets, dealt.begin);
  Rows rows{std::move(dealt.data), Members{std::move(dealt.index), {}}, join_cells(buckets, before, team)};
  if (before.back().rows == before.back().points) return rows;
  close_up(rows.data, buckets, before);
  if (rows.data.kept_weights() == nullptr) weigh(rows.data, buckets, before, team);
  rows.members.first = number_points(buckets, before, team);
  return rows;
}

template Rows write_cells<1>(Dealt, Team&);
template Rows write_cells<2>(Dealt, Team&);
template Rows write_cells<3>(Dealt, Team&);
template Rows write_cells<4>(Dealt, Team&);

}  // namespace placement
