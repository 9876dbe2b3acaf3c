// The points of a bucket by their cells.
#pragma once

#include <cstdint>
#include <vector>

namespace placement {

// A point of a bucket: its cell and its position.
struct Ticket {
  std::uint32_t cell;
  std::uint32_t position;
};

// Sorts positions 0..n-1 by the lowest bits of their cells.
class TicketSorter {
 public:
  const std::vector<Ticket>& sort(const std::uint32_t* cell, std::int64_t n, int n_low_bits);

 private:
  void sort_by_digit(int shift, int n_bits);

  std::vector<Ticket> tickets_, other_;
  std::vector<std::uint32_t> next_;
};

}  // namespace placement
