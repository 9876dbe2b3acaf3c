#include "containment.hpp"

#include <vector>

namespace placement {

namespace {

// One bit an item for every set.
class Bits {
 public:
  explicit Bits(const Sets& sets) : words_((sets.n_items + 63) / 64), bits_(static_cast<std::size_t>(sets.n_sets * words_)) {
    for (std::int64_t s = 0; s < sets.n_sets; ++s) {
      for (std::int64_t e = sets.start[s]; e < sets.start[s + 1]; ++e) {
        bits_[static_cast<std::size_t>(s * words_ + sets.items[e] / 64)] |= std::uint64_t{1} << (sets.items[e] % 64);
      }
    }
  }

  bool has(std::int64_t s, std::int64_t item) const {
    return (bits_[static_cast<std::size_t>(s * words_ + item / 64)] >> (item % 64)) & 1;
  }

 private:
  std::int64_t words_;
  std::vector<std::uint64_t> bits_;
};

bool is_part(const Sets& sets, const Bits& bits, std::int64_t inner, std::int64_t outer) {
  for (std::int64_t e = sets.start[inner]; e < sets.start[inner + 1]; ++e) {
    if (!bits.has(outer, sets.items[e])) return false;
  }
  return true;
}

// Every set that holds this one holds this item: the one in the fewest sets leaves the fewest to compare with.
std::int64_t rarest_item(const Sets& sets, const Sets& turned, std::int64_t s) {
  std::int64_t rarest = sets.items[sets.start[s]];
  for (std::int64_t e = sets.start[s] + 1; e < sets.start[s + 1]; ++e) {
    if (turned.size(sets.items[e]) < turned.size(rarest)) rarest = sets.items[e];
  }
  return rarest;
}

}  // namespace

void mark_containment(const Sets& sets, const Sets& turned, std::uint8_t* is_within, std::uint8_t* is_holding) {
  const Bits bits(sets);
  for (std::int64_t inner = 0; inner < sets.n_sets; ++inner) {
    if (sets.size(inner) == 0) {
      is_within[inner] = 1;
      continue;
    }
    const std::int64_t item = rarest_item(sets, turned, inner);
    for (std::int64_t e = turned.start[item]; e < turned.start[item + 1]; ++e) {
      const std::int64_t outer = turned.items[e];
      const std::int64_t more = sets.size(outer) - sets.size(inner);
      if (outer == inner || more < 0 || (is_within[inner] && is_holding[outer])) continue;
      if (!is_part(sets, bits, inner, outer)) continue;
      if (more > 0 || outer < inner) is_within[inner] = 1;
      if (more > 0 || inner < outer) is_holding[outer] = 1;
    }
  }
}

}  // namespace placement
