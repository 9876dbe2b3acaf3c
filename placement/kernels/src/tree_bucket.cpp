#include "tree_bucket.hpp"

#include <limits>

#include "sweeps.hpp"

namespace placement {

namespace {
constexpr int kDigit = 12;  // most bits sorted by in one pass
constexpr std::size_t kAhead = 32;  // tickets ahead of its turn that a point is fetched
constexpr int kFew = 24;    // points of a cell that are ranked by comparing each with each; whole blocks
}  // namespace

const std::vector<Ticket>& TicketSorter::sort(const std::uint32_t* cell, std::int64_t n, int n_low_bits) {
  tickets_.resize(static_cast<std::size_t>(n));
  for (std::size_t i = 0; i < tickets_.size(); ++i) tickets_[i] = Ticket{cell[i], static_cast<std::uint32_t>(i)};
  const int n_passes = (n_low_bits + kDigit - 1) / kDigit;
  for (int pass = 0; pass < n_passes; ++pass) {
    const int shift = n_low_bits * pass / n_passes;
    sort_by_digit(shift, n_low_bits * (pass + 1) / n_passes - shift);
  }
  return tickets_;
}

// One stable pass of a radix sort.
void TicketSorter::sort_by_digit(int shift, int n_bits) {
  const std::uint32_t mask = (1u << n_bits) - 1;
  next_.assign(std::size_t{1} << n_bits, 0);
  for (const Ticket& ticket : tickets_) ++next_[(ticket.cell >> shift) & mask];
  std::uint32_t sum = 0;
  for (std::uint32_t& place : next_) {
    const std::uint32_t count = place;
    place = sum;
    sum += count;
  }
  other_.resize(tickets_.size());
  for (const Ticket& ticket : tickets_) other_[next_[(ticket.cell >> shift) & mask]++] = ticket;
  tickets_.swap(other_);
}

template <int D>
void BucketWriter<D>::write(std::int64_t begin, std::int64_t end, Bucket& bucket) {
  const std::size_t n = static_cast<std::size_t>(end - begin);
  begin_ = begin;
  n_rows_ = n_points_ = 0;
  for (std::vector<double>& column : out_) column.resize(n);
  out_weight_.resize(n);
  out_first_.resize(n);
  out_index_.resize(n);
  const std::vector<Ticket>& tickets = sorter_.sort(dealt_.cell.data() + begin, end - begin, dealt_.n_low_bits);
  for (std::size_t from = 0; from < n;) {
    std::size_t to = from + 1;
    while (to < n && tickets[to].cell == tickets[from].cell) ++to;
    fetch_ahead(tickets, from + kAhead, std::min(to + kAhead, n));
    bucket.cells.push_back(Cell{tickets[from].cell, n_rows_});
    const std::int64_t count = static_cast<std::int64_t>(to - from);
    if (!rank(tickets.data() + from, count)) sort_cell(tickets.data() + from, count);
    from = to;
  }
  put_back(bucket);
}

// Where many points share few places a bucket may be too large for the nearest cache.
template <int D>
void BucketWriter<D>::fetch_ahead(const std::vector<Ticket>& tickets, std::size_t from, std::size_t to) const {
#if defined(__GNUC__)
  for (std::size_t i = from; i < to; ++i) {
    for (int feature = 0; feature < D; ++feature) __builtin_prefetch(column_[feature] + begin_ + tickets[i].position);
    __builtin_prefetch(dealt_.index.data() + begin_ + tickets[i].position);
  }
#else
  (void)tickets, (void)from, (void)to;
#endif
}

// Puts few points that all differ in their key in order without moving them about; returns whether they are such.
template <int D>
bool BucketWriter<D>::rank(const Ticket* tickets, std::int64_t count) {
  if (count > kFew) return false;
  double key[kFew];
  std::int64_t place[kFew];
  std::uint32_t taken = 0;
  for (int i = 0; i < count; ++i) key[i] = key_of(begin_ + tickets[i].position);
  rank_in_cell(key, static_cast<int>(count), place);
  for (int i = 0; i < count; ++i) taken |= 1u << place[i];
  if (taken + 1 != 1u << count) return false;
  for (int i = 0; i < count; ++i) {
    const std::int64_t from = begin_ + tickets[i].position, row = n_rows_ + place[i], point = n_points_ + place[i];
    for (int feature = 0; feature < D; ++feature) out_[feature][row] = column_[feature][from];
    out_weight_[row] = dealt_.data.weight(from);
    out_first_[row] = static_cast<std::uint32_t>(point);
    out_index_[point] = dealt_.index[from];
  }
  n_rows_ += static_cast<std::uint32_t>(count);
  n_points_ += static_cast<std::uint32_t>(count);
  return true;
}

template <int D>
void BucketWriter<D>::sort_cell(const Ticket* tickets, std::int64_t count) {
  entries_.resize(static_cast<std::size_t>(count));
  for (std::int64_t i = 0; i < count; ++i) {
    entries_[i] = Entry{key_of(begin_ + tickets[i].position), tickets[i].position};
  }
  std::sort(entries_.begin(), entries_.end(), [this](const Entry& a, const Entry& b) {
    return a.key != b.key ? a.key < b.key : is_before(a.position, b.position);
  });
  const std::uint32_t begin = n_rows_, first_point = n_points_;
  put_sorted();
  if (n_rows_ - begin > kLeaf) halve_rows(begin, first_point);
}

// Of points with the same key. Among copies the lighter goes first, so that even the rounding of their summed
// weight is canonical.
template <int D>
bool BucketWriter<D>::is_before(std::uint32_t a, std::uint32_t b) const {
  for (int feature = 1; feature < D && !dealt_.are_bytes; ++feature) {
    const double left = column_[feature][begin_ + a], right = column_[feature][begin_ + b];
    if (left != right) return left < right;
  }
  return dealt_.data.weight(begin_ + a) < dealt_.data.weight(begin_ + b);
}

template <int D>
bool BucketWriter<D>::is_same_place(std::uint32_t a, std::uint32_t b) const {
  for (int feature = 1; feature < D && !dealt_.are_bytes; ++feature) {
    if (column_[feature][begin_ + a] != column_[feature][begin_ + b]) return false;
  }
  return true;
}

template <int D>
void BucketWriter<D>::put_sorted() {
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    const std::uint32_t position = entries_[i].position;
    const double weight = dealt_.data.weight(begin_ + position);
    if (i > 0 && entries_[i].key == entries_[i - 1].key && is_same_place(position, entries_[i - 1].position)) {
      out_weight_[n_rows_ - 1] += weight;
    } else {
      for (int feature = 0; feature < D; ++feature) out_[feature][n_rows_] = column_[feature][begin_ + position];
      out_weight_[n_rows_] = weight;
      out_first_[n_rows_++] = n_points_;
    }
    out_index_[n_points_++] = dealt_.index[begin_ + position];
  }
}

