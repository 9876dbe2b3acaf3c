// Both searches keep the few points that hold the circle, add the farthest point outside and hold anew: the radius rises each
// time, so they end (J. Elzinga and D. W. Hearn, "Geometrical solutions for some minimax location problems", Transp. Sci. 6
// (1972) 379-394; as an LP-type problem of dimension 3 it also holds for weights).
#include "enclosing.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace placement {

namespace {

constexpr double kRounding = 1e-13;
constexpr int kMostSteps = 1000;  // rounding must not turn it into an endless loop

struct Farthest {
  std::int32_t member;
  double cost;
};

Farthest farthest(const ScaledSpots& rows, const std::vector<std::int32_t>& members, const Spot& x) {
  Farthest found{members.front(), -1.0};
  for (const std::int32_t i : members) {
    const double cost = rows.squared_cost(i, x);
    if (cost > found.cost) found = Farthest{i, cost};
  }
  found.cost = std::sqrt(found.cost);
  return found;
}

// The roots of a t^2 + b t + c, without cancellation; none when it has no real one.
int roots(double a, double b, double c, double* found) {
  if (a == 0.0) {
    if (b == 0.0) return 0;
    found[0] = -c / b;
    return 1;
  }
  const double discriminant = b * b - 4.0 * a * c;
  if (discriminant < 0.0) return 0;
  const double q = -0.5 * (b + std::copysign(std::sqrt(discriminant), b));
  found[0] = q / a;
  if (q == 0.0) return 1;
  found[1] = c / q;
  return 2;
}

// What holds the circle, best so far among the candidates offered.
struct Hold {
  std::vector<std::int32_t> by;
  Spot at{0.0, 0.0};
  double radius = -1.0;

  void offer(const ScaledSpots& rows, const std::vector<std::int32_t>& all, const Spot& x, std::initializer_list<std::int32_t> holders) {
    const double radius_there = farthest(rows, all, x).cost;
    if (radius >= 0.0 && !(radius_there < radius)) return;
    by.assign(holders);
    at = x;
    radius = radius_there;
  }
};

Spot between(const ScaledSpots& rows, std::int32_t a, std::int32_t b) {
  const double share = rows.scale[b] / (rows.scale[a] + rows.scale[b]);
  return Spot{rows.at[a].x + (rows.at[b].x - rows.at[a].x) * share, rows.at[a].y + (rows.at[b].y - rows.at[a].y) * share};
}

// Equal cost s^(1/2) from all three: |x|^2 = s A, |x - u|^2 = s B, |x - v|^2 = s C around a; the differences make x linear in s.
void offer_triple(const ScaledSpots& rows, const std::vector<std::int32_t>& all, std::int32_t a, std::int32_t b, std::int32_t c, Hold& hold) {
  const double ux = rows.at[b].x - rows.at[a].x, uy = rows.at[b].y - rows.at[a].y;
  const double vx = rows.at[c].x - rows.at[a].x, vy = rows.at[c].y - rows.at[a].y;
  const double det = 2.0 * (ux * vy - uy * vx);
  if (det == 0.0) return;
  const double A = 1.0 / (rows.scale[a] * rows.scale[a]);
  const double right_u[2] = {ux * ux + uy * uy, A - 1.0 / (rows.scale[b] * rows.scale[b])};
  const double right_v[2] = {vx * vx + vy * vy, A - 1.0 / (rows.scale[c] * rows.scale[c])};
  const double x0 = (right_u[0] * vy - uy * right_v[0]) / det, y0 = (ux * right_v[0] - right_u[0] * vx) / det;
  const double x1 = (right_u[1] * vy - uy * right_v[1]) / det, y1 = (ux * right_v[1] - right_u[1] * vx) / det;
  double s[2];
  const int count = roots(x1 * x1 + y1 * y1, 2.0 * (x0 * x1 + y0 * y1) - A, x0 * x0 + y0 * y0, s);
  for (int i = 0; i < count; ++i) {
    const Spot x{rows.at[a].x + x0 + s[i] * x1, rows.at[a].y + y0 + s[i] * y1};
    if (std::isfinite(x.x) && std::isfinite(x.y)) hold.offer(rows, all, x, {a, b, c});
  }
}

Hold hold_in_plane(const ScaledSpots& rows, const std::vector<std::int32_t>& all) {
  Hold hold;
  const std::int32_t added = all.back();
  for (std::size_t j = 0; j + 1 < all.size(); ++j) {
    hold.offer(rows, all, between(rows, added, all[j]), {added, all[j]});
    for (std::size_t l = j + 1; l + 1 < all.size(); ++l) offer_triple(rows, all, added, all[j], all[l], hold);
  }
  return hold;
}

// Along an edge the squared cost of a point is scale^2 ((t - foot)^2 + height^2).
Hold hold_on_edge(const ScaledSpots& rows, const std::vector<std::int32_t>& all, const Edge& edge) {
  Hold hold;
  const double length = edge.length();
  for (std::size_t j = 0; j < all.size(); ++j) {
    const std::int32_t a = all[j];
    const double foot_a = edge.foot(rows.at[a], length), square_a = rows.scale[a] * rows.scale[a];
    hold.offer(rows, all, edge.at(std::clamp(foot_a, 0.0, length), length), {a});
    for (std::size_t l = j + 1; l < all.size(); ++l) {
      const std::int32_t b = all[l];
      const double foot_b = edge.foot(rows.at[b], length), square_b = rows.scale[b] * rows.scale[b];
      const double constant = square_a * squared_distance(rows.at[a], edge.from) - square_b * squared_distance(rows.at[b], edge.from);
      double t[2];
      const int count = roots(square_a - square_b, 2.0 * (square_b * foot_b - square_a * foot_a), constant, t);
      for (int i = 0; i < count; ++i) {
        if (t[i] >= 0.0 && t[i] <= length) hold.offer(rows, all, edge.at(t[i], length), {a, b});
      }
    }
  }
  return hold;
}

template <class HoldAll>
Centre grow(const ScaledSpots& rows, const std::vector<std::int32_t>& members, Hold hold, const HoldAll& hold_all) {
  Farthest far = farthest(rows, members, hold.at);
  for (int step = 0; step < kMostSteps && far.cost > hold.radius * (1.0 + kRounding); ++step) {
    std::vector<std::int32_t> all = hold.by;
    all.push_back(far.member);
    Hold next = hold_all(all);
    const Farthest next_far = farthest(rows, members, next.at);
    const bool is_stuck = !(next.radius > hold.radius);
    if (is_stuck && !(next_far.cost < far.cost)) break;
    hold = std::move(next);
    far = next_far;
    if (is_stuck) break;
  }
  return Centre{hold.at, far.cost};
}

Centre enclosing_on(const ScaledSpots& rows, const std::vector<std::int32_t>& members, const Edge& edge) {
  const auto hold_all = [&](const std::vector<std::int32_t>& all) { return hold_on_edge(rows, all, edge); };
  return grow(rows, members, hold_on_edge(rows, {members.front()}, edge), hold_all);
}

}  // namespace

