/* SPDX-License-Identifier: MIT */
/* Matching two outlines edge by edge. The outside country's edges go into a hash table; each of the
 * inside country's is looked up backwards, and what is found in a row makes a line.
 *
 *   inside ring   >--A1--A2====line====B1--B2--~~gap~~--C1====line====>      ==== shared edges
 *   outside ring  <--------====    ====<------~~gap~~------====    ====<     taken backwards
 */
#include "geodesy/border_match.h"

#include <assert.h>
#include <math.h>
#include <string.h>

#include "geodesy/edge.h"
#include "geodesy/ring_within.h"
#include "geodesy/separation.h"

/* An outline that runs apart from the other between two matched ends goes no farther than this
 * many times the straight way between them, and some more for short ways; a longer one (around a
 * bay, a third country) is no stretch of this border. In data/countries the most is 1.6 times. */
static const double detour_factor = 4, detour_m = 1000;
/* Ends that are farther apart than gap_max_m are joined where the outlines run nowhere farther apart than
 * this part of it: so do Norway and Sweden over hundreds of kilometres in some data. */
static const double separation_part = 0.5;

/* Where a border runs apart up to its end, at the sea or a third country, there is no second end to join: from the
 * last shared edge on both outlines count as long as they stay within this part of gap_max_m of one another,
 * if that is ten times as long as they are apart. Coasts part sooner. */
static const double end_part = 0.1, end_least = 10;

/* Where an outside edge stands in its outline; ring SIZE_MAX: nowhere. */
struct position {
    size_t ring, offset;
};

struct matcher {
    const incmap__outline *inside, *outside;
    double gap_max_m;
    const incmap_allocator *allocator;
    incmap_error *err;
    struct position *outside_edges; /* in the order of the outline */
    uint32_t *table;                /* number of an outside edge + 1; 0: empty */
    size_t mask;                    /* table size - 1 */
    struct position *partners;      /* of the inside ring in hand, one an edge */
    incmap__border_parts parts;
    size_t room;
};

static const incmap_coord *ring_vertices(const incmap__outline *o, size_t ring)
{
    assert(o->vertices);
    return o->vertices + o->runs[o->rings[ring].first_run].first;
}

incmap_coord incmap__one_writing(incmap_coord c)
{
    const double lon = fabs(c.lat) < 90 ? incmap_coord_wrap(c).lon : 0;
    return (incmap_coord){ .lat = c.lat + 0.0, .lon = round(lon * 1e9) / 1e9 + 0.0 };
}

static uint64_t mix(uint64_t hash, double value)
{
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    hash = (hash ^ bits) * UINT64_C(0x9E3779B97F4A7C15);
    return hash ^ hash >> 29;
}

static size_t edge_hash(incmap_coord a, incmap_coord b)
{
    return (size_t)mix(mix(mix(mix(0, a.lat), a.lon), b.lat), b.lon);
}

static bool same(incmap_coord a, incmap_coord b)
{
    return a.lat == b.lat && a.lon == b.lon;
}

/* The slot of the outside edge from a to b, or the empty one where it would be. */
static uint32_t *find_slot(const struct matcher *m, incmap_coord a, incmap_coord b)
{
    size_t i = edge_hash(a, b) & m->mask;
    for (; m->table[i]; i = (i + 1) & m->mask) {
        const struct position p = m->outside_edges[m->table[i] - 1];
        const incmap_coord *v = ring_vertices(m->outside, p.ring) + p.offset;
        if (same(incmap__one_writing(v[0]), a) && same(incmap__one_writing(v[1]), b)) break;
    }
    return &m->table[i];
}

