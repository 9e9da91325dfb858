/* SPDX-License-Identifier: MIT */
/* The nearest places, against the distance to every one of them. */
#include "harness.h"
#include "faulty_allocator.h"
#include "tables.h"

#include <math.h>

#include <incmap/distance.h>

static incmap_ctx *ctx;
static incmap_gazetteer *g;

static void setup(void)
{
    ck_assert_int_eq(incmap_ctx_new(NULL, &ctx), INCMAP_OK);
    ck_assert_int_eq(incmap_gazetteer_new(ctx, &g), INCMAP_OK);
}

static void teardown(void)
{
    incmap_gazetteer_free(g);
    incmap_ctx_free(ctx);
}

static uint64_t state = 20230522;

/* 0 to 1 (Knuth's MMIX generator). */
static double random_unit(void)
{
    state = state * 6364136223846793005u + 1442695040888963407u;
    return (double)(state >> 11) / 9007199254740992.0;
}

static incmap_coord random_point(void)
{
    return (incmap_coord){ asin(2 * random_unit() - 1) * 180 / acos(-1),
                           random_unit() * 360 - 180 };
}

static void add_point(size_t i, incmap_coord at)
{
    char key[32];
    const incmap_place_name name = { key, "en", false };
    const incmap_place place = { .key = key,
                                 .kind = i % 3 ? INCMAP_PLACE_VILLAGE : INCMAP_PLACE_TOWN,
                                 .located = true,
                                 .at = at,
                                 .names = &name,
                                 .name_count = 1 };
    (void)snprintf(key, sizeof key, "p%zu", i);
    ck_assert_int_eq(incmap_gazetteer_add(ctx, g, &place), INCMAP_OK);
}

/* The k-th answer must be the k-th smallest of all distances, and its own distance. */
static void compare_with_all(incmap_coord point, const incmap_find_options *options, size_t k)
{
    const size_t n = incmap_gazetteer_count(g);
    incmap_near *found = malloc((k + 1) * sizeof *found);
    bool *taken = calloc(n, sizeof *taken);
    size_t count = 99999;

    ck_assert_int_eq(incmap_gazetteer_nearest(ctx, g, point, options, k, found, &count), INCMAP_OK);
    for (size_t i = 0; i <= k; i++) {
        size_t best = n;
        double least = INFINITY, d;
        for (size_t j = 0; j < n; j++) {
            const incmap_place *place = incmap_gazetteer_get(g, j);
            if (taken[j] || !place->located) continue;
            if (options && options->kinds && !(options->kinds & INCMAP_PLACE_BIT(place->kind)))
                continue;
            ck_assert_int_eq(incmap_distance(ctx, point, place->at, &d), INCMAP_OK);
            if (d < least) {
                least = d;
                best = j;
            }
        }
        if (i == k || best == n) {
            ck_assert_uint_eq(count, i);
            break;
        }
        taken[best] = true;
        ck_assert_uint_lt(i, count);
        ck_assert_msg(
            found[i].place == incmap_gazetteer_get(g, best) && found[i].distance_m == least,
            "at %.9g, %.9g rank %zu: %s %.4f m, expected %s %.4f m", point.lat, point.lon, i,
            found[i].place->key, found[i].distance_m, incmap_gazetteer_get(g, best)->key, least);
    }
    free(taken);
    free(found);
}

START_TEST(nearest_places_of_the_default_data_are_those_of_all_distances)
{
    load_default_places(ctx, g);
    compare_with_all((incmap_coord){ 50.4614, 35.6025 }, NULL, 7);
    compare_with_all((incmap_coord){ 50.4614, 35.6025 }, NULL, 500);
    compare_with_all((incmap_coord){ -33, -60 }, NULL, 5);
    compare_with_all((incmap_coord){ 90, 0 }, NULL, 5);
    compare_with_all((incmap_coord){ 50, 35 + 720 }, NULL, 3);
    for (int i = 0; i < 30; i++)
        compare_with_all((incmap_coord){ 45 + 8 * random_unit(), 30 + 12 * random_unit() }, NULL,
                         5);
}
END_TEST

START_TEST(nearest_places_over_the_whole_globe_are_those_of_all_distances)
{
    for (size_t i = 0; i < 400; i++)
        add_point(i, random_point());
    for (int i = 0; i < 60; i++) {
        compare_with_all(random_point(), NULL, 4);
        compare_with_all(random_point(), NULL, 1);
    }
    compare_with_all(random_point(), NULL, 400); /* all of them, up to the far side of the globe */
}
END_TEST

START_TEST(near_ties_are_told_apart_by_the_geodesic)
{
    /* Rings of points 100 m to 19,900 km from a centre, each ring within 1 mm of its radius. */
    static const double radii[] = { 100, 5e4, 3e6, 9e6, 1.5e7, 1.99e7 };
    const incmap_coord centre = { 50.46, 35.6 };
    size_t n = 0;
    for (size_t r = 0; r < sizeof radii / sizeof *radii; r++)
        for (int i = 0; i < 24; i++) {
            incmap_coord at;
            ck_assert_int_eq(
                incmap_destination(ctx, centre, i * 15.0, radii[r] + random_unit() * 1e-3, &at),
                INCMAP_OK);
            add_point(n++, at);
        }
    for (size_t k = 1; k <= n; k += 7)
        compare_with_all(centre, NULL, k);
}
END_TEST

