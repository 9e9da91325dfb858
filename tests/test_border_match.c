/* SPDX-License-Identifier: MIT */
/* Which edges of two outlines make a border. */
#include "harness.h"

#include "faulty_tries.h"
#include "geodesy/border_match.h"

static incmap_allocator libc_memory;
static incmap_error err;

static void setup(void)
{
    libc_memory = incmap__allocator_default();
    err = (incmap_error){ INCMAP_OK, "" };
}

static incmap__outline ring(const incmap_coord points[], size_t n)
{
    const size_t starts[] = { 0, n };
    incmap__outline o;
    ck_assert_int_eq(incmap__outline_build(&o, points, starts, 1, &libc_memory, &err), INCMAP_OK);
    return o;
}

/* Edges that are matched, and stretches that are not. */
struct counts {
    size_t edges, lines, stretches;
};

static struct counts match(const incmap_coord in[], size_t n_in, const incmap_coord out[],
                           size_t n_out, double gap_max_m)
{
    incmap__outline a = ring(in, n_in), b = ring(out, n_out);
    incmap__border_parts parts = { NULL, 0 };
    struct counts c = { 0, 0, 0 };

    ck_assert_int_eq(incmap__border_match(&a, &b, gap_max_m, &parts, &libc_memory, &err),
                     INCMAP_OK);
    for (size_t i = 0; i < parts.count; i++) {
        if (parts.parts[i].unmatched)
            c.stretches += parts.parts[i].outside;
        else {
            c.lines++;
            c.edges += parts.parts[i].edges;
        }
    }
    incmap__free(&libc_memory, parts.parts);
    incmap__outline_free(&a);
    incmap__outline_free(&b);
    return c;
}

START_TEST(neighbours_share_their_border_once)
{
    const incmap_coord west[] = { { 0, 0 }, { 0, 1 }, { 1, 1 }, { 2, 1 }, { 2, 0 } };
    const incmap_coord east[] = { { 0, 1 }, { 0, 2 }, { 2, 2 }, { 2, 1 }, { 1, 1 } };
    const struct counts c = match(west, 5, east, 5, 10e3);
    ck_assert_uint_eq(c.edges, 2);
    ck_assert_uint_eq(c.lines, 1);
    ck_assert_uint_eq(c.stretches, 0);
}
END_TEST

START_TEST(coast_that_both_claim_is_no_border)
{
    const incmap_coord big[] = { { 0, 0 }, { 0, 2 }, { 2, 2 }, { 2, 0 } };
    const incmap_coord same[] = { { 0, 0 }, { 0, 2 }, { 2, 2 }, { 1, 1 } };
    ck_assert_uint_eq(match(big, 4, same, 4, 10e3).edges, 0);
}
END_TEST

/* 0.01 degree is near 1.1 km: between two shared edges one outline goes straight, the other around. */
static const incmap_coord straight[] = { { 0, 0 },    { 0, 1 },    { 0.01, 1 },
                                         { 0.02, 1 }, { 0.03, 1 }, { 0.03, 0 } };
static const incmap_coord around[] = { { 0, 1 },    { 0, 2 },         { 0.03, 2 }, { 0.03, 1 },
                                       { 0.02, 1 }, { 0.015, 1.001 }, { 0.01, 1 } };

START_TEST(outlines_that_run_apart_between_shared_edges_make_a_stretch)
{
    const struct counts c = match(straight, 6, around, 7, 10e3);
    ck_assert_uint_eq(c.edges, 2);
    ck_assert_uint_eq(c.lines, 2);
    ck_assert_uint_eq(c.stretches, 1);
    ck_assert_uint_eq(match(straight, 6, around, 7, 100).stretches, 0);
    ck_assert_uint_eq(match(straight, 6, around, 7, -1).stretches, 0);
}
END_TEST

