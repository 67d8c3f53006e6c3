// Cascades, WIDTH scenarios side by side; a lane that ends takes the next scenario.
// One numeric L D L^T, one forward pass of three fields and one backward pass of four find
// islands, balance, shedding and flows together: a pivot of zero marks the last bus of an
// island, and there the forward pass has left the island's totals, because the columns of a
// susceptance matrix sum to zero.
//
// Only columns on the paths of opened branches to the root of the elimination tree differ from
// those of the whole network (Chan and Brandwajn 1986). They alone are kept by lane; all others
// are numbers that every lane and every scenario share, and lie in the island of the next
// differing column above them. A lane in which such a column does not differ gets the numbers of
// the whole network to the last bit, so that no scenario depends on its company; fused operations
// are therefore written out, and the compiler may add none.
#include <algorithm>
#include <vector>

#include "lanes.h"

namespace LEVEL {

static constexpr double NOTHING_MW = 1e-9;
// Negative reactances make negative pivots right, so a pivot is compared with the sum of |b|.
static constexpr double FLAT = 1e-9;
static constexpr double NEVER_MW = 1e299;
static constexpr int64_t SMALL = 1000;

namespace {

struct Bus {
  double made, head, load, pivot, diagonal;  // after elimination
};

// The whole network, factorised once with nothing open.
struct Base {
  std::vector<double> lower, product;  // of each entry: L, and L times the pivot
  std::vector<Bus> bus;
  std::vector<uint8_t> last;           // last buses of islands, and all above them
  std::vector<int32_t> row_entry;      // where each entry of a row stands

  Base(const Factor *f, const Cascade *c)
      : lower(f->column_start[f->buses]), product(lower.size()), bus(f->buses), last(f->buses),
        row_entry(lower.size()) {
    std::vector<double> work(f->buses, 0.0);
    std::vector<int32_t> filled(f->column_start, f->column_start + f->buses);
    for (int64_t k = 0; k < f->buses; k++) {
      double d = f->diagonal[k], g = c->generation[k], h = c->headroom[k], l = c->load[k];
      for (int32_t p = f->upper_start[k]; p < f->upper_start[k + 1]; p++)
        work[f->upper_row[p]] = f->upper[p];
      for (int32_t q = f->row_start[k]; q < f->row_start[k + 1]; q++) {
        const int32_t i = f->row_column[q], end = filled[i]++;
        const double y = work[i], part = y * bus[i].pivot;
        work[i] = 0.0;
        for (int32_t p = f->column_start[i]; p < end; p++) work[f->column_row[p]] -= lower[p] * y;
        d -= part * y;
        g -= part * bus[i].made;
        h -= part * bus[i].head;
        l -= part * bus[i].load;
        lower[end] = part;
        product[end] = y;
        row_entry[q] = end;
      }
      const bool flat = (d < 0 ? -d : d) <= f->weight[k] * FLAT;
      bus[k] = {g, h, l, flat ? 0.0 : 1.0 / d, d};
      last[k] = flat || f->parent[k] < 0;
    }
    for (int64_t k = 0; k < f->buses; k++)
      if (last[k] && f->parent[k] >= 0) last[f->parent[k]] = 1;
  }
};

// Branches that can trip, by their lower end, which the backward pass comes to last.
struct Watched {
  double size, limit;
  int32_t other, branch;
};
struct Watch {
  std::vector<int32_t> start;
  std::vector<Watched> branch;

  Watch(const Factor *f, const Cascade *c) : start(f->buses + 1, 0) {
    for (int64_t e = 0; e < f->branches; e++)
      if (c->limit[e] < NEVER_MW) start[std::min(f->from[e], f->to[e]) + 1]++;
    for (int64_t k = 0; k < f->buses; k++) start[k + 1] += start[k];
    std::vector<int32_t> at(start.begin(), start.end() - 1);
    branch.resize(start[f->buses]);
    for (int64_t e = 0; e < f->branches; e++)
      if (c->limit[e] < NEVER_MW)
        branch[at[std::min(f->from[e], f->to[e])]++] = {
            f->susceptance[e] < 0 ? -f->susceptance[e] : f->susceptance[e], c->limit[e],
            std::max(f->from[e], f->to[e]), static_cast<int32_t>(e)};
  }
};

// Sharing pays where few columns differ; in a small network most of them do.
template <bool SHARED>
struct Run {
  const Factor *f;
  const Cascade *c;
  const Base base;
  const Watch watch;
  Lanes upper, diagonal, work;  // changes of the matrix; what a row has gathered
  // Of columns that differ; rows above hold no sense elsewhere.
  Lanes values, pivots, made, head, load, scale, reserve, share, angle;
  std::vector<uint8_t> alive, differs;
  std::vector<int32_t> owner;  // the next column above, or itself, that differs
  std::vector<int32_t> gone[WIDTH];
  int64_t scenario[WIDTH];
  int32_t round[WIDTH];

