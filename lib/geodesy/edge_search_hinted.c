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

#include "base/byte_lanes.h"
#include "geodesy/edge_foot.h"
#include "geodesy/edge_search_parts.h"
#include "geodesy/trig.h"

/* MOST: leaves, or nodes, before the search is given up. */
enum { EDGES = INCMAP__LEAF_EDGES, FANOUT = INCMAP__TREE_FANOUT, MOST = 32 };

/* A leaf that was tried: straight distances to the chords of its edges. */
struct tried {
    size_t leaf;
    double squared[EDGES], sagitta;
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

/* Nodes to look into, from the root down level by level, and behind them leaves; by their numbers on the level. */
struct queue {
    size_t count, number[2 * MOST + FANOUT];
};

/* Without a branch on what it finds, so that the processor has several leaves under way. */
INCMAP__INLINE void try_leaf(struct search *s, size_t leaf)
{
    struct tried *t = &s->tried[s->count++];
    incmap__chords chords;
    double most;

    t->leaf = leaf;
    t->sagitta = (double)s->index->sagitta[leaf];
    incmap__chords_of(s->index, leaf, &chords);
    incmap__chord_distances(&chords, s->at, t->squared);
    most = sqrt(incmap__least_of(t->squared)) + t->sagitta;
    s->most = most < s->most ? most : s->most;
}

/* Most often there are four or fewer: these are put down without asking how many. */
INCMAP__INLINE void append(struct queue *q, size_t first, uint32_t which)
{
    enum { AT_ONCE = 4, NONE = 1 << FANOUT };
    size_t *to = &q->number[q->count];

    q->count += incmap__count_bits(which);
    for (int i = 0; i < AT_ONCE; i++) {
        to[i] = first + incmap__lowest_bit(which | NONE);
        which &= which - 1;
    }
    for (to += AT_ONCE; which; which &= which - 1)
        *to++ = first + incmap__lowest_bit(which);
}

/* The boxes of a node within the limit, a bit for each. */
INCMAP__INLINE uint32_t look_into(const incmap__boxes *node, const float middle[3],
                                  int32_t limit_key)
{
    int32_t keys[FANOUT];
    incmap__rank_boxes(middle, NULL, node, keys);
    return incmap__boxes_within(keys, limit_key);
}

/* The leaves within the limit but for one, as the queue's last; how many are before them. SIZE_MAX
 * when they, or the nodes above them, are too many. */
INCMAP__INLINE size_t find_leaves(const struct search *s, size_t tried, struct queue *q)
{
    const float middle[3] = { (float)s->at.x, (float)s->at.y, (float)s->at.z };
    const int32_t limit_key = incmap__limit_key(incmap__limit_squared(s->limit));
    const incmap__edge_index *index = s->index;
    size_t next = 0, below = 1;
    int level = index->levels - 1;

    q->count = 1;
    q->number[0] = 0;
    while (level > 0 && next < q->count && q->count < 2 * MOST) {
        const size_t number = q->number[next++];
        append(q, number * FANOUT,
               look_into(&index->boxes[index->level_start[level] + number], middle, limit_key));
        /* Not a branch: how many are on a level cannot be foreseen. */
        level -= next == below;
        below = next == below ? q->count : below;
    }
    for (; next < below && q->count < 2 * MOST; next++) {
        const size_t number = q->number[next];
        const uint32_t passed = number == tried / FANOUT ? 1u << tried % FANOUT : 0;
        append(q, number * FANOUT, look_into(&index->boxes[number], middle, limit_key) & ~passed);
    }
    return next == below && q->count - next <= MOST ? next : SIZE_MAX;
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
    struct {
        size_t leaf;
        uint32_t near;
    } left[MOST + 1];
    size_t count = 0, before = SIZE_MAX; /* the last edge that was measured */

    /* Mostly one is left, which one cannot be foreseen: so they are sorted out without a branch. */
    for (size_t i = 0; i < s->count; i++) {
        const struct tried *t = &s->tried[i];
        left[count].leaf = t->leaf;
        left[count].near = incmap__edges_near(t->squared, s->limit + t->sagitta);
        count += left[count].near != 0;
    }
    for (size_t i = 0; i < count; i++)
        for (uint32_t near = left[i].near; near; near &= near - 1) {
            const size_t edge = left[i].leaf * EDGES + incmap__lowest_bit(near);
            if (before != SIZE_MAX && edge == before + 1 &&
                incmap__shares_foot(s->index, s->at, s->limit, before))
                continue;
            measure_edge(s, edge);
            before = edge;
        }
}

/* With the sines and cosines of the point's latitude and longitude, in this order. */
INCMAP__INLINE void set_answer(const struct search *s, const double sine[2], const double cosine[2],
                               incmap__nearest_edge *out)
{
    const incmap__near_foot *foot = &s->foot;
    const incmap__ratio lat = incmap__foot_lat(foot->at), lon = incmap__foot_lon(foot->at);
    const incmap__ratio way =
        incmap__foot_direction(foot->away, sine[0], cosine[0], sine[1], cosine[1]);
    const double y[4] = { lat.y, lon.y, way.y, 0 }, x[4] = { lat.x, lon.x, way.x, 1 };
    double angle[4];

    /* One of them has no use, but four are as soon done as three. */
    INCMAP__LANE_LOOP
    for (int i = 0; i < 4; i++)
        angle[i] = incmap__atan2_degrees(y[i], x[i]);
    out->edge = s->edge;
    out->foot = (incmap__edge_foot){ foot->distance_m, foot->along_m, { angle[0], angle[1] } };
    out->azimuth_deg = incmap__foot_azimuth(angle[2], foot->turn, foot->distance_m);
    incmap__edge_index_answer(s->index, foot->t == 0, foot->t == 1, out);
}

/* False where it is left to another search. */
INCMAP__CLONES
static bool search_from_hint(const incmap__edge_index *index, incmap_coord point, size_t hint,
                             incmap__nearest_edge *out)
{
    const double lon = fabs(point.lon) <= 180 ? point.lon : remainder(point.lon, 360);
    const double degrees[2] = { point.lat, lon };
    double sine[2], cosine[2];
    struct search s;
    struct queue queue;
    size_t leaves = SIZE_MAX;

    s.index = index;
    s.count = 0;
    s.most = s.foot.distance_m = INFINITY;
    s.edge = SIZE_MAX;
    INCMAP__LANE_LOOP
    for (int i = 0; i < 2; i++)
        incmap__sincos_degrees(degrees[i], &sine[i], &cosine[i]);
    s.at = incmap__ecef_from_sines(sine[0], cosine[0], sine[1], cosine[1]);
    try_leaf(&s, hint / EDGES);
    s.limit = incmap__chord_limit(s.most);
    if (s.limit < INCMAP__SHORT_GEODESIC_MOST - 100) leaves = find_leaves(&s, hint / EDGES, &queue);
    if (leaves == SIZE_MAX) return false;
    for (; leaves < queue.count; leaves++)
        try_leaf(&s, queue.number[leaves]);
    s.limit = incmap__chord_limit(s.most);
    measure_tried(&s);

    set_answer(&s, sine, cosine, out);
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
