/* SPDX-License-Identifier: MIT */
/* The scanner of RFC 4180 files. A row is scanned where it lies in the buffer, and only when it is
 * known to be whole are its fields unquoted and ended in place, so that after a fault the same
 * bytes can be read again from the second line on.
 *
 *     buffer   . . . [row . . . . at . . . . end) 0 0 0
 *                     |           |          zeros stop the scan without a test for the end
 *                     |           next byte to look at
 *                     first byte of the row; what lies before it is dropped by the next refill
 *
 * How long this takes: a stray quote makes a row run on at most to the next line with an odd number
 * of quotes, so that going back to the second line reads no byte more than three times. */
#include "io/csv.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/text.h"
#include "io/csv_lanes.h"
#include "io/diskfile.h"

enum {
    FIRST_CAPACITY = 64 * 1024,
    DEFAULT_LONGEST_ROW = 16 << 20,
    MOST_FIELDS = 65536,
    ZEROS = INCMAP__CSV_LANES
};

struct incmap__csv {
    incmap_allocator allocator;
    char *name;
    int file;           /* -1: from memory */
    const char *memory; /* what is left of it */
    size_t memory_left;
    unsigned char separator;
    bool quotes;
    size_t longest_row;
    bool special[256]; /* bytes at which the scan of an unquoted field stops */

    unsigned char *buffer;
    size_t capacity;     /* without the final zeros */
    size_t row, at, end; /* in the buffer */
    uint64_t start;      /* offset of the buffer's first byte in the file */
    bool at_end_of_file;
    size_t line;    /* on which the row begins */
    bool started;   /* a BOM was passed over, if there was one */
    bool skip_line; /* the last row was broken: go on behind the line on which it began */
    incmap__csv_source source; /* with next set, rows come from there */
    bool quoted;               /* a field of the row is, so that line breaks may lie in it */

    incmap__csv_field *fields;
    size_t fields_room, field_count;
};

/* ---- opening and closing ---- */

static incmap_status open_file(incmap__csv *csv, incmap_error *err)
{
    struct stat info;

    do {
        csv->file = open(csv->name, O_RDONLY | O_CLOEXEC);
    } while (csv->file < 0 && errno == EINTR);
    if (csv->file < 0 || fstat(csv->file, &info))
        return incmap__fail_file(err, csv->name, "cannot be opened", errno);
    if (S_ISDIR(info.st_mode)) return incmap__fail_file(err, csv->name, "cannot be opened", EISDIR);
    return INCMAP_OK;
}

static void take_options(incmap__csv *csv, const incmap__csv_options *options)
{
    csv->separator = (unsigned char)(options && options->separator ? options->separator : ',');
    csv->quotes = !(options && options->no_quotes);
    csv->longest_row = options && options->longest_row ? options->longest_row : DEFAULT_LONGEST_ROW;
    if (csv->longest_row > SIZE_MAX / 4) csv->longest_row = SIZE_MAX / 4;
    csv->special[0] = csv->special['\n'] = csv->special['\r'] = true;
    csv->special[csv->separator] = true;
    if (csv->quotes) csv->special['"'] = true;
}

/* All that opening a file and opening memory share; name is copied. */
static incmap_status new_csv(incmap__csv **out, const char *name,
                             const incmap__csv_options *options, const incmap_allocator *a,
                             incmap_error *err)
{
    const size_t name_size = strlen(name) + 1;
    incmap__csv *csv = incmap__alloc_zeroed(a, 1, sizeof *csv);

    if (!csv) return incmap__fail_memory(err);
    csv->allocator = *a;
    csv->file = -1;
    csv->line = 1;
    take_options(csv, options);
    /* The row, and the two bytes behind it that tell whether it ends there. */
    csv->capacity = csv->longest_row < FIRST_CAPACITY ? csv->longest_row + 2 : FIRST_CAPACITY;
    csv->name = incmap__alloc(a, name_size, 1);
    csv->buffer = incmap__alloc(a, csv->capacity + ZEROS, 1);
    if (!csv->name || !csv->buffer) {
        incmap__csv_close(csv);
        return incmap__fail_memory(err);
    }
    memcpy(csv->name, name, name_size);
    memset(csv->buffer, 0, ZEROS);
    *out = csv;
    return INCMAP_OK;
}

