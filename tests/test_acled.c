/* SPDX-License-Identifier: MIT */
/* ACLED's event files as datasets, in the forms of several years. All rows here are invented: none of
 * ACLED's is shipped. */
#include "harness.h"
#include "faulty_tries.h"
#include "tables.h"
#include "fixture_import.h" /* its names are those of parameters there */

#include <math.h>

#include <incmap/import.h>
#include <incmap/tally.h>

#include "formats/acled.h"

/* The 31 columns of 2023. */
#define HEADER                                                                                     \
    "event_id_cnty,event_date,year,time_precision,disorder_type,event_type,sub_event_type,"        \
    "actor1,assoc_actor_1,inter1,actor2,assoc_actor_2,inter2,interaction,civilian_targeting,iso,"  \
    "region,country,admin1,admin2,admin3,location,latitude,longitude,geo_precision,source,"        \
    "source_scale,notes,fatalities,tags,timestamp\n"
#define ROW(id, date, time, inter1, inter2, precision, source, deaths)                             \
    id "," date ",2023," time                                                                      \
       ",Political violence,Battles,Armed clash,Blue Force,Blue Aid," inter1 ",Red Force,," inter2 \
       ",13,,999,Nowhere,Nowhere,One,Two,,Midtown,50.5,36.5," precision "," source                 \
       ",National,They fought.," deaths ",,1700000000\n"

static incmap_status import_with(incmap_ctx *with, const char *text, incmap_report *to)
{
    return incmap__acled_import(with, csv_over(ctx, "a.csv", text), to, &d);
}

START_TEST(an_event_becomes_an_incident_with_its_claim_and_sources)
{
    const incmap_incident *incident;
    const incmap_claim *claim;

    ck_assert_int_eq(
        import_with(ctx,
                    HEADER ROW("X1", "2023-05-22", "1", "1", "", "2", "Some Channel; Paper ;Paper",
                               "3") ROW("X2", "2023-05-22", "1", "State forces", "7", "1", "", "0"),
                    report),
        INCMAP_OK);
    ck_assert_str_eq(report_lines(report), "");
    incident = incmap_dataset_incident(d, 0);
    ck_assert_str_eq(incident->id, "X1");
    ck_assert_str_eq(incident->title, "Armed clash: Midtown");
    ck_assert_str_eq(incident->actor1, "Blue Force|Blue Aid");
    ck_assert_str_eq(incident->actor2, "Red Force");
    ck_assert_str_eq(incident->notes, "inter1 State forces; inter2 unknown; They fought.");
    ck_assert_str_eq(incident->sources, "Some Channel|Paper");
    ck_assert_str_eq(incident->precision_code, "geo_precision 2");
    ck_assert_int_eq(incident->acled_geo_precision, 2);
    ck_assert_double_eq(incident->uncertainty_m, 30000);
    claim = incmap_dataset_claim(d, incident->claims[0]);
    ck_assert_double_eq(claim->figure, 3);
    ck_assert_str_eq(incmap_dataset_source(d, claim->source)->publisher, "Some Channel");
    ck_assert_str_eq(incmap_dataset_claimant(d, claim->claimant)->key, "acled");
    ck_assert_uint_eq(incmap_dataset_source_count(d), 3);
    incident = incmap_dataset_incident(d, 1);
    ck_assert_str_eq(incident->notes, "inter1 State forces; inter2 Civilians; They fought.");
    ck_assert_str_eq(incident->sources, "acled");
    claim = incmap_dataset_claim(d, incident->claims[0]);
    ck_assert_double_eq(claim->figure, 0);
    ck_assert_str_eq(claim->hedge, "none reported");
    ck_assert_int_eq(claim->qualifier_kind, INCMAP_QUALIFIER_UNSTATED);
}
END_TEST

static const struct {
    const char *date, *time, *text; /* NULL: refused */
} dates[] = {
    { "2023-05-22", "1", "2023-05-22" },
    { "22-05-2023", "1", "2023-05-22" },
    { "22 May 2023", "1", "2023-05-22" },
    { "22 may 2023", "", "2023-05-22" },
    { "2 September 2023", "1", "2023-09-02" },
    { "02-Sep-2023", "1", "2023-09-02" },
    { "2023-05-22", "2", "2023-05-16 to 2023-05-28" },
    { "2023-05-22", "3", "2023-04-22 to 2023-06-21" },
    { "2023-02-31", "1", NULL },
    { "31 February 2023", "1", NULL },
    { "22 Mai 2023", "1", NULL },
    { "05/22/2023", "1", NULL },
    { "2023-05-22x", "1", NULL },
    { "", "1", NULL },
    { "2023-05-22", "4", NULL },
};

