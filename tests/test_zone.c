/* SPDX-License-Identifier: MIT */
/* Belts and circles: their edges against the distances themselves, points against what measuring says
 * of them, and the polygons against GEOS's own idea of a valid one. */
#include "harness.h"

#include <incmap/builtin.h>
#include <incmap/distance.h>
#include <incmap/zone.h>

#include <geos_c.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "faulty_tries.h"
#include "geodesy/border.h"
#include "random.h"
#include "reference_table.h"

/* Half a metre is the default tolerance; a millimetre for the distances themselves, which the tests take
 * from another path. */
#define TOLERANCE_M 0.501

static incmap_ctx *ctx;
static incmap_border *border;

static void setup(void)
{
    ck_assert_int_eq(incmap_ctx_new(NULL, &ctx), INCMAP_OK);
    ck_assert_int_eq(incmap_border_builtin(ctx, &border), INCMAP_OK);
}

static void teardown(void)
{
    incmap_border_free(border);
    incmap_ctx_free(ctx);
}

/* Even-odd over one ring, straight in longitude and latitude. */
static bool ring_holds(const incmap_coord v[], size_t n, incmap_coord p)
{
    bool odd = false;
    for (size_t i = 0; i + 1 < n; i++) {
        const incmap_coord a = v[i], b = v[i + 1];
        if ((a.lat > p.lat) != (b.lat > p.lat) &&
            p.lon < a.lon + (p.lat - a.lat) / (b.lat - a.lat) * (b.lon - a.lon))
            odd = !odd;
    }
    return odd;
}

static bool zone_holds(const incmap_zone *z, incmap_coord p)
{
    bool odd = false;
    for (size_t part = 0; part < incmap_zone_part_count(z); part++)
        for (size_t ring = 0; ring < incmap_zone_ring_count(z, part); ring++) {
            size_t n;
            const incmap_coord *v = incmap_zone_ring(z, part, ring, &n);
            if (ring_holds(v, n, p)) odd = !odd;
        }
    return odd;
}

/* Twice the signed area in square degrees; clockwise rings are negative. */
static double ring_area(const incmap_coord v[], size_t n)
{
    double sum = 0;
    for (size_t i = 0; i + 1 < n; i++)
        sum += (v[i].lon - v[0].lon) * (v[i + 1].lat - v[0].lat) -
               (v[i + 1].lon - v[0].lon) * (v[i].lat - v[0].lat);
    return sum;
}

static double zone_area(const incmap_zone *z)
{
    double sum = 0;
    for (size_t part = 0; part < incmap_zone_part_count(z); part++)
        for (size_t ring = 0; ring < incmap_zone_ring_count(z, part); ring++) {
            size_t n;
            const incmap_coord *v = incmap_zone_ring(z, part, ring, &n);
            sum -= ring_area(v, n);
        }
    return sum;
}

static GEOSGeometry *geos_ring(GEOSContextHandle_t geos, const incmap_coord v[], size_t n)
{
    GEOSCoordSequence *s = GEOSCoordSeq_create_r(geos, (unsigned)n, 2);
    for (size_t i = 0; i < n; i++)
        GEOSCoordSeq_setXY_r(geos, s, (unsigned)i, v[i].lon, v[i].lat);
    return GEOSGeom_createLinearRing_r(geos, s);
}

static GEOSGeometry *geos_part(GEOSContextHandle_t geos, const incmap_zone *z, size_t part)
{
    const size_t rings = incmap_zone_ring_count(z, part);
    GEOSGeometry **all = calloc(rings, sizeof(GEOSGeometry *));
    GEOSGeometry *polygon;
    for (size_t ring = 0; ring < rings; ring++) {
        size_t n;
        const incmap_coord *v = incmap_zone_ring(z, part, ring, &n);
        all[ring] = geos_ring(geos, v, n);
    }
    polygon = GEOSGeom_createPolygon_r(geos, all[0], all + 1, (unsigned)rings - 1);
    free(all);
    return polygon;
}

/* Valid for GEOS as one multipolygon, so parts do not overlap either; closed, in the rotation that the
 * header says, within the map. */
