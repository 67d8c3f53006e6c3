// Elimination tree and pattern of L for a symmetric matrix given by its upper triangle.
// Method: Davis, "Algorithm 849: a concise sparse Cholesky factorization package" (2005).
#include <vector>

#include "kernel.h"

extern "C" {

// Fills parent and column_start; returns the number of entries of L below the diagonal.
int64_t vidomo_grid_tree(int64_t n, const int32_t *upper_start, const int32_t *upper_row,
                         int32_t *parent, int32_t *column_start) {
  std::vector<int32_t> seen(n), size(n, 0);
  for (int32_t k = 0; k < n; k++) {
    parent[k] = -1;
    seen[k] = k;
    for (int32_t p = upper_start[k]; p < upper_start[k + 1]; p++)
      for (int32_t i = upper_row[p]; seen[i] != k; i = parent[i]) {
        if (parent[i] == -1) parent[i] = k;
        size[i]++;
        seen[i] = k;
      }
  }
  column_start[0] = 0;
  for (int64_t k = 0; k < n; k++) column_start[k + 1] = column_start[k] + size[k];
  return column_start[n];
}

void vidomo_grid_pattern(int64_t n, const int32_t *upper_start, const int32_t *upper_row,
                         const int32_t *parent, const int32_t *column_start, int32_t *column_row,
                         int32_t *row_start, int32_t *row_column) {
  std::vector<int32_t> seen(n, -1), filled(n, 0), stack(n), path(n);
  int32_t at = 0;
  row_start[0] = 0;
  for (int32_t k = 0; k < n; k++) {
    int64_t top = n;
    seen[k] = k;
    for (int32_t p = upper_start[k]; p < upper_start[k + 1]; p++) {
      int32_t length = 0;
      for (int32_t i = upper_row[p]; seen[i] != k; i = parent[i]) {
        path[length++] = i;
        seen[i] = k;
      }
      while (length > 0) stack[--top] = path[--length];
    }
    for (; top < n; top++) {
      int32_t i = stack[top];
      row_column[at++] = i;
      column_row[column_start[i] + filled[i]++] = k;
    }
    row_start[k + 1] = at;
  }
}

// Numeric L D L^T of the grounded matrix, then kept by the caller for screening.
void vidomo_grid_factor(const Factor *f, const double *diagonal, double *values, double *pivots) {
  std::vector<double> y(f->buses, 0.0);
  std::vector<int32_t> filled(f->buses, 0);
  for (int64_t k = 0; k < f->buses; k++) {
    double d = diagonal[k];
    for (int32_t p = f->upper_start[k]; p < f->upper_start[k + 1]; p++)
      y[f->upper_row[p]] += f->upper[p];
    for (int32_t q = f->row_start[k]; q < f->row_start[k + 1]; q++) {
      int32_t i = f->row_column[q];
      double yi = y[i];
      y[i] = 0.0;
      int32_t end = f->column_start[i] + filled[i];
      for (int32_t p = f->column_start[i]; p < end; p++) y[f->column_row[p]] -= values[p] * yi;
      double l = yi * pivots[i];
      d -= l * yi;
      values[end] = l;
      filled[i]++;
    }
    pivots[k] = 1.0 / d;
  }
}
}
