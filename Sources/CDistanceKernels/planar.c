#include "CDistanceKernels.h"
#include "dispatch.h"

#pragma STDC FP_CONTRACT OFF

// Points looked at between two looks at the early exit: long enough to keep vector units busy.
enum { block = 32, lanes = 8 };

static inline bool within(double px, double py, double x, double y, double limit) {
    double dx = x - px, dy = y - py;
    return dx * dx + dy * dy <= limit;
}

DISPATCHED
size_t count_within_planar(double px, double py, const double *restrict x, const double *restrict y, size_t n,
                           double limit, size_t enough) {
    size_t total = 0, i = 0;
    for (; i + block <= n; i += block) {
        uint64_t hits = 0;
        for (size_t k = 0; k < block; k++) hits += within(px, py, x[i + k], y[i + k], limit);
        total += hits;
        if (total >= enough) return total;
    }
    for (; i < n; i++) total += within(px, py, x[i], y[i], limit);
    return total;
}

DISPATCHED
double weight_within_planar(double px, double py, const double *restrict x, const double *restrict y,
                            const double *restrict w, size_t n, double limit, double enough) {
    double lane[lanes] = {0};
    size_t i = 0;
    for (; i + lanes <= n; i += lanes) {
        for (size_t k = 0; k < lanes; k++) lane[k] += within(px, py, x[i + k], y[i + k], limit) ? w[i + k] : 0;
        if (i % (4 * lanes) == 3 * lanes) {
            double sum = ((lane[0] + lane[1]) + (lane[2] + lane[3])) + ((lane[4] + lane[5]) + (lane[6] + lane[7]));
            if (sum >= enough) return sum;
        }
    }
    for (size_t k = 0; i < n; i++, k++) lane[k] += within(px, py, x[i], y[i], limit) ? w[i] : 0;
    return ((lane[0] + lane[1]) + (lane[2] + lane[3])) + ((lane[4] + lane[5]) + (lane[6] + lane[7]));
}

DISPATCHED
bool any_within_planar(double px, double py, const double *restrict x, const double *restrict y, size_t n, double limit) {
    size_t i = 0;
    for (; i + lanes <= n; i += lanes) {
        unsigned hit = 0;
        for (size_t k = 0; k < lanes; k++) hit |= within(px, py, x[i + k], y[i + k], limit);
        if (hit) return true;
    }
    for (; i < n; i++)
        if (within(px, py, x[i], y[i], limit)) return true;
    return false;
}

DISPATCHED
size_t collect_within_planar(double px, double py, const double *restrict x, const double *restrict y, size_t n,
                             double limit, uint32_t *restrict found) {
    size_t count = 0, i = 0;
    for (; i + lanes <= n; i += lanes) {
        // Most groups of points hold nothing: one look at all of them, and at each only where there is something.
        unsigned hits = 0;
        for (size_t k = 0; k < lanes; k++) hits += within(px, py, x[i + k], y[i + k], limit);
        if (!hits) continue;
        for (size_t k = 0; k < lanes; k++)
            if (within(px, py, x[i + k], y[i + k], limit)) found[count++] = (uint32_t)(i + k);
    }
    for (; i < n; i++)
        if (within(px, py, x[i], y[i], limit)) found[count++] = (uint32_t)i;
    return count;
}
