/* SPDX-License-Identifier: MIT */
/* UCDP's event files as datasets: what each column becomes, what is said of bad rows, and the sums of
 * real releases. */
#include "harness.h"
#include "faulty_tries.h"
#include "tables.h"
#include "fixture_import.h" /* its names are those of parameters there */

#include <math.h>

#include <incmap/builtin.h>
#include <incmap/import.h>
#include <incmap/tally.h>

#include "formats/ucdp.h"

#define HEADER                                                                                     \
    "id,type_of_violence,dyad_name,side_a,side_b,number_of_sources,source_office,where_prec,"      \
    "where_coordinates,where_description,latitude,longitude,date_prec,date_start,date_end,"        \
    "deaths_a,deaths_b,deaths_civilians,deaths_unknown,best,high,low\n"
#define ROW(id, prec, lat, start, end, best, high, low)                                            \
    id ",1,X - Y,X,Y,-1,Reuters," prec ",Town,near the mill," lat ",36.5,2," start "," end         \
       ",0,2,1,0," best "," high "," low "\n"
#define GOOD ROW("7", "1", "50.5", "2014-01-22", "2014-01-24", "3", "5", "2")

static incmap_status import_with(incmap_ctx *with, const char *text, incmap_report *to)
{
    return incmap__ucdp_import(with, csv_over(ctx, "u.csv", text), to, &d);
}

static const incmap_claim *claim_of(const char *id)
{
    for (size_t i = 0; i < incmap_dataset_claim_count(d); i++)
        if (strcmp(incmap_dataset_claim(d, i)->id, id) == 0) return incmap_dataset_claim(d, i);
    return NULL;
}

START_TEST(an_event_becomes_an_incident_with_its_claims)
{
    const incmap_incident *incident;
    const incmap_claim *claim;
    char text[INCMAP_DATE_TEXT_SIZE];

    ck_assert_int_eq(import_with(ctx, HEADER GOOD, report), INCMAP_OK);
    ck_assert_str_eq(report_lines(report), "");
    ck_assert_uint_eq(incmap_dataset_incident_count(d), 1);
    incident = incmap_dataset_incident(d, 0);
    ck_assert_str_eq(incident->id, "7");
    ck_assert_str_eq(incident->title, "X - Y: Town");
    ck_assert_str_eq(incident->actor1, "X");
    ck_assert_str_eq(incident->event_type, "Battles");
    ck_assert_str_eq(incident->notes,
                     "type_of_violence 1; number_of_sources unknown; Reuters; near the mill");
    ck_assert_str_eq(incident->precision_code, "where_prec 1");
    ck_assert_str_eq(incident->date_basis, "date_prec 2");
    ck_assert_str_eq(incmap_date_text(&incident->when, text), "2014-01-22 to 2014-01-24");
    ck_assert_double_eq(incident->at.lat, 50.5);
    ck_assert_double_eq(incident->uncertainty_m, 10000);
    ck_assert_uint_eq(incident->claim_count, 3);
    claim = claim_of("7");
    ck_assert_double_eq(claim->figure, 3);
    ck_assert_double_eq(claim->figure_low, 2);
    ck_assert_double_eq(claim->figure_high, 5);
    ck_assert_int_eq(claim->qualifier_kind, INCMAP_QUALIFIER_RANGE);
    ck_assert_int_eq(claim->subject, INCMAP_SUBJECT_KILLED);
    ck_assert_str_eq(claim_of("7/b")->victim_group, "Y");
    ck_assert_double_eq(claim_of("7/b")->figure, 2);
    ck_assert_str_eq(claim_of("7/civilians")->victim_group, "civilians");
    ck_assert_ptr_null(claim_of("7/a")); /* nobody */
    ck_assert_str_eq(incmap_dataset_source(d, 0)->id, "ucdp");
    ck_assert_str_eq(incmap_dataset_claimant(d, claim->claimant)->key, "ucdp");
}
END_TEST

