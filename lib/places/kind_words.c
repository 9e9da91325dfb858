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

/* Folded. What ends in a point is an abbreviation, and counts before the name only. */
static const struct kind_word {
    const char *text;
    unsigned char where;
    unsigned kinds;
} table[] = {
    /* English */
    { "city", BOTH, CITIES },
    { "town", BOTH, CITIES | SMALL },
    { "village", BOTH, SMALL },
    { "settlement", BOTH, SMALL | CITIES },
    { "hamlet", BOTH, SMALL },
    { "region", BOTH, AREAS },
    { "province", BOTH, REGIONS },
    { "district", BOTH, DISTRICTS },
    { "municipal", BOTH, DISTRICTS },
    { "municipality", BOTH, DISTRICTS },
    { "urban", BOTH, ANY },
    { "community", BOTH, DISTRICTS },
    { "territorial", BOTH, DISTRICTS },
    { "border", BOTH, POSTS },
    { "post", BACK, POSTS },
    { "crossing", BACK, POSTS },
    { "point", BACK, POSTS },
    { "checkpoint", BOTH, POSTS },
    { "of", FRONT, ANY },
    { "the", FRONT, ANY },
    { "in", FRONT, ANY },
    { "near", FRONT, ANY },
    { "at", FRONT, ANY },
    { "from", FRONT, ANY },
    /* Romanised, and German, French, Polish */
    { "oblast", BOTH, REGIONS },
    { "oblast'", BOTH, REGIONS },
    { "oblasti", BOTH, REGIONS },
    { "obl.", BOTH, REGIONS },
    { "obwod", BOTH, REGIONS },
    { "krai", BOTH, REGIONS },
    { "kray", BOTH, REGIONS },
    { "raion", BOTH, DISTRICTS },
    { "rayon", BOTH, DISTRICTS },
    { "rajon", BOTH, DISTRICTS },
    { "rejon", BOTH, DISTRICTS },
    { "okrug", BOTH, DISTRICTS },
    { "okruh", BOTH, DISTRICTS },
    { "gorodskoy", BACK, ANY },
    { "hromada", BOTH, DISTRICTS },
    { "gromada", BOTH, DISTRICTS },
    { "terytorialna", BOTH, DISTRICTS },
    { "gorod", FRONT, CITIES },
    { "misto", FRONT, CITIES },
    { "selo", FRONT, SMALL },
    { "selyshche", FRONT, SMALL },
    { "poselok", FRONT, SMALL },
    { "posyolok", FRONT, SMALL },
    { "khutor", FRONT, SMALL },
    { "derevnya", FRONT, SMALL },
    { "pgt", BOTH, SMALL },
    { "smt", BOTH, SMALL },
    { "kpp", BOTH, POSTS },
    { "m.", FRONT, CITIES },
    { "g.", FRONT, CITIES },
    { "s.", FRONT, SMALL },
    { "stadt", FRONT, CITIES },
    { "ville", FRONT, CITIES },
    { "de", FRONT, ANY },
    /* Russian */
    { "город", FRONT, CITIES },
    { "города", FRONT, CITIES },
    { "городе", FRONT, CITIES },
    { "г.", FRONT, CITIES },
    { "гор.", FRONT, CITIES },
    { "село", FRONT, SMALL },
    { "села", FRONT, SMALL },
    { "селе", FRONT, SMALL },
    { "сел.", FRONT, SMALL },
    { "с.", FRONT, SMALL },
    { "деревня", FRONT, SMALL },
    { "деревни", FRONT, SMALL },
    { "деревне", FRONT, SMALL },
    { "дер.", FRONT, SMALL },
    { "д.", FRONT, SMALL },
    { "поселок", FRONT, SMALL },
    { "поселка", FRONT, SMALL },
    { "поселке", FRONT, SMALL },
    { "пос.", FRONT, SMALL },
    { "п.", FRONT, SMALL },
    { "пгт", BOTH, SMALL },
    { "п.г.т.", BOTH, SMALL },
    { "хутор", FRONT, SMALL },
    { "хутора", FRONT, SMALL },
    { "хуторе", FRONT, SMALL },
    { "х.", FRONT, SMALL },
    { "область", BOTH, REGIONS },
    { "области", BOTH, REGIONS },
    { "обл.", BOTH, REGIONS },
    { "обл", BOTH, REGIONS },
    { "кра" SHORT_I, BACK, REGIONS },
    { "ра" SHORT_I "он", BOTH, DISTRICTS },
    { "ра" SHORT_I "она", BOTH, DISTRICTS },
    { "ра" SHORT_I "оне", BOTH, DISTRICTS },
    { "городско" SHORT_I, BACK, ANY },
    { "муниципальны" SHORT_I, BACK, ANY },
    { "округ", BOTH, DISTRICTS },
    { "округа", BOTH, DISTRICTS },
    { "округе", BOTH, DISTRICTS },
    { "кпп", BOTH, POSTS },
    { "мапп", BOTH, POSTS },
    { "погранпереход", BOTH, POSTS },
    { "пункт", FRONT, POSTS },
    { "пропуска", FRONT, POSTS },
    { "в", FRONT, ANY },
    { "во", FRONT, ANY },
    { "под", FRONT, ANY },
    { "из", FRONT, ANY },
    { "у", FRONT, ANY },
    { "около", FRONT, ANY },
    { "близ", FRONT, ANY },
    { "возле", FRONT, ANY },
    { "на", FRONT, ANY },
    { "с", FRONT, ANY },
    /* Ukrainian */
    { "місто", FRONT, CITIES },
    { "міста", FRONT, CITIES },
    { "місті", FRONT, CITIES },
    { "м.", FRONT, CITIES },
    { "селі", FRONT, SMALL },
    { "селище", FRONT, SMALL },
    { "селища", FRONT, SMALL },
    { "селищі", FRONT, SMALL },
    { "смт", BOTH, SMALL },
    { "хутір", FRONT, SMALL },
    { "області", BOTH, REGIONS },
    { "ра" SHORT_I "ону", BOTH, DISTRICTS },
    { "ра" SHORT_I "оні", BOTH, DISTRICTS },
    { "громада", BOTH, DISTRICTS },
    { "громади", BOTH, DISTRICTS },
    { "громаді", BOTH, DISTRICTS },
    { "територіальна", BOTH, DISTRICTS },
    { "міська", BACK, ANY },
    { "сільська", BACK, ANY },
    { "селищна", BACK, ANY },
    { "отг", BOTH, DISTRICTS },
    { "пропуску", FRONT, POSTS },
    { "біля", FRONT, ANY },
    { "поблизу", FRONT, ANY },
    { "з", FRONT, ANY },
};

