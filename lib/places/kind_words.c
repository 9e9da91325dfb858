/* SPDX-License-Identifier: MIT */
/* The list of kind words in English, Russian and Ukrainian, native and romanised, and their taking
 * off. Some stand before the name only: "Нове Село" is a name, "село Нове" is not. */
#include "places/kind_words.h"

#include <string.h>

#include <incmap/place.h>

enum where { FRONT = 1, BACK = 2, BOTH = 3 };

enum {
    REGIONS = INCMAP_PLACE_BIT(INCMAP_PLACE_REGION),
    DISTRICTS = INCMAP_PLACE_BIT(INCMAP_PLACE_DISTRICT),
    AREAS = REGIONS | DISTRICTS,
    POSTS = INCMAP_PLACE_BIT(INCMAP_PLACE_BORDER_POST),
    CITIES = INCMAP_PLACE_BIT(INCMAP_PLACE_CITY) | INCMAP_PLACE_BIT(INCMAP_PLACE_TOWN) |
             INCMAP_PLACE_BIT(INCMAP_PLACE_SETTLEMENT),
    SMALL = INCMAP_PLACE_BIT(INCMAP_PLACE_URBAN_TYPE_SETTLEMENT) |
            INCMAP_PLACE_BIT(INCMAP_PLACE_VILLAGE) | INCMAP_PLACE_BIT(INCMAP_PLACE_SETTLEMENT),
    ANY = 0
};

/* й in folded keys: the letter and its mark. */
#define SHORT_I "и\xCC\x86"

#define WORD(text) text, sizeof(text) - 1

/* Folded. What ends in a point is an abbreviation, and counts before the name only. */
struct kind_word {
    const char *text;
    unsigned char length, where;
    unsigned kinds;
};

static const struct kind_word latin[] = {
    /* English */
    { WORD("city"), BOTH, CITIES },
    { WORD("town"), BOTH, CITIES | SMALL },
    { WORD("village"), BOTH, SMALL },
    { WORD("settlement"), BOTH, SMALL | CITIES },
    { WORD("hamlet"), BOTH, SMALL },
    { WORD("region"), BOTH, AREAS },
    { WORD("province"), BOTH, REGIONS },
    { WORD("district"), BOTH, DISTRICTS },
    { WORD("municipal"), BOTH, DISTRICTS },
    { WORD("municipality"), BOTH, DISTRICTS },
    { WORD("urban"), BOTH, ANY },
    { WORD("community"), BOTH, DISTRICTS },
    { WORD("territorial"), BOTH, DISTRICTS },
    { WORD("border"), BOTH, POSTS },
    { WORD("post"), BOTH, POSTS },
    { WORD("crossing"), BOTH, POSTS },
    { WORD("point"), BOTH, POSTS },
    { WORD("checkpoint"), BOTH, POSTS },
    { WORD("of"), FRONT, ANY },
    { WORD("the"), FRONT, ANY },
    { WORD("in"), FRONT, ANY },
    { WORD("at"), FRONT, ANY },
    { WORD("from"), FRONT, ANY },
    { WORD("over"), FRONT, ANY },
    /* Romanised, and German, French, Polish */
    { WORD("oblast"), BOTH, REGIONS },
    { WORD("oblast'"), BOTH, REGIONS },
    { WORD("oblasti"), BOTH, REGIONS },
    { WORD("obl."), BOTH, REGIONS },
    { WORD("obwod"), BOTH, REGIONS },
    { WORD("obwo\xCC\x81"
           "d"),
      BOTH, REGIONS },
    { WORD("krai"), BOTH, REGIONS },
    { WORD("kray"), BOTH, REGIONS },
    { WORD("raion"), BOTH, DISTRICTS },
    { WORD("rayon"), BOTH, DISTRICTS },
    { WORD("rajon"), BOTH, DISTRICTS },
    { WORD("rejon"), BOTH, DISTRICTS },
    { WORD("okrug"), BOTH, DISTRICTS },
    { WORD("okruh"), BOTH, DISTRICTS },
    { WORD("gorodskoy"), BACK, ANY },
    { WORD("hromada"), BOTH, DISTRICTS },
    { WORD("gromada"), BOTH, DISTRICTS },
    { WORD("terytorialna"), BOTH, DISTRICTS },
    { WORD("gorod"), FRONT, CITIES },
    { WORD("misto"), FRONT, CITIES },
    { WORD("selo"), FRONT, SMALL },
    { WORD("selyshche"), FRONT, SMALL },
    { WORD("poselok"), FRONT, SMALL },
    { WORD("posyolok"), FRONT, SMALL },
    { WORD("khutor"), FRONT, SMALL },
    { WORD("derevnya"), FRONT, SMALL },
    { WORD("pgt"), BOTH, SMALL },
    { WORD("smt"), BOTH, SMALL },
    { WORD("kpp"), BOTH, POSTS },
    { WORD("m."), FRONT, CITIES },
    { WORD("g."), FRONT, CITIES },
    { WORD("s."), FRONT, SMALL },
    { WORD("stadt"), FRONT, CITIES },
    { WORD("dorf"), FRONT, SMALL },
    { WORD("gebiet"), FRONT, REGIONS },
    { WORD("kreis"), FRONT, DISTRICTS },
    { WORD("wies"), FRONT, SMALL },
    { WORD("wies\xCC\x81"), FRONT, SMALL },
    { WORD("miasto"), FRONT, CITIES },
    { WORD("re\xCC\x81gion"), FRONT, REGIONS },
    { WORD("ville"), FRONT, CITIES },
    { WORD("de"), FRONT, ANY },
};

