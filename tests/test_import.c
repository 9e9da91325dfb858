/* SPDX-License-Identifier: MIT */
/* The one door for the field's files: VIINA's, tables by a map of their columns, points of GeoJSON and of
 * shapefiles; and what is told of bad ones. All events here are invented. */
#include "harness.h"
#include "faulty_tries.h"
#include "layers_made.h"
#include "scratch.h"
#include "tables.h"

#include <math.h>
#include <stdio.h>
#include <sys/stat.h>

#include <incmap/builtin.h>
#include <incmap/changes.h>
#include <incmap/import.h>
#include <incmap/layer_writer.h>
#include <incmap/tally.h>

#include "formats/viina.h"
#include "formats/written_date.h"

static incmap_ctx *ctx;
static incmap_report *report;
static incmap_gazetteer *g;
static incmap_dataset *d;
static incmap_format taken;

static void setup(void)
{
    incmap_report_options options = INCMAP_REPORT_OPTIONS_INIT;

    options.list_converted = true;
    scratch_make();
    ck_assert_int_eq(incmap_ctx_new(NULL, &ctx), INCMAP_OK);
    ck_assert_int_eq(incmap_report_new(ctx, &options, &report), INCMAP_OK);
    ck_assert_int_eq(incmap_gazetteer_builtin(ctx, &g), INCMAP_OK);
    d = NULL;
    taken = INCMAP_FORMAT_UNKNOWN;
}

static void teardown(void)
{
    incmap_dataset_free(d);
    incmap_gazetteer_free(g);
    incmap_report_free(report);
    incmap_ctx_free(ctx);
    scratch_remove();
}

/* Its name in the report is taken off, so that lines begin with the row. */
static const char *lines(void)
{
    static char text[8192];
    const char *from = report_lines(report);
    const size_t length = strlen(scratch) + 1;
    size_t used = 0;

    while (*from) {
        if (strncmp(from, scratch, length - 1) == 0) from += length;
        while (*from && *from != '\n')
            text[used++] = *from++;
        if (*from) text[used++] = *from++;
    }
    text[used] = '\0';
    return text;
}

static incmap_status import_file(const char *name, const incmap_import_options *options)
{
    return incmap_dataset_import(ctx, scratch_path(name), options, report, &taken, &d);
}

static void must_import(const char *name, const char *text, const incmap_import_options *options)
{
    (void)write_text(name, text);
    ck_assert_msg(import_file(name, options) == INCMAP_OK, "%s", incmap_ctx_message(ctx));
}

static const incmap_incident *incident(size_t i)
{
    ck_assert_uint_lt(i, incmap_dataset_incident_count(d));
    return incmap_dataset_incident(d, i);
}

static const incmap_claim *claim_of(size_t i)
{
    ck_assert_uint_ge(incident(i)->claim_count, 1);
    return incmap_dataset_claim(d, incident(i)->claims[0]);
}

/* ---- VIINA ------------------------------------------------------------------------------------- */

#define VIINA_1                                                                                    \
    "event_id,report_id,location,tempid,source,date,time,url,text,lang,address,longitude,"         \
    "latitude,GEO_PRECISION,GEO_API,t_mil_pred,t_mil_b,a_rus_b,a_ukr_b,t_artillery_b,"             \
    "t_firefight_b\n"
#define VIINA_2                                                                                    \
    "viina_version,event_id,event_id_1pd,date,time,geonameid,feature_code,asciiname,ADM1_NAME,"    \
    "ADM1_CODE,ADM2_NAME,ADM2_CODE,longitude,latitude,GEO_PRECISION,GEO_API,location,address,"     \
    "report_id,source,url,text,lang\n"
#define VIINA_1PD                                                                                  \
    "viina_version,event_id_1pd,date,n_reports,event_ids,sources,geonameid,feature_code,"          \
    "asciiname,ADM1_NAME,ADM1_CODE,ADM2_NAME,ADM2_CODE,longitude,latitude,GEO_PRECISION,t_mil_b,"  \
    "a_rus_b,t_uav_b,t_raid_b\n"

START_TEST(viina_1_is_read)
{
    must_import("v.csv",
                VIINA_1 "5,1,1,1,outlet,20220224,00:00,http://x,\"Shots, heard\",ua,\"Town, "
                        "Street 1\",36.5,50.5,STREET,Yandex,0.9,1,1,0,1,0\n"
                        "6,1,2,2,outlet,20220225,13:45,http://y,Text,ru,Oblast,36,50,ADM1,OSM,"
                        "0.9,1,0,0,1,1\n",
                NULL);
    ck_assert_int_eq(taken, INCMAP_FORMAT_VIINA);
    ck_assert_str_eq(
        lines(), "v.csv:2: column 6 (date): found \"20220224\", taken as 2022-02-24\n"
                 "v.csv:2: column 7 (time): found \"00:00\", taken as unknown\n"
                 "v.csv:2: column 14 (GEO_PRECISION): found \"STREET\", taken as exact_site, 1 km\n"
                 "v.csv:3: column 6 (date): found \"20220225\", taken as 2022-02-25\n"
                 "v.csv:3: column 14 (GEO_PRECISION): found \"ADM1\", taken as region, 150 km\n");
    ck_assert_str_eq(incident(0)->id, "5");
    ck_assert_str_eq(incident(0)->date_basis, "date of the report, time unknown");
    ck_assert_str_eq(incident(1)->date_basis, "date of the report, 13:45");
    ck_assert_str_eq(incident(0)->event_type, "Explosions/Remote violence");
    ck_assert_str_eq(incident(1)->event_type, ""); /* artillery or a firefight */
    ck_assert_str_eq(incident(0)->notes,
                     "labels a_rus|t_artillery|t_mil; GEO_API Yandex; url http://x");
    ck_assert_str_eq(incident(0)->title, "Town, Street 1");
    ck_assert_str_eq(incident(0)->sources, "outlet");
    ck_assert_str_eq(incident(0)->actor1, "");
    ck_assert_str_eq(claim_of(0)->summary, "Shots, heard");
    ck_assert_str_eq(claim_of(0)->type, "event_report");
    ck_assert_int_eq(claim_of(0)->subject, INCMAP_SUBJECT_OTHER);
    ck_assert(isnan(claim_of(0)->figure));
}
END_TEST