static incmap_status index_outside(struct matcher *m)
{
    const incmap__outline *o = m->outside;
    size_t size = 16, n = 0;

    while (size < 2 * o->edge_count)
        size *= 2;
    m->mask = size - 1;
    m->table = incmap__alloc_zeroed(m->allocator, size, sizeof *m->table);
    m->outside_edges = incmap__alloc(m->allocator, o->edge_count, sizeof *m->outside_edges);
    if (!m->table || !m->outside_edges || o->edge_count >= UINT32_MAX)
        return incmap__fail_memory(m->err);
    for (size_t r = 0; r < o->ring_count; r++) {
        const incmap_coord *v = ring_vertices(o, r);
        for (size_t e = 0; e < o->rings[r].edges; e++) {
            const incmap_coord a = incmap__one_writing(v[e]), b = incmap__one_writing(v[e + 1]);
            m->outside_edges[n++] = (struct position){ r, e };
            if (!same(a, b)) *find_slot(m, a, b) = (uint32_t)n;
        }
    }
    return INCMAP_OK;
}

/* Fills partners for an inside ring; returns whether there is any. */
static bool find_partners(struct matcher *m, size_t ring)
{
    const incmap_coord *v = ring_vertices(m->inside, ring);
    bool any = false;

    for (size_t e = 0; e < m->inside->rings[ring].edges; e++) {
        const uint32_t found =
            *find_slot(m, incmap__one_writing(v[e + 1]), incmap__one_writing(v[e]));
        m->partners[e] = found ? m->outside_edges[found - 1] : (struct position){ SIZE_MAX, 0 };
        any = any || found;
    }
    return any;
}

static bool is_matched(const struct matcher *m, size_t edge)
{
    return m->partners[edge].ring != SIZE_MAX;
}

static incmap_status add_part(struct matcher *m, incmap__border_part part)
{
    incmap_status st = incmap__grow(m->allocator, &m->parts.parts, &m->room, m->parts.count + 1,
                                    sizeof part, m->err);
    if (!st) m->parts.parts[m->parts.count++] = part;
    return st;
}

/* ---- unmatched stretches ---- */

static double straight(incmap_coord a, incmap_coord b)
{
    const incmap__ecef p = incmap__ecef_from_coord(a), q = incmap__ecef_from_coord(b);
    return incmap__chord_length(p, q);
}

/* Whether a part is no longer than most_m. */
static bool is_short(const incmap__outline *o, const incmap__border_part *part, double most_m)
{
    const incmap_coord *v = ring_vertices(o, part->ring);
    const size_t n = o->rings[part->ring].edges;
    double length = 0;

    for (size_t i = 0; i < part->edges && length <= most_m; i++) {
        const size_t e = (part->offset + i) % n;
        length += straight(v[e], v[e + 1]);
    }
    return length <= most_m;
}

/* INCMAP_ENOTFOUND when they run farther apart than most_m. */
static incmap_status measure_separation(const struct matcher *m, incmap__border_part *a,
                                        incmap__border_part *b, double most_m)
{
    incmap_coord *va = incmap__alloc(m->allocator, a->edges + 1, sizeof *va);
    incmap_coord *vb = incmap__alloc(m->allocator, b->edges + 1, sizeof *vb);
    incmap_status st = va && vb ? INCMAP_OK : incmap__fail_memory(m->err);

    if (!st) {
        incmap__border_part_vertices(a, m->inside, m->outside, va);
        incmap__border_part_vertices(b, m->inside, m->outside, vb);
        st = incmap__separation(va, a->edges + 1, vb, b->edges + 1, most_m, &a->separation_m,
                                m->allocator, m->err);
        b->separation_m = a->separation_m;
    }
    incmap__free(m->allocator, va);
    incmap__free(m->allocator, vb);
    return !st && a->separation_m > most_m ? INCMAP_ENOTFOUND : st;
}

/* The stretch of an inside ring between the end of one line and the start of the next, and the
 * outside outline's way between the same two ends. */
struct gap {
    incmap__border_part inside, outside;
    double straight_m;
    bool is_border;
    struct {
        incmap__border_part inside, outside; /* no edges: none */
    } ahead,
        behind; /* of a gap that is none: how the line before it goes on, and the line after it begins */
};

