/* SPDX-License-Identifier: MIT */
/* Outlines around a pole: cut at the edge of the map or not, in one ring or two, alone, packed, in a grid. */
#include "harness.h"

#include "faulty_allocator.h"
#include "geodesy/outline.h"
#include "geodesy/outline_pack.h"
#include "geodesy/run_columns.h"
#include "geodesy/side_grid.h"
#include "random.h"

static incmap_allocator libc_memory;

static void setup(void)
{
    libc_memory = incmap__allocator_default();
}

enum { MOST = 4000 };

/* Rings along parallels: in few steps they make one run, in many a grid is worth its memory. */
struct shape {
    incmap_coord v[MOST];
    size_t starts[4], rings, n;
    int steps; /* all around */
};

static void add(struct shape *s, double lat, double lon)
{
    ck_assert_uint_lt(s->n, MOST);
    s->v[s->n++] = (incmap_coord){ lat, lon };
    s->starts[s->rings] = s->n;
}

static void begin(struct shape *s)
{
    s->starts[s->rings++] = s->n;
}

/* From `west` on, all around. */
static void go_round(struct shape *s, double lat, double west, bool eastward, bool wrapped)
{
    for (int i = 0; i < s->steps; i++) {
        incmap_coord c = { lat, west + (eastward ? 360.0 : -360.0) * i / s->steps };
        if (wrapped) c = incmap_coord_wrap(c);
        add(s, c.lat, c.lon);
    }
}

/* From the map's western edge to its eastern one and back along a pole. */
static void go_cut(struct shape *s, double lat, double pole)
{
    for (int i = 0; i <= s->steps; i++)
        add(s, lat, -180 + 360.0 * i / s->steps);
    add(s, pole, 180);
    add(s, pole, -180);
}

enum kind {
    CUT_NORTH,
    CUT_SOUTH,
    CUT_FAR_NORTH,
    LID,
    LID_BELOW,
    UNCUT_EAST,
    UNCUT_WEST,
    UNCUT_WRITTEN_ON,
    UNCUT_SOUTH,
    TO_AND_FRO,
    BELT,
    BELT_CUT_AROUND,
    SECTOR
};

enum { FEW = 36, MANY = 1800 };

static struct shape shape_of(enum kind kind, int steps)
{
    struct shape s = { .steps = steps };
    begin(&s);
    switch (kind) {
    case CUT_NORTH: go_cut(&s, 70, 90); break;
    case CUT_SOUTH: go_cut(&s, -70, -90); break;
    case CUT_FAR_NORTH: go_cut(&s, -30, 90); break;
    case LID: go_cut(&s, 70, 86); break;
    case LID_BELOW: go_cut(&s, -70, -86); break;
    case UNCUT_EAST: go_round(&s, 70, 172.5, true, true); break;
    case UNCUT_WEST: go_round(&s, 70, 10, false, true); break;
    case UNCUT_WRITTEN_ON: go_round(&s, 70, 100, true, false); break;
    case UNCUT_SOUTH: go_round(&s, -70, 172.5, true, true); break;
    case TO_AND_FRO:
        add(&s, 71, 10);
        add(&s, 70.5, 5);
        go_round(&s, 70, 5, true, true);
        add(&s, 70.2, 5);
        break;
    case BELT:
        go_round(&s, 70, 10, true, true);
        begin(&s);
        go_round(&s, 80, 30, false, true);
        break;
    case BELT_CUT_AROUND:
        go_cut(&s, 70, 90);
        begin(&s);
        go_round(&s, 80, 30, false, true);
        break;
    case SECTOR:
        add(&s, 90, 0);
        for (int i = 1; i <= 50; i++) /* 250 degrees of longitude, from 40 to 290 */
            add(&s, 70, incmap_coord_wrap((incmap_coord){ 0, 35 + 5 * i }).lon);
        break;
    }
    return s;
}

