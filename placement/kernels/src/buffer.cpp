#include "buffer.hpp"

#include <cstdlib>
#include <new>

#if defined(__linux__)
#include <sys/mman.h>
#endif

namespace placement {

namespace {
constexpr std::size_t kLargePage = std::size_t{1} << 21;
}  // namespace

void* take_memory(std::size_t bytes) {
#if defined(__linux__)
  // Points are scattered all over these arrays: with small pages every other write would have to look its address up.
  if (bytes >= 2 * kLargePage) {
    const std::size_t rounded = (bytes + kLargePage - 1) / kLargePage * kLargePage;
    void* const memory = std::aligned_alloc(kLargePage, rounded);
    if (memory == nullptr) throw std::bad_alloc();
    madvise(memory, rounded, MADV_HUGEPAGE);  // only advice: without large pages all is the same, but slower
    return memory;
  }
#endif
  void* const memory = std::malloc(bytes > 0 ? bytes : 1);
  if (memory == nullptr) throw std::bad_alloc();
  return memory;
}

void give_back(void* memory) noexcept { std::free(memory); }

}  // namespace placement
