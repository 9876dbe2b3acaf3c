#include "assign.hpp"

#include <algorithm>
#include <vector>

#include "dataset.hpp"
#include "sweeps.hpp"
#include "team.hpp"

namespace placement {

namespace {

void turn(const double* rows, int count, int d, double* columns) {
  for (int i = 0; i < count; ++i) {
    for (int feature = 0; feature < d; ++feature) columns[feature * kTile + i] = rows[i * d + feature];
  }
}

}  // namespace

void assign(const double* points, std::int64_t n, int d, const double* centers, std::int64_t k, int n_threads,
            std::int64_t* label, double* squared) {
  const Chunks chunks(n, 0);
  Team team(useful_threads(n_threads, static_cast<double>(n) * static_cast<double>(k) * d));
  team.run(chunks.count(), [&](std::int64_t chunk, int) {
    std::vector<double> columns(static_cast<std::size_t>(kTile) * d);
    double tile_squared[kTile];
    std::int64_t tile_label[kTile];
    for (std::int64_t from = chunks.begin(chunk); from < chunks.end(chunk); from += kTile) {
      const int count = static_cast<int>(std::min<std::int64_t>(kTile, chunks.end(chunk) - from));
      turn(points + from * d, count, d, columns.data());
      nearest_in_tile(Tile{columns.data(), kTile, count, d}, centers, k, tile_squared, tile_label);
      std::copy_n(tile_squared, count, squared + from);
      std::copy_n(tile_label, count, label + from);
    }
  });
}

}  // namespace placement
