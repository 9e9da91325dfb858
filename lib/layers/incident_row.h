/* SPDX-License-Identifier: MIT */
/* What the layers made from incidents share: dates and depths as texts, what an incident's claims
 * amount to, and which incidents lie at the very same point. */
#ifndef INCMAP_LAYERS_INCIDENT_ROW_H
#define INCMAP_LAYERS_INCIDENT_ROW_H

#include <incmap/border.h>
#include <incmap/dataset.h>
#include <incmap/date.h>
#include <incmap/distance.h>

#include "layers/id_list.h"
#include "layers/layer_set.h"

/* A date in ISO 8601, as exact as it was stated: "2023-05-22", "2023-05", "2023-05-22/2023-05-23" to
 * the last day; an open end is "..", as in the standard's second part. "" when nothing is known.
 * buffer: INCMAP_DATE_TEXT_SIZE bytes. */
const char *incmap__date_iso(const incmap_date *date, char *buffer);

/* The depth in km as its band allows; without a sign where the side gives none. buffer:
 * INCMAP_MEASURE_TEXT_SIZE bytes. */
const char *incmap__depth_text(const incmap_depth *depth, char *buffer);

/* DATE_FROM, DATE_TO, in this order from `first` on: the first and the last day of a half-open interval.
 */
enum { INCMAP__DATE_COLUMNS = 2 };
void incmap__row_dates(incmap__layer_row *row, size_t first, const incmap_date *when);
/* PLACE_KEY, PLACE_EN, PLACE_RU, PLACE_UK, LOC_PREC, likewise. */
enum { INCMAP__PLACE_COLUMNS = 5 };
void incmap__row_place(incmap__layer_row *row, size_t first, const incmap_incident *incident);

/* clang-format off */
#define INCMAP__DATE_COLUMN_LIST                                                                   \
    { "DATE_FROM", INCMAP__COLUMN_DATE, 0 }, { "DATE_TO", INCMAP__COLUMN_DATE, 0 }
#define INCMAP__PLACE_COLUMN_LIST                                                                  \
    { "PLACE_KEY", INCMAP__COLUMN_TEXT, 0 }, { "PLACE_EN", INCMAP__COLUMN_TEXT, 0 },               \
    { "PLACE_RU", INCMAP__COLUMN_TEXT, 0 }, { "PLACE_UK", INCMAP__COLUMN_TEXT, 0 },                \
    { "LOC_PREC", INCMAP__COLUMN_TEXT, 0 }
/* clang-format on */

/* "nowhere", "on_border", "measured"; "" for a point of its own that no border was there to measure.
 * static. */
const char *incmap__placed_text(const incmap_incident *incident, incmap_placed placed);

/* Adds the ids of an incident's claims to a list that was started. */
incmap_status incmap__claims_add(incmap__id_list *list, const incmap_dataset *dataset,
                                 const incmap_incident *incident, incmap_error *err);

/* "contested", "part_verif", "claimed" or "no_claims"; static. */
const char *incmap__claims_state(const incmap_dataset *dataset, const incmap_incident *incident);

/* An incident's turn among those at its point. */
typedef struct {
    uint32_t number, count; /* from 1; 0 of an incident without a position */
    uint32_t first;         /* index of the one whose turn is the first */
} incmap__spot_turn;

typedef struct {
    const incmap_allocator *allocator;
    incmap__spot_turn *turns; /* one for each incident */
    uint32_t *order;          /* incidents by position; the unlocated come last */
    size_t located;
} incmap__spots;

/* The most exactly placed of a point comes first, then the order of the file. */
incmap_status incmap__spots_find(incmap__spots *spots, const incmap_dataset *dataset,
                                 const incmap_allocator *a, incmap_error *err);
void incmap__spots_free(incmap__spots *spots);

#endif
