#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Depths are the same on a processor without vector instructions.

same_bits.py DUMP_DEPTHS POINTS

DUMP_DEPTHS answers the sets of tests/bench three times: here; here with the C library kept from its
vector and fused variants of sin, cos and so on; and on a Core 2 (SSE3, no AVX, no FMA) by qemu. The last two
must be the same bit for bit, for there the library alone chose its instructions. Against the first, in
which the C library's own last digits differ, distances, feet and chainages may differ by a micrometre.

Exit status: 0 the same, 1 not, 77 no qemu-x86_64 or another kind of processor (a skipped test).
"""
import os
import platform
import shutil
import struct
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
COUNTRIES = os.path.join(HERE, "..", "..", "data", "countries", "countries.shp")
PLAIN = ["qemu-x86_64", "-cpu", "core2duo"]
# In the C library alone; names before and after glibc 2.33.
PLAIN_LIBM = "glibc.cpu.hwcaps=" + ",".join("-" + name for name in (
    "AVX", "AVX2", "FMA", "FMA4", "AVX512F", "AVX_Usable", "AVX2_Usable", "FMA_Usable", "FMA4_Usable"))
LAT, LON, DEPTH, BAND, FOOT_LAT, FOOT_LON, AZIMUTH, ALONG = range(8)
MICROMETRE_DEG = 1e-6 / 111320
SKIP = 77


def answers(command, one, mode, points, folder, environment=None):
    border, questions = one.split("/")
    path = os.path.join(folder, "answers")
    subprocess.run(command + [COUNTRIES, border, questions, str(points), path, mode], check=True,
                   env=dict(os.environ, **(environment or {})))
    with open(path, "rb") as file:
        return file.read()


def farthest(a, b):
    """The largest difference in metres, and how many rows differ in what is no measurement."""
    most, others = 0.0, 0
    for x, y in zip(struct.iter_unpack("12d", a), struct.iter_unpack("12d", b)):
        lon = abs(x[FOOT_LON] - y[FOOT_LON])
        most = max(most, abs(x[DEPTH] - y[DEPTH]), abs(x[ALONG] - y[ALONG]),
                   abs(x[FOOT_LAT] - y[FOOT_LAT]) / MICROMETRE_DEG * 1e-6,
                   min(lon, 360 - lon) / MICROMETRE_DEG * 1e-6)
        others += x[BAND] != y[BAND] or x[ALONG + 1:] != y[ALONG + 1:]
    return most, others


def check(dump, one, mode, points, folder):
    here = answers([dump], one, mode, points, folder)
    tamed = answers([dump], one, mode, points, folder, {"GLIBC_TUNABLES": PLAIN_LIBM})
    plain = answers(PLAIN + [dump], one, mode, points, folder)
    most, others = farthest(here, plain)
    same = tamed == plain
    print("%s %-8s: %s bits; with this C library's own sin and cos %.2g m apart, %d sides or lines" % (
        one, mode, "the same" if same else "OTHER", most, others))
    return same and most < 1e-6 and not others


def main():
    dump, points = sys.argv[1], int(sys.argv[2])
    if platform.machine() != "x86_64" or not shutil.which(PLAIN[0]):
        print("no qemu-x86_64, or no x86-64 processor")
        return SKIP
    with tempfile.TemporaryDirectory() as folder:
        good = [check(dump, b + "/" + p, mode, points, folder)
                for b in ("B1", "B2") for p in ("P1", "P2", "P3", "P4")
                for mode in ("many", "single", "prepared")]
    return 0 if all(good) else 1


if __name__ == "__main__":
    sys.exit(main())
