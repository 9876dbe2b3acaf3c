// The planar pricing's door to Python.
#include <algorithm>
#include <memory>

#include "bindings.hpp"
#include "planar_pricing.hpp"

namespace placement {

namespace {

Pairs pairs_of(const Input<std::int64_t, 2>& given, std::size_t n) {
  require(given.shape(1) == 2, "pairs need two columns");
  Pairs pairs;
  for (std::size_t k = 0; k < given.shape(0); ++k) {
    const std::int64_t a = given.data()[2 * k], b = given.data()[2 * k + 1];
    require(a >= 0 && b >= 0 && a != b && std::max(a, b) < static_cast<std::int64_t>(n), "pairs hold two positions of points");
    pairs.emplace_back(static_cast<std::int32_t>(a), static_cast<std::int32_t>(b));
  }
  return pairs;
}

template <class Cost>
class Pricing {
 public:
  Pricing(Input<double, 2> points, Input<double, 1> weights, Input<std::int64_t, 2> together, Input<std::int64_t, 2> apart) {
    const std::size_t n = points.shape(0);
    require(n > 0 && points.shape(1) == 2, "pricing needs at least one point with two columns");
    require(weights.shape(0) == n, "points and weights differ in their number of rows");
    for (std::size_t i = 1; i < n; ++i) require(points.data()[2 * i - 2] <= points.data()[2 * i], "points must be in order of x");
    points_ = std::make_unique<PlanarPoints>(points.data(), weights.data(), static_cast<std::int64_t>(n), pairs_of(together, n),
                                             pairs_of(apart, n));
  }

  nb::tuple descend(Input<double, 1> multipliers, Input<double, 2> starts) const {
    require_shapes(multipliers, starts);
    std::vector<PricedPlace> spots(starts.shape(0));
    {
      const nb::gil_scoped_release released;
      const Priced<Cost> priced(*points_, multipliers.data());
      for (std::size_t s = 0; s < spots.size(); ++s) spots[s] = priced.descend({starts.data()[2 * s], starts.data()[2 * s + 1]});
    }
    return hand_out_spots(spots);
  }

  Output<double> evaluate(Input<double, 1> multipliers, Input<double, 2> places) const {
    require_shapes(multipliers, places);
    const std::size_t s = places.shape(0);
    std::vector<double> values(s);
    {
      const nb::gil_scoped_release released;
      const Priced<Cost> priced(*points_, multipliers.data());
      std::vector<std::int32_t> members;
      for (std::size_t k = 0; k < s; ++k) values[k] = priced.select({places.data()[2 * k], places.data()[2 * k + 1]}, members);
    }
    return hand_out(std::move(values), {s});
  }

  nb::tuple prove(Input<double, 1> multipliers, double best, double tolerance, std::int64_t max_cells) const {
    require(multipliers.shape(0) == n(), "points and multipliers differ in their number of rows");
    CellProof proof;
    {
      const nb::gil_scoped_release released;
      proof = prove_least(Priced<Cost>(*points_, multipliers.data()), best, tolerance, max_cells);
    }
    return nb::make_tuple(proof.lower, hand_out_spots(proof.spots), proof.n_cells, proof.is_complete);
  }

  nb::tuple select(Input<double, 1> multipliers, Input<double, 2> places) const {
    require_shapes(multipliers, places);
    std::vector<std::int64_t> start{0}, member;
    {
      const nb::gil_scoped_release released;
      const Priced<Cost> priced(*points_, multipliers.data());
      std::vector<std::int32_t> chosen;
      for (std::size_t s = 0; s < places.shape(0); ++s) {
        priced.select({places.data()[2 * s], places.data()[2 * s + 1]}, chosen);
        std::sort(chosen.begin(), chosen.end());
        member.insert(member.end(), chosen.begin(), chosen.end());
        start.push_back(static_cast<std::int64_t>(member.size()));
      }
    }
    const std::size_t n_starts = start.size(), n_members = member.size();
    return nb::make_tuple(hand_out(std::move(start), {n_starts}), hand_out(std::move(member), {n_members}));
  }

  nb::tuple best_places(Input<std::int64_t, 1> start, Input<std::int64_t, 1> member, Input<double, 2> from) const {
    const std::size_t s = from.shape(0);
    require(from.shape(1) == 2 && start.shape(0) == s + 1, "sets and places differ in their number");
    require_sets(start, member);
    std::vector<PricedPlace> spots(s);
    {
      const nb::gil_scoped_release released;
      std::vector<std::int32_t> members;
      for (std::size_t k = 0; k < s; ++k) {
        members.assign(member.data() + start.data()[k], member.data() + start.data()[k + 1]);
        spots[k].at = {from.data()[2 * k], from.data()[2 * k + 1]};
        if (!members.empty()) spots[k].at = Cost::best_place(*points_, members, spots[k].at);
        spots[k].value = total_cost<Cost>(*points_, members, spots[k].at);
      }
    }
    return hand_out_spots(spots);
  }

 private:
  std::size_t n() const { return static_cast<std::size_t>(points_->n()); }

  void require_shapes(const Input<double, 1>& multipliers, const Input<double, 2>& places) const {
    require(multipliers.shape(0) == n(), "points and multipliers differ in their number of rows");
    require(places.shape(1) == 2, "places need two columns");
  }

  void require_sets(const Input<std::int64_t, 1>& start, const Input<std::int64_t, 1>& member) const {
    const std::size_t s = start.shape(0) - 1;
    bool is_right = start.data()[0] == 0 && start.data()[s] == static_cast<std::int64_t>(member.shape(0));
    for (std::size_t k = 0; k < s; ++k) is_right = is_right && start.data()[k] <= start.data()[k + 1];
    for (std::size_t k = 0; k < member.shape(0); ++k) {
      is_right = is_right && member.data()[k] >= 0 && member.data()[k] < points_->n();
    }
    require(is_right, "sets are ascending starts from 0 and positions of points");
  }

  static nb::tuple hand_out_spots(const std::vector<PricedPlace>& spots) {
    std::vector<double> xy, values;
    for (const PricedPlace& spot : spots) {
      xy.push_back(spot.at.x);
      xy.push_back(spot.at.y);
      values.push_back(spot.value);
    }
    const std::size_t s = spots.size();
    return nb::make_tuple(hand_out(std::move(xy), {s, 2}), hand_out(std::move(values), {s}));
  }

  std::unique_ptr<PlanarPoints> points_;
};

template <class Cost>
void bind(nb::module_& module, const char* name) {
  using Door = Pricing<Cost>;
  nb::class_<Door>(module, name)
      .def(nb::init<Input<double, 2>, Input<double, 1>, Input<std::int64_t, 2>, Input<std::int64_t, 2>>())
      .def("descend", &Door::descend)
      .def("evaluate", &Door::evaluate)
      .def("prove", &Door::prove)
      .def("select", &Door::select)
      .def("best_places", &Door::best_places);
}

}  // namespace

void bind_pricing(nb::module_& module) {
  bind<Squared>(module, "SquaredPricing");
  bind<Linear>(module, "LinearPricing");
}

}  // namespace placement
