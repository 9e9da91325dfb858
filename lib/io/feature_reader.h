/* SPDX-License-Identifier: MIT */
/* The features of a layer one after the other, whether it is a shapefile or GeoJSON: a code, and rings
 * or lines whose vertices are positions on the earth. */
#ifndef INCMAP_IO_FEATURE_READER_H
#define INCMAP_IO_FEATURE_READER_H

#include "io/shapefile.h"

typedef struct incmap__features incmap__features;

/* A path that ends in "json" (in either case), or a file that begins with "{", is GeoJSON; any other a
 * shapefile, with or without ".shp". wanted: lines or polygons. fields: up to two attributes to be
 * read, borrowed; a NULL is none. INCMAP_EDATA when a shapefile lacks the field or holds other shapes. */
typedef struct {
    const char *path;
    incmap__shape_type wanted;
    const char *fields[2];
} incmap__features_query;

/* Which of the two a path is taken for. INCMAP_ENOMEM; a file that cannot be opened is no GeoJSON, and
 * whoever opens it tells why. */
incmap_status incmap__features_is_geojson(const char *path, bool *is, const incmap_allocator *a,
                                          incmap_error *err);

incmap_status incmap__features_open(incmap__features **out, const incmap__features_query *query,
                                    const incmap_allocator *a, incmap_error *err);
void incmap__features_close(incmap__features *features);

/* Goes to the next feature. Texts and shape live until the one after. INCMAP_EDATA at the end of GeoJSON
 * with features of which none has a field that was asked for. */
incmap_status incmap__features_next(incmap__features *features, bool *found, incmap_error *err);
/* From 0. */
size_t incmap__features_number(const incmap__features *features);
/* Text of fields[which] ("" where the feature has none, or the query asked for none), without spaces at
 * the end. */
incmap_status incmap__features_text(incmap__features *features, int which, const char **out,
                                    incmap_error *err);
/* Of type NULL where the feature has no geometry. INCMAP_EDATA, with file, feature and vertex, for a
 * vertex that is no position: a latitude beyond 90, a longitude beyond 540. */
incmap_status incmap__features_shape(incmap__features *features, incmap__shape *out,
                                     incmap_error *err);

/* Of the shape read last: whether a part begins a polygon of its own, so that those behind it are its
 * holes. A shapefile does not tell: its feature is one polygon, with as many outer rings as it may have. */
bool incmap__features_begins_polygon(const incmap__features *features, size_t part);

#endif
