// The tables of the search, kept up to date: who is covered how often, and what each column is worth.
#include "cover_search.hpp"

#include <algorithm>
#include <limits>

namespace placement {

namespace {

Lists lists_of(const Sets& sets) {
  const std::int64_t n = sets.n_sets;
  return Lists{{sets.start, sets.start + n}, {sets.start + 1, sets.start + n + 1}, {sets.items, sets.items + sets.start[n]}};
}

bool lie_within(const Lists& lists, const std::int64_t* end) {
  for (std::size_t s = 0; s < lists.start.size(); ++s) {
    if (end[s] < lists.start[s] || end[s] > lists.end[s]) return false;
  }
  return true;
}

}  // namespace

CoverSearch::CoverSearch(const Sets& columns, const Sets& rows, const std::int64_t* need, std::int64_t p, std::uint64_t seed)
    : columns_(lists_of(columns)), rows_(lists_of(rows)), need_(need, need + rows.n_sets),
      weight_(static_cast<std::size_t>(rows.n_sets), 1), relief_(static_cast<std::size_t>(columns.n_sets), 0),
      is_open_(static_cast<std::size_t>(columns.n_sets), 0), p_(p), random_(seed) {
  start_from(nullptr, 0);
}

void CoverSearch::start_from(const std::int64_t* chosen, std::int64_t count) {
  chosen_.assign(chosen, chosen + count);
  rebuild();
  while (static_cast<std::int64_t>(chosen_.size()) > p_) {
    std::int64_t least = 0;
    for (std::int64_t place = 1; place < static_cast<std::int64_t>(chosen_.size()); ++place) {
      if (change_[chosen_[place]] < change_[chosen_[least]]) least = place;
    }
    close(least);
  }
  while (static_cast<std::int64_t>(chosen_.size()) < p_) {
    std::int64_t most = -1;
    for (std::int64_t column = 0; column < static_cast<std::int64_t>(is_open_.size()); ++column) {
      if (!is_open_[column] && (most < 0 || change_[column] > change_[most])) most = column;
    }
    if (most < 0) break;
    open(most);
  }
  best_shortage_ = std::numeric_limits<std::int64_t>::max();
  note_best();
}

bool CoverSearch::can_narrow(const std::int64_t* column_end, const std::int64_t* row_end) const {
  return lie_within(columns_, column_end) && lie_within(rows_, row_end);
}

void CoverSearch::narrow(const std::int64_t* column_end, const std::int64_t* row_end, const std::int64_t* need) {
  need_.assign(need, need + need_.size());
  columns_.end.assign(column_end, column_end + columns_.end.size());
  rows_.end.assign(row_end, row_end + rows_.end.size());
  const std::vector<std::int64_t> kept = chosen_;
  start_from(kept.data(), static_cast<std::int64_t>(kept.size()));
}

void CoverSearch::rebuild() {
  const std::vector<std::int64_t> kept = chosen_;
  chosen_.clear();
  last_in_ = last_out_ = -1;
  shortage_ = 0;
  std::fill(is_open_.begin(), is_open_.end(), 0);
  count_.assign(need_.size(), 0);
  owners_.assign(need_.size(), 0);
  change_.assign(is_open_.size(), 0);
  lacking_.clear();
  lacking_place_.assign(need_.size(), -1);
  for (std::int64_t row = 0; row < static_cast<std::int64_t>(need_.size()); ++row) {
    if (need_[row] <= 0) continue;
    shortage_ += need_[row];
    lacking_place_[row] = static_cast<std::int64_t>(lacking_.size());
    lacking_.push_back(row);
    shift_closed(row, weight_[row]);
  }
  for (const std::int64_t column : kept) open(column);
}

void CoverSearch::shift_closed(std::int64_t row, std::int64_t by) {
  for (std::int64_t e = rows_.start[row]; e < rows_.end[row]; ++e) {
    if (!is_open_[rows_.items[e]]) change_[rows_.items[e]] += by;
  }
}

void CoverSearch::shift_open(std::int64_t row, std::int64_t by) {
  if (count_[row] == 1) {
    change_[owners_[row]] += by;
    return;
  }
  for (std::int64_t e = rows_.start[row]; e < rows_.end[row]; ++e) {
    if (is_open_[rows_.items[e]]) change_[rows_.items[e]] += by;
  }
}

void CoverSearch::open(std::int64_t column) {
  std::int64_t loss = 0;
  for (std::int64_t e = columns_.start[column]; e < columns_.end[column]; ++e) {
    const std::int64_t row = columns_.items[e];
    if (count_[row] == need_[row]) shift_open(row, -weight_[row]);
    count_[row] += 1;
    owners_[row] += column;
    if (count_[row] > need_[row]) continue;
    loss += weight_[row];
    shortage_ -= 1;
    if (count_[row] < need_[row]) continue;
    shift_closed(row, -weight_[row]);
    const std::int64_t place = lacking_place_[row];
    lacking_[place] = lacking_.back();
    lacking_place_[lacking_[place]] = place;
    lacking_place_[row] = -1;
    lacking_.pop_back();
  }
  is_open_[column] = 1;
  change_[column] = loss;
  chosen_.push_back(column);
}

void CoverSearch::close(std::int64_t place) {
  const std::int64_t column = chosen_[place];
  chosen_.erase(chosen_.begin() + place);
  is_open_[column] = 0;
  std::int64_t gain = 0;
  for (std::int64_t e = columns_.start[column]; e < columns_.end[column]; ++e) {
    const std::int64_t row = columns_.items[e];
    count_[row] -= 1;
    owners_[row] -= column;
    if (count_[row] == need_[row]) shift_open(row, weight_[row]);
    if (count_[row] >= need_[row]) continue;
    gain += weight_[row];
    shortage_ += 1;
    if (count_[row] + 1 < need_[row]) continue;
    shift_closed(row, weight_[row]);
    lacking_place_[row] = static_cast<std::int64_t>(lacking_.size());
    lacking_.push_back(row);
  }
  change_[column] = gain;
}

}  // namespace placement
