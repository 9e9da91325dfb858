/* SPDX-License-Identifier: MIT */
/* Searching the box tree for a near point, as nearly all are: straight chords rule out all but the one
 * or two edges whose feet are then found with the short geodesic's series alone. */
#include "geodesy/edge_search.h"

#include <assert.h>
#include <math.h>

#include "geodesy/edge_eight.h"

/* Edges longer than this are left to the exact method: the lifted chord leaves a geodesic of 12 km by
 * 2 um sideways. */
static const double longest_lifted_m = 12e3;

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

static void set_most(struct incmap__search *s, double most)
{
    s->most = most;
    s->limit = limit_for(most);
    /* Rounded up, and by what the sum of three rounded squares can be short. */
    s->limit_squared = (float)(s->limit * s->limit * (1 + 1e-6));
}

size_t incmap__search_edge_end(const struct incmap__search *s, size_t edge)
{
    return s->index->ends[edge] ? edge : edge + 1;
}

/* The way to a vertex is kept: two edges that meet in the nearest vertex both ask for it. */
static const incmap__short_geodesic *way_to_vertex(struct incmap__search *s, size_t vertex)
{
    if (s->vertex != vertex) {
        s->vertex = vertex;
        s->to_vertex =
            incmap__short_geodesic_between(s->from.at, incmap__edge_index_point(s->index, vertex));
    }
    return &s->to_vertex;
}

/* Length along an edge to part t of its chord. Points are lifted from the chord straight up, so their
 * angles at the centre of curvature are even in their tangents: with u from the middle the length is
 * u (1 + c^2/8R^2 - u^2/3R^2). */
static double along_chord(double t, double chord)
{
    const double u = (t - 0.5) * chord, r2 = INCMAP__WGS84_A * INCMAP__WGS84_B;
    const double half = chord / 2 * (1 + chord * chord / (24 * r2));
    return half + u * (1 + chord * chord / (8 * r2) - u * u / (3 * r2));
}

static double part_of_unit(double t)
{
    return t > 0 ? t < 1 ? t : 1 : 0;
}

/* An edge's chord, and the foot tried at part t of it. */
struct chord {
    size_t edge, end;
    incmap__ecef a, v; /* from a, v leads to the end */
    double length;
};

struct trial {
    double t;
    incmap__ecef foot;
    incmap__short_geodesic way;
};

static struct trial try_part(struct incmap__search *s, const struct chord *c, double t)
{
    struct trial trial = { .t = t };
    if (t == 0 || t == 1) {
        const size_t vertex = t == 0 ? c->edge : c->end;
        trial.foot = incmap__edge_index_point(s->index, vertex);
        trial.way = *way_to_vertex(s, vertex);
    } else {
        trial.foot = incmap__ecef_lift(
            (incmap__ecef){ c->a.x + t * c->v.x, c->a.y + t * c->v.y, c->a.z + t * c->v.z });
        trial.way = incmap__short_geodesic_between(s->from.at, trial.foot);
    }
    return trial;
}

/* Where the straight foot lies. */
static double straight_part(const struct incmap__search *s, const struct chord *c)
{
    const incmap__ecef p = { s->from.at.x - c->a.x, s->from.at.y - c->a.y, s->from.at.z - c->a.z };
    const double along = p.x * c->v.x + p.y * c->v.y + p.z * c->v.z;
    return c->length > 0 ? part_of_unit(along / (c->length * c->length)) : 0;
}

/* One step of Newton's method on half the squared distance, whose second derivative along the edge is
 * slope^2 + (1 - slope^2) (1 - (s/R)^2/3). The straight foot is off by a metre or two at 500 km, so
 * that one step leaves micrometres. */
static double better_part(const struct chord *c, const struct trial *trial)
{
    const incmap__ecef v = incmap__ecef_level(trial->foot, c->v), q = trial->way.at_q;
    const double slope = (q.x * v.x + q.y * v.y + q.z * v.z) / c->length;
    const double part = trial->way.distance_m / INCMAP__WGS84_B;
    const double bend = slope * slope + (1 - slope * slope) * (1 - part * part / 3);
    return part_of_unit(trial->t - trial->way.distance_m * slope / (bend * c->length));
}

static struct incmap__found lifted_foot(struct incmap__search *s, const struct chord *c)
{
    struct trial trial = try_part(s, c, straight_part(s, c));

    if (trial.way.distance_m > 0 && c->length > 0) {
        const double better = better_part(c, &trial);
        if (better != trial.t) trial = try_part(s, c, better); /* else most often at a vertex */
    }
    return (struct incmap__found){
        .edge = c->edge,
        .along_m = trial.t > 0 ? along_chord(trial.t, c->length) : 0,
        .distance_m = trial.way.distance_m,
        .t = trial.t,
        .foot = trial.foot,
        .away = { -trial.way.at_p.x, -trial.way.at_p.y, -trial.way.at_p.z },
    };
}

static double azimuth_to(incmap_coord from, incmap_coord to)
{
    double azimuth;
    incmap__geodesic_inverse(from, to, NULL, &azimuth, NULL);
    if (azimuth < 0) azimuth += 360;
    return azimuth < 360 ? azimuth : 0; /* what is just below 0 rounds up to 360 */
}

/* By the geodesic itself: edges too long for the lifted chord, and points too far for the series. */
struct incmap__found incmap__search_exact_foot(const struct incmap__search *s, size_t edge)
{
    const incmap_coord *v = s->index->vertices;
    const incmap__edge_foot foot =
        incmap__edge_nearest(v[edge], v[incmap__search_edge_end(s, edge)], s->from.coord);
    return (struct incmap__found){ .edge = edge,
                                   .along_m = foot.along_m,
                                   .distance_m = foot.distance_m,
                                   .exact = true,
                                   .coord = foot.foot };
}

