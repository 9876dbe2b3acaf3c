#include "tree_order.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace placement {

namespace {

constexpr int kMostBits = 24;
constexpr int kHalf = 12;  // bits of one look-up table
// On average. Sorting within crowded cells costs more than more bits do, and density varies more in space than in the plane.
constexpr double kPointsPerCell[] = {8.0, 8.0, 1.0, 1.0};
constexpr std::int64_t kSlice = 1 << 16;

std::int64_t n_slices(std::int64_t n) { return std::max<std::int64_t>(1, (n + kSlice - 1) / kSlice); }

struct Extent {
  std::vector<double> low, high;
};

Extent find_extent(const RawPoints& raw, Team& team) {
  const std::int64_t slices = n_slices(raw.n);
  const double far = std::numeric_limits<double>::infinity();
  std::vector<double> low(static_cast<std::size_t>(slices * raw.d), far), high(low.size(), -far);
  team.run(slices, [&](std::int64_t slice, int) {
    double* const least = low.data() + slice * raw.d;
    double* const most = high.data() + slice * raw.d;
    for (std::int64_t i = slice * kSlice; i < std::min(raw.n, (slice + 1) * kSlice); ++i) {
      if (!(raw.weight(i) > 0.0)) continue;
      for (int feature = 0; feature < raw.d; ++feature) {
        least[feature] = std::min(least[feature], raw.at(i, feature));
        most[feature] = std::max(most[feature], raw.at(i, feature));
      }
    }
  });
  for (std::int64_t part = raw.d; part < slices * raw.d; ++part) {
    low[part % raw.d] = std::min(low[part % raw.d], low[part]);
    high[part % raw.d] = std::max(high[part % raw.d], high[part]);
  }
  return Extent{low, high};
}

// Along one axis: how far apart the grid lines are, and which bits of the cell number the step along it becomes.
struct Axis {
  double low = 0.0;
  double per_step = 0.0;
  std::uint32_t last = 0;
  std::array<std::uint32_t, 1 << kHalf> below{}, above{};  // the lower and the upper bits of the step, spread

