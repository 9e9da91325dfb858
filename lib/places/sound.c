/* SPDX-License-Identifier: MIT */
/* Reading names: letter by letter into the common alphabet, then what Russian, Ukrainian and their
 * romanisations write differently for the same sounds. */
#include "places/sound.h"

#include <stdint.h>
#include <string.h>

#include "base/text.h"
#include "places/kind_words.h"

/* ---- letters ---------------------------------------------------------------------------------- */

/* Marks that change a Latin letter come behind it in a folded key. */
enum {
    NO_MARK = 0,
    GRAVE = 0x0300,
    ACUTE = 0x0301,
    CIRCUMFLEX = 0x0302,
    BREVE = 0x0306,
    DOT = 0x0307,
    CARON = 0x030C,
    COMMA_BELOW = 0x0326,
    CEDILLA = 0x0327
};

/* а to я, U+0430 to U+044F; "" is silent, ' softens an о behind it. */
static const char *const cyrillic[32] = {
    "a", "b", "v", "g", "d", "e", "j", "z", "i", "i", "k", "l", "m", "n", "o",  "p",
    "r", "s", "t", "u", "f", "h", "c", "q", "w", "y", "",  "i", "'", "e", "iu", "ia",
};

static const struct {
    uint32_t code;
    const char *sound;
} further[] = {
    { 0x0451, "e" }, { 0x0452, "dj" }, { 0x0454, "e" }, { 0x0455, "z" }, { 0x0456, "i" },
    { 0x0457, "i" }, { 0x0458, "i" },  { 0x0459, "l" }, { 0x045A, "n" }, { 0x045B, "q" },
    { 0x045E, "v" }, { 0x045F, "dj" }, { 0x0463, "e" }, { 0x0491, "g" }, { 0x049B, "k" },
    { 0x04A3, "n" }, { 0x04AF, "u" },  { 0x04B1, "u" }, { 0x04D9, "e" }, { 0x04E9, "o" },
    { 0x00F0, "d" }, { 0x00F8, "o" },  { 0x00FE, "t" }, { 0x0111, "d" }, { 0x0142, "l" },
    { 0x00E6, "e" }, { 0x0259, "e" },  { 0x0131, "i" }, { 0x0153, "e" },
};

/* A Latin letter with a mark that makes it another sound. ISO 9, the scientific system, Croatian,
 * Polish, Turkish, Romanian. Any other mark counts for nothing. */
static const struct {
    char letter;
    uint16_t mark;
    const char *sound;
} marked[] = {
    { 'c', CARON, "q" },      { 's', CARON, "w" },       { 'z', CARON, "j" },
    { 's', CIRCUMFLEX, "y" }, { 'a', CIRCUMFLEX, "ia" }, { 'u', CIRCUMFLEX, "iu" },
    { 'j', CIRCUMFLEX, "j" }, { 'c', CIRCUMFLEX, "q" },  { 'h', CIRCUMFLEX, "h" },
    { 'z', DOT, "j" },        { 's', CEDILLA, "w" },     { 's', COMMA_BELOW, "w" },
    { 'c', CEDILLA, "q" },    { 't', COMMA_BELOW, "c" }, { 't', CEDILLA, "c" },
    { 'j', CARON, "j" },
};

#define TEXT(text) text, sizeof(text) - 1

/* Letters that together are one sound, the longest first. `unless` are the readings under which the
 * row is passed over, `only` those that it needs. `choice` is what the row tells there is to choose. */
struct group {
    const char *letters;
    size_t letter_count;
    const char *sound;
    size_t sound_count;
    unsigned unless, only, choice;
};

