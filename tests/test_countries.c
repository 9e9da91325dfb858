/* SPDX-License-Identifier: MIT */
/* Which country a point is in: enclaves, contested ground, the antimeridian, the poles. */
#include "harness.h"

#include <incmap/countries.h>

#include <math.h>
#include <pthread.h>

#include "faulty_tries.h"
#include "fixture_scratch.h"
#include "layers_made.h"
#include "random.h"

/* BIG with a hole that ENC fills, with a bit of BIG again in it; TWO claims a corner of BIG; DATE lies over
 * the antimeridian in two parts; SOUTH goes around the pole, NORTH around the other one; a second feature of BIG stands there twice;
 * TIP touches BIG in one point; one area has no code. */
/* clang-format off */
static const char world[] =
    FEATURE("BIG", POLYGON("[[0,0],[10,0],[10,10],[0,10],[0,0]],[[4,4],[4,6],[6,6],[6,4],[4,4]]"))
    "," FEATURE("ENC", POLYGON("[[4,4],[6,4],[6,6],[4,6],[4,4]],"
                               "[[4.8,4.8],[4.8,5.2],[5.2,5.2],[5.2,4.8],[4.8,4.8]]"))
    "," FEATURE("BIG", POLYGON("[[4.8,4.8],[5.2,4.8],[5.2,5.2],[4.8,5.2],[4.8,4.8]]"))
    "," FEATURE("TWO", POLYGON("[[8,8],[12,8],[12,12],[8,12],[8,8]]"))
    "," FEATURE("DATE", "{\"type\":\"MultiPolygon\",\"coordinates\":["
                        "[[[178,-2],[-178,-2],[-178,2],[178,2],[178,-2]]],"
                        "[[[179,20],[181,20],[181,22],[179,22],[179,20]]]]}")
    "," FEATURE("SOUTH", POLYGON("[[-180,-70],[-90,-72],[0,-70],[90,-72],[180,-70]]"))
    "," FEATURE("big", POLYGON("[[20,0],[22,0],[22,2],[20,2],[20,0]]"))
    "," FEATURE("big", POLYGON("[[20,0],[22,0],[22,2],[20,2],[20,0]]"))
    "," FEATURE("NORTH", POLYGON("[[-180,80],[-90,82],[0,80],[90,82],[180,80],[180,90],[-180,90]]"))
    "," FEATURE("TIP", POLYGON("[[10,0],[11,-1],[12,0],[10,0]]"))
    "," FEATURE("", POLYGON("[[30,0],[31,0],[31,1],[30,1],[30,0]]"))
    "," FEATURE("NIL", "null");
/* clang-format on */

static incmap_countries *open_world(void)
{
    incmap_countries *c = NULL;
    ck_assert_msg(incmap_countries_open(ctx, write_collection("world.geojson", world), "A3", NULL,
                                        &c) == INCMAP_OK,
                  "%s", incmap_ctx_message(ctx));
    return c;
}

/* "BIG?;TWO;": a "?" behind what is not certain, a "-" before what does not hold the point. */
static const char *ask(const incmap_countries *c, double lat, double lon, double uncertainty_m)
{
    static char text[256];
    incmap_country_hit hits[8];
    size_t count = 0, used = 0;

    ck_assert_int_eq(
        incmap_countries_find(ctx, c, (incmap_coord){ lat, lon }, uncertainty_m, hits, 8, &count),
        INCMAP_OK);
    ck_assert_uint_le(count, 8);
    text[0] = '\0';
    for (size_t i = 0; i < count; i++)
        used +=
            (size_t)snprintf(text + used, sizeof text - used, "%s%s%s;", hits[i].holds ? "" : "-",
                             incmap_countries_code(c, hits[i].country), hits[i].certain ? "" : "?");
    return text;
}

