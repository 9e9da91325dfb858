/* SPDX-License-Identifier: MIT */
/* The grid of hints hastens the search for one point and changes no bit of its answers, wherever the
 * edges and the point are; and its hints are near enough to the nearest edge to be worth asking for. */
#include "harness.h"

#include <incmap/builtin.h>
#include <incmap/distance.h>

#include <math.h>

#include "faulty_allocator.h"
#include "geodesy/border.h"
#include "random.h"

enum { MOST = 3000 };

static incmap_allocator libc_memory;

static void setup(void)
{
    libc_memory = incmap__allocator_default();
}

/* Lines of a random walk from a start, cut here and there; a few steps have no length. */
static void random_lines(test_random *r, incmap_coord start, incmap_coord v[], bool ends[],
                         size_t n, double step_m)
{
    v[0] = start;
    for (size_t i = 0; i < n; i++) {
        const double way = random_between(r, 0, 1) < 0.05 ? 0 : random_log(r, step_m / 30, step_m);
        if (i > 0) v[i] = incmap__geodesic_direct(v[i - 1], random_between(r, 0, 200), way, NULL);
        ends[i] = i + 1 == n || random_between(r, 0, 1) < 0.03;
    }
}

/* Near a vertex, far away, or on a line between cells: their degrees are whole numbers of 32nds from the
 * grid's corner, which is a vertex' latitude or longitude less whole blocks. */
static incmap_coord random_point(test_random *r, const incmap_coord v[], size_t n)
{
    const incmap_coord near = v[random_bits(r) % n], other = v[random_bits(r) % n];
    const double kind = random_between(r, 0, 1);
    incmap_coord p = near;

    if (kind < 0.1) return random_coord(r);
    if (kind < 0.2) {
        p.lat = fmax(-90, fmin(90, other.lat + (double)(random_bits(r) % 257) / 32 - 4));
        p.lon = other.lon + (double)(random_bits(r) % 257) / 32 - 4;
        return p;
    }
    if (kind < 0.25) return (incmap_coord){ random_bits(r) % 2 ? 90 : -90, near.lon };
    if (kind < 0.3) return near;
    p = incmap__geodesic_direct(near, random_between(r, 0, 360), random_log(r, 0.001, 2e6), NULL);
    if (kind < 0.4) p.lon += p.lon < 0 ? 360 : -360;
    return p;
}

static bool is_same(const incmap__nearest_edge *a, const incmap__nearest_edge *b)
{
    return a->edge == b->edge && a->vertex == b->vertex && a->hint == b->hint &&
           a->azimuth_deg == b->azimuth_deg && a->foot.distance_m == b->foot.distance_m &&
           a->foot.along_m == b->foot.along_m && a->foot.foot.lat == b->foot.foot.lat &&
           a->foot.foot.lon == b->foot.foot.lon;
}

static void compare(const incmap__edge_index *index, const incmap__hint_grid *grid, incmap_coord p,
                    const char *why)
{
    const size_t hint = incmap__hint_grid_at(grid, p);
    const incmap__nearest_edge plain = incmap__edge_index_nearest(index, p, INCMAP__NO_HINT),
                               hinted = incmap__edge_index_nearest(index, p, hint);
    ck_assert_msg(hint < index->count || hint == INCMAP__NO_HINT, "%s: hint %zu of %zu edges", why,
                  hint, index->count);
    ck_assert_msg(is_same(&plain, &hinted),
                  "%s: %.17g, %.17g with hint %zu: edge %zu at %.9f m, without %zu at %.9f m", why,
                  p.lat, p.lon, hint, hinted.edge, hinted.foot.distance_m, plain.edge,
                  plain.foot.distance_m);
}

static const struct {
    const char *why;
    incmap_coord start;
    size_t n;
    double step_m;
} somewhere[] = {
    { "a fine line", { 50, 36 }, MOST, 2e3 },
    { "a coarse line", { 50, 36 }, MOST, 50e3 },
    { "few edges", { 50, 36 }, 20, 100e3 },
    { "one vertex", { 50, 36 }, 1, 1 },
    { "edges that are indexed in pieces", { 10, 20 }, 60, 900e3 },
    { "on the antimeridian", { 66, 179.9 }, MOST, 3e3 },
    { "east of the antimeridian", { 66, -179.99 }, 300, 500 },
    { "at the north pole", { 89.9, 10 }, MOST, 3e3 },
    { "at the south pole", { -89.99, -100 }, MOST, 3e3 },
    { "round the earth", { 5, 0 }, MOST, 500e3 },
    { "within a cell", { -30, -60 }, 500, 0.5 },
};

