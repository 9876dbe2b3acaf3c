#include "cover_search.hpp"

#include <limits>

namespace placement {

void CoverSearch::note_best() {
  if (shortage_ >= best_shortage_) return;
  best_shortage_ = shortage_;
  best_ = chosen_;
}

void CoverSearch::add_weight() {
  for (const std::int64_t row : lacking_) {
    weight_[row] += 1;
    for (std::int64_t e = rows_.start[row]; e < rows_.end[row]; ++e) change_[rows_.items[e]] += 1;
  }
}

std::int64_t CoverSearch::draw_row() {
  return lacking_[static_cast<std::size_t>(random_.uniform() * static_cast<double>(lacking_.size()))];
}

void CoverSearch::relieve(std::int64_t column) {
  for (const std::int64_t open : chosen_) relief_[open] = 0;
  for (std::int64_t e = columns_.start[column]; e < columns_.end[column]; ++e) {
    const std::int64_t row = columns_.items[e];
    if (count_[row] != need_[row]) continue;
    if (count_[row] == 1) {
      relief_[owners_[row]] += weight_[row];
      continue;
    }
    for (std::int64_t c = rows_.start[row]; c < rows_.end[row]; ++c) {
      if (is_open_[rows_.items[c]]) relief_[rows_.items[c]] += weight_[row];
    }
  }
}

CoverSearch::Swap CoverSearch::best_swap(std::int64_t row) {
  Swap best{-1, -1, std::numeric_limits<std::int64_t>::max()};
  std::int64_t n_equal = 0;
  for (std::int64_t e = rows_.start[row]; e < rows_.end[row]; ++e) {
    const std::int64_t in = rows_.items[e];
    if (is_open_[in] || in == last_out_) continue;
    relieve(in);
    for (std::int64_t place = 0; place < static_cast<std::int64_t>(chosen_.size()); ++place) {
      const std::int64_t out = chosen_[place];
      if (out == last_in_) continue;
      const std::int64_t change = change_[out] - relief_[out] - change_[in];
      if (change > best.change) continue;
      n_equal = change < best.change ? 1 : n_equal + 1;
      if (n_equal > 1 && random_.uniform() * static_cast<double>(n_equal) >= 1.0) continue;
      best = Swap{in, place, change};
    }
  }
  return best;
}

std::int64_t CoverSearch::run(std::int64_t n_steps) {
  for (std::int64_t step = 0; step < n_steps; ++step) {
    if (shortage_ == 0 || chosen_.empty()) return step;
    const Swap swap = best_swap(draw_row());
    if (swap.in < 0 || swap.change >= 0) add_weight();
    last_in_ = last_out_ = -1;
    if (swap.in < 0) continue;
    last_in_ = swap.in;
    last_out_ = chosen_[swap.out];
    close(swap.out);
    open(swap.in);
    note_best();
  }
  return n_steps;
}

}  // namespace placement
