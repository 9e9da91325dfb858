/* SPDX-License-Identifier: MIT */
/* RFC 4180 on the way out: fields quoted where they must be, lines ended by CRLF. */
#ifndef INCMAP_EXAMPLES_CSV_OUT_H
#define INCMAP_EXAMPLES_CSV_OUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

typedef struct {
    FILE *file;
    size_t fields; /* of the row so far */
} csv_out;

/* The header row: names separated by commas, written as they are. */
void csv_head(csv_out *csv, const char *names);
void csv_text(csv_out *csv, const char *text);
/* NaN and infinities are an empty field: not known. */
void csv_number(csv_out *csv, double value, int decimals);
/* A number that somebody stated, with the decimals that it was stated with; NaN as above. */
void csv_figure(csv_out *csv, double value);
void csv_count(csv_out *csv, size_t value);
void csv_bool(csv_out *csv, bool value);
void csv_empty(csv_out *csv, size_t fields);
void csv_end(csv_out *csv);

#endif
