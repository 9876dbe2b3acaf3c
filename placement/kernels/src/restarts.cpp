#include "restarts.hpp"

#include <memory>
#include <vector>

#include "seeding.hpp"
#include "sweep.hpp"
#include "team.hpp"

namespace placement {

namespace {

// What one worker needs for a restart after the other.
struct Bench {
  Bench(const Dataset& data, const LloydRules& rules, Team& team) 
      : lloyd(data, rules, std::make_unique<Sweep>(data, rules.n_clusters, team)), seeding(data, rules.n_clusters, team) {}
  Lloyd lloyd;
  Seeding seeding;
};

double work_of(const Dataset& data, const LloydRules& rules, std::int64_t n_restarts) {
  return static_cast<double>(n_restarts) * static_cast<double>(data.n()) * static_cast<double>(rules.n_clusters) * data.d();
}

// Restarts side by side when there are enough of them for all threads, otherwise one after the other with all threads
// inside each. A restart's arithmetic is the same either way.
template <class Restart>
void run_all(const Dataset& data, const LloydRules& rules, std::int64_t n_restarts, int n_threads, Restart&& restart) {
  Team team(useful_threads(n_threads, work_of(data, rules, n_restarts)));
  if (n_restarts < team.size()) {
    Bench bench(data, rules, team);
    for (std::int64_t index = 0; index < n_restarts; ++index) restart(index, bench);
    return;
  }
  Team alone(1);
  std::vector<std::unique_ptr<Bench>> benches(static_cast<std::size_t>(team.size()));
  team.run(n_restarts, [&](std::int64_t index, int worker) {
    if (!benches[worker]) benches[worker] = std::make_unique<Bench>(data, rules, alone);
    restart(index, *benches[worker]);
  });
}

}  // namespace

void run_from(const Dataset& data, const LloydRules& rules, std::int64_t n_restarts, int n_threads, double* centers,
              Outcome* outcomes) {
  run_all(data, rules, n_restarts, n_threads, [&](std::int64_t index, Bench& bench) {
    outcomes[index] = bench.lloyd.run(centers + index * rules.n_clusters * data.d());
  });
}

void run_seeded(const Dataset& data, const LloydRules& rules, Init init, const std::uint64_t* seeds, std::int64_t n_restarts,
                int n_threads, double* centers, Outcome* outcomes) {
  run_all(data, rules, n_restarts, n_threads, [&](std::int64_t index, Bench& bench) {
    double* own = centers + index * rules.n_clusters * data.d();
    Random random(seeds[index]);
    if (init == Init::kPlusPlus) {
      bench.seeding.plus_plus(random, rules.n_clusters, rules.n_locked, own);
    } else {
      bench.seeding.random_points(random, rules.n_clusters, rules.n_locked, own);
    }
    outcomes[index] = bench.lloyd.run(own);
  });
}

}  // namespace placement
