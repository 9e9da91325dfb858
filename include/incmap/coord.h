/* SPDX-License-Identifier: MIT */
/* Positions: degrees on WGS 84, their ranges, and how they are written.
 *
 * Threads: a function that takes a ctx, one thread per ctx; one that changes an object, no other
 * thread in that object. What only reads may be called from any thread. */
#ifndef INCMAP_COORD_H
#define INCMAP_COORD_H

#include <incmap/context.h>

INCMAP_BEGIN_DECLS

/** Degrees on WGS 84. lat -90 to 90; any finite lon, wrapped to one turn where it is used. */
typedef struct {
    double lat, lon;
} incmap_coord;

/** True when both are finite and |lat| <= 90. */
INCMAP_API bool incmap_coord_is_valid(incmap_coord c);

/** The same position with lon in [-180, 180). The latitude is not touched. */
INCMAP_API incmap_coord incmap_coord_wrap(incmap_coord c);

/** A position as it was written, and how exact that writing can be. */
typedef struct {
    incmap_coord at;
    double lat_step_deg; /**< value of one unit of the last printed digit of the latitude, degrees:
                              1/60 for whole minutes, 0.0001 for four decimals */
    double lon_step_deg; /**< the same for the longitude */
    double precision_m;  /**< radius in metres that the way of writing leaves open: one whole step
                              north-south and one east-west, since a number may be cut as well as
                              rounded. `50°27'N 35°35'E` leaves 2200 m */
} incmap_coord_text;

/**
 * Read a position: "50.4614, 35.6025", "50.4614N 35.6025E", "50°27'41\"N 35°36'09\"E",
 * "N50 27.683 E35 36.15", "50°27′41″ с. ш. 35°36′09″ в. д." (Russian), "пн. ш. / сх. д."
 * (Ukrainian), "35.6025E 50.4614N". Without letters the order is latitude, longitude. A decimal
 * comma is read where it cannot be the separator ("50,4614; 35,6025", "50,4614 35,6025").
 *
 * @param text  UTF-8, borrowed
 * @param out   receives the position; unchanged on failure
 *
 * @return INCMAP_OK
 * @return INCMAP_EPARSE   not a position; the message says what was found at which character
 * @return INCMAP_EDOMAIN  latitude beyond 90, longitude beyond 180, minutes or seconds of 60 or more
 * @return INCMAP_EARG     a pointer is NULL
 *
 * Threads:  one thread per ctx
 * Since:    0.1
 */
INCMAP_API incmap_status incmap_coord_parse(incmap_ctx *ctx, const char *text,
                                            incmap_coord_text *out);

INCMAP_END_DECLS

#endif
