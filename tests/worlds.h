/* SPDX-License-Identifier: MIT */
/* Small worlds of two countries, I (inside) and O (outside), with all that is nasty in borders: for tests
 * that must hold for every border. */
#ifndef INCMAP_TESTS_WORLDS_H
#define INCMAP_TESTS_WORLDS_H

#include <incmap/border.h>

#include <check.h>
#include <math.h>
#include <string.h>

#include "geodesy/ellipsoid.h"
#include "random.h"
#include "shapes_made.h"

enum { WORLD_VERTICES = 160, WORLD_RINGS = 8, WORLDS = 18 };

struct world_ring {
    char country; /* 'I' or 'O' */
    int feature;  /* rings of one feature lie one behind the other */
    bool hole;
    size_t n; /* not closed */
    incmap_coord v[WORLD_VERTICES];
};

struct world {
    const char *file, *why;
    size_t count;
    struct world_ring rings[WORLD_RINGS];
};

#define WORLD_SIZE(...) (sizeof((incmap_coord[]){ __VA_ARGS__ }) / sizeof(incmap_coord))
#define WORLD_RING(country, feature, ...)                                                          \
    {                                                                                              \
        country, feature, false, WORLD_SIZE(__VA_ARGS__),                                          \
        {                                                                                          \
            __VA_ARGS__                                                                            \
        }                                                                                          \
    }
#define WORLD_HOLE(country, feature, ...)                                                          \
    {                                                                                              \
        country, feature, true, WORLD_SIZE(__VA_ARGS__),                                           \
        {                                                                                          \
            __VA_ARGS__                                                                            \
        }                                                                                          \
    }

