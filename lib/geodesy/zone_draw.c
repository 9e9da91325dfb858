/* SPDX-License-Identifier: MIT */
/* The ring at a distance around one piece of a border, drawn by geodesics: vertices on it exactly, and
 * as many of them as it takes to keep every edge between them where it must be. */
#include "geodesy/zone.h"

#include <math.h>

#include "geodesy/edge.h"

#define RADIANS (3.14159265358979323846 / 180)

/* One vertex of the ring. */
struct mark {
    double t; /* where on the ring: azimuth from the centre, or part of the way around an edge */
    double reach_m; /* from the centre */
    incmap_coord at, foot;
    incmap__ecef p, foot_p;
    size_t edge;     /* of the run, which holds the foot */
    double border_m; /* distance to the whole border */
};

struct drawing {
    const incmap__zone_rule *rule;
    double distance_m; /* the rule's, but for a pole that lies on the ring itself */
    const incmap__edge_index *all;
    size_t all_hint;
    /* a run */
    incmap__edge_index run;
    size_t run_hint;
    incmap_coord centre;
    /* an edge */
    incmap_coord a, b;
    incmap__ecef a_p;
    double length_m, azimuth_b;
    double azimuth_a;
    incmap__geodesic_line line;

    void (*place)(struct drawing *d, double t, double guess_m, struct mark *out);
    incmap__zone_loop *loop;
    incmap_error *err;
};

/* Vertices are placed to a hundredth of what a chord may stray. */
static const double placed_part = 0.01;
/* Edges shorter than this part of the same are not divided again. */
static const double shortest_part = 0.02;

/* Newton's method on the distance to the run, along a ray of its centre. The zone is seen whole from
 * there, so the distance grows all the way out; as no circle's centre is farther off than 0.6 of its
 * radius, the ray leaves it with a slope of 0.8 at least. */
static void place_on_ray(struct drawing *d, double t, double guess_m, struct mark *out)
{
    const double exact_m = placed_part * d->rule->chord_m;
    incmap__geodesic_line ray;
    incmap__nearest_edge n;
    double reach = guess_m;

    incmap__geodesic_line_init(&ray, d->centre, t);
    for (int round = 0; round < 40; round++) {
        double onward, slope, step;
        out->at = incmap__geodesic_line_at(&ray, reach, &onward);
        n = incmap__edge_index_nearest(&d->run, out->at, d->run_hint);
        d->run_hint = n.edge;
        out->reach_m = reach;
        if (fabs(n.foot.distance_m - d->distance_m) <= exact_m) break;
        slope = fmax(-cos((n.azimuth_deg - onward) * RADIANS), 0.7);
        step = (d->distance_m - n.foot.distance_m) / slope;
        reach = fmin(fmax(reach + step, d->distance_m), 2 * d->distance_m);
    }
    out->edge = n.edge;
    out->foot = n.foot.foot;
}

/* Around an edge, counterclockwise when it runs north: 0 to 1 along its right side, 1 to 2 about its
 * end, 2 to 3 back along its left side, 3 to 4 about its start. */
static void place_by_edge(struct drawing *d, double t, double guess_m, struct mark *out)
{
    double azimuth;

    if (t <= 1 || (t >= 2 && t <= 3)) {
        const bool right = t <= 1;
        out->foot = incmap__geodesic_line_at(&d->line, (right ? t : 3 - t) * d->length_m, &azimuth);
        azimuth += right ? 90 : -90;
    } else {
        out->foot = t < 2 ? d->b : d->a;
        azimuth = t < 2 ? d->azimuth_b + 90 - 180 * (t - 1) : d->azimuth_a - 90 - 180 * (t - 3);
    }
    out->at = incmap__geodesic_direct(out->foot, azimuth, d->distance_m, NULL);
    out->edge = 0;
    out->reach_m = guess_m;
}

static struct mark place(struct drawing *d, double t, double guess_m)
{
    struct mark m = { .t = t, .border_m = INFINITY };

    d->place(d, t, guess_m, &m);
    m.p = incmap__ecef_from_coord(m.at);
    /* A circle has one foot for all. */
    m.foot_p =
        d->place == place_by_edge && d->length_m == 0 ? d->a_p : incmap__ecef_from_coord(m.foot);
    if (d->all) {
        const incmap__nearest_edge n = incmap__edge_index_nearest(d->all, m.at, d->all_hint);
        d->all_hint = n.edge;
        m.border_m = n.foot.distance_m;
    }
    return m;
}

double incmap__zone_reading_gap(incmap_coord a, incmap_coord b, double chord_m)
{
    const double turn = fabs(remainder(b.lon - a.lon, 360)) * RADIANS;
    return chord_m * turn * sin(fmax(fabs(a.lat), fabs(b.lat)) * RADIANS) / 4;
}

