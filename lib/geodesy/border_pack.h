/* SPDX-License-Identifier: MIT */
/* A whole border as one block of bytes: magic number, format version, checksum, texts, both
 * outlines, and which of their edges make the border. Independent of byte order and alignment. */
#ifndef INCMAP_GEODESY_BORDER_PACK_H
#define INCMAP_GEODESY_BORDER_PACK_H

#include "geodesy/border.h"
#include "geodesy/outline_pack.h"

/* Writes all of a plan. INCMAP_EDATA when a vertex is no multiple of 1e-6 degree. */
incmap_status incmap__border_pack(incmap__packer *p, const incmap__border_plan *plan,
                                  incmap_error *err);

/* Writes the first 16 of `size` bytes, magic number, version and checksum, over the body behind. */
void incmap__border_seal(unsigned char *bytes, size_t size);

/* Makes a border over the bytes, which it borrows for its life. INCMAP_EDATA when they are not what
 * packing wrote: another magic number or version, a wrong checksum, anything out of range. */
incmap_status incmap__border_unpack(const void *bytes, size_t size, incmap_border **out,
                                    const incmap_allocator *a, incmap_error *err);

#endif
