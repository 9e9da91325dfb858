/* SPDX-License-Identifier: MIT */
/* Layers of a gazetteer: a place on top stands for the same place below, and what only bears the same name
 * stays another. Rows are made up, and the default places lie on GeoNames' dump where there is one. */
#include "harness.h"
#include "faulty_tries.h"

#include <stdio.h>

#include <incmap/builtin.h>

#include "gazetteer_rows.h"

#define HEAD "key,name_en,name_uk,alt_names,kind,country_iso2,admin1,lat_deg,lon_deg,coord_source\n"

/* Number, name, other names, latitude and longitude, class and code. */
#define DUMPED(id, name, others, at, class)                                                        \
    id "\t" name "\t" name "\t" others "\t" at "\t" class "\tUA\t\t07\t\t\t\t900\t\t1\tx\ty\n"

static const char dump[] =
    DUMPED("1", "Kupyansk", "Купянск,Kupjansk", "49.71003\t37.61581", "P\tPPLA2")
        DUMPED("2", "Kupyansk", "", "49.80000\t37.61581", "P\tPPL") /* 10 km off */
    DUMPED("3", "Kupyansk", "", "49.71003\t37.61581", "A\tADM2")
        DUMPED("4", "Ivanivka", "", "50.00000\t36.00000", "P\tPPL")
            DUMPED("5", "Ivanivka", "", "50.00500\t36.00000", "P\tPPL")
                DUMPED("6", "Other name", "Овсе інша", "50.50000\t36.00000", "P\tPPL")
                    DUMPED("7", "Vovchansk", "", "50.29000\t36.94000", "P\tPPL");

static const char own[] =
    HEAD "kupiansk,Kupiansk,Куп'янськ,Kupyansk,city,UA,Kharkiv Oblast,49.71,37.62,\n"
         "ivanivka,Ivanivka,,,village,UA,,50.001,36,\n"
         "renamed,Renamed,,,village,UA,,50.5,36,GeoNames 6 (a record)\n"
         "vovchansk,Vovchansk,,,village,RU,,50.29,36.94,\n";

static void load(incmap_gazetteer *into, bool own_first)
{
    const char *places = file_of("own.csv", own), *rows = file_of("UA.txt", dump);

    for (int i = 0; i < 2; i++)
        if ((i == 0) == own_first)
            ck_assert_int_eq(incmap_gazetteer_add_places(ctx, into, places, report), INCMAP_OK);
        else
            ck_assert_int_eq(incmap_gazetteer_add_geonames(ctx, into, rows, NULL, report),
                             INCMAP_OK);
    ck_assert_uint_eq(incmap_report_count(report), 0);
}

static incmap_match matches[64];

static size_t find_in(const incmap_gazetteer *in, const char *name,
                      const incmap_find_options *options)
{
    size_t count = 9999;
    ck_assert_int_eq(incmap_gazetteer_find(ctx, in, name, options, matches, 64, &count), INCMAP_OK);
    return count;
}

static bool has_candidate(size_t count, const char *key)
{
    for (size_t i = 0; i < count && i < 64; i++)
        if (strcmp(matches[i].place->key, key) == 0) return true;
    return false;
}

/* ---- one place -------------------------------------------------------------------------------- */

static const struct {
    const char *why, *asked, *key, *below, *reason;
} one_place[] = {
    { "its own name", "Куп'янськ", "kupiansk", "geonames:1",
      "Ukrainian name of Kupiansk; the same place as geonames:1" },
    { "a name that only the dump has", "Kupjansk", "kupiansk", "geonames:1",
      "another name of Kupiansk; the same place as geonames:1" },
    { "a letter wrong in that name", "Овсе інжа", "renamed", "geonames:6", NULL },
    { "no name in common, but the number", "Renamed", "renamed", "geonames:6",
      "English name of Renamed; the same place as geonames:6" },
    { "found by the dump's name", "Овсе інша", "renamed", "geonames:6",
      "another name of Renamed; the same place as geonames:6" },
};

