/* SPDX-License-Identifier: MIT */
/* How long a belt along the default border takes and how far its edge strays, beside GEOS's buffer in one
 * conic plane, which is what a GIS does by hand. zone_speed prints rows as zone_speed.py reads them;
 * zone_speed --line writes the border as WKT, for peers that are programs of their own; zone_speed
 * --judge METRES FILE prints how far the edge of their polygon, WKT as well, strays from that distance. */
#include <incmap/builtin.h>
#include <incmap/zone.h>

#include <geos_c.h>
#include <math.h>
#include <proj.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "geodesy/border.h"
#include "timing.h"

enum { ROUNDS = 5, SAMPLES = 8 };

/* What is left of one zone: how far its edge strays, and how many vertices that took. */
struct judged {
    double least_m, most_m;
    size_t vertices;
};

static void judge_edge(const incmap_border *b, incmap_coord from, incmap_coord to,
                       double distance_m, struct judged *j)
{
    static size_t hint;
    for (int i = 0; i < SAMPLES; i++) {
        const double part = (double)i / SAMPLES;
        const incmap_coord p = { from.lat + part * (to.lat - from.lat),
                                 from.lon + part * (to.lon - from.lon) };
        const incmap__nearest_edge n = incmap__edge_index_nearest(&b->index, p, hint);
        hint = n.edge;
        j->least_m = fmin(j->least_m, n.foot.distance_m - distance_m);
        j->most_m = fmax(j->most_m, n.foot.distance_m - distance_m);
    }
    j->vertices++;
}

static struct judged judge_zone(const incmap_border *b, const incmap_zone *z, double distance_m)
{
    struct judged j = { 0, 0, 0 };
    for (size_t part = 0; part < incmap_zone_part_count(z); part++)
        for (size_t ring = 0; ring < incmap_zone_ring_count(z, part); ring++) {
            size_t n;
            const incmap_coord *v = incmap_zone_ring(z, part, ring, &n);
            for (size_t i = 0; i + 1 < n; i++)
                judge_edge(b, v[i], v[i + 1], distance_m, &j);
        }
    return j;
}

/* distance, who, ms, vertices, least and most of the error; NaN: not looked at. */
static void row(const char *what, const char *who, double ms, const struct judged *j)
{
    printf("%s\t%s\t%.6g\t%zu\t%.6g\t%.6g\n", what, who, ms, j->vertices, j->least_m, j->most_m);
    (void)fflush(stdout);
}

static bool time_belt(incmap_ctx *ctx, const incmap_border *b, double inner_m, double outer_m,
                      incmap_side side, const char *what)
{
    incmap_zone_options options = INCMAP_ZONE_OPTIONS_INIT;
    double rounds[ROUNDS];
    incmap_zone *z = NULL;
    struct judged j = { 0, 0, 0 };

    options.side = side;
    for (int i = 0; i < ROUNDS; i++) {
        const double start = now_ns();
        incmap_zone_free(z);
        z = NULL;
        if (incmap_zone_belt(ctx, b, inner_m, outer_m, &options, &z)) return false;
        rounds[i] = (now_ns() - start) / 1e6;
    }
    /* The edge of a belt on one side runs along the border too, and that of a ring has two distances. */
    if (inner_m == 0 && side == INCMAP_SIDE_UNKNOWN) {
        j = judge_zone(b, z, outer_m);
    } else {
        for (size_t p = 0; p < incmap_zone_part_count(z); p++)
            for (size_t r = 0; r < incmap_zone_ring_count(z, p); r++) {
                size_t n;
                (void)incmap_zone_ring(z, p, r, &n);
                j.vertices += n - 1;
            }
        j.least_m = j.most_m = NAN;
    }
    row(what, "incmap", median(rounds, ROUNDS), &j);
    incmap_zone_free(z);
    return true;
}

/* ---- GEOS in one plane ---- */

