// The door to Python of the search among candidate sites: lists, swaps and the Lagrangian bound.
#include <algorithm>

#include "bindings.hpp"
#include "site_ascent.hpp"
#include "site_lists.hpp"
#include "site_swaps.hpp"

namespace placement {

namespace {

template <class Scalar>
std::vector<Scalar> copy_of(const Input<Scalar, 1>& given) {
  return std::vector<Scalar>(given.data(), given.data() + given.shape(0));
}

template <class Scalar>
Output<Scalar> give(const std::vector<Scalar>& values) {
  return hand_out(std::vector<Scalar>(values), {values.size()});
}

class ListsHandle {
 public:
  ListsHandle(Input<std::int64_t, 1> row, Input<std::int32_t, 1> site, Input<double, 1> cost, std::int64_t m,
              Input<double, 1> fallback, Input<double, 1> ceiling) {
    lists_.n = static_cast<std::int64_t>(row.shape(0)) - 1;
    lists_.m = m;
    require(lists_.n >= 1 && row.data()[lists_.n] == static_cast<std::int64_t>(site.shape(0)), "rows and sites do not fit");
    require(site.shape(0) == cost.shape(0), "sites and costs differ in number");
    require(static_cast<std::int64_t>(fallback.shape(0)) == lists_.n && fallback.shape(0) == ceiling.shape(0),
            "rows, fallbacks and ceilings differ in number");
    require(std::all_of(site.data(), site.data() + site.shape(0), [m](std::int32_t j) { return j >= 0 && j < m; }),
            "a site must be between 0 and m - 1");
    lists_.row = copy_of(row);
    lists_.site = copy_of(site);
    lists_.cost = copy_of(cost);
    lists_.fallback = copy_of(fallback);
    lists_.ceiling = copy_of(ceiling);
    const nb::gil_scoped_release released;
    lists_.transpose();
  }

  explicit ListsHandle(SiteLists&& lists) : lists_(std::move(lists)) {}

  ListsHandle* keep(Input<std::uint8_t, 1> is_kept) const {
    require(static_cast<std::int64_t>(is_kept.shape(0)) == lists_.m, "is_kept needs one entry for each site");
    const std::vector<std::uint8_t> mask = copy_of(is_kept);
    const nb::gil_scoped_release released;
    return new ListsHandle(lists_.keep(mask));
  }

  const SiteLists& lists() const { return lists_; }
  nb::tuple shape() const { return nb::make_tuple(lists_.n, lists_.m, lists_.site.size()); }

  std::vector<std::int8_t> status(const Input<std::int8_t, 1>& given) const {
    require(static_cast<std::int64_t>(given.shape(0)) == lists_.m, "status needs one entry for each site");
    return copy_of(given);
  }

  std::vector<double> multipliers(const Input<double, 1>& given) const {
    require(static_cast<std::int64_t>(given.shape(0)) == lists_.n, "multipliers need one entry for each point");
    std::vector<double> values = copy_of(given);
    for (std::int64_t i = 0; i < lists_.n; ++i) values[i] = std::min(values[i], lists_.ceiling[i]);
    return values;
  }

  nb::tuple evaluate(Input<std::int8_t, 1> given, std::int64_t p, Input<double, 1> at) const {
    SiteBound found;
    evaluate_sites(lists_, status(given), p, multipliers(at).data(), found);
    return nb::make_tuple(found.bound, found.magnitude, give(found.reduced), give(found.chosen));
  }

 private:
  SiteLists lists_;
};

std::vector<std::int32_t> checked_open(const SiteLists& lists, const Input<std::int32_t, 1>& open) {
  std::vector<std::int32_t> sites = copy_of(open);
  std::sort(sites.begin(), sites.end());
  require(!sites.empty() && sites.front() >= 0 && sites.back() < lists.m, "open sites must be between 0 and m - 1, at least one");
  require(std::adjacent_find(sites.begin(), sites.end()) == sites.end(), "a site cannot be opened twice");
  return sites;
}

class SwapsHandle {
 public:
  SwapsHandle(const ListsHandle& lists, Input<std::int32_t, 1> open, std::uint64_t seed)
      : lists_(lists.lists()), swaps_(lists_, checked_open(lists_, open)), random_(seed) {}

  void restart(Input<std::int32_t, 1> open) {
    std::vector<std::int32_t> sites = checked_open(lists_, open);
    require(sites.size() == swaps_.open().size(), "the number of open sites cannot change");
    const nb::gil_scoped_release released;
    swaps_.restart(std::move(sites));
  }

  bool settle(std::int64_t most_work) {
    const nb::gil_scoped_release released;
    return swaps_.settle(most_work);
  }

  std::int64_t kick(std::int64_t n_kicks) {
    const nb::gil_scoped_release released;
    return swaps_.kick(random_, n_kicks);
  }

