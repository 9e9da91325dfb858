/* SPDX-License-Identifier: MIT */
/* Projects: one file that opens layers in QGIS, in their order, styled, at the right place.
 *
 * Threads: a function that takes a ctx, one thread per ctx; one that changes an object, no other
 * thread in that object. What only reads may be called from any thread. */
#ifndef INCMAP_PROJECT_H
#define INCMAP_PROJECT_H

#include <incmap/coord.h>
#include <incmap/date.h>

INCMAP_BEGIN_DECLS

/** A layer of a project, drawn over those that come after it. */
typedef struct {
    const char *path;        /**< as the layer was written: PATH.shp, or PATH.dbf of a table, with
                                   PATH.qml and PATH.qmd beside it */
    const char *name;        /**< in the list of layers; NULL: the title in PATH.qmd */
    bool hidden;             /**< in the list, but not drawn until it is ticked */
    const char *field;       /**< joins rows of this layer to those of another, of which one row can
                                   have many: QGIS shows these in the other's form. NULL: none */
    const char *other_field; /**< field of the other layer that holds the same */
    size_t other;            /**< its index in the list */
} incmap_project_layer;

typedef struct {
    int version;        /**< 1 */
    bool no_overwrite;  /**< true: a project that is there already is INCMAP_EEXIST */
    const char *title;  /**< NULL: the file's name */
    const char *credit; /**< lines that the project's properties show; NULL: none */
    const char *crs; /**< of the map: "EPSG:32637", or what else PROJ takes; NULL: the UTM zone of
                                the view's middle, on which lengths and shapes are true, or EPSG:4326
                                where the view is wider than 12 degrees or beyond 80 of latitude */
    incmap_coord low, high;  /**< south-western and north-eastern corner of the view; both zero: the
                                 extent of the first layer that has one */
    incmap_day from, before; /**< what the time slider runs over; both zero: all that QGIS finds */
    bool keep_edited; /**< true: a project that was edited or saved by QGIS since incmap wrote it is
                           INCMAP_EEXIST, and stays; told by its last line, as a layer's style is */
} incmap_project_options;

#define INCMAP_PROJECT_OPTIONS_INIT INCMAP_INIT_VERSION(1)

/**
 * Write a project, PATH.qgs, that opens layers as they lie on the disk now.
 *
 * @param path     with or without ".qgs"; its folder must exist. Paths of layers in it are relative to
 *                 that folder, so that both can be moved together
 * @param layers   n layers, the topmost first
 * @param options  borrowed; NULL: all defaults
 *
 * @return INCMAP_OK, INCMAP_ENOMEM
 * @return INCMAP_EARG      path is NULL, or layers while n > 0; a layer joined to one that is not in
 *                          the list
 * @return INCMAP_EIO       a layer's .shp (or .dbf), .qml or .qmd cannot be read, or the project not
 *                          written; the message says which file and why
 * @return INCMAP_EDATA     one of them is none
 * @return INCMAP_EDOMAIN   the view's corners are no coordinates, or have no place in the system
 * @return INCMAP_EEXIST    no_overwrite and the project is there; keep_edited and it was edited
 * @return INCMAP_ELIBRARY  PROJ does not know the system
 *
 * A layer that goes on in PATH_part2 ... has these behind it, with its style. Style and metadata are
 * copied out of its .qml and .qmd: a layer written anew needs its project written anew. The file is put
 * in place whole or not at all. Made for and checked with QGIS 3.22.
 *
 * Threads:  one thread per ctx
 * Since:    0.1
 */
INCMAP_API incmap_status incmap_project_write(incmap_ctx *ctx, const char *path,
                                              const incmap_project_layer layers[], size_t n,
                                              const incmap_project_options *options);

INCMAP_END_DECLS

#endif
