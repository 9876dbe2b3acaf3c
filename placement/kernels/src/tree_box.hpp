// How far a box of points is from a centre, and which of two centres it belongs to.
#pragma once

#include "tree.hpp"

namespace placement {

template <int D>
inline double squared_to_box(const Node<D>& node, const double* x) {
  double sum = 0.0;
  for (int feature = 0; feature < D; ++feature) {
    const double below = node.low[feature] - x[feature], above = x[feature] - node.high[feature];
    const double step = below > 0.0 ? below : (above > 0.0 ? above : 0.0);
    sum += step * step;
  }
  return sum;
}

template <int D>
inline double squared_to_far_corner(const Node<D>& node, const double* x) {
  double sum = 0.0;
  for (int feature = 0; feature < D; ++feature) {
    const double below = x[feature] - node.low[feature], above = node.high[feature] - x[feature];
    const double step = below > above ? below : above;
    sum += step * step;
  }
  return sum;
}

// Whether every point of the box is nearer to `best` than to `other`, up to rounding.
template <int D>
inline bool is_nearer_all_over(const Node<D>& node, const double* best, const double* other) {
  double to_other = 0.0, to_best = 0.0;
  for (int feature = 0; feature < D; ++feature) {
    const double corner = other[feature] > best[feature] ? node.high[feature] : node.low[feature];
    const double a = other[feature] - corner, b = best[feature] - corner;
    to_other += a * a;
    to_best += b * b;
  }
  return to_other >= to_best;
}

template <int D>
inline double squared_from(const Dataset& data, std::int64_t point, const double* x) {
  double sum = 0.0;
  for (int feature = 0; feature < D; ++feature) {
    const double step = data.column(feature)[point] - x[feature];
    sum += step * step;
  }
  return sum;
}

}  // namespace placement
