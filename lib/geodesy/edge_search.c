/* SPDX-License-Identifier: MIT */
/* Searching the box tree. Near points, which are nearly all, are answered from straight chords and
 * the short geodesic's series alone; far ones by whole geodesics. */
#include <assert.h>
#include <math.h>
#include <string.h>

#include "geodesy/edge_index.h"
#include "geodesy/short_geodesic.h"
#include "geodesy/vector.h"

/* ---- eight at a time ---- */

/* Compilers make vectors of a loop only when nothing in it branches, and choosing the larger of two
 * numbers is a branch unless NaN are sworn off. So both loops do without: the positive part of d is
 * (d + |d|) / 2, and t held between 0 and 1 is (1 + |t| - |t - 1|) / 2. */

static inline float beyond(float middle, float half, float p)
{
    const float d = fabsf(p - middle) - half;
    return 0.5f * (d + fabsf(d));
}

/* Squared straight distances from p to the eight boxes of a node. */
INCMAP__VECTOR
static void box_distances(const incmap__boxes *restrict node, const float p[restrict 3],
                          float squared[restrict INCMAP__TREE_FANOUT])
{
    const float px = p[0], py = p[1], pz = p[2];
    for (int k = 0; k < INCMAP__TREE_FANOUT; k++) {
        const float x = beyond(node->middle[0][k], node->half[0][k], px);
        const float y = beyond(node->middle[1][k], node->half[1][k], py);
        const float z = beyond(node->middle[2][k], node->half[2][k], pz);
        squared[k] = x * x + y * y + z * z;
    }
}

/* Squared straight distances from p to the chords of eight consecutive edges; an edge that `live` says
 * 0 of is its start alone. */
INCMAP__VECTOR
static void chord_distances(const double x[restrict], const double y[restrict],
                            const double z[restrict],
                            const double live[restrict INCMAP__TREE_FANOUT],
                            const double p[restrict 3],
                            double squared[restrict INCMAP__TREE_FANOUT])
{
    const double p0 = p[0], p1 = p[1], p2 = p[2];
    for (int k = 0; k < INCMAP__TREE_FANOUT; k++) {
        const double bx = (x[k + 1] - x[k]) * live[k], by = (y[k + 1] - y[k]) * live[k],
                     bz = (z[k + 1] - z[k]) * live[k];
        const double px = p0 - x[k], py = p1 - y[k], pz = p2 - z[k];
        /* The least number keeps an edge of no length from dividing by zero. */
        const double t = (px * bx + py * by + pz * bz) / (bx * bx + by * by + bz * bz + 1e-300);
        const double u = (1 + fabs(t) - fabs(t - 1)) / 2;
        const double qx = px - u * bx, qy = py - u * by, qz = pz - u * bz;
        squared[k] = qx * qx + qy * qy + qz * qz;
    }
}

/* ---- near ---- */

/* Edges longer than this are left to the exact method: the lifted chord leaves a geodesic of 10 km
 * by 1.2 um sideways and 0.35 mm lengthways. */
static const double longest_lifted_m = 10e3;

enum { CANDIDATES = 64 };

struct candidate {
    size_t edge;
    double least; /* lower bound on the straight distance */
};

/* The nearest foot found so far. */
struct found {
    size_t edge;
    double along_m, distance_m;
    bool exact; /* coord and azimuth_deg are known; else they follow from foot and away */
    incmap_coord coord;
    double azimuth_deg;
    double t; /* part of the edge; 0 and 1 are its vertices */
    incmap__ecef foot, away;
};

struct search {
    const incmap__edge_index *index;
    incmap__station from;
    double p[3];
    float pf[3];
    size_t hint_leaf;
    double most;  /* upper bound on the straight distance to the nearest edge */
    double limit; /* what is farther, straight, cannot be nearest */
    float limit_squared;
    struct candidate list[CANDIDATES];
    size_t count;
    struct found best; /* of edges that were measured already */
};

/* A chord of length c belongs to a geodesic of c + kappa^2 c^3/24 + ..., where kappa^2 differs by at
 * most this between the most and the least curved section of the ellipsoid. So an edge whose chord
 * is longer than another's by more than what follows from that cannot be the nearer. The next term
 * of the series is covered by the factor; it is good to 1,000 km. */
static double limit_for(double chord_m)
{
    const double low = 1 / INCMAP__WGS84_RADIUS_MAX, high = 1 / INCMAP__WGS84_RADIUS_MIN;
    const double spread = (high * high - low * low) / 24;
    return chord_m + 1.1 * spread * chord_m * chord_m * chord_m + 1e-6;
}

