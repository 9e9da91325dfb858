# SPDX-License-Identifier: MIT
"""What the public headers declare: shared by the checks of this folder."""
import os
import re

ROOT = os.path.abspath(os.path.join(os.path.dirname(__file__), "..", ".."))
HEADERS = os.path.join(ROOT, "include", "incmap")

COMMENT = re.compile(r"/\*.*?\*/|//[^\n]*", re.S)
FUNCTION = re.compile(r"\bINCMAP_API\b[^;(]*?\b(\w+)\s*\(")


def read(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


def headers():
    return sorted(n for n in os.listdir(HEADERS) if n.endswith(".h"))


def functions_in(text):
    """Names behind INCMAP_API; its own #define and remarks do not count."""
    text = COMMENT.sub(" ", text)
    text = re.sub(r"^[ \t]*#.*$", "", text, flags=re.M)
    return FUNCTION.findall(text)


def functions():
    """Name of each public function, and the header that declares it."""
    return {name: header for header in headers()
            for name in functions_in(read(os.path.join(HEADERS, header)))}
