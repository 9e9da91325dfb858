/* SPDX-License-Identifier: MIT */
/* Outlines: what lies inside, what is near, in memory, in whole steps and packed alike. */
#include "harness.h"

#include <math.h>
#include <string.h>

#include "faulty_tries.h"
#include "geodesy/edge.h"
#include "geodesy/outline.h"
#include "geodesy/outline_pack.h"
#include "random.h"

static incmap_allocator libc_memory;
static incmap_error err;

static void setup(void)
{
    libc_memory = incmap__allocator_default();
    err = (incmap_error){ INCMAP_OK, "" };
}

static incmap__outline one_ring(const incmap_coord points[], size_t n)
{
    const size_t starts[] = { 0, n };
    incmap__outline o;
    ck_assert_int_eq(incmap__outline_build(&o, points, starts, 1, &libc_memory, &err), INCMAP_OK);
    return o;
}

static bool contains(const incmap__outline *o, double lat, double lon)
{
    return incmap__outline_contains(o, (incmap_coord){ .lat = lat, .lon = lon });
}

START_TEST(square_holds_what_is_inside_and_nothing_else)
{
    const incmap_coord square[] = { { 0, 0 }, { 0, 1 }, { 1, 1 }, { 1, 0 } };
    incmap__outline o = one_ring(square, 4);
    ck_assert(contains(&o, 0.5, 0.5));
    ck_assert(contains(&o, 0.5, 360.5));
    ck_assert(!contains(&o, 1.5, 0.5));
    ck_assert(!contains(&o, -0.5, 0.5));
    ck_assert(!contains(&o, 0.5, 1.5));
    ck_assert(!contains(&o, 0.5, -0.5));
    incmap__outline_free(&o);
}
END_TEST

START_TEST(edges_are_geodesics_and_bulge_poleward)
{
    const incmap_coord wide[] = { { 40, 0 }, { 40, 60 }, { 60, 60 }, { 60, 0 } };
    incmap__outline o = one_ring(wide, 4);
    double length, azimuth;
    incmap_coord top;

    incmap__geodesic_inverse(wide[3], wide[2], &length, &azimuth, NULL);
    top = incmap__geodesic_direct(wide[3], azimuth, length / 2, NULL);
    ck_assert_double_gt(top.lat, 63);
    /* 1e-9 degree is 0.1 mm. */
    ck_assert(contains(&o, top.lat - 1e-9, top.lon));
    ck_assert(!contains(&o, top.lat + 1e-9, top.lon));
    incmap__outline_free(&o);
}
END_TEST

START_TEST(hole_and_second_part_count_by_parity)
{
    const incmap_coord p[] = { { 0, 0 }, { 0, 10 }, { 10, 10 }, { 10, 0 }, { 4, 4 },  { 6, 4 },
                               { 6, 6 }, { 4, 6 },  { 0, 20 },  { 0, 21 }, { 1, 21 }, { 1, 20 } };
    const size_t starts[] = { 0, 4, 8, 12 };
    incmap__outline o;
    ck_assert_int_eq(incmap__outline_build(&o, p, starts, 3, &libc_memory, &err), INCMAP_OK);
    ck_assert(contains(&o, 2, 5));
    ck_assert(!contains(&o, 5, 5));
    ck_assert(contains(&o, 0.5, 20.5));
    ck_assert(!contains(&o, 0.5, 15));
    incmap__outline_free(&o);
}
END_TEST

START_TEST(ring_over_the_antimeridian_is_one_piece)
{
    const incmap_coord p[] = { { 60, 170 }, { 60, -170 }, { 70, -170 }, { 70, 170 } };
    incmap__outline o = one_ring(p, 4);
    ck_assert(contains(&o, 65, 175));
    ck_assert(contains(&o, 65, -175));
    ck_assert(contains(&o, 65, 180));
    ck_assert(contains(&o, 65, -180));
    ck_assert(!contains(&o, 65, 165));
    ck_assert(!contains(&o, 65, -165));
    ck_assert(!contains(&o, 65, 0));
    incmap__outline_free(&o);
}
END_TEST

