#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Header, meson and CHANGELOG name the same version: check_version.py MESON_VERSION"""
import os
import re
import sys

from declared import HEADERS, ROOT, read


def header_versions():
    text = read(os.path.join(HEADERS, "version.h"))
    parts = [re.search(r"#define INCMAP_VERSION_%s (\d+)" % p, text).group(1)
             for p in ("MAJOR", "MINOR", "PATCH")]
    return ".".join(parts), re.search(r'#define INCMAP_VERSION_STRING "([^"]*)"', text).group(1)


def changelog_version():
    """The newest entry; "Unreleased" stands behind the version that it will become."""
    match = re.search(r"^## \[(\d+\.\d+\.\d+)\]", read(os.path.join(ROOT, "CHANGELOG.md")), re.M)
    return match.group(1) if match else "none"


def main():
    numbers, string = header_versions()
    found = {"INCMAP_VERSION_MAJOR, MINOR, PATCH": numbers, "INCMAP_VERSION_STRING": string,
             "CHANGELOG.md": changelog_version(), "meson.build": sys.argv[1]}
    for where, version in found.items():
        print("%-34s %s" % (where, version))
    return 0 if len(set(found.values())) == 1 else 1


if __name__ == "__main__":
    sys.exit(main())
