/* SPDX-License-Identifier: MIT */
/* Where an incident is, how sure that is, and how deep that lies behind a border. */
#include <math.h>

#include "base/context.h"
#include "places/place.h"
#include "reports/dataset.h"

/* How wide a kind of place is, on the scale of the location precisions. */
static incmap_location_precision rank_of(incmap_place_kind kind)
{
    switch (kind) {
    case INCMAP_PLACE_COUNTRY:
    case INCMAP_PLACE_HISTORICAL_COUNTRY: return INCMAP_LOCATION_COUNTRY;
    case INCMAP_PLACE_REGION: return INCMAP_LOCATION_REGION;
    case INCMAP_PLACE_DISTRICT: return INCMAP_LOCATION_DISTRICT;
    case INCMAP_PLACE_BORDER_POST: return INCMAP_LOCATION_EXACT_SITE;
    default: return INCMAP_LOCATION_SETTLEMENT;
    }
}

/* The radius for an area of which only the rank is known, for instance where a town is given as the
 * place of an event that is located no better than to the district: the bound for that kind of
 * place (incmap_place_extent). The town need not be the middle of its district: Dronovka lies 25 km
 * from Grayvoron, the seat, though the district's own radius is 16 km. */
static double bound_of(incmap_location_precision precision)
{
    switch (precision) {
    case INCMAP_LOCATION_COUNTRY: return incmap__place_kind_bound(INCMAP_PLACE_COUNTRY);
    case INCMAP_LOCATION_REGION: return incmap__place_kind_bound(INCMAP_PLACE_REGION);
    case INCMAP_LOCATION_DISTRICT: return incmap__place_kind_bound(INCMAP_PLACE_DISTRICT);
    case INCMAP_LOCATION_SETTLEMENT: return incmap__place_kind_bound(INCMAP_PLACE_CITY);
    case INCMAP_LOCATION_EXACT_SITE:
    case INCMAP_LOCATION_UNKNOWN: break;
    }
    return 0;
}

/* What the location precision leaves open around the position, which is the point of `given` or, with
 * NULL, the incident's own. A place of that rank or wider has an extent of its own. A site that is
 * known exactly lies somewhere in the place when all that is given is the place's point. */
static incmap_extent extent_of(const incmap_incident *incident, const incmap_place *given)
{
    const incmap_location_precision precision = incident->location_precision;
    const incmap_place *place = incident->place ? incident->place : incident->post;

    if (precision == INCMAP_LOCATION_EXACT_SITE)
        return given ? incmap_place_extent(given) : (incmap_extent){ 0, true };
    if (place && (precision == INCMAP_LOCATION_UNKNOWN || rank_of(place->kind) <= precision))
        return incmap_place_extent(place);
    return (incmap_extent){ bound_of(precision), false };
}

void incmap__incident_place(incmap_incident *incident, const incmap__own_position *own)
{
    const incmap_place *given = NULL;
    double uncertainty_m = own->uncertainty_m;
    incmap_extent extent;

    if (!own->located) {
        if (incident->place && incident->place->located) given = incident->place;
        if (incident->post && incident->post->located) given = incident->post;
    }
    incident->located = own->located || given;
    if (!incident->located) {
        incident->uncertainty_m = NAN;
        return;
    }
    incident->at = given ? given->at : own->at;
    incident->on_border =
        given && given->post && given->post->on_border && !(incident->place_about_m > 0);
    if (given) uncertainty_m = incmap_place_uncertainty_m(given);
    extent = extent_of(incident, given);
    incident->extent_known = extent.known;
    if (isnan(uncertainty_m)) uncertainty_m = INCMAP__UNCERTAINTY_UNSTATED_M;
    incident->uncertainty_m = fmax(uncertainty_m, extent.radius_m);
    /* "4 km north of Kozinka" may have been measured from any of its houses. */
    if (given && given == incident->place && incident->place_about_m > 0) {
        incident->uncertainty_m += incident->place_about_m;
        incident->extent_known = false;
    }
}

/* Whether its point was computed from a border; a UCDP event that is only known to lie on one was not. */
static bool is_at_computed(const incmap_incident *incident)
{
    const incmap_place *const places[] = { incident->post, incident->place };

    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        const incmap_place *place = places[i];
        if (place && place->post && place->post->on_border && place->at.lat == incident->at.lat &&
            place->at.lon == incident->at.lon)
            return true;
    }
    return false;
}

/* A point that was computed from a border says nothing of its distance to that one, but by any other
 * border, or another drawing of it that passes farther off than the band, it has a depth as every point. */
static incmap_placed placed_of(const incmap_incident *incident, const incmap_depth *depth)
{
    if (!incident->on_border) return INCMAP_PLACED_MEASURED;
    return is_at_computed(incident) && fabs(depth->depth_m) > depth->band_m
               ? INCMAP_PLACED_MEASURED
               : INCMAP_PLACED_ON_BORDER;
}

incmap_status incmap_incident_measure(incmap_ctx *ctx, const incmap_incident *incident,
                                      const incmap_border *border, incmap_depth *depth,
                                      incmap_placed *placed)
{
    incmap_status st;

    if (!ctx || !incident || !border || !depth || !placed)
        return incmap__fail(ctx ? &ctx->error : NULL, INCMAP_EARG, "measure incident: NULL");
    if (!incident->located) {
        *depth = (incmap_depth){ .depth_m = NAN,
                                 .band_m = NAN,
                                 .nearest = { NAN, NAN },
                                 .azimuth_deg = NAN,
                                 .along_m = NAN,
                                 .line = -1 };
        *placed = INCMAP_PLACED_NOWHERE;
        return INCMAP_OK;
    }
    st = incmap_border_measure(ctx, border, incident->at, incident->uncertainty_m, depth);
    if (!st) *placed = placed_of(incident, depth);
    return st;
}