static void set_most(struct search *s, double most)
{
    s->most = most;
    s->limit = limit_for(most);
    /* Rounded up, and by what the sum of three rounded squares can be short. */
    s->limit_squared = (float)(s->limit * s->limit * (1 + 1e-6));
}

static size_t edge_end(const incmap__edge_index *index, size_t edge)
{
    return index->ends[edge] ? edge : edge + 1;
}

/* The foot on the lifted chord: the straight foot first, then one step of Newton's method on half the
 * squared distance, whose second derivative along the edge is slope^2 + (1 - slope^2) (1 - (s/R)^2/3). */
static struct found lifted_foot(const struct search *s, size_t edge)
{
    const incmap__ecef a = incmap__edge_index_point(s->index, edge);
    const incmap__ecef b = incmap__edge_index_point(s->index, edge_end(s->index, edge));
    const incmap__ecef v = { b.x - a.x, b.y - a.y, b.z - a.z }, p = s->from.at;
    const double length = sqrt(v.x * v.x + v.y * v.y + v.z * v.z);
    incmap__short_geodesic way;
    incmap__ecef foot;
    double t = 0, step;

    if (length > 0)
        t = ((p.x - a.x) * v.x + (p.y - a.y) * v.y + (p.z - a.z) * v.z) / (length * length);
    t = t > 0 ? t < 1 ? t : 1 : 0;
    for (int round = 0;; round++) {
        const incmap__ecef on = { a.x + t * v.x, a.y + t * v.y, a.z + t * v.z };
        foot = t == 0 ? a : t == 1 ? b : incmap__ecef_lift(on);
        way = incmap__short_geodesic_between(p, foot);
        if (round == 1 || way.distance_m == 0 || length == 0) break;

        const incmap__ecef along = incmap__ecef_level(foot, v);
        const double slope =
            (way.at_q.x * along.x + way.at_q.y * along.y + way.at_q.z * along.z) / length;
        const double part = way.distance_m / INCMAP__WGS84_B;
        const double bend = slope * slope + (1 - slope * slope) * (1 - part * part / 3);
        step = t - way.distance_m * slope / (bend * length);
        step = step > 0 ? step < 1 ? step : 1 : 0;
        if (step == t) break; /* most often at a vertex */
        t = step;
    }
    return (struct found){ .edge = edge,
                           .along_m = t * length,
                           .distance_m = way.distance_m,
                           .t = t,
                           .foot = foot,
                           .away = { -way.at_p.x, -way.at_p.y, -way.at_p.z } };
}

static double azimuth_to(incmap_coord from, incmap_coord to)
{
    double azimuth;
    incmap__geodesic_inverse(from, to, NULL, &azimuth, NULL);
    if (azimuth < 0) azimuth += 360;
    return azimuth < 360 ? azimuth : 0; /* what is just below 0 rounds up to 360 */
}

/* By the geodesic itself: edges too long for the lifted chord, and points too far for the series. */
static struct found exact_foot(const struct search *s, size_t edge)
{
    const incmap_coord *v = s->index->vertices;
    const incmap__edge_foot foot =
        incmap__edge_nearest(v[edge], v[edge_end(s->index, edge)], s->from.coord);
    return (struct found){ .edge = edge,
                           .along_m = foot.along_m,
                           .distance_m = foot.distance_m,
                           .exact = true,
                           .coord = foot.foot,
                           .azimuth_deg =
                               foot.distance_m > 0 ? azimuth_to(s->from.coord, foot.foot) : 0 };
}

static void take_if_nearer(struct search *s, const struct found *found)
{
    if (found->distance_m < s->best.distance_m) s->best = *found;
}

static void measure_candidate(struct search *s, size_t edge)
{
    const double length =
        incmap__chord_length(incmap__edge_index_point(s->index, edge),
                             incmap__edge_index_point(s->index, edge_end(s->index, edge)));
    const struct found found =
        length > longest_lifted_m ? exact_foot(s, edge) : lifted_foot(s, edge);
    take_if_nearer(s, &found);
}

/* Candidates that the limit has come below since are dropped; a list that is full of others is
 * measured and emptied. */
static void make_room(struct search *s)
{
    size_t kept = 0;
    for (size_t i = 0; i < s->count; i++)
        if (s->list[i].least <= s->limit) s->list[kept++] = s->list[i];
    s->count = kept;
    if (kept == CANDIDATES) {
        for (size_t i = 0; i < kept; i++)
            measure_candidate(s, s->list[i].edge);
        s->count = 0;
    }
}