void incmap__search_take(struct incmap__search *s, const struct incmap__found *found)
{
    if (found->distance_m < s->best.distance_m) s->best = *found;
}

static void measure_candidate(struct incmap__search *s, size_t edge)
{
    const size_t end = incmap__search_edge_end(s, edge);
    const incmap__ecef a = incmap__edge_index_point(s->index, edge);
    const incmap__ecef b = incmap__edge_index_point(s->index, end);
    const struct chord c = {
        edge, end, a, { b.x - a.x, b.y - a.y, b.z - a.z }, incmap__chord_length(a, b)
    };
    const struct incmap__found found =
        c.length > longest_lifted_m ? incmap__search_exact_foot(s, edge) : lifted_foot(s, &c);
    incmap__search_take(s, &found);
}

/* Candidates that the limit has come below since are dropped; a list that is full of others is
 * measured and emptied. */
static void make_room(struct incmap__search *s)
{
    size_t kept = 0;
    for (size_t i = 0; i < s->count; i++)
        if (s->list[i].least <= s->limit) s->list[kept++] = s->list[i];
    s->count = kept;
    if (kept == INCMAP__CANDIDATES) {
        for (size_t i = 0; i < kept; i++)
            measure_candidate(s, s->list[i].edge);
        s->count = 0;
    }
}

static void try_leaf(struct incmap__search *s, size_t leaf)
{
    static const double all_live[INCMAP__TREE_FANOUT] = { 1, 1, 1, 1, 1, 1, 1, 1 };
    const incmap__edge_index *index = s->index;
    const size_t first = leaf * INCMAP__TREE_FANOUT, left = index->count - first;
    const size_t n = left < INCMAP__TREE_FANOUT ? left : INCMAP__TREE_FANOUT;
    const double sagitta = (double)index->sagitta[leaf];
    double some_live[INCMAP__TREE_FANOUT] = { 0 }, squared[INCMAP__TREE_FANOUT];

    for (size_t k = 0; index->broken[leaf] && k < n; k++)
        some_live[k] = index->ends[first + k] ? 0 : 1;
    incmap__eight_chords(index->x + first, index->y + first, index->z + first,
                         index->broken[leaf] ? some_live : all_live, s->p, squared);
    for (size_t k = 0; k < n; k++) {
        const double reach = s->limit + sagitta;
        double d;
        if (squared[k] > reach * reach) continue;
        d = sqrt(squared[k]);
        if (d + sagitta < s->most) set_most(s, d + sagitta);
        if (s->count == INCMAP__CANDIDATES) make_room(s);
        s->list[s->count++] = (struct incmap__candidate){ first + k, d - sagitta };
    }
}

/* Boxes of a node within the limit, nearest first; returns how many. */
size_t incmap__search_rank(const struct incmap__search *s, size_t node, unsigned char order[],
                           float squared[INCMAP__TREE_FANOUT])
{
    size_t n = 0;
    incmap__eight_boxes(&s->index->boxes[node], s->pf, squared);
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

static void search_node(struct incmap__search *s, int level, size_t number)
{
    unsigned char order[INCMAP__TREE_FANOUT];
    float squared[INCMAP__TREE_FANOUT];
    const size_t node = s->index->level_start[level] + number;
    const size_t n = incmap__search_rank(s, node, order, squared);

    for (size_t i = 0; i < n && squared[order[i]] <= s->limit_squared; i++) {
        const size_t below = number * INCMAP__TREE_FANOUT + order[i];
        if (level > 0)
            search_node(s, level - 1, below);
        else if (below != s->hint_leaf)
            try_leaf(s, below);
    }
}

static incmap__nearest_edge finish(const struct incmap__search *s)
{
    const incmap__edge_index *index = s->index;
    const struct incmap__found *f = &s->best;
    incmap_coord foot = f->coord;
    double azimuth = 0;

    if (!f->exact)
        foot = f->t == 0   ? index->vertices[f->edge]
               : f->t == 1 ? index->vertices[incmap__search_edge_end(s, f->edge)]
                           : incmap__ecef_to_coord(f->foot);
    if (f->distance_m > 0)
        azimuth =
            f->exact ? azimuth_to(s->from.coord, foot) : incmap__station_azimuth(&s->from, f->away);
    return (incmap__nearest_edge){ f->edge, { f->distance_m, f->along_m, foot }, azimuth };
}

static void search_near(struct incmap__search *s, size_t hint)
{
    s->hint_leaf = hint / INCMAP__TREE_FANOUT;
    set_most(s, incmap__chord_length(s->from.at, incmap__edge_index_point(s->index, hint)));
    try_leaf(s, s->hint_leaf);
    search_node(s, s->index->levels - 1, 0);
}

incmap__nearest_edge incmap__edge_index_nearest(const incmap__edge_index *index, incmap_coord point,
                                                size_t hint)
{
    struct incmap__search s;

    assert(hint < index->count);
    s.index = index;
    s.from = incmap__station_at(point);
    s.p[0] = s.from.at.x;
    s.p[1] = s.from.at.y;
    s.p[2] = s.from.at.z;
    for (int i = 0; i < 3; i++)
        s.pf[i] = (float)s.p[i];
    s.count = 0;
    s.vertex = SIZE_MAX;
    s.best.distance_m = INFINITY;
    search_near(&s, hint);
    if (s.limit < INCMAP__SHORT_GEODESIC_MOST) {
        for (size_t i = 0; i < s.count; i++)
            if (s.list[i].least <= s.limit) measure_candidate(&s, s.list[i].edge);
    } else {
        incmap__search_far(&s, hint);
    }
    return finish(&s);
}
