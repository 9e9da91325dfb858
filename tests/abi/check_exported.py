#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The names that libincmap.so gives out are those of exported.txt, and those are the headers'.

check_exported.py LIBRARY [--rewrite]    --rewrite puts the headers' names into the list, for a
change of the interface that is meant; the change then shows in the diff.
"""
import os
import re
import subprocess
import sys

from declared import functions, read

LIST = os.path.join(os.path.dirname(os.path.abspath(__file__)), "exported.txt")
PUBLIC = re.compile(r"incmap_(?!_)\w+")
# Put there by the linker of some machines, in any library.
LINKER = {"_init", "_fini", "__bss_start", "_edata", "_end"}


def exported_by(library):
    text = subprocess.run(["nm", "-D", "--defined-only", library], stdout=subprocess.PIPE,
                          text=True, check=True).stdout
    # A name may carry its version behind an @.
    return {line.split()[-1].split("@")[0] for line in text.splitlines()} - LINKER


def compare(what, has, should):
    for name in sorted(should - has):
        print("%s lacks %s" % (what, name))
    for name in sorted(has - should):
        print("%s has %s, which is not in exported.txt" % (what, name))
    return has == should


def main():
    declared = set(functions())
    if "--rewrite" in sys.argv:
        with open(LIST, "w", encoding="utf-8") as file:
            file.write("".join(name + "\n" for name in sorted(declared)))
    listed = set(read(LIST).split())
    exported = exported_by(sys.argv[1])
    good = compare("the set of headers", declared, listed)
    good = compare(os.path.basename(sys.argv[1]), exported, listed) and good
    for name in sorted(n for n in exported if not PUBLIC.fullmatch(n)):
        print("%s is no public name" % name)
        good = False
    print("%d names" % len(exported))
    return 0 if good and exported else 1


if __name__ == "__main__":
    sys.exit(main())