START_TEST(polar_cap_cut_at_the_map_edge_holds_the_pole)
{
    const incmap_coord p[] = { { -90, -180 }, { -70, -180 }, { -70, -90 }, { -70, 0 },
                               { -70, 90 },   { -70, 180 },  { -90, 180 } };
    incmap__outline o = one_ring(p, 7);
    ck_assert(contains(&o, -89, 10));
    ck_assert(contains(&o, -85, -179));
    ck_assert(!contains(&o, -60, 10));
    incmap__outline_free(&o);
}
END_TEST

START_TEST(shared_edge_divides_without_gap_or_overlap)
{
    const incmap_coord west[] = { { 50, 30 }, { 50, 31 }, { 51, 31.3 }, { 52, 31 }, { 52, 30 } };
    const incmap_coord east[] = { { 50, 31 }, { 50, 32 }, { 52, 32 }, { 52, 31 }, { 51, 31.3 } };
    incmap__outline a = one_ring(west, 5), b = one_ring(east, 5);
    test_random r = { test_seed(11) };
    double length, azimuth;

    incmap__geodesic_inverse(west[1], west[2], &length, &azimuth, NULL);
    for (int i = 0; i < 20000; i++) {
        const incmap_coord on =
            incmap__geodesic_direct(west[1], azimuth, random_between(&r, 0, length), NULL);
        const incmap_coord p =
            incmap__geodesic_direct(on, random_between(&r, 0, 360), random_log(&r, 1e-9, 1), NULL);
        ck_assert_int_ne(incmap__outline_contains(&a, p), incmap__outline_contains(&b, p));
    }
    incmap__outline_free(&a);
    incmap__outline_free(&b);
}
END_TEST

START_TEST(cut_along_the_antimeridian_is_no_outline)
{
    const incmap_coord p[] = { { 60, 170 }, { 60, 180 }, { 70, 180 }, { 70, 170 } };
    incmap__outline o = one_ring(p, 4);
    ck_assert(!incmap__outline_is_near(&o, (incmap_coord){ 65, 179.9 }, 10e3));
    ck_assert(incmap__outline_is_near(&o, (incmap_coord){ 65, 170.1 }, 10e3));
    incmap__outline_free(&o);
}
END_TEST

START_TEST(ring_that_bounds_nothing_is_passed_over)
{
    const incmap_coord p[] = { { 0, 0 }, { 1, 1 }, { 0, 0 }, { 2, 2 }, { 2, 2 }, { 2, 2 } };
    const size_t starts[] = { 0, 3, 6 };
    incmap__outline o;
    ck_assert_int_eq(incmap__outline_build(&o, p, starts, 2, &libc_memory, &err), INCMAP_OK);
    ck_assert_uint_eq(o.ring_count, 0);
    ck_assert(!contains(&o, 0.5, 0.5));
    incmap__outline_free(&o);
}
END_TEST

START_TEST(vertex_that_is_no_coordinate_is_refused)
{
    const incmap_coord p[] = { { 0, 0 }, { 95, 1 }, { 1, 1 } };
    const size_t starts[] = { 0, 3 };
    incmap__outline o;
    ck_assert_int_eq(incmap__outline_build(&o, p, starts, 1, &libc_memory, &err), INCMAP_EDATA);
    ck_assert_str_eq(err.message, "vertex 1: found lat 95, lon 1, expected degrees");
}
END_TEST

/* A wavy ring of n vertices, on whole millionths of a degree. */
static size_t wavy_ring(test_random *r, incmap_coord out[], size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const double angle = 6.283185307179586 * (double)i / (double)n;
        const double radius = random_between(r, 0.8, 1.2);
        out[i].lat = round((50 + radius * sin(angle)) * 1e6) / 1e6;
        out[i].lon = round((35 + 2 * radius * cos(angle)) * 1e6) / 1e6;
    }
    return n;
}

