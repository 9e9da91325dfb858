/* SPDX-License-Identifier: MIT */
/* Far from every edge the search finds what trying every edge finds, and what it counts on holds: how alike the
 * error of closeness is at neighbours, and the bounds for boxes and for the inside of edges. */
#include "harness.h"

#include <math.h>
#include <stdio.h>

#include "geodesy/edge_index.h"
#include "geodesy/far_distance.h"
#include "geodesy/short_geodesic.h"
#include "random.h"

enum { MOST = 400 };

static incmap__ecef unit_of(incmap_coord c)
{
    const incmap__ecef p = incmap__ecef_from_coord(c);
    return incmap__far_unit(p.x, p.y, p.z);
}

static double length_of(incmap__ecef v)
{
    return sqrt(incmap__dot(v, v));
}

/* A point 900 to 19,100 km away, a third of them near the far end, in any direction. */
static incmap_coord far_from(test_random *r, incmap_coord from)
{
    const double least = random_bits(r) % 3 ? 0.9e6 : 17e6;
    return incmap__geodesic_direct(from, random_between(r, 0, 360),
                                   random_between(r, least, 19.1e6), NULL);
}

/* ---- what the search counts on ---- */

/* What closeness is off by. */
static double error_at(incmap_coord p, incmap_coord q)
{
    double distance;
    incmap__geodesic_inverse(p, q, &distance, NULL, NULL);
    return cos(distance / INCMAP__WGS84_A) - incmap__far_look(unit_of(p), unit_of(q)).closeness;
}

START_TEST(error_of_closeness_differs_little_between_neighbours)
{
    const double step_m = 3000;
    const uint64_t seed = test_seed(61);
    test_random r = { seed };
    double most = 0;

    for (int i = 0; i < 60000; i++) {
        const incmap_coord p = random_coord(&r), q = far_from(&r, p);
        const incmap_coord north = incmap__geodesic_direct(q, 0, step_m, NULL);
        const incmap_coord east = incmap__geodesic_direct(q, 90, step_m, NULL);
        const incmap__ecef a = unit_of(p), u = unit_of(q);
        const double error = error_at(p, q);
        const double to_north =
            (error_at(p, north) - error) / length_of(incmap__plus(unit_of(north), -1, u));
        const double to_east =
            (error_at(p, east) - error) / length_of(incmap__plus(unit_of(east), -1, u));
        /* A way between two points that goes around the antipode is at most pi/2 times the straight
         * one. */
        const double slope = hypot(to_north, to_east) * 1.5708;
        const double cosine = incmap__dot(a, u);
        if (cosine < INCMAP__FAR_COSINE_LEAST + 0.0002 /* the neighbours too are above it */)
            continue;
        most = fmax(most, slope / incmap__far_drift(cosine));
        ck_assert_msg(slope <= incmap__far_drift(cosine),
                      "seed %llu: cosine %g: slope of the error %g, drift %g",
                      (unsigned long long)seed, cosine, slope, incmap__far_drift(cosine));
    }
    /* A bound that is never near the truth would have the search look at too much. */
    ck_assert_double_gt(most, 0.5);
}
END_TEST

/* What counts for a point in a box: closeness, or where that is no good nothing that could win: cos(s/a) is
 * at most what it is on a sphere of radius b. */
static double most_at(incmap__ecef p, incmap__ecef u)
{
    const incmap__far_view v = incmap__far_look(p, u);
    if (v.cosine > INCMAP__FAR_COSINE_LEAST) return v.closeness;
    ck_assert_double_lt(cos((1 - INCMAP__WGS84_F) * acos(fmax(v.cosine, -1))), -0.98);
    return -1;
}

static bool is_in(incmap__ecef u, incmap__ecef middle, incmap__ecef half)
{
    return fabs(u.x - middle.x) <= half.x && fabs(u.y - middle.y) <= half.y &&
           fabs(u.z - middle.z) <= half.z;
}

