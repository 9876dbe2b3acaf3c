// Local search over sets of open sites: eager swaps, and kicks out of local optima.
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "random.hpp"
#include "site_lists.hpp"

namespace placement {

// The open sites stand in p slots. Slot p stands for the fallback; it is never closed.
class SiteSwaps {
 public:
  SiteSwaps(const SiteLists& lists, std::vector<std::int32_t> open);

  // Takes swaps that lower the cost until none does or so many list entries were read; returns whether none does.
  bool settle(std::int64_t most_work);

  // So many times: swaps a few sites at random, settles, and goes back if that costs more. Returns how often the cost fell.
  std::int64_t kick(Random& random, std::int64_t n_kicks);

  // Starts again from these sites.
  void restart(std::vector<std::int32_t> open);

  double value() const;
  const std::vector<std::int32_t>& open() const { return state_.open; }
  std::int64_t work() const { return work_; }

  // Fills first and second (n,): what the best and the second best open site of each point cost.
  void services(double* first, double* second) const;

 private:
  struct Service {
    double first, second;
    std::int32_t near, next;  // slots
  };

  struct State {
    std::vector<std::int32_t> open;    // (p,) the site of each slot
    std::vector<std::int32_t> slot;    // (m,) the slot of each site, -1 when closed
    std::vector<Service> service;      // (n,)
    std::vector<double> loss;          // (p + 1,) what closing a slot alone would cost
    std::vector<double> opening;       // (m,) what opening a site alone would change, <= 0
    std::vector<double> extra;         // (m, p) what closing a slot costs less when the site opens; empty without a table
    std::int32_t least = 0;            // the slot of least loss
  };

  // What a kick changed, for taking it back: the first change of each point and site counts.
  struct Journal {
    std::vector<std::int32_t> open;
    std::vector<std::pair<std::int32_t, Service>> service;
    std::vector<std::pair<std::int32_t, double>> opening;
    std::vector<std::int64_t> point_stamp, site_stamp;  // (n,), (m,)
    std::int64_t stamp = 0;
  };

  struct Swap {
    double change;
    std::int32_t slot;
  };

  Service serve(std::int64_t i) const;
  Swap best_swap(std::int32_t j) { return is_tabled_ ? swap_from_table(j) : swap_from_column(j); }
  Swap swap_from_table(std::int32_t j);
  Swap swap_from_column(std::int32_t j);
  void count(std::int64_t i, double sign, bool is_marking);
  void fill_table();
  void begin_journal();
  void take_back();
  void swap_best(double needed);
  void make_swap(std::int32_t slot, std::int32_t j);
  void replace_service(std::int64_t i, const Service& service);
  void mark(std::int32_t j);
  void add_up_losses();
  void find_least();
  double least_gain() const;
  bool mark_openings(double threshold);
  void shake(Random& random);

  const SiteLists& lists_;
  bool is_tabled_;
  State state_;
  Journal journal_;
  std::vector<std::int32_t> queue_;
  std::size_t head_ = 0;
  std::vector<std::uint8_t> is_queued_;  // (m,)
  std::vector<double> extra_;            // (p + 1,) work space of best_swap
  std::vector<std::int64_t> seen_slot_;  // (p + 1,)
  std::vector<std::int32_t> touched_;
  std::vector<std::int64_t> seen_point_;  // (n,)
  std::int64_t stamp_ = 0;
  std::int64_t n_read_ = 0;  // entries read for the marks of this swap
  std::int64_t swap_work_ = 0;  // how much looking at sites precedes the next swap
  std::int64_t work_ = 0;
};

}  // namespace placement