/* What a parallel's ring holds at latitudes well off it, at all longitudes. */
static const struct {
    const char *why;
    enum kind kind;
    bool at_90, at_85, at_75, at_60, at_0, at_minus_60, at_minus_80, at_minus_90;
} caps[] = {
    { "north, cut along the pole", CUT_NORTH, 1, 1, 1, 0, 0, 0, 0, 0 },
    { "south, cut along the pole", CUT_SOUTH, 0, 0, 0, 0, 0, 0, 1, 1 },
    { "all but the far south, cut along the north pole", CUT_FAR_NORTH, 1, 1, 1, 1, 1, 0, 0, 0 },
    { "north, cut along a parallel near the pole", LID, 1, 1, 1, 0, 0, 0, 0, 0 },
    { "south, cut along a parallel near the pole", LID_BELOW, 0, 0, 0, 0, 0, 0, 1, 1 },
    { "north, uncut, eastward", UNCUT_EAST, 1, 1, 1, 0, 0, 0, 0, 0 },
    { "north, uncut, westward", UNCUT_WEST, 1, 1, 1, 0, 0, 0, 0, 0 },
    { "north, uncut, written on past 180", UNCUT_WRITTEN_ON, 1, 1, 1, 0, 0, 0, 0, 0 },
    { "south, uncut", UNCUT_SOUTH, 0, 0, 0, 0, 0, 0, 1, 1 },
    { "north, uncut, over more than a turn", TO_AND_FRO, 1, 1, 1, 0, 0, 0, 0, 0 },
    { "north, with a hole around the pole", BELT, 0, 0, 1, 0, 0, 0, 0, 0 },
    { "the same, the outer ring cut", BELT_CUT_AROUND, 0, 0, 1, 0, 0, 0, 0, 0 },
};

static incmap__outline build(const struct shape *s)
{
    incmap__outline o;
    ck_assert_int_eq(incmap__outline_build(&o, s->v, s->starts, s->rings, &libc_memory, NULL),
                     INCMAP_OK);
    return o;
}

static void check(const char *why, const incmap__outline *o, double lat, bool inside)
{
    for (double lon = -180; lon <= 180; lon += 1.25)
        ck_assert_msg(incmap__outline_contains(o, (incmap_coord){ lat, lon }) == inside,
                      "%s: %g, %g", why, lat, lon);
}

static void check_all(int i, const incmap__outline *o)
{
    check(caps[i].why, o, 90, caps[i].at_90);
    check(caps[i].why, o, 85, caps[i].at_85);
    check(caps[i].why, o, 75, caps[i].at_75);
    check(caps[i].why, o, 60, caps[i].at_60);
    check(caps[i].why, o, 0, caps[i].at_0);
    check(caps[i].why, o, -60, caps[i].at_minus_60);
    check(caps[i].why, o, -80, caps[i].at_minus_80);
    check(caps[i].why, o, -90, caps[i].at_minus_90);
}

START_TEST(outline_around_a_pole_holds_what_is_poleward_of_it)
{
    const struct shape s = shape_of(caps[_i].kind, FEW);
    incmap__outline o = build(&s);
    check_all(_i, &o);
    incmap__outline_free(&o);
}
END_TEST

START_TEST(packed_outline_around_a_pole_gives_the_same_answers)
{
    const struct shape s = shape_of(caps[_i].kind, FEW);
    incmap__outline o = build(&s), packed;
    incmap__packer packer = { .allocator = &libc_memory };
    incmap__unpacker u;

    ck_assert_int_eq(incmap__outline_pack(&packer, &o, NULL), INCMAP_OK);
    u = (incmap__unpacker){ .bytes = packer.bytes, .size = packer.size };
    ck_assert_int_eq(incmap__outline_unpack(&u, &packed, &libc_memory, NULL), INCMAP_OK);
    ck_assert_uint_eq(packed.run_count, o.run_count);
    for (size_t i = 0; i < o.run_count; i++)
        ck_assert_double_eq(packed.runs[i].end.lon, o.runs[i].end.lon);
    check_all(_i, &packed);
    incmap__outline_free(&packed);
    incmap__free(&libc_memory, packer.bytes);
    incmap__outline_free(&o);
}
END_TEST

START_TEST(columns_around_a_pole_give_the_same_answers)
{
    const struct shape s = shape_of(caps[_i].kind, FEW);
    incmap__outline o = build(&s);
    test_random r = { test_seed(81 + (uint64_t)_i) };

    for (int i = 0; i < 3000; i++) {
        const incmap_coord p = random_coord(&r);
        bool inside = o.holds_north_pole;
        for (size_t run = 0; run < o.run_count; run++)
            if (incmap__run_crosses_north(&o, run, p)) inside = !inside;
        ck_assert_msg(inside == incmap__outline_contains(&o, p), "%s: %g, %g", caps[_i].why, p.lat,
                      p.lon);
    }
    incmap__outline_free(&o);
}
END_TEST

