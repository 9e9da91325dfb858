#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What the checker finds in a postal file of which many points are wrong, and what becomes of the areas
that a file of air-raid alerts names.

gazetteer_goals.py CHECK_GAZETTEER FIND_PLACE [FOLDER]    FOLDER, or INCMAP_REAL_DATA, holds
geonames_postal_belgorod.txt, geonames_UA_20260729.txt and official_data_en_20240423.csv.

The measure of the first is independent of the checker: the distance of a row from the median of the rows
of its raion, on a sphere. It is a poor one where most rows of a raion are wrong, and where a row names no
raion, so the figures are given for each of these groups; tests/test_doubt.c measures from the raions'
seats besides.
"""
import collections
import csv
import io
import math
import os
import statistics
import subprocess
import sys
import tempfile

FAR_KM = 60
PLACES = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "data", "places.csv")


def distance_km(a, b):
    north = (a[0] - b[0]) * 111.195
    east = (a[1] - b[1]) * 111.195 * math.cos(math.radians((a[0] + b[0]) / 2))
    return math.hypot(north, east)


def rows_of(command, **options):
    done = subprocess.run(command, stdout=subprocess.PIPE, encoding="utf-8", **options)
    return done.returncode, list(csv.DictReader(io.StringIO(done.stdout, newline="")))


# ---- the postal file ----------------------------------------------------------------------------

def postal_rows(path):
    """(key, raion, position) of each row; a code's second place has ":2" behind it."""
    times = collections.Counter()
    for line in open(path, encoding="utf-8"):
        field = line.rstrip("\n").split("\t")
        times[field[1]] += 1
        turn = ":%d" % times[field[1]] if times[field[1]] > 1 else ""
        yield ("postal:%s-%s%s" % (field[0], field[1], turn), field[5],
               (float(field[9]), float(field[10])))


def check_postal(program, path):
    rows = list(postal_rows(path))
    raions = collections.defaultdict(list)
    for _, raion, at in rows:
        raions[raion].append(at)
    middle = {raion: (statistics.median(p[0] for p in all_), statistics.median(p[1] for p in all_))
              for raion, all_ in raions.items()}
    status, told = rows_of([program, path, "--all", "--csv"])
    if status:
        sys.exit("check_gazetteer ended with %d" % status)
    doubts = {r["key"]: r for r in told}
    groups = collections.defaultdict(lambda: [0, 0])
    for key, raion, at in rows:
        suspicious = doubts.get(key, {}).get("suspicious") == "true"
        far = distance_km(at, middle[raion]) > FAR_KM
        names = ["far" if far else "rest"]
        if far:
            names.append("far, with a raion" if raion else "far, without")
        for name in names:
            groups[name][0] += 1
            groups[name][1] += suspicious
    print("Rows of the postal file, by their distance from the median of their raion (far: over "
          "%d km)\n" % FAR_KM)
    for name in ("far", "far, with a raion", "far, without", "rest"):
        rows_, told_ = groups[name]
        print("%-20s %4d rows, %4d look wrong (%.1f %%)" % (name, rows_, told_, 100 * told_ / rows_))
    print("%-20s %4d rows" % ("name no raion",
                              sum("no_district" in r["doubts"].split("|") for r in told)))
    reasons = collections.Counter(d for r in told if r["suspicious"] == "true"
                                  for d in r["doubts"].split("|"))
    print("\nReasons of those that look wrong: " +
          ", ".join("%s %d" % pair for pair in reasons.most_common()))


# ---- areas --------------------------------------------------------------------------------------

def areas_of(path):
    """(level, oblast) to the names given there, each once."""
    areas = collections.defaultdict(dict)
    for row in csv.DictReader(open(path, encoding="utf-8")):
        for level in ("oblast", "raion", "hromada"):
            if row[level]:
                areas[level, "" if level == "oblast" else row["oblast"]][row[level]] = None
    return areas


def resolve_areas(program, dump, path, work):
    saved, nothing = os.path.join(work, "ua.gaz"), os.path.join(work, "nothing.csv")
    with open(PLACES, encoding="utf-8") as places, open(nothing, "w", encoding="utf-8") as out:
        out.write(places.readline())  # the dump alone, and no built-in oblast beside its own
    subprocess.run([program, "--geonames", dump, "--places", nothing, "--save", saved], check=True)
    verdicts = collections.defaultdict(collections.Counter)
    open_ones = []
    for (level, oblast), names in areas_of(path).items():
        command = [program, "--gazetteer", saved, "--csv", "--most", "3"] + list(names)
        _, rows = rows_of(command + (["--region", oblast] if oblast else []))
        for name in names:
            found = [r for r in rows if r["asked"] == name]
            verdict = found[0]["verdict"]
            verdicts[level][verdict] += 1
            if verdict in ("none", "ambiguous"):
                open_ones.append((verdict, name, oblast, found))
    print("\nAreas of the air-raid file, in the oblast that it names\n")
    print("%-8s %6s %9s %10s %11s" % ("level", "names", "resolved", "ambiguous", "unresolved"))
    for level, counts in verdicts.items():
        n = sum(counts.values())
        good = counts["unique"] + counts["best"]
        print("%-8s %6d %7.1f %% %8.1f %% %9.1f %%" % (
            level, n, 100 * good / n, 100 * counts["ambiguous"] / n, 100 * counts["none"] / n))
    for verdict, name, oblast, found in sorted(open_ones, key=lambda o: (o[0] != "none", o[2], o[1])):
        offered = "; ".join("%s, %s" % (r["name"], r["reason"]) for r in found if r["name"])
        print("  %s: %s%s: %s" % (verdict, name, " in " + oblast if oblast else "",
                                  offered or "nothing of that name there"))


def main():
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    folder = sys.argv[3] if len(sys.argv) > 3 else os.environ.get("INCMAP_REAL_DATA")
    if not folder:
        print("skipped: INCMAP_REAL_DATA names no folder")
        return 77
    check_postal(sys.argv[1], os.path.join(folder, "geonames_postal_belgorod.txt"))
    with tempfile.TemporaryDirectory() as work:
        resolve_areas(sys.argv[2], os.path.join(folder, "geonames_UA_20260729.txt"),
                      os.path.join(folder, "official_data_en_20240423.csv"), work)
    return 0


if __name__ == "__main__":
    sys.exit(main())
