# SPDX-License-Identifier: MIT
"""Figures on the map, rounded as the library rounds them, so that map and table say the same."""
import math


def km(value_m, band_m):
    """As incmap_measure_text has it: the band rounded up to one digit, two where the first is a 1,
    and the value to the same place."""
    band = band_m / 1000
    place = math.floor(math.log10(band))
    if band / 10.0 ** place < 2:
        place -= 1
    steps = math.ceil(band / 10.0 ** place * (1 - 1e-9))
    if steps == 20:
        steps, place = 2, place + 1
    shown = "%%.%df" % max(-place, 0)
    value = round(value_m / 1000 / 10.0 ** place) * 10.0 ** place
    return "%s ± %s km" % (shown % (value + 0.0), shown % (steps * 10.0 ** place))
