/* SPDX-License-Identifier: MIT */
/* The Russia - Ukraine border against the table of an independent judge (tests/reference/README.md),
 * both as compiled in and as made from the countries' layer. */
#include "harness.h"
#include "reference_table.h"

#include <incmap/border.h>
#include <incmap/builtin.h>
#include <incmap/distance.h>

#include <math.h>
#include <stdarg.h>

#define RADIANS 0.017453292519943295769
/* What incmap_border_measure promises. The judge itself is good to a tenth of a micrometre. */
#define DEPTH_TOLERANCE_M 1e-4
/* The nearest place of the border where there is but one. */
#define FOOT_TOLERANCE_M 1e-3
/* Sums of up to 8,000 edges, each good to 15 nm in PROJ. */
#define LENGTH_TOLERANCE_M 1e-3

enum {
    WHY,
    LAT,
    LON,
    DISTANCE,
    FOOT_LAT,
    FOOT_LON,
    AZIMUTH,
    UNIQUE,
    UNMATCHED,
    SIDE,
    INSIDE_OUTLINE,
    OUTSIDE_OUTLINE
};

/* A line with the chainage of its vertices, summed up here from the public distance. */
struct chain {
    incmap_border_line line;
    incmap_coord *vertices;
    double *at;
};

static incmap_ctx *ctx;
static incmap_border *border;
static struct chain *chains;
static size_t n_chains;

/* All that differs is counted, and the first few told. */
static int faults;
static char told[4096];

#if defined(__GNUC__) || defined(__clang__)
__attribute__((format(printf, 2, 3)))
#endif
static void
fault(const struct reference_row *row, const char *format, ...)
{
    const size_t used = strlen(told);
    va_list args;
    if (++faults > 12) return;
    snprintf(told + used, sizeof told - used, "\n  %s %s,%s: ", row->field[WHY], row->field[LAT],
             row->field[LON]);
    va_start(args, format);
    vsnprintf(told + strlen(told), sizeof told - strlen(told), format, args);
    va_end(args);
}

static double metres(incmap_coord a, incmap_coord b)
{
    double d = NAN;
    ck_assert_int_eq(incmap_distance(ctx, a, b, &d), INCMAP_OK);
    return d;
}

static void make_chain(size_t i, struct chain *c)
{
    size_t n;
    ck_assert(incmap_border_line_get(border, i, &c->line));
    n = c->line.vertices;
    c->vertices = malloc(n * sizeof *c->vertices);
    c->at = malloc(n * sizeof *c->at);
    ck_assert_uint_eq(incmap_border_line_vertices(border, i, c->vertices, n), n);
    c->at[0] = 0;
    for (size_t k = 1; k < n; k++)
        c->at[k] = c->at[k - 1] + metres(c->vertices[k - 1], c->vertices[k]);
}

static void open_border(int door)
{
    char path[1024];
    incmap_status st;
    ck_assert_int_eq(incmap_ctx_new(NULL, &ctx), INCMAP_OK);
    snprintf(path, sizeof path, "%s/countries/countries.shp", getenv("INCMAP_TEST_DATA"));
    st = door == 0 ? incmap_border_builtin(ctx, &border)
                   : incmap_border_between(ctx, path, "A3", "RUS", "UKR", NULL, &border);
    ck_assert_msg(st == INCMAP_OK, "%s", incmap_ctx_message(ctx));
    faults = 0;
    told[0] = '\0';
}

static void open_with_chains(int door)
{
    open_border(door);
    n_chains = incmap_border_line_count(border);
    chains = calloc(n_chains, sizeof *chains);
    for (size_t i = 0; i < n_chains; i++)
        make_chain(i, &chains[i]);
}

static void close_border(void)
{
    for (size_t i = 0; i < n_chains; i++) {
        free(chains[i].vertices);
        free(chains[i].at);
    }
    free(chains);
    chains = NULL;
    n_chains = 0;
    incmap_border_free(border);
    incmap_ctx_free(ctx);
}

