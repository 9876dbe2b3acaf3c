// Looks for places of k devices that keep the farthest point near: devices move to the middle of the points they serve, and
// now and then one is put where the need is greatest.
#pragma once

#include <cstdint>
#include <vector>

#include "enclosing.hpp"
#include "random.hpp"

namespace placement {

class CenterSearch {
 public:
  // The first n_locked of the centers never move; at least one more must follow.
  CenterSearch(const ScaledSpots& rows, const FreeSpace& space, std::vector<Spot> centers, std::int64_t n_locked);

  // Settles where it stands, then tries so many moves of one device; what is worse is taken back.
  void run(std::int64_t n_kicks, std::uint64_t seed);
  const std::vector<Spot>& centers() const { return state_.centers; }
  double radius() const { return state_.radius; }

 private:
  struct State {
    std::vector<Spot> centers;
    std::vector<std::int32_t> label;
    std::vector<double> squared;  // distance to the own centre
    std::vector<double> cost;     // the largest of each centre's points
    double radius = 0.0;
  };

  void settle(std::vector<char> has_moved);
  void reassign(const std::vector<char>& has_moved, std::vector<char>& has_changed);
  void measure();
  std::vector<std::int32_t> members(std::int32_t center) const;
  std::int32_t least_missed(std::int32_t needy, Random& random) const;
  double loss(std::int32_t center) const;
  void kick(Random& random);

  const ScaledSpots& rows_;
  const FreeSpace& space_;
  std::int64_t n_locked_;
  State state_;
};

}  // namespace placement
