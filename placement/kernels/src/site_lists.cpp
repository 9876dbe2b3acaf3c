#include "site_lists.hpp"

#include <algorithm>

#include "near.hpp"

namespace placement {

void SiteLists::transpose() {
  column.assign(static_cast<std::size_t>(m) + 1, 0);
  for (const std::int32_t j : site) ++column[j + 1];
  for (std::int64_t j = 0; j < m; ++j) column[j + 1] += column[j];
  point.resize(site.size());
  column_cost.resize(site.size());
  std::vector<std::int64_t> next(column.begin(), column.end() - 1);
  for (std::int64_t i = 0; i < n; ++i) {
    for (std::int64_t entry = row[i]; entry < row[i + 1]; ++entry) {
      const std::int64_t target = next[site[entry]]++;
      point[target] = static_cast<std::int32_t>(i);
      column_cost[target] = cost[entry];
    }
  }
}

SiteLists SiteLists::keep(const std::vector<std::uint8_t>& is_kept) const {
  SiteLists kept;
  std::vector<std::int32_t> number(static_cast<std::size_t>(m), -1);
  for (std::int64_t j = 0; j < m; ++j) {
    if (is_kept[j]) number[j] = static_cast<std::int32_t>(kept.m++);
  }
  kept.n = n;
  kept.fallback = fallback;
  kept.ceiling = ceiling;
  kept.row.push_back(0);
  for (std::int64_t i = 0; i < n; ++i) {
    for (std::int64_t entry = row[i]; entry < row[i + 1]; ++entry) {
      if (number[site[entry]] < 0) continue;
      kept.site.push_back(number[site[entry]]);
      kept.cost.push_back(cost[entry]);
    }
    kept.row.push_back(static_cast<std::int64_t>(kept.site.size()));
  }
  kept.transpose();
  return kept;
}

void nearest_in_rows(const double* matrix, std::int64_t n, std::int64_t m, std::int64_t k, std::int32_t* index, double* distance) {
  std::vector<Near> found;
  NearSorter sorter;
  for (std::int64_t i = 0; i < n; ++i) {
    found.clear();
    for (std::int64_t j = 0; j < m; ++j) found.push_back(Near{matrix[i * m + j], static_cast<std::int32_t>(j)});
    sorter.keep_nearest(found, k);
    write_nearest(found, index + i * k, distance + i * k);
  }
}

}  // namespace placement