START_TEST(viina_2_is_read_single_and_by_day)
{
    incmap_dataset_free(d);
    d = NULL;
    must_import("v.csv",
                VIINA_2 "bert_1,7,70,20230522,09:05,1,PPL,Midtown,O,1,R,2,36.5,50.5,ADM3,GN,1,"
                        "addr,9,outlet,http://x,Text,ua\n",
                NULL);
    ck_assert_int_eq(taken, INCMAP_FORMAT_VIINA);
    ck_assert_str_eq(incident(0)->id, "7");
    ck_assert_str_eq(incident(0)->title, "Midtown");
    ck_assert_str_eq(incident(0)->precision_code, "GEO_PRECISION ADM3");
    ck_assert_str_eq(incident(0)->notes, "GEO_API GN; address addr; url http://x");
    ck_assert_double_eq(incident(0)->uncertainty_m, 10e3);
    incmap_dataset_free(d);
    d = NULL;
    must_import("w.csv",
                VIINA_1PD "bert_1,70,20230522,2,7;8,outlet;other,1,PPL,Midtown,O,1,R,2,36.5,50.5,"
                          "ADM2,1,0,0,1\n",
                NULL);
    ck_assert_str_eq(incident(0)->id, "70");
    ck_assert_str_eq(incident(0)->sources, "outlet|other");
    ck_assert_str_eq(incident(0)->event_type, "Battles");
    ck_assert_str_eq(incident(0)->date_basis, "date of the report, time unknown");
    ck_assert_str_eq(incident(0)->notes, "labels t_raid|t_mil; n_reports 2");
    ck_assert_int_eq(incident(0)->location_precision, INCMAP_LOCATION_DISTRICT);
}
END_TEST

static const struct {
    const char *why, *row, *line;
    size_t left;
} bad_viina[] = {
    { "31 February", "8,1,1,1,o,20220231,09:00,u,t,ua,A,36,50,ADM3,x,0,0,0,0,0,0\n",
      "v.csv:2: column 6 (date): found \"20220231\", expected a day as 20230522\n", 0 },
    { "an unknown code", "8,1,1,1,o,20220224,,u,t,ua,A,36,50,ADM9,x,0,0,0,0,0,0\n",
      "v.csv:2: column 14 (GEO_PRECISION): found \"ADM9\", expected STREET, ADM3, ADM2 or ADM1\n",
      0 },
    { "no such latitude", "8,1,1,1,o,20220224,,u,t,ua,A,36,95,ADM3,x,0,0,0,0,0,0\n",
      "v.csv:2: column 13 (latitude): found \"95\", expected a number from -90 to 90\n", 0 },
    { "no such time: told, the row is used",
      "8,1,1,1,o,2022-02-24,25:00,u,t,ua,A,36,50,ADM3,x,0,0,0,0,0,0\n",
      "v.csv:2: column 7 (time): found \"25:00\", expected a time as 13:45\n", 1 },
    { "a label that is a probability: told, the row is used",
      "8,1,1,1,o,2022-02-24,,u,t,ua,A,36,50,ADM3,x,0,0.7,0,0,0,0\n",
      "v.csv:2: column 17 (t_mil_b): found \"0.7\", expected 0 or 1\n", 1 },
};

START_TEST(bad_rows_of_viina_are_told)
{
    char text[1024];
    incmap_report *only = NULL;

    (void)snprintf(text, sizeof text, "%s%s", VIINA_1, bad_viina[_i].row);
    ck_assert_int_eq(incmap_report_new(ctx, NULL, &only), INCMAP_OK);
    ck_assert_int_eq(incmap__viina_import(ctx, csv_over(ctx, "v.csv", text), only, &d), INCMAP_OK);
    ck_assert_msg(strcmp(report_lines(only), bad_viina[_i].line) == 0, "%s: %s", bad_viina[_i].why,
                  report_lines(only));
    ck_assert_uint_eq(incmap_dataset_incident_count(d), bad_viina[_i].left);
    incmap_report_free(only);
}
END_TEST

/* ---- dates ------------------------------------------------------------------------------------- */

static const struct {
    const char *text;
    incmap_date_order order;
    const char *read; /* NULL: refused */
} dates[] = {
    { "2023-05-22", 0, "2023-05-22" },
    { "2023-05", 0, "2023-05" },
    { "2023", 0, "2023" },
    { "20230522", 0, "2023-05-22" },
    { "2023/05/22", 0, "2023-05-22" },
    { "2023-05-22T13:45:00Z", 0, "2023-05-22" },
    { "2023-05-22 00:00:00.000", 0, "2023-05-22" },
    { " 22 May 2023 ", 0, "2023-05-22" },
    { "22-May-2023", 0, "2023-05-22" },
    { "May 22, 2023", 0, "2023-05-22" },
    { "22.05.2023", 0, "2023-05-22" },
    { "5/22/2023 9:05 PM", 0, "2023-05-22" },
    { "5/5/2023", 0, "2023-05-05" },
    { "05/06/2023", 0, NULL },
    { "05/06/2023", INCMAP_DATE_ORDER_DMY, "2023-06-05" },
    { "05/06/2023", INCMAP_DATE_ORDER_MDY, "2023-05-06" },
    { "22/05/2023", INCMAP_DATE_ORDER_MDY, NULL },
    { "2023-02-31", 0, NULL },
    { "31.02.2023", 0, NULL },
    { "22 Mai 2023", 0, NULL },
    { "22.05.23", 0, NULL },
    { "yesterday", 0, NULL },
    { "12:30", 0, NULL },
    { "2023-05-22x", 0, NULL },
    { "2023-05-22 or so, said the governor of the region", 0, NULL },
};

START_TEST(dates_are_read_in_one_way_or_not_at_all)
{
    incmap_date date;
    const char *expected = NULL;
    char text[INCMAP_DATE_TEXT_SIZE];
    const bool good = incmap__written_date(dates[_i].text, dates[_i].order, &date, &expected);

    ck_assert_msg(good == (dates[_i].read != NULL), "%s", dates[_i].text);
    if (good) ck_assert_str_eq(incmap_date_text(&date, text), dates[_i].read);
    if (!good) ck_assert_ptr_nonnull(expected);
}
END_TEST

/* ---- by a map ---------------------------------------------------------------------------------- */

static incmap_import_options with_map(const char *const map[], size_t n)
{
    incmap_import_options options = INCMAP_IMPORT_OPTIONS_INIT;

    options.map = map;
    options.map_count = n;
    options.gazetteer = g;
    return options;
}
#define WITH(map) with_map(map, sizeof map / sizeof *map)

