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

void clear_nearest(struct nearest_lists *lists, int32_t enough) {
    lists->enough = enough;
    for (int point = 0; point < leaf_points; point++) {
        lists->bounds[point] = INFINITY;
        lists->lengths[point] = 0;
        lists->totals[point] = 0;
    }
}

// Puts a point into an ascending list, and drops from its end what is no longer needed.
INLINED void insert(struct nearest_lists *lists, size_t point, double squared, int32_t count) {
    double *distances = lists->squared[point];
    int32_t *counts = lists->counts[point];
    int32_t length = lists->lengths[point], total = lists->totals[point] + count, enough = lists->enough;
    // Every entry counts for at least 1, so a full list is enough and its last entry gives way.
    if (length == enough) total -= counts[--length];
    int32_t at = length;
    for (; at > 0 && distances[at - 1] > squared; at--) {
        distances[at] = distances[at - 1];
        counts[at] = counts[at - 1];
    }
    distances[at] = squared;
    counts[at] = count;
    length++;
    while (total - counts[length - 1] >= enough) total -= counts[--length];
    lists->lengths[point] = length;
    lists->totals[point] = total;
    if (total >= enough) lists->bounds[point] = distances[length - 1];
}

INLINED void take_nearest(const double *x, const double *y, const double *z, const int32_t *counts, size_t first,
                          size_t last, size_t start, size_t end, const double *box, struct nearest_lists *lists,
                          bool space) {
    for (size_t point = first; point < last; point++) {
        double px = x[point], py = y[point], pz = space ? z[point] : 0;
        size_t own = point - first;
        if (!(squared_to_box(px, py, pz, box, space) < lists->bounds[own])) continue;
        for (size_t i = start; i < end; i += lanes) {
            lanes_f64 squared;
            set_squared(&squared, px, py, pz, x + i, y + i, space ? z + i : z, space);
            unsigned nearer = BITS(squared < lists->bounds[own]) & lanes_before((ptrdiff_t)end, (ptrdiff_t)i);
            if (!nearer) continue;
            double distances[lanes];
            memcpy(distances, &squared, sizeof distances);
            for (; nearer; nearer &= nearer - 1) {
                int lane = __builtin_ctz(nearer);
                if (distances[lane] < lists->bounds[own])
                    insert(lists, own, distances[lane], counts ? counts[i + (size_t)lane] : 1);
            }
        }
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

INLINED void find_foreign(const double *x, const double *y, const double *z, size_t first, size_t last, size_t start,
                          size_t end, const double *box, struct foreign_search *search, bool space) {
    for (size_t point = first; point < last; point++) {
        size_t own = point - first;
        double *bound = &search->bounds[search->one_component ? 0 : own];
        double px = x[point], py = y[point], pz = space ? z[point] : 0;
        if (!(search->floors[point] < *bound) || !(squared_to_box(px, py, pz, box, space) < *bound)) continue;
        int32_t component = search->components[point];
        double core = search->cores[point];
        for (size_t i = start; i < end; i += lanes) {
            lanes_f64 squared;
            set_squared(&squared, px, py, pz, x + i, y + i, space ? z + i : z, space);
            lanes_f64 cores = LOAD(search->cores + i);
            squared = squared > cores ? squared : cores;
            unsigned nearer = BITS(squared < *bound) & lanes_before((ptrdiff_t)end, (ptrdiff_t)i);
            if (!nearer) continue;
            double lengths[lanes];
            memcpy(lengths, &squared, sizeof lengths);
            for (; nearer; nearer &= nearer - 1) {
                int lane = __builtin_ctz(nearer);
                double length = lengths[lane] > core ? lengths[lane] : core;
                if (length < *bound && search->components[i + (size_t)lane] != component) {
                    *bound = length;
                    search->found[own] = (int32_t)i + lane;
                }
            }
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