/* Whether the gap is border, and how far apart the outlines run in it. */
static incmap_status judge_gap(const struct matcher *m, struct gap *gap)
{
    const double most = detour_factor * gap->straight_m + detour_m;
    const bool is_narrow = gap->straight_m <= m->gap_max_m &&
                           is_short(m->inside, &gap->inside, most) &&
                           is_short(m->outside, &gap->outside, most);
    /* However short its ways, a stretch that opens wider than the gap itself may be is no border: both
     * coasts of an island that two countries share would be. */
    const incmap_status st = measure_separation(
        m, &gap->inside, &gap->outside, is_narrow ? m->gap_max_m : separation_part * m->gap_max_m);

    gap->is_border = st == INCMAP_OK;
    return st == INCMAP_ENOTFOUND ? INCMAP_OK : st;
}

static incmap_status make_strand(const struct matcher *m, const incmap__border_part *part,
                                 bool backward, incmap__strand *out)
{
    const size_t n = part->edges + 1;
    incmap_coord *v = incmap__alloc(m->allocator, n, sizeof *v);
    incmap_status st = INCMAP_OK;

    if (!v) return incmap__fail_memory(m->err);
    incmap__border_part_vertices(part, m->inside, m->outside, v);
    for (size_t i = 0, j = n - 1; backward && i < j; i++, j--) {
        const incmap_coord swap = v[i];
        v[i] = v[j];
        v[j] = swap;
    }
    st = incmap__strand_make(out, v, n, m->allocator, m->err);
    incmap__free(m->allocator, v);
    return st;
}

/* Both outlines through a gap, in the direction of the border or against it, with an index each. */
struct strands {
    incmap__strand inside, outside;
};

/* How many edges, from the start, keep all their vertices within most_m of the other strand. */
static size_t edges_within(const incmap__strand *a, const incmap__strand *other, double most_m,
                           double *length_m)
{
    size_t n = 0, hint = 0;

    *length_m = 0;
    while (n + 1 < a->count &&
           incmap__strand_distance(other, a->vertices[n + 1], &hint) <= most_m) {
        *length_m += straight(a->vertices[n], a->vertices[n + 1]);
        n++;
    }
    return n;
}

/* The parts by which a border goes on from one end of a gap. */
static incmap_status extend(const struct matcher *m, const struct gap *gap, bool backward,
                            incmap__border_part *inside, incmap__border_part *outside)
{
    const double most_m = end_part * m->gap_max_m;
    struct strands s = { { .vertices = NULL }, { .vertices = NULL } };
    double in_m, out_m;
    incmap_status st = make_strand(m, &gap->inside, backward, &s.inside);

    if (!st) st = make_strand(m, &gap->outside, backward, &s.outside);
    if (!st) {
        const size_t in = edges_within(&s.inside, &s.outside, most_m, &in_m);
        const size_t out = edges_within(&s.outside, &s.inside, most_m, &out_m);
        if (in && out && in_m >= end_least * most_m && out_m >= end_least * most_m) {
            *inside = gap->inside;
            *outside = gap->outside;
            inside->edges = in;
            outside->edges = out;
            /* An outside part runs against its ring. */
            if (backward) inside->offset += gap->inside.edges - in;
            if (!backward) outside->offset += gap->outside.edges - out;
            inside->offset %= m->inside->rings[inside->ring].edges;
            outside->offset %= m->outside->rings[outside->ring].edges;
            st = measure_separation(m, inside, outside, INFINITY);
        }
    }
    incmap__strand_free(&s.inside, m->allocator);
    incmap__strand_free(&s.outside, m->allocator);
    return st;
}