/* A transformation that an ellipsoid's normal latitudes and longitudes go into, and come out of. */
static PJ *conic(PJ_CONTEXT *proj)
{
    PJ *raw = proj_create_crs_to_crs(proj, "OGC:CRS84",
                                     "+proj=lcc +lat_1=47 +lat_2=52 +lon_0=36 +ellps=WGS84 "
                                     "+type=crs",
                                     NULL);
    PJ *normal = raw ? proj_normalize_for_visualization(proj, raw) : NULL;
    (void)proj_destroy(raw);
    return normal;
}

static GEOSGeometry *lines_in(GEOSContextHandle_t geos, const incmap_border *b, PJ *plane)
{
    GEOSGeometry **lines = calloc(b->line_count, sizeof(GEOSGeometry *)), *all;
    for (size_t i = 0; lines && i < b->line_count; i++) {
        const incmap_coord *v = b->vertices + b->lines[i].first;
        const unsigned n = (unsigned)b->lines[i].info.vertices;
        GEOSCoordSequence *s = GEOSCoordSeq_create_r(geos, n, 2);
        for (unsigned k = 0; k < n; k++) {
            const PJ_COORD c = proj_trans(plane, PJ_FWD, proj_coord(v[k].lon, v[k].lat, 0, 0));
            (void)GEOSCoordSeq_setXY_r(geos, s, k, c.xy.x, c.xy.y);
        }
        lines[i] = GEOSGeom_createLineString_r(geos, s);
    }
    all = lines ? GEOSGeom_createCollection_r(geos, GEOS_MULTILINESTRING, lines,
                                              (unsigned)b->line_count)
                : NULL;
    free(lines);
    return all;
}

/* The ring back on the ellipsoid; judged when b is given. */
static void back(GEOSContextHandle_t geos, const GEOSGeometry *ring, PJ *plane,
                 const incmap_border *b, double distance_m, struct judged *j)
{
    const GEOSCoordSequence *s = GEOSGeom_getCoordSeq_r(geos, ring);
    incmap_coord last = { 0, 0 };
    unsigned n = 0;

    (void)GEOSCoordSeq_getSize_r(geos, s, &n);
    for (unsigned i = 0; i < n; i++) {
        PJ_COORD c = proj_coord(0, 0, 0, 0);
        (void)GEOSCoordSeq_getXY_r(geos, s, i, &c.xy.x, &c.xy.y);
        c = proj_trans(plane, PJ_INV, c);
        if (b && i) judge_edge(b, last, (incmap_coord){ c.xy.y, c.xy.x }, distance_m, j);
        last = (incmap_coord){ c.xy.y, c.xy.x };
    }
}

static void rings_back(GEOSContextHandle_t geos, const GEOSGeometry *g, PJ *plane,
                       const incmap_border *b, double distance_m, struct judged *j)
{
    for (int p = 0; p < GEOSGetNumGeometries_r(geos, g); p++) {
        const GEOSGeometry *part = GEOSGetGeometryN_r(geos, g, p);
        back(geos, GEOSGetExteriorRing_r(geos, part), plane, b, distance_m, j);
        for (int i = 0; i < GEOSGetNumInteriorRings_r(geos, part); i++)
            back(geos, GEOSGetInteriorRingN_r(geos, part, i), plane, b, distance_m, j);
    }
}

/* Arcs in so many parts of a quarter that they stray no more than incmap's 0.3 m. */
static int quarter(double distance_m)
{
    return (int)ceil(1.5707963267948966 / (2 * acos(1 - 0.3 / distance_m)));
}

