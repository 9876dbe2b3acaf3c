// A clustering that is changed in a few places at a time: labels, costs, sums and centres stay in step.
#pragma once

#include <cstdint>
#include <vector>

#include "dataset.hpp"

namespace placement {

class LocalState {
 public:
  LocalState(const Dataset& data, std::int64_t n_clusters, std::int64_t n_locked);

  // Every point to its nearest of centers (k, d); sums are taken anew.
  void start(const double* centers);

  // The centre j stands elsewhere: `settle` must hear of it.
  void place(std::int32_t j, const double* x);

  // One step of Lloyd's iteration in which only what the moved centres can change is looked at: their own points against
  // all centres, the other points against the moved ones. Returns whether a centre has moved again.
  bool settle();

  // Moves single points while that lowers the cost (Hartigan and Wong, Applied Statistics 28(1), 1979): the gain of leaving
  // counts that the own centre stands nearer than it would without the point. Looks at points of, and moves to, the
  // touched clusters. Returns whether a point moved; `settle` must follow.
  bool polish();

  // Clusters changed since the last call of this.
  void forget_touched();

  // Sums from the labels, free of what adding and taking away has left.
  void renew();

  double cost() const { return cost_; }
  const double* center(std::int64_t j) const { return centers_.data() + j * d_; }
  const std::vector<double>& centers() const { return centers_; }
  double weight(std::int64_t j) const { return weight_[j]; }
  double squared(std::int64_t point) const { return squared_[point]; }
  std::int32_t label(std::int64_t point) const { return label_[point]; }

 private:
  void settle_tile(std::int64_t from, int count);
  void settle_pending();
  void give(std::int64_t point, std::int32_t to, double squared);
  void transfer(std::int64_t point, std::int32_t to);
  bool update_centers();
  void mark(std::int32_t j);
  void collect_places(const std::vector<std::int32_t>& which);
  void gather(const std::int64_t* points, int count);
  void polish_strangers(std::int64_t from, int count, const std::vector<std::int32_t>& touched);
  void polish_members(std::int32_t own, const std::vector<std::int32_t>& all);
  bool may_gain(std::int64_t point, double squared) const;
  void polish_point(std::int64_t point, const std::vector<std::int32_t>& others);
  double squared_to(std::int64_t point, std::int32_t j) const {
    double sum = 0.0;
    for (int feature = 0; feature < d_; ++feature) {
      const double step = data_->at(point, feature) - centers_[j * d_ + feature];
      sum += step * step;
    }
    return sum;
  }

  const Dataset* data_;
  std::int64_t k_;
  std::int64_t n_locked_;
  int d_;
  std::vector<std::int32_t> label_;
  std::vector<double> squared_;  // to the own centre
  std::vector<double> centers_, sum_, weight_;
  std::vector<std::int32_t> moved_;    // centres that have moved since the last step, in rising order
  std::vector<char> is_moved_;
  std::vector<char> is_changed_;       // clusters that have won or lost a point in this step
  std::vector<char> is_touched_;
  std::vector<double> places_;         // centres that points are compared with
  std::vector<std::int64_t> pending_;  // points whose own centre has moved
  std::vector<double> pending_columns_;
  std::vector<std::vector<std::int64_t>> members_;  // of touched clusters
  double lightest_ = 0.0;              // weight of the lightest cluster
  double cost_ = 0.0;
};

}  // namespace placement
