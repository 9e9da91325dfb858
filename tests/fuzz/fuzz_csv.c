/* SPDX-License-Identifier: MIT */
/* Any bytes as a CSV file. The first byte chooses the options, so that small limits and other
 * separators are met too. What must hold of every file is asserted below, fault or none. */
#include "fuzz.h"

#include <string.h>

#include "io/csv.h"

/* The line break at `at`, in bytes; 0 if there is none. */
static size_t break_at(const uint8_t *bytes, size_t size, size_t at)
{
    if (at >= size) return 0;
    if (bytes[at] == '\n') return 1;
    if (bytes[at] != '\r') return 0;
    return at + 1 < size && bytes[at + 1] == '\n' ? 2 : 1;
}

static size_t count_breaks(const uint8_t *bytes, size_t size, size_t from, size_t to)
{
    size_t lines = 0;
    while (from < to) {
        const size_t n = break_at(bytes, size, from);
        lines += n > 0;
        from += n ? n : 1;
    }
    return lines;
}

/* Takes one of each two quotes away, as the scanner should have done. */
static void check_text(const uint8_t *raw, const incmap__csv_field *field)
{
    size_t at = 0;
    for (size_t i = 0; i < field->length; i++) {
        FUZZ_CHECK(field->text[i] == (char)raw[at]);
        at += field->quoted && raw[at] == '"' ? 2 : 1;
    }
    FUZZ_CHECK(field->text[field->length] == '\0');
    if (field->quoted) FUZZ_CHECK(raw[at] == '"');
}

static void check_fields(const uint8_t *bytes, size_t size, const incmap__csv_row *row)
{
    uint64_t last = 0;
    for (size_t i = 0; i < row->count; i++) {
        const incmap__csv_field *f = &row->fields[i];
        FUZZ_CHECK(i == 0 ? f->offset == row->offset : f->offset > last);
        FUZZ_CHECK(f->offset + f->length + (f->quoted ? 2 : 0) <= size);
        FUZZ_CHECK(!f->quoted || bytes[f->offset] == '"');
        check_text(bytes + f->offset + f->quoted, f);
        last = f->offset;
    }
}

/* A whole row, read as a file of its own, gives the same fields. */
static void check_alone(const uint8_t *bytes, size_t size, const incmap__csv_row *row, size_t end,
                        const incmap__csv_options *options)
{
    const incmap_allocator a = incmap__allocator_default();
    incmap__csv *csv = NULL;
    incmap__csv_row again;
    bool found = false;

    FUZZ_CHECK(end <= size);
    /* A row that looks like a BOM loses it at the start of a file. */
    if (end - row->offset >= 3 && memcmp(bytes + row->offset, "\xEF\xBB\xBF", 3) == 0) return;
    FUZZ_CHECK(!incmap__csv_open_memory(&csv, "", bytes + row->offset, end - row->offset, options,
                                        &a, NULL));
    FUZZ_CHECK(!incmap__csv_next(csv, &again, &found, NULL) && found && !again.fault);
    FUZZ_CHECK(again.count == row->count && again.line == 1 && again.offset == 0);
    for (size_t i = 0; i < row->count; i++) {
        FUZZ_CHECK(again.fields[i].length == row->fields[i].length);
        FUZZ_CHECK(again.fields[i].offset + row->offset == row->fields[i].offset);
        FUZZ_CHECK(strcmp(again.fields[i].text, row->fields[i].text) == 0);
    }
    FUZZ_CHECK(!incmap__csv_next(csv, &again, &found, NULL) && !found);
    incmap__csv_close(csv);
}

/* Where a row ends, by its last field. */
static size_t end_of_row(const uint8_t *bytes, const incmap__csv_row *row)
{
    const incmap__csv_field *last = &row->fields[row->count - 1];
    size_t at = (size_t)last->offset + last->quoted;

    if (!last->quoted) return at + last->length;
    for (size_t n = last->length; n > 0; n--)
        at += bytes[at] == '"' ? 2 : 1;
    return at + 1;
}

static void check_fault(const incmap__csv_row *row, size_t size)
{
    FUZZ_CHECK(row->fault_column >= 1);
    FUZZ_CHECK(row->count < row->fault_column);
    FUZZ_CHECK(row->fault_offset >= row->offset && row->fault_offset < size);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const incmap_allocator a = incmap__allocator_default();
    const uint8_t choice = size ? data[0] : 0;
    const uint8_t *bytes = size ? data + 1 : data;
    const incmap__csv_options options = { .separator = choice & 1 ? ';' : ',',
                                          .no_quotes = (choice & 2) != 0,
                                          .longest_row = choice >> 2 };
    incmap__csv *csv = NULL;
    incmap__csv_row row;
    bool found = true;
    size_t told = 0; /* all bytes before this belong to a row that was handed out */

    if (size) size--;
    if (size >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0) told = 3;
    FUZZ_CHECK(!incmap__csv_open_memory(&csv, "fuzz", bytes, size, &options, &a, NULL));
    for (;;) {
        size_t end;
        FUZZ_CHECK(!incmap__csv_next(csv, &row, &found, NULL));
        while (break_at(bytes, size, told)) /* empty lines are no rows */
            told += break_at(bytes, size, told);
        if (!found) break;
        FUZZ_CHECK(row.offset == told);
        FUZZ_CHECK(row.line == 1 + count_breaks(bytes, size, 0, told));
        check_fields(bytes, size, &row);
        if (row.fault) {
            check_fault(&row, size);
            for (end = told; end < size && !break_at(bytes, size, end);)
                end++;
        } else {
            end = end_of_row(bytes, &row);
            check_alone(bytes, size, &row, end, &options);
        }
        told = end + break_at(bytes, size, end);
    }
    FUZZ_CHECK(told == size);
    incmap__csv_close(csv);
    return 0;
}
