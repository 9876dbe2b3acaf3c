#include "center_search.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace placement {

namespace {

constexpr double kRounding = 1e-12;
constexpr int kMostRounds = 100;
constexpr int kDrawn = 3;           // devices among which the one that is least missed is taken away
constexpr double kAnywhere = 0.25;  // how often the device goes to any point of the needy group instead of its farthest

std::int32_t draw(Random& random, std::size_t count) {
  return static_cast<std::int32_t>(random.uniform() * static_cast<double>(count));
}

}  // namespace

CenterSearch::CenterSearch(const ScaledSpots& rows, const FreeSpace& space, std::vector<Spot> centers, std::int64_t n_locked)
    : rows_(rows), space_(space), n_locked_(n_locked) {
  state_.centers = std::move(centers);
  state_.label.assign(rows_.at.size(), -1);
  state_.squared.assign(rows_.at.size(), std::numeric_limits<double>::infinity());
  state_.cost.assign(state_.centers.size(), 0.0);
}

void CenterSearch::run(std::int64_t n_kicks, std::uint64_t seed) {
  Random random(seed);
  settle(std::vector<char>(state_.centers.size(), 1));
  for (std::int64_t done = 0; done < n_kicks; ++done) {
    const State before = state_;
    kick(random);
    if (state_.radius > before.radius * (1.0 + kRounding)) state_ = before;
  }
}

// Points to their nearest centre, centres to the middle of their points, until no point changes its centre.
void CenterSearch::settle(std::vector<char> has_moved) {
  std::vector<char> is_stale(state_.centers.size(), 0);
  for (int round = 0; round < kMostRounds; ++round) {
    std::vector<char> has_changed(state_.centers.size(), 0);
    reassign(has_moved, has_changed);
    // Only groups that changed have a new middle, and those whose centre was put somewhere by hand.
    for (std::size_t c = 0; c < has_changed.size(); ++c) has_changed[c] = has_changed[c] || (round == 0 && has_moved[c]);
    std::fill(has_moved.begin(), has_moved.end(), 0);
    bool is_settled = true;
    for (std::size_t c = static_cast<std::size_t>(n_locked_); c < has_changed.size(); ++c) {
      if (!has_changed[c]) continue;
      const std::vector<std::int32_t> served = members(static_cast<std::int32_t>(c));
      if (served.empty()) continue;
      state_.centers[c] = enclosing_in(rows_, served, space_).at;
      has_moved[c] = 1;
      is_settled = false;
    }
    if (is_settled) break;
  }
  reassign(has_moved, is_stale);
  measure();
}

// Compares points with the centres that moved only, unless their own did.
void CenterSearch::reassign(const std::vector<char>& has_moved, std::vector<char>& has_changed) {
  std::vector<std::int32_t> moved, all;
  for (std::size_t c = 0; c < has_moved.size(); ++c) {
    all.push_back(static_cast<std::int32_t>(c));
    if (has_moved[c]) moved.push_back(static_cast<std::int32_t>(c));
  }
  for (std::size_t i = 0; i < rows_.at.size(); ++i) {
    const std::int32_t own = state_.label[i];
    const bool is_lost = own < 0 || has_moved[own];
    std::int32_t nearest = is_lost ? -1 : own;
    double least = is_lost ? std::numeric_limits<double>::infinity() : state_.squared[i];
    for (const std::int32_t c : is_lost ? all : moved) {
      const double squared = squared_distance(rows_.at[i], state_.centers[c]);
      if (squared < least || (squared == least && c < nearest)) {
        least = squared;
        nearest = c;
      }
    }
    state_.squared[i] = least;
    if (nearest == own) continue;
    state_.label[i] = nearest;
    has_changed[nearest] = 1;
    if (own >= 0) has_changed[own] = 1;
  }
}

void CenterSearch::measure() {
  std::fill(state_.cost.begin(), state_.cost.end(), 0.0);
  for (std::size_t i = 0; i < rows_.at.size(); ++i) {
    double& cost = state_.cost[state_.label[i]];
    cost = std::max(cost, rows_.scale[i] * std::sqrt(state_.squared[i]));
  }
  state_.radius = *std::max_element(state_.cost.begin(), state_.cost.end());
}

std::vector<std::int32_t> CenterSearch::members(std::int32_t center) const {
  std::vector<std::int32_t> served;
  for (std::size_t i = 0; i < state_.label.size(); ++i) {
    if (state_.label[i] == center) served.push_back(static_cast<std::int32_t>(i));
  }
  return served;
}

// What the farthest point of a centre would cost at its second nearest.
double CenterSearch::loss(std::int32_t center) const {
  double worst = 0.0;
  for (const std::int32_t i : members(center)) {
    double least = std::numeric_limits<double>::infinity();
    for (std::size_t c = 0; c < state_.centers.size(); ++c) {
      if (static_cast<std::int32_t>(c) != center) least = std::min(least, squared_distance(rows_.at[i], state_.centers[c]));
    }
    worst = std::max(worst, rows_.scale[i] * std::sqrt(least));
  }
  return worst;
}

std::int32_t CenterSearch::least_missed(std::int32_t needy, Random& random) const {
  const std::size_t n_new = state_.centers.size() - static_cast<std::size_t>(n_locked_);
  std::int32_t best = -1;
  double least = std::numeric_limits<double>::infinity();
  for (int drawn = 0; drawn < kDrawn; ++drawn) {
    const std::int32_t center = static_cast<std::int32_t>(n_locked_) + draw(random, n_new);
    const double missed = center == needy ? std::numeric_limits<double>::max() : loss(center);
    if (missed < least) {
      least = missed;
      best = center;
    }
  }
  return best;
}

void CenterSearch::kick(Random& random) {
  const auto needy = static_cast<std::int32_t>(std::max_element(state_.cost.begin(), state_.cost.end()) - state_.cost.begin());
  const std::vector<std::int32_t> served = members(needy);
  if (served.empty()) return;  // everybody stands where a device does: there is nobody to move it to
  std::int32_t target = served[draw(random, served.size())];
  if (random.uniform() >= kAnywhere) {
    const auto nearer = [&](std::int32_t a, std::int32_t b) {
      return rows_.squared_cost(a, state_.centers[needy]) < rows_.squared_cost(b, state_.centers[needy]);
    };
    target = *std::max_element(served.begin(), served.end(), nearer);
  }
  const std::int32_t taken = least_missed(needy, random);
  std::vector<char> has_moved(state_.centers.size(), 0);
  state_.centers[taken] = enclosing_in(rows_, {target}, space_).at;
  has_moved[taken] = 1;
  settle(std::move(has_moved));
}

}  // namespace placement