Centre enclosing(const ScaledSpots& rows, const std::vector<std::int32_t>& members) {
  Hold first;
  first.offer(rows, {members.front()}, rows.at[members.front()], {members.front()});
  return grow(rows, members, first, [&](const std::vector<std::int32_t>& all) { return hold_in_plane(rows, all); });
}

// The cost is convex, so outside of the free space its best place lies on an edge. Around the centre c of the plane the
// squared cost grows at least by (least scale)^2 |x - c|^2, so far edges need not be looked at.
Centre enclosing_in(const ScaledSpots& rows, const std::vector<std::int32_t>& members, const FreeSpace& space) {
  const Centre open = enclosing(rows, members);
  if (space.contains(open.at) || space.edges().empty()) return open;
  double least = rows.scale[members.front()];
  for (const std::int32_t i : members) least = std::min(least, rows.scale[i]);
  std::vector<std::pair<double, std::int32_t>> near;
  near.reserve(space.edges().size());
  for (std::size_t i = 0; i < space.edges().size(); ++i) near.emplace_back(space.edges()[i].squared_distance_to(open.at), static_cast<std::int32_t>(i));
  const auto is_farther = [](const auto& a, const auto& b) { return a > b; };
  std::make_heap(near.begin(), near.end(), is_farther);
  Centre best{open.at, -1.0};
  while (!near.empty()) {
    const auto [squared, index] = near.front();
    if (best.radius >= 0.0 && open.radius * open.radius + least * least * squared >= best.radius * best.radius) break;
    const Centre found = enclosing_on(rows, members, space.edges()[index]);
    if (best.radius < 0.0 || found.radius < best.radius) best = found;
    std::pop_heap(near.begin(), near.end(), is_farther);
    near.pop_back();
  }
  return best;
}

}  // namespace placement
