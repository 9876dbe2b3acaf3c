// Points in an order that keeps neighbours together: sorted by the cell of a halving grid in which they lie.
#pragma once

#include <cstdint>
#include <vector>

#include "team.hpp"

namespace placement {

constexpr std::uint32_t kNowhere = 0xffffffffu;

// How many tickets ahead of its turn a point is fetched.
constexpr std::int64_t kAhead = 24;

// One point of the input and the number of its cell.
struct Ticket {
  std::uint32_t cell;
  std::uint32_t index;
};

// points (n, d) row by row, counted from `origin` (d,): what is worked with is points - origin.
struct RawPoints {
  const double* points;
  const double* weights;  // (n,), or none when all are 1
  const double* origin;
  std::int64_t n;
  int d;
  double weight(std::int64_t point) const { return weights == nullptr ? 1.0 : weights[point]; }
  // Points are met in the order of their cells, all over the input: fetching them ahead of time is half of the work.
  void fetch_ahead(std::int64_t point) const {
#if defined(__GNUC__)
    __builtin_prefetch(points + point * d);
#else
    (void)point;
#endif
  }
  double at(std::int64_t point, int feature) const { return points[point * d + feature] - origin[feature]; }
};

// Cells are numbered by the bits of the halvings that lead to them, the first halving being the highest bit: always the
// axis along which cells are longest is halved next, so that cells are about as wide as long.
struct CellOrder {
  std::vector<Ticket> tickets;  // points with weight, by cell; within a cell by index
  int n_bits;
};

// Halvings for n points of d columns: a few of them in a cell on average.
int count_halvings(std::int64_t n, int d);

// At most so many halvings; fewer when all points share their place sooner.
CellOrder order_by_cell(const RawPoints& raw, int n_halvings, Team& team);

}  // namespace placement
