/* SPDX-License-Identifier: MIT */
/* A border from plain lines. What a layer holds in pieces is joined first: each line whose end is the
 * start of just one other leads on into that one. */
#include <stdlib.h>
#include <string.h>

#include "base/context.h"
#include "base/text.h"
#include "geodesy/border.h"

#define NO_LINE SIZE_MAX

/* Adds the lines of the feature in hand. */
static incmap_status add_feature(incmap__gathered *lines, incmap__features *file, const char *path,
                                 incmap_edges edges, const incmap_allocator *a, incmap_error *err)
{
    const size_t before = lines->count;
    incmap_status st = incmap__gather(lines, file, edges, a, err);

    for (size_t i = before; !st && i < lines->count; i++) {
        const size_t n = lines->starts[i + 1] - lines->starts[i];
        if (n < 2)
            st = incmap__fail(
                err, INCMAP_EDATA,
                "%s: feature %zu (from 0): found a line of %zu vertices, expected 2 or "
                "more",
                path, incmap__features_number(file), n);
    }
    return st;
}

static incmap_status read_lines(incmap__gathered *lines, const char *path, incmap_edges edges,
                                const incmap_allocator *a, incmap_error *err)
{
    const incmap__features_query query = { path, INCMAP__SHAPE_LINE, { NULL, NULL } };
    incmap__features *file = NULL;
    bool found = true;
    incmap_status st = incmap__features_open(&file, &query, a, err);

    while (!st && found) {
        st = incmap__features_next(file, &found, err);
        if (!st && found) st = add_feature(lines, file, path, edges, a, err);
    }
    if (!st && !lines->count)
        st = incmap__fail(err, INCMAP_ENOTFOUND, "%s: found no line, expected one or more", path);
    incmap__features_close(file);
    return st;
}

/* ---- joining ---- */

/* One end of a line. */
struct tip {
    incmap_coord at; /* wrapped */
    size_t line;
    bool is_end;
};

static int by_position(const void *x, const void *y)
{
    const struct tip *a = x, *b = y;

    if (a->at.lat != b->at.lat) return a->at.lat < b->at.lat ? -1 : 1;
    if (a->at.lon != b->at.lon) return a->at.lon < b->at.lon ? -1 : 1;
    if (a->line != b->line) return a->line < b->line ? -1 : 1;
    return a->is_end - b->is_end;
}

static bool same_place(const struct tip *a, const struct tip *b)
{
    return a->at.lat == b->at.lat && a->at.lon == b->at.lon;
}

static struct tip tip_of(const incmap__gathered *g, size_t line, bool is_end)
{
    const size_t vertex = is_end ? g->starts[line + 1] - 1 : g->starts[line];
    incmap_coord at = incmap_coord_wrap(g->points[vertex]);

    at.lat += 0.0; /* no minus zero */
    at.lon += 0.0;
    return (struct tip){ at, line, is_end };
}

/* Two tips at one place with no third: an end leads on into a start. Two ends or two starts contradict one
 * another when the hands of the lines have a meaning. */
static incmap_status join(const struct tip *a, const struct tip *b, bool sided, size_t after[],
                          bool led_to[], incmap_error *err)
{
    if (a->is_end == b->is_end) {
        if (!sided || a->line == b->line) return INCMAP_OK;
        return incmap__fail(err, INCMAP_EDATA,
                            "lines %zu and %zu (from 0) both %s at lat %s, lon %s: found opposite "
                            "directions, expected one, as the side is told by it",
                            a->line, b->line, a->is_end ? "end" : "begin",
                            incmap__number(a->at.lat).text, incmap__number(a->at.lon).text);
    }
    if (a->line != b->line) {
        const struct tip *end = a->is_end ? a : b, *start = a->is_end ? b : a;
        after[end->line] = start->line;
        led_to[start->line] = true;
    }
    return INCMAP_OK;
}

static incmap_status find_joints(const incmap__gathered *g, struct tip tips[], bool sided,
                                 size_t after[], bool led_to[], incmap_error *err)
{
    const size_t n = 2 * g->count;
    incmap_status st = INCMAP_OK;

    for (size_t i = 0; i < g->count; i++) {
        tips[2 * i] = tip_of(g, i, false);
        tips[2 * i + 1] = tip_of(g, i, true);
        after[i] = NO_LINE;
    }
    qsort(tips, n, sizeof *tips, by_position);
    for (size_t i = 0, next; !st && i < n; i = next) {
        for (next = i + 1; next < n && same_place(&tips[i], &tips[next]);)
            next++;
        if (next - i == 2) st = join(&tips[i], &tips[i + 1], sided, after, led_to, err);
    }
    return st;
}