/* A point belongs to the word that it ends only where the table has it so. */
static const struct kind_word *find_word(const char *text, size_t length)
{
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        if (table[i].text[0] == text[0] && strncmp(table[i].text, text, length) == 0 &&
            table[i].text[length] == '\0')
            return &table[i];
    return NULL;
}

/* Bytes at which a word ends; letters of other scripts have the high bit. */
static bool is_in_word(char c)
{
    return c != ' ' && c != '(' && c != ')' && c != ',' && c != ';' && c != '/' && c != '"';
}

/* Longest of the table: no need to look for longer ones. */
enum { LONGEST = 28 };

/* "р-н" is folded to "р н". */
static void join_abbreviations(incmap__words *words)
{
    for (size_t i = 0; i + 1 < words->count; i++) {
        const bool district = words->items[i].length == 2 && words->items[i + 1].length == 2 &&
                              memcmp(words->items[i].text, "р", 2) == 0 &&
                              memcmp(words->items[i + 1].text, "н", 2) == 0;
        if (!district) continue;
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
        size_t end = at;
        while (end < length && is_in_word(key[end]) && !(end > at && key[end - 1] == '.'))
            end++;
        if (end > at) {
            if (words->count == INCMAP__WORDS_MOST) return false;
            words->items[words->count].text = key + at;
            words->items[words->count++].length = end - at;
        } else {
            end++;
        }
        at = end;
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

    if (!word || !(word->where & where)) return false;
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
