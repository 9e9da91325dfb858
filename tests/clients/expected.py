# SPDX-License-Identifier: MIT
"""What a GIS program must find in the layers, taken from the tables they are made from.

A client hands in each layer as a Layer; problems() compares it with the CSV files, which neither the
library nor Shapelib has read for us here.
"""
import csv
import os
import subprocess
import sys
import tempfile

SKIP = 77

HARD = {
    "modifier": "Кам\u02bcянка",
    "quote": "Кам\u2019янка",
    "typed": "Кам'янка",
    "flower": "\U0001f33b поле",
    "nowhere": "Ніде",
    "long": "щ" * 127,  # 254 bytes
    "markup": "<script>&\"'[% 1+1 %]",
}

LAYERS = ("places", "border_posts", "incidents", "border", "hard")


class Layer:
    """crs: "EPSG:4326"; rows: one dict for each feature, None for NULL, dates as "2023-05-22", and
    under "" the position as (lon, lat) or None."""

    def __init__(self, crs, rows):
        self.crs = crs
        self.rows = rows

    def by(self, field):
        return {row[field]: row for row in self.rows}


def skip(why):
    print("skipped: " + why)
    sys.exit(SKIP)


def write(program, *language):
    """Runs write_layers into a new folder; the caller keeps the object as long as the folder."""
    folder = tempfile.TemporaryDirectory(prefix="incmap-clients-")
    subprocess.run([program, folder.name] + list(language), check=True)
    return folder


def table(data, name):
    with open(os.path.join(data, name), encoding="utf-8-sig", newline="") as f:
        return list(csv.DictReader(f))


def differs(found, expected):
    """An empty cell is NULL, never 0 and never an empty text."""
    if expected in ("", None):
        return found is not None
    if isinstance(found, (int, float)):
        return abs(float(found) - float(expected)) > 1e-6
    # what a field cannot hold was cut
    return found != expected.encode()[:254].decode(errors="ignore").rstrip()


def compare(layer, what, rows, key, fields):
    problems = []
    found = layer.by(key[0])
    if len(layer.rows) != len(rows):
        problems.append("%s: %d features, expected %d" % (what, len(layer.rows), len(rows)))
    for row in rows:
        feature = found.get(row[key[1]])
        if feature is None:
            problems.append("%s: no feature %s" % (what, row[key[1]]))
            continue
        for field, column in fields.items():
            if differs(feature[field], row[column]):
                problems.append("%s %s: %s is %r, expected %r"
                                % (what, row[key[1]], field, feature[field], row[column]))
        if "lon_deg" in row:
            at = (float(row["lon_deg"]), float(row["lat_deg"])) if row["lon_deg"] else None
            if feature[""] != at:
                problems.append("%s %s: lies at %r, expected %r"
                                % (what, row[key[1]], feature[""], at))
    return problems


def joined(feature, field):
    """A list column with the fields in which it goes on."""
    parts = [feature[field]] + [feature.get("%s_%d" % (field, n)) for n in range(2, 10)]
    return "|".join(p for p in parts if p)


def incident_problems(layer, data):
    incidents = table(data, "incidents.csv")
    problems = compare(layer, "incidents", incidents, ("ID", "id"), {
        "TITLE": "title", "EVENT_TYPE": "event_type", "SUB_TYPE": "sub_event_type",
        "PLACE_KEY": "place_key", "POST_KEY": "border_post_key", "DATE_PREC": "date_precision",
        "LOC_PREC": "location_precision", "PART_OF": "parent_id", "NOTES": "notes"})
    claims = {}
    for claim in table(data, "claims.csv"):
        claims.setdefault(claim["incident_id"], []).append(claim["claim_id"])
    for row in incidents:
        feature = layer.by("ID").get(row["id"])
        if feature is None:
            continue
        if joined(feature, "CLAIMS") != "|".join(claims.get(row["id"], [])):
            problems.append("incidents %s: claims %r" % (row["id"], joined(feature, "CLAIMS")))
        if joined(feature, "SOURCES") != row["sources"]:
            problems.append("incidents %s: sources %r" % (row["id"], joined(feature, "SOURCES")))
        if row["date_precision"] == "day" and feature["DATE_FROM"] != row["date_start"]:
            problems.append("incidents %s: from %r" % (row["id"], feature["DATE_FROM"]))
        measured = feature["PLACED"] == "measured"
        if measured != (feature["DIST_M"] is not None) or measured != (feature["SIDE"] is not None):
            problems.append("incidents %s: placed %r with distance %r"
                            % (row["id"], feature["PLACED"], feature["DIST_M"]))
        if (feature["SIDE"] in ("inside", "outside")) != (feature["DEPTH_M"] is not None):
            problems.append("incidents %s: side %r with depth %r"
                            % (row["id"], feature["SIDE"], feature["DEPTH_M"]))
    return problems


def problems(layers, data):
    """Everything that is wrong, one text each."""
    found = ["%s: %s" % (name, layer.crs) for name, layer in layers.items()
             if layer.crs != "EPSG:4326"]
    found += compare(layers["places"], "places", table(data, "places.csv"), ("KEY", "key"), {
        "NAME_EN": "name_en", "NAME_RU": "name_ru", "NAME_UK": "name_uk", "KIND": "kind",
        "COUNTRY": "country_iso2", "REGION": "admin1", "DISTRICT": "admin2", "POP": "population",
        "POP_YEAR": "population_year", "EXTENT_M": "extent_radius_m",
        "UNCERT_M": "coord_uncertainty_m", "NOTES": "notes"})
    found += compare(layers["border_posts"], "border_posts", table(data, "border_posts.csv"),
                     ("KEY", "key"), {
        "NAME_EN_1": "name_ru_side_en", "NAME_1": "name_ru_side_native",
        "NAME_EN_2": "name_ua_side_en", "NAME_2": "name_ua_side_native",
        "PLACE_1": "ru_place_key", "PLACE_2": "ua_place_key", "STATUS": "status"})
    found += incident_problems(layers["incidents"], data)
    hard = layers["hard"].by("KEY")
    for key, name in HARD.items():
        if key not in hard or hard[key]["NAME_UK"] != name:
            found.append("hard %s: %r" % (key, hard.get(key)))
    for key, row in hard.items():
        if (row[""] is None) != (key == "nowhere") or row["DEPTH_M"] is not None:
            found.append("hard %s: at %r, depth %r" % (key, row[""], row["DEPTH_M"]))
    # 1,794 m plus-minus 2 is the reference depth of Kozinka
    kozinka = layers["places"].by("KEY")["kozinka"]
    if kozinka["SIDE"] != "inside" or abs(kozinka["DEPTH_M"] - 1794) > 2:
        found.append("Kozinka: %r, %r" % (kozinka["SIDE"], kozinka["DEPTH_M"]))
    lines = layers["border"].rows
    if len(lines) < 8 or any("OpenStreetMap" not in (row["CREDIT"] or "") for row in lines):
        found.append("border: %d lines, credit %r" % (len(lines), lines and lines[0]["CREDIT"]))
    return found


def report(client, layers, data):
    """Prints what is wrong; the exit status."""
    found = problems(layers, data)
    for text in found:
        print(text)
    print("%s: %d layers, %d features, %d problems"
          % (client, len(layers), sum(len(l.rows) for l in layers.values()), len(found)))
    return 1 if found else 0