  Run(const Factor *factor, const Cascade *cascade)
      : f(factor), c(cascade), base(factor, cascade), watch(factor, cascade),
        upper(factor->upper_start[factor->buses]), diagonal(factor->buses), work(factor->buses),
        values(factor->column_start[factor->buses], false), pivots(factor->buses, false),
        made(factor->buses, false), head(factor->buses, false), load(factor->buses, false),
        scale(factor->buses, false), reserve(factor->buses, false), share(factor->buses, false),
        angle(factor->buses, false), alive(static_cast<size_t>(factor->branches) * WIDTH, 1),
        differs(factor->buses, 1), owner(factor->buses) {}

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

  // Back to no change at all; adding back would leave rounding behind.
  void restore(int j) {
    for (int32_t e : gone[j]) {
      alive[static_cast<size_t>(e) * WIDTH + j] = 1;
      upper.lane(f->entry[e], j) = 0.0;
      diagonal.lane(f->from[e], j) = 0.0;
      diagonal.lane(f->to[e], j) = 0.0;
    }
    gone[j].clear();
  }

  void eliminate(int32_t *islands) {
    if (!SHARED) {
      for (int64_t k = 0; k < f->buses; k++) row(k, islands);
      return;
    }
    std::copy(base.last.begin(), base.last.end(), differs.begin());
    for (int j = 0; j < WIDTH; j++)
      for (int32_t e : gone[j])
        for (int32_t i = std::min(f->from[e], f->to[e]); i != -1 && !differs[i]; i = f->parent[i])
          differs[i] = 1;
    for (int64_t k = 0; k < f->buses; k++)
      if (differs[k]) row(k, islands);
  }

  // A row that differs is the row of the whole network, the changes of the matrix, and for each
  // column that differs what it took then less what it takes now.
  void row(int64_t k, int32_t *islands) {
    const Bus whole = SHARED ? base.bus[k]
                             : Bus{c->generation[k], c->headroom[k], c->load[k], 0.0, f->diagonal[k]};
    vec d = diagonal[k] + all(whole.diagonal), g = all(whole.made), h = all(whole.head),
        l = all(whole.load);
    vec *const gathered = work.at, *const value = values.at;
    const double *const old = base.lower.data();
    const int32_t *const rows = f->column_row;
    for (int32_t p = f->upper_start[k]; p < f->upper_start[k + 1]; p++)
      gathered[f->upper_row[p]] += SHARED ? upper[p] : upper[p] + all(f->upper[p]);
    for (int32_t q = f->row_start[k]; q < f->row_start[k + 1]; q++) {
      const int32_t i = f->row_column[q];
      if (SHARED && !differs[i]) continue;
      const int32_t end = base.row_entry[q];
      const double then = SHARED ? base.product[end] : 0.0, lower = SHARED ? old[end] : 0.0;
      const vec y = SHARED ? gathered[i] + all(then) : gathered[i], less = -y;
      gathered[i] = vec{};
      for (int32_t p = f->column_start[i]; p < end; p++)
        gathered[rows[p]] = SHARED ? gathered[rows[p]] + (all(then * old[p]) - value[p] * y)
                                   : fused(value[p], less, gathered[rows[p]]);
      const vec part = y * pivots[i];
      value[end] = part;
      if (SHARED) {
        const Bus &below = base.bus[i];
        d += all(then * lower) - part * y;
        g += all(lower * below.made) - part * made[i];
        h += all(lower * below.head) - part * head[i];
        l += all(lower * below.load) - part * load[i];
      } else {
        d = fused(part, less, d);
        g = fused(-part, made[i], g);
        h = fused(-part, head[i], h);
        l = fused(-part, load[i], l);
      }
    }
    made[k] = g;
    head[k] = h;
    load[k] = l;
    const mask held = above(absolute(d), all(f->weight[k] * FLAT));
    pivots[k] = choose(held, all(1.0) / d, vec{});
    if (!every(held))
      for (int j = 0; j < WIDTH; j++) islands[j] += pivots.lane(k, j) == 0.0;
  }