incmap_status incmap__csv_open(incmap__csv **out, const char *path,
                               const incmap__csv_options *options, const incmap_allocator *a,
                               incmap_error *err)
{
    incmap__csv *csv = NULL;
    incmap_status st = new_csv(&csv, path, options, a, err);

    if (!st) st = open_file(csv, err);
    if (st)
        incmap__csv_close(csv);
    else
        *out = csv;
    return st;
}

incmap_status incmap__csv_open_memory(incmap__csv **out, const char *name, const void *bytes,
                                      size_t size, const incmap__csv_options *options,
                                      const incmap_allocator *a, incmap_error *err)
{
    incmap__csv *csv = NULL;
    const incmap_status st = new_csv(&csv, name, options, a, err);

    if (st) return st;
    csv->memory = bytes;
    csv->memory_left = size;
    *out = csv;
    return INCMAP_OK;
}

incmap_status incmap__csv_open_rows(incmap__csv **out, const char *name,
                                    const incmap__csv_source *source, const incmap_allocator *a,
                                    incmap_error *err)
{
    const incmap__csv_options smallest = { .longest_row = 1 }; /* nothing is scanned */
    incmap__csv *csv = NULL;
    const incmap_status st = new_csv(&csv, name, &smallest, a, err);

    if (st) {
        source->close(source->user);
        return st;
    }
    csv->source = *source;
    *out = csv;
    return INCMAP_OK;
}

void incmap__csv_close(incmap__csv *csv)
{
    if (csv) {
        const incmap_allocator allocator = csv->allocator;
        if (csv->source.next) csv->source.close(csv->source.user);
        if (csv->file >= 0) (void)close(csv->file);
        incmap__free(&allocator, csv->fields);
        incmap__free(&allocator, csv->buffer);
        incmap__free(&allocator, csv->name);
        incmap__free(&allocator, csv);
    }
}

const char *incmap__csv_name(const incmap__csv *csv)
{
    return csv->name;
}

/* ---- the buffer ---- */

static incmap_status read_bytes(incmap__csv *csv, unsigned char *into, size_t room, size_t *got,
                                incmap_error *err)
{
    ssize_t n;

    if (csv->file < 0) {
        *got = room < csv->memory_left ? room : csv->memory_left;
        if (*got) {
            memcpy(into, csv->memory, *got);
            csv->memory += *got;
            csv->memory_left -= *got;
        }
        return INCMAP_OK;
    }
    do {
        n = read(csv->file, into, room);
    } while (n < 0 && errno == EINTR);
    if (n < 0) return incmap__fail_file(err, csv->name, "cannot be read", errno);
    *got = (size_t)n;
    return INCMAP_OK;
}

/* Drops what lies before the row, and doubles the buffer if the row fills it. */
static incmap_status make_room(incmap__csv *csv, incmap_error *err)
{
    if (csv->row > 0) {
        memmove(csv->buffer, csv->buffer + csv->row, csv->end - csv->row);
        csv->start += csv->row;
        csv->at -= csv->row;
        csv->end -= csv->row;
        csv->row = 0;
    }
    if (csv->end == csv->capacity) {
        unsigned char *larger =
            incmap__realloc(&csv->allocator, csv->buffer, csv->capacity * 2 + ZEROS, 1);
        if (!larger) return incmap__fail_memory(err);
        csv->buffer = larger;
        csv->capacity *= 2;
    }
    return INCMAP_OK;
}

static incmap_status refill(incmap__csv *csv, bool *there, incmap_error *err)
{
    while (csv->at == csv->end && !csv->at_end_of_file) {
        size_t got = 0;
        incmap_status st;
        if (csv->end - csv->row > csv->longest_row + 1) break;
        st = make_room(csv, err);
        if (!st) st = read_bytes(csv, csv->buffer + csv->end, csv->capacity - csv->end, &got, err);
        /* The zeros behind the end go back also when nothing came. */
        csv->end += got;
        memset(csv->buffer + csv->end, 0, ZEROS);
        if (st) return st;
        csv->at_end_of_file = got == 0;
    }
    *there = csv->at < csv->end;
    return INCMAP_OK;
}

