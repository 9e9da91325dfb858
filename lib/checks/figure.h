/* SPDX-License-Identifier: MIT */
/* The figure of a stated distance: number, unit, hedge and range, and what stands beside it that makes
 * it doubtful, or the figure of something else. */
#ifndef INCMAP_CHECKS_FIGURE_H
#define INCMAP_CHECKS_FIGURE_H

#include <incmap/statement.h>

#include "checks/tokens.h"

/* What is read of a figure. */
typedef struct {
    incmap__taken taken;
    const char *doubt; /* why it has no one meaning; static; NULL: it has */
    size_t from, to;   /* the tokens that the doubt is about, one behind */
    const char *other; /* what the first figure measures that is no distance; static; NULL: none */
    incmap__taken other_at;
    bool skipped;   /* another distance, or the time of a way, stands before it */
    bool is_bounds; /* "at least 5 and at most 10 km": its hedges are its two ends */
} incmap__figure;

/* The first figure of a distance, or of the time of a way, from a token on; of several the first that the
 * words join to an end, unless one before it says the same in another unit. Fills in value, step, unit,
 * hedge and range. False: none; *f then tells of figures of other things. */
bool incmap__figure_find(const incmap__tokens *t, size_t from, incmap_statement *out,
                         incmap__figure *f);

#endif
