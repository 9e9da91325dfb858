#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Measures how well names are found on real data: makes queries and lets names_goals ask them.

names_goals.py PROGRAM [FOLDER] [--every N]    --every N asks for every Nth settlement only. FOLDER, or INCMAP_REAL_DATA, holds geonames_UA_20260729.txt,
geonames_names_ru_uk.tsv and official_data_en_20240423.csv. Everything random is seeded.

Romanisations come from tools that know nothing of incmap where there is one: BGN/PCGN and ISO 9 from
ICU's uconv, DIN 1460 and GOST 7.79 from Perl's Lingua::Translit; the Ukrainian national system of 2010
and newspaper habits are written down here from their published tables.
"""
import collections
import csv
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import unicodedata

SEED = 20230522
CYRILLIC = re.compile(r"^[\u0400-\u04ff'’ʼ\- ().0-9IVX/№]+$")
UKRAINIAN = set("іїєґІЇЄҐ")
APOSTROPHES = "'’ʼ`ʹ"


def fold(text):
    text = unicodedata.normalize("NFKD", text.casefold())
    return re.sub(r"[\s\-–]+", " ", "".join("'" if c in APOSTROPHES else c for c in text)).strip()


# ---- romanisations ------------------------------------------------------------------------------

KMU = dict(zip("абвгґдежзиіклмнопрстуфхцчшщьюя'", "a b v h g d e zh z y i k l m n o p r s t u f kh ts "
               "ch sh shch".split() + ["", "iu", "ia", ""]))
KMU.update({"є": "ie", "ї": "i", "й": "i", "’": "", "ʼ": ""})
KMU_FIRST = {"є": "ye", "ї": "yi", "й": "y", "ю": "yu", "я": "ya"}
GERMAN = dict(KMU, **{"в": "w", "ж": "sch", "з": "s", "и": "y", "х": "ch", "ц": "z", "ч": "tsch",
                      "ш": "sch", "щ": "schtsch", "й": "j", "ю": "ju", "я": "ja", "є": "je",
                      "ї": "ji"})
FRENCH = dict(KMU, **{"ж": "j", "у": "ou", "ц": "ts", "ч": "tch", "ш": "ch", "щ": "chtch", "й": "ï",
                      "ю": "iou", "я": "ia", "є": "ie", "ї": "ï"})
POLISH = dict(KMU, **{"в": "w", "ж": "ż", "и": "y", "х": "ch", "ц": "c", "ч": "cz", "ш": "sz",
                      "щ": "szcz", "й": "j", "ю": "ju", "я": "ja", "є": "je", "ї": "ji"})


def romanise(text, table, first=None):
    """Letter by letter; KMU's зг is zgh."""
    out, start = [], True
    lower = text.lower().replace("ё", "е").replace("ы", "и").replace("э", "е").replace("ъ", "")
    for i, c in enumerate(lower):
        if table is KMU and c == "г" and i and lower[i - 1] == "з":
            out.append("gh")
        elif start and first and c in first:
            out.append(first[c])
        else:
            out.append(table.get(c, c))
        start = not c.isalpha() and c not in APOSTROPHES
    return "".join(out).title()


def through(command, texts):
    done = subprocess.run(command, input="\n".join(texts) + "\n", stdout=subprocess.PIPE,
                          encoding="utf-8", check=True)
    lines = done.stdout.split("\n")[:len(texts)]
    return lines if len(lines) == len(texts) else None


def perl(name):
    code = ("use utf8; use Lingua::Translit; binmode STDIN, ':utf8'; binmode STDOUT, ':utf8'; "
            "my $t = Lingua::Translit->new('%s'); while (<STDIN>) { print $t->translit($_) }" % name)
    return ["perl", "-e", code]


def has_perl_module():
    return shutil.which("perl") and subprocess.run(
        ["perl", "-MLingua::Translit", "-e1"], stderr=subprocess.DEVNULL).returncode == 0