static incmap__ecef off_by(test_random *r, incmap__ecef from, incmap__ecef half)
{
    return (incmap__ecef){ from.x + random_between(r, -1, 1) * half.x,
                           from.y + random_between(r, -1, 1) * half.y,
                           from.z + random_between(r, -1, 1) * half.z };
}

START_TEST(no_point_of_a_box_is_closer_than_its_bound)
{
    const uint64_t seed = test_seed(62);
    test_random r = { seed };
    double least = INFINITY;
    long seen = 0;

    for (int i = 0; i < 30000; i++) {
        const incmap_coord point = random_coord(&r);
        const incmap__ecef p = unit_of(point);
        const double size = random_log(&r, 1e-5, 0.3);
        const incmap__ecef half = { size * random_log(&r, 0.01, 1), size * random_log(&r, 0.01, 1),
                                    size * random_log(&r, 0.01, 1) };
        const incmap__ecef middle = off_by(&r, unit_of(far_from(&r, point)), half);
        const double bound = incmap__far_box(p, middle, half);
        for (int k = 0; k < 40; k++) {
            const incmap__ecef in = off_by(&r, middle, half);
            const double l = length_of(in);
            const incmap__ecef u = { in.x / l, in.y / l, in.z / l };
            if (!is_in(u, middle, half)) continue;
            seen++;
            if (bound < 4) least = fmin(least, (bound - most_at(p, u)) / size);
            /* Rounding alone. */
            ck_assert_msg(most_at(p, u) <= bound + 1e-14,
                          "seed %llu, box %d of size %g: cosine %g: %.17g above the bound %.17g",
                          (unsigned long long)seed, i, size, incmap__dot(p, u), most_at(p, u),
                          bound);
        }
    }
    ck_assert_int_gt(seen, 100000);
    ck_assert_double_lt(least, 0.01); /* the bound is met, nearly */
}
END_TEST

START_TEST(no_inside_of_an_edge_is_closer_than_its_bound)
{
    const uint64_t seed = test_seed(63);
    test_random r = { seed };
    long inside = 0;

    for (int i = 0; i < 30000; i++) {
        const incmap_coord point = random_coord(&r);
        const incmap_coord a = i & 1 ? far_from(&r, point)
                                     : incmap__geodesic_direct(point, random_between(&r, 0, 360),
                                                               random_between(&r, 9e5, 11e6), NULL);
        double azimuth;
        incmap__geodesic_inverse(point, a, NULL, NULL, &azimuth);
        /* Across the way to the point, or nearly, where feet are inside. */
        azimuth += (random_bits(&r) & 1 ? 90 : -90) + random_between(&r, -0.3, 0.3);
        const incmap_coord b = incmap__geodesic_direct(a, azimuth, random_log(&r, 100, 12e3), NULL);
        const incmap__ecef pa = incmap__ecef_from_coord(a), pb = incmap__ecef_from_coord(b);
        const incmap__ecef p = unit_of(point), u = unit_of(a), w = unit_of(b);
        const incmap__ecef v = incmap__plus(w, -1, u);
        const double start = incmap__far_look(p, u).closeness,
                     end = incmap__far_look(p, w).closeness;
        const double bound =
            fmax(start, end) + incmap__far_excess(start, end, incmap__dot(p, u), incmap__dot(v, v));
        if (fmin(incmap__dot(p, u), incmap__dot(p, w)) < INCMAP__FAR_COSINE_LEAST) continue;
        for (double t = 0.05; t < 1; t += 0.05) {
            const incmap__ecef m = incmap__ecef_lift(incmap__plus(pa, t, incmap__plus(pb, -1, pa)));
            const double at = incmap__far_look(p, incmap__far_unit(m.x, m.y, m.z)).closeness;
            inside += at > fmax(start, end);
            /* Rounding alone. */
            ck_assert_msg(at <= bound + 2e-15, "seed %llu, edge %d: cosine %g: %.17g above %.17g",
                          (unsigned long long)seed, i, incmap__dot(p, u), at, bound);
        }
    }
    ck_assert_int_gt(inside, 5000);
}
END_TEST

