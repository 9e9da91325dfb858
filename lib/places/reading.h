/* SPDX-License-Identifier: MIT */
/* Reading a file of places into a gazetteer: what the readers of places and of border posts share. */
#ifndef INCMAP_PLACES_READING_H
#define INCMAP_PLACES_READING_H

#include "places/gazetteer.h"
#include "places/names.h"
#include "places/rows.h"

/* What a row function is given as its `user`. */
typedef struct {
    incmap_gazetteer *g;
    incmap__names names;
    void *own; /* of the reader that began it; NULL */
} incmap__reading;

/* Reads all rows of csv, which it closes, or adds nothing at all. */
incmap_status incmap__gazetteer_read(incmap_ctx *ctx, incmap_gazetteer *g, incmap__csv *csv,
                                     incmap_report *report, const incmap__column columns[],
                                     size_t n, incmap__row_fn row);

/* What to read of a file: its columns, and where it has no header the number of its fields. */
typedef struct {
    const incmap__column *columns;
    size_t column_count;
    size_t fields; /* 0: the file has a header */
    incmap__row_fn row;
    void *own; /* handed on in incmap__reading */
} incmap__reading_plan;
incmap_status incmap__gazetteer_read_plan(incmap_ctx *ctx, incmap_gazetteer *g, incmap__csv *csv,
                                          incmap_report *report, const incmap__reading_plan *plan);

/* The row's key, if it has one that no place has yet; else the row is refused. */
bool incmap__reading_key(const incmap_gazetteer *g, incmap__table *table, size_t column,
                         const char **key);

#endif
