#include "CoverageKernels.h"
#include "dispatch.h"

#include <math.h>

#pragma STDC FP_CONTRACT OFF

DISPATCHED
void disc_widths(const double *restrict y, size_t n, double bottom, double top, const disc_bounds *restrict bounds,
                 double *restrict sure, double *restrict possible) {
    double sure_limit = bounds->sure_limit, sure_scale = 1 / bounds->sure_stretch;
    double possible_limit = bounds->possible_limit, possible_scale = 1 / bounds->possible_stretch;
    for (size_t i = 0; i < n; i++) {
        double below = bottom - y[i], above = y[i] - top;
        double outside = below > above ? below : above;
        double nearest = outside > 0 ? outside : 0;
        double farthest = -(below < above ? below : above);
        double surely = sure_limit - farthest * farthest, perhaps = possible_limit - nearest * nearest;
        // The builtin, because sqrt() would have to set errno, which keeps the loop from being vectorized.
        double inner = __builtin_elementwise_sqrt(surely > 0 ? surely * sure_scale : 0);
        double outer = __builtin_elementwise_sqrt(perhaps > 0 ? perhaps * possible_scale : 0);
        sure[i] = surely > 0 ? inner : NAN;
        possible[i] = perhaps >= 0 ? outer : NAN;
    }
}

// An interval can reach back over earlier ones, but only over the last of their union: any it does not touch ends before it
// starts. NaN compares false with everything: what a width of NaN stands for changes nothing, without a branch of its own.
size_t union_of_intervals(const double *restrict x, const double *restrict width, size_t n, interval *restrict result) {
    size_t count = 0;
    double low = 0, high = -INFINITY;
    for (size_t i = 0; i < n; i++) {
        double from = x[i] - width[i], to = x[i] + width[i];
        if (from > high) {
            if (count > 0) result[count - 1] = (interval){low, high};
            count++;
            low = from;
            high = to;
        } else {
            high = to > high ? to : high;
            if (from < low) {
                low = from;
                while (count > 1 && result[count - 2].high >= low) {
                    count--;
                    if (result[count - 1].low < low) low = result[count - 1].low;
                }
            }
        }
    }
    if (count > 0) result[count - 1] = (interval){low, high};
    return count;
}

DISPATCHED
int place_in_discs(double px, double py, const double *restrict x, const double *restrict y, size_t n,
                   const disc_bounds *restrict bounds) {
    enum { lanes = 8 };
    double sure_limit = bounds->sure_limit, sure_stretch = bounds->sure_stretch;
    double possible_limit = bounds->possible_limit, possible_stretch = bounds->possible_stretch;
    unsigned possible = 0;
    if (n < lanes) {
        for (size_t i = 0; i < n; i++) {
            double dx = x[i] - px, dy = y[i] - py;
            if (dy * dy + sure_stretch * (dx * dx) <= sure_limit) return 2;
            possible |= dy * dy + possible_stretch * (dx * dx) <= possible_limit;
        }
        return possible ? 1 : 0;
    }
    for (size_t next = 0; next < n; next += lanes) {
        // The last group reaches back over centers seen before: looking twice does no harm.
        size_t i = next + lanes <= n ? next : n - lanes;
        unsigned sure = 0;
        for (size_t k = 0; k < lanes; k++) {
            double dx = x[i + k] - px, dy = y[i + k] - py;
            sure |= dy * dy + sure_stretch * (dx * dx) <= sure_limit;
            possible |= dy * dy + possible_stretch * (dx * dx) <= possible_limit;
        }
        if (sure) return 2;
    }
    return possible ? 1 : 0;
}
