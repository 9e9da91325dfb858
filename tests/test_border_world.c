/* SPDX-License-Identifier: MIT */
/* All neighbours of a whole world of countries. The layer is not in the repository: INCMAP_COUNTRIES names the
 * map.geo.json of the npm package @geo-maps/countries-coastline-1m 0.6.0, or a shapefile made of it, which
 * is several times as fast. Without it all is skipped. */
#include "harness.h"

#include <incmap/border.h>
#include <incmap/countries.h>

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "geodesy/border.h"
#include "random.h"

enum { SKIPPED = 77 };

static const char *path;
static incmap_ctx *ctx;

static void setup(void)
{
    ck_assert_int_eq(incmap_ctx_new(NULL, &ctx), INCMAP_OK);
}

static void teardown(void)
{
    incmap_ctx_free(ctx);
}

/* ---- all pairs ---- */

enum { MOST_COUNTRIES = 300 };

struct country {
    char code[8];
    incmap__outline outline;
    double west, east, south, north;
};

static struct country countries[MOST_COUNTRIES];
static size_t count;

static void add_country(incmap__features *file, const incmap_allocator *a)
{
    struct country *c = &countries[count++];
    incmap__gathered rings = { .count = 0 };
    const char *code;

    ck_assert_uint_le(count, MOST_COUNTRIES);
    ck_assert_int_eq(incmap__features_text(file, 0, &code, NULL), INCMAP_OK);
    (void)snprintf(c->code, sizeof c->code, "%s", code);
    ck_assert_int_eq(incmap__gather(&rings, file, INCMAP_EDGES_GEODESIC, a, NULL), INCMAP_OK);
    ck_assert_int_eq(incmap__gathered_outline(&rings, &c->outline, a, NULL), INCMAP_OK);
    incmap__gathered_free(&rings, a);
    c->west = c->south = INFINITY;
    c->east = c->north = -INFINITY;
    for (size_t g = 0; g < incmap__outline_group_count(&c->outline); g++) {
        const incmap__run *box = &c->outline.groups[g];
        c->west = fmin(c->west, box->west);
        c->east = fmax(c->east, box->east);
        c->south = fmin(c->south, box->south);
        c->north = fmax(c->north, box->north);
    }
}

static void read_countries(const incmap_allocator *a)
{
    const incmap__features_query query = { path, INCMAP__SHAPE_POLYGON, { "A3", NULL } };
    incmap__features *file = NULL;
    bool found = true;

    ck_assert_int_eq(incmap__features_open(&file, &query, a, NULL), INCMAP_OK);
    while (found) {
        ck_assert_int_eq(incmap__features_next(file, &found, NULL), INCMAP_OK);
        if (found) add_country(file, a);
    }
    incmap__features_close(file);
}

static bool boxes_meet(const struct country *a, const struct country *b)
{
    return a->south <= b->north && b->south <= a->north && a->west <= b->east && b->west <= a->east;
}

START_TEST(neighbours_with_shared_edges_are_324_pairs_and_three_enclaves_have_one_neighbour_more)
{
    const incmap_allocator a = incmap__allocator_default();
    size_t sharing = 0, enclosed_only = 0, apart = 0;

    read_countries(&a);
    for (size_t i = 0; i < count; i++)
        for (size_t j = i + 1; j < count; j++) {
            incmap__border_parts parts = { NULL, 0 };
            bool shares = false;
            if (!boxes_meet(&countries[i], &countries[j])) continue;
            ck_assert_int_eq(incmap__border_match(&countries[i].outline, &countries[j].outline,
                                                  10e3, &parts, &a, NULL),
                             INCMAP_OK);
            for (size_t k = 0; k < parts.count; k++) {
                shares = shares || !parts.parts[k].enclosed;
                apart += parts.parts[k].unmatched && !parts.parts[k].outside;
            }
            sharing += shares;
            enclosed_only += parts.count && !shares;
            incmap__free(&a, parts.parts);
        }
    ck_assert_uint_eq(count, 250);
    ck_assert_uint_eq(sharing, 324);
    ck_assert_uint_eq(enclosed_only, 3); /* Lesotho, San Marino, the Vatican */
    (void)printf("%zu stretches run apart\n", apart);
}
END_TEST

/* ---- lengths ---- */

/* Published: The World Factbook (CIA), field "Land boundaries", 2023 edition. A border that follows rivers or
 * ridges is as long as its map is fine, so those may be some per cent longer here; where most of a border is
 * straight or surveyed between pillars, they agree to a per cent or two. */
static const struct {
    const char *inside, *outside;
    double published_km, percent;
} known[] = {
    { "LBY", "EGY", 1115, 2 },  /* 25 E, straight but for the north */
    { "LBY", "TCD", 1050, 2 },  /* one straight line and a piece */
    { "LBY", "NER", 342, 2 },   /* straight pieces */
    { "RUS", "MNG", 3452, 5 },  /* pillars */
    { "CHN", "MNG", 4630, 5 },  /* pillars */
    { "RUS", "FIN", 1309, 5 },  /* pillars */
    { "RUS", "BLR", 1312, 10 }, /* never surveyed whole */
    { "RUS", "KAZ", 7644, 5 },  /* steppe */
    { "CHN", "VNM", 1297, 15 }, /* ridges and rivers */
    { "BRA", "URY", 1050, 10 }, /* rivers */
    /* Norway's figure in the Nordic Statistical Yearbook; Sweden's is 1,619. Most of it runs apart in these data, up to both ends. */
    { "NOR", "SWE", 1630, 2 },
};

