/* SPDX-License-Identifier: MIT */
/* An outline as bytes: whole millionths of a degree, as differences in variable-length integers
 * (7 bits a byte, low ones first, the top bit says that more follow; signs zigzagged). No byte
 * order, no alignment, no padding. */
#ifndef INCMAP_GEODESY_OUTLINE_PACK_H
#define INCMAP_GEODESY_OUTLINE_PACK_H

#include "geodesy/outline.h"

/* Bytes being written. */
typedef struct {
    const incmap_allocator *allocator;
    unsigned char *bytes;
    size_t size, room;
} incmap__packer;

incmap_status incmap__pack_number(incmap__packer *p, uint64_t value, incmap_error *err);
incmap_status incmap__pack_signed(incmap__packer *p, int64_t value, incmap_error *err);
incmap_status incmap__pack_text(incmap__packer *p, const char *text, incmap_error *err);

/* Bytes being read. After any fault `bad` stays set and every read gives 0: one check at the end
 * is enough. */
typedef struct {
    const unsigned char *bytes;
    size_t size, at;
    bool bad;
} incmap__unpacker;

uint64_t incmap__unpack_number(incmap__unpacker *u);
int64_t incmap__unpack_signed(incmap__unpacker *u);
/* A count that cannot be met by the bytes left (each item takes at least one) is bad. */
size_t incmap__unpack_count(incmap__unpacker *u);
/* A text of at most size - 1 bytes, ended by a zero. */
void incmap__unpack_text(incmap__unpacker *u, char *out, size_t size);

/* INCMAP_EDATA when a coordinate is no multiple of 1e-6 degree (to 1e-9). */
incmap_status incmap__outline_pack(incmap__packer *p, const incmap__outline *outline,
                                   incmap_error *err);
/* The outline borrows the bytes. INCMAP_EDATA when they are not what packing writes. */
incmap_status incmap__outline_unpack(incmap__unpacker *u, incmap__outline *out,
                                     const incmap_allocator *a, incmap_error *err);

/* The vertices of one run of a packed outline. */
void incmap__outline_unpack_run(const incmap__outline *outline, const incmap__run *run,
                                incmap_coord out[INCMAP__RUN_EDGES + 1]);

#endif
