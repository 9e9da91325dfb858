/* SPDX-License-Identifier: MIT */
/* Searching the box tree for a point farther from every edge than the short geodesic's reach.
 *
 *   sample    a few vertices, so that there is a first one to beat
 *   descent   a node's eight boxes, or a leaf's eight edges, against the best vertex so far, by what
 *             far_distance.h calls closeness: an upper bound on it for all in a box is the closeness at
 *             its middle and its slope times the box's half extents
 *   feet      of the few edges that closeness cannot tell apart, by true geodesics; most often it is one
 *             vertex, and one geodesic says that its edges lead away
 *
 * What closeness is off by differs between two points by a small part of their distance, so a box loses
 * against a vertex when its bound is below the vertex's closeness by more than that part. The best of all
 * is therefore among the edges that are left, whatever the order that they were looked at in. */
#include "geodesy/edge_search_far.h"

#include <assert.h>
#include <math.h>
#include <string.h>

#include "geodesy/edge_search_antipode.h"
#include "geodesy/far_distance.h"
#include "geodesy/lifted_chord.h"
#include "geodesy/trig.h"

enum { FANOUT = INCMAP__TREE_FANOUT, CANDIDATES = 64, ROUNDS = 8, KNOWN = 4 };

/* A vertex must be closer than this, or the search is one near the antipode: everything that closeness is
 * no good for has a true cosine below it. For cos(s/a) is at most C + pi f S (the ellipsoid is nowhere
 * shorter than b/a times the sphere), which is -0.985 at the least C. */
static const double closeness_least = -0.98;
/* Rounding, in units of the radius: 6 um. */
static const double noise = 1e-12;

/* An edge that may be the nearest, with what it can reach. */
struct candidate {
    size_t edge;
    double reach;
};

/* A point of an edge seen from the point outside, along the true geodesic. */
struct sight {
    incmap_coord at;
    double distance_m, azimuth_deg;
    double
        per_m; /* 1 / reduced length: a metre to the right turns the azimuth by so many radians */
    double curvature;         /* of the circle around the point outside, 1/m */
    incmap__ecef away, right; /* unit tangents there */
};

/* The nearest so far. */
struct nearest {
    double distance_m, azimuth_deg, along_m, part; /* part of the edge; 0 and 1 are its vertices */
    size_t edge;
    incmap__ecef at;
};

struct search {
    const incmap__edge_index *index;
    incmap_coord point;
    incmap__ecef p; /* the point and the closest vertex so far, on the auxiliary sphere */
    incmap__ecef near;
    double closeness; /* of that vertex */
    double drift;     /* incmap__far_drift for all that can still win */
    double moved;     /* how far `near` has moved in all, as |dx| + |dy| + |dz| */
    size_t hint_leaf;
    size_t count, known;
    struct candidate list[CANDIDATES];
    struct sight sights[KNOWN]; /* of the last vertices */
    struct nearest best;
};

/* ---- closeness ---- */

INCMAP__INLINE double away_from(incmap__ecef a, incmap__ecef b)
{
    return fabs(a.x - b.x) + fabs(a.y - b.y) + fabs(a.z - b.z);
}

/* A bound is kept as if `near` had not moved since the start: what can win has at least this. */
INCMAP__INLINE double reach_least(const struct search *s)
{
    const double least = s->closeness > closeness_least ? s->closeness : closeness_least;
    return least - s->drift * s->moved - noise;
}

/* The bound for something at most `off` away from `near`. */
INCMAP__INLINE double reach_of(const struct search *s, double closeness, double off)
{
    return closeness + s->drift * (off - s->moved);
}

INCMAP__INLINE double vertex_closeness(incmap__ecef p, double x, double y, double z)
{
    const incmap__far_view v = incmap__far_look(p, incmap__far_unit(x, y, z));
    return v.cosine > INCMAP__FAR_COSINE_LEAST ? v.closeness : -2;
}

INCMAP__INLINE incmap__ecef vertex_unit(const incmap__edge_index *index, size_t vertex)
{
    return incmap__far_unit(index->x[vertex], index->y[vertex], index->z[vertex]);
}

