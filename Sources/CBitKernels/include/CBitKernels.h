// Kernels over rows of bits: what many firms have in common, 64 of them in a word.

#ifndef C_BIT_KERNELS_H
#define C_BIT_KERNELS_H

#include <stddef.h>
#include <stdint.h>

#include "labellings.h"

/// Clears the bits of `common` that `other` has not, and returns how many are left.
size_t keep_common_bits(uint64_t *common, const uint64_t *other, size_t words);

/// Turns 64 words, the first one the row of the lowest bit, into their columns: bit j of word i becomes bit i of word j
/// (Warren 2013, Hacker's Delight, 7-3).
void transpose_bits(uint64_t *words);

#endif
