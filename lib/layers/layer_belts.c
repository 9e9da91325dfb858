/* SPDX-License-Identifier: MIT */
/* Belts: the areas within given distances of a border, side by side. Where both outlines hold the land
 * the belt is a part of its own, so that contested land is on neither side. */
#include <math.h>
#include <stdint.h>
#include <stdio.h>

#include "base/text.h"
#include "layers/layer_set.h"
#include "layers/zone_shape.h"

enum column {
    BELT,
    FROM_M,
    TO_M,
    SIDE,
    COUNTRY,
    BORDER,
    ACCURACY_M,
    ACC_BASIS,
    DATA_DATE,
    CREDIT,
    COLUMNS
};

static const incmap__layer_column columns[COLUMNS] = {
    [BELT] = { "BELT", INCMAP__COLUMN_TEXT, 0 },
    [FROM_M] = { "FROM_M", INCMAP__COLUMN_NUMBER, 1 },
    [TO_M] = { "TO_M", INCMAP__COLUMN_NUMBER, 1 },
    [SIDE] = { "SIDE", INCMAP__COLUMN_TEXT, 0 },
    [COUNTRY] = { "COUNTRY", INCMAP__COLUMN_TEXT, 0 },
    [BORDER] = { "BORDER", INCMAP__COLUMN_TEXT, 0 },
    [ACCURACY_M] = { "ACCURACY_M", INCMAP__COLUMN_NUMBER, 1 },
    [ACC_BASIS] = { "ACC_BASIS", INCMAP__COLUMN_TEXT, 0 },
    [DATA_DATE] = { "DATA_DATE", INCMAP__COLUMN_TEXT, 0 },
    [CREDIT] = { "CREDIT", INCMAP__COLUMN_TEXT, 0 },
};

static const incmap_side sides[] = { INCMAP_SIDE_INSIDE, INCMAP_SIDE_OUTSIDE, INCMAP_SIDE_BOTH };
enum { SIDES = sizeof sides / sizeof *sides };

struct belt {
    incmap_zone *zone;
    double from_m, to_m;
    incmap_side side;
};

struct source {
    const incmap_border *border;
    struct belt *belts;
    size_t count;
    incmap__zone_rings rings;
    char text[160];
};

static const char *country_of(const struct source *s, incmap_side side)
{
    if (side == INCMAP_SIDE_INSIDE) return incmap_border_inside(s->border);
    if (side == INCMAP_SIDE_OUTSIDE) return incmap_border_outside(s->border);
    return "";
}

static const char *belt_text(struct source *s, const struct belt *belt)
{
    const char *country = country_of(s, belt->side);

    (void)snprintf(s->text, sizeof s->text, "%s to %s km, %s",
                   incmap__number(belt->from_m / 1000).text, incmap__number(belt->to_m / 1000).text,
                   *country ? country : "in both outlines");
    return s->text;
}

static incmap_status fill(void *user, size_t i, incmap__layer_row *row, incmap_error *err)
{
    struct source *s = user;
    const struct belt *belt = &s->belts[i];

    incmap__row_text(row, BELT, belt_text(s, belt));
    incmap__row_number(row, FROM_M, belt->from_m);
    incmap__row_number(row, TO_M, belt->to_m);
    incmap__row_text(row, SIDE, incmap_side_text(belt->side));
    incmap__row_text(row, COUNTRY, country_of(s, belt->side));
    incmap__row_text(row, BORDER, incmap_border_name(s->border));
    incmap__row_number(row, ACCURACY_M, incmap_border_accuracy_m(s->border));
    incmap__row_text(row, ACC_BASIS,
                     incmap_border_accuracy_is_stated(s->border) ? "stated" : "assumed");
    incmap__row_text(row, DATA_DATE, incmap_border_data_date(s->border));
    incmap__row_text(row, CREDIT, incmap_border_attribution(s->border));
    if (row->measuring) return INCMAP_OK;
    return incmap__zone_shape(&s->rings, belt->zone, &row->shape, err);
}

