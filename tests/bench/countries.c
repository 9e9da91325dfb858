/* SPDX-License-Identifier: MIT */
/* Which country a point is in, for a whole layer: incmap's index with certainty against GEOS, prepared polygons in
 * an STR tree, which takes edges as straight in longitude and latitude and says nothing about certainty.
 * countries LAYER [CODE_FIELD [POINTS]]; INCMAP_COUNTRIES, if set, names another layer, such as the
 * map.geo.json of the npm package @geo-maps/countries-coastline-1m 0.6.0. */
#include <incmap/countries.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/context.h"
#include "geodesy/ellipsoid.h"
#include "geodesy/gather.h"
#include "random.h"
#include "timing.h"

#ifdef INCMAP_BENCH_GEOS
#include <geos_c.h>
#endif

enum { ROUNDS = 5, MOST_HITS = 4, SETS = 2 };

struct bench {
    const char *layer, *field;
    incmap_ctx *ctx;
    incmap_countries *countries;
    size_t n;
    incmap_coord *points[SETS];
    incmap_country_hit *hits;
    size_t *counts;
    unsigned *holding; /* how many countries hold each point */
};

static const char *const sets[SETS] = { "anywhere on the earth", "8 km about a vertex" };

/* ---- features ---- */

/* What is done with every feature of the layer; false ends it. */
typedef bool use_feature(struct bench *b, void *user, const char *code,
                         const incmap__gathered *rings);

static bool each_feature(struct bench *b, use_feature *use, void *user)
{
    const incmap__features_query query = { b->layer, INCMAP__SHAPE_POLYGON, { b->field, NULL } };
    const incmap_allocator *a = &b->ctx->allocator;
    incmap_error *err = &b->ctx->error;
    incmap__features *file = NULL;
    bool found = true, good = !incmap__features_open(&file, &query, a, err);

    while (good) {
        incmap__gathered rings = { .count = 0 };
        const char *code;
        good = !incmap__features_next(file, &found, err);
        if (!good || !found) break;
        good = !incmap__features_text(file, 0, &code, err) &&
               !incmap__gather(&rings, file, INCMAP_EDGES_GEODESIC, a, err) &&
               use(b, user, code, &rings);
        incmap__gathered_free(&rings, a);
    }
    incmap__features_close(file);
    return good;
}

/* ---- points ---- */

/* Vertices picked evenly over the features as they come: a reservoir. */
struct picked {
    test_random r;
    size_t seen;
};

static bool pick_vertices(struct bench *b, void *user, const char *code,
                          const incmap__gathered *rings)
{
    struct picked *p = user;
    (void)code;
    for (size_t i = 0; i < rings->point_count; i++, p->seen++) {
        const size_t at = p->seen < b->n ? p->seen : random_bits(&p->r) % (p->seen + 1);
        if (at < b->n) b->points[1][at] = rings->points[i];
    }
    return true;
}

static bool make_points(struct bench *b)
{
    struct picked p = { { 2026 }, 0 };
    test_random r = { 2027 };

    if (!each_feature(b, pick_vertices, &p) || p.seen == 0) return false;
    for (size_t i = 0; i < b->n; i++) {
        const incmap_coord v = b->points[1][i % p.seen];
        b->points[0][i] = random_coord(&r);
        b->points[1][i] = incmap_coord_wrap(incmap__geodesic_direct(
            v, random_between(&r, 0, 360), random_between(&r, 0, 8e3), NULL));
    }
    return true;
}

/* ---- incmap ---- */

static double many_ns(struct bench *b, const incmap_coord points[])
{
    double rounds[ROUNDS];
    for (int k = 0; k < ROUNDS; k++) {
        const double start = now_ns();
        if (incmap_countries_find_many(b->ctx, b->countries, points, NULL, b->n, b->hits, MOST_HITS,
                                       b->counts))
            return NAN;
        rounds[k] = (now_ns() - start) / (double)b->n;
    }
    for (size_t i = 0; i < b->n; i++) {
        b->holding[i] = 0;
        for (size_t k = 0; k < b->counts[i] && k < MOST_HITS; k++)
            b->holding[i] += b->hits[i * MOST_HITS + k].holds;
    }
    return median(rounds, ROUNDS);
}

static double single_ns(struct bench *b, const incmap_coord points[])
{
    double rounds[ROUNDS];
    for (int k = 0; k < ROUNDS; k++) {
        const double start = now_ns();
        for (size_t i = 0; i < b->n; i++)
            if (incmap_countries_find(b->ctx, b->countries, points[i], 0, b->hits, MOST_HITS,
                                      b->counts))
                return NAN;
        rounds[k] = (now_ns() - start) / (double)b->n;
    }
    return median(rounds, ROUNDS);
}

/* ---- GEOS ---- */

#ifdef INCMAP_BENCH_GEOS