START_TEST(hints_change_no_answer)
{
    static incmap_coord v[MOST];
    static bool ends[MOST];
    test_random r = { test_seed(81 + (uint64_t)_i) };
    const char *why = somewhere[_i].why;

    for (int round = 0; round < 3; round++) {
        incmap__edge_index index;
        incmap__hint_grid *grid = NULL;
        random_lines(&r, somewhere[_i].start, v, ends, somewhere[_i].n, somewhere[_i].step_m);
        ck_assert_int_eq(
            incmap__edge_index_build(&index, v, ends, somewhere[_i].n, &libc_memory, NULL),
            INCMAP_OK);
        ck_assert_int_eq(incmap__hint_grid_build(&grid, &index, &libc_memory, NULL), INCMAP_OK);
        for (int i = 0; i < 2000; i++)
            compare(&index, grid, random_point(&r, v, somewhere[_i].n), why);
        incmap__hint_grid_free(grid);
        incmap__edge_index_free(&index);
    }
}
END_TEST

/* A bad hint costs time and nothing else. */
START_TEST(any_hint_gives_the_same_answer)
{
    static incmap_coord v[MOST];
    static bool ends[MOST];
    test_random r = { test_seed(99) };
    incmap__edge_index index;

    random_lines(&r, (incmap_coord){ 50, 36 }, v, ends, MOST, 20e3);
    ck_assert_int_eq(incmap__edge_index_build(&index, v, ends, MOST, &libc_memory, NULL),
                     INCMAP_OK);
    for (int i = 0; i < 3000; i++) {
        const incmap_coord p = random_point(&r, v, MOST);
        const incmap__nearest_edge plain = incmap__edge_index_nearest(&index, p, INCMAP__NO_HINT);
        const incmap__nearest_edge hinted =
            incmap__edge_index_nearest(&index, p, random_bits(&r) % index.count);
        ck_assert_msg(is_same(&plain, &hinted), "%.17g, %.17g", p.lat, p.lon);
    }
    incmap__edge_index_free(&index);
}
END_TEST

/* Cells are halved until half their diagonal is a quarter of the distance of their block's middle, or a
 * sixteenth of a block: what a hint misses by is no more than a way through the cell, there and back. */
START_TEST(hints_lead_near_the_nearest_edge)
{
    incmap_ctx *ctx = NULL;
    incmap_border *b = NULL;
    incmap__hint_grid *grid = NULL;
    test_random r = { test_seed(97) };
    double sum = 0;
    const int points = 2000;

    ck_assert_int_eq(incmap_ctx_new(NULL, &ctx), INCMAP_OK);
    ck_assert_int_eq(incmap_border_builtin(ctx, &b), INCMAP_OK);
    ck_assert_int_eq(incmap__hint_grid_build(&grid, &b->index, &libc_memory, NULL), INCMAP_OK);
    for (int i = 0; i < points; i++) {
        const incmap_coord p = { random_between(&r, 46, 54), random_between(&r, 30, 41) };
        const size_t hint = incmap__hint_grid_at(grid, p);
        double to_hint = 0, nearest;
        ck_assert_uint_lt(hint, b->index.count);
        ck_assert_int_eq(
            incmap_distance(ctx, p, incmap__edge_index_coord(&b->index, hint), &to_hint),
            INCMAP_OK);
        nearest = incmap__edge_index_nearest(&b->index, p, INCMAP__NO_HINT).foot.distance_m;
        ck_assert_double_lt(to_hint, nearest * 2 + 10e3);
        sum += to_hint - nearest;
    }
    /* of 130 km that they are away on average */
    ck_assert_double_lt(sum / points, 3e3);
    incmap__hint_grid_free(grid);
    incmap_border_free(b);
    incmap_ctx_free(ctx);
}
END_TEST

START_TEST(every_failing_allocation_is_told_and_leaks_nothing)
{
    static incmap_coord v[MOST];
    static bool ends[MOST];
    test_random r = { test_seed(98) };
    incmap__edge_index index;
    incmap_status st = INCMAP_ENOMEM;

    random_lines(&r, (incmap_coord){ 50, 36 }, v, ends, MOST, 5e3);
    ck_assert_int_eq(incmap__edge_index_build(&index, v, ends, MOST, &libc_memory, NULL),
                     INCMAP_OK);
    for (long budget = 0; st; budget++) {
        struct faulty f = { budget, 0 };
        const incmap_allocator a = faulty_allocator(&f);
        incmap__hint_grid *grid = NULL;
        st = incmap__hint_grid_build(&grid, &index, &a, NULL);
        ck_assert_int_lt(budget, 40);
        if (st) {
            ck_assert_int_eq(st, INCMAP_ENOMEM);
            ck_assert_ptr_null(grid);
        }
        incmap__hint_grid_free(grid);
        ck_assert_int_eq(f.blocks, 0);
    }
    incmap__edge_index_free(&index);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("hint_grid");
    TCase *tc = tcase_create("hint_grid");
    tcase_add_checked_fixture(tc, setup, NULL);
    tcase_add_loop_test(tc, hints_change_no_answer, 0, sizeof somewhere / sizeof *somewhere);
    tcase_add_test(tc, any_hint_gives_the_same_answer);
    tcase_add_test(tc, hints_lead_near_the_nearest_edge);
    tcase_add_test(tc, every_failing_allocation_is_told_and_leaks_nothing);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
