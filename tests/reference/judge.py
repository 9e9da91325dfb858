#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Every depth of the sets of tests/bench held against an exact one.

judge.py DUMP_DEPTHS WORK_FOLDER POINTS COMPILER [BORDER/POINTS ...]

DUMP_DEPTHS writes the library's answers; stress_border.cpp, built here in WORK_FOLDER with COMPILER
("" for none) and GeographicLib, finds them anew and prints the largest errors. The sets are B1/P1
to B1/P4 and B2/P1 to B2/P4, all of them when none is named; of P3 a twentieth of POINTS is taken, or
2,000 where that is more. A million points take some 5 minutes a set.

Exit status: 0 every goal met, 1 one missed, 77 no compiler or no GeographicLib (a skipped test).
"""
import os
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
DATA = os.path.join(HERE, "..", "..", "data")
SETS = tuple(b + "/" + p for b in ("B1", "B2") for p in ("P1", "P2", "P3", "P4"))
SOURCES = ("stress_border.cpp", "judge_outlines.hpp")
SKIP = 77


def has_geographiclib(compiler):
    try:
        done = subprocess.run([compiler, "-E", "-x", "c++", "-"], text=True,
                              input="#include <GeographicLib/GeodesicExact.hpp>\n",
                              stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    except OSError:
        return False
    return done.returncode == 0


def build(compiler, folder):
    """The judge's program, made anew when a source is younger."""
    program = os.path.join(folder, "stress_border")
    sources = [os.path.join(HERE, name) for name in SOURCES]
    if not os.path.exists(program) or any(os.path.getmtime(s) > os.path.getmtime(program)
                                          for s in sources):
        for library in ("-lGeographicLib", "-lGeographic"):  # the latter before 2.1
            done = subprocess.run([compiler, "-O2", "-std=c++11", sources[0], library, "-o", program],
                                  stderr=subprocess.PIPE, text=True)
            if done.returncode == 0:
                return program
        sys.exit(done.stderr)
    return program


def judge(dump, program, one, points):
    """Whether a set meets every goal."""
    border, questions = one.split("/")
    n = max(points // 20, min(points, 2000)) if questions == "P3" else points
    with tempfile.TemporaryDirectory() as scratch:
        answers = os.path.join(scratch, "answers")
        subprocess.run([dump, os.path.join(DATA, "countries", "countries.shp"), border, questions,
                        str(n), answers], check=True)
        print("== border %s, points %s" % (border, questions), flush=True)
        done = subprocess.run([program, DATA, border, answers, "1"])
    if done.returncode not in (0, 1):
        sys.exit("the judge ended with %d" % done.returncode)
    return done.returncode == 0


def main():
    dump, folder, points, compiler = sys.argv[1:5]
    if not compiler or not has_geographiclib(compiler):
        print("no C++ compiler, or no GeographicLib")
        return SKIP
    program = build(compiler, folder)
    met = [judge(dump, program, one, int(points)) for one in sys.argv[5:] or SETS]
    return 0 if all(met) else 1


if __name__ == "__main__":
    sys.exit(main())