static const struct {
    const char *why;
    double lat, lon, uncertainty_m;
    const char *found;
} known[] = {
    { "in one country", 2, 2, 0, "BIG;" },
    { "in its enclave", 4.5, 4.5, 0, "ENC;" },
    { "in an exclave within the enclave", 5, 5, 0, "BIG;" },
    { "contested: both are answered", 9, 9, 0, "BIG;TWO;" },
    { "in the other claimant's part alone", 11, 11, 0, "TWO;" },
    { "sea", -5, -5, 0, "" },
    { "50 m from the border, data good to 100 m", 1, 0.00045, 0, "BIG?;" },
    { "50 m outside", 1, -0.00045, 0, "-BIG?;" },
    { "50 m from the enclave's edge: either may hold it", 5, 4.00045, 0, "ENC?;-BIG?;" },
    { "far in, but of unknown position", 2, 2, 330e3, "BIG?;-ENC?;" },
    { "over the antimeridian, west", 0, 179, 0, "DATE;" },
    { "over the antimeridian, east", 0, -179, 0, "DATE;" },
    { "on the antimeridian", 0, 180, 0, "DATE;" },
    { "a turn on", 0, 181, 0, "DATE;" },
    { "written past 180 degrees", 21, -179.5, 0, "DATE;" },
    { "not over there", 0, 177, 0, "" },
    { "at the south pole", -90, 12, 0, "SOUTH;" },
    { "near it", -89, -100, 0, "SOUTH;" },
    { "at the north pole", 90, 12, 0, "NORTH;" },
    { "near that", 89, 179, 0, "NORTH;" },
    { "south of that country", 75, -100, 0, "" },
    { "north of Antarctica", -65, 10, 0, "" },
    { "a feature that stands there twice", 1, 21, 0, "BIG;" },
    { "a country that touches the other in one point", -0.5, 11, 0, "TIP;" },
    { "just at that point", -0.0005, 9.9995, 0, "-BIG?;-TIP?;" },
    { "an area without a code", 0.5, 30.5, 0, ";" },
};

START_TEST(all_countries_that_hold_a_point_are_answered)
{
    incmap_countries *c = open_world();
    const char *found = ask(c, known[_i].lat, known[_i].lon, known[_i].uncertainty_m);

    ck_assert_msg(strcmp(found, known[_i].found) == 0, "%s: %s", known[_i].why, found);
    incmap_countries_free(c);
}
END_TEST

START_TEST(countries_are_numbered_as_they_come_and_tell_what_they_are)
{
    incmap_countries_options options = INCMAP_COUNTRIES_OPTIONS_INIT;
    incmap_countries *c = open_world();

    ck_assert_uint_eq(incmap_countries_count(c), 8);
    ck_assert_str_eq(incmap_countries_code(c, 0), "BIG");
    ck_assert_str_eq(incmap_countries_name(c, 1), "ENC");
    ck_assert_str_eq(incmap_countries_code(c, 7), "");
    ck_assert_str_eq(incmap_countries_code(c, 8), "");
    ck_assert_double_eq(incmap_countries_accuracy_m(c), 100);
    ck_assert_str_eq(incmap_countries_attribution(c), "");
    incmap_countries_free(c);
    options.name_field = "name";
    options.accuracy_m = 7;
    options.attribution = "them";
    options.data_date = "2017-11";
    ck_assert_int_eq(
        incmap_countries_open(ctx,
                              write_text("one.json",
                                         "{\"type\":\"Feature\",\"properties\":{\"A3\":"
                                         "\"RUS\",\"name\":\"Россия\"},\"geometry\":" POLYGON(
                                             "[[0,0],[1,0],[1,1],[0,0]]") "}"),
                              "A3", &options, &c),
        INCMAP_OK);
    ck_assert_str_eq(incmap_countries_name(c, 0), "Россия");
    ck_assert_str_eq(incmap_countries_attribution(c), "them");
    ck_assert_str_eq(incmap_countries_data_date(c), "2017-11");
    ck_assert_double_eq(incmap_countries_accuracy_m(c), 7);
    incmap_countries_free(c);
    incmap_countries_free(NULL);
}
END_TEST

