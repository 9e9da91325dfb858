/* SPDX-License-Identifier: MIT */
/* Incidents placed by the names that reports give: the place with reason and score where the name means
 * one, none where it means several or nothing, and no row lost. */
#include "harness.h"
#include "faulty_allocator.h"
#include "scratch.h"
#include "tables.h"

#include <math.h>

#include <incmap/builtin.h>
#include <incmap/dataset.h>
#include <incmap/exchange.h>
#include <incmap/layer.h>
#include <incmap/layer_reader.h>

#include "reports/dataset.h"

#define SOURCES "id\ns1\n"
#define CLAIMANTS "key,name\nru,Russia\n"
#define CLAIMS                                                                                     \
    "claim_id,incident_id,source,claimant_key,polarity,claim_type\nc1,one,s1,ru,asserts,"          \
    "injuries\n"
#define HEADER                                                                                     \
    "id,title,date_start,place_key,place,place_country,place_region,place_district,lon_deg,"       \
    "lat_deg\n"

static incmap_ctx *ctx;
static incmap_gazetteer *g;
static incmap_report *report;
static incmap_dataset *d;

static void setup(void)
{
    ck_assert_int_eq(incmap_ctx_new(NULL, &ctx), INCMAP_OK);
    ck_assert_int_eq(incmap_gazetteer_new(ctx, &g), INCMAP_OK);
    load_default_places(ctx, g);
    ck_assert_int_eq(incmap_report_new(ctx, NULL, &report), INCMAP_OK);
    d = NULL;
    scratch_make();
}

static void teardown(void)
{
    scratch_remove();
    incmap_dataset_free(d);
    incmap_report_free(report);
    incmap_gazetteer_free(g);
    incmap_ctx_free(ctx);
}

static incmap_status build(incmap_ctx *with, const char *incidents, incmap_report *to)
{
    const incmap__dataset_tables tables = {
        csv_over(ctx, "s.csv", SOURCES),
        csv_over(ctx, "k.csv", CLAIMANTS),
        csv_over(ctx, "i.csv", incidents),
        csv_over(ctx, "c.csv", CLAIMS),
    };
    return incmap__dataset_build(with, tables, g, to, &d);
}

static const incmap_incident *first(const char *incidents)
{
    ck_assert_msg(build(ctx, incidents, report) == INCMAP_OK, "%s", incmap_ctx_message(ctx));
    ck_assert_uint_eq(incmap_report_refused(report), 0);
    return incmap_dataset_incident(d, 0);
}

static const struct {
    const char *why, *row; /* behind id, title, date and an empty key */
    incmap_verdict verdict;
    const char *key, *reason, *candidates;
    double score, tolerance;
} names[] = {
    { "the name in another language", "Грайворон,,,,,", INCMAP_VERDICT_BEST, "grayvoron",
      "Russian name of Grayvoron", "", 1, 0 },
    { "a romanisation by rule, and a word for a kind", "selo Hora-Podil,,,,,",
      INCMAP_VERDICT_UNIQUE, "gora_podol", NULL, "", 0.95, 0.05 },
    { "a letter is missing", "Grayvorn,,,,,", INCMAP_VERDICT_BEST, "grayvoron",
      "one letter from Grayvoron", "", 0.8, 0.1 },
    { "a city and a region", "Belgorod,,,,,", INCMAP_VERDICT_AMBIGUOUS, "", "",
      "belgorod_oblast|belgorod", NAN, 0 },
    { "two villages", "Графовка,,,,,", INCMAP_VERDICT_AMBIGUOUS, "", "", "grafovka_ky|grafovka_sh",
      NAN, 0 },
    { "of two villages the one that own coordinates are near", "Графовка,,,,35.7,50.8",
      INCMAP_VERDICT_BEST, "grafovka_ky", NULL, "", 1, 0.1 },
    { "of two villages that of the district", "Графовка,,,Krasnoyaruzhsky District,,",
      INCMAP_VERDICT_UNIQUE, "grafovka_ky", "Russian name of Grafovka", "", 1, 0 },
    { "of two towns that of the country", "Донецк,RU,,,,", INCMAP_VERDICT_BEST, "donetsk_ru", NULL,
      "", 1, 0 },
    { "of two towns that of the region", "Донецк,,Rostov Oblast,,,", INCMAP_VERDICT_BEST,
      "donetsk_ru", NULL, "", 1, 0 },
    { "no such place", "Atlantis,,,,,", INCMAP_VERDICT_NONE, "", "", NULL, NAN, 0 },
    { "no letter at all", "?!,,,,,", INCMAP_VERDICT_NONE, "", "", "", NAN, 0 },
    { "not in that country", "Kyiv,RU,,,,", INCMAP_VERDICT_NONE, "", "", NULL, NAN, 0 },
};

