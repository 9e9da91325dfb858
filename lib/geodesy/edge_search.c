/* SPDX-License-Identifier: MIT */
/* Searching the box tree for up to eight near points at once.
 *
 *   stations   the points' trigonometry, all lanes together
 *   descent    one walk through the tree for all: a node's sixteen boxes against the box around the
 *              points, a leaf's box against each point, a leaf's eight edges against one point
 *   feet       of the few edges that straight chords leave, four at a time (edge_foot.h)
 *   answers    positions and azimuths, all lanes together
 *
 * Everything from the first to the last is one function to the compiler, built for several instruction
 * sets. It has no reductions of sums, and contraction is off, so each gives the same bits. */
#include "geodesy/edge_index.h"

#include <assert.h>
#include <math.h>
#include <string.h>

#include "geodesy/edge_foot.h"
#include "geodesy/edge_search_far.h"
#include "geodesy/edge_search_parts.h"
#include "geodesy/trig.h"

/* QUAD: the lanes that trigonometry and feet are done in, so that one point alone pays for no more. */
enum {
    LANES = INCMAP__LANES,
    QUAD = LANES / 2,
    EDGES = INCMAP__LEAF_EDGES,
    FANOUT = INCMAP__TREE_FANOUT,
    CANDIDATES = 32
};

struct vectors {
    double x[LANES], y[LANES], z[LANES];
};

/* The nearest foot found so far. */
struct feet {
    double distance[LANES], along[LANES], t[LANES]; /* part of the edge; 0 and 1 are its vertices */
    size_t edge[LANES];
    struct vectors at,
        away;           /* the foot; the tangent at the point that leads to it, but for a turn */
    double turn[LANES]; /* clockwise, radians */
};

/* Pairs of a point and an edge, to be measured together. */
enum { JOBS = 32 };

struct jobs {
    size_t count, lane[JOBS], edge[JOBS];
    struct {
        double x[JOBS], y[JOBS], z[JOBS];
    } p, a, b, foot, away;
    double distance[JOBS], along[JOBS], t[JOBS], turn[JOBS];
};

struct search {
    const incmap__edge_index *index;
    size_t n;
    double lat[LANES], lon[LANES], sin_lat[LANES], cos_lat[LANES], sin_lon[LANES], cos_lon[LANES];
    struct vectors at;
    float atf[3][LANES];
    float middle[3], half[3];   /* box around all points */
    double most[LANES];         /* upper bound on the straight distance to the nearest edge */
    double limit[LANES];        /* what is farther, straight, cannot be nearest */
    float limit_squared[LANES]; /* -1 in lanes without a point */
    int32_t limit_key;          /* of the lane that reaches farthest */
    unsigned counts[LANES];
    incmap__candidate list[LANES][CANDIDATES];
    struct jobs jobs;
    struct feet best;
};

/* ---- stations ---- */

INCMAP__INLINE void set_stations(struct search *s, size_t first)
{
    INCMAP__LANE_LOOP
    for (size_t i = first; i < first + QUAD; i++) {
        incmap__sincos_degrees(s->lat[i], &s->sin_lat[i], &s->cos_lat[i]);
        incmap__sincos_degrees(s->lon[i], &s->sin_lon[i], &s->cos_lon[i]);
    }
    INCMAP__LANE_LOOP
    for (size_t i = first; i < first + QUAD; i++) {
        const incmap__ecef p =
            incmap__ecef_from_sines(s->sin_lat[i], s->cos_lat[i], s->sin_lon[i], s->cos_lon[i]);
        s->at.x[i] = p.x;
        s->at.y[i] = p.y;
        s->at.z[i] = p.z;
    }
    INCMAP__LANE_LOOP
    for (size_t i = first; i < first + QUAD; i++) {
        s->atf[0][i] = (float)s->at.x[i];
        s->atf[1][i] = (float)s->at.y[i];
        s->atf[2][i] = (float)s->at.z[i];
    }
}

