/* SPDX-License-Identifier: MIT */
/* Placing an incident by a name, for the readers of tables of incidents. */
#ifndef INCMAP_REPORTS_PLACE_NAME_H
#define INCMAP_REPORTS_PLACE_NAME_H

#include "reports/dataset.h"

/* A place as a row names it; "" for what the row does not say. */
typedef struct {
    const char *name, *country, *region, *district;
    const incmap_coord *near; /* NULL: no matter */
    size_t column;            /* of the name, for what is to be told of it */
} incmap__asked_place;

/* Looks the name up and fills in the incident's place and how it was found; texts are kept by the dataset.
 * A name that is ambiguous or unknown is warned of with its candidates, one that is misspelt with what it
 * is taken for; one that says that there is none (incmap_name_says_none) is taken for an empty field.
 * INCMAP_OK in all these cases; INCMAP_ENOMEM. */
incmap_status incmap__place_by_name(incmap_ctx *ctx, incmap_dataset *d, const incmap_gazetteer *g,
                                    incmap__table *table, const incmap__asked_place *asked,
                                    incmap_incident *incident);

/* How far off its place the name beside a key says that the incident was, into place_about_m; a name that the
 * place has says nothing. INCMAP_ENOMEM. */
incmap_status incmap__place_about(incmap_ctx *ctx, const char *name, incmap_incident *incident);

#endif
