// Counting firms of many labellings at once: the hot path of the scan statistic.

#ifndef C_SCAN_KERNELS_H
#define C_SCAN_KERNELS_H

#include <stddef.h>
#include <stdint.h>

/// For each of the firms adds 1 to the counts at the places of its row, `lanes` of them from `places[firm * lanes]` on.
///
/// Rows are fetched ahead of time: after the firms come `rows_ahead` more numbers of firms, whichever.
void count_rows_16(uint16_t *counts, const uint16_t *places, size_t lanes, const int32_t *firms, size_t firm_count);
void count_rows_32(uint32_t *counts, const uint16_t *places, size_t lanes, const int32_t *firms, size_t firm_count);

enum { rows_ahead = 8 };

#endif