static const struct kind_word cyrillic[] = {
    /* Russian */
    { WORD("город"), FRONT, CITIES },
    { WORD("города"), FRONT, CITIES },
    { WORD("городе"), FRONT, CITIES },
    { WORD("г."), FRONT, CITIES },
    { WORD("гор."), FRONT, CITIES },
    { WORD("село"), FRONT, SMALL },
    { WORD("села"), FRONT, SMALL },
    { WORD("селе"), FRONT, SMALL },
    { WORD("сел."), FRONT, SMALL },
    { WORD("с."), FRONT, SMALL },
    { WORD("деревня"), FRONT, SMALL },
    { WORD("деревни"), FRONT, SMALL },
    { WORD("деревне"), FRONT, SMALL },
    { WORD("дер."), FRONT, SMALL },
    { WORD("д."), FRONT, SMALL },
    { WORD("поселок"), FRONT, SMALL },
    { WORD("поселка"), FRONT, SMALL },
    { WORD("поселке"), FRONT, SMALL },
    { WORD("пос."), FRONT, SMALL },
    { WORD("п."), FRONT, SMALL },
    { WORD("пгт"), BOTH, SMALL },
    { WORD("п.г.т."), BOTH, SMALL },
    { WORD("станица"), FRONT, SMALL },
    { WORD("станицы"), FRONT, SMALL },
    { WORD("станице"), FRONT, SMALL },
    { WORD("нп"), FRONT, CITIES | SMALL },
    { WORD("н.п."), FRONT, CITIES | SMALL },
    { WORD("хутор"), FRONT, SMALL },
    { WORD("хутора"), FRONT, SMALL },
    { WORD("хуторе"), FRONT, SMALL },
    { WORD("х."), FRONT, SMALL },
    { WORD("область"), BOTH, REGIONS },
    { WORD("области"), BOTH, REGIONS },
    { WORD("регион"), BOTH, AREAS },
    { WORD("региона"), BOTH, AREAS },
    { WORD("регионе"), BOTH, AREAS },
    { WORD("обл."), BOTH, REGIONS },
    { WORD("обл"), BOTH, REGIONS },
    { WORD("кра" SHORT_I), BACK, REGIONS },
    { WORD("ра" SHORT_I "он"), BOTH, DISTRICTS },
    { WORD("ра" SHORT_I "она"), BOTH, DISTRICTS },
    { WORD("ра" SHORT_I "оне"), BOTH, DISTRICTS },
    { WORD("городско" SHORT_I), BACK, ANY },
    { WORD("муниципальны" SHORT_I), BACK, ANY },
    { WORD("городского"), BACK, ANY },
    { WORD("муниципального"), BACK, ANY },
    { WORD("громады"), BOTH, DISTRICTS },
    { WORD("громаде"), BOTH, DISTRICTS },
    { WORD("округ"), BOTH, DISTRICTS },
    { WORD("округа"), BOTH, DISTRICTS },
    { WORD("округе"), BOTH, DISTRICTS },
    { WORD("горокруг"), BOTH, DISTRICTS },
    { WORD("горокруга"), BOTH, DISTRICTS },
    { WORD("горокруге"), BOTH, DISTRICTS },
    { WORD("го"), BACK, DISTRICTS },
    { WORD("кпп"), BOTH, POSTS },
    { WORD("мапп"), BOTH, POSTS },
    { WORD("погранпереход"), BOTH, POSTS },
    { WORD("пограничны" SHORT_I), FRONT, POSTS },
    { WORD("пограничном"), FRONT, POSTS },
    { WORD("пограничного"), FRONT, POSTS },
    { WORD("переход"), FRONT, POSTS },
    { WORD("переходе"), FRONT, POSTS },
    { WORD("контрольно"), FRONT, POSTS },
    { WORD("пропускно" SHORT_I), FRONT, POSTS },
    { WORD("пропускном"), FRONT, POSTS },
    { WORD("пункте"), FRONT, POSTS },
    { WORD("пункт"), FRONT, POSTS },
    { WORD("пропуска"), FRONT, POSTS },
    { WORD("в"), FRONT, ANY },
    { WORD("во"), FRONT, ANY },
    { WORD("из"), FRONT, ANY },
    { WORD("у"), FRONT, ANY },
    { WORD("на"), FRONT, ANY },
    { WORD("над"), FRONT, ANY },
    { WORD("по"), FRONT, ANY },
    { WORD("с"), FRONT, ANY },
    /* Ukrainian */
    { WORD("місто"), FRONT, CITIES },
    { WORD("міста"), FRONT, CITIES },
    { WORD("місті"), FRONT, CITIES },
    { WORD("м."), FRONT, CITIES },
    { WORD("селі"), FRONT, SMALL },
    { WORD("селище"), FRONT, SMALL },
    { WORD("селища"), FRONT, SMALL },
    { WORD("селищі"), FRONT, SMALL },
    { WORD("смт"), BOTH, SMALL },
    { WORD("хутір"), FRONT, SMALL },
    { WORD("області"), BOTH, REGIONS },
    { WORD("регіон"), BOTH, AREAS },
    { WORD("регіону"), BOTH, AREAS },
    { WORD("регіоні"), BOTH, AREAS },
    { WORD("ра" SHORT_I "ону"), BOTH, DISTRICTS },
    { WORD("ра" SHORT_I "оні"), BOTH, DISTRICTS },
    { WORD("громада"), BOTH, DISTRICTS },
    { WORD("громади"), BOTH, DISTRICTS },
    { WORD("громаді"), BOTH, DISTRICTS },
    { WORD("територіальна"), BOTH, DISTRICTS },
    { WORD("міська"), BACK, ANY },
    { WORD("сільська"), BACK, ANY },
    { WORD("селищна"), BACK, ANY },
    { WORD("територіально"
           "і\xCC\x88"),
      BACK, ANY },
    { WORD("місько"
           "і\xCC\x88"),
      BACK, ANY },
    { WORD("сільсько"
           "і\xCC\x88"),
      BACK, ANY },
    { WORD("селищно"
           "і\xCC\x88"),
      BACK, ANY },
    { WORD("отг"), BOTH, DISTRICTS },
    { WORD("тг"), BOTH, DISTRICTS },
    { WORD("пропуску"), FRONT, POSTS },
    { WORD("прикордонни" SHORT_I), FRONT, POSTS },
    { WORD("пропускни" SHORT_I), FRONT, POSTS },
    { WORD("перехід"), FRONT, POSTS },
    { WORD("пункті"), FRONT, POSTS },
    { WORD("до"), FRONT, ANY },
    { WORD("від"), FRONT, ANY },
    { WORD("з"), FRONT, ANY },
};

