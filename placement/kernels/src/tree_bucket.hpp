// One bucket of points: sorted by cell, and within a cell in an order that forgets the input.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <vector>

#include "ticket_sorter.hpp"
#include "tree_cells.hpp"

namespace placement {

// What has become of a bucket. Rows and cells are counted from its begin.
struct Bucket {
  std::int64_t count = 0;
  std::vector<Cell> cells;
  std::vector<std::uint32_t> first;  // of each row, the position of its first point; empty when nothing was merged
  std::vector<double> weights;       // of each row; empty when all are 1 or kept with the data
};

template <int D>
class BucketWriter {
 public:
  explicit BucketWriter(Dealt& dealt) : dealt_(dealt) {
    for (int feature = 0; feature < D; ++feature) column_[feature] = dealt.data.column(feature);
  }

  // Sorts rows [begin, end) of the data in place, and their index with them; merged rows close up to the front.
  void write(std::int64_t begin, std::int64_t end, Bucket& bucket);

 private:
  // A point of a cell by its key and its position in the bucket, or a row by any coordinate and its rank.
  struct Entry {
    double key;
    std::uint32_t position;
  };

  // What points are sorted by before anything else: all coordinates at once if they are bytes.
  double key_of(std::int64_t row) const {
    double key = column_[0][row];
    if (dealt_.are_bytes) {
      for (int feature = 1; feature < D; ++feature) key = 256.0 * key + column_[feature][row];
    }
    return key;
  }
  bool rank(const Ticket* tickets, std::int64_t count);
  void fetch_ahead(const std::vector<Ticket>& tickets, std::size_t from, std::size_t to) const;
  void sort_cell(const Ticket* tickets, std::int64_t count);
  bool is_before(std::uint32_t a, std::uint32_t b) const;
  bool is_same_place(std::uint32_t a, std::uint32_t b) const;
  void put_sorted();
  void halve_rows(std::uint32_t begin, std::uint32_t first_point);
  void halve(std::uint32_t begin, std::int64_t from, std::int64_t to);
  int widest(std::uint32_t begin, std::int64_t from, std::int64_t to) const;
  void put_back(Bucket& bucket);

  Dealt& dealt_;
  double* column_[D];
  std::int64_t begin_ = 0;
  TicketSorter sorter_;
  std::vector<Entry> entries_;  // of one cell
  // The rows as they will be.
  std::array<std::vector<double>, D> out_;
  std::vector<double> out_weight_;
  std::vector<std::uint32_t> out_first_, out_index_;
  std::uint32_t n_rows_ = 0, n_points_ = 0;
  // Rows of one crowded cell while they change places.
  std::vector<double> moving_;
  std::vector<std::uint32_t> moving_first_, moving_index_;
};

}  // namespace placement
