/* SPDX-License-Identifier: MIT */
/* One scanner for RFC 4180 files: rows of fields with their line, column and byte offset, in
 * memory bounded by the longest row. Quotes, CRLF, LF and lone CR, a BOM, a missing last newline.
 * A broken row is told and stepped over; the rows after it are read. */
#ifndef INCMAP_IO_CSV_H
#define INCMAP_IO_CSV_H

#include <incmap/context.h>

#include "base/failure.h"
#include "base/memory.h"

typedef struct incmap__csv incmap__csv;

typedef struct {
    const char *text; /* unquoted, ended by a zero (a NUL byte inside is a fault of the row) */
    size_t length;    /* bytes */
    uint64_t offset;  /* of the field's first byte (its quote included) in the file */
    bool quoted;
    bool doubled; /* quotes stood in it, each twice */
} incmap__csv_field;

typedef enum {
    INCMAP__CSV_ROW_WHOLE = 0,
    INCMAP__CSV_ROW_QUOTE_OPEN,   /* a quote that no other closes before the end of the file, or
                                     within the longest row allowed */
    INCMAP__CSV_ROW_QUOTE_INSIDE, /* a quote in an unquoted field, or text behind a closing one */
    INCMAP__CSV_ROW_NUL,          /* a byte of value zero */
    INCMAP__CSV_ROW_UTF8,         /* bytes that are not UTF-8 */
    INCMAP__CSV_ROW_TOO_LONG      /* past the limit, or more than 65,536 fields */
} incmap__csv_fault;

typedef struct {
    size_t line;                     /* line number where the row begins, from 1 */
    uint64_t offset;                 /* of the row's first byte */
    const incmap__csv_field *fields; /* lives until the next call; of a faulty row the fields on
                                        its first line before the fault */
    size_t count;
    incmap__csv_fault fault;
    size_t fault_column; /* field number from 1 in which the fault lies */
    uint64_t fault_offset;
} incmap__csv_row;

typedef struct {
    char separator;     /* 0: ',' */
    bool no_quotes;     /* a quote is an ordinary byte (tab-separated dumps) */
    size_t longest_row; /* bytes; 0: 16 MiB */
} incmap__csv_options;

/* Opens a file. options may be NULL. INCMAP_EIO when it cannot be opened or is a folder,
 * INCMAP_ENOMEM. */
incmap_status incmap__csv_open(incmap__csv **out, const char *path,
                               const incmap__csv_options *options, const incmap_allocator *a,
                               incmap_error *err);
/* The same over bytes in memory, which are borrowed until close; `name` stands for the path. */
incmap_status incmap__csv_open_memory(incmap__csv **out, const char *name, const void *bytes,
                                      size_t size, const incmap__csv_options *options,
                                      const incmap_allocator *a, incmap_error *err);
/* Rows that another reader makes of a file of its own kind, handed out as if they had been scanned: then
 * whoever reads tables reads those too. next is as incmap__csv_next; its rows live until the next call. */
typedef struct {
    incmap_status (*next)(void *user, incmap__csv_row *row, bool *row_found, incmap_error *err);
    void (*close)(void *user);
    void *user;
} incmap__csv_source;
/* Takes over the source and closes it with the scanner, also on failure. */
incmap_status incmap__csv_open_rows(incmap__csv **out, const char *name,
                                    const incmap__csv_source *source, const incmap_allocator *a,
                                    incmap_error *err);
void incmap__csv_close(incmap__csv *csv);

/* The next row; *row_found false at the end. Empty lines are rows of one empty field and are
 * stepped over. Status is not OK only when reading fails (INCMAP_EIO, INCMAP_ENOMEM): a broken row
 * is OK with row->fault set. Behind a broken row the scanner goes on with the line after that on
 * which the row began, so that one stray quote swallows no other line: each is read as a row or told
 * as broken. */
incmap_status incmap__csv_next(incmap__csv *csv, incmap__csv_row *row, bool *row_found,
                               incmap_error *err);

/* As it was opened. */
const char *incmap__csv_name(const incmap__csv *csv);

/* What a fault is, for `found`, and what stands where for `expected`; static. */
const char *incmap__csv_fault_found(incmap__csv_fault fault);
const char *incmap__csv_fault_expected(incmap__csv_fault fault);

#endif
