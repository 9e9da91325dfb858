#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""check_layers.py itself: a small made-up tree passes, and each fault put into it is found.

A check that never fails proves nothing, so every rule has its violation here.
"""
import os
import sys
import tempfile

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import check_layers  # noqa: E402

SOUND = {
    "include/incmap/status.h": "#include <stddef.h>\n",
    "include/incmap/border.h": "#include <incmap/status.h>\n",
    "lib/base/text.h": "",
    "lib/base/text.c": '#include "base/text.h"\n#include <string.h>\n',
    "lib/io/shapefile.c": '#include <shapefil.h>\n#include "base/text.h"\n',
    "lib/geodesy/crs.c": "#include <proj.h>\n",
    "lib/geodesy/ellipsoid.h": "",
    "lib/geodesy/ellipsoid.c": '#include "geodesy/ellipsoid.h"\n#include <geodesic.h>\n',
    # A module in two parts that share a header of their own is no circle.
    "lib/geodesy/outline.h": "",
    "lib/geodesy/outline_pack.h": '#include "geodesy/outline.h"\n',
    "lib/geodesy/outline.c": '#include "geodesy/outline_pack.h"\n',
    "lib/geodesy/border.c": '#include <incmap/border.h>\n#include "geodesy/ellipsoid.h"\n'
                            '/* #include "builtin/blob.h" is only a remark */\n',
    "lib/places/fold.c": "#include <utf8proc.h>\n",
    "lib/builtin/blob.h": '#include "base/text.h"\n',
    "examples/common/columns.h": "",
    "examples/common/columns.c": '#include "columns.h"\n#include <utf8proc.h>\n',
    "examples/table.c": '#include <incmap/border.h>\n#include "common/columns.h"\n',
}

# why, file, its new text, part of the message
FAULTS = [
    ("a room looks up", "lib/base/text.c", '#include "io/shapefile.h"\n', "upward include",
     {"lib/io/shapefile.h": ""}),
    ("with spaces in the line", "lib/io/csv.c", '  #  include   "builtin/blob.h"\n',
     "upward include", {}),
    ("through a public header", "lib/io/csv.c", "#include <incmap/border.h>\n", "upward include",
     {}),
    ("a public header looks up", "include/incmap/status.h", "#include <incmap/border.h>\n",
     "upward include", {}),
    ("the library takes the users' header", "lib/builtin/doors.c", "#include <incmap/incmap.h>\n",
     "upward include", {"include/incmap/incmap.h": ""}),
    ("two modules take one another", "lib/geodesy/ellipsoid.c", '#include "geodesy/border.h"\n',
     "circle", {"lib/geodesy/border.h": ""}),
    ("two parts of a module take one another", "lib/geodesy/outline.h",
     '#include "geodesy/outline_pack.h"\n', "circle", {}),
    ("three in a ring", "lib/places/a.h", '#include "places/b.h"\n', "circle",
     {"lib/places/b.h": '#include "places/c.h"\n', "lib/places/c.h": '#include "places/a.h"\n'}),
    ("public headers in a ring", "include/incmap/distance.h", "#include <incmap/border.h>\n",
     "circle", {"include/incmap/border.h": "#include <incmap/distance.h>\n"}),
    ("proj.h beside its adapter", "lib/geodesy/border.c", "#include <proj.h>\n", "only", {}),
    ("geodesic.h in the other adapter", "lib/geodesy/crs.c", "#include <geodesic.h>\n", "only", {}),
    ("a name that only begins like the adapter", "lib/geodesy/ellipsoid_more.c",
     "#include <geodesic.h>\n", "only", {}),
    ("shapefil.h through the adapter's header", "lib/io/table.c", '#include "io/shapelib_hooks.h"\n',
     "brings <shapefil.h> along", {"lib/io/shapelib_hooks.h": "#include <shapefil.h>\n"}),
    ("shapefil.h in layers", "lib/layers/incidents.c", "#include <shapefil.h>\n", "only", {}),
    ("utf8proc.h in base", "lib/base/text.c", "#include <utf8proc.h>\n", "only", {}),
    ("utf8proc.h in an example itself", "examples/table.c", "#include <utf8proc.h>\n", "only", {}),
    ("GEOS without an adapter", "lib/io/csv.c", "#include <geos_c.h>\n", "only", {}),
    ("json-c without an adapter", "lib/io/csv.c", "#include <json-c/json.h>\n", "only", {}),
    ("a dependency nobody named", "lib/io/csv.c", "#include <sqlite3.h>\n", "neither", {}),
    ("a system header in public", "include/incmap/status.h", "#include <unistd.h>\n",
     "public header", {}),
    ("a private header in public", "include/incmap/status.h", '#include "base/text.h"\n',
     "public headers include", {}),
    ("an example looks inside", "examples/table.c", '#include "base/text.h"\n',
     "public headers and its own", {}),
    ("a header that is not there", "lib/io/csv.c", '#include "io/none.h"\n', "there is no", {}),
    ("a header named without its room", "lib/geodesy/border.c", '#include "ellipsoid.h"\n',
     "there is no", {}),
    ("named like a system header", "lib/base/error.h", "", "has the name of", {}),
    ("named like a dependency's", "lib/geodesy/geodesic.h", "", "has the name of", {}),
    ("a room nobody planned", "lib/attic/old.c", "", "no room", {}),
    ("a public header nobody placed", "include/incmap/new.h", "", "no room", {}),
]


def problems_of(files):
    with tempfile.TemporaryDirectory() as root:
        for path, text in files.items():
            os.makedirs(os.path.join(root, os.path.dirname(path)), exist_ok=True)
            with open(os.path.join(root, path), "w", encoding="utf-8") as file:
                file.write(text)
        return check_layers.check(root).problems


def main():
    failed = 0
    sound = problems_of(SOUND)
    if sound:
        print("the sound tree is refused: %s" % sound)
        failed += 1
    for why, path, text, part, more in FAULTS:
        found = problems_of({**SOUND, **more, path: text})
        if len(found) != 1 or part not in found[0]:
            print("%s: expected one problem with '%s', got %s" % (why, part, found))
            failed += 1
    print("%d trees, %d of them judged wrongly" % (len(FAULTS) + 1, failed))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
