#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""A table measured in 1, 4 and 16 parts and joined is the table measured whole, byte for byte.

check_split.py PROGRAM    With GNU parallel on the machine, that does the splitting once more.
"""
import random
import shutil
import subprocess
import sys


def run(command, text):
    done = subprocess.run(command, input=text, stdout=subprocess.PIPE, check=True)
    return done.stdout


def table(rows):
    numbers = random.Random(600)
    lines = []
    for i in range(rows):
        lines.append("%d,%.6f,%.6f,\"row, %d\"" % (i, numbers.uniform(31, 41),
                                                 numbers.uniform(44, 53), i))
    lines[rows // 3] = "odd,x,50,"
    lines[rows // 2] = "short"
    return [line.encode() + (b"\r\n" if i % 2 else b"\n") for i, line in enumerate(lines)]


def main():
    filter_ = [sys.argv[1], "--no-header", "--lat", "3", "--lon", "2"]
    lines = table(20000)
    whole = run([sys.argv[1]], b"id,lon,lat,note\n" + b"".join(lines))
    head, body = whole.split(b"\n", 1)
    faults = 0
    if not head.startswith(b"id,lon,lat,note,depth_m,") or body.count(b"\n") != len(lines):
        print("the whole has another head or another number of rows")
        faults += 1
    for parts in (1, 4, 16):
        size = -(-len(lines) // parts)
        joined = b"".join(run(filter_, b"".join(lines[i:i + size]))
                          for i in range(0, len(lines), size))
        print("%d parts: %s" % (parts, "the same" if joined == body else "DIFFERENT"))
        faults += joined != body
    if shutil.which("parallel"):
        joined = run(["parallel", "--pipe", "--keep-order", "--block", "100k", "--quote"] + filter_,
                     b"".join(lines))
        print("GNU parallel: %s" % ("the same" if joined == body else "DIFFERENT"))
        faults += joined != body
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
