/* SPDX-License-Identifier: MIT */
/* Other people's incident files as datasets.
 *
 * Threads: a function that takes a ctx, one thread per ctx; one that changes an object, no other
 * thread in that object. What only reads may be called from any thread. */
#ifndef INCMAP_IMPORT_H
#define INCMAP_IMPORT_H

#include <incmap/dataset.h>

INCMAP_BEGIN_DECLS

/**
 * Import a file of UCDP's Georeferenced Event Dataset, any release: columns are found by their names.
 * Needed: id, latitude, longitude, where_prec, date_start, date_end, best, low, high. HDX's editions
 * with a row of HXL tags and with times behind the dates are read as well.
 *
 * Each event becomes an incident under its id with one claim of the same id: fatalities of "people"
 * with figure, figure_low and figure_high from best, low and high. deaths_a, deaths_b,
 * deaths_civilians and deaths_unknown that are not 0 become claims of their own, id/a, id/b,
 * id/civilians, id/unknown, whose victim_group is the side's name, "civilians" or "unknown". The
 * claimant and the source of all is UCDP: how many sources an event has is in the incident's notes
 * (-1 is unknown there).
 *
 *   where_prec   location_precision, uncertainty_m               (precision_code keeps the original)
 *   1            settlement, 10 km: the named place, whose extent is not known
 *   2            district, 25 km: within about 25 km of the point, by the codebook
 *   3            district, 30 km      4  region, 150 km
 *   5            region, 150 km, on_border: along a line or in a fuzzy area: no side
 *   6            country, 2,500 km    7  unknown, 2,500 km: at sea or in the air
 *
 * An event whose low is above its high (real releases have some), or whose best lies outside of
 * both, is told as a warning and kept as it is printed. The dates are the interval; date_prec stays in
 * date_basis, and is told where it does not fit the days that they span: 1 one day, 2 two to six, 3 a
 * week, 4 up to a month, 5 up to a year. type_of_violence 1 and 2 become "Battles", 3 "Violence against
 * civilians"; the original is in the notes. Columns that are not read are in the report's accounts.
 *
 * @param report  borrowed; NULL: the first refused row ends the call with INCMAP_EDATA
 * @param out     owned by the caller; unchanged on failure
 * @return INCMAP_OK, INCMAP_ENOMEM, INCMAP_EARG, INCMAP_EIO
 * @return INCMAP_EDATA  a needed column is missing
 *
 * Source:   UCDP GED Codebook, versions 4 to 24 (where_prec, date_prec, best, low, high)
 */
INCMAP_API incmap_status incmap_dataset_import_ucdp(incmap_ctx *ctx, const char *path,
                                                    incmap_report *report, incmap_dataset **out);

/**
 * Import a file of ACLED's events: the 31 columns of 2023 or an older form, found by their names.
 * Needed: event_id_cnty, event_date (2023-05-22, 22-05-2023 or 22 May 2023), latitude, longitude,
 * geo_precision, fatalities.
 *
 * Each event becomes an incident under its id with one claim of the same id: fatalities of "people".
 * ACLED writes 0 both for nobody and for nobody reported, so that such a claim has the hedge "none
 * reported" and no qualifier. Each name in the column source, between semicolons, becomes a source,
 * and the first is that of the claim; the claimant is ACLED. inter codes, digits or words, are in the
 * notes in words; an empty one is unknown.
 *
 *   geo_precision  1 settlement, 10 km      2 district, 30 km      3 region, 150 km
 *   time_precision 1 the day                2 a week: six days to either side
 *                  3 a month: thirty days to either side           (the original in date_basis)
 *
 * @return as incmap_dataset_import_ucdp
 * Source:   ACLED Codebook (geo_precision, time_precision, interaction codes)
 */
INCMAP_API incmap_status incmap_dataset_import_acled(incmap_ctx *ctx, const char *path,
                                                     incmap_report *report, incmap_dataset **out);

/**
 * Import a file of VIINA's event reports: event_info of version 1 or 2, or event_1pd of version 2, with
 * the columns of event_labels or without, found by their names. Needed: event_id or event_id_1pd, date
 * (YYYYMMDD), longitude, latitude, GEO_PRECISION.
 *
 * Each report becomes an incident under its id with one claim of the same id, of type "event_report" and
 * without a figure: VIINA counts no victims. The claim's summary is the report's text; its source the
 * outlet, of which event_1pd may name several; its claimant VIINA, since a program read and placed the
 * report. The date is that of the report: an event of the night before bears the next day's. time stands
 * in date_basis; 00:00 is what VIINA writes for an unknown one, and is kept as unknown.
 *
 *   GEO_PRECISION  STREET  exact_site, 1 km         ADM3  settlement, 10 km
 *                  ADM2    district, 30 km          ADM1  region, 150 km
 *
 * Labels (a_rus_b, t_artillery_b ... , which are 0 or 1) that are 1 are named in the notes, the types of
 * fighting among them make the event type; actors are left empty: "initiated by" is a classifier's word,
 * and stands in the notes as a_rus or a_ukr.
 *
 * @return as incmap_dataset_import_ucdp
 * Source:   VIINA's README and codebook, versions 1.0 and 2.0 (github.com/zhukovyuri/VIINA)
 */
INCMAP_API incmap_status incmap_dataset_import_viina(incmap_ctx *ctx, const char *path,
                                                     incmap_report *report, incmap_dataset **out);