static void check_form(const incmap_zone *z, const char *why)
{
    GEOSContextHandle_t geos = GEOS_init_r();
    const size_t parts = incmap_zone_part_count(z);
    GEOSGeometry **all = calloc(parts + 1, sizeof(GEOSGeometry *)), *whole;

    for (size_t part = 0; part < parts; part++) {
        for (size_t ring = 0; ring < incmap_zone_ring_count(z, part); ring++) {
            size_t n;
            const incmap_coord *v = incmap_zone_ring(z, part, ring, &n);
            ck_assert_uint_ge(n, 4);
            ck_assert(v[0].lat == v[n - 1].lat && v[0].lon == v[n - 1].lon);
            ck_assert_msg((ring_area(v, n) < 0) == (ring == 0), "%s: ring %zu", why, ring);
            for (size_t i = 0; i < n; i++)
                ck_assert(fabs(v[i].lat) <= 90 && fabs(v[i].lon) <= 180);
        }
        all[part] = geos_part(geos, z, part);
    }
    whole = GEOSGeom_createCollection_r(geos, GEOS_MULTIPOLYGON, all, (unsigned)parts);
    ck_assert_msg(GEOSisValid_r(geos, whole) == 1, "%s: %s", why, GEOSisValidReason_r(geos, whole));
    GEOSGeom_destroy_r(geos, whole);
    GEOS_finish_r(geos);
    free(all);
}

/* Where a zone ends because the map does. */
static bool is_map_edge(incmap_coord a, incmap_coord b)
{
    return (fabs(a.lon) == 180 && a.lon == b.lon) || (fabs(a.lat) == 90 && a.lat == b.lat);
}

typedef void (*look_at)(incmap_coord p, const char *why);

/* Five points of every edge (`every` = 1), read straight in longitude and latitude and as a geodesic. */
static void walk_edges(const incmap_zone *z, size_t every, look_at look, const char *why)
{
    for (size_t part = 0; part < incmap_zone_part_count(z); part++)
        for (size_t ring = 0; ring < incmap_zone_ring_count(z, part); ring++) {
            size_t n;
            const incmap_coord *v = incmap_zone_ring(z, part, ring, &n);
            for (size_t i = 0; i + 1 < n; i += every) {
                const incmap_coord a = v[i], b = v[i + 1];
                incmap_geodesic way;
                if (is_map_edge(a, b)) continue;
                ck_assert_int_eq(incmap_inverse(ctx, a, b, &way), INCMAP_OK);
                for (int k = 0; k <= 3; k++) {
                    const double on = k / 4.0;
                    look((incmap_coord){ a.lat + on * (b.lat - a.lat),
                                         a.lon + on * (b.lon - a.lon) },
                         why);
                }
                look(incmap__geodesic_direct(a, way.azimuth_deg, way.distance_m / 2, NULL), why);
            }
        }
}

/* Without the side, which takes most of a measurement's time. */
static double distance_to(const incmap_border *b, incmap_coord p)
{
    static size_t hint;
    incmap__nearest_edge nearest;
    if (hint >= b->vertex_count) hint = 0;
    nearest = incmap__edge_index_nearest(&b->index, p, hint);
    hint = nearest.edge;
    return nearest.foot.distance_m;
}

/* What the walkers compare with. */
static const incmap_border *along;
static double inner, outer;
static bool has_side;
static incmap_coord middle;

static void edge_of_belt_is_at_one_of_its_distances(incmap_coord p, const char *why)
{
    const double d = distance_to(along, p);
    const double off = fmin(fabs(d - outer), inner > 0 ? fabs(d - inner) : INFINITY);
    /* With a side, what runs along an outline lies between the two. */
    const bool between = has_side && d > inner - TOLERANCE_M && d < outer + TOLERANCE_M;
    ck_assert_msg(off <= TOLERANCE_M || between, "%s: %.9f %.9f is %.3f m from the border", why,
                  p.lat, p.lon, d);
}

static void edge_of_circle_is_at_its_radius(incmap_coord p, const char *why)
{
    double d;
    ck_assert_int_eq(incmap_distance(ctx, middle, p, &d), INCMAP_OK);
    ck_assert_msg(fabs(d - outer) <= TOLERANCE_M, "%s: %.9f %.9f is %.3f m from the centre", why,
                  p.lat, p.lon, d);
}

static incmap_zone *belt(const incmap_border *b, double from_m, double to_m, incmap_side side)
{
    incmap_zone_options options = INCMAP_ZONE_OPTIONS_INIT;
    incmap_zone *z = NULL;
    options.side = side;
    ck_assert_msg(incmap_zone_belt(ctx, b, from_m, to_m, &options, &z) == INCMAP_OK, "%s",
                  incmap_ctx_message(ctx));
    along = b;
    inner = from_m;
    outer = to_m;
    has_side = side != INCMAP_SIDE_UNKNOWN;
    return z;
}

