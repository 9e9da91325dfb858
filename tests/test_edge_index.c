/* SPDX-License-Identifier: MIT */
/* The box tree finds what trying every edge finds, near, far and at the antipode. */
#include "harness.h"

#include <math.h>

#include "faulty_tries.h"
#include "geodesy/edge_index.h"
#include "random.h"

enum { MOST = 600 };

/* Lines of a random walk, cut here and there; a few steps have no length. */
static size_t random_lines(test_random *r, incmap_coord v[], bool ends[], size_t n, double step_m)
{
    v[0] = random_coord(r);
    for (size_t i = 0; i < n; i++) {
        const double way = random_between(r, 0, 1) < 0.05 ? 0 : random_log(r, step_m / 30, step_m);
        if (i > 0) v[i] = incmap__geodesic_direct(v[i - 1], random_between(r, 0, 200), way, NULL);
        ends[i] = i + 1 == n || random_between(r, 0, 1) < 0.03;
    }
    return n;
}

static double try_all(const incmap_coord v[], const bool ends[], size_t n, incmap_coord p)
{
    double least = INFINITY;
    for (size_t i = 0; i < n; i++)
        least = fmin(least, incmap__edge_nearest(v[i], v[ends[i] ? i : i + 1], p).distance_m);
    return least;
}

static incmap_coord random_point(test_random *r, const incmap_coord v[], size_t n)
{
    const incmap_coord near = v[random_bits(r) % n];
    const incmap_coord opposite = { -near.lat, near.lon + 180 };
    const double kind = random_between(r, 0, 1);
    const double azimuth = random_between(r, 0, 360);

    if (kind < 0.2) return random_coord(r);
    if (kind < 0.3) return incmap__geodesic_direct(opposite, azimuth, random_log(r, 1, 1e6), NULL);
    if (kind < 0.4) return near;
    return incmap__geodesic_direct(near, azimuth, random_log(r, 0.001, 5e6), NULL);
}

START_TEST(tree_finds_what_trying_every_edge_finds)
{
    static incmap_coord v[MOST];
    static bool ends[MOST];
    const uint64_t seed = test_seed(41);
    test_random r = { seed };
    const incmap_allocator a = incmap__allocator_default();

    for (int round = 0; round < 60; round++) {
        const double step_m = random_log(&r, 1, 800e3);
        const size_t n =
            random_lines(&r, v, ends, 1 + random_bits(&r) % (round < 20 ? 20 : MOST), step_m);
        incmap__edge_index index;
        ck_assert_int_eq(incmap__edge_index_build(&index, v, ends, n, &a, NULL), INCMAP_OK);
        for (int i = 0; i < 20; i++) {
            const incmap_coord p = random_point(&r, v, n);
            const incmap__nearest_edge found =
                incmap__edge_index_nearest(&index, p, random_bits(&r) % n);
            const double slow = try_all(v, ends, n, p);
            /* 2 um by the short geodesic and 2 um by the lifted chord near; Newton's last step far. */
            ck_assert_msg(fabs(found.foot.distance_m - slow) <= 4e-6,
                          "seed %llu, round %d, point %d (%.17g, %.17g): %.9f m, all edges %.9f m",
                          (unsigned long long)seed, round, i, p.lat, p.lon, found.foot.distance_m,
                          slow);
            ck_assert_uint_lt(found.edge, n);
        }
        incmap__edge_index_free(&index);
    }
}
END_TEST

START_TEST(lengths_of_edges_are_the_same_bits_however_they_are_indexed)
{
    static incmap_coord v[MOST];
    static bool ends[MOST];
    test_random r = { test_seed(42) };
    const incmap_allocator a = incmap__allocator_default();

    for (int round = 0; round < 40; round++) {
        const size_t n = random_lines(&r, v, ends, MOST, random_log(&r, 100, 200e3));
        incmap__edge_index index;
        ck_assert_int_eq(incmap__edge_index_build(&index, v, ends, n, &a, NULL), INCMAP_OK);
        for (size_t i = 0; i < n; i++) {
            double length;
            if (ends[i]) {
                ck_assert(incmap__edge_index_stops(&index, i));
                continue;
            }
            length = incmap__edge_length(v[i], v[i + 1], incmap__edge_index_point(&index, i),
                                         incmap__edge_index_point(&index, i + 1));
            ck_assert_double_eq(incmap__edge_index_length(&index, i), length);
        }
        incmap__edge_index_free(&index);
    }
}
END_TEST

START_TEST(single_vertex_is_found)
{
    const incmap_coord v[] = { { 50, 36 } }, opposite = { -50, -144 };
    const bool ends[] = { true };
    const incmap_allocator a = incmap__allocator_default();
    incmap__edge_index index;
    incmap__nearest_edge found;

    ck_assert_int_eq(incmap__edge_index_build(&index, v, ends, 1, &a, NULL), INCMAP_OK);
    found = incmap__edge_index_nearest(&index, v[0], 0);
    ck_assert_uint_eq(found.edge, 0);
    ck_assert_double_eq(found.foot.distance_m, 0);
    found = incmap__edge_index_nearest(&index, opposite, 0);
    ck_assert_uint_eq(found.edge, 0);
    ck_assert_double_gt(found.foot.distance_m, 19.9e6);
    incmap__edge_index_free(&index);
}
END_TEST

START_TEST(every_failing_allocation_is_told_and_leaks_nothing)
{
    const incmap_coord v[] = { { 50, 36 }, { 51, 36 } };
    const bool ends[] = { false, true };
    faulty_tries t = faulty_begin_at_most(20);
    incmap__edge_index index = { .count = 77 };

    while (faulty_next(&t, NULL)) {
        t.st = incmap__edge_index_build(&index, v, ends, 2, &t.memory, NULL);
        if (t.st) ck_assert_uint_eq(index.count, 77);
    }
    incmap__edge_index_free(&index);
    faulty_end(&t, 5);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("edge_index");
    TCase *tc = tcase_create("edge_index");
    tcase_add_test(tc, tree_finds_what_trying_every_edge_finds);
    tcase_add_test(tc, lengths_of_edges_are_the_same_bits_however_they_are_indexed);
    tcase_add_test(tc, single_vertex_is_found);
    tcase_add_test(tc, every_failing_allocation_is_told_and_leaks_nothing);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