// Rows from `begin` on are put into the order of halvings at medians; they are sorted, so that their ranks tell them apart.
template <int D>
void BucketWriter<D>::halve_rows(std::uint32_t begin, std::uint32_t first_point) {
  const std::uint32_t count = n_rows_ - begin;
  entries_.resize(count);
  for (std::uint32_t rank = 0; rank < count; ++rank) entries_[rank].position = rank;
  halve(begin, 0, count);
  const auto reorder = [&](std::vector<double>& values) {
    moving_.assign(values.begin() + begin, values.begin() + n_rows_);
    for (std::uint32_t i = 0; i < count; ++i) values[begin + i] = moving_[entries_[i].position];
  };
  for (std::vector<double>& column : out_) reorder(column);
  reorder(out_weight_);
  moving_first_.assign(out_first_.begin() + begin, out_first_.begin() + n_rows_);
  moving_first_.push_back(n_points_);
  moving_index_.assign(out_index_.begin() + first_point, out_index_.begin() + n_points_);
  std::uint32_t point = first_point;
  for (std::uint32_t i = 0; i < count; ++i) {
    const std::uint32_t rank = entries_[i].position;
    out_first_[begin + i] = point;
    for (std::uint32_t p = moving_first_[rank]; p < moving_first_[rank + 1]; ++p) out_index_[point++] = moving_index_[p - first_point];
  }
}

template <int D>
void BucketWriter<D>::halve(std::uint32_t begin, std::int64_t from, std::int64_t to) {
  if (to - from <= kLeaf) return;
  const double* const column = out_[widest(begin, from, to)].data() + begin;
  for (std::int64_t i = from; i < to; ++i) entries_[i].key = column[entries_[i].position];
  const std::int64_t middle = from + half_of(to - from);
  const auto entry = [this](std::int64_t i) { return entries_.begin() + static_cast<std::ptrdiff_t>(i); };
  std::nth_element(entry(from), entry(middle), entry(to), [](const Entry& a, const Entry& b) {
    return a.key != b.key ? a.key < b.key : a.position < b.position;
  });
  halve(begin, from, middle);
  halve(begin, middle, to);
}

template <int D>
int BucketWriter<D>::widest(std::uint32_t begin, std::int64_t from, std::int64_t to) const {
  double low[D], high[D];
  std::fill_n(low, D, std::numeric_limits<double>::infinity());
  std::fill_n(high, D, -std::numeric_limits<double>::infinity());
  for (std::int64_t i = from; i < to; ++i) {
    for (int feature = 0; feature < D; ++feature) {
      const double x = out_[feature][begin + entries_[i].position];
      low[feature] = x < low[feature] ? x : low[feature];
      high[feature] = x > high[feature] ? x : high[feature];
    }
  }
  int axis = 0;
  for (int feature = 1; feature < D; ++feature) {
    if (high[feature] - low[feature] > high[axis] - low[axis]) axis = feature;
  }
  return axis;
}

template <int D>
void BucketWriter<D>::put_back(Bucket& bucket) {
  bucket.count = n_rows_;
  for (int feature = 0; feature < D; ++feature) std::copy_n(out_[feature].data(), n_rows_, column_[feature] + begin_);
  std::copy_n(out_index_.data(), n_points_, dealt_.index.data() + begin_);
  double* const weights = dealt_.data.kept_weights();
  if (weights != nullptr) std::copy_n(out_weight_.data(), n_rows_, weights + begin_);
  if (n_rows_ == n_points_) return;
  bucket.first.assign(out_first_.begin(), out_first_.begin() + n_rows_);
  if (weights == nullptr) bucket.weights.assign(out_weight_.begin(), out_weight_.begin() + n_rows_);
}

template class BucketWriter<1>;
template class BucketWriter<2>;
template class BucketWriter<3>;
template class BucketWriter<4>;

}  // namespace placement
