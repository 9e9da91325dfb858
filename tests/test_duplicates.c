/* SPDX-License-Identifier: MIT */
/* Possible duplicates: proposed within the windows, never merged by themselves, against a plain
 * comparison of all pairs. */
#include "harness.h"
#include "faulty_tries.h"
#include "random.h"
#include "tables.h"

#include <math.h>

#include <incmap/distance.h>
#include <incmap/duplicates.h>
#include <incmap/import.h>

#include "reports/dataset.h"

static incmap_ctx *ctx;
static incmap_gazetteer *g;
static incmap_dataset *d;
static incmap_duplicates *found;

static void setup(void)
{
    ck_assert_int_eq(incmap_ctx_new(NULL, &ctx), INCMAP_OK);
    ck_assert_int_eq(incmap_gazetteer_new(ctx, &g), INCMAP_OK);
    d = NULL;
    found = NULL;
}

static void teardown(void)
{
    incmap_duplicates_free(found);
    incmap_dataset_free(d);
    incmap_gazetteer_free(g);
    incmap_ctx_free(ctx);
}

static void build(const char *incidents)
{
    const incmap__dataset_tables tables = {
        csv_over(ctx, "s.csv", "id\n"),
        csv_over(ctx, "k.csv", "key,name\n"),
        csv_over(ctx, "i.csv", incidents),
        csv_over(ctx, "c.csv", "claim_id,incident_id,source,claimant_key,polarity,claim_type\n"),
    };
    ck_assert_msg(incmap__dataset_build(ctx, tables, g, NULL, &d) == INCMAP_OK, "%s",
                  incmap_ctx_message(ctx));
}

#define HEADER                                                                                     \
    "id,title,date_start,date_end,date_precision,place_key,actor1,actor2,parent_id,event_type,"    \
    "lon_deg,lat_deg,coord_uncertainty_m\n"

/* One degree of latitude is some 111 km: 0.01 is 1.1 km. */
static const struct {
    const char *why, *a, *b;
    bool proposed;
    int days;
    size_t actors;
} pairs[] = {
    { "the same twice", "a,A,2023-05-22,,,,X|Y,Z,,t,36,50,500",
      "b,B,2023-05-22,,,,X,Z,,t,36,50,500", true, 0, 2 },
    { "a kilometre and a day apart", "a,A,2023-05-22,,,,X,,,t,36,50,500",
      "b,B,2023-05-23,,,,X,,,u,36,50.01,500", true, 1, 1 },
    { "two days apart", "a,A,2023-05-22,,,,X,,,t,36,50,500", "b,B,2023-05-24,,,,X,,,t,36,50,500",
      false, 0, 0 },
    { "an interval that holds the other", "a,A,2023-05-01,2023-05-31,,,X,,,t,36,50,500",
      "b,B,2023-05-24,,,,X,,,t,36,50,500", true, 0, 1 },
    { "eleven kilometres apart", "a,A,2023-05-22,,,,X,,,t,36,50,500",
      "b,B,2023-05-22,,,,X,,,t,36,50.1,500", false, 0, 0 },
    { "far along the parallel", "a,A,2023-05-22,,,,X,,,t,36,50,500",
      "b,B,2023-05-22,,,,X,,,t,37,50,500", false, 0, 0 },
    { "across the antimeridian", "a,A,2023-05-22,,,,X,,,t,179.99,50,500",
      "b,B,2023-05-22,,,,X,,,t,-179.99,50,500", true, 0, 1 },
    { "other actors", "a,A,2023-05-22,,,,X,,,t,36,50,500", "b,B,2023-05-22,,,,W,,,t,36,50,500",
      false, 0, 0 },
    { "actors on the other side", "a,A,2023-05-22,,,,X,Y,,t,36,50,500",
      "b,B,2023-05-22,,,,Y,X,,t,36,50,500", true, 0, 2 },
    { "one without actors: nothing to compare", "a,A,2023-05-22,,,,,,,t,36,50,500",
      "b,B,2023-05-22,,,,X,,,t,36,50,500", true, 0, 0 },
    { "an open start", "a,A,,2023-05-22,,,X,,,t,36,50,500", "b,B,2023-05-22,,,,X,,,t,36,50,500",
      true, 0, 1 },
    { "no date", "a,A,,,,,X,,,t,36,50,500", "b,B,2023-05-22,,,,X,,,t,36,50,500", false, 0, 0 },
    { "no position", "a,A,2023-05-22,,,,X,,,t,,,", "b,B,2023-05-22,,,,X,,,t,36,50,500", false, 0,
      0 },
    { "a part and its whole", "a,A,2023-05-22,,,,X,,b,t,36,50,500",
      "b,B,2023-05-22,,,,X,,,t,36,50,500", false, 0, 0 },
};

