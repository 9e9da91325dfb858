/* SPDX-License-Identifier: MIT */
/* The only door to json-c: GeoJSON files (RFC 7946) as plain records, no geography. A collection is
 * read feature by feature, so that memory holds one feature and never the file. */
#ifndef INCMAP_IO_GEOJSON_H
#define INCMAP_IO_GEOJSON_H

#include "io/shapefile.h"

typedef struct incmap__geojson incmap__geojson;

/* A FeatureCollection, a Feature or a geometry. INCMAP_EIO when it cannot be opened. */
incmap_status incmap__geojson_open(incmap__geojson **out, const char *path,
                                   const incmap_allocator *a, incmap_error *err);
void incmap__geojson_close(incmap__geojson *file);

/* Goes to the next feature; *found false at the end of a whole and correct file. INCMAP_EDATA, with
 * line and column, for what is no JSON or no GeoJSON, and for a "crs" that is not WGS 84. json-c takes
 * some ten to twenty times a feature's text in memory, from libc. */
incmap_status incmap__geojson_next(incmap__geojson *file, bool *found, incmap_error *err);
/* INCMAP_EDATA where the feature in hand is a null, a number or a list: for readers that take all or nothing. */
incmap_status incmap__geojson_check(const incmap__geojson *file, incmap_error *err);
/* Number of the feature in hand, from 0. */
size_t incmap__geojson_number(const incmap__geojson *file);
/* Text of a property (names with regard to case): numbers and truth values as JSON writes them, ""
 * for null; NULL when the feature has none of that name, or it is a list or an object. Lives until
 * the next feature. */
const char *incmap__geojson_text(const incmap__geojson *file, const char *name);
/* ---- features and lists of objects as records ---- */

/* Keeps a member of the outermost object that is a list of objects, such as "sources": to be asked for
 * once the features are reached. name is borrowed. */
void incmap__geojson_keep(incmap__geojson *file, const char *name);
/* Whether there is such a list, which may be empty. */
bool incmap__geojson_has_list(const incmap__geojson *file, const char *name, bool kept);
/* Objects in a list: a property of the feature in hand, or with `kept` the member kept. */
size_t incmap__geojson_list_length(const incmap__geojson *file, const char *name, bool kept);

/* Called for each member of an object in its order, until it fails. text: numbers and truth values as JSON
 * writes them, "" for null; a list or an object as JSON, and nested true. */
typedef incmap_status (*incmap__geojson_member_fn)(void *user, const char *name, const char *text,
                                                   bool nested, incmap_error *err);
/* The properties of the feature in hand. */
incmap_status incmap__geojson_each(const incmap__geojson *file, incmap__geojson_member_fn fn,
                                   void *user, incmap_error *err);
/* The members of object i of such a list. */
incmap_status incmap__geojson_each_of(const incmap__geojson *file, const char *name, bool kept,
                                      size_t i, incmap__geojson_member_fn fn, void *user,
                                      incmap_error *err);
/* The numbers of a point as JSON writes them, "" and "" where the feature has no geometry. false: it is
 * none, or no feature at all, and *lon is what stands there instead. Lives until the next feature. */
bool incmap__geojson_point(const incmap__geojson *file, const char **lon, const char **lat);

/* ---- shapes ---- */

/* Its lines (INCMAP__SHAPE_LINE) or polygons' rings (INCMAP__SHAPE_POLYGON), those of a collection of
 * geometries together; a null geometry is of type NULL. Lives until the next feature. INCMAP_EDATA for
 * geometries of other kinds, and for positions that are no pair of finite numbers. */
incmap_status incmap__geojson_shape(incmap__geojson *file, incmap__shape_type wanted,
                                    incmap__shape *out, incmap_error *err);

/* Of the shape read last: whether a part begins a polygon, so that those behind it up to the next one are
 * its holes. */
bool incmap__geojson_begins_polygon(const incmap__geojson *file, size_t part);

#endif