START_TEST(a_name_places_an_incident_or_says_why_not)
{
    char table[512];
    (void)snprintf(table, sizeof table, HEADER "one,One,2023-05-22,,%s\n", names[_i].row);
    const incmap_incident *inc = first(table);
    ck_assert_msg(inc->place_verdict == names[_i].verdict, "%s: %s", names[_i].why,
                  incmap_verdict_text(inc->place_verdict));
    ck_assert_msg(strcmp(inc->place_key, names[_i].key) == 0, "%s: %s", names[_i].why,
                  inc->place_key);
    if (names[_i].reason) ck_assert_str_eq(inc->place_reason, names[_i].reason);
    if (names[_i].candidates) ck_assert_str_eq(inc->place_candidates, names[_i].candidates);
    if (isnan(names[_i].score))
        ck_assert(isnan(inc->place_score));
    else
        ck_assert_double_le(fabs(inc->place_score - names[_i].score), names[_i].tolerance);
    ck_assert_int_eq(inc->place != NULL, names[_i].key[0] != '\0');
    ck_assert_uint_eq(inc->claim_count, 1); /* the row stays, and what refers to it */
    ck_assert_str_ne(inc->place_asked, "");
}
END_TEST

static const struct {
    const char *row;
    double about_m;
    bool certain; /* its side */
} about[] = {
    { "Kozinka,RU,,,,", 0, true }, /* 1.8 km behind the border */
    { "Belgorod city,RU,,,,", 0, true },
    { "4 km north of Belgorod city,RU,,,,", 4e3, true },
    { "near Belgorod city,RU,,,,", 25e3, false },
    { "10 km north of Nekhoteyevka checkpoint,RU,,,,", 10e3, false },
    { "вблизи Козинки,RU,,,,", 25e3, false },
};

/* "near Kozinka" may be across the border. */
/* A key settles which place is meant, and not how near to it. */
START_TEST(a_name_beside_a_key_still_says_how_near)
{
    const incmap_incident *inc = first(HEADER "one,One,2023-05-22,kozinka,near Kozinka,RU,,,,\n"
                                              "two,Two,2023-05-22,kozinka,Kozinka,RU,,,,\n");
    const incmap_incident *there = incmap_dataset_incident(d, 1);

    ck_assert_double_eq(inc->place_about_m, 25e3);
    ck_assert_double_eq(there->place_about_m, 0);
    ck_assert_double_eq(inc->uncertainty_m, there->uncertainty_m + 25e3);
}
END_TEST

START_TEST(an_incident_near_a_place_is_as_uncertain_as_the_text_says)
{
    char table[512];
    incmap_border *border = NULL;
    incmap_depth depth;
    incmap_placed placed;
    double there_m;

    (void)snprintf(table, sizeof table, HEADER "one,One,2023-05-22,,%s\n", about[_i].row);
    const incmap_incident *inc = first(table);
    ck_assert_ptr_nonnull(inc->place);
    ck_assert_double_eq(inc->place_about_m, about[_i].about_m);
    there_m =
        fmax(incmap_place_uncertainty_m(inc->place), incmap_place_extent(inc->place).radius_m);
    ck_assert_double_eq(inc->uncertainty_m, there_m + about[_i].about_m);
    if (about[_i].about_m > 0) ck_assert(!inc->extent_known);
    ck_assert(!inc->on_border);
    ck_assert_int_eq(incmap_border_builtin(ctx, &border), INCMAP_OK);
    ck_assert_int_eq(incmap_incident_measure(ctx, inc, border, &depth, &placed), INCMAP_OK);
    ck_assert_int_eq(depth.side_certain, about[_i].certain);
    incmap_border_free(border);
}
END_TEST