START_TEST(hits_beyond_the_capacity_are_counted_and_those_that_hold_come_first)
{
    incmap_countries *c = open_world();
    incmap_country_hit hit[2] = { { 77, false, false }, { 77, false, false } };
    const incmap_coord enclave = { 5, 4.00045 };
    size_t count = 0;

    ck_assert_int_eq(incmap_countries_find(ctx, c, enclave, 0, hit, 1, &count), INCMAP_OK);
    ck_assert_uint_eq(count, 2);
    ck_assert_str_eq(incmap_countries_code(c, hit[0].country), "ENC");
    ck_assert_uint_eq(hit[1].country, 77);
    ck_assert_int_eq(incmap_countries_find(ctx, c, enclave, 0, NULL, 0, &count), INCMAP_OK);
    ck_assert_uint_eq(count, 2);
    incmap_countries_free(c);
}
END_TEST

START_TEST(many_answers_equal_single_ones_and_bad_points_are_counted)
{
    enum { MANY = 1000 };
    incmap_countries *c = open_world();
    static incmap_coord points[MANY];
    static double uncertainty[MANY];
    static incmap_country_hit many[MANY][3];
    size_t counts[MANY];
    test_random r = { test_seed(61) };

    for (int i = 0; i < MANY; i++) {
        points[i] = i % 2 ? (incmap_coord){ random_between(&r, -3, 13), random_between(&r, -3, 13) }
                          : random_coord(&r);
        uncertainty[i] = i % 3 ? random_log(&r, 1, 1e6) : 0;
    }
    points[7].lat = 90.0001;
    uncertainty[9] = NAN;
    ck_assert_int_eq(
        incmap_countries_find_many(ctx, c, points, uncertainty, MANY, many[0], 3, counts),
        INCMAP_EPARTIAL);
    ck_assert_str_eq(incmap_ctx_message(ctx),
                     "2 of 1000 points are no coordinates; the first is number 7");
    for (int i = 0; i < MANY; i++) {
        incmap_country_hit one[3];
        size_t count;
        if (i == 7 || i == 9) {
            ck_assert(counts[i] == INCMAP_COUNTRIES_NO_POINT);
            continue;
        }
        ck_assert_int_eq(incmap_countries_find(ctx, c, points[i], uncertainty[i], one, 3, &count),
                         INCMAP_OK);
        ck_assert_uint_eq(count, counts[i]);
        for (size_t k = 0; k < count && k < 3; k++) {
            ck_assert_uint_eq(one[k].country, many[i][k].country);
            ck_assert_int_eq(one[k].holds, many[i][k].holds);
            ck_assert_int_eq(one[k].certain, many[i][k].certain);
        }
    }
    ck_assert_int_eq(incmap_countries_find_many(ctx, c, points, NULL, 5, NULL, 0, counts),
                     INCMAP_OK);
    ck_assert_int_eq(incmap_countries_find_many(ctx, c, NULL, NULL, 0, NULL, 0, NULL), INCMAP_OK);
    incmap_countries_free(c);
}
END_TEST

START_TEST(what_is_no_question_is_refused_and_leaves_the_results_alone)
{
    incmap_countries *c = open_world();
    incmap_country_hit hit = { 77, false, false };
    const incmap_coord good = { 1, 1 };
    size_t count = 42;

    ck_assert_int_eq(incmap_countries_find(ctx, c, (incmap_coord){ 95, 0 }, 0, &hit, 1, &count),
                     INCMAP_EDOMAIN);
    ck_assert_str_eq(
        incmap_ctx_message(ctx),
        "found lat 95, lon 0, uncertainty 0 m, expected a latitude of -90 to 90, finite "
        "numbers, 0 m or more");
    ck_assert_int_eq(incmap_countries_find(ctx, c, good, -1, &hit, 1, &count), INCMAP_EDOMAIN);
    ck_assert_int_eq(incmap_countries_find(ctx, c, good, 0, NULL, 1, &count), INCMAP_EARG);
    ck_assert_int_eq(incmap_countries_find(ctx, c, good, 0, &hit, 1, NULL), INCMAP_EARG);
    ck_assert_int_eq(incmap_countries_find(ctx, NULL, good, 0, &hit, 1, &count), INCMAP_EARG);
    ck_assert_int_eq(incmap_countries_find(NULL, c, good, 0, &hit, 1, &count), INCMAP_EARG);
    ck_assert_int_eq(incmap_countries_find_many(ctx, c, &good, NULL, 1, NULL, 0, NULL),
                     INCMAP_EARG);
    ck_assert_int_eq(incmap_countries_find_many(NULL, c, &good, NULL, 1, NULL, 0, &count),
                     INCMAP_EARG);
    ck_assert_uint_eq(count, 42);
    ck_assert_uint_eq(hit.country, 77);
    incmap_countries_free(c);
}
END_TEST