INCMAP__INLINE void move_near(struct search *s, size_t vertex, double closeness)
{
    const incmap__ecef to = vertex_unit(s->index, vertex);
    s->moved += away_from(s->near, to);
    s->near = to;
    s->closeness = closeness;
}

/* Eight vertices spread over the index, which are enough to know roughly how far the border is, and so
 * how much closeness drifts: nothing below the best of them, less pi f S, can win any more. */
INCMAP__INLINE void sample(struct search *s)
{
    const incmap__edge_index *index = s->index;
    double x[FANOUT], y[FANOUT], z[FANOUT], closeness[FANOUT], least;
    size_t vertex[FANOUT], best = 0;

    for (size_t k = 0; k < FANOUT; k++) {
        vertex[k] = k ? index->count / FANOUT * k : s->hint_leaf * FANOUT;
        x[k] = index->x[vertex[k]];
        y[k] = index->y[vertex[k]];
        z[k] = index->z[vertex[k]];
    }
    INCMAP__LANE_LOOP
    for (size_t k = 0; k < FANOUT; k++)
        closeness[k] = vertex_closeness(s->p, x[k], y[k], z[k]);
    for (size_t k = 1; k < FANOUT; k++)
        best = closeness[k] > closeness[best] ? k : best;
    s->near = vertex_unit(index, vertex[best]);
    s->closeness = closeness[best];
    s->moved = 0;
    least = s->closeness - 0.012;
    s->drift =
        incmap__far_drift(least > INCMAP__FAR_COSINE_LEAST ? least : INCMAP__FAR_COSINE_LEAST);
}

/* ---- descent ---- */

/* What the eight boxes of a node can reach. On the way from the middle of a box, lifted to the sphere, by
 * an angle rho to any point in it, closeness grows by its slope times sin rho, the more by rho / sin rho,
 * and bends by less than 1.1 (1 on the sphere itself). At the antipode it has a kink: what f adds to the
 * cosine has a slope of pi f at most there, in every direction. And where the middle is too near the
 * antipode for it, it is at most C + pi f S. */
INCMAP__INLINE void rank_boxes(const struct search *s, const incmap__boxes *node,
                               double reach[restrict FANOUT])
{
    const double near_antipode = -0.93, pi_f = 0.0107 /* a little more */, large = 0.16;
    const double per_a = 1 / INCMAP__WGS84_A, per_b = 1 / INCMAP__WGS84_B;
    const incmap__ecef p = s->p, near = s->near;

    INCMAP__LANE_LOOP
    for (int k = 0; k < FANOUT; k++) {
        const double is_there = node->half[0][k] >= 0 ? 1.0 : 0.0;
        const double mx = (double)node->middle[0][k] * per_a,
                     my = (double)node->middle[1][k] * per_a,
                     mz = (double)node->middle[2][k] * per_b;
        const double hx = is_there > 0 ? (double)node->half[0][k] * per_a : 0,
                     hy = is_there > 0 ? (double)node->half[1][k] * per_a : 0,
                     hz = is_there > 0 ? (double)node->half[2][k] * per_b : 0;
        const double per_m = 1 / sqrt(mx * mx + my * my + mz * mz + 1e-30);
        const incmap__ecef u = { mx * per_m, my * per_m, mz * per_m };
        const incmap__far_view v = incmap__far_look(p, u);
        const double is_good = v.cosine > INCMAP__FAR_COSINE_LEAST ? 1.0 : 0.0;
        const double at_middle = is_good > 0 ? v.closeness : v.cosine + 0.17 * pi_f;
        const double by_c = is_good > 0 ? v.by_cosine : 1, by_z = is_good > 0 ? v.by_z : 0;
        const double kink = v.cosine > near_antipode ? 0 : 2.2 * pi_f * (hx + hy + hz);
        const double gx = by_c * p.x, gy = by_c * p.y, gz = by_c * p.z + by_z;
        const double up = gx * u.x + gy * u.y + gz * u.z;
        const double grows =
            fabs(gx - up * u.x) * hx + fabs(gy - up * u.y) * hy + fabs(gz - up * u.z) * hz;
        const double h2 = hx * hx + hy * hy + hz * hz, rho2 = h2 * (1 + h2 / 2);
        const double most = at_middle + grows + kink + rho2 * (0.55 + grows / 4);
        const double off = fabs(mx - near.x) + fabs(my - near.y) + fabs(mz - near.z) + hx + hy + hz;
        const double bound = (h2 < large ? most : 4) + s->drift * (off - s->moved);
        reach[k] = is_there > 0 ? bound : -8;
    }
}

