/* SPDX-License-Identifier: MIT */
/* How far are places from one another, and how deep behind the border? Prints a table of distances
 * with the depth of each place, or with --to one column of distances. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "common/program.h"
#include "common/table.h"
#include "common/text.h"
#include "common/wording.h"

enum { MOST_COLUMNS = 120 };

static data_options chosen;
static const char *to, *unit_name;
static bool as_csv;

typedef struct {
    data d;
    spots all;            /* rows */
    spots target;         /* of --to NAME: one */
    incmap_depth *depths; /* of the rows */
    incmap_unit unit;
} job;

/* ---- the table -------------------------------------------------------------------------------- */

static double apart(job *j, const spot *a, const spot *b)
{
    double metres = NAN;

    incmap_distance(j->d.ctx, a->at, b->at, &metres);
    return metres;
}

static void depth_cells(job *j, table *t, size_t i)
{
    if (j->all.items[i].on_border) {
        table_cell(t, "on it");
        table_cell(t, "");
        return;
    }
    table_take(t, depth_text(&j->depths[i], j->unit));
    table_take(t, side_words(&j->d, &j->depths[i]));
}

/* The triangle below the diagonal: each distance once, as road atlases have it. */
static table *matrix(job *j, bool numbered)
{
    table *t = table_new();
    const spot *s = j->all.items;

    if (numbered) table_column(t, "", ALIGN_RIGHT, 0);
    table_column(t, "", ALIGN_LEFT, 24);
    table_column(t, "point ±", ALIGN_POINT, 0);
    for (size_t c = 0; c + 1 < j->all.n; c++) {
        char *head = numbered ? text_format("%zu", c + 1) : spot_title(&s[c]);
        table_column(t, head, ALIGN_POINT, 0);
        free(head);
    }
    table_column(t, "depth", ALIGN_BAND, 0);
    table_column(t, "side", ALIGN_LEFT, 0);
    for (size_t r = 0; r < j->all.n; r++) {
        if (numbered) table_cellf(t, "%zu", r + 1);
        table_take(t, spot_title(&s[r]));
        table_take(t, band_text(s[r].uncertainty_m, j->unit));
        for (size_t c = 0; c + 1 < j->all.n; c++)
            table_take(t, c < r ? rounded_text(apart(j, &s[r], &s[c]),
                                               s[r].uncertainty_m + s[c].uncertainty_m, j->unit)
                                : need_copy(""));
        depth_cells(j, t, r);
    }
    return t;
}

static void print_notes(job *j)
{
    bool uncertain = false, unmatched = false, built = false;

    for (size_t i = 0; i < j->all.n; i++) {
        const bool measured = !j->all.items[i].on_border;
        uncertain |= measured && !j->depths[i].side_certain;
        unmatched |= measured && j->depths[i].unmatched;
        built |= !measured;
    }
    print_legend(&j->d, uncertain, unmatched);
    if (built)
        printf("on it: put on the border by construction, so there is no depth to measure.\n");
    spots_print_notes(&j->all);
    spots_print_notes(&j->target);
    printf("\n");
    data_write_credit(&j->d, stdout);
}

static void print_matrix(job *j)
{
    table *t = matrix(j, false);

    if (table_width(t) > MOST_COLUMNS) {
        table_free(t);
        t = matrix(j, true);
    }
    printf("Distances between places and depth behind the border, %s\n\n",
           incmap_unit_text(j->unit));
    table_print(t, stdout);
    table_free(t);
    printf("\nA distance is good to ± the sum of both places' \"point ±\" and is rounded so; it is "
           "the "
           "shortest\nline on the ellipsoid (WGS 84), not a road.\n");
}

static void print_depths(job *j)
{
    table *t = table_new();

    table_column(t, "", ALIGN_LEFT, 40);
    table_column(t, "depth", ALIGN_BAND, 0);
    table_column(t, "side", ALIGN_LEFT, 0);
    table_column(t, "nearest point of the border", ALIGN_LEFT, 0);
    table_column(t, "toward it", ALIGN_LEFT, 0);
    for (size_t i = 0; i < j->all.n; i++) {
        table_take(t, spot_title(&j->all.items[i]));
        depth_cells(j, t, i);
        table_take(t, position_text(j->depths[i].nearest, incmap_border_accuracy_m(j->d.border)));
        table_take(t, direction_text(&j->depths[i]));
    }
    printf("Depth behind the border, %s\n\n", incmap_unit_text(j->unit));
    table_print(t, stdout);
    table_free(t);
    printf("\n");
}

