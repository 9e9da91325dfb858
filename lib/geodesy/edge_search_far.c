/* SPDX-License-Identifier: MIT */
/* Searching the box tree for a point farther from every edge than the short geodesic's reach.
 *
 *   sample    a few vertices, so that there is a first one to beat
 *   descent   a node's boxes, or a leaf's eight edges, against the best vertex so far, by what
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
#include "geodesy/short_geodesic.h"
#include "geodesy/trig.h"

enum {
    EDGES = INCMAP__LEAF_EDGES,
    FANOUT = INCMAP__TREE_FANOUT,
    CANDIDATES = 64,
    ROUNDS = 8,
    KNOWN = 4
};

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
    double azimuth_there_deg; /* of the way on from there */
    double
        per_m; /* 1 / reduced length: a metre to the right turns the azimuth by so many radians */
    double curvature; /* of the circle around the point outside, 1/m */
};

/* The nearest so far. */
struct nearest {
    double distance_m, azimuth_deg, along_m, part; /* part of the edge; 0 and 1 are its vertices */
    size_t edge;
    incmap_coord foot;
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
    double x[EDGES], y[EDGES], z[EDGES], closeness[EDGES], least;
    size_t vertex[EDGES], best = 0;

    for (size_t k = 0; k < EDGES; k++) {
        vertex[k] = k ? index->count / EDGES * k : s->hint_leaf * EDGES;
        x[k] = index->x[vertex[k]];
        y[k] = index->y[vertex[k]];
        z[k] = index->z[vertex[k]];
    }
    INCMAP__LANE_LOOP
    for (size_t k = 0; k < EDGES; k++)
        closeness[k] = vertex_closeness(s->p, x[k], y[k], z[k]);
    for (size_t k = 1; k < EDGES; k++)
        best = closeness[k] > closeness[best] ? k : best;
    s->near = vertex_unit(index, vertex[best]);
    s->closeness = closeness[best];
    s->moved = 0;
    least = s->closeness - 0.012;
    s->drift =
        incmap__far_drift(least > INCMAP__FAR_COSINE_LEAST ? least : INCMAP__FAR_COSINE_LEAST);
}

/* ---- descent ---- */

/* Numbers in the order of reaches, the farthest reaching first, with the box's own number in the last
 * four bits: 16 - reach is positive, and loses less than the noise. */
INCMAP__INLINE int64_t key_of(double reach)
{
    const double cost = 16 - reach;
    int64_t key;
    memcpy(&key, &cost, sizeof key);
    return key;
}

/* What the boxes of a node can reach. */
INCMAP__INLINE void rank_boxes(const struct search *s, const incmap__boxes *node,
                               int64_t keys[FANOUT])
{
    double reach[FANOUT];
    const incmap__ecef p = s->p, near = s->near;

    INCMAP__LANE_LOOP
    for (int k = 0; k < FANOUT; k++) {
        const double is_there = node->half[0][k] >= 0 ? 1.0 : 0.0;
        const incmap__ecef half = incmap__far_unit(is_there > 0 ? (double)node->half[0][k] : 0,
                                                   is_there > 0 ? (double)node->half[1][k] : 0,
                                                   is_there > 0 ? (double)node->half[2][k] : 0);
        const incmap__ecef middle = incmap__far_unit(
            (double)node->middle[0][k], (double)node->middle[1][k], (double)node->middle[2][k]);
        const double off = away_from(middle, near) + half.x + half.y + half.z;
        const double bound = reach_of(s, incmap__far_box(p, middle, half), off);
        reach[k] = is_there > 0 ? bound : -8;
    }
    for (int k = 0; k < FANOUT; k++)
        keys[k] = (key_of(reach[k]) & ~(int64_t)(FANOUT - 1)) | k;
}

