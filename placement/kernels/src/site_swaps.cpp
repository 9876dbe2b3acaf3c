// Eager swaps as in FasterPAM (Schubert and Rousseeuw, Inf. Syst. 101 (2021) 101804, section 4), on sorted lists; the change that a
// swap makes is split into what opening and what closing does alone and a correction for the points that both concern, as in
// Resende and Werneck (Ann. Oper. Res. 150 (2007) 205-230, section 3), so that after a swap only sites nearby are looked at again.
#include "site_swaps.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace placement {

namespace {

// Swaps must gain more than rounding could feign.
constexpr double kLeastGain = 1e-10;

// Far more than any kick has needed; it only keeps rounding from going in circles.
constexpr std::int64_t kMostSweeps = 100;

// What looking at an entry of a column costs beside one of a row: its point is somewhere else in memory.
constexpr std::int64_t kScatter = 3;

// List entries read to find the sites that a swap concerns, for each site there is.
constexpr std::int64_t kMostReads = 8;

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
  const double least_gain = kLeastGain * value();
  while (true) {
    while (head_ < queue_.size()) {
      if (work_ >= last) return false;
      const std::int32_t j = queue_[head_++];
      is_queued_[j] = 0;
      if (state_.slot[j] >= 0) continue;
      const Swap swap = best_swap(j);
      if (swap.change < -least_gain) make_swap(swap.slot, j);
    }
    queue_.clear();
    head_ = 0;
    if (!mark_openings(-least_gain)) return true;
  }
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

SiteSwaps::Service SiteSwaps::serve(std::int64_t i) const {
  const std::int32_t none = static_cast<std::int32_t>(state_.open.size());
  Service service{lists_.fallback[i], lists_.fallback[i], none, none};
  for (std::int64_t entry = lists_.row[i]; entry < lists_.row[i + 1]; ++entry) {
    const std::int32_t slot = state_.slot[lists_.site[entry]];
    if (slot < 0) continue;
    if (service.near == none) {
      service.first = lists_.cost[entry];
      service.near = slot;
    } else {
      service.second = lists_.cost[entry];
      service.next = slot;
      break;
    }
  }
  return service;
}

SiteSwaps::Swap SiteSwaps::best_swap(std::int32_t j) {
  ++stamp_;
  touched_.clear();
  double gain = 0.0;
  for (std::int64_t entry = lists_.column[j]; entry < lists_.column[j + 1]; ++entry) {
    const Service& service = state_.service[lists_.point[entry]];
    const double cost = lists_.column_cost[entry];
    if (cost >= service.second) continue;
    if (seen_slot_[service.near] != stamp_) {
      seen_slot_[service.near] = stamp_;
      extra_[service.near] = 0.0;
      touched_.push_back(service.near);
    }
    if (cost < service.first) {
      gain += cost - service.first;
      extra_[service.near] += service.first - service.second;
    } else {
      extra_[service.near] += cost - service.second;
    }
  }
  work_ += kScatter * (lists_.column[j + 1] - lists_.column[j]);
  state_.opening[j] = gain;
  Swap best{gain + state_.loss[state_.least], state_.least};
  const std::int32_t none = static_cast<std::int32_t>(state_.open.size());
  for (const std::int32_t slot : touched_) {
    if (slot == none) continue;
    const double change = gain + state_.loss[slot] + extra_[slot];
    if (change < best.change) best = Swap{change, slot};
  }
  return best;
}

void SiteSwaps::make_swap(std::int32_t slot, std::int32_t j) {
  const std::int32_t out = state_.open[slot];
  const std::int64_t stamp = ++stamp_;
  n_read_ = 0;
  state_.slot[out] = -1;
  state_.slot[j] = slot;
  state_.open[slot] = j;
  for (std::int64_t entry = lists_.column[out]; entry < lists_.column[out + 1]; ++entry) {
    const std::int32_t i = lists_.point[entry];
    if (state_.service[i].near != slot && state_.service[i].next != slot) continue;
    seen_point_[i] = stamp;
    replace_service(i, serve(i));
  }
  for (std::int64_t entry = lists_.column[j]; entry < lists_.column[j + 1]; ++entry) {
    const std::int32_t i = lists_.point[entry];
    const double cost = lists_.column_cost[entry];
    const Service& old = state_.service[i];
    if (cost >= old.second || seen_point_[i] == stamp) continue;
    replace_service(i, cost < old.first ? Service{cost, old.first, slot, old.near} : Service{old.first, cost, old.near, slot});
  }
  work_ += n_read_ + lists_.column[out + 1] - lists_.column[out] + lists_.column[j + 1] - lists_.column[j];
  mark(out);
  if (n_read_ > kMostReads * lists_.m) {
    for (std::int32_t other = 0; other < lists_.m; ++other) mark(other);
  }
  find_least();
}

// Sites that the point would prefer to its second device, before or after, have to be looked at again. A swap that concerns
// so many points that reading their lists costs more than looking at every site marks every site.
void SiteSwaps::replace_service(std::int64_t i, const Service& service) {
  Service& old = state_.service[i];
  const double limit = std::max(old.second, service.second);
  state_.loss[old.near] -= old.second - old.first;
  state_.loss[service.near] += service.second - service.first;
  old = service;
  if (n_read_ > kMostReads * lists_.m) return;
  std::int64_t entry = lists_.row[i];
  for (; entry < lists_.row[i + 1] && lists_.cost[entry] < limit; ++entry) mark(lists_.site[entry]);
  n_read_ += entry - lists_.row[i];
}

void SiteSwaps::mark(std::int32_t j) {
  if (is_queued_[j]) return;
  is_queued_[j] = 1;
  queue_.push_back(j);
}

// Anew from the points now and then, so that rounding does not pile up.
void SiteSwaps::add_up_losses() {
  state_.loss.assign(state_.open.size() + 1, 0.0);
  for (const Service& service : state_.service) state_.loss[service.near] += service.second - service.first;
  find_least();
}

void SiteSwaps::find_least() {
  state_.least = static_cast<std::int32_t>(std::min_element(state_.loss.begin(), state_.loss.end() - 1) - state_.loss.begin());
}

double SiteSwaps::value() const {
  double sum = 0.0;
  for (const Service& service : state_.service) sum += service.first;
  return sum;
}

void SiteSwaps::services(double* first, double* second) const {
  for (std::int64_t i = 0; i < lists_.n; ++i) {
    first[i] = state_.service[i].first;
    second[i] = state_.service[i].second;
  }
}

}  // namespace placement
