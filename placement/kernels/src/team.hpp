// A few threads that work through numbered tasks and sleep in between; they never spin.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <exception>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

#include "patience.hpp"

namespace placement {

class Team {
 public:
  // patience: what to look after while waiting for the others, if anything.
  explicit Team(int n_threads, Patience* patience = nullptr);
  ~Team();
  Team(const Team&) = delete;
  Team& operator=(const Team&) = delete;

  int size() const { return static_cast<int>(helpers_.size()) + 1; }

  // Calls task(index, worker) once for every index in [0, n_tasks), in any order, and returns when all are done.
  // The first exception of a task is thrown again here.
  template <class Task>
  void run(std::int64_t n_tasks, Task&& task) {
    if (helpers_.empty() || n_tasks <= 1) {
      for (std::int64_t index = 0; index < n_tasks; ++index) task(index, 0);
      return;
    }
    share(n_tasks, std::ref(task));
  }

 private:
  using Job = std::function<void(std::int64_t, int)>;

  void share(std::int64_t n_tasks, Job job);
  void help(int worker);
  void work(int worker);

  void wait_for_helpers();

  Patience* patience_;
  std::vector<std::thread> helpers_;
  std::mutex mutex_;
  std::condition_variable start_;
  std::condition_variable finish_;
  Job job_;
  std::atomic<std::int64_t> next_{0};
  std::int64_t n_tasks_ = 0;
  std::int64_t round_ = 0;
  int n_busy_ = 0;
  bool closing_ = false;
  std::exception_ptr failure_;
};

// The number of threads worth waking for `work` elementary steps (about a nanosecond each).
int useful_threads(int n_threads, double work);

}  // namespace placement
