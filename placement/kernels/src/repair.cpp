#include "repair.hpp"

#include <vector>

namespace placement {

namespace {

constexpr std::int64_t kNone = -1;

// Which clusters can give a point away: locked ones, and free ones whose weighted points stand at two places or more.
std::vector<char> find_donors(const Dataset& data, std::int64_t n_locked, const Clusters& clusters) {
  std::vector<char> is_donor(clusters.weight.size(), 0);
  std::vector<std::int64_t> first(clusters.weight.size(), kNone);
  for (std::int64_t j = 0; j < n_locked; ++j) is_donor[j] = 1;
  for (std::int64_t i = 0; i < data.n(); ++i) {
    const std::int32_t cluster = clusters.label[i];
    if (is_donor[cluster] || !(data.weight(i) > 0.0)) continue;
    if (first[cluster] == kNone) first[cluster] = i;
    is_donor[cluster] = !data.same_place(i, first[cluster]);
  }
  return is_donor;
}

std::int64_t find_costliest_point(const Dataset& data, const std::vector<char>& is_donor, const double* centers,
                                  const Clusters& clusters) {
  std::int64_t costliest = kNone;
  double largest = 0.0;
  for (std::int64_t i = 0; i < data.n(); ++i) {
    const std::int32_t cluster = clusters.label[i];
    if (!is_donor[cluster]) continue;
    const double cost = data.weight(i) * data.squared_distance(i, centers + static_cast<std::int64_t>(cluster) * data.d());
    if (cost > largest) {
      largest = cost;
      costliest = i;
    }
  }
  return costliest;
}

// Summed anew, not by difference: taking a heavy point away from a light rest would leave rounding only.
void sum_cluster(const Dataset& data, std::int32_t cluster, Clusters& clusters) {
  double* sum = clusters.sum.data() + static_cast<std::int64_t>(cluster) * data.d();
  for (int feature = 0; feature < data.d(); ++feature) sum[feature] = 0.0;
  clusters.weight[cluster] = 0.0;
  for (std::int64_t i = 0; i < data.n(); ++i) {
    if (clusters.label[i] != cluster) continue;
    clusters.weight[cluster] += data.weight(i);
    for (int feature = 0; feature < data.d(); ++feature) sum[feature] += data.weight(i) * data.at(i, feature);
  }
}

void give_point(const Dataset& data, std::int64_t point, std::int32_t receiver, Clusters& clusters) {
  const std::int32_t donor = clusters.label[point];
  for (std::int64_t i = 0; i < data.n(); ++i) {
    if (clusters.label[i] == donor && data.same_place(i, point)) clusters.label[i] = receiver;
  }
  sum_cluster(data, donor, clusters);
  sum_cluster(data, receiver, clusters);
}

}  // namespace

std::int32_t repair_empty_clusters(const Dataset& data, std::int64_t n_locked, double* centers, Clusters& clusters) {
  std::int32_t n_moved = 0;
  const std::int64_t k = static_cast<std::int64_t>(clusters.weight.size());
  for (std::int64_t j = n_locked; j < k; ++j) {
    if (clusters.weight[j] > 0.0) continue;
    const std::vector<char> is_donor = find_donors(data, n_locked, clusters);
    const std::int64_t point = find_costliest_point(data, is_donor, centers, clusters);
    if (point == kNone) break;
    data.copy_point(point, centers + j * data.d());
    give_point(data, point, static_cast<std::int32_t>(j), clusters);
    ++n_moved;
  }
  return n_moved;
}

}  // namespace placement
