/* SPDX-License-Identifier: MIT */
/* Datasets: incidents, claims, claimants and sources loaded, tied together, placed and measured; and
 * what is said of rows that cannot be used. */
#include "harness.h"
#include "faulty_tries.h"
#include "tables.h"

#include <math.h>

#include <incmap/builtin.h>
#include <incmap/dataset.h>
#include <incmap/distance.h>

#include "reports/dataset.h"

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
}

static incmap_dataset_files default_files(void)
{
    return (incmap_dataset_files){ data_path("sources.csv"), data_path("claimants.csv"),
                                   data_path("incidents.csv"), data_path("claims.csv") };
}

static void setup_default(void)
{
    const incmap_dataset_files files = default_files();
    setup();
    ck_assert_msg(incmap_dataset_open(ctx, &files, g, NULL, &d) == INCMAP_OK, "%s",
                  incmap_ctx_message(ctx));
}

static void teardown(void)
{
    incmap_dataset_free(d);
    incmap_report_free(report);
    incmap_gazetteer_free(g);
    incmap_ctx_free(ctx);
}

/* ---- tables written here ---- */

#define SOURCES "id,published,relayed_from\ns1,2023-05-23,s2\ns2,2023-05,\n"
#define CLAIMANTS "key,name,part_of\nru,Russia,\nmod,Ministry,ru\n"
#define INCIDENT_HEADER                                                                            \
    "id,title,date_start,date_end,date_precision,place_key,border_post_key,location_precision,"    \
    "parent_id,sources,lon_deg,lat_deg,coord_uncertainty_m\n"
#define INCIDENTS INCIDENT_HEADER "i1,One,2023-05-22,2023-05-23,day,kozinka,,settlement,,s1|s2,,,\n"
#define CLAIM_HEADER                                                                               \
    "claim_id,incident_id,source,claimant_key,polarity,claim_type,figure_value,figure_low,"        \
    "figure_high\n"
#define CLAIMS CLAIM_HEADER "c1,i1,s1,mod,asserts,fatalities,70,70,70\n"

static incmap_status build_with(incmap_ctx *with, const char *sources, const char *claimants,
                                const char *incidents, const char *claims, incmap_report *to)
{
    const incmap__dataset_tables tables = {
        csv_over(ctx, "s.csv", sources),
        csv_over(ctx, "k.csv", claimants),
        csv_over(ctx, "i.csv", incidents),
        csv_over(ctx, "c.csv", claims),
    };
    return incmap__dataset_build(with, tables, g, to, &d);
}

static incmap_status build(const char *sources, const char *claimants, const char *incidents,
                           const char *claims, incmap_report *to)
{
    return build_with(ctx, sources, claimants, incidents, claims, to);
}

static const incmap_incident *incident_of(const char *id)
{
    for (size_t i = 0; i < incmap_dataset_incident_count(d); i++)
        if (strcmp(incmap_dataset_incident(d, i)->id, id) == 0)
            return incmap_dataset_incident(d, i);
    ck_abort_msg("no incident %s", id);
    return NULL;
}

/* ---- the default data ---- */

START_TEST(the_default_data_loads_whole_and_without_a_problem)
{
    const incmap_dataset_files files = default_files();
    incmap_dataset *again = NULL;

    ck_assert_int_eq(incmap_dataset_open(ctx, &files, g, report, &again), INCMAP_OK);
    ck_assert_str_eq(report_lines(report), "");
    ck_assert_uint_eq(incmap_dataset_source_count(again), 7);
    ck_assert_uint_eq(incmap_dataset_claimant_count(again), 26);
    ck_assert_uint_eq(incmap_dataset_incident_count(again), 25);
    ck_assert_uint_eq(incmap_dataset_claim_count(again), 123);
    incmap_dataset_free(again);
}
END_TEST

START_TEST(every_claim_is_listed_once_with_its_incident_in_file_order)
{
    size_t listed = 0;
    for (size_t i = 0; i < incmap_dataset_incident_count(d); i++) {
        const incmap_incident *incident = incmap_dataset_incident(d, i);
        for (size_t j = 0; j < incident->claim_count; j++, listed++) {
            ck_assert_uint_eq(incmap_dataset_claim(d, incident->claims[j])->incident, i);
            if (j) ck_assert_uint_lt(incident->claims[j - 1], incident->claims[j]);
        }
    }
    ck_assert_uint_eq(listed, 123);
    ck_assert_ptr_null(incmap_dataset_source(d, 7));
    ck_assert_ptr_null(incmap_dataset_claimant(d, 26));
    ck_assert_ptr_null(incmap_dataset_incident(d, 25));
    ck_assert_ptr_null(incmap_dataset_claim(d, 123));
}
END_TEST

