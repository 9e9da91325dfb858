#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The scripts of a newcomer's first minute, with made-up package tools in place of the system's.

Installing happens only when something is missing, is said, and is never tried without the right.
"""
import json
import os
import subprocess
import sys
import tempfile

ROOT = os.path.abspath(os.path.join(os.path.dirname(__file__), ".."))

# Each stub writes what it was called with into $STUBS/calls.
STUBS = {
    "dpkg-query": 'case " $INSTALLED " in *" $4 "*) echo "install ok installed" ;; '
                  '*) echo "dpkg-query: no packages found" >&2; exit 1 ;; esac',
    "apt-get": 'echo "apt-get $DEBIAN_FRONTEND $*" >>"$STUBS/calls"; exit "${APT_STATUS:-0}"',
    "apt-cache": 'case " $OFFERED " in *" $2 "*) exit 0 ;; *) exit 100 ;; esac',
    "sudo": '[ -n "${SUDO_WORKS-}" ] || exit 1; [ "$1" = -n ] && shift; '
            'echo "sudo $1" >>"$STUBS/calls"; exec "$@"',
    "id": 'echo "${USER_ID:-0}"',
}
OPTIONS = "apt-get noninteractive -q -o DPkg::Lock::Timeout=300 "
INSTALL = OPTIONS + "install -y --no-install-recommends "

# why, what is asked, environment, exit status, calls of apt-get and sudo, part of what is said
CASES = [
    ("all there: nothing is touched", "need one two", {"INSTALLED": "one two"}, 0, [], ""),
    ("all there, no root: nothing is said", "need one", {"INSTALLED": "one", "USER_ID": "7"}, 0,
     [], ""),
    ("root installs what is missing and no more", "need one two three", {"INSTALLED": "two"}, 0,
     [OPTIONS + "update", INSTALL + "one three"], "Installing with apt-get: one three\n"),
    ("the lists are fetched once", "need one; need two", {}, 0,
     [OPTIONS + "update", INSTALL + "one", INSTALL + "two"], "Installing with apt-get: two\n"),
    ("apt-get fails", "need one", {"APT_STATUS": "100"}, 3, [OPTIONS + "update"],
     "apt-get failed"),
    ("neither root nor sudo: the command to give", "need one two",
     {"INSTALLED": "one", "USER_ID": "7"}, 3, [],
     "\n  apt-get update && apt-get install --no-install-recommends two\n"),
    ("sudo that asks for no password", "need one", {"USER_ID": "7", "SUDO_WORKS": "1"}, 0,
     ["sudo true", "sudo env", OPTIONS + "update", "sudo env", INSTALL + "one"],
     "Installing with apt-get: one\n"),
    ("a package only wanted, which the system offers", "want one", {"OFFERED": "one"}, 0,
     [OPTIONS + "update", INSTALL + "one"], "Installing with apt-get: one\n"),
    ("a package only wanted, which it does not offer", "want one", {}, 0, [],
     "Going on without one.\n"),
    ("a package only wanted, without root", "want one", {"OFFERED": "one", "USER_ID": "7"}, 0, [],
     "Going on without one.\n"),
    ("a command that works is quiet", "quietly echo hello", {}, 0, [], ""),
    ("one that fails shows what it said", "quietly sh -c 'echo hello; exit 5'", {}, 5, [],
     "hello\nfailed: sh -c"),
    ("a compiler's warning is shown", "quietly echo 'x.c:1: warning: odd'", {}, 0, [],
     "warning: odd"),
]


def make_stubs(folder):
    for name, body in STUBS.items():
        path = os.path.join(folder, name)
        with open(path, "w", encoding="utf-8") as file:
            file.write("#!/bin/sh\n%s\n" % body)
        os.chmod(path, 0o755)


def judge(why, asked, env, status, calls, said):
    with tempfile.TemporaryDirectory() as folder:
        make_stubs(folder)
        done = subprocess.run(
            ["sh", "-eu", "-c", ". examples/common/setup.sh; " + asked], cwd=ROOT, text=True,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            env={"PATH": folder + ":/usr/bin:/bin", "STUBS": folder, "INSTALLED": "",
                 "OFFERED": "", "TMPDIR": folder, **env})
        path = os.path.join(folder, "calls")
        called = open(path, encoding="utf-8").read().splitlines() if os.path.exists(path) else []
    good = done.returncode == status and called == calls and done.stdout == "" and (
        said in done.stderr if said else done.stderr == "")
    if not good:
        print("%s: status %d, calls %s, said %r" % (why, done.returncode, called, done.stderr))
    return good


def count(runs):
    """Exit status and last line of count_tests.py over runs of (result, stdout) by test name."""
    with tempfile.TemporaryDirectory() as folder:
        arguments = []
        for run, tests in runs.items():
            path = os.path.join(folder, run)
            arguments.append("%s=%s" % (run, path))
            if tests is None:
                continue
            with open(path, "w", encoding="utf-8") as file:
                for name, (result, text) in tests.items():
                    file.write(json.dumps({"name": name, "result": result, "stdout": text}) + "\n")
        done = subprocess.run([sys.executable, os.path.join(ROOT, "tests", "count_tests.py"),
                               *arguments], stdout=subprocess.PIPE, text=True)
    return done.returncode, done.stdout.splitlines()[-1]


FIVE = "100%: Checks: 5, Failures: 0, Errors: 0\n"
COUNTS = [
    ("Check's own count, a script as one", {"a": {"x": ("OK", FIVE), "y": ("OK", "fine")}},
     (0, "6 passed, 0 failed, 0 skipped")),
    ("two suites in one program", {"a": {"x": ("OK", FIVE + FIVE)}},
     (0, "10 passed, 0 failed, 0 skipped")),
    ("a failed check", {"a": {"x": ("FAIL", "60%: Checks: 5, Failures: 1, Errors: 1\n")}},
     (1, "3 passed, 2 failed, 0 skipped")),
    ("a leak at the end of a program that passed its checks", {"a": {"x": ("FAIL", FIVE)}},
     (1, "4 passed, 1 failed, 0 skipped")),
    ("a time limit", {"a": {"x": ("TIMEOUT", "")}}, (1, "0 passed, 1 failed, 0 skipped")),
    ("repeated under another compiler counts once", {"a": {"x": ("OK", FIVE)},
                                                     "b": {"x": ("OK", FIVE)}},
     (0, "5 passed, 0 failed, 0 skipped")),
    ("the worse run counts", {"a": {"x": ("OK", FIVE)}, "b": {"x": ("FAIL", FIVE)}},
     (1, "4 passed, 1 failed, 0 skipped")),
    ("and in the other order", {"a": {"x": ("FAIL", FIVE)}, "b": {"x": ("OK", FIVE)}},
     (1, "4 passed, 1 failed, 0 skipped")),
    ("skipped in one, run in the other", {"a": {"x": ("SKIP", "")}, "b": {"x": ("OK", FIVE)}},
     (0, "5 passed, 0 failed, 0 skipped")),
    ("a run that never came to testing", {"a": {"x": ("OK", FIVE)}, "b": None},
     (1, "5 passed, 1 failed, 0 skipped")),
    ("a run in which no test was", {"a": {"x": ("OK", FIVE)}, "b": {}},
     (1, "5 passed, 1 failed, 0 skipped")),
    ("all skipped is no success", {"a": {"x": ("SKIP", "")}},
     (1, "0 passed, 0 failed, 1 skipped")),
]


def main():
    bad = [case[0] for case in CASES if not judge(*case)]
    for why, runs, expected in COUNTS:
        got = count(runs)
        if got != expected:
            print("%s: got %s" % (why, got))
            bad.append(why)
    print("%d cases, %d wrong" % (len(CASES) + len(COUNTS), len(bad)))
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
