// Flows after the loss of one branch, WIDTH branches at a time: forward substitution over the
// paths of the elimination tree that matter (Tinney, Brandwajn and Chan 1985), a full backward
// sweep, and a rank-one correction of the base flows.
#include <algorithm>
#include <vector>

#include "lanes.h"

namespace LEVEL {

static constexpr double FLAT = 1e-9;

int screen(const Factor *f, const Screening *s) {
  const int64_t n = f->buses, m = f->branches;
  Lanes x(n);
  std::vector<uint8_t> marked(n, 0);
  std::vector<double> block(WIDTH * 64);
  if (!x) return 1;
  for (int64_t first = 0; first < s->count; first += WIDTH) {
    const int width = static_cast<int>(std::min<int64_t>(WIDTH, s->count - first));
    const int32_t *lost = s->lost + first;
    int64_t lowest = n;
    for (int j = 0; j < width; j++) {
      const int32_t ends[2] = {f->from[lost[j]], f->to[lost[j]]};
      x.lane(ends[0], j) += 1.0;
      x.lane(ends[1], j) -= 1.0;
      for (int32_t i : ends) {
        lowest = std::min<int64_t>(lowest, i);
        for (; i != -1 && !marked[i]; i = f->parent[i]) marked[i] = 1;
      }
    }
    for (int64_t k = lowest; k < n; k++) {
      if (!marked[k]) continue;
      marked[k] = 0;
      const vec v = x[k];
      for (int32_t p = f->column_start[k]; p < f->column_start[k + 1]; p++)
        x[f->column_row[p]] -= all(s->values[p]) * v;
    }
    for (int64_t k = n - 1; k >= 0; k--) {
      vec v = x[k] * all(s->pivots[k]);
      for (int32_t p = f->column_start[k]; p < f->column_start[k + 1]; p++)
        v -= all(s->values[p]) * x[f->column_row[p]];
      x[k] = v;
    }
    vec moved = all(0.0);
    for (int j = 0; j < width; j++) {
      const int32_t e = lost[j];
      const double rest = 1.0 - f->susceptance[e] * (x.lane(f->from[e], j) - x.lane(f->to[e], j));
      moved[j] = rest > FLAT || rest < -FLAT ? s->flow[e] / rest : __builtin_nan("");
    }
    auto flow = [&](int64_t e) {
      return (x[f->from[e]] - x[f->to[e]]) * (moved * all(f->susceptance[e])) + all(s->flow[e]);
    };
    if (s->flows) {
      for (int64_t start = 0; start < m; start += 64) {
        const int64_t length = std::min<int64_t>(64, m - start);
        for (int64_t e = 0; e < length; e++) {
          const vec z = flow(start + e);
          for (int j = 0; j < WIDTH; j++) block[j * 64 + e] = z[j];
        }
        for (int j = 0; j < width; j++)
          std::memcpy(s->flows + (first + j) * m + start, block.data() + j * 64, length * 8);
      }
      for (int j = 0; j < width; j++) s->flows[(first + j) * m + lost[j]] = 0.0;
    } else {
      vec worst = all(-1.0);
      mask where = {}, overloads = {};
      // The lost branches themselves carry nothing; the watched list is cut at each of them.
      int64_t stops[WIDTH];
      for (int j = 0; j < width; j++)
        stops[j] = std::lower_bound(s->watch, s->watch + s->watched, lost[j]) - s->watch;
      std::sort(stops, stops + width);
      int64_t at = 0;
      for (int piece = 0; piece <= width; piece++) {
        const int64_t stop = piece < width ? stops[piece] : s->watched;
        for (; at < stop; at++) {
          const vec z = absolute(flow(s->watch[at])) * all(s->inverse_rating[at]);
          const mask more = z > worst;
          worst = more ? z : worst;
          where = more ? mask{} + at : where;
          overloads -= z > 1.0;
        }
        if (piece < width && at == stop && at < s->watched) {
          vec z = absolute(flow(s->watch[at])) * all(s->inverse_rating[at]);
          for (int j = 0; j < width; j++)
            if (lost[j] == s->watch[at]) z[j] = 0.0;
          const mask more = z > worst;
          worst = more ? z : worst;
          where = more ? mask{} + at : where;
          overloads -= z > 1.0;
          at++;
        }
      }
      for (int j = 0; j < width; j++) {
        s->worst[first + j] = worst[j];
        s->where[first + j] = s->watched ? s->watch[where[j]] : -1;
        s->overloads[first + j] = static_cast<int32_t>(overloads[j]);
      }
    }
    std::memset(x.at, 0, n * sizeof(vec));
  }
  return 0;
}

}  // namespace LEVEL
