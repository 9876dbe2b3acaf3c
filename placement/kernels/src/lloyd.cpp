#include "lloyd.hpp"

#include <algorithm>

#include "repair.hpp"

namespace placement {

Lloyd::Lloyd(const Dataset& data, const LloydRules& rules, std::unique_ptr<Assigner> assigner)
    : data_(data), rules_(rules), assigner_(std::move(assigner)) {
  clusters_.sum.resize(static_cast<std::size_t>(rules.n_clusters) * data.d());
  clusters_.weight.resize(static_cast<std::size_t>(rules.n_clusters));
}

Outcome Lloyd::run(double* centers, Pulse& pulse) {
  assigner_->reset(clusters_);
  Outcome outcome{0.0, 0, Stop::kMaxIter, 0};
  while (outcome.n_iter < rules_.max_iter) {
    ++outcome.n_iter;
    if (!assigner_->assign(centers, clusters_)) {  // then nothing can be repaired either: labels as the last repair left them
      outcome.stop = Stop::kLabelsUnchanged;
      outcome.inertia = assigner_->inertia(centers);
      return outcome;
    }
    const std::int32_t n_relocated = repair(centers);
    outcome.n_relocations += n_relocated;
    const double shift = move_centers(centers);
    if (n_relocated == 0 && shift <= rules_.tol) {
      outcome.stop = Stop::kCenterShift;
      break;
    }
    if (outcome.n_iter < rules_.max_iter && pulse.is_over(static_cast<double>(data_.n()))) {
      outcome.stop = Stop::kTimeLimit;
      break;
    }
  }
  outcome.inertia = assigner_->inertia_after_move(centers, clusters_);
  return outcome;
}

std::int32_t Lloyd::repair(double* centers) {
  const auto is_empty = [](double weight) { return !(weight > 0.0); };
  if (std::none_of(clusters_.weight.begin() + rules_.n_locked, clusters_.weight.end(), is_empty)) return 0;
  assigner_->fill_labels(centers, clusters_);
  const std::int32_t n_moved = repair_empty_clusters(data_, rules_.n_locked, centers, clusters_);
  if (n_moved > 0) assigner_->accept_labels(clusters_);
  return n_moved;
}

// Each free centre with weight to the weighted mean of its points; returns the squared length of all moves together.
double Lloyd::move_centers(double* centers) const {
  const int d = data_.d();
  double shift = 0.0;
  for (std::int64_t j = rules_.n_locked; j < rules_.n_clusters; ++j) {
    if (!(clusters_.weight[j] > 0.0)) continue;
    for (int feature = 0; feature < d; ++feature) {
      const double mean = clusters_.sum[j * d + feature] / clusters_.weight[j];
      const double step = mean - centers[j * d + feature];
      shift += step * step;
      centers[j * d + feature] = mean;
    }
  }
  return shift;
}

}  // namespace placement