static const struct kind_word *find_exactly(const char *text, size_t length)
{
    const bool is_latin = (unsigned char)text[0] < 0x80;
    const struct kind_word *words = is_latin ? latin : cyrillic;
    const size_t count =
        is_latin ? sizeof latin / sizeof *latin : sizeof cyrillic / sizeof *cyrillic;

    for (size_t i = 0; i < count; i++)
        if (words[i].length == length && words[i].text[length - 1] == text[length - 1] &&
            memcmp(words[i].text, text, length) == 0)
            return &words[i];
    return NULL;
}

/* A point belongs to the word that it ends where the table has it so; "смт." is "смт". */
static const struct kind_word *find_word(const char *text, size_t length)
{
    const struct kind_word *word = find_exactly(text, length);

    if (word || length < 4 || text[length - 1] != '.') return word;
    return find_exactly(text, length - 1);
}

/* Bytes at which a word ends; letters of other scripts have the high bit. */
static bool is_in_word(char c)
{
    switch (c) {
    case ' ':
    case '(':
    case ')':
    case '[':
    case ']':
    case ',':
    case ';':
    case '/':
    case '"': return false;
    default: return true;
    }
}

/* Bytes of a quotation mark of more than one byte; 0: there is none. The one that looks like a hard sign
 * stands within words too, so that the mark ends none but at its edges. */
