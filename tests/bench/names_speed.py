#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Finding names side by side: incmap, SQLite's FTS5 with trigrams, PostgreSQL's pg_trgm.

names_speed.py PROGRAM [FOLDER]    the same names of Ukraine's settlements, the same seeded queries, one
run. What is not installed is said and left out. Found: among the first three different names that are
answered is the main name of the settlement meant, or another name of a settlement so called.

Times are processor time of the thread that answers, so that what else the machine does is counted for none
of them; but names spelt rightly are timed by the clock, which costs less to ask than the thread's, and so are
single queries of PostgreSQL, of whose processor time (Linux) the mean is known alone. The ratio at the end is that of the means.
"""
import os
import random
import re
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import names_goals  # noqa: E402

FAST, SLOW = 5000, 300  # queries for incmap, and for the others


def report(tool, what, times, found, mean=None):
    """Returns the mean, in microseconds."""
    times = sorted(times)
    mean = statistics.mean(times) * 1e6 if mean is None else mean
    print("%-18s %-9s %6d asked, median %10.2f us, mean %10.2f us, 99th percentile %10.2f us, found "
          "among the first three %.2f%%" %
          (tool, what, len(times), statistics.median(times) * 1e6, mean,
           times[len(times) * 99 // 100] * 1e6, 100.0 * found / len(times)), flush=True)
    return mean


ASKED = 12  # answers, of which the first three different names count


def is_meant(rows, main):
    """rows: (name, main name of its settlement), best first."""
    seen = []
    for name, of in rows:
        if name not in seen:
            seen.append(name)
        if len(seen) > 3:
            return False
        if main in (name, of):
            return True
    return False


def all_names(places):
    return [(name, p.name) for p in places for name in [p.name] + p.alternates]


def sqlite_fts(names, queries):
    db = sqlite3.connect(":memory:")
    try:
        db.execute("CREATE VIRTUAL TABLE n USING fts5(name, main UNINDEXED, tokenize='trigram')")
    except sqlite3.OperationalError as error:
        print("SQLite: no FTS5 with trigrams here (%s)" % error)
        return None
    db.executemany("INSERT INTO n VALUES (?, ?)", names)
    try:
        db.execute("SELECT editdist3('a', 'b')")
    except sqlite3.OperationalError:
        print("SQLite: spellfix1 and editdist3 are not in this build")
    times, found = [], 0
    for text, main in queries:
        folded = text.replace('"', " ")
        grams = {folded[i:i + 3] for i in range(len(folded) - 2)}
        match = " OR ".join('"%s"' % g for g in grams if g.strip())
        start = time.thread_time()
        rows = db.execute("SELECT name, main FROM n WHERE n MATCH ? ORDER BY rank LIMIT %d" % ASKED,
                          (match,)).fetchall() if match else []
        times.append(time.thread_time() - start)
        found += is_meant(rows, main)
    return report("SQLite FTS5", "misspelt", times, found)


# ---- PostgreSQL ---------------------------------------------------------------------------------

def postgres_bin():
    for base in ("/usr/lib/postgresql",):
        for version in sorted(os.listdir(base), reverse=True) if os.path.isdir(base) else []:
            folder = os.path.join(base, version, "bin")
            if os.path.exists(os.path.join(folder, "initdb")):
                return folder
    return None


def as_postgres(command, **more):
    """The server will not run as root."""
    if os.geteuid() == 0:
        command = ["runuser", "-u", "postgres", "--"] + command
    return subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, **more)


SCRIPT = r"""
CREATE EXTENSION pg_trgm;
CREATE TABLE n (name text, main text);
\copy n from '%(names)s'
CREATE TABLE q (i serial, text text, main text);
\copy q (text, main) from '%(queries)s'
CREATE INDEX %(index)s ON n USING %(index)s (name %(index)s_trgm_ops);
ANALYZE n;
CREATE FUNCTION processor_us() RETURNS float8 AS $$
BEGIN
  RETURN split_part(pg_read_file('/proc/self/schedstat'), ' ', 1)::float8 / 1e3;
EXCEPTION WHEN OTHERS THEN RETURN NULL;
END $$ LANGUAGE plpgsql;
CREATE FUNCTION ask() RETURNS TABLE (us float8, answers text) AS $$
DECLARE r record; s timestamptz; before float8 := processor_us();
BEGIN
  FOR r IN SELECT * FROM q ORDER BY i LOOP
    s := clock_timestamp();
    SELECT string_agg(f.name || E'\x1f' || f.main, E'\x1e') INTO answers FROM (%(ask)s) f;
    us := extract(epoch FROM clock_timestamp() - s) * 1e6;
    RETURN NEXT;
  END LOOP;
  us := (processor_us() - before) / (SELECT count(*) FROM q);
  answers := 'processor time';
  RETURN NEXT;
