// What Python and the kernels agree on. Change ABI whenever a struct or a function changes.
#pragma once
#include <cstdint>

constexpr int32_t ABI = 2;

// Symbolic factor of the susceptance matrix, buses renumbered for little fill.
struct Factor {
  int64_t buses, branches;
  const int32_t *upper_start, *upper_row;    // entries above the diagonal, by column
  const int32_t *column_start, *column_row;  // L without its diagonal, by column
  const int32_t *row_start, *row_column;     // columns of each row of L, in elimination order
  const int32_t *parent;                     // elimination tree, -1 at a root
  const int32_t *from, *to, *entry;          // of each branch: ends, place among the upper entries
  const double *susceptance;                 // of each branch
  const double *upper, *diagonal, *weight;   // matrix, and the sum of |b| at each bus
};

// Loss of one branch at a time. Rows of the result follow `lost`.
struct Screening {
  const double *values, *pivots;             // numeric L by column, inverse pivots
  const double *flow;                        // base flow of each branch
  int64_t watched;                           // rated branches, ascending
  const int32_t *watch;
  const double *inverse_rating;              // of each watched branch
  int64_t count;
  const int32_t *lost;
  double *worst;
  int32_t *where, *overloads;
  double *flows;                             // count x branches, or null
};

// Cascades of many scenarios.
struct Cascade {
  const double *limit, *generation, *headroom, *load;  // branch; renumbered bus
  int64_t count;
  const int64_t *offset;
  const int32_t *lost;
  int32_t max_rounds, places;
  int64_t links;                             // ties of places and buses
  const int32_t *link_place, *link_bus;
  const double *link_load;
  int32_t *rounds, *out, *islands;
  double *served, *largest, *by_place;       // by_place: count x places, or null
};

// Islands by cycle-space labels, or by union and find where labels would not do.
struct Islands {
  int64_t buses, branches;
  const uint64_t *label;                     // null: union and find only
  const int32_t *enter, *leave;              // of each branch: its subtree; -1 off the tree
  const double *load_before, *capacity_before;  // sums in the order of the tour
  const int32_t *start, *stop;
  const double *load, *capacity;             // of each bus
  int64_t count;
  const int64_t *offset;
  const int32_t *lost;
  int32_t *islands;
  double *largest, *unserved;
};
