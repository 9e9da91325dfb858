/* SPDX-License-Identifier: MIT */
/* The grid gives the outlines' own answers, for points everywhere and on the lines of its cells. */
#include "harness.h"

#include <incmap/builtin.h>

#include <math.h>
#include <stdlib.h>

#include "faulty_tries.h"
#include "geodesy/border.h"
#include "geodesy/side_grid_parts.h"
#include "random.h"

static incmap_allocator libc_memory;

static void setup(void)
{
    libc_memory = incmap__allocator_default();
}

static incmap__outline ring(const incmap_coord points[], size_t n)
{
    const size_t starts[] = { 0, n };
    incmap__outline o;
    ck_assert_int_eq(incmap__outline_build(&o, points, starts, 1, &libc_memory, NULL), INCMAP_OK);
    return o;
}

static void compare(const incmap__side_grid *grid, const incmap__outline *a,
                    const incmap__outline *b, incmap_coord p)
{
    const incmap__sides_at c = incmap__side_grid_at(grid, p, -1);
    ck_assert_msg(c.inside == incmap__outline_contains(a, p), "inside of %.17g, %.17g", p.lat,
                  p.lon);
    ck_assert_msg(c.outside == incmap__outline_contains(b, p), "outside of %.17g, %.17g", p.lat,
                  p.lon);
}

static double on_a_cell_line(double degrees)
{
    return round(degrees * 64) / 64;
}

START_TEST(default_border_has_the_same_sides)
{
    incmap_ctx *ctx = NULL;
    incmap_border *b = NULL;
    incmap__side_grid *grid = NULL;
    test_random r = { test_seed(71) };

    ck_assert_int_eq(incmap_ctx_new(NULL, &ctx), INCMAP_OK);
    ck_assert_int_eq(incmap_border_builtin(ctx, &b), INCMAP_OK);
    ck_assert_int_eq(
        incmap__side_grid_build(&grid, &b->inside, &b->outside, NULL, &libc_memory, NULL),
        INCMAP_OK);
    for (int i = 0; i < 6000; i++) {
        const incmap_coord v = b->vertices[random_bits(&r) % b->vertex_count];
        incmap_coord p = random_coord(&r);
        if (i % 3 == 1)
            p = (incmap_coord){ random_between(&r, 44, 54), random_between(&r, 30, 41) };
        if (i % 3 == 2)
            p = incmap__geodesic_direct(v, random_between(&r, 0, 360), random_log(&r, 1e-4, 2e4),
                                        NULL);
        if (i % 5 == 0) p.lat = on_a_cell_line(p.lat);
        if (i % 7 == 0) p.lon = on_a_cell_line(p.lon);
        compare(grid, &b->inside, &b->outside, p);
        if (i % 10 == 0) compare(grid, &b->inside, &b->outside, v);
    }
    for (double lat = -90; lat <= 90; lat += 7.5)
        for (double lon = -180; lon <= 180; lon += 7.5)
            compare(grid, &b->inside, &b->outside, (incmap_coord){ lat, lon });
    incmap__side_grid_free(grid);
    incmap_border_free(b);
    incmap_ctx_free(ctx);
}
END_TEST

START_TEST(default_border_has_the_same_outlines_near)
{
    incmap_ctx *ctx = NULL;
    incmap_border *b = NULL;
    incmap__side_grid *grid = NULL;
    test_random r = { test_seed(72) };
    int near_count = 0;

    ck_assert_int_eq(incmap_ctx_new(NULL, &ctx), INCMAP_OK);
    ck_assert_int_eq(incmap_border_builtin(ctx, &b), INCMAP_OK);
    ck_assert_int_eq(
        incmap__side_grid_build(&grid, &b->inside, &b->outside, NULL, &libc_memory, NULL),
        INCMAP_OK);
    for (int i = 0; i < 1500; i++) {
        const incmap_coord p =
            i % 2 ? random_coord(&r)
                  : (incmap_coord){ random_between(&r, 44, 54), random_between(&r, 30, 41) };
        const double radius_m = random_log(&r, 10, 300e3);
        const bool near = incmap__outline_is_near(&b->inside, p, radius_m) ||
                          incmap__outline_is_near(&b->outside, p, radius_m);
        ck_assert_int_eq(incmap__side_grid_at(grid, p, radius_m).near, near);
        near_count += near;
    }
    ck_assert_int_gt(near_count, 100);
    ck_assert_int_lt(near_count, 1400);
    incmap__side_grid_free(grid);
    incmap_border_free(b);
    incmap_ctx_free(ctx);
}
END_TEST

static const struct {
    const char *why;
    incmap_coord ring[4];
} shapes[] = {
    { "on the lines of cells", { { 0, 0 }, { 0, 1 }, { 1, 1 }, { 1, 0 } } },
    { "over the antimeridian", { { 60, 170 }, { 60, -170 }, { 70, -170 }, { 70, 170 } } },
    { "wide edges that bulge", { { 40, 0 }, { 40, 50 }, { 60, 50 }, { 60, 0 } } },
    { "up to the pole", { { 80, -180 }, { 80, 180 }, { 90, 180 }, { 90, -180 } } },
    { "smaller than a cell",
      { { 50.01, 36.01 }, { 50.01, 36.02 }, { 50.02, 36.02 }, { 50.02, 36.01 } } },
};