/* A polygon of a country; the tree finds it by its box. */
struct area {
    GEOSGeometry *polygon; /* borrowed from its country's */
    const GEOSPreparedGeometry *prepared;
};

struct geos {
    GEOSContextHandle_t handle;
    GEOSSTRtree *tree;
    GEOSGeometry **whole;
    struct area *areas;
    size_t whole_count, whole_room, area_count, area_room;
};

static GEOSCoordSequence *ring_of(const struct geos *g, const incmap__gathered *rings, size_t i)
{
    const size_t first = rings->starts[i], n = rings->starts[i + 1] - first;
    GEOSCoordSequence *s = GEOSCoordSeq_create_r(g->handle, (unsigned)n, 2);
    for (size_t k = 0; k < n; k++)
        GEOSCoordSeq_setXY_r(g->handle, s, (unsigned)k, rings->points[first + k].lon,
                             rings->points[first + k].lat);
    return s;
}

/* A shapefile does not say which hole is in which ring: what its rings enclose an odd number of times. */
static GEOSGeometry *enclosed(const struct geos *g, const incmap__gathered *rings)
{
    GEOSGeometry **lines = malloc(rings->count * sizeof *lines), *all = NULL, *area = NULL;

    for (size_t i = 0; lines && i < rings->count; i++)
        lines[i] = GEOSGeom_createLineString_r(g->handle, ring_of(g, rings, i));
    if (lines)
        all = GEOSGeom_createCollection_r(g->handle, GEOS_MULTILINESTRING, lines,
                                          (unsigned)rings->count);
    if (all) area = GEOSBuildArea_r(g->handle, all);
    GEOSGeom_destroy_r(g->handle, all);
    free(lines);
    return area;
}

/* GeoJSON's polygons as they stand in the file. */
static GEOSGeometry *polygons(const struct geos *g, const incmap__gathered *rings)
{
    GEOSGeometry **shapes = malloc(rings->count * sizeof *shapes);
    GEOSGeometry **holes = malloc(rings->count * sizeof *holes), *all = NULL;
    unsigned n = 0;

    for (size_t i = 0, end; shapes && holes && i < rings->count; i = end) {
        GEOSGeometry *shell = GEOSGeom_createLinearRing_r(g->handle, ring_of(g, rings, i));
        unsigned hole_count = 0;
        for (end = i + 1; end < rings->count && !rings->outer[end]; end++)
            holes[hole_count++] = GEOSGeom_createLinearRing_r(g->handle, ring_of(g, rings, end));
        shapes[n++] = GEOSGeom_createPolygon_r(g->handle, shell, holes, hole_count);
    }
    if (shapes && holes)
        all = GEOSGeom_createCollection_r(g->handle, GEOS_GEOMETRYCOLLECTION, shapes, n);
    free(shapes);
    free(holes);
    return all;
}

static bool grow(void **array, size_t *room, size_t needed, size_t size)
{
    void *more;
    if (needed <= *room) return true;
    more = realloc(*array, 2 * needed * size);
    if (!more) return false;
    *array = more;
    *room = 2 * needed;
    return true;
}

/* Each polygon is prepared by itself. */
static bool add_areas(struct bench *b, void *user, const char *code, const incmap__gathered *rings)
{
    struct geos *g = user;
    const size_t length = strlen(b->layer);
    const bool is_json = length > 4 && strcmp(b->layer + length - 4, "json") == 0;
    GEOSGeometry *whole = is_json ? polygons(g, rings) : enclosed(g, rings);
    const int n = whole ? GEOSGetNumGeometries_r(g->handle, whole) : 0;
    (void)code;

    if (!whole || !grow((void **)&g->whole, &g->whole_room, g->whole_count + 1, sizeof *g->whole) ||
        !grow((void **)&g->areas, &g->area_room, g->area_count + (size_t)n, sizeof *g->areas)) {
        GEOSGeom_destroy_r(g->handle, whole);
        return false;
    }
    g->whole[g->whole_count++] = whole;
    for (int i = 0; i < n; i++) {
        GEOSGeometry *polygon = (GEOSGeometry *)GEOSGetGeometryN_r(g->handle, whole, i);
        g->areas[g->area_count++] = (struct area){ polygon, GEOSPrepare_r(g->handle, polygon) };
    }
    return true;
}

static bool geos_build(struct geos *g, struct bench *b)
{
    *g = (struct geos){ .handle = GEOS_init_r() };
    if (!g->handle || !each_feature(b, add_areas, g)) return false;
    g->tree = GEOSSTRtree_create_r(g->handle, 10);
    for (size_t i = 0; g->tree && i < g->area_count; i++)
        GEOSSTRtree_insert_r(g->handle, g->tree, g->areas[i].polygon, &g->areas[i]);
    return g->tree != NULL;
}

