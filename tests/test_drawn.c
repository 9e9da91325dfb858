/* SPDX-License-Identifier: MIT */
/* Layers computed from incidents and border: claims, connectors, tracks, areas, belts. What they draw is
 * measured again here, by the library's own distances. */
#include "harness.h"

#include <incmap/incmap.h>

#include <math.h>

#include "dbf_rows.h"
#include "faulty_tries.h"
#include "fixture_builtin.h"
#include "layers/geo_line.h"
#include "layers_read.h"

static double distance(incmap_coord a, incmap_coord b)
{
    double d = NAN;
    ck_assert_int_eq(incmap_distance(ctx, a, b, &d), INCMAP_OK);
    return d;
}

static const incmap_incident *incident_of(const incmap_dataset *d, const char *id)
{
    for (size_t i = 0; i < incmap_dataset_incident_count(d); i++)
        if (strcmp(incmap_dataset_incident(d, i)->id, id) == 0)
            return incmap_dataset_incident(d, i);
    ck_abort_msg("no incident %s", id);
    return NULL;
}

/* ---- datasets of the tests ---- */

/* A dataset of these incidents and claims; places are those of the default gazetteer. */
static incmap_dataset *dataset_with(const char *incidents, const char *claims)
{
    static const char sources[] = "id\ns0\n", claimants[] = "key,name\nc,C\n";
    incmap_dataset *d = NULL;
    scratch_write(scratch_path("s.csv"), sources, sizeof sources - 1);
    scratch_write(scratch_path("k.csv"), claimants, sizeof claimants - 1);
    scratch_write(scratch_path("c.csv"), claims, strlen(claims));
    scratch_write(scratch_path("i.csv"), incidents, strlen(incidents));
    const incmap_dataset_files files = { scratch_path("s.csv"), scratch_path("k.csv"),
                                         scratch_path("i.csv"), scratch_path("c.csv") };
    ck_assert_msg(incmap_dataset_open(ctx, &files, gazetteer, NULL, &d) == INCMAP_OK, "%s",
                  incmap_ctx_message(ctx));
    return d;
}

#define CLAIMS_HEAD "claim_id,incident_id,source,claimant_key,polarity,claim_type"

static incmap_dataset *dataset_of(const char *incidents)
{
    return dataset_with(incidents, CLAIMS_HEAD "\n");
}

#define HEAD                                                                                       \
    "id,title,date_start,date_end,place_key,location_precision,event_type,actor1,parent_id,"       \
    "lon_deg,lat_deg,coord_uncertainty_m,sources\n"

/* ---- claims ---- */

START_TEST(every_claim_is_a_row_joined_to_its_incident)
{
    incmap_layer_result result = { 0 };
    const size_t n = incmap_dataset_claim_count(dataset);
    ck_assert_int_eq(incmap_layer_write_claims(ctx, scratch_path("c"), dataset, NULL, &result),
                     INCMAP_OK);
    ck_assert_uint_eq(result.features, n);
    struct dbf d = dbf_open(scratch_path("c.dbf"));
    ck_assert_uint_eq(d.rows, n);
    for (size_t i = 0; i < n; i++) {
        const incmap_claim *claim = incmap_dataset_claim(dataset, i);
        ck_assert_str_eq(dbf_text(&d, i, "CLAIM_ID"), claim->id);
        ck_assert_str_eq(dbf_text(&d, i, "INCIDENT"),
                         incmap_dataset_incident(dataset, claim->incident)->id);
        ck_assert_str_eq(dbf_text(&d, i, "SOURCE"),
                         incmap_dataset_source(dataset, claim->source)->id);
        ck_assert_str_eq(dbf_text(&d, i, "SUMMARY"), claim->summary);
        const char *figure = dbf_text(&d, i, "FIGURE");
        /* no number is no zero */
        if (isnan(claim->figure))
            ck_assert_msg(strspn(figure, "* ") == strlen(figure), "%s: %s", claim->id, figure);
        else
            ck_assert_double_eq(strtod(figure, NULL), claim->figure);
    }
    dbf_close(&d);
}
END_TEST

static char warned[512];

static void keep_warning(void *user, incmap_log_level level, const char *text)
{
    (void)user;
    if (level == INCMAP_LOG_WARNING) (void)snprintf(warned, sizeof warned, "%s", text);
}

