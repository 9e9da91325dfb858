/* SPDX-License-Identifier: MIT */
/* What the importers share: texts kept in the dataset, records with nothing stated, and the way from a
 * scanner to a dataset. */
#ifndef INCMAP_FORMATS_IMPORTER_H
#define INCMAP_FORMATS_IMPORTER_H

#include "reports/dataset.h"

typedef struct {
    incmap_dataset *d;
    bool failed; /* there was no memory for a text */
    incmap_ctx *ctx;
    void *own; /* the reader's */
    const char *file;
    size_t id_column; /* the last in which an id was looked for; before, the first */
} incmap__importer;

/* The dataset's own copy of a text; after a failure "", and failed. */
const char *incmap__import_keep(incmap__importer *im, const char *text, size_t length);
const char *incmap__import_column(incmap__importer *im, const incmap__table *table, size_t column);
/* Two texts with something between, unless one is empty. */
const char *incmap__import_joined(incmap__importer *im, const char *a, const char *between,
                                  const char *b);

/* How exactly an incident is located, by the code in a column, which is kept as "name code". */
typedef struct {
    incmap_location_precision precision;
    double uncertainty_m;
} incmap__import_radius;
void incmap__import_location(incmap__importer *im, incmap__table *table, size_t column,
                             const char *name, const char *code,
                             const incmap__import_radius *radius, incmap_incident *incident);
/* Counts a date that does not stand in the file as it is written here. */
void incmap__import_day_converted(incmap__table *table, size_t column, incmap_day day);

/* An incident with an empty text in every text, without parent, place and merge. */
incmap_incident incmap__import_incident(void);
/* A claim of the last incident: fatalities of that group, unit people, exact, by claimant 0 through
 * source 0; no figure yet. */
incmap_claim incmap__import_deaths(incmap__importer *im, const char *id, const char *group);
incmap_status incmap__import_add_claim(incmap__importer *im, const incmap_claim *claim,
                                       incmap_error *err);
/* Adds the claimant who made the file: number 0. */
incmap_status incmap__import_claimant(incmap__importer *im, const char *key, const char *name,
                                      incmap_error *err);
/* Number of the source with that id, which is added if it is new. */
incmap_status incmap__import_source(incmap__importer *im, const char *id, size_t length,
                                    const char *publisher, const char *title, size_t *number,
                                    incmap_error *err);

/* The row's id, if no earlier row has it; else the row is refused. */
bool incmap__import_id(incmap__importer *im, incmap__table *table, size_t column, const char **id);

/* Ids in a list, between any of the separators and without spaces around: each becomes a source, and of
 * the incident. *first is the number of the first of them, or 0 where the list is empty, whose id the
 * incident then has. */
incmap_status incmap__import_sources(incmap__importer *im, const char *list, const char *separators,
                                     incmap_incident *incident, size_t *first, incmap_error *err);

/* Rows with a begin of their own. headless: columns[i] is field i + 1, and rows have `fields` of them. */
typedef struct {
    const incmap__column *columns;
    size_t n;
    bool headless;
    size_t fields;
    incmap__row_fn row;
    incmap_status (*begin)(incmap__importer *im, incmap_error *err);
    const incmap_gazetteer *gazetteer;
    void *own;
} incmap__import_plan;
incmap_status incmap__import_with(incmap_ctx *ctx, incmap__csv *csv, incmap_report *report,
                                  const incmap__import_plan *plan, incmap_dataset **out);

/* Reads the whole of csv, which it closes, into a new dataset. `begin` is called before the first
 * row. */
incmap_status incmap__import_run(incmap_ctx *ctx, incmap__csv *csv, incmap_report *report,
                                 const incmap__column columns[], size_t n, incmap__row_fn row,
                                 incmap_status (*begin)(incmap__importer *im, incmap_error *err),
                                 incmap_dataset **out);

#endif