START_TEST(any_table_is_read_by_a_map_of_its_columns)
{
    static const char *const map[] = { "id=No",
                                       "date=When",
                                       "place=Where",
                                       "country:=RU",
                                       "title=What",
                                       "figure=Dead",
                                       "low=4",
                                       "high=5",
                                       "source=Who says",
                                       "claimant:=desk",
                                       "event_type:=Battles" };
    const incmap_import_options options = WITH(map);

    must_import("t.csv",
                "No,When,Where,min,max,Dead,What,Who says,Colour\n"
                "1,22/05/2023,Козинка,2,5,3,Shots,Paper; Radio,red\n"
                "2,,Nowhere at all,,,,Quiet,,\n"
                "3,2023-05-23,Grayvoron,9,1,3,,Paper,\n",
                &options);
    ck_assert_int_eq(taken, INCMAP_FORMAT_MAP);
    ck_assert_str_eq(
        lines(),
        "t.csv:2: column 2 (When): found \"22/05/2023\", taken as 2023-05-22\n"
        "t.csv:2: column 3 (Where): found \"Козинка\", taken as kozinka\n"
        "t.csv:3: column 3 (Where): found \"Nowhere at all\", expected the name of a place of the "
        "gazetteer\n"
        "t.csv:4: column 4 (min): found \"9\", expected a number that is not above high\n"
        "t.csv:4: column 3 (Where): found \"Grayvoron\", taken as grayvoron\n");
    ck_assert_uint_eq(incmap_report_refused(report), 0);
    ck_assert_str_eq(incident(0)->place_key, "kozinka");
    ck_assert(incident(0)->located);
    ck_assert_str_eq(incident(0)->event_type, "Battles");
    ck_assert_str_eq(incident(0)->sources, "Paper|Radio");
    ck_assert_double_eq(claim_of(0)->figure_low, 2);
    ck_assert_str_eq(incmap_dataset_claimant(d, claim_of(0)->claimant)->key, "desk");
    ck_assert(!incident(1)->located);
    ck_assert_uint_eq(incident(1)->claim_count, 0);
    ck_assert_int_eq(incident(1)->when.precision, INCMAP_DATE_UNKNOWN);
    ck_assert_str_eq(incident(1)->sources, "unstated");
    ck_assert_double_eq(claim_of(2)->figure_low, 9); /* as printed */
    ck_assert(!incmap_report_column_get(report, 8)->read);
    ck_assert_uint_eq(incmap_report_column_get(report, 8)->unread, 1);
}
END_TEST

START_TEST(a_name_of_several_places_is_left_open)
{
    static const char *const map[] = { "date=d", "place=p" };
    const incmap_import_options options = WITH(map);

    must_import("t.csv", "d,p\n2023,Belgorod\n", &options);
    ck_assert_uint_eq(incmap_report_count(report), 1);
    ck_assert_ptr_nonnull(strstr(lines(), "expected the name of one place: "));
    ck_assert_str_eq(incident(0)->title, "Belgorod");
    ck_assert(!incident(0)->located);
    ck_assert_str_eq(incident(0)->place_asked, "Belgorod");
    ck_assert_int_eq(incident(0)->place_verdict, INCMAP_VERDICT_AMBIGUOUS);
    ck_assert_str_eq(incident(0)->place_candidates, "belgorod_oblast|belgorod");
}
END_TEST

START_TEST(without_a_header_columns_have_numbers)
{
    static const char *const map[] = { "date=3", "position=1", "uncertainty_m=4" };
    incmap_import_options options = WITH(map);

    options.no_header = true;
    options.separator = ';';
    options.date_order = INCMAP_DATE_ORDER_MDY;
    must_import("t.csv",
                "50,4614 35,6025;x;05/06/2023;500\n50.1N 36.1E;y;2023-05;\nfar;z;2023;\n"
                "1 2;3\n",
                &options);
    ck_assert_uint_eq(incmap_dataset_incident_count(d), 2);
    ck_assert_str_eq(incident(0)->id, "row:1");
    ck_assert_double_eq_tol(incident(0)->at.lon, 35.6025, 1e-12); /* as printed */
    ck_assert_double_eq(incident(0)->uncertainty_m, 500);
    ck_assert_int_eq(incident(1)->when.precision, INCMAP_DATE_MONTH);
    ck_assert_uint_eq(incmap_report_refused(report), 2);
    ck_assert_ptr_nonnull(strstr(lines(), "t.csv:3: column 1 (position): found \"far\", expected a "
                                          "position as 50.4614 35.6025\n"));
    ck_assert_ptr_nonnull(strstr(lines(), "t.csv:4: found \"2 fields\", expected 4"));
    ck_assert_str_eq(incmap_report_column_get(report, 1)->name, "");
    ck_assert_uint_eq(incmap_report_column_get(report, 1)->unread, 2);
    ck_assert_uint_eq(incmap_report_column_get(report, 1)->refused, 1);
}
END_TEST

/* Numbers and words of all rows went unread, so that a position was taken as surer than somebody said. */
START_TEST(what_a_map_says_of_all_rows_is_read_like_a_column)
{
    static const char *const map[] = { "date=d",
                                       "position:=50.5 36.5",
                                       "uncertainty_m:=40000",
                                       "location_precision:=district",
                                       "figure:=3",
                                       "high:=4" };
    const incmap_import_options options = WITH(map);

    must_import("t.csv", "d,y\n2023,1\n2022,2\n", &options);
    ck_assert_uint_eq(incmap_report_refused(report), 0);
    for (size_t i = 0; i < 2; i++) {
        ck_assert_double_eq(incident(i)->at.lat, 50.5);
        ck_assert_double_eq(incident(i)->uncertainty_m, 40000);
        ck_assert_int_eq(incident(i)->location_precision, INCMAP_LOCATION_DISTRICT);
        ck_assert_double_eq(claim_of(i)->figure, 3);
        ck_assert(isnan(claim_of(i)->figure_low));
        ck_assert_double_eq(claim_of(i)->figure_high, 4);
    }
}
END_TEST