static size_t quote_at(const char *text, size_t length)
{
    static const char *const marks[] = { "«", "»", "“", "”", "„", "‹", "›" };

    if (length < 2 || ((unsigned char)text[0] != 0xC2 && (unsigned char)text[0] != 0xE2)) return 0;
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        const size_t n = strlen(marks[i]);
        if (n <= length && memcmp(text, marks[i], n) == 0) return n;
    }
    return 0;
}

/* "п.г.т." and "н.п." are one word each, though a point ends a word else: "с.Козинка". */
static size_t abbreviation_at(const char *text, size_t length)
{
    static const char *const words[] = { "п.г.т.", "н.п." };

    if (length < 3 || text[2] != '.') return 0;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        const size_t n = strlen(words[i]);
        if (n < length && memcmp(text, words[i], n) == 0) return n;
    }
    return 0;
}

/* Where the word that begins at `at` ends; `at` itself where none does. */
static size_t end_of_word(const char *key, size_t length, size_t at)
{
    const size_t abbreviation = abbreviation_at(key + at, length - at);
    size_t end = at;

    if (abbreviation) return at + abbreviation;
    while (end < length && is_in_word(key[end]) && !(end > at && key[end - 1] == '.'))
        end++;
    return end;
}

/* The word less the quotation marks about it. */
static void put_cut(incmap__words *words, const char *text, size_t length, bool apart)
{
    size_t n;

    while ((n = quote_at(text, length)) > 0) {
        text += n;
        length -= n;
    }
    for (n = 2; n <= 3 && length > 0 && (unsigned char)text[length - 1] >= 0x80; n++)
        while (length >= n && quote_at(text + length - n, n) == n)
            length -= n;
    if (!length) return;
    words->items[words->count].text = text;
    words->items[words->count].apart = apart;
    words->items[words->count++].length = length;
}

/* Whether what stands at `at` is set apart from what is before it, or is an abbreviation: "Козинка (село)",
 * "Козинка, село", "Козинка с.". It is no part of a name, then, wherever it stands. */
static bool is_apart(const char *key, size_t at, size_t end)
{
    if (key[end - 1] == '.') return true;
    while (at > 0 && key[at - 1] == ' ')
        at--;
    return at > 0 && strchr("([,", key[at - 1]);
}

/* Longest of the table: no need to look for longer ones. */
enum { LONGEST = 30 };

static bool is_text(const incmap__words *words, size_t i, const char *text)
{
    return words->items[i].length == strlen(text) &&
           memcmp(words->items[i].text, text, strlen(text)) == 0;
}

static bool is_district_end(const incmap__words *words, size_t i)
{
    return is_text(words, i, "н") || is_text(words, i, "на") || is_text(words, i, "не") ||
           is_text(words, i, "ну") || is_text(words, i, "ні");
}

