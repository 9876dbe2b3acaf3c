// What swaps would gain: from a table of sites and slots that is kept up to date point by point (Resende and Werneck, Ann. Oper. Res.
// 150 (2007) 205-230, section 3), or, where such a table would be too large, from the points of one site at a time.
#include <algorithm>
#include <limits>

#include "site_swaps.hpp"

namespace placement {

namespace {

// What an entry costs whose point, or whose place in the table, is somewhere else in memory, beside one that is only read.
constexpr std::int64_t kScatter = 3;

constexpr int kSide = 8;

// Entries of a table row that are read in the time of one list entry.
constexpr std::int64_t kStream = 8;

}  // namespace

// Adds what the point contributes to the table, or with sign -1 takes it away.
void SiteSwaps::count(std::int64_t i, double sign, bool is_marking) {
  const Service service = state_.service[i];
  const std::int64_t p = static_cast<std::int64_t>(state_.open.size());
  const double saved = sign * (service.first - service.second);
  std::int64_t entry = lists_.row[i];
  for (; entry < lists_.row[i + 1] && lists_.cost[entry] < service.second; ++entry) {
    const std::int32_t j = lists_.site[entry];
    const double cost = lists_.cost[entry];
    if (cost < service.first) state_.opening[j] += sign * (cost - service.first);
    if (service.near < p) state_.extra[j * p + service.near] += cost < service.first ? saved : sign * (cost - service.second);
    if (is_marking) mark(j);
  }
  n_read_ += kScatter * (entry - lists_.row[i]);
}

void SiteSwaps::fill_table() {
  state_.opening.assign(static_cast<std::size_t>(lists_.m), 0.0);
  if (!is_tabled_) return;
  state_.extra.assign(static_cast<std::size_t>(lists_.m) * state_.open.size(), 0.0);
  n_read_ = 0;
  for (std::int64_t i = 0; i < lists_.n; ++i) count(i, 1.0, false);
  work_ += n_read_ + static_cast<std::int64_t>(state_.extra.size()) / kStream;
}

SiteSwaps::Swap SiteSwaps::swap_from_table(std::int32_t j) {
  const std::int64_t p = static_cast<std::int64_t>(state_.open.size());
  const double* extra = state_.extra.data() + j * p;
  const double* loss = state_.loss.data();
  // Side by side, so that the processor need not wait for one comparison before the next.
  double least[kSide];
  std::fill(least, least + kSide, std::numeric_limits<double>::infinity());
  std::int64_t slot = 0;
  for (; slot + kSide <= p; slot += kSide) {
    for (int side = 0; side < kSide; ++side) {
      const double change = loss[slot + side] + extra[slot + side];
      least[side] = change < least[side] ? change : least[side];
    }
  }
  for (; slot < p; ++slot) least[0] = std::min(least[0], loss[slot] + extra[slot]);
  const double change = *std::min_element(least, least + kSide);
  for (slot = 0; loss[slot] + extra[slot] != change; ++slot) {
  }
  work_ += p / kStream + 1;
  return Swap{change + state_.opening[j], static_cast<std::int32_t>(slot)};
}

SiteSwaps::Swap SiteSwaps::swap_from_column(std::int32_t j) {
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
  if (journal_.site_stamp[j] != journal_.stamp) {
    journal_.site_stamp[j] = journal_.stamp;
    journal_.opening.push_back({j, state_.opening[j]});
  }
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

// From here on changes are noted, for taking them back.
void SiteSwaps::begin_journal() {
  ++journal_.stamp;
  journal_.open = state_.open;
  journal_.service.clear();
  journal_.opening.clear();
}

void SiteSwaps::take_back() {
  n_read_ = 0;
  for (const auto& [i, before] : journal_.service) {
    if (is_tabled_) count(i, -1.0, false);
    state_.service[i] = before;
  }
  for (const std::int32_t j : state_.open) state_.slot[j] = -1;
  state_.open = journal_.open;
  for (std::size_t slot = 0; slot < state_.open.size(); ++slot) state_.slot[state_.open[slot]] = static_cast<std::int32_t>(slot);
  for (const auto& [j, before] : journal_.opening) state_.opening[j] = before;
  if (is_tabled_) {
    for (const auto& [i, before] : journal_.service) count(i, 1.0, false);
  }
  work_ += n_read_;
}

}  // namespace placement
