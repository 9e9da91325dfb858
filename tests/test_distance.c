/* SPDX-License-Identifier: MIT */
/* Distances, azimuths and destinations against GeographicLib's answers and against one another;
 * and how measured lengths are written. */
#include "faulty_allocator.h"
#include "harness.h"
#include "reference_table.h"

#include <incmap/distance.h>

#include <math.h>
#include <pthread.h>

#include "geodesy/ellipsoid.h"

#define RADIANS 0.017453292519943295769
/* A micrometre: what the library promises. PROJ itself errs by up to 15 nm. */
#define MICROMETRE 1e-6

static incmap_ctx *ctx;
static uint64_t seed;

static void setup(void)
{
    seed = 20230522;
    ck_assert_int_eq(incmap_ctx_new(NULL, &ctx), INCMAP_OK);
}

static void teardown(void)
{
    incmap_ctx_free(ctx);
}

static double uniform(double low, double high)
{
    seed = seed * 6364136223846793005u + 1442695040888963407u;
    return low + (high - low) * (double)(seed >> 11) / 9007199254740992.0;
}

static incmap_coord anywhere(void)
{
    const double lat = asin(uniform(-1, 1)) / RADIANS;
    return (incmap_coord){ lat, uniform(-180, 180) };
}

static double angle_between(double a_deg, double b_deg)
{
    return fabs(remainder(a_deg - b_deg, 360));
}

/* Metres, for points that lie near each other; no geodesic is solved for it. */
static double apart_m(incmap_coord a, incmap_coord b)
{
    const incmap__ecef p = incmap__ecef_from_coord(a), q = incmap__ecef_from_coord(b);
    return sqrt((p.x - q.x) * (p.x - q.x) + (p.y - q.y) * (p.y - q.y) + (p.z - q.z) * (p.z - q.z));
}

enum { KIND, WHY, LAT1, LON1, LAT2, LON2, AZI1, AZI2, S12, M12, SCALE12, SCALE21, DEFINED };

static incmap_coord coord_of(const struct reference_row *row, int lat, int lon)
{
    return (incmap_coord){ reference_number(row, lat), reference_number(row, lon) };
}

/* An error of e metres at the far end turns the azimuth by e/m12, so the tolerance is 0.1 µm of
 * that, and 1e-9 degree for the digits; where m12 vanishes the azimuth says nothing. */
static double azimuth_tolerance(const struct reference_row *row)
{
    return 1e-9 + 1e-7 / fmax(fabs(reference_number(row, M12)), 1e-9) / RADIANS;
}

static void check_inverse(const struct reference_row *row)
{
    const incmap_coord a = coord_of(row, LAT1, LON1), b = coord_of(row, LAT2, LON2);
    const double s12 = reference_number(row, S12);
    const double tolerance = azimuth_tolerance(row);
    incmap_geodesic g;
    double d;

    ck_assert_int_eq(incmap_distance(ctx, a, b, &d), INCMAP_OK);
    ck_assert_msg(fabs(d - s12) <= MICROMETRE, "%s %s,%s: %.9f m, not %.9f", row->field[WHY],
                  row->field[LAT1], row->field[LON1], d, s12);
    ck_assert_int_eq(incmap_inverse(ctx, a, b, &g), INCMAP_OK);
    ck_assert_double_eq(g.distance_m, d);
    ck_assert(g.azimuth_deg >= 0 && g.azimuth_deg < 360);
    ck_assert(g.back_azimuth_deg >= 0 && g.back_azimuth_deg < 360);
    if (strcmp(row->field[DEFINED], "0") == 0) return;
    ck_assert_msg(angle_between(g.azimuth_deg, reference_number(row, AZI1)) <= tolerance,
                  "%s: azimuth %.12f, not %s", row->field[WHY], g.azimuth_deg, row->field[AZI1]);
    ck_assert_msg(angle_between(g.back_azimuth_deg + 180, reference_number(row, AZI2)) <= tolerance,
                  "%s: back azimuth %.12f, not %s", row->field[WHY], g.back_azimuth_deg,
                  row->field[AZI2]);
}

