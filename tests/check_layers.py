#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Reads the #include lines of lib/, include/ and examples/ and fails where the house breaks its rules.

Rooms depend one way, within a room there is no circle, each dependency stands in its one adapter,
and no file is named like a header from outside. check_layers.py [ROOT]
"""
import fnmatch
import os
import re
import sys

ROOMS = ["base", "io", "geodesy", "places", "reports", "checks", "formats", "layers", "builtin"]

# The room that a public header speaks for. incmap.h is for users only.
PUBLIC = {
    "status.h": "base", "export.h": "base", "version.h": "base", "context.h": "base",
    "report.h": "base", "coord.h": "base", "date.h": "base",
    "shape.h": "base", "layer_writer.h": "layers", "layer_reader.h": "layers",
    "distance.h": "geodesy", "border.h": "geodesy", "zone.h": "geodesy", "countries.h": "geodesy",
    "place.h": "places", "gazetteer.h": "places", "doubt.h": "places",
    "dataset.h": "reports", "tally.h": "reports",
    "statement.h": "checks", "checks.h": "checks", "import.h": "formats",
    "exchange.h": "formats",
    "changes.h": "reports", "duplicates.h": "reports",
    "layer.h": "layers", "project.h": "layers",
    "builtin.h": "builtin", "incmap.h": "user",
}

# Headers of dependencies, and the adapter that alone may include them.
ADAPTERS = {
    "proj.h": ["lib/geodesy/crs.*"],
    "geodesic.h": ["lib/geodesy/ellipsoid.*"],
    "shapefil.h": ["lib/io/shapefile*", "lib/io/shapelib_*"],
    "utf8proc.h": ["lib/places/fold.*", "examples/common/*"],
    "geos_c.h": ["lib/geodesy/planar.*"],
    "json.h": ["lib/io/geojson.*"],
    "json-c/json.h": ["lib/io/geojson.*"],
}

C11 = set("""assert.h complex.h ctype.h errno.h fenv.h float.h inttypes.h iso646.h limits.h locale.h
math.h setjmp.h signal.h stdalign.h stdarg.h stdatomic.h stdbool.h stddef.h stdint.h stdio.h
stdlib.h stdnoreturn.h string.h tgmath.h threads.h time.h uchar.h wchar.h wctype.h""".split())
POSIX = set("""dirent.h fcntl.h getopt.h iconv.h libgen.h poll.h pthread.h strings.h sys/file.h sys/mman.h
sys/resource.h sys/stat.h sys/time.h sys/types.h sys/wait.h unistd.h""".split())
# Names that a file of ours may not bear, for the include path would mix them up.
TAKEN = C11 | {os.path.basename(n) for n in POSIX} | {os.path.basename(n) for n in ADAPTERS} | set(
    """check.h error.h features.h ftw.h glob.h grp.h langinfo.h libintl.h malloc.h