START_TEST(records_hold_what_the_rows_say)
{
    const incmap_claim *claim = NULL;
    for (size_t i = 0; i < incmap_dataset_claim_count(d); i++)
        if (strcmp(incmap_dataset_claim(d, i)->id, "c000_20") == 0)
            claim = incmap_dataset_claim(d, i);
    ck_assert_ptr_nonnull(claim);
    ck_assert_str_eq(incmap_dataset_incident(d, claim->incident)->id, "bel23_counter_operation");
    ck_assert_str_eq(incmap_dataset_source(d, claim->source)->id, "s000");
    ck_assert_str_eq(incmap_dataset_claimant(d, claim->claimant)->key, "ru_mod");
    ck_assert_str_eq(claim->claimant_text, "Sergei Shoigu, Russian Defence Minister");
    ck_assert_int_eq(claim->polarity, INCMAP_POLARITY_ASSERTS);
    ck_assert_double_eq(claim->figure, 70);
    ck_assert_double_eq(claim->figure_low, 71);
    ck_assert(isnan(claim->figure_high));
    ck_assert_str_eq(claim->qualifier, "more_than");
    ck_assert_str_eq(incmap_dataset_source(d, 2)->relayed_from, "s_bbc");
    ck_assert_int_eq(incmap_dataset_source(d, 2)->published.precision, INCMAP_DATE_MONTH);
    ck_assert_uint_eq(incident_of("bel23_raid")->parent, SIZE_MAX);
    ck_assert_ptr_eq(incmap_dataset_incident(d, incident_of("bel23_glotovo")->parent),
                     incident_of("bel23_raid"));
}
END_TEST

static const struct {
    const char *id, *text;
    incmap_date_precision precision;
    int days; /* -1: an end is open */
} dates[] = {
    { "bel23_border_post", "2023-05-22", INCMAP_DATE_DAY, 1 },
    { "bel23_raid", NULL, INCMAP_DATE_DAY, 2 },
    { "bel23_april_bomb", "2023-04", INCMAP_DATE_MONTH, 30 },
    { "bel22_training_ground", "2022-09-01 to 2022-11-30", INCMAP_DATE_SEASON, 91 },
    { "bry23_incursion", "before 2023-05-22", INCMAP_DATE_BEFORE, -1 },
    { "crimea14_annexation", "2014", INCMAP_DATE_YEAR, 365 },
    { "rus22_drone_strikes", NULL, INCMAP_DATE_RANGE, 452 },
};

START_TEST(both_dates_of_a_row_belong_to_the_incident)
{
    const incmap_date *when = &incident_of(dates[_i].id)->when;
    char text[INCMAP_DATE_TEXT_SIZE];

    ck_assert_int_eq(when->precision, dates[_i].precision);
    if (dates[_i].days < 0)
        ck_assert_int_eq(when->earliest, INCMAP_DAY_OPEN);
    else
        ck_assert_int_eq(when->before - when->earliest, dates[_i].days);
    if (dates[_i].text) ck_assert_str_eq(incmap_date_text(when, text), dates[_i].text);
}
END_TEST

/* ---- placing ---- */

static const struct {
    const char *why, *id;
    double uncertainty_m;
    bool extent_known, on_border;
} placed[] = {
    { "a site: the post's own uncertainty", "bel23_border_post", 1500, true, true },
    { "a village of unknown extent: the bound of 1 km beats 800 m", "bel23_kozinka_capture", 1000,
      false, false },
    { "a town whose extent is known", "bel23_grayvoron_admin", 1784, true, false },
    { "a town given for a district: the bound of a district", "bel23_advance_grayvoron", 30000,
      false, false },
    { "a district whose extent is known", "bel23_leaflets", 16486, true, false },
    { "a region whose extent is known", "bel23_fsb_building", 92936, true, false },
    { "a country whose extent is known", "rus22_drone_strikes", 2375580, true, false },
    { "a city of unknown extent", "bakhmut23_capture", 10000, false, false },
};

