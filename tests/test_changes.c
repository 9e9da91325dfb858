/* SPDX-License-Identifier: MIT */
/* Two versions of a dataset compared: records added, withdrawn and changed, field by field; and two
 * real releases of UCDP. */
#include "harness.h"
#include "faulty_tries.h"
#include "tables.h"

#include <math.h>

#include <incmap/changes.h>
#include <incmap/import.h>

#include "reports/dataset.h"

static incmap_ctx *ctx;
static incmap_gazetteer *g;
static incmap_dataset *before, *after;
static incmap_changes *changes;

static void setup(void)
{
    ck_assert_int_eq(incmap_ctx_new(NULL, &ctx), INCMAP_OK);
    ck_assert_int_eq(incmap_gazetteer_new(ctx, &g), INCMAP_OK);
    before = after = NULL;
    changes = NULL;
}

static void teardown(void)
{
    incmap_changes_free(changes);
    incmap_dataset_free(before);
    incmap_dataset_free(after);
    incmap_gazetteer_free(g);
    incmap_ctx_free(ctx);
}

#define CLAIM_HEADER                                                                               \
    "claim_id,incident_id,source,claimant_key,polarity,claim_type,figure_value,entry,refers_to\n"

static incmap_dataset *build(const char *sources, const char *incidents, const char *claims)
{
    const incmap__dataset_tables tables = {
        csv_over(ctx, "s.csv", sources),
        csv_over(ctx, "k.csv", "key,name\nk,K\n"),
        csv_over(ctx, "i.csv", incidents),
        csv_over(ctx, "c.csv", claims),
    };
    incmap_dataset *d = NULL;
    ck_assert_msg(incmap__dataset_build(ctx, tables, g, NULL, &d) == INCMAP_OK, "%s",
                  incmap_ctx_message(ctx));
    return d;
}

static void build_both(void)
{
    before = build("id,publisher,tier\ns,P,\n",
                   "id,title,date_start,place_key,parent_id,lon_deg,lat_deg\n"
                   "same,S,2023-05-22,,,36,50\nmoved,M,2023-05-22,,,36,50\n"
                   "gone,G,,,,,\nnear,N,,,,36,50\nloose,L,,,moved,,\n",
                   CLAIM_HEADER "c1,same,s,k,asserts,fatalities,70,,\n"
                                "c2,same,s,k,asserts,fatalities,,,\n");
    after = build("id,publisher,tier\nt,T,\ns,P,relay\n",
                  "id,title,date_start,place_key,parent_id,lon_deg,lat_deg\n"
                  "new,N,,,,,\nnear,N,,,,36.00005,50\nmoved,M2,2023-05-23,,,37,50\n"
                  "same,S,2023-05-22,,,36,50\nloose,L,,,same,,\n",
                  CLAIM_HEADER "c1,same,s,k,denies,fatalities,70,,\n"
                               "c2,same,s,k,asserts,fatalities,5,,\n"
                               "c3,same,s,k,asserts,fatalities,6,correction,c2\n");
}

/* "withdrawn incident gone; changed incident moved: title when at; ..." */
static const char *lines(void)
{
    static char text[2048];
    size_t used = 0;

    text[0] = '\0';
    for (size_t i = 0; i < incmap_changes_count(changes); i++) {
        const incmap_change *c = incmap_changes_get(changes, i);
        used += (size_t)snprintf(text + used, sizeof text - used, "%s %s %s",
                                 incmap_change_text(c->kind), incmap_record_text(c->record), c->id);
        for (size_t k = 0; k < c->field_count; k++)
            used += (size_t)snprintf(text + used, sizeof text - used, "%s%s", k ? " " : ": ",
                                     c->fields[k]);
        used += (size_t)snprintf(text + used, sizeof text - used, "\n");
        ck_assert_uint_lt(used, sizeof text);
    }
    return text;
}