/* For the border's Newton steps: the reduced length and the scales. Both are differences of
 * numbers of the size of the Earth, or of 1; near the antipode they magnify the inputs' error. */
static void check_scales(const struct reference_row *row)
{
    incmap__geodesic_full full;
    incmap__geodesic_inverse_scale(coord_of(row, LAT1, LON1), coord_of(row, LAT2, LON2), &full);
    if (strcmp(row->field[DEFINED], "0") == 0) return;
    ck_assert_double_eq_tol(full.distance_m, reference_number(row, S12), MICROMETRE);
    ck_assert_msg(fabs(full.reduced_length_m - reference_number(row, M12)) <= 1e-4, "%s: m12 %.9f",
                  row->field[WHY], full.reduced_length_m);
    ck_assert_double_eq_tol(full.scale_ab, reference_number(row, SCALE12), 1e-9);
    ck_assert_double_eq_tol(full.scale_ba, reference_number(row, SCALE21), 1e-9);
}

START_TEST(inverse_problems_agree_with_geographiclib_within_a_micrometre)
{
    FILE *file = reference_open("geodesics.csv");
    struct reference_row row;
    int rows = 0;
    while (reference_next(file, &row)) {
        if (strcmp(row.field[KIND], "inverse") != 0) continue;
        check_inverse(&row);
        check_scales(&row);
        rows++;
    }
    fclose(file);
    ck_assert_int_ge(rows, 500);
}
END_TEST

static void check_direct(const struct reference_row *row)
{
    const incmap_coord from = coord_of(row, LAT1, LON1), to = coord_of(row, LAT2, LON2);
    const double azimuth = reference_number(row, AZI1), s = reference_number(row, S12);
    incmap_coord there = { 99, 99 }, prepared;
    incmap__geodesic_line line;
    double onward, onward_prepared;

    ck_assert_int_eq(incmap_destination(ctx, from, azimuth, s, &there), INCMAP_OK);
    ck_assert(there.lon >= -180 && there.lon < 180);
    ck_assert_msg(apart_m(there, to) <= MICROMETRE, "%s: arrived %.9f m off", row->field[WHY],
                  apart_m(there, to));
    there = incmap__geodesic_direct(from, azimuth, s, &onward);
    ck_assert_double_le(angle_between(onward, reference_number(row, AZI2)), azimuth_tolerance(row));
    incmap__geodesic_line_init(&line, from, azimuth);
    prepared = incmap__geodesic_line_at(&line, s, &onward_prepared);
    ck_assert_double_le(apart_m(prepared, there), 1e-8);
    ck_assert_double_le(angle_between(onward, onward_prepared), 1e-12);
}

START_TEST(destinations_agree_with_geographiclib_within_a_micrometre)
{
    FILE *file = reference_open("geodesics.csv");
    struct reference_row row;
    int rows = 0;
    while (reference_next(file, &row)) {
        if (strcmp(row.field[KIND], "direct") != 0) continue;
        check_direct(&row);
        rows++;
    }
    fclose(file);
    ck_assert_int_ge(rows, 200);
}
END_TEST