/** Whose file it is. Values are only ever appended. */
typedef enum {
    INCMAP_FORMAT_UNKNOWN = 0,
    INCMAP_FORMAT_UCDP = 1,
    INCMAP_FORMAT_ACLED = 2,
    INCMAP_FORMAT_VIINA = 3,
    INCMAP_FORMAT_INCMAP = 4, /**< what incmap/exchange.h writes, and tables as data/ has them */
    INCMAP_FORMAT_MAP = 5     /**< any table, its columns named by the caller */
} incmap_format;

/** "ucdp", "acled", "viina", "incmap", "map", "unknown"; static. */
INCMAP_API const char *incmap_format_text(incmap_format format);
/** The reverse, without regard to case; INCMAP_FORMAT_UNKNOWN for any other text. */
INCMAP_API incmap_format incmap_format_parse(const char *text);

/** Which of two numbers before or behind the year is the day. */
typedef enum {
    INCMAP_DATE_ORDER_UNSTATED = 0, /**< 22/05/2023 is read, 05/06/2023 is refused */
    INCMAP_DATE_ORDER_DMY = 1,
    INCMAP_DATE_ORDER_MDY = 2
} incmap_date_order;

typedef struct {
    int version;            /**< 1 */
    incmap_format format;   /**< UNKNOWN: by the names of the columns */
    const char *const *map; /**< borrowed; map_count texts; with any of them the format is MAP */
    size_t map_count;
    bool no_header; /**< with a map of numbers: the first row is one like any other */
    char separator; /**< of a CSV file; 0: comma */
    incmap_date_order date_order;
    const incmap_gazetteer *gazetteer; /**< borrowed; must outlive the dataset. For place names and
                                            keys; NULL: keys are kept unread */
    const char
        *encoding; /**< of a CSV file or a shapefile, as iconv() knows it: "CP1251"; NULL: UTF-8,
                               or what the shapefile says */
} incmap_import_options;

#define INCMAP_IMPORT_OPTIONS_INIT INCMAP_INIT_VERSION(1)

/**
 * Import incidents from whatever file the field exchanges: CSV, points of GeoJSON (a path that ends in
 * "json", or a file that begins with "{") or points of a shapefile (".shp"), in UCDP's, ACLED's or VIINA's
 * columns, incmap's own, or those that a map names.
 *
 * @param path     a file; for incmap's own tables a folder with sources.csv, claimants.csv, incidents.csv
 *                 and claims.csv, the path that incmap_dataset_export_csv() was given, the table of
 *                 incidents, or the layer incidents.shp
 * @param options  borrowed; NULL: all defaults
 * @param report   borrowed; receives every problem, and accounts of each column; NULL: the first refused
 *                 row ends the call with INCMAP_EDATA and its problem as the message
 * @param taken    receives the format that the file was taken for; may be NULL; unchanged on failure
 * @param out      owned by the caller; unchanged on failure
 *
 * @return INCMAP_OK (also when rows were refused: ask the report), INCMAP_ENOMEM, INCMAP_EARG (also for
 *         a map whose key is none, that has no date, or that says of all rows what no row could say)
 * @return INCMAP_EIO    a file cannot be opened or read
 * @return INCMAP_EDATA  a needed column is missing or doubled; columns of no known format; no GeoJSON or
 *                       no shapefile; an encoding that nobody knows
 *
 * A map's texts are KEY=COLUMN, with a column's name or its number from 1, or KEY:=TEXT for a text that
 * all rows have, of any key but id, lat and lon. Keys:
 *
 *   id              the incident's; without it "row:" and its number, as in the report
 *   date, date_end  needed, may be empty: unknown. See incmap_date_order; a time behind is passed over
 *   lat, lon        degrees; of GeoJSON and shapefiles the geometry, unless they are mapped
 *   position        both in one text, as incmap_coord_parse() reads them
 *   place           a name, looked up in the gazetteer, with country (ISO code) and region for context,
 *                   and likelier near the row's own position. How it was found stands in the incident.
 *                   One that is not found, or ambiguous, is a warning and leaves the incident unplaced
 *   place_key       of the gazetteer
 *   title, event_type, sub_event_type, actor1, actor2, notes, precision_code, date_basis
 *   location_precision  as in data/incidents.csv; uncertainty_m  of the position
 *   figure, low, high, qualifier, victim_group, unit, claim_type, polarity, summary, hedge: a claim, under
 *                   the incident's id, where any of figure, low, high, claim_type and summary is there:
 *                   of the last two, in a column.
 *                   claim_type is "fatalities", unit "people" unless they say otherwise. A low above the
 *                   high is a warning and kept
 *   source, claimant  ids, each made a record; "unstated" where there is none
 *
 * A shapefile's .prj is heeded, its dates become ISO dates, and names cut at ten letters are those of the
 * column that begins so. Where X_part2.shp lies beside X.shp the layer goes on there, and in X_part3.shp and
 * so on: all are read in their order, and features numbered on; one of other fields is INCMAP_EDATA.
 * What is JSON but no feature among the features is a refused row; broken JSON ends the call, since
 * nothing behind the fault can be trusted.
 * Problems in features bear the feature's number, from 1, in place of a line.
 */
INCMAP_API incmap_status incmap_dataset_import(incmap_ctx *ctx, const char *path,
                                               const incmap_import_options *options,
                                               incmap_report *report, incmap_format *taken,
                                               incmap_dataset **out);

INCMAP_END_DECLS

#endif