START_TEST(pairs_within_the_windows_are_proposed)
{
    char incidents[1024];
    const incmap_duplicate *pair;

    (void)snprintf(incidents, sizeof incidents, "%s%s\n%s\n", HEADER, pairs[_i].a, pairs[_i].b);
    build(incidents);
    ck_assert_int_eq(incmap_duplicates_find(ctx, d, NULL, &found), INCMAP_OK);
    ck_assert_msg(incmap_duplicates_count(found) == (pairs[_i].proposed ? 1 : 0), "%s",
                  pairs[_i].why);
    pair = incmap_duplicates_get(found, 0);
    if (!pair) return;
    ck_assert_uint_eq(pair->a, 0);
    ck_assert_uint_eq(pair->b, 1);
    ck_assert_msg(pair->days == pairs[_i].days, "%s: %d", pairs[_i].why, pair->days);
    ck_assert_msg(pair->actors == pairs[_i].actors, "%s: %zu", pairs[_i].why, pair->actors);
    ck_assert_int_eq(pair->actors_unknown, pairs[_i].actors == 0);
    ck_assert_double_eq(pair->band_m, 1000);
}
END_TEST

START_TEST(merged_pairs_are_not_proposed_again_until_parted)
{
    build(HEADER "a,A,2023-05-22,,,,X,,,t,36,50,500\nb,B,2023-05-22,,,,X,,,t,36,50,500\n"
                 "c,C,2023-05-22,,,,X,,,t,36,50,500\n");
    ck_assert_int_eq(incmap_duplicates_find(ctx, d, NULL, &found), INCMAP_OK);
    ck_assert_uint_eq(incmap_duplicates_count(found), 3);
    incmap_duplicates_free(found);
    ck_assert_int_eq(incmap_dataset_merge(ctx, d, 2, 0), INCMAP_OK);
    ck_assert_int_eq(incmap_dataset_merge(ctx, d, 0, 1), INCMAP_OK);
    ck_assert_int_eq(incmap_duplicates_find(ctx, d, NULL, &found), INCMAP_OK);
    ck_assert_uint_eq(incmap_duplicates_count(found), 0);
    incmap_duplicates_free(found);
    ck_assert_int_eq(incmap_dataset_unmerge(ctx, d, 2), INCMAP_OK);
    ck_assert_int_eq(incmap_duplicates_find(ctx, d, NULL, &found), INCMAP_OK);
    ck_assert_uint_eq(incmap_duplicates_count(found), 2);
}
END_TEST

START_TEST(windows_may_be_set)
{
    incmap_duplicate_options options = INCMAP_DUPLICATE_OPTIONS_INIT;

    build(HEADER "a,A,2023-05-22,,,,X,,,t,36,50,500\nb,B,2023-05-23,,,,W,,,t,36,50,500\n"
                 "c,C,2023-06-22,,,,X,,,t,36,50.2,500\nd,D,2023-05-22,,,,X,,,t,36,50,500\n");
    options.any_actors = true;
    ck_assert_int_eq(incmap_duplicates_find(ctx, d, &options, &found), INCMAP_OK);
    ck_assert_uint_eq(incmap_duplicates_count(found), 3);
    incmap_duplicates_free(found);
    options.days = -1;
    options.distance_m = -1;
    ck_assert_int_eq(incmap_duplicates_find(ctx, d, &options, &found), INCMAP_OK);
    ck_assert_uint_eq(incmap_duplicates_count(found), 1);
    ck_assert_uint_eq(incmap_duplicates_get(found, 0)->b, 3);
    ck_assert(incmap_duplicates_get(found, 0)->same_type);
    incmap_duplicates_free(found);
    options.days = 60;
    options.distance_m = 50e3;
    ck_assert_int_eq(incmap_duplicates_find(ctx, d, &options, &found), INCMAP_OK);
    ck_assert_uint_eq(incmap_duplicates_count(found), 6);
}
END_TEST

