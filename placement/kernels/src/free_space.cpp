#include "free_space.hpp"

#include <algorithm>

namespace placement {

double Edge::squared_distance_to(const Spot& spot) const {
  const double whole = length();
  return squared_distance(spot, at(std::clamp(foot(spot, whole), 0.0, whole), whole));
}

FreeSpace::FreeSpace(const double* edges, std::int64_t n) : is_plane_(n == 0) {
  for (std::int64_t i = 0; i < n; ++i) {
    const Edge edge{{edges[4 * i], edges[4 * i + 1]}, {edges[4 * i + 2], edges[4 * i + 3]}};
    if (edge.length() > 0.0) edges_.push_back(edge);
  }
  if (edges_.empty()) return;
  low_ = high_ = edges_.front().from.y;
  for (const Edge& edge : edges_) {
    low_ = std::min({low_, edge.from.y, edge.to.y});
    high_ = std::max({high_, edge.from.y, edge.to.y});
  }
  strips_.resize(std::clamp<std::size_t>(edges_.size() / 4, 1, 512));
  for (std::size_t i = 0; i < edges_.size(); ++i) {
    const auto [first, last] = std::minmax(edges_[i].from.y, edges_[i].to.y);
    for (std::size_t strip = strip_of(first); strip <= strip_of(last); ++strip) strips_[strip].push_back(static_cast<std::int32_t>(i));
  }
}

std::size_t FreeSpace::strip_of(double y) const {
  const double share = high_ > low_ ? (y - low_) / (high_ - low_) : 0.0;
  return std::min(strips_.size() - 1, static_cast<std::size_t>(share * static_cast<double>(strips_.size())));
}

bool FreeSpace::contains(const Spot& spot) const {
  if (is_plane_) return true;
  if (edges_.empty() || spot.y < low_ || spot.y > high_) return false;
  bool is_inside = false;
  for (const std::int32_t i : strips_[strip_of(spot.y)]) {
    const Spot &a = edges_[i].from, &b = edges_[i].to;
    if ((a.y > spot.y) == (b.y > spot.y)) continue;
    if (spot.x < a.x + (b.x - a.x) * (spot.y - a.y) / (b.y - a.y)) is_inside = !is_inside;
  }
  return is_inside;
}

}  // namespace placement