/* ---- the search ---- */

static incmap__edge_index build(const incmap_coord v[], const bool ends[], size_t n)
{
    const incmap_allocator a = incmap__allocator_default();
    incmap__edge_index index;
    ck_assert_int_eq(incmap__edge_index_build(&index, v, ends, n, &a, NULL), INCMAP_OK);
    return index;
}

static incmap__edge_foot nearest_of(const incmap_coord v[], const bool ends[], size_t e,
                                    incmap_coord p)
{
    return incmap__edge_nearest(v[e], v[ends[e] ? e : e + 1], p);
}

static double try_all(const incmap_coord v[], const bool ends[], size_t n, incmap_coord p)
{
    double least = INFINITY;
    for (size_t i = 0; i < n; i++)
        least = fmin(least, nearest_of(v, ends, i, p).distance_m);
    return least;
}

static bool is_same(const incmap__nearest_edge *a, const incmap__nearest_edge *b)
{
    return a->edge == b->edge && a->vertex == b->vertex && a->azimuth_deg == b->azimuth_deg &&
           a->foot.distance_m == b->foot.distance_m && a->foot.along_m == b->foot.along_m &&
           a->foot.foot.lat == b->foot.foot.lat && a->foot.foot.lon == b->foot.foot.lon;
}

/* The answer against the edge that it names, whose own nearest point another method finds. */
static void check_foot(const incmap_coord v[], const bool ends[], incmap_coord p,
                       const incmap__nearest_edge *found, const char *why)
{
    const incmap__edge_foot slow = nearest_of(v, ends, found->edge, p);
    double apart, azimuth;

    incmap__geodesic_inverse(found->foot.foot, slow.foot, &apart, NULL, NULL);
    incmap__geodesic_inverse(p, slow.foot, NULL, &azimuth, NULL);
    /* Newton's last steps, both ways; 0.1 mm is promised where the foot is unique, and a foot on a vertex
     * beside which the edge hardly leads away may be taken for one a little inside. */
    ck_assert_msg(apart <= 1e-4, "%s: %g m away, foot %g m from edge %zu's own", why,
                  found->foot.distance_m, apart, found->edge);
    /* The way along an edge in pieces is that of the pieces: 10 km each to a micrometre. */
    ck_assert_msg(fabs(found->foot.along_m - slow.along_m) <= 1e-3, "%s: along %.6f, %.6f", why,
                  found->foot.along_m, slow.along_m);
    if (slow.distance_m < 19.9e6)
        ck_assert_msg(fabs(remainder(found->azimuth_deg - azimuth, 360)) <= 1e-6,
                      "%s: azimuth %.9f, %.9f", why, found->azimuth_deg, azimuth);
}

static incmap__nearest_edge check_distance(const incmap__edge_index *index, const incmap_coord v[],
                                           const bool ends[], size_t n, incmap_coord p,
                                           const char *why)
{
    const incmap__nearest_edge found = incmap__edge_index_nearest(index, p, 0);
    const double slow = try_all(v, ends, n, p);
    /* Newton's last step, and 15 nm of every geodesic; within 1,000 km 2 um more of each. */
    ck_assert_msg(fabs(found.foot.distance_m - slow) <= (slow > 1000e3 ? 1e-6 : 4e-6),
                  "%s: (%.17g, %.17g): %.9f m, all edges %.9f m", why, p.lat, p.lon,
                  found.foot.distance_m, slow);
    return found;
}

static void check_against_all(const incmap__edge_index *index, const incmap_coord v[],
                              const bool ends[], size_t n, incmap_coord p, const char *why)
{
    const incmap__nearest_edge found = check_distance(index, v, ends, n, p, why);
    /* A chord of 1,000 km, the near search's reach, belongs to a geodesic of 1,001.03 km at most. */
    if (found.foot.distance_m > 1001.1e3) check_foot(v, ends, p, &found, why);
}