/* The box around the points; a metre is for the rounding of its middle and its half. */
INCMAP__INLINE void set_box(struct search *s)
{
    for (int axis = 0; axis < 3; axis++) {
        const float *v = s->atf[axis];
        float low = v[0], high = v[0];
        for (size_t i = 1; i < s->n; i++) {
            low = v[i] < low ? v[i] : low;
            high = v[i] > high ? v[i] : high;
        }
        s->middle[axis] = 0.5f * (low + high);
        s->half[axis] = high > low ? 0.5f * (high - low) + 1 : 0;
    }
}

/* ---- descent ---- */

INCMAP__INLINE void set_most(struct search *s, size_t lane, double most)
{
    const double limit = incmap__chord_limit(most);
    s->most[lane] = most;
    s->limit[lane] = limit;
    s->limit_squared[lane] = incmap__limit_squared(limit);
}

INCMAP__INLINE void set_limit_key(struct search *s)
{
    float most = s->limit_squared[0];
    for (size_t i = 1; i < s->n; i++)
        most = s->limit_squared[i] > most ? s->limit_squared[i] : most;
    s->limit_key = incmap__limit_key(most);
}

/* The least key above another: boxes in order, without a store that the next load would wait for. */
INCMAP__INLINE int32_t next_key(const int32_t keys[FANOUT], int32_t last)
{
    int32_t least = INT32_MAX;
    INCMAP__LANE_LOOP
    for (int k = 0; k < FANOUT; k++) {
        const int32_t key = keys[k] | (keys[k] <= last ? INT32_MAX : 0);
        least = key < least ? key : least;
    }
    return least;
}

/* Which points have a box within their limits, a bit for each. */
INCMAP__INLINE uint32_t lanes_near(const struct search *s, const incmap__boxes *node, size_t k)
{
    const float mx = node->middle[0][k], my = node->middle[1][k], mz = node->middle[2][k];
    const float hx = node->half[0][k], hy = node->half[1][k], hz = node->half[2][k];
    uint32_t near = 0;
    INCMAP__LANE_LOOP
    for (int i = 0; i < LANES; i++) {
        const float x = incmap__twice_beyond(mx, hx, s->atf[0][i]),
                    y = incmap__twice_beyond(my, hy, s->atf[1][i]),
                    z = incmap__twice_beyond(mz, hz, s->atf[2][i]);
        near |= x * x + y * y + z * z <= 4 * s->limit_squared[i] ? 1u << i : 0;
    }
    return near;
}

static void make_room(struct search *s, size_t lane);

INCMAP__INLINE incmap__ecef point_of(const struct search *s, size_t lane)
{
    return (incmap__ecef){ s->at.x[lane], s->at.y[lane], s->at.z[lane] };
}

INCMAP__INLINE void try_leaf(struct search *s, size_t lane, size_t leaf,
                             const incmap__chords *chords)
{
    const incmap__ecef p = point_of(s, lane);
    const double sagitta = (double)s->index->sagitta[leaf];
    double squared[EDGES], least, reach = s->limit[lane] + sagitta;

    incmap__chord_distances(chords, p, squared);
    least = incmap__least_of(squared);
    if (!(least <= reach * reach)) return;
    least = sqrt(least) + sagitta;
    if (least < s->most[lane]) set_most(s, lane, least);
    reach = s->limit[lane] + sagitta;
    /* Far points are left to another search. */
    if (reach > INCMAP__SHORT_GEODESIC_MOST) return;
    for (uint32_t near = incmap__edges_near(squared, reach); near; near &= near - 1) {
        const size_t k = incmap__lowest_bit(near);
        if (s->counts[lane] == CANDIDATES) make_room(s, lane);
        s->list[lane][s->counts[lane]++] =
            (incmap__candidate){ leaf * EDGES + k, squared[k], sagitta };
    }
}

INCMAP__INLINE void try_lanes(struct search *s, const incmap__boxes *node, size_t k, size_t leaf)
{
    uint32_t near = s->n > 1 ? lanes_near(s, node, k) : 1; /* one point is its own box */
    incmap__chords chords;
    if (!near) return;
    incmap__chords_of(s->index, leaf, &chords);
    for (; near; near &= near - 1)
        try_leaf(s, incmap__lowest_bit(near), leaf, &chords);
    set_limit_key(s);
}

