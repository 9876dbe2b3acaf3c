#include "tree_bucket.hpp"

#include "sweeps.hpp"

namespace placement {

namespace {
constexpr std::size_t kAhead = 32;  // tickets ahead of its turn that a point is fetched
constexpr int kFew = 24;    // points of a cell that are ranked by comparing each with each; whole blocks
}  // namespace

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