/* FIGURE needs 13 decimals at most, FIG_LOW more than the 15 that there are, FIG_HIGH none. */
START_TEST(figures_have_the_decimals_that_they_need_and_what_is_cut_is_told)
{
    static const char *const texts[3][3] = { { "0.0004000000000", NULL, "2.000" },
                                             { "0.1234567890123", "0.000000000000000", NULL },
                                             { "71.0000000000000", "0.500000000000000",
                                               "99.000" } };
    static const char *const names[] = { "FIGURE", "FIG_LOW", "FIG_HIGH" };
    incmap_layer_result result = { 0 };
    incmap_ctx_options options = INCMAP_CTX_OPTIONS_INIT;
    incmap_ctx *telling = NULL;
    incmap_dataset *d = dataset_with(HEAD "a,A,2023-05-22,,kozinka,settlement,Battles,X,,,,,s0\n",
                                     CLAIMS_HEAD ",figure_value,figure_low,figure_high\n"
                                                 "c0,a,s0,c,asserts,loss,0.0004,,2\n"
                                                 "c1,a,s0,c,asserts,loss,0.1234567890123,4e-20,\n"
                                                 "c2,a,s0,c,asserts,loss,71,0.5,99\n");
    options.log = keep_warning;
    ck_assert_int_eq(incmap_ctx_new(&options, &telling), INCMAP_OK);
    ck_assert_int_eq(incmap_layer_write_claims(telling, scratch_path("c"), d, NULL, &result),
                     INCMAP_OK);
    struct dbf table = dbf_open(scratch_path("c.dbf"));
    ck_assert_uint_eq(table.rows, 3);
    for (size_t i = 0; i < 3; i++)
        for (size_t f = 0; f < 3; f++)
            if (texts[i][f]) ck_assert_str_eq(dbf_text(&table, i, names[f]), texts[i][f]);
    ck_assert_uint_eq(result.cut_texts, 1);
    ck_assert_ptr_nonnull(
        strstr(warned, "feature 1 (from 0) c1: FIG_LOW 4e-20 cut at 15 decimals"));
    dbf_close(&table);
    incmap_dataset_free(d);
    incmap_ctx_free(telling);
}
END_TEST

START_TEST(claimant_is_named_with_the_head_that_it_belongs_to)
{
    ck_assert_int_eq(incmap_layer_write_claims(ctx, scratch_path("c"), dataset, NULL, NULL),
                     INCMAP_OK);
    struct dbf d = dbf_open(scratch_path("c.dbf"));
    const size_t row = dbf_row_of(&d, "CLAIM_ID", "c000_20");
    ck_assert_str_eq(dbf_text(&d, row, "CLAIM_BY"), "Sergei Shoigu, Russian Defence Minister");
    ck_assert_str_eq(dbf_text(&d, row, "CLAIMANT"), "ru_mod");
    ck_assert_str_eq(dbf_text(&d, row, "UNDER"), "Russia");
    ck_assert_str_eq(dbf_text(&d, row, "POLARITY"), "asserts");
    ck_assert_str_eq(dbf_text(&d, row, "QUALIFIER"), "more_than");
    ck_assert_double_eq(strtod(dbf_text(&d, row, "FIG_LOW"), NULL), 71);
    dbf_close(&d);
}
END_TEST

START_TEST(table_takes_the_shapes_of_an_earlier_layer_of_its_name_away)
{
    static const char *const gone[] = { "c.shp", "c.shx", "c.prj", "c.qix" };
    ck_assert_int_eq(incmap_layer_write_border(ctx, scratch_path("c"), border, NULL, NULL),
                     INCMAP_OK);
    ck_assert_int_eq(incmap_layer_write_claims(ctx, scratch_path("c"), dataset, NULL, NULL),
                     INCMAP_OK);
    for (size_t i = 0; i < sizeof gone / sizeof *gone; i++)
        ck_assert_msg(access(scratch_path(gone[i]), F_OK) != 0, "%s", gone[i]);
}
END_TEST

/* ---- connectors ---- */

