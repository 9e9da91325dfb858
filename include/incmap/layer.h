/* SPDX-License-Identifier: MIT */
/* Layers: shapefile sets that QGIS opens as they are.
 *
 * Threads: a function that takes a ctx, one thread per ctx; one that changes an object, no other
 * thread in that object. What only reads may be called from any thread. */
#ifndef INCMAP_LAYER_H
#define INCMAP_LAYER_H

#include <incmap/border.h>
#include <incmap/dataset.h>
#include <incmap/gazetteer.h>
#include <incmap/layer_writer.h>

INCMAP_BEGIN_DECLS

/**
 * Called now and then while a layer is written: `done` of `total` rows, each of which counts twice, as it
 * is measured and as it is written. As all functions that a program hands to incmap, it must return.
 */
typedef void (*incmap_progress_fn)(void *user, size_t done, size_t total);

typedef struct {
    int version;       /**< 1 */
    bool no_overwrite; /**< true: a layer that is there already is INCMAP_EEXIST */
    const char
        *credit; /**< borrowed; what else the features rest on, a line each: "Places: GeoNames
                             (geonames.org), CC BY 4.0"; into PATH.qmd beside the border's credit;
                             NULL: nothing else */
    const char *language; /**< borrowed; of the style: names of fields, legend, labels, tips; "en",
                             "ru", "uk"; where a place has no name in it another stands in; NULL:
                             English */
    const char *crs; /**< borrowed; "EPSG:32637": the reference system of the layer, into which its
                           coordinates are brought; NULL: EPSG:4326, lon/lat on WGS 84 */
    bool
        split_texts; /**< true: texts of more than 254 bytes go on in further fields, NOTES, NOTES_2
                           ... NOTES_9, instead of being cut; where the name has at most 8 letters */
    incmap_day dated;            /**< as in incmap_layer_writer_options */
    incmap_progress_fn progress; /**< NULL: none */
    void *progress_user;
    bool
        restyle; /**< true: the style is written anew even where PATH.qml was edited; else an edited
                       one is kept, and incmap_layer_result.style_kept says so */
} incmap_layer_options;

#define INCMAP_LAYER_OPTIONS_INIT INCMAP_INIT_VERSION(1)

/*
 * Each call writes one layer: PATH.shp .shx .dbf .prj .cpg .qix, in lon/lat on WGS 84 (EPSG:4326) or in
 * options->crs, text in UTF-8, NULL where a value is unknown; PATH.qmd, the metadata that QGIS shows,
 * with what the fields mean, which country is inside and which outside, and the credit of the data; PATH.qml, the
 * style, with legend, labels, tips, names of fields and the time slider set; PATH.fields.csv, the
 * dictionary of the fields (field, full_name, unit, meaning, values, type, full_name_ru,
 * full_name_uk; the last rows tell the credit). The set is written in a folder beside its final
 * name and put in place when it is whole: after a failure the earlier layer stands as it was. Indexes
 * that other programs made of the earlier layer (.qix, .sbn, .idm ...) are taken away with it.
 *
 * A style that was edited by hand or saved from QGIS is kept as it is, told by its last line, which holds a
 * hash of what incmap wrote; options->restyle writes it anew.
 *
 * DEPTH_M is the signed depth and NULL where the side has no sign (both, neither); DIST_M is the
 * distance to the border without a sign. Ids that fill a field go on in further ones: CLAIMS,
 * CLAIMS_2 ... CLAIMS_9.
 *
 * @param path     without extension; its folder must exist
 * @param options  borrowed; NULL: all defaults
 * @param result   receives what was written; may be NULL; unchanged on failure
 *
 * @return INCMAP_OK, INCMAP_ENOMEM, INCMAP_EARG (also for a language that is none of the three)
 * @return INCMAP_EIO      the folder is missing or cannot be written, the disk is full; the message
 *                         says which file and why
 * @return INCMAP_EDATA    a date before the year 1 or after 9999, for which shapefiles have no way
 * @return INCMAP_EEXIST   no_overwrite and a file of the set is there
 * @return INCMAP_ELIBRARY PROJ does not know the CRS, or does not give its text (its database is
 *                         missing)
 *
 * Threads:  one thread per ctx
 * Since:    0.1
 */

