#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What the example programs print and how they end, compared with NAME.expected beside this file.

run_examples.py FOLDER PROGRAM [--update]    FOLDER holds the programs; --update rewrites the files.

A case runs in a folder of its own that holds copies of input/. In a .expected file CRLF is written
as the end of line that it is, after it was checked that each line of CSV has one; numbers in CSV may
differ by two units of their last place (2 mm, 2e-7 degrees), the rest not at all.
"""
import csv
import difflib
import io
import os
import re
import resource
import shutil
import signal
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
DATA = os.path.join(HERE, "..", "..", "data")
OWN = ["--places", "places.csv", "--posts", "posts.csv"]
FILES = ["--sources", "sources.csv", "--claimants", "claimants.csv"]
OWN_DATASET = FILES + ["--incidents", "incidents.csv", "--claims", "claims.csv"]
FAULTY_DATASET = FILES + ["--incidents", "incidents_faulty.csv", "--claims", "claims_faulty.csv"]
NAMED_DATASET = FILES + ["--incidents", "incidents_named.csv", "--claims", "claims_named.csv"]
OWN_PLACES = ["--places", "places.csv"]
FIRST_LAYERS = ["--only", "incidents,border_posts,places,border"]
COUNTRIES = ["--border", "@DATA@/countries/countries.shp", "--inside", "RUS", "--outside", "UKR"]
COARSE = ["--border", "border_coarse.geojson", "--inside", "RU", "--outside", "UA",
          "--code-field", "ISO"]
OWN_EVENTS = ["--separator", ";", "--date-order", "dmy", "--map",
              "id=Nr,date=Datum,place=Ort,figure=Tote,low=von", "--map", "high=6,source=Quelle"]
UNKNOWN_PLACES = ["--csv", "--map", "id=id,date=date,place=place,figure=dead"]
ELSEWHERE = ["--border", "border_elsewhere.geojson", "--inside", "USA", "--outside", "CAN",
             "--border-accuracy", "1000"]
LINE = ["--border", "border_line.geojson", "--line-inside"]

# Each case: name, exit status, arguments, and for some a condition to run under.
CASES = {
    "find_place": [
        ("best", 0, ["Graivoron", "Козинка"]),
        ("many_spellings", 0, ["Grajworon", "Hraivoron", "Грайворона", "GRAYVORON", "Grayvoron city",
                               "Gora-Podil", "Glotove", "Kozinka checkpoint", "в Козинке"]),
        ("ambiguous", 1, ["Belgorod", "--explain"]),
        ("atlantis", 1, ["Atlantis"]),
        ("far_off_csv", 1, ["Атлантида", "Gotham", "--csv"]),
        ("far_off_in_a_country", 1, ["Атлантида", "--country", "RU", "--explain"]),
        ("near_nothing", 1, ["Qqqqqq", "Oz", "12345"]),
        ("with_area", 0, ["Козинка (Грайворонский район)", "Gora-Podol, Belgorod Region, Russia",
                          "село Глотово Грайворонского района", "--kind", "village"]),
        ("other_area", 1, ["Козинка, Харьковская область", "--explain", "--add-places",
                           "places_extra.csv"]),
        ("misspelt", 0, ["Grayvorn", "Глотвоо", "--most", "2"]),
        ("together", 0, ["Козинка", "Глотово", "Гора-Поділ", "--together", "--kind", "village"]),
        ("near", 0, ["Графовка", "--near", "50.8,35.7"]),
        ("says_near", 0, ["outskirts of Grayvoron", "4.5 km north-east of Kozinka", "Kozinka area",
                          "в 3 км к югу от Грайворона", "біля Козинки"]),
        ("region", 0, ["Донецк", "--region", "Ростовская область", "--kind", "settlement"]),
        ("belt", 1, ["Kyiv", "Kozinka", "--belt", "10"]),
        ("csv", 1, ["Kozinka", "Qqqqqq", "Belgorod", "--csv"]),
        ("no_name", 2, []),
        ("bad_near", 2, ["Kozinka", "--near", "95,35"]),
        ("bad_kind", 2, ["Kozinka", "--kind", "hamlet"]),
        ("no_gazetteer", 3, ["Kozinka", "--gazetteer", "places.csv"]),
        ("help", 0, ["--help"]),
    ],
    "check_gazetteer": [
        ("postal", 0, ["postal.txt"]),
        ("postal_all_csv", 0, ["postal.txt", "--all", "--csv"]),
        ("postal_strict", 3, ["postal.txt", "--strict"]),
        ("own_table", 0, ["depots.csv", "--columns",
                          "name=Ort,lat=Breite,lon=Laenge,country=Land,admin1=Gebiet",
                          "--separator", ";", "--all"]),
        ("nothing_wrong", 0, ["@DATA@/places.csv"]),
        ("no_such_column", 3, ["depots.csv", "--columns", "name=Ort,lat=Breite,lon=Lange",
                               "--separator", ";"]),
        ("unknown_column_kind", 2, ["depots.csv", "--columns", "name=Ort,height=Breite"]),
        ("columns_without_position", 2, ["depots.csv", "--columns", "name=Ort"]),
        ("wrong_format", 2, ["postal.txt", "--format", "excel"]),
        ("no_file", 2, []),
        ("file_missing", 3, ["no_such.txt"]),
        ("help", 0, ["--help"]),
        ("disk_full", 3, ["postal.txt"], "full"),
    ],
    "distance_table": [
        ("default", 0, []),
        ("default_csv", 0, ["--csv"]),
        ("help", 0, ["--help"]),
        ("version", 0, ["--version"]),
        ("mix", 0, ["Козинка", "Grayvoron", "key:belgorod", "50°27'N 35°35'E", "--unit", "mi"]),
        ("to_border", 0, ["Kozinka", "46.20,36.00", "45.10,34.10", "key:russia", "--to", "border"]),
        ("to_place", 0, ["Kozinka", "Sumy", "--to=Moscow", "--unit=nmi"]),
        ("to_place_csv", 0, ["Kozinka", "Sumy", "--to", "Moscow", "--csv"]),
        ("post", 0, ["key:kozinka_velyka_pysarivka", "Kozinka", "--unit", "m"]),
        ("many", 0, ["Kozinka", "Glotovo", "Grayvoron", "Rakitnoye", "Kyiv", "Moscow", "Bakhmut",
                     "Sumy", "Shebekino", "Kursk", "Voronezh", "Bryansk", "Prokhorovka"]),
        ("southern_position", 0, ["-33.9, 151.2", "--", "-33.9, 151.3"]),
        ("own_places", 0, OWN_PLACES),
        ("added_place", 0, ["Depot 7", "Kozinka", "--add-places", "places_extra.csv"]),
        ("refused_rows", 0, ["--places", "places_faulty.csv"]),
        ("refused_rows_strict", 3, ["--places", "places_faulty.csv", "--strict"]),
        ("unknown_place", 1, ["Atlantis"]),
        ("says_near", 0, ["near Kozinka", "4 km from Belgorod city", "Kozinka"]),
        ("misspelt_place", 0, ["Grayvorn", "Kozinka"]),
        ("nearly_a_place", 1, ["Bozimka"]),
        ("two_unknown_places", 1, ["Atlantis", "Kozinka", "Лемурия"]),
        ("ambiguous_name", 1, ["Belgorod"]),
        ("no_position", 1, ["Czechoslovakia"]),
        ("unknown_key", 1, ["key:atlantis"]),
        ("latitude_95", 2, ["95.0, 35.5"]),
        ("latitude_95_short", 2, ["95,35"]),
        ("not_a_number", 2, ["nan,35.5"]),
        ("nan_as_name", 1, ["NaN"]),
        ("half_a_position", 2, ["50.46"]),
        ("unknown_option", 2, ["--untis", "mi"]),
        ("short_option", 2, ["-u", "mi"]),
        ("bad_unit", 2, ["--unit", "furlong"]),
        ("no_value", 2, ["--unit"]),
        ("escape_in_a_name", 1, ["\x1b[31mred\x1b[0m"]),
        ("border_half_given", 2, ["Kozinka", "--border", "x.shp", "--inside", "RUS"]),
        ("border_missing", 3, ["Kozinka", "--border", "x.shp", "--inside", "RUS",
                               "--outside", "UKR"]),
        ("border_from_layer", 0, ["Kozinka", "Sumy", "--border", "@DATA@/countries/countries.shp",
                                  "--inside", "ukr", "--outside", "RUS", "--border-accuracy", "200",
                                  "--border-credit", "(c) OpenStreetMap contributors, ODbL 1.0"]),
        ("border_without_country", 1, ["Kozinka", "--border", "@DATA@/countries/countries",
                                       "--inside", "RUS", "--outside", "POL"]),
        ("border_without_field", 3, ["Kozinka", "--border", "@DATA@/countries/countries",
                                     "--inside", "RUS", "--outside", "UKR", "--code-field", "ISO"]),
        ("bad_accuracy", 2, ["--border", "x", "--inside", "RUS", "--outside", "UKR",
                             "--border-accuracy", "-5"]),
        ("places_missing", 3, ["--places", "no_such.csv"]),
        ("places_without_column", 3, ["--places", "places_no_lat.csv"]),
        ("disk_full", 3, [], "full"),
        ("disk_full_help", 3, ["--help"], "full"),
    ],
    "border_report": [
        ("default", 0, []),
        ("default_csv", 0, ["--csv"]),
        ("help", 0, ["--help"]),
        ("kozinka_2024_and_2023", 0, ["Kozinka", "50°27'N 35°35'E"]),
        ("disputed_and_sea", 0, ["Crimea", "46.20,36.00", "--unit", "mi"]),
        ("unmatched", 0, ["47.81592,38.80887"]),
        ("post", 0, ["key:kozinka_velyka_pysarivka"]),
        ("many_decimals", 0, ["50.461390000000,35.602500000000"]),
        ("table", 0, ["Козинка", "Glotovo", "Sumy", "--table"]),
        ("all", 0, ["--all"]),
        ("posts", 0, ["--all-posts"]),
        ("posts_csv", 0, ["--all-posts", "--csv"]),
        ("stretches", 0, ["--stretches"]),
        ("stretches_csv", 0, ["--stretches", "--csv"]),
        ("own_places_without_countries", 0, ["--places", "places_bare.csv"]),
        ("own_posts", 0, OWN + ["key:kozinka_post", "Sumy"]),
        ("country_without_code", 0, ["Kozinka", "--table", "--places", "places_bare.csv", "--border",
                                     "countries_named.shp", "--inside", "Here", "--outside",
                                     "There", "--code-field", "NAME"]),
        ("coarse_geojson", 0, ["Kozinka"] + COARSE + ["--border-date", "2024", "--border-accuracy",
                                                      "20000", "--border-credit", "drawn by hand"]),
        ("line_with_a_hand", 0, ["Kozinka", "Sumy", "--table"] + LINE + ["left"]),
        ("line_without_a_hand", 0, ["Kozinka"] + LINE + ["unknown", "--border-edges", "straight"]),
        ("side_by_side", 0, ["Kozinka", "Glotovo", "Kyiv", "--border", "builtin"] + COARSE +
         ["--border-accuracy", "500", "--border-date", "2024", "--border-credit", "drawn by hand"]),
        ("side_by_side_csv", 0, ["Kozinka", "--csv", "--border", "builtin"] + COARSE),
        ("three_borders_with_their_own_words", 0, [
            "Kozinka", "--border", "builtin", "--inside", "-", "--outside", "-", "--code-field", "-"
        ] + COARSE + COUNTRIES + ["--code-field", "A3"]),
        ("words_for_two_of_three_borders", 2, [
            "Kozinka", "--border", "builtin", "--border", "builtin", "--border", "builtin",
            "--border-date", "1", "--border-date", "2"]),
        ("accuracy_of_none_of_three", 0, ["Kozinka"] + COARSE + COUNTRIES +
         ["--code-field", "A3"] + COARSE),
        ("border_elsewhere", 0, ["45.00,-100.00"] + ELSEWHERE),
        ("border_elsewhere_table", 0, ["45.00,-100.00", "Kozinka", "--table"] + ELSEWHERE),
        ("border_elsewhere_csv", 0, ["Kozinka", "--csv", "--border", "builtin", "--inside", "-",
                                     "--outside", "-"] + ELSEWHERE[:6]),
        ("border_elsewhere_with_posts", 0, ["45.00,-100.00", "--posts", "posts.csv"] + ELSEWHERE),
        ("posts_of_border_elsewhere", 1, ["--all-posts"] + ELSEWHERE),
        ("post_by_another_border", 0, ["key:kozinka_velyka_pysarivka"] + COARSE),
        ("posts_by_another_border", 0, ["--all-posts", "--border-accuracy", "5000"] + COARSE),
        ("nine_borders", 2, ["Kozinka"] + ["--border", "builtin"] * 9),
        ("posts_of_two_borders", 2, ["--all-posts", "--border", "builtin", "--border", "builtin"]),
        ("line_and_countries", 2, ["Kozinka"] + COUNTRIES + ["--line-inside", "left"]),
        ("bad_hand", 2, ["Kozinka"] + LINE + ["middle"]),
        ("bad_edges", 2, ["Kozinka"] + COARSE + ["--border-edges", "curved"]),
        ("date_without_border", 2, ["Kozinka", "--border-date", "2024"]),
        ("broken_geojson", 3, ["Kozinka", "--border", "border_broken.geojson", "--inside", "RU",
                               "--outside", "UA", "--code-field", "ISO"]),
        ("two_choices", 2, ["Kozinka", "--all"]),
        ("unknown_place", 1, ["Atlantis"]),
        ("ambiguous_name", 1, ["Графовка"]),
        ("latitude_95", 2, ["95°N 35°E"]),
        ("disk_full", 3, ["Kozinka"], "full"),
    ],
    "check_claims": [
        ("default", 0, []),
        ("default_csv", 0, ["--csv"]),
        ("help", 0, ["--help"]),
        ("words", 0, ["Belgorod is 200 miles from Moscow", "Kozinka, about 76 km southeast of Sumy",
                      "Грайворон в 7 км от границы с Украиной", "--brief"]),
        ("sides_and_denials", 1, ["Grayvoron is 7 km on the Ukrainian side of the border",
                                  "Грайворон не в 50 км от границы",
                                  "Grayvoron is 7 km from the border on the other side",
                                  "Kozinka is 7 km by road from the border",
                                  "Kozinka is 2 km inside the Belgorod region",
                                  "Kozinka is 1.000 km from the border", "--brief"]),
        ("sides_and_denials_csv", 0, ["Grayvoron is not 50 km from the border in Ukraine",
                                      "Kozinka is 7 km by road from the border", "--csv"]),
        ("subject", 0, ["some 600 meters over the border", "в 12 км от границы", "--of",
                        "Козинка"]),
        ("two_limits", 1, ["Kozinka is at least 5 and at most 10 km from the border",
                           "Грайворон от 5 км до 10 км от границы",
                           "Козинка не менше 1 і не більше 3 км від кордону",
                           "Kozinka and Glotovo are 2 and 5 km from the border",
                           "A drone was shot down at 300 metres, 33 km from the border",
                           "На 10-м километре трассы Белгород - Грайворон",
                           "The column moved at 60 km/h toward Belgorod", "--brief"]),
        ("unread", 1, ["hello world", "Kozinka is 5 km from Atlantis", "--brief"]),
        ("unread_csv", 1, ["hello world", "--csv"]),
        ("file", 0, ["--file", "statements.csv", "--brief"]),
        ("file_strict", 3, ["--file", "statements.csv", "--brief", "--strict"]),
        ("file_missing", 3, ["--file", "no_such.csv"]),
        ("file_and_words", 2, ["--file", "statements.csv", "5 km from Kozinka"]),
        ("unknown_subject", 1, ["5 km from the border", "--of", "Atlantis"]),
        ("position_as_subject", 2, ["5 km from the border", "--of", "50.4,35.6"]),
        ("disk_full", 3, [], "full"),
    ],
    "compare_versions": [
        ("two_releases", 0, ["ucdp_a.csv", "ucdp_b.csv"]),
        ("list", 0, ["ucdp_a.csv", "ucdp_b.csv", "--list", "--tolerance", "0.1"]),
        ("csv", 0, ["ucdp_a.csv", "ucdp_b.csv", "--csv"]),
        ("strict", 3, ["ucdp_a.csv", "ucdp_b.csv", "--strict", "--csv"]),
        ("refused", 0, ["ucdp_a.csv", "ucdp_faulty.csv", "--list"]),
        ("refused_csv", 0, ["ucdp_faulty.csv", "ucdp_a.csv", "--csv"]),
        ("same_folder", 0, ["@DATA@", "@DATA@"]),
        ("help", 0, ["--help"]),
        ("one_dataset", 2, ["ucdp_a.csv"]),
        ("bad_tolerance", 2, ["ucdp_a.csv", "ucdp_b.csv", "--tolerance", "-1"]),
        ("file_missing", 3, ["no_such.csv", "ucdp_b.csv"]),
    ],
    "import_incidents": [
        ("ucdp", 0, ["ucdp_a.csv"]),
        ("ucdp_csv", 0, ["ucdp_a.csv", "--csv"]),
        ("acled", 0, ["events_acled.csv", "--converted"]),
        ("viina", 0, ["events_viina.csv"]),
        ("map", 0, ["events_own.csv"] + OWN_EVENTS),
        ("strict", 3, ["events_own.csv", "--strict"] + OWN_EVENTS),
        ("geojson", 0, ["events.geojson", "--map", "date=day,title=name,figure=dead"]),
        ("unknown_places", 0, ["unknown_places.csv"] + UNKNOWN_PLACES),
        ("unknown_places_each", 0, ["unknown_places.csv", "--all-notes"] + UNKNOWN_PLACES),
        ("all_forms", 0, ["ucdp_a.csv", "--layers", "out", "--tables", "out/events", "--hxl",
                          "--geojson", "out/events.geojson"]),
        ("own", 0, ["incidents.csv"] + OWN),
        ("nobodys_columns", 3, ["points.csv"]),
        ("no_such_key", 2, ["events_own.csv", "--map", "day=Datum"]),
        ("two_ways", 2, ["events_own.csv", "--map", "date=Datum", "--format", "ucdp"]),
        ("bad_format", 2, ["ucdp_a.csv", "--format", "gdelt"]),
        ("bad_order", 2, ["ucdp_a.csv", "--date-order", "ymd"]),
        ("no_folder", 3, ["ucdp_a.csv", "--tables", "no/such/folder"]),
        ("no_file", 2, []),
        ("file_missing", 3, ["no_such.csv"]),
        ("help", 0, ["--help"]),
    ],
    "find_duplicates": [
        ("default", 0, []),
        ("release", 0, ["ucdp_b.csv"]),
        ("release_csv", 0, ["ucdp_b.csv", "--csv", "--distance", "30", "--days", "3",
                            "--any-actors"]),
        ("help", 0, ["--help"]),
        ("bad_days", 2, ["--days", "1.5"]),
        ("bad_distance", 2, ["--distance", "far"]),
        ("two_datasets", 2, ["a", "b"]),
        ("file_missing", 3, ["no_such.csv"]),
    ],
    "measure_points": [
        ("points", 0, ["points.csv"]),
        ("nearest_place", 0, ["points.csv", "--nearest-place", "--uncertainty", "500"]),
        ("rejects", 0, ["points.csv", "--rejects", "rejects.csv"]),
        ("rejects_over_input", 2, ["points.csv", "--rejects", "./points.csv"]),
        ("strict", 3, ["points.csv", "--strict"]),
        ("quotes", 0, ["quotes.csv"]),
        ("villages", 0, ["villages.csv", "--place", "village", "--separator", "|"]),
        ("names_context", 0, ["names_context.csv", "--place", "village", "--country", "country",
                              "--region", "oblast", "--district", "raion"]),
        ("names", 0, ["names.csv", "--place", "village", "--country", "country", "--region",
                      "oblast", "--district", "raion"]),
        ("names_of_settlements", 0, ["names.csv", "--place", "village", "--kind", "settlement"]),
        ("names_of_no_kind", 2, ["names.csv", "--place", "village", "--kind", "hamlet"]),
        ("names_rejects", 0, ["names.csv", "--place", "2", "--rejects", "/dev/stderr"]),
        ("what_is_no_name", 0, ["no_names.csv", "--place", "place"]),
        ("ragged", 0, ["ragged.csv"]),
        ("ragged_rejects", 0, ["ragged.csv", "--rejects", "/dev/stderr"]),
        ("ragged_first", 3, ["ragged.csv", "--no-header", "--lat", "2", "--lon", "9"]),
        ("fields_stated", 0, ["ragged.csv", "--no-header", "--lat", "2", "--lon", "3", "--columns",
                              "4"]),
        ("fields_stated_with_header", 2, ["ragged.csv", "--columns", "4"]),
        ("column_twice", 3, ["twice.csv"]),
        ("column_twice_by_number", 0, ["twice.csv", "--lat", "3", "--lon", "4"]),
        ("zeros_in_front", 0, ["zeros.csv"]),
        ("exponents", 0, ["exponents.csv"]),
        ("region_without_place", 2, ["names.csv", "--region", "oblast"]),
        ("other_separator", 3, ["twice.csv", "--separator", ";", "--lat", "lat"]),
        ("semicolons", 3, ["semicolons.csv"]),
        ("empty", 3, ["/dev/null"]),
        ("no_gazetteer", 3, ["names.csv", "--place", "village", "--gazetteer", "points.csv"]),
        ("by_number", 0, ["villages.csv", "--no-header", "--place", "2", "--separator", "|"]),
        ("help", 0, ["--help"]),
        ("no_such_column", 3, ["points.csv", "--lat", "north"]),
        ("no_column", 3, ["villages.csv"]),
        ("name_without_header", 2, ["points.csv", "--no-header"]),
        ("bad_separator", 2, ["points.csv", "--separator", "ab"]),
        ("bad_uncertainty", 2, ["points.csv", "--uncertainty", "-1"]),
        ("file_missing", 3, ["no_such.csv"]),
        ("disk_full", 3, ["points.csv"], "full"),
    ],
    "incident_table": [
        ("default", 0, []),
        ("default_csv", 0, ["--csv"]),
        ("claims_csv", 0, ["--list-claims", "--csv"]),
        ("tally", 0, ["--tally"]),
        ("tally_csv", 0, ["--tally", "--csv"]),
        ("help", 0, ["--help"]),
        ("one_with_claims", 0, ["--incident", "bel23_border_post", "--list-claims"]),
        ("own_files", 0, OWN_PLACES + OWN_DATASET),
        ("own_files_csv", 0, OWN_PLACES + OWN_DATASET + ["--csv"]),
        ("places_by_name", 0, NAMED_DATASET),
        ("places_by_name_csv", 0, NAMED_DATASET + ["--csv"]),
        ("seventy_claimants", 0, OWN_PLACES + ["--sources", "sources.csv", "--claimants",
                                               "claimants_many.csv", "--incidents",
                                               "incidents_open.csv", "--claims",
                                               "claims_many.csv"]),
        ("refused_rows", 0, OWN_PLACES + FAULTY_DATASET),
        ("refused_rows_strict", 3, OWN_PLACES + FAULTY_DATASET + ["--strict", "--tally"]),
        ("unknown_incident", 1, ["--incident", "nope"]),
        ("an_argument", 2, ["Kozinka"]),
        ("files_half_given", 2, ["--incidents", "incidents.csv"]),
        ("file_missing", 3, OWN_PLACES + FILES + ["--incidents", "incidents.csv", "--claims",
                                                 "no_such.csv"]),
        ("disk_full", 3, [], "full"),
    ],
    "export_layers": [
        ("help", 0, ["--help"]),
        ("new_folder", 0, ["out"]),
        ("csv", 0, ["out", "--csv", "--belts", "20"]),
        ("own_files", 0, ["out", "--belts", "20"] + OWN + OWN_DATASET),
        ("places_by_name", 0, ["out", "--csv", "--only", "incidents"] + NAMED_DATASET),
        ("border_elsewhere", 0, ["out", "--only", "border_posts,border"] + ELSEWHERE),
        ("border_elsewhere_with_posts", 0, ["out", "--only", "border_posts", "--posts",
                                            "posts.csv"] + ELSEWHERE),
        ("ukrainian_in_utm", 0, ["out", "--lang", "uk", "--crs", "EPSG:32637", "--split-notes",
                                 "--only", "incidents,places,claims"]),
        ("unknown_language", 2, ["out", "--lang", "fr"]),
        ("unknown_layer", 2, ["out", "--only", "incidents,roads"]),
        ("no_layer", 2, ["out", "--only", ","]),
        ("belts_out_of_order", 2, ["out", "--belts", "20,5"]),
        ("belts_in_words", 2, ["out", "--belts", "near"]),
        ("unknown_system", 3, ["out", "--crs", "EPSG:1", "--only", "incidents"]),
        ("no_folder_named", 2, []),
        ("two_folders", 2, ["a", "b"]),
        ("folder_is_a_file", 3, ["places.csv"]),
        ("parent_missing", 3, ["no/such"]),
        ("twice", 3, ["out", "--no-overwrite", "--only", "incidents,border"], "twice"),
        ("edited_style", 0, ["out", "--only", "incidents,border"], "edited"),
        ("edited_project", 0, ["out", "--only", "border"], "edited_project"),
        ("edited_style_anew", 0, ["out", "--only", "incidents,border", "--restyle"], "edited"),
        ("file_too_big", 3, ["out"], "small_files"),
        ("second_layer_too_big", 3, ["out"] + FIRST_LAYERS, "middling_files"),
        ("disk_full", 3, ["out"] + FIRST_LAYERS, "full"),
    ],
}


def files_of_at_most(size):
    """Files end there, as on a disk that is full: writing more fails."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