START_TEST(only_places_that_the_options_let_through_count)
{
    const incmap_find_options towns = { .version = 1,
                                        .kinds = INCMAP_PLACE_BIT(INCMAP_PLACE_TOWN) };
    const incmap_find_options posts = { .version = 1,
                                        .kinds = INCMAP_PLACE_BIT(INCMAP_PLACE_BORDER_POST) };
    const incmap_find_options nowhere = { .version = 1, .country = "XX" };
    const incmap_find_options ukraine = { .version = 1,
                                          .country = "ua",
                                          .kinds = INCMAP_PLACE_SETTLEMENTS };
    incmap_near found[3];
    size_t count = 9;

    load_default_places(ctx, g);
    compare_with_all((incmap_coord){ 50.4614, 35.6025 }, &towns, 5);
    compare_with_all((incmap_coord){ 50.4614, 35.6025 }, &posts, 60);
    ck_assert_int_eq(
        incmap_gazetteer_nearest(ctx, g, (incmap_coord){ 50, 35 }, &nowhere, 3, found, &count),
        INCMAP_OK);
    ck_assert_uint_eq(count, 0);
    ck_assert_int_eq(incmap_gazetteer_nearest(ctx, g, (incmap_coord){ 50.4614, 35.6025 }, &ukraine,
                                              3, found, &count),
                     INCMAP_OK);
    ck_assert_str_eq(found[0].place->key, "lukashivka");
}
END_TEST

START_TEST(equally_near_places_come_in_the_order_of_adding)
{
    incmap_near found[4];
    size_t count;
    for (size_t i = 0; i < 6; i++)
        add_point(i, (incmap_coord){ 50, 35 });
    ck_assert_int_eq(
        incmap_gazetteer_nearest(ctx, g, (incmap_coord){ 50, 35 }, NULL, 4, found, &count),
        INCMAP_OK);
    ck_assert_uint_eq(count, 4);
    for (size_t i = 0; i < 4; i++) {
        ck_assert_ptr_eq(found[i].place, incmap_gazetteer_get(g, i));
        ck_assert_double_eq(found[i].distance_m, 0);
    }
}
END_TEST

START_TEST(bad_arguments_are_told_and_leave_the_outputs_alone)
{
    incmap_near found = { NULL, 42 };
    size_t count = 42;
    const incmap_coord good = { 50, 35 };

    ck_assert_int_eq(
        incmap_gazetteer_nearest(ctx, g, (incmap_coord){ 95, 35 }, NULL, 1, &found, &count),
        INCMAP_EDOMAIN);
    ck_assert_str_eq(incmap_ctx_message(ctx),
                     "lat 95, lon 35 is no position: degrees, |lat| <= 90");
    ck_assert_int_eq(
        incmap_gazetteer_nearest(ctx, g, (incmap_coord){ NAN, 35 }, NULL, 1, &found, &count),
        INCMAP_EDOMAIN);
    ck_assert_int_eq(incmap_gazetteer_nearest(NULL, g, good, NULL, 1, &found, &count), INCMAP_EARG);
    ck_assert_int_eq(incmap_gazetteer_nearest(ctx, NULL, good, NULL, 1, &found, &count),
                     INCMAP_EARG);
    ck_assert_int_eq(incmap_gazetteer_nearest(ctx, g, good, NULL, 1, NULL, &count), INCMAP_EARG);
    ck_assert_int_eq(incmap_gazetteer_nearest(ctx, g, good, NULL, 1, &found, NULL), INCMAP_EARG);
    ck_assert_uint_eq(count, 42);
    ck_assert_double_eq(found.distance_m, 42);
    ck_assert_int_eq(incmap_gazetteer_nearest(ctx, g, good, NULL, 1, &found, &count), INCMAP_OK);
    ck_assert_uint_eq(count, 0);
    add_point(0, good);
    ck_assert_int_eq(incmap_gazetteer_nearest(ctx, g, good, NULL, 0, NULL, &count), INCMAP_OK);
    ck_assert_uint_eq(count, 0);
}
END_TEST

START_TEST(without_memory_nearest_is_enomem_and_leaks_nothing)
{
    struct faulty faulty = { 0, 0 };
    incmap_ctx *poor = faulty_ctx(&faulty);
    const long blocks = faulty.blocks;
    incmap_near found = { NULL, 42 };
    size_t count = 42;

    add_point(0, (incmap_coord){ 50, 35 });
    faulty.budget = 0;
    ck_assert_int_eq(
        incmap_gazetteer_nearest(poor, g, (incmap_coord){ 50, 35 }, NULL, 1, &found, &count),
        INCMAP_ENOMEM);
    ck_assert_uint_eq(count, 42);
    ck_assert_ptr_null(found.place);
    faulty.budget = -1;
    ck_assert_int_eq(
        incmap_gazetteer_nearest(poor, g, (incmap_coord){ 50, 35 }, NULL, 1, &found, &count),
        INCMAP_OK);
    ck_assert_int_eq(faulty.blocks, blocks);
    incmap_ctx_free(poor);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("nearest");
    TCase *tc = tcase_create("nearest");
    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(tc, nearest_places_of_the_default_data_are_those_of_all_distances);
    tcase_add_test(tc, nearest_places_over_the_whole_globe_are_those_of_all_distances);
    tcase_add_test(tc, near_ties_are_told_apart_by_the_geodesic);
    tcase_add_test(tc, only_places_that_the_options_let_through_count);
    tcase_add_test(tc, equally_near_places_come_in_the_order_of_adding);
    tcase_add_test(tc, bad_arguments_are_told_and_leave_the_outputs_alone);
    tcase_add_test(tc, without_memory_nearest_is_enomem_and_leaks_nothing);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