/* Lines of a random walk, cut here and there; a few steps have no length. */
static void random_lines(test_random *r, incmap_coord v[], bool ends[], size_t n, double step_m)
{
    v[0] = random_coord(r);
    for (size_t i = 0; i < n; i++) {
        const double way = random_between(r, 0, 1) < 0.05 ? 0 : random_log(r, step_m / 30, step_m);
        if (i > 0) v[i] = incmap__geodesic_direct(v[i - 1], random_between(r, 0, 200), way, NULL);
        ends[i] = i + 1 == n || random_between(r, 0, 1) < 0.03;
    }
}

START_TEST(far_search_finds_what_trying_every_edge_finds)
{
    static incmap_coord v[MOST];
    static bool ends[MOST];
    test_random r = { test_seed(64) };

    for (int round = 0; round < 60; round++) {
        const size_t n = 1 + random_bits(&r) % (round < 20 ? 20 : MOST);
        const double step_m = random_log(&r, 1, 300e3);
        char why[60];
        random_lines(&r, v, ends, n, step_m);
        incmap__edge_index index = build(v, ends, n);
        (void)snprintf(why, sizeof why, "round %d, step %g", round, step_m);
        for (int i = 0; i < 16; i++) {
            const incmap_coord near = v[random_bits(&r) % n];
            check_against_all(&index, v, ends, n, far_from(&r, near), why);
        }
        incmap__edge_index_free(&index);
    }
}
END_TEST

START_TEST(far_answers_depend_on_no_hint_and_no_company)
{
    static incmap_coord v[MOST];
    static bool ends[MOST];
    test_random r = { test_seed(65) };

    for (int round = 0; round < 40; round++) {
        incmap_coord p[INCMAP__LANES];
        incmap__nearest_edge together[INCMAP__LANES];
        random_lines(&r, v, ends, MOST, random_log(&r, 10, 200e3));
        incmap__edge_index index = build(v, ends, MOST);
        for (int i = 0; i < INCMAP__LANES; i++)
            p[i] = i && round & 1
                       ? incmap__geodesic_direct(p[0], random_between(&r, 0, 360), 5e4, NULL)
                       : far_from(&r, v[0]);
        incmap__edge_index_nearest_many(&index, p, INCMAP__LANES, random_bits(&r) % MOST, together);
        for (int i = 0; i < INCMAP__LANES; i++)
            for (int k = 0; k < 5; k++) {
                const incmap__nearest_edge alone =
                    incmap__edge_index_nearest(&index, p[i], random_bits(&r) % MOST);
                ck_assert(is_same(&alone, &together[i]));
            }
        incmap__edge_index_free(&index);
    }
}
END_TEST

static const struct {
    const char *why;
    incmap_coord v[4];
    size_t n;
    incmap_coord point;
} particular[] = {
    { "a foot inside a long edge", { { 50, 20 }, { 52, 40 }, { 47, 70 } }, 3, { 20, 35 } },
    { "along the equator", { { 0, -40 }, { 0, 0 }, { 0, 40 } }, 3, { 35, 3 } },
    { "a meridian from the side", { { -30, 10 }, { 40, 10 } }, 2, { 5, 60 } },
    { "a quarter turn from a meridian: as near everywhere",
      { { -30, 10 }, { 40, 10 } },
      2,
      { 1, 100 } },
    { "from the pole", { { 40, 10 }, { 38, 30 }, { 39, 31 } }, 3, { 90, 77 } },
    { "from the other pole", { { 40, 10 }, { 38, 30 }, { 39, 31 } }, 3, { -90, 0 } },
    { "an edge that ends in the pole", { { 70, 10 }, { 90, 0 }, { 80, 170 } }, 3, { 50, -100 } },
    { "an edge over the pole", { { 80, 10 }, { 80, -170 } }, 2, { 20, 100 } },
    { "over the antimeridian", { { 10, 179 }, { 12, -179 }, { 10, -178 } }, 3, { 40, 179.5 } },
    { "a turn of longitude on", { { 10, 179 }, { 12, 181 }, { 10, 182 } }, 3, { 40, -540.5 } },
    { "a vertex alone", { { 10, 179 } }, 1, { -50, 20 } },
    { "an edge of no length", { { 10, 179 }, { 10, 179 } }, 2, { -50, 20 } },
    { "the whole border just short of the antipode",
      { { 50, 36 }, { 50.1, 36.3 } },
      2,
      { -43, -141 } },
    { "the whole border about the antipode",
      { { 50, 36 }, { 50.1, 36.3 } },
      2,
      { -50.05, -143.9 } },
    { "a border about the antipode",
      { { 60, 36 }, { 45, 46 }, { 45, 26 }, { 60, 36 } },
      4,
      { -50, -144 } },
    { "a border from the point's side to the antipode",
      { { 10, 0 }, { 30, 90 }, { -20, 179 } },
      3,
      { 0, -1 } },
};

