/* SPDX-License-Identifier: MIT */
/* The text of a reference system, from PROJ. */
#include "harness.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "faulty_allocator.h"
#include "geodesy/crs.h"

START_TEST(wgs84_is_given_as_esri_writes_it)
{
    const incmap_allocator a = incmap__allocator_default();
    incmap_error err = { 0 };
    char *wkt = NULL;
    ck_assert_int_eq(incmap__crs_esri_wkt(4326, &wkt, &a, &err), INCMAP_OK);
    ck_assert_str_eq(wkt, "GEOGCS[\"GCS_WGS_1984\",DATUM[\"D_WGS_1984\",SPHEROID[\"WGS_1984\","
                          "6378137.0,298.257223563]],PRIMEM[\"Greenwich\",0.0],"
                          "UNIT[\"Degree\",0.0174532925199433]]");
    incmap__free(&a, wkt);
}
END_TEST

START_TEST(unknown_code_is_told_with_what_proj_said_and_nothing_goes_to_stderr)
{
    const incmap_allocator a = incmap__allocator_default();
    incmap_error err = { 0 };
    char untouched[] = "untouched", *wkt = untouched;
    FILE *caught = tmpfile();
    const int before = dup(2);
    ck_assert_ptr_nonnull(caught);
    ck_assert_int_ge(dup2(fileno(caught), 2), 0);
    ck_assert_int_eq(incmap__crs_esri_wkt(999999, &wkt, &a, &err), INCMAP_ELIBRARY);
    ck_assert_int_ge(dup2(before, 2), 0);
    close(before);
    ck_assert_int_eq(fseek(caught, 0, SEEK_END), 0);
    ck_assert_int_eq(ftell(caught), 0);
    fclose(caught);
    ck_assert_ptr_eq(wkt, untouched);
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
    char *wkt = NULL;
    ck_assert_int_eq(incmap__crs_esri_wkt(4326, &wkt, &a, &err), INCMAP_ENOMEM);
    ck_assert_ptr_null(wkt);
    ck_assert_int_eq(f.blocks, 0);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("crs");
    TCase *tc = tcase_create("crs");
    tcase_add_test(tc, wgs84_is_given_as_esri_writes_it);
    tcase_add_test(tc, unknown_code_is_told_with_what_proj_said_and_nothing_goes_to_stderr);
    tcase_add_test(tc, missing_memory_is_told);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
