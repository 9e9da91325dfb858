/* SPDX-License-Identifier: MIT */
/* Words beside a number with a unit that make it no distance: heights, speeds, areas, widths, kilometre
 * posts, sums of money, times of day. */
#ifndef INCMAP_CHECKS_MEASURE_WORDS_H
#define INCMAP_CHECKS_MEASURE_WORDS_H

#include <incmap/statement.h>

#include "checks/tokens.h"

/* What a figure in these tokens, hedges included, measures instead of a distance; static; NULL: nothing
 * beside it says so. */
const char *incmap__words_other_measure(const incmap__tokens *t, incmap__taken figure,
                                        incmap_said_unit unit);

/* Whether the time in these tokens is that of a way: "a 30-minute drive", "two hours from Kharkiv"; or
 * may be one, for the sentence says so elsewhere: "from Belgorod to the border it is 40 minutes". */
typedef enum { INCMAP__WAY_NO = 0, INCMAP__WAY_MAYBE = 1, INCMAP__WAY_SURE = 2 } incmap__way_time;
incmap__way_time incmap__words_way_time(const incmap__tokens *t, incmap__taken figure);

/* Whether the words join the figure in these tokens to an end: "from the border" behind it, "от Белгорода
 * до" before it. "at 300 metres, 2 km from the border" joins the second only. */
bool incmap__words_has_end(const incmap__tokens *t, incmap__taken figure);

#endif
