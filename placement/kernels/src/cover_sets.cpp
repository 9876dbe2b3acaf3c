// A walk along every curve that could hold a place: the points in reach change where the curve enters or leaves a disc, and
// they are most just before a disc is left after one was entered.
#include "cover_sets.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "set_family.hpp"

namespace placement {

namespace {

constexpr double kTurn = 6.283185307179586476925286766559;
constexpr std::int32_t kFree = -1;  // the curve itself, where it runs through the free space

struct Event {
  double at;
  bool is_leaving;  // entering goes first: discs and edges are closed
  std::int32_t what;

  bool operator<(const Event& other) const {
    if (at != other.at) return at < other.at;
    if (is_leaving != other.is_leaving) return other.is_leaving;
    return what < other.what;
  }
};

// Keeps the sets in reach where they are most.
class SetSink {
 public:
  explicit SetSink(std::int64_t n_points) : family_(n_points), inside_(family_.n_words(), 0) {}

  void clear() { std::fill(inside_.begin(), inside_.end(), 0); }
  void turn(std::int32_t i, bool) { inside_[i / 64] ^= std::uint64_t{1} << (i % 64); }
  void keep(const Spot& place) { family_.add(inside_, place); }
  CoverSets sets() const { return family_.maximal(); }

 private:
  SetFamily family_;
  std::vector<std::uint64_t> inside_;
};

// Keeps the largest sum of values in reach.
class SumSink {
 public:
  explicit SumSink(const double* value) : value_(value) {}

  void clear() { sum_ = 0.0; }
  void turn(std::int32_t i, bool is_entering) { sum_ += is_entering ? value_[i] : -value_[i]; }
  void keep(const Spot&) { most_ = std::max(most_, sum_); }
  double most() const { return most_; }

 private:
  const double* value_;
  double sum_ = 0.0, most_ = 0.0;
};

template <class Sink>
class Walk {
 public:
  explicit Walk(Sink& sink) : sink_(sink) {}

  void reset(bool is_free) {
    events_.clear();
    sink_.clear();
    is_free_ = is_free;
  }
  void start_inside(std::int32_t i) { sink_.turn(i, true); }
  void enter(double at, std::int32_t what) { events_.push_back(Event{at, false, what}); }
  void leave(double at, std::int32_t what) { events_.push_back(Event{at, true, what}); }

  template <class Place>
  void run(double end, const Place& place) {
    std::sort(events_.begin(), events_.end());
    bool has_grown = true;
    for (const Event& event : events_) {
      if (event.is_leaving && is_free_ && has_grown) {
        sink_.keep(place(event.at));
        has_grown = false;
      }
      if (!event.is_leaving) has_grown = true;
      if (event.what == kFree) {
        is_free_ = !event.is_leaving;
      } else {
        sink_.turn(event.what, !event.is_leaving);
      }
    }
    if (is_free_ && has_grown) sink_.keep(place(end));
  }