/* Below a node, depth first, the nearest box of a node first; not into the node's box `passed`. */
INCMAP__INLINE void descend(struct search *s, int top, size_t number, size_t passed)
{
    const incmap__edge_index *index = s->index;
    int32_t keys[INCMAP__TREE_LEVELS][FANOUT], last[INCMAP__TREE_LEVELS];
    size_t numbers[INCMAP__TREE_LEVELS];
    int level = top;

    numbers[level] = number;
    last[level] = INT32_MIN;
    incmap__rank_boxes(s->middle, s->half, &index->boxes[index->level_start[level] + number],
                       keys[level]);
    while (level <= top) {
        const int32_t key = next_key(keys[level], last[level]);
        const size_t k = (size_t)(key & (FANOUT - 1)), below = numbers[level] * FANOUT + k;
        if (key > s->limit_key) {
            level++;
            continue;
        }
        last[level] = key;
        if (level == top && k == passed) continue;
        if (level == 0) {
            try_lanes(s, &index->boxes[numbers[0]], k, below);
            continue;
        }
        /* Points far from one another have much in the box around them that is near none. */
        if (s->n > 1 &&
            !lanes_near(s, &index->boxes[index->level_start[level] + numbers[level]], k))
            continue;
        numbers[--level] = below;
        last[level] = INT32_MIN;
        incmap__rank_boxes(s->middle, s->half, &index->boxes[index->level_start[level] + below],
                           keys[level]);
    }
}

/* From a leaf that may be near, the way up: what lies about it comes first, and the limit has come down
 * by the time that the rest of the tree is looked at. */
INCMAP__INLINE void find_candidates(struct search *s, size_t hint)
{
    const int top = s->index->levels - 1;
    size_t passed = hint / EDGES;
    incmap__chords chords;

    if (hint == INCMAP__NO_HINT) {
        set_limit_key(s);
        descend(s, top, 0, FANOUT);
        return;
    }
    incmap__chords_of(s->index, passed, &chords);
    for (size_t i = 0; i < s->n; i++)
        try_leaf(s, i, passed, &chords);
    set_limit_key(s);
    for (int level = 0; level <= top; level++) {
        descend(s, level, passed / FANOUT, passed % FANOUT);
        passed /= FANOUT;
    }
}

/* ---- feet ---- */

INCMAP__INLINE void find_foot(struct jobs *j, size_t k)
{
    const incmap__near_foot foot =
        incmap__edge_near_foot((incmap__ecef){ j->p.x[k], j->p.y[k], j->p.z[k] },
                               (incmap__ecef){ j->a.x[k], j->a.y[k], j->a.z[k] },
                               (incmap__ecef){ j->b.x[k], j->b.y[k], j->b.z[k] });

    j->t[k] = foot.t;
    j->along[k] = foot.along_m;
    j->distance[k] = foot.distance_m;
    j->turn[k] = foot.turn;
    j->foot.x[k] = foot.at.x;
    j->foot.y[k] = foot.at.y;
    j->foot.z[k] = foot.at.z;
    j->away.x[k] = foot.away.x;
    j->away.y[k] = foot.away.y;
    j->away.z[k] = foot.away.z;
}

INCMAP__INLINE void find_feet(struct jobs *j, size_t first)
{
    INCMAP__LANE_LOOP
    for (size_t k = first; k < first + QUAD; k++)
        find_foot(j, k);
}

INCMAP__INLINE void take(struct feet *best, const struct jobs *j, size_t k)
{
    const size_t i = j->lane[k];
    if (j->distance[k] > best->distance[i] ||
        (j->distance[k] == best->distance[i] && j->edge[k] > best->edge[i]))
        return;
    best->distance[i] = j->distance[k];
    best->along[i] = j->along[k];
    best->t[i] = j->t[k];
    best->edge[i] = j->edge[k];
    best->turn[i] = j->turn[k];
    best->at.x[i] = j->foot.x[k];
    best->at.y[i] = j->foot.y[k];
    best->at.z[i] = j->foot.z[k];
    best->away.x[i] = j->away.x[k];
    best->away.y[i] = j->away.y[k];
    best->away.z[i] = j->away.z[k];
}

