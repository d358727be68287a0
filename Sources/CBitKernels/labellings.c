#include "labellings.h"

#include <string.h>

#include "dispatch.h"

typedef uint64_t words8 __attribute__((vector_size(64), aligned(8)));
typedef uint8_t bytes64 __attribute__((vector_size(64), aligned(1)));

DISPATCHED
void unite_sites(
    uint64_t *united, const uint64_t *sites, const int32_t *positions, const uint64_t *bits, size_t bit_words) {
    words8 sum = {0};
    for (size_t word = 0; word < bit_words; word++)
        for (uint64_t left = bits[word]; left; left &= left - 1) {
            size_t index = 64 * word + (size_t)__builtin_ctzll(left);
            sum |= *(const words8 *)(sites + site_words * (size_t)positions[index]);
        }
    *(words8 *)united = sum;
}

// Byte j of the counts grows by bit j of the word.
static inline __attribute__((always_inline)) void count_bits(uint8_t *counts, uint64_t word) {
    words8 copies = {word, word, word, word, word, word, word, word};
    bytes64 bytes = (bytes64)copies;
    // Within each 16 bytes, so that one shuffle does it: byte j becomes the byte of the word that holds bit j.
    bytes = __builtin_shufflevector(
        bytes, bytes, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 18, 18, 18, 18, 18, 18, 18, 18, 19, 19, 19, 19, 19,
        19, 19, 19, 36, 36, 36, 36, 36, 36, 36, 36, 37, 37, 37, 37, 37, 37, 37, 37, 54, 54, 54, 54, 54, 54, 54, 54, 55, 55,
        55, 55, 55, 55, 55, 55);
    const uint64_t each = 0x8040201008040201;
    words8 masks = {each, each, each, each, each, each, each, each};
    // A comparison gives -1 for true.
    *(bytes64 *)counts -= (bytes64)((bytes & (bytes64)masks) == (bytes64)masks);
}

static void move(size_t words, uint8_t *pending, uint8_t *counts, int64_t *totals) {
    for (size_t i = 0; i < 64 * words; i++) totals[i] += counts[i];
    memset(counts, 0, 64 * words);
    *pending = 0;
}

DISPATCHED
void count_firm(
    const uint64_t *united, const uint16_t *labels, size_t labellings, size_t words, size_t industries,
    uint8_t *pending, uint8_t *counts, int64_t *totals) {
    for (size_t labelling = 0; labelling < labellings; labelling++) {
        if (labels[labelling] == UINT16_MAX) continue;
        size_t own = labelling * industries + labels[labelling];
        for (size_t word = 0; word < words; word++)
            count_bits(counts + 64 * (own * words + word), united[labelling * words + word]);
        if (++pending[own] == UINT8_MAX)
            move(words, pending + own, counts + 64 * own * words, totals + 64 * own * words);
    }
}

void move_counts(
    size_t labellings, size_t words, size_t industries, uint8_t *pending, uint8_t *counts, int64_t *totals) {
    for (size_t own = 0; own < labellings * industries; own++)
        if (pending[own]) move(words, pending + own, counts + 64 * own * words, totals + 64 * own * words);
}

void weigh_firm(
    const uint64_t *united, const uint16_t *labels, const int64_t *weights, size_t labellings, size_t words,
    size_t industries, int64_t *totals) {
    for (size_t labelling = 0; labelling < labellings; labelling++) {
        if (labels[labelling] == UINT16_MAX) continue;
        int64_t *own = totals + 64 * (labelling * industries + labels[labelling]) * words;
        for (size_t word = 0; word < words; word++)
            for (uint64_t left = united[labelling * words + word]; left; left &= left - 1)
                own[64 * word + (size_t)__builtin_ctzll(left)] += weights[labelling];
    }
}
