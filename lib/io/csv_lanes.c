/* SPDX-License-Identifier: MIT */
/* Each byte of a block is a bit of some numbers, so that what takes a branch for each quote otherwise, which
 * processors cannot foresee, is a little arithmetic:
 *
 *     text        a,"b ""c"", d",e
 *     quotes      ..1..11.11...1..
 *     inside      ..1111.11.1111..   their running parity: what lies between quotes
 *     ends        .1...........  1.  separators that are not inside
 *
 * after G. Langdale and D. Lemire, Parsing gigabytes of JSON per second, VLDB Journal 28 (2019). */
#include "io/csv_lanes.h"

#include "base/byte_lanes.h"

enum { LANES = INCMAP__BYTE_LANES, BLOCK = INCMAP__CSV_LANES };

/* A bit for each byte of a block, that of the first the lowest. */
struct bits {
    uint64_t quotes, separators, breaks;
    uint64_t rare; /* zeros and carriage returns */
};

/* What goes over from block to block. */
struct scan {
    incmap__csv_lanes *row;
    const unsigned char *text;
    uint64_t inside;       /* all ones: the last byte lay between quotes */
    uint64_t behind_close; /* 1: the last byte is a quote that closes */
    uint64_t behind_end;   /* 1: it ended a field, or there is none */
    uint64_t doubled;      /* 1: quotes stood in the field so far */
    size_t start;          /* of the field */
};

static inline struct bits take_bits(const unsigned char *block, unsigned char separator,
                                    bool quotes)
{
    struct bits bits = { 0, 0, 0, 0 };

    for (int i = 0; i < BLOCK; i += LANES) {
        const incmap__bytes b = incmap__bytes_load(block + i);
        const incmap__truths returns = b == '\r';
        if (quotes) bits.quotes |= (uint64_t)incmap__truths_bits(b == '"') << i;
        bits.separators |= (uint64_t)incmap__truths_bits(b == separator) << i;
        bits.breaks |= (uint64_t)incmap__truths_bits((b == '\n') | returns) << i;
        bits.rare |= (uint64_t)incmap__truths_bits((b == 0) | returns) << i;
    }
    return bits;
}

/* Of each bit, whether the count of those up to it is odd. */
static inline uint64_t parity(uint64_t bits)
{
    for (int step = 1; step < BLOCK; step *= 2)
        bits ^= bits << step;
    return bits;
}

/* The fields that end in the block at `at`; `doubled` are the second ones of two quotes. */
static bool take_fields(struct scan *scan, size_t at, uint64_t ends, uint64_t doubled)
{
    incmap__csv_lanes *row = scan->row;
    const unsigned char *const text = scan->text;
    uint64_t before = scan->doubled;
    size_t start = scan->start, n = row->count;

    for (; ends && n < row->room; ends &= ends - 1, n++) {
        const size_t end = at + (size_t)__builtin_ctzll(ends);
        const uint64_t here = doubled & ((ends & -ends) - 1);
        const bool quoted = row->quotes && text[start] == '"';
        row->fields[n] = (incmap__csv_field){ .length = end - start - (quoted ? 2 : 0),
                                              .offset = row->offset + start,
                                              .quoted = quoted,
                                              .doubled = (before | here) != 0 };
        doubled ^= here;
        before = 0;
        start = end + 1;
    }
    scan->doubled = before | doubled;
    scan->start = start;
    row->count = n;
    return !ends;
}

/* A quote opens where a field begins or right behind one that closes, and one that closes stands before
 * the end of a field or one that opens. */
static inline uint64_t find_faults(uint64_t opens, uint64_t behind_close, uint64_t ends,
                                   uint64_t behind_end)
{
    return (opens & ~(behind_end | behind_close)) | (behind_close & ~(ends | opens));
}

typedef enum { GOES_ON, ENDS, OTHER } outcome;

static inline outcome scan_block(struct scan *scan, size_t at)
{
    incmap__csv_lanes *row = scan->row;
    const struct bits bits = take_bits(scan->text + at, row->separator, row->quotes);
    const uint64_t inside = bits.quotes ? parity(bits.quotes) ^ scan->inside : scan->inside;
    const uint64_t ends = (bits.separators | bits.breaks) & ~inside;
    const uint64_t row_ends = bits.breaks & ~inside, row_end = row_ends & -row_ends;
    const uint64_t in_row = row_end ? row_end | (row_end - 1) : ~UINT64_C(0);
    const uint64_t breaks = bits.breaks & inside & in_row;
    const uint64_t opens = bits.quotes & inside, closes = bits.quotes & ~inside;
    const uint64_t behind_close = closes << 1 | scan->behind_close;
    const uint64_t behind_end = ends << 1 | scan->behind_end;
    const uint64_t faults =
        find_faults(opens, behind_close, ends, behind_end) | (bits.rare & ~row_end);

    if (faults & in_row) return OTHER;
    if (breaks) row->breaks += incmap__count_bits(breaks);
    if (!take_fields(scan, at, ends & in_row, behind_close & opens & in_row)) return OTHER;
    scan->inside = 0 - (inside >> 63);
    scan->behind_close = closes >> 63;
    scan->behind_end = ends >> 63;
    return row_end ? ENDS : GOES_ON;
}

bool incmap__csv_lanes_find(incmap__csv_lanes *row, const unsigned char *text)
{
    struct scan scan = { .row = row, .text = text, .behind_end = 1 };
    outcome found = GOES_ON;

    row->count = row->breaks = 0;
    for (size_t at = 0; found == GOES_ON; at += BLOCK)
        found = scan_block(&scan, at);
    row->length = scan.start - 1;
    return found == ENDS;
}
