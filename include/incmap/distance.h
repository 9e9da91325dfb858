/* SPDX-License-Identifier: MIT */
/* Distances, azimuths and destinations on WGS 84 by PROJ's geodesics, and the units in which
 * people read them.
 *
 * Threads: a function that takes a ctx, one thread per ctx; one that changes an object, no other
 * thread in that object. What only reads may be called from any thread. */
#ifndef INCMAP_DISTANCE_H
#define INCMAP_DISTANCE_H

#include <incmap/context.h>
#include <incmap/coord.h>

INCMAP_BEGIN_DECLS

/**
 * Shortest distance between two points on WGS 84.
 *
 * @param ctx         borrowed; its error is set on failure
 * @param a, b        degrees; |lat| <= 90; any finite lon, wrapped to one turn
 * @param distance_m  receives metres, 0 to 20003931.5; unchanged on failure
 *
 * @return INCMAP_OK
 * @return INCMAP_EDOMAIN  a latitude beyond 90, or a value not finite
 * @return INCMAP_EARG     a pointer is NULL
 *
 * Symmetric in a and b; exactly zero when they coincide. Nearly antipodal points converge like any
 * others. Allocates nothing.
 *
 * Method:   geod_inverse() of PROJ; error below 15 nm.
 * Source:   Karney, Algorithms for geodesics, J. Geodesy 87 (2013) 43-55,
 *           doi:10.1007/s00190-012-0578-z
 * Threads:  one thread per ctx
 * Since:    0.1
 */
INCMAP_API incmap_status incmap_distance(incmap_ctx *ctx, incmap_coord a, incmap_coord b,
                                         double *distance_m);

/** What the inverse problem answers. */
typedef struct {
    double distance_m;
    double azimuth_deg;      /**< at a, toward b; clockwise from north, 0 <= azimuth < 360 */
    double back_azimuth_deg; /**< at b, toward a; 0 <= azimuth < 360 */
} incmap_geodesic;

/**
 * Distance and both azimuths. Where the points coincide both azimuths are 0; where the shortest
 * way is not unique (pole to pole, antipodes) they are those of one of the ways.
 *
 * @return as incmap_distance; *out is unchanged on failure
 */
INCMAP_API incmap_status incmap_inverse(incmap_ctx *ctx, incmap_coord a, incmap_coord b,
                                        incmap_geodesic *out);

/**
 * Where one arrives from a point, going along a geodesic.
 *
 * @param azimuth_deg  at from, clockwise from north; any finite value
 * @param distance_m   metres; any finite value, a negative one goes backwards
 * @param out          receives the point, lon in [-180, 180); unchanged on failure
 *
 * @return INCMAP_OK, INCMAP_EDOMAIN (a value outside its range), INCMAP_EARG
 *
 * Method:   geod_direct() of PROJ
 * Threads:  one thread per ctx
 * Since:    0.1
 */
INCMAP_API incmap_status incmap_destination(incmap_ctx *ctx, incmap_coord from, double azimuth_deg,
                                            double distance_m, incmap_coord *out);

/**
 * From one point to many.
 *
 * @param to       n points
 * @param metres   receives n distances; NaN where to[i] is no coordinate
 *
 * @return INCMAP_OK
 * @return INCMAP_EPARTIAL  some to[i] are no coordinates; the message says how many and the first
 * @return INCMAP_EDOMAIN   from is no coordinate; metres is unchanged
 * @return INCMAP_EARG      a pointer is NULL while n > 0
 */
INCMAP_API incmap_status incmap_distance_many(incmap_ctx *ctx, incmap_coord from,
                                              const incmap_coord to[], size_t n, double metres[]);

/**
 * All pairs: metres[i * n_to + j] is the distance from from[i] to to[j].
 *
 * @param metres  receives n_from * n_to distances, row major; NaN in the rows and columns of what
 *                is no coordinate
 * @return as incmap_distance_many; INCMAP_EPARTIAL counts the bad points of both lists
 */
INCMAP_API incmap_status incmap_distance_matrix(incmap_ctx *ctx, const incmap_coord from[],
                                                size_t n_from, const incmap_coord to[], size_t n_to,
                                                double *metres);

typedef enum {
    INCMAP_UNIT_M = 0,
    INCMAP_UNIT_KM = 1,
    INCMAP_UNIT_MI = 2, /**< international mile, 1609.344 m */
    INCMAP_UNIT_NMI = 3 /**< nautical mile, 1852 m */
} incmap_unit;

/** Metres in one of the unit; NaN for a value not listed. */
INCMAP_API double incmap_unit_metres(incmap_unit unit);

/** "m", "km", "mi", "nmi"; static. */
INCMAP_API const char *incmap_unit_text(incmap_unit unit);

/** The reverse. False, and *out unchanged, for any other text. */
INCMAP_API bool incmap_unit_parse(const char *text, incmap_unit *out);

/**
 * The compass point nearest to an azimuth: "N", "NNE", "NE" ...
 *
 * @param azimuth_deg  any finite value; "" for another
 * @param points       8 or 16; "" for another
 * @return static
 */
INCMAP_API const char *incmap_compass_text(double azimuth_deg, int points);

/** Room for any text of incmap_measure_text, with the final zero. */
#define INCMAP_MEASURE_TEXT_SIZE 64

/**
 * A measured value as exact as its band allows and no more: the band is rounded up to one digit
 * (two where the first is a 1), the value to the nearest step of the same place, halves away from
 * zero. 1794 m with a band of 900 m is "1.8 ±0.9" in km; 543 with 1100 is "0.5 ±1.1", and in metres
 * "500 ±1100". A negative value is treated alike, but what rounds to zero has no minus sign: -60 m
 * with 900 is "-0.1 ±0.9" in km, -40 m is "0.0 ±0.9". The finest place is a millionth of the unit.
 * The text has a decimal point in every locale, and U+00B1 in UTF-8.
 *
 * @param value_m  metres; the text is "?" for a NaN, for more than 1e9 m either way (no distance on
 *                 Earth), and for a unit not listed
 * @param band_m   metres, not negative; NaN or 0: the value is printed to the metre (km, mi, nmi:
 *                 three decimals) without a band; beyond 1e9 m the text is "?"
 * @param buffer   at least INCMAP_MEASURE_TEXT_SIZE bytes
 * @return buffer; the unit's name is not in it
 *
 * Threads:  any
 * Since:    0.1
 */
INCMAP_API const char *incmap_measure_text(double value_m, double band_m, incmap_unit unit,
                                           char *buffer);

INCMAP_END_DECLS

#endif
