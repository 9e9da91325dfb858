/* SPDX-License-Identifier: MIT */
/* incmap's own files: what an export wrote, and tables as data/ has them. */
#ifndef INCMAP_FORMATS_OWN_FILES_H
#define INCMAP_FORMATS_OWN_FILES_H

#include <incmap/import.h>

#include "base/failure.h"

/* Whether the path stands for four tables: a folder that holds them, the path of an export, or the table
 * of incidents. INCMAP_ENOMEM. */
incmap_status incmap__own_is_tables(const char *path, bool *is, const incmap_allocator *a,
                                    incmap_error *err);
/* Reads them, or the GeoJSON file of an export. */
incmap_status incmap__own_import(incmap_ctx *ctx, const char *path, bool geojson,
                                 const incmap_import_options *options, incmap_report *report,
                                 incmap_dataset **out);

#endif