/* Sees to it that a byte lies at csv->at; *there is false at the end of the file, and where the row
 * is so much over its limit that no more of it is kept. */
static inline incmap_status peek(incmap__csv *csv, bool *there, incmap_error *err)
{
    if (csv->at == csv->end) return refill(csv, there, err);
    *there = true;
    return INCMAP_OK;
}

static uint64_t offset_of(const incmap__csv *csv, size_t at)
{
    return csv->start + at;
}

static size_t index_of(const incmap__csv *csv, uint64_t offset)
{
    return (size_t)(offset - csv->start);
}

/* Index of the first line break of [from, to), or to. */
static size_t find_break(const incmap__csv *csv, size_t from, size_t to)
{
    const unsigned char *begin = csv->buffer + from;
    const unsigned char *lf = memchr(begin, '\n', to - from);
    const size_t most = lf ? (size_t)(lf - begin) : to - from;
    const unsigned char *cr = memchr(begin, '\r', most);
    return cr ? from + (size_t)(cr - begin) : from + most;
}

/* Takes the CRLF, LF or CR at csv->at. */
static incmap_status take_break(incmap__csv *csv, incmap_error *err)
{
    const bool cr = csv->buffer[csv->at++] == '\r';
    bool there = false;
    incmap_status st = INCMAP_OK;

    if (cr) st = peek(csv, &there, err);
    if (there && csv->buffer[csv->at] == '\n') csv->at++;
    return st;
}

/* Goes behind the first line break from csv->row on, keeping nothing of what it passes. */
static incmap_status skip_line(incmap__csv *csv, incmap_error *err)
{
    bool there = true;
    incmap_status st = INCMAP_OK;

    csv->at = csv->row;
    while (!st && there) {
        csv->at = csv->row = find_break(csv, csv->at, csv->end);
        if (csv->at < csv->end) {
            st = take_break(csv, err);
            break;
        }
        st = peek(csv, &there, err);
    }
    if (!st) {
        csv->row = csv->at;
        csv->line++;
        csv->skip_line = false;
    }
    return st;
}

/* ---- scanning a row ---- */

/* What ended a field. */
typedef enum { STOP_SEPARATOR, STOP_LINE, STOP_FILE, STOP_BROKEN } stop_kind;

/* Of several faults in a row the first met is told. */
static void note_fault(incmap__csv *csv, incmap__csv_row *row, incmap__csv_fault fault,
                       uint64_t offset)
{
    if (row->fault) return;
    row->fault = fault;
    row->fault_column = csv->field_count + 1;
    row->fault_offset = offset;
}

/* What the byte at csv->at, behind a field, makes of it. */
static stop_kind classify(incmap__csv *csv, incmap__csv_row *row, bool there)
{
    const unsigned char c = csv->buffer[csv->at];
    if (!there) return STOP_FILE;
    if (c == csv->separator) return STOP_SEPARATOR;
    if (c == '\n' || c == '\r') return STOP_LINE;
    note_fault(csv, row, INCMAP__CSV_ROW_QUOTE_INSIDE, offset_of(csv, csv->at));
    return STOP_BROKEN;
}

static incmap_status scan_plain(incmap__csv *csv, incmap__csv_row *row, incmap__csv_field *field,
                                stop_kind *stop, incmap_error *err)
{
    bool there = true;

    while (there) {
        const unsigned char *p = csv->buffer + csv->at;
        while (!csv->special[*p])
            p++;
        csv->at = (size_t)(p - csv->buffer);
        if (*p) break;
        if (csv->at < csv->end) {
            note_fault(csv, row, INCMAP__CSV_ROW_NUL, offset_of(csv, csv->at++));
        } else {
            const incmap_status st = peek(csv, &there, err);
            if (st) return st;
        }
    }
    field->length = csv->at - index_of(csv, field->offset);
    *stop = classify(csv, row, there);
    return INCMAP_OK;
}

