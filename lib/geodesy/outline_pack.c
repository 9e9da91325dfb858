/* SPDX-License-Identifier: MIT */
/* Packing outlines into bytes and back. The heads of all runs come first, so that opening reads
 * only them; the differences of a run are decoded when a question touches it.
 *
 *   outline:  ring count, run count, then per ring: its edges
 *             per run: start (lon, lat) as difference to the run before; its box as four distances
 *             from the start; bytes of its differences
 *             total of those bytes, the bytes: per edge (lon, lat) as difference to the vertex before
 */
#include "geodesy/outline_pack.h"

#include <math.h>
#include <string.h>

#include "base/text.h"

/* ---- bytes ---- */

incmap_status incmap__pack_number(incmap__packer *p, uint64_t value, incmap_error *err)
{
    incmap_status st = incmap__grow(p->allocator, &p->bytes, &p->room, p->size + 10, 1, err);
    if (!st) {
        for (; value >= 0x80; value >>= 7)
            p->bytes[p->size++] = (unsigned char)(value | 0x80);
        p->bytes[p->size++] = (unsigned char)value;
    }
    return st;
}

incmap_status incmap__pack_signed(incmap__packer *p, int64_t value, incmap_error *err)
{
    const uint64_t doubled = (uint64_t)value << 1;
    return incmap__pack_number(p, value < 0 ? ~doubled : doubled, err);
}

incmap_status incmap__pack_text(incmap__packer *p, const char *text, incmap_error *err)
{
    const size_t length = strlen(text);
    incmap_status st = incmap__pack_number(p, length, err);
    if (!st) st = incmap__grow(p->allocator, &p->bytes, &p->room, p->size + length, 1, err);
    if (!st) {
        memcpy(p->bytes + p->size, text, length);
        p->size += length;
    }
    return st;
}

uint64_t incmap__unpack_number(incmap__unpacker *u)
{
    uint64_t value = 0;
    for (unsigned shift = 0; shift < 64 && u->at < u->size; shift += 7) {
        const unsigned char byte = u->bytes[u->at++];
        value |= (uint64_t)(byte & 0x7F) << shift;
        if (byte < 0x80) return u->bad ? 0 : value;
    }
    u->bad = true;
    return 0;
}

int64_t incmap__unpack_signed(incmap__unpacker *u)
{
    const uint64_t value = incmap__unpack_number(u);
    const int64_t half = (int64_t)(value >> 1);
    return value & 1 ? -half - 1 : half;
}

size_t incmap__unpack_count(incmap__unpacker *u)
{
    const uint64_t value = incmap__unpack_number(u);
    if (value > u->size - u->at) u->bad = true;
    return u->bad ? 0 : (size_t)value;
}

void incmap__unpack_text(incmap__unpacker *u, char *out, size_t size)
{
    const size_t length = incmap__unpack_count(u);
    if (length >= size) u->bad = true;
    out[0] = '\0';
    if (!u->bad) {
        memcpy(out, u->bytes + u->at, length);
        out[length] = '\0';
        u->at += length;
    }
}

/* ---- outlines ---- */

/* A position in millionths of a degree, with room for what hostile bytes add up to. */
struct steps {
    int64_t lon, lat;
};

static bool to_steps(incmap_coord c, struct steps *out)
{
    const double lon = c.lon * INCMAP__STEPS, lat = c.lat * INCMAP__STEPS;
    out->lon = llround(lon);
    out->lat = llround(lat);
    return fabs(lon - (double)out->lon) < 1e-3 && fabs(lat - (double)out->lat) < 1e-3;
}

/* Divided, not multiplied: n / 1e6 is the double nearest to the decimal number, as strtod gives. */
static incmap_coord from_steps(struct steps s)
{
    return (incmap_coord){ .lat = (double)s.lat / INCMAP__STEPS,
                           .lon = (double)s.lon / INCMAP__STEPS };
}

static incmap_status pack_differences(incmap__packer *p, const incmap_coord *v, unsigned edges,
                                      incmap_error *err)
{
    incmap_status st = INCMAP_OK;
    struct steps last = { 0, 0 }, now;

    for (unsigned i = 0; i <= edges && !st; i++) {
        if (!to_steps(v[i], &now))
            st = incmap__fail(err, INCMAP_EDATA,
                              "vertex lat %s, lon %s: expected multiples of 1e-6 degree",
                              incmap__number(v[i].lat).text, incmap__number(v[i].lon).text);
        if (i && !st) {
            st = incmap__pack_signed(p, now.lon - last.lon, err);
            if (!st) st = incmap__pack_signed(p, now.lat - last.lat, err);
        }
        last = now;
    }
    return st;
}

