// The door to Python of the kernels for covering problems.
#include <vector>

#include "bindings.hpp"
#include "containment.hpp"
#include "cover_search.hpp"
#include "group_order.hpp"

namespace placement {

namespace {

using Index = Input<std::int64_t, 1>;

Sets sets_of(const Index& start, const Index& items, std::int64_t n_items) {
  require(start.shape(0) > 0, "start needs one entry more than there are sets");
  const auto n_sets = static_cast<std::int64_t>(start.shape(0)) - 1;
  require(start.data()[0] == 0 && start.data()[n_sets] == static_cast<std::int64_t>(items.shape(0)), "start does not fit the items");
  for (std::int64_t s = 0; s < n_sets; ++s) require(start.data()[s] <= start.data()[s + 1], "start must not fall");
  for (std::size_t e = 0; e < items.shape(0); ++e) require(items.data()[e] >= 0 && items.data()[e] < n_items, "an item is out of range");
  return Sets{start.data(), items.data(), n_sets, n_items};
}

nb::tuple containment(Index start, Index items, Index turned_start, Index turned_items) {
  const auto n_sets = static_cast<std::int64_t>(start.shape(0)) - 1, n_items = static_cast<std::int64_t>(turned_start.shape(0)) - 1;
  const Sets sets = sets_of(start, items, n_items), turned = sets_of(turned_start, turned_items, n_sets);
  std::vector<std::uint8_t> is_within(static_cast<std::size_t>(n_sets)), is_holding(static_cast<std::size_t>(n_sets));
  {
    const nb::gil_scoped_release released;
    mark_containment(sets, turned, is_within.data(), is_holding.data());
  }
  const auto n = static_cast<std::size_t>(n_sets);
  return nb::make_tuple(hand_out(std::move(is_within), {n}), hand_out(std::move(is_holding), {n}));
}

nb::tuple turned(Index start, Index items, std::int64_t n_items) {
  const Sets sets = sets_of(start, items, n_items);
  std::vector<std::int64_t> turned_start, turned_items;
  {
    const nb::gil_scoped_release released;
    turn_sets(sets, turned_start, turned_items);
  }
  const std::size_t n_starts = turned_start.size(), n_entries = turned_items.size();
  return nb::make_tuple(hand_out(std::move(turned_start), {n_starts}), hand_out(std::move(turned_items), {n_entries}));
}

Output<std::int64_t> by_group_and_value(Index group, std::int64_t n_groups, Input<double, 1> value) {
  for (std::size_t at = 0; at < group.shape(0); ++at) {
    require(group.data()[at] >= 0 && group.data()[at] < n_groups, "a group is out of range");
  }
  require(group.shape(0) == value.shape(0), "groups and values differ in number");
  std::vector<std::int64_t> order(group.shape(0));
  {
    const nb::gil_scoped_release released;
    order_by_group_and_value(group.data(), value.data(), static_cast<std::int64_t>(order.size()), n_groups, order.data());
  }
  const std::size_t n = order.size();
  return hand_out(std::move(order), {n});
}

Output<std::int64_t> copy_out(const std::vector<std::int64_t>& values) {
  return hand_out(std::vector<std::int64_t>(values), {values.size()});
}

class Search {
 public:
  Search(Index column_start, Index column_rows, Index row_start, Index row_columns, Index need, std::int64_t p, std::uint64_t seed)
      : n_columns_(static_cast<std::int64_t>(column_start.shape(0)) - 1), n_rows_(static_cast<std::int64_t>(row_start.shape(0)) - 1),
        search_(sets_of(column_start, column_rows, n_rows_), sets_of(row_start, row_columns, n_columns_),
                required_needs(need), p, seed) {}

  void start_from(Index chosen) {
    std::vector<std::uint8_t> is_taken(static_cast<std::size_t>(n_columns_));
    for (std::size_t e = 0; e < chosen.shape(0); ++e) {
      require(chosen.data()[e] >= 0 && chosen.data()[e] < n_columns_, "a column is out of range");
      require(!is_taken[chosen.data()[e]]++, "a column is chosen twice");
    }
    const nb::gil_scoped_release released;
    search_.start_from(chosen.data(), static_cast<std::int64_t>(chosen.shape(0)));
  }

  void narrow(Index column_end, Index row_end, Index need) {
    require(static_cast<std::int64_t>(column_end.shape(0)) == n_columns_, "column_end needs one entry a column");
    require(static_cast<std::int64_t>(row_end.shape(0)) == n_rows_, "row_end needs one entry a row");
    const std::int64_t* needs = required_needs(need);
    require(search_.can_narrow(column_end.data(), row_end.data()), "lists can only be narrowed");
    const nb::gil_scoped_release released;
    search_.narrow(column_end.data(), row_end.data(), needs);
  }

  std::int64_t run(std::int64_t n_steps) {
    const nb::gil_scoped_release released;
    return search_.run(n_steps);
  }

  std::int64_t shortage() const { return search_.shortage(); }
  Output<std::int64_t> chosen() const { return copy_out(search_.chosen()); }
  Output<std::int64_t> best() const { return copy_out(search_.best()); }
  Output<std::int64_t> weight() const { return copy_out(search_.weight()); }

 private:
  const std::int64_t* required_needs(const Index& need) const {
    require(static_cast<std::int64_t>(need.shape(0)) == n_rows_, "need needs one entry a row");
    return need.data();
  }

  std::int64_t n_columns_, n_rows_;
  CoverSearch search_;
};

}  // namespace

void bind_covers(nb::module_& module) {
  module.def("containment", &containment);
  module.def("turn_sets", &turned);
  module.def("order_by_group_and_value", &by_group_and_value);
  nb::class_<Search>(module, "CoverSearch")
      .def(nb::init<Index, Index, Index, Index, Index, std::int64_t, std::uint64_t>())
      .def("start_from", &Search::start_from)
      .def("narrow", &Search::narrow)
      .def("run", &Search::run)
      .def("shortage", &Search::shortage)
      .def("chosen", &Search::chosen)
      .def("best", &Search::best)
      .def("weight", &Search::weight);
}

}  // namespace placement
