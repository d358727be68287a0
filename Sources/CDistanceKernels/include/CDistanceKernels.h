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

/// The number of points within reach. Stops early once it is at least `enough`; the result is then at least `enough`.
size_t count_within_planar(double px, double py, const double *x, const double *y, size_t n, double limit, size_t enough);
size_t count_within_space(double px, double py, double pz, const double *x, const double *y, const double *z, size_t n,
                          double limit, size_t enough);

/// The weight of the points within reach, stopped early once it is at least `enough` (weights are not negative).
double weight_within_planar(double px, double py, const double *x, const double *y, const double *w, size_t n,
                            double limit, double enough);
double weight_within_space(double px, double py, double pz, const double *x, const double *y, const double *z,
                           const double *w, size_t n, double limit, double enough);

/// Whether any point is within reach.
bool any_within_planar(double px, double py, const double *x, const double *y, size_t n, double limit);
bool any_within_space(double px, double py, double pz, const double *x, const double *y, const double *z, size_t n,
                      double limit);

/// Writes the positions of the points within reach, ascending, to `found` (room for n), and returns how many.
size_t collect_within_planar(double px, double py, const double *x, const double *y, size_t n, double limit,
                             uint32_t *found);
size_t collect_within_space(double px, double py, double pz, const double *x, const double *y, const double *z, size_t n,
                            double limit, uint32_t *found);

#endif
