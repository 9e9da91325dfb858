/* SPDX-License-Identifier: MIT */
/* The inside of a gazetteer, for the files that fill it and those that search it, and the doors for
 * data in memory. */
#ifndef INCMAP_PLACES_GAZETTEER_H
#define INCMAP_PLACES_GAZETTEER_H

#include <pthread.h>
#include <stdatomic.h>

#include <incmap/gazetteer.h>

#include "base/context.h"
#include "geodesy/ellipsoid.h"
#include "io/csv.h"
#include "places/index.h"
#include "places/name_index.h"
#include "places/pool.h"
#include "places/saved.h"

/* Indexes of names, each of a run of places and of more than twice as many as all behind it, so that adding
 * one place after another and asking in between indexes each name some log2(count) times, not count times. */
enum { INCMAP__NAME_LAYERS = 42 };
typedef struct {
    struct {
        incmap__name_index names;
        size_t first, end; /* places */
    } items[INCMAP__NAME_LAYERS];
    size_t count;
} incmap__name_layers;

/* Places that came together, out of a file or one by one: a layer. */
typedef struct {
    size_t first;
    bool file;
} incmap__layer_run;

struct incmap_gazetteer {
    incmap_allocator allocator;
    incmap__pool *pools; /* one for each file or run of single places: dropped whole on failure */
    size_t pool_count, pool_room;
    const incmap_place **places;
    size_t place_room;
    incmap__ecef *points; /* of each place; NaN where it has no position */
    size_t point_room;
    incmap__index keys; /* entry i is place i: the count of places is its count */

    incmap__saved saved; /* an opened file, whose places come before those above; else empty */
    _Atomic(const incmap_place *) *saved_places; /* those asked for so far; NULL: not yet */
    unsigned saved_layers;                       /* of the opened file */

    incmap__layer_run *runs; /* of the places added */
    size_t run_count, run_room;
    pthread_mutex_t join_lock; /* of the joins, which are made on first use */
    incmap__join *joins;       /* by lower, then the same by upper */
    size_t join_count;
    uint64_t *join_bits;  /* one for each place: it is in a join, as few are; NULL: none is */
    atomic_size_t joined; /* places compared; differs from the count when some came since */

    pthread_mutex_t lock;       /* of what is made on first use: saved_places, and below */
    incmap__name_layers layers; /* of the first `indexed` places */
    atomic_size_t indexed;      /* differs from the count when places came since */
};

/* What choosing among places asks of each. */
typedef struct {
    size_t place;
    incmap_place_kind kind;
    bool located;
    incmap_coord at;
    int64_t population;
    const char *country, *admin1, *admin2;
    const incmap_post *post;
} incmap__facts;

/* How much there was before a file. */
typedef struct {
    size_t places, pools, runs;
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

void incmap__gazetteer_facts(const incmap_gazetteer *g, size_t place, incmap__facts *facts);
/* As incmap_place_uncertainty_m(). */
double incmap__gazetteer_uncertainty_m(const incmap_gazetteer *g, size_t place);

/* Name i of a place, without making the place. */
typedef struct {
    const char *text;
    bool alternate;
} incmap__name_facts;
incmap__name_facts incmap__gazetteer_name(const incmap_gazetteer *g, size_t place, size_t i);

/* Key of a place, without making the place. */
const char *incmap__gazetteer_key(const incmap_gazetteer *g, size_t place);
/* Number of the place with that key; how many places there are where none has it. */
size_t incmap__gazetteer_number(const incmap_gazetteer *g, const char *key);
/* Number of the layer that the place came with: those of an opened file first, then files and runs of
 * single places in the order of adding. */
unsigned incmap__gazetteer_layer(const incmap_gazetteer *g, size_t place);

/* Sees to it that the index of names is whole. */
incmap_status incmap__gazetteer_ready(const incmap_gazetteer *g, incmap_error *err);

/* Makes places that incmap_gazetteer_get() will be asked for, under one lock: the processor waits at a lock for
 * all that was written before. False when there is no memory. */
bool incmap__gazetteer_make(const incmap_gazetteer *g, const size_t places[], size_t n);

/* Tells the processor that the place will be asked for soon. */
static inline void incmap__gazetteer_expect(const incmap_gazetteer *g, size_t place)
{
#if defined(__GNUC__)
    if (place >= g->saved.count) {
        __builtin_prefetch(&g->places[place - g->saved.count]);
        return;
    }
    __builtin_prefetch((const void *)&g->saved_places[place]);
    __builtin_prefetch(&g->saved.places[place]);
#else
    (void)g;
    (void)place;
#endif
}

/* The same of its names, once the place itself has been. */
static inline void incmap__gazetteer_expect_names(const incmap_gazetteer *g, size_t place)
{
#if defined(__GNUC__)
    if (place >= g->saved.count) {
        __builtin_prefetch(g->places[place - g->saved.count]);
        return;
    }
    const incmap__saved_place *from = &g->saved.places[place];
    __builtin_prefetch(&g->saved.names[from->first_name]);
    __builtin_prefetch(&g->saved.names[from->first_name + from->name_count - 1]);
#else
    (void)g;
    (void)place;
#endif
}

#endif