LIMITS = {"small_files": 3000, "middling_files": 40000}


def run(program, arguments, condition, folder):
    arguments = [a.replace("@DATA@", DATA) for a in arguments]
    options = {"cwd": folder, "stderr": subprocess.PIPE, "stdin": subprocess.DEVNULL}
    if condition in LIMITS:
        # The pipe is no file, so what is printed comes through.
        options["preexec_fn"] = lambda: files_of_at_most(LIMITS[condition])
    if condition == "twice":
        subprocess.run([program] + arguments, stdout=subprocess.DEVNULL, **options)
    if condition == "edited_project":
        subprocess.run([program] + arguments, stdout=subprocess.DEVNULL, **options)
        with open(os.path.join(folder, "out", "project.qgs"), "a") as project:
            project.write("<!-- moved the legend -->\n")
    if condition == "edited":
        subprocess.run([program] + arguments, stdout=subprocess.DEVNULL, **options)
        with open(os.path.join(folder, "out", "incidents.qml"), "a") as style:
            style.write("<!-- drawn for the winter issue -->\n")
    if condition == "full":
        with open("/dev/full", "wb") as full:
            return subprocess.run([program] + arguments, stdout=full, **options)
    return subprocess.run([program] + arguments, stdout=subprocess.PIPE, **options)