static const struct {
    const char *why;
    const char *map[3];
    incmap_status status;
    const char *message;
} bad_maps[] = {
    { "no such key", { "date=d", "colour=x" }, INCMAP_EARG, "\"colour=x\"" },
    { "no equals sign", { "date=d", "title" }, INCMAP_EARG, "KEY=COLUMN" },
    { "no date", { "title=d" }, INCMAP_EARG, "date=COLUMN" },
    { "a key twice", { "date=d", "date:=2023" }, INCMAP_EARG, "date twice" },
    { "half a position", { "date=d", "lat=y" }, INCMAP_EARG, "only one of lat and lon" },
    { "no such column", { "date=d", "title=nothing" }, INCMAP_EDATA, "nothing" },
    { "no such number", { "date=d", "title=9" }, INCMAP_EDATA, "it has 3" },
    { "no date for all", { "date:=soon" }, INCMAP_EARG, "date:=soon, expected a date that exists" },
    { "one id for all", { "date=d", "id:=x" }, INCMAP_EARG, "id:=x, expected a column" },
    { "one latitude for all", { "date=d", "lat:=50" }, INCMAP_EARG, "position:=TEXT" },
    { "no number of metres", { "date=d", "uncertainty_m:=5 km" }, INCMAP_EARG, "metres" },
    { "fewer than nobody", { "date=d", "figure:=-1" }, INCMAP_EARG, "a number, 0 or more" },
    { "no precision", { "date=d", "location_precision:=near" }, INCMAP_EARG, "incidents.csv" },
    { "no polarity",
      { "date=d", "polarity:=perhaps" },
      INCMAP_EARG,
      "polarity:=perhaps, expected asserts, denies, doubts or nothing" },
    { "no position",
      { "date=d", "position:=95 N 36 E" },
      INCMAP_EARG,
      "position:=95 N 36 E, expected a position as 50.4614 35.6025" },
    { "no key",
      { "date=d", "place_key:=atlantis" },
      INCMAP_EARG,
      "place_key:=atlantis, expected the key of a place of the gazetteer" },
};

static const struct {
    const char *why, *header, *map;
} unknown_layouts[] = {
    { "a table of events", "Nr;Datum;Ort;Tote", NULL },
    { "German names", "Nr,Datum,Ort,Tote", "date=Datum,place=Ort,figure=Tote" },
    { "a position is no name", "id,village,LAT,lon_deg,day,killed",
      "date=day,lat=LAT,lon=lon_deg,figure=killed" },
    { "half a position is none", "when,latitude,settlement", "date=when,place=settlement" },
    { "within a name", "oblast,raion,hromada,level,started_at,finished_at,source",
      "date=started_at,place=hromada" },
    { "how precise a date is, is none", "id,time_precision,when,date_prec", "date=when" },
    { "another script", "№,Дата,Место,Погибло", "date=Дата,place=Место,figure=Погибло" },
    { "no date", "id,village", "date:=,place=village" },
    { "a name that would part a list", "\"date, local\",place", "date=1,place=place" },
};

START_TEST(an_unknown_layout_is_told_with_a_map_that_fits_it)
{
    const char *map = unknown_layouts[_i].map;
    char text[256], expected[256];
    (void)snprintf(text, sizeof text, "%s\n", unknown_layouts[_i].header);
    (void)snprintf(expected, sizeof expected, "a map of them, such as \"%s\"", map ? map : "");
    (void)write_text("t.csv", text);
    ck_assert_int_eq(import_file("t.csv", NULL), INCMAP_EDATA);
    ck_assert_msg((strstr(incmap_ctx_message(ctx), expected) != NULL) == (map != NULL), "%s: %s",
                  unknown_layouts[_i].why, incmap_ctx_message(ctx));
    if (!map) return;
    const char *entries[8];
    size_t n = 0;
    char copy[256];
    (void)snprintf(copy, sizeof copy, "%s", map);
    for (char *at = strtok(copy, ","); at; at = strtok(NULL, ","))
        entries[n++] = at;
    const incmap_import_options options = with_map(entries, n);
    ck_assert_msg(import_file("t.csv", &options) == INCMAP_OK, "%s: %s", unknown_layouts[_i].why,
                  incmap_ctx_message(ctx));
}
END_TEST

START_TEST(a_map_that_does_not_do_is_told)
{
    const size_t n = bad_maps[_i].map[1] ? 2 : 1;
    const incmap_import_options options = with_map(bad_maps[_i].map, n);

    (void)write_text("t.csv", "d,y,x\n2023,1,2\n");
    ck_assert_msg(import_file("t.csv", &options) == bad_maps[_i].status, "%s: %s", bad_maps[_i].why,
                  incmap_ctx_message(ctx));
    ck_assert_msg(strstr(incmap_ctx_message(ctx), bad_maps[_i].message) != NULL, "%s: %s",
                  bad_maps[_i].why, incmap_ctx_message(ctx));
    ck_assert_ptr_null(d);
    ck_assert_int_eq(taken, INCMAP_FORMAT_UNKNOWN);
}
END_TEST

static const struct {
    const char *row, *column;
} bad_values[] = {
    { "31.02.2023,50,36,1,asserts,settlement,", "column 1 (d)" },
    { "2023,95,36,1,asserts,settlement,", "column 2 (y)" },
    { "2023,50,,1,asserts,settlement,", "column 3 (x)" },
    { "2023,50,36,many,asserts,settlement,", "column 4 (n)" },
    { "2023,50,36,1,perhaps,settlement,", "column 5 (p)" },
    { "2023,50,36,1,asserts,somewhere,", "column 6 (l)" },
    { "2023,50,36,1,asserts,settlement,atlantis", "column 7 (k)" },
};

START_TEST(one_bad_value_refuses_its_row_and_no_other)
{
    static const char *const map[] = { "date=d",     "lat=y",      "lon=x",
                                       "figure=n",   "polarity=p", "location_precision=l",
                                       "place_key=k" };
    const incmap_import_options options = WITH(map);
    char text[256];

    (void)snprintf(text, sizeof text,
                   "d,y,x,n,p,l,k\n2023,50,36,1,denies,,kozinka\n%s\n2024,,,,,,\n",
                   bad_values[_i].row);
    must_import("t.csv", text, &options);
    ck_assert_uint_eq(incmap_dataset_incident_count(d), 2);
    ck_assert_uint_eq(incmap_report_refused(report), 1);
    ck_assert_uint_eq(incmap_report_get(report, 0)->row, 3);
    ck_assert_msg(strstr(lines(), bad_values[_i].column) != NULL, "%s", lines());
    ck_assert_int_eq(claim_of(0)->polarity, INCMAP_POLARITY_DENIES);
    incmap_dataset_free(d);
    d = NULL;
    /* Unless asked: without a report the first bad row ends the call. */
    ck_assert_int_eq(incmap_dataset_import(ctx, scratch_path("t.csv"), &options, NULL, NULL, &d),
                     INCMAP_EDATA);
    ck_assert_ptr_null(d);
}
END_TEST

