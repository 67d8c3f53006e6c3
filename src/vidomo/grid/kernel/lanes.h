// Vectors of WIDTH scenarios or contingencies side by side.
#pragma once
#include <cstdlib>
#include <cstring>

#include "kernel.h"

namespace LEVEL {

typedef double vec __attribute__((vector_size(WIDTH * 8), aligned(WIDTH * 8)));
typedef int64_t mask __attribute__((vector_size(WIDTH * 8)));

// g++ makes one broadcast of a scalar minus a vector, and WIDTH moves of a loop.
static inline vec all(double x) { return x - vec{}; }
static inline vec absolute(vec x) { return x < 0 ? -x : x; }
static inline bool any(mask m) {
  int64_t seen = 0;
  for (int j = 0; j < WIDTH; j++) seen |= m[j];
  return seen != 0;
}

// Zeroed vectors of one length, freed together.
class Lanes {
 public:
  explicit Lanes(int64_t length) {
    size_t size = (static_cast<size_t>(length ? length : 1) * sizeof(vec) + 63) / 64 * 64;
    at = static_cast<vec *>(std::aligned_alloc(64, size));
    if (at) std::memset(at, 0, size);
  }
  ~Lanes() { std::free(at); }
  Lanes(const Lanes &) = delete;
  Lanes &operator=(const Lanes &) = delete;
  vec &operator[](int64_t i) { return at[i]; }
  double &lane(int64_t i, int j) { return reinterpret_cast<double *>(at + i)[j]; }
  explicit operator bool() const { return at != nullptr; }
  vec *at;
};

int screen(const Factor *f, const Screening *s);
int cascade(const Factor *f, const Cascade *c);

}  // namespace LEVEL
