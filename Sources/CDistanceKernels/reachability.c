#include "CDistanceKernels.h"
#include "dispatch.h"
#include "lanes.h"

#pragma STDC FP_CONTRACT OFF

// The lanes within reach that max(squared, core) is nearer for than what they were reached by.
INLINED uint8_t nearer(const lanes_f64 *squared, const double *reached, double limit, double core) {
    lanes_f64 before = LOAD(reached);
    return BITS((*squared <= limit) & (*squared < before) & (core < before));
}

DISPATCHED
size_t collect_nearer_planar(double px, double py, const double *restrict x, const double *restrict y,
                             const double *restrict reached, const struct site_run *restrict runs, size_t run_count,
                             double limit, double core, int32_t *restrict found) {
    size_t count = 0;
    for (size_t r = 0; r < run_count; r++) {
        ptrdiff_t end = runs[r].end;
        for (ptrdiff_t i = runs[r].start; i < end; i += lanes) {
            lanes_f64 dx = LOAD(x + i) - px, dy = LOAD(y + i) - py;
            lanes_f64 squared = dx * dx + dy * dy;
            for (unsigned hits = nearer(&squared, reached + i, limit, core) & lanes_before(end, i); hits;
                 hits &= hits - 1)
                found[count++] = (int32_t)(i + __builtin_ctz(hits));
        }
    }
    return count;
}

DISPATCHED
size_t collect_nearer_space(double px, double py, double pz, const double *restrict x, const double *restrict y,
                            const double *restrict z, const double *restrict reached,
                            const struct site_run *restrict runs, size_t run_count, double limit, double core,
                            int32_t *restrict found) {
    size_t count = 0;
    for (size_t r = 0; r < run_count; r++) {
        ptrdiff_t end = runs[r].end;
        for (ptrdiff_t i = runs[r].start; i < end; i += lanes) {
            lanes_f64 dx = LOAD(x + i) - px, dy = LOAD(y + i) - py, dz = LOAD(z + i) - pz;
            lanes_f64 squared = (dx * dx + dy * dy) + dz * dz;
            for (unsigned hits = nearer(&squared, reached + i, limit, core) & lanes_before(end, i); hits;
                 hits &= hits - 1)
                found[count++] = (int32_t)(i + __builtin_ctz(hits));
        }
    }
    return count;
}