/* Rings may be given in either rotation: world_write turns them as a shapefile has them. */
static const struct world plain_worlds[] = {
    { "one edge",
      "a border of one edge",
      2,
      { WORLD_RING('I', 0, { 50, 30 }, { 50.3, 30.4 }, { 51, 29.5 }),
        WORLD_RING('O', 1, { 50, 30 }, { 50.3, 30.4 }, { 49.5, 31 }) } },
    { "roof",
      "two edges that mirror one another",
      2,
      { WORLD_RING('I', 0, { 48, 19 }, { 50, 20 }, { 48, 21 }, { 51, 22 }, { 51, 18 }),
        WORLD_RING('O', 1, { 48, 19 }, { 50, 20 }, { 48, 21 }) } },
    { "long",
      "edges of 1,000 km",
      2,
      { WORLD_RING('I', 0, { 0, 0 }, { 4, 9 }, { 8, 18 }, { 13, 26 }, { 20, 18 }, { 20, 0 }),
        WORLD_RING('O', 1, { 0, 0 }, { 4, 9 }, { 8, 18 }, { 13, 26 }, { -10, 18 }, { -10, 0 }) } },
    { "farther",
      "long edges far north, which bulge most",
      2,
      { WORLD_RING('I', 0, { 60, 10 }, { 62, 40 }, { 60, 70 }, { 75, 70 }, { 75, 10 }),
        WORLD_RING('O', 1, { 60, 10 }, { 62, 40 }, { 60, 70 }, { 50, 70 }, { 50, 10 }) } },
    { "enclaves",
      "an enclave with an enclave in it, beside the countries' own border",
      5,
      { WORLD_RING('I', 0, { 51.4, 4.88 }, { 51.5, 4.88 }, { 51.5, 5 }, { 51.4, 5 }),
        WORLD_HOLE('I', 0, { 51.43, 4.92 }, { 51.45, 4.91 }, { 51.45, 4.95 }, { 51.43, 4.96 }),
        WORLD_RING('I', 0, { 51.435, 4.93 }, { 51.44, 4.93 }, { 51.44, 4.94 }, { 51.435, 4.94 }),
        WORLD_RING('O', 1, { 51.4, 4.88 }, { 51.4, 5 }, { 51.3, 5 }, { 51.3, 4.88 }),
        WORLD_RING('O', 2, { 51.43, 4.92 }, { 51.45, 4.91 }, { 51.45, 4.95 }, { 51.43, 4.96 }),
        WORLD_HOLE('O', 2, { 51.435, 4.93 }, { 51.44, 4.93 }, { 51.44, 4.94 },
                   { 51.435, 4.94 }) } },
    { "chessboard",
      "polygons that touch in one point",
      4,
      { WORLD_RING('I', 0, { 10, 20 }, { 11, 20 }, { 11, 21 }, { 10, 21 }),
        WORLD_RING('I', 1, { 11, 21 }, { 12, 21 }, { 12, 22 }, { 11, 22 }),
        WORLD_RING('O', 2, { 11, 20 }, { 12, 20 }, { 12, 21 }, { 11, 21 }),
        WORLD_RING('O', 3, { 10, 21 }, { 11, 21 }, { 11, 22 }, { 10, 22 }) } },
    { "antimeridian",
      "a border over the antimeridian, uncut",
      2,
      { WORLD_RING('I', 0, { 10, 179 }, { 11, 179 }, { 11, -179 }, { 10, -179 }, { 10.1, -179.5 },
                   { 10, 179.5 }),
        WORLD_RING('O', 1, { 10, 179 }, { 10, 179.5 }, { 10.1, -179.5 }, { 10, -179 }, { 9, -179 },
                   { 9, 179 }) } },
    { "cap",
      "a border around the pole, cut at the edge of the map",
      2,
      { WORLD_RING('I', 0, { 80, -180 }, { 80, -120 }, { 81, -60 }, { 80, 0 }, { 80, 60 },
                   { 80, 120 }, { 80, 180 }, { 90, 180 }, { 90, -180 }),
        WORLD_RING('O', 1, { 80, -180 }, { 80, -120 }, { 81, -60 }, { 80, 0 }, { 80, 60 },
                   { 80, 120 }, { 80, 180 }, { 70, 180 }, { 70, 60 }, { 70, 0 }, { 70, -60 },
                   { 70, -180 }) } },
    { "pole",
      "a border that ends in the pole",
      2,
      { WORLD_RING('I', 0, { 80, 0 }, { 90, 0 }, { 80, 90 }),
        WORLD_RING('O', 1, { 80, 90 }, { 90, 0 }, { 80, 170 }) } },
    { "south pole",
      "a border that ends in the south pole",
      2,
      { WORLD_RING('I', 0, { -80, 0 }, { -90, 0 }, { -80, 90 }),
        WORLD_RING('O', 1, { -80, 90 }, { -90, 0 }, { -80, 170 }) } },
    { "south cap",
      "a border around the south pole, cut at the edge of the map",
      2,
      { WORLD_RING('I', 0, { -80, -180 }, { -80, -120 }, { -81, -60 }, { -80, 0 }, { -80, 60 },
                   { -80, 120 }, { -80, 180 }, { -90, 180 }, { -90, -180 }),
        WORLD_RING('O', 1, { -80, -180 }, { -80, -120 }, { -81, -60 }, { -80, 0 }, { -80, 60 },
                   { -80, 120 }, { -80, 180 }, { -70, 180 }, { -70, 60 }, { -70, 0 }, { -70, -60 },
                   { -70, -180 }) } },
    { "cut",
      "a border over the antimeridian, both countries cut there",
      4,
      { WORLD_RING('I', 0, { 10, 179 }, { 11, 179 }, { 11, 180 }, { 10.05, 180 }, { 10, 179.5 }),
        WORLD_RING('I', 0, { 10.05, -180 }, { 11, -180 }, { 11, -179 }, { 10, -179 },
                   { 10.1, -179.5 }),
        WORLD_RING('O', 1, { 10, 179 }, { 10, 179.5 }, { 10.05, 180 }, { 9, 180 }, { 9, 179 }),
        WORLD_RING('O', 1, { 10.05, -180 }, { 10.1, -179.5 }, { 10, -179 }, { 9, -179 },
                   { 9, -180 }) } },
    { "spike",
      "edges that lead out and back again, so that each is there twice",
      2,
      { WORLD_RING('I', 0, { 50, 30 }, { 50.1, 30.2 }, { 50.3, 30.25 }, { 50.1, 30.2 },
                   { 50.05, 30.4 }, { 51, 30.4 }, { 51, 30 }),
        WORLD_RING('O', 1, { 50, 30 }, { 50.1, 30.2 }, { 50.3, 30.25 }, { 50.1, 30.2 },
                   { 50.05, 30.4 }, { 49, 30.4 }, { 49, 30 }) } },
    { "apart",
      "outlines that run apart between shared edges, over one another and with a strip between",
      2,
      { WORLD_RING('I', 0, { 50, 30 }, { 50, 30.1 }, { 50.01, 30.13 }, { 49.99, 30.17 },
                   { 50, 30.2 }, { 50, 30.3 }, { 50.5, 30.3 }, { 50.5, 30 }),
        WORLD_RING('O', 1, { 50, 30 }, { 50, 30.1 }, { 49.995, 30.14 }, { 50.01, 30.16 },
                   { 50, 30.2 }, { 50, 30.3 }, { 49.5, 30.3 }, { 49.5, 30 }) } },
};

enum { WALK = 60 }; /* vertices of the random border */

static inline void world_add(struct world_ring *ring, incmap_coord v, int times)
{
    for (; times > 0; times--)
        ring->v[ring->n++] = v;
}

