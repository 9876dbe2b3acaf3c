#include "planar_cells.hpp"

#include "planar_pricing.hpp"

namespace placement {

template <class Cost, class Inside>
typename CellSearch<Cost, Inside>::Cell CellSearch<Cost, Inside>::root() {
  const PlanarPoints& points = priced_.points();
  const auto [west, east] = std::minmax_element(points.x.begin(), points.x.end());
  const auto [south, north] = std::minmax_element(points.y.begin(), points.y.end());
  // A hair wider than the points, so that rounding leaves no place outside.
  const double half_x = (*east - *west) / 2.0 * (1.0 + 1e-12), half_y = (*north - *south) / 2.0 * (1.0 + 1e-12);
  Cell all;
  all.box = {{(*west + *east) / 2.0, (*south + *north) / 2.0}, half_x, half_y};
  all.open = points.plain;
  for (std::size_t k = 0; k < points.choices.size(); ++k) all.open_choices.push_back(static_cast<std::int32_t>(k));
  return part(all, all.box);
}

template <class Cost, class Inside>
typename CellSearch<Cost, Inside>::Cell CellSearch<Cost, Inside>::part(const Cell& parent, const Box& box) {
  Cell cell;
  cell.box = box;
  cell.inside = parent.inside;
  cell.inside.move_by(box.middle.x - parent.box.middle.x, box.middle.y - parent.box.middle.y);
  const double constant = share_open(parent.open, cell) + bound_choices(parent.open_choices, cell);
  cell.least = cell.inside.least(priced_, box, shares_);
  cell.bound = cell.least.value + constant;
  return cell;
}

// Points out of reach from the whole box are left out, points in reach from all of it are inside; the rest counts with a share.
template <class Cost, class Inside>
double CellSearch<Cost, Inside>::share_open(const std::vector<std::int32_t>& among, Cell& cell) {
  const PlanarPoints& points = priced_.points();
  double constant = 0.0;
  shares_.clear();
  for (const std::int32_t i : among) {
    const double nearest = cell.box.nearest_squared(points.x[i], points.y[i]), reach = priced_.reach_squared(i);
    if (nearest >= reach) continue;
    const double farthest = cell.box.farthest_squared(points.x[i], points.y[i]);
    if (farthest <= reach) {
      cell.inside.add(priced_, i, cell.box);
      continue;
    }
    cell.open.push_back(i);
    const double low = Cost::cost(points.weight[i], nearest) - priced_.multiplier(i);
    const double high = Cost::cost(points.weight[i], farthest) - priced_.multiplier(i);
    if (!(low < 0.0 && high > 0.0)) continue;  // rounding: it gains nothing, or nothing to speak of
    shares_.push_back({i, low / (low - high)});
    constant -= shares_.back().share * high;
  }
  return constant;
}

template <class Cost, class Inside>
double CellSearch<Cost, Inside>::bound_choices(const std::vector<std::int32_t>& among, Cell& cell) const {
  double sum = 0.0;
  for (const std::int32_t k : among) {
    bool is_decided = false;
    sum += decide(priced_.points().choices[k], cell, is_decided);
    if (!is_decided) cell.open_choices.push_back(k);
  }
  return sum;
}

// A choice is decided when one option is best everywhere in the box and each of its units surely in or surely out.
template <class Cost, class Inside>
double CellSearch<Cost, Inside>::decide(const Choice& choice, Cell& cell, bool& is_decided) const {
  std::vector<Range> gain;
  for (const Unit& unit : choice.units) {
    Range range = Cost::unit_cost(priced_.points(), unit, cell.box);
    for (const std::int32_t i : unit.members) range.low -= priced_.multiplier(i), range.high -= priced_.multiplier(i);
    gain.push_back({std::min(range.low, 0.0), std::min(range.high, 0.0)});
  }
  std::vector<Range> worth;
  std::vector<std::vector<std::int32_t>> paying;
  for (const std::vector<std::int32_t>& option : choice.options) {
    Range range;
    std::vector<std::int32_t> units;
    for (const std::int32_t k : option) {
      range.low += gain[k].low, range.high += gain[k].high;
      if (gain[k].low < 0.0) units.push_back(k);
    }
    worth.push_back(range);
    std::sort(units.begin(), units.end());
    paying.push_back(std::move(units));
  }
  std::size_t best = 0;
  double low = 0.0;
  for (std::size_t o = 0; o < worth.size(); ++o) {
    if (worth[o].high < worth[best].high) best = o;
    low = std::min(low, worth[o].low);
  }
  is_decided = true;
  for (std::size_t o = 0; o < worth.size(); ++o) {
    if (paying[o] != paying[best] && worth[o].low < worth[best].high) is_decided = false;
  }
  for (const std::int32_t k : paying[best]) {
    if (gain[k].high >= 0.0) is_decided = false;
  }
  if (!is_decided) return low;
  for (const std::int32_t k : paying[best]) {
    for (const std::int32_t i : choice.units[k].members) cell.inside.add(priced_, i, cell.box);
  }
  return 0.0;
}

template <class Cost, class Inside>
double CellSearch<Cost, Inside>::value_at_least(const Cell& cell) const {
  double value = cell.inside.value_at(priced_, cell.least.at, cell.box);
  for (const std::int32_t i : cell.open) value += std::min(0.0, priced_.gain(i, cell.least.at));
  for (const std::int32_t k : cell.open_choices) {
    value += priced_.choose(priced_.points().choices[k], cell.least.at, [](const Unit&) {});
  }
  return value;
}

template <class Cost, class Inside>
void CellSearch<Cost, Inside>::consider(Cell&& cell) {
  ++proof_.n_cells;
  if (cell.bound < best_ - tolerance_ && value_at_least(cell) < best_) {
    const PricedPlace spot = priced_.descend(cell.least.at);
    if (spot.value < best_) {
      best_ = spot.value;
      proof_.spots.push_back(spot);
    }
  }
  if (cell.bound >= best_ - tolerance_) {
    dropped_ = std::min(dropped_, cell.bound);
    return;
  }
  if (spare_.empty()) {
    spare_.push_back(static_cast<std::int64_t>(cells_.size()));
    cells_.emplace_back();
  }
  const std::int64_t number = spare_.back();
  spare_.pop_back();
  queue_.push({cell.bound, number});
  cells_[number] = std::move(cell);
}

template <class Cost, class Inside>
CellProof CellSearch<Cost, Inside>::run(double best) {
  best_ = std::min(best, 0.0);
  dropped_ = best_;
  consider(root());
  while (!queue_.empty() && queue_.top().bound < best_ - tolerance_ && proof_.n_cells < max_cells_) {
    const std::int64_t number = queue_.top().number;
    queue_.pop();
    const Cell parent = std::move(cells_[number]);
    spare_.push_back(number);
    const bool is_wide = parent.box.half_x >= parent.box.half_y;
    Box half = parent.box;
    (is_wide ? half.half_x : half.half_y) /= 2.0;
    for (const double side : {-1.0, 1.0}) {
      Box box = half;
      if (is_wide) box.middle.x += side * half.half_x;
      else box.middle.y += side * half.half_y;
      consider(part(parent, box));
    }
  }
  proof_.is_complete = queue_.empty() || queue_.top().bound >= best_ - tolerance_;
  proof_.lower = std::min({best_, dropped_, queue_.empty() ? best_ : queue_.top().bound});
  return proof_;
}

CellProof prove_least(const Priced<Squared>& priced, double best, double tolerance, std::int64_t max_cells) {
  return CellSearch<Squared, SquaredInside>(priced, tolerance, max_cells).run(best);
}

CellProof prove_least(const Priced<Linear>& priced, double best, double tolerance, std::int64_t max_cells) {
  return CellSearch<Linear, LinearInside>(priced, tolerance, max_cells).run(best);
}

}  // namespace placement
