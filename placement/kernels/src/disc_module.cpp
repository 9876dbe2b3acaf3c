// The door to Python of what devices anywhere need: enclosing circles, the search for centres, the sets that places reach.
#include <algorithm>
#include <cstdint>
#include <vector>

#include "bindings.hpp"
#include "center_search.hpp"
#include "cover_sets.hpp"
#include "enclosing.hpp"
#include "free_space.hpp"

namespace placement {

namespace {

std::vector<Spot> spots(const Input<double, 2>& xy) {
  require(xy.shape(1) == 2, "places need two columns, x and y");
  std::vector<Spot> found(xy.shape(0));
  for (std::size_t i = 0; i < found.size(); ++i) found[i] = Spot{xy.data()[2 * i], xy.data()[2 * i + 1]};
  return found;
}

FreeSpace space_of(const Input<double, 2>& edges) {
  require(edges.shape(1) == 4, "edges need four columns, x and y of both ends");
  return FreeSpace(edges.data(), static_cast<std::int64_t>(edges.shape(0)));
}

ScaledSpots rows_of(const Input<double, 2>& points, const Input<double, 1>& scale) {
  require(points.shape(0) > 0 && points.shape(0) == scale.shape(0), "points need at least one row, and a scale each");
  return ScaledSpots{spots(points), std::vector<double>(scale.data(), scale.data() + scale.shape(0))};
}

void require_groups(const Input<std::int64_t, 1>& start, const Input<std::int32_t, 1>& member, std::size_t n) {
  const std::size_t count = start.shape(0);
  require(count > 0 && start.data()[0] == 0, "groups need their starts, the first 0, and the end");
  require(start.data()[count - 1] == static_cast<std::int64_t>(member.shape(0)), "groups need as many members as their starts say");
  for (std::size_t g = 1; g < count; ++g) require(start.data()[g - 1] < start.data()[g], "a group needs at least one member");
  for (std::size_t i = 0; i < member.shape(0); ++i) {
    require(member.data()[i] >= 0 && member.data()[i] < static_cast<std::int64_t>(n), "members need to be positions of points");
  }
}

nb::tuple enclosing_circles(Input<double, 2> points, Input<double, 1> scale, Input<std::int64_t, 1> start,
                            Input<std::int32_t, 1> member, Input<double, 2> edges) {
  const ScaledSpots rows = rows_of(points, scale);
  const FreeSpace space = space_of(edges);
  require_groups(start, member, points.shape(0));
  const std::size_t m = start.shape(0) - 1;
  std::vector<double> centre(2 * m), radius(m);
  {
    const nb::gil_scoped_release released;
    for (std::size_t g = 0; g < m; ++g) {
      const std::vector<std::int32_t> group(member.data() + start.data()[g], member.data() + start.data()[g + 1]);
      const Centre found = enclosing_in(rows, group, space);
      centre[2 * g] = found.at.x;
      centre[2 * g + 1] = found.at.y;
      radius[g] = found.radius;
    }
  }
  return nb::make_tuple(hand_out(std::move(centre), {m, 2}), hand_out(std::move(radius), {m}));
}

nb::tuple search_centers(Input<double, 2> points, Input<double, 1> scale, Input<double, 2> edges, Input<double, 2> centers,
                         std::int64_t n_locked, std::int64_t n_kicks, std::uint64_t seed) {
  const ScaledSpots rows = rows_of(points, scale);
  const FreeSpace space = space_of(edges);
  const std::size_t k = centers.shape(0);
  require(n_locked >= 0 && n_locked < static_cast<std::int64_t>(k), "a search needs at least one centre that is not locked");
  CenterSearch search(rows, space, spots(centers), n_locked);
  {
    const nb::gil_scoped_release released;
    search.run(n_kicks, seed);
  }
  std::vector<double> found;
  for (const Spot& spot : search.centers()) found.insert(found.end(), {spot.x, spot.y});
  return nb::make_tuple(hand_out(std::move(found), {k, 2}), search.radius());
}

nb::tuple find_cover_sets(Input<double, 2> points, Input<double, 1> circle, Input<double, 1> reach, Input<double, 2> edges,
                          Input<std::int32_t, 1> around) {
  const std::size_t n = points.shape(0);
  require(circle.shape(0) == n && reach.shape(0) == n, "points, circle and reach differ in their number of rows");
  const std::vector<Spot> at = spots(points);
  const FreeSpace space = space_of(edges);
  const std::vector<std::int32_t> walked(around.data(), around.data() + around.shape(0));
  for (const std::int32_t i : walked) require(i >= 0 && i < static_cast<std::int64_t>(n), "circles need to be positions of points");
  CoverSets found;
  {
    const nb::gil_scoped_release released;
    found = cover_sets(at, circle.data(), reach.data(), space, walked);
  }
  const std::size_t m = found.place.size() / 2, n_start = found.start.size(), n_member = found.member.size();
  return nb::make_tuple(hand_out(std::move(found.start), {n_start}), hand_out(std::move(found.member), {n_member}),
                        hand_out(std::move(found.place), {m, 2}));
}

double find_heaviest_place(Input<double, 2> points, Input<double, 1> circle, Input<double, 1> reach, Input<double, 2> edges,
                           Input<double, 1> value) {
  const std::size_t n = points.shape(0);
  require(circle.shape(0) == n && reach.shape(0) == n && value.shape(0) == n, "points, circle, reach and value differ in their number of rows");
  const std::vector<Spot> at = spots(points);
  const FreeSpace space = space_of(edges);
  const nb::gil_scoped_release released;
  return heaviest_place(at, circle.data(), reach.data(), space, value.data());
}

}  // namespace

void bind_discs(nb::module_& module) {
  module.def("enclosing_circles", &enclosing_circles);
  module.def("search_centers", &search_centers);
  module.def("cover_sets", &find_cover_sets);
  module.def("heaviest_place", &find_heaviest_place);
}

}  // namespace placement