static incmap_status pack_head(incmap__packer *p, const incmap__run *run, struct steps *last,
                               size_t bytes, incmap_error *err)
{
    struct steps start, low, high;
    incmap_status st;

    (void)to_steps(run->start, &start);
    (void)to_steps((incmap_coord){ .lat = run->south, .lon = run->west }, &low);
    (void)to_steps((incmap_coord){ .lat = run->north, .lon = run->east }, &high);
    st = incmap__pack_signed(p, start.lon - last->lon, err);
    if (!st) st = incmap__pack_signed(p, start.lat - last->lat, err);
    if (!st) st = incmap__pack_number(p, (uint64_t)(start.lon - low.lon), err);
    if (!st) st = incmap__pack_number(p, (uint64_t)(high.lon - start.lon), err);
    if (!st) st = incmap__pack_number(p, (uint64_t)(start.lat - low.lat), err);
    if (!st) st = incmap__pack_number(p, (uint64_t)(high.lat - start.lat), err);
    if (!st) st = incmap__pack_number(p, bytes, err);
    *last = start;
    return st;
}

incmap_status incmap__outline_pack(incmap__packer *p, const incmap__outline *o, incmap_error *err)
{
    incmap__packer body = { .allocator = p->allocator };
    incmap_coord buffer[INCMAP__RUN_EDGES + 1];
    struct steps last = { 0, 0 };
    incmap_status st = incmap__pack_number(p, o->ring_count, err);

    if (!st) st = incmap__pack_number(p, o->run_count, err);
    for (size_t r = 0; r < o->ring_count && !st; r++)
        st = incmap__pack_number(p, o->rings[r].edges, err);
    for (size_t i = 0; i < o->run_count && !st; i++) {
        const size_t before = body.size;
        st = pack_differences(&body, incmap__outline_run(o, i, buffer), o->runs[i].edges, err);
        if (!st) st = pack_head(p, &o->runs[i], &last, body.size - before, err);
    }
    if (!st) st = incmap__pack_number(p, body.size, err);
    if (!st) st = incmap__grow(p->allocator, &p->bytes, &p->room, p->size + body.size, 1, err);
    if (!st && body.size) {
        memcpy(p->bytes + p->size, body.bytes, body.size);
        p->size += body.size;
    }
    incmap__free(p->allocator, body.bytes);
    return st;
}

static bool in_range(struct steps s)
{
    return s.lat >= -90000000 && s.lat <= 90000000 && s.lon >= -540000000 && s.lon <= 540000000;
}

/* Counts how many runs the rings must make; sets bad when that differs from what was announced. */
static void unpack_rings(incmap__unpacker *u, incmap__outline *o)
{
    size_t runs = 0;
    for (size_t r = 0; r < o->ring_count && !u->bad; r++) {
        const size_t edges = incmap__unpack_count(u);
        if (edges < 2 || edges > SIZE_MAX / 2) u->bad = true;
        o->rings[r] = (incmap__ring){ .first_run = runs, .edges = edges };
        o->edge_count += edges;
        runs += (edges + INCMAP__RUN_EDGES - 1) / INCMAP__RUN_EDGES;
    }
    if (runs != o->run_count) u->bad = true;
}

/* A difference of positions; bad when no two on the earth are so far apart. */
static int64_t unpack_step(incmap__unpacker *u)
{
    const int64_t value = incmap__unpack_signed(u);
    if (value < -1080000000 || value > 1080000000) u->bad = true;
    return u->bad ? 0 : value;
}

/* The same without a sign. */
static int64_t unpack_distance(incmap__unpacker *u)
{
    const uint64_t value = incmap__unpack_number(u);
    if (value > 1080000000) u->bad = true;
    return u->bad ? 0 : (int64_t)value;
}