  std::uint32_t spread(double value) const {
    const std::uint32_t step = std::min(static_cast<std::uint32_t>((value - low) * per_step), last);
    return below[step & ((1u << kHalf) - 1)] | above[step >> kHalf];
  }
};

std::vector<int> plan_halvings(const Extent& extent, int d, int n_bits) {
  std::vector<double> side(static_cast<std::size_t>(d));
  for (int feature = 0; feature < d; ++feature) side[feature] = extent.high[feature] - extent.low[feature];
  std::vector<int> halved;
  for (int bit = 0; bit < n_bits; ++bit) {
    const auto longest = std::max_element(side.begin(), side.end());
    if (!(*longest > std::numeric_limits<double>::min() * (1 << kMostBits))) break;
    halved.push_back(static_cast<int>(longest - side.begin()));
    *longest /= 2.0;
  }
  return halved;
}

void fill_table(Axis& axis, const std::vector<int>& place, int from, std::array<std::uint32_t, 1 << kHalf>& table) {
  const int n_bits = std::clamp(static_cast<int>(place.size()) - from, 0, kHalf);
  for (std::uint32_t step = 0; step < (1u << n_bits); ++step) {
    for (int bit = 0; bit < n_bits; ++bit) table[step] |= ((step >> bit) & 1u) << place[from + bit];
  }
  axis.last = (1u << place.size()) - 1;
}

std::vector<Axis> make_axes(const Extent& extent, int d, const std::vector<int>& halved) {
  std::vector<Axis> axes(static_cast<std::size_t>(d));
  for (int feature = 0; feature < d; ++feature) {
    std::vector<int> place;  // of each bit of the step, lowest first
    for (int bit = static_cast<int>(halved.size()) - 1; bit >= 0; --bit) {
      if (halved[bit] == feature) place.push_back(static_cast<int>(halved.size()) - 1 - bit);
    }
    Axis& axis = axes[feature];
    axis.low = extent.low[feature];
    if (!place.empty()) axis.per_step = static_cast<double>(1u << place.size()) / (extent.high[feature] - axis.low);
    fill_table(axis, place, 0, axis.below);
    fill_table(axis, place, kHalf, axis.above);
  }
  return axes;
}

std::vector<Ticket> hand_out_tickets(const RawPoints& raw, const std::vector<Axis>& axes, Team& team) {
  std::vector<Ticket> tickets(static_cast<std::size_t>(raw.n));
  team.run(n_slices(raw.n), [&](std::int64_t slice, int) {
    for (std::int64_t i = slice * kSlice; i < std::min(raw.n, (slice + 1) * kSlice); ++i) {
      std::uint32_t cell = kNowhere;
      if (raw.weight(i) > 0.0) {
        cell = 0;
        for (int feature = 0; feature < raw.d; ++feature) cell |= axes[feature].spread(raw.at(i, feature));
      }
      tickets[i] = Ticket{cell, static_cast<std::uint32_t>(i)};
    }
  });
  const auto is_weightless = [](const Ticket& ticket) { return ticket.cell == kNowhere; };
  tickets.erase(std::remove_if(tickets.begin(), tickets.end(), is_weightless), tickets.end());
  return tickets;
}

// One stable pass of a radix sort. Counts are kept slice by slice, so that slices can be dealt out side by side.
void deal(const std::vector<Ticket>& from, std::vector<Ticket>& to, int shift, int n_bits, Team& team) {
  const std::int64_t n = static_cast<std::int64_t>(from.size()), slices = std::min<std::int64_t>(64, n_slices(n));
  const std::int64_t size = (n + slices - 1) / slices;
  const std::uint32_t mask = (1u << n_bits) - 1;
  std::vector<std::uint32_t> next(static_cast<std::size_t>(slices) << n_bits);
  team.run(slices, [&](std::int64_t slice, int) {
    std::uint32_t* const count = next.data() + (slice << n_bits);
    const Ticket* const end = from.data() + std::min(n, (slice + 1) * size);
    for (const Ticket* ticket = from.data() + slice * size; ticket < end; ++ticket) ++count[(ticket->cell >> shift) & mask];
  });
  std::uint32_t sum = 0;
  for (std::uint32_t value = 0; value <= mask; ++value) {
    for (std::int64_t slice = 0; slice < slices; ++slice) {
      const std::uint32_t count = next[(slice << n_bits) + value];
      next[(slice << n_bits) + value] = sum;
      sum += count;
    }
  }
  team.run(slices, [&](std::int64_t slice, int) {
    std::uint32_t* const place = next.data() + (slice << n_bits);
    Ticket* const target = to.data();
    const Ticket* const end = from.data() + std::min(n, (slice + 1) * size);
    for (const Ticket* ticket = from.data() + slice * size; ticket < end; ++ticket) {
      target[place[(ticket->cell >> shift) & mask]++] = *ticket;
    }
  });
}

}  // namespace

int count_halvings(std::int64_t n, int d) {
  const double cells = std::max(1.0, static_cast<double>(n) / kPointsPerCell[d - 1]);
  return std::clamp(static_cast<int>(std::ceil(std::log2(cells))), 0, kMostBits);
}

CellOrder order_by_cell(const RawPoints& raw, int n_halvings, Team& team) {
  const Extent extent = find_extent(raw, team);
  const std::vector<int> halved = plan_halvings(extent, raw.d, n_halvings);
  const int n_bits = static_cast<int>(halved.size());
  CellOrder order{hand_out_tickets(raw, make_axes(extent, raw.d, halved), team), n_bits};
  if (n_bits == 0) return order;
  const int n_passes = (n_bits + 10) / 11, per_pass = (n_bits + n_passes - 1) / n_passes;
  std::vector<Ticket> other(order.tickets.size());
  for (int pass = 0; pass < n_passes; ++pass) {
    deal(order.tickets, other, pass * per_pass, std::min(per_pass, n_bits - pass * per_pass), team);
    order.tickets.swap(other);
  }
  return order;
}

}  // namespace placement