START_TEST(distance_is_the_same_both_ways_and_a_turn_round)
{
    for (int i = 0; i < 2000; i++) {
        const incmap_coord a = anywhere(), b = anywhere();
        const incmap_coord turned = { b.lat, b.lon + 360 * (i % 5 - 2) };
        double ab, ba, wrapped;
        ck_assert_int_eq(incmap_distance(ctx, a, b, &ab), INCMAP_OK);
        ck_assert_int_eq(incmap_distance(ctx, b, a, &ba), INCMAP_OK);
        ck_assert_int_eq(incmap_distance(ctx, a, turned, &wrapped), INCMAP_OK);
        ck_assert_double_ge(ab, 0);
        ck_assert_double_le(ab, INCMAP__WGS84_DISTANCE_MAX + MICROMETRE);
        /* Not to the last bit: the solver puts the points in order first, and b + 360 is rounded. */
        ck_assert_msg(fabs(ab - ba) <= 2e-8, "pair %d: %.9f and %.9f", i, ab, ba);
        ck_assert_msg(fabs(ab - wrapped) <= 1e-7, "pair %d: %.9f and %.9f", i, ab, wrapped);
    }
}
END_TEST

START_TEST(no_detour_is_shorter)
{
    for (int i = 0; i < 2000; i++) {
        const incmap_coord a = anywhere(), b = anywhere(), c = anywhere();
        double ab, bc, ac;
        ck_assert_int_eq(incmap_distance(ctx, a, b, &ab), INCMAP_OK);
        ck_assert_int_eq(incmap_distance(ctx, b, c, &bc), INCMAP_OK);
        ck_assert_int_eq(incmap_distance(ctx, a, c, &ac), INCMAP_OK);
        ck_assert_msg(ac <= ab + bc + 5e-8, "triple %d", i);
    }
}
END_TEST

START_TEST(going_where_the_inverse_says_arrives)
{
    for (int i = 0; i < 2000; i++) {
        const incmap_coord a = anywhere(), b = anywhere();
        incmap_geodesic there, back;
        incmap_coord c;
        ck_assert_int_eq(incmap_inverse(ctx, a, b, &there), INCMAP_OK);
        ck_assert_int_eq(incmap_inverse(ctx, b, a, &back), INCMAP_OK);
        ck_assert_int_eq(incmap_destination(ctx, a, there.azimuth_deg, there.distance_m, &c),
                         INCMAP_OK);
        ck_assert_msg(apart_m(b, c) <= MICROMETRE, "pair %d", i);
        ck_assert_int_eq(incmap_destination(ctx, b, there.back_azimuth_deg, there.distance_m, &c),
                         INCMAP_OK);
        ck_assert_msg(apart_m(a, c) <= MICROMETRE, "pair %d backwards", i);
        /* A negative distance goes the same way backwards. */
        ck_assert_int_eq(
            incmap_destination(ctx, b, there.back_azimuth_deg + 180, -there.distance_m, &c),
            INCMAP_OK);
        ck_assert_msg(apart_m(a, c) <= MICROMETRE, "pair %d by a negative distance", i);
    }
}
END_TEST

START_TEST(coincident_points_are_exactly_zero_apart_with_azimuths_zero)
{
    static const incmap_coord same[][2] = {
        { { 50.46139, 35.6025 }, { 50.46139, 35.6025 } },
        { { 10, 170 }, { 10, 530 } },
        { { -33.5, 180 }, { -33.5, -180 } },
        { { 90, 12 }, { 90, -77 } },
        { { 0.0, -0.0 }, { -0.0, 0.0 } },
    };
    for (size_t i = 0; i < sizeof same / sizeof same[0]; i++) {
        incmap_geodesic g = { -1, -1, -1 };
        ck_assert_int_eq(incmap_inverse(ctx, same[i][0], same[i][1], &g), INCMAP_OK);
        ck_assert_double_eq(g.distance_m, 0);
        ck_assert_double_eq(g.azimuth_deg, 0);
        ck_assert_double_eq(g.back_azimuth_deg, 0);
    }
}
END_TEST

