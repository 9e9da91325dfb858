#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The table that README.md shows is what distance_table prints today.

check_readme.py SOURCE_ROOT DISTANCE_TABLE
"""
import difflib
import os
import re
import subprocess
import sys

with open(os.path.join(sys.argv[1], "README.md"), encoding="utf-8") as file:
    shown = re.search(r"^```text\n(.*?)^```$", file.read(), re.M | re.S)
if not shown:
    sys.exit("README.md has no ```text block")
printed = subprocess.run([sys.argv[2]], stdout=subprocess.PIPE, encoding="utf-8",
                         check=True).stdout
if shown.group(1) != printed:
    sys.stdout.writelines(difflib.unified_diff(
        shown.group(1).splitlines(True), printed.splitlines(True), "README.md", sys.argv[2]))
    sys.exit(1)