END $$ LANGUAGE plpgsql;
SELECT us, answers FROM ask();
"""
ASKS = {
    "gist": "SELECT n.name, n.main FROM n ORDER BY n.name <-> r.text LIMIT %d" % ASKED,
    "gin": "SELECT n.name, n.main FROM n WHERE n.name %% r.text "
           "ORDER BY similarity(n.name, r.text) DESC LIMIT %d" % ASKED,
}


def copy_text(path, rows):
    with open(path, "w", encoding="utf-8") as out:
        for row in rows:
            out.write("\t".join(c.replace("\\", "\\\\").replace("\t", " ") for c in row) + "\n")
    os.chmod(path, 0o644)


def postgres(names, queries, index):
    folder = postgres_bin()
    if not folder or (os.geteuid() == 0 and not shutil.which("runuser")):
        print("PostgreSQL: not here")
        return None
    work = tempfile.mkdtemp(prefix="incmap-pg-")
    os.chmod(work, 0o777)
    data = os.path.join(work, "data")
    copy_text(os.path.join(work, "names"), names)
    copy_text(os.path.join(work, "queries"), queries)
    try:
        done = as_postgres([folder + "/initdb", "-D", data, "-A", "trust", "-E", "UTF8",
                            "--locale=C.UTF-8"])
        if done.returncode:
            print("PostgreSQL: initdb failed: %s" % done.stderr.decode()[-200:])
            return None
        as_postgres([folder + "/pg_ctl", "-D", data, "-w", "-l", work + "/log", "-o",
                     "-c listen_addresses='' -k %s -c shared_buffers=256MB" % work, "start"])
        script = SCRIPT % {"names": work + "/names", "queries": work + "/queries", "index": index,
                           "ask": ASKS[index]}
        done = as_postgres([folder + "/psql", "-h", work, "-U", "postgres", "-qAtX", "-F", "\t", "-v",
                            "ON_ERROR_STOP=1", "postgres"], input=script.encode())
        rows = [line.split("\t") for line in done.stdout.decode().split("\n") if "\t" in line]
        if not rows:
            print("PostgreSQL: %s" % done.stderr.decode()[-300:])
            return None
        mean = rows.pop()[0]
        found = sum(is_meant([f.split("\x1f") for f in row[1].split("\x1e") if f], query[1])
                    for row, query in zip(rows, queries))
        return report("pg_trgm, " + index, "misspelt", [float(r[0]) * 1e-6 for r in rows], found,
                      float(mean) if mean else None)
    finally:
        as_postgres([folder + "/pg_ctl", "-D", data, "-m", "immediate", "stop"])
        shutil.rmtree(work, ignore_errors=True)


# ---- all ----------------------------------------------------------------------------------------

def misspelt(places, rng):
    out = []
    for p in places:
        letters = sum(c.isalpha() for c in p.name)
        text = names_goals.misspell(p.name, rng, 2 if letters >= 9 else 1)
        if any(c.isalpha() for c in text):
            out.append((text, p.name))
    return out


def foreign(folder, rng):
    """Names of another country and made-up ones, nearly all of them near none of Ukraine's."""
    onset = "b br d dr f g gr k kl l m n p r s st t th v z".split()
    rhyme = "a an ar e el en i in o on or u um eth ill".split()
    made = ["".join(rng.choice(onset) + rng.choice(rhyme) for _ in range(4)).capitalize()
            for _ in range(1000)]
    return [(name, "-") for name in names_goals.syrian(folder) + made]


def write(path, rows):
    with open(path, "w", encoding="utf-8") as out:
        out.writelines("%s\t%s\n" % row for row in rows)
    return path


def main():
    program = os.path.abspath(sys.argv[1])
    folder = sys.argv[2] if len(sys.argv) > 2 else os.environ.get("INCMAP_REAL_DATA")
    if not folder:
        print("skipped: INCMAP_REAL_DATA names no folder")
        return 77
    dump = os.path.join(os.path.abspath(folder), "geonames_UA_20260729.txt")
    _, places = names_goals.load(dump)
    rng = random.Random(names_goals.SEED)
    some = rng.sample(places, FAST)
    wrong = misspelt(some, rng)
    with tempfile.TemporaryDirectory() as work:
        exact = write(os.path.join(work, "exact"), [(p.name, p.name) for p in some])
        other = write(os.path.join(work, "other"),
                      [(names_goals.romanise(p.native, names_goals.POLISH), p.name)
                       for p in some if p.native])
        bad = write(os.path.join(work, "misspelt"), wrong)
        print("%s, %d cores" % (os.uname().machine, os.cpu_count() or 0), flush=True)
        same = write(os.path.join(work, "same"), wrong[:SLOW])
        print("load of the last minute: %s" % os.getloadavg()[0], flush=True)
        far = write(os.path.join(work, "far"), foreign(os.path.abspath(folder), rng))
        done = subprocess.run([program, dump, exact, other, "--", bad, same, "--far", far], check=True,
                              cwd=work,
                              stdout=subprocess.PIPE, encoding="utf-8")
        print(done.stdout, end="", flush=True)
    own = float(re.search("incmap same .* mean +([0-9.]+) us", done.stdout).group(1))
    names = all_names(places)
    few = wrong[:SLOW]
    peers = [sqlite_fts(names, few)] + [postgres(names, few, index) for index in ("gist", "gin")]
    peers = [mean for mean in peers if mean]
    if peers:
        print("incmap takes the %.0fth part of the time of the fastest of the others" %
              (min(peers) / own))
    return 0


if __name__ == "__main__":
    sys.exit(main())
