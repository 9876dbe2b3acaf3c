// Relaxing "every point is served once" with multipliers u leaves for each site its reduced cost sum_i min(0, c_ij - u_i), and the p
// best sites open (Cornuejols, Fisher and Nemhauser, Management Sci. 23 (1977) 789-810, section 3). The lists are sorted, so a
// point only touches sites that cost less than its multiplier. Polyak's step along an average of subgradients (deflection as in
// Camerini, Fratta and Maffioli, Math. Program. Study 3 (1975) 26-34); the same average of the sites chosen estimates what the
// linear relaxation opens (Barahona and Anbil, Math. Program. 87 (2000) 385-399, section 2).
#include "site_ascent.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace placement {

namespace {

constexpr double kLeastScale = 1e-4;  // steps this small change nothing any more
constexpr int kPatience = 20;         // steps without a better bound before they are made smaller

}  // namespace

void evaluate_sites(const SiteLists& lists, const std::vector<std::int8_t>& status, std::int64_t p, const double* multipliers,
                    SiteBound& out) {
  out.reduced.assign(static_cast<std::size_t>(lists.m), 0.0);
  out.bound = out.magnitude = 0.0;
  out.work = lists.n + lists.m;
  for (std::int64_t i = 0; i < lists.n; ++i) {
    const double multiplier = multipliers[i];
    out.bound += multiplier;
    out.magnitude += std::fabs(multiplier);
    std::int64_t entry = lists.row[i];
    for (; entry < lists.row[i + 1] && lists.cost[entry] < multiplier; ++entry) {
      out.reduced[lists.site[entry]] += lists.cost[entry] - multiplier;
    }
    out.work += entry - lists.row[i];
  }
  out.chosen.clear();
  std::vector<std::int32_t> free;
  for (std::int32_t j = 0; j < lists.m; ++j) {
    if (status[j] == kForcedOpen) out.chosen.push_back(j);
    if (status[j] == kFree) free.push_back(j);
  }
  const std::int64_t wanted = p - static_cast<std::int64_t>(out.chosen.size());
  if (wanted < 0 || wanted > static_cast<std::int64_t>(free.size())) {
    out.bound = std::numeric_limits<double>::infinity();
    return;
  }
  const auto is_before = [&out](std::int32_t a, std::int32_t b) {
    return out.reduced[a] != out.reduced[b] ? out.reduced[a] < out.reduced[b] : a < b;
  };
  std::nth_element(free.begin(), free.begin() + wanted, free.end(), is_before);
  out.chosen.insert(out.chosen.end(), free.begin(), free.begin() + wanted);
  std::sort(out.chosen.begin(), out.chosen.end());
  for (const std::int32_t j : out.chosen) {
    out.bound += out.reduced[j];
    out.magnitude -= out.reduced[j];
  }
}

SiteAscent::SiteAscent(const SiteLists& lists, std::vector<std::int8_t> status, std::int64_t p, std::vector<double> multipliers,
                       double smoothing, double scale)
    : lists_(lists),
      status_(std::move(status)),
      p_(p),
      floor_(lists.fallback),
      at_(std::move(multipliers)),
      slope_(static_cast<std::size_t>(lists.n)),
      share_(static_cast<std::size_t>(lists.m), 0.0),
      scale_(scale),
      smoothing_(smoothing) {
  for (std::int64_t i = 0; i < lists.n; ++i) {
    for (std::int64_t entry = lists.row[i]; entry < lists.row[i + 1]; ++entry) {
      if (status_[lists.site[entry]] == kForcedClosed) continue;
      floor_[i] = lists.cost[entry];
      break;
    }
    floor_[i] = std::min(floor_[i], lists.ceiling[i]);
    at_[i] = std::clamp(at_[i], floor_[i], lists.ceiling[i]);
  }
  look();
  best_ = at_;
  best_bound_ = current_.bound;
  direction_ = slope_;
  for (const std::int32_t j : current_.chosen) share_[j] = 1.0;
}

std::int64_t SiteAscent::climb(std::int64_t n_steps, double upper, double target) {
  for (std::int64_t done = 0; done < n_steps; ++done) {
    if (!(best_bound_ < target) || scale_ < kLeastScale) return done;
    const double length = free_length();
    if (!(length > 0.0)) {
      scale_ = 0.0;
      return done;
    }
    // Past the upper bound even by a little, so that steps do not die away when the two meet.
    step(scale_ * (upper + 1e-3 * std::fabs(upper) - current_.bound) / length);
    look();
    for (std::int64_t i = 0; i < lists_.n; ++i) direction_[i] += smoothing_ * (slope_[i] - direction_[i]);
    for (double& share : share_) share *= 1.0 - smoothing_;
    for (const std::int32_t j : current_.chosen) share_[j] += smoothing_;
    if (current_.bound > best_bound_) {
      best_bound_ = current_.bound;
      best_ = at_;
      n_stalled_ = 0;
    } else if (++n_stalled_ >= kPatience) {
      n_stalled_ = 0;
      scale_ *= 0.7;
    }
  }
  return n_steps;
}

void SiteAscent::look() {
  evaluate_sites(lists_, status_, p_, at_.data(), current_);
  std::fill(slope_.begin(), slope_.end(), 1.0);
  for (const std::int32_t j : current_.chosen) {
    for (std::int64_t entry = lists_.column[j]; entry < lists_.column[j + 1]; ++entry) {
      const std::int32_t i = lists_.point[entry];
      if (lists_.column_cost[entry] < at_[i]) slope_[i] -= 1.0;
    }
    work_ += lists_.column[j + 1] - lists_.column[j];
  }
  work_ += current_.work;
}

// The squared length of the direction, without what runs into a floor or a ceiling.
double SiteAscent::free_length() const {
  double length = 0.0;
  for (std::int64_t i = 0; i < lists_.n; ++i) {
    const bool is_blocked = (direction_[i] > 0.0 && at_[i] >= lists_.ceiling[i]) || (direction_[i] < 0.0 && at_[i] <= floor_[i]);
    if (!is_blocked) length += direction_[i] * direction_[i];
  }
  return length;
}

void SiteAscent::step(double length) {
  for (std::int64_t i = 0; i < lists_.n; ++i) {
    at_[i] = std::clamp(at_[i] + length * direction_[i], floor_[i], lists_.ceiling[i]);
  }
}

}  // namespace placement
