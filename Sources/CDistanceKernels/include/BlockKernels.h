// Kernels of a block: some points gathered from runs, and who of them is within reach of whom as rows of bits.

#ifndef BLOCK_KERNELS_H
#define BLOCK_KERNELS_H

#include <stddef.h>
#include <stdint.h>

struct site_run;

/// Writes the positions of the points of the runs within reach of a box to `found` (room for all of them), in the order of the
/// runs, and returns how many. `box` is the lowest and highest coordinate in each dimension: low x, high x, low y, …
size_t collect_near_box_planar(const double *box, const double *x, const double *y, const struct site_run *runs,
                               size_t run_count, double limit, int32_t *found);
size_t collect_near_box_space(const double *box, const double *x, const double *y, const double *z,
                              const struct site_run *runs, size_t run_count, double limit, int32_t *found);

/// Sets bit i of `bits` for each of n points within reach, lowest bit first, and clears the rest of the last 32 bytes.
void reach_bits_planar(double px, double py, const double *x, const double *y, size_t n, double limit, uint8_t *bits);
void reach_bits_space(double px, double py, double pz, const double *x, const double *y, const double *z, size_t n,
                      double limit, uint8_t *bits);

#endif
