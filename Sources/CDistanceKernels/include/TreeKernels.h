// Kernels between two leaves of a k-d tree: contiguous points in columns, at most `leaf_points` a leaf.
//
// "planar" kernels take x and y in meters, "space" kernels the components of unit vectors, as in CDistanceKernels.h.
// Columns have `column_padding` readable doubles after the last point.

#ifndef TREE_KERNELS_H
#define TREE_KERNELS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { leaf_points = 16, most_nearest = 64 };

/// The nearest points found so far of each point of a leaf, as many as count for `enough`, a point that counts for several
/// as often.
struct nearest_lists {
    /// At most `most_nearest`.
    int32_t enough;
    /// How many vectors a list takes.
    int32_t vectors;
    /// The squared distance within which points count enough; infinite before.
    double bounds[leaf_points];
    /// Ascending to the end of the last vector.
    double squared[leaf_points][most_nearest];
};

/// Begins with nothing found.
void clear_nearest(struct nearest_lists *lists, int32_t enough);

/// Takes into the lists of the points first..<last what is near among start..<end. `box` is the lowest and highest coordinate
/// of the latter in each dimension. Points count for counts[p], all for 1 where `counts` is null.
void take_nearest_planar(const double *x, const double *y, const int32_t *counts, size_t first, size_t last,
                         size_t start, size_t end, const double *box, struct nearest_lists *lists);
void take_nearest_space(const double *x, const double *y, const double *z, const int32_t *counts, size_t first,
                        size_t last, size_t start, size_t end, const double *box, struct nearest_lists *lists);

/// What a search for the nearest point of another component keeps of the points of a leaf.
struct foreign_search {
    /// Squared core distances by point.
    const double *cores;
    /// Components by point.
    const int32_t *components;
    /// No edge that leaves the point's component is shorter, squared; by point.
    const double *floors;
    /// For each point of the leaf: edges of this squared length and more are of no use. With `one_component`, only the
    /// first, for all.
    double bounds[leaf_points];
    /// For each point of the leaf the nearest that lowered its bound; -1 while none has.
    int32_t found[leaf_points];
    bool one_component;
};

/// Looks for shorter edges from the points first..<last to those of other components among start..<end. The squared length of
/// an edge is the largest of the squared distance and both squared core distances.
void find_foreign_planar(const double *x, const double *y, size_t first, size_t last, size_t start, size_t end,
                         const double *box, struct foreign_search *search);
void find_foreign_space(const double *x, const double *y, const double *z, size_t first, size_t last, size_t start,
                        size_t end, const double *box, struct foreign_search *search);

#endif