static const struct group on_c[] = {
    { TEXT("chtch"), TEXT("y"), 0, 0, 0 },
    { TEXT("cz"), TEXT("c"), 0, INCMAP__READ_CZ_AS_TS, 0 },
    { TEXT("cz"), TEXT("q"), INCMAP__READ_CZ_AS_TS, 0, INCMAP__READ_CZ_AS_TS },
    { TEXT("ch"), TEXT("h"), 0, INCMAP__READ_CH_AS_KH, 0 },
    { TEXT("ch"), TEXT("q"), INCMAP__READ_CH_AS_KH, 0, INCMAP__READ_CH_AS_KH },
    { TEXT("ck"), TEXT("ck"), 0, 0, 0 },
    { TEXT("c"), TEXT("k"), 0, INCMAP__READ_C_AS_K, 0 },
    { TEXT("c"), TEXT("c"), INCMAP__READ_C_AS_K, 0, INCMAP__READ_C_AS_K },
};
static const struct group on_d[] = {
    { TEXT("dzh"), TEXT("dj"), 0, 0, 0 },
};
static const struct group on_g[] = {
    { TEXT("gh"), TEXT("g"), 0, 0, 0 },
};
static const struct group on_h[] = {
    { TEXT("h"), TEXT("h"), 0, INCMAP__READ_H_AS_KH, 0 },
    { TEXT("h"), TEXT("g"), INCMAP__READ_H_AS_KH, 0, INCMAP__READ_H_AS_KH },
};
static const struct group on_j[] = {
    { TEXT("j"), TEXT("j"), 0, INCMAP__READ_J_AS_ZH, 0 },
    { TEXT("j"), TEXT("i"), INCMAP__READ_J_AS_ZH, 0, INCMAP__READ_J_AS_ZH },
};
static const struct group on_k[] = {
    { TEXT("kh"), TEXT("h"), 0, 0, 0 },
};
static const struct group on_o[] = {
    { TEXT("ou"), TEXT("u"), 0, INCMAP__READ_OU_AS_U, 0 },
    { TEXT("ou"), TEXT("ou"), INCMAP__READ_OU_AS_U, 0, INCMAP__READ_OU_AS_U },
};
static const struct group on_p[] = {
    { TEXT("ph"), TEXT("f"), 0, 0, 0 },
};
static const struct group on_q[] = {
    { TEXT("q"), TEXT("k"), 0, 0, 0 },
};
static const struct group on_s[] = {
    { TEXT("schtsch"), TEXT("y"), 0, 0, INCMAP__READ_Z_AS_TS },
    { TEXT("shtsh"), TEXT("y"), 0, 0, 0 },
    { TEXT("schch"), TEXT("y"), 0, 0, 0 },
    { TEXT("shch"), TEXT("y"), 0, 0, 0 },
    { TEXT("stch"), TEXT("y"), 0, 0, 0 },
    { TEXT("szcz"), TEXT("y"), 0, 0, 0 },
    { TEXT("sch"), TEXT("w"), 0, 0, INCMAP__READ_Z_AS_TS },
    { TEXT("shh"), TEXT("y"), 0, 0, 0 },
    { TEXT("sz"), TEXT("w"), 0, 0, 0 },
    { TEXT("sh"), TEXT("w"), 0, 0, 0 },
    { TEXT("sj"), TEXT("w"), 0, INCMAP__READ_J_AS_ZH, 0 },
};
static const struct group on_t[] = {
    { TEXT("tsch"), TEXT("q"), 0, 0, INCMAP__READ_Z_AS_TS },
    { TEXT("tsh"), TEXT("q"), 0, 0, 0 },
    { TEXT("tch"), TEXT("q"), 0, 0, 0 },
    { TEXT("ts"), TEXT("c"), 0, 0, 0 },
    { TEXT("tz"), TEXT("c"), 0, 0, 0 },
};
static const struct group on_w[] = {
    { TEXT("w"), TEXT("v"), 0, 0, INCMAP__READ_Z_AS_TS },
};
static const struct group on_x[] = {
    { TEXT("x"), TEXT("h"), 0, INCMAP__READ_X_AS_KH, 0 },
    { TEXT("x"), TEXT("ks"), INCMAP__READ_X_AS_KH, 0, INCMAP__READ_X_AS_KH },
};
static const struct group on_y[] = {
    { TEXT("y"), TEXT("i"), 0, 0, 0 },
};
static const struct group on_z[] = {
    { TEXT("zh"), TEXT("j"), 0, 0, 0 },
    { TEXT("z"), TEXT("c"), 0, INCMAP__READ_Z_AS_TS, 0 },
};