START_TEST(matrix_and_rows_equal_the_pairs)
{
    incmap_coord from[7], to[11];
    double matrix[7 * 11], row[11], pair;
    for (int i = 0; i < 7; i++)
        from[i] = anywhere();
    for (int j = 0; j < 11; j++)
        to[j] = anywhere();
    ck_assert_int_eq(incmap_distance_matrix(ctx, from, 7, to, 11, matrix), INCMAP_OK);
    for (int i = 0; i < 7; i++) {
        ck_assert_int_eq(incmap_distance_many(ctx, from[i], to, 11, row), INCMAP_OK);
        for (int j = 0; j < 11; j++) {
            ck_assert_int_eq(incmap_distance(ctx, from[i], to[j], &pair), INCMAP_OK);
            ck_assert_double_eq(matrix[i * 11 + j], pair);
            ck_assert_double_eq(row[j], pair);
        }
    }
}
END_TEST

START_TEST(bad_points_of_a_list_become_nan_and_are_counted)
{
    const incmap_coord from[3] = { { 50, 36 }, { 95, 36 }, { 51, 36 } };
    const incmap_coord to[4] = { { 50, 37 }, { NAN, 1 }, { 1, INFINITY }, { 52, 37 } };
    double metres[12], row[4];

    ck_assert_int_eq(incmap_distance_matrix(ctx, from, 3, to, 4, metres), INCMAP_EPARTIAL);
    ck_assert_ptr_nonnull(strstr(incmap_ctx_message(ctx), "3 of 7 points"));
    ck_assert_ptr_nonnull(strstr(incmap_ctx_message(ctx), "from[1], latitude 95"));
    for (int i = 0; i < 12; i++)
        ck_assert_int_eq(isnan(metres[i]) != 0, i / 4 == 1 || i % 4 == 1 || i % 4 == 2);
    ck_assert_int_eq(incmap_distance_many(ctx, from[0], to, 4, row), INCMAP_EPARTIAL);
    ck_assert_ptr_nonnull(strstr(incmap_ctx_message(ctx), "2 of 4 points"));
    ck_assert_ptr_nonnull(strstr(incmap_ctx_message(ctx), "to[1]"));
    ck_assert(row[0] == metres[0] && isnan(row[1]) && isnan(row[2]) && row[3] == metres[3]);

    row[0] = 42;
    ck_assert_int_eq(incmap_distance_many(ctx, from[1], to, 4, row), INCMAP_EDOMAIN);
    ck_assert_double_eq(row[0], 42);
    ck_assert_int_eq(incmap_distance_many(ctx, from[0], NULL, 0, NULL), INCMAP_OK);
    ck_assert_int_eq(incmap_distance_many(ctx, from[0], NULL, 1, row), INCMAP_EARG);
    ck_assert_int_eq(incmap_distance_matrix(ctx, NULL, 0, NULL, 0, NULL), INCMAP_OK);
    ck_assert_int_eq(incmap_distance_matrix(ctx, from, 3, to, 4, NULL), INCMAP_EARG);
}
END_TEST

static const incmap_coord no_coordinates[] = {
    { 95, 36 },  { 90.0000001, 0 }, { -90.1, 0 },     { NAN, 36 },
    { 50, NAN }, { INFINITY, 0 },   { 50, INFINITY }, { 50, -INFINITY },
};

START_TEST(what_is_no_coordinate_is_refused_and_outputs_stay)
{
    const incmap_coord bad = no_coordinates[_i], good = { 50, 36 };
    incmap_geodesic g = { 42, 42, 42 };
    incmap_coord there = { 42, 42 };
    double d = 42;

    ck_assert_int_eq(incmap_distance(ctx, bad, good, &d), INCMAP_EDOMAIN);
    ck_assert_ptr_nonnull(strstr(incmap_ctx_message(ctx), "the first point"));
    ck_assert_int_eq(incmap_distance(ctx, good, bad, &d), INCMAP_EDOMAIN);
    ck_assert_ptr_nonnull(strstr(incmap_ctx_message(ctx), "the second point"));
    ck_assert_int_eq(incmap_inverse(ctx, good, bad, &g), INCMAP_EDOMAIN);
    ck_assert_int_eq(incmap_destination(ctx, bad, 0, 1, &there), INCMAP_EDOMAIN);
    ck_assert_double_eq(d, 42);
    ck_assert(g.distance_m == 42 && g.azimuth_deg == 42 && g.back_azimuth_deg == 42);
    ck_assert(there.lat == 42 && there.lon == 42);
}
END_TEST