static void print_to_place(job *j)
{
    const spot *b = &j->target.items[0];
    table *t = table_new();
    incmap_geodesic g;

    table_column(t, "from", ALIGN_LEFT, 40);
    table_column(t, "distance", ALIGN_BAND, 0);
    table_column(t, "direction", ALIGN_LEFT, 0);
    table_column(t, "depth of it", ALIGN_BAND, 0);
    table_column(t, "side", ALIGN_LEFT, 0);
    for (size_t i = 0; i < j->all.n; i++) {
        const spot *a = &j->all.items[i];
        const double band = a->uncertainty_m + b->uncertainty_m;
        if (incmap_inverse(j->d.ctx, a->at, b->at, &g)) continue; /* resolved: cannot happen */
        table_take(t, spot_title(a));
        table_take(t, distance_text(g.distance_m, band, j->unit));
        table_take(t, g.distance_m > band
                          ? text_format("%s (%.0f°)", incmap_compass_text(g.azimuth_deg, 16),
                                        fmod(round(g.azimuth_deg), 360))
                          : need_copy("-"));
        depth_cells(j, t, i);
    }
    printf("Distances to %s, %s\n\n", b->label, incmap_unit_text(j->unit));
    table_print(t, stdout);
    table_free(t);
    printf("\nThe ± of a distance is the sum of both points' uncertainties; it is the shortest "
           "line on "
           "the\nellipsoid (WGS 84), not a road.\n");
}

/* ---- CSV -------------------------------------------------------------------------------------- */

static void csv_spot(csv_out *csv, const spot *s)
{
    csv_text(csv, s->key);
    csv_text(csv, s->label);
    csv_number(csv, s->at.lat, 7);
    csv_number(csv, s->at.lon, 7);
}

static void csv_pair(job *j, csv_out *csv, const spot *a, const spot *b)
{
    incmap_geodesic g;

    if (incmap_inverse(j->d.ctx, a->at, b->at, &g)) return; /* resolved: cannot happen */
    csv_spot(csv, a);
    csv_spot(csv, b);
    csv_number(csv, g.distance_m, 3);
    csv_number(csv, a->uncertainty_m + b->uncertainty_m, 3);
    csv_number(csv, g.azimuth_deg, 3);
    csv_number(csv, g.back_azimuth_deg, 3);
    csv_empty(csv, 8 + CREDIT_COLUMN_COUNT);
    csv_end(csv);
}

static void csv_border(job *j, csv_out *csv, size_t i)
{
    const spot *s = &j->all.items[i];
    const incmap_depth *depth = &j->depths[i];

    csv_spot(csv, s);
    csv_text(csv, "border");
    csv_text(csv, "border");
    csv_number(csv, depth->nearest.lat, 7);
    csv_number(csv, depth->nearest.lon, 7);
    csv_number(csv, s->on_border ? NAN : fabs(depth->depth_m), 3);
    csv_number(csv, s->on_border ? NAN : depth->band_m, 3);
    csv_number(csv, s->on_border ? NAN : depth->azimuth_deg, 3);
    csv_empty(csv, 1);
    csv_bool(csv, s->on_border);
    csv_number(csv, s->on_border ? NAN : depth->depth_m, 3);
    csv_number(csv, s->on_border ? NAN : depth->band_m, 3);
    csv_text(csv, s->on_border ? "" : incmap_side_text(depth->side));
    csv_text(csv, s->on_border ? "" : depth->side_certain ? "true" : "false");
    csv_bool(csv, depth->unmatched);
    csv_number(csv, depth->along_m, 3);
    csv_number(csv, depth->line, 0);
    csv_credit(csv, &j->d);
    csv_end(csv);
}

