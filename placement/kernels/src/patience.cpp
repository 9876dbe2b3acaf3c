#include "patience.hpp"

namespace placement {

namespace {
constexpr double kWorthListening = 1e6;
constexpr double kLongest = 1e9;  // seconds; more is for ever
constexpr std::chrono::milliseconds kBetween{50};  // listening waits for the interpreter when others keep it busy
}  // namespace

Patience::Patience(double seconds, Listen listen) : listen_(listen), is_endless_(!(seconds < kLongest)), listen_next_(Clock::now() + kBetween) {
  if (!is_endless_) end_ = Clock::now() + std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(seconds));
}

bool Patience::is_over() {
  if (is_over_) return true;
  const Clock::time_point now = Clock::now();
  if (std::this_thread::get_id() == caller_ && now >= listen_next_) {
    listen_next_ = now + kBetween;
    try {
      listen_();
    } catch (...) {
      is_over_ = true;
      throw;
    }
  }
  if (is_endless_ || now < end_) return false;
  is_over_ = true;
  return true;
}

bool Pulse::is_over(double work) {
  since_ += work;
  if (since_ < kWorthListening && !patience_.has_end()) return false;
  since_ = 0.0;
  return patience_.is_over();
}

}  // namespace placement
