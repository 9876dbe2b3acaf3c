// The Lagrangian bound on choosing p sites: multipliers on the points, raised by a deflected subgradient.
#pragma once

#include <cstdint>
#include <vector>

#include "site_lists.hpp"

namespace placement {

enum SiteStatus : std::int8_t { kFree = 0, kForcedOpen = 1, kForcedClosed = 2 };

// What multipliers prove.
struct SiteBound {
  double bound = 0.0;
  double magnitude = 0.0;            // the sum of the sizes of all terms: what rounding is measured by
  std::int64_t work = 0;             // list entries read
  std::vector<double> reduced;       // (m,) sum_i min(0, c_ij - u_i)
  std::vector<std::int32_t> chosen;  // the forced sites and the free ones of least reduced cost, ties to the lowest
};

// bound = sum_i u_i + sum of reduced over the sites chosen; infinite when fewer than p sites may open.
// Multipliers must not exceed the ceilings.
void evaluate_sites(const SiteLists& lists, const std::vector<std::int8_t>& status, std::int64_t p, const double* multipliers,
                    SiteBound& out);

class SiteAscent {
 public:
  SiteAscent(const SiteLists& lists, std::vector<std::int8_t> status, std::int64_t p, std::vector<double> multipliers,
             double smoothing, double scale);

  // So many steps, aimed at an upper bound of the optimum; returns the steps done: fewer once `target` is reached or steps vanish.
  std::int64_t climb(std::int64_t n_steps, double upper, double target);

  double bound() const { return best_bound_; }
  const std::vector<double>& multipliers() const { return best_; }
  // How often each site was chosen lately, 0 to 1: a primal estimate of what the relaxation opens.
  const std::vector<double>& share() const { return share_; }
  const std::vector<std::int32_t>& chosen() const { return current_.chosen; }
  double scale() const { return scale_; }
  std::int64_t work() const { return work_; }

 private:
  void look();
  double free_length() const;
  void step(double length);

  const SiteLists& lists_;
  std::vector<std::int8_t> status_;
  std::int64_t p_;
  std::vector<double> floor_;      // (n,) below its cheapest site a multiplier proves nothing
  std::vector<double> at_;         // (n,) where the multipliers stand
  std::vector<double> best_;       // (n,) the best so far
  std::vector<double> slope_;      // (n,) the subgradient
  std::vector<double> direction_;  // (n,) the deflected one
  std::vector<double> share_;      // (m,)
  SiteBound current_;
  double best_bound_;
  double scale_;
  double smoothing_;               // weight of the newest subgradient in the direction
  int n_stalled_ = 0;
  std::int64_t work_ = 0;
};

}  // namespace placement
