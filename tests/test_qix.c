/* SPDX-License-Identifier: MIT */
/* The spatial index against Shapelib's own, byte for byte, and by what a search in it finds. */
#include "harness.h"

#include <math.h>
#include <shapefil.h>
#include <string.h>

#include "faulty_tries.h"
#include "io/qix.h"
#include "random.h"
#include "scratch.h"
#include "shapes_made.h"

static const incmap__cell none;
static incmap_allocator memory;
static incmap_error err;

static void setup(void)
{
    memory = incmap__allocator_default();
    err = (incmap_error){ 0 };
    scratch_make();
}

static void teardown(void)
{
    scratch_remove();
}

/* Gathered around five places, as incidents are, with some all over the world. */
static incmap_coord random_place(test_random *r)
{
    const double near = floor(random_between(r, 0, 6));
    if (near == 5) return random_coord(r);
    return (incmap_coord){ 48 + near / 2 + random_between(r, -0.2, 0.2),
                           35 + near + random_between(r, -0.2, 0.2) };
}

/* Every `null_every`-th is a null shape; 0: none. */
static void write_shapes(incmap__shape_type type, int n, int null_every, test_random *r)
{
    static const incmap__field field = { "N", INCMAP__FIELD_INT, 9, 0 };
    static const size_t starts[] = { 0, 4 };
    incmap__shapewriter *w = NULL;
    ck_assert_int_eq(shapes_open(&w, scratch_path("s"), type, &field, 1, "", &memory, &err),
                     INCMAP_OK);
    for (int i = 0; i < n; i++) {
        const incmap_coord at = random_place(r);
        const double size = random_log(r, 1e-4, 3);
        const incmap_coord ring[] = {
            at, { at.lat + size, at.lon }, { at.lat + size, at.lon + size }, at
        };
        const incmap__shape shape = { .type = type,
                                      .points = ring,
                                      .point_count = type == INCMAP__SHAPE_POINT ? 1 : 4,
                                      .part_starts = starts,
                                      .part_count = 1 };
        const bool is_null = null_every && i % null_every == 0;
        ck_assert_int_eq(incmap__shapewriter_add(w, is_null ? NULL : &shape, &none, &err),
                         INCMAP_OK);
    }
    ck_assert_int_eq(incmap__shapewriter_close(w, &err), INCMAP_OK);
}

static void write_by_shapelib(void)
{
    SHPHandle shp = SHPOpen(scratch_path("s.shp"), "rb");
    SHPTree *tree = SHPCreateTree(shp, 2, 0, NULL, NULL);
    SHPTreeTrimExtraNodes(tree);
    ck_assert(SHPWriteTree(tree, scratch_path("reference.qix")));
    SHPDestroyTree(tree);
    SHPClose(shp);
}

static void write_ours(void)
{
    ck_assert_msg(incmap__qix_write(scratch_path("s.shp"), scratch_path("s.qix"), &memory, &err) ==
                      INCMAP_OK,
                  "%s", err.message);
}

static const int counts[] = { 0, 1, 2, 4, 5, 8, 9, 33, 100, 1000, 30000 };
enum { COUNTS = sizeof counts / sizeof *counts };

START_TEST(index_is_byte_for_byte_that_of_shapelib)
{
    static const incmap__shape_type types[] = { INCMAP__SHAPE_POINT, INCMAP__SHAPE_LINE,
                                                INCMAP__SHAPE_POLYGON };
    test_random r = { test_seed(7 + (uint64_t)_i) };
    for (size_t t = 0; t < 3; t++) {
        write_shapes(types[t], counts[_i], 0, &r);
        write_ours();
        write_by_shapelib();
        assert_same_file(scratch_path("s.qix"), scratch_path("reference.qix"));
        scratch_clear(scratch);
    }
}
END_TEST

static incmap__shapewriter *open_points(void)
{
    static const incmap__field field = { "N", INCMAP__FIELD_INT, 9, 0 };
    incmap__shapewriter *w = NULL;
    ck_assert_int_eq(
        shapes_open(&w, scratch_path("s"), INCMAP__SHAPE_POINT, &field, 1, "", &memory, &err),
        INCMAP_OK);
    return w;
}

static void assert_indexed_as_by_shapelib(incmap__shapewriter *w)
{
    ck_assert_int_eq(incmap__shapewriter_close(w, &err), INCMAP_OK);
    write_ours();
    write_by_shapelib();
    assert_same_file(scratch_path("s.qix"), scratch_path("reference.qix"));
}

START_TEST(points_all_in_one_place_make_one_node)
{
    const incmap_coord at = { 50, 36 };
    const incmap__shape shape = { .type = INCMAP__SHAPE_POINT, .points = &at, .point_count = 1 };
    incmap__shapewriter *w = open_points();
    for (int i = 0; i < 100; i++)
        ck_assert_int_eq(incmap__shapewriter_add(w, &shape, &none, &err), INCMAP_OK);
    assert_indexed_as_by_shapelib(w);
}
END_TEST

