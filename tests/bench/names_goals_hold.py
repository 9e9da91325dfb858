#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Whether the goals for finding names on real data hold, by the table that names_goals.py prints.

names_goals_hold.py PROGRAM    PROGRAM is bench_names_goals. Every 20th settlement is asked for; the
whole, which takes a minute and a half, is names_goals.py itself.

"three" counts equal scores as one rank: a misspelt name cannot be told from its namesakes any better
than one that is spelt rightly, and in some regions five villages bear one name.

Exit status: 0 all hold, 1 one does not, 77 no real data (a skipped test).
"""
import os
import re
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
SKIP = 77
COLUMNS = ("candidate", "first", "three", "names", "top three", "unique", "best", "ambiguous", "none")
ROW = re.compile(r"^(\S.*?) +(\d+)((?: +[\d.]+%)+) +[\d.]+$")
# Part of the table, start of a group's name, column, least, most.
FULL, BARE, BACK = range(3)
GOALS = (
    (FULL, "main name", "candidate", 100, 100),
    (FULL, "every Cyrillic alternate", "candidate", 100, 100),
    (FULL, "main name, oblast and raion", "first", 99, 100),
    (FULL, "same, oblast and raion", "first", 99, 100),
    (FULL, "misspelt, ", "three", 97, 100),
    (FULL, "made-up names", "unique", 0, 1),
    (FULL, "foreign names", "unique", 0, 1),
    (FULL, "made-up names", "best", 0, 1),
    (FULL, "foreign names", "best", 0, 1),
    (FULL, "Russian", "three", 98, 100),
    (BARE, "BGN/PCGN", "three", 98, 100),
    (BARE, "ISO 9", "three", 98, 100),
    (BARE, "DIN 1460", "three", 98, 100),
    (BARE, "GOST 7.79", "three", 98, 100),
    (BARE, "national 2010", "three", 98, 100),
    (BARE, "German habit", "three", 98, 100),
    (BARE, "French habit", "three", 98, 100),
    (BARE, "Polish habit", "three", 98, 100),
    (BARE, "Russian, a form of the Ukrainian", "three", 98, 100),
    (BACK, "Ukrainian name of Russian place", "three", 98, 100),
)
# Romanised by tools that a machine may lack.
BY_OTHERS = ("BGN/PCGN", "ISO 9", "DIN 1460", "GOST 7.79")


def tables(text):
    """The tables in turn, each group by name with its columns in per cent."""
    found = []
    for line in text.splitlines():
        row = ROW.match(line)
        if line.startswith("group") and " candidate " in line:
            found.append({})
        elif row and found:
            values = [float(v) for v in row.group(3).replace("%", "").split()]
            found[-1][row.group(1)] = dict(zip(COLUMNS, values))
    return found


def main():
    if not os.environ.get("INCMAP_REAL_DATA"):
        print("skipped: INCMAP_REAL_DATA names no folder")
        return SKIP
    done = subprocess.run([sys.executable, os.path.join(HERE, "names_goals.py"), sys.argv[1],
                           "--every", "20"], stdout=subprocess.PIPE, encoding="utf-8")
    print(done.stdout)
    if done.returncode:
        return 1
    found, missed = tables(done.stdout), 0
    for part, start, column, least, most in GOALS:
        groups = {g: v for g, v in found[part].items() if g.startswith(start)}
        if not groups and start not in BY_OTHERS:
            missed += 1
            print("MISSED: no group \"%s\" in table %d" % (start, part))
        for group, values in groups.items():
            if not least <= values[column] <= most:
                missed += 1
                print("MISSED: %s: %s %.2f %%, expected %g to %g" %
                      (group, column, values[column], least, most))
    print("%d goals, %d missed" % (len(GOALS), missed))
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