def listing(folder):
    """Names of the files that were left, with nothing half written among them."""
    found = []
    for top, _, names in os.walk(os.path.join(folder, "out")):
        found += [os.path.relpath(os.path.join(top, n), folder) for n in names]
    return "".join(sorted(n + "\n" for n in found))


def check_csv(out):
    if out.count("\r\n") != out.count("\n") or not out.endswith("\r\n"):
        raise AssertionError("a line of CSV does not end with CRLF")
    rows = list(csv.reader(io.StringIO(out, newline=""), strict=True))
    if len(set(rows[0])) != len(rows[0]):
        raise AssertionError("two columns of one name")
    if len(rows) < 2 or any(len(r) != len(rows[0]) for r in rows):
        raise AssertionError("a row of CSV without a field for each column")


# The folder in which a layer is written before it is put in place, named at random.
STAGING = re.compile(r"\.incmap-\w+")


def messages(stderr):
    return STAGING.sub(".incmap-NAME", stderr.decode("utf-8")).replace(DATA, "@DATA@")


def transcript(done, arguments, folder):
    out = (done.stdout or b"").decode("utf-8")
    if "--csv" in arguments and out:
        check_csv(out)
        out = out.replace("\r\n", "\n")
    text = "$ %s\n" % " ".join(arguments).replace("\x1b", "ESC")
    for title, part in (("output", out), ("messages", messages(done.stderr)),
                        ("files", listing(folder))):
        if part:
            text += "---- %s\n%s" % (title, part)
    return text + "---- exit status %d\n" % done.returncode


