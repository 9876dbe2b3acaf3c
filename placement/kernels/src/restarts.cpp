#include "restarts.hpp"

#include <vector>

#include "seeding.hpp"
#include "sweep.hpp"

namespace placement {

namespace {

// What one worker needs for a restart after the other.
struct Bench {
  Bench(const Ground& ground, const LloydRules& rules, Team& team, Patience& patience)
      : pulse(patience),
        lloyd(ground.data(), rules, ground.make_assigner(rules.n_clusters, team)),
        seeder(ground.make_seeder(rules.n_clusters, team)) {}
  Pulse pulse;
  Lloyd lloyd;
  std::unique_ptr<Seeder> seeder;
};

double work_of(const Dataset& data, const LloydRules& rules, std::int64_t n_restarts) {
  return static_cast<double>(n_restarts) * static_cast<double>(data.n()) * static_cast<double>(rules.n_clusters) * data.d();
}

// Restarts side by side when there are enough of them for all threads, otherwise one after the other with all threads
// inside each. A restart's arithmetic is the same either way.
template <class Restart>
void run_all(const Ground& ground, const LloydRules& rules, std::int64_t n_restarts, int n_threads, Patience& patience,
             Restart&& restart) {
  Team team(useful_threads(n_threads, work_of(ground.data(), rules, n_restarts)), &patience);
  if (n_restarts < team.size()) {
    Bench bench(ground, rules, team, patience);
    for (std::int64_t index = 0; index < n_restarts; ++index) restart(index, bench);
    return;
  }
  Team alone(1);
  std::vector<std::unique_ptr<Bench>> benches(static_cast<std::size_t>(team.size()));
  team.run(n_restarts, [&](std::int64_t index, int worker) {
    if (!benches[worker]) benches[worker] = std::make_unique<Bench>(ground, rules, alone, patience);
    restart(index, *benches[worker]);
  });
}

}  // namespace

std::unique_ptr<Assigner> sweep_over(const Dataset& data, std::int64_t n_clusters, Team& team) {
  return std::make_unique<Sweep>(data, n_clusters, team);
}

std::unique_ptr<Assigner> PlainGround::make_assigner(std::int64_t n_clusters, Team& team) const {
  return sweep_over(data_, n_clusters, team);
}

std::unique_ptr<Seeder> PlainGround::make_seeder(std::int64_t n_clusters, Team& team) const {
  return std::make_unique<Seeding>(data_, n_clusters, team);
}

void run_from(const Ground& ground, const LloydRules& rules, std::int64_t n_restarts, int n_threads, Patience& patience,
              double* centers, Outcome* outcomes) {
  run_all(ground, rules, n_restarts, n_threads, patience, [&](std::int64_t index, Bench& bench) {
    outcomes[index] = bench.lloyd.run(centers + index * rules.n_clusters * ground.data().d(), bench.pulse);
  });
}

void run_seeded(const Ground& ground, const LloydRules& rules, Init init, const std::uint64_t* seeds, std::int64_t n_restarts,
                int n_threads, Patience& patience, double* centers, Outcome* outcomes) {
  const int n_trials = n_trials_for(rules.n_clusters - rules.n_locked);
  run_all(ground, rules, n_restarts, n_threads, patience, [&](std::int64_t index, Bench& bench) {
    double* own = centers + index * rules.n_clusters * ground.data().d();
    Random random(seeds[index]);
    if (init == Init::kPlusPlus) {
      bench.seeder->plus_plus(random, n_trials, rules.n_clusters, rules.n_locked, own, bench.pulse);
    } else {
      bench.seeder->random_points(random, rules.n_clusters, rules.n_locked, own);
    }
    outcomes[index] = bench.lloyd.run(own, bench.pulse);
  });
}

}  // namespace placement
