/* SPDX-License-Identifier: MIT */
/* A place that somebody typed: a name in any language, a position in any writing, or key:KEY. */
#ifndef INCMAP_EXAMPLES_SPOT_H
#define INCMAP_EXAMPLES_SPOT_H

#include "common/data.h"

/* For --help. */
#define PLACE_HELP                                                                                 \
    "A PLACE is a name in any language, a position (50.4614,35.6025 or 50°27'41\"N "              \
    "35°36'09\"E),\n"                                                                             \
    "or key:KEY where a name is not enough. Without one: the settlements that the sources name.\n"

typedef struct {
    char *label; /* for people; owned */
    char *key;   /* the gazetteer's, "" for a typed position; owned */
    incmap_coord at;
    double uncertainty_m;
    bool assumed;              /* the data give no uncertainty: it is the bound for the kind */
    const incmap_place *place; /* NULL for a typed position */
    bool on_border;            /* put on the border by construction: its depth is no measurement */
} spot;

typedef struct {
    spot *items;
    size_t n;
} spots;

/* What the words mean, in their order. Complains and returns an exit status where one means
 * nothing (NO_ANSWER), several things (NO_ANSWER, with the candidates) or no position on earth
 * (WRONG_USAGE). */
int spots_find(const data *d, const char *const words[], size_t n, spots *out);

/* Appends a place of the gazetteer, which must be located. */
void spots_add_place(const data *d, spots *out, const incmap_place *place);
void spots_free(spots *out);
void spot_free(spot *s);

/* The settlements of the border's two countries that the sources name. */
void spots_add_named(const data *d, spots *out);

/* Depth of a spot; complains and returns an exit status. */
int spot_measure(const data *d, const spot *s, incmap_depth *out);

/* Name of a post with both its sides: "Kozinka / Velyka Pysarivka"; owned by the caller. */
char *place_label(const incmap_place *place);

/* "urban type settlement", "village"; owned by the caller. */
char *kind_words(incmap_place_kind kind);

/* Whether it is the one point by which the data stand for a country, region or district. */
bool spot_is_area(const spot *s);

/* Its label for a table; an area's says that its figures are those of one point, since a row is
 * quoted without the notes below. Owned by the caller. */
char *spot_title(const spot *s);

/* Notes on spots under a table: what stands for an area, what was assumed. */
void spots_print_notes(const spots *all);

#endif
