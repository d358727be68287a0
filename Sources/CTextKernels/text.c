#include "CTextKernels.h"

#include <string.h>

// glibc resolves clones when the program is loaded; elsewhere, and under sanitizers, which start before that, the plain
// loop is compiled for the target.
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

enum { width = 64 };

typedef uint8_t chunk __attribute__((ext_vector_type(width)));
typedef _Bool flags __attribute__((ext_vector_type(width)));

// Always inlined: a vector of 64 bytes has no common calling convention among the clones.
#define INLINED static inline __attribute__((always_inline))

// One bit for each byte, the first byte lowest.
#define BITS(condition)                                                                                                \
    ({                                                                                                                 \
        flags set = __builtin_convertvector((condition), flags);                                                       \
        uint64_t bits;                                                                                                 \
        memcpy(&bits, &set, sizeof bits);                                                                              \
        bits;                                                                                                          \
    })

DISPATCHED
size_t find_structure(const uint8_t *bytes, size_t start, size_t end, uint8_t delimiter, uint8_t line_end,
                      uint8_t quote, uint32_t *places) {
    uint32_t *next = places;
    for (size_t i = start; i < end; i += width) {
        chunk c;
        memcpy(&c, bytes + i, width);
        uint64_t bits = BITS((c == delimiter) | (c == line_end) | (c == quote));
        if (end - i < width) bits &= ((uint64_t)1 << (end - i)) - 1;
        // Eight at a time without asking whether they are there: a branch on the number of bits would be mispredicted
        // more often than not, and what is written too many is overwritten.
        uint32_t *after = next + __builtin_popcountll(bits);
        while (bits) {
            for (int k = 0; k < 8; k++) {
                next[k] = (uint32_t)i + (uint32_t)__builtin_ctzll(bits | ((uint64_t)1 << 63));
                bits &= bits - 1;
            }
            next += 8;
        }
        next = after;
    }
    return (size_t)(next - places);
}

DISPATCHED
size_t count_byte(const uint8_t *bytes, size_t count, uint8_t wanted) {
    size_t total = 0, i = 0;
    for (; i + width <= count; i += width) {
        chunk c;
        memcpy(&c, bytes + i, width);
        total += (size_t)__builtin_popcountll(BITS(c == wanted));
    }
    for (; i < count; i++) total += bytes[i] == wanted;
    return total;
}

DISPATCHED
struct text_survey survey_text(const uint8_t *bytes, size_t count, uint8_t line_end, uint8_t quote) {
    size_t line_ends = 0, quotes = 0, i = 0;
    uint64_t zeros = 0, beyond = 0;
    for (; i + width <= count; i += width) {
        chunk c;
        memcpy(&c, bytes + i, width);
        line_ends += (size_t)__builtin_popcountll(BITS(c == line_end));
        quotes += (size_t)__builtin_popcountll(BITS(c == quote));
        zeros |= BITS(c == 0);
        beyond |= BITS(c > 127);
    }
    for (; i < count; i++) {
        line_ends += bytes[i] == line_end;
        quotes += bytes[i] == quote;
        zeros |= bytes[i] == 0;
        beyond |= bytes[i] > 127;
    }
    return (struct text_survey){line_ends, quotes, zeros != 0, beyond == 0};
}

DISPATCHED
size_t ascii_prefix(const uint8_t *bytes, size_t count) {
    size_t i = 0;
    for (; i + width <= count; i += width) {
        chunk c;
        memcpy(&c, bytes + i, width);
        uint64_t beyond = BITS(c > 127);
        if (beyond) return i + (size_t)__builtin_ctzll(beyond);
    }
    return i;
}
