// The door to Python: takes and hands out NumPy arrays, lets go of the interpreter while a kernel runs.
#include <algorithm>
#include <cstdint>
#include <vector>

#include "assign.hpp"
#include "bindings.hpp"
#include "dataset.hpp"
#include "lloyd.hpp"
#include "merge.hpp"
#include "restarts.hpp"

namespace placement {

namespace {

nb::tuple assign_points(Input<double, 2> points, Input<double, 2> centers, int n_threads) {
  const std::size_t n = points.shape(0);
  require(centers.shape(0) > 0, "assign needs at least one centre");
  require(points.shape(1) > 0 && points.shape(1) == centers.shape(1), "points and centers differ in their number of columns");
  std::vector<std::int64_t> label(n);
  std::vector<double> squared(n);
  {
    const nb::gil_scoped_release released;
    assign(points.data(), static_cast<std::int64_t>(n), static_cast<int>(points.shape(1)), centers.data(),
           static_cast<std::int64_t>(centers.shape(0)), n_threads, label.data(), squared.data());
  }
  return nb::make_tuple(hand_out(std::move(label), {n}), hand_out(std::move(squared), {n}));
}

nb::tuple merge_points(Input<double, 2> points, Input<double, 1> weights) {
  const std::size_t d = points.shape(1);
  require(d > 0, "points need at least one column");
  require(points.shape(0) == weights.shape(0), "points and weights differ in their number of rows");
  WeightedPoints merged;
  {
    const nb::gil_scoped_release released;
    merged = merge(points.data(), weights.data(), static_cast<std::int64_t>(points.shape(0)), static_cast<int>(d));
  }
  const std::size_t m = merged.weights.size();
  return nb::make_tuple(hand_out(std::move(merged.points), {m, d}), hand_out(std::move(merged.weights), {m}));
}

nb::tuple column_range(Numbers points, int n_threads) {
  const std::size_t n = points.shape(0), d = points.shape(1);
  require(n > 0 && d > 0, "a range needs at least one point with at least one column");
  const Kind kind = kind_of(points);
  Extent range;
  {
    const nb::gil_scoped_release released;
    Team team(useful_threads(n_threads, static_cast<double>(n) * static_cast<double>(d)));
    range = find_range(points.data(), kind, static_cast<std::int64_t>(n), static_cast<int>(d), team);
  }
  return nb::make_tuple(hand_out(std::move(range.low), {d}), hand_out(std::move(range.high), {d}));
}

void require_problem(Input<double, 2>& points, Input<double, 1>& weights, std::size_t n_clusters, int max_iter) {
  require(points.shape(0) > 0 && points.shape(1) > 0, "k-means needs at least one point with at least one column");
  require(points.shape(0) == weights.shape(0), "points and weights differ in their number of rows");
  require(n_clusters > 0, "k-means needs at least one centre");
  require(max_iter >= 1, "max_iter must be at least 1");
}

PlainGround ground_of(const Input<double, 2>& points, const Input<double, 1>& weights) {
  return PlainGround(Dataset(points.data(), weights.data(), static_cast<std::int64_t>(points.shape(0)), static_cast<int>(points.shape(1))));
}

nb::tuple kmeans_restarts(Input<double, 2> points, Input<double, 1> weights, std::int64_t n_clusters, Input<double, 2> locked,
                          Input<std::uint64_t, 1> seeds, int init, int max_iter, double tol, int n_threads, double time_limit) {
  const std::size_t d = points.shape(1), l = locked.shape(0), r = seeds.shape(0);
  require(n_clusters >= 0, "n_clusters must not be negative");
  const std::size_t k = l + static_cast<std::size_t>(n_clusters);
  require_problem(points, weights, k, max_iter);
  require(locked.shape(1) == d, "points and locked centres differ in their number of columns");
  require(init == 0 || init == 1, "init must be 0 (k-means++) or 1 (random)");
  std::vector<double> centers(r * k * d);
  std::vector<Outcome> outcomes(r);
  Patience patience(time_limit, hear_interrupt);
  {
    const nb::gil_scoped_release released;
    const LloydRules rules{static_cast<std::int64_t>(k), static_cast<std::int64_t>(l), max_iter, tol};
    const PlainGround ground = ground_of(points, weights);
    for (std::size_t i = 0; i < r; ++i) std::copy_n(locked.data(), l * d, centers.data() + i * k * d);
    run_seeded(ground, rules, static_cast<Init>(init), seeds.data(), static_cast<std::int64_t>(r), n_threads, patience, centers.data(),
               outcomes.data());
  }
  return hand_out_runs(std::move(centers), outcomes, k, d);
}

nb::tuple kmeans_from(Input<double, 2> points, Input<double, 1> weights, Input<double, 3> starts, std::int64_t n_locked,
                      int max_iter, double tol, int n_threads, double time_limit) {
  const std::size_t r = starts.shape(0), k = starts.shape(1), d = points.shape(1);
  require_problem(points, weights, k, max_iter);
  require(starts.shape(2) == d, "points and centers differ in their number of columns");
  require(n_locked >= 0 && n_locked <= static_cast<std::int64_t>(k), "n_locked must be between 0 and the number of centres");
  std::vector<double> centers(starts.data(), starts.data() + r * k * d);
  std::vector<Outcome> outcomes(r);
  Patience patience(time_limit, hear_interrupt);
  {
    const nb::gil_scoped_release released;
    const LloydRules rules{static_cast<std::int64_t>(k), n_locked, max_iter, tol};
    const PlainGround ground = ground_of(points, weights);
    run_from(ground, rules, static_cast<std::int64_t>(r), n_threads, patience, centers.data(), outcomes.data());
  }
  return hand_out_runs(std::move(centers), outcomes, k, d);
}

nb::tuple search(Input<double, 2> points, Input<double, 1> weights, Input<double, 2> centers, std::int64_t n_locked,
                 std::uint64_t seed, std::int64_t n_kicks, double time_limit) {
  require_problem(points, weights, centers.shape(0), 1);
  return hand_out_search(ground_of(points, weights).data(), centers, n_locked, seed, n_kicks, time_limit);
}

}  // namespace

}  // namespace placement

NB_MODULE(_core, module) {
  module.def("assign", &placement::assign_points);
  module.def("column_range", &placement::column_range);
  module.def("merge_points", &placement::merge_points);
  module.def("kmeans_restarts", &placement::kmeans_restarts);
  module.def("kmeans_from", &placement::kmeans_from);
  module.def("search_swaps", &placement::search);
  placement::bind_tree(module);
  placement::bind_discs(module);
  placement::bind_pricing(module);
  placement::bind_covers(module);
  placement::bind_sites(module);
}
