/* SPDX-License-Identifier: MIT */
/* A layer as a project has it: what lies on the disk, read back into the words of QGIS. */
#ifndef INCMAP_LAYERS_PROJECT_LAYER_H
#define INCMAP_LAYERS_PROJECT_LAYER_H

#include <incmap/project.h>

#include <stdbool.h>

#include "io/shapefile.h"
#include "layers/xml_text.h"

typedef struct {
    const incmap_allocator *allocator;
    char *style, *metadata;       /* whole files, ended by a zero */
    const char *style_attributes; /* inside style: those of its root, ended by '>' */
    size_t style_attributes_length;
    const char *style_body, *metadata_body; /* what the roots hold */
    size_t style_body_length, metadata_body_length;
    size_t part;             /* 1, or more */
    incmap__shape_type type; /* NULL: a table */
    bool has_extent;
    double box[4]; /* west, south, east, north in the layer's own system */
    char *id;      /* unique in the project: incmap_layer_ and the file's name */
    char *source;  /* relative to the project's folder */
    char *title;   /* of the metadata, as escaped there */
    char *crs;     /* "EPSG:4326"; "" of a table, or when the metadata name none */
} incmap__project_layer;

/* Reads PATH.qml, .qmd and the head of .shp or .dbf. folder: the project's. part: from 2 on that of a
 * layer that goes on in PATH_part2 ..., with the first one's style; 1: the first. */
incmap_status incmap__project_layer_open(incmap__project_layer *out, const char *path, size_t part,
                                         const char *folder, const incmap_allocator *a,
                                         incmap_error *err);
/* Whether PATH_partN is there. */
bool incmap__project_layer_has_part(const char *path, size_t part);
void incmap__project_layer_close(incmap__project_layer *layer);

/* <spatialrefsys> of a system by its authority's code, or by its WKT where that is "". */
void incmap__project_add_crs(incmap__xml *xml, const char *authority, const char *wkt);
/* The name that is shown, escaped. name NULL: the title, or the file's name without one. */
void incmap__project_add_name(incmap__xml *xml, const incmap__project_layer *layer,
                              const char *name);
/* <maplayer>. name: as it is shown; NULL: the title. */
void incmap__project_add_layer(incmap__xml *xml, const incmap__project_layer *layer,
                               const char *name);

#endif
