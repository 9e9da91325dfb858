/* SPDX-License-Identifier: MIT */
/* How a depth's cost grows with the number of edges and with the distance, how much memory a border
 * takes, and how long B2 takes from its shapefile. border_scaling COUNTRIES.shp [POINTS]
 *
 * The coasts are synthetic and seeded: a ring around a centre whose radius wavers on every scale down
 * to that of its edges, as coasts do, with 10 thousand, 100 thousand and 1 million edges. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/context.h"
#include "border_sets.h"
#include "border_timing.h"
#include "geodesy/border.h"
#include "random.h"
#include "shapes_made.h"

/* ---- memory, counted where the library asks for it ---- */

struct counted {
    size_t now, most;
};

enum { HEAD = 32 }; /* before each block, for its size; keeps any alignment */

static void take(struct counted *c, size_t old, size_t size)
{
    c->now += size - old;
    if (c->now > c->most) c->most = c->now;
}

static void *counted_realloc(void *user, void *old, size_t size)
{
    char *block = old ? (char *)old - HEAD : NULL;
    size_t before = 0;
    if (block) memcpy(&before, block, sizeof before);
    block = realloc(block, size + HEAD);
    if (!block) return NULL;
    memcpy(block, &size, sizeof size);
    take(user, before, size);
    return block + HEAD;
}

static void *counted_alloc(void *user, size_t size)
{
    return counted_realloc(user, NULL, size);
}

static void counted_free(void *user, void *block)
{
    struct counted *c = user;
    size_t size;
    if (!block) return;
    memcpy(&size, (char *)block - HEAD, sizeof size);
    c->now -= size;
    free((char *)block - HEAD);
}

/* ---- a coast ---- */

/* Noise in [-1, 1] with period 1, smooth between `steps` random values. */
static double noise(double t, size_t steps, uint64_t seed)
{
    const double x = t * (double)steps, part = x - floor(x);
    test_random a = { seed * 1000003 + (size_t)x % steps };
    test_random b = { seed * 1000003 + ((size_t)x + 1) % steps };
    const double from = random_between(&a, -1, 1), to = random_between(&b, -1, 1);
    return from + (to - from) * part * part * (3 - 2 * part);
}

/* Every octave is half as wide and six tenths as high: edges turn by some 45 degrees at any length. */
static double coast_radius(double t, size_t edges)
{
    double radius = 1.5e6, high = 3e5;
    uint64_t seed = 1;
    for (size_t steps = 8; steps < edges; steps *= 2, high *= 0.6, seed++)
        radius += high * noise(t, steps, seed);
    return radius;
}

static incmap_border *coast(incmap_ctx *ctx, size_t edges)
{
    const incmap_coord centre = { 50, 60 };
    const size_t starts[2] = { 0, edges };
    incmap_coord *v = malloc(edges * sizeof *v);
    incmap_border *border = NULL;
    incmap__outline outline = { .ring_count = 0 };

    for (size_t i = 0; v && i < edges; i++) {
        const double t = (double)i / (double)edges;
        v[i] = incmap__geodesic_direct(centre, 360 * t, coast_radius(t, edges), NULL);
    }
    if (v && !incmap__outline_build(&outline, v, starts, 1, &ctx->allocator, &ctx->error))
        border = border_sets_rings(ctx, &outline, "coast");
    incmap__outline_free(&outline);
    free(v);
    return border;
}

/* Points some way off vertices: a tenth to twice the distance, in any direction. */
static void points_off(const incmap_border *b, double metres, size_t n, incmap_coord out[])
{
    test_random r = { 77 };
    for (size_t i = 0; i < n; i++) {
        const incmap_coord v = b->vertices[random_bits(&r) % b->vertex_count];
        out[i] = incmap__geodesic_direct(v, random_between(&r, 0, 360),
                                         metres * random_between(&r, 0.1, 2), NULL);
    }
}

/* ---- tables ---- */

static const struct {
    const char *name;
    double metres;
    size_t share; /* of the points: the far ones are slower */
} offs[] = {
    { "1 km", 1e3, 1 }, { "100 km", 1e5, 1 }, { "1,000 km", 1e6, 2 }, { "10,000 km", 9e6, 10 }
};

enum { OFFS = sizeof offs / sizeof *offs };

static bool time_coast(size_t edges, size_t n, incmap_coord points[], incmap_depth out[],
                       double inverse, double many[OFFS])
{
    struct counted memory = { 0, 0 };
    incmap_ctx_options options = INCMAP_CTX_OPTIONS_INIT;
    incmap_ctx *ctx = NULL;
    incmap_border *b = NULL;
    size_t before, border;

    options.allocator = (incmap_allocator){ counted_alloc, counted_realloc, counted_free, &memory };
    if (incmap_ctx_new(&options, &ctx)) return false;
    before = memory.now;
    b = coast(ctx, edges);
    border = memory.now - before;
    if (!b || incmap_border_prepare(ctx, b)) return false;
    printf("%8zu  %9.1f  %9.1f ", edges, (double)border / (double)edges - 16,
           (double)(memory.now - before - border) / (double)edges);
    for (int k = 0; k < OFFS; k++) {
        points_off(b, offs[k].metres, n / offs[k].share, points);
        many[k] = many_ns(ctx, b, points, n / offs[k].share, out);
        printf("  %7.0f %5.2f", many[k], many[k] / inverse);
    }
    putchar('\n');
    incmap_border_free(b);
    incmap_ctx_free(ctx);
    return true;
}

