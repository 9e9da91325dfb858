/* SPDX-License-Identifier: MIT */
/* A border between two countries of a polygon shapefile. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/context.h"
#include "base/text.h"
#include "geodesy/border.h"
#include "io/shapefile.h"

/* What OpenStreetMap's boundary may be off the true line while nobody states it better. */
static const double default_accuracy_m = 100;
static const double default_gap_max_m = 10e3;

/* Rings being gathered from one feature after the other. */
struct rings {
    incmap_coord *points;
    size_t *starts;
    size_t point_count, point_room, ring_count, start_room;
};

static incmap_status add_shape(struct rings *r, const incmap__shape *shape,
                               const incmap_allocator *a, incmap_error *err)
{
    incmap_status st = incmap__grow(a, &r->points, &r->point_room,
                                    r->point_count + shape->point_count, sizeof *r->points, err);
    if (!st)
        st = incmap__grow(a, &r->starts, &r->start_room, r->ring_count + shape->part_count + 1,
                          sizeof *r->starts, err);
    if (!st && shape->point_count) {
        memcpy(r->points + r->point_count, shape->points, shape->point_count * sizeof *r->points);
        for (size_t p = 0; p <= shape->part_count; p++)
            r->starts[r->ring_count + p] = r->point_count + shape->part_starts[p];
        r->ring_count += shape->part_count;
        r->point_count += shape->point_count;
    }
    return st;
}

/* Adds row's rings if its code is the one asked for. */
static incmap_status add_row(struct rings *rings, incmap__shapefile *file, size_t row, int field,
                             const char *code, const incmap_allocator *a, incmap_error *err)
{
    incmap__shape shape;
    const char *found;
    incmap_status st = incmap__shapefile_text(file, row, field, &found, err);

    if (!st && incmap__text_same(found, code)) {
        st = incmap__shapefile_read(file, row, &shape, err);
        if (!st && shape.type == INCMAP__SHAPE_POLYGON) st = add_shape(rings, &shape, a, err);
    }
    return st;
}

incmap_status incmap__outline_load(incmap__outline *out, const char *path, const char *code_field,
                                   const char *code, const incmap_allocator *a, incmap_error *err)
{
    incmap__shapefile *file = NULL;
    struct rings rings = { .points = NULL };
    int field;
    incmap_status st = incmap__shapefile_open(&file, path, a, err);

    if (st) goto done;
    field = incmap__shapefile_field(file, code_field);
    if (incmap__shapefile_type(file) != INCMAP__SHAPE_POLYGON)
        st = incmap__fail(err, INCMAP_EDATA, "%s: found no polygons, expected a polygon layer",
                          path);
    else if (field < 0)
        st = incmap__fail(err, INCMAP_EDATA, "%s: found no field \"%s\"", path, code_field);
    for (size_t row = 0; !st && row < incmap__shapefile_count(file); row++)
        st = add_row(&rings, file, row, field, code, a, err);
    if (!st && !rings.ring_count)
        st = incmap__fail(err, INCMAP_ENOTFOUND, "%s: no polygon whose %s is \"%s\"", path,
                          code_field, code);
    if (!st) st = incmap__outline_build(out, rings.points, rings.starts, rings.ring_count, a, err);

done:
    incmap__shapefile_close(file);
    incmap__free(a, rings.points);
    incmap__free(a, rings.starts);
    return st;
}

static incmap_border_options effective(const incmap_border_options *options)
{
    incmap_border_options opt =
        options ? *options : (incmap_border_options)INCMAP_BORDER_OPTIONS_INIT;
    if (opt.accuracy_m == 0) opt.accuracy_m = default_accuracy_m;
    if (opt.gap_max_m == 0) opt.gap_max_m = default_gap_max_m;
    return opt;
}

/* Texts that go into layers and tables. */
static bool is_text(const char *text)
{
    return !text || incmap__utf8_check(text, strlen(text)) == strlen(text);
}

static incmap_status check_texts(const char *inside, const char *outside,
                                 const incmap_border_options *opt, incmap_error *err)
{
    if (is_text(inside) && is_text(outside) && is_text(opt->name) && is_text(opt->attribution) &&
        is_text(opt->data_date) && is_text(opt->inside_name) && is_text(opt->outside_name))
        return INCMAP_OK;
    return incmap__fail(err, INCMAP_EPARSE,
                        "a code, name, date or credit of a border is not UTF-8");
}

static incmap_status check_arguments(const char *path, const char *code_field, const char *inside,
                                     const char *outside, const incmap_border_options *opt,
                                     incmap_border **out, incmap_error *err)
{
    if (!path || !code_field || !inside || !outside || !out)
        return incmap__fail(err, INCMAP_EARG, "path, field, code or result of a border is NULL");
    if (incmap__text_same(inside, outside))
        return incmap__fail(err, INCMAP_EARG, "a border needs two countries, found \"%s\" twice",
                            inside);
    if (!(opt->accuracy_m > 0) || !isfinite(opt->accuracy_m) || isnan(opt->gap_max_m))
        return incmap__fail(err, INCMAP_EARG,
                            "border accuracy %s m, gap %s m: expected finite "
                            "numbers, an accuracy of 0 m or more",
                            incmap__number(opt->accuracy_m).text,
                            incmap__number(opt->gap_max_m).text);
    return check_texts(inside, outside, opt, err);
}

/* Bytes of a code that go into the border's name. */
static int shown(const char *code)
{
    return (int)incmap__utf8_cut(code, strlen(code), 50);
}

incmap_status incmap_border_between(incmap_ctx *ctx, const char *countries_path,
                                    const char *code_field, const char *inside, const char *outside,
                                    const incmap_border_options *options, incmap_border **out)
{
    const incmap_border_options opt = effective(options);
    incmap__outline in = { .ring_count = 0 }, from = { .ring_count = 0 };
    incmap__border_parts parts = { NULL, 0 };
    char name[128];
    incmap_error *err;
    const incmap_allocator *a;
    incmap_status st;

    if (!ctx) return INCMAP_EARG;
    err = &ctx->error;
    a = &ctx->allocator;
    st = check_arguments(countries_path, code_field, inside, outside, &opt, out, err);
    if (!st) st = incmap__outline_load(&in, countries_path, code_field, inside, a, err);
    if (!st) st = incmap__outline_load(&from, countries_path, code_field, outside, a, err);
    if (!st) st = incmap__border_match(&in, &from, opt.gap_max_m, &parts, a, err);
    if (!st && !parts.count)
        st = incmap__fail(err, INCMAP_ENOTFOUND, "%s: \"%s\" and \"%s\" share no edge",
                          countries_path, inside, outside);
    if (!st) {
        (void)snprintf(name, sizeof name, "border of %.*s and %.*s", shown(inside), inside,
                       shown(outside), outside);
        st = incmap__border_assemble(
            &(incmap__border_plan){ .name = opt.name ? opt.name : name,
                                    .attribution = opt.attribution,
                                    .data_date = opt.data_date,
                                    .inside_name = opt.inside_name ? opt.inside_name : inside,
                                    .outside_name = opt.outside_name ? opt.outside_name : outside,
                                    .accuracy_m = opt.accuracy_m,
                                    .inside = &in,
                                    .outside = &from,
                                    .parts = &parts },
            out, a, err);
    }
    incmap__free(a, parts.parts);
    incmap__outline_free(&in);
    incmap__outline_free(&from);
    return st;
}