/* By their first letter. */
#define GROUPS(letter, rows) [letter - 'a'] = { rows, sizeof(rows) / sizeof *(rows) }
static const struct {
    const struct group *rows;
    size_t count;
} groups[26] = {
    GROUPS('c', on_c), GROUPS('d', on_d), GROUPS('g', on_g), GROUPS('h', on_h), GROUPS('j', on_j),
    GROUPS('k', on_k), GROUPS('o', on_o), GROUPS('p', on_p), GROUPS('q', on_q), GROUPS('s', on_s),
    GROUPS('t', on_t), GROUPS('w', on_w), GROUPS('x', on_x), GROUPS('y', on_y), GROUPS('z', on_z),
};

struct reader {
    char text[INCMAP__SOUND_MOST];
    size_t length;
    unsigned readings, choices;
    bool full, plain;
};

static void put(struct reader *r, const char *sound, size_t n)
{
    if (n > sizeof r->text - r->length) {
        r->full = true;
        return;
    }
    for (size_t i = 0; i < n; i++)
        r->text[r->length++] = sound[i];
}

/* A group that stands at the text, if none of its letters but the last bears a mark. */
static size_t read_group(struct reader *r, const char *text, size_t length)
{
    const struct group *rows = groups[text[0] - 'a'].rows;
    const size_t count = groups[text[0] - 'a'].count;

    for (size_t i = 0; i < count; i++) {
        const size_t n = rows[i].letter_count;
        if (n > length || (n > 1 && rows[i].letters[1] != text[1])) continue;
        if (n > 2 && memcmp(rows[i].letters, text, n) != 0) continue;
        if ((r->readings & rows[i].unless) || (rows[i].only & ~r->readings)) continue;
        r->choices |= rows[i].choice;
        put(r, rows[i].sound, rows[i].sound_count);
        return n;
    }
    return 0;
}

/* Bytes of the combining marks at the text; *mark receives the first. */
static size_t skip_marks(const char *text, size_t length, uint32_t *mark)
{
    size_t used = 0, n;
    uint32_t c;

    *mark = NO_MARK;
    while (used < length && (unsigned char)text[used] >= 0xCC) {
        n = incmap__utf8_next(text + used, length - used, &c);
        if (c < 0x0300 || c > 0x036F) break;
        if (!*mark) *mark = c;
        used += n;
    }
    return used;
}

static bool put_marked(struct reader *r, char letter, uint32_t mark)
{
    for (size_t i = 0; i < sizeof marked / sizeof *marked; i++)
        if (marked[i].letter == letter && marked[i].mark == mark) {
            put(r, marked[i].sound, strlen(marked[i].sound));
            return true;
        }
    return false;
}

static size_t read_latin(struct reader *r, const char *text, size_t length)
{
    uint32_t mark = NO_MARK;
    const size_t marks =
        length > 1 && (unsigned char)text[1] >= 0x80 ? skip_marks(text + 1, length - 1, &mark) : 0;
    size_t n;

    if (marks && put_marked(r, text[0], mark)) return 1 + marks;
    n = groups[text[0] - 'a'].count ? read_group(r, text, length) : 0;
    if (n) return n;
    put(r, text, 1);
    return 1 + marks;
}

static size_t read_other(struct reader *r, const char *text, size_t length)
{
    uint32_t c = 0;
    const size_t n = incmap__utf8_next(text, length, &c);

    if (c >= 0x0430 && c < 0x0450) {
        const char *sound = cyrillic[c - 0x0430];
        put(r, sound, strlen(sound));
        return n;
    }
    if (c >= 0x0300 && c < 0x0370) {
        /* ў is у with a breve in a folded key. */
        if (c == BREVE && r->length && r->text[r->length - 1] == 'u') r->text[r->length - 1] = 'v';
        return n;
    }
    for (size_t i = 0; i < sizeof further / sizeof *further; i++)
        if (further[i].code == c) {
            put(r, further[i].sound, strlen(further[i].sound));
            return n;
        }
    /* BGN/PCGN writes t·s where the two letters are not one. */
    if (c == 0x00B7 || c == 0x201D || c == 0x2033) return n;
    r->plain = false;
    put(r, text, n ? n : 1);
    return n ? n : 1;
}

static void read_word(struct reader *r, const char *text, size_t length)
{
    size_t at = 0;

    while (at < length && !r->full) {
        const char c = text[at];
        if (c >= 'a' && c <= 'z') {
            at += read_latin(r, text + at, length - at);
        } else if ((unsigned char)c >= 0x80) {
            at += read_other(r, text + at, length - at);
        } else {
            if (c >= '0' && c <= '9') put(r, &c, 1);
            if (c == '\'' && r->length) put(r, "'", 1);
            at++;
        }
    }
}

