#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Fiona, and GeoPandas where it is, open every layer and find what was put into it.

fiona_reads.py WRITE_LAYERS DATA
"""
import os
import sys
import warnings

import expected

try:
    import fiona
except ImportError:
    fiona = None
try:
    import geopandas
except ImportError:
    geopandas = None


def read(path):
    with fiona.open(path) as layer:
        if layer.encoding and layer.encoding.upper() != "UTF-8":
            sys.exit("%s: read as %s" % (path, layer.encoding))
        rows = []
        for feature in layer:
            row = dict(feature["properties"])
            geometry = feature["geometry"]
            point = geometry and geometry["type"] == "Point"
            row[""] = tuple(geometry["coordinates"][:2]) if point else None
            rows.append(row)
        if len(rows) != len(layer):
            sys.exit("%s: %d features counted, %d read" % (path, len(layer), len(rows)))
        code = fiona.crs.CRS.from_user_input(layer.crs).to_epsg()
    return expected.Layer("EPSG:%s" % code, rows)


def compare(path, layer):
    """What GeoPandas makes of a layer, against what Fiona read."""
    frame = geopandas.read_file(path)
    problems = []
    if len(frame) != len(layer.rows):
        problems.append("%s: GeoPandas reads %d of %d rows" % (path, len(frame), len(layer.rows)))
    if "EPSG:%s" % frame.crs.to_epsg() != layer.crs:
        problems.append("%s: GeoPandas takes it for %s" % (path, frame.crs))
    if sorted(set(frame.columns) - {"geometry"}) != sorted(k for k in layer.rows[0] if k):
        problems.append("%s: GeoPandas finds the columns %s" % (path, list(frame.columns)))
    return problems


def main():
    program, data = sys.argv[1:]
    if not fiona:
        expected.skip("Fiona is not here (Debian: python3-fiona)")
    warnings.simplefilter("error", UserWarning)  # a warning is a question to the user
    folder = expected.write(program)
    paths = {name: os.path.join(folder.name, name + ".shp") for name in expected.LAYERS}
    layers = {name: read(path) for name, path in paths.items()}
    problems = []
    if geopandas:
        for name, path in paths.items():
            problems += compare(path, layers[name])
    print("\n".join(problems) or "GeoPandas: %s" % ("the same" if geopandas else "not here"))
    return expected.report("Fiona", layers, data) or (1 if problems else 0)


if __name__ == "__main__":
    sys.exit(main())
