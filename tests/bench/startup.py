#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Start-up as a user sees it: startup.py PROGRAM EMPTY [COMPILER]

Runs the program 21 times after one run that fills the disk cache, and prints the median and the
best, in main and from exec to exit, beside an empty program linked to the same libraries.
"""
import os
import platform
import re
import statistics
import subprocess
import sys
import time

RUNS = 21


def once(program):
    """Milliseconds from exec to exit, and what was printed."""
    begun = time.perf_counter()
    done = subprocess.run([program], stdout=subprocess.PIPE, text=True, check=True)
    return (time.perf_counter() - begun) * 1e3, done.stdout


def many(program):
    once(program)
    return [once(program) for _ in range(RUNS)]


def show(what, ms):
    print("%-42s median %7.2f ms   best %7.2f ms" % (what, statistics.median(ms), min(ms)))
    return statistics.median(ms)


def processor():
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as file:
            return re.search(r"model name\s*: (.*)", file.read()).group(1)
    except (OSError, AttributeError):
        return platform.machine()


def main():
    program, empty = sys.argv[1:3]
    answers = many(program)
    in_main = [float(re.search(r"all (\d+) us", text).group(1)) / 1e3 for _, text in answers]
    print("%s; %s; %d cores; %d runs" % (processor(), " ".join(sys.argv[3:]), os.cpu_count(), RUNS))
    print("last run: %s" % answers[-1][1], end="")
    show("main to the depth of Kozinka", in_main)
    whole = show("whole process, exec to exit", [ms for ms, _ in answers])
    floor = show("empty program, same libraries", [ms for ms, _ in many(empty)])
    print("%-42s        %7.2f ms" % ("what incmap adds", whole - floor))


if __name__ == "__main__":
    main()
