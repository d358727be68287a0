// Kernels of footprints: what a row of the ground has of the discs around some centers.
//
// Here a disc is all places with dy*dy + stretch * dx*dx <= limit, in the plane of the coordinates. Where the ground is
// curved, limits and stretches are bounds: "sure" ones under which a place is within reach for certain, "possible" ones
// beyond which it is not. Between the two the distance kernels decide.

#ifndef COVERAGE_KERNELS_H
#define COVERAGE_KERNELS_H

#include <stddef.h>

/// A closed interval of x.
typedef struct {
    double low, high;
} interval;

/// The bounds of discs of one radius.
typedef struct {
    double sure_limit, sure_stretch;
    double possible_limit, possible_stretch;
} disc_bounds;

/// For each center half the width of what its disc surely (and possibly) has of the row from `bottom` to `top`, at every y
/// of the row (at any y of it); NaN where it has nothing.
void disc_widths(const double *y, size_t n, double bottom, double top, const disc_bounds *bounds, double *sure,
                 double *possible);

/// The union of the intervals x[i] - width[i] ... x[i] + width[i] of ascending x, as disjoint ascending intervals (room for
/// n), and how many they are. Widths of NaN are left out.
size_t union_of_intervals(const double *x, const double *width, size_t n, interval *result);

/// 2 when the place is surely in a disc around one of the centers, 0 when it surely is in none, 1 otherwise.
int place_in_discs(double px, double py, const double *x, const double *y, size_t n, const disc_bounds *bounds);

#endif
