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

/* Squared straight distances from p to the eight boxes of a node. */
INCMAP__VECTOR
static void box_distances(const incmap__boxes *node, const float p[3],
                          float squared[INCMAP__TREE_FANOUT])
{
    for (int k = 0; k < INCMAP__TREE_FANOUT; k++) {
        float sum = 0;
        for (int i = 0; i < 3; i++) {
            const float below = node->low[i][k] - p[i], above = p[i] - node->high[i][k];
            const float out = below > above ? below : above;
            const float by = out > 0 ? out : 0;
            sum += by * by;
        }
        squared[k] = sum;
    }
}

/* Squared straight distances from p to the chords of the eight edges from `first` on; an edge that
 * `live` says 0 of is its start alone. */
INCMAP__VECTOR
static void chord_distances(const double *restrict x, const double *restrict y,
                            const double *restrict z, const double live[INCMAP__TREE_FANOUT],
                            const double p[3], double squared[INCMAP__TREE_FANOUT])
{
    for (int k = 0; k < INCMAP__TREE_FANOUT; k++) {
        const double bx = (x[k + 1] - x[k]) * live[k], by = (y[k + 1] - y[k]) * live[k],
                     bz = (z[k + 1] - z[k]) * live[k];
        const double px = p[0] - x[k], py = p[1] - y[k], pz = p[2] - z[k];
        /* The least number keeps an edge of no length from dividing by zero. */
        const double t = (px * bx + py * by + pz * bz) / (bx * bx + by * by + bz * bz + 1e-300);
        const double low = t > 0 ? t : 0, u = low < 1 ? low : 1;
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

struct search {
    const incmap__edge_index *index;
    incmap_coord point;
    incmap__ecef at;
    double p[3];
    float pf[3];
    double most;  /* upper bound on the straight distance to the nearest edge */
    double limit; /* what is farther, straight, cannot be nearest */
    float limit_squared;
    struct candidate list[CANDIDATES];
    size_t count;
    incmap__nearest_edge best; /* of edges that were measured already */
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

/* The foot on the lifted chord: the straight foot first, then one step of Newton's method on half the
 * squared distance, whose second derivative along the edge is slope^2 + (1 - slope^2) (1 - (s/R)^2/3). */
static incmap__nearest_edge lifted_foot(const struct search *s, size_t edge)
{
    const incmap__edge_index *index = s->index;
    const double r = INCMAP__WGS84_B;
    const size_t end = index->ends[edge] ? edge : edge + 1;
    const incmap__ecef a = incmap__edge_index_point(index, edge);
    const incmap__ecef b = incmap__edge_index_point(index, end);
    const incmap__ecef v = { b.x - a.x, b.y - a.y, b.z - a.z };
    const double length = incmap__chord_length(a, b);
    incmap__nearest_edge found = { .edge = edge };
    incmap__short_geodesic way;
    incmap__ecef foot = a;
    double t = 0;

    for (int round = 0; round < 2; round++) {
        if (round == 0 && length > 0) {
            t = ((s->at.x - a.x) * v.x + (s->at.y - a.y) * v.y + (s->at.z - a.z) * v.z) /
                (length * length);
        } else if (length > 0) {
            const incmap__ecef along = incmap__ecef_level(foot, v);
            const double slope =
                (way.at_q.x * along.x + way.at_q.y * along.y + way.at_q.z * along.z) / length;
            const double part = way.distance_m / r;
            const double bend = slope * slope + (1 - slope * slope) * (1 - part * part / 3);
            t -= way.distance_m * slope / (bend * length);
        }
        t = t > 0 ? t < 1 ? t : 1 : 0;
        foot =
            t == 0 ? a
            : t == 1
                ? b
                : incmap__ecef_lift((incmap__ecef){ a.x + t * v.x, a.y + t * v.y, a.z + t * v.z });
        way = incmap__short_geodesic_between(s->at, foot);
        if (way.distance_m == 0) break;
    }
    found.foot.distance_m = way.distance_m;
    found.foot.along_m = t * length;
    found.foot.foot = t == 0   ? index->vertices[edge]
                      : t == 1 ? index->vertices[end]
                               : incmap__ecef_to_coord(foot);
    if (way.distance_m > 0)
        found.azimuth_deg =
            incmap__ecef_azimuth(s->point, (incmap__ecef){ -way.at_p.x, -way.at_p.y, -way.at_p.z });
    return found;
}

/* By the geodesic itself: edges too long for the lifted chord, and points too far for the series. */
static incmap__nearest_edge exact_foot(const struct search *s, size_t edge)
{
    const incmap__edge_index *index = s->index;
    const size_t end = index->ends[edge] ? edge : edge + 1;
    incmap__nearest_edge found = { .edge = edge };

    found.foot = incmap__edge_nearest(index->vertices[edge], index->vertices[end], s->point);
    if (found.foot.distance_m > 0) {
        incmap__geodesic_inverse(s->point, found.foot.foot, NULL, &found.azimuth_deg, NULL);
        if (found.azimuth_deg < 0) found.azimuth_deg += 360;
    }
    return found;
}

static void measure_candidate(struct search *s, size_t edge)
{
    const incmap__edge_index *index = s->index;
    const size_t end = index->ends[edge] ? edge : edge + 1;
    const double length = incmap__chord_length(incmap__edge_index_point(index, edge),
                                               incmap__edge_index_point(index, end));
    const incmap__nearest_edge found =
        length > longest_lifted_m ? exact_foot(s, edge) : lifted_foot(s, edge);
    if (found.foot.distance_m < s->best.foot.distance_m) s->best = found;
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
    const incmap__edge_index *index = s->index;
    const size_t first = leaf * INCMAP__TREE_FANOUT;
    const double sagitta = (double)index->sagitta[leaf];
    double live[INCMAP__TREE_FANOUT], squared[INCMAP__TREE_FANOUT];

    for (size_t k = 0; k < INCMAP__TREE_FANOUT; k++)
        live[k] = first + k < index->count && !index->ends[first + k] ? 1 : 0;
    chord_distances(index->x + first, index->y + first, index->z + first, live, s->p, squared);
    for (size_t k = 0; k < INCMAP__TREE_FANOUT && first + k < index->count; k++) {
        const double reach = s->limit + sagitta;
        if (squared[k] > reach * reach) continue;
        const double d = sqrt(squared[k]);
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
        if (level == 0)
            try_leaf(s, below);
        else
            search_node(s, level - 1, below);
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
    incmap__nearest_edge found = { .edge = vertex, .foot = { .foot = v } };
    double azimuth;

    incmap__geodesic_inverse(s->point, v, &found.foot.distance_m, &azimuth, NULL);
    found.azimuth_deg = azimuth < 0 ? azimuth + 360 : azimuth;
    if (found.foot.distance_m < s->best.foot.distance_m) s->best = found;
    return found.foot.distance_m;
}

static void try_exactly(struct search *s, size_t edge)
{
    const incmap__nearest_edge found = exact_foot(s, edge);
    if (found.foot.distance_m < s->best.foot.distance_m) s->best = found;
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
        if (!index->ends[e] &&
            (bends_more || fmin(at_start, at_end) - dip <= s->best.foot.distance_m))
            try_exactly(s, e);
    }
}

/* Distance from p to the farthest corner of box k. */
static double farthest_corner(const incmap__boxes *node, size_t k, incmap__ecef p)
{
    const double v[3] = { p.x, p.y, p.z };
    double sum = 0;
    for (int i = 0; i < 3; i++) {
        const double by = fmax(v[i] - (double)node->low[i][k], (double)node->high[i][k] - v[i]);
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
        if (straight > incmap__chord_bound(s->best.foot.distance_m)) continue;
        if (geodesic_bound(s, node, k, below * count, count) > s->best.foot.distance_m) continue;
        if (level == 0)
            try_far_leaf(s, below, straight);
        else
            search_far_node(s, level - 1, below);
    }
}

/* ---- both ---- */

incmap__nearest_edge incmap__edge_index_nearest(const incmap__edge_index *index, incmap_coord point,
                                                size_t hint)
{
    struct search s = { .index = index,
                        .point = point,
                        .at = incmap__ecef_from_coord(point),
                        .best = { .foot = { .distance_m = INFINITY } } };

    assert(hint < index->count);
    s.p[0] = s.at.x;
    s.p[1] = s.at.y;
    s.p[2] = s.at.z;
    for (int i = 0; i < 3; i++)
        s.pf[i] = (float)s.p[i];
    set_most(&s, incmap__chord_length(s.at, incmap__edge_index_point(index, hint)));
    search_node(&s, index->levels - 1, 0);
    if (s.limit < INCMAP__SHORT_GEODESIC_MOST) {
        for (size_t i = 0; i < s.count; i++)
            if (s.list[i].least <= s.limit) measure_candidate(&s, s.list[i].edge);
    } else {
        s.best.foot.distance_m = INFINITY;
        (void)try_vertex(&s, hint);
        s.limit_squared = INFINITY;
        search_far_node(&s, index->levels - 1, 0);
    }
    return s.best;
}
