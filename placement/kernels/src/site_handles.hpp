// Sorted lists of costs as Python holds them, and arrays copied in and out.
#pragma once

#include <algorithm>
#include <utility>

#include "bindings.hpp"
#include "site_ascent.hpp"
#include "site_lists.hpp"

namespace placement {

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

}  // namespace placement