/* Whether the edge between two marks lies so deep in the zone that its true place is of no matter: what
 * the ring cuts off there, other pieces hold. With L the edge's length the ring is nowhere more than
 * L/2 + L/8 from it, and the border's own distance along it below D - 2 L + L/2, so a point that is cut
 * off is nearer to another piece than its ring's edges stray. */
static bool is_deep(const struct drawing *d, const struct mark *a, const struct mark *b,
                    double length_m, double gap_m)
{
    return fmax(a->border_m, b->border_m) < d->distance_m - 2 * length_m && gap_m < length_m / 8;
}

/* A line between two points at D from a geodesic bulges away from it on the round earth, as a great
 * circle rises over a parallel. */
static double bulge(const struct drawing *d, double length_m)
{
    const double r = INCMAP__WGS84_RADIUS_MIN;
    return length_m * length_m * tan(d->distance_m / r) / (8 * r);
}

/* The most by which the distance along the edge exceeds that at its ends. Distances to the two feet
 * are convex along it, so they lie below the straight lines from D at their own mark to what they are at
 * the other; the least of both is greatest where these lines cross. */
static double excess(const struct drawing *d, const struct mark *a, const struct mark *b,
                     double length_m)
{
    double from_a, from_b;

    /* The distance to one and the same edge of the border is convex but for the bulge. */
    if (a->edge == b->edge) return bulge(d, length_m);
    from_a = incmap__edge_length(b->at, a->foot, b->p, a->foot_p) - d->distance_m;
    from_b = incmap__edge_length(a->at, b->foot, a->p, b->foot_p) - d->distance_m;
    return from_a > 0 && from_b > 0 ? from_a * from_b / (from_a + from_b) : 0;
}

/* How far b lies behind the line through a that is square to the way from a's foot. */
static double behind(const struct mark *a, const struct mark *b)
{
    const double x = a->p.x - a->foot_p.x, y = a->p.y - a->foot_p.y, z = a->p.z - a->foot_p.z;
    const double along = x * (b->p.x - a->p.x) + y * (b->p.y - a->p.y) + z * (b->p.z - a->p.z);
    return fmax(-along / sqrt(x * x + y * y + z * z), 0);
}

/* The most by which the distance along the edge is less than at its ends. Both are D from the border, so
 * no point of it is nearer than D to either, and none comes nearer to the edge between them than
 * D - L^2/8D and what follows; L^2/7D covers L up to D. A single edge of the border is convex besides:
 * it lies behind the squares to both ways from it, whose distances fall by what `behind` says. */
static double shortfall(const struct drawing *d, const struct mark *a, const struct mark *b,
                        double length_m)
{
    const double round = length_m * length_m / (7 * d->distance_m);
    double from_a, from_b, flat;

    if (d->place != place_by_edge) return round;
    from_a = behind(a, b);
    from_b = behind(b, a);
    flat = from_a > 0 && from_b > 0 ? from_a * from_b / (from_a + from_b) : 0;
    return fmin(round, flat + 2 * bulge(d, length_m));
}

static bool is_straight(const struct drawing *d, const struct mark *a, const struct mark *b)
{
    const double length_m = incmap__chord_length(a->p, b->p), most_m = d->rule->chord_m;
    const double gap_m = incmap__zone_reading_gap(a->at, b->at, length_m);

    if (is_deep(d, a, b, length_m, gap_m) || length_m <= shortest_part * most_m) return true;
    return gap_m <= d->rule->reading_m && shortfall(d, a, b, length_m) <= most_m &&
           excess(d, a, b, length_m) <= most_m;
}

static incmap_status add(incmap__zone_loop *loop, incmap_coord at, incmap_error *err)
{
    incmap_status st = incmap__grow(&loop->allocator, &loop->at, &loop->capacity, loop->count + 1,
                                    sizeof *loop->at, err);
    if (!st) loop->at[loop->count++] = at;
    return st;
}

/* Adds what comes behind a, up to b. Each round halves the parameter, so that 50 would exhaust it. */
static incmap_status join(struct drawing *d, const struct mark *a, const struct mark *b, int rounds)
{
    struct mark m;
    incmap_status st;

    if (rounds == 0 || is_straight(d, a, b)) return add(d->loop, b->at, d->err);
    m = place(d, a->t + (b->t - a->t) / 2, (a->reach_m + b->reach_m) / 2);
    st = join(d, a, &m, rounds - 1);
    if (!st) st = join(d, &m, b, rounds - 1);
    return st;
}