/* Goes behind the quote that closes a field; *closed is false when there is none. */
static incmap_status find_closing_quote(incmap__csv *csv, bool *closed, bool *doubled,
                                        incmap_error *err)
{
    bool there = true;
    incmap_status st = INCMAP_OK;

    for (*closed = false; !st && there && !*closed;) {
        const unsigned char *quote = memchr(csv->buffer + csv->at, '"', csv->end - csv->at);
        csv->at = quote ? (size_t)(quote - csv->buffer) + 1 : csv->end;
        st = peek(csv, &there, err);
        if (!st && quote) {
            *closed = !there || csv->buffer[csv->at] != '"';
            if (!*closed) {
                *doubled = true;
                csv->at++;
            }
        }
    }
    return st;
}

static incmap_status scan_quoted(incmap__csv *csv, incmap__csv_row *row, incmap__csv_field *field,
                                 stop_kind *stop, incmap_error *err)
{
    bool there;
    incmap_status st;

    field->quoted = csv->quoted = true;
    csv->at++;
    st = find_closing_quote(csv, &there, &field->doubled, err);
    if (st) return st;
    if (!there) {
        note_fault(csv, row, INCMAP__CSV_ROW_QUOTE_OPEN, field->offset);
        *stop = STOP_BROKEN;
        return INCMAP_OK;
    }
    field->length = csv->at - 2 - index_of(csv, field->offset);
    st = peek(csv, &there, err);
    if (!st) *stop = classify(csv, row, there);
    return st;
}

/* One field from csv->at to what ends it. */
static incmap_status scan_field(incmap__csv *csv, incmap__csv_row *row, stop_kind *stop,
                                incmap_error *err)
{
    incmap__csv_field *field;
    bool there;
    incmap_status st = peek(csv, &there, err);

    if (!st)
        st = incmap__grow(&csv->allocator, &csv->fields, &csv->fields_room, csv->field_count + 1,
                          sizeof *csv->fields, err);
    if (st) return st;
    field = &csv->fields[csv->field_count];
    *field = (incmap__csv_field){ .offset = offset_of(csv, csv->at) };
    if (csv->field_count == MOST_FIELDS) {
        note_fault(csv, row, INCMAP__CSV_ROW_TOO_LONG, field->offset);
        *stop = STOP_BROKEN;
        return INCMAP_OK;
    }
    if (there && csv->quotes && csv->buffer[csv->at] == '"')
        return scan_quoted(csv, row, field, stop, err);
    return scan_plain(csv, row, field, stop, err);
}

/* ---- finishing a row ---- */

static size_t end_of_field(const incmap__csv *csv, const incmap__csv_field *field)
{
    return index_of(csv, field->offset) + field->length + (field->quoted ? 2 : 0);
}

/* Number, from 1, of the field in which a byte lies; a separator belongs to the field behind it. */
static size_t column_at(const incmap__csv *csv, uint64_t offset)
{
    size_t i = 0;
    while (i + 1 < csv->field_count && csv->start + end_of_field(csv, &csv->fields[i]) <= offset)
        i++;
    return i + 1;
}

/* A zero byte in a quoted field; those outside were met by the scan. */
static void check_nul(const incmap__csv *csv, incmap__csv_row *row, size_t length)
{
    const unsigned char *begin = csv->buffer + csv->row;
    const size_t whole = row->fault ? (size_t)(row->fault_offset - row->offset) : length;
    const unsigned char *nul = memchr(begin, 0, whole);

    if (!nul) return;
    row->fault = INCMAP__CSV_ROW_NUL;
    row->fault_offset = row->offset + (size_t)(nul - begin);
    row->fault_column = column_at(csv, row->fault_offset);
}

/* A row past the limit is broken at the limit, whatever stands behind it and however much of that
 * was in the buffer. Where the limit lies in a quoted field the quote is to blame. */
static void check_length(const incmap__csv *csv, incmap__csv_row *row, size_t length)
{
    const uint64_t limit = row->offset + csv->longest_row;
    const incmap__csv_field *field;

    if (length <= csv->longest_row || (row->fault && row->fault_offset <= limit)) return;
    row->fault_column = column_at(csv, limit);
    field = &csv->fields[row->fault_column - 1];
    row->fault = field->quoted ? INCMAP__CSV_ROW_QUOTE_OPEN : INCMAP__CSV_ROW_TOO_LONG;
    row->fault_offset = field->quoted ? field->offset : limit;
}

