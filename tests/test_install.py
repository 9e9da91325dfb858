#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What a user does first: install, then build a program through pkg-config alone.

test_install.py MODE SOURCE_ROOT BUILD_ROOT, with MODE one of
  readme      the C program of README.md, its commands and its output, exactly as printed there
  shared      tests/subproject/kozinka.c against libincmap.so
  c++         tests/subproject/kozinka.cc, with exceptions and without
  static      the same against libincmap.a alone
  subproject  tests/subproject as a project of its own, with incmap in its subprojects/
"""
import difflib
import glob
import os
import re
import shutil
import subprocess
import sys
import tempfile

SKIP = 77
EXPECTED = re.compile(r"Kozinka: 179[2-6] m inside, incmap \d+\.\d+\.\d+\n")
BLOCK = re.compile(r"^```(\w*)[^\n]*\n(.*?)^```[ \t]*$", re.M | re.S)


class Skip(Exception):
    pass


class Failed(Exception):
    pass


def run(command, **options):
    """Standard output of a command; what it said is shown when it fails."""
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                          **options)
    if done.returncode:
        raise Failed("%s ended with %d\n%s%s" % (command, done.returncode, done.stdout,
                                                 done.stderr))
    return done.stdout


def install(build, folder):
    """Installs what is built already into folder. Returns the environment of a user whose
    pkg-config and loader look there. Library kinds that were not built are missing."""
    run(["meson", "install", "-C", build, "--no-rebuild", "--destdir", folder])
    found = glob.glob(os.path.join(folder, "**", "incmap.pc"), recursive=True)
    if len(found) != 1:
        raise Failed("expected one incmap.pc below %s, found %s" % (folder, found))
    with open(found[0], encoding="utf-8") as file:
        text = file.read()
    # The tree was moved as a whole, and the prefix is the one line that says where it is.
    prefix = re.search(r"^prefix=(.*)$", text, re.M).group(1)
    text = text.replace("prefix=" + prefix, "prefix=" + folder + prefix, 1)
    with open(found[0], "w", encoding="utf-8") as file:
        file.write(text)
    pkgconfig = os.path.dirname(found[0])
    return {**os.environ, "PKG_CONFIG_PATH": pkgconfig,
            "LD_LIBRARY_PATH": os.path.dirname(pkgconfig)}


def libraries(env):
    return env["LD_LIBRARY_PATH"]


def expect(output):
    if not EXPECTED.fullmatch(output):
        raise Failed("expected %s, got %r" % (EXPECTED.pattern, output))


def build_and_run(folder, env, modules="", flags=""):
    shutil.copy(os.path.join(SOURCE, "tests", "subproject", "kozinka.c"), folder)
    run("${CC:-cc} kozinka.c $(pkg-config --cflags --libs incmap %s) -o kozinka %s" %
        (modules, flags), shell=True, cwd=folder, env=env)
    expect(run(["./kozinka"], cwd=folder, env=env))


def with_shared(folder):
    env = install(BUILD, os.path.join(folder, "root"))
    if not os.path.exists(os.path.join(libraries(env), "libincmap.so")):
        raise Skip("no shared library in this build")
    build_and_run(folder, env)
    if "libincmap.so.0" not in run(["ldd", "kozinka"], cwd=folder, env=env):
        raise Failed("the program does not ask for libincmap.so.0")


def with_cplusplus(folder):
    """The same from C++11 without extensions, with exceptions and without."""
    compiler = os.environ.get("CXX") or shutil.which("g++") or shutil.which("clang++")
    if not compiler:
        raise Skip("no C++ compiler")
    env = install(BUILD, os.path.join(folder, "root"))
    shutil.copy(os.path.join(SOURCE, "tests", "subproject", "kozinka.cc"), folder)
    for exceptions in ("-fexceptions", "-fno-exceptions -fno-rtti"):
        # Options begin with their version and leave the other members to be zero.
        run("%s -std=c++11 -pedantic-errors -Wall -Wextra -Werror -Wno-missing-field-initializers "
            "%s kozinka.cc $(pkg-config --cflags --libs incmap) -o kozinka" %
            (compiler, exceptions), shell=True, cwd=folder, env=env)
        expect(run(["./kozinka"], cwd=folder, env=env))


def with_static(folder):
    """PROJ and the others stay shared: pkg-config --static would ask for static libraries of all
    that PROJ is made of, curl's included, which Debian's libproj-dev does not bring."""
    env = install(BUILD, os.path.join(folder, "root"))
    if not os.path.exists(os.path.join(libraries(env), "libincmap.a")):
        raise Skip("no static library in this build")
    for shared in glob.glob(os.path.join(libraries(env), "libincmap.so*")):
        os.remove(shared)
    # Installed alone, libincmap.a names what it needs itself; beside libincmap.so it does so in
    # private.
    private = run(["pkg-config", "--print-requires-private", "incmap"], env=env)
    needs = " ".join(line.split()[0] for line in private.splitlines())
    asked = run(["pkg-config", "--static", "--libs", "incmap"], env=env).split()
    for library in ("-lincmap", "-lproj", "-lgeos_c", "-lshp", "-lutf8proc", "-lm", "-pthread"):
        if library not in asked:
            raise Failed("pkg-config --static --libs incmap lacks %s: %s" % (library, asked))
    build_and_run(folder, env, needs, "-pthread -lm")


def as_subproject(folder):
    shutil.copytree(os.path.join(SOURCE, "tests", "subproject"), os.path.join(folder, "user"))
    os.makedirs(os.path.join(folder, "user", "subprojects"))
    os.symlink(SOURCE, os.path.join(folder, "user", "subprojects", "incmap"))
    run(["meson", "setup", "build", "user", "--force-fallback-for=incmap", "-Dbuildtype=debug",
         "-Dincmap:default_library=static"], cwd=folder)
    run(["meson", "compile", "-C", "build"], cwd=folder)
    programs = glob.glob(os.path.join(folder, "build", "subprojects", "**", "test_*"),
                         recursive=True)
    if programs:
        raise Failed("a subproject builds its tests for its user: %s" % programs[0])
    expect(run(["build/kozinka"], cwd=folder))


def blocks_of(readme):
    """(language, text) of the fenced blocks from the first C program on."""
    with open(readme, encoding="utf-8") as file:
        found = BLOCK.findall(file.read())
    for at, (language, _) in enumerate(found):
        if language == "c":
            return found[at:]
    raise Failed("README.md has no ```c block")


def commands_and_output(blocks):
    """The commands are the next ```sh block and the output is the block after it; or both stand
    in one ```console block, where commands begin with "$ "."""
    language, text = blocks[0]
    if language == "console":
        lines = text.splitlines(True)
        commands = "".join(line[2:] for line in lines if line.startswith("$ "))
        return commands, "".join(line for line in lines if not line.startswith("$ "))
    if language not in ("sh", "bash", "shell") or len(blocks) < 2:
        raise Failed("the C program of README.md is not followed by its commands and its output")
    return re.sub(r"^\$ ", "", text, flags=re.M), blocks[1][1]


def as_in_readme(folder):
    readme = os.path.join(SOURCE, "README.md")
    if not os.path.exists(readme):
        raise Skip("there is no README.md")
    blocks = blocks_of(readme)
    commands, printed = commands_and_output(blocks[1:])
    name = re.search(r"[\w-]+\.c\b", commands)
    if not name:
        raise Failed("the commands name no .c file:\n" + commands)
    env = install(BUILD, os.path.join(folder, "root"))
    if not os.path.exists(os.path.join(libraries(env), "libincmap.so")):
        raise Skip("no shared library in this build")
    with open(os.path.join(folder, name.group()), "w", encoding="utf-8") as file:
        file.write(blocks[0][1])
    output = run(["sh", "-e", "-c", commands], cwd=folder, env=env)
    if output != printed:
        raise Failed("README.md prints another output than the program:\n" + "".join(
            difflib.unified_diff(printed.splitlines(True), output.splitlines(True), "README.md",
                                 "program")))


MODES = {"readme": as_in_readme, "c++": with_cplusplus, "shared": with_shared, "static": with_static,
         "subproject": as_subproject}


def main():
    try:
        with tempfile.TemporaryDirectory() as folder:
            MODES[sys.argv[1]](folder)
    except Skip as why:
        print("skipped: %s" % why)
        return SKIP
    except Failed as why:
        print(why)
        return 1
    return 0


if __name__ == "__main__":
    SOURCE, BUILD = (os.path.abspath(p) for p in sys.argv[2:4])
    sys.exit(main())