NUMBER = re.compile(r"-?\d+\.\d{3,}(?!\d)")


def same(a, b, is_csv):
    """Equal, but in CSV for numbers of three decimals or more that differ by two last units."""
    if a == b or not is_csv:
        return a == b
    if NUMBER.sub("#", a) != NUMBER.sub("#", b):
        return False
    for x, y in zip(NUMBER.findall(a), NUMBER.findall(b)):
        unit = 10 ** -(len(x) - x.index(".") - 1)
        if len(x.split(".")[1]) != len(y.split(".")[1]) or abs(float(x) - float(y)) > 2.01 * unit:
            return False
    return True


def check(folder, program, case, update):
    name, status, arguments = case[:3]
    condition = case[3] if len(case) > 3 else None
    path = os.path.join(HERE, "%s-%s.expected" % (program, name))
    with tempfile.TemporaryDirectory() as scratch:
        for file in os.listdir(os.path.join(HERE, "input")):
            shutil.copy(os.path.join(HERE, "input", file), scratch)
        done = run(os.path.join(folder, program), arguments, condition, scratch)
        text = transcript(done, arguments, scratch)
    if update:
        with open(path, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
    with open(path, encoding="utf-8", newline="") as file:
        expected = file.read()
    if done.returncode != status:
        return "exit status %d, expected %d\n%s" % (done.returncode, status, text)
    if not same(text, expected, "--csv" in arguments):
        return "".join(difflib.unified_diff(expected.splitlines(True), text.splitlines(True),
                                            "expected", "printed"))
    return None


def main():
    folder, program = os.path.abspath(sys.argv[1]), sys.argv[2]
    update = "--update" in sys.argv[3:]
    failed = 0
    for case in CASES[program]:
        fault = check(folder, program, case, update)
        print("%s %s %s" % ("FAILED" if fault else "ok", program, case[0]))
        if fault:
            failed += 1
            print(fault)
    print("%d cases, %d failed" % (len(CASES[program]), failed))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
