#include "planar_costs.hpp"

namespace placement {

namespace {

constexpr int kMostSteps = 200;
constexpr int kStepsBetweenTests = 4;
constexpr double kSmallestStep = 1e-12;  // of the mean distance

// The sum of weighted distances at a place: value, gradient, Hessian, and the pull of Weiszfeld's step; a point on the place
// itself (`here`, with its weight) has no direction and is left out of all of them.
struct Slope {
  double value = 0.0;
  double gx = 0.0, gy = 0.0;
  double hxx = 0.0, hxy = 0.0, hyy = 0.0;
  double pull = 0.0;
  double weight = 0.0;
  double weight_here = 0.0;
};

Slope slope_at(const PlanarPoints& points, const std::vector<std::int32_t>& members, Place at) {
  Slope slope;
  for (const std::int32_t i : members) {
    const double dx = at.x - points.x[i], dy = at.y - points.y[i], w = points.weight[i];
    const double distance = std::sqrt(dx * dx + dy * dy);
    slope.weight += w;
    if (distance == 0.0) {
      slope.weight_here += w;
      continue;
    }
    const double pull = w / distance, ex = dx / distance, ey = dy / distance;
    slope.value += w * distance;
    slope.pull += pull;
    slope.gx += w * ex;
    slope.gy += w * ey;
    slope.hxx += pull * ey * ey;
    slope.hyy += pull * ex * ex;
    slope.hxy -= pull * ex * ey;
  }
  return slope;
}

Place newton_step(const Slope& slope, Place at) {
  const double determinant = slope.hxx * slope.hyy - slope.hxy * slope.hxy;
  if (!(determinant > 1e-14 * square(slope.pull))) return at;
  return {at.x - (slope.hyy * slope.gx - slope.hxy * slope.gy) / determinant,
          at.y - (slope.hxx * slope.gy - slope.hxy * slope.gx) / determinant};
}

// Weiszfeld's step, shortened on a member by its own weight (Vardi and Zhang, PNAS 97(4), 2000, eq. 2.6); stays when optimal.
Place weiszfeld_step(const Slope& slope, Place at) {
  const double steepness = std::sqrt(square(slope.gx) + square(slope.gy));
  if (steepness <= slope.weight_here || slope.pull == 0.0) return at;
  const double share = (1.0 - slope.weight_here / steepness) / slope.pull;
  return {at.x - share * slope.gx, at.y - share * slope.gy};
}

// The member nearest to a place, if the median stands on it: no direction leads down from there.
bool find_optimal_member(const PlanarPoints& points, const std::vector<std::int32_t>& members, Place& at) {
  std::int32_t nearest = members[0];
  double least = -1.0;
  for (const std::int32_t i : members) {
    const double squared = square(points.x[i] - at.x) + square(points.y[i] - at.y);
    if (least >= 0.0 && squared >= least) continue;
    least = squared;
    nearest = i;
  }
  const Place member{points.x[nearest], points.y[nearest]};
  const Slope slope = slope_at(points, members, member);
  if (square(slope.gx) + square(slope.gy) > square(slope.weight_here)) return false;
  at = member;
  return true;
}

}  // namespace

Place Squared::best_place(const PlanarPoints& points, const std::vector<std::int32_t>& members, Place) {
  double weight = 0.0, x = 0.0, y = 0.0;
  for (const std::int32_t i : members) {
    weight += points.weight[i];
    x += points.weight[i] * points.x[i];
    y += points.weight[i] * points.y[i];
  }
  return {x / weight, y / weight};
}

Place Linear::best_place(const PlanarPoints& points, const std::vector<std::int32_t>& members, Place start) {
  Place at = start;
  for (int step = 0; step < kMostSteps; ++step) {
    if (step % kStepsBetweenTests == 0 && find_optimal_member(points, members, at)) return at;
    const Slope slope = slope_at(points, members, at);
    Place next = slope.weight_here > 0.0 ? at : newton_step(slope, at);
    const bool is_lower = (next.x != at.x || next.y != at.y) && total_cost<Linear>(points, members, next) < slope.value;
    if (!is_lower) next = weiszfeld_step(slope, at);
    const double moved = std::sqrt(square(next.x - at.x) + square(next.y - at.y));
    if (!(moved * slope.weight > kSmallestStep * slope.value)) break;
    if (!is_lower && !(total_cost<Linear>(points, members, next) < slope.value)) break;
    at = next;
  }
  return at;
}

}  // namespace placement
