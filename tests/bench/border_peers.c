/* SPDX-License-Identifier: MIT */
/* Depths by incmap, one inverse geodesic, and the peer that is nearly always there: GEOS in one conic
 * plane. Prints a row for each, as border_peers.py reads them, and writes borders, points and answers
 * for peers that are programs of their own. border_peers COUNTRIES.shp FOLDER POINTS */
#include <proj.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/context.h"
#include "border_sets.h"
#include "border_timing.h"
#include "geodesy/border.h"

#ifdef INCMAP_BENCH_GEOS
#include <geos_c.h>
#endif

struct bench {
    incmap_ctx *ctx;
    incmap_border *border[2];
    incmap_coord *points[2];
    incmap_depth *answers[2][2]; /* of border, of points */
    size_t n;
};

/* border, points, who, what it answers, ns for the distance, ns for the side (NaN: in the former, or
 * none), largest error in metres. */
static void row(int border, int set, const char *who, const char *what, double ns, double side_ns,
                double error_m)
{
    printf("B%d\tP%d\t%s\t%s\t%.6g\t%.6g\t%.6g\n", border + 1, set + 1, who, what, ns, side_ns,
           error_m);
    (void)fflush(stdout);
}

/* ---- files for peers that are programs of their own; all doubles ---- */

static bool put(FILE *f, double value)
{
    return fwrite(&value, sizeof value, 1, f) == 1;
}

/* Lines of a border: their number, then for each the number of vertices, and lat, lon of each. */
static bool write_lines(const char *folder, int border, const incmap_border *b)
{
    char path[512];
    (void)snprintf(path, sizeof path, "%s/B%d.lines", folder, border + 1);
    FILE *f = fopen(path, "wb");
    bool good = f && put(f, (double)b->line_count);
    for (size_t i = 0; good && i < b->line_count; i++) {
        const incmap_coord *v = b->vertices + b->lines[i].first;
        const size_t n = b->lines[i].info.vertices;
        good = put(f, (double)n) && fwrite(v, sizeof *v, n, f) == n;
    }
    return f && fclose(f) == 0 && good;
}

/* lat, lon, distances from B1 and B2, whether B2's polygon holds it. */
static bool write_points(const struct bench *s, const char *folder, int set)
{
    char path[512];
    (void)snprintf(path, sizeof path, "%s/P%d.points", folder, set + 1);
    FILE *f = fopen(path, "wb");
    bool good = f != NULL;
    for (size_t i = 0; good && i < s->n; i++)
        good = put(f, s->points[set][i].lat) && put(f, s->points[set][i].lon) &&
               put(f, fabs(s->answers[0][set][i].depth_m)) &&
               put(f, fabs(s->answers[1][set][i].depth_m)) &&
               put(f, s->answers[1][set][i].side == INCMAP_SIDE_INSIDE);
    return f && fclose(f) == 0 && good;
}

static bool write_all(const struct bench *s, const char *folder)
{
    bool good = true;
    for (int i = 0; i < 2; i++)
        good = good && write_lines(folder, i, s->border[i]) && write_points(s, folder, i);
    return good;
}

/* ---- incmap and PROJ ---- */

static void time_incmap(struct bench *s)
{
    const size_t few = s->n < 100000 ? s->n : 100000;
    row(0, 0, "PROJ geod_inverse", "one distance between two points: the unit",
        inverse_ns(s->points[0], few), NAN, NAN);
    for (int b = 0; b < 2; b++)
        for (int set = 0; set < 2; set++) {
            const incmap_coord *p = s->points[set];
            incmap_depth *out = s->answers[b][set];
            const char *what = "all: distance, foot, azimuth, along, side, certainty";
            row(b, set, "incmap measure_many", what, many_ns(s->ctx, s->border[b], p, s->n, out),
                NAN, NAN);
            row(b, set, "incmap measure", what, single_ns(s->ctx, s->border[b], p, few, out), NAN,
                NAN);
        }
}

/* ---- GEOS ---- */

#ifdef INCMAP_BENCH_GEOS
struct plane {
    PJ *conic; /* lon, lat in degrees to metres */
    GEOSContextHandle_t geos;
};

static PJ_COORD to_plane(const struct plane *p, incmap_coord c)
{
    return proj_trans(p->conic, PJ_FWD, proj_coord(c.lon, c.lat, 0, 0));
}

