/* SPDX-License-Identifier: MIT */
/* The spatial index beside a shapefile, .qix: the quadtree of MapServer and Shapelib, which GDAL and
 * QGIS use where they find it. */
#ifndef INCMAP_IO_QIX_H
#define INCMAP_IO_QIX_H

#include "base/failure.h"
#include "base/memory.h"

/* Reads the .shp and writes its index, synced: byte for byte what Shapelib's SHPCreateTree (with the
 * depth that it chooses), SHPTreeTrimExtraNodes and SHPWriteTree make of it on a little-endian machine;
 * but null shapes are left out, which Shapelib takes for points at 0, 0. Takes 16 bytes a shape while
 * it works. INCMAP_EIO, INCMAP_EDATA (not a .shp), INCMAP_ENOMEM. */
incmap_status incmap__qix_write(const char *shp_path, const char *qix_path,
                                const incmap_allocator *a, incmap_error *err);

#endif