def systems(texts):
    """(name, romanised texts) of every system that can be had here."""
    if shutil.which("uconv"):
        yield "BGN/PCGN (ICU)", through(["uconv", "-x", "uk-uk_Latn/BGN"], texts)
        yield "ISO 9 (ICU)", through(["uconv", "-x", "Cyrillic-Latin"], texts)
    if has_perl_module():
        yield "DIN 1460 (Lingua::Translit)", through(perl("DIN 1460 UKR"), texts)
        yield "GOST 7.79 (Lingua::Translit)", through(perl("GOST 7.79 UKR"), texts)
    yield "national 2010 (by table)", [romanise(t, KMU, KMU_FIRST) for t in texts]
    yield "German habit (by table)", [romanise(t, GERMAN) for t in texts]
    yield "French habit (by table)", [romanise(t, FRENCH) for t in texts]
    yield "Polish habit (by table)", [romanise(t, POLISH) for t in texts]


# ---- the data -----------------------------------------------------------------------------------

class Place:
    def __init__(self, row):
        self.row = row
        self.key = "geonames:" + row[0]
        self.name = row[1]
        self.alternates = [n for n in row[3].split(",") if n]
        self.admin1 = self.admin2 = ""
        self.native = None
        self.has_raion = bool(row[11])


def native_of(place):
    """The Cyrillic name whose national romanisation is the main name: that is the Ukrainian one."""
    plain = re.sub(r"[^a-z]", "", fold(place.name))
    for text in place.alternates:
        if CYRILLIC.match(text) and not set("ыэёъЫЭЁЪ") & set(text):
            for table, first in ((KMU, KMU_FIRST), (KMU, None)):
                made = re.sub(r"[^a-z]", "", romanise(text, table, first).lower())
                if made == plain or made.replace("ii", "yi") == plain.replace("ii", "yi"):
                    return text
    for text in place.alternates:
        if CYRILLIC.match(text) and UKRAINIAN & set(text):
            return text
    return None


def load(path):
    rows = [line.rstrip("\n").split("\t") for line in open(path, encoding="utf-8")]
    names = {}
    for row in rows:
        if row[7] == "ADM1":
            names.setdefault(row[10], row[1])
        if row[7] in ("ADM2", "ADM2H") and row[11]:
            names.setdefault((row[10], row[11]), row[1])
    places = []
    for row in rows:
        if row[6] != "P":
            continue
        place = Place(row)
        place.admin1 = names.get(row[10], "" if row[10] == "00" else row[10])
        place.admin2 = names.get((row[10], row[11]), "" if row[11] == "00" else row[11])
        place.native = native_of(place)
        places.append(place)
    return rows, places


# ---- queries ------------------------------------------------------------------------------------

class Queries:
    def __init__(self, path):
        self.file = open(path, "w", encoding="utf-8")

    def add(self, group, text, admin1="", admin2="", key="", namesakes=0):
        self.file.write("\t".join((group, text.replace("\t", " "), admin1, admin2, key,
                                   str(namesakes or ""))) + "\n")


def main_names(q, places):
    for p in places:
        q.add("main name", p.name, "", "", p.key)
        q.add("main name, oblast and raion", p.name, p.admin1, p.admin2, p.key)
        for text in p.alternates:
            if any("\u0400" <= c < "\u0530" for c in text):
                q.add("every Cyrillic alternate", text, "", "", p.key)
                q.add("same, oblast and raion", text, p.admin1, p.admin2, p.key)


def romanised(q, places, prefix):
    some = [p for p in places if p.native]
    for name, texts in systems([p.native for p in some]):
        for p, text in zip(some, texts):
            listed = {fold(n) for n in p.alternates + [p.name, p.row[2]]}
            if fold(text) not in listed:
                q.add(prefix + name, text, p.admin1, "", p.key)


def misspell(text, rng, edits):
    latin = "abcdefghijklmnopqrstuvwxyz"
    letters = "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя" if ord(text[-1]) > 0x400 else latin
    for _ in range(edits):
        at = rng.randrange(len(text))
        how = rng.randrange(4)
        if how == 0:
            text = text[:at] + rng.choice(letters) + text[at:]
        elif how == 1 and len(text) > 2:
            text = text[:at] + text[at + 1:]
        elif how == 2:
            text = text[:at] + rng.choice(letters) + text[at + 1:]
        elif at + 1 < len(text):
            text = text[:at] + text[at + 1] + text[at] + text[at + 2:]
    return text