static const struct {
    const char *row, *told; /* of the row's country, region or district; NULL: nothing */
} contexts[] = {
    { "Kozinka,XX,,,,", "; no place of it lies in a country called \"XX\"" },
    { "Kozinka,RU,Atlantis Oblast,,,",
      "; no place of it lies in a region called \"Atlantis Oblast\" of the country \"RU\"" },
    { "Kozinka,,Atlantis Oblast,,,",
      "; no place of it lies in a region called \"Atlantis Oblast\"\n" },
    { "Kozinka,UA,Belgorod Oblast,,,",
      "; no place of it lies in a region called \"Belgorod Oblast\" of the country \"UA\"" },
    { "Kozinka,RU,Belgorod Oblast,Atlantis,,",
      "; no place of it lies in a district called \"Atlantis\" of the country \"RU\"" },
    { "Kyiv,RU,,,,", NULL },
};

START_TEST(a_country_region_or_district_that_holds_no_place_is_named)
{
    char table[512];
    (void)snprintf(table, sizeof table, HEADER "one,One,2023-05-22,,%s\n", contexts[_i].row);
    const incmap_incident *inc = first(table);

    ck_assert_int_eq(inc->place_verdict, INCMAP_VERDICT_NONE);
    ck_assert_msg(contexts[_i].told ? strstr(report_lines(report), contexts[_i].told) != NULL
                                    : !strstr(report_lines(report), "no place of it lies"),
                  "%s: %s", contexts[_i].row, report_lines(report));
}
END_TEST

START_TEST(a_place_found_by_name_is_that_of_its_key_with_its_uncertainty)
{
    const incmap_incident named = *first(HEADER "one,One,2023-05-22,,с. Козинка,,,,,\n");
    incmap_dataset *by_name = d;
    const incmap_incident *keyed = first(HEADER "one,One,2023-05-22,kozinka,,,,,,\n");
    ck_assert_ptr_eq(named.place, keyed->place);
    ck_assert_double_eq(named.at.lat, keyed->at.lat);
    ck_assert_double_eq(named.at.lon, keyed->at.lon);
    ck_assert_double_eq(named.uncertainty_m, keyed->uncertainty_m);
    ck_assert_int_eq(named.extent_known, keyed->extent_known);
    ck_assert_str_eq(keyed->place_asked, "");
    ck_assert(isnan(keyed->place_score));
    incmap_dataset_free(by_name);
}
END_TEST

static const struct {
    const char *row, *line; /* of the report */
} told[] = {
    { "Belgorod,,,,,",
      "i.csv:2: column 5 (place): found \"Belgorod\", expected the name of one place: 2 have it "
      "(belgorod_oblast, belgorod), and a key, a country, a region or a district would decide\n" },
    { "Grayvorn,,,,,",
      "i.csv:2: column 5 (place): found \"Grayvorn\", expected a listed name; it is taken for key "
      "grayvoron, one letter from Grayvoron\n" },
    { "?!,,,,,", "i.csv:2: column 5 (place): found \"?!\", expected the name of a place of the "
                 "gazetteer\n" },
    { "50.4612 N 35.6025 E,,,,,", "i.csv:2: column 5 (place): found \"50.4612 N 35.6025 E\", "
                                  "expected the name of a place of the "
                                  "gazetteer; positions have columns of their own\n" },
    { "Козинка,,,,,", "" },
};