START_TEST(a_destination_needs_finite_numbers_and_stands_huge_ones)
{
    static const double values[] = { 1e300, -1e300, 1e18, 720.5, -1e-300 };
    const incmap_coord from = { 50, 36 };
    incmap_coord there = { 42, 42 };
    ck_assert_int_eq(incmap_destination(ctx, from, NAN, 1, &there), INCMAP_EDOMAIN);
    ck_assert_int_eq(incmap_destination(ctx, from, 0, INFINITY, &there), INCMAP_EDOMAIN);
    ck_assert(there.lat == 42 && there.lon == 42);
    for (int i = 0; i < 5; i++)
        for (int j = 0; j < 5; j++) {
            ck_assert_int_eq(incmap_destination(ctx, from, values[i], values[j], &there),
                             INCMAP_OK);
            ck_assert(incmap_coord_is_valid(there) && there.lon >= -180 && there.lon < 180);
        }
}
END_TEST

START_TEST(null_is_refused)
{
    const incmap_coord c = { 50, 36 };
    double d;
    ck_assert_int_eq(incmap_distance(NULL, c, c, &d), INCMAP_EARG);
    ck_assert_int_eq(incmap_distance(ctx, c, c, NULL), INCMAP_EARG);
    ck_assert_int_eq(incmap_inverse(ctx, c, c, NULL), INCMAP_EARG);
    ck_assert_int_eq(incmap_destination(ctx, c, 0, 0, NULL), INCMAP_EARG);
    ck_assert_int_eq(incmap_ctx_status(ctx), INCMAP_EARG);
}
END_TEST

START_TEST(distances_need_no_memory)
{
    const incmap_coord points[2] = { { 50, 36 }, { 51, 37 } };
    struct faulty faulty = { 0 };
    incmap_ctx *poor = faulty_ctx(&faulty);
    incmap_geodesic g;
    incmap_coord there;
    double d[4];
    faulty.budget = 0;
    ck_assert_int_eq(incmap_distance(poor, points[0], points[1], d), INCMAP_OK);
    ck_assert_int_eq(incmap_inverse(poor, points[0], points[1], &g), INCMAP_OK);
    ck_assert_int_eq(incmap_destination(poor, points[0], 30, 1000, &there), INCMAP_OK);
    ck_assert_int_eq(incmap_distance_matrix(poor, points, 2, points, 2, d), INCMAP_OK);
    incmap_ctx_free(poor);
    ck_assert_int_eq(faulty.blocks, 0);
}
END_TEST

static void *first_distance(void *out)
{
    incmap__geodesic_inverse((incmap_coord){ 50, 36 }, (incmap_coord){ 51, 37 }, out, NULL, NULL);
    return NULL;
}

/* With the thread sanitizer this shows that PROJ is set up once: CK_FORK makes each test a process
 * of its own, so this one is the first to ask. */
START_TEST(first_calls_from_many_threads_agree)
{
    pthread_t threads[8];
    double d[8];
    for (int i = 0; i < 8; i++)
        ck_assert_int_eq(pthread_create(&threads[i], NULL, first_distance, &d[i]), 0);
    for (int i = 0; i < 8; i++)
        pthread_join(threads[i], NULL);
    for (int i = 1; i < 8; i++)
        ck_assert_double_eq(d[i], d[0]);
    ck_assert_double_gt(d[0], 1e5);
}
END_TEST

