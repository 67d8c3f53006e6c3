// Random numbers by counter: Philox4x32 with ten rounds (Salmon, Moraes, Dror and Shaw 2011).
#include "kernel.h"

extern "C" void vidomo_grid_uniforms(uint64_t seed, uint32_t stream, uint64_t first, uint64_t last,
                                     uint32_t draws, double *out) {
  for (uint64_t scenario = first; scenario < last; scenario++)
    for (uint32_t at = 0; at < draws; at += 2) {
      uint32_t a = static_cast<uint32_t>(scenario), b = static_cast<uint32_t>(scenario >> 32);
      uint32_t c = at / 2, d = stream;
      uint32_t left = static_cast<uint32_t>(seed), right = static_cast<uint32_t>(seed >> 32);
      for (int turn = 0; turn < 10; turn++) {
        const uint64_t x = 0xD2511F53ULL * a, y = 0xCD9E8D57ULL * c;
        a = static_cast<uint32_t>(y >> 32) ^ b ^ left;
        c = static_cast<uint32_t>(x >> 32) ^ d ^ right;
        b = static_cast<uint32_t>(y);
        d = static_cast<uint32_t>(x);
        left += 0x9E3779B9u;
        right += 0xBB67AE85u;
      }
      *out++ = (static_cast<uint64_t>(a >> 5) << 26 | b >> 6) * 0x1p-53;
      if (at + 1 < draws) *out++ = (static_cast<uint64_t>(c >> 5) << 26 | d >> 6) * 0x1p-53;
    }
}
