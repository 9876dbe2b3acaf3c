// Which sets lie within another one, and which hold another one: dominated columns and rows of covering problems.
#pragma once

#include <cstdint>

#include "sets.hpp"

namespace placement {

// Marks in is_within the sets that are part of another, in is_holding those of which another is part; of equal sets the first
// counts as the larger one in is_within and as the smaller one in is_holding, so that it stays unmarked in both. `turned` holds,
// for each item, the sets that contain it.
void mark_containment(const Sets& sets, const Sets& turned, std::uint8_t* is_within, std::uint8_t* is_holding);

}  // namespace placement
