#include "CDistanceKernels.h"
#include "dispatch.h"
#include "lanes.h"

// Windows mostly move by less than a vector, so how far is counted, not found by trying: no branch to mispredict.

// Beyond a few vectors, where a crowd that needed no search was passed over, steps double.
#define FIRST_NOT(name, relation)                                                     \
    INLINED int32_t name(const double *x, int32_t from, int32_t end, double bound) {  \
        for (int vector = 0; from < end; vector++) {                                  \
            /* x ascends up to the end; what comes after it does not count. */        \
            int step = __builtin_ctz(~(unsigned)BITS(LOAD(x + from) relation bound)); \
            from = step < end - from ? from + step : end;                             \
            if (step < lanes) break;                                                  \
            if (vector < 4) continue;                                                 \
            int32_t stride = 2 * lanes;                                               \
            while (end - from > stride && x[from + stride - 1] relation bound) {      \
                from += stride;                                                       \
                stride *= 2;                                                          \
            }                                                                         \
        }                                                                             \
        return from;                                                                  \
    }

FIRST_NOT(first_at_least, <)
FIRST_NOT(first_above, <=)

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