static void try_leaf(struct search *s, size_t leaf)
{
    static const double all_live[INCMAP__TREE_FANOUT] = { 1, 1, 1, 1, 1, 1, 1, 1 };
    const incmap__edge_index *index = s->index;
    const size_t first = leaf * INCMAP__TREE_FANOUT, left = index->count - first;
    const size_t n = left < INCMAP__TREE_FANOUT ? left : INCMAP__TREE_FANOUT;
    const double sagitta = (double)index->sagitta[leaf];
    double some_live[INCMAP__TREE_FANOUT] = { 0 }, squared[INCMAP__TREE_FANOUT];

    for (size_t k = 0; index->broken[leaf] && k < n; k++)
        some_live[k] = index->ends[first + k] ? 0 : 1;
    chord_distances(index->x + first, index->y + first, index->z + first,
                    index->broken[leaf] ? some_live : all_live, s->p, squared);
    for (size_t k = 0; k < n; k++) {
        const double reach = s->limit + sagitta;
        double d;
        if (squared[k] > reach * reach) continue;
        d = sqrt(squared[k]);
        if (d + sagitta < s->most) set_most(s, d + sagitta);
        if (s->count == CANDIDATES) make_room(s);
        s->list[s->count++] = (struct candidate){ first + k, d - sagitta };
    }
}

/* Boxes of a node within the limit, nearest first; returns how many. */
static size_t rank_boxes(const struct search *s, size_t node, unsigned char order[],
                         float squared[INCMAP__TREE_FANOUT])
{
    size_t n = 0;
    box_distances(&s->index->boxes[node], s->pf, squared);
    for (unsigned char k = 0; k < INCMAP__TREE_FANOUT; k++) {
        size_t at = n;
        if (!(squared[k] <= s->limit_squared)) continue;
        for (; at > 0 && squared[order[at - 1]] > squared[k]; at--)
            order[at] = order[at - 1];
        order[at] = k;
        n++;
    }
    return n;
}

static void search_node(struct search *s, int level, size_t number)
{
    unsigned char order[INCMAP__TREE_FANOUT];
    float squared[INCMAP__TREE_FANOUT];
    const size_t node = s->index->level_start[level] + number;
    const size_t n = rank_boxes(s, node, order, squared);

    for (size_t i = 0; i < n && squared[order[i]] <= s->limit_squared; i++) {
        const size_t below = number * INCMAP__TREE_FANOUT + order[i];
        if (level > 0)
            search_node(s, level - 1, below);
        else if (below != s->hint_leaf)
            try_leaf(s, below);
    }
}

/* ---- far ----
 * The chord bounds a geodesic only to within a hundredth of it, the difference between the
 * ellipsoid's flattest and most curved place; at 10,000 km that would leave a whole border to look
 * at. So a far box is judged by the geodesic to one of its own vertices, less how far anything in
 * the box lies from that vertex: the triangle inequality, with a slack of the box's size alone. */

/* Toward the antipode a distance bends more sharply than any bound below assumes. */
static const double antipode_m = 19.5e6;
/* From far_box_m up to antipode_m the second derivative of the distance along an edge, |M21 / m12| at
 * most, stays below this: on a sphere it is cot(s/R)/R, which is 1 / 400 km at 400 km and 1 / 500 km at
 * the other end. */
static const double bend_most = 1 / 390e3;
static const double far_box_m = 400e3;

/* Upper bound on the distance between two points of the surface whose chord is c: no normal section
 * is more curved than the smallest radius says. */
static double arc_bound(double chord_m)
{
    const double two_r = 2 * INCMAP__WGS84_RADIUS_MIN;
    return chord_m < two_r ? two_r * asin(chord_m / two_r) : INFINITY;
}

/* Geodesic distance to a vertex, which is a candidate itself. */
static double try_vertex(struct search *s, size_t vertex)
{
    const incmap_coord v = s->index->vertices[vertex];
    struct found found = { .edge = vertex, .exact = true, .coord = v };

    incmap__geodesic_inverse(s->from.coord, v, &found.distance_m, NULL, NULL);
    take_if_nearer(s, &found);
    return found.distance_m;
}

static void try_exactly(struct search *s, size_t edge)
{
    const struct found found = exact_foot(s, edge);
    take_if_nearer(s, &found);
}

/* The distance along an edge bends by at most bend_most, so it is nowhere more than that times
 * L^2 / 8 below the nearer end's; a seventh covers the difference of chord and length. */
