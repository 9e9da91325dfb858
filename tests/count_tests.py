#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Adds up test runs: count_tests.py RUN=TESTLOG.json ...

A table with a line for each run, then one closing line over the distinct tests. Programs that use
Check count as many tests as Check says they ran, others as one. A test that several runs repeat
counts once, with the worst it came to. A run without a log, or with no test in it, counts as failed.
"""
import json
import re
import sys

CHECKS = re.compile(r"Checks: (\d+), Failures: (\d+), Errors: (\d+)")


def count(entry):
    """(passed, failed, skipped) of one meson test."""
    result = entry["result"]
    if result == "SKIP":
        return 0, 0, 1
    sums = [tuple(map(int, m)) for m in CHECKS.findall(entry.get("stdout") or "")]
    checks = sum(s[0] for s in sums)
    failed = sum(s[1] + s[2] for s in sums)
    if result in ("OK", "EXPECTEDFAIL"):
        # A program that says OK and has failures would be a broken harness.
        return (checks - failed, failed, 0) if checks else (1, 0, 0)
    # It may have ended in another way than by a failed check: a leak, a signal, a time limit.
    failed = max(failed, 1)
    return max(checks - failed, 0), failed, 0


def read(path):
    try:
        with open(path, encoding="utf-8", errors="replace") as file:
            entries = [json.loads(line) for line in file if line.strip()]
    except OSError:
        return {}
    return {entry["name"]: count(entry) for entry in entries}


def main():
    worst = {}
    for argument in sys.argv[1:]:
        run, _, path = argument.partition("=")
        counts = read(path) or {run + " did not run": (0, 1, 0)}
        print("%-12s %5d pass %5d fail %5d skip" %
              (run, *(sum(c[i] for c in counts.values()) for i in range(3))))
        for name, c in counts.items():
            before = worst.get(name)
            if before is None or c[1] > before[1] or before[2] and not c[2]:
                worst[name] = c
            if c[1]:
                print("%-12s failed: %s" % ("", name))
            elif c[2]:
                print("%-12s skipped: %s" % ("", name))
    total = [sum(c[i] for c in worst.values()) for i in range(3)]
    print("%d passed, %d failed, %d skipped" % tuple(total))
    return 1 if total[1] or total[0] == 0 else 0


if __name__ == "__main__":
    sys.exit(main())
