/* SPDX-License-Identifier: MIT */
/* The part of a zone on one side: the zone's outline and the countries' edges in it cut the map into
 * faces, and of each face one point is asked for its side. So whatever the two outlines do there, run
 * apart, overlap or cross, every face is what measuring says. */
#include "geodesy/zone.h"

#include <math.h>

#include "geodesy/edge.h"

struct work {
    const incmap__zone_rule *rule;
    const incmap_border *border;
    incmap__plane *plane;
    size_t hint;
    incmap_error *err;
};

struct wanted {
    const incmap_border *border;
    incmap_side side;
};

static bool is_on_side(const void *user, incmap_coord point)
{
    const struct wanted *w = user;
    const bool in = incmap__outline_contains(&w->border->inside, point);
    const bool out = incmap__outline_contains(&w->border->outside, point);
    bool yes = false;

    switch (w->side) {
    case INCMAP_SIDE_UNKNOWN: yes = true; break;
    case INCMAP_SIDE_INSIDE: yes = in && !out; break;
    case INCMAP_SIDE_OUTSIDE: yes = out && !in; break;
    case INCMAP_SIDE_BOTH: yes = in && out; break;
    case INCMAP_SIDE_NEITHER: yes = !in && !out; break;
    }
    return yes;
}

/* Whether anything within size_m of a point can lie in the zone; a kilometre is to spare. */
static bool is_near(struct work *w, incmap_coord point, double size_m)
{
    const incmap__nearest_edge n = incmap__edge_index_nearest(&w->border->index, point, w->hint);
    w->hint = n.edge;
    return n.foot.distance_m <= w->rule->distance_m + size_m + 1000;
}

/* A straight line on the map; where it crosses the antimeridian, two. */
static incmap_status add_line(struct work *w, incmap_coord a, incmap_coord b)
{
    const double turns = floor((fmin(a.lon, b.lon) + 180) / 360) * 360, edge = turns + 180;
    const double high = fmax(a.lon, b.lon);
    const double lat =
        high > edge ? a.lat + (b.lat - a.lat) * ((edge - a.lon) / (b.lon - a.lon)) : 0;
    const incmap_coord west = a.lon < b.lon ? a : b, east = a.lon < b.lon ? b : a;
    incmap_coord line[2] = { { west.lat, west.lon - turns }, { east.lat, east.lon - turns } };
    incmap_status st;

    if (high <= edge) return incmap__plane_add_line(w->plane, line, 2, w->err);
    line[1] = (incmap_coord){ lat, 180 };
    st = incmap__plane_add_line(w->plane, line, 2, w->err);
    line[0] = (incmap_coord){ lat, -180 };
    line[1] = (incmap_coord){ east.lat, east.lon - turns - 360 };
    if (!st) st = incmap__plane_add_line(w->plane, line, 2, w->err);
    return st;
}

/* A long geodesic edge as straight lines. Always from west to east, so that two outlines which share it
 * in opposite directions get the very same lines. */
static incmap_status add_bent(struct work *w, incmap_coord a, incmap_coord b, double gap_m)
{
    const incmap_coord west = a.lon < b.lon ? a : b, east = a.lon < b.lon ? b : a;
    const double pieces = ceil(sqrt(gap_m / w->rule->reading_m));
    incmap_coord from = west;
    incmap__geodesic_line line;
    double length_m, azimuth;
    incmap_status st = INCMAP_OK;

    incmap__geodesic_inverse(west, east, &length_m, &azimuth, NULL);
    incmap__geodesic_line_init(&line, west, azimuth);
    for (double i = 1; !st && i <= pieces; i++) {
        incmap_coord to =
            i < pieces ? incmap__geodesic_line_at(&line, length_m * i / pieces, NULL) : east;
        to.lon = from.lon + remainder(to.lon - from.lon, 360);
        if (i == pieces) to.lon = east.lon;
        if (is_near(w, from, length_m / pieces)) st = add_line(w, from, to);
        from = to;
    }
    return st;
}

static incmap_status add_edge(struct work *w, incmap_coord a, incmap_coord b)
{
    const double chord_m =
        incmap__chord_length(incmap__ecef_from_coord(a), incmap__ecef_from_coord(b));
    const double gap_m = incmap__zone_reading_gap(a, b, chord_m);

    /* The map ends where data are cut, and so does the zone. */
    if (incmap__edge_is_cut(a, b) || !is_near(w, a, chord_m)) return INCMAP_OK;
    return gap_m > w->rule->reading_m ? add_bent(w, a, b, gap_m) : add_line(w, a, b);
}

/* Whether a run or group can touch the zone: no farther than its box's corner is from the middle. */
static bool box_is_near(struct work *w, const incmap__run *box)
{
    const incmap_coord middle = { (box->south + box->north) / 2, (box->west + box->east) / 2 };
    const double rise = incmap__edge_bulge(box->east - box->west);
    const double most_m = 111700 * (rise + hypot(box->north - middle.lat, box->east - middle.lon));
    return is_near(w, middle, most_m);
}

static incmap_status add_outline(struct work *w, const incmap__outline *o)
{
    incmap_coord buffer[INCMAP__RUN_EDGES + 1];
    incmap_status st = INCMAP_OK;

    for (size_t i = 0; !st && i < o->run_count; i++) {
        const incmap_coord *v;
        if (i % INCMAP__GROUP_RUNS == 0 && !box_is_near(w, &o->groups[i / INCMAP__GROUP_RUNS])) {
            i += INCMAP__GROUP_RUNS - 1;
            continue;
        }
        if (!box_is_near(w, &o->runs[i])) continue;
        v = incmap__outline_run(o, i, buffer);
        for (unsigned e = 0; !st && e < o->runs[i].edges; e++)
            st = add_edge(w, v[e], v[e + 1]);
    }
    return st;
}

incmap_status incmap__zone_take_side(const incmap__zone_rule *rule, const incmap_border *border,
                                     incmap_side side, const incmap__polygons *shape,
                                     incmap__plane *plane, incmap__polygons **out,
                                     incmap_error *err)
{
    struct work w = { .rule = rule, .border = border, .plane = plane, .err = err };
    const struct wanted wanted = { border, side };
    incmap_status st = incmap__plane_add_outline(plane, shape, err);

    if (!st) st = add_outline(&w, &border->inside);
    if (!st) st = add_outline(&w, &border->outside);
    if (!st) st = incmap__plane_faces(plane, shape, is_on_side, &wanted, out, err);
    return st;
}