static incmap_status look_at_gap(const struct matcher *m, size_t ring,
                                 const incmap__border_part *before,
                                 const incmap__border_part *after, struct gap *gap)
{
    const size_t n = m->inside->rings[ring].edges;
    const incmap_coord *v = ring_vertices(m->inside, ring);
    const size_t start = (before->offset + before->edges) % n;
    const struct position last = m->partners[(start + n - 1) % n];
    const struct position first = m->partners[after->offset];
    size_t n_out;
    incmap_status st;

    *gap = (struct gap){ .straight_m = straight(v[start], v[after->offset]) };
    gap->inside = (incmap__border_part){
        .unmatched = true, .ring = ring, .offset = start, .edges = (after->offset + n - start) % n
    };
    if (last.ring != first.ring || m->gap_max_m < 0 || gap->inside.edges == 0) return INCMAP_OK;
    n_out = m->outside->rings[first.ring].edges;
    gap->outside =
        (incmap__border_part){ .outside = true,
                               .unmatched = true,
                               .ring = first.ring,
                               .offset = (first.offset + 1) % n_out,
                               .edges = (last.offset + 2 * n_out - first.offset - 1) % n_out };
    if (!gap->outside.edges) return INCMAP_OK;
    st = judge_gap(m, gap);
    if (!st && !gap->is_border) st = extend(m, gap, false, &gap->ahead.inside, &gap->ahead.outside);
    if (!st && !gap->is_border)
        st = extend(m, gap, true, &gap->behind.inside, &gap->behind.outside);
    return st;
}

/* ---- lines of one ring ---- */

/* The matched stretches of a ring, round from the first one that starts behind an unmatched edge. */
static incmap_status collect_lines(const struct matcher *m, size_t ring,
                                   incmap__border_parts *lines)
{
    const size_t n = m->inside->rings[ring].edges;
    size_t start = 0, room = 0;
    incmap_status st = INCMAP_OK;

    while (start < n && !(is_matched(m, start) && !is_matched(m, (start + n - 1) % n)))
        start++;
    if (start == n) start = 0; /* all of the ring is shared */
    for (size_t i = 0; i < n && !st;) {
        incmap__border_part line = { .ring = ring, .offset = (start + i) % n };
        while (i + line.edges < n && is_matched(m, (start + i + line.edges) % n))
            line.edges++;
        if (line.edges) {
            st = incmap__grow(m->allocator, &lines->parts, &room, lines->count + 1, sizeof line,
                              m->err);
            if (!st) lines->parts[lines->count++] = line;
        }
        i += line.edges ? line.edges : 1;
    }
    return st;
}

/* The line behind the widest break: there the border has its natural start. Breaks that are
 * unmatched border count only if there is no other. gaps[i] is the one behind line i. */
static size_t first_line(const struct gap gaps[], size_t n)
{
    size_t best = 0;
    double widest = -1;

    for (size_t i = 0; i < n; i++) {
        const double width = gaps[i].straight_m + (gaps[i].is_border ? 0 : 1e9);
        if (width > widest) {
            widest = width;
            best = (i + 1) % n;
        }
    }
    return best;
}

/* Both outlines of a stretch; one without edges is none. */
static incmap_status add_pair(struct matcher *m, incmap__border_part inside,
                              incmap__border_part outside)
{
    incmap_status st = INCMAP_OK;
    if (inside.edges) st = add_part(m, inside);
    if (inside.edges && !st) st = add_part(m, outside);
    return st;
}

static incmap_status match_ring(struct matcher *m, size_t ring)
{
    incmap__border_parts lines = { NULL, 0 };
    struct gap *gaps = NULL;
    incmap_status st = collect_lines(m, ring, &lines);

    if (!st) {
        gaps = incmap__alloc(m->allocator, lines.count, sizeof *gaps);
        if (!gaps) st = incmap__fail_memory(m->err);
    }
    for (size_t i = 0; i < lines.count && !st; i++)
        st = look_at_gap(m, ring, &lines.parts[i], &lines.parts[(i + 1) % lines.count], &gaps[i]);
    if (!st) {
        const size_t first = first_line(gaps, lines.count);
        for (size_t i = 0; i < lines.count && !st; i++) {
            const size_t line = (first + i) % lines.count;
            const size_t before = (line + lines.count - 1) % lines.count;
            st = add_pair(m, gaps[before].behind.inside, gaps[before].behind.outside);
            if (!st) st = add_part(m, lines.parts[line]);
            if (!st && gaps[line].is_border)
                st = add_pair(m, gaps[line].inside, gaps[line].outside);
            if (!st) st = add_pair(m, gaps[line].ahead.inside, gaps[line].ahead.outside);
        }
    }
    incmap__free(m->allocator, lines.parts);
    incmap__free(m->allocator, gaps);
    return st;
}