static void check_utf8(const incmap__csv *csv, incmap__csv_row *row, size_t length)
{
    const size_t good = incmap__utf8_check((const char *)csv->buffer + csv->row, length);

    if (good == length) return;
    row->fault = INCMAP__CSV_ROW_UTF8;
    row->fault_offset = row->offset + good;
    row->fault_column = column_at(csv, row->fault_offset);
}

/* Line breaks of a row, of which CRLF is one. */
static size_t count_breaks(const unsigned char *text, size_t length)
{
    const unsigned char *const end = text + length, *at;
    size_t breaks = 0;

    for (at = text; (at = memchr(at, '\n', (size_t)(end - at))) != NULL; at++)
        breaks++;
    for (at = text; (at = memchr(at, '\r', (size_t)(end - at))) != NULL; at++)
        breaks += at[1] != '\n';
    return breaks;
}

/* Takes one of each two quotes away. */
static size_t unquote(char *text, size_t length)
{
    char *from = memchr(text, '"', length), *to = from;
    const char *end = text + length;

    while (from && from < end) {
        char *next = memchr(from + 2, '"', (size_t)(end - from) - 2);
        const size_t kept = (size_t)((next ? next : end) - (from + 1));
        memmove(to, from + 1, kept); /* the second of the two, and what follows them */
        to += kept;
        from = next;
    }
    return to ? (size_t)(to - text) : length;
}

static void hand_out(incmap__csv *csv, incmap__csv_row *row, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        incmap__csv_field *field = &csv->fields[i];
        char *text = (char *)csv->buffer + index_of(csv, field->offset) + field->quoted;
        if (field->doubled) field->length = unquote(text, field->length);
        text[field->length] = '\0';
        field->text = text;
    }
    row->fields = csv->fields;
    row->count = count;
}

/* How many fields can be given out: of a broken row those before the fault, and since its lines
 * behind the first will be read again while giving out writes into the buffer, only those of the
 * first line. */
static size_t usable_fields(const incmap__csv *csv, const incmap__csv_row *row)
{
    size_t line_end, n = 0;

    if (!row->fault) return csv->field_count;
    line_end = find_break(csv, csv->row, csv->at);
    while (n + 1 < row->fault_column && end_of_field(csv, &csv->fields[n]) <= line_end)
        n++;
    return n;
}

/* Scans fields from csv->at to the end of the row; its length is without the line break. */
static incmap_status scan_fields(incmap__csv *csv, incmap__csv_row *row, size_t *length,
                                 stop_kind *stop, incmap_error *err)
{
    incmap_status st;

    csv->field_count = 0;
    do {
        if (csv->field_count) csv->at++;
        st = scan_field(csv, row, stop, err);
        if (st) return st;
        csv->field_count++;
    } while (*stop == STOP_SEPARATOR);
    *length = csv->at - csv->row;
    return *stop == STOP_LINE ? take_break(csv, err) : INCMAP_OK;
}

/* Nearly all rows lie whole in the buffer and are as they should be: those are found many bytes at a time. */
static bool scan_lanes(incmap__csv *csv, size_t *length, size_t *breaks)
{
    incmap__csv_lanes row = {
        .separator = csv->separator,
        .quotes = csv->quotes,
        .offset = offset_of(csv, csv->row),
        .fields = csv->fields,
        .room = csv->fields_room < MOST_FIELDS ? csv->fields_room : MOST_FIELDS,
    };

    if (!incmap__csv_lanes_find(&row, csv->buffer + csv->row) || row.length > csv->longest_row)
        return false;
    csv->field_count = row.count;
    csv->at = csv->row + row.length;
    *length = row.length;
    *breaks = row.breaks;
    return true;
}

