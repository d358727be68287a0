#include "TreeKernels.h"

#include <math.h>

#include "dispatch.h"
#include "lanes.h"

#pragma STDC FP_CONTRACT OFF

// How far a coordinate is outside an interval.
INLINED double outside(double p, const double *interval) {
    double below = interval[0] - p, above = p - interval[1];
    double gap = below > above ? below : above;
    return gap > 0 ? gap : 0;
}

// Rounding is monotone: no point of the box comes out nearer than this.
INLINED double squared_to_box(double px, double py, double pz, const double *box, bool space) {
    double dx = outside(px, box), dy = outside(py, box + 2);
    double squared = dx * dx + dy * dy;
    if (space) {
        double dz = outside(pz, box + 4);
        squared += dz * dz;
    }
    return squared;
}

INLINED void set_squared(lanes_f64 *squared, double px, double py, double pz, const double *x, const double *y,
                         const double *z, bool space) {
    lanes_f64 dx = LOAD(x) - px, dy = LOAD(y) - py;
    *squared = dx * dx + dy * dy;
    if (space) {
        lanes_f64 dz = LOAD(z) - pz;
        *squared += dz * dz;
    }
}

// Lists end where the last vector that they use ends, so that the last lane is always the farthest that counts. Before
// them comes what is nearer than anything.
void clear_nearest(struct nearest_lists *lists, int32_t enough) {
    lists->enough = enough;
    lists->vectors = enough <= lanes ? 1 : enough <= 2 * lanes ? 2 : enough <= 4 * lanes ? 4 : 8;
    int used = lists->vectors * lanes;
    for (int point = 0; point < leaf_points; point++) {
        lists->bounds[point] = INFINITY;
        for (int i = 0; i < used; i++) lists->squared[point][i] = i < used - enough ? -INFINITY : INFINITY;
    }
}

// Takes `squared` into an ascending list, the largest of which falls out: every entry becomes the smaller of itself and of
// the larger of the new one and the entry before. No branch depends on where the new one belongs.
#define TAKE(list, vectors, squared)                                                                       \
    for (int v_ = (vectors) - 1; v_ >= 0; v_--) {                                                          \
        lanes_f64 before_ =                                                                                \
            v_ > 0 ? __builtin_shufflevector((list)[v_ - 1], (list)[v_], 7, 8, 9, 10, 11, 12, 13, 14)      \
                   : __builtin_shufflevector((lanes_f64)(-INFINITY), (list)[0], 7, 8, 9, 10, 11, 12, 13, 14); \
        before_ = before_ > (squared) ? before_ : (lanes_f64)(squared);                                    \
        (list)[v_] = (list)[v_] < before_ ? (list)[v_] : before_;                                          \
    }

INLINED void take_nearest_in_vectors(const double *x, const double *y, const double *z, const int32_t *counts,
                                     size_t first, size_t last, size_t start, size_t end, const double *box,
                                     struct nearest_lists *lists, bool space, const int vectors) {
    for (size_t point = first; point < last; point++) {
        double px = x[point], py = y[point], pz = space ? z[point] : 0;
        size_t own = point - first;
        if (!(squared_to_box(px, py, pz, box, space) < lists->bounds[own])) continue;
        lanes_f64 list[8];
        for (int v = 0; v < vectors; v++) list[v] = LOAD(lists->squared[own] + v * lanes);
        for (size_t i = start; i < end; i += lanes) {
            lanes_f64 squared;
            set_squared(&squared, px, py, pz, x + i, y + i, space ? z + i : z, space);
            unsigned nearer = BITS(squared < list[vectors - 1][lanes - 1]) & lanes_before((ptrdiff_t)end, (ptrdiff_t)i);
            if (!nearer) continue;
            double distances[lanes];
            memcpy(distances, &squared, sizeof distances);
            for (; nearer; nearer &= nearer - 1) {
                int lane = __builtin_ctz(nearer);
                // A point that counts for several is taken as often, while that changes anything.
                int32_t copies = counts ? counts[i + (size_t)lane] : 1;
                do {
                    TAKE(list, vectors, distances[lane])
                } while (--copies > 0 && distances[lane] < list[vectors - 1][lanes - 1]);
            }
        }
        for (int v = 0; v < vectors; v++) memcpy(lists->squared[own] + v * lanes, &list[v], sizeof list[v]);
        lists->bounds[own] = list[vectors - 1][lanes - 1];
    }
}

