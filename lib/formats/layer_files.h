/* SPDX-License-Identifier: MIT */
/* The layers of incidents and claims as lib/layers writes them, read back as the tables that they were made
 * of. */
#ifndef INCMAP_FORMATS_LAYER_FILES_H
#define INCMAP_FORMATS_LAYER_FILES_H

#include <incmap/import.h>

#include "io/csv.h"

/* Whether a layer with these names of fields is one of incidents. */
bool incmap__layer_is_own(const incmap__csv_field header[], size_t n);
/* Reads incidents.shp, whatever stands before "incidents", and the claims.dbf beside it if there is one. */
incmap_status incmap__layer_import(incmap_ctx *ctx, const char *path,
                                   const incmap_import_options *options, incmap_report *report,
                                   incmap_dataset **out);

#endif