START_TEST(grid_around_a_pole_gives_the_same_answers)
{
    const struct shape s = shape_of(caps[_i].kind, MANY), t = shape_of(CUT_FAR_NORTH, MANY);
    incmap__outline a = build(&s), b = build(&t);
    incmap__side_grid *grid = NULL;
    test_random r = { test_seed(101 + (uint64_t)_i) };

    ck_assert_int_eq(incmap__side_grid_build(&grid, &a, &b, NULL, &libc_memory, NULL), INCMAP_OK);
    ck_assert_ptr_nonnull(grid);
    for (int i = 0; i < 6000; i++) {
        const incmap_coord any = random_coord(&r);
        const incmap_coord p = { i % 3 ? any.lat : i % 2 ? 90 : -90, any.lon };
        const incmap__sides_at c = incmap__side_grid_at(grid, p, -1);
        ck_assert_msg(c.inside == incmap__outline_contains(&a, p) &&
                          c.outside == incmap__outline_contains(&b, p),
                      "%s: %.17g, %.17g", caps[_i].why, p.lat, p.lon);
    }
    incmap__side_grid_free(grid);
    incmap__outline_free(&a);
    incmap__outline_free(&b);
}
END_TEST

START_TEST(sector_wider_than_half_a_turn_ends_in_the_pole)
{
    const struct shape s = shape_of(SECTOR, FEW);
    incmap__outline o = build(&s);
    for (double lat = 72; lat < 90; lat += 2) {
        for (double lon = 41; lon < 285; lon += 3)
            ck_assert_msg(incmap__outline_contains(&o, (incmap_coord){ lat, lon }), "%g, %g", lat,
                          lon);
        for (double lon = 286; lon < 360 + 39; lon += 3)
            ck_assert_msg(!incmap__outline_contains(&o, (incmap_coord){ lat, lon }), "%g, %g", lat,
                          lon);
    }
    check("sector", &o, 60, false);
    check("sector", &o, -90, false);
    incmap__outline_free(&o);
}
END_TEST

START_TEST(edges_of_no_length_are_dropped)
{
    const incmap_coord v[] = { { 0, 0 },   { 0, 0 },    { 0, 1 },    { 0, 361 }, { 0, 1 },
                               { 1, 181 }, { 1, -179 }, { 1, -179 }, { 0, 0 },   { 0, 360 } };
    const incmap_coord left[] = { { 0, 0 }, { 0, 1 }, { 1, 181 - 360 }, { 0, 0 } };
    const size_t starts[] = { 0, sizeof v / sizeof *v };
    incmap_coord out[4];
    incmap__outline o;

    ck_assert_int_eq(incmap__outline_build(&o, v, starts, 1, &libc_memory, NULL), INCMAP_OK);
    ck_assert_uint_eq(o.ring_count, 1);
    ck_assert_uint_eq(o.edge_count, 3);
    incmap__outline_copy(&o, 0, 0, 3, out);
    for (int i = 0; i < 4; i++) {
        ck_assert_double_eq(out[i].lat, left[i].lat);
        ck_assert_double_eq(remainder(out[i].lon - left[i].lon, 360), 0);
    }
    incmap__outline_free(&o);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("outline_pole");
    TCase *tc = tcase_create("outline_pole");
    const int n = sizeof caps / sizeof *caps;
    tcase_add_checked_fixture(tc, setup, NULL);
    tcase_add_loop_test(tc, outline_around_a_pole_holds_what_is_poleward_of_it, 0, n);
    tcase_add_loop_test(tc, packed_outline_around_a_pole_gives_the_same_answers, 0, n);
    tcase_add_loop_test(tc, columns_around_a_pole_give_the_same_answers, 0, n);
    tcase_add_loop_test(tc, grid_around_a_pole_gives_the_same_answers, 0, n);
    tcase_add_test(tc, sector_wider_than_half_a_turn_ends_in_the_pole);
    tcase_add_test(tc, edges_of_no_length_are_dropped);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