START_TEST(connector_is_as_long_as_the_depth_that_it_shows)
{
    incmap_layer_result result = { 0 };
    size_t null = 0;
    ck_assert_int_eq(
        incmap_layer_write_connectors(ctx, scratch_path("c"), dataset, border, NULL, &result),
        INCMAP_OK);
    incmap__shapefile *file = open_layer("c");
    ck_assert_uint_eq(incmap__shapefile_count(file), incmap_dataset_incident_count(dataset));
    for (size_t i = 0; i < incmap_dataset_incident_count(dataset); i++) {
        const incmap_incident *incident = incmap_dataset_incident(dataset, i);
        incmap_depth depth;
        incmap_placed placed;
        const incmap__shape line = shape_of(file, i);
        double length = 0;
        ck_assert_int_eq(incmap_incident_measure(ctx, incident, border, &depth, &placed),
                         INCMAP_OK);
        ck_assert_int_eq(line.type == INCMAP__SHAPE_LINE, placed == INCMAP_PLACED_MEASURED);
        if (line.type != INCMAP__SHAPE_LINE) {
            null++;
            continue;
        }
        for (size_t k = 1; k < line.point_count; k++) {
            /* 20 km, but for the last step */
            ck_assert_double_le(distance(line.points[k - 1], line.points[k]), 20000.001);
            length += distance(line.points[k - 1], line.points[k]);
        }
        ck_assert_double_eq_tol(length, fabs(depth.depth_m), 1e-3);
        ck_assert_double_le(distance(line.points[0], incident->at), 1e-6);
        /* Half a step of 1e-9 degrees each way is 0.08 mm at most. */
        ck_assert_double_le(distance(line.points[line.point_count - 1], depth.nearest), 8e-5);
    }
    ck_assert_uint_eq(result.unlocated, null);
    ck_assert_uint_ge(null, 1); /* the border post was put on the border */
    incmap__shapefile_close(file);
}
END_TEST

START_TEST(incident_that_nobody_places_has_a_row_without_a_connector)
{
    incmap_dataset *d = dataset_of(HEAD "a,A,2023-05-22,,czechoslovakia,country,,,,,,,s0\n");
    incmap_layer_result result = { 0 };
    ck_assert(!incmap_dataset_incident(d, 0)->located);
    ck_assert_int_eq(
        incmap_layer_write_connectors(ctx, scratch_path("c"), d, border, NULL, &result), INCMAP_OK);
    ck_assert_uint_eq(result.features, 1);
    ck_assert_uint_eq(result.unlocated, 1);
    struct dbf rows = dbf_open(scratch_path("c.dbf"));
    ck_assert_str_eq(dbf_text(&rows, 0, "PLACED"), "nowhere");
    dbf_close(&rows);
    incmap_dataset_free(d);
}
END_TEST

START_TEST(line_over_the_antimeridian_is_cut_there)
{
    incmap__geo_line line = { .ctx = ctx };
    incmap__geo_line_start(&line);
    ck_assert_int_eq(incmap__geo_line_to(&line, (incmap_coord){ 65, 179.5 }, 1), INCMAP_OK);
    ck_assert_int_eq(incmap__geo_line_to(&line, (incmap_coord){ 65.2, -179.4 }, 2), INCMAP_OK);
    const incmap__shape shape = incmap__geo_line_shape(&line, true);
    ck_assert_uint_eq(shape.part_count, 2);
    for (size_t p = 0; p < 2; p++)
        for (size_t k = shape.part_starts[p] + 1; k < shape.part_starts[p + 1]; k++)
            ck_assert_double_lt(fabs(shape.points[k].lon - shape.points[k - 1].lon), 1);
    const size_t cut = shape.part_starts[1];
    ck_assert_double_eq(shape.points[cut - 1].lon, 180);
    ck_assert_double_eq(shape.points[cut].lon, -180);
    ck_assert_double_eq(shape.points[cut - 1].lat, shape.points[cut].lat);
    ck_assert_double_eq(shape.m[0], 1);
    ck_assert_double_eq(shape.m[shape.point_count - 1], 2);
    ck_assert_double_nan(shape.m[cut]); /* nobody measured there */
    incmap__geo_line_free(&line);
}
END_TEST

