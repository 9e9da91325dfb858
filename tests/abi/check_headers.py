#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Compiles every public header alone: check_headers.py LANGUAGE STANDARD COMPILER...

Twice in one file, too, so that its guard is seen to hold. Without a compiler the test is skipped.
"""
import os
import subprocess
import sys
import tempfile

from declared import HEADERS, headers

SKIP = 77


def compile_alone(language, standard, compiler, header, folder):
    source = os.path.join(folder, "alone." + {"c": "c", "c++": "cc"}[language])
    with open(source, "w", encoding="utf-8") as file:
        file.write("#include <incmap/%s>\n#include <incmap/%s>\nint alone;\n" % (header, header))
    command = compiler + ["-x", language, "-std=" + standard, "-Wall", "-Wextra", "-pedantic",
                          "-Werror", "-I", os.path.dirname(HEADERS), "-fsyntax-only", source]
    done = subprocess.run(command, stderr=subprocess.PIPE, text=True)
    if done.returncode:
        print("%s as %s does not compile alone:\n%s" % (header, standard, done.stderr))
    return done.returncode == 0


def main():
    language, standard, compiler = sys.argv[1], sys.argv[2], sys.argv[3:]
    if not compiler:
        print("no compiler for %s" % language)
        return SKIP
    with tempfile.TemporaryDirectory() as folder:
        good = [compile_alone(language, standard, compiler, h, folder) for h in headers()]
    print("%d headers as %s, %d fail" % (len(good), standard, good.count(False)))
    return 0 if good and all(good) else 1


if __name__ == "__main__":
    sys.exit(main())