START_TEST(uncertainty_is_the_larger_of_coordinate_and_location_precision)
{
    const incmap_incident *incident = incident_of(placed[_i].id);
    ck_assert(incident->located);
    ck_assert_msg(incident->uncertainty_m == placed[_i].uncertainty_m, "%s: %g", placed[_i].why,
                  incident->uncertainty_m);
    ck_assert_msg(incident->extent_known == placed[_i].extent_known, "%s", placed[_i].why);
    ck_assert_msg(incident->on_border == placed[_i].on_border, "%s", placed[_i].why);
}
END_TEST

START_TEST(no_settlement_of_the_district_lies_outside_the_bound_for_a_district)
{
    /* The reason for 30 km rather than less: Dronovka is 25 km from Grayvoron, the seat. */
    const incmap_place *seat = incmap_gazetteer_by_key(g, "grayvoron");
    double farthest = 0, m;
    for (size_t i = 0; i < incmap_gazetteer_count(g); i++) {
        const incmap_place *place = incmap_gazetteer_get(g, i);
        if (strcmp(place->admin2, seat->admin2) != 0 || !place->located) continue;
        ck_assert_int_eq(incmap_distance(ctx, seat->at, place->at, &m), INCMAP_OK);
        if (m > farthest) farthest = m;
    }
    ck_assert_double_gt(farthest, 25000);
    ck_assert_double_lt(farthest, 30000);
}
END_TEST

START_TEST(own_coordinates_win_then_the_post_then_the_place)
{
    ck_assert_int_eq(build(SOURCES, CLAIMANTS,
                           INCIDENT_HEADER
                           "own,T,,,,kozinka,kozinka_velyka_pysarivka,exact_site,,,35.61,50.46,50\n"
                           "post,T,,,,kozinka,kozinka_velyka_pysarivka,exact_site,,,,,\n"
                           "unplaced,T,,,,kozinka,ru_vergelevka,settlement,,,,,\n"
                           "nowhere,T,,,,czechoslovakia,,country,,,,,\n"
                           "nothing,T,,,,,,,,,,,\n"
                           "vague,T,,,,,,,,,35.61,50.46,\n"
                           "region,T,,,,,,region,,,35.61,50.46,10\n"
                           "site,T,,,,grayvoron,,exact_site,,,,,\n"
                           "somewhere,T,,,,belgorod_oblast,,exact_site,,,,,\n",
                           CLAIM_HEADER, report),
                     INCMAP_OK);
    ck_assert_str_eq(report_lines(report), "");
    ck_assert_double_eq(incident_of("own")->at.lon, 35.61);
    ck_assert_double_eq(incident_of("own")->uncertainty_m, 50);
    ck_assert(incident_of("own")->extent_known && !incident_of("own")->on_border);
    ck_assert_double_eq(incident_of("post")->at.lon, 35.57844);
    ck_assert(incident_of("post")->on_border);
    ck_assert_double_eq(incident_of("unplaced")->at.lon, 35.6025);
    ck_assert(!incident_of("unplaced")->on_border);
    ck_assert(!incident_of("nowhere")->located && isnan(incident_of("nowhere")->uncertainty_m));
    ck_assert(!incident_of("nothing")->located);
    /* An uncertainty that nobody states is taken as 2 km, not as nothing. */
    ck_assert_double_eq(incident_of("vague")->uncertainty_m, 2000);
    ck_assert(!incident_of("vague")->extent_known);
    ck_assert_double_eq(incident_of("region")->uncertainty_m, 150000);
    /* An exact site without coordinates lies anywhere in the place whose point stands for it:
     * Grayvoron's radius is 1,784 m, the oblast's 93 km. */
    ck_assert_double_ge(incident_of("site")->uncertainty_m, 1784);
    ck_assert(incident_of("site")->extent_known);
    ck_assert_double_gt(incident_of("somewhere")->uncertainty_m, 50e3);
}
END_TEST

/* A border between the United States and Canada, some 8,000 km from the posts. */
static incmap_border *border_elsewhere(void)
{
    incmap_border *border = NULL;
    char path[1024];

    (void)snprintf(path, sizeof path, "%s/tests/examples/input/border_elsewhere.geojson",
                   getenv("INCMAP_TEST_SOURCE"));
    ck_assert_msg(incmap_border_between(ctx, path, "A3", "USA", "CAN", NULL, &border) == INCMAP_OK,
                  "%s", incmap_ctx_message(ctx));
    return border;
}

