#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""On a terminal work that takes its time shows a bar, and nothing of it is left behind; elsewhere none.

progress_bar.py EXPORT_LAYERS
"""
import os
import pty
import re
import subprocess
import sys
import tempfile


def on_terminal(program, folder):
    """What the program writes to a terminal as its standard error, and its output."""
    leader, follower = pty.openpty()
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


def main():
    problems = []
    with tempfile.TemporaryDirectory() as folder:
        status, seen, out = on_terminal(sys.argv[1], folder)
        shares = [int(n) for n in re.findall(r"\] +(\d+) %", seen)]
        if status:
            problems.append("exit status %d: %s" % (status, seen))
        if not shares or shares != sorted(shares) or shares[-1] > 100:
            problems.append("shares %s" % shares)
        if not re.search(r"\r +\r$", seen):
            problems.append("the bar was not taken away: %r" % seen[-80:])
        if "[" in out or "Open in QGIS" not in out.splitlines()[-1]:
            problems.append("output %r" % out)
        piped = subprocess.run([sys.argv[1], os.path.join(folder, "other"), "--only", "belts"],
                               stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        if piped.stderr:
            problems.append("in a pipe: %r" % piped.stderr)
    print("\n".join(problems) or "shares %s" % shares)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