static void check_depth(const struct reference_row *row, const incmap_depth *d)
{
    const double distance = reference_number(row, DISTANCE);
    const bool negative = d->side == INCMAP_SIDE_OUTSIDE;
    if (!(fabs(fabs(d->depth_m) - distance) <= DEPTH_TOLERANCE_M))
        fault(row, "depth %.6f m, not %.6f", d->depth_m, distance);
    if (negative ? d->depth_m > 0 : d->depth_m < 0)
        fault(row, "depth %.6f m %s", d->depth_m, incmap_side_text(d->side));
}

static void check_foot(const struct reference_row *row, const incmap_depth *d)
{
    const incmap_coord foot = { reference_number(row, FOOT_LAT), reference_number(row, FOOT_LON) };
    const double distance = reference_number(row, DISTANCE), radius = 6371000;
    const double turn = (d->azimuth_deg - reference_number(row, AZIMUTH)) * RADIANS;
    if (!(fabs(d->nearest.lat) <= 90 && fabs(d->nearest.lon) <= 180))
        fault(row, "nearest %.9f %.9f", d->nearest.lat, d->nearest.lon);
    if (!(d->azimuth_deg >= 0 && d->azimuth_deg < 360)) fault(row, "azimuth %f", d->azimuth_deg);
    if (strcmp(row->field[UNIQUE], "1") != 0) return;
    if (!(metres(foot, d->nearest) <= FOOT_TOLERANCE_M))
        fault(row, "nearest is %.6f m from the judge's, at %.3f m", metres(foot, d->nearest),
              distance);
    /* As far as the foot: one end of the way turned by this angle moves the other so much. */
    if (distance > FOOT_TOLERANCE_M &&
        (cos(turn) < 0 || fabs(sin(turn)) * radius * sin(distance / radius) > FOOT_TOLERANCE_M))
        fault(row, "azimuth %.9f, not %s", d->azimuth_deg, row->field[AZIMUTH]);
}

static void check_side(const struct reference_row *row, const incmap_depth *d)
{
    const double inside = reference_number(row, INSIDE_OUTLINE);
    const double outside = reference_number(row, OUTSIDE_OUTLINE);
    const double outline = fmin(inside, outside);
    if (outline > DEPTH_TOLERANCE_M && strcmp(incmap_side_text(d->side), row->field[SIDE]) != 0)
        fault(row, "side %s, not %s (outline at %.6f m)", incmap_side_text(d->side),
              row->field[SIDE], outline);
    if (fabs(outline - d->band_m) > DEPTH_TOLERANCE_M && d->side_certain != (outline > d->band_m))
        fault(row, "side %s, though an outline is at %.3f m and the band %.3f m",
              d->side_certain ? "certain" : "uncertain", outline, d->band_m);
}

static void check_band(const struct reference_row *row, double uncertainty, const incmap_depth *d)
{
    double band = uncertainty + incmap_border_accuracy_m(border);
    if (row->field[UNMATCHED][0] != '?' && d->unmatched != (row->field[UNMATCHED][0] == '1'))
        fault(row, "unmatched %d, not %s", d->unmatched, row->field[UNMATCHED]);
    if (d->line < 0 || (size_t)d->line >= n_chains) {
        fault(row, "line %d of %zu", d->line, n_chains);
        return;
    }
    if (d->unmatched != chains[d->line].line.unmatched) fault(row, "unmatched unlike its line");
    if (d->unmatched) band += chains[d->line].line.separation_m;
    if (!(fabs(d->band_m - band) <= 1e-6)) fault(row, "band %.6f m, not %.6f", d->band_m, band);
}

/* The nearest point lies on its line where its chainage says. */
static void check_along(const struct reference_row *row, const incmap_depth *d)
{
    const struct chain *c = &chains[d->line < 0 ? 0 : d->line];
    const double along = d->along_m - c->line.start_m;
    size_t low = 0, high = c->line.vertices - 1;
    double back, rest;

    while (high - low > 1) {
        const size_t mid = (low + high) / 2;
        if (c->at[mid] <= along)
            low = mid;
        else
            high = mid;
    }
    back = metres(c->vertices[low], d->nearest);
    rest = metres(d->nearest, c->vertices[high]);
    if (!(fabs(c->at[low] + back - along) <= LENGTH_TOLERANCE_M &&
          fabs(c->at[high] - rest - along) <= LENGTH_TOLERANCE_M))
        fault(row, "chainage %.6f m in line %d is %.6f m after one vertex, %.6f m before the next",
              along, d->line, back, rest);
}