static const struct {
    const char *why;
    double inner_m, outer_m;
    incmap_side side;
    size_t every; /* edges looked at; a belt with many is looked at here and there */
} belts[] = {
    { "0 to 20 km", 0, 20e3, INCMAP_SIDE_UNKNOWN, 1 },
    { "0 to 5 km", 0, 5e3, INCMAP_SIDE_UNKNOWN, 7 },
    { "5 to 20 km", 5e3, 20e3, INCMAP_SIDE_UNKNOWN, 11 },
    { "20 to 50 km", 20e3, 50e3, INCMAP_SIDE_UNKNOWN, 1 },
    { "0 to 300 km", 0, 300e3, INCMAP_SIDE_UNKNOWN, 1 },
    { "0 to 200 m, where outlines run apart by 50", 0, 200, INCMAP_SIDE_UNKNOWN, 50 },
    { "0 to 1 m", 0, 1, INCMAP_SIDE_UNKNOWN, 500 },
    { "0 to 5 km inside", 0, 5e3, INCMAP_SIDE_INSIDE, 5 },
    { "5 to 20 km inside", 5e3, 20e3, INCMAP_SIDE_INSIDE, 5 },
    { "20 to 50 km outside", 20e3, 50e3, INCMAP_SIDE_OUTSIDE, 1 },
    { "0 to 300 km in both", 0, 300e3, INCMAP_SIDE_BOTH, 1 },
    { "0 to 100 km in neither", 0, 100e3, INCMAP_SIDE_NEITHER, 1 },
};

START_TEST(edge_of_a_belt_is_everywhere_at_its_distance_and_the_polygons_are_valid)
{
    incmap_zone *z = belt(border, belts[_i].inner_m, belts[_i].outer_m, belts[_i].side);
    ck_assert_uint_gt(incmap_zone_part_count(z), 0);
    check_form(z, belts[_i].why);
    walk_edges(z, belts[_i].every, edge_of_belt_is_at_one_of_its_distances, belts[_i].why);
    incmap_zone_free(z);
}
END_TEST

/* A point within 3 m of the edge of a zone. */
static incmap_coord near_edge(test_random *r, const incmap_zone *z)
{
    const size_t part = random_bits(r) % incmap_zone_part_count(z);
    const size_t ring = random_bits(r) % incmap_zone_ring_count(z, part);
    size_t n;
    const incmap_coord *v = incmap_zone_ring(z, part, ring, &n);
    incmap_coord p;
    ck_assert_int_eq(incmap_destination(ctx, v[random_bits(r) % n], random_between(r, 0, 360),
                                        random_between(r, 0, 3), &p),
                     INCMAP_OK);
    return p;
}

/* Whether measuring puts a point into the belt; *clear is false where the tolerance leaves it open. The
 * outlines are the data's own vertices, read straight in longitude and latitude where measuring reads
 * geodesics: that differs by a centimetre. */
static bool measured_in(const incmap_border *b, incmap_side wanted, incmap_coord p, bool *clear)
{
    incmap_depth measured;
    double d;

    ck_assert_int_eq(incmap_border_measure(ctx, b, p, 0, &measured), INCMAP_OK);
    d = fabs(measured.depth_m);
    *clear = fabs(d - outer) > TOLERANCE_M && (inner == 0 || fabs(d - inner) > TOLERANCE_M);
    if (wanted != INCMAP_SIDE_UNKNOWN)
        *clear = *clear && !incmap__outline_is_near(&b->inside, p, TOLERANCE_M) &&
                 !incmap__outline_is_near(&b->outside, p, TOLERANCE_M);
    return d > inner && d <= outer && (wanted == INCMAP_SIDE_UNKNOWN || measured.side == wanted);
}

START_TEST(points_lie_in_a_belt_exactly_where_measuring_puts_them)
{
    const uint64_t seed = test_seed(31);
    test_random r = { seed };
    incmap_zone *z = belt(border, belts[_i].inner_m, belts[_i].outer_m, belts[_i].side);
    int held = 0, told = 0;

    for (int i = 0; i < 1500; i++) {
        const incmap_coord p =
            i % 3 ? near_edge(&r, z)
                  : (incmap_coord){ random_between(&r, 44, 54), random_between(&r, 30, 41) };
        bool clear;
        const bool in = measured_in(border, belts[_i].side, p, &clear);
        if (!clear) continue;
        told++;
        held += in;
        ck_assert_msg(zone_holds(z, p) == in, "%s, seed %llu: %.9f %.9f measures %s", belts[_i].why,
                      (unsigned long long)seed, p.lat, p.lon, in ? "in" : "out");
    }
    ck_assert_int_gt(told, 750);
    ck_assert_int_gt(held, 50);
    incmap_zone_free(z);
}
END_TEST