START_TEST(the_constants_are_those_of_wgs84)
{
    const double a = INCMAP__WGS84_A, f = INCMAP__WGS84_F;
    const incmap__ecef pole = incmap__ecef_from_coord((incmap_coord){ 90, 0 });
    const incmap__ecef east = incmap__ecef_from_coord((incmap_coord){ 0, 90 + 720 });
    const incmap__ecef kozinka = incmap__ecef_from_coord((incmap_coord){ 50.46139, 35.6025 });
    double half_meridian;
    ck_assert_double_eq_tol(INCMAP__WGS84_B, a * (1 - f), 1e-9);
    ck_assert_double_eq_tol(INCMAP__WGS84_E2, f * (2 - f), 1e-18);
    ck_assert_double_eq_tol(INCMAP__WGS84_RADIUS_MIN, a * (1 - f) * (1 - f), 1e-8);
    ck_assert_double_eq_tol(INCMAP__WGS84_RADIUS_MAX, a / (1 - f), 1e-8);
    incmap__geodesic_inverse((incmap_coord){ 90, 0 }, (incmap_coord){ -90, 0 }, &half_meridian,
                             NULL, NULL);
    ck_assert_double_eq_tol(INCMAP__WGS84_DISTANCE_MAX, half_meridian, 1e-8);
    ck_assert_double_eq_tol(pole.z, INCMAP__WGS84_B, 1e-8);
    ck_assert_double_eq_tol(pole.x, 0, 1e-8);
    ck_assert_double_eq_tol(east.y, a, 1e-8);
    ck_assert_double_eq_tol(east.x, 0, 1e-8);
    /* cs2cs EPSG:4979 to EPSG:4978, to 0.1 mm */
    ck_assert_double_eq_tol(kozinka.x, 3307929.402138, 1e-4);
    ck_assert_double_eq_tol(kozinka.y, 2368463.170950, 1e-4);
    ck_assert_double_eq_tol(kozinka.z, 4895619.545996, 1e-4);
}
END_TEST

START_TEST(units_are_named_and_read_back)
{
    static const double metres[] = { 1, 1000, 1609.344, 1852 };
    incmap_unit unit;
    for (int u = INCMAP_UNIT_M; u <= INCMAP_UNIT_NMI; u++) {
        ck_assert_double_eq(incmap_unit_metres((incmap_unit)u), metres[u]);
        ck_assert(incmap_unit_parse(incmap_unit_text((incmap_unit)u), &unit));
        ck_assert_int_eq((int)unit, u);
    }
    unit = INCMAP_UNIT_MI;
    ck_assert(!incmap_unit_parse("ell", &unit) && !incmap_unit_parse("", &unit));
    ck_assert(!incmap_unit_parse("KM", &unit) && !incmap_unit_parse(NULL, &unit));
    ck_assert_int_eq((int)unit, INCMAP_UNIT_MI);
    ck_assert(isnan(incmap_unit_metres((incmap_unit)9)) &&
              isnan(incmap_unit_metres((incmap_unit)-1)));
    ck_assert_str_eq(incmap_unit_text((incmap_unit)9), "");
}
END_TEST

static const struct {
    double azimuth;
    const char *of_16, *of_8;
} compass[] = {
    { 0, "N", "N" },     { 11.24, "N", "N" },   { 11.25, "NNE", "N" },  { 22.5, "NNE", "NE" },
    { 45, "NE", "NE" },  { 225.3, "SW", "SW" }, { 348.74, "NNW", "N" }, { 348.76, "N", "N" },
    { 359.9, "N", "N" }, { 360, "N", "N" },     { -90, "W", "W" },      { -0.0, "N", "N" },
    { 450, "E", "E" },   { -1e-20, "N", "N" },  { 180, "S", "S" },      { 157.6, "SSE", "S" },
    { 1e6, "W", "W" },   { NAN, "", "" },       { INFINITY, "", "" },
};

START_TEST(azimuths_become_compass_points)
{
    ck_assert_str_eq(incmap_compass_text(compass[_i].azimuth, 16), compass[_i].of_16);
    ck_assert_str_eq(incmap_compass_text(compass[_i].azimuth, 8), compass[_i].of_8);
    ck_assert_str_eq(incmap_compass_text(compass[_i].azimuth, 4), "");
}
END_TEST

