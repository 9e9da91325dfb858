/* SPDX-License-Identifier: MIT */
/* Positions: their range, the ways in which they are written, and how exact each way can be. */
#include "harness.h"

#include <incmap/coord.h>

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "random.h"

static incmap_ctx *ctx;
static void setup(void)
{
    ck_assert_int_eq(incmap_ctx_new(NULL, &ctx), INCMAP_OK);
}
static void teardown(void)
{
    incmap_ctx_free(ctx);
}

/* ---- ranges ---- */

START_TEST(a_position_is_valid_up_to_the_poles_and_at_any_longitude)
{
    ck_assert(incmap_coord_is_valid((incmap_coord){ 90, 0 }));
    ck_assert(incmap_coord_is_valid((incmap_coord){ -90, 1e6 }));
    ck_assert(!incmap_coord_is_valid((incmap_coord){ 95, 0 }));
    ck_assert(!incmap_coord_is_valid((incmap_coord){ nextafter(90, 91), 0 }));
    ck_assert(!incmap_coord_is_valid((incmap_coord){ NAN, 0 }));
    ck_assert(!incmap_coord_is_valid((incmap_coord){ 0, NAN }));
    ck_assert(!incmap_coord_is_valid((incmap_coord){ 0, -INFINITY }));
}
END_TEST

static const struct {
    const char *why;
    double lon, wrapped;
} wraps[] = {
    { "in range", 35.6, 35.6 },
    { "180 is the same meridian as -180", 180, -180 },
    { "-180 stays", -180, -180 },
    { "a turn and a half", 540, -180 },
    { "a turn and a half back", -540, -180 },
    { "just over", 180.5, -179.5 },
    { "just under", -180.5, 179.5 },
    { "three turns", 1090, 10 },
    { "many turns", 3.6e14 + 90, 90 },
    { "just below 180 stays", 179.99999999999997, 179.99999999999997 },
};

START_TEST(longitude_wraps_to_one_turn_exactly)
{
    const incmap_coord c = incmap_coord_wrap((incmap_coord){ 12.5, wraps[_i].lon });
    ck_assert_msg(c.lon == wraps[_i].wrapped, "%s: %.17g", wraps[_i].why, c.lon);
    ck_assert(c.lat == 12.5);
}
END_TEST

START_TEST(what_is_no_longitude_stays_none)
{
    ck_assert(isnan(incmap_coord_wrap((incmap_coord){ 0, NAN }).lon));
    ck_assert(isinf(incmap_coord_wrap((incmap_coord){ 0, INFINITY }).lon));
}
END_TEST

/* ---- reading ---- */

#define KOZINKA_LAT (50 + 27 / 60.0 + 41 / 3600.0)
#define KOZINKA_LON (35 + 36 / 60.0 + 9 / 3600.0)

