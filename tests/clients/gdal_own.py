#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""GDAL reads a program's own layers, finds by their index what is there, and brings them to GeoJSON and
back without a change.

gdal_own.py WRITE_OWN
"""
import json
import os
import re
import shutil
import subprocess
import sys

import expected
import own_layers


def run(*command):
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    # a warning is a question to the user, and there shall be none
    if done.returncode or done.stderr.strip():
        sys.exit("%s: %s" % (" ".join(command), done.stderr.decode()))
    return done.stdout.decode("utf-8")


def features(path, *options):
    return json.loads(run("ogr2ogr", "-f", "GeoJSON", "-lco", "COORDINATE_PRECISION=15",
                          "-lco", "RFC7946=NO", *options, "/vsistdout/", path))["features"]


def plain(properties):
    """Without NULL, which GDAL leaves out for a date and writes for all else."""
    return {k: v.replace("/", "-") if isinstance(v, str) and re.fullmatch(r"\d{4}/\d\d/\d\d", v)
            else v for k, v in properties.items() if v is not None}


def row_problems(name, path):
    found = features(path)
    problems = []
    for i, feature in enumerate(found):
        problems += own_layers.row_problems(name, i, plain(feature["properties"]))
    if len(found) != (own_layers.ROWS if name in ("points", "utm37", "web", "laea") else 40):
        problems.append("%s: %d features" % (name, len(found)))
    return problems


def system_problems(name, path):
    about = run("ogrinfo", "-al", "-so", path)
    codes = re.findall(r'(?:ID|AUTHORITY)\["EPSG",\s*"?(\d+)"?\]\]', about)
    if not codes or "EPSG:" + codes[-1] != own_layers.SYSTEMS[name]:
        return ["%s: system %r" % (name, codes[-1:])]
    return []


def place_problems(name, path):
    """GDAL's own way back to lon/lat ends where the points came from, within a millimetre."""
    problems = []
    for i, feature in enumerate(features(path, "-t_srs", "EPSG:4326")):
        geometry = feature["geometry"]
        if (geometry is None) != (i % 9 == 0):
            problems.append("%s %d: geometry %r" % (name, i, geometry))
        elif geometry:
            lon, lat = own_layers.place(i)
            x, y = geometry["coordinates"]
            if abs(x - lon) > 1e-8 or abs(y - lat) > 1e-8:
                problems.append("%s %d: lies at %r, %r, expected %r, %r" % (name, i, x, y, lon, lat))
    return problems


def search_problems(path):
    """Through the .qix and without it a box finds the same, and what lies in it."""
    problems = []
    for box in [(32, 48, 33, 49), (34.05, 49.95, 36.15, 51.05), (40.8, 53.2, 50, 60), (0, 0, 1, 1),
                (30, 40, 41, 50)]:
        command = ["ogrinfo", "-al", "-so", "-spat"] + [str(v) for v in box] + [path]
        with_index = int(re.search(r"Feature Count: (\d+)", run(*command)).group(1))
        inside = sum(1 for i in range(own_layers.ROWS) if i % 9 and
                     box[0] <= own_layers.place(i)[0] <= box[2] and
                     box[1] <= own_layers.place(i)[1] <= box[3])
        if with_index != inside:
            problems.append("box %r: %d found, %d are there" % (box, with_index, inside))
    return problems


def return_problems(name, path, folder):
    """To GeoJSON and back to a shapefile, and then the same features again."""
    there, back = os.path.join(folder, name + ".json"), os.path.join(folder, "back_" + name + ".shp")
    run("ogr2ogr", "-f", "GeoJSON", "-lco", "COORDINATE_PRECISION=15", there, path)
    run("ogr2ogr", "-f", "ESRI Shapefile", "-lco", "ENCODING=UTF-8", back, there)
    before, after = features(path), features(back)
    if [f["geometry"] for f in before] != [f["geometry"] for f in after]:
        return ["%s: other shapes after the way to GeoJSON and back" % name]
    if [plain(f["properties"]) for f in before] != [plain(f["properties"]) for f in after]:
        return ["%s: other values after the way to GeoJSON and back" % name]
    return []


def main():
    if not shutil.which("ogrinfo") or not shutil.which("ogr2ogr"):
        expected.skip("GDAL's ogrinfo and ogr2ogr are not here (Debian: gdal-bin)")
    folder = own_layers.write(sys.argv[1])
    found = []
    for name in own_layers.SYSTEMS:
        path = os.path.join(folder.name, name + ".shp")
        found += row_problems(name, path) + system_problems(name, path)
        if name in ("points", "utm37", "web", "laea"):
            found += place_problems(name, path)
        if name in ("points", "polygons"):
            found += return_problems(name, path, folder.name)
    found += search_problems(os.path.join(folder.name, "points.shp"))
    for text in found[:40]:
        print(text)
    print("GDAL: %d layers, %d problems" % (len(own_layers.SYSTEMS), len(found)))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
