// The innermost loops over points, compiled for several register widths of which the widest at hand is used.
// No sum is reordered and no multiply-add is fused between them, so all of them give the same bits.
#pragma once

#include <cstdint>

namespace placement {

// At most kTile points as columns: feature f of point i is first[f * stride + i]. The loops go by whole blocks of kBlock
// points: columns, weights and results must have room for count rounded up to a multiple of it, and weights there be zero.
struct Tile {
  const double* first;
  std::int64_t stride;
  int count;
  int d;
};

// Nearest of the k centres (k, d) for each point of the tile, ties to the lowest index.
void nearest_in_tile(const Tile& tile, const double* centers, std::int64_t k, double* squared, std::int64_t* label);

// Sum of weight * min(nearest, squared distance to center) over the tile.
double potential_in_tile(const Tile& tile, const double* weights, const double* nearest, const double* center);

// nearest = min(nearest, squared distance to center) for each point of the tile.
void shrink_in_tile(const Tile& tile, const double* center, double* nearest);

// Sum of weight * how much nearer `center` is than what is nearest now, over points to which it is nearer: nearest now is
// `owner` for all, or, when there is none, as far as `nearest` says (squared). Weights are 1 when there are none. Nothing beyond
// the tile is read; for up to four columns.
double gain_in_tile(const Tile& tile, const double* weights, const double* nearest, const double* owner, const double* center);

// place[i] = how many of the keys are below key[i], for the first `count` of them. Both go by whole blocks, and key is written to.
void rank_in_cell(double* key, int count, std::int64_t* place);

}  // namespace placement
