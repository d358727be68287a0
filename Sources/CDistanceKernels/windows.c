#include "CDistanceKernels.h"
#include "dispatch.h"
#include "lanes.h"

// Windows mostly move by less than a vector, so how far is counted, not found by trying: no branch to mispredict.

INLINED int32_t first_at_least(const double *x, int32_t from, int32_t end, double bound) {
    while (from < end) {
        // x ascends up to the end; what comes after it does not count.
        int step = __builtin_ctz(~(unsigned)BITS(LOAD(x + from) < bound));
        from = step < end - from ? from + step : end;
        if (step < lanes) break;
    }
    return from;
}

INLINED int32_t first_above(const double *x, int32_t from, int32_t end, double bound) {
    while (from < end) {
        int step = __builtin_ctz(~(unsigned)BITS(LOAD(x + from) <= bound));
        from = step < end - from ? from + step : end;
        if (step < lanes) break;
    }
    return from;
}

DISPATCHED
size_t advance_windows(const double *restrict x, struct site_window *restrict windows, size_t count, double low,
                       double high, struct site_run *restrict runs, size_t *restrict points) {
    size_t found = 0, held = 0;
    for (size_t w = 0; w < count; w++) {
        struct site_window window = windows[w];
        int32_t start = first_at_least(x, window.start, window.row_end, low - window.width);
        int32_t end = first_above(x, window.end, window.row_end, high + window.width);
        windows[w].start = start;
        windows[w].end = end;
        // Written in any case, kept when it holds something: whether it does is hard to predict.
        runs[found] = (struct site_run){start, end};
        found += end > start;
        held += (size_t)(end - start);
    }
    *points = held;
    return found;
}
