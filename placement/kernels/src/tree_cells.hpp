// Cell after cell: copies merged, large cells halved at medians, coordinates written column by column.
#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

#include "dataset.hpp"
#include "tree_order.hpp"

namespace placement {

// Most points of a leaf: few enough to meet few centres, enough to fill registers and to keep the tree small. Smaller
// leaves were slower on every size and number of columns that was tried.
constexpr std::int64_t kLeaf = 128;

// How a run of points that lies in one cell is halved, by whoever halves it.
inline std::int64_t half_of(std::int64_t count) { return count / 2; }

struct Cell {
  std::uint32_t number;
  std::uint32_t begin;
  std::uint32_t end;
};

template <int D>
class CellWriter {
 public:
  CellWriter(const RawPoints& raw, Dataset& data) : raw_(raw), data_(data) {}

  // Writes the points of the first `count` of the n_left tickets, all of one cell, to rows `base` and following of the
  // data; a ticket's number becomes its point's row. Returns how many distinct points there are.
  std::int64_t write(Ticket* tickets, std::int64_t count, std::int64_t n_left, std::int64_t base) {
    gather(tickets, count, n_left);
    std::sort(rows_.begin(), rows_.end());
    merge(tickets);
    if (static_cast<std::int64_t>(merged_.size()) > kLeaf) halve(0, static_cast<std::int64_t>(merged_.size()));
    put(base);
    for (std::int64_t i = 0; i < count; ++i) {
      tickets[i].cell = static_cast<std::uint32_t>(base + place_[tickets[i].cell]);
    }
    return static_cast<std::int64_t>(merged_.size());
  }

 private:
  struct Row {
    double x[D];
    double weight;
    std::uint32_t index;

    // Among copies the lighter goes first, so that even the rounding of their summed weight is canonical.
    bool operator<(const Row& other) const {
      for (int feature = 0; feature < D; ++feature) {
        if (x[feature] != other.x[feature]) return x[feature] < other.x[feature];
      }
      return weight < other.weight;
    }
    bool same_place(const Row& other) const { return std::equal(x, x + D, other.x); }
  };

  void gather(const Ticket* tickets, std::int64_t count, std::int64_t n_left) {
    rows_.resize(static_cast<std::size_t>(count));
    for (std::int64_t i = 0; i < count; ++i) {
      raw_.fetch_ahead(tickets[std::min(i + kAhead, n_left - 1)].index);  // of the next cells, mostly
      Row& row = rows_[i];
      row.index = tickets[i].index;
      row.weight = raw_.weight(row.index);
      for (int feature = 0; feature < D; ++feature) row.x[feature] = raw_.at(row.index, feature) + 0.0;  // -0.0 becomes 0.0
    }
  }

  // merged_[rank] is the rank-th distinct point; tickets hold the ranks and the indices of the rows.
  void merge(Ticket* tickets) {
    merged_.clear();
    for (std::size_t i = 0; i < rows_.size(); ++i) {
      if (!merged_.empty() && merged_.back().same_place(rows_[i])) {
        merged_.back().weight += rows_[i].weight;
      } else {
        merged_.push_back(rows_[i]);
        merged_.back().index = static_cast<std::uint32_t>(merged_.size() - 1);
      }
      tickets[i] = Ticket{static_cast<std::uint32_t>(merged_.size() - 1), rows_[i].index};
    }
  }

  void halve(std::int64_t begin, std::int64_t end) {
    if (end - begin <= kLeaf) return;
    const int axis = widest(begin, end);
    const std::int64_t middle = begin + half_of(end - begin);
    std::nth_element(merged_.begin() + begin, merged_.begin() + middle, merged_.begin() + end, [axis](const Row& a, const Row& b) {
      return a.x[axis] != b.x[axis] ? a.x[axis] < b.x[axis] : a < b;
    });
    halve(begin, middle);
    halve(middle, end);
  }

  int widest(std::int64_t begin, std::int64_t end) const {
    int axis = 0;
    double longest = -1.0;
    for (int feature = 0; feature < D; ++feature) {
      const auto less = [feature](const Row& a, const Row& b) { return a.x[feature] < b.x[feature]; };
      const auto ends = std::minmax_element(merged_.begin() + begin, merged_.begin() + end, less);
      const double side = ends.second->x[feature] - ends.first->x[feature];
      if (side > longest) {
        longest = side;
        axis = feature;
      }
    }
    return axis;
  }

  void put(std::int64_t base) {
    place_.resize(merged_.size());
    for (std::size_t i = 0; i < merged_.size(); ++i) {
      for (int feature = 0; feature < D; ++feature) data_.column(feature)[base + i] = merged_[i].x[feature];
      data_.weights()[base + i] = merged_[i].weight;
      place_[merged_[i].index] = static_cast<std::uint32_t>(i);
    }
  }

  const RawPoints& raw_;
  Dataset& data_;
  std::vector<Row> rows_;
  std::vector<Row> merged_;
  std::vector<std::uint32_t> place_;  // of each rank
};

// Fills the data, its rows in the order of the cells; `row` (raw.n,) tells where each point of the input went, kNowhere
// for those without weight.
template <int D>
std::vector<Cell> write_cells(const RawPoints& raw, std::vector<Ticket>& tickets, Dataset& data, std::vector<std::uint32_t>& row,
                              Team& team);

}  // namespace placement
