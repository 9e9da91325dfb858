#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The same data give the same bytes whatever variants of sin, cos and so on the C library picks for the
processor, in degrees and in metres.

same_layers.py EXPORT_LAYERS

Exit status: 0 the same, 1 not, 77 where glibc has no such variants (a skipped test).
"""
import os
import platform
import subprocess
import sys
import tempfile

SKIP = 77
# Names before and after glibc 2.33.
PLAIN = {"GLIBC_TUNABLES": "glibc.cpu.hwcaps=" + ",".join("-" + name for name in (
    "AVX", "AVX2", "FMA", "FMA4", "AVX512F", "AVX_Usable", "AVX2_Usable", "FMA_Usable",
    "FMA4_Usable"))}


def export(program, folder, crs, environment):
    subprocess.run([program, folder] + crs, check=True, stdout=subprocess.DEVNULL,
                   env=dict(os.environ, **environment))
    found = {}
    for name in sorted(os.listdir(folder)):
        with open(os.path.join(folder, name), "rb") as file:
            found[name] = file.read()
    return found


def main():
    if platform.machine() != "x86_64" or platform.libc_ver()[0] != "glibc":
        print("skipped: no variants to pick from")
        return SKIP
    different = 0
    for crs in ([], ["--crs", "EPSG:32637"]):
        with tempfile.TemporaryDirectory() as a, tempfile.TemporaryDirectory() as b:
            one = export(sys.argv[1], os.path.join(a, "out"), crs, {})
            other = export(sys.argv[1], os.path.join(b, "out"), crs, PLAIN)
        if sorted(one) != sorted(other) or "incidents.shp" not in one:
            print("%s: %s and %s" % (crs, sorted(one), sorted(other)))
            return 1
        for name, content in one.items():
            if content != other[name]:
                n = sum(x != y for x, y in zip(content, other[name]))
                print("%s %s: %d bytes differ" % (" ".join(crs), name, n))
                different += 1
        print("%d files compared%s" % (len(one), ", " + " ".join(crs) if crs else ""))
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main())