START_TEST(separation_of_a_stretch_bounds_how_far_the_outlines_run_apart)
{
    incmap__outline a = ring(straight, 6), b = ring(around, 7);
    incmap__border_parts parts = { NULL, 0 };

    ck_assert_int_eq(incmap__border_match(&a, &b, 10e3, &parts, &libc_memory, &err), INCMAP_OK);
    for (size_t i = 0; i < parts.count; i++)
        if (parts.parts[i].unmatched) {
            /* 0.001 degree of longitude at the equator is 111.3 m; a metre is added for sampling. */
            ck_assert_double_ge(parts.parts[i].separation_m, 111.3);
            ck_assert_double_le(parts.parts[i].separation_m, 112.5);
        }
    incmap__free(&libc_memory, parts.parts);
    incmap__outline_free(&a);
    incmap__outline_free(&b);
}
END_TEST

START_TEST(border_over_the_antimeridian_is_whole)
{
    const incmap_coord north[] = { { 10, 179 },  { 10, 179.6 }, { 10, -179.7 },
                                   { 10, -179 }, { 20, -179 },  { 20, 179 } };
    const incmap_coord south[] = { { 0, 179 },     { 0, -179 },   { 10, -179 },
                                   { 10, -179.7 }, { 10, 179.6 }, { 10, 179 } };
    const struct counts c = match(north, 6, south, 6, 10e3);
    ck_assert_uint_eq(c.edges, 3);
    ck_assert_uint_eq(c.lines, 1);
}
END_TEST

START_TEST(enclave_is_border_all_around)
{
    const incmap_coord hole[] = { { 1, 1 }, { 1, 2 }, { 2, 2 }, { 2, 1 } };
    const incmap_coord filling[] = { { 1, 1 }, { 2, 1 }, { 2, 2 }, { 1, 2 } };
    const struct counts c = match(hole, 4, filling, 4, 10e3);
    ck_assert_uint_eq(c.edges, 4);
    ck_assert_uint_eq(c.lines, 1);
}
END_TEST

/* The outlines run 111 m apart over 33 km: too far from end to end for a gap of 10 km, near enough. */
START_TEST(outlines_that_run_near_one_another_are_joined_over_any_length)
{
    const incmap_coord left[] = { { 0, 0 },   { 0, 1 },   { 0.1, 1 }, { 0.2, 1 },
                                  { 0.3, 1 }, { 0.4, 1 }, { 0.5, 1 }, { 0.5, 0 } };
    incmap_coord right[] = { { 0, 1 },   { 0, 2 },       { 0.5, 2 },     { 0.5, 1 },
                             { 0.4, 1 }, { 0.3, 1.001 }, { 0.2, 1.001 }, { 0.1, 1 } };
    const struct counts near = match(left, 8, right, 8, 10e3);
    struct counts far;

    ck_assert_uint_eq(near.lines, 2);
    ck_assert_uint_eq(near.edges, 2);
    ck_assert_uint_eq(near.stretches, 1);
    ck_assert_uint_eq(match(left, 8, right, 8, -1).stretches, 0);
    /* 6 km apart, which is more than half of 10. */
    right[5].lon = right[6].lon = 1.054;
    far = match(left, 8, right, 8, 10e3);
    ck_assert_uint_eq(far.lines, 2);
    ck_assert_uint_eq(far.stretches, 0);
    ck_assert_uint_eq(match(left, 8, right, 8, 13e3).stretches, 1);
}
END_TEST

/* One shared edge; from there on 111 m apart to the sea, 33 km away, where the coasts part. */
START_TEST(border_that_runs_apart_up_to_the_sea_goes_on_to_it)
{
    const incmap_coord left[] = { { 0, 0 },   { 0, 1 },   { 0.1, 1 }, { 0.2, 1 },
                                  { 0.3, 1 }, { 0.4, 1 }, { 0.4, 0 } };
    incmap_coord right[] = { { 0, 1 },       { 0, 2 },       { 0.4, 2 }, { 0.4, 1.001 },
                             { 0.3, 1.001 }, { 0.2, 1.001 }, { 0.1, 1 } };
    const struct counts c = match(left, 7, right, 7, 10e3);

    ck_assert_uint_eq(c.edges, 1);
    ck_assert_uint_eq(c.stretches, 1);
    ck_assert_uint_eq(match(right, 7, left, 7, 10e3).stretches, 1);
    ck_assert_uint_eq(match(left, 7, right, 7, -1).stretches, 0);
    /* 3.3 km apart, which is more than a tenth of 10. */
    right[3].lon = right[4].lon = right[5].lon = 1.03;
    ck_assert_uint_eq(match(left, 7, right, 7, 10e3).stretches, 0);
}
END_TEST

