// One swap: what it would change, and what changes when it is made.
#include <algorithm>

#include "site_swaps.hpp"

namespace placement {

namespace {

// List entries read to find the sites that a swap concerns, for each site there is.
constexpr std::int64_t kMostReads = 8;

}  // namespace

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
  if (!is_tabled_ && n_read_ > kMostReads * lists_.m) {
    for (std::int32_t other = 0; other < lists_.m; ++other) mark(other);
  }
  find_least();
}

// Sites that the point would prefer to its second device, before or after, have to be looked at again. Without a table, a swap
// that concerns so many points that reading their lists costs more than looking at every site marks every site.
void SiteSwaps::replace_service(std::int64_t i, const Service& service) {
  Service& old = state_.service[i];
  if (journal_.point_stamp[i] != journal_.stamp) {
    journal_.point_stamp[i] = journal_.stamp;
    journal_.service.push_back({static_cast<std::int32_t>(i), old});
  }
  state_.loss[old.near] -= old.second - old.first;
  state_.loss[service.near] += service.second - service.first;
  if (is_tabled_) {
    count(i, -1.0, true);
    old = service;
    count(i, 1.0, true);
    return;
  }
  const double limit = std::max(old.second, service.second);
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