/* ---- sounds ----------------------------------------------------------------------------------- */

static bool is_husher(char c)
{
    return c == 'j' || c == 'q' || c == 'w' || c == 'y';
}

/* Letters that can be the first of two that become one, for all others but themselves. */
static bool may_join(char c)
{
    return c == 'i' || c == '\'' || c == 't' || c == 'w' || c == 's' || c == 'z';
}

/* What two letters become, or 0: тс is ц, шч and сч are щ, зж and жж are ж; ё, йо and ьо are е; о
 * behind a husher is е (Чорнобиль, Чернобыль); й before е is in it (Rakitnoye). */
static char joined(char a, char b)
{
    if (a == b && !(a >= '0' && a <= '9')) return a;
    if (!may_join(a)) return 0;
    if (b == 'o' && (a == 'i' || a == '\'')) return 'e';
    if (b == 'e' && a == 'i') return 'e';
    if (a == 't' && (b == 's' || b == 'c')) return 'c';
    if (b == 'q' && (a == 'w' || a == 's' || a == 'z')) return 'y';
    if (a == 'z' && b == 'j') return 'j';
    return 0;
}

/* One word, sounds joined from left to right. */
static size_t join_sounds(char *text, size_t length)
{
    size_t used = 0;

    for (size_t i = 0; i < length; i++) {
        char c = text[i];
        while (used > 0) {
            const char both = joined(text[used - 1], c);
            if (!both) break;
            c = both;
            used--;
        }
        if (used > 0 && text[used - 1] == '\'') used--;
        if (c == 'o' && used > 0 && is_husher(text[used - 1])) c = 'e';
        text[used++] = c;
    }
    while (used > 0 && text[used - 1] == '\'')
        used--;
    if (used > 1 && text[used - 1] == 'f' && incmap__sound_is_vowel(text[used - 2]))
        text[used - 1] = 'v'; /* Kharkoff */
    return used;
}

/* Beginnings of names that Russian and Ukrainian have each in their own form, so regularly that they
 * count as spellings. Read in the common alphabet; the first form becomes the second. A row that changes
 * nothing keeps a later one from the word. */
struct stem {
    const char *from;
    size_t from_count;
    const char *to;
    size_t to_count;
};

static const struct stem stems_on_a[] = {
    { TEXT("aleks"), TEXT("oleks") },
    { TEXT("afanas"), TEXT("panas") },
    { TEXT("artem"), TEXT("artem") },
};
static const struct stem stems_on_d[] = {
    { TEXT("dimitr"), TEXT("dmitr") },
};
static const struct stem stems_on_e[] = {
    { TEXT("elen"), TEXT("olen") },        { TEXT("elin"), TEXT("olen") },
    { TEXT("ekaterin"), TEXT("katerin") }, { TEXT("efim"), TEXT("iuhim") },
    { TEXT("esif"), TEXT("esip") },        { TEXT("evdokim"), TEXT("iavdokim") },
};
static const struct stem stems_on_f[] = {
    { TEXT("filip"), TEXT("pilip") },
};
static const struct stem stems_on_g[] = {
    { TEXT("ganna"), TEXT("anna") },
    { TEXT("ganov"), TEXT("anov") },
    { TEXT("gannov"), TEXT("anov") },
};
static const struct stem stems_on_i[] = {
    { TEXT("iosif"), TEXT("iosip") },
    { TEXT("ignat"), TEXT("gnat") },
    { TEXT("isaak"), TEXT("isak") },
};
static const struct stem stems_on_k[] = {
    { TEXT("konstantin"), TEXT("kostiantin") },
    { TEXT("kamian"), TEXT("kamen") },
    { TEXT("kamin"), TEXT("kamen") },
    { TEXT("krasniia"), TEXT("krasnia") },
};
static const struct stem stems_on_n[] = {
    { TEXT("nikola"), TEXT("mikola") },
    { TEXT("nikol"), TEXT("mikol") },
    { TEXT("nikit"), TEXT("mikit") },
};
static const struct stem stems_on_o[] = {
    { TEXT("opanas"), TEXT("panas") },
    { TEXT("osip"), TEXT("esip") },
    { TEXT("onton"), TEXT("anton") },
    { TEXT("orhip"), TEXT("arhip") },
};
static const struct stem stems_on_r[] = {
    { TEXT("rojdestven"), TEXT("rizdvian") },
};
static const struct stem stems_on_s[] = {
    { TEXT("semion"), TEXT("semen") },
    { TEXT("solion"), TEXT("solon") },
};
static const struct stem stems_on_v[] = {
    { TEXT("vladimir"), TEXT("volodimir") },
    { TEXT("vilwan"), TEXT("olwan") },
    { TEXT("vilhov"), TEXT("olhov") },
    { TEXT("vvedensk"), TEXT("vvedensk") },
};
static const struct stem stems_on_z[] = {
    { TEXT("znamian"), TEXT("znamen") },
};