INCMAP__INLINE void put_job(struct search *s, size_t k, size_t lane, size_t edge)
{
    struct jobs *j = &s->jobs;
    const incmap__edge_index *index = s->index;

    j->lane[k] = lane;
    j->edge[k] = edge;
    j->p.x[k] = s->at.x[lane];
    j->p.y[k] = s->at.y[lane];
    j->p.z[k] = s->at.z[lane];
    j->a.x[k] = index->x[edge];
    j->a.y[k] = index->y[edge];
    j->a.z[k] = index->z[edge];
    j->b.x[k] = index->x[edge + 1];
    j->b.y[k] = index->y[edge + 1];
    j->b.z[k] = index->z[edge + 1];
}

/* A lane without a job repeats the first one's. All are put in place before any is measured: loads that
 * follow their stores too closely have to wait. */
INCMAP__INLINE void do_jobs(struct search *s)
{
    struct jobs *j = &s->jobs;

    for (size_t k = j->count; k % QUAD; k++)
        put_job(s, k, j->lane[0], j->edge[0]);
    for (size_t k = 0; k < j->count; k += QUAD)
        find_feet(j, k);
    for (size_t k = 0; k < j->count; k++)
        take(&s->best, j, k);
    j->count = 0;
}

INCMAP__INLINE void add_job(struct search *s, size_t lane, size_t edge)
{
    put_job(s, s->jobs.count++, lane, edge);
    if (s->jobs.count == JOBS) do_jobs(s);
}

/* Candidates that the limit has come below since are dropped; a list that is full of others is
 * measured and emptied. It is rare: a point in the middle of a circle has all edges equally near. */
static void make_room(struct search *s, size_t lane)
{
    unsigned kept = 0;
    for (unsigned i = 0; i < CANDIDATES; i++)
        if (incmap__may_be_nearest(&s->list[lane][i], s->limit[lane]))
            s->list[lane][kept++] = s->list[lane][i];
    if (kept == CANDIDATES) {
        for (unsigned i = 0; i < CANDIDATES; i++)
            add_job(s, lane, s->list[lane][i].edge);
        kept = 0;
    }
    s->counts[lane] = kept;
}

INCMAP__INLINE void measure_candidates(struct search *s)
{
    for (size_t i = 0; i < s->n; i++) {
        size_t before = SIZE_MAX; /* the last edge that was taken */
        for (unsigned c = 0; c < s->counts[i]; c++) {
            const size_t edge = s->list[i][c].edge;
            if (!incmap__may_be_nearest(&s->list[i][c], s->limit[i])) continue;
            if (before != SIZE_MAX && edge == before + 1 &&
                incmap__shares_foot(s->index, point_of(s, i), s->limit[i], before))
                continue;
            add_job(s, i, edge);
            before = edge;
        }
    }
    if (s->jobs.count) do_jobs(s);
}

/* ---- answers ---- */

/* Positions and azimuths of s->best. */
struct directions {
    double lat[LANES], lon[LANES], azimuth[LANES];
};

INCMAP__INLINE void find_directions(const struct search *s, size_t first, struct directions *d)
{
    const struct feet *b = &s->best;
    INCMAP__LANE_LOOP
    for (size_t i = first; i < first + QUAD; i++) {
        const incmap__ecef at = { b->at.x[i], b->at.y[i], b->at.z[i] };
        const incmap__ratio lat = incmap__foot_lat(at), lon = incmap__foot_lon(at);
        d->lat[i] = incmap__atan2_degrees(lat.y, lat.x);
        d->lon[i] = incmap__atan2_degrees(lon.y, lon.x);
    }
    INCMAP__LANE_LOOP
    for (size_t i = first; i < first + QUAD; i++) {
        const incmap__ratio way =
            incmap__foot_direction((incmap__ecef){ b->away.x[i], b->away.y[i], b->away.z[i] },
                                   s->sin_lat[i], s->cos_lat[i], s->sin_lon[i], s->cos_lon[i]);
        d->azimuth[i] =
            incmap__foot_azimuth(incmap__atan2_degrees(way.y, way.x), b->turn[i], b->distance[i]);
    }
}

