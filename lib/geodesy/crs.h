/* SPDX-License-Identifier: MIT */
/* Coordinate reference systems as text, for the files that carry one. */
#ifndef INCMAP_GEODESY_CRS_H
#define INCMAP_GEODESY_CRS_H

#include "base/failure.h"
#include "base/memory.h"

/* ESRI's WKT of an EPSG code in one line, for a .prj; *out is the caller's. INCMAP_ELIBRARY with what
 * PROJ said when it does not know the code or does not find its database, INCMAP_ENOMEM. */
incmap_status incmap__crs_esri_wkt(int epsg, char **out, const incmap_allocator *a,
                                   incmap_error *err);

#endif
