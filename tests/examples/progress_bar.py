#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""On a terminal work that takes its time shows a bar, and nothing of it is left behind; elsewhere none.

progress_bar.py EXPORT_LAYERS

Exit status 77 (skipped): the machine gives no terminal, as a bare root folder without /dev/pts.
"""
import os
import pty
import re
import subprocess
import sys
import tempfile

SKIPPED = 77


def on_terminal(program, folder, terminal):
    """What the program writes to a terminal as its standard error, and its output."""
    leader, follower = terminal
    run = subprocess.Popen([program, os.path.join(folder, "out"), "--only", "belts", "--belts",
                            "1,2,5,10,20,50"],
                           stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=follower)
    os.close(follower)
    seen = b""
    while True:
        try:
            part = os.read(leader, 4096)
        except OSError:  # Linux tells so that nobody holds the other end any more
            break
        if not part:
            break
        seen += part
    out = run.stdout.read()
    return run.wait(), seen.decode(), out.decode()


def faults_on_terminal(program, folder, terminal):
    status, seen, out = on_terminal(program, folder, terminal)
    shares = [int(n) for n in re.findall(r"\] +(\d+) %", seen)]
    if status:
        yield "exit status %d: %s" % (status, seen)
    if not shares or shares != sorted(shares) or shares[-1] > 100:
        yield "shares %s" % shares
    if not re.search(r"\r +\r$", seen):
        yield "the bar was not taken away: %r" % seen[-80:]
    if "[" in out or "Open in QGIS" not in out.splitlines()[-1]:
        yield "output %r" % out
    print("shares %s" % shares)


def faults_in_pipe(program, folder):
    piped = subprocess.run([program, os.path.join(folder, "other"), "--only", "belts"],
                           stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    if piped.stderr:
        yield "in a pipe: %r" % piped.stderr


def main():
    why_not = None
    with tempfile.TemporaryDirectory() as folder:
        problems = list(faults_in_pipe(sys.argv[1], folder))
        try:
            terminal = pty.openpty()
        except OSError as error:
            why_not = error
        else:
            problems += faults_on_terminal(sys.argv[1], folder, terminal)
    if problems:
        print("\n".join(problems))
        return 1
    if why_not:
        print("skipped: no terminal to be had here (%s)" % why_not)
        return SKIPPED
    return 0


if __name__ == "__main__":
    sys.exit(main())