START_TEST(the_editions_of_hdx_are_read)
{
    ck_assert_int_eq(
        import_with(ctx,
                    "date_start,id,latitude,longitude,where_prec,date_end,best,low,high,iso3\n"
                    "#date+start,,#geo+lat,#geo+lon,,#date+end,,,,#country+code\n"
                    "2014-01-22 00:00:00.000,9,50,36,2,2014-01-22 00:00:00.000,0,0,0,UKR\n",
                    report),
        INCMAP_OK);
    ck_assert_str_eq(report_lines(report), "");
    ck_assert_uint_eq(incmap_dataset_incident_count(d), 1);
    ck_assert_int_eq(incmap_dataset_incident(d, 0)->when.precision, INCMAP_DATE_DAY);
    ck_assert_str_eq(incmap_dataset_incident(d, 0)->date_basis, "");
    /* A stated zero is a figure. */
    ck_assert_double_eq(incmap_dataset_claim(d, 0)->figure, 0);
}
END_TEST

static const struct {
    const char *prec;
    incmap_location_precision precision;
    double uncertainty_m;
    bool on_border;
} precisions[] = {
    { "1", INCMAP_LOCATION_SETTLEMENT, 10e3, false },
    { "2", INCMAP_LOCATION_DISTRICT, 25e3, false },
    { "3", INCMAP_LOCATION_DISTRICT, 30e3, false },
    { "4", INCMAP_LOCATION_REGION, 150e3, false },
    { "5", INCMAP_LOCATION_REGION, 150e3, true },
    { "6", INCMAP_LOCATION_COUNTRY, 2500e3, false },
    { "7", INCMAP_LOCATION_UNKNOWN, 2500e3, false },
};

START_TEST(precisions_become_metres_and_a_line_has_no_side)
{
    char text[512];
    const incmap_incident *incident;
    incmap_border *border = NULL;
    incmap_depth depth;
    incmap_placed placed;

    (void)snprintf(text, sizeof text,
                   "id,latitude,longitude,where_prec,date_start,date_end,best,low,high\n"
                   "1,50.5,36.5,%s,2014-01-22,2014-01-22,1,1,1\n",
                   precisions[_i].prec);
    ck_assert_int_eq(import_with(ctx, text, NULL), INCMAP_OK);
    incident = incmap_dataset_incident(d, 0);
    ck_assert_int_eq(incident->location_precision, precisions[_i].precision);
    ck_assert_double_eq(incident->uncertainty_m, precisions[_i].uncertainty_m);
    ck_assert_int_eq(incmap_border_builtin(ctx, &border), INCMAP_OK);
    ck_assert_int_eq(incmap_incident_measure(ctx, incident, border, &depth, &placed), INCMAP_OK);
    ck_assert_int_eq(placed,
                     precisions[_i].on_border ? INCMAP_PLACED_ON_BORDER : INCMAP_PLACED_MEASURED);
    incmap_border_free(border);
}
END_TEST

static const struct {
    const char *why, *row, *line;
    size_t left;
} bad[] = {
    { "31 February", ROW("8", "1", "50.5", "2014-02-31", "2014-03-01", "3", "5", "2"),
      "u.csv:3: column 14 (date_start): found \"2014-02-31\", expected a day as YYYY-MM-DD\n", 1 },
    { "a month", ROW("8", "1", "50.5", "2014-02", "2014-03-01", "3", "5", "2"),
      "u.csv:3: column 14 (date_start): found \"2014-02\", expected a day as YYYY-MM-DD\n", 1 },
    { "an end before the start", ROW("8", "1", "50.5", "2014-03-02", "2014-03-01", "3", "5", "2"),
      "u.csv:3: column 15 (date_end): found \"2014-03-01\", expected a date that is not before "
      "date_start\n",
      1 },
    { "no position", ROW("8", "1", "", "2014-03-01", "2014-03-03", "3", "5", "2"), NULL, 1 },
    { "an unknown code", ROW("8", "9", "50.5", "2014-03-01", "2014-03-03", "3", "5", "2"), NULL,
      1 },
    { "no code", ROW("8", "", "50.5", "2014-03-01", "2014-03-03", "3", "5", "2"),
      "u.csv:3: column 8 (where_prec): found \"\", expected a whole number from 1 to 7\n", 1 },
    { "an id twice", GOOD,
      "u.csv:3: column 1 (id): found \"7\", expected an id that no earlier row "
      "has\n",
      1 },
    { "no number", ROW("8", "1", "50.5", "2014-03-01", "2014-03-03", "many", "5", "2"), NULL, 1 },
    { "low above high", ROW("8", "1", "50.5", "2014-03-01", "2014-03-03", "3", "2", "4"),
      "u.csv:3: column 22 (low): found \"4\", expected a number that is not above high\n", 2 },
    { "best outside", ROW("8", "1", "50.5", "2014-03-01", "2014-03-03", "9", "5", "2"),
      "u.csv:3: column 20 (best): found \"9\", expected a number from low to high\n", 2 },
};