/* "р-н" and "р-на" are folded to "р н" and "р на". */
static void join_abbreviations(incmap__words *words)
{
    for (size_t i = 0; i + 1 < words->count; i++) {
        if (!is_text(words, i, "р") || !is_district_end(words, i + 1)) continue;
        words->items[i].text = "ра" SHORT_I "он";
        words->items[i].length = strlen("ра" SHORT_I "он");
        memmove(&words->items[i + 1], &words->items[i + 2],
                (words->count - i - 2) * sizeof words->items[0]);
        words->count--;
    }
}

static bool cut_words(incmap__words *words, const char *key, size_t length)
{
    size_t at = 0;

    words->count = 0;
    while (at < length) {
        const size_t end = end_of_word(key, length, at);
        if (end > at) {
            if (words->count == INCMAP__WORDS_MOST) return false;
            put_cut(words, key + at, end - at, is_apart(key, at, end));
        }
        at = end > at ? end : at + 1;
    }
    return words->count > 0;
}

/* Of the last word taken that tells; words that both may bear, municipality or okrug, do not. */
static incmap__area_level level_of(const char *word)
{
    static const struct {
        const char *start;
        incmap__area_level level;
    } starts[] = {
        { "raion", INCMAP__LEVEL_RAION },        { "rayon", INCMAP__LEVEL_RAION },
        { "rajon", INCMAP__LEVEL_RAION },        { "rejon", INCMAP__LEVEL_RAION },
        { "district", INCMAP__LEVEL_RAION },     { "ра" SHORT_I "он", INCMAP__LEVEL_RAION },
        { "hromad", INCMAP__LEVEL_HROMADA },     { "gromad", INCMAP__LEVEL_HROMADA },
        { "громад", INCMAP__LEVEL_HROMADA },     { "community", INCMAP__LEVEL_HROMADA },
        { "terytorial", INCMAP__LEVEL_HROMADA }, { "отг", INCMAP__LEVEL_HROMADA },
        { "kreis", INCMAP__LEVEL_RAION },        { "тг", INCMAP__LEVEL_HROMADA },
    };

    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++)
        if (strncmp(word, starts[i].start, strlen(starts[i].start)) == 0) return starts[i].level;
    return INCMAP__LEVEL_NONE;
}

static bool take_word(incmap__words *words, size_t at, enum where where)
{
    const size_t length = words->items[at].length;
    const struct kind_word *word =
        words->count > 1 && length <= LONGEST ? find_word(words->items[at].text, length) : NULL;

    if (!word || !(word->where & where || words->items[at].apart)) return false;
    words->kinds |= word->kinds;
    if (level_of(word->text)) words->level = level_of(word->text);
    words->area = words->area || (word->kinds && !(word->kinds & ~(unsigned)AREAS));
    words->count--;
    memmove(&words->items[at], &words->items[at + 1], (words->count - at) * sizeof words->items[0]);
    return true;
}

/* "m. Bila Tserkva ta Bilotserkivska hromada" says one thing twice: the area is what comes last. */
static void keep_last_of_two(incmap__words *words)
{
    for (size_t i = 1; i + 1 < words->count; i++) {
        const char *text = words->items[i].text;
        const size_t length = words->items[i].length;
        if (!(length == 2 && memcmp(text, "ta", 2) == 0) &&
            !(length == 4 && memcmp(text, "та", 4) == 0))
            continue;
        words->count -= i + 1;
        words->kinds = DISTRICTS;
        memmove(&words->items[0], &words->items[i + 1], words->count * sizeof words->items[0]);
        return;
    }
}

bool incmap__words_cut(incmap__words *words, const char *key, size_t length)
{
    words->kinds = 0;
    words->level = INCMAP__LEVEL_NONE;
    words->area = false;
    if (!cut_words(words, key, length)) return false;
    join_abbreviations(words);
    while (take_word(words, words->count - 1, BACK))
        ;
    while (take_word(words, 0, FRONT))
        ;
    if (words->area) keep_last_of_two(words);
    return true;
}