/* Distances and sides that GeographicLib has computed, with no part of this library
 * (tests/reference/README.md). */
START_TEST(points_of_the_reference_lie_in_the_belts_that_their_distances_say)
{
    static const incmap_side sides[] = { INCMAP_SIDE_INSIDE, INCMAP_SIDE_OUTSIDE, INCMAP_SIDE_BOTH,
                                         INCMAP_SIDE_NEITHER };
    const incmap_side side = sides[_i];
    FILE *file = reference_open("border_depths.csv");
    incmap_zone *z[3] = { belt(border, 0, 5e3, side), belt(border, 5e3, 20e3, side),
                          belt(border, 20e3, 50e3, side) };
    const double ends[4] = { 0, 5e3, 20e3, 50e3 };
    struct reference_row row;
    int held = 0;

    while (reference_next(file, &row)) {
        const incmap_coord p = incmap_coord_wrap(
            (incmap_coord){ reference_number(&row, 1), reference_number(&row, 2) });
        const double d = reference_number(&row, 3);
        const bool here = strcmp(row.field[9], incmap_side_text(side)) == 0;
        /* On an outline the side is a matter of the last bit. */
        if (fmin(reference_number(&row, 10), reference_number(&row, 11)) < TOLERANCE_M) continue;
        for (int i = 0; i < 3; i++) {
            if (fabs(d - ends[i]) < TOLERANCE_M || fabs(d - ends[i + 1]) < TOLERANCE_M) continue;
            ck_assert_msg(zone_holds(z[i], p) == (here && d > ends[i] && d <= ends[i + 1]),
                          "%s, %f km, %s", row.field[0], d / 1e3, incmap_side_text(side));
            held += zone_holds(z[i], p);
        }
    }
    fclose(file);
    ck_assert_int_gt(held, side == INCMAP_SIDE_INSIDE || side == INCMAP_SIDE_OUTSIDE ? 100 : 0);
    for (int i = 0; i < 3; i++)
        incmap_zone_free(z[i]);
}
END_TEST

START_TEST(four_sides_make_up_the_whole)
{
    static const incmap_side sides[] = { INCMAP_SIDE_INSIDE, INCMAP_SIDE_OUTSIDE, INCMAP_SIDE_BOTH,
                                         INCMAP_SIDE_NEITHER };
    incmap_zone *whole = belt(border, 100e3, 300e3, INCMAP_SIDE_UNKNOWN);
    double sum = 0;

    for (int i = 0; i < 4; i++) {
        incmap_zone *z = belt(border, 100e3, 300e3, sides[i]);
        check_form(z, incmap_side_text(sides[i]));
        ck_assert_double_gt(zone_area(z), 0);
        sum += zone_area(z);
        incmap_zone_free(z);
    }
    /* Rounding of some ten thousand vertices. */
    ck_assert_double_eq_tol(sum, zone_area(whole), 1e-9);
    incmap_zone_free(whole);
}
END_TEST

static const struct {
    const char *why;
    double lat, lon, radius_m;
    size_t parts;
} circles[] = {
    { "a village", 50.46139, 35.6025, 800, 1 },
    { "one metre", 50, 36, 1, 1 },
    { "a country", 50, 36, 500e3, 1 },
    { "largest", 60, 10, 5000e3, 1 },
    { "largest at the equator", 0, 0, 5000e3, 1 },
    { "on the antimeridian", 0, 180, 100e3, 2 },
    { "over the antimeridian", 10, -179.9, 50e3, 2 },
    { "just over the antimeridian", -17, 179.99, 3e3, 2 },
    { "a turn farther on", 10, 540.1, 50e3, 2 },
    { "the north pole", 90, 0, 100e3, 1 },
    { "the south pole", -90, 50, 1e3, 1 },
    { "around the pole, not its centre", 89.9, 20, 50e3, 1 },
    { "around the south pole", -85, 100, 900e3, 1 },
    { "10 cm past the pole", 89.9, 20, 11169.5, 1 },
    { "the pole on the edge", 89.9, 20, 11169.4, 1 },
    { "short of the pole by 10 cm", 89.9, 20, 11169.3, 1 },
    { "around the pole, from the antimeridian", 89.99, 180, 5e3, 1 },
    { "short of the pole, over the antimeridian", 85, -180, 558e3, 2 },
    { "near the pole and small", -89.9999, 77, 11, 1 },
    { "far and wide, over the antimeridian", 70, 170, 2200e3, 2 },
};