/* Whichever file came first, and saved and opened again. */
START_TEST(a_place_on_top_stands_for_the_same_place_below_under_the_names_of_both)
{
    incmap_gazetteer *opened = NULL, *last_first = NULL;
    const char *path = scratch_path("a.gaz");

    ck_assert_int_eq(incmap_gazetteer_new(ctx, &last_first), INCMAP_OK);
    load(g, true);
    load(last_first, false);
    ck_assert_int_eq(incmap_gazetteer_save(ctx, g, path), INCMAP_OK);
    ck_assert_int_eq(incmap_gazetteer_open(ctx, path, &opened), INCMAP_OK);
    const incmap_gazetteer *const all[] = { g, last_first, opened };
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        char reason[256];
        const size_t count = find_in(all[i], one_place[_i].asked, NULL);
        ck_assert_msg(count > 0 && strcmp(matches[0].place->key, one_place[_i].key) == 0,
                      "%s in %zu", one_place[_i].why, i);
        ck_assert_ptr_nonnull(matches[0].stands_for);
        ck_assert_str_eq(matches[0].stands_for->key, one_place[_i].below);
        ck_assert_msg(!has_candidate(count, one_place[_i].below), "%s", one_place[_i].why);
        (void)incmap_match_reason_text(&matches[0], reason, sizeof reason);
        if (one_place[_i].reason) ck_assert_str_eq(reason, one_place[_i].reason);
    }
    incmap_gazetteer_free(opened);
    incmap_gazetteer_free(last_first);
}
END_TEST

START_TEST(facts_of_the_upper_win_and_what_it_leaves_open_is_the_lowers)
{
    incmap_find_options options = INCMAP_FIND_OPTIONS_INIT;
    incmap_near near[4];
    size_t count;

    load(g, true);
    options.kinds = INCMAP_PLACE_BIT(INCMAP_PLACE_CITY);
    ck_assert_uint_eq(find_in(g, "Kupjansk", &options), 1);
    ck_assert_double_eq(matches[0].place->at.lat, 49.71);
    options.kinds = 0;
    options.population_least = 900;
    ck_assert(has_candidate(find_in(g, "Куп'янськ", &options), "kupiansk"));
    options.population_least = 0;
    options.admin1 = "07";
    ck_assert(has_candidate(find_in(g, "Renamed", &options), "renamed"));
    /* One place is near once. Its key below still leads to its row. */
    ck_assert_int_eq(
        incmap_gazetteer_nearest(ctx, g, (incmap_coord){ 50.5, 36 }, NULL, 2, near, &count),
        INCMAP_OK);
    ck_assert_uint_eq(count, 2);
    ck_assert_str_eq(near[0].place->key, "renamed");
    ck_assert_str_ne(near[1].place->key, "geonames:6");
    ck_assert_ptr_nonnull(incmap_gazetteer_by_key(g, "geonames:6"));
}
END_TEST

START_TEST(of_two_tables_of_ones_own_the_later_is_on_top)
{
    const char *later = file_of("later.csv", HEAD "mine,Kupiansk,,,city,UA,,49.715,37.62,\n");

    load(g, true);
    ck_assert_uint_gt(find_in(g, "Куп'янськ", NULL), 0);
    ck_assert_str_eq(matches[0].place->key, "kupiansk");
    ck_assert_int_eq(incmap_gazetteer_add_places(ctx, g, later, NULL), INCMAP_OK);
    ck_assert(!has_candidate(find_in(g, "Куп'янськ", NULL), "kupiansk"));
    ck_assert_str_eq(matches[0].place->key, "mine");
    /* The lowest of the three too. */
    ck_assert(!has_candidate(find_in(g, "Kupjansk", NULL), "geonames:1"));
    ck_assert_str_eq(matches[0].place->key, "mine");
}
END_TEST

/* ---- two places ------------------------------------------------------------------------------- */

static const struct {
    const char *why, *asked, *one, *other;
} two_places[] = {
    { "10 km apart", "Kupyansk", "kupiansk", "geonames:2" },
    { "a city and the district around it", "Kupyansk", "kupiansk", "geonames:3" },
    { "of two near it the nearest alone is it", "Ivanivka", "ivanivka", "geonames:5" },
    { "of two countries", "Vovchansk", "vovchansk", "geonames:7" },
};

START_TEST(what_only_bears_the_same_name_stays_another_place)
{
    load(g, true);
    const size_t count = find_in(g, two_places[_i].asked, NULL);
    ck_assert_msg(has_candidate(count, two_places[_i].one), "%s", two_places[_i].why);
    ck_assert_msg(has_candidate(count, two_places[_i].other), "%s", two_places[_i].why);
    ck_assert_int_eq(incmap_find_verdict(matches, count), INCMAP_VERDICT_AMBIGUOUS);
}
END_TEST

#define FACTS                                                                                      \
    "key,name_en,kind,country_iso2,admin1,admin2,lat_deg,lon_deg,population,coord_source\n"

