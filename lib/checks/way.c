/* SPDX-License-Identifier: MIT */
/* Statements about something on its way from one place toward another: the depths, or distances, that
 * the way runs through, where the said one is reached, and which settlements lie by the way before
 * and behind that point. */
#include <math.h>

#include "checks/verdict.h"
#include "geodesy/ellipsoid.h"

/* Steps along the way: 200 m apart, for no border bends away from a straight way by much between
 * two of them, within bounds that keep a short way exact and a long one quick. */
enum { STEPS_LEAST = 16, STEPS_MOST = 256, NEAREST = 48 };

typedef struct {
    const incmap__case *c;
    incmap_coord reference;
    bool to_border;
    incmap__geodesic_line line;
    double length_m;
} way;

static void open_way(const incmap__case *c, const incmap_place *of, const incmap_place *toward,
                     const incmap_place *reference, way *w)
{
    double azimuth = 0;

    *w = (way){ .c = c, .to_border = !reference };
    if (reference) w->reference = reference->at;
    incmap__geodesic_inverse(of->at, toward->at, &w->length_m, &azimuth, NULL);
    incmap__geodesic_line_init(&w->line, of->at, azimuth);
}

static incmap_status value_of(const way *w, incmap_coord at, double *out)
{
    incmap_depth depth;
    incmap_status st;

    if (!w->to_border) {
        incmap__geodesic_inverse(w->reference, at, out, NULL, NULL);
        return INCMAP_OK;
    }
    st = incmap_border_measure(w->c->ctx, w->c->border, at, 0, &depth);
    if (!st) *out = fabs(depth.depth_m);
    return st;
}

static incmap_status value_at(const way *w, double at_m, double *out)
{
    return value_of(w, incmap__geodesic_line_at(&w->line, at_m, NULL), out);
}

static int steps_of(const way *w)
{
    return (int)fmin(STEPS_MOST, fmax(STEPS_LEAST, w->length_m / 200));
}

incmap_status incmap__way_measure(const incmap__case *c, const incmap_place *of,
                                  const incmap_place *toward, const incmap_place *reference,
                                  incmap__measured *m)
{
    incmap_status st = INCMAP_OK;
    way w;

    open_way(c, of, toward, reference, &w);
    const int steps = steps_of(&w);
    for (int i = 0; !st && i <= steps; i++) {
        double value = 0;
        st = value_at(&w, w.length_m * i / steps, &value);
        if (i == 0 || value < m->low) m->low = value;
        if (i == 0 || value > m->high) m->high = value;
    }
    return st;
}

/* The first place on the way where the value is reached, by halving the step that holds it. */
static incmap_status find_crossing(const way *w, double value_m, double *at_m)
{
    const int steps = steps_of(w);
    double before = 0, now;
    incmap_status st = value_at(w, 0, &before);

    *at_m = NAN;
    for (int i = 1; !st && i <= steps; i++) {
        double from = w->length_m * (i - 1) / steps, to = w->length_m * i / steps;
        const double sign = before - value_m;
        st = value_at(w, to, &now);
        if (st) return st;
        if ((sign < 0) == (now < value_m)) {
            before = now;
            continue;
        }
        for (int half = 0; !st && half < 40 && to - from > 0.01; half++) {
            const double middle = (from + to) / 2;
            st = value_at(w, middle, &now);
            if ((now < value_m) == (sign < 0))
                from = middle;
            else
                to = middle;
        }
        *at_m = (from + to) / 2;
        return st;
    }
    return st;
}

/* How far a point lies from the way, by its steps. */
static double distance_from(const way *w, incmap_coord point)
{
    const int steps = steps_of(w);
    double nearest = INFINITY, metres;

    for (int i = 0; i <= steps; i++) {
        const incmap_coord at = incmap__geodesic_line_at(&w->line, w->length_m * i / steps, NULL);
        incmap__geodesic_inverse(point, at, &metres, NULL, NULL);
        nearest = fmin(nearest, metres);
    }
    return nearest;
}

/* A settlement lies by the way when the way comes within its own extent and uncertainty of it, with
 * the step between two samples. */
static bool is_by(const way *w, const incmap_place *place)
{
    const double near = incmap_place_uncertainty_m(place) + incmap_check_extent_of(place).radius_m;
    return distance_from(w, place->at) <= near + w->length_m / steps_of(w) / 2;
}

static incmap_status find_neighbours(const way *w, double value_m, incmap_check *check)
{
    incmap_find_options options = INCMAP_FIND_OPTIONS_INIT;
    incmap_near near[NEAREST];
    size_t count = 0;
    incmap_status st;

    options.kinds = INCMAP_PLACE_SETTLEMENTS;
    st = incmap_gazetteer_nearest(w->c->ctx, w->c->gazetteer, check->at, &options, NEAREST, near,
                                  &count);
    for (size_t i = 0; !st && i < count; i++) {
        const incmap_place *place = near[i].place;
        double value = 0;
        if (near[i].distance_m > w->length_m + 20e3 || !is_by(w, place)) continue;
        st = value_of(w, place->at, &value);
        if (value <= value_m && !(check->before && value <= check->before_m)) {
            check->before = place;
            check->before_m = value;
        }
        if (value > value_m && !(check->behind && value >= check->behind_m)) {
            check->behind = place;
            check->behind_m = value;
        }
    }
    return st;
}

incmap_status incmap__way_locate(const incmap__case *c, const incmap_place *of,
                                 const incmap_place *toward, const incmap_place *reference,
                                 double value_m, incmap_check *check)
{
    incmap_status st;
    way w;

    open_way(c, of, toward, reference, &w);
    st = find_crossing(&w, value_m, &check->at_m);
    if (st || isnan(check->at_m)) return st;
    check->at = incmap__geodesic_line_at(&w.line, check->at_m, NULL);
    return find_neighbours(&w, value_m, check);
}
