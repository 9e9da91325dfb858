/* SPDX-License-Identifier: MIT */
/* Measuring many points. They are taken in the order of a way that leads past all of them, so that those
 * measured together lie near one another; points and results then lie anywhere in memory, so they are
 * fetched and put back a block at a time, in loops short enough for the processor to have many under
 * way at once. */
#include <incmap/border.h>

#include <math.h>

#include "base/context.h"
#include "geodesy/border_depth.h"
#include "geodesy/point_order.h"

/* From so many points on it pays to put them in order, and from so many to make a grid for the call if
 * the border has none. So many at most are put in order together, so that the memory for it is bounded. */
enum { MANY = 4096, MANY_FOR_GRID = 16384, CHUNK = 1 << 20 };

enum { BLOCK = 16 * INCMAP__LANES, AHEAD = 16 };

#if defined(__GNUC__)
#define SEND_AHEAD(address, write) __builtin_prefetch(address, write)
#else
#define SEND_AHEAD(address, write) ((void)(address))
#endif

/* What a call works on. */
struct work {
    const incmap_border *border;
    const incmap__side_grid *grid;
    const incmap_coord *points;
    const double *uncertainty_m; /* NULL: 0 */
    incmap_depth *out;
    size_t bad, first_bad;
    size_t hint;
};

struct block {
    size_t count, number[BLOCK];
    incmap_coord points[BLOCK];
    double uncertainty_m[BLOCK];
    incmap_depth depths[BLOCK];
};

static incmap_depth no_depth(void)
{
    return (incmap_depth){ .depth_m = NAN,
                           .band_m = NAN,
                           .nearest = { NAN, NAN },
                           .azimuth_deg = NAN,
                           .along_m = NAN,
                           .line = -1 };
}

/* Points that are none are answered at once. */
static void take_point(struct work *w, struct block *b, size_t i)
{
    const incmap_coord point = w->points[i];
    const double uncertainty = w->uncertainty_m ? w->uncertainty_m[i] : 0;

    if (incmap__border_is_measurable(point, uncertainty)) {
        b->points[b->count] = point;
        b->uncertainty_m[b->count] = uncertainty;
        b->number[b->count++] = i;
    } else {
        w->out[i] = no_depth();
        if (w->bad++ == 0 || i < w->first_bad) w->first_bad = i;
    }
}

static void measure_block(struct work *w, struct block *b)
{
    incmap__nearest_edge nearest[INCMAP__LANES];

    for (size_t k = 0; k < b->count; k += INCMAP__LANES) {
        const size_t n = b->count - k < INCMAP__LANES ? b->count - k : INCMAP__LANES;
        incmap__edge_index_nearest_many(&w->border->index, b->points + k, n, w->hint, nearest);
        w->hint = nearest[n - 1].hint;
        for (size_t i = 0; i < n; i++)
            incmap__border_depth(w->border, w->grid, b->points[k + i], b->uncertainty_m[k + i],
                                 &nearest[i], &b->depths[k + i]);
    }
}

static void put_back(struct work *w, const struct block *b)
{
    for (size_t k = 0; k < b->count; k++) {
        if (k + AHEAD < b->count) SEND_AHEAD(&w->out[b->number[k + AHEAD]], 1);
        w->out[b->number[k]] = b->depths[k];
    }
}

/* order: of the points from first on; NULL: as they come. */
static void measure_chunk(struct work *w, const uint32_t order[], size_t first, size_t n)
{
    struct block b;

    for (size_t k = 0; k < n; k += BLOCK) {
        const size_t end = n - k < BLOCK ? n : k + BLOCK;
        b.count = 0;
        for (size_t i = k; i < end; i++) {
            if (order && i + AHEAD < n) SEND_AHEAD(&w->points[first + order[i + AHEAD]], 0);
            take_point(w, &b, first + (order ? order[i] : i));
        }
        measure_block(w, &b);
        put_back(w, &b);
    }
}

/* Order and grid only save time: without the memory for them the answers are the same. */
static void measure_all(struct work *w, size_t n, const incmap_allocator *a)
{
    incmap__side_grid *own = NULL;

    if (n >= MANY_FOR_GRID && !w->border->grid && w->border->sides == INCMAP__SIDES_OUTLINES)
        (void)incmap__border_make_grid(w->border, &own, a, NULL);
    w->grid = own ? own : w->border->grid;
    for (size_t first = 0; first < n; first += CHUNK) {
        const size_t count = n - first < CHUNK ? n - first : CHUNK;
        uint32_t *order = count >= MANY ? incmap__point_order(w->points + first, count, a) : NULL;
        measure_chunk(w, order, first, count);
        incmap__free(a, order);
    }
    incmap__side_grid_free(own);
}

incmap_status incmap_border_measure_many(incmap_ctx *ctx, const incmap_border *border,
                                         const incmap_coord points[], const double uncertainty_m[],
                                         size_t n, incmap_depth out[])
{
    struct work work = {
        .border = border, .points = points, .uncertainty_m = uncertainty_m, .out = out
    };

    if (!ctx) return INCMAP_EARG;
    if (!border || (n && (!points || !out)))
        return incmap__fail(&ctx->error, INCMAP_EARG, "border, points or results are NULL");
    measure_all(&work, n, &ctx->allocator);
    return work.bad ? incmap__fail(&ctx->error, INCMAP_EPARTIAL,
                                   "%zu of %zu points are no coordinates; the first is number %zu",
                                   work.bad, n, work.first_bad)
                    : INCMAP_OK;
}
