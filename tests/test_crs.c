/* SPDX-License-Identifier: MIT */
/* The text of a reference system, from PROJ. */
#include "harness.h"

#include <math.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "faulty_allocator.h"
#include "geodesy/crs.h"

static incmap__crs *open_crs(const char *name)
{
    const incmap_allocator a = incmap__allocator_default();
    incmap_error err = { 0 };
    incmap__crs *crs = NULL;
    ck_assert_msg(incmap__crs_new(&crs, name, &a, &err) == INCMAP_OK, "%s", err.message);
    return crs;
}

START_TEST(wgs84_is_given_as_esri_writes_it_and_changes_nothing)
{
    incmap__crs *crs = open_crs(_i ? "OGC:CRS84" : NULL);
    incmap_coord at = { 50.4614, 35.6025 };
    incmap_error err = { 0 };
    const char *wkt = NULL;
    ck_assert_int_eq(incmap__crs_esri_wkt(crs, &wkt, &err), INCMAP_OK);
    ck_assert_str_eq(strchr(wkt, ','), ",DATUM[\"D_WGS_1984\",SPHEROID[\"WGS_1984\","
                                       "6378137.0,298.257223563]],PRIMEM[\"Greenwich\",0.0],"
                                       "UNIT[\"Degree\",0.0174532925199433]]");
    ck_assert(incmap__crs_is_wgs84(crs));
    ck_assert_int_eq(incmap__crs_forward(crs, &at, 1, &err), INCMAP_OK);
    ck_assert_double_eq(at.lat, 50.4614);
    ck_assert_double_eq(at.lon, 35.6025);
    ck_assert_str_eq(incmap__crs_tell(crs).authority, _i ? "OGC:CRS84" : "EPSG:4326");
    ck_assert(incmap__crs_tell(crs).is_geographic);
    incmap__crs_free(crs);
}
END_TEST

/* cs2cs -f %.6f EPSG:4326 CODE of PROJ 9.1.1, given lat lon, its answer put in the order east, north. */
static const struct {
    const char *name;
    incmap_coord at;
    double east, north;
    bool is_geographic;
} known[] = {
    { "EPSG:32637", { 50.4614, 35.6025 }, 258876.060538661, 5595449.555363669, false },
    { "EPSG:32636", { 49.98, 36.25 }, 732993.072776399, 5541470.088342085, false },
    { "EPSG:3857", { 50.5957, 36.5873 }, 4072879.605500738, 6550086.939441995, false },
    { "EPSG:3395", { -33.9, 151.2 }, 16831507.007942963, -3991551.390212818, false },
    { "EPSG:28407", { 50.4614, 35.6025 }, 7258893.481365664, 5597790.058296124, false },
    { "EPSG:3035", { 50.45, 30.52 }, 5756556.244899405, 3240714.927877959, false },
    { "EPSG:4284", { 50.4614, 35.6025 }, 35.604155839, 50.461475672, true },
    { "EPSG:5514", { 50.08, 14.42 }, -743011.723488561, -1043823.181388397, false },
};
enum { KNOWN = sizeof known / sizeof *known };

/* 1 mm, or as much in degrees */
static double tolerance_of(size_t i)
{
    return known[i].is_geographic ? 1e-8 : 1e-3;
}

START_TEST(coordinates_are_those_of_cs2cs_within_a_millimetre_east_first)
{
    incmap__crs *crs = open_crs(known[_i].name);
    incmap_coord at = known[_i].at;
    incmap_error err = { 0 };
    ck_assert_int_eq(incmap__crs_forward(crs, &at, 1, &err), INCMAP_OK);
    ck_assert_double_eq_tol(at.lon, known[_i].east, tolerance_of((size_t)_i));
    ck_assert_double_eq_tol(at.lat, known[_i].north, tolerance_of((size_t)_i));
    ck_assert(!incmap__crs_is_wgs84(crs));
    ck_assert_int_eq(incmap__crs_tell(crs).is_geographic, known[_i].is_geographic);
    ck_assert_str_eq(incmap__crs_tell(crs).authority, known[_i].name);
    /* And back: 1e-8 degrees are a millimetre; the way back through a shift of datum is itself found
     * step by step, which leaves some millimetres. */
    ck_assert_int_eq(incmap__crs_inverse(crs, &at, 1, &err), INCMAP_OK);
    ck_assert_double_eq_tol(at.lon, known[_i].at.lon, 5e-8);
    ck_assert_double_eq_tol(at.lat, known[_i].at.lat, 5e-8);
    incmap__crs_free(crs);
}
END_TEST

