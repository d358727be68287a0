#include "CBitKernels.h"

// glibc resolves clones when the program is loaded; elsewhere, and under sanitizers, the plain loop is compiled.
#if defined(__has_feature)
#if __has_feature(thread_sanitizer) || __has_feature(address_sanitizer)
#define PLAIN_LOOPS 1
#endif
#endif

#if defined(__x86_64__) && defined(__GLIBC__) && !defined(PLAIN_LOOPS)
#define DISPATCHED __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define DISPATCHED
#endif

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
