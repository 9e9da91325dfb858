/* SPDX-License-Identifier: MIT */
/* The places nearest to a point: the straight line through the earth tells most places off, the
 * geodesic orders the rest. */
#include <math.h>

#include "base/text.h"
#include "geodesy/edge.h"
#include "places/choice.h"
#include "places/join.h"

/* The k best so far, the worst of them on top: a heap by value, then by the order of adding. */
struct item {
    double value;
    uint32_t place;
};

struct heap {
    struct item *items;
    size_t count, capacity;
};

static bool is_before(const struct item *a, const struct item *b)
{
    return a->value < b->value || (a->value == b->value && a->place < b->place);
}

static void swap(struct item *a, struct item *b)
{
    const struct item t = *a;
    *a = *b;
    *b = t;
}

static void sink(struct heap *heap, size_t i)
{
    for (;;) {
        const size_t left = 2 * i + 1, right = left + 1;
        size_t worst = i;
        if (left < heap->count && is_before(&heap->items[worst], &heap->items[left])) worst = left;
        if (right < heap->count && is_before(&heap->items[worst], &heap->items[right]))
            worst = right;
        if (worst == i) return;
        swap(&heap->items[i], &heap->items[worst]);
        i = worst;
    }
}

static void rise(struct heap *heap, size_t i)
{
    while (i > 0 && is_before(&heap->items[(i - 1) / 2], &heap->items[i])) {
        swap(&heap->items[i], &heap->items[(i - 1) / 2]);
        i = (i - 1) / 2;
    }
}

static void offer(struct heap *heap, struct item item)
{
    if (heap->count < heap->capacity) {
        heap->items[heap->count++] = item;
        rise(heap, heap->count - 1);
    } else if (is_before(&item, &heap->items[0])) {
        heap->items[0] = item;
        sink(heap, 0);
    }
}

/* The worst that is still let in. */
static double limit(const struct heap *heap)
{
    return heap->count < heap->capacity ? INFINITY : heap->items[0].value;
}

static double chord_squared(incmap__ecef a, incmap__ecef b)
{
    const double x = a.x - b.x, y = a.y - b.y, z = a.z - b.z;
    return x * x + y * y + z * z;
}

/* A geodesic is nowhere more curved than 1/RADIUS_MIN, so its ends are at least as far apart as
 * those of an arc of that circle (Schur's comparison theorem): the arc bounds it from above. */
static double longest_geodesic(double chord2)
{
    const double half = sqrt(chord2) / (2 * INCMAP__WGS84_RADIUS_MIN);
    return half < 1 ? 2 * INCMAP__WGS84_RADIUS_MIN * asin(half) : INCMAP__WGS84_DISTANCE_MAX;
}

/* The reverse: no place that near has a longer chord. */
static double longest_chord_squared(double distance_m)
{
    const double chord = incmap__chord_bound(distance_m);
    return chord * chord;
}

struct query {
    const incmap_gazetteer *g;
    incmap__choice choice;
    incmap_coord point;
    incmap__ecef at;
};

/* A place that another on top stands for is not asked for itself. */
static bool lets_through(struct query *query, size_t place)
{
    incmap__facts facts;

    if (incmap__join_upper(query->g, place) != place) return false;
    return incmap__choice_lets_place_through(&query->choice, place, &facts);
}

/* Those of a saved file are made from their coordinates anew, in a tenth of a microsecond each. */
static incmap__ecef point_of(const incmap_gazetteer *g, size_t i)
{
    const incmap__saved_place *p;

    if (i >= g->saved.count) return g->points[i - g->saved.count];
    p = &g->saved.places[i];
    if (!(p->located & 1)) return (incmap__ecef){ NAN, NAN, NAN };
    return incmap__ecef_from_coord((incmap_coord){ p->lat, p->lon });
}

static incmap_coord coord_of(const incmap_gazetteer *g, size_t i)
{
    if (i >= g->saved.count) return g->places[i - g->saved.count]->at;
    return (incmap_coord){ g->saved.places[i].lat, g->saved.places[i].lon };
}