START_TEST(a_point_computed_from_one_border_is_measured_by_another)
{
    incmap_border *border = border_elsewhere();
    incmap_depth depth;
    incmap_placed kind;

    ck_assert(incident_of("bel23_border_post")->on_border);
    ck_assert_int_eq(
        incmap_incident_measure(ctx, incident_of("bel23_border_post"), border, &depth, &kind),
        INCMAP_OK);
    ck_assert_int_eq(kind, INCMAP_PLACED_MEASURED);
    ck_assert_double_gt(fabs(depth.depth_m), 1e6);
    incmap_border_free(border);
}
END_TEST

START_TEST(measuring_says_what_the_depth_amounts_to)
{
    incmap_border *border = NULL;
    incmap_depth depth;
    incmap_placed kind;

    ck_assert_int_eq(incmap_border_builtin(ctx, &border), INCMAP_OK);
    ck_assert_int_eq(
        incmap_incident_measure(ctx, incident_of("bel23_kozinka_capture"), border, &depth, &kind),
        INCMAP_OK);
    ck_assert_int_eq(kind, INCMAP_PLACED_MEASURED);
    ck_assert_double_eq_tol(depth.depth_m, 1794, 2); /* the reference depth of Kozinka */
    ck_assert_double_ge(depth.band_m, 1000 + incmap_border_accuracy_m(border));
    ck_assert_int_eq(
        incmap_incident_measure(ctx, incident_of("bel23_border_post"), border, &depth, &kind),
        INCMAP_OK);
    ck_assert_int_eq(kind, INCMAP_PLACED_ON_BORDER);
    ck_assert_double_lt(fabs(depth.depth_m), 5); /* its coordinate is printed to 5 decimals */
    ck_assert_int_eq(
        incmap_incident_measure(NULL, incident_of("bel23_raid"), border, &depth, &kind),
        INCMAP_EARG);
    ck_assert_int_eq(incmap_incident_measure(ctx, NULL, border, &depth, &kind), INCMAP_EARG);
    ck_assert_int_eq(incmap_incident_measure(ctx, incident_of("bel23_raid"), NULL, &depth, &kind),
                     INCMAP_EARG);
    ck_assert_int_eq(incmap_incident_measure(ctx, incident_of("bel23_raid"), border, NULL, &kind),
                     INCMAP_EARG);
    ck_assert_int_eq(incmap_incident_measure(ctx, incident_of("bel23_raid"), border, &depth, NULL),
                     INCMAP_EARG);
    const incmap_incident nowhere = { .located = false };
    ck_assert_int_eq(incmap_incident_measure(ctx, &nowhere, border, &depth, &kind), INCMAP_OK);
    ck_assert_int_eq(kind, INCMAP_PLACED_NOWHERE);
    ck_assert(isnan(depth.depth_m) && isnan(depth.band_m));
    ck_assert_int_eq(depth.side, INCMAP_SIDE_UNKNOWN);
    incmap_border_free(border);
}
END_TEST

START_TEST(location_precisions_have_texts)
{
    ck_assert_str_eq(incmap_location_precision_text(INCMAP_LOCATION_EXACT_SITE), "exact_site");
    ck_assert_str_eq(incmap_location_precision_text(INCMAP_LOCATION_COUNTRY), "country");
    ck_assert_str_eq(incmap_location_precision_text((incmap_location_precision)77), "unknown");
}
END_TEST

/* ---- rows that cannot be used ---- */

