/* SPDX-License-Identifier: MIT */
/* What the heads of a shapefile's parts announce, against what the parts hold: Shapelib believes the
 * .shp's, and says of a broken off .shx or .dbf at most that it cannot be read. */
#ifndef INCMAP_IO_SHAPE_HEADS_H
#define INCMAP_IO_SHAPE_HEADS_H

#include "base/failure.h"
#include "base/memory.h"

/* Looks at .shp, .shx and .dbf beside path, which ends in one of them; parts that are not there or are of
 * another kind are passed over. INCMAP_EDATA with the part, its bytes and those that its head announces,
 * INCMAP_EIO, INCMAP_ENOMEM. */
incmap_status incmap__shape_heads_check(const char *path, const incmap_allocator *a,
                                        incmap_error *err);

/* The failure of a part. */
incmap_status incmap__shape_heads_fail(const char *path, uint64_t found, uint64_t announced,
                                       incmap_error *err);

#endif
