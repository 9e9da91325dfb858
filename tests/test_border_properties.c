/* SPDX-License-Identifier: MIT */
/* What holds for every border and every point: small worlds with all that is nasty in them, and the
 * default border, held against a judge that tries every edge. */
#include "harness.h"

#include <incmap/border.h>
#include <incmap/builtin.h>

#include <math.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>

#include "faulty_allocator.h"
#include "fixture_scratch.h"
#include "geodesy/edge.h"
#include "random.h"
#include "slow_judge.h"
#include "worlds.h"

/* A world's border through the door that users have: its two countries as a shapefile. */
static incmap_border *border_of(const struct world *w, const char *inside, const char *outside)
{
    incmap_border *b = NULL;
    const char *path = scratch_path(w->file);
    char with_end[600];

    (void)snprintf(with_end, sizeof with_end, "%s.shp", path);
    if (access(with_end, F_OK) != 0) world_write(w, path);
    ck_assert_msg(incmap_border_between(ctx, path, "A3", inside, outside, NULL, &b) == INCMAP_OK,
                  "%s: %s", w->why, incmap_ctx_message(ctx));
    return b;
}

static incmap_depth measure(const incmap_border *b, incmap_coord p)
{
    incmap_depth d;
    ck_assert_int_eq(incmap_border_measure(ctx, b, p, 0, &d), INCMAP_OK);
    return d;
}

/* 0.01 mm to 1,000 km, 0.1 mm beyond: what is promised. */
static double allowed(double distance_m)
{
    return distance_m <= 1e6 ? 1e-5 : 1e-4;
}

static double apart(incmap_coord a, incmap_coord b)
{
    double d;
    incmap__geodesic_inverse(a, b, &d, NULL, NULL);
    return d;
}