static void time_geos(const incmap_border *b, double distance_m, const char *what)
{
    GEOSContextHandle_t geos = GEOS_init_r();
    PJ_CONTEXT *proj = proj_context_create();
    PJ *plane = conic(proj);
    struct judged j = { 0, 0, 0 };
    double rounds[ROUNDS];

    for (int i = 0; plane && i < ROUNDS; i++) {
        const double start = now_ns();
        GEOSGeometry *lines = lines_in(geos, b, plane);
        GEOSGeometry *buffer = GEOSBuffer_r(geos, lines, distance_m, quarter(distance_m));
        rings_back(geos, buffer, plane, NULL, 0, NULL);
        rounds[i] = (now_ns() - start) / 1e6;
        if (i == 0) rings_back(geos, buffer, plane, b, distance_m, &j);
        GEOSGeom_destroy_r(geos, buffer);
        GEOSGeom_destroy_r(geos, lines);
    }
    if (plane) row(what, "GEOS, one conic plane", median(rounds, ROUNDS), &j);
    (void)proj_destroy(plane);
    (void)proj_context_destroy(proj);
    GEOS_finish_r(geos);
}

/* ---- WKT ---- */

static void write_line(const incmap_border *b)
{
    printf("MULTILINESTRING(");
    for (size_t line = 0; line < b->line_count; line++) {
        const incmap_coord *v = b->vertices + b->lines[line].first;
        for (size_t i = 0; i < b->lines[line].info.vertices; i++)
            printf("%s%.9f %.9f", i ? "," : line ? "),(" : "(", v[i].lon, v[i].lat);
    }
    printf("))\n");
}

/* Every ring of a text of polygons: numbers two by two, a bracket between two rings. */
static int judge_file(const incmap_border *b, double distance_m, const char *path)
{
    struct judged j = { 0, 0, 0 };
    FILE *f = fopen(path, "r");
    incmap_coord last = { 0, 0 }, at;
    bool any = false;
    int c;

    if (!f) return EXIT_FAILURE;
    while ((c = fgetc(f)) != EOF) {
        if (c == ')') any = false;
        if ((c < '0' || c > '9') && c != '-') continue;
        (void)ungetc(c, f);
        if (fscanf(f, "%lf %lf", &at.lon, &at.lat) != 2) break;
        if (any) judge_edge(b, last, at, distance_m, &j);
        last = at;
        any = true;
    }
    (void)fclose(f);
    printf("%zu\t%.6g\t%.6g\n", j.vertices, j.least_m, j.most_m);
    return j.vertices ? EXIT_SUCCESS : EXIT_FAILURE;
}

static bool time_all(incmap_ctx *ctx, const incmap_border *b)
{
    static const double distances_m[] = { 1e3, 5e3, 20e3, 50e3 };
    bool good = true;
    for (size_t i = 0; good && i < sizeof distances_m / sizeof distances_m[0]; i++) {
        char what[64];
        (void)snprintf(what, sizeof what, "0 to %.0f km", distances_m[i] / 1e3);
        good = time_belt(ctx, b, 0, distances_m[i], INCMAP_SIDE_UNKNOWN, what);
        time_geos(b, distances_m[i], what);
    }
    return good && time_belt(ctx, b, 0, 5e3, INCMAP_SIDE_INSIDE, "0 to 5 km inside") &&
           time_belt(ctx, b, 5e3, 20e3, INCMAP_SIDE_INSIDE, "5 to 20 km inside") &&
           time_belt(ctx, b, 20e3, 50e3, INCMAP_SIDE_INSIDE, "20 to 50 km inside");
}

int main(int argc, char **argv)
{
    incmap_ctx *ctx = NULL;
    incmap_border *b = NULL;
    int status = EXIT_SUCCESS;

    if (incmap_ctx_new(NULL, &ctx) || incmap_border_builtin(ctx, &b)) return EXIT_FAILURE;
    if (argc == 2 && strcmp(argv[1], "--line") == 0)
        write_line(b);
    else if (argc == 4 && strcmp(argv[1], "--judge") == 0)
        status = judge_file(b, strtod(argv[2], NULL), argv[3]);
    else if (!time_all(ctx, b))
        status = EXIT_FAILURE;
    if (status) fprintf(stderr, "zone_speed: %s\n", incmap_ctx_message(ctx));
    incmap_border_free(b);
    incmap_ctx_free(ctx);
    return status;
}
