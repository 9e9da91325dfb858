#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The map of the README can be drawn from the layers, and looks like a map and not like a blank.

draws.py WRITE_LAYERS DATA
"""
import os
import struct
import subprocess
import sys

import expected
from rounding import km

# What incmap_measure_text gives for these metres: the tables of the examples have them.
LABELS = {
    (32790, 10100): "33 ± 11 km", (1794.5, 1100): "1.8 ± 1.1 km", (26472, 2600): "26 ± 3 km",
    (-102448.9, 10110.4): "-102 ± 11 km", (543, 1950): "1 ± 2 km", (-40, 1100): "0.0 ± 1.1 km",
    (361000.9, 92607): "360 ± 100 km", (95, 110): "0.10 ± 0.11 km",
}


def main():
    wrong = ["%s km ± %s: %s, expected %s" % (v, b, km(v, b), text)
             for (v, b), text in LABELS.items() if km(v, b) != text]
    if wrong:
        print("\n".join(wrong))
        return 1
    program, data = sys.argv[1:]
    here = os.path.dirname(os.path.abspath(__file__))
    folder = expected.write(program)
    picture = os.path.join(folder.name, "map.png")
    done = subprocess.run([sys.executable, os.path.join(here, "render.py"), folder.name, picture,
                           os.path.join(data, "countries", "countries.shp")])
    if done.returncode:
        return done.returncode
    with open(picture, "rb") as f:
        png = f.read()
    width, height = struct.unpack(">II", png[16:24])
    # a map without its labels and symbols takes some 60 kB less
    good = (width, height) == (1600, 1000) and len(png) > 90000
    print("%d x %d, %d bytes" % (width, height, len(png)))
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
