/* SPDX-License-Identifier: MIT */
/* Numbers as tables have them, for programs that read millions, most of which need no strtod.
 * Knows nothing of incmap. */
#ifndef INCMAP_EXAMPLES_NUMBER_H
#define INCMAP_EXAMPLES_NUMBER_H

#include <stdbool.h>
#include <stddef.h>

/* The double nearest to a decimal with a point, "35.6025", or with an exponent too, as spreadsheets and
 * pandas write small ones, "5e-05"; blanks around it are left out. Infinite where no double is so large.
 * False for anything else ("1e", "1,5", "0x1p3", "nan"), *out unchanged. */
bool number_parse(const char *text, size_t length, double *out);

#endif
