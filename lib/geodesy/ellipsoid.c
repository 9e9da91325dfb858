/* SPDX-License-Identifier: MIT */
/* PROJ's geodesics behind incmap's terms. Nothing else in the library includes geodesic.h. */
#include "geodesy/ellipsoid.h"

#include <assert.h>
#include <geodesic.h>
#include <math.h>
#include <pthread.h>
#include <string.h>

#include "geodesy/trig.h"

static struct geod_geodesic wgs84_storage;
static pthread_once_t wgs84_once = PTHREAD_ONCE_INIT;

static void wgs84_init(void)
{
    geod_init(&wgs84_storage, INCMAP__WGS84_A, INCMAP__WGS84_F);
}

/* geod_init fills PROJ's own constants at its first call without a lock. pthread_once, since C11's
 * call_once is missing from several C libraries. */
static const struct geod_geodesic *wgs84(void)
{
    pthread_once(&wgs84_once, wgs84_init);
    return &wgs84_storage;
}

incmap__ecef incmap__ecef_from_coord(incmap_coord c)
{
    const double turned = fabs(c.lon) <= 180 ? c.lon : remainder(c.lon, 360);
    double sin_lat, cos_lat, sin_lon, cos_lon;

    assert(incmap_coord_is_valid(c));
    incmap__sincos_degrees(c.lat, &sin_lat, &cos_lat);
    incmap__sincos_degrees(turned, &sin_lon, &cos_lon);
    return incmap__ecef_from_sines(sin_lat, cos_lat, sin_lon, cos_lon);
}

void incmap__geodesic_inverse(incmap_coord a, incmap_coord b, double *distance_m,
                              double *azimuth_a_deg, double *azimuth_b_deg)
{
    assert(incmap_coord_is_valid(a) && incmap_coord_is_valid(b));
    geod_inverse(wgs84(), a.lat, a.lon, b.lat, b.lon, distance_m, azimuth_a_deg, azimuth_b_deg);
}

void incmap__geodesic_inverse_scale(incmap_coord a, incmap_coord b, incmap__geodesic_full *out)
{
    assert(incmap_coord_is_valid(a) && incmap_coord_is_valid(b));
    geod_geninverse(wgs84(), a.lat, a.lon, b.lat, b.lon, &out->distance_m, &out->azimuth_a_deg,
                    &out->azimuth_b_deg, &out->reduced_length_m, &out->scale_ab, &out->scale_ba,
                    NULL);
}

/* PROJ gives 180 or -180 for the antimeridian; incmap has one way of writing it. */
static incmap_coord one_antimeridian(incmap_coord c)
{
    if (c.lon >= 180) c.lon -= 360;
    return c;
}

incmap_coord incmap__geodesic_direct(incmap_coord from, double azimuth_deg, double distance_m,
                                     double *azimuth_there_deg)
{
    incmap_coord there;
    assert(incmap_coord_is_valid(from) && isfinite(azimuth_deg) && isfinite(distance_m));
    geod_direct(wgs84(), from.lat, from.lon, azimuth_deg, distance_m, &there.lat, &there.lon,
                azimuth_there_deg);
    return one_antimeridian(there);
}

_Static_assert(sizeof(struct geod_geodesicline) <= sizeof(incmap__geodesic_line),
               "PROJ's line has outgrown its storage");
_Static_assert(_Alignof(struct geod_geodesicline) <= _Alignof(incmap__geodesic_line),
               "PROJ's line needs a stricter alignment");

void incmap__geodesic_line_init(incmap__geodesic_line *line, incmap_coord from, double azimuth_deg)
{
    struct geod_geodesicline prepared;
    assert(incmap_coord_is_valid(from) && isfinite(azimuth_deg));
    geod_lineinit(&prepared, wgs84(), from.lat, from.lon, azimuth_deg,
                  GEOD_LATITUDE | GEOD_LONGITUDE | GEOD_AZIMUTH | GEOD_DISTANCE_IN);
    memset(line, 0, sizeof *line);
    memcpy(line->storage, &prepared, sizeof prepared);
}

incmap_coord incmap__geodesic_line_at(const incmap__geodesic_line *line, double at_m,
                                      double *azimuth_there_deg)
{
    struct geod_geodesicline prepared;
    incmap_coord there;
    assert(isfinite(at_m));
    /* A copy, not a cast: PROJ's struct is not the type that the storage was declared with. */
    memcpy(&prepared, line->storage, sizeof prepared);
    geod_position(&prepared, at_m, &there.lat, &there.lon, azimuth_there_deg);
    return one_antimeridian(there);
}