START_TEST(bad_rows_are_told_and_the_others_imported)
{
    char text[2048];

    (void)snprintf(text, sizeof text, "%s%s%s", HEADER, GOOD, bad[_i].row);
    ck_assert_int_eq(import_with(ctx, text, report), INCMAP_OK);
    ck_assert_uint_eq(incmap_report_count(report), 1);
    ck_assert_uint_eq(incmap_report_refused(report), bad[_i].left == 1 ? 1 : 0);
    if (bad[_i].line) ck_assert_str_eq(report_lines(report), bad[_i].line);
    ck_assert_msg(incmap_dataset_incident_count(d) == bad[_i].left, "%s", bad[_i].why);
}
END_TEST

static const struct {
    const char *prec, *end, *expected; /* NULL: nothing is told */
} spans[] = {
    { "1", "2014-03-01", NULL },
    { "2", "2014-03-06", NULL },
    { "3", "2014-03-07", NULL },
    { "4", "2014-03-31", NULL },
    { "5", "2015-02-28", NULL },
    { "", "2014-03-31", NULL },
    { "1", "2014-03-02", "date_prec 2 for 2 to 6 days" },
    { "3", "2014-03-01", "date_prec 1 for one day" },
    { "6", "2014-03-07", "date_prec 3 for a week" },
    { "5", "2014-03-08", "date_prec 4 for 8 to 31 days" },
    { "4", "2014-04-01", "date_prec 5 for up to a year" },
    { "5", "2016-03-01", "dates that span a year at the most" },
};

START_TEST(a_date_precision_that_does_not_fit_its_dates_is_told)
{
    char text[512];

    (void)snprintf(text, sizeof text,
                   "id,latitude,longitude,where_prec,date_prec,date_start,date_end,best,low,high\n"
                   "1,50.5,36.5,1,%s,2014-03-01,%s,1,1,1\n",
                   spans[_i].prec, spans[_i].end);
    ck_assert_int_eq(import_with(ctx, text, report), INCMAP_OK);
    ck_assert_uint_eq(incmap_dataset_incident_count(d), 1);
    ck_assert_msg((spans[_i].expected != NULL) == (incmap_report_count(report) == 1), "%s %s: %s",
                  spans[_i].prec, spans[_i].end, report_lines(report));
    if (spans[_i].expected)
        ck_assert_str_eq(incmap_report_get(report, 0)->expected, spans[_i].expected);
}
END_TEST

static const incmap_report_column *account_of(const char *name)
{
    for (size_t i = 0; i < incmap_report_column_count(report); i++)
        if (strcmp(incmap_report_column_get(report, i)->name, name) == 0)
            return incmap_report_column_get(report, i);
    ck_abort_msg("no account of %s", name);
    return NULL;
}

/* Each release has columns that others have not; those that incmap reads stayed. */
static const size_t widths[] = { 41, 42, 49, 50, 51, 52 };