static incmap__run unpack_head(incmap__unpacker *u, struct steps *last, size_t *offset)
{
    struct steps start, low, high;
    incmap__run run = { .first = *offset };

    start.lon = last->lon + unpack_step(u);
    start.lat = last->lat + unpack_step(u);
    low.lon = start.lon - unpack_distance(u);
    high.lon = start.lon + unpack_distance(u);
    low.lat = start.lat - unpack_distance(u);
    high.lat = start.lat + unpack_distance(u);
    if (!in_range(start) || !in_range(low) || !in_range(high)) u->bad = true;
    *offset += incmap__unpack_count(u);
    *last = u->bad ? (struct steps){ 0, 0 } : start;
    run.start = from_steps(start);
    run.west = (double)low.lon / INCMAP__STEPS;
    run.east = (double)high.lon / INCMAP__STEPS;
    run.south = (double)low.lat / INCMAP__STEPS;
    run.north = (double)high.lat / INCMAP__STEPS;
    return run;
}

/* The end of a ring's last run is the ring's start, unless the ring winds around the earth: then its box
 * shows it, and only then the run is decoded. */
static incmap_coord ring_end(const incmap__outline *o, const incmap__run *run, incmap_coord start)
{
    incmap_coord v[INCMAP__RUN_EDGES + 1];

    if (run->west <= start.lon && start.lon <= run->east && run->east - run->west < 360)
        return start;
    incmap__outline_unpack_run(o, run, v);
    return v[run->edges];
}

/* Edges and end of every run: an end is the next run's start, and that of a ring's last run the
 * ring's own. */
static void finish_runs(incmap__outline *o)
{
    for (size_t r = 0; r < o->ring_count; r++) {
        const incmap__ring *ring = &o->rings[r];
        const size_t n = (ring->edges + INCMAP__RUN_EDGES - 1) / INCMAP__RUN_EDGES;
        for (size_t i = 0; i < n; i++) {
            incmap__run *run = &o->runs[ring->first_run + i];
            const bool last = i + 1 == n;
            run->edges = last ? (unsigned)(ring->edges - i * INCMAP__RUN_EDGES) : INCMAP__RUN_EDGES;
            run->end = last ? ring_end(o, run, o->runs[ring->first_run].start) : run[1].start;
        }
    }
}

incmap_status incmap__outline_unpack(incmap__unpacker *u, incmap__outline *out,
                                     const incmap_allocator *a, incmap_error *err)
{
    incmap__outline o = { .allocator = *a };
    struct steps last = { 0, 0 };
    size_t offset = 0;
    incmap_status st = INCMAP_OK;

    o.ring_count = incmap__unpack_count(u);
    o.run_count = incmap__unpack_count(u);
    o.rings = incmap__alloc(a, o.ring_count, sizeof *o.rings);
    o.runs = incmap__alloc(a, o.run_count, sizeof *o.runs);
    if (!o.rings || !o.runs) {
        st = incmap__fail_memory(err);
        goto done;
    }
    unpack_rings(u, &o);
    for (size_t i = 0; i < o.run_count && !u->bad; i++)
        o.runs[i] = unpack_head(u, &last, &offset);
    o.packed_size = incmap__unpack_count(u);
    if (o.packed_size != offset) u->bad = true;
    if (u->bad) {
        st = incmap__fail(err, INCMAP_EDATA, "packed outline: broken at byte %zu", u->at);
        goto done;
    }
    o.packed = u->bytes + u->at;
    u->at += o.packed_size;
    finish_runs(&o);
    o.holds_north_pole = incmap__outline_find_pole(&o);
    st = incmap__outline_group(&o, err);
    if (!st) *out = o;

done:
    if (st) incmap__outline_free(&o);
    return st;
}

/* Hostile differences may lead anywhere: positions are kept in range, so that whatever reads them
 * stays defined, and a sum cannot overflow. */
static int64_t clamp(int64_t value, int64_t most)
{
    return value < -most ? -most : value > most ? most : value;
}

void incmap__outline_unpack_run(const incmap__outline *o, const incmap__run *run,
                                incmap_coord out[INCMAP__RUN_EDGES + 1])
{
    incmap__unpacker u = { .bytes = o->packed, .size = o->packed_size, .at = run->first };
    struct steps now;

    (void)to_steps(run->start, &now);
    out[0] = run->start;
    for (unsigned i = 1; i <= run->edges; i++) {
        now.lon = clamp(now.lon + clamp(incmap__unpack_signed(&u), 1080000000), 540000000);
        now.lat = clamp(now.lat + clamp(incmap__unpack_signed(&u), 180000000), 90000000);
        out[i] = from_steps(now);
    }
}
