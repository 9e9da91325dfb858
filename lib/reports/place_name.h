/* SPDX-License-Identifier: MIT */
/* Placing an incident by a name, for the reader of incidents. */
#ifndef INCMAP_REPORTS_PLACE_NAME_H
#define INCMAP_REPORTS_PLACE_NAME_H

#include "reports/dataset.h"

/* Columns of a table in which a place is named, and what narrows it down. */
typedef struct {
    size_t name, country, region, district;
} incmap__name_columns;

/* Looks the row's name up, likelier near its own position, and fills in the incident's place and how it
 * was found. A name that is ambiguous or unknown is warned of with its candidates, one that is misspelt
 * with what it is taken for. The dataset has a gazetteer. */
incmap_status incmap__place_by_name(incmap__loader *loader, incmap__table *table,
                                    const incmap__name_columns *c, const incmap__own_position *own,
                                    incmap_incident *incident);

#endif