START_TEST(a_qualifier_that_nobody_knows_is_told_and_doubtful)
{
    static const char *const map[] = { "date=d", "figure=n", "qualifier=q" };
    const incmap_import_options options = WITH(map);

    must_import("t.csv", "d,n,q\n2023,7,Up to\n2023,7,wizard\n2023,7,none\n2023,,none\n", &options);
    ck_assert_uint_eq(incmap_dataset_incident_count(d), 4);
    ck_assert_int_eq(claim_of(0)->qualifier_kind, INCMAP_QUALIFIER_AT_MOST);
    ck_assert_int_eq(claim_of(1)->qualifier_kind, INCMAP_QUALIFIER_OTHER);
    ck_assert_uint_eq(incmap_report_refused(report), 0);
    ck_assert_uint_eq(incmap_report_count(report), 2);
    ck_assert_ptr_nonnull(
        strstr(lines(), "t.csv:3: column 3 (q): found \"wizard\", expected exact, about"));
    ck_assert_ptr_nonnull(
        strstr(lines(), "t.csv:4: column 3 (q): found \"none\", expected none only where"));
}
END_TEST

/* ---- features ---------------------------------------------------------------------------------- */

#define EVENT(id, more)                                                                            \
    "{\"type\": \"Feature\", \"properties\": {\"id\": " id ", \"where_prec\": 1, \"date_start\": " \
    "\"2014-01-22\", \"date_end\": \"2014-01-22\", \"best\": 3, \"low\": 2, \"high\": 5" more      \
    "}, "
#define AT(position) "\"geometry\": {\"type\": \"Point\", \"coordinates\": " position "}}"

START_TEST(points_of_geojson_are_read_in_anybodys_columns)
{
    must_import(
        "p.json",
        "{\"type\": \"FeatureCollection\", \"features\": [\n" EVENT(
            "1", ", \"latitude\": 1, \"tags\": [1, 2]")
            AT("[36.5, 50.25, 120]") ",\n" EVENT(
                "2", "") "\"geometry\": {\"type\": \"LineString\", \"coordinates\": [[1, 2], [3, "
                         "4]]}},\n" EVENT("3", "") "\"geometry\": null},\n" EVENT("4", "")
                             AT("[36.5, \"x\"]") ",\n" EVENT("5", ", \"side_a\": \"Ї \\\"q\\\"\"")
                                 AT("[36, 50]") "\n]}\n",
        NULL);
    ck_assert_int_eq(taken, INCMAP_FORMAT_UCDP);
    ck_assert_uint_eq(incmap_dataset_incident_count(d), 2);
    ck_assert_str_eq(incident(0)->id, "1");
    ck_assert_double_eq(incident(0)->at.lat, 50.25); /* the geometry's, not the property's */
    ck_assert_double_eq(incident(0)->at.lon, 36.5);
    ck_assert_str_eq(incident(1)->actor1, "Ї \"q\"");
    ck_assert_uint_eq(incmap_report_refused(report), 3);
    ck_assert_ptr_nonnull(strstr(lines(), "p.json:2: column 1 (longitude): found \"LineString\""));
    ck_assert_ptr_nonnull(strstr(lines(), "p.json:3: column 2 (latitude): found \"\""));
    ck_assert_ptr_nonnull(
        strstr(lines(), "p.json:4: column 1 (longitude): found \"[ 36.5, \"x\" ]\""));
}
END_TEST

START_TEST(geojson_by_a_map_needs_no_column_for_the_position)
{
    static const char *const map[] = { "date=day", "title=name" };
    const incmap_import_options options = WITH(map);

    must_import(
        "p.geojson",
        "{\"type\": \"FeatureCollection\", \"features\": [{\"type\": \"Feature\", "
        "\"properties\": {\"name\": \"N\", \"day\": \"2023-05-22\"}, " AT(
            "[36, 50]") ", {\"type\": \"Feature\", \"properties\": {\"day\": "
                        "\"2023-02-31\"}, " AT("[36, 50]") ", {\"type\": \"Feature\", "
                                                           "\"properties\": {\"day\": \"\"}, " AT(
                                                               "[36, 51]") "]}",
        &options);
    ck_assert_str_eq(incident(0)->title, "N");
    ck_assert_double_eq(incident(0)->at.lat, 50);
    /* All on one line: each is told from the others all the same. */
    ck_assert_str_eq(incident(0)->id, "row:1");
    ck_assert_str_eq(incident(1)->id, "row:3");
    ck_assert_uint_eq(incmap_report_refused(report), 1);
    ck_assert_uint_eq(incmap_report_get(report, 0)->row, 2);
}
END_TEST

/* They came in as incidents of which nothing is known. */
START_TEST(what_is_no_feature_among_features_is_told)
{
    static const char *const map[] = { "date=day" };
    const incmap_import_options options = WITH(map);

    must_import("p.json",
                "{\"type\": \"FeatureCollection\", \"features\": [\n"
                "{\"type\": \"Feature\", \"properties\": {\"day\": \"2023\"}, " AT(
                    "[36, 50]") ",\n"
                                "{\"type\": \"Point\", \"coordinates\": [36, 50]},\n"
                                "{\"type\": \"Feature\", \"properties\": [1], " AT(
                                    "[36, 50]") ",\n"
                                                "{\"properties\": {\"day\": \"2024\"}, " AT(
                                                    "[36, 50]") ",\n"
                                                                "{}, 42, null, []]}",
                &options);
    ck_assert_uint_eq(incmap_dataset_incident_count(d), 2);
    ck_assert_str_eq(incident(1)->id, "row:4");
    ck_assert_uint_eq(incmap_report_refused(report), 6);
    ck_assert_ptr_nonnull(
        strstr(lines(), "p.json:2: column 1 (longitude): found \"an object that is no Feature\""));
    ck_assert_ptr_nonnull(
        strstr(lines(), "p.json:3: column 1 (longitude): found \"properties that are no object\""));
    ck_assert_ptr_nonnull(
        strstr(lines(), "p.json:5: column 1 (longitude): found \"an object that is no Feature\""));
    ck_assert_ptr_nonnull(strstr(lines(), "p.json:7: column 1 (longitude): found \"no object\""));
}
END_TEST

START_TEST(broken_geojson_is_told_and_gives_nothing)
{
    (void)write_text("p.json", "{\"type\": \"FeatureCollection\", \"features\": [\n{\"type\":\n]}");
    ck_assert_int_eq(import_file("p.json", NULL), INCMAP_EDATA);
    ck_assert_ptr_nonnull(strstr(incmap_ctx_message(ctx), "line 3"));
    ck_assert_ptr_null(d);
}
END_TEST

