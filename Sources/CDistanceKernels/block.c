#include "CDistanceKernels.h"
#include "dispatch.h"
#include "lanes.h"

#pragma STDC FP_CONTRACT OFF

// How far coordinates lie outside low...high. Rounding is monotone, so no point of the box is nearer than the gap says.
#define GAP(values, low, high)                                    \
    ({                                                            \
        lanes_f64 v_ = LOAD(values), g_ = (low) - v_, h_ = v_ - (high); \
        g_ = g_ > h_ ? g_ : h_;                                   \
        g_ > 0.0 ? g_ : (lanes_f64)0.0;                           \
    })

DISPATCHED
size_t collect_near_box_planar(const double *restrict box, const double *restrict x, const double *restrict y,
                               const struct site_run *restrict runs, size_t run_count, double limit,
                               int32_t *restrict found) {
    size_t count = 0;
    for (size_t r = 0; r < run_count; r++) {
        ptrdiff_t end = runs[r].end;
        for (ptrdiff_t i = runs[r].start; i < end; i += lanes) {
            lanes_f64 dx = GAP(x + i, box[0], box[1]), dy = GAP(y + i, box[2], box[3]);
            for (unsigned hits = BITS(dx * dx + dy * dy <= limit) & lanes_before(end, i); hits; hits &= hits - 1)
                found[count++] = (int32_t)(i + __builtin_ctz(hits));
        }
    }
    return count;
}

DISPATCHED
size_t collect_near_box_space(const double *restrict box, const double *restrict x, const double *restrict y,
                              const double *restrict z, const struct site_run *restrict runs, size_t run_count,
                              double limit, int32_t *restrict found) {
    size_t count = 0;
    for (size_t r = 0; r < run_count; r++) {
        ptrdiff_t end = runs[r].end;
        for (ptrdiff_t i = runs[r].start; i < end; i += lanes) {
            lanes_f64 dx = GAP(x + i, box[0], box[1]), dy = GAP(y + i, box[2], box[3]);
            lanes_f64 dz = GAP(z + i, box[4], box[5]);
            for (unsigned hits = BITS((dx * dx + dy * dy) + dz * dz <= limit) & lanes_before(end, i); hits;
                 hits &= hits - 1)
                found[count++] = (int32_t)(i + __builtin_ctz(hits));
        }
    }
    return count;
}

// The bytes after those with points, up to a multiple of 32.
INLINED void clear_rest(uint8_t *bits, size_t n) {
    size_t used = (n + 7) / 8;
    memset(bits + used, 0, (32 - used % 32) % 32);
}

DISPATCHED
void reach_bits_planar(double px, double py, const double *restrict x, const double *restrict y, size_t n, double limit,
                       uint8_t *restrict bits) {
    for (size_t i = 0; i < n; i += lanes)
        bits[i / lanes] = within_planar(px, py, x + i, y + i, limit) & lanes_before((ptrdiff_t)n, (ptrdiff_t)i);
    clear_rest(bits, n);
}

DISPATCHED
void reach_bits_space(double px, double py, double pz, const double *restrict x, const double *restrict y,
                      const double *restrict z, size_t n, double limit, uint8_t *restrict bits) {
    for (size_t i = 0; i < n; i += lanes)
        bits[i / lanes] =
            within_space(px, py, pz, x + i, y + i, z + i, limit) & lanes_before((ptrdiff_t)n, (ptrdiff_t)i);
    clear_rest(bits, n);
}
