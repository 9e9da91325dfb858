/* SPDX-License-Identifier: MIT */
/* A border between two countries of a polygon layer: both outlines in one pass through the file, then
 * what they share. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/context.h"
#include "base/text.h"
#include "geodesy/border.h"

/* What OpenStreetMap's boundary may be off the true line while nobody states it better. */
static const double default_accuracy_m = 100;
static const double default_gap_max_m = 10e3;

/* One country as it is being read. */
struct country {
    const char *code;
    incmap__gathered rings;
};

/* Adds the feature in hand to the country whose code it has, if any. */
static incmap_status add_feature(struct country countries[], size_t n, incmap__features *file,
                                 incmap_edges edges, const incmap_allocator *a, incmap_error *err)
{
    const char *found;
    incmap_status st = incmap__features_text(file, 0, &found, err);

    for (size_t i = 0; !st && i < n; i++)
        if (incmap__text_same(found, countries[i].code)) {
            st = incmap__gather(&countries[i].rings, file, edges, a, err);
            break;
        }
    return st;
}

/* Reads the rings of n countries in one pass through the file. */
static incmap_status read_rings(struct country countries[], size_t n, const char *path,
                                const char *code_field, incmap_edges edges,
                                const incmap_allocator *a, incmap_error *err)
{
    const incmap__features_query query = { path, INCMAP__SHAPE_POLYGON, { code_field, NULL } };
    incmap__features *file = NULL;
    bool found = true;
    incmap_status st = incmap__features_open(&file, &query, a, err);

    while (!st && found) {
        st = incmap__features_next(file, &found, err);
        if (!st && found) st = add_feature(countries, n, file, edges, a, err);
    }
    for (size_t i = 0; !st && i < n; i++)
        if (!countries[i].rings.count)
            st = incmap__fail(err, INCMAP_ENOTFOUND, "%s: no polygon whose %s is \"%s\"", path,
                              code_field, countries[i].code);
    incmap__features_close(file);
    return st;
}

static incmap_status load_outlines(incmap__outline *const out[], const char *const codes[],
                                   size_t n, const char *path, const char *code_field,
                                   incmap_edges edges, const incmap_allocator *a, incmap_error *err)
{
    struct country countries[2] = { { .code = codes[0] }, { .code = n > 1 ? codes[1] : NULL } };
    incmap_status st = read_rings(countries, n, path, code_field, edges, a, err);

    for (size_t i = 0; i < n; i++) {
        if (!st) st = incmap__gathered_outline(&countries[i].rings, out[i], a, err);
        incmap__gathered_free(&countries[i].rings, a);
    }
    return st;
}

