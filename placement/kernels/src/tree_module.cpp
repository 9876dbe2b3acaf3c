// The tree's door to Python: built once, asked as often as one likes.
#include <algorithm>
#include <memory>
#include <optional>

#include <nanobind/stl/optional.h>
#include <nanobind/stl/pair.h>

#include "bindings.hpp"
#include "point_tree.hpp"

namespace placement {

namespace {

// How the iteration on a tree's points assigns: on the tree, or every point against every centre.
class SweptTree final : public Ground {
 public:
  explicit SweptTree(const PointTree& tree) : tree_(tree) {}
  const Dataset& data() const override { return tree_.data(); }
  std::unique_ptr<Assigner> make_assigner(std::int64_t n_clusters, Team& team) const override {
    return sweep_over(tree_.data(), n_clusters, team);
  }
  std::unique_ptr<Seeder> make_seeder(std::int64_t n_clusters, Team& team) const override {
    return tree_.make_seeder(n_clusters, team);
  }

 private:
  const PointTree& tree_;
};

class TreeHandle {
 public:
  TreeHandle(Numbers points, std::optional<Input<double, 1>> weights, Input<double, 1> origin,
             std::optional<std::pair<Input<double, 1>, Input<double, 1>>> range, int n_threads) {
    const std::size_t n = points.shape(0), d = points.shape(1);
    require(!weights || weights->shape(0) == n, "points and weights differ in their number of rows");
    require(origin.shape(0) == d, "points and origin differ in their number of columns");
    require(!range || (range->first.shape(0) == d && range->second.shape(0) == d), "points and range differ in their number of columns");
    require(n < kNowhere, "a tree takes at most 4294967294 points");
    const RawPoints raw{points.data(),  kind_of(points), weights ? weights->data() : nullptr,
                        origin.data(), static_cast<std::int64_t>(n), static_cast<int>(d)};
    require(n > 0 && count_weighted(raw) > 0, "a tree needs at least one point with weight");
    std::optional<Extent> extent;
    if (range) {
      extent = Extent{{range->first.data(), range->first.data() + d}, {range->second.data(), range->second.data() + d}};
    }
    const nb::gil_scoped_release released;
    tree_ = make_point_tree(raw, extent, n_threads);
  }

  nb::tuple restarts(std::int64_t n_clusters, Input<double, 2> locked, Input<std::uint64_t, 1> seeds, int init, bool is_swept,
                     int max_iter, double tol, int n_threads, double time_limit) const {
    const std::size_t d = static_cast<std::size_t>(tree_->data().d()), l = locked.shape(0), r = seeds.shape(0);
    require(n_clusters >= 0, "n_clusters must not be negative");
    const std::size_t k = l + static_cast<std::size_t>(n_clusters);
    require_run(k, locked.shape(1), max_iter);
    require(init == 0 || init == 1, "init must be 0 (k-means++) or 1 (random)");
    std::vector<double> centers(r * k * d);
    std::vector<Outcome> outcomes(r);
    Patience patience(time_limit, hear_interrupt);
    for (std::size_t i = 0; i < r; ++i) std::copy_n(locked.data(), l * d, centers.data() + i * k * d);
    {
      const nb::gil_scoped_release released;
      const LloydRules rules{static_cast<std::int64_t>(k), static_cast<std::int64_t>(l), max_iter, tol};
      const SweptTree swept(*tree_);
      const Ground& ground = is_swept ? static_cast<const Ground&>(swept) : *tree_;
      run_seeded(ground, rules, static_cast<Init>(init), seeds.data(), static_cast<std::int64_t>(r), n_threads, patience, centers.data(),
                 outcomes.data());
    }
    return hand_out_runs(std::move(centers), outcomes, k, d);
  }

  nb::tuple from(Input<double, 3> starts, std::int64_t n_locked, bool is_swept, int max_iter, double tol, int n_threads, double time_limit) const {
    const std::size_t r = starts.shape(0), k = starts.shape(1), d = static_cast<std::size_t>(tree_->data().d());
    require_run(k, starts.shape(2), max_iter);
    require(n_locked >= 0 && n_locked <= static_cast<std::int64_t>(k), "n_locked must be between 0 and the number of centres");
    std::vector<double> centers(starts.data(), starts.data() + r * k * d);
    std::vector<Outcome> outcomes(r);
    Patience patience(time_limit, hear_interrupt);
    {
      const nb::gil_scoped_release released;
      const LloydRules rules{static_cast<std::int64_t>(k), n_locked, max_iter, tol};
      const SweptTree swept(*tree_);
      const Ground& ground = is_swept ? static_cast<const Ground&>(swept) : *tree_;
      run_from(ground, rules, static_cast<std::int64_t>(r), n_threads, patience, centers.data(), outcomes.data());
    }
    return hand_out_runs(std::move(centers), outcomes, k, d);
  }