static bool coasts(size_t n, incmap_coord points[], incmap_depth out[], double inverse)
{
    static const size_t edges[] = { 10000, 100000, 1000000 };
    double many[3][OFFS];

    puts(
        "\n            bytes an edge beyond     measure_many by the distance of the points, ns and "
        "ratio to geod_inverse\n   edges  coordinates  its grid");
    for (int k = 0; k < OFFS; k++)
        printf("%s%14s", k ? "" : "                                ", offs[k].name);
    putchar('\n');
    for (int i = 0; i < 3; i++)
        if (!time_coast(edges[i], n, points, out, inverse, many[i])) return false;
    printf("a hundred times the edges, times         ");
    for (int k = 0; k < OFFS; k++)
        printf("%14.2f", many[2][k] / many[0][k]);
    puts("\n(growth with the logarithm would be 1.50, with the edges 100)");
    return true;
}

/* B2 as a shapefile at `base`. */
static bool write_rings(const char *base, const char *countries, incmap_error *err)
{
    const incmap_allocator a = incmap__allocator_default();
    const incmap__field field = { "A3", INCMAP__FIELD_TEXT, 3, 0 };
    const incmap__cell code = cell_of("RUS");
    incmap__shape shape = { .type = INCMAP__SHAPE_POLYGON };
    incmap__shapewriter *w = NULL;
    incmap__outline o = { .ring_count = 0 };
    incmap_coord *points = NULL;
    size_t *starts = NULL;
    bool good = border_sets_outline(&o, countries, &a, err);

    if (good) points = malloc((o.edge_count + o.ring_count) * sizeof *points);
    if (good) starts = calloc(o.ring_count + 1, sizeof *starts);
    for (size_t i = 0; points && starts && i < o.ring_count; i++) {
        incmap__outline_copy(&o, i, 0, o.rings[i].edges, points + starts[i]);
        starts[i + 1] = starts[i] + o.rings[i].edges + 1;
    }
    if (points && starts) {
        shape.points = points;
        shape.part_starts = starts;
        shape.part_count = o.ring_count;
        shape.point_count = starts[o.ring_count];
        good = !shapes_open(&w, base, shape.type, &field, 1, "", &a, err) &&
               !incmap__shapewriter_add(w, &shape, &code, err);
        good = !incmap__shapewriter_close(w, err) && good;
    }
    if (good) incmap__outline_free(&o);
    free(points);
    free(starts);
    return good && points && starts;
}

/* From the file, warm in the disk cache, to a border that can be asked. */
static double build_ms(incmap_ctx *ctx, const char *path)
{
    double rounds[ROUNDS];
    for (int k = 0; k < ROUNDS; k++) {
        const double start = wall_ns();
        incmap__outline o;
        incmap_border *b;
        if (incmap__outline_load(&o, path, "A3", "RUS", &ctx->allocator, &ctx->error)) return NAN;
        b = border_sets_rings(ctx, &o, "B2");
        rounds[k] = (wall_ns() - start) / 1e6;
        if (!b) return NAN;
        incmap_border_free(b);
    }
    return median(rounds, ROUNDS);
}

static bool building(incmap_ctx *ctx, const char *countries)
{
    static const char *const ends[] = { ".shp", ".shx", ".dbf", ".prj", ".cpg" };
    char folder[] = "/tmp/incmap-bench-XXXXXX", base[64], path[80];
    bool good = mkdtemp(folder) != NULL;

    (void)snprintf(base, sizeof base, "%s/b2", folder);
    good = good && write_rings(base, countries, &ctx->error);
    if (good) printf("B2 from its shapefile: %.1f ms (goal 80)\n", build_ms(ctx, base));
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        (void)snprintf(path, sizeof path, "%s%s", base, ends[i]);
        (void)unlink(path);
    }
    (void)rmdir(folder);
    return good;
}

int main(int argc, char **argv)
{
    const size_t n = argc > 2 ? strtoul(argv[2], NULL, 10) : 200000;
    incmap_coord *points = malloc((n + 1) * sizeof *points), *p1 = malloc((n + 1) * sizeof *p1);
    incmap_depth *out = malloc((n + 1) * sizeof *out);
    incmap_ctx *ctx = NULL;
    incmap_border *b1 = NULL;
    int status = EXIT_FAILURE;

    if (argc < 2 || !n || !points || !p1 || !out || incmap_ctx_new(NULL, &ctx) ||
        !(b1 = border_sets_b1(ctx))) {
        fputs("usage: border_scaling COUNTRIES.shp [POINTS]\n", stderr);
        goto done;
    }
    border_sets_points(b1, n, p1, points);
    const double inverse = inverse_ns(ctx, p1, n < 100000 ? n : 100000);
    printf("one geod_inverse: %.0f ns; medians of %d rounds, %zu points (fewer of them far off)\n",
           inverse, ROUNDS, n);
    if (building(ctx, argv[1]) && coasts(n, points, out, inverse))
        status = EXIT_SUCCESS;
    else
        fprintf(stderr, "border_scaling: %s\n", incmap_ctx_message(ctx));

done:
    incmap_border_free(b1);
    incmap_ctx_free(ctx);
    free(points);
    free(p1);
    free(out);
    return status;
}
