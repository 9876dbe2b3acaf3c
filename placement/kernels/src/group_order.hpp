// Entries ordered by the group that they belong to.
#pragma once

#include <cstdint>
#include <vector>

#include "sets.hpp"

namespace placement {

// Fills start (sets.n_items + 1,) and items: for each item the sets that contain it, ascending.
void turn_sets(const Sets& sets, std::vector<std::int64_t>& start, std::vector<std::int64_t>& items);

// Fills order (n,): positions by group (0 .. n_groups - 1), within a group by value, equals as they stand.
void order_by_group_and_value(const std::int64_t* group, const double* value, std::int64_t n, std::int64_t n_groups,
                              std::int64_t* order);

}  // namespace placement
