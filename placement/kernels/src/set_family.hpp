// A family of sets of points as bits: each set once, and in the end only those that no other contains.
#pragma once

#include <cstdint>
#include <unordered_map>
#include <vector>

#include "cover_sets.hpp"

namespace placement {

class SetFamily {
 public:
  explicit SetFamily(std::int64_t n_points) : n_points_(n_points), n_words_(static_cast<std::size_t>((n_points + 63) / 64)) {}

  std::size_t n_words() const { return n_words_; }
  // Adds the set of n_words() words unless it is there; the first place is kept.
  void add(const std::vector<std::uint64_t>& set, const Spot& place);
  // The sets that no other contains, the largest first, then in the order in which they were added.
  CoverSets maximal() const;

 private:
  const std::uint64_t* words(std::size_t set) const { return words_.data() + set * n_words_; }
  bool is_within(std::size_t small, std::size_t large) const;
  std::vector<std::size_t> largest_first() const;
  std::vector<std::int32_t> members(std::size_t set) const;

  std::int64_t n_points_;
  std::size_t n_words_;
  std::vector<std::uint64_t> words_;
  std::vector<Spot> places_;
  std::unordered_multimap<std::uint64_t, std::size_t> by_hash_;
};

}  // namespace placement