/* A square is cut into boxes whose longer side only rounding tells, and many points lie on the cuts. */
START_TEST(points_of_a_square_grid_are_indexed_as_shapelib_does)
{
    enum { SIDE = 120 };
    incmap__shapewriter *w = open_points();
    for (int i = 0; i <= SIDE * SIDE; i++) {
        /* the last one is the corner that the rows do not reach */
        const incmap_coord at = { i / SIDE * (_i ? 0.1 : 0.0625), i % SIDE * (_i ? 0.1 : 0.0625) };
        const incmap_coord corner = { at.lat, at.lat };
        const incmap__shape shape = { .type = INCMAP__SHAPE_POINT,
                                      .points = i < SIDE * SIDE ? &at : &corner,
                                      .point_count = 1 };
        ck_assert_int_eq(incmap__shapewriter_add(w, &shape, &none, &err), INCMAP_OK);
    }
    assert_indexed_as_by_shapelib(w);
}
END_TEST

/* Shapes of the file that meet a box, by looking at each. */
static int count_by_looking(SHPHandle shp, const double least[2], const double most[2])
{
    int n = 0, shapes = 0;
    SHPGetInfo(shp, &shapes, NULL, NULL, NULL);
    for (int i = 0; i < shapes; i++) {
        SHPObject *o = SHPReadObject(shp, i);
        n += o->nSHPType && o->dfXMin <= most[0] && o->dfXMax >= least[0] && o->dfYMin <= most[1] &&
             o->dfYMax >= least[1];
        SHPDestroyObject(o);
    }
    return n;
}

/* Of what the index names, those that meet the box. */
static int count_by_index(SHPHandle shp, double least[2], double most[2])
{
    SHPTreeDiskHandle tree = SHPOpenDiskTree(scratch_path("s.qix"), NULL);
    int named = 0, n = 0;
    int *shapes = SHPSearchDiskTreeEx(tree, least, most, &named);
    for (int i = 0; i < named; i++) {
        SHPObject *o = SHPReadObject(shp, shapes[i]);
        ck_assert_int_ne(o->nSHPType, SHPT_NULL);
        n += o->dfXMin <= most[0] && o->dfXMax >= least[0] && o->dfYMin <= most[1] &&
             o->dfYMax >= least[1];
        SHPDestroyObject(o);
    }
    free(shapes);
    SHPCloseDiskTree(tree);
    return n;
}

START_TEST(search_finds_every_shape_and_no_null_shape)
{
    test_random r = { test_seed(70) };
    write_shapes(_i ? INCMAP__SHAPE_POLYGON : INCMAP__SHAPE_POINT, 3000, 7, &r);
    write_ours();
    SHPHandle shp = SHPOpen(scratch_path("s.shp"), "rb");
    for (int i = 0; i < 200; i++) {
        const incmap_coord at = random_place(&r);
        const double size = random_log(&r, 0.01, 90);
        double least[2] = { at.lon - size, at.lat - size }, most[2] = { at.lon, at.lat };
        ck_assert_int_eq(count_by_index(shp, least, most), count_by_looking(shp, least, most));
    }
    double all[2][2] = { { -200, -100 }, { 200, 100 } };
    ck_assert_int_eq(count_by_index(shp, all[0], all[1]), 3000 - 429); /* 3000 / 7, from 0 on */
    SHPClose(shp);
}
END_TEST

START_TEST(what_is_no_shapefile_is_told)
{
    test_random r = { test_seed(71) };
    ck_assert_int_eq(
        incmap__qix_write(scratch_path("none.shp"), scratch_path("n.qix"), &memory, &err),
        INCMAP_EIO);
    scratch_write(scratch_path("bad.shp"), "no", 2);
    ck_assert_int_eq(
        incmap__qix_write(scratch_path("bad.shp"), scratch_path("n.qix"), &memory, &err),
        INCMAP_EDATA);
    write_shapes(INCMAP__SHAPE_POINT, 10, 0, &r);
    ck_assert_int_eq(truncate(scratch_path("s.shp"), 100 + 9 * 28 + 20), 0);
    ck_assert_int_eq(incmap__qix_write(scratch_path("s.shp"), scratch_path("n.qix"), &memory, &err),
                     INCMAP_EDATA);
    ck_assert_ptr_nonnull(strstr(err.message, "shape 9"));
}
END_TEST

START_TEST(every_failed_allocation_is_out_of_memory)
{
    faulty_tries t = faulty_begin_at_most(50);
    test_random r = { test_seed(72) };

    write_shapes(INCMAP__SHAPE_POINT, 50, 0, &r);
    while (faulty_next(&t, NULL))
        t.st = incmap__qix_write(scratch_path("s.shp"), scratch_path("s.qix"), &t.memory, &err);
    faulty_end(&t, 4);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("qix");
    TCase *tc = tcase_create("qix");
    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_loop_test(tc, index_is_byte_for_byte_that_of_shapelib, 0, COUNTS);
    tcase_add_test(tc, points_all_in_one_place_make_one_node);
    tcase_add_loop_test(tc, points_of_a_square_grid_are_indexed_as_shapelib_does, 0, 2);
    tcase_add_loop_test(tc, search_finds_every_shape_and_no_null_shape, 0, 2);
    tcase_add_test(tc, what_is_no_shapefile_is_told);
    tcase_add_test(tc, every_failed_allocation_is_out_of_memory);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