START_TEST(dates_of_all_forms_are_read_and_others_refused)
{
    char text[1024], date[INCMAP_DATE_TEXT_SIZE];

    (void)snprintf(text, sizeof text,
                   "event_id_cnty,event_date,time_precision,latitude,longitude,geo_precision,"
                   "fatalities\nX,%s,%s,50,36,1,1\n",
                   dates[_i].date, dates[_i].time);
    ck_assert_int_eq(import_with(ctx, text, report), INCMAP_OK);
    ck_assert_msg(incmap_dataset_incident_count(d) == (dates[_i].text ? 1 : 0), "%s: %s",
                  dates[_i].date, report_lines(report));
    ck_assert_uint_eq(incmap_report_refused(report), dates[_i].text ? 0 : 1);
    if (dates[_i].text)
        ck_assert_str_eq(incmap_date_text(&incmap_dataset_incident(d, 0)->when, date),
                         dates[_i].text);
}
END_TEST

/* The 30 columns that files had before 2023. */
START_TEST(the_older_columns_are_read_and_what_was_converted_is_told)
{
    incmap_report_options options = INCMAP_REPORT_OPTIONS_INIT;

    incmap_report_free(report);
    options.list_converted = true;
    ck_assert_int_eq(incmap_report_new(ctx, &options, &report), INCMAP_OK);
    ck_assert_int_eq(
        import_with(ctx,
                    "data_id,iso,event_id_cnty,event_id_no_cnty,event_date,year,time_precision,"
                    "event_type,sub_event_type,actor1,assoc_actor_1,inter1,actor2,assoc_actor_2,"
                    "inter2,interaction,region,country,admin1,admin2,admin3,location,latitude,"
                    "longitude,geo_precision,source,source_scale,notes,fatalities,timestamp\n"
                    "7,999,X7,7,22 May 2023,2023,2,Battles,Armed clash,Blue,,1,Red,,0,13,Nowhere,"
                    "Nowhere,One,Two,,Midtown,50.5,36.5,3,Paper,National,They fought.,0,1\n",
                    report),
        INCMAP_OK);
    ck_assert_str_eq(
        report_lines(report),
        "a.csv:2: column 5 (event_date): found \"22 May 2023\", taken as 2023-05-22\n"
        "a.csv:2: column 7 (time_precision): found \"2\", taken as six days to either side\n"
        "a.csv:2: column 25 (geo_precision): found \"3\", taken as region, 150 km\n"
        "a.csv:2: column 29 (fatalities): found \"0\", taken as none reported\n"
        "a.csv:2: column 12 (inter1): found \"1\", taken as State forces\n"
        "a.csv:2: column 15 (inter2): found \"0\", taken as unknown\n");
    ck_assert_uint_eq(incmap_report_count(report), 0);
    ck_assert_uint_eq(incmap_report_column_count(report), 30);
    ck_assert_str_eq(incmap_dataset_incident(d, 0)->notes,
                     "inter1 State forces; inter2 unknown; They fought.");
}
END_TEST

static const struct {
    const char *why, *row;
    size_t left, problems;
} bad[] = {
    { "an id twice", ROW("X1", "2023-05-22", "1", "1", "2", "1", "P", "3"), 1, 1 },
    { "geo_precision 0", ROW("X2", "2023-05-22", "1", "1", "2", "0", "P", "3"), 1, 1 },
    { "no geo_precision", ROW("X2", "2023-05-22", "1", "1", "2", "", "P", "3"), 1, 1 },
    { "fatalities in words", ROW("X2", "2023-05-22", "1", "1", "2", "1", "P", "three"), 1, 1 },
    { "no fatalities: unknown, not zero", ROW("X2", "2023-05-22", "1", "1", "2", "1", "P", ""), 2,
      0 },
    { "half a death", ROW("X2", "2023-05-22", "1", "1", "2", "1", "P", "2.5"), 1, 1 },
    { "a strange inter code: told, the row is used",
      ROW("X2", "2023-05-22", "1", "9", "2", "1", "P", "3"), 2, 1 },
};

