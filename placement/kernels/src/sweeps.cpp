#include "sweeps.hpp"

#include "sweep_loops.hpp"
#include "tree_loops.hpp"

// Each set of loops is compiled once for every register width that the machine at hand may have, and chosen when first used.
#if defined(__x86_64__) && defined(__GNUC__)
#define PLACEMENT_X86
#endif

namespace placement {

namespace {

struct Loops {
  void (*nearest)(const Tile&, const double*, std::int64_t, double*, std::int64_t*);
  double (*potential)(const Tile&, const double*, const double*, const double*);
  void (*shrink)(const Tile&, const double*, double*);
  double (*gain)(const Tile&, const double*, const double*, const double*, const double*);
  void (*rank)(double*, int, std::int64_t*);
};

#define PLACEMENT_LOOPS(Name, attribute, width)                                                                         \
  struct Name {                                                                                                         \
    attribute static void nearest(const Tile& tile, const double* centers, std::int64_t k, double* squared,             \
                                  std::int64_t* label) {                                                                \
      loops::nearest<width>(tile, centers, k, squared, label);                                                          \
    }                                                                                                                   \
    attribute static double potential(const Tile& tile, const double* weights, const double* nearest,                   \
                                      const double* center) {                                                           \
      return loops::potential<width>(tile, weights, nearest, center);                                                   \
    }                                                                                                                   \
    attribute static void shrink(const Tile& tile, const double* center, double* nearest) {                             \
      loops::shrink<width>(tile, center, nearest);                                                                      \
    }                                                                                                                   \
    attribute static double gain(const Tile& tile, const double* weights, const double* nearest, const double* owner,     \
                                 const double* center) {                                                                \
      return loops::gain<width>(tile, weights, nearest, owner, center);                                                 \
    }                                                                                                                   \
    attribute static void rank(double* key, int count, std::int64_t* place) { loops::rank<width>(key, count, place); }   \
    static Loops all() { return Loops{nearest, potential, shrink, gain, rank}; }                                        \
  };

PLACEMENT_LOOPS(Baseline, , 2)
#ifdef PLACEMENT_X86
PLACEMENT_LOOPS(Avx2, __attribute__((target("avx2"))), 4)
PLACEMENT_LOOPS(Avx512, __attribute__((target("avx512f"))), 8)
#endif

Loops choose() {
#ifdef PLACEMENT_X86
  __builtin_cpu_init();
  if (__builtin_cpu_supports("avx512f")) return Avx512::all();
  if (__builtin_cpu_supports("avx2")) return Avx2::all();
#endif
  return Baseline::all();
}

const Loops& chosen() {
  static const Loops loops = choose();
  return loops;
}

}  // namespace

void nearest_in_tile(const Tile& tile, const double* centers, std::int64_t k, double* squared, std::int64_t* label) {
  chosen().nearest(tile, centers, k, squared, label);
}

double potential_in_tile(const Tile& tile, const double* weights, const double* nearest, const double* center) {
  return chosen().potential(tile, weights, nearest, center);
}

void shrink_in_tile(const Tile& tile, const double* center, double* nearest) { chosen().shrink(tile, center, nearest); }

double gain_in_tile(const Tile& tile, const double* weights, const double* nearest, const double* owner, const double* center) {
  return chosen().gain(tile, weights, nearest, owner, center);
}

void rank_in_cell(double* key, int count, std::int64_t* place) { chosen().rank(key, count, place); }

}  // namespace placement
