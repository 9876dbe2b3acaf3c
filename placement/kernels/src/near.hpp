// Sites by their distance, ties to the lowest position: a total order, so that every machine lists them alike.
#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

namespace placement {

struct Near {
  double distance;
  std::int32_t site;
  bool operator<(const Near& other) const {
    return distance != other.distance ? distance < other.distance : site < other.site;
  }
};

// Leaves the k nearest, sorted; there must be at least k.
inline void keep_nearest(std::vector<Near>& found, std::int64_t k) {
  if (static_cast<std::int64_t>(found.size()) > k) {
    std::nth_element(found.begin(), found.begin() + (k - 1), found.end());
    found.resize(static_cast<std::size_t>(k));
  }
  std::sort(found.begin(), found.end());
}

inline void write_nearest(const std::vector<Near>& found, std::int32_t* index, double* distance) {
  for (std::size_t rank = 0; rank < found.size(); ++rank) {
    index[rank] = found[rank].site;
    distance[rank] = found[rank].distance;
  }
}

}  // namespace placement