static void try_far_leaf(struct search *s, size_t leaf, double box_m)
{
    const incmap__edge_index *index = s->index;
    const size_t first = leaf * INCMAP__TREE_FANOUT;
    double at_end = try_vertex(s, first);

    for (size_t e = first; e < first + INCMAP__TREE_FANOUT && e < index->count; e++) {
        const double at_start = at_end;
        const double chord = incmap__chord_length(incmap__edge_index_point(index, e),
                                                  incmap__edge_index_point(index, e + 1));
        const double dip = bend_most * chord * chord / 7;
        const bool bends_more = box_m < far_box_m || fmax(at_start, at_end) > antipode_m;
        if (e + 1 < index->count) at_end = try_vertex(s, e + 1);
        if (!index->ends[e] && (bends_more || fmin(at_start, at_end) - dip <= s->best.distance_m))
            try_exactly(s, e);
    }
}

/* Distance from p to the farthest corner of box k. */
static double farthest_corner(const incmap__boxes *node, size_t k, incmap__ecef p)
{
    const double v[3] = { p.x, p.y, p.z };
    double sum = 0;
    for (int i = 0; i < 3; i++) {
        const double by = fabs(v[i] - (double)node->middle[i][k]) + (double)node->half[i][k];
        sum += by * by;
    }
    return sqrt(sum);
}

static size_t edges_below(int level)
{
    size_t n = INCMAP__TREE_FANOUT;
    while (level-- > 0)
        n *= INCMAP__TREE_FANOUT;
    return n;
}

/* Lower bound on the geodesic distance to anything in box k of a node, which covers the edges from
 * `first` on. */
static double geodesic_bound(struct search *s, const incmap__boxes *node, size_t k, size_t first,
                             size_t count)
{
    const size_t left = s->index->count - first;
    const size_t middle = first + (count < left ? count : left) / 2;
    const double around = farthest_corner(node, k, incmap__edge_index_point(s->index, middle));
    return try_vertex(s, middle) - arc_bound(around);
}

static void search_far_node(struct search *s, int level, size_t number)
{
    unsigned char order[INCMAP__TREE_FANOUT];
    float squared[INCMAP__TREE_FANOUT];
    const incmap__boxes *node = &s->index->boxes[s->index->level_start[level] + number];
    const size_t n = rank_boxes(s, s->index->level_start[level] + number, order, squared);

    for (size_t i = 0; i < n; i++) {
        const size_t k = order[i], below = number * INCMAP__TREE_FANOUT + k;
        const size_t count = edges_below(level);
        const double straight = sqrt((double)squared[k]) * (1 - 1e-6);
        if (straight > incmap__chord_bound(s->best.distance_m)) continue;
        if (geodesic_bound(s, node, k, below * count, count) > s->best.distance_m) continue;
        if (level == 0)
            try_far_leaf(s, below, straight);
        else
            search_far_node(s, level - 1, below);
    }
}

/* ---- both ---- */

static incmap__nearest_edge finish(const struct search *s)
{
    const incmap__edge_index *index = s->index;
    const struct found *f = &s->best;
    incmap_coord foot = f->coord;
    double azimuth = 0;

    if (!f->exact)
        foot = f->t == 0   ? index->vertices[f->edge]
               : f->t == 1 ? index->vertices[edge_end(index, f->edge)]
                           : incmap__ecef_to_coord(f->foot);
    if (f->distance_m > 0)
        azimuth =
            f->exact ? azimuth_to(s->from.coord, foot) : incmap__station_azimuth(&s->from, f->away);
    return (incmap__nearest_edge){ f->edge, { f->distance_m, f->along_m, foot }, azimuth };
}

static void search_near(struct search *s, size_t hint)
{
    s->hint_leaf = hint / INCMAP__TREE_FANOUT;
    set_most(s, incmap__chord_length(s->from.at, incmap__edge_index_point(s->index, hint)));
    try_leaf(s, s->hint_leaf);
    search_node(s, s->index->levels - 1, 0);
}

incmap__nearest_edge incmap__edge_index_nearest(const incmap__edge_index *index, incmap_coord point,
                                                size_t hint)
{
    struct search s;

    assert(hint < index->count);
    s.index = index;
    s.from = incmap__station_at(point);
    s.p[0] = s.from.at.x;
    s.p[1] = s.from.at.y;
    s.p[2] = s.from.at.z;
    for (int i = 0; i < 3; i++)
        s.pf[i] = (float)s.p[i];
    s.count = 0;
    s.best.distance_m = INFINITY;
    search_near(&s, hint);
    if (s.limit < INCMAP__SHORT_GEODESIC_MOST) {
        for (size_t i = 0; i < s.count; i++)
            if (s.list[i].least <= s.limit) measure_candidate(&s, s.list[i].edge);
    } else {
        s.best.distance_m = INFINITY;
        (void)try_vertex(&s, hint);
        s.limit_squared = INFINITY;
        search_far_node(&s, index->levels - 1, 0);
    }
    return finish(&s);
}