/* UCDP's columns as a shapefile has them: ten letters, dates of eight digits. */
static void write_points(const char *crs, bool with_point)
{
    static const incmap_field fields[] = {
        { .name = "ID", .kind = INCMAP_FIELD_INT, .width = 9 },
        { .name = "WHERE_PREC", .kind = INCMAP_FIELD_INT, .width = 2 },
        { .name = "DATE_START", .kind = INCMAP_FIELD_DATE },
        { .name = "DATE_END", .kind = INCMAP_FIELD_DATE },
        { .name = "BEST", .kind = INCMAP_FIELD_INT, .width = 9 },
        { .name = "LOW", .kind = INCMAP_FIELD_INT, .width = 9 },
        { .name = "HIGH", .kind = INCMAP_FIELD_INT, .width = 9 },
        { .name = "SIDE_A", .kind = INCMAP_FIELD_TEXT, .width = 20 },
        { .name = "WHERE_COOR", .kind = INCMAP_FIELD_TEXT, .width = 20 },
    };
    incmap_layer_writer_options options = INCMAP_LAYER_WRITER_OPTIONS_INIT;
    incmap_layer_writer *w = NULL;
    incmap_value values[9];
    incmap_coord at = { 50.25, 36.5 };
    incmap_shape point = { .type = INCMAP_SHAPE_POINT, .points = &at, .point_count = 1 };
    incmap_shape none = { .type = INCMAP_SHAPE_NULL };

    options.crs = crs;
    ck_assert_msg(incmap_layer_writer_open(ctx, scratch_path("points"), INCMAP_SHAPE_POINT, fields,
                                           9, &options, &w) == INCMAP_OK,
                  "%s", incmap_ctx_message(ctx));
    for (int i = 0; i < 7; i++)
        values[i] = (incmap_value){ .kind = INCMAP_VALUE_INT, .as.whole = i == 1 ? 1 : 4 };
    values[2] = values[3] = (incmap_value){ .kind = INCMAP_VALUE_DAY, .as.day = 16092 };
    values[7] = (incmap_value){ .kind = INCMAP_VALUE_TEXT, .as.text = "Їжак" };
    values[8] = (incmap_value){ .kind = INCMAP_VALUE_TEXT, .as.text = "Town" };
    ck_assert_int_eq(incmap_layer_writer_add(ctx, w, with_point ? &point : &none, values),
                     INCMAP_OK);
    ck_assert_int_eq(incmap_layer_writer_finish(ctx, w, NULL), INCMAP_OK);
    incmap_layer_writer_free(w);
}

START_TEST(points_of_a_shapefile_are_read_in_their_reference_system)
{
    static const char *const systems[] = { NULL, "EPSG:32637" };

    write_points(systems[_i], true);
    ck_assert_msg(import_file("points.shp", NULL) == INCMAP_OK, "%s", incmap_ctx_message(ctx));
    ck_assert_int_eq(taken, INCMAP_FORMAT_UCDP);
    ck_assert_str_eq(incident(0)->id, "4");
    ck_assert_str_eq(incident(0)->actor1, "Їжак");
    ck_assert_str_eq(incident(0)->title, "Town"); /* where_coordinates, cut by the format */
    ck_assert_int_eq(incident(0)->when.earliest, 16092);
    /* The inverse of the projection is good to some nanometres. */
    ck_assert_double_eq_tol(incident(0)->at.lat, 50.25, 1e-9);
    ck_assert_double_eq_tol(incident(0)->at.lon, 36.5, 1e-9);
}
END_TEST

/* Else its metres would be taken for degrees. */
START_TEST(a_reference_system_that_cannot_be_read_is_told_and_one_in_capitals_is_read)
{
    write_points("EPSG:32637", true);
    ck_assert_int_eq(rename(scratch_path("points.prj"), scratch_path("points.PRJ")), 0);
    ck_assert_msg(import_file("points.shp", NULL) == INCMAP_OK, "%s", incmap_ctx_message(ctx));
    ck_assert_double_eq_tol(incident(0)->at.lat, 50.25, 1e-9);
    incmap_dataset_free(d);
    d = NULL;
    ck_assert_int_eq(mkdir(scratch_path("points.prj"), 0777), 0);
    ck_assert_int_eq(import_file("points.shp", NULL), INCMAP_EIO);
    ck_assert_ptr_nonnull(strstr(incmap_ctx_message(ctx), "points.prj"));
    ck_assert_ptr_null(d);
}
END_TEST

START_TEST(a_feature_of_a_shapefile_without_a_point_is_told)
{
    write_points(NULL, false);
    ck_assert_int_eq(import_file("points.shp", NULL), INCMAP_OK);
    ck_assert_uint_eq(incmap_dataset_incident_count(d), 0);
    ck_assert_uint_eq(incmap_report_refused(report), 1);
    ck_assert_uint_eq(incmap_report_get(report, 0)->row, 1);
}
END_TEST

START_TEST(texts_that_are_not_of_a_shapefiles_encoding_are_told_with_their_field)
{
    incmap_import_options options = INCMAP_IMPORT_OPTIONS_INIT;

    options.encoding = "ASCII";
    write_points(NULL, true);
    ck_assert_int_eq(import_file("points.shp", &options), INCMAP_OK);
    ck_assert_uint_eq(incmap_dataset_incident_count(d), 0);
    ck_assert_ptr_nonnull(strstr(lines(), "column 10 (side_a)"));
}
END_TEST

/* ---- files as they come ------------------------------------------------------------------------ */

#define SMALL "id,latitude,longitude,where_prec,date_start,date_end,best,low,high,side_a"

static const struct {
    const char *why, *text;
    size_t kept, refused;
} files[] = {
    { "a BOM", "\xEF\xBB\xBF" SMALL "\n1,50,36,1,2014-01-22,2014-01-22,1,1,1,x\n", 1, 0 },
    { "line ends of all kinds",
      SMALL "\r\n1,50,36,1,2014-01-22,2014-01-22,1,1,1,x\r2,50,36,1,2014-01-22,2014-01-22,1,1,1,\n",
      2, 0 },
    { "no last line end", SMALL "\n1,50,36,1,2014-01-22,2014-01-22,1,1,1,x", 1, 0 },
    { "a byte of another encoding",
      SMALL
      "\n1,50,36,1,2014-01-22,2014-01-22,1,1,1,\xC9\n2,50,36,1,2014-01-22,2014-01-22,1,1,1,\n",
      1, 1 },
    { "a quote that nobody closes",
      SMALL "\n1,50,36,1,2014-01-22,2014-01-22,1,1,1,\"x\n2,50,36,1,2014-01-22,2014-01-22,1,1,1,\n",
      1, 1 },
    { "capitals and spaces in the header",
      " ID ,Latitude,LONGITUDE,where_prec,date_start,date_end,best,low,high\n1,50,36,1,2014-01-22,"
      "2014-01-22,1,1,1\n",
      1, 0 },
    { "nothing but a header", SMALL "\n", 0, 0 },
};