static bool plane_open(struct plane *p)
{
    p->conic = proj_create(PJ_DEFAULT_CTX, "+proj=pipeline +step +proj=unitconvert +xy_in=deg "
                                           "+xy_out=rad +step +proj=lcc +lat_1=46 +lat_2=52 "
                                           "+lat_0=49 +lon_0=36 +ellps=WGS84");
    p->geos = GEOS_init_r();
    return p->conic && p->geos;
}

static GEOSCoordSequence *flat(const struct plane *p, const incmap_coord v[], size_t n)
{
    GEOSCoordSequence *s = GEOSCoordSeq_create_r(p->geos, (unsigned)n, 2);
    for (size_t i = 0; i < n; i++) {
        const PJ_COORD c = to_plane(p, v[i]);
        GEOSCoordSeq_setXY_r(p->geos, s, (unsigned)i, c.xy.x, c.xy.y);
    }
    return s;
}

static GEOSGeometry *flat_lines(const struct plane *p, const incmap_border *b)
{
    GEOSGeometry **lines = malloc(b->line_count * sizeof *lines), *all;
    for (size_t i = 0; lines && i < b->line_count; i++)
        lines[i] = GEOSGeom_createLineString_r(
            p->geos, flat(p, b->vertices + b->lines[i].first, b->lines[i].info.vertices));
    all = lines ? GEOSGeom_createCollection_r(p->geos, GEOS_MULTILINESTRING, lines,
                                              (unsigned)b->line_count)
                : NULL;
    free(lines);
    return all;
}

/* B2's polygon: its longest ring with the others as holes. */
static GEOSGeometry *flat_polygon(const struct plane *p, const incmap_border *b2)
{
    GEOSGeometry **rings = malloc(b2->line_count * sizeof *rings), *shell = NULL, *polygon;
    size_t longest = 0, holes = 0;
    for (size_t i = 1; i < b2->line_count; i++)
        if (b2->lines[i].info.vertices > b2->lines[longest].info.vertices) longest = i;
    for (size_t i = 0; rings && i < b2->line_count; i++) {
        GEOSGeometry *ring = GEOSGeom_createLinearRing_r(
            p->geos, flat(p, b2->vertices + b2->lines[i].first, b2->lines[i].info.vertices));
        if (i == longest)
            shell = ring;
        else
            rings[holes++] = ring;
    }
    polygon = shell ? GEOSGeom_createPolygon_r(p->geos, shell, rings, (unsigned)holes) : NULL;
    free(rings);
    return polygon;
}

/* What one point's answer is taken from. */
typedef double ask(const struct plane *p, const GEOSPreparedGeometry *g, incmap_coord at);

static double ask_distance(const struct plane *p, const GEOSPreparedGeometry *g, incmap_coord at)
{
    const PJ_COORD c = to_plane(p, at);
    GEOSGeometry *point = GEOSGeom_createPointFromXY_r(p->geos, c.xy.x, c.xy.y);
    double d = NAN;
    GEOSPreparedDistance_r(p->geos, g, point, &d);
    GEOSGeom_destroy_r(p->geos, point);
    return d;
}

/* The foot in the plane, and the geodesic to it. */
static double ask_foot(const struct plane *p, const GEOSPreparedGeometry *g, incmap_coord at)
{
    const PJ_COORD c = to_plane(p, at);
    GEOSGeometry *point = GEOSGeom_createPointFromXY_r(p->geos, c.xy.x, c.xy.y);
    GEOSCoordSequence *s = GEOSPreparedNearestPoints_r(p->geos, g, point);
    double x = NAN, y = NAN, d;
    PJ_COORD back;
    GEOSCoordSeq_getXY_r(p->geos, s, 0, &x, &y);
    back = proj_trans(p->conic, PJ_INV, proj_coord(x, y, 0, 0));
    incmap__geodesic_inverse(at, (incmap_coord){ back.xy.y, back.xy.x }, &d, NULL, NULL);
    GEOSCoordSeq_destroy_r(p->geos, s);
    GEOSGeom_destroy_r(p->geos, point);
    return d;
}

static double ask_side(const struct plane *p, const GEOSPreparedGeometry *g, incmap_coord at)
{
    const PJ_COORD c = to_plane(p, at);
    GEOSGeometry *point = GEOSGeom_createPointFromXY_r(p->geos, c.xy.x, c.xy.y);
    const bool in = GEOSPreparedContains_r(p->geos, g, point) == 1;
    GEOSGeom_destroy_r(p->geos, point);
    return in;
}

