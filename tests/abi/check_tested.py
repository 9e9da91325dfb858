#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Every public function is called in some tests/test_*.c; check_tested.py takes no arguments."""
import os
import re
import sys

from declared import COMMENT, ROOT, functions, read

# Functions that no test calls, each with the reason. One that is called must leave the list.
EXCEPTIONS = {}


def called_in_tests():
    tests = os.path.join(ROOT, "tests")
    names = set()
    for name in os.listdir(tests):
        if re.fullmatch(r"test_\w+\.c", name):
            text = COMMENT.sub(" ", read(os.path.join(tests, name)))
            names |= set(re.findall(r"\bincmap_\w+", text))
    return names


def main():
    called, declared = called_in_tests(), functions()
    untested = sorted(n for n in declared if n not in called and n not in EXCEPTIONS)
    stale = sorted(n for n in EXCEPTIONS if n in called or n not in declared)
    for name in untested:
        print("no test calls %s (%s)" % (name, declared[name]))
    for name in stale:
        print("%s no longer needs its exception" % name)
    print("%d public functions, %d without a test" % (len(declared), len(untested)))
    return 1 if untested or stale or not declared else 0


if __name__ == "__main__":
    sys.exit(main())