/* By their first letter. */
#define STEMS(letter, rows) [letter - 'a'] = { rows, sizeof(rows) / sizeof *(rows) }
static const struct {
    const struct stem *rows;
    size_t count;
} stems[26] = {
    STEMS('a', stems_on_a), STEMS('d', stems_on_d), STEMS('e', stems_on_e), STEMS('f', stems_on_f),
    STEMS('g', stems_on_g), STEMS('i', stems_on_i), STEMS('k', stems_on_k), STEMS('n', stems_on_n),
    STEMS('o', stems_on_o), STEMS('r', stems_on_r), STEMS('s', stems_on_s), STEMS('v', stems_on_v),
    STEMS('z', stems_on_z),
};

/* In place; the word may grow by a few letters, for which there is room. */
static size_t unify_stem(char *word, size_t length, size_t room)
{
    const unsigned letter = (unsigned char)word[0] - 'a';
    const struct stem *rows = letter < 26 ? stems[letter].rows : NULL;
    const size_t count = rows ? stems[letter].count : 0;

    for (size_t i = 0; i < count; i++) {
        const size_t from = rows[i].from_count, to = rows[i].to_count;
        if (length < from || length - from + to > room) continue;
        if (memcmp(word, rows[i].from, from) != 0) continue;
        memmove(word + to, word + from, length - from);
        memcpy(word, rows[i].to, to);
        return length - from + to;
    }
    return length;
}

/* Endings that the two languages have each in their own way: Красная and Красна, Ракитное and Ракитне,
 * Глотово and Глотове. */
static size_t unify_ending(char *word, size_t length)
{
    if (length > 4 && memcmp(word + length - 3, "aia", 3) == 0) return length - 2;
    if (length > 3 && memcmp(word + length - 2, "oe", 2) == 0) {
        word[length - 2] = 'e';
        return length - 1;
    }
    if (length > 3 && word[length - 1] == 'o') word[length - 1] = 'e';
    return length;
}

/* ---- roots ------------------------------------------------------------------------------------ */

/* Letters of the word before its ending: at least two stay. */
static size_t stem_length(const char *word, size_t length)
{
    size_t end = length;
    while (end > 0 && incmap__sound_is_vowel(word[end - 1]))
        end--;
    return end < 2 ? length : end;
}

/* Of an area's name the -sk- goes too: Белгородская область, Uman Raion and Umanskyi raion; Polish has -dzk-
 * for what ends in d, biełgorodzki; and an adjective's cases end in consonants, в Грайворонском районе. */
static size_t area_length(const char *word, size_t length, bool area)
{
    size_t end = length;

    if (!area || length < 5) return length;
    if (length > 6 && strchr("mgh", word[length - 1]) && strchr("oi", word[length - 2])) end -= 2;
    return word[end - 1] == 'k' &&
                   (word[end - 2] == 's' || (word[end - 2] == 'z' && word[end - 3] == 'd'))
               ? end - 2
               : length;
}

/* е, и, і and о stand for one another in the two languages: all are o, and two of them one. */
static void add_to_root(incmap__sound *sound, const char *stem, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        const char c = stem[i] == 'e' || stem[i] == 'i' ? 'o' : stem[i];
        const size_t n = sound->root_length;
        if (n > 0 && sound->root[n - 1] == c && !(c >= '0' && c <= '9')) continue;
        sound->root[sound->root_length++] = c;
    }
}