static const struct {
    const char *why;
    const char *text;
    double lat, lon, lat_step, lon_step;
} positions[] = {
    { "decimal", "50.4614, 35.6025", 50.4614, 35.6025, 1e-4, 1e-4 },
    { "decimal, no space", "50.4614,35.6025", 50.4614, 35.6025, 1e-4, 1e-4 },
    { "decimal, spaces only", "  50.4614\t35.6025 \n", 50.4614, 35.6025, 1e-4, 1e-4 },
    { "spaces that do not break", "50.4614\u00A035.6025", 50.4614, 35.6025, 1e-4, 1e-4 },
    { "semicolon", "50.4614; 35.6", 50.4614, 35.6, 1e-4, .1 },
    { "whole degrees", "50, 35", 50, 35, 1, 1 },
    { "letters behind", "50.4614N 35.6025E", 50.4614, 35.6025, 1e-4, 1e-4 },
    { "small letters", "50.4614n, 35.6025e", 50.4614, 35.6025, 1e-4, 1e-4 },
    { "letters in front", "N50.4614 E35.6025", 50.4614, 35.6025, 1e-4, 1e-4 },
    { "letters turn the order", "35.6025E 50.4614N", 50.4614, 35.6025, 1e-4, 1e-4 },
    { "letters in front turn it too", "E35.6025, N50.4614", 50.4614, 35.6025, 1e-4, 1e-4 },
    { "south and west", "33.9S 151.2W", -33.9, -151.2, .1, .1 },
    { "signs", "-33.90, +151.2", -33.9, 151.2, .01, .1 },
    { "the minus of typesetters", "\u221233.9 \u2212151.2", -33.9, -151.2, .1, .1 },
    { "degree signs", "50.4614° 35.6025°", 50.4614, 35.6025, 1e-4, 1e-4 },
    { "seconds, typewriter", "50°27'41\"N 35°36'09\"E", KOZINKA_LAT, KOZINKA_LON, 1 / 3600.0,
      1 / 3600.0 },
    { "seconds, primes", "50°27′41″N, 35°36′09″E", KOZINKA_LAT, KOZINKA_LON, 1 / 3600.0,
      1 / 3600.0 },
    { "seconds, two apostrophes", "50°27'41''N 35°36'09''E", KOZINKA_LAT, KOZINKA_LON, 1 / 3600.0,
      1 / 3600.0 },
    { "seconds, quotes of typesetters", "50º 27’ 41” N 35º 36’ 09” E", KOZINKA_LAT, KOZINKA_LON,
      1 / 3600.0, 1 / 3600.0 },
    { "seconds without letters", "50°27′41″ 35°36′09″", KOZINKA_LAT, KOZINKA_LON, 1 / 3600.0,
      1 / 3600.0 },
    { "seconds without marks", "50 27 41 35 36 09", KOZINKA_LAT, KOZINKA_LON, 1 / 3600.0,
      1 / 3600.0 },
    { "seconds without marks, comma", "50 27 41, 35 36 09", KOZINKA_LAT, KOZINKA_LON, 1 / 3600.0,
      1 / 3600.0 },
    { "seconds with a fraction", "50°27′41.0″N 35°36′09.00″E", KOZINKA_LAT, KOZINKA_LON,
      1 / 36000.0, 1 / 360000.0 },
    { "whole minutes", "50°27′N 35°35′E", 50.45, 35 + 35 / 60.0, 1 / 60.0, 1 / 60.0 },
    { "minutes with a fraction", "N50 27.683 E35 36.15", 50 + 27.683 / 60, 35 + 36.15 / 60,
      1 / 60e3, 1 / 60e2 },
    { "sign of a latitude below one", "-0°30′, -0 15", -.5, -.25, 1 / 60.0, 1 / 60.0 },
    { "Russian", "50°27′41″ с. ш. 35°36′09″ в. д.", KOZINKA_LAT, KOZINKA_LON, 1 / 3600.0,
      1 / 3600.0 },
    { "Russian, narrow and large", "50°27′41″С.Ш. 35°36′09″В.Д.", KOZINKA_LAT, KOZINKA_LON,
      1 / 3600.0, 1 / 3600.0 },
    { "Russian, south and west", "10° ю. ш. 20° з. д.", -10, -20, 1, 1 },
    { "Ukrainian", "50°27′41″ пн. ш. 35°36′09″ сх. д.", KOZINKA_LAT, KOZINKA_LON, 1 / 3600.0,
      1 / 3600.0 },
    { "Ukrainian, south and west", "10° пд. ш., 20° зх. д.", -10, -20, 1, 1 },
    { "decimal comma and semicolon", "50,4614; 35,6025", 50.4614, 35.6025, 1e-4, 1e-4 },
    { "decimal comma and space", "50,4614 35,6025", 50.4614, 35.6025, 1e-4, 1e-4 },
    { "decimal comma, comma and space", "50,4614, 35,6025", 50.4614, 35.6025, 1e-4, 1e-4 },
    { "decimal comma and letters", "50,4614N 35,6025E", 50.4614, 35.6025, 1e-4, 1e-4 },
    { "decimal comma in minutes", "50 27,683 35 36,15", 50 + 27.683 / 60, 35 + 36.15 / 60, 1 / 60e3,
      1 / 60e2 },
    { "a comma that can only part", "50,27", 50, 27, 1, 1 },
    { "a comma that parts minutes", "50 27,35 36", 50.45, 35.6, 1 / 60.0, 1 / 60.0 },
    { "the pole and the date line", "90N 180W", 90, -180, 1, 1 },
};

