/* SPDX-License-Identifier: MIT */
/* The precision columns of tables: of dates and of locations. */
#ifndef INCMAP_REPORTS_PRECISION_H
#define INCMAP_REPORTS_PRECISION_H

#include <incmap/dataset.h>

#include "io/table.h"

/* Sets the date's precision to that of the column; an empty one leaves what the date's own writing
 * showed. Refuses the row, and returns false, for a word that is none. */
bool incmap__row_precision(incmap__table *table, size_t column, incmap_date *date);

/* The same for a location; an empty one is INCMAP_LOCATION_UNKNOWN. */
bool incmap__row_location(incmap__table *table, size_t column,
                          incmap_location_precision *precision);

#endif
