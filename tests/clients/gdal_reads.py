#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""GDAL opens every layer and finds what was put into it.

gdal_reads.py WRITE_LAYERS DATA
"""
import json
import os
import re
import shutil
import subprocess
import sys

import expected


def run(*command):
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    # a warning is a question to the user, and there shall be none
    if done.returncode or done.stderr.strip():
        sys.exit("%s: %s" % (" ".join(command), done.stderr.decode()))
    return done.stdout.decode("utf-8")


def value(v):
    return v.replace("/", "-") if isinstance(v, str) and re.fullmatch(r"\d{4}/\d\d/\d\d", v) else v


def read(path):
    about = run("ogrinfo", "-al", "-so", path)
    # the code of the whole system stands last, at the end of its text
    codes = re.findall(r'(?:ID|AUTHORITY)\["EPSG",\s*"?(\d+)"?\]\]', about)
    features = json.loads(run("ogr2ogr", "-f", "GeoJSON", "-lco", "COORDINATE_PRECISION=15",
                              "/vsistdout/", path))["features"]
    count = int(re.search(r"Feature Count: (\d+)", about).group(1))
    if count != len(features):
        sys.exit("%s: %d features counted, %d read" % (path, count, len(features)))
    rows = []
    for feature in features:
        row = {k: value(v) for k, v in feature["properties"].items()}
        geometry = feature["geometry"]
        point = geometry and geometry["type"] == "Point"
        row[""] = tuple(geometry["coordinates"][:2]) if point else None
        rows.append(row)
    return expected.Layer("EPSG:" + codes[-1] if codes else "none", rows)


def main():
    program, data = sys.argv[1:]
    if not shutil.which("ogrinfo") or not shutil.which("ogr2ogr"):
        expected.skip("GDAL's ogrinfo and ogr2ogr are not here (Debian: gdal-bin)")
    folder = expected.write(program)
    layers = {name: read(os.path.join(folder.name, name + ".shp")) for name in expected.LAYERS}
    return expected.report("GDAL", layers, data)


if __name__ == "__main__":
    sys.exit(main())