static void geos_free(struct geos *g)
{
    for (size_t i = 0; i < g->area_count; i++)
        GEOSPreparedGeom_destroy_r(g->handle, g->areas[i].prepared);
    for (size_t i = 0; i < g->whole_count; i++)
        GEOSGeom_destroy_r(g->handle, g->whole[i]);
    GEOSSTRtree_destroy_r(g->handle, g->tree);
    GEOS_finish_r(g->handle);
    free(g->whole);
    free(g->areas);
}

struct question {
    const struct geos *g;
    const GEOSGeometry *point;
    unsigned holding;
};

static void ask_area(void *item, void *user)
{
    const struct area *area = item;
    struct question *q = user;
    q->holding += GEOSPreparedIntersects_r(q->g->handle, area->prepared, q->point) == 1;
}

static unsigned geos_holding(const struct geos *g, incmap_coord p)
{
    GEOSGeometry *point = GEOSGeom_createPointFromXY_r(g->handle, p.lon, p.lat);
    struct question q = { g, point, 0 };
    GEOSSTRtree_query_r(g->handle, g->tree, point, ask_area, &q);
    GEOSGeom_destroy_r(g->handle, point);
    return q.holding;
}

/* *other: of how many points another number of countries is told. */
static double geos_ns(const struct geos *g, const struct bench *b, const incmap_coord points[],
                      size_t *other)
{
    double rounds[ROUNDS];
    for (int k = 0; k < ROUNDS; k++) {
        const double start = now_ns();
        *other = 0;
        for (size_t i = 0; i < b->n; i++)
            *other += geos_holding(g, points[i]) != b->holding[i];
        rounds[k] = (now_ns() - start) / (double)b->n;
    }
    return median(rounds, ROUNDS);
}

#endif

/* ---- table ---- */

static void print_row(const char *who, double ns, double first_ns)
{
    printf("  %-34s %8.0f ns %7.2f\n", who, ns, ns / first_ns);
}

static bool print_table(struct bench *b)
{
#ifdef INCMAP_BENCH_GEOS
    struct geos g;
    const double start = now_ns();
    const bool has_geos = geos_build(&g, b);
    if (has_geos)
        printf("GEOS: %zu polygons, prepared in %.1f s\n", g.area_count, (now_ns() - start) / 1e9);
#endif
    for (int s = 0; s < SETS; s++) {
        const double many = many_ns(b, b->points[s]);
        printf("%s\n", sets[s]);
        print_row("incmap_countries_find_many", many, many);
        print_row("incmap_countries_find", single_ns(b, b->points[s]), many);
#ifdef INCMAP_BENCH_GEOS
        size_t other = 0;
        if (has_geos)
            print_row("GEOS, prepared, STR tree", geos_ns(&g, b, b->points[s], &other), many);
        if (has_geos)
            printf("  of %zu points GEOS finds %zu in another number of countries\n", b->n, other);
#endif
    }
#ifdef INCMAP_BENCH_GEOS
    geos_free(&g);
    return has_geos;
#else
    puts("GEOS: not here when this was built");
    return true;
#endif
}

static bool make_room(struct bench *b)
{
    for (int s = 0; s < SETS; s++)
        b->points[s] = malloc(b->n * sizeof *b->points[s]);
    b->hits = malloc(b->n * MOST_HITS * sizeof *b->hits);
    b->counts = malloc(b->n * sizeof *b->counts);
    b->holding = malloc(b->n * sizeof *b->holding);
    return b->points[0] && b->points[1] && b->hits && b->counts && b->holding;
}

static bool run(struct bench *b)
{
    const double start = now_ns();

    if (!make_room(b) || incmap_countries_open(b->ctx, b->layer, b->field, NULL, &b->countries))
        return false;
    printf("%zu countries, open in %.1f s; %zu points a set, medians of %d rounds\n",
           incmap_countries_count(b->countries), (now_ns() - start) / 1e9, b->n, ROUNDS);
    return make_points(b) && print_table(b);
}

int main(int argc, char **argv)
{
    struct bench b = { .layer = argc > 1 ? argv[1] : "",
                       .field = argc > 2 ? argv[2] : "A3",
                       .n = argc > 3 ? strtoul(argv[3], NULL, 10) : 100000 };
    const char *whole_world = getenv("INCMAP_COUNTRIES");
    bool good = argc > 1 && b.n && !incmap_ctx_new(NULL, &b.ctx);

    if (whole_world && whole_world[0]) b.layer = whole_world;
    if (!good)
        fputs("usage: countries LAYER [CODE_FIELD [POINTS]]\n", stderr);
    else if (!(good = run(&b)))
        fprintf(stderr, "countries: %s\n", incmap_ctx_message(b.ctx));
    incmap_countries_free(b.countries);
    incmap_ctx_free(b.ctx);
    for (int s = 0; s < SETS; s++)
        free(b.points[s]);
    free(b.hits);
    free(b.counts);
    free(b.holding);
    return good ? EXIT_SUCCESS : EXIT_FAILURE;
}