START_TEST(vertex_that_one_outline_says_twice_leaves_the_line_whole)
{
    const incmap_coord west[] = { { 0, 0 }, { 0, 1 }, { 1, 1 }, { 1, 1 }, { 2, 1 }, { 2, 0 } };
    const incmap_coord east[] = { { 0, 1 }, { 0, 2 }, { 2, 2 }, { 2, 1 }, { 1, 1 } };
    const struct counts c = match(west, 6, east, 5, 10e3);
    ck_assert_uint_eq(c.edges, 2);
    ck_assert_uint_eq(c.lines, 1);
    ck_assert_uint_eq(c.stretches, 0);
}
END_TEST

/* An island of 6 km by 12: the ends of the line between its halves are 6.1 km apart, and of one half's coast
 * the farthest point lies 6.8 km from the other's. */
START_TEST(coasts_that_run_farther_apart_than_a_gap_may_be_are_no_stretch)
{
    const incmap_coord north[] = { { 0, 0 }, { 0, 0.055 }, { 0.055, 0.055 }, { 0.055, 0 } };
    const incmap_coord south[] = { { 0, 0 }, { -0.055, 0 }, { -0.055, 0.055 }, { 0, 0.055 } };
    ck_assert_uint_eq(match(north, 4, south, 4, 7e3).stretches, 1);
    ck_assert_uint_eq(match(north, 4, south, 4, 6.5e3).stretches, 0);
    ck_assert_uint_eq(match(north, 4, south, 4, 6.5e3).lines, 1);
}
END_TEST

START_TEST(edge_into_a_pole_is_one_whatever_longitude_the_pole_is_given)
{
    const incmap_coord west[] = { { -70, 0 }, { -90, 0 }, { -70, 40 } };
    const incmap_coord east[] = { { -70, 40 }, { -90, 77 }, { -70, 80 } };
    ck_assert_uint_eq(match(west, 3, east, 3, 10e3).edges, 1);
}
END_TEST

START_TEST(every_failing_allocation_is_told_and_leaks_nothing)
{
    incmap__outline a = ring(straight, 6), b = ring(around, 7);
    faulty_tries t = faulty_begin_at_most(300);
    incmap__border_parts parts = { NULL, 77 };

    while (faulty_next(&t, parts.parts)) {
        t.st = incmap__border_match(&a, &b, 10e3, &parts, &t.memory, &err);
        if (t.st) ck_assert_uint_eq(parts.count, 77);
    }
    incmap__free(&t.memory, parts.parts);
    faulty_end(&t, 50);
    incmap__outline_free(&a);
    incmap__outline_free(&b);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("border_match");
    TCase *tc = tcase_create("border_match");
    tcase_add_checked_fixture(tc, setup, NULL);
    tcase_add_test(tc, neighbours_share_their_border_once);
    tcase_add_test(tc, coast_that_both_claim_is_no_border);
    tcase_add_test(tc, outlines_that_run_apart_between_shared_edges_make_a_stretch);
    tcase_add_test(tc, separation_of_a_stretch_bounds_how_far_the_outlines_run_apart);
    tcase_add_test(tc, outlines_that_run_near_one_another_are_joined_over_any_length);
    tcase_add_test(tc, border_that_runs_apart_up_to_the_sea_goes_on_to_it);
    tcase_add_test(tc, border_over_the_antimeridian_is_whole);
    tcase_add_test(tc, enclave_is_border_all_around);
    tcase_add_test(tc, vertex_that_one_outline_says_twice_leaves_the_line_whole);
    tcase_add_test(tc, coasts_that_run_farther_apart_than_a_gap_may_be_are_no_stretch);
    tcase_add_test(tc, edge_into_a_pole_is_one_whatever_longitude_the_pole_is_given);
    tcase_add_test(tc, every_failing_allocation_is_told_and_leaks_nothing);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
