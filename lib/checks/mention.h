/* SPDX-License-Identifier: MIT */
/* What a sentence names: places of the gazetteer, the border, other lines; each with where it stands
 * and what the small word before it says of its part. */
#ifndef INCMAP_CHECKS_MENTION_H
#define INCMAP_CHECKS_MENTION_H

#include <incmap/statement.h>

#include "base/context.h"
#include "checks/words.h"

enum { INCMAP__MENTIONS_MOST = 24 };

typedef struct {
    incmap_statement_end end;
    incmap__role role;
    size_t role_at;     /* token where the small word before it begins; first if there is none */
    size_t first, last; /* tokens */
    bool is_side;       /* "Ukrainian side": end is the country, or UNKNOWN with the words */
} incmap__mention;

typedef struct {
    incmap__mention items[INCMAP__MENTIONS_MOST];
    size_t count;
} incmap__mentions;

/* Finds them all, in order, but in the tokens that the distance itself takes; past the capacity they are let be. */
incmap_status incmap__mentions_find(incmap_ctx *ctx, const incmap_gazetteer *g,
                                    const incmap__tokens *t, incmap__taken taken,
                                    incmap__mentions *out);

/* Whether a place lies in that country, region or district, by what the data say of both. */
bool incmap__lies_in(const incmap_place *place, const incmap_place *area);

/* The end for a place that is known. */
incmap_statement_end incmap__end_of_place(const incmap_place *place);
/* The end for a name: places, or UNKNOWN. */
incmap_status incmap__end_of_name(incmap_ctx *ctx, const incmap_gazetteer *g, const char *name,
                                  size_t length, incmap_statement_end *out);

#endif
