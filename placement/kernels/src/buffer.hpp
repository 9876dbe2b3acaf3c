// Large plain arrays without the zeros that a vector would write first, on large pages where the system has them.
#pragma once

#include <cstddef>
#include <memory>
#include <type_traits>

namespace placement {

// Uninitialised memory, to be given back with `give_back`; throws std::bad_alloc when there is none.
void* take_memory(std::size_t bytes);
void give_back(void* memory) noexcept;

template <class T>
class Buffer {
  static_assert(std::is_trivially_copyable<T>::value, "nothing is constructed");

 public:
  Buffer() = default;
  explicit Buffer(std::size_t size) : memory_(static_cast<T*>(take_memory(size * sizeof(T)))), size_(size) {}

  T* data() { return memory_.get(); }
  const T* data() const { return memory_.get(); }
  std::size_t size() const { return size_; }
  bool empty() const { return size_ == 0; }
  T& operator[](std::size_t i) { return memory_.get()[i]; }
  const T& operator[](std::size_t i) const { return memory_.get()[i]; }

 private:
  struct Free {
    void operator()(T* memory) const noexcept { give_back(memory); }
  };
  std::unique_ptr<T, Free> memory_;
  std::size_t size_ = 0;
};

}  // namespace placement
