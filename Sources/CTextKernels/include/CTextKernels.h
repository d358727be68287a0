// Loops over the bytes of a text that want the widest registers there are.

#ifndef C_TEXT_KERNELS_H
#define C_TEXT_KERNELS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// Bytes that `find_structure` may read beyond the last it was asked to look at.
enum { structure_overread = 64 };

/// The offsets in `bytes` of every delimiter, line end and quote from `start` up to, not including, `end`, ascending.
///
/// `places` has room for `end - start` of them, rounded up to 64, and 8 more. Returns how many there are.
size_t find_structure(const uint8_t *bytes, size_t start, size_t end, uint8_t delimiter, uint8_t line_end,
                      uint8_t quote, uint32_t *places);

/// What `survey_text` finds.
struct text_survey {
    size_t line_ends;
    size_t quotes;
    bool has_zero;
    bool is_ascii;
};

/// Looks once at every byte for all that has to be known of a text as a whole.
struct text_survey survey_text(const uint8_t *bytes, size_t count, uint8_t line_end, uint8_t quote);

/// How often a byte occurs.
size_t count_byte(const uint8_t *bytes, size_t count, uint8_t wanted);

/// The number of bytes before the first that is not ASCII, or a multiple of 64 below it.
size_t ascii_prefix(const uint8_t *bytes, size_t count);

#endif
