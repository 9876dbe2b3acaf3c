// The door to Python of the search among candidate sites: lists, swaps and the Lagrangian bound.
#include <algorithm>

#include "bindings.hpp"
#include "site_ascent.hpp"
#include "site_handles.hpp"
#include "site_swaps.hpp"

namespace placement {

namespace {

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
  AscentHandle(const ListsHandle& lists, Input<std::int8_t, 1> status, std::int64_t p, Input<double, 1> at, double smoothing,
               double scale)
      : ascent_(lists.lists(), lists.status(status), p, lists.multipliers(at), smoothing, scale) {
    require(smoothing > 0.0 && smoothing <= 1.0, "smoothing must be above 0 and at most 1");
  }

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
      .def(nb::init<const ListsHandle&, Input<std::int8_t, 1>, std::int64_t, Input<double, 1>, double, double>(),
           nb::keep_alive<1, 2>())
      .def("climb", &AscentHandle::climb)
      .def_prop_ro("bound", &AscentHandle::bound)
      .def_prop_ro("scale", &AscentHandle::scale)
      .def_prop_ro("work", &AscentHandle::work)
      .def_prop_ro("multipliers", &AscentHandle::multipliers, nb::rv_policy::automatic)
      .def_prop_ro("share", &AscentHandle::share, nb::rv_policy::automatic)
      .def_prop_ro("chosen", &AscentHandle::chosen, nb::rv_policy::automatic);
}

}  // namespace placement
