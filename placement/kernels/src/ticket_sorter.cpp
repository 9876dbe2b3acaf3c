#include "ticket_sorter.hpp"

namespace placement {

namespace {
constexpr int kDigit = 12;  // most bits sorted by in one pass
}  // namespace

const std::vector<Ticket>& TicketSorter::sort(const std::uint32_t* cell, std::int64_t n, int n_low_bits) {
  tickets_.resize(static_cast<std::size_t>(n));
  for (std::size_t i = 0; i < tickets_.size(); ++i) tickets_[i] = Ticket{cell[i], static_cast<std::uint32_t>(i)};
  const int n_passes = (n_low_bits + kDigit - 1) / kDigit;
  for (int pass = 0; pass < n_passes; ++pass) {
    const int shift = n_low_bits * pass / n_passes;
    sort_by_digit(shift, n_low_bits * (pass + 1) / n_passes - shift);
  }
  return tickets_;
}

// One stable pass of a radix sort.
void TicketSorter::sort_by_digit(int shift, int n_bits) {
  const std::uint32_t mask = (1u << n_bits) - 1;
  next_.assign(std::size_t{1} << n_bits, 0);
  for (const Ticket& ticket : tickets_) ++next_[(ticket.cell >> shift) & mask];
  std::uint32_t sum = 0;
  for (std::uint32_t& place : next_) {
    const std::uint32_t count = place;
    place = sum;
    sum += count;
  }
  other_.resize(tickets_.size());
  for (const Ticket& ticket : tickets_) other_[next_[(ticket.cell >> shift) & mask]++] = ticket;
  tickets_.swap(other_);
}

}  // namespace placement