static const struct {
    const char *why, *features, *field;
    incmap_countries_options options;
    incmap_status status;
    const char *message;
} refused[] = {
    { "no polygon",
      FEATURE("A", "null"),
      "A3",
      { .version = 1 },
      INCMAP_ENOTFOUND,
      "found no polygon, expected one or more" },
    { "no such field", world, "ISO", { .version = 1 }, INCMAP_EDATA, "found no field \"ISO\"" },
    { "no such name",
      world,
      "A3",
      { .version = 1, .name_field = "NAME" },
      INCMAP_EDATA,
      "found no field \"NAME\"" },
    { "beyond the pole",
      FEATURE("A", POLYGON("[[0,0],[1,91],[2,2]]")),
      "A3",
      { .version = 1 },
      INCMAP_EDATA,
      "feature 0, vertex 1 (from 0): found lat 91, lon 1" },
    { "an accuracy that is none",
      world,
      "A3",
      { .version = 1, .accuracy_m = -1 },
      INCMAP_EARG,
      "countries' accuracy -1 m" },
    { "unknown edges",
      world,
      "A3",
      { .version = 1, .edges = (incmap_edges)9 },
      INCMAP_EARG,
      "countries' edges 9" },
    { "a credit that is no text",
      world,
      "A3",
      { .version = 1, .attribution = "\xFF" },
      INCMAP_EPARSE,
      "not UTF-8" },
};

START_TEST(countries_that_cannot_be_read_are_refused_with_the_reason)
{
    incmap_countries *c = NULL;
    const incmap_status st =
        incmap_countries_open(ctx, write_collection("world.json", refused[_i].features),
                              refused[_i].field, &refused[_i].options, &c);

    ck_assert_msg(st == refused[_i].status, "%s: %d %s", refused[_i].why, (int)st,
                  incmap_ctx_message(ctx));
    ck_assert_ptr_null(c);
    ck_assert_msg(strstr(incmap_ctx_message(ctx), refused[_i].message) != NULL, "%s: %s",
                  refused[_i].why, incmap_ctx_message(ctx));
}
END_TEST

START_TEST(null_where_the_header_forbids_it_is_refused)
{
    incmap_countries *c = NULL;
    ck_assert_int_eq(incmap_countries_open(NULL, "x", "A3", NULL, &c), INCMAP_EARG);
    ck_assert_int_eq(incmap_countries_open(ctx, NULL, "A3", NULL, &c), INCMAP_EARG);
    ck_assert_int_eq(incmap_countries_open(ctx, "x", NULL, NULL, &c), INCMAP_EARG);
    ck_assert_int_eq(incmap_countries_open(ctx, "x", "A3", NULL, NULL), INCMAP_EARG);
    ck_assert_int_eq(incmap_countries_open(ctx, scratch_path("none.shp"), "A3", NULL, &c),
                     INCMAP_EIO);
    ck_assert_ptr_null(c);
    ck_assert_uint_eq(incmap_countries_count(NULL), 0);
    ck_assert_str_eq(incmap_countries_name(NULL, 0), "");
    ck_assert_str_eq(incmap_countries_attribution(NULL), "");
    ck_assert_str_eq(incmap_countries_data_date(NULL), "");
}
END_TEST

