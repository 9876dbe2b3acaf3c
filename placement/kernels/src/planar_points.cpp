#include "planar_points.hpp"

#include <algorithm>
#include <numeric>

namespace placement {

namespace {

using Neighbours = std::vector<std::vector<std::int32_t>>;

std::int32_t root_of(std::vector<std::int32_t>& parent, std::int32_t i) {
  while (parent[i] != i) i = parent[i] = parent[parent[i]];
  return i;
}

void join(std::vector<std::int32_t>& parent, const Pairs& pairs) {
  for (const auto& [a, b] : pairs) {
    const std::int32_t one = root_of(parent, a), other = root_of(parent, b);
    parent[std::max(one, other)] = std::min(one, other);
  }
}

Unit make_unit(const PlanarPoints& points, std::vector<std::int32_t> members) {
  Unit unit;
  unit.members = std::move(members);
  for (const std::int32_t i : unit.members) {
    unit.weight += points.weight[i];
    unit.mean.x += points.weight[i] * points.x[i];
    unit.mean.y += points.weight[i] * points.y[i];
  }
  unit.mean.x /= unit.weight;
  unit.mean.y /= unit.weight;
  for (const std::int32_t i : unit.members) {
    const double dx = points.x[i] - unit.mean.x, dy = points.y[i] - unit.mean.y;
    unit.scatter += points.weight[i] * (dx * dx + dy * dy);
  }
  return unit;
}

// Bron and Kerbosch's enumeration of the largest sets of units without a pair apart: `free` may still join `chosen`, `tried` may
// too but was handled before.
void list_options(const Neighbours& apart, std::vector<std::int32_t>& chosen, std::vector<std::int32_t> free,
                  std::vector<std::int32_t> tried, std::vector<std::vector<std::int32_t>>& options) {
  if (free.empty()) {
    if (tried.empty()) options.push_back(chosen);
    return;
  }
  while (!free.empty()) {
    const std::int32_t unit = free.back();
    const auto goes_with = [&](const std::vector<std::int32_t>& units) {
      std::vector<std::int32_t> kept;
      for (const std::int32_t other : units) {
        if (other != unit && !std::count(apart[unit].begin(), apart[unit].end(), other)) kept.push_back(other);
      }
      return kept;
    };
    chosen.push_back(unit);
    list_options(apart, chosen, goes_with(free), goes_with(tried), options);
    chosen.pop_back();
    free.pop_back();
    tried.push_back(unit);
  }
}

void fill_options(const std::vector<std::int32_t>& unit_of, const Pairs& apart, std::int32_t first, Choice& choice) {
  const auto n_units = static_cast<std::int32_t>(choice.units.size());
  Neighbours neighbours(n_units);
  for (const auto& [a, b] : apart) {
    const std::int32_t one = unit_of[a] - first, other = unit_of[b] - first;
    if (one < 0 || one >= n_units) continue;
    neighbours[one].push_back(other);
    neighbours[other].push_back(one);
  }
  std::vector<std::int32_t> chosen, all(n_units);
  std::iota(all.begin(), all.end(), 0);
  list_options(neighbours, chosen, all, {}, choice.options);
}

}  // namespace

PlanarPoints::PlanarPoints(const double* points, const double* weights, std::int64_t n, const Pairs& together, const Pairs& apart)
    : x(n), y(n), weight(weights, weights + n) {
  for (std::int64_t i = 0; i < n; ++i) {
    x[i] = points[2 * i];
    y[i] = points[2 * i + 1];
  }
  std::vector<std::int32_t> unit(n), island;
  std::iota(unit.begin(), unit.end(), 0);
  island = unit;
  join(unit, together);
  join(island, together);
  join(island, apart);
  std::vector<std::vector<std::int32_t>> islands(n);
  for (std::int32_t i = 0; i < n; ++i) islands[root_of(island, i)].push_back(i);
  std::vector<std::int32_t> unit_number(n, -1);
  std::int32_t n_units = 0;
  for (const std::vector<std::int32_t>& members : islands) {
    if (members.size() == 1) plain.push_back(members[0]);
    if (members.size() < 2) continue;
    Choice choice;
    const std::int32_t first = n_units;
    for (const std::int32_t head : members) {
      if (root_of(unit, head) != head) continue;
      std::vector<std::int32_t> same;
      for (const std::int32_t i : members) {
        if (root_of(unit, i) == head) same.push_back(i);
      }
      for (const std::int32_t i : same) unit_number[i] = n_units;
      ++n_units;
      choice.units.push_back(make_unit(*this, std::move(same)));
    }
    fill_options(unit_number, apart, first, choice);
    choices.push_back(std::move(choice));
  }
  std::sort(plain.begin(), plain.end());
}

}  // namespace placement