/* Of either dataset: refused for a value, for the number of its fields, and for the row it refers to. */
START_TEST(a_record_whose_row_was_refused_is_told_as_that_with_the_row)
{
    static const char sources[] = "id,publisher,tier\ns,P,\n";
    static const char head[] = "id,title,date_start,place_key,parent_id,lon_deg,lat_deg\n";
    static const struct {
        const char *id;
        incmap_change_kind kind;
        size_t row;
    } expected[] = {
        { "bad_date", INCMAP_CHANGE_REFUSED, 3 }, { "short", INCMAP_CHANGE_REFUSED, 4 },
        { "of_short", INCMAP_CHANGE_REFUSED, 5 }, { "gone", INCMAP_CHANGE_WITHDRAWN, 0 },
        { "c_of_bad", INCMAP_CHANGE_REFUSED, 2 }, { "c_bad", INCMAP_CHANGE_REFUSED, 3 },
        { "c_gone", INCMAP_CHANGE_WITHDRAWN, 0 },
    };
    char good[512], bad[512];
    incmap_report *report = NULL;

    (void)snprintf(good, sizeof good,
                   "%skept,K,2023,,,,\nbad_date,B,2023,,,,\nshort,S,2023,,,,\n"
                   "of_short,O,2023,,short,,\ngone,G,2023,,,,\n",
                   head);
    (void)snprintf(bad, sizeof bad,
                   "%skept,K,2023,,,,\nbad_date,B,2023-02-31,,,,\nshort,S,2023\n"
                   "of_short,O,2023,,short,,\n",
                   head);
    ck_assert_int_eq(incmap_report_new(ctx, NULL, &report), INCMAP_OK);
    before = build(sources, good,
                   CLAIM_HEADER "c_of_bad,bad_date,s,k,asserts,fatalities,1,,\n"
                                "c_bad,kept,s,k,asserts,fatalities,2,,\n"
                                "c_gone,kept,s,k,asserts,fatalities,2,,\n");
    const incmap__dataset_tables tables = {
        csv_over(ctx, "s.csv", sources),
        csv_over(ctx, "k.csv", "key,name\nk,K\n"),
        csv_over(ctx, "i.csv", bad),
        csv_over(ctx, "c.csv",
                 CLAIM_HEADER "c_of_bad,bad_date,s,k,asserts,fatalities,1,,\n"
                              "c_bad,kept,s,k,asserts,fatalities,many,,\n"),
    };
    ck_assert_int_eq(incmap__dataset_build(ctx, tables, g, report, &after), INCMAP_OK);
    for (int reverse = 0; reverse < 2; reverse++) {
        ck_assert_int_eq(incmap_changes_new(ctx, reverse ? after : before, reverse ? before : after,
                                            NULL, &changes),
                         INCMAP_OK);
        ck_assert_uint_eq(incmap_changes_count(changes), sizeof expected / sizeof *expected);
        for (size_t i = 0; i < sizeof expected / sizeof *expected; i++) {
            const incmap_change *c = incmap_changes_get(changes, i);
            const bool refused = expected[i].kind == INCMAP_CHANGE_REFUSED;
            ck_assert_str_eq(c->id, expected[i].id);
            ck_assert_int_eq(c->kind, reverse && !refused ? INCMAP_CHANGE_ADDED : expected[i].kind);
            ck_assert_uint_eq(c->refused_row, expected[i].row);
            ck_assert_str_eq(c->refused_file ? c->refused_file : "",
                             !refused                           ? ""
                             : c->record == INCMAP_RECORD_CLAIM ? "c.csv"
                                                                : "i.csv");
            ck_assert_int_eq((reverse ? c->before : c->after) == SIZE_MAX, true);
        }
        ck_assert_uint_eq(
            incmap_changes_number(changes, INCMAP_RECORD_INCIDENT, INCMAP_CHANGE_REFUSED), 3);
        incmap_changes_free(changes);
        changes = NULL;
    }
    incmap_report_free(report);
}
END_TEST

START_TEST(each_record_is_told_with_the_fields_that_changed)
{
    const incmap_change *moved = NULL;

    build_both();
    ck_assert_int_eq(incmap_changes_new(ctx, before, after, NULL, &changes), INCMAP_OK);
    ck_assert_str_eq(lines(), "changed source s: tier\n"
                              "added source t\n"
                              "changed incident moved: title when at\n"
                              "withdrawn incident gone\n"
                              "changed incident near: at\n"
                              "changed incident loose: parent\n"
                              "added incident new\n"
                              "changed claim c1: polarity\n"
                              "changed claim c2: figure superseded_by\n"
                              "added claim c3\n");
    for (size_t i = 0; i < incmap_changes_count(changes); i++)
        if (strcmp(incmap_changes_get(changes, i)->id, "moved") == 0)
            moved = incmap_changes_get(changes, i);
    /* GeodSolve -E: one degree of longitude at 50 N */
    ck_assert_double_eq_tol(moved->moved_m, 71695.220, 1e-3);
    ck_assert_uint_eq(moved->before, 1);
    ck_assert_uint_eq(moved->after, 2);
    ck_assert_uint_eq(incmap_changes_number(changes, INCMAP_RECORD_INCIDENT, INCMAP_CHANGE_CHANGED),
                      3);
    ck_assert_uint_eq(incmap_changes_number(changes, INCMAP_RECORD_CLAIM, INCMAP_CHANGE_ADDED), 1);
    ck_assert_uint_eq(incmap_changes_in_field(changes, INCMAP_RECORD_INCIDENT, "at"), 2);
    ck_assert_uint_eq(incmap_changes_in_field(changes, INCMAP_RECORD_CLAIM, "figure"), 1);
    ck_assert_uint_eq(incmap_changes_in_field(changes, INCMAP_RECORD_CLAIM, NULL), 0);
    ck_assert_ptr_null(incmap_changes_get(changes, 10));
}
END_TEST

