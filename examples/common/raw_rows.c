/* SPDX-License-Identifier: MIT */
/* Finding rows and fields in a block of bytes. Most rows have no quote in them, and are told by one run
 * over their bytes that takes 64 at a time where the processor can (AVX2). */
#include "common/raw_rows.h"

#include <stdint.h>
#include <strings.h> /* strncasecmp */

/* The first byte `c` of text from `at` on before `end`, or `end`. */
static size_t find_byte(const char *text, size_t at, size_t end, char c)
{
    const char *found = memchr(text + at, c, end - at);

    return found ? (size_t)(found - text) : end;
}

static size_t count_byte(const char *text, size_t length, char c)
{
    size_t count = 0;

    while (length) {
        /* One byte counts no further than 255; so short a sum can be reckoned in lanes of bytes. */
        const size_t part = length < 255 ? length : 255;
        unsigned char sum = 0;
        for (size_t i = 0; i < part; i++)
            sum = (unsigned char)(sum + (text[i] == c));
        count += sum;
        text += part;
        length -= part;
    }
    return count;
}

/* ---- the first look at a row --------------------------------------------------------------------- */

typedef struct {
    size_t stop;       /* where its first quote or line end is, or the block's end */
    size_t separators; /* before that */
    uint64_t early;    /* as in raw_row */
} sight;

static sight look_plainly(const char *text, size_t at, size_t used, char separator)
{
    const size_t line_end = find_byte(text, at, used, '\n');
    const size_t stop = find_byte(text, at, line_end, '"');

    return (sight){ stop, count_byte(text + at, stop - at, separator), 0 };
}

#if defined(__x86_64__) && defined(__GNUC__)
enum { LANES = 32, WORD = 2 * LANES };

typedef char lanes __attribute__((vector_size(LANES)));

/* Of 64 bytes the quotes and line ends, and the separators, a bit for each: that of the first the lowest. */
typedef struct {
    uint64_t stops, separators;
} word;

#define WIDE __attribute__((target("avx2,popcnt")))
#define BITS(a, b)                                                                                 \
    ((uint32_t)__builtin_ia32_pmovmskb256(a) | (uint64_t)(uint32_t)__builtin_ia32_pmovmskb256(b)   \
                                                   << LANES)

WIDE static inline word take_word(const char *from, char separator)
{
    lanes a, b;

    memcpy(&a, from, sizeof a);
    memcpy(&b, from + LANES, sizeof b);
    return (word){ BITS((a == '\n') | (a == '"'), (b == '\n') | (b == '"')),
                   BITS(a == separator, b == separator) };
}

/* The separators before the first stop: those whose bits are below the lowest one there. */
WIDE static inline uint64_t before_stop(word w)
{
    return w.stops ? w.separators & ((w.stops & -w.stops) - 1) : w.separators;
}

WIDE static sight look_wide(const char *text, size_t at, size_t used, char separator)
{
    word w = take_word(text + at, separator);
    sight rest, seen = { 0, 0, before_stop(w) };

    while (!w.stops) {
        seen.separators += (size_t)__builtin_popcountll(w.separators);
        at += WORD;
        if (used - at < WORD) {
            rest = look_plainly(text, at, used, separator);
            return (sight){ rest.stop, seen.separators + rest.separators, seen.early };
        }
        w = take_word(text + at, separator);
    }
    seen.separators += (size_t)__builtin_popcountll(before_stop(w));
    seen.stop = at + (size_t)__builtin_ctzll(w.stops);
    return seen;
}

static inline sight look(const char *text, size_t at, size_t used, char separator)
{
    if (used - at >= WORD && __builtin_cpu_supports("avx2") && __builtin_cpu_supports("popcnt"))
        return look_wide(text, at, used, separator);
    return look_plainly(text, at, used, separator);
}
#else
#define look look_plainly
#endif

/* Behind the quote that closes the field which opens at `at`; SIZE_MAX when there is none in reach. */
static size_t closing_quote(const bytes *block, size_t at)
{
    const char *text = block->text;
    const size_t most =
        block->used - at < RAW_OPEN_QUOTE ? block->used : at + (size_t)RAW_OPEN_QUOTE;

    for (at++; at < most; at++) {
        const char *quote = memchr(text + at, '"', most - at);
        if (!quote) return SIZE_MAX;
        at = (size_t)(quote - text) + 1;
        if (at >= block->used || text[at] != '"') return at;
    }
    return SIZE_MAX;
}

