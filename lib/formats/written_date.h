/* SPDX-License-Identifier: MIT */
/* Dates as people's tables write them. */
#ifndef INCMAP_FORMATS_WRITTEN_DATE_H
#define INCMAP_FORMATS_WRITTEN_DATE_H

#include <incmap/import.h>

/* "2023-05-22", "2023-05", "2023", "20230522", "2023/05/22", each with or without a time behind it;
 * "22 May 2023", "22-May-2023", "May 22, 2023"; "22-05-2023", "22.05.2023", "5/22/2023". Of the last three
 * the order says which number is the day; without one they are read when only one order gives a date.
 * false: *expected says what should stand there; static. */
bool incmap__written_date(const char *text, incmap_date_order order, incmap_date *out,
                          const char **expected);

#endif