/* The parallel of 50 degrees, 10 degrees long: straight it is the border; its geodesic goes 9.6 km north. */
START_TEST(straight_edges_decide_which_side_of_a_parallel_a_point_is_on)
{
    incmap_countries_options options = INCMAP_COUNTRIES_OPTIONS_INIT;
    const char *path = write_collection(
        "two.json", FEATURE("N", POLYGON("[[0,50],[10,50],[10,55],[0,55],[0,50]]")) "," FEATURE(
                        "S", POLYGON("[[0,45],[10,45],[10,50],[0,50],[0,45]]")));
    incmap_countries *c = NULL;

    ck_assert_int_eq(incmap_countries_open(ctx, path, "A3", NULL, &c), INCMAP_OK);
    ck_assert_str_eq(ask(c, 50.01, 5, 0), "S;");
    incmap_countries_free(c);
    options.edges = INCMAP_EDGES_STRAIGHT;
    ck_assert_int_eq(incmap_countries_open(ctx, path, "A3", &options, &c), INCMAP_OK);
    ck_assert_str_eq(ask(c, 50.01, 5, 0), "N;");
    ck_assert_str_eq(ask(c, 49.99, 5, 0), "S;");
    incmap_countries_free(c);
}
END_TEST

/* ---- threads and memory ---- */

enum { THREADS = 4, EACH = 2000 };
static incmap_countries *shared;

static void *ask_in_thread(void *out)
{
    size_t *counts = out;
    incmap_ctx *own = NULL;
    test_random r = { 62 };

    if (incmap_ctx_new(NULL, &own) == INCMAP_OK)
        for (int i = 0; i < EACH; i++)
            incmap_countries_find(
                own, shared,
                (incmap_coord){ random_between(&r, -3, 13), random_between(&r, -3, 13) }, 10e3,
                NULL, 0, &counts[i]);
    incmap_ctx_free(own);
    return NULL;
}

START_TEST(threads_with_their_own_contexts_share_the_countries)
{
    static size_t counts[THREADS][EACH];
    pthread_t threads[THREADS];

    shared = open_world();
    for (int t = 0; t < THREADS; t++)
        ck_assert_int_eq(pthread_create(&threads[t], NULL, ask_in_thread, counts[t]), 0);
    for (int t = 0; t < THREADS; t++)
        pthread_join(threads[t], NULL);
    for (int t = 1; t < THREADS; t++)
        ck_assert_mem_eq(counts[t], counts[0], sizeof counts[0]);
    incmap_countries_free(shared);
}
END_TEST

START_TEST(every_failing_allocation_is_told_and_leaks_nothing)
{
    const char *path = write_collection("world.geojson", world);
    faulty_tries t = faulty_begin_at_most(500);
    incmap_countries *c = NULL;

    while (faulty_next(&t, c))
        t.st = incmap_countries_open(t.ctx, path, "A3", NULL, &c);
    t.faulty.budget = 0; /* a question needs no memory */
    ck_assert_int_eq(
        incmap_countries_find(t.ctx, c, (incmap_coord){ 1, 1 }, 0, NULL, 0, &(size_t){ 0 }),
        INCMAP_OK);
    incmap_countries_free(c);
    faulty_end(&t, 50);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("countries");
    TCase *tc = tcase_create("countries");
    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_loop_test(tc, all_countries_that_hold_a_point_are_answered, 0,
                        sizeof known / sizeof *known);
    tcase_add_test(tc, countries_are_numbered_as_they_come_and_tell_what_they_are);
    tcase_add_test(tc, hits_beyond_the_capacity_are_counted_and_those_that_hold_come_first);
    tcase_add_test(tc, many_answers_equal_single_ones_and_bad_points_are_counted);
    tcase_add_test(tc, what_is_no_question_is_refused_and_leaves_the_results_alone);
    tcase_add_loop_test(tc, countries_that_cannot_be_read_are_refused_with_the_reason, 0,
                        sizeof refused / sizeof *refused);
    tcase_add_test(tc, null_where_the_header_forbids_it_is_refused);
    tcase_add_test(tc, straight_edges_decide_which_side_of_a_parallel_a_point_is_on);
    tcase_add_test(tc, threads_with_their_own_contexts_share_the_countries);
    tcase_add_test(tc, every_failing_allocation_is_told_and_leaks_nothing);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
