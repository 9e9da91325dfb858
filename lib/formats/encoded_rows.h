/* SPDX-License-Identifier: MIT */
/* CSV files in other encodings than UTF-8. */
#ifndef INCMAP_FORMATS_ENCODED_ROWS_H
#define INCMAP_FORMATS_ENCODED_ROWS_H

#include "io/csv.h"

/* A scanner over the whole file as UTF-8, which stays in memory until it is closed. encoding: as iconv()
 * knows it; UTF-8 is read piece by piece like any other file. INCMAP_EDATA for an encoding that is not known,
 * and, with the line, for bytes that are not of it. */
incmap_status incmap__encoded_rows_open(incmap__csv **out, const char *path, const char *encoding,
                                        const incmap__csv_options *options,
                                        const incmap_allocator *a, incmap_error *err);

#endif
