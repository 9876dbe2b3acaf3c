// Sites by their distance, ties to the lowest position: a total order, so that every machine lists them alike.
#pragma once

#include <algorithm>
#include <cstdint>
#include <limits>
#include <vector>

namespace placement {

struct Near {
  double distance;
  std::int32_t site;
  bool operator<(const Near& other) const {
    return distance != other.distance ? distance < other.distance : site < other.site;
  }
};

// Sorts long lists by dealing them into piles first: of sites spread evenly, about as many lie in each ring of equal area.
class NearSorter {
 public:
  // Leaves the k nearest, sorted; there must be at least k.
  void keep_nearest(std::vector<Near>& found, std::int64_t k) {
    if (static_cast<std::int64_t>(found.size()) > k) {
      std::nth_element(found.begin(), found.begin() + (k - 1), found.end());
      found.resize(static_cast<std::size_t>(k));
    }
    double nearest = kEndless, farthest = 0.0;
    for (const Near& near : found) {
      nearest = std::min(nearest, near.distance);
      if (near.distance < kEndless) farthest = std::max(farthest, near.distance);
    }
    if (found.size() < kShort || !(farthest > 0.0) || nearest < 0.0) {
      std::sort(found.begin(), found.end());
    } else {
      deal(found, farthest);
    }
  }

 private:
  static constexpr std::size_t kShort = 64, kPile = 4;
  static constexpr double kEndless = std::numeric_limits<double>::infinity();

  void deal(std::vector<Near>& found, double farthest) {
    const std::size_t n_piles = found.size() / kPile;
    // Never falls with the distance, whatever is rounded.
    const auto pile_of = [farthest, n_piles](double distance) {
      if (!(distance < farthest)) return n_piles;
      const double part = distance / farthest;
      return std::min(static_cast<std::size_t>(part * part * static_cast<double>(n_piles)), n_piles);
    };
    begin_.assign(n_piles + 2, 0);
    pile_.resize(found.size());
    for (std::size_t at = 0; at < found.size(); ++at) {
      pile_[at] = static_cast<std::int32_t>(pile_of(found[at].distance));
      ++begin_[pile_[at] + 1];
    }
    for (std::size_t pile = 0; pile <= n_piles; ++pile) begin_[pile + 1] += begin_[pile];
    dealt_.resize(found.size());
    for (std::size_t at = 0; at < found.size(); ++at) dealt_[begin_[pile_[at]]++] = found[at];
    std::int32_t start = 0;
    for (std::size_t pile = 0; pile <= n_piles; ++pile) {
      std::sort(dealt_.begin() + start, dealt_.begin() + begin_[pile]);
      start = begin_[pile];
    }
    found.swap(dealt_);
  }

  std::vector<Near> dealt_;
  std::vector<std::int32_t> begin_, pile_;
};

inline void write_nearest(const std::vector<Near>& found, std::int32_t* index, double* distance) {
  for (std::size_t rank = 0; rank < found.size(); ++rank) {
    index[rank] = found[rank].site;
    distance[rank] = found[rank].distance;
  }
}

}  // namespace placement
