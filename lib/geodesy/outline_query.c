/* SPDX-License-Identifier: MIT */
/* Whether a point lies inside an outline, and whether one of its edges is near. Both first sort out
 * runs by their boxes; only the few runs that are left are decoded. */
#include "geodesy/outline.h"

#include <math.h>

#include "geodesy/edge.h"
#include "geodesy/ellipsoid.h"

#define RADIANS (3.14159265358979323846 / 180)

/* How far, in degrees of latitude, a geodesic edge can leave the straight line between its ends in
 * longitude and latitude, with w and h between them. On a sphere its latitude u as a function of
 * longitude bends by at most 1/2 + 2 tan u u'^2, so the two differ by at most w^2 / 16 + tan u h^2 / 4 for
 * edges so short that u' hardly changes; below 80 degrees tan u is less than 5.7. Half as much again
 * covers that and the ellipsoid. Infinite where this does not hold. */
static double straight_error(double w_deg, double h_deg, double lat_deg)
{
    const double w = w_deg * RADIANS, h = h_deg * RADIANS;
    const bool is_short = w < 0.01 && fabs(h) < 0.01 && fabs(lat_deg) < 80;
    return is_short ? 1.5 * (w * w / 16 + 5.7 / 4 * h * h) / RADIANS + 1e-12 : INFINITY;
}

/* Whether the geodesic from a to b, which straddles the point's meridian, crosses it north of the
 * point. Always asked from west to east, so that two outlines which share an edge in opposite
 * directions get the very same answer. */
bool incmap__edge_crosses_north(incmap_coord a, incmap_coord b, incmap_coord p)
{
    const incmap_coord west = a.lon < b.lon ? a : b, east = a.lon < b.lon ? b : a;
    const double width = east.lon - west.lon, height = east.lat - west.lat;
    const double rise = incmap__edge_bulge(width);
    double straight, edge_azimuth, point_azimuth;

    if ((height > 0 ? west.lat : east.lat) - rise > p.lat) return true;
    if ((height > 0 ? east.lat : west.lat) + rise < p.lat) return false;
    if (p.lon == west.lon) return west.lat > p.lat;
    straight = west.lat + (p.lon - west.lon) / width * height;
    if (fabs(straight - p.lat) > straight_error(width, height, p.lat)) return straight > p.lat;
    incmap__geodesic_inverse(west, east, NULL, &edge_azimuth, NULL);
    incmap__geodesic_inverse(west, p, NULL, &point_azimuth, NULL);
    return sin((point_azimuth - edge_azimuth) * RADIANS) > 0;
}

/* Half-open, so that a vertex on the meridian counts for one of its two edges. */
bool incmap__edge_straddles(incmap_coord a, incmap_coord b, double lon)
{
    return (a.lon <= lon) != (b.lon <= lon);
}

static bool run_parity(const incmap__outline *o, size_t i, incmap_coord p)
{
    const incmap__run *run = &o->runs[i];
    const double rise = incmap__edge_bulge(run->east - run->west);
    incmap_coord buffer[INCMAP__RUN_EDGES + 1];
    const incmap_coord *v;
    bool odd = false;

    if (run->north + rise < p.lat) return false;
    /* All of it north of the point: only the ends matter. */
    if (run->south - rise > p.lat) return incmap__edge_straddles(run->start, run->end, p.lon);
    v = incmap__outline_run(o, i, buffer);
    for (unsigned e = 0; e < run->edges; e++) {
        if (incmap__edge_straddles(v[e], v[e + 1], p.lon) &&
            incmap__edge_crosses_north(v[e], v[e + 1], p))
            odd = !odd;
    }
    return odd;
}

/* A ring over the antimeridian goes past 180 degrees; one that winds around the earth may meet a meridian
 * more than once, a turn on. */
static int turns_of(const incmap__run *box)
{
    return box->east > 180 || box->west < -180;
}

static bool meets_at(const incmap__run *box, double lon)
{
    return box->west <= lon && lon < box->east;
}

/* Whether the meridian of a point passes through a box, maybe a turn on. */
static bool meets(const incmap__run *box, double lon)
{
    return meets_at(box, lon) ||
           (turns_of(box) && (meets_at(box, lon - 360) || meets_at(box, lon + 360)));
}