  // Leaves angles in `angle`, the share of load served in `share` of the owner of each bus, and
  // opens what is overloaded.
  void balance_solve_and_trip(vec &served, vec &largest, int32_t *tripped) {
    vec *const turns = angle.at;
    const double *const old = base.lower.data();
    const Watched *const watched = watch.branch.data();
    const int32_t *const starts = f->column_start, *const rows = f->column_row;
    const int32_t *const watch_start = watch.start.data();
    const uint8_t *const differ = differs.data();
    for (int64_t k = f->buses - 1; k >= 0; k--) {
      vec turn;
      if (differ[k]) {
        owner[k] = static_cast<int32_t>(k);
        turn = differing(k, served, largest);
      } else {
        const int32_t o = owner[k] = owner[f->parent[k]];
        vec below{};
        for (int32_t p = starts[k]; p < starts[k + 1]; p++)
          below = fused(all(old[p]), turns[rows[p]], below);
        const Bus &bus = base.bus[k];
        turn = turned(below, o, all(bus.made), all(bus.head), all(bus.load), all(bus.pivot));
      }
      turns[k] = turn;
      for (int32_t q = watch_start[k]; q < watch_start[k + 1]; q++) {
        const Watched &w = watched[q];
        const vec flow = absolute(turn - turns[w.other]) * all(w.size);
        if (any(above(flow, all(w.limit)))) trip(w, flow, tripped);
      }
    }
  }

  // The angle of a bus from the sum over those below it and the balance of its island.
  vec turned(vec below, int64_t island, vec g, vec h, vec l, vec pivot) {
    const vec given = fused(scale[island], g, fused(reserve[island], h, -(share[island] * l)));
    return fused(given, pivot, -below);
  }

  vec differing(int64_t k, vec &served, vec &largest) {
    const mask held = other_than_zero(pivots[k]);
    const vec g = made[k], h = head[k], l = load[k];
    // The balance is that of any neighbour above; the strongest tie is surely one.
    vec made_part{}, head_part{}, load_part{}, below{}, strongest{};
    for (int32_t p = f->column_start[k]; p < f->column_start[k + 1]; p++) {
      const int32_t i = f->column_row[p];
      const vec w = values[p], size = absolute(w);
      const mask more = above(size, strongest);
      strongest = choose(more, size, strongest);
      made_part = choose(more, scale[i], made_part);
      head_part = choose(more, reserve[i], head_part);
      load_part = choose(more, share[i], load_part);
      below = fused(w, angle[i], below);
    }
    scale[k] = made_part;
    reserve[k] = head_part;
    share[k] = load_part;
    if (!every(held))
      for (int j = 0; j < WIDTH; j++)
        if (pivots.lane(k, j) == 0.0) settle(k, j, lane(served, j), lane(largest, j));
    return choose(held, turned(below, k, g, h, l, pivots[k]), vec{});
  }

  // At the last bus of an island stand the island's totals, and it finds its balance.
  void settle(int64_t k, int j, double &served, double &largest) {
    double &made_part = scale.lane(k, j), &head_part = reserve.lane(k, j);
    double &load_part = share.lane(k, j);
    const double g = made.lane(k, j), h = head.lane(k, j), l = load.lane(k, j);
    made_part = head_part = load_part = 0.0;
    if (!(l > NOTHING_MW && g + h > NOTHING_MW)) return;
    if (g >= l) {
      made_part = l / g;
      load_part = 1.0;
    } else {
      const double given = l < g + h ? l : g + h;
      made_part = 1.0;
      head_part = h > 0 ? (given - g) / h : 0.0;
      load_part = given / l;
    }
    const double here = load_part * l;
    served += here;
    if (here > largest) largest = here;
  }

  void trip(const Watched &w, vec flow, int32_t *tripped) {
    const int32_t e = w.branch;
    for (int j = 0; j < WIDTH; j++)
      if (lane(flow, j) > w.limit && scenario[j] >= 0 &&
          alive[static_cast<size_t>(e) * WIDTH + j] && round[j] + 1 < c->max_rounds) {
        tripped[j]++;
        open(e, j);
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
            share.lane(owner[c->link_bus[q]], j) * c->link_load[q];
    scenario[j] = -1;
  }
};

template <bool SHARED>
int cascade_all(const Factor *f, const Cascade *c) {
  Run<SHARED> run(f, c);
  if (!run.ready()) return 1;
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
    int32_t islands[WIDTH] = {};
    run.eliminate(islands);
    vec served{}, largest{};
    int32_t tripped[WIDTH] = {};
    run.balance_solve_and_trip(served, largest, tripped);
    for (int j = 0; j < WIDTH; j++) {
      if (run.scenario[j] < 0) continue;
      run.round[j]++;
      if (!tripped[j]) run.finish(j, islands[j], lane(served, j), lane(largest, j));
    }
  }
}

}  // namespace

int cascade(const Factor *f, const Cascade *c) {
  return f->buses < SMALL ? cascade_all<false>(f, c) : cascade_all<true>(f, c);
}

}  // namespace LEVEL
