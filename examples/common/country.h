/* SPDX-License-Identifier: MIT */
/* Country codes: countries' layers carry ISO 3166-1 alpha-3, gazetteers alpha-2. */
#ifndef INCMAP_EXAMPLES_COUNTRY_H
#define INCMAP_EXAMPLES_COUNTRY_H

#include <stdbool.h>

/* Alpha-2 of a country by its alpha-3 or alpha-2 code, in either case; false for no such code. */
bool country_alpha2(const char *code, char alpha2[3]);

#endif
