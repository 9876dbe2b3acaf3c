// The least value of F over the plane, proven: boxes are bounded from below, the most promising one is halved, boxes that cannot
// hold anything better than `tolerance` below the best place known are dropped.
#pragma once

#include <cstdint>
#include <queue>
#include <vector>

#include "planar_inside.hpp"

namespace placement {

struct CellProof {
  double lower = 0.0;        // F >= lower everywhere
  std::vector<PricedPlace> spots;   // local minima met on the way, the best last
  std::int64_t n_cells = 0;  // boxes bounded
  bool is_complete = false;  // false when the work limit ended it
};

template <class Cost, class Inside>
class CellSearch {
 public:
  CellSearch(const Priced<Cost>& priced, double tolerance, std::int64_t max_cells)
      : priced_(priced), tolerance_(tolerance), max_cells_(max_cells) {}

  // The best value known so far, above which boxes need no look.
  CellProof run(double best);

 private:
  struct Cell {
    Box box;
    double bound = 0.0;
    PricedPlace least;
    Inside inside;
    std::vector<std::int32_t> open;          // plain points that are served from a part of the box only
    std::vector<std::int32_t> open_choices;  // choices whose best option differs, or may, within the box
  };
  struct Entry {
    double bound;
    std::int64_t number;
    bool operator<(const Entry& other) const {
      return bound > other.bound || (bound == other.bound && number > other.number);
    }
  };

  Cell root();
  Cell part(const Cell& parent, const Box& box);
  double share_open(const std::vector<std::int32_t>& among, Cell& cell);
  double bound_choices(const std::vector<std::int32_t>& among, Cell& cell) const;
  double decide(const Choice& choice, Cell& cell, bool& is_decided) const;
  double value_at_least(const Cell& cell) const;
  void consider(Cell&& cell);

  const Priced<Cost>& priced_;
  double tolerance_;
  std::int64_t max_cells_;
  double best_ = 0.0;
  double dropped_ = 0.0;  // least bound of the boxes dropped
  CellProof proof_;
  std::vector<Share> shares_;
  std::vector<Cell> cells_;
  std::vector<std::int64_t> spare_;
  std::priority_queue<Entry> queue_;
};

}  // namespace placement