  double value() const { return swaps_.value(); }
  std::int64_t work() const { return swaps_.work(); }
  Output<std::int32_t> open() const {
    std::vector<std::int32_t> sites = swaps_.open();
    std::sort(sites.begin(), sites.end());
    return give(sites);
  }

  nb::tuple services() const {
    std::vector<double> first(static_cast<std::size_t>(lists_.n)), second(first);
    swaps_.services(first.data(), second.data());
    return nb::make_tuple(give(first), give(second));
  }

 private:
  const SiteLists& lists_;
  SiteSwaps swaps_;
  Random random_;
};

class AscentHandle {
 public:
  AscentHandle(const ListsHandle& lists, Input<std::int8_t, 1> status, std::int64_t p, Input<double, 1> at)
      : ascent_(lists.lists(), lists.status(status), p, lists.multipliers(at)) {}

  std::int64_t climb(std::int64_t n_steps, double upper, double target) {
    const nb::gil_scoped_release released;
    return ascent_.climb(n_steps, upper, target);
  }

  double bound() const { return ascent_.bound(); }
  double scale() const { return ascent_.scale(); }
  std::int64_t work() const { return ascent_.work(); }
  Output<double> multipliers() const { return give(ascent_.multipliers()); }
  Output<double> share() const { return give(ascent_.share()); }
  Output<std::int32_t> chosen() const { return give(ascent_.chosen()); }

 private:
  SiteAscent ascent_;
};

template <class Find>
nb::tuple list_nearest(std::size_t n, std::size_t m, std::int64_t k, Find&& find) {
  require(k >= 1 && k <= static_cast<std::int64_t>(m), "k must be between 1 and the number of sites");
  const std::size_t width = static_cast<std::size_t>(k);
  std::vector<std::int32_t> index(n * width);
  std::vector<double> distance(n * width);
  {
    const nb::gil_scoped_release released;
    find(index.data(), distance.data());
  }
  return nb::make_tuple(hand_out(std::move(index), {n, width}), hand_out(std::move(distance), {n, width}));
}

nb::tuple in_rows(Input<double, 2> matrix, std::int64_t k) {
  const std::size_t n = matrix.shape(0), m = matrix.shape(1);
  return list_nearest(n, m, k, [&](std::int32_t* index, double* distance) {
    nearest_in_rows(matrix.data(), static_cast<std::int64_t>(n), static_cast<std::int64_t>(m), k, index, distance);
  });
}

nb::tuple in_plane(Input<double, 2> points, Input<double, 2> sites, std::int64_t k) {
  require(points.shape(1) == 2 && sites.shape(1) == 2, "points and sites need two columns");
  const std::size_t n = points.shape(0), m = sites.shape(0);
  return list_nearest(n, m, k, [&](std::int32_t* index, double* distance) {
    nearest_in_plane(points.data(), static_cast<std::int64_t>(n), sites.data(), static_cast<std::int64_t>(m), k, index, distance);
  });
}

}  // namespace

void bind_sites(nb::module_& module) {
  module.def("nearest_in_rows", &in_rows);
  module.def("nearest_in_plane", &in_plane);
  nb::class_<ListsHandle>(module, "SiteLists")
      .def(nb::init<Input<std::int64_t, 1>, Input<std::int32_t, 1>, Input<double, 1>, std::int64_t, Input<double, 1>, Input<double, 1>>())
      .def_prop_ro("shape", &ListsHandle::shape)
      .def("keep", &ListsHandle::keep, nb::rv_policy::take_ownership)
      .def("evaluate", &ListsHandle::evaluate);
  nb::class_<SwapsHandle>(module, "SiteSwaps")
      .def(nb::init<const ListsHandle&, Input<std::int32_t, 1>, std::uint64_t>(), nb::keep_alive<1, 2>())
      .def("restart", &SwapsHandle::restart)
      .def("settle", &SwapsHandle::settle)
      .def("kick", &SwapsHandle::kick)
      .def("services", &SwapsHandle::services)
      .def_prop_ro("value", &SwapsHandle::value)
      .def_prop_ro("work", &SwapsHandle::work)
      .def_prop_ro("open", &SwapsHandle::open, nb::rv_policy::automatic);
  nb::class_<AscentHandle>(module, "SiteAscent")
      .def(nb::init<const ListsHandle&, Input<std::int8_t, 1>, std::int64_t, Input<double, 1>>(), nb::keep_alive<1, 2>())
      .def("climb", &AscentHandle::climb)
      .def_prop_ro("bound", &AscentHandle::bound)
      .def_prop_ro("scale", &AscentHandle::scale)
      .def_prop_ro("work", &AscentHandle::work)
      .def_prop_ro("multipliers", &AscentHandle::multipliers, nb::rv_policy::automatic)
      .def_prop_ro("share", &AscentHandle::share, nb::rv_policy::automatic)
      .def_prop_ro("chosen", &AscentHandle::chosen, nb::rv_policy::automatic);
}

}  // namespace placement