START_TEST(line_of_one_point_is_no_shape)
{
    incmap__geo_line line = { .ctx = ctx };
    incmap__geo_line_start(&line);
    ck_assert_int_eq(incmap__geo_line_shape(&line, true).type, INCMAP__SHAPE_NULL);
    ck_assert_int_eq(incmap__geo_line_to(&line, (incmap_coord){ 50, 36 }, 0), INCMAP_OK);
    ck_assert_int_eq(incmap__geo_line_shape(&line, true).type, INCMAP__SHAPE_NULL);
    incmap__geo_line_free(&line);
}
END_TEST

/* ---- tracks ---- */

/* The measures of the first line of a .shp, by the format's own description: behind the file's head and
 * the record's come type, box, counts, parts, points, the range of M, and the measures. */
static void read_measures(const char *path, size_t n, double m[])
{
    size_t size = 0;
    char *bytes = scratch_bytes(path, &size);
    const size_t at = 100 + 8 + 4 + 32 + 8 + 4 + 16 * n + 16;
    ck_assert_ptr_nonnull(bytes);
    ck_assert_int_eq(bytes[108], 23); /* a line with M */
    ck_assert_uint_ge(size, at + 8 * n);
    memcpy(m, bytes + at, 8 * n); /* least byte first, as on the machines of the tests */
    free(bytes);
}

START_TEST(track_of_the_default_data_joins_the_raid_and_carries_its_depths)
{
    static const char *const ids[] = { "bel23_border_post", "bel23_kozinka_capture",
                                       "bel23_gora_podol", "bel23_glotovo" };
    incmap_layer_result result = { 0 };
    ck_assert_int_eq(
        incmap_layer_write_tracks(ctx, scratch_path("t"), dataset, border, NULL, &result),
        INCMAP_OK);
    ck_assert_uint_eq(result.features, 1);
    incmap__shapefile *file = open_layer("t");
    const incmap__shape line = shape_of(file, 0);
    double m[4];
    ck_assert_uint_eq(line.point_count, 4);
    read_measures(scratch_path("t.shp"), 4, m);
    for (size_t i = 0; i < 4; i++) {
        const incmap_incident *incident = incident_of(dataset, ids[i]);
        incmap_depth depth;
        incmap_placed placed;
        ck_assert_int_eq(incmap_incident_measure(ctx, incident, border, &depth, &placed),
                         INCMAP_OK);
        ck_assert_double_eq(line.points[i].lat, incident->at.lat);
        ck_assert_double_eq(line.points[i].lon, incident->at.lon);
        if (placed == INCMAP_PLACED_MEASURED)
            ck_assert_double_eq_tol(m[i], depth.depth_m, 5.001e-5); /* half a step of 0.1 mm */
        else
            ck_assert_double_lt(m[i], -1e38); /* the format's "no measure" */
    }
    incmap__shapefile_close(file);
    struct dbf d = dbf_open(scratch_path("t.dbf"));
    ck_assert_str_eq(dbf_text(&d, 0, "TRACK"), "bel23_raid");
    ck_assert_str_eq(dbf_text(&d, 0, "INCID"),
                     "bel23_border_post|bel23_kozinka_capture|bel23_gora_podol|bel23_glotovo");
    /* all on one day: the dates do not tell which came first */
    ck_assert_str_eq(dbf_text(&d, 0, "ORDER_BY"), "file");
    ck_assert_str_eq(dbf_text(&d, 0, "TIMES"), "2023-05-22|2023-05-22|2023-05-22|2023-05-22");
    dbf_close(&d);
}
END_TEST