static const struct {
    const char *why, *sources, *claimants, *incidents, *claims, *lines;
    size_t left[4]; /* records that stay */
} bad[] = {
    { "unknown place",
      SOURCES,
      CLAIMANTS,
      INCIDENT_HEADER "i1,One,2023-05-22,2023-05-22,day,atlantis,,settlement,,s1,,,\n",
      CLAIMS,
      "i.csv:2: column 6 (place_key): found \"atlantis\", expected the key of a place of the "
      "gazetteer, or nothing\n"
      "c.csv:2: column 2 (incident_id): found \"i1\", expected the id of an incident that is not "
      "refused\n",
      { 2, 2, 0, 0 } },
    { "a place for a post",
      SOURCES,
      CLAIMANTS,
      INCIDENT_HEADER "i2,One,2023-05-22,2023-05-22,day,,kozinka,settlement,,s1,,,\n",
      CLAIM_HEADER,
      "i.csv:2: column 7 (border_post_key): found \"kozinka\", expected the key of a border post "
      "of "
      "the gazetteer, or nothing\n",
      { 2, 2, 0, 0 } },
    { "a date that does not exist",
      SOURCES,
      CLAIMANTS,
      INCIDENT_HEADER "i2,One,2023-02-29,2023-05-22,day,kozinka,,settlement,,s1,,,\n",
      CLAIM_HEADER,
      "i.csv:2: column 3 (date_start): found \"2023-02-29\", expected a date that exists\n",
      { 2, 2, 0, 0 } },
    { "no date at all",
      SOURCES,
      CLAIMANTS,
      INCIDENT_HEADER "i2,One,2023-05-22,Monday,day,kozinka,,settlement,,s1,,,\n",
      CLAIM_HEADER,
      "i.csv:2: column 4 (date_end): found \"Monday\", expected a date as 2023-05-22, 2023-05 or "
      "2023\n",
      { 2, 2, 0, 0 } },
    { "an end before the start",
      SOURCES,
      CLAIMANTS,
      INCIDENT_HEADER "i2,One,2023-05-22,2023-05-21,day,kozinka,,settlement,,s1,,,\n",
      CLAIM_HEADER,
      "i.csv:2: column 4 (date_end): found \"2023-05-21\", expected a date that is not before "
      "date_start\n",
      { 2, 2, 0, 0 } },
    { "unknown precisions",
      SOURCES,
      CLAIMANTS,
      INCIDENT_HEADER "i2,One,2023-05-22,2023-05-22,week,kozinka,,here,,s1,,,\n",
      CLAIM_HEADER,
      "i.csv:2: column 5 (date_precision): found \"week\", expected one of unknown, day, month, "
      "season, year, range, before\n"
      "i.csv:2: column 8 (location_precision): found \"here\", expected one of unknown, country, "
      "region, district, settlement, exact_site\n",
      { 2, 2, 0, 0 } },
    { "latitude 95",
      SOURCES,
      CLAIMANTS,
      INCIDENT_HEADER "i2,One,,,,kozinka,,settlement,,s1,35,95,\n",
      CLAIM_HEADER,
      "i.csv:2: column 12 (lat_deg): found \"95\", expected a number from -90 to 90\n",
      { 2, 2, 0, 0 } },
    { "half a position of its own",
      SOURCES,
      CLAIMANTS,
      INCIDENT_HEADER "i2,One,,,,kozinka,,settlement,,s1,,50,\n",
      CLAIM_HEADER,
      "i.csv:2: column 11 (lon_deg): found \"\", expected degrees here too, or in neither column "
      "of "
      "the position\n",
      { 2, 2, 0, 0 } },
    { "unknown source of an incident",
      SOURCES,
      CLAIMANTS,
      INCIDENT_HEADER "i2,One,,,,kozinka,,settlement,,s1|s9,,,\n",
      CLAIM_HEADER,
      "i.csv:2: column 10 (sources): found \"s1|s9\", expected ids of sources joined by |: s9 is "
      "none\n",
      { 2, 2, 0, 0 } },
    { "duplicate ids everywhere",
      SOURCES "s1,2023,\n",
      CLAIMANTS "ru,Russia,\n",
      INCIDENTS "i1,One,,,,kozinka,,settlement,,,,,\n",
      CLAIMS "c1,i1,s1,ru,denies,fatalities,,,\n",
      "s.csv:4: column 1 (id): found \"s1\", expected an id that no earlier row has\n"
      "k.csv:4: column 1 (key): found \"ru\", expected an id that no earlier row has\n"
      "i.csv:3: column 1 (id): found \"i1\", expected an id that no earlier row has\n"
      "c.csv:3: column 1 (claim_id): found \"c1\", expected an id that no earlier row has\n",
      { 2, 2, 1, 1 } },
    { "a claim for an incident that does not exist",
      SOURCES,
      CLAIMANTS,
      INCIDENTS,
      CLAIMS "c2,i9,s1,ru,asserts,fatalities,,,\n",
      "c.csv:3: column 2 (incident_id): found \"i9\", expected the id of an incident that is not "
      "refused\n",
      { 2, 2, 1, 1 } },
    { "unknown source and claimant of a claim",
      SOURCES,
      CLAIMANTS,
      INCIDENTS,
      CLAIMS "c2,i1,s9,nobody,asserts,fatalities,,,\n",
      "c.csv:3: column 3 (source): found \"s9\", expected the id of a source that is not refused\n"
      "c.csv:3: column 4 (claimant_key): found \"nobody\", expected the key of a claimant that is "
      "not refused\n",
      { 2, 2, 1, 1 } },
    { "low above high",
      SOURCES,
      CLAIMANTS,
      INCIDENTS,
      CLAIMS "c2,i1,s1,ru,asserts,fatalities,70,71,70\n",
      "c.csv:3: column 8 (figure_low): found \"71\", expected a number that is not above "
      "figure_high\n",
      { 2, 2, 1, 1 } },
    { "an exact figure that is not what low and high say",
      SOURCES,
      CLAIMANTS,
      INCIDENTS,
      "claim_id,incident_id,source,claimant_key,polarity,claim_type,figure_value,figure_qualifier,"
      "figure_low,figure_high\n"
      "c1,i1,s1,ru,asserts,fatalities,70,more_than,71,\n"
      "c2,i1,s1,ru,asserts,fatalities,50,exact,60,70\n",
      "c.csv:3: column 7 (figure_value): found \"50\", expected a number from figure_low to "
      "figure_high, since it is exact\n",
      { 2, 2, 1, 1 } },
    { "a figure in words",
      SOURCES,
      CLAIMANTS,
      INCIDENTS,
      CLAIMS "c2,i1,s1,ru,asserts,fatalities,many,,\n",
      "c.csv:3: column 7 (figure_value): found \"many\", expected a number from 0 to 1e+15\n",
      { 2, 2, 1, 1 } },
    { "a polarity that is none, and none at all",
      SOURCES,
      CLAIMANTS,
      INCIDENTS,
      CLAIMS "c2,i1,s1,ru,confirms,fatalities,,,\nc3,i1,s1,ru,,fatalities,,,\n",
      "c.csv:3: column 5 (polarity): found \"confirms\", expected one of asserts, denies, doubts\n"
      "c.csv:4: column 5 (polarity): found \"\", expected a value\n",
      { 2, 2, 1, 1 } },
    { "part_of nobody",
      SOURCES,
      CLAIMANTS "x,X,nobody\n",
      INCIDENTS,
      CLAIMS "c2,i1,s1,x,asserts,fatalities,,,\n",
      "k.csv:4: column 3 (part_of): found \"nobody\", expected the id of a row of this file that "
      "is "
      "not refused\n"
      "c.csv:3: column 4 (claimant_key): found \"x\", expected the key of a claimant that is not "
      "refused\n",
      { 2, 2, 1, 1 } },
    { "part_of in a circle, and one that leads there",
      SOURCES,
      CLAIMANTS "w,W,x\nx,X,y\ny,Y,x\n",
      INCIDENTS,
      CLAIMS,
      "k.csv:4: column 3 (part_of): found \"x\", expected the id of a row of this file that is not "
      "refused\n"
      "k.csv:5: column 3 (part_of): found \"y\", expected a chain of rows that ends, not one that "
      "comes back\n"
      "k.csv:6: column 3 (part_of): found \"x\", expected a chain of rows that ends, not one that "
      "comes back\n",
      { 2, 2, 1, 1 } },
    { "part of itself",
      SOURCES,
      CLAIMANTS "x,X,x\n",
      INCIDENTS,
      CLAIMS,
      "k.csv:4: column 3 (part_of): found \"x\", expected a chain of rows that ends, not one that "
      "comes back\n",
      { 2, 2, 1, 1 } },
    { "relayed from a refused source",
      "id,published,relayed_from\ns1,2023,s2\ns2,2023-13,\ns3,,\n",
      CLAIMANTS,
      INCIDENTS,
      CLAIMS,
      "s.csv:3: column 2 (published): found \"2023-13\", expected a date that exists\n"
      "s.csv:2: column 3 (relayed_from): found \"s2\", expected the id of a row of this file that "
      "is "
      "not refused\n"
      "i.csv:2: column 10 (sources): found \"s1|s2\", expected ids of sources joined by |: s1 is "
      "none\n"
      "c.csv:2: column 2 (incident_id): found \"i1\", expected the id of an incident that is not "
      "refused\n"
      "c.csv:2: column 3 (source): found \"s1\", expected the id of a source that is not refused\n",
      { 1, 2, 0, 0 } },
    { "parents in a circle; the record behind them keeps its claims and its parent",
      SOURCES,
      CLAIMANTS,
      INCIDENT_HEADER "a,A,,,,kozinka,,settlement,b,,,,\nb,B,,,,kozinka,,settlement,a,,,,\n"
                      "i0,Whole,,,,kozinka,,district,,,,,\n"
                      "i1,One,,,,kozinka,,settlement,i0,,,,\n",
      CLAIMS,
      "i.csv:2: column 9 (parent_id): found \"b\", expected a chain of rows that ends, not one "
      "that "
      "comes back\n"
      "i.csv:3: column 9 (parent_id): found \"a\", expected a chain of rows that ends, not one "
      "that "
      "comes back\n",
      { 2, 2, 2, 1 } },
    { "a broken quote and a field too few",
      SOURCES,
      CLAIMANTS "x,\"X,\n",
      INCIDENTS,
      CLAIMS "c2,i1,s1\n",
      "k.csv:4: column 2 (name): found \"a quote that is never closed at byte 46\", expected a "
      "closing quote at the end of the field\n"
      "c.csv:3: found \"3 fields\", expected 9 as in the header\n",
      { 2, 2, 1, 1 } },
};