START_TEST(small_outlines_have_the_same_sides)
{
    const incmap_coord other[] = { { 10, 10 }, { 10, 11 }, { 11, 11 } };
    incmap__outline a = ring(shapes[_i].ring, 4), b = ring(other, 3);
    incmap__side_grid *grid = NULL;
    test_random r = { test_seed(73 + (uint64_t)_i) };

    ck_assert_int_eq(incmap__side_grid_build(&grid, &a, &b, NULL, &libc_memory, NULL), INCMAP_OK);
    for (int i = 0; i < 20000; i++) {
        const incmap_coord v = shapes[_i].ring[i % 4];
        incmap_coord p = i % 2 ? random_coord(&r)
                               : incmap__geodesic_direct(v, random_between(&r, 0, 360),
                                                         random_log(&r, 1e-3, 5e6), NULL);
        if (i % 5 == 0) p.lat = on_a_cell_line(p.lat);
        if (i % 7 == 0) p.lon = on_a_cell_line(p.lon);
        compare(grid, &a, &b, p);
    }
    incmap__side_grid_free(grid);
    incmap__outline_free(&a);
    incmap__outline_free(&b);
}
END_TEST

/* A ring whose radius wavers from vertex to vertex, so that its edges run every way. */
static incmap__outline rough_ring(incmap_coord centre, double radius_m, size_t n, uint64_t seed)
{
    incmap_coord *v = malloc(n * sizeof *v);
    test_random r = { seed };
    incmap__outline o;

    ck_assert_ptr_nonnull(v);
    for (size_t i = 0; i < n; i++)
        v[i] = incmap__geodesic_direct(centre, 360.0 * (double)i / (double)n,
                                       radius_m * random_between(&r, 0.999, 1.001), NULL);
    o = ring(v, n);
    free(v);
    return o;
}

START_TEST(dense_outlines_get_finer_cells_and_keep_their_sides)
{
    enum { EDGES = 20000 };
    const incmap_coord centre = { 50.1, 36.2 };
    incmap__outline a = rough_ring(centre, 60e3, EDGES, 81), b = rough_ring(centre, 62e3, 500, 82);
    incmap__side_grid *grid = NULL;
    test_random r = { test_seed(83) };

    ck_assert_int_eq(incmap__side_grid_build(&grid, &a, &b, NULL, &libc_memory, NULL), INCMAP_OK);
    ck_assert_int_ge(grid->per_degree, 128);
    for (int i = 0; i < 20000; i++) {
        incmap_coord p = incmap__geodesic_direct(centre, random_between(&r, 0, 360),
                                                 61e3 * random_between(&r, 0.97, 1.03), NULL);
        const double radius_m = random_log(&r, 1, 5e3);
        if (i % 5 == 0) p.lat = round(p.lat * grid->per_degree) / grid->per_degree;
        if (i % 7 == 0) p.lon = round(p.lon * grid->per_degree) / grid->per_degree;
        compare(grid, &a, &b, p);
        if (i % 20) continue;
        ck_assert_int_eq(incmap__side_grid_at(grid, p, radius_m).near,
                         incmap__outline_is_near(&a, p, radius_m) ||
                             incmap__outline_is_near(&b, p, radius_m));
    }
    incmap__side_grid_free(grid);
    incmap__outline_free(&a);
    incmap__outline_free(&b);
}
END_TEST

START_TEST(bits_are_counted)
{
    test_random r = { test_seed(84) };
    for (int i = 0; i < 1000; i++) {
        const uint64_t v = random_bits(&r) & random_bits(&r) << i % 64;
        unsigned n = 0;
        for (int k = 0; k < 64; k++)
            n += v >> k & 1;
        ck_assert_uint_eq(incmap__count_bits(v), n);
    }
    ck_assert_uint_eq(incmap__count_bits(0), 0);
    ck_assert_uint_eq(incmap__count_bits(UINT64_MAX), 64);
}
END_TEST

static void build_with_ever_more_memory(const incmap__outline *a, const incmap__outline *b,
                                        long least)
{
    faulty_tries t = faulty_begin_at_most(100);
    incmap__side_grid *grid = NULL;

    while (faulty_next(&t, grid))
        t.st = incmap__side_grid_build(&grid, a, b, NULL, &t.memory, NULL);
    incmap__side_grid_free(grid);
    faulty_end(&t, least);
}

START_TEST(every_failing_allocation_is_told_and_leaks_nothing)
{
    const incmap_coord other[] = { { 10, 10 }, { 10, 11 }, { 11, 11 } };
    incmap__outline a = ring(shapes[1].ring, 4), b = ring(other, 3);

    build_with_ever_more_memory(&a, &b, 5);
    incmap__outline_free(&a);
    incmap__outline_free(&b);
}
END_TEST

/* The default border's outlines are packed, which takes memory of its own. */
START_TEST(every_failing_allocation_over_packed_outlines_is_told_and_leaks_nothing)
{
    incmap_ctx *ctx = NULL;
    incmap_border *b = NULL;

    ck_assert_int_eq(incmap_ctx_new(NULL, &ctx), INCMAP_OK);
    ck_assert_int_eq(incmap_border_builtin(ctx, &b), INCMAP_OK);
    build_with_ever_more_memory(&b->inside, &b->outside, 10);
    incmap_border_free(b);
    incmap_ctx_free(ctx);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("side_grid");
    TCase *tc = tcase_create("side_grid");
    tcase_add_checked_fixture(tc, setup, NULL);
    tcase_add_test(tc, default_border_has_the_same_sides);
    tcase_add_test(tc, default_border_has_the_same_outlines_near);
    tcase_add_loop_test(tc, small_outlines_have_the_same_sides, 0, sizeof shapes / sizeof *shapes);
    tcase_add_test(tc, dense_outlines_get_finer_cells_and_keep_their_sides);
    tcase_add_test(tc, bits_are_counted);
    tcase_add_test(tc, every_failing_allocation_is_told_and_leaks_nothing);
    tcase_add_test(tc, every_failing_allocation_over_packed_outlines_is_told_and_leaks_nothing);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
