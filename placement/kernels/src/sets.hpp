// Sets of small numbers, one behind the other: set s is items[start[s]] .. items[start[s + 1] - 1].
#pragma once

#include <cstdint>

namespace placement {

struct Sets {
  const std::int64_t* start;
  const std::int64_t* items;
  std::int64_t n_sets;
  std::int64_t n_items;  // items are 0 .. n_items - 1

  std::int64_t size(std::int64_t s) const { return start[s + 1] - start[s]; }
};

}  // namespace placement
