/* SPDX-License-Identifier: MIT */
/* Private to the scanner of CSV: the fields of a row that is as RFC 4180 wants it, found 64 bytes at a time.
 * Whatever is not so is left to the scan by single fields, which knows what to say of it. */
#ifndef INCMAP_IO_CSV_LANES_H
#define INCMAP_IO_CSV_LANES_H

#include "io/csv.h"

/* How many bytes behind the end of the buffer are looked at: they must be there, and be zeros. */
enum { INCMAP__CSV_LANES = 64 };

typedef struct {
    unsigned char separator;
    bool quotes;               /* a quote is more than an ordinary byte */
    uint64_t offset;           /* of the row's first byte in the file */
    incmap__csv_field *fields; /* to be filled but for their text */
    size_t room;
    /* what was found */
    size_t count;
    size_t length; /* bytes before the line break */
    size_t breaks; /* within quotes */
} incmap__csv_lanes;

/* Whether the row at `text` was found: it ends before the first zero byte, holds no carriage return but at
 * its end, no quote where none may be, and has no more fields than there is room for. */
bool incmap__csv_lanes_find(incmap__csv_lanes *row, const unsigned char *text);

#endif