START_TEST(positions_within_the_tolerance_are_the_same)
{
    incmap_changes_options options = INCMAP_CHANGES_OPTIONS_INIT;

    build_both();
    options.tolerance_deg = 1e-4;
    ck_assert_int_eq(incmap_changes_new(ctx, before, after, &options, &changes), INCMAP_OK);
    ck_assert_uint_eq(incmap_changes_in_field(changes, INCMAP_RECORD_INCIDENT, "at"), 1);
}
END_TEST

static const struct {
    incmap_record record;
    size_t index;
    const char *field, *text;
} values[] = {
    { INCMAP_RECORD_INCIDENT, 1, "title", "M" },
    { INCMAP_RECORD_INCIDENT, 1, "when", "2023-05-22" },
    { INCMAP_RECORD_INCIDENT, 1, "at", "50, 36" },
    { INCMAP_RECORD_INCIDENT, 2, "at", "" },
    { INCMAP_RECORD_INCIDENT, 2, "when", "" },
    { INCMAP_RECORD_INCIDENT, 4, "parent", "moved" },
    { INCMAP_RECORD_INCIDENT, 1, "parent", "" },
    { INCMAP_RECORD_INCIDENT, 1, "on_border", "false" },
    { INCMAP_RECORD_INCIDENT, 1, "location_precision", "unknown" },
    { INCMAP_RECORD_INCIDENT, 1, "acled_geo_precision", "" },
    { INCMAP_RECORD_CLAIM, 0, "figure", "70" },
    { INCMAP_RECORD_CLAIM, 1, "figure", "" },
    { INCMAP_RECORD_CLAIM, 0, "polarity", "asserts" },
    { INCMAP_RECORD_CLAIM, 0, "subject", "killed" },
    { INCMAP_RECORD_CLAIM, 0, "entry", "claim" },
    { INCMAP_RECORD_CLAIM, 0, "incident", "same" },
    { INCMAP_RECORD_SOURCE, 0, "tier", "unknown" },
    { INCMAP_RECORD_CLAIMANT, 0, "name", "K" },
    { INCMAP_RECORD_CLAIMANT, 9, "name", "" },
    { INCMAP_RECORD_CLAIMANT, 0, "nothing", "" },
};

START_TEST(values_have_words)
{
    char text[64];
    size_t length;

    build_both();
    length = incmap_record_field_text(before, values[_i].record, values[_i].index, values[_i].field,
                                      text, sizeof text);
    ck_assert_str_eq(text, values[_i].text);
    ck_assert_uint_eq(length, strlen(text));
}
END_TEST

START_TEST(a_dataset_equals_itself)
{
    build_both();
    ck_assert_int_eq(incmap_changes_new(ctx, before, before, NULL, &changes), INCMAP_OK);
    ck_assert_uint_eq(incmap_changes_count(changes), 0);
}
END_TEST

START_TEST(bad_arguments_leave_the_output_alone)
{
    incmap_changes_options options = INCMAP_CHANGES_OPTIONS_INIT;
    char text[8] = "x";

    build_both();
    options.tolerance_deg = NAN;
    ck_assert_int_eq(incmap_changes_new(ctx, before, after, &options, &changes), INCMAP_EARG);
    ck_assert_int_eq(incmap_changes_new(NULL, before, after, NULL, &changes), INCMAP_EARG);
    ck_assert_int_eq(incmap_changes_new(ctx, NULL, after, NULL, &changes), INCMAP_EARG);
    ck_assert_int_eq(incmap_changes_new(ctx, before, NULL, NULL, &changes), INCMAP_EARG);
    ck_assert_int_eq(incmap_changes_new(ctx, before, after, NULL, NULL), INCMAP_EARG);
    ck_assert_ptr_null(changes);
    ck_assert_uint_eq(incmap_changes_count(NULL), 0);
    ck_assert_uint_eq(incmap_record_field_text(NULL, INCMAP_RECORD_CLAIM, 0, "x", text, 8), 0);
    ck_assert_str_eq(text, "");
    ck_assert_str_eq(incmap_record_text((incmap_record)9), "unknown");
    ck_assert_str_eq(incmap_change_text((incmap_change_kind)9), "unknown");
}
END_TEST