/* Copies a line and all that it leads on into; a joint is one vertex. after[] forgets what was taken. */
static void lay_chain(const incmap__gathered *g, size_t line, size_t after[], bool done[],
                      incmap__gathered *out)
{
    bool joined = false;

    out->starts[out->count++] = out->point_count;
    while (line != NO_LINE && !done[line]) {
        const size_t first = g->starts[line] + joined, n = g->starts[line + 1] - first;
        memcpy(out->points + out->point_count, g->points + first, n * sizeof *out->points);
        out->point_count += n;
        done[line] = true;
        joined = true;
        line = after[line];
    }
    out->starts[out->count] = out->point_count;
}

/* Chains that have a beginning first come in the order of their first line, then those that go round. */
static void lay_lines(const incmap__gathered *g, size_t after[], const bool led_to[], bool done[],
                      incmap__gathered *out)
{
    for (size_t i = 0; i < g->count; i++)
        if (!led_to[i]) lay_chain(g, i, after, done, out);
    for (size_t i = 0; i < g->count; i++)
        if (!done[i]) lay_chain(g, i, after, done, out);
}

static incmap_status join_lines(const incmap__gathered *g, bool sided, incmap__gathered *out,
                                const incmap_allocator *a, incmap_error *err)
{
    struct tip *tips = incmap__alloc(a, g->count, 2 * sizeof *tips);
    size_t *after = incmap__alloc(a, g->count, sizeof *after);
    bool *flags = incmap__alloc_zeroed(a, g->count, 2);
    incmap_status st;

    out->points = incmap__alloc(a, g->point_count, sizeof *out->points);
    out->starts = incmap__alloc(a, g->count + 1, sizeof *out->starts);
    st =
        tips && after && flags && out->points && out->starts ? INCMAP_OK : incmap__fail_memory(err);
    if (!st) st = find_joints(g, tips, sided, after, flags, err);
    if (!st) lay_lines(g, after, flags, flags + g->count, out);
    incmap__free(a, tips);
    incmap__free(a, after);
    incmap__free(a, flags);
    return st;
}

/* ---- the door ---- */

static incmap__border_plan plan_of(const incmap_border_options *opt, const incmap__gathered *lines)
{
    static const incmap__sides sides[] = { INCMAP__SIDES_NONE, INCMAP__SIDES_LEFT,
                                           INCMAP__SIDES_RIGHT };
    static const char *const hands[][2] = {
        { "one side of the line", "the other side" },
        { "left of the line", "right of the line" },
        { "right of the line", "left of the line" },
    };
    return (incmap__border_plan){
        .name = opt->name ? opt->name : "border of plain lines",
        .attribution = opt->attribution,
        .data_date = opt->data_date,
        .inside_name = opt->inside_name ? opt->inside_name : hands[opt->inside_at][0],
        .outside_name = opt->outside_name ? opt->outside_name : hands[opt->inside_at][1],
        .accuracy_m = opt->accuracy_m,
        .lines = lines,
        .sides = sides[opt->inside_at],
    };
}

incmap_status incmap_border_from_lines(incmap_ctx *ctx, const char *path,
                                       const incmap_border_options *options, incmap_border **out)
{
    incmap_border_options opt;
    incmap__gathered read = { .count = 0 }, joined = { .count = 0 };
    incmap__border_plan plan;
    const incmap_allocator *a;
    incmap_error *err;
    incmap_status st;

    if (!ctx) return INCMAP_EARG;
    a = &ctx->allocator;
    err = &ctx->error;
    if (!path || !out) return incmap__fail(err, INCMAP_EARG, "path or result of a border is NULL");
    st = incmap__border_options_read(options, &opt, err);
    if (st) goto done;
    st = read_lines(&read, path, opt.edges, a, err);
    if (!st) st = join_lines(&read, opt.inside_at != INCMAP_LINE_SIDE_UNKNOWN, &joined, a, err);
    if (st) goto done;
    plan = plan_of(&opt, &joined);
    plan.accuracy_assumed = !options || options->accuracy_m == 0;
    st = incmap__border_assemble(&plan, out, a, err);

done:
    incmap__gathered_free(&read, a);
    incmap__gathered_free(&joined, a);
    return st;
}
