#include "raw_points.hpp"

#include <algorithm>
#include <limits>
#include <type_traits>

namespace placement {

namespace {

constexpr std::int64_t kSlice = 1 << 16;

std::int64_t n_slices(std::int64_t n) { return std::max<std::int64_t>(1, (n + kSlice - 1) / kSlice); }

// Rows are taken up several at a time, so that there is a register's worth of columns to compare at once.
int rows_at_once(int d) { return d >= 16 ? 1 : 32 / d; }

// What has been seen in each place of a group of rows. A finite number less itself is zero, any other is not.
template <class Scalar>
struct Seen {
  std::vector<Scalar> low, high, strange;

  explicit Seen(std::size_t size)
      : low(size, std::numeric_limits<Scalar>::max()), high(size, std::numeric_limits<Scalar>::lowest()), strange(size, Scalar{}) {}

  void take(const Scalar* from, std::size_t count) {
    Scalar* const least = low.data();
    Scalar* const most = high.data();
    Scalar* const odd = strange.data();
    for (std::size_t i = 0; i < count; ++i) {
      const Scalar x = from[i];
      least[i] = x < least[i] ? x : least[i];
      most[i] = x > most[i] ? x : most[i];
      if constexpr (std::is_floating_point<Scalar>::value) odd[i] += x - x;
    }
  }

  void tell(int d, double* to_low, double* to_high) const {
    for (std::size_t i = 0; i < low.size(); ++i) {
      double& least = to_low[i % static_cast<std::size_t>(d)];
      double& most = to_high[i % static_cast<std::size_t>(d)];
      if (strange[i] != Scalar{}) least = most = std::numeric_limits<double>::quiet_NaN();
      if (static_cast<double>(low[i]) < least) least = static_cast<double>(low[i]);
      if (static_cast<double>(high[i]) > most) most = static_cast<double>(high[i]);
    }
  }
};

Extent nothing(std::int64_t parts, int d) {
  const double far = std::numeric_limits<double>::infinity();
  const std::size_t size = static_cast<std::size_t>(parts * d);
  return Extent{std::vector<double>(size, far), std::vector<double>(size, -far)};
}

// NaN wins: it stands for a number that is not finite.
Extent join_parts(const Extent& parts, int d) {
  Extent whole{{parts.low.begin(), parts.low.begin() + d}, {parts.high.begin(), parts.high.begin() + d}};
  for (std::size_t i = static_cast<std::size_t>(d); i < parts.low.size(); ++i) {
    double& low = whole.low[i % static_cast<std::size_t>(d)];
    double& high = whole.high[i % static_cast<std::size_t>(d)];
    if (!(parts.low[i] >= low)) low = low != low ? low : parts.low[i];
    if (!(parts.high[i] <= high)) high = high != high ? high : parts.high[i];
  }
  return whole;
}

template <class Scalar>
void find_in_slice(const Scalar* first, std::int64_t count, int d, double* low, double* high) {
  const std::size_t group = static_cast<std::size_t>(rows_at_once(d)) * static_cast<std::size_t>(d);
  const std::size_t size = static_cast<std::size_t>(count) * static_cast<std::size_t>(d);
  Seen<Scalar> seen(group);
  for (std::size_t at = 0; at < size; at += group) seen.take(first + at, std::min(group, size - at));
  seen.tell(d, low, high);
}

}  // namespace

Extent find_range(const void* points, Kind kind, std::int64_t n, int d, Team& team) {
  Extent parts = nothing(n_slices(n), d);
  visit_numbers(points, kind, [&](const auto* first) {
    team.run(n_slices(n), [&](std::int64_t slice, int) {
      const std::int64_t from = slice * kSlice;
      find_in_slice(first + from * d, std::min(n - from, kSlice), d, parts.low.data() + slice * d, parts.high.data() + slice * d);
    });
  });
  return join_parts(parts, d);
}

Extent find_extent(const RawPoints& raw, Team& team) {
  Extent parts = raw.weights == nullptr ? find_range(raw.points, raw.kind, raw.n, raw.d, team) : nothing(n_slices(raw.n), raw.d);
  if (raw.weights == nullptr) {
    for (int feature = 0; feature < raw.d; ++feature) {
      parts.low[feature] -= raw.origin[feature];
      parts.high[feature] -= raw.origin[feature];
    }
    return parts;
  }
  visit_numbers(raw.points, raw.kind, [&](const auto* first) {
    team.run(n_slices(raw.n), [&](std::int64_t slice, int) {
      double* const low = parts.low.data() + slice * raw.d;
      double* const high = parts.high.data() + slice * raw.d;
      for (std::int64_t i = slice * kSlice; i < std::min(raw.n, (slice + 1) * kSlice); ++i) {
        if (!(raw.weights[i] > 0.0)) continue;
        for (int feature = 0; feature < raw.d; ++feature) {
          const double x = static_cast<double>(first[i * raw.d + feature]) - raw.origin[feature];
          low[feature] = std::min(low[feature], x);
          high[feature] = std::max(high[feature], x);
        }
      }
    });
  });
  return join_parts(parts, raw.d);
}

std::int64_t count_weighted(const RawPoints& raw) {
  if (raw.weights == nullptr) return raw.n;
  return std::count_if(raw.weights, raw.weights + raw.n, [](double weight) { return weight > 0.0; });
}

std::int64_t count_places(const RawPoints& raw) {
  if (raw.kind != Kind::kByte || raw.d > 3 || raw.weights != nullptr) return count_weighted(raw);
  const std::uint8_t* point = static_cast<const std::uint8_t*>(raw.points);
  std::vector<std::uint64_t> is_taken(std::size_t{1} << (8 * raw.d - 6));
  std::int64_t count = 0;
  for (std::int64_t i = 0; i < raw.n; ++i, point += raw.d) {
    std::uint32_t place = 0;
    for (int feature = 0; feature < raw.d; ++feature) place = place << 8 | point[feature];
    std::uint64_t& word = is_taken[place >> 6];
    count += (~word >> (place & 63)) & 1;
    word |= std::uint64_t{1} << (place & 63);
  }
  return count;
}

}  // namespace placement
