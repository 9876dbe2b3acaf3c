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

// Pairs of site and slot in a table at most (64 MiB), and for each list entry: beyond that, columns are read sooner than the table.
constexpr std::int64_t kMostPairs = 1 << 23;
constexpr std::int64_t kPairsPerEntry = 3;

// The part of a swap's work that goes into looking for a better one.
constexpr std::int64_t kPartOfSwap = 50;

// The table is filled anew after so many kicks, so that rounding does not pile up.
constexpr std::int64_t kKicksOfTable = 64;

}  // namespace

SiteSwaps::SiteSwaps(const SiteLists& lists, std::vector<std::int32_t> open)
    : lists_(lists),
      is_tabled_(lists.m * static_cast<std::int64_t>(open.size()) <=
                 std::min(kMostPairs, kPairsPerEntry * static_cast<std::int64_t>(lists.site.size()))),
      is_queued_(static_cast<std::size_t>(lists.m), 0),
      extra_(open.size() + 1, 0.0),
      seen_slot_(open.size() + 1, 0),
      seen_point_(static_cast<std::size_t>(lists.n), 0) {
  journal_.point_stamp.assign(static_cast<std::size_t>(lists.n), 0);
  journal_.site_stamp.assign(static_cast<std::size_t>(lists.m), 0);
  restart(std::move(open));
}

void SiteSwaps::restart(std::vector<std::int32_t> open) {
  std::sort(open.begin(), open.end());
  state_.open = std::move(open);
  state_.slot.assign(static_cast<std::size_t>(lists_.m), -1);
  for (std::size_t slot = 0; slot < state_.open.size(); ++slot) state_.slot[state_.open[slot]] = static_cast<std::int32_t>(slot);
  state_.service.resize(static_cast<std::size_t>(lists_.n));
  for (std::int64_t i = 0; i < lists_.n; ++i) state_.service[i] = serve(i);
  work_ += lists_.n * (lists_.m / static_cast<std::int64_t>(state_.open.size()) + 1);
  fill_table();
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
      swap_best(needed);
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

// Makes the best of the swaps of the next sites: of as many as can be looked at for a part of what the last swap cost. The very
// best swap would often only undo a kick.
void SiteSwaps::swap_best(double needed) {
  const std::size_t end = queue_.size();
  const std::int64_t last = work_ + swap_work_;
  Swap best{-needed, -1};
  std::int32_t site = -1;
  do {
    const std::int32_t j = queue_[head_++];
    is_queued_[j] = 0;
    if (state_.slot[j] >= 0) continue;
    const Swap swap = best_swap(j);
    if (!(swap.change < -needed)) continue;
    if (swap.change < best.change) {
      if (site >= 0) mark(site);
      best = swap;
      site = j;
    } else {
      mark(j);
    }
  } while (head_ < end && work_ < last);
  if (site < 0) return;
  const std::int64_t before = work_;
  make_swap(best.slot, site);
  swap_work_ = (work_ - before) / kPartOfSwap;
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
  double best_value = value();
  for (std::int64_t done = 0; done < n_kicks; ++done) {
    if (is_tabled_ && done % kKicksOfTable == 0) fill_table();
    begin_journal();
    shake(random);
    settle(kMostSweeps * static_cast<std::int64_t>(lists_.site.size()) + lists_.m);
    const double reached = value();
    work_ += lists_.n;
    // Plans that cost the same are kept too: where many distances are equal the way out leads over them.
    if (reached <= best_value) {
      if (reached < best_value * (1.0 - kLeastGain)) ++n_better;
      best_value = reached;
    } else {
      take_back();
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