START_TEST(a_position_is_read_in_every_way_it_is_written)
{
    incmap_coord_text got = { .precision_m = -1 };
    const incmap_status st = incmap_coord_parse(ctx, positions[_i].text, &got);

    ck_assert_msg(!st, "%s: %s", positions[_i].why, incmap_ctx_message(ctx));
    /* 1e-13 degrees: a few roundings of a sum of at most 180. */
    ck_assert_msg(fabs(got.at.lat - positions[_i].lat) <= 1e-13 &&
                      fabs(got.at.lon - positions[_i].lon) <= 1e-13,
                  "%s: %.17g %.17g", positions[_i].why, got.at.lat, got.at.lon);
    ck_assert_msg(fabs(got.lat_step_deg / positions[_i].lat_step - 1) <= 1e-14 &&
                      fabs(got.lon_step_deg / positions[_i].lon_step - 1) <= 1e-14,
                  "%s: steps %.17g %.17g", positions[_i].why, got.lat_step_deg, got.lon_step_deg);
    ck_assert(incmap_ctx_status(ctx) == INCMAP_OK);
}
END_TEST

static const struct {
    const char *text;
    incmap_status status;
    const char *message; /* behind "position: " */
} refused[] = {
    { "", INCMAP_EPARSE,
      "found the end at character 1, expected as many numbers for the longitude as for the "
      "latitude" },
    { "50", INCMAP_EPARSE,
      "found the end at character 3, expected as many numbers for the longitude as for the "
      "latitude" },
    { "50 27 35", INCMAP_EPARSE, NULL },
    { "50,", INCMAP_EPARSE, "found the end at character 4, expected degrees" },
    { "50°27′ 35x", INCMAP_EPARSE,
      "found \"x\" at character 10, expected degrees, minutes, seconds or one of N, S, E, W" },
    { "50 Ж 35", INCMAP_EPARSE,
      "found \"Ж\" at character 4, expected degrees, minutes, seconds or one of N, S, E, W" },
    { "50\xFF 35", INCMAP_EPARSE,
      "found byte 0xFF, which is not UTF-8, at character 3, expected degrees, minutes, seconds or "
      "one of N, S, E, W" },
    { "50\x01 35", INCMAP_EPARSE,
      "found U+0001 at character 3, expected degrees, minutes, seconds or one of N, S, E, W" },
    { "nan, 35", INCMAP_EPARSE, NULL },
    { "inf, 35", INCMAP_EPARSE, NULL },
    { "0x32, 35", INCMAP_EPARSE, NULL },
    { "5e1, 35", INCMAP_EPARSE, NULL },
    { "50.4614-35.6025", INCMAP_EPARSE, NULL },
    { "50 -27 35 36", INCMAP_EPARSE,
      "found \"2\" at character 5, expected a number without a sign" },
    { "-50N 35E", INCMAP_EPARSE,
      "found \"N\" at character 4, expected no letter where there is a sign" },
    { "50N 35N", INCMAP_EPARSE,
      "found \"3\" at character 5, expected a longitude beside the latitude" },
    { "50E 35E", INCMAP_EPARSE, NULL },
    { "N50N E35", INCMAP_EPARSE, NULL },
    { "50N 35", INCMAP_EPARSE,
      "found the end at character 7, expected a letter N, S, E or W for both coordinates" },
    { "50.5°27′ 35°", INCMAP_EPARSE,
      "found \"2\" at character 6, expected nothing smaller behind a decimal fraction" },
    { "50°27″ 35°", INCMAP_EPARSE, NULL },
    { "50′27° 35°", INCMAP_EPARSE, NULL },
    { "1 2 3 4, 5", INCMAP_EPARSE, NULL },
    { "1 2 3 4 5 6 7 8 9 10 11 12 13 14", INCMAP_EPARSE, NULL },
    { "50,4614,35,6025", INCMAP_EPARSE, NULL },
    { "50,46 35", INCMAP_EPARSE,
      "found a comma that may be decimal or a separator in \"50,46 35\", expected points or a "
      "semicolon" },
    { "50.4614, 35.6025 Kozinka", INCMAP_EPARSE, NULL },
    { "1111111111111111111111111111111111111111111111111, 2", INCMAP_EPARSE, NULL },
    { "95, 35", INCMAP_EDOMAIN, "found latitude 95 at character 1, expected -90 to 90" },
    { "95,35", INCMAP_EDOMAIN, "found latitude 95 at character 1, expected -90 to 90" },
    { "95,5; 35,6", INCMAP_EDOMAIN, "found latitude 95.5 at character 1, expected -90 to 90" },
    { "-90.0001 35", INCMAP_EDOMAIN, "found latitude -90.0001 at character 2, expected -90 to 90" },
    { "90°00′01″N 35°E", INCMAP_EDOMAIN, NULL },
    { "50, 181", INCMAP_EDOMAIN, "found longitude 181 at character 5, expected -180 to 180" },
    { "100E 95N", INCMAP_EDOMAIN, "found latitude 95 at character 6, expected -90 to 90" },
    { "50°60′N 35°E", INCMAP_EDOMAIN, "found minutes 60 at character 4, expected less than 60" },
    { "50°27′60.5″N 35°E", INCMAP_EDOMAIN,
      "found seconds 60.5 at character 7, expected less than 60" },
};

