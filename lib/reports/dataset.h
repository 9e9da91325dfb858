/* SPDX-License-Identifier: MIT */
/* The inside of a dataset, what its readers share while they fill it, and the door for data in
 * memory. */
#ifndef INCMAP_REPORTS_DATASET_H
#define INCMAP_REPORTS_DATASET_H

#include <incmap/changes.h>
#include <incmap/dataset.h>

#include "io/csv.h"
#include "places/pool.h"
#include "reports/records.h"

struct incmap_dataset {
    incmap_allocator allocator;
    incmap__pool pool; /* every text */
    const incmap_gazetteer *gazetteer;
    incmap__records sources;   /* of incmap_source */
    incmap__records claimants; /* of incmap_claimant */
    incmap__records incidents; /* of incmap_incident */
    incmap__records claims;    /* of incmap_claim */
    size_t *claim_lists;       /* indices of claims, incident by incident */
    incmap__records
        refused[INCMAP_RECORD_CLAIM + 1]; /* of incmap__refused_row, by type of record */
};

/* A row with an id that is in no record: each id once, its first row. */
typedef struct {
    const char *id, *file;
    size_t row; /* as problems have it */
} incmap__refused_row;

/* Notes one; "" is no id. */
incmap_status incmap__dataset_add_refused(incmap_dataset *d, incmap_record record, const char *id,
                                          const char *file, size_t row, incmap_error *err);

/* An empty dataset, for whoever fills its records; NULL, and the context's error, without memory.
 * gazetteer may be NULL. */
incmap_dataset *incmap__dataset_make(incmap_ctx *ctx, const incmap_gazetteer *gazetteer);
/* Ties the claims to their incidents, once all records are there. */
incmap_status incmap__dataset_list_claims(incmap_dataset *d, incmap_error *err);

/* Scanners over the four tables. */
typedef struct {
    incmap__csv *sources, *claimants, *incidents, *claims;
} incmap__dataset_tables;

/* As incmap_dataset_open, over scanners that it closes, also on failure. */
incmap_status incmap__dataset_build(incmap_ctx *ctx, incmap__dataset_tables tables,
                                    const incmap_gazetteer *gazetteer, incmap_report *report,
                                    incmap_dataset **out);

/* What the row functions get as their `user`. */
typedef struct {
    incmap_dataset *d;
    incmap__problems *problems;
    incmap__links links;          /* of the table that is being read */
    incmap_record record;         /* what its rows are */
    struct incmap__merge *merges; /* what incidents say of merges, until all are read */
    size_t merge_count, merge_room;
    bool failed; /* there was no memory for a text */
} incmap__loader;

/* The dataset's own copy of a text of the row; after a failure "", and loader->failed. */
const char *incmap__loader_text(incmap__loader *loader, const incmap__table *table, size_t column);
/* The row's id, if it has one that no earlier row of the file has; else the row is refused. */
bool incmap__loader_id(incmap__loader *loader, const incmap__records *records, incmap__table *table,
                       size_t column, const char **id);
/* Reads a table, which it closes. link_column: the column in which a row names another row of the
 * table; INCMAP__NO_RECORD: none. */
incmap_status incmap__loader_read(incmap__loader *loader, incmap__csv *csv,
                                  const incmap__column columns[], size_t n, incmap__row_fn row,
                                  incmap__records *records, size_t link_column);
/* Adds a record with its link to another row ("" for none), unless memory ran out before. */
incmap_status incmap__loader_add(incmap__loader *loader, incmap__records *records,
                                 const incmap__table *table, size_t link_column, const void *item,
                                 const char *to, incmap_error *err);

/* The four readers, in the order in which they must be called. */
incmap_status incmap__loader_sources(incmap__loader *loader, incmap__csv *csv);
incmap_status incmap__loader_claimants(incmap__loader *loader, incmap__csv *csv);
incmap_status incmap__loader_incidents(incmap__loader *loader, incmap__csv *csv);
incmap_status incmap__loader_claims(incmap__loader *loader, incmap__csv *csv);

/* Coordinates that an incident has of its own. */
typedef struct {
    bool located;
    incmap_coord at;
    double uncertainty_m; /* NaN: not stated */
} incmap__own_position;

/* Fills in where an incident is and how sure that is, from own, post and place. */
void incmap__incident_place(incmap_incident *incident, const incmap__own_position *own);

#endif
