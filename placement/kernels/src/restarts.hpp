// Many independent Lloyd runs over the same points.
#pragma once

#include <cstdint>
#include <memory>

#include "clusters.hpp"
#include "dataset.hpp"
#include "lloyd.hpp"
#include "seeder.hpp"
#include "team.hpp"

namespace placement {

enum class Init : int { kPlusPlus = 0, kRandom = 1 };

// Points together with the ways to assign them and to seed on them.
class Ground {
 public:
  virtual ~Ground() = default;
  virtual const Dataset& data() const = 0;
  virtual std::unique_ptr<Assigner> make_assigner(std::int64_t n_clusters, Team& team) const = 0;
  virtual std::unique_ptr<Seeder> make_seeder(std::int64_t n_clusters, Team& team) const = 0;
};

// Every point against every centre.
std::unique_ptr<Assigner> sweep_over(const Dataset& data, std::int64_t n_clusters, Team& team);

// Points without a tree.
class PlainGround final : public Ground {
 public:
  explicit PlainGround(Dataset&& data) : data_(std::move(data)) {}
  const Dataset& data() const override { return data_; }
  std::unique_ptr<Assigner> make_assigner(std::int64_t n_clusters, Team& team) const override;
  std::unique_ptr<Seeder> make_seeder(std::int64_t n_clusters, Team& team) const override;

 private:
  Dataset data_;
};

// Every restart goes at least one iteration, also when patience is over.
// Runs restart i from centers[i] of centers (r, k, d), overwritten with where it ends; outcomes (r,).
void run_from(const Ground& ground, const LloydRules& rules, std::int64_t n_restarts, int n_threads, Patience& patience,
              double* centers, Outcome* outcomes);

// The same from starts chosen by `init` with one random stream a restart; the locked centres are set in centers already.
void run_seeded(const Ground& ground, const LloydRules& rules, Init init, const std::uint64_t* seeds, std::int64_t n_restarts,
                int n_threads, Patience& patience, double* centers, Outcome* outcomes);

}  // namespace placement
