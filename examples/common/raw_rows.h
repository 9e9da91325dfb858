/* SPDX-License-Identifier: MIT */
/* Rows of a CSV as they stand in the file, for a filter that passes them on: where each begins and
 * ends and how many fields it has, and nothing copied. Knows nothing of incmap. */
#ifndef INCMAP_EXAMPLES_RAW_ROWS_H
#define INCMAP_EXAMPLES_RAW_ROWS_H

#include <stdbool.h>
#include <stdint.h>

#include "common/bytes.h"

/* A field that is open for so long was never meant as one. */
enum { RAW_OPEN_QUOTE = 64 << 10 };

/* A row of a block, by offsets. */
typedef struct {
    size_t start, end, eol; /* end: of its text; eol: behind its line end */
    size_t fields;          /* of a broken row: up to and with the broken one */
    size_t broken; /* where the field begins whose quote is not closed at its end; SIZE_MAX */
    size_t quote;  /* the first one of its first line, or where that ends */
    uint64_t
        early; /* its first 64 bytes, the first the lowest bit: which are separators that stand before
                       that; 0: nobody has looked */
} raw_row;

typedef struct {
    const char *text; /* without the quotes around it; quotes inside it are still doubled */
    size_t length;
    bool quoted;
} raw_field;

/* The row that begins at `at`. False when it does not end in the block, and `last` does not say that
 * no more will come. Only a quote at the start of a field opens one; where it never closes, or more than
 * the field's end follows, the row is broken and ends with its first line, so that one stray quote
 * swallows no other row. */
bool raw_row_next(const bytes *block, size_t at, bool last, char separator, raw_row *row);

/* Fields wanted[n], by number from 0, into fields[n]; false when there are fewer. It takes least time when
 * the numbers rise. */
bool raw_row_fields(const bytes *block, const raw_row *row, char separator, const size_t wanted[],
                    size_t n, raw_field fields[]);

/* Number from 0 of the first field that says the name, without regard to ASCII case and to spaces
 * around it; SIZE_MAX: none does. *again is that of a second one. */
size_t raw_row_column(const bytes *block, const raw_row *row, char separator, const char *name,
                      size_t *again);

/* Puts the row's text, without its line end, as `columns` fields. A whole row of so many goes byte for
 * byte. To a shorter one empty fields are added; of a longer one what is too much, and of a broken one
 * all from the broken field on, goes into one field, in quotes. Nothing is lost, and what is put behind
 * stands under its own name. */
void raw_row_put(bytes *out, const bytes *block, const raw_row *row, char separator,
                 size_t columns);

#endif
