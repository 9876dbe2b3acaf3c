// Where a device may stand: the plane, or the inside of closed rings of edges, counted even-odd.
#pragma once

#include <cmath>
#include <cstdint>
#include <vector>

namespace placement {

struct Spot {
  double x, y;
};

inline double squared_distance(const Spot& a, const Spot& b) { return (a.x - b.x) * (a.x - b.x) + (a.y - b.y) * (a.y - b.y); }

struct Edge {
  Spot from, to;

  double length() const { return std::sqrt(squared_distance(from, to)); }
  // The place at a distance `along` from the start, and how far along the foot of the perpendicular from a spot lies.
  Spot at(double along, double length) const {
    const double share = along / length;
    return Spot{from.x + (to.x - from.x) * share, from.y + (to.y - from.y) * share};
  }
  double foot(const Spot& spot, double length) const {
    return ((spot.x - from.x) * (to.x - from.x) + (spot.y - from.y) * (to.y - from.y)) / length;
  }
  double squared_distance_to(const Spot& spot) const;
};

class FreeSpace {
 public:
  // edges (n, 4): x and y of both ends; none for the plane. Edges without length are left out.
  FreeSpace(const double* edges, std::int64_t n);

  bool is_plane() const { return is_plane_; }
  const std::vector<Edge>& edges() const { return edges_; }
  bool contains(const Spot& spot) const;

 private:
  std::size_t strip_of(double y) const;

  bool is_plane_;
  std::vector<Edge> edges_;
  // Edges by horizontal strip: a ray to the right meets only those of its own.
  std::vector<std::vector<std::int32_t>> strips_;
  double low_ = 0.0, high_ = 0.0;
};

}  // namespace placement