static void print_csv(job *j)
{
    csv_out csv = { stdout, 0 };

    csv_head(&csv, "from_key,from,from_lat,from_lon,to_key,to,to_lat,to_lon,distance_m,"
                   "uncertainty_m,azimuth_deg,back_azimuth_deg,on_border,depth_m,band_m,side,"
                   "side_certain,unmatched,along_m,line," CREDIT_COLUMNS);
    for (size_t i = 0; !to && i < j->all.n; i++)
        for (size_t k = i + 1; k < j->all.n; k++)
            csv_pair(j, &csv, &j->all.items[i], &j->all.items[k]);
    for (size_t i = 0; j->target.n && i < j->all.n; i++)
        csv_pair(j, &csv, &j->all.items[i], &j->target.items[0]);
    for (size_t i = 0; !j->target.n && i < j->all.n; i++)
        csv_border(j, &csv, i);
}

/* ---- the question ----------------------------------------------------------------------------- */

typedef struct {
    spot spot;
    incmap_depth depth;
} measured;

static int nearer_first(const void *a, const void *b)
{
    const double da = fabs(((const measured *)a)->depth.depth_m);
    const double db = fabs(((const measured *)b)->depth.depth_m);

    return (da > db) - (da < db);
}

/* The default rows stand in the order of their distance to the border; typed ones as typed. */
static void sort_rows(job *j)
{
    measured *rows = need(calloc(j->all.n + 1, sizeof *rows));

    for (size_t i = 0; i < j->all.n; i++)
        rows[i] = (measured){ j->all.items[i], j->depths[i] };
    qsort(rows, j->all.n, sizeof *rows, nearer_first);
    for (size_t i = 0; i < j->all.n; i++) {
        j->all.items[i] = rows[i].spot;
        j->depths[i] = rows[i].depth;
    }
    free(rows);
}

static int ask(job *j, const char *const words[], size_t n)
{
    int status = read_unit(unit_name, &j->unit);

    if (!status) status = data_load(&j->d, &chosen, false);
    if (!status) status = spots_find(&j->d, words, n, &j->all);
    if (!status && to && strcmp(to, "border") != 0) status = spots_find(&j->d, &to, 1, &j->target);
    if (status) return status;
    if (!n) spots_add_named(&j->d, &j->all);
    if (!j->all.n)
        return complain(NO_ANSWER, "no settlement of %s or %s is named by a source; name places",
                        j->d.inside.name, j->d.outside.name);
    j->depths = need(calloc(j->all.n, sizeof *j->depths));
    for (size_t i = 0; !status && i < j->all.n; i++)
        status = spot_measure(&j->d, &j->all.items[i], &j->depths[i]);
    if (!status && !n) sort_rows(j);
    return status;
}

static void answer(job *j)
{
    if (as_csv) {
        print_csv(j);
        return;
    }
    if (j->target.n) {
        print_to_place(j);
    } else if (to || j->all.n < 2) {
        print_depths(j);
    } else {
        print_matrix(j);
    }
    print_notes(j);
}

static int run(void *user, const char *const words[], size_t n)
{
    job *j = user;
    const int status = ask(j, words, n);

    if (!status) answer(j);
    return status;
}

int main(int argc, char *argv[])
{
    const option own[] = {
        { "to", "border|PLACE", "only the way to the border, or to this place", NULL, &to },
        OPTION_UNIT(unit_name),
        { "csv", NULL, "one CSV row per pair, and one per place and border", &as_csv, NULL },
    };
    option data_rows[DATA_OPTION_COUNT];
    const option_group groups[] = {
        { "Options", own, 3 }, { "Other data than the built-in", data_rows, DATA_OPTION_COUNT }
    };
    const command cmd = {
        "[PLACE...] [--to border|PLACE]",
        "Distances between places, and how deep each lies behind the border.\n" PLACE_HELP,
        "\n"
        " Kozinka Грайворон 50.45,35.58 --unit mi\n"
        " Kozinka key:belgorod --to Moscow\n",
        groups, 2
    };
    job j = { .unit = INCMAP_UNIT_KM };
    int status;

    program_start(argv[0]);
    data_options_table(&chosen, data_rows);
    status = data_run(&cmd, argc, argv, run, &j, &j.d);
    free(j.depths);
    spots_free(&j.all);
    spots_free(&j.target);
    data_free(&j.d);
    return program_end(status);
}

/* What it prints, with all its ways to end: tests/examples/distance_table-*.expected */