START_TEST(releases_of_all_widths_are_read_by_the_names_of_their_columns)
{
    char text[4096] = HEADER, row[512] = GOOD;
    size_t n = 1;

    for (const char *c = HEADER; *c; c++)
        n += *c == ',';
    text[strlen(text) - 1] = row[strlen(row) - 1] = '\0';
    for (; n < widths[_i]; n++) {
        (void)snprintf(text + strlen(text), sizeof text - strlen(text), ",other%zu", n);
        (void)strcat(row, ",x");
    }
    (void)strcat(strcat(strcat(text, "\n"), row), "\n");
    ck_assert_int_eq(import_with(ctx, text, report), INCMAP_OK);
    ck_assert_str_eq(report_lines(report), "");
    ck_assert_uint_eq(incmap_dataset_incident_count(d), 1);
    ck_assert_uint_eq(incmap_report_column_count(report), widths[_i]);
    ck_assert(!account_of("other40")->read);
    ck_assert_uint_eq(account_of("other40")->unread, 1);
}
END_TEST

START_TEST(the_report_says_what_became_of_every_value)
{
    const char *text = "id,latitude,longitude,where_prec,date_start,date_end,best,low,high,"
                       "number_of_sources,conflict_name\n"
                       "#event+id,#geo+lat,,,,,,,,,\n"
                       "1,50,36,5,2014-01-22 00:00:00.000,2014-01-22,1,1,1,-1,War\n"
                       "2,50,36,1,2014-01-22,2014-01-22,1,3,2,7,\n"
                       "3,50,36,9,2014-02-31,2014-03-01,1,1,1,7,War\n"
                       "4,50,36\n";
    incmap_report_options options = INCMAP_REPORT_OPTIONS_INIT;
    const incmap_report_file *file;
    const incmap_report_column *c;

    incmap_report_free(report);
    options.list_converted = true;
    ck_assert_int_eq(incmap_report_new(ctx, &options, &report), INCMAP_OK);
    ck_assert_int_eq(import_with(ctx, text, report), INCMAP_OK);
    ck_assert_str_eq(
        report_lines(report),
        "u.csv:3: column 5 (date_start): found \"2014-01-22 00:00:00.000\", taken as 2014-01-22\n"
        "u.csv:3: column 4 (where_prec): found \"5\", taken as region, 150 km\n"
        "u.csv:3: column 10 (number_of_sources): found \"-1\", taken as unknown\n"
        "u.csv:4: column 4 (where_prec): found \"1\", taken as settlement, 10 km\n"
        "u.csv:4: column 8 (low): found \"3\", expected a number that is not above high\n"
        "u.csv:5: column 5 (date_start): found \"2014-02-31\", expected a day as YYYY-MM-DD\n"
        "u.csv:5: column 4 (where_prec): found \"9\", expected a whole number from 1 to 7\n"
        "u.csv:6: found \"3 fields\", expected 11 as in the header\n");
    ck_assert_uint_eq(incmap_report_count(report), 4);
    ck_assert_uint_eq(incmap_report_refused(report), 3);
    ck_assert_uint_eq(incmap_report_converted(report), 4);
    ck_assert_uint_eq(incmap_report_file_count(report), 1);
    file = incmap_report_file_get(report, 0);
    ck_assert_str_eq(file->file, "u.csv");
    ck_assert_uint_eq(file->rows, 4);
    ck_assert_uint_eq(file->kept, 2);
    ck_assert_uint_eq(file->refused, 2);
    ck_assert_uint_eq(file->unreadable, 1);
    ck_assert(file->has_tags);
    ck_assert_uint_eq(incmap_report_column_count(report), 11);
    for (size_t i = 0; i < 11; i++) {
        c = incmap_report_column_get(report, i);
        ck_assert_uint_eq(c->empty + c->kept + c->converted + c->doubtful + c->unread + c->refused,
                          file->rows - file->unreadable);
    }
    c = account_of("where_prec");
    ck_assert(c->read && c->column == 4 && c->converted == 2 && c->at_fault == 1);
    c = account_of("date_start");
    ck_assert(c->converted == 1 && c->kept == 1 && c->refused == 1 && c->at_fault == 1);
    c = account_of("low");
    ck_assert(c->kept == 1 && c->doubtful == 1 && c->refused == 1 && c->at_fault == 0);
    c = account_of("conflict_name");
    ck_assert(!c->read && c->unread == 1 && c->empty == 1 && c->refused == 1);
    ck_assert_ptr_null(incmap_report_file_get(report, 1));
    ck_assert_ptr_null(incmap_report_column_get(report, 11));
    ck_assert_uint_eq(incmap_report_converted(NULL) + incmap_report_file_count(NULL) +
                          incmap_report_column_count(NULL),
                      0);
}
END_TEST