START_TEST(no_pair_is_missed)
{
    test_random r = { test_seed(7) };
    char *incidents = malloc(400 * 80);
    size_t used = (size_t)sprintf(incidents, "%s", HEADER), expected = 0;
    incmap_duplicate_options options = INCMAP_DUPLICATE_OPTIONS_INIT;

    for (int i = 0; i < 300; i++) {
        const int day = 1 + (int)(random_bits(&r) % 28), last = day + (int)(random_bits(&r) % 3);
        used += (size_t)sprintf(incidents + used,
                                "i%d,T,2023-05-%02d,2023-05-%02d,,,X,,,t,%.4f,%.4f,\n", i, day,
                                last, random_between(&r, 36, 36.3), random_between(&r, 50, 50.2));
    }
    build(incidents);
    free(incidents);
    options.distance_m = 4000;
    options.days = 2;
    ck_assert_int_eq(incmap_duplicates_find(ctx, d, &options, &found), INCMAP_OK);
    for (size_t a = 0; a < 300; a++)
        for (size_t b = a + 1; b < 300; b++) {
            const incmap_incident *x = incmap_dataset_incident(d, a);
            const incmap_incident *y = incmap_dataset_incident(d, b);
            double metres;
            if (x->when.earliest - y->when.before >= 2 || y->when.earliest - x->when.before >= 2)
                continue;
            ck_assert_int_eq(incmap_distance(ctx, x->at, y->at, &metres), INCMAP_OK);
            if (metres > 4000) continue;
            const incmap_duplicate *pair = incmap_duplicates_get(found, expected++);
            ck_assert_msg(pair && pair->a == a && pair->b == b, "seed: %zu %zu", a, b);
            ck_assert_double_eq_tol(pair->distance_m, metres, 1e-6);
        }
    ck_assert_uint_eq(incmap_duplicates_count(found), expected);
    ck_assert_uint_gt(expected, 100);
}
END_TEST

START_TEST(bad_arguments_leave_the_output_alone)
{
    incmap_duplicate_options options = INCMAP_DUPLICATE_OPTIONS_INIT;

    build(HEADER "a,A,,,,,X,,,t,36,50,500\n");
    options.distance_m = NAN;
    ck_assert_int_eq(incmap_duplicates_find(ctx, d, &options, &found), INCMAP_EDOMAIN);
    ck_assert_int_eq(incmap_duplicates_find(NULL, d, NULL, &found), INCMAP_EARG);
    ck_assert_int_eq(incmap_duplicates_find(ctx, NULL, NULL, &found), INCMAP_EARG);
    ck_assert_int_eq(incmap_duplicates_find(ctx, d, NULL, NULL), INCMAP_EARG);
    ck_assert_ptr_null(found);
    ck_assert_int_eq(incmap_duplicates_find(ctx, d, NULL, &found), INCMAP_OK);
    ck_assert_uint_eq(incmap_duplicates_skipped(found), 1);
    ck_assert_ptr_null(incmap_duplicates_get(found, 0));
    ck_assert_uint_eq(incmap_duplicates_count(NULL) + incmap_duplicates_skipped(NULL), 0);
}
END_TEST

START_TEST(without_memory_finding_is_enomem_and_leaks_nothing)
{
    faulty_tries t = faulty_begin();

    build(HEADER "a,A,2023-05-22,,,,X,,,t,36,50,500\nb,B,2023-05-22,,,,X,,,t,36,50,500\n");
    while (faulty_next(&t, found))
        t.st = incmap_duplicates_find(t.ctx, d, NULL, &found);
    ck_assert_int_eq(t.done, 4);
    incmap_duplicates_free(found);
    found = NULL;
    faulty_end(&t, 3);
}
END_TEST

START_TEST(a_real_release_is_searched_whole)
{
    char path[1024];
    incmap_report *report = NULL;

    (void)snprintf(path, sizeof path, "%s/hdx_ucdp_ukr_c.csv", getenv("INCMAP_REAL_DATA"));
    ck_assert_int_eq(incmap_report_new(ctx, NULL, &report), INCMAP_OK);
    ck_assert_int_eq(incmap_dataset_import_ucdp(ctx, path, report, &d), INCMAP_OK);
    incmap_report_free(report);
    ck_assert_int_eq(incmap_duplicates_find(ctx, d, NULL, &found), INCMAP_OK);
    ck_assert_uint_eq(incmap_duplicates_skipped(found), 0);
    ck_assert_uint_gt(incmap_duplicates_count(found), 0);
    for (size_t i = 0; i < incmap_duplicates_count(found); i++) {
        const incmap_duplicate *pair = incmap_duplicates_get(found, i);
        ck_assert(pair->a < pair->b && pair->distance_m <= 5000 && pair->days <= 1);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("duplicates");
    TCase *own = tcase_create("own");
    tcase_add_checked_fixture(own, setup, teardown);
    tcase_add_loop_test(own, pairs_within_the_windows_are_proposed, 0,
                        sizeof pairs / sizeof *pairs);
    tcase_add_test(own, merged_pairs_are_not_proposed_again_until_parted);
    tcase_add_test(own, windows_may_be_set);
    tcase_add_test(own, no_pair_is_missed);
    tcase_add_test(own, bad_arguments_leave_the_output_alone);
    tcase_add_test(own, without_memory_finding_is_enomem_and_leaks_nothing);
    suite_add_tcase(suite, own);
    /* Public data that are not part of the product: read where somebody has them. */
    if (getenv("INCMAP_REAL_DATA")) {
        TCase *real = tcase_create("real");
        tcase_add_checked_fixture(real, setup, teardown);
        tcase_add_test(real, a_real_release_is_searched_whole);
        suite_add_tcase(suite, real);
    }
    return run_suite(suite);
}