/* One field after the other: whatever there is of them, and with what is wrong. */
static incmap_status scan_singly(incmap__csv *csv, incmap__csv_row *row, size_t *length,
                                 size_t *breaks, stop_kind *stop, incmap_error *err)
{
    incmap_status st;

    csv->quoted = false;
    st = scan_fields(csv, row, length, stop, err);
    if (st) return st;
    *breaks = csv->quoted && !row->fault ? count_breaks(csv->buffer + csv->row, *length) : 0;
    if (csv->quoted) check_nul(csv, row, *length);
    check_length(csv, row, *length);
    return INCMAP_OK;
}

static incmap_status scan_row(incmap__csv *csv, incmap__csv_row *row, incmap_error *err)
{
    stop_kind stop = STOP_LINE;
    size_t length, breaks;
    incmap_status st;

    *row = (incmap__csv_row){ .line = csv->line, .offset = offset_of(csv, csv->row) };
    if (scan_lanes(csv, &length, &breaks))
        st = take_break(csv, err);
    else
        st = scan_singly(csv, row, &length, &breaks, &stop, err);
    if (st) return st;
    if (!row->fault) check_utf8(csv, row, length);
    hand_out(csv, row, usable_fields(csv, row));
    csv->skip_line = row->fault != INCMAP__CSV_ROW_WHOLE;
    if (!csv->skip_line) {
        csv->row = csv->at;
        csv->line += breaks + (stop == STOP_LINE);
    }
    return INCMAP_OK;
}

/* At the start of the file. */
static incmap_status skip_bom(incmap__csv *csv, incmap_error *err)
{
    static const unsigned char bom[] = { 0xEF, 0xBB, 0xBF };
    bool there = true;

    for (csv->at = 0; csv->at < sizeof bom && there; csv->at += there) {
        const incmap_status st = peek(csv, &there, err);
        if (st) return st;
        there = there && csv->buffer[csv->at] == bom[csv->at];
    }
    if (there) csv->row = csv->at;
    csv->started = true;
    return INCMAP_OK;
}

static bool is_empty_line(const incmap__csv_row *row)
{
    return !row->fault && row->count == 1 && row->fields[0].length == 0 && !row->fields[0].quoted;
}

incmap_status incmap__csv_next(incmap__csv *csv, incmap__csv_row *row, bool *row_found,
                               incmap_error *err)
{
    bool there;
    incmap__csv_row next;
    incmap_status st = INCMAP_OK;

    if (csv->source.next) return csv->source.next(csv->source.user, row, row_found, err);
    if (!csv->started) st = skip_bom(csv, err);
    if (!st && csv->skip_line) st = skip_line(csv, err);
    if (st) return st;
    do {
        csv->at = csv->row;
        st = peek(csv, &there, err);
        if (!st && there) st = scan_row(csv, &next, err);
        if (st) return st;
    } while (there && is_empty_line(&next));
    if (there) *row = next;
    *row_found = there;
    return INCMAP_OK;
}

const char *incmap__csv_fault_found(incmap__csv_fault fault)
{
    switch (fault) {
    case INCMAP__CSV_ROW_WHOLE: return "a whole row";
    case INCMAP__CSV_ROW_QUOTE_OPEN: return "a quote that is never closed";
    case INCMAP__CSV_ROW_QUOTE_INSIDE:
        return "a quote inside a field, or text behind a closing quote";
    case INCMAP__CSV_ROW_NUL: return "a byte of value zero";
    case INCMAP__CSV_ROW_UTF8: return "bytes that are not UTF-8";
    case INCMAP__CSV_ROW_TOO_LONG: return "a row longer than is read";
    }
    return "an unknown fault";
}

const char *incmap__csv_fault_expected(incmap__csv_fault fault)
{
    switch (fault) {
    case INCMAP__CSV_ROW_WHOLE: return "";
    case INCMAP__CSV_ROW_QUOTE_OPEN: return "a closing quote at the end of the field";
    case INCMAP__CSV_ROW_QUOTE_INSIDE:
        return "quotes around the whole field, and each quote in it doubled";
    case INCMAP__CSV_ROW_NUL: return "text without zero bytes";
    case INCMAP__CSV_ROW_UTF8: return "text in UTF-8";
    case INCMAP__CSV_ROW_TOO_LONG: return "a line break before that";
    }
    return "";
}