START_TEST(a_name_that_is_doubtful_is_told_with_its_candidates)
{
    char table[512];
    (void)snprintf(table, sizeof table, HEADER "one,One,2023-05-22,,%s\n", told[_i].row);
    (void)first(table);
    ck_assert_str_eq(report_lines(report), told[_i].line);
}
END_TEST

static const char *const none_given[] = { "N/A", "n/a", "-", "unknown", "неизвестно", "невідомо" };

START_TEST(a_word_for_no_place_is_an_empty_field_and_told_as_converted)
{
    char table[512];
    const incmap_incident *inc;

    (void)snprintf(table, sizeof table, HEADER "one,One,2023-05-22,,%s,,,,35.7,50.8\n",
                   none_given[_i]);
    inc = first(table);
    ck_assert_str_eq(inc->place_asked, "");
    ck_assert_str_eq(inc->place_key, "");
    ck_assert_int_eq(inc->place_verdict, INCMAP_VERDICT_NONE);
    ck_assert_double_eq(inc->at.lat, 50.8); /* its own position stands */
    ck_assert_str_eq(report_lines(report), "");
    ck_assert_uint_eq(incmap_report_converted(report), 1);
}
END_TEST

START_TEST(a_listed_place_of_that_very_name_is_a_place)
{
    const incmap_place_name name = { "Unknown", "en", false };
    const incmap_place place = { .key = "unknown_us",
                                 .kind = INCMAP_PLACE_VILLAGE,
                                 .located = true,
                                 .at = { 40, -80 },
                                 .coord_uncertainty_m = 1000,
                                 .extent_radius_m = NAN,
                                 .country = "US",
                                 .names = &name,
                                 .name_count = 1,
                                 .population = -1,
                                 .population_year = -1 };
    const incmap_incident *inc;

    ck_assert_int_eq(incmap_gazetteer_add(ctx, g, &place), INCMAP_OK);
    inc = first(HEADER "one,One,2023-05-22,,unknown,,,,,\n");
    ck_assert_str_eq(inc->place_key, "unknown_us");
    ck_assert_str_eq(inc->place_asked, "unknown");
}
END_TEST

START_TEST(a_key_wins_over_a_name_and_one_column_of_the_two_must_be_there)
{
    const incmap_incident *inc = first(HEADER "one,One,2023-05-22,sumy,Belgorod,,,,,\n");
    ck_assert_str_eq(inc->place_key, "sumy");
    ck_assert_str_eq(inc->place_asked, "Belgorod");
    ck_assert_str_eq(inc->place_candidates, "");
    incmap_dataset_free(d);
    d = NULL;
    inc = first("id,title,date_start,place\none,One,2023-05-22,Kyiv\n");
    ck_assert_str_eq(inc->place_key, "kyiv");
    incmap_dataset_free(d);
    d = NULL;
    ck_assert_int_eq(build(ctx, "id,title,date_start\none,One,2023-05-22\n", report), INCMAP_EDATA);
    ck_assert_str_eq(incmap_ctx_message(ctx),
                     "i.csv: found a header without place_key and place, expected at least one of "
                     "these columns");
}
END_TEST

START_TEST(a_bad_score_or_verdict_of_an_export_is_refused)
{
    const char *table = "id,title,date_start,place_key,place,place_verdict,place_score\n"
                        "one,One,2023-05-22,kyiv,Kyiv,perhaps,2\n";
    ck_assert_int_eq(build(ctx, table, report), INCMAP_OK);
    ck_assert_uint_eq(incmap_dataset_incident_count(d), 0);
    ck_assert_ptr_nonnull(strstr(report_lines(report), "(place_verdict): found \"perhaps\""));
    ck_assert_ptr_nonnull(strstr(report_lines(report), "(place_score): found \"2\""));
}
END_TEST

/* One found, one ambiguous, one misspelt. */
#define THREE                                                                                      \
    HEADER "one,One,2023-05-22,,Козинка,,,,,\ntwo,Two,2023-05-22,,Belgorod,,,,,\n"          \
           "three,Three,2023-05-22,,Grayvorn,RU,,,,\nfour,Four,2023-05-22,sumy,,,,,,\n"