/* The k smallest chords; NaN, of a place without position, compares false and stays out. */
static void gather_chords(struct query *query, struct heap *heap)
{
    const incmap_gazetteer *g = query->g;
    for (size_t i = 0; i < incmap_gazetteer_count(g); i++) {
        const double chord2 = chord_squared(query->at, point_of(g, i));
        if (chord2 <= limit(heap) && lets_through(query, i))
            offer(heap, (struct item){ chord2, (uint32_t)i });
    }
}

/* Every place whose chord may belong to a geodesic within bound_m, and then within the worst of the
 * k best. */
static void gather_geodesics(struct query *query, double bound_m, struct heap *heap)
{
    const incmap_gazetteer *g = query->g;
    double reach2 = longest_chord_squared(bound_m);

    heap->count = 0;
    for (size_t i = 0; i < incmap_gazetteer_count(g); i++) {
        struct item item = { NAN, (uint32_t)i };
        if (!(chord_squared(query->at, point_of(g, i)) <= reach2)) continue;
        if (!lets_through(query, i)) continue;
        incmap__geodesic_inverse(query->point, coord_of(g, i), &item.value, NULL, NULL);
        offer(heap, item);
        if (limit(heap) < bound_m) {
            bound_m = limit(heap);
            reach2 = longest_chord_squared(bound_m);
        }
    }
}

/* Takes the heap apart, worst first. */
static void write_nearest(const incmap_gazetteer *g, struct heap *heap, incmap_near nearest[])
{
    while (heap->count > 0) {
        const struct item worst = heap->items[0];
        nearest[heap->count - 1] =
            (incmap_near){ incmap_gazetteer_get(g, worst.place), worst.value };
        heap->items[0] = heap->items[--heap->count];
        sink(heap, 0);
    }
}

static incmap_status check_arguments(incmap_ctx *ctx, const incmap_gazetteer *g, incmap_coord point,
                                     size_t k, const incmap_near nearest[], const size_t *count)
{
    if (!ctx || !g || !count || (!nearest && k))
        return incmap__fail(ctx ? &ctx->error : NULL, INCMAP_EARG, "nearest places: NULL");
    if (!incmap_coord_is_valid(point))
        return incmap__fail(&ctx->error, INCMAP_EDOMAIN,
                            "lat %s, lon %s is no position: degrees, |lat| <= 90",
                            incmap__number(point.lat).text, incmap__number(point.lon).text);
    return INCMAP_OK;
}

incmap_status incmap_gazetteer_nearest(incmap_ctx *ctx, const incmap_gazetteer *g,
                                       incmap_coord point, const incmap_find_options *options,
                                       size_t k, incmap_near nearest[], size_t *count)
{
    struct query query = { .g = g, .point = point };
    struct heap heap = { 0 };
    incmap_status st = check_arguments(ctx, g, point, k, nearest, count);

    if (!st) st = incmap__choice_init(&query.choice, ctx, g, options);
    if (!st) st = incmap__join_ready(g, &ctx->error);
    if (st) return st;
    heap.capacity = k < incmap_gazetteer_count(g) ? k : incmap_gazetteer_count(g);
    if (heap.capacity > 0) {
        heap.items = incmap__alloc(&ctx->allocator, heap.capacity, sizeof *heap.items);
        if (!heap.items) return incmap__fail_memory(&ctx->error);
        query.at = incmap__ecef_from_coord(point);
        gather_chords(&query, &heap);
        if (heap.count > 0) gather_geodesics(&query, longest_geodesic(heap.items[0].value), &heap);
    }
    st = query.choice.failed ? incmap__fail_memory(&ctx->error) : INCMAP_OK;
    if (!st) *count = heap.count;
    if (!st) write_nearest(g, &heap, nearest);
    incmap__free(&ctx->allocator, heap.items);
    return st;
}