START_TEST(files_are_read_as_they_come)
{
    must_import("u.csv", files[_i].text, NULL);
    ck_assert_int_eq(taken, INCMAP_FORMAT_UCDP);
    ck_assert_msg(incmap_dataset_incident_count(d) == files[_i].kept, "%s", files[_i].why);
    ck_assert_msg(incmap_report_refused(report) == files[_i].refused, "%s: %s", files[_i].why,
                  lines());
    ck_assert_uint_eq(incmap_report_file_get(report, 0)->kept, files[_i].kept);
    ck_assert_uint_eq(incmap_report_file_get(report, 0)->refused, files[_i].refused);
}
END_TEST

static const struct {
    const char *why, *name, *text, *message;
} bad_files[] = {
    { "columns of nobody", "a.csv", "a,b\n1,2\n",
      "found the columns a, b; expected those of UCDP" },
    { "a column twice", "a.csv", SMALL ",best\n", "\"best\" twice" },
    { "a needed column is missing", "a.csv", "id,where_prec,date_start,best\n", "latitude" },
    { "an empty file", "a.csv", "", "found the columns of no header" },
    { "no JSON", "a.json", "[]", "\"{\"" },
    { "UTF-16", "a.csv", "\xFF\xFEi", "a.csv:1: found bytes that are not UTF-8 at byte 0" },
    { "semicolons", "a.csv", "id;best\n1;2\n", "its fields seem to be separated by ;" },
    { "tabs", "a.csv", "id\tbest\n1\t2\n", "its fields seem to be separated by tabs" },
};

START_TEST(files_of_nobody_are_told)
{
    (void)write_text(bad_files[_i].name, bad_files[_i].text);
    ck_assert_int_eq(import_file(bad_files[_i].name, NULL), INCMAP_EDATA);
    ck_assert_msg(strstr(incmap_ctx_message(ctx), bad_files[_i].message) != NULL, "%s: %s",
                  bad_files[_i].why, incmap_ctx_message(ctx));
    ck_assert_ptr_null(d);
}
END_TEST

START_TEST(other_encodings_are_read_when_they_are_named)
{
    incmap_import_options options = INCMAP_IMPORT_OPTIONS_INIT;

    options.encoding = "CP1251";
    must_import("u.csv", SMALL "\n1,50,36,1,2014-01-22,2014-01-22,1,1,1,\xAF\xE6\n", &options);
    ck_assert_str_eq(incident(0)->actor1, "Їж");
    incmap_dataset_free(d);
    d = NULL;
    options.encoding = "no such thing";
    ck_assert_int_eq(import_file("u.csv", &options), INCMAP_EDATA);
    options.encoding = "ASCII";
    ck_assert_int_eq(import_file("u.csv", &options), INCMAP_EDATA);
    ck_assert_ptr_nonnull(
        strstr(incmap_ctx_message(ctx), "u.csv:2: found bytes that are not of the encoding ASCII"));
}
END_TEST

/* A freed text was read where the encoding was named as UTF-8; its rows are judged one by one. */
START_TEST(utf_8_may_be_named_too)
{
    incmap_import_options options = INCMAP_IMPORT_OPTIONS_INIT;

    options.encoding = "utf-8";
    must_import("u.csv",
                SMALL "\n1,50,36,1,2014-01-22,2014-01-22,1,1,1,\xAF\n"
                      "2,50,36,1,2014-01-22,2014-01-22,1,1,1,Їж\n",
                &options);
    ck_assert_uint_eq(incmap_dataset_incident_count(d), 1);
    ck_assert_str_eq(incident(0)->actor1, "Їж");
    ck_assert_uint_eq(incmap_report_refused(report), 1);
}
END_TEST

/* Every second byte of it is zero. */
START_TEST(utf_16_is_read_where_it_is_named_and_else_told)
{
    static const char text[] = SMALL "\r\n1,50,36,1,2014-01-22,2014-01-22,1,1,1,A\r\n";
    incmap_import_options options = INCMAP_IMPORT_OPTIONS_INIT;
    char wide[2 * sizeof text] = "\xFF\xFE";

    for (size_t i = 0; i + 1 < sizeof text; i++)
        wide[2 + 2 * i] = text[i];
    scratch_write(scratch_path("w.csv"), wide, 2 * sizeof text);
    ck_assert_int_eq(import_file("w.csv", NULL), INCMAP_EDATA);
    ck_assert_ptr_nonnull(strstr(incmap_ctx_message(ctx), "is it UTF-16?"));
    options.encoding = "UTF-16";
    ck_assert_msg(import_file("w.csv", &options) == INCMAP_OK, "%s", incmap_ctx_message(ctx));
    ck_assert_str_eq(incident(0)->id, "1");
    ck_assert_str_eq(incident(0)->actor1, "A");
}
END_TEST

START_TEST(own_tables_of_another_encoding_are_read_too)
{
    incmap_import_options options = INCMAP_IMPORT_OPTIONS_INIT;

    options.encoding = "CP1251";
    (void)write_text("x_sources.csv", "id\ns\n");
    (void)write_text("x_claimants.csv", "key,name\nk,K\n");
    (void)write_text("x_claims.csv",
                     "claim_id,incident_id,source,claimant_key,polarity,claim_type,figure_low\n"
                     "a,i,s,k,asserts,fatalities,3\nb,nobody,s,k,asserts,fatalities,3\n");
    must_import("x_incidents.csv", "id,title,date_start,place_key\ni,\xAF\xE6,2023,\n", &options);
    ck_assert_int_eq(taken, INCMAP_FORMAT_INCMAP);
    ck_assert_str_eq(incident(0)->title, "Їж");
    /* A claim about an incident that is not there. */
    ck_assert_uint_eq(incmap_dataset_claim_count(d), 1);
    ck_assert_str_eq(lines(),
                     "x_claims.csv:3: column 2 (incident_id): found \"nobody\", expected the "
                     "id of an incident that is not refused\n");
}
END_TEST