START_TEST(without_memory_comparing_is_enomem_and_leaks_nothing)
{
    faulty_tries t = faulty_begin();

    build_both();
    while (faulty_next(&t, changes))
        t.st = incmap_changes_new(t.ctx, before, after, NULL, &changes);
    incmap_changes_free(changes);
    changes = NULL;
    faulty_end(&t, 3);
}
END_TEST

/* ---- two real releases ---- */

static incmap_dataset *import(const char *file)
{
    char path[1024];
    incmap_report *report = NULL;
    incmap_dataset *d = NULL;

    (void)snprintf(path, sizeof path, "%s/%s", getenv("INCMAP_REAL_DATA"), file);
    ck_assert_int_eq(incmap_report_new(ctx, NULL, &report), INCMAP_OK);
    ck_assert_msg(incmap_dataset_import_ucdp(ctx, path, report, &d) == INCMAP_OK, "%s",
                  incmap_ctx_message(ctx));
    incmap_report_free(report);
    return d;
}

/* Changes of an event's own claim, whose id has no part of the dead behind it. */
static size_t totals_with(const char *field)
{
    size_t number = 0;

    for (size_t i = 0; i < incmap_changes_count(changes); i++) {
        const incmap_change *c = incmap_changes_get(changes, i);
        if (c->record != INCMAP_RECORD_CLAIM || strchr(c->id, '/')) continue;
        for (size_t k = 0; k < c->field_count; k++)
            number += strcmp(c->fields[k], field) == 0;
    }
    return number;
}

/* All figures by Python's csv module over the two files. */
START_TEST(two_releases_of_ucdp_ukraine_are_compared)
{
    incmap_changes_options options = INCMAP_CHANGES_OPTIONS_INIT;

    before = import("hdx_ucdp_ukr_b.csv");
    after = import("hdx_ucdp_ukr_c.csv");
    ck_assert_int_eq(incmap_changes_new(ctx, before, after, NULL, &changes), INCMAP_OK);
    ck_assert_uint_eq(
        incmap_changes_number(changes, INCMAP_RECORD_INCIDENT, INCMAP_CHANGE_WITHDRAWN), 94);
    ck_assert_uint_eq(incmap_changes_number(changes, INCMAP_RECORD_INCIDENT, INCMAP_CHANGE_ADDED),
                      1916);
    ck_assert_uint_eq(incmap_dataset_incident_count(before) - 94, 1073);
    ck_assert_uint_eq(totals_with("figure"), 59);
    ck_assert_uint_eq(totals_with("figure_low"), 63);
    ck_assert_uint_eq(totals_with("figure_high"), 59);
    ck_assert_uint_eq(incmap_changes_in_field(changes, INCMAP_RECORD_INCIDENT, "at"), 84);
    ck_assert_uint_eq(incmap_changes_in_field(changes, INCMAP_RECORD_INCIDENT, "precision_code"),
                      61);
    ck_assert_uint_eq(incmap_changes_in_field(changes, INCMAP_RECORD_INCIDENT, "date_basis"), 53);
    incmap_changes_free(changes);
    changes = NULL;
    options.tolerance_deg = 1e-4;
    ck_assert_int_eq(incmap_changes_new(ctx, before, after, &options, &changes), INCMAP_OK);
    ck_assert_uint_eq(incmap_changes_in_field(changes, INCMAP_RECORD_INCIDENT, "at"), 80);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("changes");
    TCase *own = tcase_create("own");
    tcase_add_checked_fixture(own, setup, teardown);
    tcase_add_test(own, each_record_is_told_with_the_fields_that_changed);
    tcase_add_test(own, a_record_whose_row_was_refused_is_told_as_that_with_the_row);
    tcase_add_test(own, positions_within_the_tolerance_are_the_same);
    tcase_add_loop_test(own, values_have_words, 0, sizeof values / sizeof *values);
    tcase_add_test(own, a_dataset_equals_itself);
    tcase_add_test(own, bad_arguments_leave_the_output_alone);
    tcase_add_test(own, without_memory_comparing_is_enomem_and_leaks_nothing);
    suite_add_tcase(suite, own);
    /* Public data that are not part of the product: read where somebody has them. */
    if (getenv("INCMAP_REAL_DATA")) {
        TCase *real = tcase_create("real");
        tcase_add_checked_fixture(real, setup, teardown);
        tcase_add_test(real, two_releases_of_ucdp_ukraine_are_compared);
        suite_add_tcase(suite, real);
    }
    return run_suite(suite);
}
