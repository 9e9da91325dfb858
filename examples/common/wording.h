/* SPDX-License-Identifier: MIT */
/* Figures and sides in words, the same in every program. */
#ifndef INCMAP_EXAMPLES_WORDING_H
#define INCMAP_EXAMPLES_WORDING_H

#include "common/csv_out.h"
#include "common/spot.h"

/* All texts are owned by the caller. */

/* "+1.8 ±0.9", "-36 ±2", "110 ±20" where the side gives no sign. */
char *depth_text(const incmap_depth *depth, incmap_unit unit);
/* "5.1 ±1.6". */
char *distance_text(double distance_m, double band_m, incmap_unit unit);
/* The band of it alone: "1.6". */
char *band_text(double band_m, incmap_unit unit);
/* The value alone: rounded as the band allows. */
char *rounded_text(double distance_m, double band_m, incmap_unit unit);
/* "Russia", "in both outlines"; with " ?" when the side is not certain, with " *"
 * where the outlines run apart. */
char *side_words(const data *d, const incmap_depth *depth);
/* "SSW (204°)"; "-" where the band leaves it open. */
char *direction_text(const incmap_depth *depth);
/* "50.446 N, 35.600 E": decimals that the border's accuracy carries. */
char *position_text(incmap_coord at, double accuracy_m);

/* How to read the sign, the band and, when some side is uncertain, the question mark. */
void print_legend(const data *d, bool uncertain, bool unmatched);

void print_unmatched_note(void);

/* Reads --unit; NULL leaves *unit as it is. */
int read_unit(const char *text, incmap_unit *unit);

/* Columns of a depth in CSV output: names and values. NULL: all empty. on_border: the place was put
 * there by construction, so that only where on the border it is has a meaning. */
#define DEPTH_COLUMNS                                                                              \
    "depth_m,band_m,side,side_certain,unmatched,nearest_lat,nearest_lon,azimuth_deg,along_m,line"
enum { DEPTH_COLUMN_COUNT = 10 };
void csv_depth(csv_out *csv, const incmap_depth *depth, bool on_border);
/* The columns that carry the credit into whatever is made from the rows. */
#define CREDIT_COLUMNS "inside,outside,border,data_date,attribution"
enum { CREDIT_COLUMN_COUNT = 5 };
void csv_credit(csv_out *csv, const data *d);

#endif
