// Single-point moves of local_state.hpp. Few points can gain by moving: registers find them, the rest is done one by one.
#include <algorithm>

#include "local_state.hpp"
#include "sweeps.hpp"

namespace placement {

bool LocalState::polish() {
  const std::size_t n_before = moved_.size();
  std::vector<std::int32_t> all(static_cast<std::size_t>(k_)), touched;
  for (std::int32_t j = 0; j < k_; ++j) {
    all[j] = j;
    if (is_touched_[j]) touched.push_back(j);
  }
  lightest_ = *std::min_element(weight_.begin(), weight_.end());
  members_.resize(static_cast<std::size_t>(k_));
  for (const std::int32_t j : touched) members_[j].clear();
  for (std::int64_t from = 0; from < data_->n(); from += kTile) {
    polish_strangers(from, static_cast<int>(std::min<std::int64_t>(kTile, data_->n() - from)), touched);
  }
  for (const std::int32_t j : touched) polish_members(j, all);
  std::fill(is_changed_.begin(), is_changed_.end(), 0);
  return moved_.size() > n_before;
}

// Points of untouched clusters can only want to go to touched ones; points of these are put down for later.
void LocalState::polish_strangers(std::int64_t from, int count, const std::vector<std::int32_t>& touched) {
  double squared[kTile];
  std::int64_t choice[kTile];
  collect_places(touched);
  const Tile tile{data_->column(0) + from, data_->stride(), count, d_};
  nearest_in_tile(tile, places_.data(), static_cast<std::int64_t>(touched.size()), squared, choice);
  for (std::int64_t point = from; point < from + count; ++point) {
    if (is_touched_[label_[point]]) {
      members_[label_[point]].push_back(point);
    } else if (may_gain(point, squared[point - from])) {
      polish_point(point, touched);
    }
  }
}

void LocalState::polish_members(std::int32_t own, const std::vector<std::int32_t>& all) {
  double squared[kTile];
  std::int64_t choice[kTile];
  std::vector<std::int32_t> others = all;
  others.erase(others.begin() + own);
  if (others.empty()) return;
  const std::vector<std::int64_t>& members = members_[own];
  for (std::size_t from = 0; from < members.size(); from += kTile) {
    const int count = static_cast<int>(std::min<std::size_t>(kTile, members.size() - from));
    collect_places(others);
    gather(members.data() + from, count);
    nearest_in_tile(Tile{pending_columns_.data(), kTile, count, d_}, places_.data(), k_ - 1, squared, choice);
    for (int i = 0; i < count; ++i) {
      const std::int64_t point = members[from + i];
      if (label_[point] == own && may_gain(point, squared[i])) polish_point(point, all);
    }
  }
}

// Whether moving to a centre at this squared distance could pay, whatever that cluster weighs.
bool LocalState::may_gain(std::int64_t point, double squared) const {
  const double weight = data_->weight(point), own = weight_[label_[point]];
  return lightest_ / (lightest_ + weight) * squared * (own - weight) < own * squared_to(point, label_[point]);
}

void LocalState::polish_point(std::int64_t point, const std::vector<std::int32_t>& others) {
  const std::int32_t own = label_[point];
  const double weight = data_->weight(point), rest = weight_[own] - weight;
  if (own < n_locked_ || !(rest > 1e-12 * weight_[own])) return;
  const double leaving = weight_[own] / rest * squared_to(point, own);
  std::int32_t best = own;
  double least = leaving * (1.0 - 1e-12);
  for (const std::int32_t j : others) {
    if (j == own || j < n_locked_) continue;
    const double joining = weight_[j] / (weight_[j] + weight) * squared_to(point, j);
    if (joining < least) {
      least = joining;
      best = j;
    }
  }
  if (best == own) return;
  transfer(point, best);
  for (const std::int32_t j : {own, best}) {
    for (int feature = 0; feature < d_; ++feature) centers_[j * d_ + feature] = sum_[j * d_ + feature] / weight_[j];
    mark(j);
  }
}

}  // namespace placement