incmap_status incmap__outline_load(incmap__outline *out, const char *path, const char *code_field,
                                   const char *code, const incmap_allocator *a, incmap_error *err)
{
    return load_outlines(&out, &code, 1, path, code_field, INCMAP_EDGES_GEODESIC, a, err);
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

static incmap_status check_texts(const incmap_border_options *opt, incmap_error *err)
{
    if (is_text(opt->name) && is_text(opt->attribution) && is_text(opt->data_date) &&
        is_text(opt->inside_name) && is_text(opt->outside_name))
        return INCMAP_OK;
    return incmap__fail(err, INCMAP_EPARSE, "a name, date or credit of a border is not UTF-8");
}

incmap_status incmap__border_options_read(const incmap_border_options *given,
                                          incmap_border_options *out, incmap_error *err)
{
    const incmap_border_options opt = effective(given);

    if (!(opt.accuracy_m > 0) || !isfinite(opt.accuracy_m) || isnan(opt.gap_max_m))
        return incmap__fail(err, INCMAP_EARG,
                            "border accuracy %s m, gap %s m: expected finite "
                            "numbers, an accuracy of 0 m or more",
                            incmap__number(opt.accuracy_m).text,
                            incmap__number(opt.gap_max_m).text);
    if (opt.edges > INCMAP_EDGES_STRAIGHT || opt.inside_at > INCMAP_LINE_SIDE_RIGHT)
        return incmap__fail(err, INCMAP_EARG,
                            "border edges %d, inside at %d: expected 0 to 1, 0 to 2",
                            (int)opt.edges, (int)opt.inside_at);
    *out = opt;
    return check_texts(&opt, err);
}

static incmap_status check_arguments(const char *path, const char *code_field, const char *inside,
                                     const char *outside, incmap_border **out, incmap_error *err)
{
    if (!path || !code_field || !inside || !outside || !out)
        return incmap__fail(err, INCMAP_EARG, "path, field, code or result of a border is NULL");
    if (incmap__text_same(inside, outside))
        return incmap__fail(err, INCMAP_EARG, "a border needs two countries, found \"%s\" twice",
                            inside);
    if (!is_text(inside) || !is_text(outside))
        return incmap__fail(err, INCMAP_EPARSE, "the code of a border's country is not UTF-8");
    return INCMAP_OK;
}

/* Bytes of a code that go into the border's name. */
static int shown(const char *code)
{
    return (int)incmap__utf8_cut(code, strlen(code), 50);
}

/* Two outlines being made a border. */
struct pair {
    const char *inside_code, *outside_code;
    incmap_border_options options;
    bool accuracy_assumed;
    incmap__outline inside, outside;
    incmap__border_parts parts;
};

static incmap_status assemble(struct pair *p, incmap_border **out, const incmap_allocator *a,
                              incmap_error *err)
{
    const incmap_border_options *opt = &p->options;
    char name[128];

    (void)snprintf(name, sizeof name, "border of %.*s and %.*s", shown(p->inside_code),
                   p->inside_code, shown(p->outside_code), p->outside_code);
    return incmap__border_assemble(
        &(incmap__border_plan){ .name = opt->name ? opt->name : name,
                                .attribution = opt->attribution,
                                .data_date = opt->data_date,
                                .inside_name = opt->inside_name ? opt->inside_name : p->inside_code,
                                .outside_name =
                                    opt->outside_name ? opt->outside_name : p->outside_code,
                                .accuracy_m = opt->accuracy_m,
                                .inside = &p->inside,
                                .outside = &p->outside,
                                .parts = &p->parts,
                                .accuracy_assumed = p->accuracy_assumed },
        out, a, err);
}

/* What two writings of one vertex may differ by. */
static const double touching_m = 1e-3;

/* Says by how much two outlines without a shared edge miss one another. */
static incmap_status fail_apart(const struct pair *p, const char *path, const incmap_allocator *a,
                                incmap_error *err)
{
    double apart_m;
    const incmap_status st = incmap__border_miss(&p->inside, &p->outside, &apart_m, a, err);

    if (st) return st;
    if (apart_m < touching_m)
        return incmap__fail(err, INCMAP_ENOTFOUND,
                            "%s: the outlines of \"%s\" and \"%s\" touch but share no edge from "
                            "both sides: they meet in points, or both hold the land between them",
                            path, p->inside_code, p->outside_code);
    return incmap__fail(
        err, INCMAP_ENOTFOUND,
        "%s: \"%s\" and \"%s\" share no edge; the nearest vertex of one lies %.*f m "
        "from the other's outline",
        path, p->inside_code, p->outside_code, apart_m < 100 ? 3 : 0, apart_m);
}

incmap_status incmap_border_between(incmap_ctx *ctx, const char *countries_path,
                                    const char *code_field, const char *inside, const char *outside,
                                    const incmap_border_options *options, incmap_border **out)
{
    struct pair p = { .inside_code = inside, .outside_code = outside };
    incmap__outline *const outlines[] = { &p.inside, &p.outside };
    const char *const codes[] = { inside, outside };
    incmap_error *err;
    const incmap_allocator *a;
    incmap_status st;

    if (!ctx) return INCMAP_EARG;
    err = &ctx->error;
    a = &ctx->allocator;
    st = check_arguments(countries_path, code_field, inside, outside, out, err);
    if (!st) st = incmap__border_options_read(options, &p.options, err);
    p.accuracy_assumed = !options || options->accuracy_m == 0;
    if (!st)
        st = load_outlines(outlines, codes, 2, countries_path, code_field, p.options.edges, a, err);
    if (!st)
        st = incmap__border_match(&p.inside, &p.outside, p.options.gap_max_m, &p.parts, a, err);
    if (!st && !p.parts.count) st = fail_apart(&p, countries_path, a, err);
    if (!st) st = assemble(&p, out, a, err);
    incmap__free(a, p.parts.parts);
    incmap__outline_free(&p.inside);
    incmap__outline_free(&p.outside);
    return st;
}