START_TEST(bad_files_and_arguments_are_told)
{
    ck_assert_int_eq(import_with(ctx, "id,latitude\n1,2\n", report), INCMAP_EDATA);
    ck_assert_ptr_nonnull(strstr(incmap_ctx_message(ctx), "where_prec"));
    ck_assert_int_eq(incmap_dataset_import_ucdp(ctx, "/nowhere.csv", report, &d), INCMAP_EIO);
    ck_assert_int_eq(incmap_dataset_import_ucdp(NULL, "x", report, &d), INCMAP_EARG);
    ck_assert_int_eq(incmap_dataset_import_ucdp(ctx, NULL, report, &d), INCMAP_EARG);
    ck_assert_int_eq(incmap_dataset_import_ucdp(ctx, "x", report, NULL), INCMAP_EARG);
    ck_assert_ptr_null(d);
}
END_TEST

START_TEST(without_memory_an_import_is_enomem_and_leaks_nothing)
{
    faulty_tries t = faulty_begin();

    while (faulty_next(&t, d)) {
        incmap_report *scarce = NULL;
        t.st = incmap_report_new(t.ctx, NULL, &scarce);
        if (!t.st) t.st = import_with(t.ctx, HEADER GOOD, scarce);
        incmap_report_free(scarce);
    }
    incmap_dataset_free(d);
    d = NULL;
    faulty_end(&t, 10);
}
END_TEST

/* ---- real releases ---- */

/* Sums by Python's csv module over the files; 52, 50 and 41 columns. */
static const struct {
    const char *file;
    size_t events;
    double low, best, high;
    size_t warnings, on_lines; /* low above high, or else best outside; where_prec 5 */
} real[] = {
    { "hdx_ucdp_ukr_b.csv", 1167, 6246, 6875, 7728, 19, 160 },
    { "hdx_ucdp_ukr_c.csv", 2989, 7424, 7882, 8804, 13, 228 },
    { "ucdp_ged191_syria.csv", 16566, 104929, 112337, 119020, 101, 562 },
};

/* Rows, low, best and high by tests/reference/sums.awk. */
static void ask_awk(const char *path, double out[4])
{
    char command[4096];
    FILE *pipe;

    ck_assert_int_lt(snprintf(command, sizeof command, "awk -f '%s/tests/reference/sums.awk' '%s'",
                              getenv("INCMAP_TEST_SOURCE"), path),
                     (int)sizeof command);
    pipe = popen(command, "r");
    ck_assert_ptr_nonnull(pipe);
    ck_assert_int_eq(fscanf(pipe, "%lf %lf %lf %lf", &out[0], &out[1], &out[2], &out[3]), 4);
    ck_assert_int_eq(pclose(pipe), 0);
}

START_TEST(sums_of_real_releases_are_those_of_a_plain_awk)
{
    char path[1024];
    double awk[4], low = 0, best = 0, high = 0;

    (void)snprintf(path, sizeof path, "%s/%s", getenv("INCMAP_REAL_DATA"), real[_i].file);
    ask_awk(path, awk);
    ck_assert_int_eq(incmap_dataset_import_ucdp(ctx, path, report, &d), INCMAP_OK);
    for (size_t i = 0; i < incmap_dataset_incident_count(d); i++) {
        const incmap_claim *claim =
            incmap_dataset_claim(d, incmap_dataset_incident(d, i)->claims[0]);
        ck_assert_str_eq(claim->victim_group, "people");
        low += claim->figure_low;
        best += claim->figure;
        high += claim->figure_high;
    }
    ck_assert_double_eq((double)incmap_dataset_incident_count(d), awk[0]);
    ck_assert_double_eq(low, awk[1]);
    ck_assert_double_eq(best, awk[2]);
    ck_assert_double_eq(high, awk[3]);
}
END_TEST

