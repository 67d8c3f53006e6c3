// Cascades, WIDTH scenarios side by side; a lane that ends takes the next scenario.
// One numeric L D L^T, one forward pass of three fields and one backward pass of four find
// islands, balance, shedding and flows together: a pivot of zero marks the last bus of an
// island, and there the forward pass has left the island's totals, because the columns of a
// susceptance matrix sum to zero.
#include <vector>

#include "lanes.h"

namespace LEVEL {

static constexpr double NOTHING_MW = 1e-9;
// Negative reactances make negative pivots right, so a pivot is compared with the sum of |b|.
static constexpr double FLAT = 1e-9;

namespace {

struct Run {
  const Factor *f;
  const Cascade *c;
  Lanes upper, diagonal, values, pivots, angle, work, made, head, load, scale, reserve, share;
  std::vector<uint8_t> alive, touched, touched_before;
  std::vector<int32_t> row_entry;  // place in `values` of each entry of a row
  std::vector<int32_t> gone[WIDTH];
  int64_t scenario[WIDTH];
  int32_t round[WIDTH];

  Run(const Factor *factor, const Cascade *cascade)
      : f(factor), c(cascade), upper(factor->upper_start[factor->buses]), diagonal(factor->buses),
        values(factor->column_start[factor->buses]), pivots(factor->buses), angle(factor->buses), work(factor->buses),
        made(factor->buses), head(factor->buses), load(factor->buses), scale(factor->buses),
        reserve(factor->buses), share(factor->buses),
        alive(static_cast<size_t>(factor->branches) * WIDTH, 1), touched(factor->buses, 1),
        touched_before(factor->buses, 0), row_entry(factor->column_start[factor->buses]) {
    std::vector<int32_t> filled(f->column_start, f->column_start + f->buses);
    for (int32_t q = 0; q < f->row_start[f->buses]; q++)
      row_entry[q] = filled[f->row_column[q]]++;
  }

  bool ready() const {
    return upper && diagonal && values && pivots && angle && work && made && head && load && scale &&
           reserve && share;
  }

  void open(int32_t e, int j) {
    alive[static_cast<size_t>(e) * WIDTH + j] = 0;
    upper.lane(f->entry[e], j) += f->susceptance[e];
    diagonal.lane(f->from[e], j) -= f->susceptance[e];
    diagonal.lane(f->to[e], j) -= f->susceptance[e];
    gone[j].push_back(e);
  }

  // Put back exactly what was there; adding back would leave rounding behind.
  void restore(int j) {
    for (int32_t e : gone[j]) {
      alive[static_cast<size_t>(e) * WIDTH + j] = 1;
      upper.lane(f->entry[e], j) = f->upper[f->entry[e]];
      diagonal.lane(f->from[e], j) = f->diagonal[f->from[e]];
      diagonal.lane(f->to[e], j) = f->diagonal[f->to[e]];
    }
    gone[j].clear();
  }

  void touch(int32_t e) {
    const int32_t a = f->from[e], b = f->to[e];
    for (int32_t i = a < b ? a : b; i != -1 && !touched[i]; i = f->parent[i]) touched[i] = 1;
  }

  // Rows above no opened branch in the elimination tree are those of the last round, so only
  // the others are done anew (Chan and Brandwajn 1986).
  mask eliminate() {
    for (int j = 0; j < WIDTH; j++)
      for (int32_t e : gone[j]) touch(e);
    mask islands = {};
    for (int64_t k = 0; k < f->buses; k++) {
      if (touched[k] | touched_before[k]) row(k);
      islands -= pivots[k] == vec{};
    }
    touched_before.swap(touched);
    std::memset(touched.data(), 0, touched.size());
    return islands;
  }

  void row(int64_t k) {
    vec d = diagonal[k], g = all(c->generation[k]), h = all(c->headroom[k]), l = all(c->load[k]);
    for (int32_t p = f->upper_start[k]; p < f->upper_start[k + 1]; p++)
      work[f->upper_row[p]] = upper[p];
    for (int32_t q = f->row_start[k]; q < f->row_start[k + 1]; q++) {
      const int32_t i = f->row_column[q], end = row_entry[q];
      const vec y = work[i];
      work[i] = vec{};
      for (int32_t p = f->column_start[i]; p < end; p++) work[f->column_row[p]] -= values[p] * y;
      const vec part = y * pivots[i];
      d -= part * y;
      values[end] = part;
      g -= part * made[i];
      h -= part * head[i];
      l -= part * load[i];
    }
    made[k] = g;
    head[k] = h;
    load[k] = l;
    const mask flat = absolute(d) <= all(f->weight[k] * FLAT);
    pivots[k] = flat ? vec{} : 1.0 / d;
  }

