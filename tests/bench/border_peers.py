#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Depths by incmap and by others, in one run and one table.

border_peers.py BORDER_PEERS COUNTRIES.shp COMPILER [POINTS]

BORDER_PEERS (border_peers.c) times incmap, one inverse geodesic of PROJ, and GEOS. Peers that are no
part of this build are taken when they are here, and a line says which are not: Boost.Geometry and S2
are built with COMPILER ("" for none), PostGIS is asked through psql, in the database that PGHOST,
PGDATABASE and so on name. They get fewer points, for they take longer.
"""
import datetime
import math
import os
import platform
import re
import struct
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
COMPILED = (
    # name, source, a header, options, share of the points
    ("Boost.Geometry", "peer_boost.cpp", "boost/geometry.hpp", ["-std=c++14"], 100),
    ("S2", "peer_s2.cpp", "s2/s2closest_edge_query.h",
     ["-std=c++17", "-ls2", "-lproj", "-labsl_hash", "-labsl_base"], 10),
)
POSTGIS_SHARE = 10
UNIT = "PROJ geod_inverse"


def run(command, **options):
    return subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                          **options)


def rows_of(text):
    """(border, points, who, what, ns, side ns, error m) of each line; remarks are printed."""
    rows = []
    for line in text.splitlines():
        if line.startswith("#"):
            print(line)
        else:
            cells = line.split("\t")
            rows.append(tuple(cells[:4]) + tuple(float(c) for c in cells[4:]))
    return rows


def processor():
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as file:
            return re.search(r"model name\s*: (.*)", file.read()).group(1)
    except (OSError, AttributeError):
        return platform.machine()


# ---- peers that are C++

def compiled(compiler, folder, name, source, header, options, points):
    """Rows of a peer that is a program, or none with a line saying why."""
    program = os.path.join(folder, name)
    try:
        there = compiler and run([compiler, "-E", "-std=c++17", "-x", "c++", "-"],
                                 input="#include <%s>\n" % header).returncode == 0
    except OSError:
        there = False
    if not there:
        print("# %s: not here" % name)
        return []
    built = run([compiler, "-O2", "-w", os.path.join(HERE, source), "-o", program] + options)
    if built.returncode:
        print("# %s: could not be built: %s" % (name, built.stderr.strip().split("\n")[-1]))
        return []
    done = run([program, folder, str(points)])
    if done.returncode:
        print("# %s: ended with %d %s" % (name, done.returncode, done.stderr.strip()))
    return rows_of(done.stdout) if done.returncode == 0 else []


# ---- PostGIS

def doubles(path):
    with open(path, "rb") as file:
        data = file.read()
    return struct.unpack("%dd" % (len(data) // 8), data)


def lines_of(path):
    data, at, lines = doubles(path), 1, []
    for _ in range(int(data[0])):
        n = int(data[at])
        pairs = data[at + 1:at + 1 + 2 * n]
        lines.append("(%s)" % ",".join("%.12g %.12g" % (pairs[k + 1], pairs[k])
                                       for k in range(0, 2 * n, 2)))
        at += 1 + 2 * n
    return lines


def psql(script):
    return run(["psql", "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1"], input=script)


def postgis_script(folder, points):
    """Tables of the points, then for each border and set three figures. Borders are written out in the
    queries: read from a table, a large one would be unpacked anew for each point."""
    parts = ["SET client_min_messages = error;"]
    for p in ("P1", "P2"):
        data = doubles(os.path.join(folder, p + ".points"))[:5 * points]
        parts.append("CREATE TEMP TABLE %s (lat float8, lon float8, b1 float8, b2 float8, p geography);"
                     "\nCOPY %s (lat, lon, b1, b2) FROM STDIN;" % (p, p))
        parts += ["%.17g\t%.17g\t%.17g\t%.17g" % data[k:k + 4] for k in range(0, len(data), 5)]
        parts.append("\\.\nUPDATE %s SET p = ST_MakePoint(lon, lat)::geography; VACUUM %s;" % (p, p))
    rings = sorted(lines_of(os.path.join(folder, "B2.lines")), key=len, reverse=True)
    area = "'POLYGON(%s)'::geography" % ",".join(rings)  # the longest is the shell
    for b in ("B1", "B2"):
        lines = lines_of(os.path.join(folder, b + ".lines"))
        distance = "ST_Distance('MULTILINESTRING(%s)'::geography, p)" % ",".join(lines)
        for p in ("P1", "P2"):
            parts += ["EXPLAIN (ANALYZE, TIMING OFF) SELECT sum(%s) FROM %s;" % (distance, p),
                      "EXPLAIN (ANALYZE, TIMING OFF) SELECT sum(ST_Intersects(%s, p)::int) FROM %s;"
                      % (area, p),
                      "SELECT 'error', max(abs(%s - %s)) FROM %s;" % (distance, b.lower(), p)]
    return "\n".join(parts)


def postgis(folder, points):
    try:
        there = psql("SELECT postgis_version();").returncode == 0
    except OSError:
        there = False
    if not there:
        print("# PostGIS: no database with it answers to psql")
        return []
    done = psql(postgis_script(folder, points))
    times = [float(t) * 1e6 / points for t in re.findall(r"Execution Time: ([\d.]+) ms", done.stdout)]
    errors = [float(e) for e in re.findall(r"^error\|(\S+)", done.stdout, re.M)]
    if done.returncode or len(times) != 8 or len(errors) != 4:
        print("# PostGIS: failed: %s" % done.stderr.strip()[-200:])
        return []
    pairs = [(b, p) for b in ("B1", "B2") for p in ("P1", "P2")]
    return [(b, p, "PostGIS geography", "distance, foot on a sphere; side of one country",
             times[2 * i], times[2 * i + 1], errors[i]) for i, (b, p) in enumerate(pairs)]


# ---- the table

def text_of(value, form="%.0f"):
    return "" if math.isnan(value) else form % value


def show(rows, unit):
    print("\n%-6s %-6s %-30s %10s %7s %9s %10s  %s" % (
        "border", "points", "who", "ns a point", "ratio", "side, ns", "error, m", "what it answers"))
    for border, points, who, what, ns, side, error in sorted(rows, key=lambda r: (r[0], r[1])):
        print("%-6s %-6s %-30s %10.0f %7.2f %9s %10s  %s" % (
            border, points, who, ns, ns / unit, text_of(side), text_of(error, "%.2g"), what))
    print("\nRatio: to one geod_inverse of this run, %.0f ns; below 1 is less. Error: largest difference from\n"
          "incmap's distances, which tests/reference judges to 0.01 mm. Medians, but for peers that\n"
          "are programs of their own; those of PostGIS hold the making of its tree, shared by all points of a\n"
          "query. A side in a column of its own comes on top of the distance." % unit)


def main():
    program, countries, compiler = sys.argv[1:4]
    points = int(sys.argv[4]) if len(sys.argv) > 4 else 100000
    print("%s; %s; %d points a set" % (processor(), datetime.date.today(), points))
    with tempfile.TemporaryDirectory() as folder:
        done = run([program, countries, folder, str(points)])
        if done.returncode:
            sys.exit(done.stderr)
        rows = rows_of(done.stdout)
        for name, source, header, options, share in COMPILED:
            rows += compiled(compiler, folder, name, source, header, options, points // share + 1)
        rows += postgis(folder, points // POSTGIS_SHARE + 1)
    unit = next(r[4] for r in rows if r[2] == UNIT)
    show([r for r in rows if r[2] != UNIT], unit)
    return 0


if __name__ == "__main__":
    sys.exit(main())
