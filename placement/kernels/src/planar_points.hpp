// Points in the plane that devices may serve, and the pairs of them that one device must, or must not, serve together.
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

namespace placement {

using Pairs = std::vector<std::pair<std::int32_t, std::int32_t>>;

struct Place {
  double x = 0.0;
  double y = 0.0;
};

// Points that are served all or none: their weight, weighted mean, and the sum of weighted squared distances to that mean.
struct Unit {
  std::vector<std::int32_t> members;
  double weight = 0.0;
  Place mean;
  double scatter = 0.0;
};

// Units between which pairs are apart, so that not every subset of them may be served. `options` are the largest sets of units
// (by position) without such a pair: the best subset at a place is the best of each option's units that pay.
struct Choice {
  std::vector<Unit> units;
  std::vector<std::vector<std::int32_t>> options;
};

struct PlanarPoints {
  // points (n, 2) in order of x, weights (n,); both copied. Pairs hold positions; `together` is closed transitively.
  PlanarPoints(const double* points, const double* weights, std::int64_t n, const Pairs& together, const Pairs& apart);

  std::int64_t n() const { return static_cast<std::int64_t>(x.size()); }

  std::vector<double> x, y, weight;
  std::vector<std::int32_t> plain;  // points without pairs, in order of x
  std::vector<Choice> choices;      // all the others
};

}  // namespace placement
