#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The memory of measure_points does not grow with its input: its peak for 1.2 million rows out of a pipe is
that for 200 thousand, of positions and of names; so it is for millions of empty lines.

check_memory.py PROGRAM    Exit status 77 (skipped) where the system does not tell a peak.
"""
import os
import re
import subprocess
import sys
import time

SKIPPED = 77
SLACK_KIB = 1024  # the allocator's own ups and downs; six times the rows would be tens of MiB more


def peak_kib(pid):
    with open("/proc/%d/status" % pid, encoding="ascii") as status:
        found = re.search(r"VmHWM:\s+(\d+) kB", status.read())
    return int(found.group(1)) if found else None


def peak_of(command, head, block, times):
    """While all but the last piece has gone through."""
    run = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL,
                           stderr=subprocess.DEVNULL)
    run.stdin.write(head)
    for _ in range(times):
        run.stdin.write(block)
    run.stdin.flush()
    time.sleep(0.2)
    peak = peak_kib(run.pid)
    run.stdin.close()
    if run.wait():
        raise RuntimeError("%s ended with %d" % (command, run.returncode))
    return peak


def main():
    program = sys.argv[1]
    if not os.path.exists("/proc/self/status") or peak_kib(os.getpid()) is None:
        print("skipped: no peak of memory to be had here")
        return SKIPPED
    positions = b"".join(b"%d,%d.5,5%d.25\n" % (i, 31 + i % 10, i % 3) for i in range(20000))
    names = b"".join(b"%d,%s\n" % (i, (b"Kozinka", b"Belgorod", "Графовка".encode(), b"")[i % 4])
                     for i in range(20000))
    blank = b"\n" * 500000
    faults = 0
    for what, command, head, block in (
            ("positions", [program], b"id,lon,lat\n", positions),
            ("names", [program, "--place", "name"], b"id,name\n", names),
            ("empty lines", [program], b"id,lon,lat\n", blank)):
        few, many = (peak_of(command, head, block, times) for times in (10, 60))
        print("%s: %d KiB, and for six times the rows %d KiB" % (what, few, many))
        faults += many > few + SLACK_KIB
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
