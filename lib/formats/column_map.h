/* SPDX-License-Identifier: MIT */
/* Any table as a dataset, by the caller's map of its columns. */
#ifndef INCMAP_FORMATS_COLUMN_MAP_H
#define INCMAP_FORMATS_COLUMN_MAP_H

#include <incmap/import.h>

#include "io/table.h"

/* As incmap_dataset_import of the format MAP, over a scanner that it closes, also on failure. header: the
 * file's own, of n fields, for columns that are given by number; lat and lon: names of the columns where a
 * position stands that the map does not mention; NULL: there are none. */
typedef struct {
    const incmap__csv_field *header;
    size_t n;
    const char *lat, *lon;
} incmap__map_file;

incmap_status incmap__map_import(incmap_ctx *ctx, incmap__csv *csv,
                                 const incmap_import_options *options, const incmap__map_file *file,
                                 incmap_report *report, incmap_dataset **out);

#endif
