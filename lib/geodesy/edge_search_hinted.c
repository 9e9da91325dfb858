/* SPDX-License-Identifier: MIT */
/* Searching the box tree for one near point when an edge is known that is nearly the nearest. How far
 * to look is then known from the start, so nothing has to be looked at in an order:
 *
 *   hint      the leaf of that edge says how far to look
 *   levels    from the root down, all boxes of a level within that, without a guess by the processor:
 *             one that is wrong costs it as much as a node
 *   leaves    the edges of those on the last level, by their straight chords
 *   feet      of the few edges that are left (edge_foot.h)
 *
 * The answers are those of the search for several, to the last bit; what this one cannot do (a hint that
 * leaves too much, a point too far away) is left to that. */
#include "geodesy/edge_index.h"

#include <assert.h>
#include <math.h>

#include "geodesy/edge_foot.h"
#include "geodesy/edge_search_parts.h"
#include "geodesy/trig.h"

/* MOST: nodes of a level, or leaves, before the search is given up. */
enum { EDGES = INCMAP__LEAF_EDGES, FANOUT = INCMAP__TREE_FANOUT, MOST = 32 };

/* A leaf that was tried: straight distances to the chords of its edges. */
struct tried {
    size_t leaf;
    double squared[EDGES], least, sagitta;
};

struct search {
    const incmap__edge_index *index;
    incmap__ecef at;
    double most;  /* upper bound on the straight distance to the nearest edge */
    double limit; /* what is farther, straight, cannot be nearest */
    size_t count;
    struct tried tried[MOST + 1];
    incmap__near_foot foot; /* the nearest so far */
    size_t edge;            /* that it is on */
};

/* Nodes of one level. */
struct front {
    size_t count, number[MOST + FANOUT];
};

/* Without a branch on what it finds, so that the processor has several leaves under way. */
INCMAP__INLINE void try_leaf(struct search *s, size_t leaf)
{
    struct tried *t = &s->tried[s->count++];
    double most;

    t->leaf = leaf;
    t->sagitta = (double)s->index->sagitta[leaf];
    incmap__leaf_chords(s->index, leaf, s->at, t->squared);
    t->least = incmap__least_of(t->squared);
    most = sqrt(t->least) + t->sagitta;
    s->most = most < s->most ? most : s->most;
}

/* Most often there are four or fewer: these are put down without asking how many. */
INCMAP__INLINE void append(struct front *f, size_t node, uint32_t which)
{
    enum { AT_ONCE = 4, NONE = 1 << FANOUT };
    size_t *to = &f->number[f->count];

    f->count += incmap__count_bits(which);
    for (int i = 0; i < AT_ONCE; i++) {
        to[i] = node * FANOUT + incmap__lowest_bit(which | NONE);
        which &= which - 1;
    }
    for (to += AT_ONCE; which; which &= which - 1)
        *to++ = node * FANOUT + incmap__lowest_bit(which);
}

/* The leaves within the limit, in one of two fronts that take turns; NULL when they, or the nodes above them, are
 * too many. */
INCMAP__INLINE struct front *find_leaves(const struct search *s, struct front fronts[2])
{
    const float middle[3] = { (float)s->at.x, (float)s->at.y, (float)s->at.z };
    const int32_t limit_key = incmap__limit_key(incmap__limit_squared(s->limit));
    struct front *below = &fronts[0], *above = &fronts[1];

    below->count = 1;
    below->number[0] = 0;
    for (int level = s->index->levels - 1; level >= 0; level--) {
        const incmap__boxes *nodes = s->index->boxes + s->index->level_start[level];
        struct front *const last = above;
        above = below;
        below = last;
        below->count = 0;
        for (size_t i = 0; i < above->count; i++) {
            int32_t keys[FANOUT];
            incmap__rank_boxes(middle, NULL, &nodes[above->number[i]], keys);
            append(below, above->number[i], incmap__boxes_within(keys, limit_key));
            if (below->count >= MOST) return NULL;
        }
    }
    return below;
}