/* Numbers in the order of reaches, the farthest reaching first, with the box's own number in the last
 * three bits: 16 - reach is positive, and loses less than the noise. */
INCMAP__INLINE int64_t key_of(double reach)
{
    const double cost = 16 - reach;
    int64_t key;
    memcpy(&key, &cost, sizeof key);
    return key;
}

INCMAP__INLINE void set_keys(const double reach[FANOUT], int64_t keys[FANOUT])
{
    for (int k = 0; k < FANOUT; k++)
        keys[k] = (key_of(reach[k]) & ~(int64_t)(FANOUT - 1)) | k;
}

INCMAP__INLINE int64_t least_key(const int64_t keys[FANOUT])
{
    int64_t least = INT64_MAX;
    INCMAP__LANE_LOOP
    for (int k = 0; k < FANOUT; k++)
        least = keys[k] < least ? keys[k] : least;
    return least;
}

static void measure_candidates(struct search *s);

/* A list that is full of edges that may all be the nearest is measured and emptied: it is rare, a point in
 * the middle of a circle has all edges equally near. */
static void add_candidate(struct search *s, size_t edge, double reach)
{
    if (s->count == CANDIDATES) measure_candidates(s);
    s->list[s->count++] = (struct candidate){ edge, reach };
}

/* What the inside of an edge can exceed its better end by: along the edge closeness bends down by at most
 * q, the cosine (and f, some times, for the rest and for an edge that is no great circle) times the
 * square of the length. */
INCMAP__INLINE double excess(double start, double end, double cosine, double squared)
{
    const double bent = cosine + 0.03, q = (bent > 0 ? bent : 0) * squared * 1.01;
    const double d = q / 2 - fabs(end - start), in = d > 0 ? d : 0;
    return in * in / (2 * q + 1e-300);
}

struct leaf {
    double start[FANOUT], end[FANOUT], reach[FANOUT];
};

INCMAP__INLINE void rank_vertices(const struct search *s, const double *restrict x,
                                  const double *restrict y, const double *restrict z,
                                  double closeness[restrict FANOUT])
{
    const incmap__ecef p = s->p;
    INCMAP__LANE_LOOP
    for (int k = 0; k < FANOUT; k++)
        closeness[k] = vertex_closeness(p, x[k], y[k], z[k]);
}

INCMAP__INLINE void rank_edges(const struct search *s, const double *restrict x,
                               const double *restrict y, const double *restrict z,
                               struct leaf *restrict l)
{
    const incmap__ecef p = s->p, near = s->near;
    INCMAP__LANE_LOOP
    for (int k = 0; k < FANOUT; k++) {
        const incmap__ecef a = incmap__far_unit(x[k], y[k], z[k]);
        const incmap__ecef b = incmap__far_unit(x[k + 1], y[k + 1], z[k + 1]);
        const double vx = b.x - a.x, vy = b.y - a.y, vz = b.z - a.z;
        const double cosine = p.x * a.x + p.y * a.y + p.z * a.z;
        const double start = l->start[k], end = l->end[k], better = start > end ? start : end;
        const double off = away_from(a, near) + fabs(vx) + fabs(vy) + fabs(vz);
        l->reach[k] =
            reach_of(s, better + excess(start, end, cosine, vx * vx + vy * vy + vz * vz), off);
    }
}

