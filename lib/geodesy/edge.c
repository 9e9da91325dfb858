/* SPDX-License-Identifier: MIT */
/* The foot of a point on a geodesic edge by Newton's method, and straight-line bounds around it. */
#include "geodesy/edge.h"

#include <math.h>

#define PI 3.14159265358979323846
#define RADIANS (PI / 180)

/* Pieces of a long edge are no longer than this, so that the distance to a point has at most one
 * minimum on each (away from the point's antipode). */
static const double piece_m = 500e3;
/* Newton's last step: three orders below the 0.1 mm promised, well above the geodesic's own noise. */
static const double step_m = 1e-7;
/* Quadratic convergence needs 3 to 5 rounds; bisection to step_m over 500 km needs 43. */
enum { MOST_ROUNDS = 64 };

/* One point of the edge seen from the point outside. */
struct sight {
    double along_m;
    incmap_coord at;
    double distance_m;
    double slope; /* first derivative of the distance by along: -1 to 1 */
    double bend;  /* second derivative, 1/m */
};

/* An edge prepared for looking at its points. */
struct course {
    incmap_coord a, b;
    double length_m;
    incmap__geodesic_line line;
};

static struct course course_of(incmap_coord a, incmap_coord b)
{
    struct course c = { .a = a, .b = b };
    double azimuth;
    incmap__geodesic_inverse(a, b, &c.length_m, &azimuth, NULL);
    incmap__geodesic_line_init(&c.line, a, azimuth);
    return c;
}

/* A vertex in place of the line's own end. At a pole the two may lie on different meridians, which turn
 * the azimuth by the angle between them. */
static incmap_coord end_at(incmap_coord vertex, incmap_coord line_end, double *azimuth)
{
    *azimuth += remainder(vertex.lon - line_end.lon, 360) * sin(vertex.lat * RADIANS);
    return vertex;
}

/* With the point fixed and the far end moving along the edge: d' = cos(angle), d'' = sin^2(angle)
 * M21 / m12, for M21 / m12 is the curvature of the circle around the point (Karney, section 3). */
static struct sight look(const struct course *edge, double along_m, incmap_coord point)
{
    struct sight s = { .along_m = along_m };
    incmap__geodesic_full g;
    double edge_azimuth, angle;

    s.at = incmap__geodesic_line_at(&edge->line, along_m, &edge_azimuth);
    /* The ends are the vertices themselves, to the last bit. */
    if (along_m == 0) s.at = end_at(edge->a, s.at, &edge_azimuth);
    if (along_m == edge->length_m) s.at = end_at(edge->b, s.at, &edge_azimuth);
    incmap__geodesic_inverse_scale(point, s.at, &g);
    s.distance_m = g.distance_m;
    if (g.distance_m > 0 && g.reduced_length_m > 0) {
        angle = (g.azimuth_b_deg - edge_azimuth) * RADIANS;
        s.slope = cos(angle);
        s.bend = sin(angle) * sin(angle) * g.scale_ba / g.reduced_length_m;
    }
    return s;
}

/* Newton on half the squared distance from low (slope < 0) to high (slope > 0); a step that leaves
 * the bracket, or a curve that bends the wrong way, is replaced by halving. */
static struct sight between(const struct course *edge, struct sight low, struct sight high,
                            incmap_coord point)
{
    struct sight now = low.distance_m < high.distance_m ? low : high;

    for (int round = 0; round < MOST_ROUNDS && high.along_m - low.along_m > step_m; round++) {
        const double force = now.slope * now.distance_m;
        const double stiffness = now.slope * now.slope + now.distance_m * now.bend;
        double next = stiffness > 0 ? now.along_m - force / stiffness : now.along_m;
        const double step = fabs(next - now.along_m);
        if (stiffness > 0 && step < step_m) break;
        if (!(next > low.along_m && next < high.along_m))
            next = low.along_m + (high.along_m - low.along_m) / 2;
        now = look(edge, next, point);
        if (now.slope < 0)
            low = now;
        else
            high = now;
    }
    return now;
}

static struct sight nearest_in_piece(const struct course *edge, struct sight low, struct sight high,
                                     incmap_coord point)
{
    if (low.slope < 0 && high.slope > 0) return between(edge, low, high, point);
    return low.distance_m <= high.distance_m ? low : high;
}

