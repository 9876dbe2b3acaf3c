// A tree of points for whoever does not care how many columns it has.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "restarts.hpp"
#include "raw_points.hpp"
#include "tree_cells.hpp"

namespace placement {

constexpr int kMostTreeColumns = 4;

// Centres to be told apart in the coordinates of somebody else, whose rounding decides near ties.
struct LabelRequest {
  const double* centers;       // (k, d), counted from the tree's origin
  const double* their_centers; // (k, d), counted from their origin
  const double* their_origin;  // (d,)
  std::int64_t k;
};

class PointTree : public Ground {
 public:
  virtual std::int64_t n_given() const = 0;
  virtual std::int64_t n_nodes() const = 0;

  // Total weight and the sum of weight * squared distance to the mean of all.
  virtual double weight() const = 0;
  virtual double scatter() const = 0;

  // Means (m, d) and weights (m,) of the largest nodes of no more than `most` rows, and of larger leaves.
  virtual void coarsen(std::int64_t most, std::vector<double>& means, std::vector<double>& weights) const = 0;

  // Which points of the input the rows of data() stand for; those without weight are in none.
  virtual const Members& members() const = 0;

  // Fills label (n_given,): the nearest centre of each point of the input, ties to the lowest, -1 for those without weight.
  virtual void label(const LabelRequest& request, int n_threads, Buffer<std::int64_t>& label) const = 0;
};

// raw.d between 1 and kMostTreeColumns; at least one point must have weight. `range`, the smallest and the largest number of
// each column as they came, spares a look at all points when all have weight.
std::unique_ptr<PointTree> make_point_tree(const RawPoints& raw, const std::optional<Extent>& range, int n_threads);

}  // namespace placement
