// Islands of many scenarios. Each branch off a spanning tree carries a random word, each branch
// of the tree the XOR of the words of the branches that bypass it; outages hold a cut exactly
// where some of their words XOR to zero (Pritchard and Thurimella 2011, cycle-space sampling).
// A real cut is never missed; a false one has the probability 2^(outages - 64) at most.
#include <vector>

#include "kernel.h"

namespace {

constexpr int MOST = 24;  // outages that words of 64 bits are trusted with: 2^-40

struct Counted {
  int32_t islands;
  double largest, unserved;
};

void add_island(Counted &sum, double load, double capacity) {
  if (load > sum.largest) sum.largest = load;
  if (load > capacity) sum.unserved += load - capacity;
}

Counted by_labels(const Islands &a, const int32_t *lost, int count) {
  // Gaussian elimination over GF(2) without branches: they would be coin tosses.
  uint64_t word[MOST], group[MOST], null_vectors[MOST];
  for (int i = 0; i < count; i++) {
    word[i] = a.label[lost[i]];
    group[i] = 1ULL << i;
  }
  for (int i = 0; i < count; i++) {
    const uint64_t bit = word[i] & -word[i];
    for (int j = i + 1; j < count; j++) {
      const uint64_t held = -static_cast<uint64_t>((word[j] & bit) != 0);
      word[j] ^= word[i] & held;
      group[j] ^= group[i] & held;
    }
  }
  int cuts = 0;
  for (int i = 0; i < count; i++) {
    null_vectors[cuts] = group[i];
    cuts += word[i] == 0;
  }
  const double all_load = a.load_before[a.buses], all_capacity = a.capacity_before[a.buses];
  Counted sum{0, 0.0, 0.0};
  if (!cuts) {
    add_island(sum, all_load, all_capacity);
    sum.islands = 1;
    return sum;
  }
  uint64_t members = 0;
  for (int q = 0; q < cuts; q++) members |= null_vectors[q];
  int32_t enter[MOST], leave[MOST];
  uint64_t sides[MOST];
  int subtrees = 0;
  while (members) {
    int i = __builtin_ctzll(members);
    members &= members - 1;
    int32_t branch = lost[i];
    if (a.enter[branch] < 0) continue;
    uint64_t side = 0;
    for (int q = 0; q < cuts; q++) side |= (null_vectors[q] >> i & 1ULL) << q;
    int j = subtrees++;
    for (; j > 0 && enter[j - 1] > a.enter[branch]; j--) {
      enter[j] = enter[j - 1];
      leave[j] = leave[j - 1];
      sides[j] = sides[j - 1];
    }
    enter[j] = a.enter[branch];
    leave[j] = a.leave[branch];
    sides[j] = side;
  }
  // Fragments of the tree, each with the parity of the cuts between it and the root.
  double load[MOST + 1], capacity[MOST + 1];
  uint64_t parity[MOST + 1];
  int32_t ends[MOST + 1];
  int nested[MOST + 1], depth = 0;
  load[0] = all_load;
  capacity[0] = all_capacity;
  parity[0] = 0;
  ends[0] = static_cast<int32_t>(a.buses);
  nested[0] = 0;
  for (int j = 0; j < subtrees; j++) {
    while (ends[nested[depth]] <= enter[j]) depth--;
    int outer = nested[depth];
    double l = a.load_before[leave[j]] - a.load_before[enter[j]];
    double c = a.capacity_before[leave[j]] - a.capacity_before[enter[j]];
    load[outer] -= l;
    capacity[outer] -= c;
    load[j + 1] = l;
    capacity[j + 1] = c;
    parity[j + 1] = parity[outer] ^ sides[j];
    ends[j + 1] = leave[j];
    nested[++depth] = j + 1;
  }
  uint64_t key[MOST + 1];
  double island_load[MOST + 1], island_capacity[MOST + 1];
  for (int j = 0; j <= subtrees; j++) {
    int q = 0;
    while (q < sum.islands && key[q] != parity[j]) q++;
    if (q == sum.islands) {
      key[q] = parity[j];
      island_load[q] = island_capacity[q] = 0.0;
      sum.islands++;
    }
    island_load[q] += load[j];
    island_capacity[q] += capacity[j];
  }
  for (int q = 0; q < sum.islands; q++) add_island(sum, island_load[q], island_capacity[q]);
  return sum;
}

int32_t root(std::vector<int32_t> &up, int32_t i) {
  while (up[i] != i) i = up[i] = up[up[i]];
  return i;
}

Counted by_union(const Islands &a, const int32_t *lost, int64_t count, std::vector<int32_t> &up,
                 std::vector<uint8_t> &dead, std::vector<double> &load,
                 std::vector<double> &capacity) {
  for (int64_t i = 0; i < count; i++) dead[lost[i]] = 1;
  for (int64_t i = 0; i < a.buses; i++) {
    up[i] = static_cast<int32_t>(i);
    load[i] = capacity[i] = 0.0;
  }
  for (int64_t e = 0; e < a.branches; e++) {
    if (dead[e]) continue;
    int32_t x = root(up, a.start[e]), y = root(up, a.stop[e]);
    if (x != y) up[x < y ? y : x] = x < y ? x : y;
  }
  for (int64_t i = 0; i < a.buses; i++) {
    int32_t r = root(up, static_cast<int32_t>(i));
    load[r] += a.load[i];
    capacity[r] += a.capacity[i];
  }
  Counted sum{0, 0.0, 0.0};
  for (int64_t i = 0; i < a.buses; i++)
    if (up[i] == i) {
      add_island(sum, load[i], capacity[i]);
      sum.islands++;
    }
  for (int64_t i = 0; i < count; i++) dead[lost[i]] = 0;
  return sum;
}

}  // namespace

extern "C" void vidomo_grid_islands(const Islands *a) {
  std::vector<int32_t> up;
  std::vector<uint8_t> dead;
  std::vector<double> load, capacity;
  for (int64_t s = 0; s < a->count; s++) {
    const int32_t *lost = a->lost + a->offset[s];
    int64_t count = a->offset[s + 1] - a->offset[s];
    Counted sum;
    if (a->label && count <= MOST) {
      sum = by_labels(*a, lost, static_cast<int>(count));
    } else {
      if (up.empty()) {
        up.resize(a->buses);
        load.resize(a->buses);
        capacity.resize(a->buses);
        dead.assign(a->branches, 0);
      }
      sum = by_union(*a, lost, count, up, dead, load, capacity);
    }
    a->islands[s] = sum.islands;
    a->largest[s] = sum.largest;
    a->unserved[s] = sum.unserved;
  }
}