START_TEST(bad_arguments_are_told)
{
    incmap_import_options options = INCMAP_IMPORT_OPTIONS_INIT;

    ck_assert_int_eq(incmap_dataset_import(NULL, "x", NULL, report, NULL, &d), INCMAP_EARG);
    ck_assert_int_eq(incmap_dataset_import(ctx, NULL, NULL, report, NULL, &d), INCMAP_EARG);
    ck_assert_int_eq(incmap_dataset_import(ctx, "x", NULL, report, NULL, NULL), INCMAP_EARG);
    ck_assert_int_eq(incmap_dataset_import(ctx, "/nowhere.csv", NULL, report, NULL, &d),
                     INCMAP_EIO);
    ck_assert_int_eq(incmap_dataset_import_viina(ctx, "/nowhere.csv", report, &d), INCMAP_EIO);
    ck_assert_int_eq(incmap_dataset_import_viina(ctx, NULL, report, &d), INCMAP_EARG);
    options.no_header = true;
    ck_assert_int_eq(incmap_dataset_import(ctx, "x", &options, report, NULL, &d), INCMAP_EARG);
    options.no_header = false;
    options.format = (incmap_format)9;
    ck_assert_int_eq(incmap_dataset_import(ctx, "x", &options, report, NULL, &d), INCMAP_EARG);
    ck_assert_str_eq(incmap_format_text((incmap_format)9), "unknown");
    ck_assert_int_eq(incmap_format_parse("ACLED"), INCMAP_FORMAT_ACLED);
    ck_assert_int_eq(incmap_format_parse("gdelt"), INCMAP_FORMAT_UNKNOWN);
    ck_assert_int_eq(incmap_format_parse(NULL), INCMAP_FORMAT_UNKNOWN);
    ck_assert_ptr_null(d);
}
END_TEST

/* ---- faults ------------------------------------------------------------------------------------ */

static const char features[] =
    "{\"type\": \"FeatureCollection\", \"sources\": [{\"id\": \"s\"}], \"claimants\": [], "
    "\"features\": [{\"type\": \"Feature\", \"geometry\": null, \"properties\": {\"id\": "
    "\"i\", \"title\": \"T\", \"date_start\": \"2023\", \"place_key\": \"\", \"claims\": "
    "[]}}]}";

static const char *poor_file(int i)
{
    switch (i) {
    case 0: return write_text("p.json", features);
    case 1: write_points("EPSG:32637", true); return scratch_path("points.shp");
    case 2:
        return write_text("v.csv", VIINA_2 "b,7,70,20230522,09:05,1,PPL,M,O,1,R,2,36.5,50.5,"
                                           "ADM3,GN,1,addr,9,o,u,Text,ua\n");
    default: return write_text("t.csv", "d,n,s\n2023,1,P\n");
    }
}

START_TEST(without_memory_an_import_is_enomem_and_leaks_nothing)
{
    static const char *const map[] = { "date=d", "figure=n", "source=s", "claimant=s" };
    static const char *const numbers[] = { "date=1", "figure=2", "source=3" };
    incmap_import_options options = INCMAP_IMPORT_OPTIONS_INIT;
    const char *path = poor_file(_i);
    faulty_tries t = faulty_begin();

    if (_i == 3) options = WITH(map);
    if (_i == 4) options = WITH(numbers);
    options.no_header = _i == 4;
    if (_i == 3) options.encoding = "CP1251";
    while (faulty_next(&t, d))
        t.st = incmap_dataset_import(t.ctx, path, &options, _i == 4 ? report : NULL, NULL, &d);
    incmap_dataset_free(d);
    d = NULL;
    faulty_end(&t, 10);
}
END_TEST

/* One allocation that is refused, and all others granted: what it was for may not be taken as absent. */
START_TEST(one_refused_allocation_is_enomem_and_makes_no_other_format_of_a_file)
{
    const char *path = _i ? poor_file(_i) : write_text("geojson_without_ending", features);
    struct faulty faulty;
    incmap_ctx *poor = faulty_ctx(&faulty);
    long granted = 0;

    for (;; granted++) {
        faulty.budget = FAULTY_ONCE + granted;
        if (incmap_dataset_import(poor, path, NULL, NULL, NULL, &d) == INCMAP_OK) break;
        ck_assert_msg(incmap_ctx_status(poor) == INCMAP_ENOMEM, "%ld: %s", granted,
                      incmap_ctx_message(poor));
        ck_assert_ptr_null(d);
    }
    ck_assert_msg(faulty.budget >= 0, "number %ld was refused, and nobody told", granted);
    ck_assert_int_gt(granted, 10);
    incmap_dataset_free(d);
    d = NULL;
    ck_assert_int_eq(faulty.blocks, 1);
    incmap_ctx_free(poor);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("import");
    TCase *own = tcase_create("own");
    tcase_add_checked_fixture(own, setup, teardown);
#define LOOP(test, table) tcase_add_loop_test(own, test, 0, sizeof table / sizeof *table)
    tcase_add_test(own, viina_1_is_read);
    tcase_add_test(own, viina_2_is_read_single_and_by_day);
    LOOP(bad_rows_of_viina_are_told, bad_viina);
    LOOP(dates_are_read_in_one_way_or_not_at_all, dates);
    tcase_add_test(own, any_table_is_read_by_a_map_of_its_columns);
    tcase_add_test(own, a_name_of_several_places_is_left_open);
    tcase_add_test(own, what_a_map_says_of_all_rows_is_read_like_a_column);
    tcase_add_test(own, without_a_header_columns_have_numbers);
    LOOP(an_unknown_layout_is_told_with_a_map_that_fits_it, unknown_layouts);
    LOOP(a_map_that_does_not_do_is_told, bad_maps);
    LOOP(one_bad_value_refuses_its_row_and_no_other, bad_values);
    tcase_add_test(own, a_qualifier_that_nobody_knows_is_told_and_doubtful);
    tcase_add_test(own, points_of_geojson_are_read_in_anybodys_columns);
    tcase_add_test(own, geojson_by_a_map_needs_no_column_for_the_position);
    tcase_add_test(own, what_is_no_feature_among_features_is_told);
    tcase_add_test(own, broken_geojson_is_told_and_gives_nothing);
    tcase_add_loop_test(own, points_of_a_shapefile_are_read_in_their_reference_system, 0, 2);
    tcase_add_test(own, a_reference_system_that_cannot_be_read_is_told_and_one_in_capitals_is_read);
    tcase_add_test(own, a_feature_of_a_shapefile_without_a_point_is_told);
    tcase_add_test(own, texts_that_are_not_of_a_shapefiles_encoding_are_told_with_their_field);
    LOOP(files_are_read_as_they_come, files);
    LOOP(files_of_nobody_are_told, bad_files);
    tcase_add_test(own, other_encodings_are_read_when_they_are_named);
    tcase_add_test(own, utf_8_may_be_named_too);
    tcase_add_test(own, utf_16_is_read_where_it_is_named_and_else_told);
    tcase_add_test(own, own_tables_of_another_encoding_are_read_too);
    tcase_add_test(own, bad_arguments_are_told);
    tcase_add_loop_test(own, without_memory_an_import_is_enomem_and_leaks_nothing, 0, 5);
    tcase_add_loop_test(own, one_refused_allocation_is_enomem_and_makes_no_other_format_of_a_file,
                        0, 3);
    suite_add_tcase(suite, own);
    return run_suite(suite);
}
