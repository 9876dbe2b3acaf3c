// Looks for p columns that cover every row often enough: one column in, one out, rows that stay uncovered gain weight
// (vertex-weighting tabu search: Zhang, Lu, Su, Li, Fang, Ma, IJCAI 2020, section 3, there for one device a row).
#pragma once

#include <cstdint>
#include <vector>

#include "random.hpp"
#include "sets.hpp"

namespace placement {

// Lists of entries whose ends may move inwards, as those of a radius that shrinks: the farthest come last.
struct Lists {
  std::vector<std::int64_t> start, end, items;
};

class CoverSearch {
 public:
  // `columns` are the rows of each column and `rows` the columns of each row, entries that may be dropped last; `need` says how
  // many columns a row wants.
  CoverSearch(const Sets& columns, const Sets& rows, const std::int64_t* need, std::int64_t p, std::uint64_t seed);

  // Begins from these columns: greedily fewer or more of them, until they are p.
  void start_from(const std::int64_t* chosen, std::int64_t count);

  // Whether these ends lie within the lists as they are now.
  bool can_narrow(const std::int64_t* column_end, const std::int64_t* row_end) const;

  // Keeps only the first entries of each list, and starts from what is chosen now; rows may need more than before.
  void narrow(const std::int64_t* column_end, const std::int64_t* row_end, const std::int64_t* need);

  // Makes up to n_steps swaps, fewer when every row is covered; returns how many.
  std::int64_t run(std::int64_t n_steps);

  std::int64_t shortage() const { return shortage_; }
  const std::vector<std::int64_t>& chosen() const { return chosen_; }
  const std::vector<std::int64_t>& best() const { return best_; }
  const std::vector<std::int64_t>& weight() const { return weight_; }

 private:
  struct Swap {
    std::int64_t in, out, change;
  };

  void rebuild();
  void open(std::int64_t column);
  void close(std::int64_t place);
  void shift_closed(std::int64_t row, std::int64_t by);
  void shift_open(std::int64_t row, std::int64_t by);
  void note_best();
  void add_weight();
  void relieve(std::int64_t column);
  std::int64_t draw_row();
  Swap best_swap(std::int64_t row);

  Lists columns_, rows_;
  std::vector<std::int64_t> need_, weight_, count_, chosen_, best_;
  std::vector<std::int64_t> owners_;   // the sum of the open columns of each row: with one, that column
  std::vector<std::int64_t> change_;   // closed columns: weight of the rows that lack them; open ones: of those that would
  std::vector<std::int64_t> relief_;   // by how much opening the column at hand lessens what closing each open one costs
  std::vector<std::int64_t> lacking_, lacking_place_;
  std::vector<std::uint8_t> is_open_;
  std::int64_t p_, shortage_ = 0, best_shortage_ = 0, last_in_ = -1, last_out_ = -1;
  Random random_;
};

}  // namespace placement
