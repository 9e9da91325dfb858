/* SPDX-License-Identifier: MIT */
/* Packing a border and opening a packed one.
 *
 *   0   "INCMAPB" and the format's version, 8 bytes
 *   8   checksum of all that follows, 8 bytes, low ones first
 *   16  name, attribution, date of the data, both countries' names; accuracy in millimetres;
 *       inside outline; outside outline; part count, and per part: flags, ring, offset, edges,
 *       separation in millimetres
 */
#include "geodesy/border_pack.h"

#include <math.h>
#include <string.h>

static const unsigned char magic[8] = { 'I', 'N', 'C', 'M', 'A', 'P', 'B', 1 };
enum { HEAD_BYTES = 16, PART_OUTSIDE = 1, PART_UNMATCHED = 2, PART_ENCLOSED = 4 };

/* Low byte first on every machine; compilers make one load of it where that is the same. */
static uint64_t word_at(const unsigned char *b)
{
    return (uint64_t)b[0] | (uint64_t)b[1] << 8 | (uint64_t)b[2] << 16 | (uint64_t)b[3] << 24 |
           (uint64_t)b[4] << 32 | (uint64_t)b[5] << 40 | (uint64_t)b[6] << 48 |
           (uint64_t)b[7] << 56;
}

static uint64_t stir(uint64_t hash, uint64_t word)
{
    hash = (hash ^ word) * UINT64_C(0x100000001B3);
    return hash ^ hash >> 32;
}

/* FNV-1a over eight bytes at a time, in four strands that do not wait for one another: it finds
 * damage, and reads a megabyte in a tenth of a millisecond. It is no defence against intent. */
static uint64_t checksum(const unsigned char *bytes, size_t size)
{
    enum { STRANDS = 4, STRIDE = 8 * STRANDS };
    uint64_t hash[STRANDS], sum = UINT64_C(0xCBF29CE484222325) ^ size;
    unsigned char tail[STRIDE] = { 0 };
    size_t at = 0;

    for (int k = 0; k < STRANDS; k++)
        hash[k] = sum + (uint64_t)k;
    for (; size - at >= STRIDE; at += STRIDE)
        for (int k = 0; k < STRANDS; k++)
            hash[k] = stir(hash[k], word_at(bytes + at + 8 * k));
    memcpy(tail, bytes + at, size - at);
    for (int k = 0; k < STRANDS; k++)
        sum = stir(sum, stir(hash[k], word_at(tail + 8 * k)));
    return sum;
}

static incmap_status pack_part(incmap__packer *p, const incmap__border_part *part,
                               incmap_error *err)
{
    const uint64_t flags = (part->outside ? PART_OUTSIDE : 0u) |
                           (part->unmatched ? PART_UNMATCHED : 0u) |
                           (part->enclosed ? PART_ENCLOSED : 0u);
    incmap_status st = incmap__pack_number(p, flags, err);
    if (!st) st = incmap__pack_number(p, part->ring, err);
    if (!st) st = incmap__pack_number(p, part->offset, err);
    if (!st) st = incmap__pack_number(p, part->edges, err);
    if (!st) st = incmap__pack_number(p, (uint64_t)ceil(part->separation_m * 1000), err);
    return st;
}

static incmap_status pack_body(incmap__packer *p, const incmap__border_plan *plan,
                               incmap_error *err)
{
    incmap_status st = incmap__pack_text(p, plan->name, err);
    if (!st) st = incmap__pack_text(p, plan->attribution, err);
    if (!st) st = incmap__pack_text(p, plan->data_date, err);
    if (!st) st = incmap__pack_text(p, plan->inside_name, err);
    if (!st) st = incmap__pack_text(p, plan->outside_name, err);
    if (!st) st = incmap__pack_number(p, (uint64_t)llround(plan->accuracy_m * 1000), err);
    if (!st) st = incmap__outline_pack(p, plan->inside, err);
    if (!st) st = incmap__outline_pack(p, plan->outside, err);
    if (!st) st = incmap__pack_number(p, plan->parts->count, err);
    for (size_t i = 0; i < plan->parts->count && !st; i++)
        st = pack_part(p, &plan->parts->parts[i], err);
    return st;
}

void incmap__border_seal(unsigned char *bytes, size_t size)
{
    const uint64_t sum = checksum(bytes + HEAD_BYTES, size - HEAD_BYTES);

    memcpy(bytes, magic, sizeof magic);
    for (int i = 0; i < 8; i++)
        bytes[8 + i] = (unsigned char)(sum >> (8 * i));
}