INCMAP__INLINE void move_to_best(struct search *s, const struct leaf *l, size_t first,
                                 unsigned dead)
{
    size_t vertex = SIZE_MAX;
    double best = s->closeness;
    for (size_t k = 0; k < FANOUT; k++) {
        const double better = l->start[k] > l->end[k] ? l->start[k] : l->end[k];
        if (dead >> k & 1 || !(better > best)) continue;
        best = better;
        vertex = first + k + (l->end[k] > l->start[k]);
    }
    if (vertex != SIZE_MAX) move_near(s, vertex, best);
}

INCMAP__INLINE void try_leaf(struct search *s, size_t leaf)
{
    const incmap__edge_index *index = s->index;
    const size_t first = leaf * FANOUT;
    const double *x = index->x + first, *y = index->y + first, *z = index->z + first;
    const unsigned dead = index->dead[leaf];
    struct leaf l;
    double least;

    rank_vertices(s, x, y, z, l.start);
    rank_vertices(s, x + 1, y + 1, z + 1, l.end);
    move_to_best(s, &l, first, dead);
    rank_edges(s, x, y, z, &l);
    least = reach_least(s);
    for (size_t k = 0; k < FANOUT; k++)
        if (l.reach[k] >= least && !(dead >> k & 1)) add_candidate(s, first + k, l.reach[k]);
}

/* Depth first, the box of a node that reaches farthest first; the keys of boxes that were seen are put
 * out of the way. */
INCMAP__INLINE void descend(struct search *s)
{
    const incmap__edge_index *index = s->index;
    const int top = index->levels - 1;
    int64_t keys[INCMAP__TREE_LEVELS][FANOUT];
    size_t numbers[INCMAP__TREE_LEVELS];
    double reach[FANOUT];
    int level = top;

    numbers[level] = 0;
    rank_boxes(s, &index->boxes[index->level_start[level]], reach);
    set_keys(reach, keys[level]);
    while (level <= top) {
        const int64_t key = least_key(keys[level]);
        const size_t k = (size_t)(key & (FANOUT - 1)), below = numbers[level] * FANOUT + k;
        if (key > (key_of(reach_least(s)) | (FANOUT - 1))) {
            level++;
            continue;
        }
        keys[level][k] = INT64_MAX;
        if (level == 0) {
            if (below != s->hint_leaf) try_leaf(s, below);
            continue;
        }
        numbers[--level] = below;
        rank_boxes(s, &index->boxes[index->level_start[level] + below], reach);
        set_keys(reach, keys[level]);
    }
}

/* ---- feet ---- */

static incmap_coord coord_above(incmap__ecef p)
{
    const double out = sqrt(p.x * p.x + p.y * p.y);
    return (incmap_coord){ incmap__atan2_degrees(p.z * (1 / (1 - INCMAP__WGS84_E2)), out),
                           incmap__atan2_degrees(p.y, p.x) };
}

static struct sight look(incmap_coord point, incmap_coord at)
{
    const double lon = fabs(at.lon) <= 180 ? at.lon : remainder(at.lon, 360);
    double sin_lat, cos_lat, sin_lon, cos_lon, sin_az, cos_az;
    incmap__geodesic_full g;

    incmap__geodesic_inverse_scale(point, at, &g);
    incmap__sincos_degrees(at.lat, &sin_lat, &cos_lat);
    incmap__sincos_degrees(lon, &sin_lon, &cos_lon);
    incmap__sincos_degrees(g.azimuth_b_deg, &sin_az, &cos_az);
    const incmap__ecef east = { -sin_lon, cos_lon, 0 };
    const incmap__ecef north = { -sin_lat * cos_lon, -sin_lat * sin_lon, cos_lat };
    return (struct sight){
        .at = at,
        .distance_m = g.distance_m,
        .azimuth_deg = g.azimuth_a_deg,
        .per_m = 1 / g.reduced_length_m,
        .curvature = g.scale_ba / g.reduced_length_m,
        .away = { sin_az * east.x + cos_az * north.x, sin_az * east.y + cos_az * north.y,
                  cos_az * north.z },
        .right = { cos_az * east.x - sin_az * north.x, cos_az * east.y - sin_az * north.y,
                   -sin_az * north.z },
    };
}