  // Leaves angles in `angle` and the share of load served at each bus in `share`.
  void balance_and_solve(vec &served, vec &largest) {
    for (int64_t k = f->buses - 1; k >= 0; k--) {
      const mask flat = pivots[k] == vec{};
      const vec g = made[k], h = head[k], l = load[k];
      vec made_part{}, head_part{}, load_part{}, turn{};
      for (int32_t p = f->column_start[k]; p < f->column_start[k + 1]; p++) {
        const int32_t i = f->column_row[p];
        const vec w = values[p];
        made_part -= w * scale[i];
        head_part -= w * reserve[i];
        load_part -= w * share[i];
        turn -= w * angle[i];
      }
      if (any(flat))
        for (int j = 0; j < WIDTH; j++) {
          if (!flat[j]) continue;
          made_part[j] = head_part[j] = load_part[j] = turn[j] = 0.0;
          if (!(l[j] > NOTHING_MW && g[j] + h[j] > NOTHING_MW)) continue;
          if (g[j] >= l[j]) {
            made_part[j] = l[j] / g[j];
            load_part[j] = 1.0;
          } else {
            const double given = l[j] < g[j] + h[j] ? l[j] : g[j] + h[j];
            made_part[j] = 1.0;
            head_part[j] = h[j] > 0 ? (given - g[j]) / h[j] : 0.0;
            load_part[j] = given / l[j];
          }
          const double here = load_part[j] * l[j];
          served[j] += here;
          if (here > largest[j]) largest[j] = here;
        }
      turn += (made_part * g + head_part * h - load_part * l) * pivots[k];
      scale[k] = made_part;
      reserve[k] = head_part;
      share[k] = load_part;
      angle[k] = flat ? vec{} : turn;
    }
  }

  void trip(int32_t *tripped) {
    for (int64_t e = 0; e < f->branches; e++) {
      const double b = f->susceptance[e];
      const vec flow = absolute(angle[f->from[e]] - angle[f->to[e]]) * all(b < 0 ? -b : b);
      const mask over = flow > all(c->limit[e]);
      if (!any(over)) continue;
      for (int j = 0; j < WIDTH; j++)
        if (over[j] && scenario[j] >= 0 && alive[static_cast<size_t>(e) * WIDTH + j] &&
            round[j] + 1 < c->max_rounds) {
          tripped[j]++;
          open(static_cast<int32_t>(e), j);
        }
    }
  }

  void finish(int j, int64_t islands, double served, double largest) {
    const int64_t s = scenario[j];
    c->rounds[s] = round[j];
    c->out[s] = static_cast<int32_t>(gone[j].size());
    c->islands[s] = static_cast<int32_t>(islands);
    c->served[s] = served;
    c->largest[s] = largest;
    if (c->by_place)
      for (int64_t q = 0; q < c->links; q++)
        c->by_place[s * c->places + c->link_place[q]] +=
            share.lane(c->link_bus[q], j) * c->link_load[q];
    scenario[j] = -1;
  }
};

}  // namespace

int cascade(const Factor *f, const Cascade *c) {
  Run run(f, c);
  if (!run.ready()) return 1;
  for (int64_t p = 0; p < f->upper_start[f->buses]; p++) run.upper[p] = all(f->upper[p]);
  for (int64_t k = 0; k < f->buses; k++) run.diagonal[k] = all(f->diagonal[k]);
  for (int j = 0; j < WIDTH; j++) run.scenario[j] = -1;
  int64_t next = 0;
  for (;;) {
    bool busy = false;
    for (int j = 0; j < WIDTH; j++) {
      if (run.scenario[j] < 0) {
        run.restore(j);
        run.round[j] = 0;
        if (next < c->count) {
          run.scenario[j] = next++;
          for (int64_t q = c->offset[run.scenario[j]]; q < c->offset[run.scenario[j] + 1]; q++)
            run.open(c->lost[q], j);
        }
      }
      busy |= run.scenario[j] >= 0;
    }
    if (!busy) return 0;
    const mask islands = run.eliminate();
    vec served{}, largest{};
    run.balance_and_solve(served, largest);
    int32_t tripped[WIDTH] = {};
    run.trip(tripped);
    for (int j = 0; j < WIDTH; j++) {
      if (run.scenario[j] < 0) continue;
      run.round[j]++;
      if (!tripped[j]) run.finish(j, islands[j], served[j], largest[j]);
    }
  }
}

}  // namespace LEVEL
