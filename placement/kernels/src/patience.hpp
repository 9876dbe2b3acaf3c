// When a kernel gives up: its time is over, or whoever called it wants it to end.
#pragma once

#include <atomic>
#include <chrono>
#include <thread>

namespace placement {

class Patience {
 public:
  // Throws when the caller wants the kernel to end. Called by the thread that called the kernel only.
  using Listen = void (*)();

  Patience(double seconds, Listen listen);

  // Once over, over for all threads.
  bool is_over();

  bool has_end() const { return !is_endless_; }

 private:
  using Clock = std::chrono::steady_clock;

  Listen listen_;
  bool is_endless_;
  Clock::time_point end_{};
  Clock::time_point listen_next_;  // the caller's thread only
  std::thread::id caller_ = std::this_thread::get_id();
  std::atomic<bool> is_over_{false};
};

// Without a time limit the caller is listened to only after enough work has been done since.
class Pulse {
 public:
  explicit Pulse(Patience& patience) : patience_(patience) {}

  // work: elementary steps (about a nanosecond each) since the last call.
  bool is_over(double work);

 private:
  Patience& patience_;
  double since_ = 0.0;
};

}  // namespace placement