#define PM " \xC2\xB1"
static const struct {
    const char *why;
    double value, band;
    incmap_unit unit;
    const char *text;
} measures[] = {
    { "the header's first", 1794, 900, INCMAP_UNIT_KM, "1.8" PM "0.9" },
    { "the header's second", 543, 1100, INCMAP_UNIT_KM, "0.5" PM "1.1" },
    { "the same in metres", 543, 1100, INCMAP_UNIT_M, "500" PM "1100" },
    { "a band is rounded up", 1794, 801, INCMAP_UNIT_KM, "1.8" PM "0.9" },
    { "and up to the next power of ten", 1794, 951, INCMAP_UNIT_KM, "1.8" PM "1.0" },
    { "a first digit 1 keeps a second", 1794, 1010, INCMAP_UNIT_KM, "1.8" PM "1.1" },
    { "which it loses when it becomes a 2", 1794, 1950, INCMAP_UNIT_KM, "2" PM "2" },
    { "exactly 2", 1794, 2000, INCMAP_UNIT_KM, "2" PM "2" },
    { "a little over 2", 1794, 2001, INCMAP_UNIT_KM, "2" PM "3" },
    { "9.5 becomes 10", 31420, 9500, INCMAP_UNIT_KM, "31" PM "10" },
    { "tens of kilometres", 1234567, 42000, INCMAP_UNIT_KM, "1230" PM "50" },
    { "tenths that are no doubles", 700, 300, INCMAP_UNIT_KM, "0.7" PM "0.3" },
    { "negative", -60, 900, INCMAP_UNIT_KM, "-0.1" PM "0.9" },
    { "negative that rounds to zero", -40, 900, INCMAP_UNIT_KM, "0.0" PM "0.9" },
    { "negative that rounds to zero in whole numbers", -4, 100, INCMAP_UNIT_M, "0" PM "100" },
    { "minus zero", -0.0, 0, INCMAP_UNIT_M, "0" },
    { "metres", 61.96, 100, INCMAP_UNIT_M, "60" PM "100" },
    { "halves go away from zero", 250, 300, INCMAP_UNIT_M, "300" PM "300" },
    { "halves below zero too", -250, 300, INCMAP_UNIT_M, "-300" PM "300" },
    { "no band, metres", 1794.53, 0, INCMAP_UNIT_M, "1795" },
    { "no band, kilometres", 1794.53, 0, INCMAP_UNIT_KM, "1.795" },
    { "a band that is not known", 1794.53, NAN, INCMAP_UNIT_KM, "1.795" },
    { "373 miles", 600285.312, 0, INCMAP_UNIT_MI, "373.000" },
    { "373 miles give or take 5", 600285.312, 8046.72, INCMAP_UNIT_MI, "373" PM "5" },
    { "nautical miles", 1852, 185.2, INCMAP_UNIT_NMI, "1.00" PM "0.10" },
    { "a band below the finest place", 5, 1e-9, INCMAP_UNIT_M, "5.000000" PM "0.000001" },
    { "the longest text", -999999999.9999, 1e-9, INCMAP_UNIT_M, "-999999999.999900" PM "0.000001" },
    { "the widest band", 0, 1e9, INCMAP_UNIT_M, "0" PM "1000000000" },
    { "NaN", NAN, 5, INCMAP_UNIT_M, "?" },
    { "infinite", INFINITY, 5, INCMAP_UNIT_M, "?" },
    { "beyond the Earth", 1.1e9, 5, INCMAP_UNIT_M, "?" },
    { "an infinite band", 5, INFINITY, INCMAP_UNIT_M, "?" },
    { "no such unit", 5, 1, (incmap_unit)9, "?" },
};