  Output<std::int64_t> labels(Input<double, 2> centers, Input<double, 2> their_centers, Input<double, 1> their_origin,
                              int n_threads) const {
    const std::size_t d = static_cast<std::size_t>(tree_->data().d()), k = centers.shape(0);
    require(k > 0 && their_centers.shape(0) == k, "labels need at least one centre, told twice");
    require(centers.shape(1) == d && their_centers.shape(1) == d && their_origin.shape(0) == d,
            "points and centers differ in their number of columns");
    Buffer<std::int64_t> label(static_cast<std::size_t>(tree_->n_given()));
    {
      const nb::gil_scoped_release released;
      const LabelRequest request{centers.data(), their_centers.data(), their_origin.data(), static_cast<std::int64_t>(k)};
      tree_->label(request, n_threads, label);
    }
    const std::size_t n = label.size();
    return hand_out(std::move(label), {n});
  }

  nb::tuple search(Input<double, 2> centers, std::int64_t n_locked, std::uint64_t seed, std::int64_t n_kicks,
                   double time_limit) const {
    return hand_out_search(tree_->data(), centers, n_locked, seed, n_kicks, time_limit);
  }

  nb::tuple arrays() const {
    const Dataset& data = tree_->data();
    const std::size_t n = static_cast<std::size_t>(data.n()), d = static_cast<std::size_t>(data.d());
    const std::size_t given = static_cast<std::size_t>(tree_->n_given());
    std::vector<double> points(n * d), weights(n);
    std::vector<std::uint32_t> row(given, kNowhere);
    const Members& members = tree_->members();
    for (std::uint32_t i = 0; i < n; ++i) {
      data.copy_point(i, points.data() + i * d);
      weights[i] = data.weight(i);
      for (std::uint32_t p = members.begin(i); p < members.begin(i + 1); ++p) row[members.index[p]] = i;
    }
    return nb::make_tuple(hand_out(std::move(points), {n, d}), hand_out(std::move(weights), {n}), hand_out(std::move(row), {given}));
  }

  nb::tuple coarse(std::int64_t n_points) const {
    require(n_points >= 1, "coarse needs at least one point");
    std::vector<double> means, weights;
    tree_->coarsen((tree_->data().n() + n_points - 1) / n_points, means, weights);
    const std::size_t m = weights.size(), d = static_cast<std::size_t>(tree_->data().d());
    return nb::make_tuple(hand_out(std::move(means), {m, d}), hand_out(std::move(weights), {m}));
  }

  nb::tuple summary() const {
    return nb::make_tuple(tree_->data().n(), tree_->data().d(), tree_->n_nodes(), tree_->weight(), tree_->scatter());
  }

 private:
  void require_run(std::size_t k, std::size_t columns, int max_iter) const {
    require(columns == static_cast<std::size_t>(tree_->data().d()), "points and centers differ in their number of columns");
    require(k > 0, "k-means needs at least one centre");
    require(max_iter >= 1, "max_iter must be at least 1");
  }

  std::unique_ptr<PointTree> tree_;
};

}  // namespace

void bind_tree(nb::module_& module) {
  nb::class_<TreeHandle>(module, "Tree")
      .def(nb::init<Numbers, std::optional<Input<double, 1>>, Input<double, 1>, std::optional<std::pair<Input<double, 1>, Input<double, 1>>>, int>(),
           nb::arg("points"), nb::arg("weights").none(), nb::arg("origin"), nb::arg("range").none(), nb::arg("n_threads"))
      .def("restarts", &TreeHandle::restarts)
      .def("run_from", &TreeHandle::from)
      .def("labels", &TreeHandle::labels)
      .def("search", &TreeHandle::search)
      .def("coarse", &TreeHandle::coarse)
      .def("arrays", &TreeHandle::arrays)
      .def("summary", &TreeHandle::summary);
}

}  // namespace placement