/** Places that are no border posts, as points. border may be NULL: no depths then. */
INCMAP_API incmap_status incmap_layer_write_places(incmap_ctx *ctx, const char *path,
                                                   const incmap_gazetteer *g,
                                                   const incmap_border *border,
                                                   const incmap_layer_options *options,
                                                   incmap_layer_result *result);

/** Border posts, as points. */
INCMAP_API incmap_status incmap_layer_write_posts(incmap_ctx *ctx, const char *path,
                                                  const incmap_gazetteer *g,
                                                  const incmap_layer_options *options,
                                                  incmap_layer_result *result);

/** Incidents with their depths, claim ids and source ids, as points. border may be NULL. */
INCMAP_API incmap_status incmap_layer_write_incidents(incmap_ctx *ctx, const char *path,
                                                      const incmap_dataset *dataset,
                                                      const incmap_border *border,
                                                      const incmap_layer_options *options,
                                                      incmap_layer_result *result);

/** The lines of a border, matched and unmatched, with chainage and credit. */
INCMAP_API incmap_status incmap_layer_write_border(incmap_ctx *ctx, const char *path,
                                                   const incmap_border *border,
                                                   const incmap_layer_options *options,
                                                   incmap_layer_result *result);

/**
 * Claims as a table (PATH.dbf, without shapes), each with the incident's id as INCIDENT, which is the
 * ID of the layer of incidents. Every claim is a row of its own; nothing is merged. FIGURE, FIG_LOW and
 * FIG_HIGH have as many decimals as their figures need, 3 to 15; a figure of which even 15 lose digits is
 * told to the log, and counts among result->cut_texts.
 */
INCMAP_API incmap_status incmap_layer_write_claims(incmap_ctx *ctx, const char *path,
                                                   const incmap_dataset *dataset,
                                                   const incmap_layer_options *options,
                                                   incmap_layer_result *result);

/**
 * From each incident the geodesic to the nearest point of the border, as lines. One row for each
 * incident; where nothing was measured (nobody says where, or the point was put on the border) its
 * shape is null, and counts as unlocated.
 */
INCMAP_API incmap_status incmap_layer_write_connectors(incmap_ctx *ctx, const char *path,
                                                       const incmap_dataset *dataset,
                                                       const incmap_border *border,
                                                       const incmap_layer_options *options,
                                                       incmap_layer_result *result);

/**
 * Tracks: the points of the battles that the same actors fought as parts of one incident, joined in
 * the order of their dates, as lines with the signed depth in metres as the measure M of each point (no
 * measure where there is none). A point counts when it is known as a site or settlement, and actor1 is
 * that of the whole. Where the dates leave the order open it is that of the file, and ORDER_BY says so.
 * A track is no route: nobody reports what lies between. border may be NULL: no depths then.
 */
INCMAP_API incmap_status incmap_layer_write_tracks(incmap_ctx *ctx, const char *path,
                                                   const incmap_dataset *dataset,
                                                   const incmap_border *border,
                                                   const incmap_layer_options *options,
                                                   incmap_layer_result *result);

/**
 * Areas of uncertainty: the circle within which the true point of an incident is believed to lie, as
 * polygons. Incidents at one point that are as vague share one, whose INCID holds their ids; those
 * that nobody says where have none. A radius below 1 m or beyond 5,000 km leaves a null shape.
 */
INCMAP_API incmap_status incmap_layer_write_areas(incmap_ctx *ctx, const char *path,
                                                  const incmap_dataset *dataset,
                                                  const incmap_layer_options *options,
                                                  incmap_layer_result *result);

/**
 * Belts along a border, as polygons: from it to the first distance, from there to the second and so on,
 * in either country; where both outlines hold the land, as a belt of its own (SIDE both).
 *
 * @param distances_m  n distances, each greater than the one before; 5,000, 20,000, 50,000
 * @return besides what all layers return: INCMAP_EDOMAIN for distances out of order or range,
 *         INCMAP_ELIBRARY when GEOS fails
 */
INCMAP_API incmap_status incmap_layer_write_belts(incmap_ctx *ctx, const char *path,
                                                  const incmap_border *border,
                                                  const double distances_m[], size_t n,
                                                  const incmap_layer_options *options,
                                                  incmap_layer_result *result);

INCMAP_END_DECLS

#endif
