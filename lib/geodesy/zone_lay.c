/* SPDX-License-Identifier: MIT */
/* From a ring on the ellipsoid to polygons on the map of longitude and latitude, whose edges are the
 * antimeridian and the poles. */
#include "geodesy/zone.h"

#include <math.h>

/* The ring with continuous longitudes, and a vertex wherever it crosses an edge of the map. */
struct strip {
    const incmap_allocator *allocator;
    incmap_coord *at;
    size_t count, capacity;
    incmap_error *err;
};

static incmap_status add(struct strip *s, incmap_coord at)
{
    incmap_status st =
        incmap__grow(s->allocator, &s->at, &s->capacity, s->count + 1, sizeof *s->at, s->err);
    if (!st) s->at[s->count++] = at;
    return st;
}

/* Adds the next vertex, whose longitude goes on from the last one's, and before it the crossing of an
 * edge of the map: an odd multiple of 180 degrees. */
static incmap_status add_step(struct strip *s, incmap_coord next)
{
    const incmap_coord last = s->at[s->count - 1];
    const double way = remainder(next.lon - last.lon, 360);
    const double low = fmin(last.lon, last.lon + way), high = fmax(last.lon, last.lon + way);
    const double edge = floor((high + 180) / 360) * 360 - 180;
    incmap_status st = INCMAP_OK;

    if (low < edge && edge < high)
        st = add(s, (incmap_coord){ last.lat + (next.lat - last.lat) * ((edge - last.lon) / way),
                                    edge });
    if (!st) st = add(s, (incmap_coord){ next.lat, last.lon + way });
    return st;
}

/* The crossing of the map's edge that is nearest to the pole: from there on to the pole the loop does
 * not come back. */
static size_t crossing(const struct strip *s, int pole)
{
    size_t best = s->count;
    for (size_t i = 0; i + 1 < s->count; i++) {
        const bool edge = fabs(remainder(s->at[i].lon, 360)) == 180;
        if (edge && (best == s->count || s->at[i].lat * pole > s->at[best].lat * pole)) best = i;
    }
    return best;
}

/* A loop around a pole is cut open where it crosses the map's edge, and led up there to the pole, along
 * it and back:
 *
 *   -180 .-------------------. 180    the pole
 *        |      inside       |
 *        '-._.--._   __.--.__'        the loop
 */
static incmap_status lay_around_pole(const struct strip *s, int pole, incmap__plane *plane)
{
    struct strip open = { .allocator = s->allocator, .err = s->err };
    const size_t n = s->count - 1, start = crossing(s, pole);
    const double turn = s->at[n].lon - s->at[0].lon, side = turn > 0 ? -180 : 180;
    incmap_status st = INCMAP_OK;

    if (start == s->count)
        return incmap__fail(s->err, INCMAP_EDOMAIN,
                            "a ring around a pole does not cross the antimeridian");
    for (size_t i = 0; !st && i <= n; i++) {
        const size_t from = (start + i) % n;
        const double round = start + i >= n ? turn : 0;
        st = add(&open, (incmap_coord){ s->at[from].lat,
                                        s->at[from].lon + round - s->at[start].lon + side });
    }
    if (!st) open.at[n].lon = -side; /* to the last bit */
    if (!st) st = add(&open, (incmap_coord){ 90.0 * pole, -side });
    if (!st) st = add(&open, (incmap_coord){ 90.0 * pole, side });
    if (!st) st = add(&open, open.at[0]);
    if (!st) st = incmap__plane_add_polygon(plane, open.at, open.count, s->err);
    incmap__free(s->allocator, open.at);
    return st;
}

incmap_status incmap__zone_lay(const incmap__zone_loop *loop, incmap__plane *plane,
                               incmap_error *err)
{
    struct strip s = { .allocator = &loop->allocator, .err = err };
    incmap_status st = add(&s, loop->at[0]);
    bool round;

    for (size_t i = 1; !st && i <= loop->count; i++)
        st = add_step(&s, loop->at[i % loop->count]);
    if (st) goto done;
    round = fabs(s.at[s.count - 1].lon - s.at[0].lon) > 180;
    s.at[s.count - 1].lat = s.at[0].lat;
    if (round != (loop->pole != 0)) {
        st = incmap__fail(err, INCMAP_EDOMAIN,
                          "a ring at this distance goes around both poles; expected a lesser one");
    } else if (round) {
        st = lay_around_pole(&s, loop->pole, plane);
    } else {
        s.at[s.count - 1].lon = s.at[0].lon; /* to the last bit */
        st = incmap__plane_add_polygon(plane, s.at, s.count, err);
    }

done:
    incmap__free(&loop->allocator, s.at);
    return st;
}
