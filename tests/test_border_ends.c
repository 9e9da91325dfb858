/* SPDX-License-Identifier: MIT */
/* Vertices where a matched line meets outlines that run apart: the larger band answers for them,
 * whichever country is asked about. */
#include "harness.h"

#include <stdio.h>

#include "faulty_tries.h"
#include "fixture_scratch.h"
#include "geodesy/border.h"
#include "worlds.h"

static incmap_status load(incmap_ctx *own, const char *world, const char *inside,
                          const char *outside, incmap_border **out)
{
    const char *path = scratch_path(world);
    char with_end[600];

    (void)snprintf(with_end, sizeof with_end, "%s.shp", path);
    if (access(with_end, F_OK) != 0) world_write(world_named(world), path);
    return incmap_border_between(own, path, "A3", inside, outside, NULL, out);
}

static incmap_border *border_of(const char *world, const char *inside, const char *outside)
{
    incmap_border *b = NULL;
    ck_assert_int_eq(load(ctx, world, inside, outside, &b), INCMAP_OK);
    return b;
}

static size_t lines(const incmap_border *b, bool unmatched)
{
    size_t count = 0;
    for (size_t i = 0; i < b->line_count; i++)
        count += b->lines[i].info.unmatched == unmatched;
    return count;
}

static incmap_depth measure(const incmap_border *b, incmap_coord p)
{
    incmap_depth d;
    ck_assert_int_eq(incmap_border_measure(ctx, b, p, 0, &d), INCMAP_OK);
    return d;
}

/* The world "apart" has a stretch from 30.1 to 30.2 east between matched edges. */
static const struct {
    const char *why;
    incmap_coord point;
    bool unmatched;
} met[] = {
    { "the border's start", { 50, 30 }, false },
    { "an edge that both have", { 50.001, 30.05 }, false },
    { "the vertex where the outlines part", { 50, 30.1 }, true },
    { "nearest to that vertex", { 50.000001, 30.1 }, true },
    { "in the stretch", { 50.005, 30.13 }, true },
    { "the vertex where they come together", { 50, 30.2 }, true },
    { "the border's end", { 50, 30.3 }, false },
};

START_TEST(vertex_where_outlines_part_has_the_band_of_the_stretch)
{
    incmap_border *b = border_of("apart", "I", "O"), *swapped = border_of("apart", "O", "I");
    const incmap_depth d = measure(b, met[_i].point), e = measure(swapped, met[_i].point);
    const incmap_border_line *line = &b->lines[d.line].info;
    const char *why = met[_i].why;

    ck_assert_msg(d.unmatched == met[_i].unmatched && e.unmatched == d.unmatched, "%s", why);
    ck_assert_msg(line->unmatched == d.unmatched, "%s: line %d is not that", why, d.line);
    ck_assert_msg(d.band_m == e.band_m, "%s: %.17g and %.17g m", why, d.band_m, e.band_m);
    ck_assert_msg(d.band_m == 100 + line->separation_m, "%s: %.17g m", why, d.band_m);
    /* 1e-6 m: chainage sums lengths that are good to nanometres. */
    ck_assert_msg(d.along_m >= line->start_m - 1e-6 &&
                      d.along_m <= line->start_m + line->length_m + 1e-6,
                  "%s: %.17g m is not on line %d", why, d.along_m, d.line);
    incmap_border_free(b);
    incmap_border_free(swapped);
}
END_TEST

START_TEST(border_without_stretches_answers_with_its_own_vertices)
{
    incmap_border *b = border_of("random", "I", "O");
    ck_assert_uint_eq(b->line_count, 1);
    for (size_t v = 0; v < b->vertex_count; v++)
        ck_assert_uint_eq(incmap__border_answering(&b->lines[0], v), v);
    incmap_border_free(b);
}
END_TEST

START_TEST(vertices_that_one_country_says_twice_leave_the_line_whole)
{
    incmap_border *once = border_of("random", "I", "O"), *twice = border_of("repeated", "I", "O");
    ck_assert_uint_eq(twice->line_count, 1);
    ck_assert_uint_eq(twice->vertex_count, once->vertex_count);
    ck_assert_double_eq(twice->lines[0].info.length_m, once->lines[0].info.length_m);
    incmap_border_free(once);
    incmap_border_free(twice);
}
END_TEST

/* Two ends of the one line 8.3 km apart, outlines that open to 11.9 km. */
START_TEST(rest_of_two_small_countries_is_no_stretch_of_their_border)
{
    incmap_border *b = border_of("enclaves", "I", "O");
    for (size_t i = 0; i < b->line_count; i++)
        ck_assert_double_le(b->lines[i].info.separation_m, 10e3);
    ck_assert_uint_eq(lines(b, false), 3);
    incmap_border_free(b);
}
END_TEST

START_TEST(every_failing_allocation_is_told_and_leaks_nothing)
{
    faulty_tries t = faulty_begin_at_most(1000);
    incmap_border *b = NULL;

    while (faulty_next(&t, b))
        t.st = load(t.ctx, "apart", "I", "O", &b);
    incmap_border_free(b);
    faulty_end(&t, 50);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("border_ends");
    TCase *tc = tcase_create("border_ends");
    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_loop_test(tc, vertex_where_outlines_part_has_the_band_of_the_stretch, 0,
                        sizeof met / sizeof *met);
    tcase_add_test(tc, border_without_stretches_answers_with_its_own_vertices);
    tcase_add_test(tc, vertices_that_one_country_says_twice_leave_the_line_whole);
    tcase_add_test(tc, rest_of_two_small_countries_is_no_stretch_of_their_border);
    tcase_add_test(tc, every_failing_allocation_is_told_and_leaks_nothing);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
