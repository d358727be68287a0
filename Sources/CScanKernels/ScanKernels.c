#include "ScanKernels.h"

// Firms in the order of their distance lie anywhere in memory: without asking for rows ahead of time, the processor waits for
// each of them longer than it takes to count it.
#define COUNT_ROWS(bits)                                                                                               \
    void count_rows_##bits(uint##bits##_t *counts, const uint16_t *places, size_t lanes, const int32_t *firms,         \
                           size_t firm_count) {                                                                        \
        for (size_t i = 0; i < firm_count; i++) {                                                                      \
            const char *next = (const char *)(places + (size_t)firms[i + rows_ahead] * lanes);                         \
            for (size_t line = 0; line < 2 * lanes; line += 64) __builtin_prefetch(next + line);                       \
            const uint16_t *row = places + (size_t)firms[i] * lanes;                                                   \
            size_t lane = 0;                                                                                           \
            for (; lane + 4 <= lanes; lane += 4) {                                                                     \
                counts[row[lane]]++;                                                                                   \
                counts[row[lane + 1]]++;                                                                               \
                counts[row[lane + 2]]++;                                                                               \
                counts[row[lane + 3]]++;                                                                               \
            }                                                                                                          \
            for (; lane < lanes; lane++) counts[row[lane]]++;                                                          \
        }                                                                                                              \
    }

COUNT_ROWS(16)
COUNT_ROWS(32)
