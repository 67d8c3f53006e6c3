// Vectors of WIDTH scenarios or contingencies side by side.
#pragma once
#include <cstdlib>
#include <cstring>
#if WIDTH > 2
#include <immintrin.h>
#endif

#include "kernel.h"

namespace LEVEL {

#if WIDTH == 16
// Two registers of AVX-512: one walk over the factor serves sixteen scenarios.
struct vec {
  __m512d a, b;
  vec() : a(_mm512_setzero_pd()), b(_mm512_setzero_pd()) {}
  vec(__m512d x, __m512d y) : a(x), b(y) {}
  vec &operator+=(vec y) { return *this = vec(a + y.a, b + y.b); }
};
struct mask {
  __mmask8 a, b;
};
static inline vec operator+(vec x, vec y) { return vec(x.a + y.a, x.b + y.b); }
static inline vec operator-(vec x, vec y) { return vec(x.a - y.a, x.b - y.b); }
static inline vec operator*(vec x, vec y) { return vec(x.a * y.a, x.b * y.b); }
static inline vec operator/(vec x, vec y) { return vec(x.a / y.a, x.b / y.b); }
static inline vec operator-(vec x) { return vec(-x.a, -x.b); }
static inline vec all(double x) { return vec(_mm512_set1_pd(x), _mm512_set1_pd(x)); }
static inline vec absolute(vec x) { return vec(_mm512_abs_pd(x.a), _mm512_abs_pd(x.b)); }
static inline vec fused(vec x, vec y, vec z) {
  return vec(_mm512_fmadd_pd(x.a, y.a, z.a), _mm512_fmadd_pd(x.b, y.b, z.b));
}
static inline mask above(vec x, vec y) {
  return {_mm512_cmp_pd_mask(x.a, y.a, _CMP_GT_OQ), _mm512_cmp_pd_mask(x.b, y.b, _CMP_GT_OQ)};
}
static inline mask other_than_zero(vec x) {
  const __m512d zero = _mm512_setzero_pd();
  return {_mm512_cmp_pd_mask(x.a, zero, _CMP_NEQ_UQ), _mm512_cmp_pd_mask(x.b, zero, _CMP_NEQ_UQ)};
}
static inline bool any(mask m) { return (m.a | m.b) != 0; }
static inline bool every(mask m) { return (m.a & m.b) == 0xff; }
static inline vec choose(mask m, vec x, vec y) {
  return vec(_mm512_mask_blend_pd(m.a, y.a, x.a), _mm512_mask_blend_pd(m.b, y.b, x.b));
}
#else
typedef double vec __attribute__((vector_size(WIDTH * 8), aligned(WIDTH * 8)));

// fused is x * y + z and less is z - x * y, in one rounding where the processor has it.
// g++ makes one broadcast of a scalar minus a vector, and WIDTH moves of a loop.
static inline vec all(double x) { return x - vec{}; }
#if WIDTH == 8
typedef __mmask8 mask;
static inline vec absolute(vec x) { return (vec)_mm512_abs_pd((__m512d)x); }
static inline vec fused(vec x, vec y, vec z) {
  return (vec)_mm512_fmadd_pd((__m512d)x, (__m512d)y, (__m512d)z);
}
static inline vec less(vec x, vec y, vec z) {
  return (vec)_mm512_fnmadd_pd((__m512d)x, (__m512d)y, (__m512d)z);
}
static inline mask above(vec x, vec y) {
  return _mm512_cmp_pd_mask((__m512d)x, (__m512d)y, _CMP_GT_OQ);
}
static inline mask other_than_zero(vec x) {
  return _mm512_cmp_pd_mask((__m512d)x, _mm512_setzero_pd(), _CMP_NEQ_UQ);
}
static inline bool any(mask m) { return m != 0; }
static inline bool every(mask m) { return m == 0xff; }
static inline vec choose(mask m, vec x, vec y) {
  return (vec)_mm512_mask_blend_pd(m, (__m512d)y, (__m512d)x);
}
#else
typedef int64_t mask __attribute__((vector_size(WIDTH * 8)));
static inline vec absolute(vec x) { return x < 0 ? -x : x; }
#if WIDTH == 4
static inline vec fused(vec x, vec y, vec z) {
  return (vec)_mm256_fmadd_pd((__m256d)x, (__m256d)y, (__m256d)z);
}
static inline vec less(vec x, vec y, vec z) {
  return (vec)_mm256_fnmadd_pd((__m256d)x, (__m256d)y, (__m256d)z);
}
static inline bool any(mask m) { return _mm256_movemask_pd((__m256d)m) != 0; }
#else
static inline vec fused(vec x, vec y, vec z) { return x * y + z; }
static inline vec less(vec x, vec y, vec z) { return z - x * y; }
static inline bool any(mask m) { return (m[0] | m[1]) != 0; }
#endif
static inline mask above(vec x, vec y) { return x > y; }
static inline mask other_than_zero(vec x) { return x != vec{}; }
static inline bool every(mask m) { return !any(~m); }
static inline vec choose(mask m, vec x, vec y) { return m ? x : y; }
#endif
#endif
static inline double &lane(vec &x, int j) { return reinterpret_cast<double *>(&x)[j]; }

// Vectors of one length, freed together.
class Lanes {
 public:
  explicit Lanes(int64_t length, bool zeroed = true) {
    size_t size = (static_cast<size_t>(length ? length : 1) * sizeof(vec) + 127) / 128 * 128;
    at = static_cast<vec *>(std::aligned_alloc(128, size));
    if (at && zeroed) std::memset(at, 0, size);
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
