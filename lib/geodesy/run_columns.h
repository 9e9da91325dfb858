/* SPDX-License-Identifier: MIT */
/* The runs of many outlines by the columns of longitude that they touch, so that one look at a column finds all
 * that a meridian can cross. Immutable once built.
 *
 *   column 1    column 2    column 3          in each column the runs in the order of their outlines,
 *   |     .--------.  |         |             each with the latitudes that it can reach
 *   |  runs of A   |  B         |
 */
#ifndef INCMAP_GEODESY_RUN_COLUMNS_H
#define INCMAP_GEODESY_RUN_COLUMNS_H

#include "geodesy/outline.h"

enum { INCMAP__COLUMNS_PER_DEGREE = 4, INCMAP__COLUMNS = 360 * INCMAP__COLUMNS_PER_DEGREE };

typedef struct {
    uint32_t outline, run;
    /* Its box with the bulge of its edges, rounded outward; all around where it goes past 180 degrees. */
    float south, north, west, east;
    double start_lon, end_lon; /* all that matters of a run that lies north of a point */
} incmap__column_item;

typedef struct {
    incmap_allocator allocator;
    incmap__column_item *items;
    size_t *starts; /* column k has items[starts[k]] up to starts[k + 1] */
} incmap__run_columns;

/* outlines[n] are asked for by their numbers later on. INCMAP_ENOMEM. */
incmap_status incmap__run_columns_build(incmap__run_columns *out,
                                        const incmap__outline *const outlines[], size_t n,
                                        const incmap_allocator *a, incmap_error *err);
/* A zeroed one may be freed. */
void incmap__run_columns_free(incmap__run_columns *columns);

/* The column of any longitude. */
int incmap__column_of(double lon);

/* Whether an odd number of the item's edges cross the point's meridian north of it, which is in the item's
 * column; the outline is the item's. lon in [-180, 180). */
bool incmap__column_item_crosses_north(const incmap__column_item *item,
                                       const incmap__outline *outline, incmap_coord point);

/* Whether an odd number of the run's edges cross the point's meridian north of it. lon in [-180, 180). */
bool incmap__run_crosses_north(const incmap__outline *outline, size_t run, incmap_coord point);

/* Whether an edge of the run, cuts at the edge of the map aside, comes within radius_m of the point. */
bool incmap__run_comes_near(const incmap__outline *outline, size_t run, incmap_coord point,
                            double radius_m);

#endif