static void same_finding(const incmap_incident *a, const incmap_incident *b)
{
    ck_assert_str_eq(a->place_asked, b->place_asked);
    ck_assert_int_eq(a->place_verdict, b->place_verdict);
    ck_assert(a->place_score == b->place_score || (isnan(a->place_score) && isnan(b->place_score)));
    ck_assert_str_eq(a->place_reason, b->place_reason);
    ck_assert_str_eq(a->place_candidates, b->place_candidates);
    ck_assert_str_eq(a->place_key, b->place_key);
}

START_TEST(what_was_found_survives_an_export_and_what_was_not_is_told_again)
{
    incmap_dataset_files files;
    incmap_dataset *before, *after = NULL;
    char paths[4][512];
    static const char *const ends[] = { "sources", "claimants", "incidents", "claims" };
    (void)first(THREE);
    before = d;
    d = NULL;
    ck_assert_int_eq(incmap_dataset_export_csv(ctx, before, scratch_path("x"), NULL), INCMAP_OK);
    for (int i = 0; i < 4; i++) {
        char name[32];
        (void)snprintf(name, sizeof name, "x_%s.csv", ends[i]);
        (void)snprintf(paths[i], sizeof paths[i], "%s", scratch_path(name));
    }
    files = (incmap_dataset_files){ paths[0], paths[1], paths[2], paths[3] };
    incmap_report_free(report);
    ck_assert_int_eq(incmap_report_new(ctx, NULL, &report), INCMAP_OK);
    ck_assert_msg(incmap_dataset_open(ctx, &files, g, report, &after) == INCMAP_OK, "%s",
                  incmap_ctx_message(ctx));
    ck_assert_uint_eq(incmap_report_count(report), 1); /* the ambiguous one */
    ck_assert_str_eq(incmap_report_get(report, 0)->found, "Belgorod");
    for (size_t i = 0; i < 4; i++)
        same_finding(incmap_dataset_incident(before, i), incmap_dataset_incident(after, i));
    incmap_dataset_free(before);
    incmap_dataset_free(after);
}
END_TEST

/* The layer of the dataset, read back; value `field` of feature `row`, whose texts live until the next. */
static incmap_layer_reader *written(void)
{
    incmap_layer_reader *r = NULL;
    ck_assert_msg(incmap_layer_write_incidents(ctx, scratch_path("i"), d, NULL, NULL, NULL) ==
                      INCMAP_OK,
                  "%s", incmap_ctx_message(ctx));
    ck_assert_int_eq(incmap_layer_reader_open(ctx, scratch_path("i"), NULL, &r), INCMAP_OK);
    return r;
}

static incmap_value value_at(incmap_layer_reader *r, size_t row, const char *field)
{
    incmap_value values[64];
    const size_t i = incmap_layer_reader_find(r, field);
    ck_assert_msg(i != SIZE_MAX, "no field %s", field);
    ck_assert_uint_le(incmap_layer_reader_field_count(r), 64);
    ck_assert_int_eq(incmap_layer_reader_read(ctx, r, row, NULL, values), INCMAP_OK);
    return values[i];
}

START_TEST(the_layer_of_incidents_says_how_a_place_was_found)
{
    incmap_layer_reader *r;
    incmap_shape shape;
    (void)first(THREE);
    r = written();
    ck_assert_uint_eq(incmap_layer_reader_count(r), 4);
    ck_assert_str_eq(value_at(r, 0, "PLACE_ASK").as.text, "Козинка");
    ck_assert_str_eq(value_at(r, 0, "PLACE_KEY").as.text, "kozinka");
    ck_assert_str_eq(value_at(r, 0, "ASK_REASON").as.text, "Russian name of Kozinka");
    ck_assert_double_eq(value_at(r, 0, "ASK_SCORE").as.number, 1);
    ck_assert_str_eq(value_at(r, 1, "ASK_RESULT").as.text, "ambiguous");
    ck_assert_str_eq(value_at(r, 1, "ASK_KEYS").as.text, "belgorod_oblast|belgorod");
    ck_assert_int_eq(value_at(r, 1, "ASK_SCORE").kind, INCMAP_VALUE_NULL);
    ck_assert_str_eq(value_at(r, 1, "PLACED").as.text, "nowhere");
    ck_assert_int_eq(incmap_layer_reader_read(ctx, r, 1, &shape, NULL), INCMAP_OK);
    ck_assert_int_eq(shape.type, INCMAP_SHAPE_NULL);
    ck_assert_str_eq(value_at(r, 2, "ASK_REASON").as.text, "one letter from Grayvoron");
    ck_assert_int_eq(value_at(r, 3, "ASK_RESULT").kind, INCMAP_VALUE_NULL);
    incmap_layer_reader_free(r);
}
END_TEST

