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
 * both, is told as a warning and kept as it is printed. date_prec stays in date_basis.
 * type_of_violence 1 and 2 become "Battles", 3 "Violence against civilians"; the original is in the
 * notes.
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

INCMAP_END_DECLS

#endif