/* The ring from parameter t to end, without the vertex at t itself. */
static incmap_status draw(struct drawing *d, double t, double end, int steps)
{
    struct mark a = place(d, t, d->distance_m);
    incmap_status st = INCMAP_OK;

    for (int i = 1; !st && i <= steps; i++) {
        const struct mark b = place(d, t + (end - t) * i / steps, a.reach_m);
        st = join(d, &a, &b, 50);
        a = b;
    }
    return st;
}

/* A ring may go around a pole, not through it, for a pole has no longitude: where it comes nearer than
 * reading_m the distance is changed by as much as that. */
static void keep_off_pole(struct drawing *d, double pole_m, int pole)
{
    const double room = d->rule->reading_m, beyond = pole_m - d->distance_m;
    if (fabs(beyond) < room) d->distance_m = pole_m - (beyond < 0 ? -room : room);
    if (pole_m < d->distance_m) d->loop->pole = pole;
}

static bool may_reach_pole(const struct drawing *d, double lat, double reach_m)
{
    /* No degree of latitude is shorter than 110,574 m. */
    return fabs(lat) + (reach_m + d->distance_m) / 110574 > 89;
}

incmap_status incmap__zone_around_run(const incmap__zone_rule *rule, const incmap__edge_index *all,
                                      const incmap_coord vertices[], size_t n, size_t centre,
                                      incmap__zone_loop *loop, incmap_error *err)
{
    enum { RAYS = 24 };
    struct drawing d = { .rule = rule,
                         .distance_m = rule->distance_m,
                         .all = all,
                         .centre = vertices[centre],
                         .place = place_on_ray,
                         .loop = loop,
                         .err = err };
    bool *ends = incmap__alloc_zeroed(&loop->allocator, n, sizeof *ends);
    incmap_status st = ends ? INCMAP_OK : incmap__fail_memory(err);

    if (!st) {
        ends[n - 1] = true;
        st = incmap__edge_index_build(&d.run, vertices, ends, n, &loop->allocator, err);
    }
    for (int pole = -1; !st && pole <= 1; pole += 2) {
        const incmap_coord at = { 90.0 * pole, 0 };
        if (may_reach_pole(&d, d.centre.lat, d.distance_m))
            keep_off_pole(&d, incmap__edge_index_nearest(&d.run, at, 0).foot.distance_m, pole);
    }
    if (!st) st = draw(&d, 0, 360, RAYS);
    incmap__edge_index_free(&d.run);
    incmap__free(&loop->allocator, ends);
    return st;
}

/* Steps of half a circle: as many as `shortfall` asks for, where halving a few again and again would
 * end at up to twice that. Of a circle so large that longitudes and latitudes bend its edges halving
 * adds what is missing. */
static int half_circle_steps(const struct drawing *d)
{
    enum { LEAST = 6, MOST = 1024 };
    const double turn = sqrt(7 * d->rule->chord_m / d->distance_m);
    const double steps = ceil(180 * RADIANS / turn + 0.01);

    return steps < LEAST ? LEAST : steps > MOST ? MOST : (int)steps;
}

incmap_status incmap__zone_around_edge(const incmap__zone_rule *rule, const incmap__edge_index *all,
                                       incmap_coord a, incmap_coord b, incmap__zone_loop *loop,
                                       incmap_error *err)
{
    enum { CAP_STEPS = 6, SIDE_STEPS = 2 };
    int cap_steps = CAP_STEPS;
    struct drawing d = { .rule = rule,
                         .distance_m = rule->distance_m,
                         .all = all,
                         .a = a,
                         .b = b,
                         .a_p = incmap__ecef_from_coord(a),
                         .place = place_by_edge,
                         .loop = loop,
                         .err = err };
    incmap_status st = INCMAP_OK;

    incmap__geodesic_inverse(a, b, &d.length_m, &d.azimuth_a, &d.azimuth_b);
    incmap__geodesic_line_init(&d.line, a, d.azimuth_a);
    for (int pole = -1; pole <= 1; pole += 2) {
        const incmap_coord at = { 90.0 * pole, 0 };
        if (may_reach_pole(&d, a.lat, d.length_m))
            keep_off_pole(&d, incmap__edge_nearest(a, b, at).distance_m, pole);
    }
    if (d.length_m == 0) cap_steps = half_circle_steps(&d);
    if (d.length_m > 0) st = draw(&d, 0, 1, SIDE_STEPS);
    if (!st) st = draw(&d, 1, 2, cap_steps);
    if (!st && d.length_m > 0) st = draw(&d, 2, 3, SIDE_STEPS);
    if (!st) st = draw(&d, 3, 4, cap_steps);
    return st;
}
