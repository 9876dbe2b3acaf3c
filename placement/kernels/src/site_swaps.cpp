// Eager swaps as in FasterPAM (Schubert and Rousseeuw, Inf. Syst. 101 (2021) 101804, section 4), on sorted lists; the change that a
// swap makes is split into what opening and what closing does alone and a correction for the points that both concern, as in
// Resende and Werneck (Ann. Oper. Res. 150 (2007) 205-230, section 3), so that after a swap only sites nearby are looked at again.
#include "site_swaps.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace placement {

namespace {

// Swaps must gain more than rounding could feign: a part of the value, and a part of the numbers that losses are made of.
constexpr double kLeastGain = 1e-10;
constexpr double kRounding = 1e-14;

// Far more than any kick has needed; it only keeps rounding from going in circles.
constexpr std::int64_t kMostSweeps = 100;

}  // namespace

SiteSwaps::SiteSwaps(const SiteLists& lists, std::vector<std::int32_t> open)
    : lists_(lists),
      is_queued_(static_cast<std::size_t>(lists.m), 0),
      extra_(open.size() + 1, 0.0),
      seen_slot_(open.size() + 1, 0),
      seen_point_(static_cast<std::size_t>(lists.n), 0) {
  restart(std::move(open));
}

void SiteSwaps::restart(std::vector<std::int32_t> open) {
  std::sort(open.begin(), open.end());
  state_.open = std::move(open);
  state_.slot.assign(static_cast<std::size_t>(lists_.m), -1);
  for (std::size_t slot = 0; slot < state_.open.size(); ++slot) state_.slot[state_.open[slot]] = static_cast<std::int32_t>(slot);
  state_.opening.assign(static_cast<std::size_t>(lists_.m), 0.0);
  state_.service.resize(static_cast<std::size_t>(lists_.n));
  for (std::int64_t i = 0; i < lists_.n; ++i) state_.service[i] = serve(i);
  work_ += lists_.n * (lists_.m / static_cast<std::int64_t>(state_.open.size()) + 1);
  add_up_losses();
  queue_.clear();
  head_ = 0;
  std::fill(is_queued_.begin(), is_queued_.end(), 0);
  for (std::int32_t j = 0; j < lists_.m; ++j) mark(j);
}

bool SiteSwaps::settle(std::int64_t most_work) {
  const std::int64_t last = work_ + most_work;
  add_up_losses();
  work_ += lists_.n;
  double needed = least_gain();
  while (true) {
    while (head_ < queue_.size()) {
      if (work_ >= last) return false;
      const std::int32_t j = queue_[head_++];
      is_queued_[j] = 0;
      if (state_.slot[j] >= 0) continue;
      const Swap swap = best_swap(j);
      if (swap.change < -needed) make_swap(swap.slot, j);
    }
    queue_.clear();
    head_ = 0;
    if (mark_openings(-needed)) continue;
    // A start that left points without a site was worth so much that small gains did not count.
    const double finer = least_gain();
    if (!(finer < needed / 2)) return true;
    needed = finer;
    for (std::int32_t j = 0; j < lists_.m; ++j) mark(j);
  }
}

double SiteSwaps::least_gain() const {
  double first = 0.0, second = 0.0;
  for (const Service& service : state_.service) {
    first += service.first;
    second += service.second;
  }
  return kLeastGain * first + kRounding * second;
}

// A site that nothing near it has touched may still pay together with the device that has become the least missed.
bool SiteSwaps::mark_openings(double threshold) {
  const double loss = state_.loss[state_.least];
  work_ += lists_.m;
  for (std::int32_t j = 0; j < lists_.m; ++j) {
    if (state_.slot[j] < 0 && state_.opening[j] + loss < threshold) mark(j);
  }
  return !queue_.empty();
}

std::int64_t SiteSwaps::kick(Random& random, std::int64_t n_kicks) {
  std::int64_t n_better = 0;
  State best = state_;
  double best_value = value();
  for (std::int64_t done = 0; done < n_kicks; ++done) {
    shake(random);
    settle(kMostSweeps * static_cast<std::int64_t>(lists_.site.size()) + lists_.m);
    const double reached = value();
    work_ += 2 * lists_.n + lists_.m;  // the state is copied, whichever way
    // Plans that cost the same are kept too: where many distances are equal the way out leads over them.
    if (reached <= best_value) {
      if (reached < best_value * (1.0 - kLeastGain)) ++n_better;
      best = state_;
      best_value = reached;
    } else {
      state_ = best;
        }
  }
  return n_better;
}

// One to three devices move: each opens a site near a point drawn at random, and one near there or anywhere closes.
void SiteSwaps::shake(Random& random) {
  const auto draw = [&random](std::int64_t count) { return static_cast<std::int64_t>(random.uniform() * static_cast<double>(count)); };
  const std::int64_t p = static_cast<std::int64_t>(state_.open.size()), n_moves = 1 + draw(3);
  for (std::int64_t move = 0; move < n_moves; ++move) {
    const std::int64_t i = draw(lists_.n), length = lists_.row[i + 1] - lists_.row[i];
    if (length == 0) continue;
    const std::int32_t j = lists_.site[lists_.row[i] + draw(std::min(length, 2 * (lists_.m / p) + 2))];
    std::int32_t slot = static_cast<std::int32_t>(draw(p));
    if (random.uniform() < 0.5 && state_.service[i].next < p) slot = state_.service[i].next;
    if (state_.slot[j] < 0) make_swap(slot, j);
  }
}

}  // namespace placement
