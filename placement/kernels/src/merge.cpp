#include "merge.hpp"

#include <algorithm>
#include <array>
#include <cstring>

namespace placement {

namespace {

// The first coordinate travels with the index: most comparisons need no look at the points themselves.
struct Entry {
  double first;
  std::int64_t index;
};

class Order {
 public:
  Order(const double* points, const double* weights, int d) : points_(points), weights_(weights), d_(d) {}

  // Among copies the lighter goes first, so that even the rounding of their summed weight is canonical.
  bool operator()(const Entry& a, const Entry& b) const {
    if (a.first != b.first) return a.first < b.first;
    for (int feature = 1; feature < d_; ++feature) {
      const double left = points_[a.index * d_ + feature];
      const double right = points_[b.index * d_ + feature];
      if (left != right) return left < right;
    }
    return weights_[a.index] < weights_[b.index];
  }

  bool same_place(const double* a, const double* b) const { return std::equal(a, a + d_, b); }

 private:
  const double* points_;
  const double* weights_;
  int d_;
};

std::vector<Entry> weighted_entries(const double* points, const double* weights, std::int64_t n, int d) {
  std::vector<Entry> entries;
  entries.reserve(static_cast<std::size_t>(n));
  for (std::int64_t i = 0; i < n; ++i) {
    if (weights[i] > 0.0) entries.push_back(Entry{points[i * d], i});
  }
  return entries;
}

constexpr std::size_t kFew = 4096;  // below, comparing is as fast as counting
constexpr int kBits = 11;
constexpr std::uint64_t kDigits = std::uint64_t{1} << kBits;

// Whole numbers in the order of the doubles; both zeros are one.
std::uint64_t rank_of(double value) {
  value += 0.0;
  std::uint64_t bits;
  std::memcpy(&bits, &value, sizeof bits);
  return bits >> 63 ? ~bits : bits | (std::uint64_t{1} << 63);
}

// Sort by the first coordinate, digit by digit from the lowest: no comparison, so none that is guessed wrong.
void sort_by_first(std::vector<Entry>& entries) {
  std::vector<Entry> other(entries.size());
  for (int shift = 0; shift < 64; shift += kBits) {
    std::array<std::size_t, kDigits + 1> start{};
    for (const Entry& entry : entries) ++start[(rank_of(entry.first) >> shift & (kDigits - 1)) + 1];
    if (std::find(start.begin(), start.end(), entries.size()) != start.end()) continue;  // all have the same digit
    for (std::size_t digit = 1; digit <= kDigits; ++digit) start[digit] += start[digit - 1];
    for (const Entry& entry : entries) other[start[rank_of(entry.first) >> shift & (kDigits - 1)]++] = entry;
    entries.swap(other);
  }
}

void sort_entries(std::vector<Entry>& entries, const Order& order) {
  if (entries.size() < kFew) return std::sort(entries.begin(), entries.end(), order);
  sort_by_first(entries);
  for (auto first = entries.begin(); first != entries.end();) {
    const auto last = std::find_if(first, entries.end(), [&](const Entry& entry) { return entry.first != first->first; });
    if (last - first > 1) std::sort(first, last, order);
    first = last;
  }
}

}  // namespace

WeightedPoints merge(const double* points, const double* weights, std::int64_t n, int d) {
  const Order order(points, weights, d);
  std::vector<Entry> entries = weighted_entries(points, weights, n, d);
  sort_entries(entries, order);
  WeightedPoints merged;
  merged.points.reserve(entries.size() * d);
  merged.weights.reserve(entries.size());
  for (const Entry& entry : entries) {
    const double* point = points + entry.index * d;
    if (!merged.weights.empty() && order.same_place(point, merged.points.data() + merged.points.size() - d)) {
      merged.weights.back() += weights[entry.index];
      continue;
    }
    merged.points.insert(merged.points.end(), point, point + d);
    for (double* x = merged.points.data() + merged.points.size() - d; x < merged.points.data() + merged.points.size(); ++x) {
      *x += 0.0;  // -0.0 becomes 0.0
    }
    merged.weights.push_back(weights[entry.index]);
  }
  return merged;
}

}  // namespace placement