START_TEST(what_is_no_position_is_told_at_its_character)
{
    static const incmap_coord_text before = { { 1, 2 }, 3, 4, 5 };
    incmap_coord_text got = before;
    const incmap_status st = incmap_coord_parse(ctx, refused[_i].text, &got);

    ck_assert_msg(st == refused[_i].status, "\"%s\": %d %s", refused[_i].text, st,
                  incmap_ctx_message(ctx));
    ck_assert_int_eq(strncmp(incmap_ctx_message(ctx), "position: found ", 16), 0);
    if (refused[_i].message) ck_assert_str_eq(incmap_ctx_message(ctx) + 10, refused[_i].message);
    ck_assert_mem_eq(&got, &before, sizeof got);
}
END_TEST

START_TEST(a_missing_pointer_is_told)
{
    incmap_coord_text got;
    ck_assert_int_eq(incmap_coord_parse(NULL, "50, 35", &got), INCMAP_EARG);
    ck_assert_int_eq(incmap_coord_parse(ctx, NULL, &got), INCMAP_EARG);
    ck_assert_int_eq(incmap_coord_parse(ctx, "50, 35", NULL), INCMAP_EARG);
}
END_TEST

/* ---- how exact ---- */

static const struct {
    const char *why;
    const char *text;
    double metres, tolerance;
} exactness[] = {
    /* Lengths of a degree of latitude and of longitude from the table in "Geographic coordinate
     * system", Wikipedia: given to the metre, so 0.5 m each. */
    { "equator", "0, 10", 156903.6, 1 },            /* 110574, 111320 */
    { "15 degrees", "15, 10", 154306.3, 1 },        /* 110649, 107551 */
    { "30 degrees", "30, 10", 146961.6, 1 },        /* 110852, 96486 */
    { "60 degrees south", "60S 10E", 124604.5, 1 }, /* 111412, 55800 */
    { "at the pole longitude means nothing", "90, 10", 111694, 1 },
    /* geod -I +ellps=WGS84 over one minute each way, centred there: 1853.9621, 1183.7387 m; a
     * chord of one minute is off by less than a centimetre. */
    { "whole minutes at Kozinka", "50°27′N 35°35′E", 2199.639, .05 },
    { "whole minutes and whole degrees", "50°27′N 35°E", 71048.5, 1 }, /* 1853.962, 60 * 1183.74 */
};

