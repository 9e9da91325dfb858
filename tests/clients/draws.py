#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The map of the README can be drawn from the project, and looks like a map and not like a blank.

draws.py WRITE_LAYERS DATA
"""
import os
import subprocess
import sys

import expected
import qgis_start

# In the large map: what is there, its colour, and how many pixels of it at least. The counts are half of
# what QGIS 3.22 draws, for other versions smooth edges otherwise.
SEEN = {
    "battles": ((194, 65, 12), 370),
    "an explosion": ((232, 163, 23), 60),
    "the border": ((91, 58, 107), 800),
    "names": ((38, 40, 43), 1100),
}
MAP = (1030, 1040)


def main():
    program, data = sys.argv[1:]
    app = qgis_start.start()
    from qgis.PyQt.QtGui import QImage
    here = os.path.dirname(os.path.abspath(__file__))
    folder = expected.write(program)
    picture = os.path.join(folder.name, "map.png")
    done = subprocess.run([sys.executable, os.path.join(here, "render.py"), folder.name, picture,
                           os.path.join(data, "countries", "countries.shp")])
    if done.returncode:
        qgis_start.leave(done.returncode)
    image = QImage(picture)
    found = {}
    for y in range(MAP[1]):
        for x in range(MAP[0]):
            rgb = image.pixel(x, y) & 0xFFFFFF
            found[rgb] = found.get(rgb, 0) + 1
    bad = 0
    for what, ((r, g, b), least) in SEEN.items():
        n = found.get(r << 16 | g << 8 | b, 0)
        print("%s: %d pixels, expected %d or more" % (what, n, least))
        bad += n < least
    del app
    qgis_start.leave(1 if bad else 0)


if __name__ == "__main__":
    main()
