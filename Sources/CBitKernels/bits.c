#include "CBitKernels.h"

#include "dispatch.h"

DISPATCHED
size_t keep_common_bits(uint64_t *restrict common, const uint64_t *restrict other, size_t words) {
    size_t count = 0;
    for (size_t i = 0; i < words; i++) {
        common[i] &= other[i];
        count += (size_t)__builtin_popcountll(common[i]);
    }
    return count;
}

void transpose_bits(uint64_t *words) {
    // Ever smaller squares of bits change places with those across the diagonal.
    uint64_t mask = 0x00000000FFFFFFFF;
    for (int width = 32; width; width >>= 1, mask ^= mask << width)
        for (int row = 0; row < 64; row = ((row | width) + 1) & ~width) {
            uint64_t swapped = ((words[row] >> width) ^ words[row | width]) & mask;
            words[row] ^= swapped << width;
            words[row | width] ^= swapped;
        }
}