START_TEST(sums_of_real_releases_are_those_of_the_file)
{
    char path[1024];
    const incmap_tally_total *total = NULL;
    incmap_tally *tally = NULL;
    size_t on_lines = 0;

    (void)snprintf(path, sizeof path, "%s/%s", getenv("INCMAP_REAL_DATA"), real[_i].file);
    ck_assert_msg(incmap_dataset_import_ucdp(ctx, path, report, &d) == INCMAP_OK, "%s",
                  incmap_ctx_message(ctx));
    ck_assert_uint_eq(incmap_report_refused(report), 0);
    ck_assert_uint_eq(incmap_report_count(report), real[_i].warnings);
    ck_assert_uint_eq(incmap_dataset_incident_count(d), real[_i].events);
    ck_assert_int_eq(incmap_tally_new(ctx, d, SIZE_MAX, NULL, 0, &tally), INCMAP_OK);
    for (size_t i = 0; i < incmap_tally_total_count(tally); i++)
        if (strcmp(incmap_tally_total_get(tally, i)->victim_group, "people") == 0)
            total = incmap_tally_total_get(tally, i);
    ck_assert_ptr_nonnull(total);
    ck_assert_double_eq(total->low, real[_i].low);
    ck_assert_double_eq(total->best, real[_i].best);
    ck_assert_double_eq(total->high, real[_i].high);
    ck_assert_uint_eq(total->incidents, real[_i].events);
    ck_assert_uint_eq(total->unknown, 0);
    ck_assert_uint_eq(incmap_tally_conflict_count(tally), 0);
    for (size_t i = 0; i < real[_i].events; i++)
        on_lines += incmap_dataset_incident(d, i)->on_border;
    ck_assert_uint_eq(on_lines, real[_i].on_lines);
    incmap_tally_free(tally);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("ucdp");
    TCase *own = tcase_create("own");
    tcase_add_checked_fixture(own, setup, teardown);
    tcase_add_test(own, an_event_becomes_an_incident_with_its_claims);
    tcase_add_test(own, the_editions_of_hdx_are_read);
    tcase_add_loop_test(own, precisions_become_metres_and_a_line_has_no_side, 0,
                        sizeof precisions / sizeof *precisions);
    tcase_add_loop_test(own, bad_rows_are_told_and_the_others_imported, 0,
                        sizeof bad / sizeof *bad);
    tcase_add_loop_test(own, a_date_precision_that_does_not_fit_its_dates_is_told, 0,
                        sizeof spans / sizeof *spans);
    tcase_add_loop_test(own, releases_of_all_widths_are_read_by_the_names_of_their_columns, 0,
                        sizeof widths / sizeof *widths);
    tcase_add_test(own, the_report_says_what_became_of_every_value);
    tcase_add_test(own, bad_files_and_arguments_are_told);
    tcase_add_test(own, without_memory_an_import_is_enomem_and_leaks_nothing);
    suite_add_tcase(suite, own);
    /* Public data that are not part of the product: read where somebody has them. */
    if (getenv("INCMAP_REAL_DATA")) {
        TCase *full = tcase_create("real");
        tcase_add_checked_fixture(full, setup, teardown);
        tcase_add_loop_test(full, sums_of_real_releases_are_those_of_the_file, 0,
                            sizeof real / sizeof *real);
        tcase_add_loop_test(full, sums_of_real_releases_are_those_of_a_plain_awk, 0,
                            sizeof real / sizeof *real);
        suite_add_tcase(suite, full);
    }
    return run_suite(suite);
}