START_TEST(a_bad_row_is_refused_in_one_line_with_all_that_refers_to_it)
{
    ck_assert_msg(build(bad[_i].sources, bad[_i].claimants, bad[_i].incidents, bad[_i].claims,
                        report) == INCMAP_OK,
                  "%s: %s", bad[_i].why, incmap_ctx_message(ctx));
    ck_assert_str_eq(report_lines(report), bad[_i].lines);
    ck_assert_uint_eq(incmap_dataset_source_count(d), bad[_i].left[0]);
    ck_assert_uint_eq(incmap_dataset_claimant_count(d), bad[_i].left[1]);
    ck_assert_uint_eq(incmap_dataset_incident_count(d), bad[_i].left[2]);
    ck_assert_uint_eq(incmap_dataset_claim_count(d), bad[_i].left[3]);
    for (size_t i = 0; i < incmap_dataset_claim_count(d); i++) {
        ck_assert_str_eq(incmap_dataset_incident(d, incmap_dataset_claim(d, i)->incident)->id,
                         "i1");
        ck_assert_uint_eq(incident_of("i1")->claim_count, 1);
    }
    if (bad[_i].left[2] == 2)
        ck_assert_str_eq(incmap_dataset_incident(d, incident_of("i1")->parent)->id, "i0");
}
END_TEST

