/* SPDX-License-Identifier: MIT */
/* Points of GeoJSON and of shapefiles as the rows of a table, so that whoever imports tables imports
 * those too. */
#ifndef INCMAP_FORMATS_FEATURE_ROWS_H
#define INCMAP_FORMATS_FEATURE_ROWS_H

#include "io/table.h"

typedef struct {
    const char *path;
    bool shapefile; /* else GeoJSON */
    bool table;     /* a shapefile's .dbf alone */
    /* What the columns of the position are called; NULL: it has none. A property of that name becomes
     * "properties.NAME": the geometry is where a feature is. */
    const char *lon_name, *lat_name;
    /* GeoJSON: NULL: a row for each feature; else one for each object of this list, a property of each
     * feature or, `kept`, a member of the outermost object. */
    const char *list;
    bool kept;
    const char *skip; /* a property that is no column; NULL */
    /* A shapefile's names of ten bytes that begin just one of these stand for it; of GeoJSON the header
     * has all of these, so that an empty list has one too. */
    const incmap__column *known;
    size_t n_known;
    const char *encoding; /* of a shapefile's texts; NULL: as its files say */
} incmap__feature_rows_spec;

/* All texts of the spec but `known` are borrowed until the scanner is closed. The header holds every name that some
 * feature has, in the order of their first appearance; GeoJSON is read twice for it. Rows bear their
 * number from 1, since all of GeoJSON may stand on one line; a position that is none gives a longitude that no reader takes. Features marked as deleted are passed over.
 * Where X_part2.dbf lies beside X.shp, X goes on there and in X_part3 and so on: their rows follow, numbered on.
 * A part of other fields is INCMAP_EDATA, when it is come to. */
incmap_status incmap__feature_rows_open(incmap__csv **out, const incmap__feature_rows_spec *spec,
                                        const incmap_allocator *a, incmap_error *err);

#endif