START_TEST(eleven_borders_are_about_as_long_as_published)
{
    incmap_border *b = NULL;
    incmap_border_line line;
    double km = 0, off;

    ck_assert_msg(incmap_border_between(ctx, path, "A3", known[_i].inside, known[_i].outside, NULL,
                                        &b) == INCMAP_OK,
                  "%s", incmap_ctx_message(ctx));
    for (size_t i = 0; incmap_border_line_get(b, i, &line); i++)
        if (!line.enclosed && (!line.unmatched || line.outline == INCMAP_SIDE_INSIDE))
            km += line.length_m / 1000;
    off = 100 * (km / known[_i].published_km - 1);
    (void)printf("%s - %s: %.0f km, published %.0f km, %+.1f %%\n", known[_i].inside,
                 known[_i].outside, km, known[_i].published_km, off);
    ck_assert_msg(fabs(off) <= known[_i].percent, "%s - %s: %.0f km, %+.1f %%", known[_i].inside,
                  known[_i].outside, km, off);
    incmap_border_free(b);
}
END_TEST

/* ---- which country ---- */

static const struct {
    const char *why;
    double lat, lon;
    const char *holds;
} places[] = {
    { "Kozinka", 50.46139, 35.6025, "RUS;" },
    { "Kyiv", 50.45466, 30.5238, "UKR;" },
    { "Simferopol: both outlines", 44.952, 34.102, "RUS;UKR;" },
    { "Maseru: South Africa's outline has no hole", -29.31, 27.48, "LSO;ZAF;" },
    { "Chukotka, beyond the antimeridian", 66.0, -172.0, "RUS;" },
    { "Taveuni, on the antimeridian", -16.85, -179.97, "FJI;" },
    { "Antarctica", -80, 0, "ATA;" },
    { "North Pole", 90, 0, "" },
    { "the Atlantic", 0, -20, "" },
    { "Washington", 38.9, -77.04, "USA;" },
};

static int by_code(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

START_TEST(places_are_in_their_countries)
{
    incmap_countries *c = NULL;

    ck_assert_int_eq(incmap_countries_open(ctx, path, "A3", NULL, &c), INCMAP_OK);
    ck_assert_uint_eq(incmap_countries_count(c), 250);
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        incmap_country_hit hits[8];
        const char *codes[8];
        char text[64] = "";
        size_t found, n = 0;
        ck_assert_int_eq(incmap_countries_find(ctx, c,
                                               (incmap_coord){ places[i].lat, places[i].lon }, 0,
                                               hits, 8, &found),
                         INCMAP_OK);
        for (size_t k = 0; k < found; k++)
            if (hits[k].holds) codes[n++] = incmap_countries_code(c, hits[k].country);
        qsort(codes, n, sizeof *codes, by_code);
        for (size_t k = 0; k < n; k++)
            (void)snprintf(text + strlen(text), sizeof text - strlen(text), "%s;", codes[k]);
        ck_assert_msg(strcmp(text, places[i].holds) == 0, "%s: %s", places[i].why, text);
    }
    incmap_countries_free(c);
}
END_TEST

static void assert_found_as_by_outline(const incmap_countries *c, incmap_coord point)
{
    incmap_country_hit hits[16];
    size_t found, holding = 0;

    ck_assert_int_eq(incmap_countries_find(ctx, c, point, 0, hits, 16, &found), INCMAP_OK);
    for (size_t i = 0; i < count; i++)
        holding += incmap__outline_contains(&countries[i].outline, point);
    for (size_t k = 0; k < found; k++) {
        const incmap__outline *o = &countries[hits[k].country].outline;
        ck_assert_str_eq(incmap_countries_code(c, hits[k].country),
                         countries[hits[k].country].code);
        ck_assert_msg(hits[k].holds == incmap__outline_contains(o, point), "%.9f %.9f", point.lat,
                      point.lon);
        ck_assert(hits[k].certain == !incmap__outline_is_near(o, point, 100));
        holding -= hits[k].holds;
    }
    ck_assert_msg(holding == 0, "%.9f %.9f", point.lat, point.lon);
}

START_TEST(index_answers_what_each_outline_answers)
{
    const incmap_allocator a = incmap__allocator_default();
    test_random r = { test_seed(81) };
    incmap_countries *c = NULL;

    read_countries(&a);
    ck_assert_int_eq(incmap_countries_open(ctx, path, "A3", NULL, &c), INCMAP_OK);
    for (int i = 0; i < 5000; i++) {
        const struct country *near = &countries[(size_t)i % count];
        const incmap_coord v = near->outline.vertices[random_bits(&r) % near->outline.edge_count];
        assert_found_as_by_outline(c, random_coord(&r));
        assert_found_as_by_outline(c,
                                   (incmap_coord){ fmax(-90, v.lat + random_between(&r, -.01, .01)),
                                                   v.lon + random_between(&r, -.01, .01) });
    }
    incmap_countries_free(c);
}
END_TEST

int main(void)
{
    Suite *suite;
    TCase *tc;

    path = getenv("INCMAP_COUNTRIES");
    if (!path || !path[0]) {
        puts("skipped: INCMAP_COUNTRIES names no layer of the world's countries");
        return SKIPPED;
    }
    suite = suite_create("border_world");
    tc = tcase_create("border_world");
    tcase_set_timeout(tc, 900);
    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(
        tc, neighbours_with_shared_edges_are_324_pairs_and_three_enclaves_have_one_neighbour_more);
    tcase_add_loop_test(tc, eleven_borders_are_about_as_long_as_published, 0,
                        sizeof known / sizeof *known);
    tcase_add_test(tc, places_are_in_their_countries);
    tcase_add_test(tc, index_answers_what_each_outline_answers);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
