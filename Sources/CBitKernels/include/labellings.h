// Kernels over eight words of bits a site: the industries of its firms, in one labelling or in several.

#ifndef LABELLINGS_H
#define LABELLINGS_H

#include <stddef.h>
#include <stdint.h>

/// The words a site has.
#define site_words 8

/// Puts together the words of those sites whose bit is set: bit i is the site at `positions[i]`.
void unite_sites(
    uint64_t *united, const uint64_t *sites, const int32_t *positions, const uint64_t *bits, size_t bit_words);

/// Counts one firm in every labelling: for each bit of its site's words one more at its own industry.
///
/// Labelling l has `words` of the site's words from `l * words` on. Counts are taken in bytes, 64 for each word of each industry
/// of each labelling, and moved to `totals` before one of these overflows; `pending` says how often each industry was added to.
///
/// labels: the industry of the firm in each labelling, UINT16_MAX for none.
void count_firm(
    const uint64_t *united, const uint16_t *labels, size_t labellings, size_t words, size_t industries,
    uint8_t *pending, uint8_t *counts, int64_t *totals);

/// Moves what is left to the totals.
void move_counts(size_t labellings, size_t words, size_t industries, uint8_t *pending, uint8_t *counts, int64_t *totals);

/// The same for a firm that does not count as one, but as `weight` in a labelling.
void weigh_firm(
    const uint64_t *united, const uint16_t *labels, const int64_t *weights, size_t labellings, size_t words,
    size_t industries, int64_t *totals);

#endif