incmap_status incmap__border_pack(incmap__packer *p, const incmap__border_plan *plan,
                                  incmap_error *err)
{
    const size_t start = p->size;
    incmap_status st =
        incmap__grow(p->allocator, &p->bytes, &p->room, p->size + HEAD_BYTES, 1, err);

    if (!st) {
        p->size += HEAD_BYTES;
        st = pack_body(p, plan, err);
    }
    if (!st) incmap__border_seal(p->bytes + start, p->size - start);
    return st;
}

static incmap_status check_head(const unsigned char *bytes, size_t size, incmap_error *err)
{
    if (size < HEAD_BYTES || memcmp(bytes, magic, sizeof magic - 1) != 0)
        return incmap__fail(err, INCMAP_EDATA, "packed border: wrong magic number");
    if (bytes[7] != magic[7])
        return incmap__fail(err, INCMAP_EDATA, "packed border: found format %d, expected %d",
                            bytes[7], magic[7]);
    if (word_at(bytes + 8) != checksum(bytes + HEAD_BYTES, size - HEAD_BYTES))
        return incmap__fail(err, INCMAP_EDATA, "packed border: the checksum does not agree");
    return INCMAP_OK;
}

static incmap__border_part unpack_part(incmap__unpacker *u, const incmap__outline *inside,
                                       const incmap__outline *outside)
{
    const uint64_t flags = incmap__unpack_number(u);
    const incmap__outline *o = flags & PART_OUTSIDE ? outside : inside;
    incmap__border_part part = { .outside = (flags & PART_OUTSIDE) != 0,
                                 .unmatched = (flags & PART_UNMATCHED) != 0,
                                 .enclosed = (flags & PART_ENCLOSED) != 0,
                                 .ring = (size_t)incmap__unpack_number(u),
                                 .offset = (size_t)incmap__unpack_number(u),
                                 .edges = (size_t)incmap__unpack_number(u) };
    part.separation_m = (double)incmap__unpack_number(u) / 1000;
    if (part.ring >= o->ring_count || part.edges < 1 || part.edges > o->rings[part.ring].edges ||
        part.offset >= o->rings[part.ring].edges)
        u->bad = true;
    return part;
}

static incmap_status unpack_parts(incmap__unpacker *u, incmap__border_parts *parts,
                                  const incmap__outline *inside, const incmap__outline *outside,
                                  const incmap_allocator *a, incmap_error *err)
{
    const size_t count = incmap__unpack_count(u);

    parts->parts = incmap__alloc(a, count, sizeof *parts->parts);
    if (!parts->parts) return incmap__fail_memory(err);
    for (; parts->count < count && !u->bad; parts->count++)
        parts->parts[parts->count] = unpack_part(u, inside, outside);
    if (u->bad || !count || u->at != u->size)
        return incmap__fail(err, INCMAP_EDATA, "packed border: broken at byte %zu", u->at);
    return INCMAP_OK;
}

incmap_status incmap__border_unpack(const void *bytes, size_t size, incmap_border **out,
                                    const incmap_allocator *a, incmap_error *err)
{
    char name[128], attribution[256], data_date[32], inside_name[64], outside_name[64];
    incmap__unpacker u = { .bytes = bytes, .size = size, .at = HEAD_BYTES };
    incmap__outline inside = { .ring_count = 0 }, outside = { .ring_count = 0 };
    incmap__border_parts parts = { NULL, 0 };
    double accuracy_m;
    incmap_status st = check_head(bytes, size, err);

    if (st) goto done;
    incmap__unpack_text(&u, name, sizeof name);
    incmap__unpack_text(&u, attribution, sizeof attribution);
    incmap__unpack_text(&u, data_date, sizeof data_date);
    incmap__unpack_text(&u, inside_name, sizeof inside_name);
    incmap__unpack_text(&u, outside_name, sizeof outside_name);
    accuracy_m = (double)incmap__unpack_number(&u) / 1000;
    st = incmap__outline_unpack(&u, &inside, a, err);
    if (!st) st = incmap__outline_unpack(&u, &outside, a, err);
    if (!st) st = unpack_parts(&u, &parts, &inside, &outside, a, err);
    if (!st)
        st = incmap__border_assemble(&(incmap__border_plan){ name, attribution, data_date,
                                                             inside_name, outside_name, accuracy_m,
                                                             &inside, &outside, &parts, NULL,
                                                             INCMAP__SIDES_OUTLINES, false },
                                     out, a, err);

done:
    incmap__free(a, parts.parts);
    incmap__outline_free(&inside);
    incmap__outline_free(&outside);
    return st;
}
