/* SPDX-License-Identifier: MIT */
/* How a depth's cost grows with the number of edges and with the distance, how much memory a border takes, and
 * how long B2 takes from its shapefile. border_scaling COUNTRIES.shp [POINTS]
 *
 * border_scaling --work EDGES POINTS measures points 1 km and 100 km off once, many at a time and one by one,
 * for border_work.py, which has instructions and what misses the caches counted.
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

enum { OFFS = sizeof offs / sizeof *offs, SIZES = 3 };

static const size_t sizes[SIZES] = { 10000, 100000, 1000000 };

/* Of one coast at one distance, ns. */
struct costs {
    double many, single;
};

/* What all of it works with. */
struct bench {
    incmap_coord *points;
    incmap_depth *out;
    size_t n;
    double inverse;
};

/* A border and the memory that it takes. */
struct weighed {
    struct counted memory;
    incmap_ctx *ctx;
    incmap_border *border;
    size_t bare, prepared; /* bytes, without and with the grid of sides */
};

static void unweigh(struct weighed *w)
{
    incmap_border_free(w->border);
    incmap_ctx_free(w->ctx);
}

/* B1 and B2, or a coast of so many edges. */
static incmap_border *make(incmap_ctx *ctx, const char *countries, size_t edges)
{
    if (edges) return coast(ctx, edges);
    return countries ? border_sets_b2(ctx, countries) : border_sets_b1(ctx);
}

static bool weigh(struct weighed *w, const char *countries, size_t edges)
{
    incmap_ctx_options options = INCMAP_CTX_OPTIONS_INIT;
    size_t before;

    *w = (struct weighed){ .ctx = NULL };
    options.allocator =
        (incmap_allocator){ counted_alloc, counted_realloc, counted_free, &w->memory };
    if (incmap_ctx_new(&options, &w->ctx)) return false;
    before = w->memory.now;
    w->border = make(w->ctx, countries, edges);
    w->bare = w->memory.now - before;
    if (!w->border || incmap_border_prepare(w->ctx, w->border)) return false;
    w->prepared = w->memory.now - before;
    return true;
}

/* What an outline takes: heads of its runs, and its vertices where they are not packed. */
static size_t outline_bytes(const incmap__outline *o)
{
    const size_t each = o->vertices ? sizeof *o->vertices : o->steps ? sizeof *o->steps : 0;
    return (o->run_count + incmap__outline_group_count(o)) * sizeof *o->runs +
           o->ring_count * sizeof *o->rings + (o->edge_count + o->ring_count) * each;
}

/* Coordinates are 16 bytes a vertex. The default border's outlines lie packed in the program, but the heads of
 * their runs and what the grid holds of them are memory that a user of the border pays for. */
static bool print_memory(const char *name, const char *countries, size_t edges)
{
    struct weighed w;
    const bool good = weigh(&w, countries, edges);

    if (good) {
        const incmap_border *b = w.border;
        const double n = (double)b->vertex_count;
        const size_t outlines = b->inside.edge_count + b->outside.edge_count;
        const size_t bytes = outline_bytes(&b->inside) + outline_bytes(&b->outside);
        printf("%-6s %8zu %9zu  %8.1f %9.1f %7.1f %8.1f  %12.1f\n", name, b->vertex_count, outlines,
               (double)(w.bare - bytes) / n - 16, (double)bytes / n,
               (double)(w.prepared - w.bare) / n, (double)w.prepared / n - 16,
               (double)w.prepared / (n + (double)outlines));
    }
    unweigh(&w);
    return good;
}

static bool memory(const char *countries)
{
    puts("\n            edges of        bytes an edge of the lines beyond its coordinates   bytes "
         "an edge\n"
         "          lines  outlines     lines  outlines   grids      all   of all edges");
    return print_memory("B1", NULL, 0) && print_memory("B2", countries, 0) &&
           print_memory("coast", NULL, sizes[0]) && print_memory("coast", NULL, sizes[1]) &&
           print_memory("coast", NULL, sizes[2]);
}

static bool time_coast(struct bench *t, size_t edges, struct costs costs[OFFS])
{
    struct weighed w;
    const bool good = weigh(&w, NULL, edges);

    for (int k = 0; good && k < OFFS; k++) {
        const size_t n = t->n / offs[k].share;
        points_off(w.border, offs[k].metres, n, t->points);
        costs[k].many = many_ns(w.ctx, w.border, t->points, n, t->out);
        costs[k].single = single_ns(w.ctx, w.border, t->points, n, t->out);
    }
    unweigh(&w);
    return good;
}

static void print_coasts(const struct bench *t, struct costs costs[SIZES][OFFS])
{
    const struct costs *first = costs[0], *last = costs[SIZES - 1];

    for (int k = 0; k < OFFS; k++) {
        for (int i = 0; i < SIZES; i++)
            printf("%-10s %8zu     %7.0f %5.2f     %7.0f %5.2f\n", i ? "" : offs[k].name, sizes[i],
                   costs[i][k].many, costs[i][k].many / t->inverse, costs[i][k].single,
                   costs[i][k].single / t->inverse);
        printf("           growth           x %5.2f           x %5.2f\n",
               last[k].many / first[k].many, last[k].single / first[k].single);
    }
}