/* A random walk from west to east, with turns back and edges of a metre to a few kilometres. */
static inline void world_walk(incmap_coord walk[WALK])
{
    test_random r = { 510 };
    incmap_coord at = { 50, 30 };
    for (int i = 0; i < WALK; i++) {
        /* Rounded, as most data are. */
        at.lat = round(at.lat * 1e6) / 1e6;
        at.lon = round(at.lon * 1e6) / 1e6;
        walk[i] = at;
        at = incmap__geodesic_direct(at, random_between(&r, 10, 170), random_log(&r, 1, 1e4), NULL);
    }
}

/* The countries north and south of the walk; each vertex that divides by `every` is said 1 + `more`
 * times. */
static inline void world_two_sides(struct world *w, const incmap_coord walk[WALK], int every,
                                   int more)
{
    for (int side = 0; side < 2; side++) {
        struct world_ring *ring = &w->rings[w->count++];
        *ring = (struct world_ring){ .country = side ? 'O' : 'I', .feature = side };
        for (int i = 0; i < WALK; i++)
            world_add(ring, walk[i], i % (every + side) ? 1 : 1 + more);
        world_add(ring, (incmap_coord){ side ? 47 : 53, walk[WALK - 1].lon }, 1);
        world_add(ring, (incmap_coord){ side ? 47 : 53, walk[0].lon }, 1);
    }
}

/* The northern country in two features, divided between the middle of the walk and a corner. */
static inline void world_cut(struct world *w, const incmap_coord walk[WALK])
{
    const incmap_coord corners[] = { { 53, walk[WALK - 1].lon }, { 53, walk[0].lon } };
    struct world_ring *west = &w->rings[0], *south, *east;

    world_two_sides(w, walk, 1000, 0);
    south = &w->rings[1];
    east = &w->rings[w->count++];
    south->feature = 2;
    *west = (struct world_ring){ .country = 'I', .feature = 0 };
    *east = (struct world_ring){ .country = 'I', .feature = 3 };
    for (int i = 0; i <= WALK / 2; i++)
        world_add(west, walk[i], 1);
    world_add(west, corners[1], 1);
    for (int i = WALK / 2; i < WALK; i++)
        world_add(east, walk[i], 1);
    world_add(east, corners[0], 1);
    world_add(east, corners[1], 1);
}

enum { CIRCLE = 150 };

/* What all vertices of the circle are as far from. */
static inline incmap_coord world_circle_centre(void)
{
    return (incmap_coord){ 47, 12 };
}

/* A round enclave, all of whose edges are as near to its middle. */
static inline void world_circle(struct world *w)
{
    const incmap_coord c = world_circle_centre();
    struct world_ring *in = &w->rings[0], *around = &w->rings[1], *hole = &w->rings[2];

    *in = (struct world_ring){ .country = 'I', .feature = 0 };
    *around = (struct world_ring){ .country = 'O', .feature = 1 };
    *hole = (struct world_ring){ .country = 'O', .feature = 1, .hole = true };
    for (int i = 0; i < CIRCLE; i++) {
        const incmap_coord v = incmap__geodesic_direct(c, 360.0 * i / CIRCLE, 30e3, NULL);
        world_add(in, v, 1);
        world_add(hole, v, 1);
    }
    for (int i = 0; i < 4; i++)
        world_add(around, incmap__geodesic_direct(c, 45 + 90.0 * i, 200e3, NULL), 1);
    w->count = 3;
}

static inline const struct world *worlds(void)
{
    static struct world all[WORLDS];
    static bool made;
    if (!made) {
        const size_t n = sizeof plain_worlds / sizeof *plain_worlds;
        incmap_coord walk[WALK];
        made = true;
        memcpy(all, plain_worlds, sizeof plain_worlds);
        world_walk(walk);
        all[n] = (struct world){ .file = "random", .why = "a random walk" };
        world_two_sides(&all[n], walk, 1000, 0);
        all[n + 1] = (struct world){ .file = "repeated", .why = "edges of no length" };
        world_two_sides(&all[n + 1], walk, 3, 1);
        all[n + 2] = (struct world){ .file = "pieces", .why = "a country in two features" };
        world_cut(&all[n + 2], walk);
        all[n + 3] = (struct world){ .file = "circle", .why = "a round enclave" };
        world_circle(&all[n + 3]);
    }
    return all;
}

static inline size_t world_count(void)
{
    return WORLDS;
}

static inline const struct world *world_get(size_t i)
{
    return &worlds()[i];
}

