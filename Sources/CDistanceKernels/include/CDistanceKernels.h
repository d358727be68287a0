// Distance kernels over contiguous coordinates: the hot path of neighbor search.
//
// "planar" kernels take x and y in meters. "space" kernels take the components of vectors from the center of the
// sphere; the squared chord between two of them stands for the arc between the places.
//
// A point is within reach when its squared distance, computed as (dx*dx + dy*dy) + dz*dz in double precision without
// contraction, is at most `limit`. All processors give the same bits: sums run over eight lanes in a fixed order.

#ifndef C_DISTANCE_KERNELS_H
#define C_DISTANCE_KERNELS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "CoverageKernels.h"
#include "TreeKernels.h"
#include "ReachabilityKernels.h"
#include "BlockKernels.h"

// Runs of points in columns with `column_padding` readable doubles after the last point.

enum { column_padding = 8 };

/// A run of positions in columns.
struct site_run {
    int32_t start, end;
};

/// A run that follows queries eastward along a row, x ascending: the positions p in row_start..<row_end with
/// low - width <= x[p] <= high + width.
struct site_window {
    int32_t row_start, row_end;
    int32_t start, end;
    double width;
};

/// Moves windows to the query low...high, which lies no further west than the one before, and writes those that hold
/// something to `runs`. Returns how many, and in `points` how many points they hold.
size_t advance_windows(const double *x, struct site_window *windows, size_t count, double low, double high,
                       struct site_run *runs, size_t *points);

/// For each position in first..<last sets `dense` to whether at least `enough` points of the runs are within reach of it.
void mark_dense_planar(const double *x, const double *y, size_t first, size_t last, const struct site_run *runs,
                       size_t run_count, double limit, size_t enough, bool *dense);
void mark_dense_space(const double *x, const double *y, const double *z, size_t first, size_t last,
                      const struct site_run *runs, size_t run_count, double limit, size_t enough, bool *dense);

/// The same for points that stand for several: point p for before[p + 1] - before[p] of them, at least one.
void mark_crowded_planar(const double *x, const double *y, const int32_t *before, size_t first, size_t last,
                         const struct site_run *runs, size_t run_count, double limit, int64_t enough, bool *crowded);
void mark_crowded_space(const double *x, const double *y, const double *z, const int32_t *before, size_t first,
                        size_t last, const struct site_run *runs, size_t run_count, double limit, int64_t enough,
                        bool *crowded);

/// The same for points with weights, not negative: whether those within reach weigh at least `enough`.
void mark_heavy_planar(const double *x, const double *y, const double *weights, size_t first, size_t last,
                       const struct site_run *runs, size_t run_count, double limit, double enough, bool *heavy);
void mark_heavy_space(const double *x, const double *y, const double *z, const double *weights, size_t first,
                      size_t last, const struct site_run *runs, size_t run_count, double limit, double enough,
                      bool *heavy);

/// Whether any point of one run is within reach of any of another.
bool any_pair_within_planar(const double *x, const double *y, struct site_run some, struct site_run others,
                            double limit);
bool any_pair_within_space(const double *x, const double *y, const double *z, struct site_run some,
                           struct site_run others, double limit);

/// Writes the positions of the points of the runs within reach to `found` (room for all of them), in the order of the runs,
/// and returns how many.
size_t collect_in_runs_planar(double px, double py, const double *x, const double *y, const struct site_run *runs,
                              size_t run_count, double limit, int32_t *found);
size_t collect_in_runs_space(double px, double py, double pz, const double *x, const double *y, const double *z,
                             const struct site_run *runs, size_t run_count, double limit, int32_t *found);

// Places on the sphere.

/// Unit vectors to places in degrees: x = cos φ cos λ, y = cos φ sin λ, z = sin φ. `z` may be `latitudes`.
void unit_vectors(const double *longitudes, const double *latitudes, size_t n, double *x, double *y, double *z);

#endif
