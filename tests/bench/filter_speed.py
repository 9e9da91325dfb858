#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What measure_points costs, on one thread. Rows of id,lon,lat: rows a second. Rows of 500 bytes: its
time for reading, splitting, copying and writing against that of filter_plain.c, which does only that,
and the measuring apart. Memory: the peak for 10 thousand and 10 million rows out of a pipe.

filter_speed.py PROGRAM PLAIN [ROWS]

Processor time, so that other work on the machine counts little; input and output are files in memory
where the system has such, for the time that a disk takes is nobody's here; both take turns, and ratios are
the medians of several rounds. awk, which splits and writes too, is named beside where it
is.
"""
import os
import random
import re
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

ROUNDS = 7
WORDS = ("shelling drone strike village of Kozinka reported by the regional governor no casualties "
         "were given").split()


def position(numbers):
    return "%.6f,%.6f" % (numbers.uniform(31, 41), numbers.uniform(44, 53))


def points(numbers, i):
    return "%d,%s" % (i, position(numbers))


def one_note(numbers, i):
    return ("%d,%s," % (i, position(numbers))).ljust(499, "x")


def event(numbers, i):
    """31 columns, as many as the events of ACLED have, with quotes around the notes."""
    actors = ",".join("actor %d" % numbers.randint(0, 99) for _ in range(14))
    sources = ",".join("source %d" % numbers.randint(0, 9) for _ in range(6))
    notes = " ".join(numbers.choice(WORDS) for _ in range(20)) + ", and more"
    return ("UKR%d,2023-05-22,2023,1,Battles,Armed clash,%s,%s,1,%s,\"%s\",1684713600"
            % (i, actors, position(numbers), sources, notes)).ljust(499, "0")


POINTS = ("id,lon,lat", points)
NOTE = ("id,lon,lat,note", one_note)
EVENTS = (",".join("c%d" % i for i in range(20)) + ",lon,lat," + ",".join(
    "d%d" % i for i in range(9)), event)


def write_table(path, kind, rows):
    """The same 20,000 rows over and over."""
    numbers = random.Random(7)
    head, line = kind
    block = "".join(line(numbers, i) + "\n" for i in range(20000))
    with open(path, "w", encoding="ascii") as out:
        out.write(head + "\n")
        for _ in range(rows // 20000):
            out.write(block)


def seconds(command, path, folder):
    """Of the processor, for the command over the file and nothing else, and what it said."""
    with open(path, "rb") as table, open(os.path.join(folder, "out.csv"), "wb") as out:
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        done = subprocess.run(command, stdin=table, stdout=out, stderr=subprocess.PIPE, check=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return used, done.stderr.decode()


def times_of(program, path, folder):
    """All of it, and the three parts that it tells itself."""
    used, said = seconds([program, "--times"], path, folder)
    parts = re.search(r"([\d.]+) before the first row, ([\d.]+) measuring \d+ rows, ([\d.]+) reading",
                      said)
    return (used,) + tuple(float(p) for p in parts.groups())


def per_row(values, rows):
    return 1e9 * statistics.median(values) / rows


def rows_a_second(program, path, folder, rows):
    runs = [times_of(program, path, folder) for _ in range(ROUNDS)]
    print("rows of id,lon,lat, %d of them: %.2f million rows a second, of which starting took %.3f s"
          % (rows, rows / statistics.median(r[0] for r in runs) / 1e6,
             statistics.median(r[1] for r in runs)))
    print("  a row: %.0f ns of measuring, %.0f ns of reading and writing"
          % (per_row([r[2] for r in runs], rows), per_row([r[3] for r in runs], rows)))


def against_plain(what, program, plain, path, folder, rows):
    awk = shutil.which("awk")
    own, floor, peer = [], [], []
    for _ in range(ROUNDS):
        own.append(times_of(program, path, folder))
        floor.append(seconds([plain], path, folder)[0])
        if awk:
            command = [awk, "-F,", "-v", "OFS=,", "{ $1 = $1; print }"]
            peer.append(seconds(command, path, folder)[0])
    ratios = sorted(o[3] / f for o, f in zip(own, floor))
    print("%s: reading and writing take %.2f times as long as plainly (%.2f to %.2f)"
          % (what, statistics.median(ratios), ratios[0], ratios[-1]))
    print("  a row: %.0f ns of measuring, %.0f ns of reading and writing; plainly %.0f ns%s"
          % (per_row([o[2] for o in own], rows), per_row([o[3] for o in own], rows),
             per_row(floor, rows), "; awk %.0f ns" % per_row(peer, rows) if peer else ""))


def peak_kib(pid):
    with open("/proc/%d/status" % pid, encoding="ascii") as status:
        return int(re.search(r"VmHWM:\s+(\d+) kB", status.read()).group(1))


def memory(program, rows):
    """The peak while all but the last piece of so many rows has gone through a pipe."""
    numbers = random.Random(8)
    block = "".join(points(numbers, i) + "\n" for i in range(10000)).encode()
    run = subprocess.Popen([program], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL)
    run.stdin.write(b"id,lon,lat\n")
    for _ in range(rows // 10000):
        run.stdin.write(block)
    run.stdin.flush()
    time.sleep(0.5)
    peak = peak_kib(run.pid)
    run.stdin.close()
    if run.wait():
        raise RuntimeError("the program failed")
    return peak


def main():
    program, plain = sys.argv[1:3]
    rows = int(sys.argv[3]) if len(sys.argv) > 3 else 1000000
    in_memory = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
    with tempfile.TemporaryDirectory(dir=in_memory) as folder:
        path = os.path.join(folder, "rows.csv")
        write_table(path, POINTS, rows)
        rows_a_second(program, path, folder, rows)
        for what, kind in (("rows of 500 bytes in 31 fields", EVENTS),
                           ("rows of 500 bytes, most of them one note", NOTE)):
            write_table(path, kind, rows // 4)
            against_plain(what, program, plain, path, folder, rows // 4)
    if os.path.exists("/proc/self/status"):
        for n in (10000, 100000, 10000000):
            print("%d rows out of a pipe: at most %.1f MiB of memory" % (n, memory(program, n) / 1024))
    return 0


if __name__ == "__main__":
    sys.exit(main())
