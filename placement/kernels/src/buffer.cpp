#include "buffer.hpp"

#include <new>

#if defined(__linux__)
#include <sys/mman.h>

#include <cstdlib>
#endif

namespace placement {

namespace {

constexpr std::size_t kRegister = 64;  // bytes of the widest one: what straddles two such pieces is read twice

std::size_t round_up(std::size_t bytes, std::size_t to) { return (bytes + to - 1) / to * to; }

}  // namespace

#if defined(__linux__)

void* take_memory(std::size_t bytes) {
  constexpr std::size_t kLargePage = std::size_t{1} << 21;
  const std::size_t unit = bytes >= 2 * kLargePage ? kLargePage : kRegister;
  const std::size_t rounded = round_up(bytes + (bytes == 0), unit);
  void* const memory = std::aligned_alloc(unit, rounded);
  if (memory == nullptr) throw std::bad_alloc();
  // Points are scattered all over these arrays: with small pages every other write would have to look its address up.
  if (unit == kLargePage) madvise(memory, rounded, MADV_HUGEPAGE);  // only advice: without large pages all is the same, but slower
  return memory;
}

void give_back(void* memory) noexcept { std::free(memory); }

#else

void* take_memory(std::size_t bytes) { return ::operator new(round_up(bytes + (bytes == 0), kRegister), std::align_val_t{kRegister}); }

void give_back(void* memory) noexcept { ::operator delete(memory, std::align_val_t{kRegister}); }

#endif

}  // namespace placement