START_TEST(the_way_of_writing_leaves_one_step_each_way)
{
    incmap_coord_text got;
    ck_assert_int_eq(incmap_coord_parse(ctx, exactness[_i].text, &got), INCMAP_OK);
    ck_assert_msg(fabs(got.precision_m - exactness[_i].metres) <= exactness[_i].tolerance,
                  "%s: %.3f m", exactness[_i].why, got.precision_m);
}
END_TEST

/* ---- write, then read ---- */

static test_random numbers;

/* lat and lon in seconds, written in one of five ways. */
static void write_position(char *text, size_t size, int lat, int lon)
{
    const int a = abs(lat), o = abs(lon);
    const char ns = lat < 0 ? 'S' : 'N', ew = lon < 0 ? 'W' : 'E';
    const char *lat_sign = lat < 0 ? "-" : "", *lon_sign = lon < 0 ? "-" : "";

    switch (random_below(&numbers, 5)) {
    case 0: (void)snprintf(text, size, "%.9f, %.9f", lat / 3600.0, lon / 3600.0); break;
    case 1: (void)snprintf(text, size, "%c%.9f %c%.9f", ew, o / 3600.0, ns, a / 3600.0); break;
    case 2:
        (void)snprintf(text, size, "%d°%d′%d″%c %d°%02d′%02d″%c", a / 3600, a / 60 % 60, a % 60, ns,
                       o / 3600, o / 60 % 60, o % 60, ew);
        break;
    case 3:
        (void)snprintf(text, size, "%s%d %d %d, %s%d %d %d", lat_sign, a / 3600, a / 60 % 60,
                       a % 60, lon_sign, o / 3600, o / 60 % 60, o % 60);
        break;
    default:
        (void)snprintf(text, size, "%s%d° %.7f' %s%d° %.7f'", lat_sign, a / 3600, a % 3600 / 60.0,
                       lon_sign, o / 3600, o % 3600 / 60.0);
    }
}

START_TEST(positions_survive_being_written_and_read)
{
    for (uint32_t seed = 1; seed <= 20000; seed++) {
        incmap_coord_text got;
        char text[100];
        int lat, lon;

        numbers.state = seed;
        lat = (int)random_below(&numbers, 2 * 324000 + 1) - 324000;
        lon = (int)random_below(&numbers, 2 * 648000 + 1) - 648000;
        write_position(text, sizeof text, lat, lon);
        if (incmap_coord_parse(ctx, text, &got))
            ck_abort_msg("seed %u: \"%s\": %s", seed, text, incmap_ctx_message(ctx));
        /* Half a digit of the coarsest writing: nine decimals, or seven of a minute. */
        if (fabs(got.at.lat - lat / 3600.0) > 1e-9 || fabs(got.at.lon - lon / 3600.0) > 1e-9)
            ck_abort_msg("seed %u: \"%s\": %.12f %.12f", seed, text, got.at.lat, got.at.lon);
    }
}
END_TEST

#define COUNT(array) ((int)(sizeof(array) / sizeof *(array)))

int main(void)
{
    Suite *suite = suite_create("coord");
    TCase *tc = tcase_create("coord");
    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(tc, a_position_is_valid_up_to_the_poles_and_at_any_longitude);
    tcase_add_loop_test(tc, longitude_wraps_to_one_turn_exactly, 0, COUNT(wraps));
    tcase_add_test(tc, what_is_no_longitude_stays_none);
    tcase_add_loop_test(tc, a_position_is_read_in_every_way_it_is_written, 0, COUNT(positions));
    tcase_add_loop_test(tc, what_is_no_position_is_told_at_its_character, 0, COUNT(refused));
    tcase_add_test(tc, a_missing_pointer_is_told);
    tcase_add_loop_test(tc, the_way_of_writing_leaves_one_step_each_way, 0, COUNT(exactness));
    tcase_add_test(tc, positions_survive_being_written_and_read);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
