# SPDX-License-Identifier: MIT
"""What write_own.c writes, said once more in Python: clients compare what they read with it."""
import subprocess
import tempfile

ROWS = 954
SYSTEMS = {"points": "EPSG:4326", "utm37": "EPSG:32637", "web": "EPSG:3857", "laea": "EPSG:3035",
           "lines": "EPSG:4326", "polygons": "EPSG:4326"}


def write(program):
    folder = tempfile.TemporaryDirectory(prefix="incmap-own-")
    subprocess.run([program, folder.name], check=True)
    return folder


def place(i):
    return 32 + (i % 89) / 10, 48 + (i % 53) / 10


def row(i):
    """The values of feature i; None is NULL."""
    if i % 7 == 0:
        return dict(PLACE_NAME=None, NOTES=None, NUMBER=i, BIG=None, DEPTH_M=None, DAY=None)
    notes = " ".join("\u0441%d" % k for k in range(i % 120))
    return dict(
        PLACE_NAME="\u041a\u0430\u043c%s\u044f\u043d\u043a\u0430 \U0001f33b %d"
                   % ("\u02bc" if i % 2 else "\u2019", i),
        NOTES=notes + "." if notes else None, NUMBER=i, BIG=100000000000000000 + i,
        DEPTH_M=(i - 500) / 8 if i % 5 else None,
        DAY="%04d-%02d-%02d" % (1850 + i % 300, 1 + i % 12, 1 + i % 28))


def joined(found):
    parts = [found.get("NOTES")] + [found.get("NOTES_%d" % n) for n in range(2, 10)]
    return "".join(p for p in parts if p) or None


def row_problems(name, i, found):
    problems = []
    for field, expected in row(i).items():
        value = joined(found) if field == "NOTES" else found.get(field)
        if isinstance(expected, float) and value is not None:
            # two decimals, a half either way: 0.125 is 0.12 or 0.13
            if abs(value - expected) <= 0.005 + 1e-9:
                continue
        if value != expected:
            problems.append("%s %d: %s is %r, expected %r" % (name, i, field, value, expected))
    return problems
