// Eight numbers at a time, in vectors that the compiler cuts to what the processor has.
//
// Loops over runs of sites may read up to seven doubles past the end of a run: columns are padded, and what the lanes
// past the end say is cleared. Short runs are the rule, and a loop over single sites at their end would cost more than
// the rest.

#ifndef LANES_H
#define LANES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#pragma STDC FP_CONTRACT OFF

enum { lanes = 8 };

typedef double lanes_f64 __attribute__((ext_vector_type(8)));
typedef long lanes_i64 __attribute__((ext_vector_type(8)));
typedef bool lanes_bool __attribute__((ext_vector_type(8)));

// Vectors never pass a function's border by value: how they would differs from one clone of a function to the next.
#define INLINED static inline __attribute__((always_inline))

#define LOAD(values)                            \
    ({                                          \
        lanes_f64 vector_;                      \
        memcpy(&vector_, values, sizeof vector_); \
        vector_;                                \
    })

// One bit a lane, the first lane lowest.
#define BITS(comparison)                                                     \
    ({                                                                       \
        lanes_bool holds_ = __builtin_convertvector(comparison, lanes_bool); \
        uint8_t bits_;                                                       \
        memcpy(&bits_, &holds_, 1);                                          \
        bits_;                                                               \
    })

// The lanes of a vector that starts at `i` and lie before `end`.
INLINED uint8_t lanes_before(ptrdiff_t end, ptrdiff_t i) {
    return end - i >= lanes ? 0xFF : (uint8_t)((1u << (end - i)) - 1);
}

INLINED uint8_t within_planar(double px, double py, const double *x, const double *y, double limit) {
    lanes_f64 dx = LOAD(x) - px, dy = LOAD(y) - py;
    return BITS(dx * dx + dy * dy <= limit);
}

INLINED uint8_t within_space(double px, double py, double pz, const double *x, const double *y, const double *z,
                             double limit) {
    lanes_f64 dx = LOAD(x) - px, dy = LOAD(y) - py, dz = LOAD(z) - pz;
    return BITS((dx * dx + dy * dy) + dz * dz <= limit);
}

// Adds the weights of the lanes whose bits are set.
INLINED void add_weights(lanes_f64 *sums, uint8_t chosen, const double *weights) {
    lanes_i64 bit = {1, 2, 4, 8, 16, 32, 64, 128};
    lanes_i64 is_chosen = (bit & (long)chosen) != 0;
    *sums += (lanes_f64)((lanes_i64)LOAD(weights) & is_chosen);
}

// The same order of adding on every processor.
INLINED double total(const lanes_f64 *sums) {
    lanes_f64 s = *sums;
    return ((s[0] + s[1]) + (s[2] + s[3])) + ((s[4] + s[5]) + (s[6] + s[7]));
}

#endif
