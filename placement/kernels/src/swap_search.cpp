#include "swap_search.hpp"

#include <algorithm>
#include <limits>

#include "local_state.hpp"

namespace placement {

namespace {

constexpr int kMostSteps = 60;        // of Lloyd's iteration after a kick
constexpr int kMostSettling = 1000;   // until nothing moves; rounding might keep two clusters swapping a point
constexpr double kHopeful = 8.0;      // a kick is given up when so many more steps like the last one would not be enough
constexpr double kWorthPolish = 1.005;  // a result is polished when no more than this above the best

class SwapSearch {
 public:
  SwapSearch(const Dataset& data, const SearchRules& rules, std::uint64_t seed, const double* centers)
      : data_(data), rules_(rules), random_(seed), best_(data, rules.n_clusters, rules.n_locked), trial_(best_) {
    best_.start(centers);
    for (int step = 0; step < kMostSettling && best_.settle(); ++step) {
    }
    for (std::int32_t j = 0; j < rules.n_clusters; ++j) best_.place(j, best_.center(j));
    best_.settle();
    trial_ = best_;
    polish(std::numeric_limits<double>::infinity());
    keep();
  }

  double best_cost() const { return best_.cost(); }
  const std::vector<double>& centers() const { return best_.centers(); }

  // One try; returns whether it was better.
  bool kick() {
    trial_ = best_;
    trial_.forget_touched();
    const int n_swaps = 1 + static_cast<int>(3.0 * random_.uniform() * random_.uniform());
    for (int swap = 0; swap < n_swaps; ++swap) swap_one();
    settle(best_.cost());
    if (!(trial_.cost() < kWorthPolish * best_.cost())) return false;
    polish(best_.cost());
    if (!(trial_.cost() < best_.cost() * (1.0 - 1e-13))) return false;
    keep();
    return true;
  }

 private:
  void keep() {
    trial_.renew();
    best_ = trial_;
    sum_chances();
  }

  // Chances of points to receive a centre, summed up.
  void sum_chances() {
    chance_.resize(static_cast<std::size_t>(data_.n()));
    double sum = 0.0;
    for (std::int64_t i = 0; i < data_.n(); ++i) chance_[i] = sum += data_.weight(i) * best_.squared(i);
  }

  std::int64_t draw_point() {
    const double target = random_.uniform() * chance_.back();
    const auto found = std::upper_bound(chance_.begin(), chance_.end(), target);
    return std::min<std::int64_t>(found - chance_.begin(), data_.n() - 1);
  }

  std::int32_t draw_center() {
    const std::int64_t n_free = rules_.n_clusters - rules_.n_locked;
    return static_cast<std::int32_t>(rules_.n_locked + static_cast<std::int64_t>(random_.uniform() * static_cast<double>(n_free)));
  }

  // About what it costs to merge a cluster with its nearest neighbour.
  double loss_of(std::int32_t j) const {
    double least = std::numeric_limits<double>::infinity();
    for (std::int64_t other = 0; other < rules_.n_clusters; ++other) {
      if (other == j) continue;
      double squared = 0.0;
      for (int feature = 0; feature < data_.d(); ++feature) {
        const double step = trial_.center(j)[feature] - trial_.center(other)[feature];
        squared += step * step;
      }
      const double both = trial_.weight(j) + trial_.weight(other);
      if (both > 0.0) least = std::min(least, trial_.weight(j) * trial_.weight(other) / both * squared);
    }
    return least;
  }

  // A centre that is not much missed: the cheapest of a few drawn ones.
  std::int32_t draw_dispensable() {
    std::int32_t cheapest = draw_center();
    double least = loss_of(cheapest);
    for (int n_more = static_cast<int>(4.0 * random_.uniform()); n_more > 0; --n_more) {
      const std::int32_t j = draw_center();
      const double loss = loss_of(j);
      if (loss < least) {
        least = loss;
        cheapest = j;
      }
    }
    return cheapest;
  }

  void swap_one() {
    std::vector<double> x(static_cast<std::size_t>(data_.d()));
    data_.copy_point(draw_point(), x.data());
    trial_.place(draw_dispensable(), x.data());
  }

  void settle(double goal) {
    double last = std::numeric_limits<double>::infinity();
    for (int step = 0; step < kMostSteps; ++step) {
      const bool has_moved = trial_.settle();
      const double cost = trial_.cost();
      if (!has_moved) return;
      if (step > 1 && cost - kHopeful * (last - cost) > goal) return;
      last = cost;
    }
  }

  void polish(double goal) {
    for (int round = 0; round < kMostSteps && trial_.polish(); ++round) settle(goal);
    for (int step = 0; step < kMostSettling && trial_.settle(); ++step) {
    }
  }

  const Dataset& data_;
  SearchRules rules_;
  Random random_;
  LocalState best_;
  LocalState trial_;
  std::vector<double> chance_;
};

}  // namespace

SearchOutcome search_swaps(const Dataset& data, const SearchRules& rules, std::uint64_t seed, Patience& patience, double* centers) {
  SwapSearch search(data, rules, seed, centers);
  SearchOutcome outcome{{Better{0, search.best_cost()}}, 0, false};
  while (outcome.n_kicks < rules.n_kicks) {
    if (patience.is_over()) {
      outcome.is_stopped_by_time = true;
      break;
    }
    ++outcome.n_kicks;
    if (search.kick()) outcome.history.push_back(Better{outcome.n_kicks, search.best_cost()});
  }
  std::copy(search.centers().begin(), search.centers().end(), centers);
  return outcome;
}

}  // namespace placement