def count_bearers(places):
    """(region, folded name) to the number of its places that bear the name."""
    bearers = collections.Counter()
    for p in places:
        bearers.update({(p.admin1, fold(n)) for n in [p.name] + p.alternates})
    return bearers


def misspelt(q, places, rng, bearers):
    """Each with the same name spelt rightly, which says what can be reached."""
    for p in places:
        for name, cyrillic in ((p.name, ""), (p.native or "", "Cyrillic, ")):
            letters = sum(c.isalpha() for c in name)
            if letters == 0:
                continue
            edits = 2 if letters >= 9 else 1
            text = misspell(name, rng, edits)
            if fold(text) == fold(name) or not any(c.isalpha() for c in text):
                continue
            kind = cyrillic + ("two edits" if edits == 2 else "one edit")
            namesakes = bearers[p.admin1, fold(name)]
            q.add("misspelt, " + kind, text, p.admin1, "", p.key, namesakes)
            q.add("rightly spelt, " + kind, name, p.admin1, "", p.key, namesakes)


def syrian(folder):
    """Places of another country, of UCDP's events: no name of theirs should be found in Ukraine."""
    with open(os.path.join(folder, "ucdp_ged191_syria.csv"), encoding="utf-8") as file:
        names = {re.sub(r" (town|city|village|district|province|governorate|area|refugee camp).*", "",
                        r["where_coordinates"]) for r in csv.DictReader(file)}
    return sorted(n for n in names if n)


def made_up(q, rng, foreign):
    onset = "b br c ch d dr f fl g gr h j k kl l m n p pl qu r s sh st t th tr v w z".split()
    rhyme = "a an ar e el en er i in is o on or u um us y ax eth ill oon ough".split()
    for _ in range(1000):
        name = "".join(rng.choice(onset) + rng.choice(rhyme) for _ in range(rng.randint(2, 4)))
        q.add("made-up names", name.capitalize())
    for name in rng.sample(foreign, min(1000, len(foreign))):
        q.add("foreign names", name)


CONSONANTS = re.compile("[^бвгґджзклмнпрстфхцчшщ]")


def is_russian(text, native):
    """By letters alone: none that Russian has not, no э or ъ where only Belarusian, Bulgarian or Tatar
    spelling puts them; and one of the two has a letter that the other language has not."""
    low = text.lower()
    if not CYRILLIC.match(text) or set("ўіїєґњђћџљјқһ'’ʼ") & set(low):
        return False
    if re.search("ъ(?![еёюя])|[бвгджзклмнпрстфхцчшщ]э", low) or fold(text) == fold(native):
        return False
    return bool(set("ыэёъ") & set(low) or set("іїєґ'’ʼ") & set(native.lower()))


def common(a, b):
    """Length of the longest common subsequence."""
    row = [0] * (len(b) + 1)
    for x in a:
        before = 0
        for j, y in enumerate(b):
            before, row[j + 1] = row[j + 1], before + 1 if x == y else max(row[j + 1], row[j])
    return row[-1]


def is_form(a, b):
    """Whether two names are forms of one: three in four of their consonants in the same order, or in that
    of their words sorted. What is left was renamed or translated, which no rule of spelling finds."""
    bare = [CONSONANTS.sub("", t.lower()) for t in (a, b)]
    sets = ["".join(sorted(CONSONANTS.sub("", w) for w in re.split("[ -]+", t.lower())))
            for t in (a, b)]
    most = max(len(bare[0]), len(bare[1]))
    return most and max(common(*bare), common(*sets)) / most >= 0.75


