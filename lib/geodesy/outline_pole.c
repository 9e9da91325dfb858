/* SPDX-License-Identifier: MIT */
/* Whether an outline holds the north pole. Sides are told by looking north, which says only on how many
 * sides of rings a point lies from the pole: the pole's own must be known.
 *
 * A ring that winds around the earth ends a turn of longitude from where it began. It divides the earth in
 * two parts with a pole in each. Where it was cut at the edge of the map, and the cut leads along a pole,
 * or where it passes through one, that pole is on the ring's inner side; else the smaller part is inside. */
#include <math.h>

#include "geodesy/outline.h"

#define RADIANS (3.14159265358979323846 / 180)

struct winding {
    double
        sines; /* of the latitude, summed over longitude: above zero where less lies north of the ring */
    bool north, south; /* it comes to that pole */
};

static void follow(struct winding *w, const incmap_coord v[], unsigned edges)
{
    for (unsigned e = 0; e < edges; e++) {
        w->sines +=
            (v[e + 1].lon - v[e].lon) * (sin(v[e].lat * RADIANS) + sin(v[e + 1].lat * RADIANS));
        w->north = w->north || v[e].lat == 90;
        w->south = w->south || v[e].lat == -90;
    }
}

static const incmap__run *last_run(const incmap__outline *o, const incmap__ring *ring)
{
    return &o->runs[ring->first_run + (ring->edges - 1) / INCMAP__RUN_EDGES];
}

/* Signed, eastward. */
static double turns_of(const incmap__outline *o, const incmap__ring *ring)
{
    return round((last_run(o, ring)->end.lon - o->runs[ring->first_run].start.lon) / 360);
}

static bool north_is_inside(const incmap__outline *o, const incmap__ring *ring, double turns)
{
    const size_t last = (size_t)(last_run(o, ring) - o->runs);
    incmap_coord buffer[INCMAP__RUN_EDGES + 1];
    struct winding w = { 0, false, false };

    for (size_t i = ring->first_run; i <= last; i++)
        follow(&w, incmap__outline_run(o, i, buffer), o->runs[i].edges);
    return w.north != w.south ? w.north : w.sines * turns > 0;
}

bool incmap__outline_find_pole(const incmap__outline *o)
{
    bool inside = false;
    for (size_t r = 0; r < o->ring_count; r++) {
        const double turns = turns_of(o, &o->rings[r]);
        if (fmod(turns, 2) != 0 && north_is_inside(o, &o->rings[r], turns)) inside = !inside;
    }
    return inside;
}
