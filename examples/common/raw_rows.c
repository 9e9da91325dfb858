/* SPDX-License-Identifier: MIT */
/* Finding rows and fields in a block of bytes. Most rows have no quote in them, and are told by three
 * runs over their bytes that the processor takes many at a time. */
#include "common/raw_rows.h"

#include <stdint.h>
#include <strings.h> /* strncasecmp */

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

/* The first byte `c` of text from `at` on before `end`, or `end`. */
static size_t find_byte(const char *text, size_t at, size_t end, char c)
{
    const char *found = memchr(text + at, c, end - at);

    return found ? (size_t)(found - text) : end;
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

/* Where a row with quotes in it ends; SIZE_MAX when more bytes are needed to say. From quote to quote,
 * for those that open a field stand behind a separator, and the separators up to there are counted. */
static size_t quoted_end(const bytes *block, size_t line_end, bool last, char separator,
                         raw_row *row)
{
    const char *text = block->text;
    size_t at = row->start, eol = line_end;

    for (row->fields = 1;;) {
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
    const char *newline = memchr(text + at, '\n', used - at);
    size_t stop = newline ? (size_t)(newline - text) : used;

    if (!newline && !last) return false;
    *row = (raw_row){ .start = at, .broken = SIZE_MAX };
    row->quote = find_byte(text, at, stop, '"');
    if (row->quote < stop)
        stop = quoted_end(block, stop, last, separator, row);
    else
        row->fields = count_byte(text + at, stop - at, separator) + 1;
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
 * at a time: of a word in which a byte is zero where it is the separator, the high bits tell which. */
static const char *skip_plain(const char *at, const char *end, char separator, size_t n)
{
    const uint64_t ones = UINT64_C(0x0101010101010101), low = ones * 0x7F;
    const uint64_t all = ones * (unsigned char)separator;

    for (; n && end - at >= 8; at += 8) {
        uint64_t word;
        memcpy(&word, at, 8);
        word ^= all;
        word = ~(((word & low) + low) | word | low);
        const size_t here = (size_t)((word >> 7) * ones >> 56);
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

bool raw_row_fields(const bytes *block, const raw_row *row, char separator, const size_t wanted[],
                    size_t n, raw_field fields[])
{
    field_search search = { block->text + row->start, 0 };

    for (size_t i = 0; i < n; i++)
        if (!plain_field(block, row, separator, wanted[i], &search, &fields[i]) &&
            !any_field(block, row, separator, wanted[i], &fields[i]))
            return false;
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
    bytes_repeat(out, separator, columns - fields);
}
