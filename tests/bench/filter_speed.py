#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""How long measure_points takes for a row, against awk in the same run, which only splits each row into
fields and writes it again. Medians of several rounds; processor time, so that other work on the machine
counts little.

filter_speed.py PROGRAM [ROWS]    Rows of id,lon,lat, and rows of some 500 bytes.
"""
import os
import random
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile

ROUNDS = 5


def write_table(path, rows, padding):
    numbers = random.Random(7)
    with open(path, "w", encoding="ascii") as out:
        out.write("id,lon,lat%s\n" % (",note" if padding else ""))
        for i in range(rows):
            out.write("%d,%.6f,%.6f%s\n" % (i, numbers.uniform(31, 41), numbers.uniform(44, 53),
                                            "," + "x" * padding if padding else ""))


def seconds(command):
    """Of the processor, for the command and nothing else."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def compare(what, program, path, rows):
    awk = [shutil.which("awk"), "-F,", "-v", "OFS=,", "{ $1 = $1; print }", path]
    own, peer = [], []
    for _ in range(ROUNDS):
        own.append(seconds([program, path]))
        peer.append(seconds(awk))
    ratio = statistics.median(a / b for a, b in zip(own, peer))
    print("%-22s %9.0f rows/s   awk %9.0f rows/s   time against awk's %5.2f"
          % (what, rows / statistics.median(own), rows / statistics.median(peer), ratio))


def main():
    program = sys.argv[1]
    rows = int(sys.argv[2]) if len(sys.argv) > 2 else 500000
    if not shutil.which("awk"):
        print("awk is not here")
        return 77
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "points.csv")
        write_table(path, rows, 0)
        compare("id,lon,lat", program, path, rows)
        write_table(path, rows // 5, 470)
        compare("rows of 500 bytes", program, path, rows // 5)
    return 0


if __name__ == "__main__":
    sys.exit(main())