START_TEST(particular_far_points_are_right)
{
    bool ends[4] = { false };
    const size_t n = particular[_i].n;
    ends[n - 1] = true;
    incmap__edge_index index = build(particular[_i].v, ends, n);
    check_against_all(&index, particular[_i].v, ends, n, particular[_i].point, particular[_i].why);
    incmap__edge_index_free(&index);
}
END_TEST

/* More edges as near as one another than the search can remember. */
START_TEST(all_edges_of_a_circle_may_be_the_nearest)
{
    static const double radii[] = { 1.2e6, 5e6, 9.99e6, 10.02e6, 13e6, 18.5e6, 18.9e6 };
    static incmap_coord v[MOST];
    static bool ends[MOST];
    const incmap_coord centre = { 50, 36 };

    ends[MOST - 1] = true;
    for (size_t k = 0; k < sizeof radii / sizeof *radii; k++) {
        for (int i = 0; i < MOST; i++)
            v[i] = incmap__geodesic_direct(centre, 0.01 * i, radii[k], NULL);
        incmap__edge_index index = build(v, ends, MOST);
        check_distance(&index, v, ends, MOST, centre, "circle");
        incmap__edge_index_free(&index);
    }
}
END_TEST

START_TEST(of_far_edges_as_near_as_one_another_the_first_is_found)
{
    /* Mirrored on the meridian of the point, then all of it once more. */
    const incmap_coord v[] = { { 50, 20 }, { 48, 19 }, { 52, 18 }, { 50, 24 }, { 48, 25 },
                               { 52, 26 }, { 50, 20 }, { 48, 19 }, { 52, 18 } };
    const bool ends[] = { false, false, true, false, false, true, false, false, true };
    const incmap_coord p = { 0, 22 };
    incmap__edge_index index = build(v, ends, 9);

    for (size_t hint = 0; hint < 9; hint++) {
        const incmap__nearest_edge found = incmap__edge_index_nearest(&index, p, hint);
        ck_assert_uint_eq(found.edge, 0);
        ck_assert_uint_eq(found.vertex, 1);
    }
    incmap__edge_index_free(&index);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("edge_search_far");
    TCase *tc = tcase_create("edge_search_far");
    tcase_add_test(tc, error_of_closeness_differs_little_between_neighbours);
    tcase_add_test(tc, no_point_of_a_box_is_closer_than_its_bound);
    tcase_add_test(tc, no_inside_of_an_edge_is_closer_than_its_bound);
    tcase_add_test(tc, far_search_finds_what_trying_every_edge_finds);
    tcase_add_test(tc, far_answers_depend_on_no_hint_and_no_company);
    tcase_add_loop_test(tc, particular_far_points_are_right, 0,
                        sizeof particular / sizeof *particular);
    tcase_add_test(tc, all_edges_of_a_circle_may_be_the_nearest);
    tcase_add_test(tc, of_far_edges_as_near_as_one_another_the_first_is_found);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
