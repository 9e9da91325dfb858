/* SPDX-License-Identifier: MIT */
/* What the layers made from incidents share: dates and depths as texts, what an incident's claims
 * amount to, and which incidents lie at the very same point. */
#ifndef INCMAP_LAYERS_INCIDENT_ROW_H
#define INCMAP_LAYERS_INCIDENT_ROW_H

#include <incmap/border.h>
#include <incmap/dataset.h>
#include <incmap/date.h>
#include <incmap/distance.h>

#include "base/failure.h"
#include "base/memory.h"

/* A date in ISO 8601, as exact as it was stated: "2023-05-22", "2023-05", "2023-05-22/2023-05-23" to
 * the last day; an open end is "..", as in the standard's second part. "" when nothing is known.
 * buffer: INCMAP_DATE_TEXT_SIZE bytes. */
const char *incmap__date_iso(const incmap_date *date, char *buffer);

/* The depth in km as its band allows; without a sign where the side gives none. buffer:
 * INCMAP_MEASURE_TEXT_SIZE bytes. */
const char *incmap__depth_text(const incmap_depth *depth, char *buffer);

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
