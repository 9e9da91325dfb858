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


def main():
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