/* Neighbouring edges share their vertex, and a ring's last vertex is its first: the last few are kept. */
static const struct sight *look_at_vertex(struct search *s, size_t vertex)
{
    const incmap_coord at = incmap__edge_index_coord(s->index, vertex);
    const size_t kept = s->known < KNOWN ? s->known : KNOWN;
    struct sight *sight = &s->sights[s->known % KNOWN];

    for (size_t i = 0; i < kept; i++)
        if (s->sights[i].at.lat == at.lat && s->sights[i].at.lon == at.lon) return &s->sights[i];
    *sight = look(s->point, at);
    s->known++;
    return sight;
}

static void take(struct search *s, const struct nearest *n)
{
    if (n->distance_m > s->best.distance_m) return;
    if (n->distance_m == s->best.distance_m && n->edge >= s->best.edge) return;
    s->best = *n;
}

/* An edge as its chord. */
struct course {
    size_t edge;
    incmap__ecef a, b, v;
    double length;
};

static void take_sight(struct search *s, const struct course *c, double part, incmap__ecef at,
                       const struct sight *sight)
{
    const struct nearest n = { sight->distance_m,
                               sight->azimuth_deg,
                               incmap__along_chord(part, c->length),
                               part,
                               c->edge,
                               at };
    take(s, &n);
}

static const struct sight *take_vertex(struct search *s, const struct course *c, bool end)
{
    const struct sight *sight = look_at_vertex(s, c->edge + end);
    take_sight(s, c, end, end ? c->b : c->a, sight);
    return sight;
}

/* The distance along an edge at one of its points: slope and second derivative there. */
struct slope {
    double along, bend, turn; /* turn: of the azimuth, radians a metre */
};

static struct slope slope_at(const struct course *c, incmap__ecef at, const struct sight *sight)
{
    const incmap__ecef level = incmap__ecef_level(at, c->v);
    const double per = 1 / sqrt(incmap__dot(level, level) + 1e-300);
    const double along = incmap__dot(sight->away, level) * per;
    const double across = incmap__dot(sight->right, level) * per;
    return (struct slope){ along, across * across * sight->curvature, across * sight->per_m };
}

/* One step of Newton's method on half the squared distance; where that bends the wrong way, to the end
 * that is downhill. */
static double next_part(const struct course *c, double part, const struct sight *sight,
                        struct slope slope)
{
    const double stiff = slope.along * slope.along + sight->distance_m * slope.bend;
    if (!(stiff > 0)) return slope.along < 0 ? 1 : slope.along > 0 ? 0 : part;
    return incmap__part_of_unit(part -
                                sight->distance_m * slope.along / (stiff * c->length + 1e-300));
}

/* Where the lesser end of an edge, or its inside where closeness has its highest point there, is. */
static double first_part(const struct search *s, const struct course *c, bool *ends_alike)
{
    const incmap__ecef a = incmap__far_unit(c->a.x, c->a.y, c->a.z);
    const incmap__ecef b = incmap__far_unit(c->b.x, c->b.y, c->b.z);
    const incmap__ecef v = incmap__plus(b, -1, a);
    const double grows = incmap__far_look(s->p, b).closeness - incmap__far_look(s->p, a).closeness;
    const double q = incmap__dot(s->p, a) * incmap__dot(v, v);
    *ends_alike = fabs(grows) <= s->drift * away_from(a, b) + noise;
    if (fabs(grows) < q / 2) return 0.5 + grows / q;
    return grows > 0 ? 1 : 0;
}

/* The rest of the way to a foot inside the edge, `by` metres, too short for its third order (1e-8 m at
 * 20 m) to matter. */
static void take_inside(struct search *s, const struct course *c, double part, double by,
                        const struct sight *sight, struct slope slope)
{
    const struct nearest n = {
        .distance_m = sight->distance_m + by * (slope.along + by * slope.bend / 2),
        .azimuth_deg = sight->azimuth_deg + by * slope.turn * INCMAP__DEGREES_PER_RADIAN,
        .along_m = incmap__along_chord(part, c->length),
        .part = part,
        .edge = c->edge,
        .at = incmap__above_chord(part, c->a, c->v, c->b),
    };
    take(s, &n);
}

