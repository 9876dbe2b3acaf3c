#include "group_order.hpp"

#include "near.hpp"

namespace placement {

namespace {

// Returns where each group ends.
std::vector<std::int64_t> deal(const std::int64_t* group, std::int64_t n, std::int64_t n_groups, std::int64_t* order) {
  std::vector<std::int64_t> next(static_cast<std::size_t>(n_groups) + 1, 0);
  for (std::int64_t at = 0; at < n; ++at) ++next[group[at] + 1];
  for (std::int64_t number = 0; number < n_groups; ++number) next[number + 1] += next[number];
  for (std::int64_t at = 0; at < n; ++at) order[next[group[at]]++] = at;
  return next;
}

}  // namespace

void turn_sets(const Sets& sets, std::vector<std::int64_t>& start, std::vector<std::int64_t>& items) {
  const std::int64_t n = sets.start[sets.n_sets];
  start.assign(static_cast<std::size_t>(sets.n_items) + 1, 0);
  items.resize(static_cast<std::size_t>(n));
  for (std::int64_t at = 0; at < n; ++at) ++start[sets.items[at] + 1];
  for (std::int64_t item = 0; item < sets.n_items; ++item) start[item + 1] += start[item];
  std::vector<std::int64_t> next(start.begin(), start.end() - 1);
  for (std::int64_t s = 0; s < sets.n_sets; ++s) {
    for (std::int64_t at = sets.start[s]; at < sets.start[s + 1]; ++at) items[next[sets.items[at]]++] = s;
  }
}

void order_by_group_and_value(const std::int64_t* group, const double* value, std::int64_t n, std::int64_t n_groups,
                              std::int64_t* order) {
  const std::vector<std::int64_t> end = deal(group, n, n_groups, order);
  NearSorter sorter;
  std::vector<Near> found;
  std::vector<std::int64_t> own;
  std::int64_t start = 0;
  for (std::int64_t number = 0; number < n_groups; ++number) {
    const std::int64_t size = end[number] - start;
    own.assign(order + start, order + end[number]);
    found.clear();
    for (std::int64_t rank = 0; rank < size; ++rank) found.push_back(Near{value[own[rank]], static_cast<std::int32_t>(rank)});
    sorter.keep_nearest(found, size);
    for (std::int64_t rank = 0; rank < size; ++rank) order[start + rank] = own[found[rank].site];
    start = end[number];
  }
}

}  // namespace placement