/* Straight from the definitions: every edge, no boxes. */
static bool contains_slowly(const incmap_coord v[], size_t n, incmap_coord p)
{
    bool odd = false;
    for (size_t i = 0; i < n; i++) {
        incmap_coord a = v[i], b = v[(i + 1) % n];
        double edge, point;
        if ((a.lon <= p.lon) == (b.lon <= p.lon)) continue;
        if (a.lon > b.lon) {
            const incmap_coord swap = a;
            a = b;
            b = swap;
        }
        incmap__geodesic_inverse(a, b, NULL, &edge, NULL);
        incmap__geodesic_inverse(a, p, NULL, &point, NULL);
        if (sin((point - edge) * 0.017453292519943295) > 0) odd = !odd;
    }
    return odd;
}

static bool is_near_slowly(const incmap_coord v[], size_t n, incmap_coord p, double radius_m)
{
    double least = INFINITY;
    for (size_t i = 0; i < n; i++)
        least = fmin(least, incmap__edge_nearest(v[i], v[(i + 1) % n], p).distance_m);
    return least <= radius_m;
}

static void pack_again(const incmap__outline *o, incmap__packer *packer, incmap__outline *packed)
{
    incmap__unpacker u;
    ck_assert_int_eq(incmap__outline_pack(packer, o, &err), INCMAP_OK);
    u = (incmap__unpacker){ .bytes = packer->bytes, .size = packer->size };
    ck_assert_int_eq(incmap__outline_unpack(&u, packed, &libc_memory, &err), INCMAP_OK);
    ck_assert_uint_eq(u.at, packer->size);
}

START_TEST(boxes_runs_steps_and_packing_change_no_answer)
{
    enum { N = 500 };
    const uint64_t seed = test_seed(12);
    test_random r = { seed };
    incmap_coord v[N];

    for (int round = 0; round < 4; round++) {
        /* 129 edges make two full runs and one of a single edge. */
        const size_t n = wavy_ring(&r, v, round == 0 ? 129 : round == 1 ? 64 : N);
        incmap__outline o = one_ring(v, n), shrunk = one_ring(v, n), packed;
        incmap__packer packer = { .allocator = &libc_memory };
        pack_again(&o, &packer, &packed);
        incmap__outline_shrink(&shrunk);
        ck_assert(shrunk.steps && !shrunk.vertices);
        for (int i = 0; i < 300; i++) {
            const incmap_coord p = { random_between(&r, 48, 52), random_between(&r, 32, 38) };
            const double radius_m = random_log(&r, 10, 100e3);
            const bool inside = contains_slowly(v, n, p), near = is_near_slowly(v, n, p, radius_m);
            ck_assert_msg(incmap__outline_contains(&o, p) == inside &&
                              incmap__outline_contains(&packed, p) == inside &&
                              incmap__outline_contains(&shrunk, p) == inside &&
                              incmap__outline_is_near(&o, p, radius_m) == near &&
                              incmap__outline_is_near(&shrunk, p, radius_m) == near &&
                              incmap__outline_is_near(&packed, p, radius_m) == near,
                          "seed %llu, round %d, case %d", (unsigned long long)seed, round, i);
        }
        incmap__outline_free(&packed);
        incmap__free(&libc_memory, packer.bytes);
        incmap__outline_free(&shrunk);
        incmap__outline_free(&o);
    }
}
END_TEST

START_TEST(copy_goes_round_and_round_the_ring)
{
    incmap_coord v[200], out[401];
    test_random r = { 13 };
    incmap__outline o = one_ring(v, wavy_ring(&r, v, 200)), packed;
    incmap__packer packer = { .allocator = &libc_memory };

    pack_again(&o, &packer, &packed);
    for (size_t offset = 0; offset < 200; offset += 7) {
        incmap__outline_copy(&packed, 0, offset, 400, out);
        for (size_t i = 0; i <= 400; i++)
            ck_assert(memcmp(&out[i], &v[(offset + i) % 200], sizeof *v) == 0);
    }
    incmap__outline_shrink(&o);
    incmap__outline_copy(&o, 0, 150, 400, out);
    for (size_t i = 0; i <= 400; i++)
        ck_assert(memcmp(&out[i], &v[(150 + i) % 200], sizeof *v) == 0);
    incmap__outline_free(&packed);
    incmap__free(&libc_memory, packer.bytes);
    incmap__outline_free(&o);
}
END_TEST

