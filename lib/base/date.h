/* SPDX-License-Identifier: MIT */
/* Reading a date for callers that hold an error record and a text with a length, such as the
 * readers of files. */
#ifndef INCMAP_BASE_DATE_H
#define INCMAP_BASE_DATE_H

#include <incmap/date.h>

#include "base/failure.h"

/* The date of an empty field: nothing is known. */
#define INCMAP__DATE_NONE                                                                          \
    ((incmap_date){ INCMAP_DAY_OPEN, INCMAP_DAY_OPEN, INCMAP_DATE_UNKNOWN, INCMAP_UTC_UNKNOWN })

/* As incmap_date_parse, for length bytes of text: INCMAP_OK, INCMAP_EPARSE or INCMAP_EDOMAIN. */
incmap_status incmap__date_parse(const char *text, size_t length, incmap_date *out,
                                 incmap_error *err);

#endif