/* Below, in a file of one's own, and above, 1.1 km to the north: kind, country, region, district; people. */
static const struct {
    const char *why, *below, *above, *below_people, *above_people;
    bool one;
} side_by_side[] = {
    { "nothing else is known", "village,UA,,", "village,UA,,", "", "", true },
    { "ten times the people alone: a war", "town,UA,Donetsk Oblast,Bakhmut Raion",
      "town,UA,Donetsk Oblast,Bakhmut Raion", "70000", "500", true },
    { "another district alone: a reform", "village,UA,Sumy Oblast,Velyka Pysarivka Raion",
      "village,UA,Sumy Oblast,Okhtyrka Raion", "", "", true },
    { "another kind alone", "village,UA,,Sumy Raion", "town,UA,,Sumskyi Raion", "", "", true },
    { "nine times the people, another district", "village,UA,,Sumy Raion",
      "village,UA,,Okhtyrka Raion", "900", "100", true },
    { "ten times the people, another district", "village,UA,,Sumy Raion",
      "village,UA,,Okhtyrka Raion", "1000", "100", false },
    { "a city, a village of another district", "city,UA,,Sumy Raion", "village,UA,,Okhtyrka Raion",
      "", "", false },
    { "another region and district", "village,UA,Sumy Oblast,Sumy Raion",
      "village,UA,Kharkiv Oblast,Bohodukhiv Raion", "", "", false },
    { "a city of many, a village of few", "city,UA,,", "village,UA,,", "50000", "40", false },
    { "codes beside names", "village,UA,07,6312", "village,UA,Sumy Oblast,Okhtyrka Raion", "", "",
      true },
    { "one area in two spellings", "village,UA,Sumy Oblast,Okhtyrka Raion",
      "village,UA,Сумська область,Охтирський район", "", "", true },
};

START_TEST(homonyms_side_by_side_are_two_where_two_things_speak_for_it)
{
    char below[512], above[512];
    size_t count;

    (void)snprintf(below, sizeof below, FACTS "below,Ivanivka,%s,50.00,36,%s,\n",
                   side_by_side[_i].below, side_by_side[_i].below_people);
    (void)snprintf(above, sizeof above, FACTS "above,Ivanivka,%s,50.01,36,%s,\n",
                   side_by_side[_i].above, side_by_side[_i].above_people);
    ck_assert_int_eq(incmap_gazetteer_add_places(ctx, g, file_of("below.csv", below), NULL),
                     INCMAP_OK);
    ck_assert_int_eq(incmap_gazetteer_add_places(ctx, g, file_of("above.csv", above), NULL),
                     INCMAP_OK);
    count = find_in(g, "Ivanivka", NULL);
    ck_assert_msg(has_candidate(count, "above"), "%s", side_by_side[_i].why);
    ck_assert_msg(has_candidate(count, "below") == !side_by_side[_i].one, "%s",
                  side_by_side[_i].why);
    ck_assert_msg((incmap_find_verdict(matches, count) == INCMAP_VERDICT_AMBIGUOUS) ==
                      !side_by_side[_i].one,
                  "%s", side_by_side[_i].why);
}
END_TEST

START_TEST(a_number_that_names_the_other_overrules_what_speaks_for_two)
{
    const char *rows =
        file_of("UA.txt", DUMPED("8", "Ivanivka", "", "50.00000\t36.00000", "P\tPPLA2"));
    const char *mine =
        file_of("mine.csv", FACTS "mine,Ivanivka,village,UA,Sumy Oblast,,50.01,36,20,GeoNames 8\n");

    ck_assert_int_eq(incmap_gazetteer_add_geonames(ctx, g, rows, NULL, NULL), INCMAP_OK);
    ck_assert_int_eq(incmap_gazetteer_add_places(ctx, g, mine, NULL), INCMAP_OK);
    ck_assert_uint_eq(find_in(g, "Ivanivka", NULL), 1);
    ck_assert_str_eq(matches[0].place->key, "mine");
}
END_TEST

START_TEST(places_of_one_file_are_never_one)
{
    const char *path = file_of("twice.csv", HEAD "a,Ivanivka,,,village,UA,,50,36,\n"
                                                 "b,Ivanivka,,,village,UA,,50,36,\n");
    ck_assert_int_eq(incmap_gazetteer_add_places(ctx, g, path, NULL), INCMAP_OK);
    ck_assert_uint_eq(find_in(g, "Ivanivka", NULL), 2);
}
END_TEST

/* ---- lack of memory --------------------------------------------------------------------------- */

