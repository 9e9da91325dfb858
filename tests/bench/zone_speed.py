#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Belts along the default border by incmap, by GEOS in a plane and by PostGIS, in one run and one table.

zone_speed.py ZONE_SPEED    ZONE_SPEED is zone_speed.c's program. PostGIS is asked through psql, in the
database that PGHOST, PGDATABASE and so on name; without one a line says so.
"""
import datetime
import math
import os
import platform
import re
import statistics
import subprocess
import sys
import tempfile

ROUNDS = 5
DISTANCES_KM = (1, 5, 20, 50)


def run(command, **options):
    return subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                          **options)


def processor():
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as file:
            return re.search(r"model name\s*: (.*)", file.read()).group(1)
    except (OSError, AttributeError):
        return platform.machine()


def psql(script):
    return run(["psql", "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1"], input=script)


def buffer_script(line, km):
    """Quarter circles in as many parts as keep arcs within 0.3 m, like incmap's."""
    metres = km * 1000
    parts = math.ceil(math.pi / 2 / (2 * math.acos(1 - 0.3 / metres)))
    query = "ST_Buffer(g, %d, 'quad_segs=%d')" % (metres, parts)
    return "\n".join(
        ["SET client_min_messages = error;",
         "CREATE TEMP TABLE border AS SELECT '%s'::geography AS g;" % line] +
        ["EXPLAIN (ANALYZE, TIMING OFF) SELECT ST_NPoints(%s::geometry) FROM border;" % query]
        * ROUNDS + ["SELECT ST_AsText(%s::geometry, 10) FROM border;" % query])


def postgis(program, folder):
    try:
        there = psql("SELECT postgis_version();").returncode == 0
    except OSError:
        there = False
    if not there:
        print("# PostGIS: no database with it answers to psql")
        return []
    rows, line = [], run([program, "--line"]).stdout.strip()
    for km in DISTANCES_KM:
        done = psql(buffer_script(line, km))
        times = [float(t) for t in re.findall(r"Execution Time: ([\d.]+) ms", done.stdout)]
        text = re.search(r"^(MULTI)?POLYGON.*$", done.stdout, re.M)
        if done.returncode or len(times) != ROUNDS or not text:
            print("# PostGIS: failed: %s" % done.stderr.strip()[-200:])
            continue
        path = os.path.join(folder, "buffer.wkt")
        with open(path, "w", encoding="utf-8") as file:
            file.write(text.group(0))
        cells = run([program, "--judge", str(km * 1000), path]).stdout.split("\t")
        rows.append(["0 to %d km" % km, "PostGIS ST_Buffer(geography)", statistics.median(times)] +
                    [float(c) for c in cells])
    return rows


def error_text(low, high):
    return "" if math.isnan(low) else "%+.2f to %+.2f" % (low, high)


def show(rows):
    first = {r[0]: r[2] for r in rows if r[1] == "incmap"}
    print("\n%-20s %-30s %9s %7s %10s  %s" % ("belt", "who", "ms", "ratio", "vertices",
                                             "edge off its distance by, m"))
    for what, who, ms, vertices, low, high in sorted(rows, key=lambda r: list(first).index(r[0])):
        print("%-20s %-30s %9.1f %7.2f %10d  %s" % (what, who, ms, ms / first[what], vertices,
                                                    error_text(low, high)))
    print("\nMedians of %d rounds; ratio: to incmap's time for the same belt. Eight points of every edge,\n"
          "straight in longitude and latitude, are measured with incmap's exact distance." % ROUNDS)


def main():
    program = sys.argv[1]
    print("%s; %s" % (processor(), datetime.date.today()))
    done = run([program])
    if done.returncode:
        sys.exit(done.stderr)
    rows = []
    for line in done.stdout.splitlines():
        cells = line.split("\t")
        rows.append(cells[:2] + [float(c) for c in cells[2:]])
    with tempfile.TemporaryDirectory() as folder:
        rows += postgis(program, folder)
    show(rows)
    return 0


if __name__ == "__main__":
    sys.exit(main())
