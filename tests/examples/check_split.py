#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""A table measured in 1, 4 and 16 parts and joined is the table measured whole, byte for byte.

check_split.py PROGRAM           The parts are made here.
check_split.py PROGRAM parallel  GNU parallel makes them and runs the program, in blocks of several
                                 sizes; exit status 77 (skipped) where that is not installed.
"""
import os
import random
import shutil
import subprocess
import sys
import tempfile

SKIPPED = 77


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


def differs(what, joined, body):
    print("%s: %s" % (what, "the same" if joined == body else "DIFFERENT"))
    return joined != body


def split_here(filter_, lines, body):
    faults = 0
    for parts in (1, 4, 16):
        size = -(-len(lines) // parts)
        joined = b"".join(run(filter_, b"".join(lines[i:i + size]))
                          for i in range(0, len(lines), size))
        faults += differs("%d parts" % parts, joined, body)
    return faults


def split_by_parallel(filter_, lines, body):
    faults = 0
    with tempfile.TemporaryDirectory() as folder:
        os.environ["PARALLEL_HOME"] = folder
        for block in ("10k", "100k", "1M"):
            command = ["parallel", "--will-cite", "--pipe", "--keep-order", "--block", block, "--quote"]
            joined = run(command + filter_, b"".join(lines))
            faults += differs("GNU parallel, blocks of %s" % block, joined, body)
    return faults


def gnu_parallel():
    """Another program of that name, of moreutils, splits nothing."""
    if not shutil.which("parallel"):
        return False
    said = subprocess.run(["parallel", "--version"], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT)
    return b"GNU parallel" in said.stdout


def main():
    by_parallel = sys.argv[2:] == ["parallel"]
    if by_parallel and not gnu_parallel():
        print("skipped: GNU parallel is not installed")
        return SKIPPED
    filter_ = [sys.argv[1], "--no-header", "--columns", "4", "--lat", "3", "--lon", "2"]
    lines = table(20000)
    whole = run([sys.argv[1]], b"id,lon,lat,note\n" + b"".join(lines))
    head, body = whole.split(b"\n", 1)
    faults = 0
    if not head.startswith(b"id,lon,lat,note,depth_m,") or body.count(b"\n") != len(lines):
        print("the whole has another head or another number of rows")
        faults += 1
    split = split_by_parallel if by_parallel else split_here
    return 1 if faults + split(filter_, lines, body) else 0


if __name__ == "__main__":
    sys.exit(main())
