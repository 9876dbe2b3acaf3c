#include "local_state.hpp"

#include <algorithm>

#include "sweeps.hpp"

namespace placement {

LocalState::LocalState(const Dataset& data, std::int64_t n_clusters, std::int64_t n_locked)
    : data_(&data),
      k_(n_clusters),
      n_locked_(n_locked),
      d_(data.d()),
      label_(static_cast<std::size_t>(data.n()), 0),
      squared_(static_cast<std::size_t>(data.n())),
      sum_(static_cast<std::size_t>(n_clusters) * data.d()),
      weight_(static_cast<std::size_t>(n_clusters)),
      is_moved_(static_cast<std::size_t>(n_clusters)),
      is_changed_(static_cast<std::size_t>(n_clusters)),
      is_touched_(static_cast<std::size_t>(n_clusters)),
      pending_columns_(static_cast<std::size_t>(kTile) * data.d()) {}

void LocalState::start(const double* centers) {
  centers_.assign(centers, centers + k_ * d_);
  std::fill(label_.begin(), label_.end(), 0);
  moved_.resize(static_cast<std::size_t>(k_));
  for (std::int64_t j = 0; j < k_; ++j) moved_[j] = static_cast<std::int32_t>(j);
  std::fill(is_moved_.begin(), is_moved_.end(), 1);
  renew();
  settle();
  renew();
}

void LocalState::renew() {
  std::fill(sum_.begin(), sum_.end(), 0.0);
  std::fill(weight_.begin(), weight_.end(), 0.0);
  for (std::int64_t i = 0; i < data_->n(); ++i) {
    const double weight = data_->weight(i);
    double* own = sum_.data() + static_cast<std::int64_t>(label_[i]) * d_;
    for (int feature = 0; feature < d_; ++feature) own[feature] += weight * data_->at(i, feature);
    weight_[label_[i]] += weight;
  }
}

void LocalState::mark(std::int32_t j) {
  if (!is_moved_[j]) moved_.push_back(j);
  is_moved_[j] = 1;
  is_touched_[j] = 1;
}

void LocalState::place(std::int32_t j, const double* x) {
  std::copy_n(x, d_, centers_.data() + static_cast<std::int64_t>(j) * d_);
  mark(j);
}

void LocalState::forget_touched() { std::fill(is_touched_.begin(), is_touched_.end(), 0); }

bool LocalState::settle() {
  std::sort(moved_.begin(), moved_.end());
  collect_places(moved_);
  cost_ = 0.0;
  for (std::int64_t from = 0; from < data_->n(); from += kTile) {
    settle_tile(from, static_cast<int>(std::min<std::int64_t>(kTile, data_->n() - from)));
  }
  for (const std::int32_t j : moved_) is_moved_[j] = 0;
  moved_.clear();
  return update_centers();
}

void LocalState::settle_tile(std::int64_t from, int count) {
  double squared[kTile];
  std::int64_t choice[kTile];
  const Tile tile{data_->column(0) + from, data_->stride(), count, d_};
  nearest_in_tile(tile, places_.data(), static_cast<std::int64_t>(moved_.size()), squared, choice);
  pending_.clear();
  for (int i = 0; i < count; ++i) {
    if (is_moved_[label_[from + i]]) {
      pending_.push_back(from + i);
    } else if (squared[i] < squared_[from + i]) {
      give(from + i, moved_[choice[i]], squared[i]);
    }
  }
  if (!pending_.empty()) settle_pending();
  double cost = 0.0;
  for (int i = 0; i < count; ++i) cost += data_->weight(from + i) * squared_[from + i];
  cost_ += cost;
}

void LocalState::collect_places(const std::vector<std::int32_t>& which) {
  places_.resize(which.size() * d_);
  for (std::size_t m = 0; m < which.size(); ++m) std::copy_n(center(which[m]), d_, places_.data() + m * d_);
}

void LocalState::gather(const std::int64_t* points, int count) {
  for (int feature = 0; feature < d_; ++feature) {
    for (int i = 0; i < count; ++i) pending_columns_[feature * kTile + i] = data_->at(points[i], feature);
  }
}

void LocalState::settle_pending() {
  double squared[kTile];
  std::int64_t choice[kTile];
  const int count = static_cast<int>(pending_.size());
  gather(pending_.data(), count);
  nearest_in_tile(Tile{pending_columns_.data(), kTile, count, d_}, centers_.data(), k_, squared, choice);
  for (int i = 0; i < count; ++i) give(pending_[i], static_cast<std::int32_t>(choice[i]), squared[i]);
}

void LocalState::give(std::int64_t point, std::int32_t to, double squared) {
  squared_[point] = squared;
  if (label_[point] != to) transfer(point, to);
}

void LocalState::transfer(std::int64_t point, std::int32_t to) {
  const std::int32_t from = label_[point];
  const double weight = data_->weight(point);
  for (int feature = 0; feature < d_; ++feature) {
    const double part = weight * data_->at(point, feature);
    sum_[static_cast<std::int64_t>(from) * d_ + feature] -= part;
    sum_[static_cast<std::int64_t>(to) * d_ + feature] += part;
  }
  weight_[from] -= weight;
  weight_[to] += weight;
  is_changed_[from] = is_changed_[to] = 1;
  label_[point] = to;
}

bool LocalState::update_centers() {
  bool has_moved = false;
  for (std::int64_t j = 0; j < k_; ++j) {
    const bool is_changed = is_changed_[j] != 0;
    is_changed_[j] = 0;
    if (!is_changed || j < n_locked_ || !(weight_[j] > 0.0)) continue;
    double* own = centers_.data() + j * d_;
    double shift = 0.0;
    for (int feature = 0; feature < d_; ++feature) {
      const double mean = sum_[j * d_ + feature] / weight_[j];
      shift += (mean - own[feature]) * (mean - own[feature]);
      own[feature] = mean;
    }
    if (!(shift > 0.0)) continue;
    mark(static_cast<std::int32_t>(j));
    has_moved = true;
  }
  return has_moved;
}

}  // namespace placement