INCMAP__INLINE void drop(struct front *f, size_t number)
{
    size_t kept = 0;
    for (size_t i = 0; i < f->count; i++) {
        f->number[kept] = f->number[i];
        kept += f->number[i] != number;
    }
    f->count = kept;
}

INCMAP__INLINE void measure_edge(struct search *s, size_t edge)
{
    const incmap__near_foot foot =
        incmap__edge_near_foot(s->at, incmap__edge_index_point(s->index, edge),
                               incmap__edge_index_point(s->index, edge + 1));
    if (foot.distance_m > s->foot.distance_m ||
        (foot.distance_m == s->foot.distance_m && edge > s->edge))
        return;
    s->foot = foot;
    s->edge = edge;
}

/* Of all leaves that were tried, the edges that the limit has left. */
INCMAP__INLINE void measure_tried(struct search *s)
{
    size_t before = SIZE_MAX; /* the last edge that was measured */

    for (size_t i = 0; i < s->count; i++) {
        const struct tried *t = &s->tried[i];
        const double reach = s->limit + t->sagitta;
        if (t->least > reach * reach) continue;
        for (uint32_t near = incmap__edges_near(t->squared, reach); near; near &= near - 1) {
            const size_t edge = t->leaf * EDGES + incmap__lowest_bit(near);
            if (before != SIZE_MAX && edge == before + 1 &&
                incmap__shares_foot(s->index, s->at, s->limit, before))
                continue;
            measure_edge(s, edge);
            before = edge;
        }
    }
}

/* False where it is left to another search. */
INCMAP__CLONES
static bool search_from_hint(const incmap__edge_index *index, incmap_coord point, size_t hint,
                             incmap__nearest_edge *out)
{
    const double lon = fabs(point.lon) <= 180 ? point.lon : remainder(point.lon, 360);
    double sin_lat, cos_lat, sin_lon, cos_lon;
    struct search s;
    struct front fronts[2], *leaves = NULL;

    s.index = index;
    s.count = 0;
    s.most = s.foot.distance_m = INFINITY;
    s.edge = SIZE_MAX;
    incmap__sincos_degrees(point.lat, &sin_lat, &cos_lat);
    incmap__sincos_degrees(lon, &sin_lon, &cos_lon);
    s.at = incmap__ecef_from_sines(sin_lat, cos_lat, sin_lon, cos_lon);
    try_leaf(&s, hint / EDGES);
    s.limit = incmap__chord_limit(s.most);
    if (s.limit < INCMAP__SHORT_GEODESIC_MOST - 100) leaves = find_leaves(&s, fronts);
    if (!leaves) return false;
    drop(leaves, hint / EDGES); /* which is tried already */
    for (size_t i = 0; i < leaves->count; i++)
        try_leaf(&s, leaves->number[i]);
    s.limit = incmap__chord_limit(s.most);
    measure_tried(&s);

    *out = (incmap__nearest_edge){
        .edge = s.edge,
        .foot = { s.foot.distance_m, s.foot.along_m, incmap__foot_position(s.foot.at) },
        .azimuth_deg = incmap__foot_azimuth(s.foot.away, s.foot.turn, s.foot.distance_m, sin_lat,
                                            cos_lat, sin_lon, cos_lon),
    };
    incmap__edge_index_answer(index, s.foot.t == 0, s.foot.t == 1, out);
    return true;
}

incmap__nearest_edge incmap__edge_index_nearest(const incmap__edge_index *index, incmap_coord point,
                                                size_t hint)
{
    incmap__nearest_edge found;
    assert(hint < index->count || hint == INCMAP__NO_HINT);
    if (hint == INCMAP__NO_HINT || !search_from_hint(index, point, hint, &found))
        incmap__edge_index_nearest_many(index, &point, 1, hint, &found);
    return found;
}