static bool group_parity(const incmap__outline *o, size_t group, incmap_coord point)
{
    const size_t first = group * INCMAP__GROUP_RUNS;
    bool odd = false;

    for (size_t i = first; i < first + INCMAP__GROUP_RUNS && i < o->run_count; i++) {
        const int turns = turns_of(&o->runs[i]);
        for (int turn = -turns; turn <= turns; turn++) {
            const incmap_coord p = { point.lat, point.lon + 360 * turn };
            if (meets_at(&o->runs[i], p.lon) && run_parity(o, i, p)) odd = !odd;
        }
    }
    return odd;
}

bool incmap__outline_contains(const incmap__outline *o, incmap_coord point)
{
    const size_t groups = incmap__outline_group_count(o);
    bool odd = o->holds_north_pole;

    point = incmap_coord_wrap(point);
    for (size_t g = 0; g < groups; g++) {
        const incmap__run *box = &o->groups[g];
        if (meets(box, point.lon) &&
            box->north + incmap__edge_bulge(box->east - box->west) >= point.lat &&
            group_parity(o, g, point))
            odd = !odd;
    }
    return odd;
}

/* Where the data cut a country at the edge of the map: no outline of anything. */
bool incmap__edge_is_cut(incmap_coord a, incmap_coord b)
{
    return (fabs(a.lon) == 180 && a.lon == b.lon) || (fabs(a.lat) == 90 && a.lat == b.lat);
}

/* On WGS 84 a degree of latitude is never shorter than 110,574 m. */
double incmap__lat_reach(double radius_m)
{
    return radius_m / 110574;
}

/* A degree of longitude at latitude u is never shorter than 111,319 m times cos u, and no way of that
 * length leads farther poleward than the latitudes with their reach. */
double incmap__lon_reach(double radius_m, double south, double north)
{
    const double top = fmax(fabs(south), fabs(north)) + incmap__lat_reach(radius_m);
    const double reach = top < 90 ? radius_m / (111319 * cos(top * RADIANS)) : 180;
    return fmin(reach, 180);
}

/* Safe to say that nothing of the run is within radius_m. */
static bool run_is_far(const incmap__run *run, incmap_coord p, double radius_m)
{
    const double rise = incmap__edge_bulge(run->east - run->west);
    const double lat_reach = incmap__lat_reach(radius_m) + rise;
    double lon_reach;

    if (p.lat < run->south - lat_reach || p.lat > run->north + lat_reach) return true;
    lon_reach =
        incmap__lon_reach(radius_m, fmin(p.lat, run->south - rise), fmax(p.lat, run->north + rise));
    if (!(lon_reach < 180)) return false;
    for (int turn = -1; turn <= 1; turn++) {
        const double lon = p.lon + 360 * turn;
        if (lon >= run->west - lon_reach && lon <= run->east + lon_reach) return false;
    }
    return true;
}

static bool run_is_near(const incmap__outline *o, size_t i, incmap_coord point, double radius_m)
{
    incmap_coord buffer[INCMAP__RUN_EDGES + 1];
    const incmap_coord *v = incmap__outline_run(o, i, buffer);
    bool near = false;

    for (unsigned e = 0; e < o->runs[i].edges && !near; e++)
        near = !incmap__edge_is_cut(v[e], v[e + 1]) &&
               incmap__edge_is_within(v[e], v[e + 1], point, radius_m);
    return near;
}

bool incmap__outline_is_near(const incmap__outline *o, incmap_coord point, double radius_m)
{
    const size_t groups = incmap__outline_group_count(o);
    bool near = false;

    point = incmap_coord_wrap(point);
    for (size_t g = 0; g < groups && !near; g++) {
        const size_t first = g * INCMAP__GROUP_RUNS;
        if (run_is_far(&o->groups[g], point, radius_m)) continue;
        for (size_t i = first; i < first + INCMAP__GROUP_RUNS && i < o->run_count && !near; i++)
            near = !run_is_far(&o->runs[i], point, radius_m) && run_is_near(o, i, point, radius_m);
    }
    return near;
}