/* By a method that always ends; not seen to be needed. */
static void take_slowly(struct search *s, const struct course *c)
{
    const incmap_coord a = incmap__edge_index_coord(s->index, c->edge);
    const incmap_coord b = incmap__edge_index_coord(s->index, c->edge + 1);
    const incmap__edge_foot foot = incmap__edge_nearest(a, b, s->point);
    const struct sight sight = look(s->point, foot.foot);
    const double part = incmap__part_of_unit(foot.along_m / (c->length + 1e-300));
    take_sight(s, c, part, incmap__ecef_from_coord(foot.foot), &sight);
}

/* The sight from which Newton's method goes on. */
static struct sight take_part(struct search *s, const struct course *c, double part,
                              incmap__ecef at)
{
    if (part == 0 || part == 1) return *take_vertex(s, c, part == 1);
    return look(s->point, coord_above(at));
}

/* Newton's method from a part of the edge, and whether it came to an end: one geodesic where that is a
 * vertex that the edge leads away from or so near an inner foot as closeness knows it. */
static bool find_foot(struct search *s, const struct course *c, double part)
{
    const double short_m = 20;

    for (int round = 0; round < ROUNDS; round++) {
        const incmap__ecef at = incmap__above_chord(part, c->a, c->v, c->b);
        const struct sight sight = take_part(s, c, part, at);
        const struct slope slope = slope_at(c, at, &sight);
        const double next = next_part(c, part, &sight, slope), by = (next - part) * c->length;
        if (fabs(by) < short_m && next > 0 && next < 1) {
            take_inside(s, c, next, by, &sight, slope);
            return true;
        }
        if (next == part) return true;
        part = next;
    }
    return false;
}

static void measure_edge(struct search *s, size_t edge)
{
    struct course c = { .edge = edge,
                        .a = incmap__edge_index_point(s->index, edge),
                        .b = incmap__edge_index_point(s->index, edge + 1) };
    bool ends_alike;
    double part;

    c.v = incmap__plus(c.b, -1, c.a);
    c.length = sqrt(incmap__dot(c.v, c.v));
    part = first_part(s, &c, &ends_alike);
    if (ends_alike) {
        (void)take_vertex(s, &c, false);
        (void)take_vertex(s, &c, true);
    }
    if (!find_foot(s, &c, part)) take_slowly(s, &c);
}

static void measure_candidates(struct search *s)
{
    const double least = reach_least(s);
    for (size_t i = 0; i < s->count; i++)
        if (s->list[i].reach >= least) measure_edge(s, s->list[i].edge);
    s->count = 0;
}

/* ---- answer ---- */

static incmap__nearest_edge answer(const struct search *s)
{
    const struct nearest *n = &s->best;
    const double turned = n->azimuth_deg < 0 ? n->azimuth_deg + 360 : n->azimuth_deg;
    incmap__nearest_edge found = {
        .edge = n->edge,
        .foot = { n->distance_m, n->along_m, coord_above(n->at) },
        .azimuth_deg = turned < 360 ? turned : 0, /* what is just below 0 rounds up to 360 */
    };
    incmap__edge_index_answer(s->index, n->part == 0, n->part == 1, &found);
    return found;
}

INCMAP__CLONES
static void search_tree(struct search *s)
{
    sample(s);
    try_leaf(s, s->hint_leaf);
    descend(s);
}

incmap__nearest_edge incmap__edge_index_nearest_far(const incmap__edge_index *index,
                                                    incmap_coord point, size_t hint)
{
    const incmap__ecef at = incmap__ecef_from_coord(point);
    struct search s;

    assert(hint < index->count);
    s.index = index;
    s.point = point;
    s.p = incmap__far_unit(at.x, at.y, at.z);
    s.hint_leaf = hint / FANOUT;
    s.count = s.known = 0;
    s.best = (struct nearest){ .distance_m = INFINITY, .edge = SIZE_MAX };
    search_tree(&s);
    if (!(s.closeness > closeness_least))
        return incmap__edge_index_nearest_antipode(index, point, hint);
    measure_candidates(&s);
    return answer(&s);
}
