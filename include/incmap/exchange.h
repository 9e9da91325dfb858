/* SPDX-License-Identifier: MIT */
/* Datasets as files for others, and back: four tables of CSV, or one file of GeoJSON.
 *
 * The layers of incmap/layer.h are read back as well (incmap_dataset_import() of incidents.shp, with the
 * claims.dbf beside it), as far as they have room. They lose: of an incident precision_code and
 * merged_into, and uncertainty_m beyond a decimal; of a claim the day on which it was verified, a subject
 * that its type does not tell, figures beyond three decimals, and whether claimant_text or only the
 * claimant's name was given; of a source all but id, publisher and relayed_from; of a claimant its name,
 * and whose part it is but for the head, which becomes a claimant of that name. Blanks at the end of a
 * text are lost; an empty text is NULL; texts longer than 254 bytes are cut unless split_texts was asked
 * for. A layer that goes on in further parts (X_part2.shp ...) is read with all of them, in their order; one of
 * other fields refuses the whole with INCMAP_EDATA.
 *
 * Threads: one thread per ctx; the dataset may be read by others meanwhile. */
#ifndef INCMAP_EXCHANGE_H
#define INCMAP_EXCHANGE_H

#include <incmap/dataset.h>

INCMAP_BEGIN_DECLS

typedef struct {
    int version; /**< 1 */
    bool hxl;    /**< CSV: a row of HXL tags (hxlstandard.org) behind each header */
} incmap_export_options;

#define INCMAP_EXPORT_OPTIONS_INIT INCMAP_INIT_VERSION(1)

/**
 * Write a dataset as the tables PATH_sources.csv, PATH_claimants.csv, PATH_incidents.csv and
 * PATH_claims.csv: RFC 4180, UTF-8, in the columns of data/ and those of incmap_dataset_open(). They are
 * put in place together, whole, as a layer's files are; earlier ones are replaced.
 *
 * @param dataset  borrowed
 * @param path     its folder must exist
 * @param options  borrowed; NULL: all defaults
 *
 * @return INCMAP_OK, INCMAP_ENOMEM, INCMAP_EARG
 * @return INCMAP_EIO    a file cannot be written; the earlier ones stand
 * @return INCMAP_EDATA  a source's or claim's date that is neither a day nor a month nor a year: no
 *                       reader makes such
 *
 * incmap_dataset_open() and incmap_dataset_import() make the same dataset of them: incmap_changes_new()
 * finds no difference. Numbers are written with as many digits as give the same number back. What the
 * tables do not hold, and no comparison looks at: the offset of dates from UTC; how much of
 * uncertainty_m is the coordinate's and how much the place's; a NUL byte, which no text can have. An
 * incident's position is written as its own, so that it stands even where a gazetteer moves the place;
 * a place_key must still be in the gazetteer that a reader is given.
 */
INCMAP_API incmap_status incmap_dataset_export_csv(incmap_ctx *ctx, const incmap_dataset *dataset,
                                                   const char *path,
                                                   const incmap_export_options *options);

/**
 * Write a dataset as one file of GeoJSON (RFC 7946): a FeatureCollection with a feature on a line for each
 * incident, a Point, or null where nobody says where; its properties are the columns of the CSV tables but
 * for the position, and in the list "claims" its claims, of the same columns. "sources" and "claimants" are
 * lists of the collection itself. What has no value is null.
 *
 * @param path     final name; its folder must exist. Put in place when it is whole
 * @param options  borrowed; NULL: all defaults; hxl means nothing here
 * @return as incmap_dataset_export_csv()
 *
 * incmap_dataset_import() makes the same dataset of it, but for the order of the claims, which stand with
 * their incidents; where one of them contradicts a claim about a later incident, the reading warns of it. What the
 * tables do not hold this does not hold either.
 */
INCMAP_API incmap_status incmap_dataset_export_geojson(incmap_ctx *ctx,
                                                       const incmap_dataset *dataset,
                                                       const char *path,
                                                       const incmap_export_options *options);

INCMAP_END_DECLS

#endif
