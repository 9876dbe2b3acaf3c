// What serving points from candidate sites costs, as sorted lists: each point knows its cheap sites, each site its points.
#pragma once

#include <cstdint>
#include <vector>

namespace placement {

// A pair that is in no list costs at least the point's ceiling. The fallback of a point is what it pays without any of
// its listed sites: the cost of its nearest fixed device, or a fine. Listed costs lie below the fallback.
struct SiteLists {
  std::int64_t n = 0, m = 0;
  std::vector<std::int64_t> row;       // (n + 1,)
  std::vector<std::int32_t> site;      // by point, cheapest first
  std::vector<double> cost;
  std::vector<std::int64_t> column;    // (m + 1,)
  std::vector<std::int32_t> point;     // by site, in the order of the points
  std::vector<double> column_cost;
  std::vector<double> fallback;        // (n,)
  std::vector<double> ceiling;         // (n,) no multiplier may exceed it

  // Fills column, point and column_cost from the rows.
  void transpose();

  // The same points with only those sites, numbered anew in their order.
  SiteLists keep(const std::vector<std::uint8_t>& is_kept) const;
};

// Fills index and distance (n, k): of each row of a matrix (n, m) the k smallest entries, ascending, ties to the lowest column.
void nearest_in_rows(const double* matrix, std::int64_t n, std::int64_t m, std::int64_t k, std::int32_t* index, double* distance);

// The same for straight distances in the plane from points (n, 2) to sites (m, 2), without the matrix.
void nearest_in_plane(const double* points, std::int64_t n, const double* sites, std::int64_t m, std::int64_t k, std::int32_t* index,
                      double* distance);

}  // namespace placement
