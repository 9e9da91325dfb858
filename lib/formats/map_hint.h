/* SPDX-License-Identifier: MIT */
/* A map of columns that fits a header which nobody knows, as an example for whoever has to write one. It is
 * only shown: nothing is read by a guess. */
#ifndef INCMAP_FORMATS_MAP_HINT_H
#define INCMAP_FORMATS_MAP_HINT_H

#include "io/csv.h"

/* "date=Datum,place=Ort,figure=Tote" into the buffer; "date:=", no date, where no column is called like one.
 * has_points: the file's features have the positions, in the first two columns. */
void incmap__map_hint(const incmap__csv_field header[], size_t n, bool has_points, char *buffer,
                      size_t size);

#endif