static void check_row(const struct reference_row *row)
{
    const incmap_coord point = { reference_number(row, LAT), reference_number(row, LON) };
    incmap_depth d, sure;

    ck_assert_int_eq(row->fields, OUTSIDE_OUTLINE + 1);
    ck_assert_int_eq(incmap_border_measure(ctx, border, point, 0, &d), INCMAP_OK);
    check_depth(row, &d);
    check_foot(row, &d);
    check_side(row, &d);
    check_band(row, 0, &d);
    check_along(row, &d);

    ck_assert_int_eq(incmap_border_measure(ctx, border, point, 2197, &sure), INCMAP_OK);
    check_side(row, &sure);
    check_band(row, 2197, &sure);
    if (sure.depth_m != d.depth_m || sure.side != d.side)
        fault(row, "the uncertainty moved the depth or the side");
}

START_TEST(every_answer_agrees_with_the_independent_judge)
{
    FILE *file = reference_open("border_depths.csv");
    struct reference_row row;
    int rows = 0;
    open_with_chains(_i);
    for (; reference_next(file, &row); rows++)
        check_row(&row);
    fclose(file);
    ck_assert_int_ge(rows, 3000);
    ck_assert_msg(faults == 0, "%d faults in %d points:%s", faults, rows, told);
    close_border();
}
END_TEST

START_TEST(the_lines_are_the_eight_matched_ones_with_both_outlines_of_seven_gaps_between)
{
    FILE *file = reference_open("border_lines.csv");
    struct reference_row row;
    size_t i = 0;
    open_with_chains(_i);
    for (; reference_next(file, &row); i++) {
        const struct chain *c;
        const incmap_border_line *line;
        const char *outline = row.field[1];
        ck_assert_uint_lt(i, n_chains);
        c = &chains[i];
        line = &c->line;
        ck_assert_int_eq(line->unmatched, row.field[0][0] == '1');
        ck_assert_str_eq(line->outline ? incmap_side_text(line->outline) : "", outline);
        ck_assert_double_eq((double)line->vertices, reference_number(&row, 2));
        ck_assert_double_eq_tol(line->start_m, reference_number(&row, 3), LENGTH_TOLERANCE_M);
        ck_assert_double_eq_tol(line->length_m, reference_number(&row, 4), LENGTH_TOLERANCE_M);
        /* A bound: the samples that the judge took every 20 m lie within it. */
        ck_assert_double_ge(line->separation_m, reference_number(&row, 5) - 1e-3);
        ck_assert_double_le(line->separation_m, line->unmatched ? 100 : 0);
        ck_assert_double_eq_tol(c->vertices[0].lat, reference_number(&row, 7), 1e-9);
        ck_assert_double_eq_tol(c->vertices[0].lon, reference_number(&row, 8), 1e-9);
        ck_assert_double_eq_tol(c->vertices[line->vertices - 1].lat, reference_number(&row, 9),
                                1e-9);
        ck_assert_double_eq_tol(c->vertices[line->vertices - 1].lon, reference_number(&row, 10),
                                1e-9);
    }
    fclose(file);
    ck_assert_uint_eq(i, 22);
    ck_assert_uint_eq(n_chains, 22);
    close_border();
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("border reference");
    TCase *tc = tcase_create("judge");
    tcase_set_timeout(tc, 300);
    tcase_add_loop_test(tc, every_answer_agrees_with_the_independent_judge, 0, 2);
    tcase_add_loop_test(
        tc, the_lines_are_the_eight_matched_ones_with_both_outlines_of_seven_gaps_between, 0, 2);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
