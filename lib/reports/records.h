/* SPDX-License-Identifier: MIT */
/* Tables of records found by id, and the references of rows to other rows of the same file, which can
 * only be judged once all rows are read. */
#ifndef INCMAP_REPORTS_RECORDS_H
#define INCMAP_REPORTS_RECORDS_H

#include "places/index.h"
#include "places/rows.h"

#define INCMAP__NO_RECORD SIZE_MAX

/* Records of one type, whose first member is their id (const char *). */
typedef struct {
    void *items;
    size_t count, room, item_size;
    incmap__index ids;
} incmap__records;

void incmap__records_free(incmap__records *records, const incmap_allocator *a);
/* Copies the record, whose id must be new. */
incmap_status incmap__records_add(incmap__records *records, const incmap_allocator *a,
                                  const void *item, incmap_error *err);
/* Number of the record with that id, or INCMAP__NO_RECORD. */
size_t incmap__records_find(const incmap__records *records, const char *id);

/* What one row says about another row of its file. */
typedef struct {
    const char *to; /* an id; "" */
    size_t line;    /* of the row */
    int state;      /* while links are resolved */
} incmap__link;

/* The links of a file: link i is that of record i. */
typedef struct {
    incmap__link *items;
    size_t count, room;
    const char *file, *column_name;
    size_t field; /* number of the column in the file */
    /* Called for each record that is taken out; NULL: none. */
    incmap_status (*refused)(void *user, const char *id, size_t line, incmap_error *err);
    void *user;
} incmap__links;

void incmap__links_free(incmap__links *links, const incmap_allocator *a);
incmap_status incmap__links_add(incmap__links *links, const incmap_allocator *a, const char *to,
                                size_t line, incmap_error *err);

/* Refuses every record whose chain of links leads to a row that is not there, to a refused one, or
 * round in a circle, and takes it out of the records. Records are renumbered. */
incmap_status incmap__links_resolve(incmap__links *links, incmap__records *records,
                                    const incmap_allocator *a, incmap__problems *problems);

#endif