START_TEST(bad_rows_are_told_and_the_others_imported)
{
    char text[2048];

    (void)snprintf(text, sizeof text, "%s%s%s", HEADER,
                   ROW("X1", "2023-05-22", "1", "1", "2", "1", "P", "3"), bad[_i].row);
    ck_assert_int_eq(import_with(ctx, text, report), INCMAP_OK);
    ck_assert_msg(incmap_dataset_incident_count(d) == bad[_i].left, "%s", bad[_i].why);
    ck_assert_msg(incmap_report_count(report) == bad[_i].problems, "%s: %s", bad[_i].why,
                  report_lines(report));
    if (strcmp(bad[_i].why, "no fatalities: unknown, not zero") == 0) {
        const incmap_claim *claim = incmap_dataset_claim(d, 1);
        ck_assert(isnan(claim->figure));
        ck_assert_int_eq(claim->qualifier_kind, INCMAP_QUALIFIER_UNSTATED);
        ck_assert_str_eq(claim->qualifier, "");
    }
}
END_TEST

START_TEST(words_that_acled_does_not_have_are_told_and_kept)
{
    const incmap_incident *incident;

    ck_assert_int_eq(
        import_with(ctx,
                    "event_id_cnty,event_date,time_precision,latitude,longitude,geo_precision,"
                    "fatalities,event_type,sub_event_type,inter1,inter2\n"
                    "X,2023-05-22,1,50,36,1,1,Bttles,Armd clsh,Rebel Groups,99\n"
                    "Y,2023-05-22,1,50,36,1,1,battles,Air/drone strike,2,Other Forces\n",
                    report),
        INCMAP_OK);
    ck_assert_str_eq(
        report_lines(report),
        "a.csv:2: column 8 (event_type): found \"Bttles\", expected an event type of ACLED's "
        "codebook\n"
        "a.csv:2: column 9 (sub_event_type): found \"Armd clsh\", expected a sub-event type of "
        "ACLED's codebook\n"
        "a.csv:2: column 10 (inter1): found \"Rebel Groups\", expected a code from 0 to 8, or its "
        "words\n"
        "a.csv:2: column 11 (inter2): found \"99\", expected a code from 0 to 8, or its words\n");
    incident = incmap_dataset_incident(d, 0);
    ck_assert_str_eq(incident->event_type, "Bttles");
    ck_assert_str_eq(incident->sub_event_type, "Armd clsh");
    ck_assert_str_eq(incident->notes, "inter1 Rebel Groups; inter2 99");
    ck_assert_str_eq(incmap_dataset_incident(d, 1)->notes,
                     "inter1 Rebel group; inter2 External/Other forces");
}
END_TEST

START_TEST(bad_files_and_arguments_are_told)
{
    ck_assert_int_eq(import_with(ctx, "event_id_cnty\n1\n", report), INCMAP_EDATA);
    ck_assert_int_eq(incmap_dataset_import_acled(ctx, "/nowhere.csv", report, &d), INCMAP_EIO);
    ck_assert_int_eq(incmap_dataset_import_acled(NULL, "x", report, &d), INCMAP_EARG);
    ck_assert_int_eq(incmap_dataset_import_acled(ctx, NULL, report, &d), INCMAP_EARG);
    ck_assert_int_eq(incmap_dataset_import_acled(ctx, "x", report, NULL), INCMAP_EARG);
    ck_assert_ptr_null(d);
}
END_TEST

START_TEST(without_memory_an_import_is_enomem_and_leaks_nothing)
{
    faulty_tries t = faulty_begin();

    while (faulty_next(&t, d))
        t.st = import_with(t.ctx, HEADER ROW("X1", "2023-05-22", "1", "1", "2", "1", "P; Q", "3"),
                           NULL);
    incmap_dataset_free(d);
    d = NULL;
    faulty_end(&t, 10);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("acled");
    TCase *own = tcase_create("own");
    tcase_add_checked_fixture(own, setup, teardown);
    tcase_add_test(own, an_event_becomes_an_incident_with_its_claim_and_sources);
    tcase_add_loop_test(own, dates_of_all_forms_are_read_and_others_refused, 0,
                        sizeof dates / sizeof *dates);
    tcase_add_loop_test(own, bad_rows_are_told_and_the_others_imported, 0,
                        sizeof bad / sizeof *bad);
    tcase_add_test(own, the_older_columns_are_read_and_what_was_converted_is_told);
    tcase_add_test(own, words_that_acled_does_not_have_are_told_and_kept);
    tcase_add_test(own, bad_files_and_arguments_are_told);
    tcase_add_test(own, without_memory_an_import_is_enomem_and_leaks_nothing);
    suite_add_tcase(suite, own);
    return run_suite(suite);
}