/* Behind the field that opens with a quote at `at`: where a separator or the line's end stands. SIZE_MAX
 * when more bytes are needed to say; *broken when it is no field. */
static size_t end_of_quoted(const bytes *block, size_t at, bool last, char separator, bool *broken)
{
    const char *text = block->text;
    const size_t used = block->used, behind = closing_quote(block, at);

    if (behind == SIZE_MAX) {
        *broken = last || used - at > RAW_OPEN_QUOTE;
        return SIZE_MAX;
    }
    if (behind == used || (text[behind] == '\r' && behind + 1 == used))
        return last ? used : SIZE_MAX;
    if (text[behind] == '\r' && text[behind + 1] == '\n') return behind + 1;
    *broken = text[behind] != separator && text[behind] != '\n';
    return behind;
}

/* Where a row with quotes in it ends, of which all up to the first is known; SIZE_MAX when more bytes are
 * needed to say. From quote to quote, for those that open a field stand behind a separator, and the
 * separators up to there are counted. */
static size_t quoted_end(const bytes *block, size_t line_end, bool last, char separator,
                         raw_row *row)
{
    const char *text = block->text;
    size_t at = row->quote, eol = line_end;

    for (;;) {
        const size_t quote = find_byte(text, at, eol, '"');
        bool broken = false;
        row->fields += count_byte(text + at, quote - at, separator);
        if (quote == eol) return eol;
        if (quote > row->start && text[quote - 1] != separator) {
            at = quote + 1;
            continue;
        }
        at = end_of_quoted(block, quote, last, separator, &broken);
        if (broken) {
            row->broken = quote;
            return line_end;
        }
        if (at == SIZE_MAX || at == block->used || text[at] == '\n') return at;
        if (at > eol) eol = find_byte(text, at, block->used, '\n');
        if (eol == block->used && !last) return SIZE_MAX;
    }
}

bool raw_row_next(const bytes *block, size_t at, bool last, char separator, raw_row *row)
{
    const char *text = block->text;
    const size_t used = block->used;
    const sight seen = look(text, at, used, separator);
    size_t stop = seen.stop;

    *row = (raw_row){ .start = at,
                      .broken = SIZE_MAX,
                      .quote = stop,
                      .fields = seen.separators + 1,
                      .early = seen.early };
    if (stop < used && text[stop] == '"') {
        const size_t line_end = find_byte(text, stop, used, '\n');
        stop = line_end == used && !last ? used : quoted_end(block, line_end, last, separator, row);
    }
    if (stop == SIZE_MAX || (stop >= used && !last)) return false;
    row->end = stop;
    row->eol = stop < used ? stop + 1 : used;
    if (row->end > at && text[row->end - 1] == '\r') row->end--;
    return true;
}

/* The field that begins at *at, which goes behind its separator; false at the row's end. */
static bool take_field(const char **at, const char *end, char separator, raw_field *field)
{
    const char *start = *at, *stop;

    if (start < end && *start == '"') {
        for (stop = start + 1; stop < end && (*stop != '"' || (stop + 1 < end && stop[1] == '"'));)
            stop += *stop == '"' ? 2 : 1;
        *field = (raw_field){ start + 1, (size_t)(stop - start) - 1, true };
        while (stop < end && *stop != separator)
            stop++;
    } else {
        stop = memchr(start, separator, (size_t)(end - start));
        if (!stop) stop = end;
        *field = (raw_field){ start, (size_t)(stop - start), false };
    }
    *at = stop < end ? stop + 1 : end;
    return stop < end;
}

/* Behind the separator that is number n of those from `at` on; NULL when there are fewer. Eight bytes
 * at a time: of eight in which a byte is zero where it is the separator, the high bits tell which. */
static const char *skip_plain(const char *at, const char *end, char separator, size_t n)
{
    const uint64_t ones = UINT64_C(0x0101010101010101), low = ones * 0x7F;
    const uint64_t all = ones * (unsigned char)separator;

    for (; n && end - at >= 8; at += 8) {
        uint64_t eight;
        memcpy(&eight, at, 8);
        eight ^= all;
        eight = ~(((eight & low) + low) | eight | low);
        const size_t here = (size_t)((eight >> 7) * ones >> 56);
        if (here >= n) break;
        n -= here;
    }
    for (; n && at < end; at++)
        n -= *at == separator;
    return n ? NULL : at;
}