#define HOLDS(condition)                                                                           \
    ck_assert_msg(condition, "%s: point %.12f,%.12f: " #condition, why, p.lat, p.lon)

/* Distance, foot, azimuth and chainage. */
static void check_foot(const char *why, const incmap_border *b, incmap_coord p,
                       const incmap_depth *d)
{
    const struct slow_nearest best = slow_nearest(b, p);
    const double distance = fabs(d->depth_m);

    HOLDS(fabs(distance - best.distance_m) <= allowed(distance));
    /* Whichever of several is given, it lies as near, and on the border. */
    HOLDS(fabs(apart(p, d->nearest) - best.distance_m) <= allowed(distance));
    HOLDS(slow_nearest(b, d->nearest).distance_m <= 1e-4);
    HOLDS(fabs(d->nearest.lon) <= 180);
    HOLDS(d->azimuth_deg >= 0 && d->azimuth_deg < 360);
    /* 1e-6 degrees are 2e-8 of the way; near the point the foot's own tolerance is more. */
    if (distance > 1)
        HOLDS(apart(incmap__geodesic_direct(p, d->azimuth_deg, distance, NULL), d->nearest) <=
              2e-8 * distance + 1.1e-4);
    HOLDS(apart(slow_at_chainage(b, d->line, d->along_m), d->nearest) <= 1e-3);
}

static void check_side(const char *why, const struct world *w, incmap_coord p,
                       const incmap_depth *d)
{
    const bool in = slow_contains(w, 'I', p), out = slow_contains(w, 'O', p);
    const double off = fmin(slow_outline_distance(w, 'I', p), slow_outline_distance(w, 'O', p));
    const incmap_side side = in    ? out ? INCMAP_SIDE_BOTH : INCMAP_SIDE_INSIDE
                             : out ? INCMAP_SIDE_OUTSIDE
                                   : INCMAP_SIDE_NEITHER;

    if (off > 1e-4) HOLDS(d->side == side);
    HOLDS(d->side == INCMAP_SIDE_OUTSIDE ? d->depth_m <= 0 : d->depth_m >= 0);
    HOLDS(d->band_m >= 100);
    if (fabs(off - d->band_m) > 1e-3 && fabs(fabs(d->depth_m) - d->band_m) > 1e-3)
        HOLDS(d->side_certain == (off > d->band_m && fabs(d->depth_m) > d->band_m));
}

enum { POINTS = 80 };

START_TEST(every_answer_of_every_world_is_that_of_trying_every_edge)
{
    const struct world *w = world_get((size_t)_i);
    incmap_border *b = border_of(w, "I", "O");
    test_random r = { test_seed(501 + (uint64_t)_i) };

    for (int i = 0; i < POINTS; i++) {
        const incmap_coord p = world_point(&r, b, i);
        const incmap_depth d = measure(b, p);
        check_foot(w->why, b, p, &d);
        check_side(w->why, w, p, &d);
    }
    incmap_border_free(b);
}
END_TEST

START_TEST(default_border_answers_as_trying_every_edge)
{
    incmap_border *b = NULL;
    test_random r = { test_seed(502) };

    ck_assert_int_eq(incmap_border_builtin(ctx, &b), INCMAP_OK);
    for (int i = 0; i < 16; i++) {
        const incmap_coord p = world_point(&r, b, i);
        const incmap_depth d = measure(b, p);
        check_foot("default border", b, p, &d);
    }
    incmap_border_free(b);
}
END_TEST

/* Edges are then taken backwards, which moves a foot by less than the promise, not to the last bit. */
START_TEST(exchanged_countries_exchange_the_sides_and_change_nothing_else)
{
    const struct world *w = world_get((size_t)_i);
    incmap_border *b = border_of(w, "I", "O"), *swapped = border_of(w, "O", "I");
    test_random r = { test_seed(503 + (uint64_t)_i) };
    static const incmap_side other[] = { INCMAP_SIDE_UNKNOWN, INCMAP_SIDE_OUTSIDE,
                                         INCMAP_SIDE_INSIDE, INCMAP_SIDE_BOTH,
                                         INCMAP_SIDE_NEITHER };

    for (int i = 0; i < 2 * POINTS; i++) {
        const incmap_coord p = world_point(&r, b, i);
        const incmap_depth d = measure(b, p), e = measure(swapped, p);
        const bool sided = d.side == INCMAP_SIDE_INSIDE || d.side == INCMAP_SIDE_OUTSIDE;
        const char *why = w->why;
        const double tolerance = allowed(fabs(d.depth_m));
        HOLDS(e.side == other[d.side]);
        HOLDS(fabs(d.depth_m - (sided ? -e.depth_m : e.depth_m)) <= 2 * tolerance);
        HOLDS(d.side_certain == e.side_certain);
        HOLDS(d.band_m == e.band_m && d.unmatched == e.unmatched);
        /* Of two that are as near either may come. */
        HOLDS(fabs(apart(p, e.nearest) - fabs(d.depth_m)) <= 2 * tolerance);
    }
    incmap_border_free(b);
    incmap_border_free(swapped);
}
END_TEST

/* ---- the same, whatever the order ---- */

static void assert_same(const incmap_depth *a, const incmap_depth *b)
{
    ck_assert_int_eq(memcmp(&a->depth_m, &b->depth_m, sizeof a->depth_m), 0);
    ck_assert_int_eq(memcmp(&a->band_m, &b->band_m, sizeof a->band_m), 0);
    ck_assert_int_eq(memcmp(&a->nearest, &b->nearest, sizeof a->nearest), 0);
    ck_assert_int_eq(memcmp(&a->azimuth_deg, &b->azimuth_deg, sizeof a->azimuth_deg), 0);
    ck_assert_int_eq(memcmp(&a->along_m, &b->along_m, sizeof a->along_m), 0);
    ck_assert_int_eq(a->line, b->line);
    ck_assert_int_eq(a->side, b->side);
    ck_assert_int_eq(a->side_certain, b->side_certain);
    ck_assert_int_eq(a->unmatched, b->unmatched);
}

static void shuffle(test_random *r, size_t order[], size_t n)
{
    for (size_t i = n; i > 1; i--) {
        const size_t k = random_bits(r) % i, kept = order[i - 1];
        order[i - 1] = order[k];
        order[k] = kept;
    }
}

/* Measures points in a random order, in calls of a random length; answers come back in place. */
static void measure_shuffled(incmap_ctx *own, const incmap_border *b, test_random *r,
                             const incmap_coord points[], size_t n, incmap_depth out[])
{
    size_t *order = malloc(n * sizeof *order);
    incmap_coord *asked = malloc(n * sizeof *asked);
    incmap_depth *answers = malloc(n * sizeof *answers);

    for (size_t i = 0; i < n; i++)
        order[i] = i;
    shuffle(r, order, n);
    for (size_t i = 0; i < n; i++)
        asked[i] = points[order[i]];
    for (size_t at = 0, step; at < n; at += step) {
        step = 1 + random_bits(r) % (n - at);
        ck_assert_int_eq(incmap_border_measure_many(own, b, asked + at, NULL, step, answers + at),
                         INCMAP_OK);
    }
    for (size_t i = 0; i < n; i++)
        out[order[i]] = answers[i];
    free(order);
    free(asked);
    free(answers);
}

static void check_order(const incmap_border *b, incmap_border *prepared, uint64_t seed, size_t n)
{
    test_random r = { test_seed(seed) };
    incmap_coord *points = malloc(n * sizeof *points);
    incmap_depth *single = malloc(n * sizeof *single), *many = malloc(n * sizeof *many);

    for (size_t i = 0; i < n; i++) {
        points[i] = world_point(&r, b, (int)(i % 1000));
        single[i] = measure(b, points[i]);
    }
    for (int round = 0; round < 3; round++) {
        measure_shuffled(ctx, round == 2 ? prepared : b, &r, points, n, many);
        for (size_t i = 0; i < n; i++)
            assert_same(&single[i], &many[i]);
    }
    free(points);
    free(single);
    free(many);
}

START_TEST(many_answers_are_single_ones_bit_for_bit_in_any_order)
{
    const struct world *w = world_get((size_t)_i);
    incmap_border *b = border_of(w, "I", "O"), *prepared = border_of(w, "I", "O");

    ck_assert_int_eq(incmap_border_prepare(ctx, prepared), INCMAP_OK);
    check_order(b, prepared, 504 + (uint64_t)_i, 1500);
    incmap_border_free(b);
    incmap_border_free(prepared);
}
END_TEST

START_TEST(many_answers_of_the_default_border_are_single_ones_bit_for_bit)
{
    incmap_border *b = NULL, *prepared = NULL;

    ck_assert_int_eq(incmap_border_builtin(ctx, &b), INCMAP_OK);
    ck_assert_int_eq(incmap_border_builtin(ctx, &prepared), INCMAP_OK);
    ck_assert_int_eq(incmap_border_prepare(ctx, prepared), INCMAP_OK);
    check_order(b, prepared, 505, 9000);
    incmap_border_free(b);
    incmap_border_free(prepared);
}
END_TEST

/* ---- threads ---- */

enum { SHARED_POINTS = 3000 };

struct errand {
    const incmap_border *border;
    const incmap_coord *points;
    incmap_depth *answers;
    uint64_t seed;
    incmap_ctx *own;
};

static void *run_errand(void *data)
{
    struct errand *e = data;
    test_random r = { e->seed };
    measure_shuffled(e->own, e->border, &r, e->points, SHARED_POINTS, e->answers);
    return NULL;
}

START_TEST(two_contexts_in_two_threads_give_the_answers_of_one)
{
    static incmap_coord points[SHARED_POINTS];
    static incmap_depth one[SHARED_POINTS], two[2][SHARED_POINTS];
    incmap_border *b = NULL;
    struct errand errands[2];
    pthread_t threads[2];
    test_random r = { test_seed(506) };

    ck_assert_int_eq(incmap_border_builtin(ctx, &b), INCMAP_OK);
    for (int i = 0; i < SHARED_POINTS; i++)
        points[i] = world_point(&r, b, i);
    for (int t = 0; t < 2; t++) {
        errands[t] = (struct errand){ b, points, two[t], 7 + (uint64_t)t, NULL };
        ck_assert_int_eq(incmap_ctx_new(NULL, &errands[t].own), INCMAP_OK);
        ck_assert_int_eq(pthread_create(&threads[t], NULL, run_errand, &errands[t]), 0);
    }
    ck_assert_int_eq(incmap_border_measure_many(ctx, b, points, NULL, SHARED_POINTS, one),
                     INCMAP_OK);
    for (int t = 0; t < 2; t++) {
        pthread_join(threads[t], NULL);
        incmap_ctx_free(errands[t].own);
        for (int i = 0; i < SHARED_POINTS; i++)
            assert_same(&one[i], &two[t][i]);
    }
    incmap_border_free(b);
}
END_TEST

/* ---- what a border is made of makes no difference ---- */

/* The worlds `plain` and `other` bound the same countries, in another way. */
static void assert_same_border(const struct world *plain, const struct world *other, uint64_t seed)
{
    incmap_border *a = border_of(plain, "I", "O"), *b = border_of(other, "I", "O");
    test_random r = { test_seed(seed) };

    for (int i = 0; i < 4 * POINTS; i++) {
        const incmap_coord p = world_point(&r, a, i);
        const incmap_depth d = measure(a, p), e = measure(b, p);
        const char *why = other->why;
        HOLDS(fabs(fabs(d.depth_m) - fabs(e.depth_m)) <= allowed(fabs(d.depth_m)));
        if (fabs(d.depth_m) > 1e-4) HOLDS(d.side == e.side);
    }
    incmap_border_free(a);
    incmap_border_free(b);
}

START_TEST(edges_of_no_length_and_vertices_said_twice_change_nothing)
{
    assert_same_border(world_named("random"), world_named("repeated"), 507);
}
END_TEST

START_TEST(country_in_two_features_has_the_border_of_one)
{
    assert_same_border(world_named("random"), world_named("pieces"), 508);
}
END_TEST

START_TEST(point_as_far_from_two_edges_gets_one_of_them)
{
    /* A border like a roof, even about the meridian of 20 degrees. */
    const struct world *w = world_named("roof");
    incmap_border *b = border_of(w, "I", "O");

    for (int i = 1; i < 60; i++) {
        const incmap_coord p = { 48 + 0.02 * i, 20 }, left = { p.lat, 19.999 };
        const incmap_depth d = measure(b, p), l = measure(b, left);
        const struct slow_nearest best = slow_nearest(b, p);
        ck_assert_double_eq_tol(fabs(d.depth_m), best.distance_m, 1e-5);
        ck_assert_double_eq_tol(apart(p, d.nearest), best.distance_m, 1e-5);
        /* The roof's other half is as far from the point's image. */
        ck_assert_double_eq_tol(fabs(l.depth_m),
                                fabs(measure(b, (incmap_coord){ p.lat, 20.001 }).depth_m), 1e-6);
    }
    incmap_border_free(b);
}
END_TEST

/* Every edge of a circle is as near to its middle, more than the search has room to remember. */
START_TEST(point_as_far_from_all_edges_gets_one_of_them)
{
    const struct world *w = world_named("circle");
    const incmap_coord c = world_circle_centre();
    incmap_border *b = border_of(w, "I", "O");
    test_random r = { test_seed(511) };

    for (int i = 0; i < 60; i++) {
        const incmap_coord p = i ? incmap__geodesic_direct(c, random_between(&r, 0, 360),
                                                           random_log(&r, 1e-9, 10), NULL)
                                 : c;
        const incmap_depth d = measure(b, p);
        check_foot(w->why, b, p, &d);
        check_side(w->why, w, p, &d);
        ck_assert_int_eq(d.side, INCMAP_SIDE_INSIDE);
    }
    incmap_border_free(b);
}
END_TEST

START_TEST(distance_goes_on_to_the_antipode)
{
    const struct world *w = world_named("one edge");
    incmap_border *b = border_of(w, "I", "O");
    incmap_coord from = slow_vertex(b, 0);

    for (int k = 0; k <= 200; k++) {
        const double away = 20003931.4 * k / 200;
        for (double azimuth = 0; azimuth < 360; azimuth += 40) {
            const incmap_coord p = incmap__geodesic_direct(from, azimuth, away, NULL);
            const incmap_depth d = measure(b, p);
            check_foot("one edge", b, p, &d);
            ck_assert_double_le(fabs(d.depth_m), apart(p, from) + 1e-4);
        }
    }
    incmap_border_free(b);
}
END_TEST

static const struct {
    const char *why;
    incmap_coord point, same; /* `same` says the same place in range */
    incmap_status status;
} coordinates[] = {
    { "a longitude of 181", { 50, 181 }, { 50, -179 }, INCMAP_OK },
    { "three turns", { 50, 30 + 1080 }, { 50, 30 }, INCMAP_OK },
    { "just beyond the pole", { 90.0001, 30 }, { 0, 0 }, INCMAP_EDOMAIN },
    { "just beyond the south pole", { -90.0001, 30 }, { 0, 0 }, INCMAP_EDOMAIN },
    { "the pole itself", { 90, 30 }, { 90, -77 }, INCMAP_OK },
    { "the south pole", { -90, 30 }, { -90, 5 }, INCMAP_OK },
    { "a latitude that is no number", { NAN, 30 }, { 0, 0 }, INCMAP_EDOMAIN },
    { "a longitude that is no number", { 50, NAN }, { 0, 0 }, INCMAP_EDOMAIN },
    { "an endless longitude", { 50, INFINITY }, { 0, 0 }, INCMAP_EDOMAIN },
    { "an endless latitude", { -INFINITY, 30 }, { 0, 0 }, INCMAP_EDOMAIN },
};

START_TEST(coordinates_at_the_edge_are_measured_and_those_beyond_are_refused)
{
    incmap_border *b = border_of(world_named("random"), "I", "O");
    const char *why = coordinates[_i].why;
    const incmap_coord p = coordinates[_i].point;
    incmap_depth d = { .depth_m = 42 }, many;

    HOLDS(incmap_border_measure(ctx, b, p, 0, &d) == coordinates[_i].status);
    HOLDS(incmap_border_measure_many(ctx, b, &p, NULL, 1, &many) ==
          (coordinates[_i].status ? INCMAP_EPARTIAL : INCMAP_OK));
    if (coordinates[_i].status) {
        HOLDS(d.depth_m == 42);
        HOLDS(isnan(many.depth_m) && many.side == INCMAP_SIDE_UNKNOWN && many.line == -1);
    } else {
        const incmap_depth same = measure(b, coordinates[_i].same);
        HOLDS(fabs(d.depth_m - same.depth_m) <= 1e-6);
        HOLDS(d.side == same.side);
        assert_same(&d, &many);
    }
    incmap_border_free(b);
}
END_TEST

START_TEST(measuring_needs_no_memory_that_it_cannot_do_without)
{
    enum { LOTS = 9000 }; /* enough for every help to be asked for */
    static incmap_coord points[LOTS];
    static incmap_depth with[LOTS], without[LOTS];
    struct faulty f;
    incmap_ctx *scarce = faulty_ctx(&f);
    const long own = f.blocks;
    incmap_border *b = border_of(world_named("random"), "I", "O");
    test_random r = { test_seed(509) };

    for (int i = 0; i < LOTS; i++)
        points[i] = world_point(&r, b, i % 1000);
    ck_assert_int_eq(incmap_border_measure_many(ctx, b, points, NULL, LOTS, with), INCMAP_OK);
    for (long budget = 0, left = 0; left == 0; budget++) {
        ck_assert_int_lt(budget, 1000);
        f.budget = budget;
        ck_assert_int_eq(incmap_border_measure_many(scarce, b, points, NULL, LOTS, without),
                         INCMAP_OK);
        ck_assert_int_eq(f.blocks, own);
        for (int i = 0; i < LOTS; i += budget ? 97 : 1)
            assert_same(&with[i], &without[i]);
        left = f.budget;
    }
    incmap_border_free(b);
    incmap_ctx_free(scarce);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("border_properties");
    TCase *tc = tcase_create("border_properties");
    const int worlds = (int)world_count();

    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_loop_test(tc, every_answer_of_every_world_is_that_of_trying_every_edge, 0, worlds);
    tcase_add_test(tc, default_border_answers_as_trying_every_edge);
    tcase_add_loop_test(tc, exchanged_countries_exchange_the_sides_and_change_nothing_else, 0,
                        worlds);
    tcase_add_loop_test(tc, many_answers_are_single_ones_bit_for_bit_in_any_order, 0, worlds);
    tcase_add_test(tc, many_answers_of_the_default_border_are_single_ones_bit_for_bit);
    tcase_add_test(tc, two_contexts_in_two_threads_give_the_answers_of_one);
    tcase_add_test(tc, edges_of_no_length_and_vertices_said_twice_change_nothing);
    tcase_add_test(tc, country_in_two_features_has_the_border_of_one);
    tcase_add_test(tc, point_as_far_from_two_edges_gets_one_of_them);
    tcase_add_test(tc, point_as_far_from_all_edges_gets_one_of_them);
    tcase_add_test(tc, distance_goes_on_to_the_antipode);
    tcase_add_loop_test(tc, coordinates_at_the_edge_are_measured_and_those_beyond_are_refused, 0,
                        sizeof coordinates / sizeof *coordinates);
    tcase_add_test(tc, measuring_needs_no_memory_that_it_cannot_do_without);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
