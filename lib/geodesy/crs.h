/* SPDX-License-Identifier: MIT */
/* Coordinate reference systems: their texts for the files that carry one, and coordinates from WGS 84
 * into them and back. Axes are always east (or longitude) first, as files have them. */
#ifndef INCMAP_GEODESY_CRS_H
#define INCMAP_GEODESY_CRS_H

#include <incmap/coord.h>

#include "base/failure.h"
#include "base/memory.h"

typedef struct incmap__crs incmap__crs;

/* What a system is called, for metadata; lives as long as it. */
typedef struct {
    const char *authority; /* "EPSG:32637"; "" where it has none */
    const char *name;      /* "WGS 84 / UTM zone 37N" */
    bool is_geographic;    /* degrees, not metres */
} incmap__crs_about;

/* name: "EPSG:32637", a WKT, or whatever else PROJ takes; NULL: EPSG:4326. INCMAP_ELIBRARY with what
 * PROJ said when it does not know it, does not find its database, or has no way from WGS 84;
 * INCMAP_ENOMEM. One thread at a time. */
incmap_status incmap__crs_new(incmap__crs **out, const char *name, const incmap_allocator *a,
                              incmap_error *err);
void incmap__crs_free(incmap__crs *crs);
incmap__crs_about incmap__crs_tell(const incmap__crs *crs);
/* ESRI's WKT in one line, for a .prj; lives as long as crs. INCMAP_ELIBRARY: it cannot be said so. */
incmap_status incmap__crs_esri_wkt(incmap__crs *crs, const char **out, incmap_error *err);
/* Whether its coordinates are those of WGS 84 in degrees, as they are. */
bool incmap__crs_is_wgs84(const incmap__crs *crs);

/* n coordinates from WGS 84 in degrees into the system, in place: lon becomes easting (or longitude),
 * lat northing. INCMAP_EDOMAIN with the first that has no place there; all are spoilt then. */
incmap_status incmap__crs_forward(incmap__crs *crs, incmap_coord coords[], size_t n,
                                  incmap_error *err);
/* And back. */
incmap_status incmap__crs_inverse(incmap__crs *crs, incmap_coord coords[], size_t n,
                                  incmap_error *err);

#endif
