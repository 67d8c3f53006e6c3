// Flows after the loss of one branch, WIDTH branches at a time: forward substitution over the
// paths of the elimination tree that matter (Tinney, Brandwajn and Chan 1985), and a full backward
// sweep that looks at each rated branch when it comes to its lower end. The forward pass already
// tells what share of its own flow comes back to the lost branch, so the sweep carries the change
// of every angle as it will be.
#include <algorithm>
#include <vector>

#include "lanes.h"

namespace LEVEL {

static constexpr double FLAT = 1e-9;

namespace {

struct Watched {
  double susceptance, flow;  // over the rating, positive from the lower end
  int32_t other, branch;
};

// Rated branches by their lower end, in ascending order there.
struct Watch {
  std::vector<int32_t> start, place;  // place of each branch; -1 where it is not rated
  std::vector<Watched> branch;

  Watch(const Factor *f, const Screening *s)
      : start(f->buses + 1, 0), place(f->branches, -1), branch(s->watched) {
    for (int64_t q = 0; q < s->watched; q++)
      start[std::min(f->from[s->watch[q]], f->to[s->watch[q]]) + 1]++;
    for (int64_t k = 0; k < f->buses; k++) start[k + 1] += start[k];
    std::vector<int32_t> at(start.begin(), start.end() - 1);
    for (int64_t q = 0; q < s->watched; q++) {
      const int32_t e = s->watch[q], low = std::min(f->from[e], f->to[e]);
      const double share = s->inverse_rating[q];
      place[e] = at[low]++;
      branch[place[e]] = {f->susceptance[e] * share,
                          f->from[e] == low ? s->flow[e] * share : -s->flow[e] * share,
                          std::max(f->from[e], f->to[e]), e};
    }
  }
};

}  // namespace

int screen(const Factor *f, const Screening *s) {
  const int64_t n = f->buses, m = f->branches;
  Lanes x(n);
  const Watch watch(f, s);
  std::vector<uint8_t> marked(n, 0), lost_here(watch.branch.size(), 0);
  std::vector<double> block(WIDTH * 64);
  if (!x) return 1;
  const int32_t *const starts = f->column_start, *const rows = f->column_row;
  for (int64_t first = 0; first < s->count; first += WIDTH) {
    const int width = static_cast<int>(std::min<int64_t>(WIDTH, s->count - first));
    const int32_t *lost = s->lost + first;
    int64_t lowest = n;
    for (int j = 0; j < width; j++) {
      const int32_t ends[2] = {f->from[lost[j]], f->to[lost[j]]};
      for (int32_t i : ends) {
        lowest = std::min<int64_t>(lowest, i);
        for (int32_t k = i; k != -1 && !marked[k]; k = f->parent[k]) {
          marked[k] = 1;
          x[k] = vec{};
        }
      }
      x.lane(ends[0], j) += 1.0;
      x.lane(ends[1], j) -= 1.0;
      if (watch.place[lost[j]] >= 0) lost_here[watch.place[lost[j]]] = 1;
    }
    vec back{};  // difference of the angles at the ends, for a unit sent from one to the other
    for (int64_t k = lowest; k < n; k++) {
      if (!marked[k]) continue;
      const vec v = x[k];
      back = fused(v * v, all(s->pivots[k]), back);
      for (int32_t p = starts[k]; p < starts[k + 1]; p++)
        x[rows[p]] = less(all(s->values[p]), v, x[rows[p]]);
    }
    vec moved{};
    for (int j = 0; j < width; j++) {
      const double rest = 1.0 - f->susceptance[lost[j]] * lane(back, j);
      lane(moved, j) =
          rest > FLAT || rest < -FLAT ? s->flow[lost[j]] / rest : __builtin_nan("");
    }
    // Nothing happens to a branch below both its rating and the worst so far.
    vec worst = all(-1.0), notable = worst;
    int32_t where[WIDTH] = {}, overloads[WIDTH] = {};
    for (int64_t k = n - 1; k >= 0; k--) {
      vec v{};
      if (marked[k]) {
        v = x[k] * (moved * all(s->pivots[k]));
        marked[k] = 0;
      }
      for (int32_t p = starts[k]; p < starts[k + 1]; p++)
        v = less(all(s->values[p]), x[rows[p]], v);
      x[k] = v;
      for (int32_t q = watch.start[k]; q < watch.start[k + 1]; q++) {
        const Watched &w = watch.branch[q];
        vec z = absolute(fused(all(w.susceptance), v - x[w.other], all(w.flow)));
        if (!any(above(z, notable))) continue;
        for (int j = 0; j < width; j++) {
          const double loading = lost_here[q] && lost[j] == w.branch ? 0.0 : lane(z, j);
          if (loading > lane(worst, j)) {
            lane(worst, j) = loading;
            where[j] = w.branch;
          }
          overloads[j] += loading > 1.0;
          lane(notable, j) = std::min(lane(worst, j), 1.0);
        }
      }
    }
    for (int j = 0; j < width; j++) {
      if (watch.place[lost[j]] >= 0) lost_here[watch.place[lost[j]]] = 0;
      const double share = lane(moved, j);
      s->worst[first + j] = share == share ? lane(worst, j) : share;
      s->where[first + j] = s->watched ? where[j] : -1;
      s->overloads[first + j] = overloads[j];
    }
    if (!s->flows) continue;
    for (int64_t start = 0; start < m; start += 64) {
      const int64_t length = std::min<int64_t>(64, m - start);
      for (int64_t e = 0; e < length; e++) {
        const int64_t b = start + e;
        vec z = fused(all(f->susceptance[b]), x[f->from[b]] - x[f->to[b]], all(s->flow[b]));
        for (int j = 0; j < WIDTH; j++) block[j * 64 + e] = lane(z, j);
      }
      for (int j = 0; j < width; j++)
        std::memcpy(s->flows + (first + j) * m + start, block.data() + j * 64, length * 8);
    }
    for (int j = 0; j < width; j++) s->flows[(first + j) * m + lost[j]] = 0.0;
  }
  return 0;
}

}  // namespace LEVEL