START_TEST(without_a_report_the_first_refusal_is_the_error)
{
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        char first[512];
        (void)snprintf(first, sizeof first, "%.*s", (int)strcspn(bad[i].lines, "\n"), bad[i].lines);
        ck_assert_int_eq(
            build(bad[i].sources, bad[i].claimants, bad[i].incidents, bad[i].claims, NULL),
            INCMAP_EDATA);
        ck_assert_str_eq(incmap_ctx_message(ctx), first);
        ck_assert_ptr_null(d);
    }
}
END_TEST

START_TEST(missing_columns_and_files_are_told)
{
    incmap_dataset_files files = default_files();

    ck_assert_int_eq(build(SOURCES, CLAIMANTS, INCIDENTS, "claim_id,source\n", report),
                     INCMAP_EDATA);
    ck_assert_str_eq(incmap_ctx_message(ctx),
                     "c.csv:1: found a header without incident_id, claimant_key, polarity, "
                     "claim_type, expected these columns in it");
    ck_assert_ptr_null(d);
    files.claims = "/nowhere/claims.csv";
    ck_assert_int_eq(incmap_dataset_open(ctx, &files, g, report, &d), INCMAP_EIO);
    ck_assert_ptr_nonnull(strstr(incmap_ctx_message(ctx), "/nowhere/claims.csv"));
    files.claims = NULL;
    ck_assert_int_eq(incmap_dataset_open(ctx, &files, g, report, &d), INCMAP_EARG);
    files = default_files();
    ck_assert_int_eq(incmap_dataset_open(NULL, &files, g, report, &d), INCMAP_EARG);
    ck_assert_int_eq(incmap_dataset_open(ctx, NULL, g, report, &d), INCMAP_EARG);
    ck_assert_int_eq(incmap_dataset_open(ctx, &files, NULL, report, &d), INCMAP_EARG);
    ck_assert_int_eq(incmap_dataset_open(ctx, &files, g, report, NULL), INCMAP_EARG);
    ck_assert_ptr_null(d);
    incmap_dataset_free(NULL);
}
END_TEST

START_TEST(empty_tables_make_an_empty_dataset)
{
    ck_assert_int_eq(
        build("id\n", "key,name\n", "id,title,date_start,place_key\n", CLAIM_HEADER, NULL),
        INCMAP_OK);
    ck_assert_uint_eq(incmap_dataset_claim_count(d), 0);
    ck_assert_ptr_null(incmap_dataset_claim(d, 0));
}
END_TEST