INCMAP__INLINE incmap__nearest_edge answer(const struct search *s, const struct directions *d,
                                           size_t i)
{
    incmap__nearest_edge found = {
        .edge = s->best.edge[i],
        .foot = { s->best.distance[i], s->best.along[i], { d->lat[i], d->lon[i] } },
        .azimuth_deg = d->azimuth[i],
    };
    incmap__edge_index_answer(s->index, s->best.t[i] == 0, s->best.t[i] == 1, &found);
    return found;
}

/* Also lanes that get no foot have numbers to reckon with. */
INCMAP__INLINE void clear_feet(struct feet *f, size_t first)
{
    INCMAP__LANE_LOOP
    for (size_t i = first; i < first + QUAD; i++) {
        f->distance[i] = INFINITY;
        f->at.x[i] = INCMAP__WGS84_A;
        f->at.y[i] = f->at.z[i] = f->away.x[i] = f->away.y[i] = f->away.z[i] = 0;
        f->along[i] = f->t[i] = f->turn[i] = 0;
    }
}

/* Lanes that have no point repeat the first one. */
INCMAP__INLINE void begin(struct search *s, const incmap__edge_index *index,
                          const incmap_coord points[], size_t n)
{
    s->index = index;
    s->n = n;
    for (size_t i = 0; i < LANES; i++) {
        const incmap_coord c = points[i < n ? i : 0];
        s->lat[i] = c.lat;
        s->lon[i] = fabs(c.lon) <= 180 ? c.lon : remainder(c.lon, 360);
        s->counts[i] = 0;
        s->limit_squared[i] = -1;
    }
    for (size_t i = 0; i < n; i++) {
        set_most(s, i, INFINITY);
        s->best.edge[i] = SIZE_MAX;
    }
    for (size_t i = 0; i < n; i += QUAD)
        clear_feet(&s->best, i);
    memset(s->atf, 0,
           sizeof s->atf); /* all lanes are compared with boxes, if only to be told off */
    s->jobs.count = 0;
}

/* A lane whose limit came down to near the reach of the series only late may lack candidates. */
static inline bool is_near(const struct search *s, size_t lane)
{
    return s->limit[lane] < INCMAP__SHORT_GEODESIC_MOST - 100;
}

/* Far points one by one, each with the answer of the one before as its hint. */
static inline void search_far(const struct search *s, const incmap_coord points[], size_t hint,
                              incmap__nearest_edge out[])
{
    for (size_t i = 0; i < s->n; i++) {
        if (is_near(s, i)) continue;
        out[i] = incmap__edge_index_nearest_far(s->index, points[i], hint);
        hint = out[i].hint;
    }
}

/* A box so large holds more edges than its points need one by one. */
static inline bool is_scattered(const struct search *s)
{
    const float together_m = 100e3f;
    return s->half[0] > together_m || s->half[1] > together_m || s->half[2] > together_m;
}

/* False when the points had better be asked for alone. */
INCMAP__CLONES
static bool search(const incmap__edge_index *index, const incmap_coord points[], size_t n,
                   size_t hint, incmap__nearest_edge out[])
{
    struct search s;
    struct directions d;

    begin(&s, index, points, n);
    for (size_t i = 0; i < n; i += QUAD)
        set_stations(&s, i);
    set_box(&s);
    if (is_scattered(&s)) return false;
    find_candidates(&s, hint);
    measure_candidates(&s);
    for (size_t i = 0; i < n; i += QUAD)
        find_directions(&s, i, &d);
    for (size_t i = 0; i < n; i++)
        if (is_near(&s, i)) out[i] = answer(&s, &d, i);
    search_far(&s, points, hint == INCMAP__NO_HINT ? 0 : hint, out);
    return true;
}

void incmap__edge_index_nearest_many(const incmap__edge_index *index, const incmap_coord points[],
                                     size_t n, size_t hint, incmap__nearest_edge out[])
{
    assert(n > 0 && n <= INCMAP__LANES && (hint < index->count || hint == INCMAP__NO_HINT));
    if (search(index, points, n, hint, out)) return;
    for (size_t i = 0; i < n; i++) {
        (void)search(index, points + i, 1, hint, out + i); /* one point has a box of no size */
        hint = out[i].hint;
    }
}
