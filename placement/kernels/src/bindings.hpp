// What all doors to Python share: arrays in, arrays out, and the refusals.
#pragma once

#include <nanobind/nanobind.h>
#include <nanobind/ndarray.h>

#include <cstdint>
#include <initializer_list>
#include <stdexcept>
#include <utility>
#include <vector>

#include "buffer.hpp"
#include "lloyd.hpp"
#include "raw_points.hpp"
#include "swap_search.hpp"

namespace placement {

namespace nb = nanobind;

template <class Scalar, int kDimensions>
using Input = nb::ndarray<const Scalar, nb::ndim<kDimensions>, nb::c_contig, nb::device::cpu>;
// Rows of numbers of one of the kinds that are taken as they are.
using Numbers = nb::ndarray<nb::ro, nb::ndim<2>, nb::c_contig, nb::device::cpu>;
template <class Scalar>
using Output = nb::ndarray<nb::numpy, Scalar>;

template <class Scalar>
Output<Scalar> hand_out(std::vector<Scalar>&& values, std::initializer_list<std::size_t> shape) {
  auto* owned = new std::vector<Scalar>(std::move(values));
  nb::capsule owner(owned, [](void* memory) noexcept { delete static_cast<std::vector<Scalar>*>(memory); });
  return Output<Scalar>(owned->data(), shape, owner);
}

template <class Scalar>
Output<Scalar> hand_out(Buffer<Scalar>&& values, std::initializer_list<std::size_t> shape) {
  auto* owned = new Buffer<Scalar>(std::move(values));
  nb::capsule owner(owned, [](void* memory) noexcept { delete static_cast<Buffer<Scalar>*>(memory); });
  return Output<Scalar>(owned->data(), shape, owner);
}

inline void require(bool is_true, const char* message) {
  if (!is_true) throw std::invalid_argument(message);
}

inline Kind kind_of(const Numbers& points) {
  if (points.dtype() == nb::dtype<float>()) return Kind::kFloat;
  if (points.dtype() == nb::dtype<std::uint8_t>()) return Kind::kByte;
  require(points.dtype() == nb::dtype<double>(), "points must be float64, float32 or uint8");
  return Kind::kDouble;
}

// Lets Ctrl-C (any signal whose handler raises) end a kernel: what the handler raised is thrown.
inline void hear_interrupt() {
  const nb::gil_scoped_acquire held;
  if (PyErr_CheckSignals() != 0) throw nb::python_error();
}

inline nb::tuple hand_out_runs(std::vector<double>&& centers, const std::vector<Outcome>& outcomes, std::size_t k, std::size_t d) {
  const std::size_t r = outcomes.size();
  std::vector<double> inertia(r);
  std::vector<std::int32_t> n_iter(r), stop(r), n_relocations(r);
  for (std::size_t i = 0; i < r; ++i) {
    inertia[i] = outcomes[i].inertia;
    n_iter[i] = outcomes[i].n_iter;
    stop[i] = static_cast<std::int32_t>(outcomes[i].stop);
    n_relocations[i] = outcomes[i].n_relocations;
  }
  return nb::make_tuple(hand_out(std::move(centers), {r, k, d}), hand_out(std::move(inertia), {r}),
                        hand_out(std::move(n_iter), {r}), hand_out(std::move(stop), {r}),
                        hand_out(std::move(n_relocations), {r}));
}

// The search from centers (k, d): where it ended, when it found something better and what, how long it took.
inline nb::tuple hand_out_search(const Dataset& data, Input<double, 2> centers, std::int64_t n_locked, std::uint64_t seed,
                                 std::int64_t n_kicks, double time_limit) {
  const std::size_t k = centers.shape(0), d = centers.shape(1);
  require(d == static_cast<std::size_t>(data.d()), "points and centers differ in their number of columns");
  require(n_locked >= 0 && n_locked < static_cast<std::int64_t>(k), "a search needs at least one centre that is not locked");
  Patience patience(time_limit, hear_interrupt);
  std::vector<double> found(centers.data(), centers.data() + k * d);
  SearchOutcome outcome;
  {
    const nb::gil_scoped_release released;
    outcome = search_swaps(data, SearchRules{static_cast<std::int64_t>(k), n_locked, n_kicks}, seed, patience, found.data());
  }
  const std::size_t n_better = outcome.history.size();
  std::vector<std::int64_t> kick;
  std::vector<double> inertia;
  for (const Better& better : outcome.history) {
    kick.push_back(better.kick);
    inertia.push_back(better.inertia);
  }
  return nb::make_tuple(hand_out(std::move(found), {k, d}), hand_out(std::move(kick), {n_better}),
                        hand_out(std::move(inertia), {n_better}), outcome.n_kicks, outcome.is_stopped_by_time);
}

// Each adds the kernels of one file *_module.cpp: the tree of points, discs in the plane, covers, candidate sites, pricing in the plane.
void bind_tree(nb::module_& module);
void bind_discs(nb::module_& module);
void bind_covers(nb::module_& module);
void bind_sites(nb::module_& module);
void bind_pricing(nb::module_& module);

}  // namespace placement