/* ---- enclaves without a hole ---- */

/* The box of all of an outline, longitudes as they are. */
static incmap__run whole_box(const incmap__outline *o)
{
    incmap__run box = {
        .west = INFINITY, .east = -INFINITY, .south = INFINITY, .north = -INFINITY
    };
    for (size_t g = 0; g < incmap__outline_group_count(o); g++) {
        box.west = fmin(box.west, o->groups[g].west);
        box.east = fmax(box.east, o->groups[g].east);
        box.south = fmin(box.south, o->groups[g].south);
        box.north = fmax(box.north, o->groups[g].north);
    }
    return box;
}

static bool may_hold(const incmap__run *box, bool north, incmap_coord c)
{
    const bool around = box->west < -180 || box->east > 180;
    const double rise = incmap__edge_bulge(box->east - box->west);
    c = incmap_coord_wrap(c);
    return (north || c.lat <= box->north + rise) &&
           (around || (c.lon >= box->west && c.lon <= box->east));
}

/* Adds the rings of `o` that lie in the other outline; one that shares an edge with it does not. */
static incmap_status add_enclosed(struct matcher *m, const incmap__outline *o,
                                  const incmap__outline *other)
{
    const incmap__run box = whole_box(other);
    incmap_status st = INCMAP_OK;

    for (size_t r = 0; r < o->ring_count && !st; r++) {
        const incmap_coord *v = ring_vertices(o, r);
        const size_t n = o->rings[r].edges;
        if (!may_hold(&box, other->holds_north_pole, v[0]) || !incmap__ring_is_within(v, n, other))
            continue;
        st = add_part(m, (incmap__border_part){
                             .outside = o == m->outside, .enclosed = true, .ring = r, .edges = n });
    }
    return st;
}

incmap_status incmap__border_match(const incmap__outline *inside, const incmap__outline *outside,
                                   double gap_max_m, incmap__border_parts *out,
                                   const incmap_allocator *a, incmap_error *err)
{
    struct matcher m = {
        .inside = inside, .outside = outside, .gap_max_m = gap_max_m, .allocator = a, .err = err
    };
    incmap_status st = index_outside(&m);

    if (st) goto done;
    m.partners = incmap__alloc(a, inside->edge_count, sizeof *m.partners);
    if (!m.partners) {
        st = incmap__fail_memory(err);
        goto done;
    }
    for (size_t r = 0; r < inside->ring_count && !st; r++)
        if (find_partners(&m, r)) st = match_ring(&m, r);
    if (!st) st = add_enclosed(&m, inside, outside);
    if (!st) st = add_enclosed(&m, outside, inside);
    if (!st) *out = m.parts;

done:
    incmap__free(a, m.table);
    incmap__free(a, m.outside_edges);
    incmap__free(a, m.partners);
    if (st) incmap__free(a, m.parts.parts);
    return st;
}

void incmap__border_part_vertices(const incmap__border_part *part, const incmap__outline *inside,
                                  const incmap__outline *outside, incmap_coord out[])
{
    incmap__outline_copy(part->outside ? outside : inside, part->ring, part->offset, part->edges,
                         out);
    for (size_t i = 0, j = part->edges; part->outside && i < j; i++, j--) {
        const incmap_coord swap = out[i];
        out[i] = out[j];
        out[j] = swap;
    }
}
