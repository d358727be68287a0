// Kernels of OPTICS: which points come nearer by way of a point.

#ifndef REACHABILITY_KERNELS_H
#define REACHABILITY_KERNELS_H

#include <stddef.h>
#include <stdint.h>

struct site_run;

/// Writes the positions of the points of the runs within reach with max(squared distance, core) < reached[position] to
/// `found` (room for all of them), in the order of the runs, and returns how many. `reached` is a column like x.
size_t collect_nearer_planar(double px, double py, const double *x, const double *y, const double *reached,
                             const struct site_run *runs, size_t run_count, double limit, double core, int32_t *found);
size_t collect_nearer_space(double px, double py, double pz, const double *x, const double *y, const double *z,
                            const double *reached, const struct site_run *runs, size_t run_count, double limit,
                            double core, int32_t *found);

#endif