START_TEST(a_measure_shows_no_more_than_its_band_allows)
{
    char text[INCMAP_MEASURE_TEXT_SIZE];
    const char *got =
        incmap_measure_text(measures[_i].value, measures[_i].band, measures[_i].unit, text);
    ck_assert_ptr_eq(got, text);
    ck_assert_msg(strcmp(text, measures[_i].text) == 0, "%s: \"%s\", not \"%s\"", measures[_i].why,
                  text, measures[_i].text);
}
END_TEST

START_TEST(a_shown_band_is_never_too_small_nor_half_as_large_again)
{
    char text[INCMAP_MEASURE_TEXT_SIZE];
    for (int i = 0; i < 5000; i++) {
        const double band = pow(10, uniform(-3, 6)), value = uniform(-1e6, 1e6);
        double shown, shown_band;
        incmap_measure_text(value, band, INCMAP_UNIT_M, text);
        shown = strtod(text, NULL);
        shown_band = strtod(strstr(text, PM) + 3, NULL);
        ck_assert_msg(shown_band >= band * (1 - 2e-9) && shown_band <= band * 1.5, "%s for %.9g",
                      text, band);
        /* The value moves by half a step at most, and a step is half the band at most ("2"). */
        ck_assert_msg(fabs(shown - value) <= shown_band / 4 + 1e-9, "%s for %.9g", text, value);
    }
}
END_TEST

START_TEST(a_band_below_the_finest_place_is_shown_as_one_step)
{
    char text[INCMAP_MEASURE_TEXT_SIZE];

    ck_assert_str_eq(incmap_measure_text(1, 1e-20, INCMAP_UNIT_M, text), "1.000000" PM "0.000001");
    ck_assert_str_eq(incmap_measure_text(1, 5e-324, INCMAP_UNIT_KM, text),
                     "0.001000" PM "0.000001");
    ck_assert_str_eq(incmap_measure_text(1, 1, INCMAP_UNIT_M, NULL), "");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("distance");
    TCase *tc = tcase_create("geodesics");
    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_set_timeout(tc, 120);
    tcase_add_test(tc, inverse_problems_agree_with_geographiclib_within_a_micrometre);
    tcase_add_test(tc, destinations_agree_with_geographiclib_within_a_micrometre);
    tcase_add_test(tc, distance_is_the_same_both_ways_and_a_turn_round);
    tcase_add_test(tc, no_detour_is_shorter);
    tcase_add_test(tc, going_where_the_inverse_says_arrives);
    tcase_add_test(tc, coincident_points_are_exactly_zero_apart_with_azimuths_zero);
    tcase_add_test(tc, matrix_and_rows_equal_the_pairs);
    tcase_add_test(tc, bad_points_of_a_list_become_nan_and_are_counted);
    tcase_add_loop_test(tc, what_is_no_coordinate_is_refused_and_outputs_stay, 0,
                        sizeof no_coordinates / sizeof no_coordinates[0]);
    tcase_add_test(tc, a_destination_needs_finite_numbers_and_stands_huge_ones);
    tcase_add_test(tc, null_is_refused);
    tcase_add_test(tc, distances_need_no_memory);
    tcase_add_test(tc, first_calls_from_many_threads_agree);
    tcase_add_test(tc, the_constants_are_those_of_wgs84);
    suite_add_tcase(suite, tc);

    tc = tcase_create("texts");
    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(tc, units_are_named_and_read_back);
    tcase_add_loop_test(tc, azimuths_become_compass_points, 0, sizeof compass / sizeof compass[0]);
    tcase_add_loop_test(tc, a_measure_shows_no_more_than_its_band_allows, 0,
                        sizeof measures / sizeof measures[0]);
    tcase_add_test(tc, a_shown_band_is_never_too_small_nor_half_as_large_again);
    tcase_add_test(tc, a_band_below_the_finest_place_is_shown_as_one_step);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