START_TEST(circle_is_at_its_radius_and_holds_what_is_nearer)
{
    const uint64_t seed = test_seed(32);
    test_random r = { seed };
    const double radius = circles[_i].radius_m;
    incmap_zone *z = NULL;

    middle = (incmap_coord){ circles[_i].lat, circles[_i].lon };
    outer = radius;
    ck_assert_int_eq(incmap_zone_circle(ctx, middle, radius, NULL, &z), INCMAP_OK);
    ck_assert_msg(incmap_zone_part_count(z) == circles[_i].parts, "%s: %zu parts", circles[_i].why,
                  incmap_zone_part_count(z));
    check_form(z, circles[_i].why);
    walk_edges(z, 1, edge_of_circle_is_at_its_radius, circles[_i].why);
    for (int i = 0; i < 4000; i++) {
        const double way_m =
            i % 2 ? radius + random_between(&r, -3, 3) : radius * random_between(&r, 0, 2);
        incmap_coord p;
        double d;
        ck_assert_int_eq(
            incmap_destination(ctx, middle, random_between(&r, 0, 360), fabs(way_m), &p),
            INCMAP_OK);
        ck_assert_int_eq(incmap_distance(ctx, middle, p, &d), INCMAP_OK);
        if (fabs(d - radius) <= fmin(TOLERANCE_M, radius / 10)) continue;
        ck_assert_msg(zone_holds(z, p) == (d <= radius), "%s, seed %llu: %.9f %.9f at %.3f m",
                      circles[_i].why, (unsigned long long)seed, p.lat, p.lon, d);
    }
    incmap_zone_free(z);
}
END_TEST

static const incmap_allocator *libc_memory(void)
{
    static incmap_allocator a;
    a = incmap__allocator_default();
    return &a;
}

static incmap__outline outline(const incmap_coord points[], size_t n)
{
    const size_t starts[2] = { 0, n };
    incmap__outline o;
    ck_assert_int_eq(incmap__outline_build(&o, points, starts, 1, libc_memory(), NULL), INCMAP_OK);
    return o;
}

enum { CORNERS = 4 };

/* Two countries of four corners that share the way from b to c. */
static const struct {
    const char *why;
    incmap_coord in[CORNERS], out[CORNERS];
    double inner_m, outer_m;
} pairs[] = {
    { "the 49th parallel as one edge of 34.5 km",
      { { 50, -100 }, { 49, -100 }, { 49, -99.53 }, { 50, -99.53 } },
      { { 48, -99.53 }, { 49, -99.53 }, { 49, -100 }, { 48, -100 } },
      1e3,
      10e3 },
    { "an edge of 1,400 km, a belt of a hundred",
      { { 60, 0 }, { 50, 0 }, { 50, 20 }, { 60, 20 } },
      { { 40, 20 }, { 50, 20 }, { 50, 0 }, { 40, 0 } },
      10e3,
      100e3 },
    { "an edge of 1,400 km, a belt as wide",
      { { 60, 0 }, { 50, 0 }, { 50, 20 }, { 60, 20 } },
      { { 40, 20 }, { 50, 20 }, { 50, 0 }, { 40, 0 } },
      0,
      1400e3 },
    { "over the antimeridian",
      { { 70, 178 }, { 65, 178 }, { 65, -178 }, { 70, -178 } },
      { { 60, -178 }, { 65, -178 }, { 65, 178 }, { 60, 178 } },
      20e3,
      50e3 },
    { "along the antimeridian",
      { { 60, 175 }, { 60, 180 }, { 65, 180 }, { 65, 175 } },
      { { 65, -175 }, { 65, 180 }, { 60, 180 }, { 60, -175 } },
      0,
      50e3 },
    { "up to the pole",
      { { 80, 0 }, { 80, 60 }, { 89.9, 60 }, { 80, -60 } },
      { { 80, 180 }, { 89.9, 60 }, { 80, 60 }, { 80, 120 } },
      0,
      200e3 },
    { "past the pole, which lies in the belt",
      { { 85, 0 }, { 89, 90 }, { 89, -60 }, { 85, -30 } },
      { { 89.9, 0 }, { 89, -60 }, { 89, 90 }, { 89.9, 30 } },
      5e3,
      200e3 },
    { "on the equator",
      { { 1, 10 }, { 0, 10 }, { 0, 11 }, { 1, 11 } },
      { { -1, 11 }, { 0, 11 }, { 0, 10 }, { -1, 10 } },
      100,
      5e3 },
};

