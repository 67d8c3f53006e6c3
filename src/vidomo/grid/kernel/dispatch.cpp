// Chooses the widest vectors that this processor has, at run time.
#include <cstddef>

#include "kernel.h"

#define DECLARE(level)                              \
  namespace level {                                 \
  int screen(const Factor *f, const Screening *s);  \
  int cascade(const Factor *f, const Cascade *c);   \
  }

DECLARE(plain)
#ifdef VIDOMO_X86
DECLARE(avx2)
DECLARE(avx512)
DECLARE(avx512pair)
#endif

namespace {

int widest() {
#ifdef VIDOMO_X86
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq")) return 8;
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) return 4;
#endif
  return 2;
}

constexpr int64_t PAIRS = 5000;

int chosen(int width) { return width && width < widest() ? width : widest(); }

}  // namespace

extern "C" {

int32_t vidomo_grid_abi() { return ABI; }
int32_t vidomo_grid_size(int32_t which) {
  const size_t sizes[] = {sizeof(Factor), sizeof(Screening), sizeof(Cascade), sizeof(Islands)};
  return static_cast<int32_t>(sizes[which]);
}
int32_t vidomo_grid_width() { return widest(); }

int vidomo_grid_screen(const Factor *f, const Screening *s, int32_t width) {
#ifdef VIDOMO_X86
  if (chosen(width) == 8) return avx512::screen(f, s);
  if (chosen(width) == 4) return avx2::screen(f, s);
#endif
  return plain::screen(f, s);
}

int vidomo_grid_cascade(const Factor *f, const Cascade *c, int32_t width) {
#ifdef VIDOMO_X86
  // Two registers a lane halve the walks over the factor, as long as the angles fit the cache.
  if (chosen(width) == 8 && f->buses < PAIRS) return avx512pair::cascade(f, c);
  if (chosen(width) == 8) return avx512::cascade(f, c);
  if (chosen(width) == 4) return avx2::cascade(f, c);
#endif
  return plain::cascade(f, c);
}
}