static inline const struct world *world_named(const char *file)
{
    size_t i = 0;
    while (i < WORLDS && strcmp(worlds()[i].file, file) != 0)
        i++;
    ck_assert_uint_lt(i, WORLDS);
    return world_get(i);
}

/* Whether a ring runs clockwise in the plane of lon and lat. */
static inline bool world_is_clockwise(const struct world_ring *ring)
{
    double twice = 0, x = 0;
    for (size_t i = 0; i < ring->n; i++) {
        const incmap_coord a = ring->v[i], b = ring->v[(i + 1) % ring->n];
        const double next =
            x + (fabs(b.lon - a.lon) == 360 ? b.lon - a.lon : remainder(b.lon - a.lon, 360));
        twice += x * b.lat - next * a.lat;
        x = next;
    }
    return twice < 0;
}

/* Closes the ring at points + used, outer rings clockwise; returns how many vertices that makes. */
static inline size_t world_lay(const struct world_ring *ring, incmap_coord points[])
{
    const bool forward = world_is_clockwise(ring) != ring->hole;
    for (size_t i = 0; i <= ring->n; i++)
        points[i] = ring->v[(forward ? i : ring->n - i) % ring->n];
    return ring->n + 1;
}

/* A shapefile of the world at `base`, codes "I" and "O" in field A3, a feature for each number. */
static inline void world_write(const struct world *w, const char *base)
{
    const incmap_allocator a = incmap__allocator_default();
    const incmap__field field = { "A3", INCMAP__FIELD_TEXT, 1, 0 };
    incmap__shapewriter *file = NULL;

    ck_assert_int_eq(shapes_open(&file, base, INCMAP__SHAPE_POLYGON, &field, 1, "", &a, NULL),
                     INCMAP_OK);
    for (size_t k = 0; k < w->count;) {
        const char code[2] = { w->rings[k].country, '\0' };
        const int feature = w->rings[k].feature;
        incmap_coord points[WORLD_RINGS * (WORLD_VERTICES + 1)];
        size_t starts[WORLD_RINGS + 1] = { 0 };
        incmap__shape shape = { .type = INCMAP__SHAPE_POLYGON,
                                .points = points,
                                .part_starts = starts };
        for (; k < w->count && w->rings[k].feature == feature; k++) {
            shape.point_count += world_lay(&w->rings[k], points + shape.point_count);
            starts[++shape.part_count] = shape.point_count;
        }
        const incmap__cell cell = cell_of(code);
        ck_assert_int_eq(incmap__shapewriter_add(file, &shape, &cell, NULL), INCMAP_OK);
    }
    ck_assert_int_eq(incmap__shapewriter_close(file, NULL), INCMAP_OK);
}

/* A vertex of the border, anywhere in it. */
static inline incmap_coord world_vertex(test_random *r, const incmap_border *b, incmap_coord *next)
{
    const size_t line = random_bits(r) % incmap_border_line_count(b);
    const size_t n = incmap_border_line_vertices(b, line, NULL, 0), i = random_bits(r) % (n - 1);
    incmap_coord *v = malloc(n * sizeof *v), at;

    ck_assert_ptr_nonnull(v);
    incmap_border_line_vertices(b, line, v, n);
    at = v[i];
    *next = v[i + 1];
    free(v);
    return at;
}

/* A point of the kind i: on a vertex, on an edge, off it by a micrometre to a thousand kilometres, at
 * the antipode, a turn on, or anywhere. */
static inline incmap_coord world_point(test_random *r, const incmap_border *b, int i)
{
    incmap_coord next, v = world_vertex(r, b, &next), p = v;
    double length, azimuth;

    incmap__geodesic_inverse(v, next, &length, &azimuth, NULL);
    switch (i % 8) {
    case 0: break;
    case 1:
    case 2:
    case 3:
        p = incmap__geodesic_direct(v, azimuth, random_between(r, 0, length), &azimuth);
        if (i % 8 > 1)
            p = incmap__geodesic_direct(p, azimuth + (random_bits(r) & 1 ? 90 : -90),
                                        random_log(r, 1e-6, 1e5), NULL);
        break;
    case 4:
        p = incmap__geodesic_direct(v, random_between(r, 0, 360), random_log(r, 1e-3, 1e6), NULL);
        break;
    case 5:
        p = (incmap_coord){ -v.lat, v.lon + (v.lon > 0 ? -180 : 180) };
        p = incmap__geodesic_direct(p, random_between(r, 0, 360), random_log(r, 1, 1e5), NULL);
        break;
    case 6:
        p = incmap__geodesic_direct(v, random_between(r, 0, 360), random_log(r, 10, 2e6), NULL);
        p.lon += 360;
        break;
    default: p = random_coord(r); break;
    }
    return p;
}

#endif
