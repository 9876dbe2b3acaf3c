// A sum of gains c_i(x) - u_i over points that are surely served from everywhere in a box, bounded from below on it.
#pragma once

#include "planar_priced.hpp"

namespace placement {

// A point that is served from a part of a box only: its gain v ranges from below 0 to above it. min(0, v) is concave in v, so it
// lies above the chord share * (v - high): the point counts with a share of its gain and a constant; a sum of gains stays one.
struct Share {
  std::int32_t point;
  double share;
};

// sum w |x - a|^2 - u is one parabola: W |t|^2 + 2 g t + constant at middle + t. Its least value on a box is exact.
struct SquaredInside {
  double weight = 0.0, gx = 0.0, gy = 0.0, constant = 0.0;

  void move_by(double dx, double dy) {
    constant += 2.0 * (gx * dx + gy * dy) + weight * (dx * dx + dy * dy);
    gx += weight * dx;
    gy += weight * dy;
  }
  void add(const Priced<Squared>& priced, std::int32_t i, const Box& box, double share = 1.0) {
    const PlanarPoints& points = priced.points();
    const double shared = share * points.weight[i];
    gx += shared * (box.middle.x - points.x[i]);
    gy += shared * (box.middle.y - points.y[i]);
    weight += shared;
    constant += share * priced.gain(i, box.middle);
  }
  // A lower bound of the sum, shares added, and a place where it is small.
  PricedPlace least(const Priced<Squared>& priced, const Box& box, const std::vector<Share>& shares) const {
    SquaredInside all = *this;
    for (const Share& part : shares) all.add(priced, part.point, box, part.share);
    if (all.weight == 0.0) return {box.middle, all.constant};
    const double dx = std::clamp(-all.gx / all.weight, -box.half_x, box.half_x);
    const double dy = std::clamp(-all.gy / all.weight, -box.half_y, box.half_y);
    all.move_by(dx, dy);
    return {{box.middle.x + dx, box.middle.y + dy}, all.constant};
  }
  double value_at(const Priced<Squared>&, Place at, const Box& box) const {
    SquaredInside moved = *this;
    moved.move_by(at.x - box.middle.x, at.y - box.middle.y);
    return moved.constant;
  }
};

// sum w |x - a| - u is convex: it lies above its tangent plane at the middle.
struct LinearInside {
  std::vector<std::int32_t> members;

  void move_by(double, double) {}
  void add(const Priced<Linear>&, std::int32_t i, const Box&) { members.push_back(i); }
  PricedPlace least(const Priced<Linear>& priced, const Box& box, const std::vector<Share>& shares) const {
    double value = 0.0, gx = 0.0, gy = 0.0;
    const auto add_plane = [&](std::int32_t i, double share) {
      const PlanarPoints& points = priced.points();
      const double dx = box.middle.x - points.x[i], dy = box.middle.y - points.y[i], w = share * points.weight[i];
      const double distance = std::sqrt(dx * dx + dy * dy);
      value += w * distance - share * priced.multiplier(i);
      if (distance == 0.0) return;
      gx += w * dx / distance;
      gy += w * dy / distance;
    };
    for (const std::int32_t i : members) add_plane(i, 1.0);
    for (const Share& part : shares) add_plane(part.point, part.share);
    const Place at{box.middle.x - std::copysign(box.half_x, gx), box.middle.y - std::copysign(box.half_y, gy)};
    return {at, value - box.half_x * std::fabs(gx) - box.half_y * std::fabs(gy)};
  }
  double value_at(const Priced<Linear>& priced, Place at, const Box&) const {
    double value = 0.0;
    for (const std::int32_t i : members) value += priced.gain(i, at);
    return value;
  }
};

}  // namespace placement