START_TEST(without_memory_for_joining_a_find_is_enomem_leaks_nothing_and_leaves_the_output)
{
    faulty_tries t = faulty_begin();
    const char *places = file_of("own.csv", own), *rows = file_of("UA.txt", dump);

    while (faulty_next(&t, NULL)) {
        incmap_gazetteer *layered = NULL;
        incmap_match match = { .score = 42 };
        size_t count = 7;
        faulty_pause(&t);
        ck_assert_int_eq(incmap_gazetteer_new(t.ctx, &layered), INCMAP_OK);
        ck_assert_int_eq(incmap_gazetteer_add_places(t.ctx, layered, places, NULL), INCMAP_OK);
        ck_assert_int_eq(incmap_gazetteer_add_geonames(t.ctx, layered, rows, NULL, NULL),
                         INCMAP_OK);
        faulty_resume(&t);
        t.st = incmap_gazetteer_find(t.ctx, layered, "Kupjansk", NULL, &match, 1, &count);
        if (t.st) {
            ck_assert_uint_eq(count, 7);
            ck_assert_double_eq(match.score, 42);
            /* With memory again all is there. */
            faulty_pause(&t);
            ck_assert_int_eq(
                incmap_gazetteer_find(t.ctx, layered, "Kupjansk", NULL, &match, 1, &count),
                INCMAP_OK);
        }
        ck_assert_uint_ge(count, 1);
        ck_assert_str_eq(match.place->key, "kupiansk");
        incmap_gazetteer_free(layered);
    }
    faulty_end(&t, 5);
}
END_TEST

/* ---- the real dump ---------------------------------------------------------------------------- */

static bool is_settlement_of_ukraine(const incmap_place *p)
{
    return strcmp(p->country, "UA") == 0 && p->located &&
           (INCMAP_PLACE_BIT(p->kind) & INCMAP_PLACE_SETTLEMENTS);
}

/* Each of the default data's settlements has a row in the dump, and is one with it. */
START_TEST(no_default_place_is_ambiguous_with_its_own_row_of_the_dump)
{
    const char *folder = getenv("INCMAP_REAL_DATA");
    incmap_gazetteer *full = NULL;
    char path[4096];
    size_t asked = 0;

    if (!folder) {
        printf("skipped: INCMAP_REAL_DATA names no folder with geonames_UA_20260729.txt\n");
        return;
    }
    (void)snprintf(path, sizeof path, "%s/geonames_UA_20260729.txt", folder);
    ck_assert_int_eq(incmap_gazetteer_builtin(ctx, &full), INCMAP_OK);
    const size_t own_count = incmap_gazetteer_count(full);
    ck_assert_int_eq(incmap_gazetteer_add_geonames(ctx, full, path, NULL, report), INCMAP_OK);
    for (size_t i = 0; i < own_count; i++) {
        const incmap_place *p = incmap_gazetteer_get(full, i);
        if (!is_settlement_of_ukraine(p)) continue;
        const size_t count = find_in(full, p->names[0].text, NULL);
        size_t at = 0;
        while (at < count && at < 64 && matches[at].place != p)
            at++;
        ck_assert_msg(at < count && at < 64, "%s is not found", p->key);
        ck_assert_msg(matches[at].stands_for, "%s has no row in the dump", p->key);
        ck_assert_msg(!has_candidate(count, matches[at].stands_for->key), "%s twice", p->key);
        asked++;
    }
    ck_assert_uint_ge(asked, 50);
    incmap_gazetteer_free(full);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("join");
    TCase *tcase = tcase_create("join");
    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_loop_test(tcase,
                        a_place_on_top_stands_for_the_same_place_below_under_the_names_of_both, 0,
                        sizeof one_place / sizeof *one_place);
    tcase_add_test(tcase, facts_of_the_upper_win_and_what_it_leaves_open_is_the_lowers);
    tcase_add_test(tcase, of_two_tables_of_ones_own_the_later_is_on_top);
    tcase_add_loop_test(tcase, what_only_bears_the_same_name_stays_another_place, 0,
                        sizeof two_places / sizeof *two_places);
    tcase_add_loop_test(tcase, homonyms_side_by_side_are_two_where_two_things_speak_for_it, 0,
                        sizeof side_by_side / sizeof *side_by_side);
    tcase_add_test(tcase, a_number_that_names_the_other_overrules_what_speaks_for_two);
    tcase_add_test(tcase, places_of_one_file_are_never_one);
    tcase_add_test(tcase,
                   without_memory_for_joining_a_find_is_enomem_leaks_nothing_and_leaves_the_output);
    tcase_add_test(tcase, no_default_place_is_ambiguous_with_its_own_row_of_the_dump);
    suite_add_tcase(suite, tcase);
    return run_suite(suite);
}
