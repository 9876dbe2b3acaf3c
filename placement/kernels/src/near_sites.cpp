// The nearest sites of every point in the plane: a grid of cells, searched ring by ring around the point.
#include <algorithm>
#include <cmath>

#include "near.hpp"
#include "site_lists.hpp"

namespace placement {

namespace {

constexpr double kSitesPerCell = 4.0;

class SiteGrid {
 public:
  SiteGrid(const double* sites, std::int64_t m) : sites_(sites) {
    for (int axis = 0; axis < 2; ++axis) {
      low_[axis] = high_[axis] = sites[axis];
      for (std::int64_t j = 1; j < m; ++j) {
        low_[axis] = std::min(low_[axis], sites[2 * j + axis]);
        high_[axis] = std::max(high_[axis], sites[2 * j + axis]);
      }
    }
    choose_cells(m);
    fill(m);
  }

  // Leaves in `found` the k nearest sites of a point, sorted.
  void nearest(const double* point, std::int64_t k, NearSorter& sorter, std::vector<Near>& found) const {
    found.clear();
    const std::int64_t x = cell_of(point[0], 0), y = cell_of(point[1], 1);
    const std::int64_t last = std::max(std::max(x, count_[0] - 1 - x), std::max(y, count_[1] - 1 - y));
    for (std::int64_t ring = 0; ring <= last; ++ring) {
      take_ring(point, x, y, ring, found);
      if (static_cast<std::int64_t>(found.size()) < k) continue;
      const double sure = reach(point, x, y, ring);
      if (std::count_if(found.begin(), found.end(), [sure](const Near& near) { return near.distance < sure; }) >= k) break;
    }
    sorter.keep_nearest(found, k);
  }

 private:
  void choose_cells(std::int64_t m) {
    const double width = high_[0] - low_[0], height = high_[1] - low_[1];
    const double longest = std::max(width, height), cells = std::max(1.0, static_cast<double>(m) / kSitesPerCell);
    // Sites on a line (or on one spot) leave no area to divide: then the line is cut into that many pieces.
    size_ = std::max(std::sqrt(width * height / cells), longest / cells);
    if (!(size_ > 0.0)) size_ = 1.0;
    for (int axis = 0; axis < 2; ++axis) {
      count_[axis] = static_cast<std::int64_t>((high_[axis] - low_[axis]) / size_) + 1;
    }
  }

  void fill(std::int64_t m) {
    begin_.assign(static_cast<std::size_t>(count_[0] * count_[1]) + 1, 0);
    member_.resize(static_cast<std::size_t>(m));
    for (std::int64_t j = 0; j < m; ++j) ++begin_[home(j) + 1];
    for (std::size_t cell = 1; cell < begin_.size(); ++cell) begin_[cell] += begin_[cell - 1];
    std::vector<std::int64_t> next(begin_.begin(), begin_.end() - 1);
    for (std::int64_t j = 0; j < m; ++j) member_[next[home(j)]++] = static_cast<std::int32_t>(j);
  }

  std::int64_t cell_of(double value, int axis) const {
    const double cell = std::floor((value - low_[axis]) / size_);
    return static_cast<std::int64_t>(std::clamp(cell, 0.0, static_cast<double>(count_[axis] - 1)));
  }

  std::int64_t home(std::int64_t j) const { return cell_of(sites_[2 * j + 1], 1) * count_[0] + cell_of(sites_[2 * j], 0); }

  void take_ring(const double* point, std::int64_t x, std::int64_t y, std::int64_t ring, std::vector<Near>& found) const {
    for (std::int64_t row = std::max<std::int64_t>(0, y - ring); row <= std::min(count_[1] - 1, y + ring); ++row) {
      const bool is_edge = row == y - ring || row == y + ring;
      const std::int64_t step = is_edge || ring == 0 ? 1 : 2 * ring;
      for (std::int64_t cell = x - ring; cell <= x + ring; cell += step) {
        if (cell >= 0 && cell < count_[0]) take_cell(point, row * count_[0] + cell, found);
      }
    }
  }

  void take_cell(const double* point, std::int64_t cell, std::vector<Near>& found) const {
    for (std::int64_t at = begin_[cell]; at < begin_[cell + 1]; ++at) {
      const double* site = sites_ + 2 * member_[at];
      const double dx = point[0] - site[0], dy = point[1] - site[1];
      found.push_back(Near{std::sqrt(dx * dx + dy * dy), member_[at]});
    }
  }

  // No site outside the rings up to this one is nearer than this; a little less, for the rounding of cell borders.
  double reach(const double* point, std::int64_t x, std::int64_t y, std::int64_t ring) const {
    const std::int64_t middle[2] = {x, y};
    double nearest = INFINITY;
    for (int axis = 0; axis < 2; ++axis) {
      if (middle[axis] - ring > 0) {
        nearest = std::min(nearest, point[axis] - (low_[axis] + static_cast<double>(middle[axis] - ring) * size_));
      }
      if (middle[axis] + ring + 1 < count_[axis]) {
        nearest = std::min(nearest, low_[axis] + static_cast<double>(middle[axis] + ring + 1) * size_ - point[axis]);
      }
    }
    return nearest - 1e-6 * size_;
  }

  const double* sites_;
  double low_[2], high_[2], size_ = 1.0;
  std::int64_t count_[2];
  std::vector<std::int64_t> begin_;
  std::vector<std::int32_t> member_;
};

}  // namespace

void nearest_in_plane(const double* points, std::int64_t n, const double* sites, std::int64_t m, std::int64_t k, std::int32_t* index,
                      double* distance) {
  const SiteGrid grid(sites, m);
  std::vector<Near> found;
  NearSorter sorter;
  for (std::int64_t i = 0; i < n; ++i) {
    grid.nearest(points + 2 * i, k, sorter, found);
    write_nearest(found, index + i * k, distance + i * k);
  }
}

}  // namespace placement
