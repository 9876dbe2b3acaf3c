#include "set_family.hpp"

#include <algorithm>
#include <numeric>

namespace placement {

namespace {

int count_bits(std::uint64_t word) {
  int count = 0;
  for (; word != 0; word &= word - 1) ++count;
  return count;
}

int lowest_bit(std::uint64_t word) { return count_bits((word & (~word + 1)) - 1); }

}  // namespace

void SetFamily::add(const std::vector<std::uint64_t>& set, const Spot& place) {
  std::uint64_t hash = 0;
  for (const std::uint64_t word : set) hash = (hash ^ word) * 0x9e3779b97f4a7c15u + (hash >> 29);
  const auto range = by_hash_.equal_range(hash);
  for (auto it = range.first; it != range.second; ++it) {
    if (std::equal(set.begin(), set.end(), words(it->second))) return;
  }
  by_hash_.emplace(hash, places_.size());
  words_.insert(words_.end(), set.begin(), set.end());
  places_.push_back(place);
}

CoverSets SetFamily::maximal() const {
  CoverSets kept;
  kept.start.push_back(0);
  std::vector<std::vector<std::size_t>> holding(static_cast<std::size_t>(n_points_));  // kept sets by point
  for (const std::size_t set : largest_first()) {
    const std::vector<std::int32_t> inside = members(set);
    if (inside.empty()) continue;
    const auto shorter = [&](std::int32_t a, std::int32_t b) { return holding[a].size() < holding[b].size(); };
    const std::vector<std::size_t>& rivals = holding[*std::min_element(inside.begin(), inside.end(), shorter)];
    if (std::any_of(rivals.begin(), rivals.end(), [&](std::size_t rival) { return is_within(set, rival); })) continue;
    for (const std::int32_t i : inside) holding[i].push_back(set);
    kept.member.insert(kept.member.end(), inside.begin(), inside.end());
    kept.start.push_back(static_cast<std::int64_t>(kept.member.size()));
    kept.place.insert(kept.place.end(), {places_[set].x, places_[set].y});
  }
  return kept;
}

bool SetFamily::is_within(std::size_t small, std::size_t large) const {
  const std::uint64_t *a = words(small), *b = words(large);
  for (std::size_t word = 0; word < n_words_; ++word) {
    if (a[word] & ~b[word]) return false;
  }
  return true;
}

std::vector<std::size_t> SetFamily::largest_first() const {
  std::vector<int> size(places_.size(), 0);
  for (std::size_t set = 0; set < size.size(); ++set) {
    for (std::size_t word = 0; word < n_words_; ++word) size[set] += count_bits(words(set)[word]);
  }
  std::vector<std::size_t> order(size.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return size[a] > size[b]; });
  return order;
}

std::vector<std::int32_t> SetFamily::members(std::size_t set) const {
  std::vector<std::int32_t> inside;
  for (std::size_t word = 0; word < n_words_; ++word) {
    for (std::uint64_t rest = words(set)[word]; rest != 0; rest &= rest - 1) {
      inside.push_back(static_cast<std::int32_t>(64 * word) + lowest_bit(rest));
    }
  }
  return inside;
}

}  // namespace placement
