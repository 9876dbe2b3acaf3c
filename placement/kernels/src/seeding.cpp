#include "seeding.hpp"

#include <algorithm>
#include <limits>

#include "sweeps.hpp"

namespace placement {

namespace {

Tile tile_at(const Dataset& data, std::int64_t from, std::int64_t end) {
  return Tile{data.column(0) + from, data.stride(), static_cast<int>(std::min<std::int64_t>(kTile, end - from)), data.d()};
}

double total_of(const std::vector<double>& parts) {
  double sum = 0.0;
  for (const double part : parts) sum += part;
  return sum;
}

}  // namespace

Seeding::Seeding(const Dataset& data, std::int64_t n_clusters, Team& team)
    : data_(data),
      chunks_(data.n(), n_clusters),
      team_(team),
      nearest_(static_cast<std::size_t>(data.stride())),
      chunk_potential_(static_cast<std::size_t>(chunks_.count())) {}

void Seeding::plus_plus(Random& random, int n_trials, std::int64_t n_clusters, std::int64_t n_locked, double* centers,
                        Pulse& pulse) {
  const int d = data_.d();
  std::int64_t next = n_locked;
  if (n_locked == 0 && n_clusters > 0) {
    reset(1.0);  // every point as far as any other: chances follow the weights alone
    data_.copy_point(draw(random), centers);
    next = 1;
  }
  std::fill(nearest_.begin(), nearest_.end(), std::numeric_limits<double>::infinity());
  for (std::int64_t j = 0; j < next; ++j) cover(centers + j * d);
  for (; next < n_clusters; ++next) {
    if (pulse.is_over(static_cast<double>(data_.n()) * n_trials)) return random_points(random, n_clusters, next, centers);
    data_.copy_point(draw_best(random, n_trials), centers + next * d);
    cover(centers + next * d);
  }
}

void Seeding::random_points(Random& random, std::int64_t n_clusters, std::int64_t n_locked, double* centers) {
  reset(1.0);
  for (std::int64_t j = n_locked; j < n_clusters; ++j) {
    const std::int64_t point = draw(random);
    data_.copy_point(point, centers + j * data_.d());
    nearest_[point] = 0.0;
    sum_chunk(chunks_.of(point));
  }
}

void Seeding::reset(double value) {
  std::fill(nearest_.begin(), nearest_.end(), value);
  for (std::int64_t chunk = 0; chunk < chunks_.count(); ++chunk) sum_chunk(chunk);
}

void Seeding::sum_chunk(std::int64_t chunk) {
  double sum = 0.0;
  for (std::int64_t i = chunks_.begin(chunk); i < chunks_.end(chunk); ++i) sum += data_.weight(i) * nearest_[i];
  chunk_potential_[chunk] = sum;
}

void Seeding::cover(const double* center) {
  team_.run(chunks_.count(), [&](std::int64_t chunk, int) {
    const std::int64_t end = chunks_.end(chunk);
    double potential = 0.0, room[kTile];
    for (std::int64_t from = chunks_.begin(chunk); from < end; from += kTile) {
      const Tile tile = tile_at(data_, from, end);
      shrink_in_tile(tile, center, nearest_.data() + from);
      potential += potential_in_tile(tile, data_.tile_weights(from, tile.count, room), nearest_.data() + from, center);
    }
    chunk_potential_[chunk] = potential;
  });
}

// A point with chance weight * nearest; any point at all when every place is taken.
std::int64_t Seeding::draw(Random& random) const {
  const double total = total_of(chunk_potential_);
  const double share = random.uniform();
  if (!(total > 0.0)) return static_cast<std::int64_t>(share * static_cast<double>(data_.n()));
  double target = share * total;
  std::int64_t last = 0;
  for (std::int64_t chunk = 0; chunk < chunks_.count(); ++chunk) {
    if (!(chunk_potential_[chunk] > 0.0)) continue;
    if (target < chunk_potential_[chunk]) return draw_in_chunk(chunk, target);
    target -= chunk_potential_[chunk];
    last = chunk;
  }
  return draw_in_chunk(last, std::numeric_limits<double>::infinity());
}

// The point at which the running sum passes the target, or the last one with a chance when rounding keeps it below.
std::int64_t Seeding::draw_in_chunk(std::int64_t chunk, double target) const {
  const std::int64_t begin = chunks_.begin(chunk);
  double sum = 0.0;
  std::int64_t point = begin;
  for (; point < chunks_.end(chunk); ++point) {
    sum += data_.weight(point) * nearest_[point];
    if (sum > target) return point;
  }
  do {
    --point;
  } while (point > begin && !(data_.weight(point) * nearest_[point] > 0.0));
  return point;
}

std::int64_t Seeding::draw_best(Random& random, int n_trials) {
  trial_.clear();
  for (int trial = 0; trial < n_trials; ++trial) trial_.push_back(draw(random));
  return find_best_trial();
}

// The trial that would leave the least potential; ties to the first drawn.
std::int64_t Seeding::find_best_trial() {
  const std::size_t n_trials = trial_.size();
  const int d = data_.d();
  std::vector<double> place(n_trials * d);
  for (std::size_t t = 0; t < n_trials; ++t) data_.copy_point(trial_[t], place.data() + t * d);
  trial_potential_.assign(static_cast<std::size_t>(chunks_.count()) * n_trials, 0.0);
  team_.run(chunks_.count(), [&](std::int64_t chunk, int) {
    double room[kTile];
    const std::int64_t end = chunks_.end(chunk);
    for (std::int64_t from = chunks_.begin(chunk); from < end; from += kTile) {
      const Tile tile = tile_at(data_, from, end);
      const double* weights = data_.tile_weights(from, tile.count, room);
      for (std::size_t t = 0; t < n_trials; ++t) {
        trial_potential_[chunk * n_trials + t] +=
            potential_in_tile(tile, weights, nearest_.data() + from, place.data() + t * d);
      }
    }
  });
  std::vector<double> potential(n_trials, 0.0);
  for (std::size_t part = 0; part < trial_potential_.size(); ++part) potential[part % n_trials] += trial_potential_[part];
  return trial_[std::min_element(potential.begin(), potential.end()) - potential.begin()];
}

}  // namespace placement