/* The edge of a belt need not be finer than the border by far: a twentieth of its accuracy. */
static double tolerance_m(const incmap_border *border)
{
    return fmin(fmax(incmap_border_accuracy_m(border) / 20, 0.5), 100.0);
}

/* A belt in both outlines is kept only where there is such land. */
static incmap_status make_belts(incmap_ctx *ctx, struct source *s, const double distances_m[],
                                size_t n, const incmap_layer_options *o)
{
    incmap_status st = INCMAP_OK;

    s->belts = incmap__alloc_zeroed(&ctx->allocator, n * SIDES, sizeof *s->belts);
    if (!s->belts) return incmap__fail_memory(&ctx->error);
    for (size_t i = 0; !st && i < n * SIDES; i++) {
        struct belt *belt = &s->belts[s->count];
        incmap_zone_options options = INCMAP_ZONE_OPTIONS_INIT;
        options.side = belt->side = sides[i % SIDES];
        options.tolerance_m = tolerance_m(s->border);
        belt->from_m = i < SIDES ? 0 : distances_m[i / SIDES - 1];
        belt->to_m = distances_m[i / SIDES];
        st = incmap_zone_belt(ctx, s->border, belt->from_m, belt->to_m, &options, &belt->zone);
        if (o && o->progress) o->progress(o->progress_user, i, n * SIDES);
        if (st) continue;
        if (belt->side != INCMAP_SIDE_BOTH || incmap_zone_part_count(belt->zone) > 0) {
            s->count++;
        } else {
            incmap_zone_free(belt->zone);
            belt->zone = NULL;
        }
    }
    return st;
}

static void free_source(const incmap_allocator *a, struct source *s)
{
    for (size_t i = 0; s->belts && i < s->count; i++)
        incmap_zone_free(s->belts[i].zone);
    incmap__free(a, s->belts);
    incmap__zone_rings_free(&s->rings);
}

static incmap_status check_distances(incmap_ctx *ctx, const double distances_m[], size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (!(distances_m[i] > (i > 0 ? distances_m[i - 1] : 0)) || !isfinite(distances_m[i]))
            return incmap__fail(&ctx->error, INCMAP_EDOMAIN,
                                "belts layer: distance %zu is %s m, expected more than %s m", i + 1,
                                incmap__number(distances_m[i]).text,
                                incmap__number(i > 0 ? distances_m[i - 1] : 0).text);
    return INCMAP_OK;
}

incmap_status incmap_layer_write_belts(incmap_ctx *ctx, const char *path,
                                       const incmap_border *border, const double distances_m[],
                                       size_t n, const incmap_layer_options *options,
                                       incmap_layer_result *result)
{
    struct source source = { .border = border };
    incmap_status st;

    if (!ctx) return INCMAP_EARG;
    if (!path || !border || !distances_m || n == 0)
        return incmap__fail(&ctx->error, INCMAP_EARG,
                            "belts layer: path, border or distances are NULL, or there are none");
    st = check_distances(ctx, distances_m, n);
    if (st) return st;
    source.rings.allocator = &ctx->allocator;
    st = make_belts(ctx, &source, distances_m, n, options);
    const incmap__layer_plan plan = {
        .path = path,
        .kind = "belts",
        .style = &incmap__style_belts,
        .type = INCMAP__SHAPE_POLYGON,
        .columns = columns,
        .column_count = COLUMNS,
        .row_count = source.count,
        .fill = fill,
        .user = &source,
        .title = "Belts along the border",
        .abstract =
            "The land between FROM_M and TO_M metres of the border on either side. SIDE both: "
            "land that the outlines of both countries hold, which is on neither side. Sea and "
            "third countries are in none.",
        .credit = incmap_border_attribution(border),
        .data_date = incmap_border_data_date(border),
        .depths_behind = border,
    };
    if (!st) st = incmap__layer_write(ctx, &plan, options, result);
    free_source(&ctx->allocator, &source);
    return st;
}