/* The least key above another: boxes in order, without a store that the next load would wait for. */
INCMAP__INLINE int64_t next_key(const int64_t keys[FANOUT], int64_t last)
{
    int64_t least = INT64_MAX;
    INCMAP__LANE_LOOP
    for (int k = 0; k < FANOUT; k++) {
        const int64_t key = keys[k] > last ? keys[k] : INT64_MAX;
        least = key < least ? key : least;
    }
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

struct leaf {
    double start[EDGES], end[EDGES], reach[EDGES];
};

INCMAP__INLINE void rank_vertices(const struct search *s, const double *restrict x,
                                  const double *restrict y, const double *restrict z,
                                  double closeness[restrict EDGES])
{
    const incmap__ecef p = s->p;
    INCMAP__LANE_LOOP
    for (int k = 0; k < EDGES; k++)
        closeness[k] = vertex_closeness(p, x[k], y[k], z[k]);
}

INCMAP__INLINE void rank_edges(const struct search *s, const double *restrict x,
                               const double *restrict y, const double *restrict z,
                               struct leaf *restrict l)
{
    const incmap__ecef p = s->p, near = s->near;
    INCMAP__LANE_LOOP
    for (int k = 0; k < EDGES; k++) {
        const incmap__ecef a = incmap__far_unit(x[k], y[k], z[k]);
        const incmap__ecef b = incmap__far_unit(x[k + 1], y[k + 1], z[k + 1]);
        const double vx = b.x - a.x, vy = b.y - a.y, vz = b.z - a.z;
        const double cosine = p.x * a.x + p.y * a.y + p.z * a.z;
        const double start = l->start[k], end = l->end[k], better = start > end ? start : end;
        const double off = away_from(a, near) + fabs(vx) + fabs(vy) + fabs(vz);
        l->reach[k] = reach_of(
            s, better + incmap__far_excess(start, end, cosine, vx * vx + vy * vy + vz * vz), off);
    }
}

INCMAP__INLINE void move_to_best(struct search *s, const struct leaf *l, size_t first,
                                 unsigned dead)
{
    size_t vertex = SIZE_MAX;
    double best = s->closeness;
    for (size_t k = 0; k < EDGES; k++) {
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
    const size_t first = leaf * EDGES;
    const double *x = index->x + first, *y = index->y + first, *z = index->z + first;
    const unsigned dead = index->dead[leaf];
    struct leaf l;
    double least;

    rank_vertices(s, x, y, z, l.start);
    rank_vertices(s, x + 1, y + 1, z + 1, l.end);
    move_to_best(s, &l, first, dead);
    rank_edges(s, x, y, z, &l);
    least = reach_least(s);
    for (size_t k = 0; k < EDGES; k++)
        if (l.reach[k] >= least && !(dead >> k & 1)) add_candidate(s, first + k, l.reach[k]);
}

/* Depth first, the box of a node that reaches farthest first. */
INCMAP__INLINE void descend(struct search *s)
{
    const incmap__edge_index *index = s->index;
    const int top = index->levels - 1;
    int64_t keys[INCMAP__TREE_LEVELS][FANOUT], last[INCMAP__TREE_LEVELS];
    size_t numbers[INCMAP__TREE_LEVELS];
    int level = top;

    numbers[level] = 0;
    last[level] = 0;
    rank_boxes(s, &index->boxes[index->level_start[level]], keys[level]);
    while (level <= top) {
        const int64_t key = next_key(keys[level], last[level]);
        const size_t k = (size_t)(key & (FANOUT - 1)), below = numbers[level] * FANOUT + k;
        if (key > (key_of(reach_least(s)) | (FANOUT - 1))) {
            level++;
            continue;
        }
        last[level] = key;
        if (level == 0) {
            if (below != s->hint_leaf) try_leaf(s, below);
            continue;
        }
        numbers[--level] = below;
        last[level] = 0;
        rank_boxes(s, &index->boxes[index->level_start[level] + below], keys[level]);
    }
}

/* ---- feet ---- */

static struct sight look(incmap_coord point, incmap_coord at)
{
    incmap__geodesic_full g;

    incmap__geodesic_inverse_scale(point, at, &g);
    return (struct sight){
        .at = at,
        .distance_m = g.distance_m,
        .azimuth_deg = g.azimuth_a_deg,
        .azimuth_there_deg = g.azimuth_b_deg,
        .per_m = 1 / g.reduced_length_m,
        .curvature = g.scale_ba / g.reduced_length_m,
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

/* An edge as its chord, and where that is not good enough, as the geodesic itself. */
struct course {
    size_t edge;
    incmap__ecef a, b, v;
    double length_m;
    bool is_drawn;
    incmap__geodesic_line line;
};

/* A far foot moves by a kilometre and more for a thousandth of the edge's direction, in which the chord is
 * off by 1e-9. */
static void draw(const struct search *s, struct course *c)
{
    double azimuth;
    if (c->is_drawn) return;
    incmap__geodesic_inverse(incmap__edge_index_coord(s->index, c->edge),
                             incmap__edge_index_coord(s->index, c->edge + 1), &c->length_m,
                             &azimuth, NULL);
    incmap__geodesic_line_init(&c->line, incmap__edge_index_coord(s->index, c->edge), azimuth);
    c->is_drawn = true;
}

static double edge_length(const incmap__edge_index *index, const struct course *c)
{
    return incmap__edge_length(incmap__edge_index_coord(index, c->edge),
                               incmap__edge_index_coord(index, c->edge + 1), c->a, c->b);
}

static const struct sight *take_vertex(struct search *s, const struct course *c, bool end)
{
    const struct sight *sight = look_at_vertex(s, c->edge + end);
    const struct nearest n = {
        .distance_m = sight->distance_m,
        .azimuth_deg = sight->azimuth_deg,
        .along_m = end ? edge_length(s->index, c) : 0,
        .part = end,
        .edge = c->edge,
        .foot = sight->at,
    };
    take(s, &n);
    return sight;
}

/* The distance along an edge at one of its points: slope and second derivative there. */
struct slope {
    double along, bend, turn; /* turn: of the azimuth, radians a metre */
};

static struct slope slope_of(double along, double across, const struct sight *sight)
{
    return (struct slope){ along, across * across * sight->curvature, across * sight->per_m };
}

/* At a vertex, from the chord. */
static struct slope chord_slope(const struct course *c, bool end, const struct sight *sight)
{
    const incmap_coord at = sight->at;
    const incmap__ecef level = incmap__ecef_level(incmap__ecef_up(end ? c->b : c->a), c->v);
    const double per = 1 / sqrt(incmap__dot(level, level) + 1e-300);
    double sin_lat, cos_lat, sin_lon, cos_lon, sin_az, cos_az, east, north;

    incmap__sincos_degrees(at.lat, &sin_lat, &cos_lat);
    incmap__sincos_degrees(fabs(at.lon) <= 180 ? at.lon : remainder(at.lon, 360), &sin_lon,
                           &cos_lon);
    incmap__sincos_degrees(sight->azimuth_there_deg, &sin_az, &cos_az);
    east = (level.y * cos_lon - level.x * sin_lon) * per;
    north = (level.z * cos_lat - (level.x * cos_lon + level.y * sin_lon) * sin_lat) * per;
    return slope_of(east * sin_az + north * cos_az, east * cos_az - north * sin_az, sight);
}

/* Anywhere, from the geodesic. */
static struct slope true_slope(const struct course *c, double part, const struct sight *sight)
{
    double azimuth, turn;
    (void)incmap__geodesic_line_at(&c->line, part * c->length_m, &azimuth);
    turn = (azimuth - sight->azimuth_there_deg) * INCMAP__RADIANS_PER_DEGREE;
    return slope_of(cos(turn), sin(turn), sight);
}

static double part_of_unit(double t)
{
    const double low = t > 0 ? t : 0;
    return low < 1 ? low : 1;
}

/* One step of Newton's method on half the squared distance; where that bends the wrong way, to the end
 * that is downhill. */
static double next_part(const struct course *c, double part, const struct sight *sight,
                        struct slope slope)
{
    const double stiff = slope.along * slope.along + sight->distance_m * slope.bend;
    if (!(stiff > 0)) return slope.along < 0 ? 1 : slope.along > 0 ? 0 : part;
    return part_of_unit(part - sight->distance_m * slope.along / (stiff * c->length_m + 1e-300));
}

/* The end that is the closer, or the inside where closeness has its highest point there. */
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
        .along_m = part * c->length_m,
        .part = part,
        .edge = c->edge,
        .foot = incmap__geodesic_line_at(&c->line, part * c->length_m, NULL),
    };
    take(s, &n);
}

/* What Newton's method goes on from. */
static struct sight look_at_part(struct search *s, struct course *c, double part,
                                 struct slope *slope)
{
    const double clear = 1e-6; /* the chord's slope is good enough for its sign */
    const bool is_end = part == 0 || part == 1;
    struct sight sight;

    if (!is_end) draw(s, c);
    sight = is_end ? *take_vertex(s, c, part == 1)
                   : look(s->point, incmap__geodesic_line_at(&c->line, part * c->length_m, NULL));
    if (is_end) *slope = chord_slope(c, part == 1, &sight);
    if (is_end && fabs(slope->along) < clear && c->length_m > 0) draw(s, c);
    if (c->is_drawn) *slope = true_slope(c, part, &sight);
    return sight;
}

/* Newton's method from a part of the edge, and whether it came to an end: one geodesic where that is a
 * vertex that the edge leads away from or so near an inner foot as closeness knows it. */
static bool find_foot(struct search *s, struct course *c, double part)
{
    const double short_m = 20;

    for (int round = 0; round < ROUNDS; round++) {
        struct slope slope;
        const struct sight sight = look_at_part(s, c, part, &slope);
        const double next = next_part(c, part, &sight, slope), by = (next - part) * c->length_m;
        if (fabs(by) < short_m && next > 0 && next < 1) {
            draw(s, c);
            take_inside(s, c, next, by, &sight, slope);
            return true;
        }
        if (next == part) return true;
        part = next;
    }
    return false;
}

/* By a method that always ends; not seen to be needed. */
static void take_slowly(struct search *s, const struct course *c)
{
    const incmap__edge_foot foot =
        incmap__edge_nearest(incmap__edge_index_coord(s->index, c->edge),
                             incmap__edge_index_coord(s->index, c->edge + 1), s->point);
    const struct sight sight = look(s->point, foot.foot);
    const struct nearest n = { foot.distance_m, sight.azimuth_deg,
                               foot.along_m,    part_of_unit(foot.along_m / (c->length_m + 1e-300)),
                               c->edge,         foot.foot };
    take(s, &n);
}

static void measure_edge(struct search *s, size_t edge)
{
    struct course c;
    bool ends_alike;
    double part;

    c.edge = edge;
    c.is_drawn = false;
    c.a = incmap__edge_index_point(s->index, edge);
    c.b = incmap__edge_index_point(s->index, edge + 1);
    c.v = incmap__plus(c.b, -1, c.a);
    c.length_m = sqrt(incmap__dot(c.v, c.v));
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
        .foot = { n->distance_m, n->along_m, n->foot },
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
    s.hint_leaf = hint / EDGES;
    s.count = s.known = 0;
    s.best = (struct nearest){ .distance_m = INFINITY, .edge = SIZE_MAX };
    search_tree(&s);
    if (!(s.closeness > closeness_least))
        return incmap__edge_index_nearest_antipode(index, point, hint);
    measure_candidates(&s);
    return answer(&s);
}