static incmap_border *border_of(const incmap_coord in[], const incmap_coord out[])
{
    incmap__outline inside = outline(in, CORNERS), outside = outline(out, CORNERS);
    incmap__border_parts parts = { NULL, 0 };
    incmap_border *b = NULL;
    const incmap__border_plan plan = {
        .name = "test", .accuracy_m = 100, .inside = &inside, .outside = &outside, .parts = &parts
    };

    ck_assert_int_eq(incmap__border_match(&inside, &outside, 10e3, &parts, libc_memory(), NULL),
                     INCMAP_OK);
    ck_assert_uint_gt(parts.count, 0);
    ck_assert_int_eq(incmap__border_assemble(&plan, &b, libc_memory(), NULL), INCMAP_OK);
    incmap__free(libc_memory(), parts.parts);
    incmap__outline_free(&inside);
    incmap__outline_free(&outside);
    return b;
}

START_TEST(borders_of_long_edges_the_antimeridian_and_the_poles_have_exact_belts)
{
    const uint64_t seed = test_seed(33);
    test_random r = { seed };
    const char *why = pairs[_i].why;
    incmap_border *b = border_of(pairs[_i].in, pairs[_i].out);

    for (int side = INCMAP_SIDE_UNKNOWN; side <= INCMAP_SIDE_OUTSIDE; side++) {
        incmap_zone *z = belt(b, pairs[_i].inner_m, pairs[_i].outer_m, (incmap_side)side);
        ck_assert_uint_gt(incmap_zone_part_count(z), 0);
        check_form(z, why);
        walk_edges(z, 1, edge_of_belt_is_at_one_of_its_distances, why);
        for (int i = 0; i < 600; i++) {
            incmap_coord p = near_edge(&r, z);
            bool clear, in;
            if (i % 2)
                ck_assert_int_eq(incmap_destination(ctx, b->vertices[0], random_between(&r, 0, 360),
                                                    random_between(&r, 0, 2 * outer), &p),
                                 INCMAP_OK);
            in = measured_in(b, (incmap_side)side, p, &clear);
            if (clear)
                ck_assert_msg(zone_holds(z, p) == in, "%s, side %d, seed %llu: %.9f %.9f: %d", why,
                              side, (unsigned long long)seed, p.lat, p.lon, in);
        }
        incmap_zone_free(z);
    }
    incmap_border_free(b);
}
END_TEST

START_TEST(greater_tolerance_makes_fewer_vertices_and_is_kept)
{
    incmap_zone_options options = INCMAP_ZONE_OPTIONS_INIT;
    incmap_zone *fine = NULL, *coarse = NULL;
    size_t n_fine, n_coarse;
    const incmap_coord *v;

    options.tolerance_m = 50;
    middle = (incmap_coord){ 50, 36 };
    ck_assert_int_eq(incmap_zone_circle(ctx, middle, 50e3, NULL, &fine), INCMAP_OK);
    ck_assert_int_eq(incmap_zone_circle(ctx, middle, 50e3, &options, &coarse), INCMAP_OK);
    ck_assert_ptr_nonnull(incmap_zone_ring(fine, 0, 0, &n_fine));
    v = incmap_zone_ring(coarse, 0, 0, &n_coarse);
    /* A hundred times the tolerance is a tenth of the vertices, but for halving. */
    ck_assert_uint_lt(n_coarse * 5, n_fine);
    for (size_t i = 0; i + 1 < n_coarse; i++) {
        const incmap_coord half = { (v[i].lat + v[i + 1].lat) / 2, (v[i].lon + v[i + 1].lon) / 2 };
        double d;
        ck_assert_int_eq(incmap_distance(ctx, middle, half, &d), INCMAP_OK);
        ck_assert_double_eq_tol(d, 50e3, 50);
    }
    incmap_zone_free(fine);
    incmap_zone_free(coarse);
}
END_TEST

START_TEST(rings_past_the_end_are_none)
{
    incmap_zone *z = belt(border, 0, 20e3, INCMAP_SIDE_UNKNOWN);
    size_t n = 42;
    const size_t parts = incmap_zone_part_count(z);

    ck_assert_uint_eq(incmap_zone_ring_count(z, parts), 0);
    ck_assert_ptr_null(incmap_zone_ring(z, parts, 0, &n));
    ck_assert_uint_eq(n, 0);
    ck_assert_ptr_null(incmap_zone_ring(z, 0, incmap_zone_ring_count(z, 0), NULL));
    ck_assert_uint_eq(incmap_zone_part_count(NULL), 0);
    ck_assert_ptr_null(incmap_zone_ring(NULL, 0, 0, NULL));
    incmap_zone_free(z);
    incmap_zone_free(NULL);
}
END_TEST

