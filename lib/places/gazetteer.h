/* SPDX-License-Identifier: MIT */
/* The inside of a gazetteer, for the files that fill it and those that search it, and the doors for
 * data in memory. */
#ifndef INCMAP_PLACES_GAZETTEER_H
#define INCMAP_PLACES_GAZETTEER_H

#include <incmap/gazetteer.h>

#include "base/context.h"
#include "geodesy/ellipsoid.h"
#include "io/csv.h"
#include "places/fold.h"
#include "places/index.h"
#include "places/pool.h"

/* A name of a place under its key. A place has one for each different key among its names. */
typedef struct {
    const char *key;
    uint32_t length; /* of the key */
    uint32_t place;  /* number of the place */
    uint32_t name;   /* number of the name in it */
    incmap_reason reason;
} incmap__listed;

struct incmap_gazetteer {
    incmap_allocator allocator;
    incmap__pool *pools; /* one for each file or run of single places: dropped whole on failure */
    size_t pool_count, pool_room;
    const incmap_place **places;
    size_t place_room;
    incmap__ecef *points; /* of each place; NaN where it has no position */
    size_t point_room;
    incmap__index keys; /* entry i is place i: the count of places is its count */
    incmap__listed *listed;
    size_t listed_room;
    incmap__index names;   /* entry i is listed[i] */
    incmap__folder folder; /* for adding only: those who search have their own */
};

/* How much there was before a file. */
typedef struct {
    size_t places, names, pools;
} incmap__gazetteer_mark;

/* Opens a pool of its own for what comes, and notes what there is. */
incmap_status incmap__gazetteer_begin(incmap_gazetteer *g, incmap__gazetteer_mark *mark,
                                      incmap_error *err);
/* Takes all off again that came since; places of before are untouched. */
void incmap__gazetteer_rollback(incmap_gazetteer *g, const incmap__gazetteer_mark *mark);

/* As incmap_gazetteer_add. A failure leaves no place behind. */
incmap_status incmap__gazetteer_add(incmap_gazetteer *g, const incmap_place *place,
                                    incmap_error *err);

/* The doors over a scanner, which they close: files, and bytes in memory. */
incmap_status incmap__gazetteer_add_places_csv(incmap_ctx *ctx, incmap_gazetteer *g,
                                               incmap__csv *csv, incmap_report *report);
incmap_status incmap__gazetteer_add_posts_csv(incmap_ctx *ctx, incmap_gazetteer *g,
                                              incmap__csv *csv, incmap_report *report);

/* Whether the options let a place through. */
bool incmap__gazetteer_lets_through(const incmap_gazetteer *g, const incmap_find_options *options,
                                    const incmap_place *place);

#endif