START_TEST(text_of_a_prj_gives_the_system_back)
{
    incmap__crs *crs = open_crs(known[_i].name), *again;
    incmap_coord one = known[_i].at, other = known[_i].at;
    incmap_error err = { 0 };
    const char *wkt = NULL;
    ck_assert_int_eq(incmap__crs_esri_wkt(crs, &wkt, &err), INCMAP_OK);
    again = open_crs(wkt);
    ck_assert_int_eq(incmap__crs_forward(crs, &one, 1, &err), INCMAP_OK);
    ck_assert_int_eq(incmap__crs_forward(again, &other, 1, &err), INCMAP_OK);
    /* ESRI's text carries no shift of a datum: of another datum than WGS 84 some metres are left */
    if (strncmp(known[_i].name, "EPSG:326", 8) == 0 || strcmp(known[_i].name, "EPSG:3857") == 0) {
        ck_assert_double_eq_tol(one.lon, other.lon, 1e-3);
        ck_assert_double_eq_tol(one.lat, other.lat, 1e-3);
    }
    incmap__crs_free(again);
    incmap__crs_free(crs);
}
END_TEST

START_TEST(point_without_a_place_in_the_system_is_told)
{
    incmap__crs *crs = open_crs("EPSG:3857");
    incmap_coord at[] = { { 50, 36 }, { NAN, 36 } };
    incmap_coord far[] = { { 50, 36 }, { -50, 216 } }; /* the other side of the earth */
    incmap_error err = { 0 };
    ck_assert_int_eq(incmap__crs_forward(crs, at, 2, &err), INCMAP_EDOMAIN);
    ck_assert_ptr_nonnull(strstr(err.message, "point 1 (from 0): is not finite"));
    incmap__crs_free(crs);
    crs = open_crs("+proj=gnom +lat_0=50 +lon_0=36 +datum=WGS84 +type=crs");
    ck_assert_int_eq(incmap__crs_forward(crs, far, 2, &err), INCMAP_EDOMAIN);
    ck_assert_ptr_nonnull(strstr(err.message, "point 1 (from 0): has no place in +proj=gnom"));
    incmap__crs_free(crs);
}
END_TEST

START_TEST(what_is_no_flat_system_is_refused)
{
    static const char *const bad[] = { "EPSG:4978", "EPSG:4979", "EPSG:5773", "nonsense", "" };
    const incmap_allocator a = incmap__allocator_default();
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        incmap_error err = { 0 };
        incmap__crs *crs = NULL;
        ck_assert_msg(incmap__crs_new(&crs, bad[i], &a, &err) == INCMAP_ELIBRARY, "%s", bad[i]);
        ck_assert_ptr_null(crs);
        ck_assert_str_ne(err.message, "");
    }
}
END_TEST

START_TEST(unknown_code_is_told_with_what_proj_said_and_nothing_goes_to_stderr)
{
    const incmap_allocator a = incmap__allocator_default();
    incmap_error err = { 0 };
    incmap__crs *crs = NULL;
    FILE *caught = tmpfile();
    const int before = dup(2);
    ck_assert_ptr_nonnull(caught);
    ck_assert_int_ge(dup2(fileno(caught), 2), 0);
    ck_assert_int_eq(incmap__crs_new(&crs, "EPSG:999999", &a, &err), INCMAP_ELIBRARY);
    ck_assert_int_ge(dup2(before, 2), 0);
    close(before);
    ck_assert_int_eq(fseek(caught, 0, SEEK_END), 0);
    ck_assert_int_eq(ftell(caught), 0);
    fclose(caught);
    ck_assert_ptr_null(crs);
    ck_assert_ptr_nonnull(strstr(err.message, "EPSG:999999"));
    ck_assert_ptr_null(strchr(err.message, '\n'));
    /* A reason of PROJ's own stands behind the second colon. */
    ck_assert_ptr_null(strstr(err.message, "no reason given"));
}
END_TEST

START_TEST(missing_memory_is_told)
{
    struct faulty f = { 0, 0 };
    const incmap_allocator a = faulty_allocator(&f);
    incmap_error err = { 0 };
    incmap__crs *crs = NULL;
    ck_assert_int_eq(incmap__crs_new(&crs, NULL, &a, &err), INCMAP_ENOMEM);
    ck_assert_ptr_null(crs);
    ck_assert_int_eq(f.blocks, 0);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("crs");
    TCase *tc = tcase_create("crs");
    tcase_add_loop_test(tc, wgs84_is_given_as_esri_writes_it_and_changes_nothing, 0, 2);
    tcase_add_loop_test(tc, coordinates_are_those_of_cs2cs_within_a_millimetre_east_first, 0,
                        KNOWN);
    tcase_add_loop_test(tc, text_of_a_prj_gives_the_system_back, 0, KNOWN);
    tcase_add_test(tc, point_without_a_place_in_the_system_is_told);
    tcase_add_test(tc, what_is_no_flat_system_is_refused);
    tcase_add_test(tc, unknown_code_is_told_with_what_proj_said_and_nothing_goes_to_stderr);
    tcase_add_test(tc, missing_memory_is_told);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