START_TEST(a_table_without_the_end_column_has_incidents_of_the_one_date)
{
    ck_assert_int_eq(build("id\n", "key,name\n",
                           "id,title,date_start,place_key\na,A,2023-05,kozinka\nb,B,,kozinka\n",
                           CLAIM_HEADER, NULL),
                     INCMAP_OK);
    ck_assert_int_eq(incident_of("a")->when.before - incident_of("a")->when.earliest, 31);
    ck_assert_int_eq(incident_of("a")->when.precision, INCMAP_DATE_MONTH);
    ck_assert_int_eq(incident_of("b")->when.precision, INCMAP_DATE_UNKNOWN);
}
END_TEST

START_TEST(an_empty_end_is_the_start_unless_the_incident_lasted)
{
    ck_assert_int_eq(build("id\n", "key,name\n",
                           "id,title,date_start,date_end,date_precision,place_key\n"
                           "a,A,2024-03-01,,day,kozinka\nb,B,2024-03-01,,range,kozinka\n"
                           "c,C,2024-03-01,,,kozinka\n",
                           CLAIM_HEADER, NULL),
                     INCMAP_OK);
    ck_assert_int_eq(incident_of("a")->when.before - incident_of("a")->when.earliest, 1);
    ck_assert_int_eq(incident_of("b")->when.before, INCMAP_DAY_OPEN);
    ck_assert_int_eq(incident_of("c")->when.before - incident_of("c")->when.earliest, 1);
}
END_TEST

START_TEST(without_memory_loading_is_enomem_leaks_nothing_and_leaves_the_output_alone)
{
    faulty_tries t = faulty_begin();

    /* With a row that leads to a refused one, so that renumbering is tried as well. */
    while (faulty_next(&t, d))
        t.st = build_with(t.ctx, SOURCES,
                          "key,name,part_of\nx,X,nobody\nru,Russia,\nmod,Ministry,ru\n", INCIDENTS,
                          CLAIMS, report);
    incmap_dataset_free(d);
    d = NULL;
    faulty_end(&t, 20);
}
END_TEST

START_TEST(without_memory_opening_files_without_a_report_leaks_nothing)
{
    const incmap_dataset_files files = default_files();
    faulty_tries t = faulty_begin();

    while (faulty_next(&t, d))
        t.st = incmap_dataset_open(t.ctx, &files, g, NULL, &d);
    incmap_dataset_free(d);
    d = NULL;
    faulty_end(&t, 20);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("dataset");
    TCase *own = tcase_create("own"), *full = tcase_create("default");
    tcase_add_checked_fixture(full, setup_default, teardown);
    tcase_add_test(full, the_default_data_loads_whole_and_without_a_problem);
    tcase_add_test(full, every_claim_is_listed_once_with_its_incident_in_file_order);
    tcase_add_test(full, records_hold_what_the_rows_say);
    tcase_add_loop_test(full, both_dates_of_a_row_belong_to_the_incident, 0,
                        sizeof dates / sizeof *dates);
    tcase_add_loop_test(full, uncertainty_is_the_larger_of_coordinate_and_location_precision, 0,
                        sizeof placed / sizeof *placed);
    tcase_add_test(full, no_settlement_of_the_district_lies_outside_the_bound_for_a_district);
    tcase_add_test(full, measuring_says_what_the_depth_amounts_to);
    tcase_add_test(full, a_point_computed_from_one_border_is_measured_by_another);
    tcase_add_checked_fixture(own, setup, teardown);
    tcase_add_test(own, own_coordinates_win_then_the_post_then_the_place);
    tcase_add_test(own, location_precisions_have_texts);
    tcase_add_loop_test(own, a_bad_row_is_refused_in_one_line_with_all_that_refers_to_it, 0,
                        sizeof bad / sizeof *bad);
    tcase_add_test(own, without_a_report_the_first_refusal_is_the_error);
    tcase_add_test(own, missing_columns_and_files_are_told);
    tcase_add_test(own, empty_tables_make_an_empty_dataset);
    tcase_add_test(own, a_table_without_the_end_column_has_incidents_of_the_one_date);
    tcase_add_test(own, an_empty_end_is_the_start_unless_the_incident_lasted);
    tcase_add_test(own, without_memory_loading_is_enomem_leaks_nothing_and_leaves_the_output_alone);
    tcase_add_test(own, without_memory_opening_files_without_a_report_leaks_nothing);
    suite_add_tcase(suite, full);
    suite_add_tcase(suite, own);
    return run_suite(suite);
}
