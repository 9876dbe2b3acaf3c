#include "team.hpp"

#include <algorithm>
#include <chrono>

namespace placement {

namespace {
// Waking a sleeping thread costs some tens of microseconds; a smaller share of work is done sooner alone.
constexpr double kWorthOneThread = 500e3;
constexpr std::chrono::milliseconds kListen{100};  // how long a wish to end may go unheard
}  // namespace

int useful_threads(int n_threads, double work) {
  const double worth = std::min(1.0 + work / kWorthOneThread, 1024.0);
  return std::max(1, std::min(n_threads, static_cast<int>(worth)));
}

Team::Team(int n_threads, Patience* patience) : patience_(patience) {
  helpers_.reserve(static_cast<std::size_t>(std::max(0, n_threads - 1)));
  try {
    for (int worker = 1; worker < n_threads; ++worker) helpers_.emplace_back([this, worker] { help(worker); });
  } catch (const std::system_error&) {
    // The machine gives no more threads: go on with those we have; results do not depend on their number.
  }
}

Team::~Team() {
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    closing_ = true;
  }
  start_.notify_all();
  for (std::thread& helper : helpers_) helper.join();
}

void Team::share(std::int64_t n_tasks, Job job) {
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    job_ = std::move(job);
    n_tasks_ = n_tasks;
    next_ = 0;
    failure_ = nullptr;
    n_busy_ = static_cast<int>(helpers_.size());
    ++round_;
  }
  start_.notify_all();
  work(0);
  wait_for_helpers();
  if (failure_) std::rethrow_exception(failure_);
}

void Team::wait_for_helpers() {
  const auto is_done = [this] { return n_busy_ == 0; };
  std::unique_lock<std::mutex> lock(mutex_);
  while (!finish_.wait_for(lock, kListen, is_done)) {
    if (patience_ == nullptr || failure_) continue;
    lock.unlock();
    std::exception_ptr failure;
    try {
      patience_->is_over();
    } catch (...) {
      failure = std::current_exception();
    }
    lock.lock();
    if (failure && !failure_) failure_ = failure;
  }
}

void Team::help(int worker) {
  std::int64_t seen = 0;
  for (;;) {
    {
      std::unique_lock<std::mutex> lock(mutex_);
      start_.wait(lock, [&] { return closing_ || round_ != seen; });
      if (closing_) return;
      seen = round_;
    }
    work(worker);
    const std::lock_guard<std::mutex> lock(mutex_);
    if (--n_busy_ == 0) finish_.notify_one();
  }
}

void Team::work(int worker) {
  try {
    for (std::int64_t index = next_++; index < n_tasks_; index = next_++) job_(index, worker);
  } catch (...) {
    const std::lock_guard<std::mutex> lock(mutex_);
    if (!failure_) failure_ = std::current_exception();
    next_ = n_tasks_;
  }
}

}  // namespace placement
