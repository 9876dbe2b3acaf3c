// Points with multipliers: what a device at a place would gain if serving a point were worth its multiplier.
//   F(x) = min over the sets S that respect the pairs of sum_{i in S} (c_i(x) - u_i); without pairs sum_i min(0, c_i(x) - u_i)
#pragma once

#include <algorithm>

#include "planar_costs.hpp"

namespace placement {

struct PricedPlace {
  Place at;
  double value = 0.0;
};

template <class Cost>
class Priced {
 public:
  Priced(const PlanarPoints& points, const double* multipliers)
      : points_(points), multiplier_(multipliers, multipliers + points.n()), reach_squared_(points.n()) {
    double widest = 0.0;
    for (std::int64_t i = 0; i < points.n(); ++i) reach_squared_[i] = Cost::reach_squared(points.weight[i], multiplier_[i]);
    for (const std::int32_t i : points.plain) {
      widest = std::max(widest, reach_squared_[i]);
      plain_x_.push_back(points.x[i]);
    }
    reach_ = std::sqrt(widest) * (1.0 + 1e-12);
  }

  const PlanarPoints& points() const { return points_; }
  double multiplier(std::int32_t i) const { return multiplier_[i]; }
  double reach_squared(std::int32_t i) const { return reach_squared_[i]; }

  // c_i(x) - u_i
  double gain(std::int32_t i, Place at) const {
    return Cost::cost(points_.weight[i], square(points_.x[i] - at.x) + square(points_.y[i] - at.y)) - multiplier_[i];
  }
  double unit_gain(const Unit& unit, Place at) const {
    double sum = 0.0;
    for (const std::int32_t i : unit.members) sum += gain(i, at);
    return sum;
  }

  // The value of the best option of a choice at a place; its units that pay are given to `take`.
  template <class Take>
  double choose(const Choice& choice, Place at, Take take) const {
    gains_.resize(choice.units.size());
    for (std::size_t k = 0; k < gains_.size(); ++k) gains_[k] = std::min(0.0, unit_gain(choice.units[k], at));
    double best = 0.0;
    const std::vector<std::int32_t>* chosen = nullptr;
    for (const std::vector<std::int32_t>& option : choice.options) {
      double sum = 0.0;
      for (const std::int32_t k : option) sum += gains_[k];
      if (sum < best) best = sum, chosen = &option;
    }
    if (chosen == nullptr) return 0.0;
    for (const std::int32_t k : *chosen) {
      if (gains_[k] < 0.0) take(choice.units[k]);
    }
    return best;
  }

  // F(at), and the points of the set that attains it, in `members`.
  double select(Place at, std::vector<std::int32_t>& members) const {
    members.clear();
    double value = 0.0;
    const auto first = std::lower_bound(plain_x_.begin(), plain_x_.end(), at.x - reach_) - plain_x_.begin();
    for (std::size_t k = first; k < plain_x_.size() && plain_x_[k] <= at.x + reach_; ++k) {
      const std::int32_t i = points_.plain[k];
      const double dy = points_.y[i] - at.y;
      if (std::fabs(dy) > reach_ || !(square(plain_x_[k] - at.x) + dy * dy < reach_squared_[i])) continue;
      value += gain(i, at);
      members.push_back(i);
    }
    for (const Choice& choice : points_.choices) {
      value += choose(choice, at, [&](const Unit& unit) {
        members.insert(members.end(), unit.members.begin(), unit.members.end());
      });
    }
    return value;
  }

  // Goes down from a place: serve whom it pays to serve, move to the best place for them, until nobody changes (Comaniciu and
  // Meer's mean shift for w d^2, Cooper's alternation for w d).
  PricedPlace descend(Place start) const {
    PricedPlace spot{start, select(start, members_)};
    for (int step = 0; step < kMostMoves && !members_.empty(); ++step) {
      const Place next = Cost::best_place(points_, members_, spot.at);
      const double value = select(next, next_members_);
      if (!(value < spot.value)) break;
      spot = {next, value};
      if (next_members_ == members_) break;
      std::swap(members_, next_members_);
    }
    return spot;
  }

 private:
  static constexpr int kMostMoves = 100;

  const PlanarPoints& points_;
  std::vector<double> multiplier_, reach_squared_, plain_x_;
  double reach_ = 0.0;  // no plain point farther than this pays
  mutable std::vector<double> gains_;
  mutable std::vector<std::int32_t> members_, next_members_;
};

}  // namespace placement