START_TEST(what_a_zone_cannot_be_made_of_is_refused_and_leaves_the_result_alone)
{
    incmap_zone *const untouched = (incmap_zone *)(void *)&ctx;
    const incmap_coord here = { 50, 36 };
    incmap_zone_options options = INCMAP_ZONE_OPTIONS_INIT;
    incmap_zone *z = untouched;

    ck_assert_int_eq(incmap_zone_belt(NULL, border, 0, 5e3, NULL, &z), INCMAP_EARG);
    ck_assert_int_eq(incmap_zone_belt(ctx, NULL, 0, 5e3, NULL, &z), INCMAP_EARG);
    ck_assert_int_eq(incmap_zone_belt(ctx, border, 0, 5e3, NULL, NULL), INCMAP_EARG);
    ck_assert_int_eq(incmap_zone_belt(ctx, border, -1, 5e3, NULL, &z), INCMAP_EDOMAIN);
    ck_assert_int_eq(incmap_zone_belt(ctx, border, 5e3, 5e3, NULL, &z), INCMAP_EDOMAIN);
    ck_assert_int_eq(incmap_zone_belt(ctx, border, 0, NAN, NULL, &z), INCMAP_EDOMAIN);
    ck_assert_int_eq(incmap_zone_belt(ctx, border, 0, INFINITY, NULL, &z), INCMAP_EDOMAIN);
    ck_assert_int_eq(incmap_zone_belt(ctx, border, 20e3, 5e3, NULL, &z), INCMAP_EDOMAIN);
    ck_assert_str_eq(incmap_ctx_message(ctx),
                     "belt: found 20000 to 5000 m, expected 0 m or more, wider than 1 m, up to "
                     "5000000 m");
    ck_assert_int_eq(incmap_zone_circle(NULL, here, 5, NULL, &z), INCMAP_EARG);
    ck_assert_int_eq(incmap_zone_circle(ctx, here, 5, NULL, NULL), INCMAP_EARG);
    ck_assert_int_eq(incmap_zone_circle(ctx, here, 0, NULL, &z), INCMAP_EDOMAIN);
    ck_assert_int_eq(incmap_zone_circle(ctx, here, NAN, NULL, &z), INCMAP_EDOMAIN);
    ck_assert_int_eq(incmap_zone_circle(ctx, (incmap_coord){ 95, 36 }, 5, NULL, &z),
                     INCMAP_EDOMAIN);
    ck_assert_str_eq(incmap_ctx_message(ctx),
                     "circle: found lat 95, lon 36, radius 5 m, expected a latitude of -90 to 90, "
                     "finite numbers, 1 to 5000000 m");
    options.side = INCMAP_SIDE_INSIDE;
    ck_assert_int_eq(incmap_zone_circle(ctx, here, 5, &options, &z), INCMAP_EARG);
    options.side = (incmap_side)7;
    ck_assert_int_eq(incmap_zone_belt(ctx, border, 0, 5e3, &options, &z), INCMAP_EARG);
    options.side = INCMAP_SIDE_UNKNOWN;
    options.tolerance_m = 0.001;
    ck_assert_int_eq(incmap_zone_belt(ctx, border, 0, 5e3, &options, &z), INCMAP_EARG);
    options.tolerance_m = NAN;
    ck_assert_int_eq(incmap_zone_circle(ctx, here, 5, &options, &z), INCMAP_EARG);
    ck_assert_ptr_eq(z, untouched);
}
END_TEST

START_TEST(side_that_no_country_defines_is_refused)
{
    incmap_border plain = *border;
    incmap_zone_options options = INCMAP_ZONE_OPTIONS_INIT;
    incmap_zone *z = NULL;

    plain.inside = plain.outside = (incmap__outline){ .ring_count = 0 };
    options.side = INCMAP_SIDE_INSIDE;
    ck_assert_int_eq(incmap_zone_belt(ctx, &plain, 0, 20e3, &options, &z), INCMAP_EARG);
    ck_assert_str_eq(incmap_ctx_message(ctx),
                     "belt on side \"inside\": the border has no countries' outlines behind it");
    ck_assert_ptr_null(z);
    ck_assert_int_eq(incmap_zone_belt(ctx, &plain, 0, 20e3, NULL, &z), INCMAP_OK);
    incmap_zone_free(z);
}
END_TEST

