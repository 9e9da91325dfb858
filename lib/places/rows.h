/* SPDX-License-Identifier: MIT */
/* Reading a table row by row into records: every reader of rows goes through here, so that all keep
 * the same promise about problems: to the caller's report, or the first refused row as the error. */
#ifndef INCMAP_PLACES_ROWS_H
#define INCMAP_PLACES_ROWS_H

#include "base/context.h"
#include "io/table.h"

/* Longest row of a gazetteer's file, in bytes: GeoNames' longest field has 10,000 characters. What is
 * longer is a broken row, and must neither fill the memory nor become somebody's name. */
enum { INCMAP__ROW_LONGEST = 1 << 20 };

/* One row: makes a record of it, or refuses it through the table and returns INCMAP_OK. */
typedef incmap_status (*incmap__row_fn)(void *user, incmap__table *table, incmap_error *err);

/* Where the problems of one call go. Lives on the caller's stack and must not be moved. */
typedef struct {
    incmap_ctx *ctx;
    incmap_report *report; /* the caller's, or own */
    incmap_report *own;    /* NULL when the caller gave one */
    bool refused;          /* own only: a row was refused, and first holds why */
    char first[400];
    incmap__row_fn
        refused_row; /* called for every row that was refused, broken ones too, with the user of
                                   the reader of rows; NULL: none */
} incmap__problems;

/* report may be NULL: then warnings go to the log, and the first refusal is kept. */
incmap_status incmap__problems_begin(incmap__problems *problems, incmap_ctx *ctx,
                                     incmap_report *report);
void incmap__problems_end(incmap__problems *problems);

/* INCMAP_EDATA with the first refusal as the message, if the caller gave no report. */
incmap_status incmap__problems_check(const incmap__problems *problems);

/* Hands every whole row to `row`, and closes csv. */
incmap_status incmap__rows_read(incmap__problems *problems, incmap__csv *csv,
                                const incmap__column columns[], size_t n, incmap__row_fn row,
                                void *user);

/* The same for a file without a header, in rows of `fields` fields: columns[i] is field i + 1. */
incmap_status incmap__rows_read_headless(incmap__problems *problems, incmap__csv *csv,
                                         const incmap__column columns[], size_t n, size_t fields,
                                         incmap__row_fn row, void *user);

/* The two columns of a position: *located false when both are empty. Refuses the row, and returns
 * false, when only one is filled or one is no such number. */
bool incmap__row_coord(incmap__table *table, size_t lon_column, size_t lat_column, bool *located,
                       incmap_coord *at);

#endif
