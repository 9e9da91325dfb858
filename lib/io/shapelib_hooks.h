/* SPDX-License-Identifier: MIT */
/* Private to the shapefile adapter, and the one place that includes Shapelib's header: its I/O and
 * error hooks, replaced by ours for the length of each call. */
#ifndef INCMAP_IO_SHAPELIB_HOOKS_H
#define INCMAP_IO_SHAPELIB_HOOKS_H

#include <shapefil.h>

#include "io/diskfile.h"

/* Shapelib 1.6 brought the version macros and, with them, other hook signatures. */
#ifdef SHAPELIB_VERSION_MAJOR
#define INCMAP__SHAPELIB_16 1
#else
#define INCMAP__SHAPELIB_16 0
#endif

/* What the hooks remember for one shapefile, over all its calls. */
typedef struct {
    incmap_allocator allocator;
    bool sync;               /* bring files to the disk as they are closed */
    incmap_error failure;    /* of the first read, write or close that failed */
    incmap_error not_opened; /* of a needed file to read; Shapelib tries .shp, then .SHP, so that
                                the first of them missing is no failure yet */
    char said[256];          /* what Shapelib's error hook got first */
} incmap__shape_io;

/* Sets where the hooks of this thread put what they meet, and returns what was set before: Shapelib
 * 1.5 hands its error hook and its open hook no user data. */
incmap__shape_io *incmap__shape_io_use(incmap__shape_io *io);

void incmap__shape_io_hooks(SAHooks *hooks);

/* The status of a Shapelib call that failed: I/O first, then a file that could not be opened, then
 * what Shapelib said, as INCMAP_EDATA. */
incmap_status incmap__shape_io_fail(const incmap__shape_io *io, const char *path,
                                    incmap_error *err);

#endif