/* One vertex off by 1e-13 degree is enough: a shared edge is one only where both its ends are the same. */
START_TEST(coordinate_finer_than_a_millionth_is_kept)
{
    const incmap_coord p[] = { { 0, 0 }, { 0, 1.0000000000001 }, { 1, 1 } };
    incmap_coord buffer[INCMAP__RUN_EDGES + 1];
    incmap__outline o = one_ring(p, 3);

    incmap__outline_shrink(&o);
    ck_assert(o.vertices && !o.steps);
    ck_assert_double_eq(incmap__outline_run(&o, 0, buffer)[1].lon, 1.0000000000001);
    incmap__outline_free(&o);
}
END_TEST

static void *refuse_realloc(void *user, void *block, size_t size)
{
    (void)user;
    (void)block;
    (void)size;
    return NULL;
}

START_TEST(outline_that_cannot_give_memory_back_is_whole)
{
    const incmap_coord p[] = { { 0, 0 }, { 0, 1.5 }, { 1, -1.25 } };
    incmap_coord buffer[INCMAP__RUN_EDGES + 1];
    incmap__outline o = one_ring(p, 3);

    o.allocator.realloc = refuse_realloc;
    incmap__outline_shrink(&o);
    ck_assert(o.steps && !o.vertices);
    for (int i = 0; i < 3; i++)
        ck_assert(memcmp(&incmap__outline_run(&o, 0, buffer)[i], &p[i], sizeof *p) == 0);
    incmap__outline_free(&o);
}
END_TEST

START_TEST(coordinate_finer_than_a_millionth_is_not_packed)
{
    const incmap_coord p[] = { { 0, 0 }, { 0, 1.0000005 }, { 1, 1 } };
    incmap__outline o = one_ring(p, 3);
    incmap__packer packer = { .allocator = &libc_memory };
    ck_assert_int_eq(incmap__outline_pack(&packer, &o, &err), INCMAP_EDATA);
    incmap__free(&libc_memory, packer.bytes);
    incmap__outline_free(&o);
}
END_TEST

START_TEST(every_failing_allocation_is_told_and_leaks_nothing)
{
    faulty_tries t = faulty_begin_at_most(10);
    const incmap_coord square[] = { { 0, 0 }, { 0, 1 }, { 1, 1 }, { 1, 0 } };
    const size_t starts[] = { 0, 4 };
    incmap__outline o = { .ring_count = 77 };

    while (faulty_next(&t, NULL)) {
        t.st = incmap__outline_build(&o, square, starts, 1, &t.memory, &err);
        if (t.st) ck_assert_uint_eq(o.ring_count, 77);
    }
    incmap__outline_free(&o);
    faulty_end(&t, 3);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("outline");
    TCase *tc = tcase_create("outline");
    tcase_add_checked_fixture(tc, setup, NULL);
    tcase_add_test(tc, square_holds_what_is_inside_and_nothing_else);
    tcase_add_test(tc, edges_are_geodesics_and_bulge_poleward);
    tcase_add_test(tc, hole_and_second_part_count_by_parity);
    tcase_add_test(tc, ring_over_the_antimeridian_is_one_piece);
    tcase_add_test(tc, polar_cap_cut_at_the_map_edge_holds_the_pole);
    tcase_add_test(tc, shared_edge_divides_without_gap_or_overlap);
    tcase_add_test(tc, cut_along_the_antimeridian_is_no_outline);
    tcase_add_test(tc, ring_that_bounds_nothing_is_passed_over);
    tcase_add_test(tc, vertex_that_is_no_coordinate_is_refused);
    tcase_add_test(tc, boxes_runs_steps_and_packing_change_no_answer);
    tcase_add_test(tc, copy_goes_round_and_round_the_ring);
    tcase_add_test(tc, coordinate_finer_than_a_millionth_is_not_packed);
    tcase_add_test(tc, coordinate_finer_than_a_millionth_is_kept);
    tcase_add_test(tc, outline_that_cannot_give_memory_back_is_whole);
    tcase_add_test(tc, every_failing_allocation_is_told_and_leaks_nothing);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