/* How far a row was looked through for its fields: `passed` of them lie before `at`. */
typedef struct {
    const char *at;
    size_t passed;
} field_search;

/* Most columns that are asked for stand before any quote. */
static bool plain_field(const bytes *block, const raw_row *row, char separator, size_t which,
                        field_search *search, raw_field *field)
{
    const char *start = block->text + row->start;
    const char *end = block->text + (row->quote < row->end ? row->quote : row->end);
    const char *at;

    if (search->passed > which) *search = (field_search){ start, 0 };
    at = skip_plain(search->at, end, separator, which - search->passed);
    if (!at) return false;
    search->passed = take_field(&at, end, separator, field) ? which + 1 : SIZE_MAX;
    search->at = at;
    /* What ends at a quote may go on behind it. */
    return end == block->text + row->end || field->text + field->length < end;
}

static bool any_field(const bytes *block, const raw_row *row, char separator, size_t which,
                      raw_field *field)
{
    const char *at = block->text + row->start, *end = block->text + row->end;
    bool more = true;

    for (size_t i = 0; more && i <= which; i++) {
        more = take_field(&at, end, separator, field);
        if (i == which) return true;
    }
    return false;
}

/* Those that stand further behind, or behind a quote; out of line, for they are few. */
__attribute__((noinline)) static bool far_fields(const bytes *block, const raw_row *row,
                                                 char separator, const size_t wanted[], size_t n,
                                                 raw_field fields[])
{
    field_search search = { block->text + row->start, 0 };

    for (size_t i = 0; i < n; i++)
        if (!plain_field(block, row, separator, wanted[i], &search, &fields[i]) &&
            !any_field(block, row, separator, wanted[i], &fields[i]))
            return false;
    return true;
}

bool raw_row_fields(const bytes *block, const raw_row *row, char separator, const size_t wanted[],
                    size_t n, raw_field fields[])
{
    const char *text = block->text + row->start;
    uint64_t ends = row->early;
    size_t start = 0, passed = 0;

    for (size_t i = 0; i < n; i++) {
        for (; passed < wanted[i] && ends; passed++, ends &= ends - 1)
            start = (size_t)__builtin_ctzll(ends) + 1;
        if (!ends || passed > wanted[i])
            return far_fields(block, row, separator, wanted + i, n - i, fields + i);
        fields[i] = (raw_field){ text + start, (size_t)__builtin_ctzll(ends) - start, false };
    }
    return true;
}

static bool says(const raw_field *field, const char *name)
{
    const char *text = field->text, *end = text + field->length;

    while (text < end && (*text == ' ' || *text == '\t'))
        text++;
    while (text < end && (end[-1] == ' ' || end[-1] == '\t'))
        end--;
    return strlen(name) == (size_t)(end - text) &&
           strncasecmp(text, name, (size_t)(end - text)) == 0;
}

size_t raw_row_column(const bytes *block, const raw_row *row, char separator, const char *name,
                      size_t *again)
{
    const char *at = block->text + row->start, *end = block->text + row->end;
    size_t found = SIZE_MAX;
    bool more = true;

    *again = SIZE_MAX;
    for (size_t i = 0; more; i++) {
        raw_field field;
        more = take_field(&at, end, separator, &field);
        if (!says(&field, name)) continue;
        if (found == SIZE_MAX)
            found = i;
        else if (*again == SIZE_MAX)
            *again = i;
    }
    return found;
}

/* Where field number `which` begins; the row has so many. */
static size_t start_of(const bytes *block, const raw_row *row, char separator, size_t which)
{
    const char *at = block->text + row->start, *end = block->text + row->end;
    raw_field field;

    for (size_t i = 0; i < which; i++)
        (void)take_field(&at, end, separator, &field);
    return (size_t)(at - block->text);
}

void raw_row_put(bytes *out, const bytes *block, const raw_row *row, char separator, size_t columns)
{
    const bool broken = row->broken != SIZE_MAX;
    const char *text = block->text + row->start;
    size_t kept = row->end - row->start, fields = row->fields;

    if (fields > columns || broken) {
        fields = fields < columns ? fields : columns;
        kept = start_of(block, row, separator, fields - 1) - row->start;
    }
    bytes_put(out, text, kept);
    if (kept < row->end - row->start) bytes_quoted(out, text + kept, row->end - row->start - kept);
    if (fields < columns) bytes_repeat(out, separator, columns - fields);
}