INLINED void take_nearest(const double *x, const double *y, const double *z, const int32_t *counts, size_t first,
                          size_t last, size_t start, size_t end, const double *box, struct nearest_lists *lists,
                          bool space) {
    switch (lists->vectors) {
    case 1: take_nearest_in_vectors(x, y, z, counts, first, last, start, end, box, lists, space, 1); break;
    case 2: take_nearest_in_vectors(x, y, z, counts, first, last, start, end, box, lists, space, 2); break;
    case 4: take_nearest_in_vectors(x, y, z, counts, first, last, start, end, box, lists, space, 4); break;
    default: take_nearest_in_vectors(x, y, z, counts, first, last, start, end, box, lists, space, 8); break;
    }
}

DISPATCHED
void take_nearest_planar(const double *x, const double *y, const int32_t *counts, size_t first, size_t last,
                         size_t start, size_t end, const double *box, struct nearest_lists *lists) {
    take_nearest(x, y, x, counts, first, last, start, end, box, lists, false);
}

DISPATCHED
void take_nearest_space(const double *x, const double *y, const double *z, const int32_t *counts, size_t first,
                        size_t last, size_t start, size_t end, const double *box, struct nearest_lists *lists) {
    take_nearest(x, y, z, counts, first, last, start, end, box, lists, true);
}

typedef int32_t lanes_i32 __attribute__((ext_vector_type(8)));

// The smallest of eight numbers.
INLINED double smallest(const lanes_f64 *numbers) {
    lanes_f64 least = *numbers;
    lanes_f64 others = __builtin_shufflevector(least, least, 4, 5, 6, 7, 0, 1, 2, 3);
    least = least < others ? least : others;
    others = __builtin_shufflevector(least, least, 2, 3, 0, 1, 6, 7, 4, 5);
    least = least < others ? least : others;
    return least[0] < least[1] ? least[0] : least[1];
}

INLINED void find_foreign(const double *x, const double *y, const double *z, size_t first, size_t last, size_t start,
                          size_t end, const double *box, struct foreign_search *search, bool space) {
    for (size_t point = first; point < last; point++) {
        size_t own = point - first;
        double *bound = &search->bounds[search->one_component ? 0 : own];
        double px = x[point], py = y[point], pz = space ? z[point] : 0, floor = search->floors[point];
        if (!(floor < *bound) || !(squared_to_box(px, py, pz, box, space) < *bound)) continue;
        int32_t component = search->components[point];
        double core = search->cores[point];
        for (size_t i = start; i < end; i += lanes) {
            lanes_f64 lengths;
            set_squared(&lengths, px, py, pz, x + i, y + i, space ? z + i : z, space);
            lanes_f64 cores = LOAD(search->cores + i);
            lengths = lengths > cores ? lengths : cores;
            lengths = lengths > core ? lengths : core;
            lanes_i32 others;
            memcpy(&others, search->components + i, sizeof others);
            unsigned nearer = BITS(lengths < *bound) & BITS(others != component) &
                              lanes_before((ptrdiff_t)end, (ptrdiff_t)i);
            if (!nearer) continue;
            // One at a time would be a branch each that nobody can predict.
            lanes_i64 bit = {1, 2, 4, 8, 16, 32, 64, 128};
            lengths = (bit & (long)nearer) != 0 ? lengths : (lanes_f64)INFINITY;
            *bound = smallest(&lengths);
            search->found[own] = (int32_t)i + __builtin_ctz(BITS(lengths == *bound));
            if (!(floor < *bound)) break;
        }
    }
}

DISPATCHED
void find_foreign_planar(const double *x, const double *y, size_t first, size_t last, size_t start, size_t end,
                         const double *box, struct foreign_search *search) {
    find_foreign(x, y, x, first, last, start, end, box, search, false);
}

DISPATCHED
void find_foreign_space(const double *x, const double *y, const double *z, size_t first, size_t last, size_t start,
                        size_t end, const double *box, struct foreign_search *search) {
    find_foreign(x, y, z, first, last, start, end, box, search, true);
}