START_TEST(a_layer_without_names_has_no_columns_for_them)
{
    incmap_layer_reader *r;
    (void)first(HEADER "one,One,2023-05-22,kozinka,,,,,,\n");
    r = written();
    ck_assert_uint_eq(incmap_layer_reader_find(r, "PLACE_ASK"), SIZE_MAX);
    ck_assert_uint_eq(incmap_layer_reader_find(r, "ASK_KEYS"), SIZE_MAX);
    incmap_layer_reader_free(r);
}
END_TEST

START_TEST(without_memory_placing_by_name_is_enomem_and_leaks_nothing)
{
    struct faulty f;
    incmap_ctx *scarce = faulty_ctx(&f);
    incmap_status st = INCMAP_ENOMEM;
    ck_assert_int_eq(incmap_gazetteer_prepare(ctx, g), INCMAP_OK);
    for (long budget = 0; st; budget++) {
        const long out = f.blocks;
        f.budget = budget;
        st = build(scarce, THREE, report);
        f.budget = -1;
        ck_assert_msg(st == INCMAP_OK || st == INCMAP_ENOMEM, "%s", incmap_ctx_message(scarce));
        if (!st) break;
        ck_assert_ptr_null(d);
        ck_assert_int_eq(f.blocks, out);
        ck_assert_int_lt(budget, 2000);
    }
    incmap_dataset_free(d);
    d = NULL;
    incmap_ctx_free(scarce);
    ck_assert_int_eq(f.blocks, 0);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("place_name");
    TCase *tc = tcase_create("place_name");
    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(tc, a_name_beside_a_key_still_says_how_near);
    tcase_add_loop_test(tc, an_incident_near_a_place_is_as_uncertain_as_the_text_says, 0,
                        sizeof about / sizeof *about);
    tcase_add_loop_test(tc, a_country_region_or_district_that_holds_no_place_is_named, 0,
                        sizeof contexts / sizeof *contexts);
    tcase_add_loop_test(tc, a_name_places_an_incident_or_says_why_not, 0,
                        sizeof names / sizeof *names);
    tcase_add_test(tc, a_place_found_by_name_is_that_of_its_key_with_its_uncertainty);
    tcase_add_loop_test(tc, a_name_that_is_doubtful_is_told_with_its_candidates, 0,
                        sizeof told / sizeof *told);
    tcase_add_loop_test(tc, a_word_for_no_place_is_an_empty_field_and_told_as_converted, 0,
                        sizeof none_given / sizeof *none_given);
    tcase_add_test(tc, a_listed_place_of_that_very_name_is_a_place);
    tcase_add_test(tc, a_key_wins_over_a_name_and_one_column_of_the_two_must_be_there);
    tcase_add_test(tc, a_bad_score_or_verdict_of_an_export_is_refused);
    tcase_add_test(tc, what_was_found_survives_an_export_and_what_was_not_is_told_again);
    tcase_add_test(tc, the_layer_of_incidents_says_how_a_place_was_found);
    tcase_add_test(tc, a_layer_without_names_has_no_columns_for_them);
    tcase_add_test(tc, without_memory_placing_by_name_is_enomem_and_leaks_nothing);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
