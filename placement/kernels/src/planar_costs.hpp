// What serving a point costs: its weight times the squared distance (k_means), or times the distance (p_median).
#pragma once

#include <cmath>
#include <cstdint>
#include <vector>

#include "planar_points.hpp"

namespace placement {

inline double square(double value) { return value * value; }

// A box of the plane by its middle and half its sides.
struct Box {
  Place middle;
  double half_x = 0.0;
  double half_y = 0.0;

  double nearest_squared(double x, double y) const {
    return square(std::fmax(std::fabs(x - middle.x) - half_x, 0.0)) + square(std::fmax(std::fabs(y - middle.y) - half_y, 0.0));
  }
  double farthest_squared(double x, double y) const {
    return square(std::fabs(x - middle.x) + half_x) + square(std::fabs(y - middle.y) + half_y);
  }
};

struct Range {
  double low = 0.0;
  double high = 0.0;
};

// w d^2. A set of points is described by its moments, whatever its size.
struct Squared {
  static double cost(double weight, double squared) { return weight * squared; }
  // The squared distance at which a point costs `multiplier`; below zero when it never pays.
  static double reach_squared(double weight, double multiplier) { return multiplier / weight; }
  // What serving the whole unit costs from inside the box.
  static Range unit_cost(const PlanarPoints&, const Unit& unit, const Box& box) {
    return {unit.scatter + unit.weight * box.nearest_squared(unit.mean.x, unit.mean.y),
            unit.scatter + unit.weight * box.farthest_squared(unit.mean.x, unit.mean.y)};
  }
  // The weighted mean of the members, at least one; exact from anywhere.
  static Place best_place(const PlanarPoints& points, const std::vector<std::int32_t>& members, Place start);
};

// w d.
struct Linear {
  static double cost(double weight, double squared) { return weight * std::sqrt(squared); }
  static double reach_squared(double weight, double multiplier) {
    return multiplier < 0.0 ? -1.0 : square(multiplier / weight);
  }
  static Range unit_cost(const PlanarPoints& points, const Unit& unit, const Box& box) {
    Range range;
    for (const std::int32_t i : unit.members) {
      range.low += cost(points.weight[i], box.nearest_squared(points.x[i], points.y[i]));
      range.high += cost(points.weight[i], box.farthest_squared(points.x[i], points.y[i]));
    }
    return range;
  }
  // The weighted median of the members, at least one, by Newton's and Weiszfeld's steps from `start`.
  static Place best_place(const PlanarPoints& points, const std::vector<std::int32_t>& members, Place start);
};

template <class Cost>
double total_cost(const PlanarPoints& points, const std::vector<std::int32_t>& members, Place at) {
  double total = 0.0;
  for (const std::int32_t i : members) {
    total += Cost::cost(points.weight[i], square(points.x[i] - at.x) + square(points.y[i] - at.y));
  }
  return total;
}

}  // namespace placement