static double ask_ns(const struct plane *p, const GEOSPreparedGeometry *g, ask *question,
                     const incmap_coord at[], size_t n, double answers[])
{
    double rounds[ROUNDS];
    for (int k = 0; k < ROUNDS; k++) {
        const double start = now_ns();
        for (size_t i = 0; i < n; i++)
            answers[i] = question(p, g, at[i]);
        rounds[k] = (now_ns() - start) / (double)n;
    }
    return median(rounds, ROUNDS);
}

static double largest_error(const double answers[], const incmap_depth right[], size_t n)
{
    double most = 0;
    for (size_t i = 0; i < n; i++)
        most = fmax(most, fabs(answers[i] - fabs(right[i].depth_m)));
    return most;
}

static void time_geos_border(struct bench *s, const struct plane *p,
                             const GEOSPreparedGeometry *sides, int b, double answers[])
{
    GEOSGeometry *lines = flat_lines(p, s->border[b]);
    const GEOSPreparedGeometry *g = lines ? GEOSPrepare_r(p->geos, lines) : NULL;
    /* A tenth of the points: enough for a median, and the largest error says so. */
    const size_t n = s->n / 10 + 1;

    for (int set = 0; g && set < 2; set++) {
        const double side = ask_ns(p, sides, ask_side, s->points[set], n, answers);
        double ns = ask_ns(p, g, ask_distance, s->points[set], n, answers);
        row(b, set, "GEOS prepared, conic plane", "distance in the plane; side of one country", ns,
            side, largest_error(answers, s->answers[b][set], n));
        ns = ask_ns(p, g, ask_foot, s->points[set], n, answers);
        row(b, set, "GEOS, and a geodesic at the end", "foot in the plane, then geod_inverse", ns,
            side, largest_error(answers, s->answers[b][set], n));
    }
    GEOSPreparedGeom_destroy_r(p->geos, g);
    GEOSGeom_destroy_r(p->geos, lines);
}

static void time_geos(struct bench *s)
{
    struct plane p;
    double *answers = malloc((s->n + 1) * sizeof *answers);
    if (answers && plane_open(&p)) {
        GEOSGeometry *polygon = flat_polygon(&p, s->border[1]);
        const GEOSPreparedGeometry *sides = GEOSPrepare_r(p.geos, polygon);
        for (int b = 0; b < 2; b++)
            time_geos_border(s, &p, sides, b, answers);
        GEOSPreparedGeom_destroy_r(p.geos, sides);
        GEOSGeom_destroy_r(p.geos, polygon);
        proj_destroy(p.conic);
        GEOS_finish_r(p.geos);
    }
    free(answers);
}
#else
static void time_geos(struct bench *s)
{
    (void)s;
    puts("# GEOS: not here when this was built");
}
#endif

static bool bench_open(struct bench *s, const char *countries, size_t n)
{
    bool good = n && !incmap_ctx_new(NULL, &s->ctx);
    s->n = n;
    for (int i = 0; i < 2; i++) {
        s->points[i] = calloc(n + 1, sizeof **s->points);
        good = good && s->points[i];
        for (int k = 0; k < 2; k++) {
            s->answers[i][k] = calloc(n + 1, sizeof ***s->answers);
            good = good && s->answers[i][k];
        }
    }
    good = good && (s->border[0] = border_sets_b1(s->ctx)) &&
           (s->border[1] = border_sets_b2(s->ctx, countries));
    for (int i = 0; good && i < 2; i++)
        good = !incmap_border_prepare(s->ctx, s->border[i]);
    if (good) border_sets_points(s->border[0], n, s->points[0], s->points[1]);
    return good;
}

static void bench_close(struct bench *s)
{
    for (int i = 0; i < 2; i++) {
        incmap_border_free(s->border[i]);
        free(s->points[i]);
        for (int k = 0; k < 2; k++)
            free(s->answers[i][k]);
    }
    incmap_ctx_free(s->ctx);
}

int main(int argc, char **argv)
{
    struct bench s = { .ctx = NULL };
    const bool good = argc > 3 && bench_open(&s, argv[1], strtoul(argv[3], NULL, 10));
    bool written = false;

    if (good) {
        time_incmap(&s);
        written = write_all(&s, argv[2]);
        time_geos(&s);
    } else {
        fprintf(stderr, "usage: border_peers COUNTRIES.shp FOLDER POINTS\n%s\n",
                s.ctx ? incmap_ctx_message(s.ctx) : "");
    }
    bench_close(&s);
    return written ? EXIT_SUCCESS : EXIT_FAILURE;
}
