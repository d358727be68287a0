#include "CDistanceKernels.h"
#include "dispatch.h"
#include "lanes.h"

#pragma STDC FP_CONTRACT OFF

DISPATCHED
void mark_dense_space(const double *restrict x, const double *restrict y, const double *restrict z, size_t first,
                      size_t last, const struct site_run *restrict runs, size_t run_count, double limit,
                      size_t enough, bool *restrict dense) {
    for (size_t m = first; m < last; m++) {
        double px = x[m], py = y[m], pz = z[m];
        size_t total = 0;
        for (size_t r = 0; r < run_count && total < enough; r++) {
            ptrdiff_t i = runs[r].start, end = runs[r].end;
            for (; i < end && total < enough; i += lanes)
                total += (size_t)__builtin_popcount(within_space(px, py, pz, x + i, y + i, z + i, limit) &
                                                    lanes_before(end, i));
        }
        dense[m] = total >= enough;
    }
}

DISPATCHED
void mark_crowded_space(const double *restrict x, const double *restrict y, const double *restrict z,
                        const int32_t *restrict before, size_t first, size_t last,
                        const struct site_run *restrict runs, size_t run_count, double limit, int64_t enough,
                        bool *restrict crowded) {
    for (size_t m = first; m < last; m++) {
        double px = x[m], py = y[m], pz = z[m];
        int64_t total = 0;
        for (size_t r = 0; r < run_count && total < enough; r++) {
            ptrdiff_t i = runs[r].start, end = runs[r].end;
            for (; i < end && total < enough; i += lanes) {
                unsigned hits = within_space(px, py, pz, x + i, y + i, z + i, limit) & lanes_before(end, i);
                // Most sites carry one firm: then the hits are the firms.
                int32_t count = before[i + lanes <= end ? i + lanes : end] - before[i];
                if (count == (i + lanes <= end ? lanes : end - i)) {
                    total += __builtin_popcount(hits);
                } else {
                    for (; hits; hits &= hits - 1) {
                        ptrdiff_t hit = i + __builtin_ctz(hits);
                        total += before[hit + 1] - before[hit];
                    }
                }
            }
        }
        crowded[m] = total >= enough;
    }
}

DISPATCHED
void mark_heavy_space(const double *restrict x, const double *restrict y, const double *restrict z,
                      const double *restrict weights, size_t first, size_t last,
                      const struct site_run *restrict runs, size_t run_count, double limit, double enough,
                      bool *restrict heavy) {
    for (size_t m = first; m < last; m++) {
        double px = x[m], py = y[m], pz = z[m];
        lanes_f64 sums = 0;
        double weight = 0;
        for (size_t r = 0; r < run_count && weight < enough; r++) {
            ptrdiff_t i = runs[r].start, end = runs[r].end;
            for (int vector = 1; i < end; i += lanes, vector++) {
                uint8_t hits = within_space(px, py, pz, x + i, y + i, z + i, limit) & lanes_before(end, i);
                if (hits) add_weights(&sums, hits, weights + i);
                if (vector % 16 == 0 && total(&sums) >= enough) break;
            }
            weight = total(&sums);
        }
        heavy[m] = weight >= enough;
    }
}

DISPATCHED
bool any_pair_within_space(const double *restrict x, const double *restrict y, const double *restrict z,
                           struct site_run some, struct site_run others, double limit) {
    for (ptrdiff_t m = some.start; m < some.end; m++) {
        double px = x[m], py = y[m], pz = z[m];
        for (ptrdiff_t i = others.start; i < others.end; i += lanes)
            if (within_space(px, py, pz, x + i, y + i, z + i, limit) & lanes_before(others.end, i)) return true;
    }
    return false;
}

DISPATCHED
size_t collect_in_runs_space(double px, double py, double pz, const double *restrict x, const double *restrict y,
                             const double *restrict z, const struct site_run *restrict runs, size_t run_count,
                             double limit, int32_t *restrict found) {
    size_t count = 0;
    for (size_t r = 0; r < run_count; r++) {
        ptrdiff_t end = runs[r].end;
        for (ptrdiff_t i = runs[r].start; i < end; i += lanes)
            for (unsigned hits = within_space(px, py, pz, x + i, y + i, z + i, limit) & lanes_before(end, i); hits;
                 hits &= hits - 1)
                found[count++] = (int32_t)(i + __builtin_ctz(hits));
    }
    return count;
}
