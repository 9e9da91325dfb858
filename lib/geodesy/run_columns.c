/* SPDX-License-Identifier: MIT */
/* Filling the columns, and asking one run. */
#include "geodesy/run_columns.h"

#include <math.h>
#include <string.h>

#include "geodesy/edge.h"

int incmap__column_of(double lon)
{
    const int c = (int)floor((lon + 180) * INCMAP__COLUMNS_PER_DEGREE) % INCMAP__COLUMNS;
    return c < 0 ? c + INCMAP__COLUMNS : c;
}

/* The columns that a run touches: *n of them from the first on, round and round. */
static int columns_of(const incmap__run *run, int *n)
{
    const double first = floor((run->west + 180) * INCMAP__COLUMNS_PER_DEGREE);
    const double last = floor((run->east + 180) * INCMAP__COLUMNS_PER_DEGREE);

    *n = last - first + 1 < INCMAP__COLUMNS ? (int)(last - first) + 1 : INCMAP__COLUMNS;
    return incmap__column_of(run->west);
}

/* Degrees that are more than a float rounds. */
static const double rounding = 1e-4;

static incmap__column_item item_of(const incmap__outline *o, size_t outline, size_t run)
{
    const incmap__run *r = &o->runs[run];
    const double rise = incmap__edge_bulge(r->east - r->west) + rounding;
    const bool around = r->west < -180 || r->east > 180;
    return (incmap__column_item){ .outline = (uint32_t)outline,
                                  .run = (uint32_t)run,
                                  .south = (float)(r->south - rise),
                                  .north = (float)(r->north + rise),
                                  .west = around ? -INFINITY : (float)(r->west - rounding),
                                  .east = around ? INFINITY : (float)(r->east + rounding),
                                  .start_lon = r->start.lon,
                                  .end_lon = r->end.lon };
}

/* Counts the items of every column, into the start of the one after it. */
static void count_items(incmap__run_columns *c, const incmap__outline *const outlines[], size_t n)
{
    for (size_t i = 0; i < n; i++)
        for (size_t r = 0; r < outlines[i]->run_count; r++) {
            int wide, first = columns_of(&outlines[i]->runs[r], &wide);
            for (int k = 0; k < wide; k++)
                c->starts[(first + k) % INCMAP__COLUMNS + 1]++;
        }
    for (int k = 0; k < INCMAP__COLUMNS; k++)
        c->starts[k + 1] += c->starts[k];
}

/* Lays the items, each at its column's start, which moves on; then the starts are moved back. */
static void lay_items(incmap__run_columns *c, const incmap__outline *const outlines[], size_t n)
{
    for (size_t i = 0; i < n; i++)
        for (size_t r = 0; r < outlines[i]->run_count; r++) {
            const incmap__column_item item = item_of(outlines[i], i, r);
            int wide, first = columns_of(&outlines[i]->runs[r], &wide);
            for (int k = 0; k < wide; k++)
                c->items[c->starts[(first + k) % INCMAP__COLUMNS]++] = item;
        }
    memmove(c->starts + 1, c->starts, INCMAP__COLUMNS * sizeof *c->starts);
    c->starts[0] = 0;
}

incmap_status incmap__run_columns_build(incmap__run_columns *out,
                                        const incmap__outline *const outlines[], size_t n,
                                        const incmap_allocator *a, incmap_error *err)
{
    incmap__run_columns c = { .allocator = *a };
    incmap_status st = INCMAP_OK;

    c.starts = incmap__alloc_zeroed(a, INCMAP__COLUMNS + 1, sizeof *c.starts);
    if (!c.starts) return incmap__fail_memory(err);
    count_items(&c, outlines, n);
    c.items = incmap__alloc(a, c.starts[INCMAP__COLUMNS], sizeof *c.items);
    if (c.items) {
        lay_items(&c, outlines, n);
        *out = c;
    } else {
        incmap__run_columns_free(&c);
        st = incmap__fail_memory(err);
    }
    return st;
}

void incmap__run_columns_free(incmap__run_columns *c)
{
    if (c->allocator.free) {
        incmap__free(&c->allocator, c->items);
        incmap__free(&c->allocator, c->starts);
    }
    *c = (incmap__run_columns){ .items = NULL };
}

/* On one of the point's meridians, a turn apart, that a ring which goes past 180 degrees may meet. */
static bool crosses_on(const incmap__outline *o, size_t run, incmap_coord p)
{
    const incmap__run *r = &o->runs[run];
    incmap_coord buffer[INCMAP__RUN_EDGES + 1];
    const incmap_coord *v;
    bool odd = false;

    if (!(r->west <= p.lon && p.lon < r->east)) return false;
    /* All of it north of the point: only the ends matter. */
    if (r->south - incmap__edge_bulge(r->east - r->west) > p.lat)
        return incmap__edge_straddles(r->start, r->end, p.lon);
    v = incmap__outline_run(o, run, buffer);
    for (unsigned e = 0; e < r->edges; e++)
        if (incmap__edge_straddles(v[e], v[e + 1], p.lon) &&
            incmap__edge_crosses_north(v[e], v[e + 1], p))
            odd = !odd;
    return odd;
}

bool incmap__run_crosses_north(const incmap__outline *o, size_t run, incmap_coord p)
{
    const incmap__run *r = &o->runs[run];
    const int turns = r->east > 180 || r->west < -180;
    bool odd = false;

    for (int turn = -turns; turn <= turns; turn++)
        if (crosses_on(o, run, (incmap_coord){ p.lat, p.lon + 360 * turn })) odd = !odd;
    return odd;
}

/* Most are told by what the item itself says, without a look at the run far away in memory. */
bool incmap__column_item_crosses_north(const incmap__column_item *item, const incmap__outline *o,
                                       incmap_coord p)
{
    if (!(item->west <= p.lon && item->east >= p.lon)) return false;
    return item->south > p.lat && item->east < INFINITY
               ? (item->start_lon <= p.lon) != (item->end_lon <= p.lon)
               : incmap__run_crosses_north(o, item->run, p);
}

bool incmap__run_comes_near(const incmap__outline *o, size_t run, incmap_coord point,
                            double radius_m)
{
    incmap_coord buffer[INCMAP__RUN_EDGES + 1];
    const incmap_coord *v = incmap__outline_run(o, run, buffer);
    bool near = false;

    for (unsigned e = 0; e < o->runs[run].edges && !near; e++)
        near = !incmap__edge_is_cut(v[e], v[e + 1]) &&
               incmap__edge_is_within(v[e], v[e + 1], point, radius_m);
    return near;
}