static bool add_word(incmap__sound *sound, struct reader *r, bool area)
{
    size_t length = join_sounds(r->text, r->length);
    size_t whole, stem;

    if (length == 0) return true;
    length = unify_stem(r->text, length, sizeof r->text);
    length = unify_ending(r->text, length);
    if (sound->length + length + 1 > sizeof sound->text) return false;
    if (sound->length) sound->text[sound->length++] = ' ';
    whole = stem_length(r->text, length);
    stem = area_length(r->text, whole, area);
    /* The area's own -sk- and ending say nothing: Belgorod, Belgorodskaya, Belgorods'ka. */
    if (stem < whole) length = stem;
    memcpy(sound->text + sound->length, r->text, length);
    sound->length += length;
    add_to_root(sound, r->text, stem);
    return true;
}

bool incmap__sound_of(incmap__sound *sound, const char *key, size_t length, unsigned readings)
{
    incmap__words words;

    sound->length = sound->root_length = 0;
    sound->choices = 0;
    sound->plain = true;
    if (!incmap__words_cut(&words, key, length)) return false;
    sound->kinds = words.kinds;
    sound->kind_word = words.kinds != 0;
    sound->area = words.area;
    sound->level = words.level;
    for (size_t i = 0; i < words.count; i++) {
        struct reader r = { .readings = readings, .plain = true };
        read_word(&r, words.items[i].text, words.items[i].length);
        if (r.full || !add_word(sound, &r, words.area)) return false;
        sound->plain = sound->plain && r.plain;
        sound->choices |= r.choices;
    }
    return sound->root_length > 0;
}

/* Words that one language puts in place of the other's, without their endings. Settlements bear them in
 * either language, each in its own right, so that they are looked for only where the words as they stand lead
 * to no name. */
static const struct {
    const char *russian, *ukrainian;
} translations[] = {
    { "bolw", "velik" },
    { "krasn", "qervon" },
    { "vtor", "drug" },
    { "perv", "perw" },
    { "iujn", "pivden" },
    { "severn", "pivniqn" },
    { "vostoqn", "shidn" },
    { "zapadn", "zahidn" },
    { "sredn", "seredn" },
    { "oktiabrsk", "jovtnev" },
    { "oktiabr", "jovten" },
    { "sovetsk", "radiansk" },
    { "pervomaisk", "perwotravnev" },
    { "jelt", "jovt" },
    { "dolg", "dovg" },
    { "tolst", "tovst" },
    { "lesn", "lisov" },
    { "rassvet", "svitanok" },
};

static bool is_stem(const char *word, size_t length, const char *stem)
{
    return strlen(stem) == length && memcmp(word, stem, length) == 0;
}

/* What the other language has for a word without its ending; NULL where there is no such. */
static const char *translate(const char *stem, size_t length)
{
    for (size_t i = 0; i < sizeof translations / sizeof *translations; i++) {
        if (is_stem(stem, length, translations[i].russian)) return translations[i].ukrainian;
        if (is_stem(stem, length, translations[i].ukrainian)) return translations[i].russian;
    }
    return NULL;
}

/* One more word behind those that are there. A translation keeps the word's ending: Вторая, Другая. */
static bool put_word(incmap__sound *sound, const char *word, size_t length, bool translated,
                     bool *changed)
{
    const size_t stem = stem_length(word, length);
    const char *other = translated ? translate(word, stem) : NULL;
    const char *first = other ? other : word;
    const size_t n = other ? strlen(other) : stem;

    if (sound->length + n + length - stem + 1 > sizeof sound->text) return false;
    if (sound->length) sound->text[sound->length++] = ' ';
    memcpy(sound->text + sound->length, first, n);
    memcpy(sound->text + sound->length + n, word + stem, length - stem);
    sound->length += n + length - stem;
    add_to_root(sound, first, n);
    *changed = *changed || other;
    return true;
}