def russian(q, places, pairs):
    by_key = {p.key: p for p in places}
    for pair in pairs:
        p = by_key.get("geonames:" + pair["geonameid"])
        if p and pair["name_ru"]:
            q.add("Russian name (cities500)", pair["name_ru"], p.admin1, "", p.key)
    for p in places:
        for text in p.alternates:
            if p.native and is_russian(text, p.native):
                form = is_form(text, p.native)
                q.add("Russian, a form of the Ukrainian" if form else "Russian, another name",
                      text, p.admin1, "", p.key)


# ---- gazetteers ---------------------------------------------------------------------------------

def write_bare(path, rows, places):
    """Main name and Ukrainian name alone, so that all else must come from rules."""
    natives = {p.row[0]: p.native for p in places}
    with open(path, "w", encoding="utf-8") as out:
        for row in rows:
            bare = list(row)
            if row[6] == "P":
                bare[3] = natives.get(row[0]) or ""
            out.write("\t".join(bare) + "\n")


def write_russian(path, pairs):
    """Russian places under their Russian name alone."""
    with open(path, "w", encoding="utf-8") as out:
        for p in pairs:
            row = [""] * 19
            row[0], row[1], row[2] = p["geonameid"], p["name_ru"], ""
            row[4], row[5], row[6], row[7], row[8], row[10] = (p["lat"], p["lon"], "P", "PPL",
                                                               p["country"], p["admin1"])
            out.write("\t".join(row) + "\n")


def run(program, dump, queries):
    queries.file.close()
    subprocess.run([program, dump, queries.file.name], check=True)


def main():
    words = sys.argv[1:]
    every = int(words.pop(words.index("--every") + 1)) if "--every" in words else 1
    words = [w for w in words if w != "--every"]
    program = words[0]
    folder = words[1] if len(words) > 1 else os.environ.get("INCMAP_REAL_DATA")
    if not folder:
        print("skipped: INCMAP_REAL_DATA names no folder")
        return 77
    dump = os.path.join(folder, "geonames_UA_20260729.txt")
    rows, places = load(dump)
    pairs = list(csv.DictReader(open(os.path.join(folder, "geonames_names_ru_uk.tsv"),
                                     encoding="utf-8"), delimiter="\t"))
    rng = random.Random(SEED)
    foreign = syrian(folder)
    with tempfile.TemporaryDirectory() as work:
        print("The dump as it is: %d settlements, %d of them with a Ukrainian name found" %
              (len(places), sum(bool(p.native) for p in places)), flush=True)
        q = Queries(os.path.join(work, "full.tsv"))
        main_names(q, places[::every])
        misspelt(q, places[::every], rng, count_bearers(places))
        made_up(q, rng, foreign)
        russian(q, places, pairs)
        run(program, dump, q)

        print("\nThe same with main and Ukrainian name alone; the rest is left to rules", flush=True)
        bare = os.path.join(work, "bare.txt")
        write_bare(bare, rows, places)
        q = Queries(os.path.join(work, "bare.tsv"))
        romanised(q, places[::every], "")
        russian(q, places, pairs)
        run(program, bare, q)

        print("\nRussian places under their Russian name alone", flush=True)
        back = os.path.join(work, "back.txt")
        both = [p for p in pairs if p["name_ru"] and p["name_uk"] and p["country"] == "RU"]
        write_russian(back, both)
        q = Queries(os.path.join(work, "back.tsv"))
        for p in both:
            q.add("Ukrainian name of Russian place", p["name_uk"], p["admin1"], "",
                  "geonames:" + p["geonameid"])
        run(program, back, q)

        print("\nNames of the air-raid file, in the oblast that it names (raions and hromadas)", flush=True)
        q = Queries(os.path.join(work, "raids.tsv"))
        seen = set()
        raids = csv.DictReader(open(os.path.join(folder, "official_data_en_20240423.csv"),
                                    encoding="utf-8"))
        for r in raids:
            for column, above in (("oblast", ""), ("raion", r["oblast"]), ("hromada", r["oblast"])):
                if r[column] and (column, r[column], above) not in seen:
                    seen.add((column, r[column], above))
                    q.add("air raids: " + column, r[column], above)
        run(program, dump, q)
    return 0


if __name__ == "__main__":
    sys.exit(main())