START_TEST(side_on_which_nothing_lies_makes_a_zone_without_parts)
{
    incmap_border *b = border_of(pairs[0].in, pairs[0].out);
    incmap_zone *z = belt(b, 0, 1e3, INCMAP_SIDE_BOTH);
    ck_assert_uint_eq(incmap_zone_part_count(z), 0);
    ck_assert_uint_eq(incmap_zone_ring_count(z, 0), 0);
    ck_assert_ptr_null(incmap_zone_ring(z, 0, 0, NULL));
    incmap_zone_free(z);
    incmap_border_free(b);
}
END_TEST

START_TEST(same_zone_is_the_same_to_the_last_bit)
{
    incmap_zone *a = belt(border, 5e3, 20e3, INCMAP_SIDE_INSIDE);
    incmap_zone *b = belt(border, 5e3, 20e3, INCMAP_SIDE_INSIDE);
    ck_assert_uint_eq(incmap_zone_part_count(a), incmap_zone_part_count(b));
    for (size_t part = 0; part < incmap_zone_part_count(a); part++) {
        ck_assert_uint_eq(incmap_zone_ring_count(a, part), incmap_zone_ring_count(b, part));
        for (size_t ring = 0; ring < incmap_zone_ring_count(a, part); ring++) {
            size_t n, m;
            const incmap_coord *v = incmap_zone_ring(a, part, ring, &n);
            const incmap_coord *w = incmap_zone_ring(b, part, ring, &m);
            ck_assert_uint_eq(n, m);
            ck_assert_mem_eq(v, w, n * sizeof *v);
        }
    }
    incmap_zone_free(a);
    incmap_zone_free(b);
}
END_TEST

START_TEST(every_failed_allocation_is_told_and_leaks_nothing)
{
    faulty_tries t = faulty_begin_at_most(20000);
    incmap_border *b = border_of(pairs[1].in, pairs[1].out);
    incmap_zone_options options = INCMAP_ZONE_OPTIONS_INIT;
    incmap_zone *z = NULL;

    options.side = INCMAP_SIDE_INSIDE;
    options.tolerance_m = 1000;
    while (faulty_next(&t, z)) {
        /* A belt that takes runs of short edges would need a border of many. */
        t.st = _i ? incmap_zone_belt(t.ctx, b, 50e3, 3000e3, &options, &z)
                  : incmap_zone_circle(t.ctx, (incmap_coord){ 0, 180 }, 50e3, NULL, &z);
    }
    incmap_zone_free(z);
    faulty_end(&t, 6);
    incmap_border_free(b);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("zone");
    /* Run apart: what looks at every edge of many belts is too slow for valgrind. */
    TCase *c = tcase_create("exact"), *doors = tcase_create("doors");
    const int n_belts = (int)(sizeof belts / sizeof belts[0]);

    tcase_add_checked_fixture(c, setup, teardown);
    tcase_set_timeout(c, 300);
    tcase_add_loop_test(c, edge_of_a_belt_is_everywhere_at_its_distance_and_the_polygons_are_valid,
                        0, n_belts);
    tcase_add_loop_test(c, points_lie_in_a_belt_exactly_where_measuring_puts_them, 0, n_belts);
    tcase_add_loop_test(c, points_of_the_reference_lie_in_the_belts_that_their_distances_say, 0, 4);
    tcase_add_test(c, four_sides_make_up_the_whole);
    tcase_add_loop_test(c, circle_is_at_its_radius_and_holds_what_is_nearer, 0,
                        (int)(sizeof circles / sizeof circles[0]));
    tcase_add_loop_test(c, borders_of_long_edges_the_antimeridian_and_the_poles_have_exact_belts, 0,
                        (int)(sizeof pairs / sizeof pairs[0]));
    suite_add_tcase(suite, c);

    tcase_add_checked_fixture(doors, setup, teardown);
    tcase_set_timeout(doors, 300);
    tcase_add_test(doors, greater_tolerance_makes_fewer_vertices_and_is_kept);
    tcase_add_test(doors, rings_past_the_end_are_none);
    tcase_add_test(doors, what_a_zone_cannot_be_made_of_is_refused_and_leaves_the_result_alone);
    tcase_add_test(doors, side_that_no_country_defines_is_refused);
    tcase_add_test(doors, side_on_which_nothing_lies_makes_a_zone_without_parts);
    tcase_add_test(doors, same_zone_is_the_same_to_the_last_bit);
    tcase_add_loop_test(doors, every_failed_allocation_is_told_and_leaks_nothing, 0, 2);
    suite_add_tcase(suite, doors);
    return run_suite(suite);
}