bool incmap__sound_other_words(const incmap__sound *sound, incmap__other_words how,
                               incmap__sound *out)
{
    const bool translated = how & INCMAP__WORDS_TRANSLATED, turned = how & INCMAP__WORDS_TURNED;
    const char *text = sound->text;
    size_t last = sound->length;
    bool changed = turned, fits = true;

    while (last > 0 && text[last - 1] != ' ')
        last--;
    if (sound->area || (turned && last == 0)) return false;
    *out = *sound;
    out->length = out->root_length = 0;
    if (turned) fits = put_word(out, text + last, sound->length - last, translated, &changed);
    for (size_t at = 0; fits && at < (turned ? last : sound->length);) {
        size_t end = at;
        while (end < sound->length && text[end] != ' ')
            end++;
        fits = put_word(out, text + at, end - at, translated, &changed);
        at = end + 1;
    }
    return fits && changed && out->root_length > 0;
}

size_t incmap__sound_shorter_root(const incmap__sound *sound, char root[INCMAP__SOUND_MOST])
{
    static const char *const endings[] = { "omo", "amo", "om", "ah", "oh", "am", "og", "ov" };
    const size_t length = sound->root_length;

    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        const size_t n = strlen(endings[i]);
        if (length < n + 3 || memcmp(sound->root + length - n, endings[i], n) != 0) continue;
        memcpy(root, sound->root, length - n);
        return length - n;
    }
    return 0;
}

bool incmap__sound_land(const incmap__sound *sound, incmap__sound *land)
{
    const size_t root = sound->root_length;
    size_t end = sound->length;

    if (root < 6 || memcmp(sound->root + root - 2, "on", 2) != 0 || sound->area || sound->kinds ||
        (sound->root[root - 3] != 'y' && sound->root[root - 3] != 'q'))
        return false;
    while (end > 0 && incmap__sound_is_vowel(sound->text[end - 1]))
        end--;
    if (end < 6 || memcmp(sound->text + end - 2, "in", 2) != 0) return false;
    *land = *sound;
    land->length = end - 3;
    land->root_length = root - 3;
    land->area = true;
    return true;
}

bool incmap__sound_seat(const incmap__sound *sound, incmap__sound *seat)
{
    static const char ending[] = { 's', 'k' };

    if (!sound->area || !sound->length || sound->length + sizeof ending > sizeof sound->text ||
        incmap__sound_is_vowel(sound->text[sound->length - 1]))
        return false;
    *seat = *sound;
    memcpy(seat->text + seat->length, ending, sizeof ending);
    memcpy(seat->root + seat->root_length, ending, sizeof ending);
    seat->length += sizeof ending;
    seat->root_length += sizeof ending;
    return true;
}

/* What a seat's name ends with, and what its area's does before -ska, or for it; endings of a root besides. */
static const struct {
    const char *end, *root_end, *becomes, *root_becomes;
} area_endings[INCMAP__AREA_WAYS] = {
    { "ka", "k", "", "" },       /* Юнаківка, Юнаківська */
    { "c", "c", "cka", "ck" },   /* Тростянець, Тростянецька */
    { "ka", "k", "kin", "kon" }, /* Шостка, Шосткинський */
};

/* Replaces an ending; false where there is another, less than two letters are before it, or there is no room. */
static bool replace_end(char *text, size_t *length, size_t room, const char *end, const char *by)
{
    const size_t n = strlen(end), more = strlen(by);

    if (*length < n + 2 || memcmp(text + *length - n, end, n) != 0 || *length - n + more > room)
        return false;
    memcpy(text + *length - n, by, more);
    *length += more - n;
    return true;
}

bool incmap__sound_area_of(const incmap__sound *sound, unsigned way, incmap__sound *area)
{
    if (!sound->area) return false;
    *area = *sound;
    return replace_end(area->text, &area->length, sizeof area->text, area_endings[way].end,
                       area_endings[way].becomes) &&
           replace_end(area->root, &area->root_length, sizeof area->root,
                       area_endings[way].root_end, area_endings[way].root_becomes);
}

bool incmap__sound_turned_back(const incmap__sound *sound, incmap__sound *name)
{
    static const char turned[] = "czs", whole[] = "kgh";
    const size_t n = sound->length, root = sound->root_length;
    const char *at;

    if (n < 5 || root < 3 || sound->text[n - 1] != 'i') return false;
    at = strchr(turned, sound->text[n - 2]);
    if (!at || !*at || sound->root[root - 1] != *at) return false;
    *name = *sound;
    name->text[n - 2] = name->root[root - 1] = whole[at - turned];
    name->text[n - 1] = 'a';
    return true;
}
