/* SPDX-License-Identifier: MIT */
/* What was reckoned, not given, in steps of a tenth of a millimetre: the C library's sines differ in their last
 * digits from processor to processor, and a layer should have the same bytes on all. A value within
 * 1e-15 of the middle of two steps may still fall on either, one in a million or so. */
#ifndef INCMAP_LAYERS_WHOLE_STEPS_H
#define INCMAP_LAYERS_WHOLE_STEPS_H

#include <math.h>

#include <incmap/coord.h>

/* + 0 leaves no -0. */
static inline double incmap__whole_metres(double m)
{
    return rint(m * 1e4) / 1e4 + 0.0;
}

static inline double incmap__whole_degrees(double degrees)
{
    return rint(degrees * 1e9) / 1e9 + 0.0;
}

static inline incmap_coord incmap__whole_coord(incmap_coord c)
{
    return (incmap_coord){ .lat = incmap__whole_degrees(c.lat),
                           .lon = incmap__whole_degrees(c.lon) };
}

#endif