START_TEST(dates_order_a_track_where_they_can)
{
    static const struct {
        const char *why, *rows, *order, *incidents;
    } cases[] = {
        { "three days, told backwards",
          "w,W,2023-05-20,2023-05-25,kozinka,settlement,Battles,X,,,,,s0\n"
          "c,C,2023-05-24,,grayvoron,settlement,Battles,X,w,,,,s0\n"
          "b,B,2023-05-23,,gora_podol,settlement,Battles,X,w,,,,s0\n"
          "a,A,2023-05-22,,kozinka,settlement,Battles,X,w,,,,s0\n",
          "dates", "a|b|c" },
        { "two of them on one day",
          "w,W,2023-05-20,2023-05-25,kozinka,settlement,Battles,X,,,,,s0\n"
          "b,B,2023-05-22,,gora_podol,settlement,Battles,X,w,,,,s0\n"
          "a,A,2023-05-22,,kozinka,settlement,Battles,X,w,,,,s0\n",
          "file", "b|a" },
        { "a start that nobody tells",
          "w,W,2023-05-20,2023-05-25,kozinka,settlement,Battles,X,,,,,s0\n"
          "a,A,,2023-05-22,kozinka,settlement,Battles,X,w,,,,s0\n"
          "b,B,2023-05-24,,gora_podol,settlement,Battles,X,w,,,,s0\n",
          "dates", "a|b" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char rows[1024];
        (void)snprintf(rows, sizeof rows, "%s%s", HEAD, cases[i].rows);
        incmap_dataset *data = dataset_of(rows);
        ck_assert_int_eq(
            incmap_layer_write_tracks(ctx, scratch_path("t"), data, border, NULL, NULL), INCMAP_OK);
        struct dbf d = dbf_open(scratch_path("t.dbf"));
        ck_assert_uint_eq(d.rows, 1);
        ck_assert_msg(strcmp(dbf_text(&d, 0, "ORDER_BY"), cases[i].order) == 0, "%s", cases[i].why);
        ck_assert_msg(strcmp(dbf_text(&d, 0, "INCID"), cases[i].incidents) == 0, "%s",
                      cases[i].why);
        dbf_close(&d);
        incmap_dataset_free(data);
    }
}
END_TEST

START_TEST(what_is_no_point_of_an_advance_makes_no_track)
{
    static const struct {
        const char *why, *row;
    } cases[] = {
        { "known by district only", "b,B,2023-05-24,,grayvoron,district,Battles,X,w,,,,s0\n" },
        { "of other actors", "b,B,2023-05-24,,grayvoron,settlement,Battles,Y,w,,,,s0\n" },
        { "no fight", "b,B,2023-05-24,,grayvoron,settlement,Protests,X,w,,,,s0\n" },
        { "part of nothing", "b,B,2023-05-24,,grayvoron,settlement,Battles,X,,,,,s0\n" },
        { "at the same point", "b,B,2023-05-24,,kozinka,settlement,Battles,X,w,,,,s0\n" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char rows[1024];
        incmap_layer_result result = { 0 };
        (void)snprintf(rows, sizeof rows,
                       HEAD "w,W,2023-05-20,2023-05-25,kozinka,settlement,Battles,X,,,,,s0\n"
                            "a,A,2023-05-22,,kozinka,settlement,Battles,X,w,,,,s0\n%s",
                       cases[i].row);
        incmap_dataset *data = dataset_of(rows);
        ck_assert_int_eq(
            incmap_layer_write_tracks(ctx, scratch_path("t"), data, NULL, NULL, &result),
            INCMAP_OK);
        ck_assert_msg(result.features == 0, "%s", cases[i].why);
        incmap_dataset_free(data);
    }
}
END_TEST

/* ---- areas ---- */

START_TEST(edge_of_an_area_lies_at_the_radius_of_uncertainty)
{
    ck_assert_int_eq(incmap_layer_write_areas(ctx, scratch_path("a"), dataset, NULL, NULL),
                     INCMAP_OK);
    incmap__shapefile *file = open_layer("a");
    struct dbf d = dbf_open(scratch_path("a.dbf"));
    for (size_t i = 0; i < d.rows; i++) {
        char first[64];
        const char *ids = dbf_text(&d, i, "INCID");
        (void)snprintf(first, sizeof first, "%.*s", (int)strcspn(ids, "|"), ids);
        const incmap_incident *incident = incident_of(dataset, first);
        const incmap__shape ring = shape_of(file, i);
        /* half the circle's own tolerance of a two-thousandth, either way */
        const double tolerance = fmax(incident->uncertainty_m / 2000, 0.01) * 1.01;
        ck_assert_uint_ge(ring.part_count, 1);
        if (incident->location_precision < INCMAP_LOCATION_REGION)
            continue; /* cut at the map's edge */
        for (size_t k = 0; k < ring.point_count; k++)
            ck_assert_double_eq_tol(distance(incident->at, ring.points[k]), incident->uncertainty_m,
                                    tolerance);
    }
    dbf_close(&d);
    incmap__shapefile_close(file);
}
END_TEST

START_TEST(every_placed_incident_is_in_one_area_and_those_as_vague_share_it)
{
    incmap_layer_result result = { 0 };
    size_t located = 0, found = 0, of_areas = 0;
    ck_assert_int_eq(incmap_layer_write_areas(ctx, scratch_path("a"), dataset, NULL, &result),
                     INCMAP_OK);
    struct dbf d = dbf_open(scratch_path("a.dbf"));
    for (size_t i = 0; i < incmap_dataset_incident_count(dataset); i++) {
        const incmap_incident *incident = incmap_dataset_incident(dataset, i);
        located += incident->located;
        for (size_t k = 0; k < d.rows; k++) {
            char ids[1100];
            char id[80];
            /* the list may go on in a second field */
            (void)snprintf(ids, sizeof ids, "|%s|", dbf_text(&d, k, "INCID"));
            for (size_t f = 0; f < dbf_fields(&d); f++)
                if (strcmp(dbf_field_name(&d, f), "INCID_2") == 0)
                    (void)snprintf(ids + strlen(ids), sizeof ids - strlen(ids), "%s|",
                                   dbf_text(&d, k, "INCID_2"));
            (void)snprintf(id, sizeof id, "|%s|", incident->id);
            found += strstr(ids, id) != NULL;
        }
    }
    for (size_t k = 0; k < d.rows; k++)
        of_areas += strtoul(dbf_text(&d, k, "N_INCID"), NULL, 10);
    ck_assert_uint_eq(found, located);
    ck_assert_uint_eq(of_areas, located);
    ck_assert_uint_lt(d.rows, located); /* seven of them know no more than the region */
    dbf_close(&d);
}
END_TEST

START_TEST(radius_that_no_circle_can_have_leaves_a_null_shape)
{
    static const char *const radii[] = { "0", "0.5", "6000000" };
    for (size_t i = 0; i < sizeof radii / sizeof *radii; i++) {
        char rows[512];
        incmap_layer_result result = { 0 };
        (void)snprintf(rows, sizeof rows,
                       HEAD "a,A,2023-05-22,,,exact_site,Battles,X,,35.6,50.4,%s,s0\n", radii[i]);
        incmap_dataset *data = dataset_of(rows);
        ck_assert_int_eq(incmap_layer_write_areas(ctx, scratch_path("a"), data, NULL, &result),
                         INCMAP_OK);
        ck_assert_uint_eq(result.features, 1);
        ck_assert_msg(result.unlocated == 1, "radius %s", radii[i]);
        incmap_dataset_free(data);
    }
}
END_TEST

/* ---- belts ---- */

/* Two countries of a degree or two that meet at longitude 1. */
static incmap_border *small_border(void)
{
    static const char geojson[] =
        "{\"type\":\"FeatureCollection\",\"features\":["
        "{\"type\":\"Feature\",\"properties\":{\"A3\":\"AAA\"},\"geometry\":{\"type\":\"Polygon\","
        "\"coordinates\":[[[0,0],[1,0],[1,1],[0,1],[0,0]]]}},"
        "{\"type\":\"Feature\",\"properties\":{\"A3\":\"BBB\"},\"geometry\":{\"type\":\"Polygon\","
        "\"coordinates\":[[[1,0],[2,0],[2,1],[1,1],[1,0]]]}}]}";
    incmap_border *b = NULL;
    scratch_write(scratch_path("w.geojson"), geojson, sizeof geojson - 1);
    ck_assert_msg(incmap_border_between(ctx, scratch_path("w.geojson"), "A3", "AAA", "BBB", NULL,
                                        &b) == INCMAP_OK,
                  "%s", incmap_ctx_message(ctx));
    return b;
}

/* Even-odd over all rings, straight in longitude and latitude. */
static bool holds(const incmap__shape *shape, incmap_coord p)
{
    bool in = false;
    for (size_t r = 0; r < shape->part_count; r++)
        for (size_t i = shape->part_starts[r] + 1; i < shape->part_starts[r + 1]; i++) {
            const incmap_coord a = shape->points[i - 1], b = shape->points[i];
            if ((a.lat > p.lat) != (b.lat > p.lat) &&
                p.lon < a.lon + (p.lat - a.lat) * (b.lon - a.lon) / (b.lat - a.lat))
                in = !in;
        }
    return in;
}

START_TEST(point_is_in_the_belt_of_its_depth_and_side)
{
    static const double to_m[] = { 10000, 40000 };
    incmap_border *b = small_border();
    incmap_layer_result result = { 0 };
    ck_assert_int_eq(incmap_layer_write_belts(ctx, scratch_path("b"), b, to_m, 2, NULL, &result),
                     INCMAP_OK);
    ck_assert_uint_eq(result.features, 4); /* nothing lies in both outlines */
    incmap__shapefile *file = open_layer("b");
    struct dbf d = dbf_open(scratch_path("b.dbf"));
    for (int i = 0; i < 400; i++) {
        const incmap_coord at = { .lat = 0.1 + 0.8 * (i % 20) / 19,
                                  .lon = 0.3 + 1.4 * (i / 20) / 19.5 };
        incmap_depth depth;
        ck_assert_int_eq(incmap_border_measure(ctx, b, at, 0, &depth), INCMAP_OK);
        for (size_t row = 0; row < d.rows; row++) {
            const incmap__shape belt = shape_of(file, row);
            const double away = fabs(depth.depth_m);
            const double from = strtod(dbf_text(&d, row, "FROM_M"), NULL);
            const double to = strtod(dbf_text(&d, row, "TO_M"), NULL);
            /* nearer to an edge than the tolerance of 5 m it may be in either */
            if (fabs(away - from) < 6 || fabs(away - to) < 6) continue;
            ck_assert_int_eq(holds(&belt, at),
                             strcmp(dbf_text(&d, row, "SIDE"), incmap_side_text(depth.side)) == 0 &&
                                 away > from && away <= to);
        }
    }
    dbf_close(&d);
    incmap__shapefile_close(file);
    incmap_border_free(b);
}
END_TEST

START_TEST(distances_out_of_order_are_refused)
{
    static const double bad[][2] = { { 20000, 5000 }, { 5000, 5000 }, { 0, 5000 },
                                     { -1, 5000 },    { NAN, 5000 },  { 5000, INFINITY } };
    incmap_border *b = small_border();
    const int files = scratch_count(scratch);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        incmap_layer_result result = { .features = 7 };
        ck_assert_int_eq(
            incmap_layer_write_belts(ctx, scratch_path("b"), b, bad[i], 2, NULL, &result),
            INCMAP_EDOMAIN);
        ck_assert_uint_eq(result.features, 7);
        ck_assert_int_eq(scratch_count(scratch), files);
    }
    incmap_border_free(b);
}
END_TEST

/* ---- all of them ---- */

enum { LAYERS = 5 };

static incmap_status write_kind(incmap_ctx *c, int i, const char *path, const incmap_border *b,
                                incmap_layer_result *r)
{
    static const double to_m[] = { 20000 };
    switch (i) {
    case 0: return incmap_layer_write_claims(c, path, dataset, NULL, r);
    case 1: return incmap_layer_write_connectors(c, path, dataset, border, NULL, r);
    case 2: return incmap_layer_write_tracks(c, path, dataset, border, NULL, r);
    case 3: return incmap_layer_write_areas(c, path, dataset, NULL, r);
    default: return incmap_layer_write_belts(c, path, b, to_m, 1, NULL, r);
    }
}

START_TEST(null_that_the_header_forbids_is_an_argument_error)
{
    static const double to_m[] = { 5000 };
    const char *path = scratch_path("l");
    ck_assert_int_eq(incmap_layer_write_claims(NULL, path, dataset, NULL, NULL), INCMAP_EARG);
    ck_assert_int_eq(incmap_layer_write_claims(ctx, NULL, dataset, NULL, NULL), INCMAP_EARG);
    ck_assert_int_eq(incmap_layer_write_claims(ctx, path, NULL, NULL, NULL), INCMAP_EARG);
    ck_assert_int_eq(incmap_layer_write_connectors(NULL, path, dataset, border, NULL, NULL),
                     INCMAP_EARG);
    ck_assert_int_eq(incmap_layer_write_connectors(ctx, path, dataset, NULL, NULL, NULL),
                     INCMAP_EARG);
    ck_assert_int_eq(incmap_layer_write_tracks(ctx, path, NULL, border, NULL, NULL), INCMAP_EARG);
    ck_assert_int_eq(incmap_layer_write_areas(ctx, path, NULL, NULL, NULL), INCMAP_EARG);
    ck_assert_int_eq(incmap_layer_write_areas(NULL, path, dataset, NULL, NULL), INCMAP_EARG);
    ck_assert_int_eq(incmap_layer_write_belts(ctx, path, NULL, to_m, 1, NULL, NULL), INCMAP_EARG);
    ck_assert_int_eq(incmap_layer_write_belts(ctx, path, border, NULL, 1, NULL, NULL), INCMAP_EARG);
    ck_assert_int_eq(incmap_layer_write_belts(ctx, path, border, to_m, 0, NULL, NULL), INCMAP_EARG);
    ck_assert_int_eq(scratch_count(scratch), 0);
}
END_TEST

START_TEST(every_failed_allocation_is_out_of_memory_and_leaks_nothing)
{
    faulty_tries t = faulty_begin_at_most(4000);
    incmap_border *b = small_border();
    const int files = scratch_count(scratch);

    while (faulty_next(&t, NULL)) {
        incmap_layer_result result = { .features = 7 };
        t.st = write_kind(t.ctx, _i, scratch_path("l"), b, &result);
        if (t.st) {
            ck_assert_uint_eq(result.features, 7);
            ck_assert_int_eq(scratch_count(scratch), files);
        }
    }
    faulty_end(&t, 20);
    incmap_border_free(b);
}
END_TEST

START_TEST(same_input_gives_the_same_bytes)
{
    static const char *const endings[] = { ".dbf", ".qml", ".qmd", ".fields.csv", ".shp" };
    incmap_border *b = small_border();
    mkdir(scratch_path("one"), 0700);
    mkdir(scratch_path("two"), 0700);
    ck_assert_int_eq(write_kind(ctx, _i, scratch_path("one/l"), b, NULL), INCMAP_OK);
    ck_assert_int_eq(write_kind(ctx, _i, scratch_path("two/l"), b, NULL), INCMAP_OK);
    for (size_t i = 0; i < sizeof endings / sizeof *endings - (_i == 0); i++) {
        char one[64], two[64];
        (void)snprintf(one, sizeof one, "one/l%s", endings[i]);
        (void)snprintf(two, sizeof two, "two/l%s", endings[i]);
        assert_same_file(scratch_path(one), scratch_path(two));
    }
    incmap_border_free(b);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("drawn");
    TCase *tests = tcase_create("drawn");
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, every_claim_is_a_row_joined_to_its_incident);
    tcase_add_test(tests, figures_have_the_decimals_that_they_need_and_what_is_cut_is_told);
    tcase_add_test(tests, claimant_is_named_with_the_head_that_it_belongs_to);
    tcase_add_test(tests, table_takes_the_shapes_of_an_earlier_layer_of_its_name_away);
    tcase_add_test(tests, connector_is_as_long_as_the_depth_that_it_shows);
    tcase_add_test(tests, incident_that_nobody_places_has_a_row_without_a_connector);
    tcase_add_test(tests, line_over_the_antimeridian_is_cut_there);
    tcase_add_test(tests, line_of_one_point_is_no_shape);
    tcase_add_test(tests, track_of_the_default_data_joins_the_raid_and_carries_its_depths);
    tcase_add_test(tests, dates_order_a_track_where_they_can);
    tcase_add_test(tests, what_is_no_point_of_an_advance_makes_no_track);
    tcase_add_test(tests, edge_of_an_area_lies_at_the_radius_of_uncertainty);
    tcase_add_test(tests, every_placed_incident_is_in_one_area_and_those_as_vague_share_it);
    tcase_add_test(tests, radius_that_no_circle_can_have_leaves_a_null_shape);
    tcase_add_test(tests, point_is_in_the_belt_of_its_depth_and_side);
    tcase_add_test(tests, distances_out_of_order_are_refused);
    tcase_add_test(tests, null_that_the_header_forbids_is_an_argument_error);
    tcase_add_loop_test(tests, every_failed_allocation_is_out_of_memory_and_leaks_nothing, 0,
                        LAYERS);
    tcase_add_loop_test(tests, same_input_gives_the_same_bytes, 0, LAYERS);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