projects.h pwd.h regex.h sched.h search.h semaphore.h spawn.h syslog.h tar.h termios.h
ulimit.h utime.h values.h wordexp.h""".split())

INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*(?:<([^>\n]+)>|"([^"\n]+)")', re.M)
COMMENT = re.compile(r"/\*.*?\*/", re.S)


def sources(root):
    """Paths below root of every C file that has a room, with forward slashes."""
    for top in ("lib", "include", "examples"):
        for folder, _, names in os.walk(os.path.join(root, top)):
            for name in sorted(names):
                if name.endswith((".c", ".h", ".inc")):
                    yield os.path.relpath(os.path.join(folder, name), root).replace(os.sep, "/")


def includes(root, path):
    """(line number, header, in quotes) of each include; comments do not count."""
    with open(os.path.join(root, path), encoding="utf-8") as file:
        text = COMMENT.sub(lambda m: "\n" * m.group().count("\n"), file.read())
    for match in INCLUDE.finditer(text):
        line = text.count("\n", 0, match.start()) + 1
        yield line, match.group(1) or match.group(2), match.group(2) is not None


def room_of(path):
    parts = path.split("/")
    if parts[0] == "include":
        return PUBLIC.get(parts[-1])
    if parts[0] == "lib" and len(parts) > 2 and parts[1] in ROOMS:
        return parts[1]
    return "user" if parts[0] == "examples" else None


def rank(room):
    return len(ROOMS) if room == "user" else ROOMS.index(room)


def module(root, path):
    """x.c, x.h and the parts x_part.c, x_part.h are one module where there is an x.h; a public
    header stands for itself."""
    if path.startswith("include/"):
        return path
    stem = os.path.splitext(path)[0]
    for at, letter in enumerate(stem):
        if letter == "_" and os.path.exists(os.path.join(root, stem[:at] + ".h")):
            return stem[:at]
    return stem


def is_home(path, header):
    return any(fnmatch.fnmatchcase(path, home) for home in ADAPTERS[header])


class House:
    def __init__(self, root):
        self.root = root
        self.problems = []
        self.edges = {}    # file or module -> the same included -> (path, line)
        self.included = {}  # path -> files of ours and dependencies that it includes, with the line
        self.count = 0     # files read

    def fault(self, path, line, text):
        self.problems.append("%s:%d: %s" % (path, line, text))

    def look_at_dependency(self, path, line, header):
        if header in ADAPTERS:
            self.included.setdefault(path, {})[header] = line
            if not is_home(path, header):
                self.fault(path, line, "<%s> may be included by %s only" %
                           (header, " or ".join(ADAPTERS[header])))
        elif path.startswith("include/") and header not in C11:
            self.fault(path, line, "<%s> in a public header, which may use C11's alone" % header)
        elif header not in C11 | POSIX:
            self.fault(path, line, "<%s> is known neither as a system header nor as a dependency"
                       % header)

    def look_at_ours(self, path, line, target):
        if not os.path.exists(os.path.join(self.root, target)):
            self.fault(path, line, "there is no %s" % target)
            return
        self.included.setdefault(path, {})[target] = line
        mine, theirs = room_of(path), room_of(target)
        if mine is None or theirs is None:
            return  # told once for the file itself
        if theirs == "user" and mine != "user" or rank(theirs) > rank(mine):
            self.fault(path, line, "upward include: %s is in %s, above %s" % (target, theirs, mine))
        else:
            ours, other = module(self.root, path), module(self.root, target)
            if ours == other:  # between the parts of a module the files themselves count
                ours, other = path, target
            self.edges.setdefault(ours, {})[other] = (path, line)

    def look_at_include(self, path, line, header, quoted):
        if header.startswith("incmap/"):
            self.look_at_ours(path, line, "include/" + header)
        elif not quoted:
            self.look_at_dependency(path, line, header)
        elif path.startswith("examples/"):
            beside = os.path.normpath(os.path.join(os.path.dirname(path), header))
            below = "examples/" + header
            inside = [p for p in (beside, below) if p.startswith("examples/")
                      and os.path.exists(os.path.join(self.root, p))]
            if not inside:
                self.fault(path, line, "\"%s\": an example uses public headers and its own" % header)
        elif path.startswith("include/"):
            self.fault(path, line, "\"%s\": public headers include <incmap/...>" % header)
        else:
            self.look_at_ours(path, line, "lib/" + header)

    def look_at_file(self, path):
        self.count += 1
        name = path.split("/")[-1]
        if room_of(path) is None:
            self.fault(path, 1, "belongs to no room: put it into one, or tell check_layers.py")
        if path.startswith("lib/") and name in TAKEN:
            self.fault(path, 1, "has the name of a system or dependency header")
        for line, header, quoted in includes(self.root, path):
            self.look_at_include(path, line, header, quoted)

    def look_for_leaks(self):
        """An adapter's header that brings the dependency along stays within the adapter."""
        for dependency in ADAPTERS:
            carriers, before = {dependency}, None
            while carriers != before:
                before = set(carriers)
                carriers |= {p for p, into in self.included.items()
                             if is_home(p, dependency) and carriers & set(into)}
            for path, into in sorted(self.included.items()):
                leaks = sorted(carriers & set(into) - {dependency})
                if leaks and not is_home(path, dependency):
                    self.fault(path, into[leaks[0]], "%s brings <%s> along, which stays in %s only"
                               % (leaks[0], dependency, " or ".join(ADAPTERS[dependency])))

    def look_for_circles(self):
        """Depth first, over files and over modules; a way back to one still open is a circle."""
        done, open_now = set(), []

        def visit(at):
            open_now.append(at)
            for target in sorted(self.edges.get(at, {})):
                if target in open_now:
                    circle = open_now[open_now.index(target):] + [target]
                    path, line = self.edges[at][target]
                    self.fault(path, line, "circle: " + " -> ".join(circle))
                elif target not in done:
                    visit(target)
            done.add(open_now.pop())

        for start in sorted(self.edges):
            if start not in done:
                visit(start)


def check(root):
    house = House(root)
    for path in sources(root):
        house.look_at_file(path)
    house.look_for_leaks()
    house.look_for_circles()
    return house


def main():
    root = sys.argv[1] if len(sys.argv) > 1 else os.path.join(os.path.dirname(__file__), "..")
    house = check(os.path.abspath(root))
    for problem in house.problems:
        print(problem)
    print("%d files read, %d problems" % (house.count, len(house.problems)))
    return 1 if house.problems or house.count == 0 else 0


if __name__ == "__main__":
    sys.exit(main())