 private:
  Sink& sink_;
  std::vector<Event> events_;
  bool is_free_ = true;
};

double within_turn(double angle) {
  const double turned = std::fmod(angle, kTurn);
  return turned < 0.0 ? turned + kTurn : turned;
}

Spot on_circle(const Spot& centre, double radius, double angle) {
  return Spot{centre.x + radius * std::cos(angle), centre.y + radius * std::sin(angle)};
}

// Where the circle around `centre` runs through the free space, as events of the walk.
template <class Walker>
void add_free_arcs(const Spot& centre, double radius, const FreeSpace& space, Walker& walk) {
  std::vector<double> cuts{0.0, kTurn};
  for (const Edge& edge : space.edges()) {
    const double length = edge.length(), foot = edge.foot(centre, length);
    const double half_squared = radius * radius - squared_distance(centre, edge.at(foot, length));
    if (half_squared < 0.0) continue;
    for (const double along : {foot - std::sqrt(half_squared), foot + std::sqrt(half_squared)}) {
      if (along < 0.0 || along > length) continue;
      const Spot cut = edge.at(along, length);
      cuts.push_back(within_turn(std::atan2(cut.y - centre.y, cut.x - centre.x)));
    }
  }
  std::sort(cuts.begin(), cuts.end());
  bool is_open = false;
  for (std::size_t c = 0; c + 1 < cuts.size(); ++c) {
    if (!(cuts[c] < cuts[c + 1])) continue;
    const bool is_free = space.contains(on_circle(centre, radius, 0.5 * (cuts[c] + cuts[c + 1])));
    if (is_free && !is_open) walk.enter(cuts[c], kFree);
    if (!is_free && is_open) walk.leave(cuts[c], kFree);
    is_open = is_free;
  }
  if (is_open) walk.leave(kTurn, kFree);
}

// The arc of circle i from which point k is in reach.
template <class Walker>
void add_disc_on_circle(const std::vector<Spot>& points, std::size_t i, double radius, std::size_t k, double reach, Walker& walk) {
  const double squared = squared_distance(points[i], points[k]), distance = std::sqrt(squared);
  const auto what = static_cast<std::int32_t>(k);
  if (distance + radius <= reach) return walk.start_inside(what);
  if (distance > radius + reach || radius > distance + reach) return;
  const double cosine = (squared + radius * radius - reach * reach) / (2.0 * distance * radius);
  const double half = std::acos(std::clamp(cosine, -1.0, 1.0));
  const double middle = std::atan2(points[k].y - points[i].y, points[k].x - points[i].x);
  const double first = within_turn(middle - half), last = within_turn(middle + half);
  if (first > last) walk.start_inside(what);
  walk.enter(first, what);
  walk.leave(last, what);
}

template <class Walker>
void add_disc_on_edge(const Edge& edge, double length, const Spot& point, std::size_t k, double reach, Walker& walk) {
  const double foot = edge.foot(point, length);
  const double half_squared = reach * reach - squared_distance(point, edge.at(foot, length));
  if (half_squared < 0.0) return;
  const double half = std::sqrt(half_squared);
  if (foot + half < 0.0 || foot - half > length) return;
  const auto what = static_cast<std::int32_t>(k);
  if (foot - half <= 0.0) {
    walk.start_inside(what);
  } else {
    walk.enter(foot - half, what);
  }
  if (foot + half < length) walk.leave(foot + half, what);
}

template <class Sink>
void walk_all(const std::vector<Spot>& points, const double* circle, const double* reach, const FreeSpace& space,
              const std::vector<std::int32_t>& around, Sink& sink) {
  Walk<Sink> walk(sink);
  for (const std::int32_t i : around) {
    walk.reset(space.is_plane());
    walk.start_inside(i);
    for (std::size_t k = 0; k < points.size(); ++k) {
      if (static_cast<std::int32_t>(k) != i) add_disc_on_circle(points, static_cast<std::size_t>(i), circle[i], k, reach[k], walk);
    }
    if (!space.is_plane()) add_free_arcs(points[i], circle[i], space, walk);
    walk.run(kTurn, [&](double angle) { return on_circle(points[i], circle[i], angle); });
  }
  for (const Edge& edge : space.edges()) {
    const double length = edge.length();
    walk.reset(true);
    for (std::size_t k = 0; k < points.size(); ++k) add_disc_on_edge(edge, length, points[k], k, reach[k], walk);
    walk.run(length, [&](double along) { return edge.at(along, length); });
  }
}

}  // namespace

CoverSets cover_sets(const std::vector<Spot>& points, const double* circle, const double* reach, const FreeSpace& space,
                     const std::vector<std::int32_t>& around) {
  SetSink sink(static_cast<std::int64_t>(points.size()));
  walk_all(points, circle, reach, space, around, sink);
  return sink.sets();
}

double heaviest_place(const std::vector<Spot>& points, const double* circle, const double* reach, const FreeSpace& space,
                      const double* value) {
  std::vector<std::int32_t> all(points.size());
  std::iota(all.begin(), all.end(), 0);
  SumSink sink(value);
  walk_all(points, circle, reach, space, all, sink);
  return sink.most();
}

}  // namespace placement
