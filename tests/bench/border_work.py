#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""How the work of a depth grows with the border's edges: border_work.py BORDER_SCALING [POINTS]

Has valgrind count instructions, and simulate what misses a cache of 32 MB, which no other work on the machine
can disturb. Prints them a point for coasts of 10 thousand, 100 thousand and 1 million edges.
"""
import os
import re
import shutil
import subprocess
import sys
import tempfile

SIZES = 10000, 100000, 1000000
# As the program does them, one after the other.
STEPS = ("1 km", "many"), ("1 km", "one by one"), ("100 km", "many"), ("100 km", "one by one")
SKIPPED = 77


def totals(path):
    """The events that one dump counted; zeros at the end of its line are left out."""
    names = values = []
    with open(path, encoding="utf-8") as file:
        for line in file:
            if line.startswith("events:"):
                names = line.split()[1:]
            elif line.startswith("totals:"):
                values = [int(number) for number in line.split()[1:]]
    return dict(zip(names, values + [0] * len(names)))


def dumps(folder):
    """The dumps in the order in which they were made; the last, at the program's end, is none."""
    found = [name for name in os.listdir(folder) if re.fullmatch(r"out\.\d+", name)]
    return [totals(os.path.join(folder, name))
            for name in sorted(found, key=lambda name: int(name[4:]))][:len(STEPS)]


def count(program, edges, points):
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["valgrind", "--tool=callgrind", "--cache-sim=yes", "--LL=33554432,16,64",
                        "--toggle-collect=bench_step", "--dump-after=bench_step",
                        "--callgrind-out-file=" + os.path.join(folder, "out"),
                        program, "--work", str(edges), str(points)],
                       check=True, stderr=subprocess.DEVNULL)
        return dumps(folder)


def main():
    points = int(sys.argv[2]) if len(sys.argv) > 2 else 50000
    if not shutil.which("valgrind"):
        print("valgrind is needed")
        return SKIPPED
    counted = [count(sys.argv[1], edges, points) for edges in SIZES]
    print("%d points; a point: instructions, and reads that miss the first and the last cache" % points)
    for step, (distance, way) in enumerate(STEPS):
        for edges, dump in zip(SIZES, counted):
            cost = dump[step]
            print("%-8s %-12s %8d edges %8.0f %7.1f %6.1f" % (
                distance, way, edges, cost["Ir"] / points, cost["D1mr"] / points, cost["DLmr"] / points))
        print("%42s %.2f" % ("growth of the instructions", counted[-1][step]["Ir"] / counted[0][step]["Ir"]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