incmap__edge_foot incmap__edge_nearest(incmap_coord a, incmap_coord b, incmap_coord point)
{
    const struct course edge = course_of(a, b);
    const double pieces = ceil(edge.length_m / piece_m);
    struct sight low = look(&edge, 0, point), best = low;

    for (double i = 1; i <= pieces; i++) {
        const double end_m = i < pieces ? edge.length_m * i / pieces : edge.length_m;
        const struct sight high = look(&edge, end_m, point);
        const struct sight s = nearest_in_piece(&edge, low, high, point);
        if (s.distance_m < best.distance_m) best = s;
        low = high;
    }
    return (incmap__edge_foot){ best.distance_m, best.along_m, best.at };
}

bool incmap__edge_is_within(incmap_coord a, incmap_coord b, incmap_coord point, double radius_m)
{
    const incmap__ecef ea = incmap__ecef_from_coord(a), eb = incmap__ecef_from_coord(b);
    const incmap__ecef ep = incmap__ecef_from_coord(point);
    const double chord = incmap__chord_length(ea, eb);
    const double least = incmap__chord_distance(ea, eb, ep) - incmap__edge_sagitta(chord);

    if (least > incmap__chord_bound(radius_m)) return false;
    return incmap__edge_nearest(a, b, point).distance_m <= radius_m;
}

/* Unit normal of the ellipsoid at a point on it. */
static incmap__ecef normal_at(incmap__ecef p)
{
    const double z = p.z / (1 - INCMAP__WGS84_E2);
    const double length = sqrt(p.x * p.x + p.y * p.y + z * z);
    return (incmap__ecef){ p.x / length, p.y / length, z / length };
}

/* Between the arc's reach and 20 km: with unit normals m, n at the ends and unit chord t, kappa c =
 * (n - m) . t, where kappa is the curvature of the normal section. */
static double length_by_normals(incmap__ecef p, incmap__ecef q)
{
    const double x = q.x - p.x, y = q.y - p.y, z = q.z - p.z;
    const double c = sqrt(x * x + y * y + z * z);
    const incmap__ecef m = normal_at(p), n = normal_at(q);
    const double turn = ((n.x - m.x) * x + (n.y - m.y) * y + (n.z - m.z) * z) / c;
    const double k = turn * turn;
    return c * (1 + k / 24 + 3 * k * k / 640);
}

double incmap__edge_length(incmap_coord a, incmap_coord b, incmap__ecef p, incmap__ecef q)
{
    const double c = incmap__chord_length(p, q);
    double length;

    if (c <= INCMAP__ARC_MOST) return incmap__edge_arc(p, q);
    if (c < 20e3) return length_by_normals(p, q);
    incmap__geodesic_inverse(a, b, &length, NULL, NULL);
    return length;
}

double incmap__edge_sagitta(double chord_m)
{
    const double r = INCMAP__WGS84_RADIUS_MIN, half = chord_m / 2;
    /* r - sqrt(r^2 - half^2), written so that small chords keep their digits. */
    return half < r ? 1.02 * half * half / (r + sqrt(r * r - half * half)) : chord_m;
}

double incmap__chord_length(incmap__ecef a, incmap__ecef b)
{
    const double x = b.x - a.x, y = b.y - a.y, z = b.z - a.z;
    return sqrt(x * x + y * y + z * z);
}

double incmap__chord_distance(incmap__ecef a, incmap__ecef b, incmap__ecef p)
{
    const double bx = b.x - a.x, by = b.y - a.y, bz = b.z - a.z;
    double px = p.x - a.x, py = p.y - a.y, pz = p.z - a.z;
    const double squared = bx * bx + by * by + bz * bz;
    double t = squared > 0 ? (px * bx + py * by + pz * bz) / squared : 0;

    t = t < 0 ? 0 : t > 1 ? 1 : t;
    px -= t * bx;
    py -= t * by;
    pz -= t * bz;
    return sqrt(px * px + py * py + pz * pz);
}

/* A geodesic is never more curved than the flattest circle of the ellipsoid is, so its chord is at
 * most that circle's; a millionth covers that geodesics are not quite plane (tests/test_edge.c). */
double incmap__chord_bound(double distance_m)
{
    const double r = INCMAP__WGS84_RADIUS_MAX;
    const double half_angle = distance_m / (2 * r);
    const double chord = half_angle < PI / 2 ? 2 * r * sin(half_angle) : 2 * r;
    return chord * (1 + 1e-6) + 1e-6;
}