static bool coasts(struct bench *t)
{
    struct costs costs[SIZES][OFFS];

    for (int i = 0; i < SIZES; i++)
        if (!time_coast(t, sizes[i], costs[i])) return false;
    puts("\ndistance      edges     measure_many     measure, one by one\n"
         "                          ns  ratio          ns  ratio");
    print_coasts(t, costs);
    puts("(growth with the logarithm of the edges would be x 1.50, with the edges x 100)");
    return true;
}

/* ---- work, counted from outside ---- */

/* A function of its own, so that a counter can tell when it begins and ends. */
#if defined(__GNUC__)
__attribute__((noinline))
#endif
bool bench_step(incmap_ctx *ctx, const incmap_border *b, const struct bench *t, bool many);

bool bench_step(incmap_ctx *ctx, const incmap_border *b, const struct bench *t, bool many)
{
    return (many ? many_once(ctx, b, t->points, t->n, t->out)
                 : single_once(ctx, b, t->points, t->n, t->out)) > 0;
}

static bool work(const struct bench *t, size_t edges)
{
    struct weighed w;
    bool good = weigh(&w, NULL, edges);

    for (int k = 0; good && k < 2; k++) {
        points_off(w.border, offs[k].metres, t->n, t->points);
        good = bench_step(w.ctx, w.border, t, true) && bench_step(w.ctx, w.border, t, false);
    }
    unweigh(&w);
    return good;
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

/* From the file, warm in the disk cache, to a border that can be asked: by the clock on the wall, which a
 * machine with other work moves on, and of the processor alone. */
static double build_ms(incmap_ctx *ctx, const char *path, double *processor_ms)
{
    double rounds[ROUNDS], alone[ROUNDS];
    for (int k = 0; k < ROUNDS; k++) {
        const double start = wall_ns(), begun = now_ns();
        incmap__outline o;
        incmap_border *b;
        if (incmap__outline_load(&o, path, "A3", "RUS", &ctx->allocator, &ctx->error)) return NAN;
        b = border_sets_rings(ctx, &o, "B2");
        rounds[k] = (wall_ns() - start) / 1e6;
        alone[k] = (now_ns() - begun) / 1e6;
        if (!b) return NAN;
        incmap_border_free(b);
    }
    *processor_ms = median(alone, ROUNDS);
    return median(rounds, ROUNDS);
}

static bool building(incmap_ctx *ctx, const char *countries)
{
    static const char *const ends[] = { ".shp", ".shx", ".dbf", ".prj", ".cpg" };
    char folder[] = "/tmp/incmap-bench-XXXXXX", base[64], path[80];
    bool good = mkdtemp(folder) != NULL;
    double ms, alone = NAN;

    (void)snprintf(base, sizeof base, "%s/b2", folder);
    good = good && write_rings(base, countries, &ctx->error);
    ms = good ? build_ms(ctx, base, &alone) : NAN;
    if (good)
        printf("B2 from its shapefile: %.1f ms, %.1f of the processor (goal 80)\n", ms, alone);
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        (void)snprintf(path, sizeof path, "%s%s", base, ends[i]);
        (void)unlink(path);
    }
    (void)rmdir(folder);
    return good;
}

static bool tables(struct bench *t, const char *countries)
{
    incmap_coord *p1 = malloc((t->n + 1) * sizeof *p1);
    incmap_ctx *ctx = NULL;
    incmap_border *b1 = NULL;
    bool good = p1 && !incmap_ctx_new(NULL, &ctx) && (b1 = border_sets_b1(ctx));

    if (good) {
        border_sets_points(b1, t->n, p1, t->points);
        t->inverse = inverse_ns(p1, t->n < 100000 ? t->n : 100000);
        printf(
            "one geod_inverse: %.0f ns; medians of %d rounds, %zu points (fewer of them far off)\n",
            t->inverse, ROUNDS, t->n);
        good = building(ctx, countries) && memory(countries) && coasts(t);
    }
    incmap_border_free(b1);
    incmap_ctx_free(ctx);
    free(p1);
    return good;
}

int main(int argc, char **argv)
{
    const bool counted = argc == 4 && strcmp(argv[1], "--work") == 0;
    struct bench t = { .n = argc > 2 ? strtoul(argv[argc - 1], NULL, 10) : 200000 };
    bool good = argc > 1 && t.n;

    t.points = malloc((t.n + 1) * sizeof *t.points);
    t.out = malloc((t.n + 1) * sizeof *t.out);
    good = good && t.points && t.out &&
           (counted ? work(&t, strtoul(argv[2], NULL, 10)) : tables(&t, argv[1]));
    free(t.points);
    free(t.out);
    if (!good)
        fputs("usage: border_scaling COUNTRIES.shp [POINTS]\n"
              "       border_scaling --work EDGES POINTS\n",
              stderr);
    return good ? EXIT_SUCCESS : EXIT_FAILURE;
}
