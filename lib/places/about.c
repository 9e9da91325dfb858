/* SPDX-License-Identifier: MIT */
/* The words come off the front one by one, and count when they say enough: "near" by itself, a compass point
 * with "of", a distance with "from". */
#include "places/about.h"

#include <math.h>
#include <string.h>

#include "base/text.h"
#include "places/kind_words.h"

/* й in folded keys: the letter and its mark. */
#define SHORT_I "и\xCC\x86"

/* Words are whole ones, since names begin with them: Пригородное, Лесное, Северодонецк. */
enum says {
    LINK,  /* nothing, but it may stand among the others: "the", "a village" */
    FROM,  /* that the name comes next: "of", "from" */
    NEAR,  /* that it was near, by itself */
    NEEDS, /* that it was near if FROM follows: "north of" */
};

struct word {
    const char *text;
    size_t length;
    enum says says;
};

#define WORD(text) text, sizeof(text) - 1

static const struct word words[] = {
    /* English */
    { WORD("near"), NEAR },
    { WORD("nearby"), NEAR },
    { WORD("around"), NEAR },
    { WORD("outside"), NEAR },
    { WORD("outskirts"), NEAR },
    { WORD("outskirt"), NEAR },
    { WORD("suburb"), NEAR },
    { WORD("suburbs"), NEAR },
    { WORD("vicinity"), NEAR },
    { WORD("surroundings"), NEAR },
    { WORD("toward"), NEAR },
    { WORD("towards"), NEAR },
    { WORD("not far"), NEEDS },
    { WORD("several kilometres"), NEEDS },
    { WORD("several kilometers"), NEEDS },
    { WORD("several km"), NEEDS },
    { WORD("several miles"), NEEDS },
    { WORD("few kilometres"), NEEDS },
    { WORD("few kilometers"), NEEDS },
    { WORD("few km"), NEEDS },
    { WORD("few miles"), NEEDS },
    { WORD("close"), NEEDS },
    { WORD("next"), NEEDS },
    { WORD("adjacent"), NEEDS },
    { WORD("direction"), NEEDS },
    { WORD("area"), NEEDS },
    { WORD("edge"), NEEDS },
    { WORD("north"), NEEDS },
    { WORD("south"), NEEDS },
    { WORD("east"), NEEDS },
    { WORD("west"), NEEDS },
    { WORD("northeast"), NEEDS },
    { WORD("northwest"), NEEDS },
    { WORD("southeast"), NEEDS },
    { WORD("southwest"), NEEDS },
    { WORD("ne"), NEEDS },
    { WORD("nw"), NEEDS },
    { WORD("se"), NEEDS },
    { WORD("sw"), NEEDS },
    { WORD("northeastern"), NEEDS },
    { WORD("northwestern"), NEEDS },
    { WORD("southeastern"), NEEDS },
    { WORD("southwestern"), NEEDS },
    { WORD("northern"), NEEDS },
    { WORD("southern"), NEEDS },
    { WORD("eastern"), NEEDS },
    { WORD("western"), NEEDS },
    { WORD("of"), FROM },
    { WORD("from"), FROM },
    { WORD("to"), FROM },
    { WORD("the"), LINK },
    { WORD("in"), LINK },
    { WORD("on"), LINK },
    { WORD("at"), LINK },
    { WORD("about"), LINK },
    { WORD("just"), LINK },
    { WORD("within"), LINK },
    { WORD("approximately"), LINK },
    { WORD("approx"), LINK },
    { WORD("approx."), LINK },
    { WORD("some"), LINK },
    { WORD("a"), LINK },
    /* what was there, and of which nothing else is said */
    { WORD("village"), LINK },
    { WORD("settlement"), LINK },
    { WORD("forest"), LINK },
    { WORD("forests"), LINK },
    { WORD("field"), LINK },
    { WORD("fields"), LINK },
    { WORD("road"), LINK },
    { WORD("highway"), LINK },
    /* Russian */
    { WORD("под"), NEAR },
    { WORD("близ"), NEAR },
    { WORD("вокруг"), NEAR },
    { WORD("подступах"), NEAR },
    { WORD("вблизи"), NEAR },
    { WORD("возле"), NEAR },
    { WORD("около"), NEAR },
    { WORD("недалеко"), NEAR },
    { WORD("неподалеку"), NEAR },
    { WORD("рядом"), NEAR },
    { WORD("окраина"), NEAR },
    { WORD("окраины"), NEAR },
    { WORD("окраине"), NEAR },
    { WORD("окраину"), NEAR },
    { WORD("окраинах"), NEAR },
    { WORD("окраин"), NEAR },
    { WORD("окрестности"), NEAR },
    { WORD("окрестностях"), NEAR },
    { WORD("окрестносте" SHORT_I ""), NEAR },
    { WORD("пригород"), NEAR },
    { WORD("пригорода"), NEAR },
    { WORD("пригороде"), NEAR },
    { WORD("пригороды"), NEAR },
    { WORD("пригородах"), NEAR },
    { WORD("ра" SHORT_I "оне"), NEAR },
    { WORD("направлении"), NEAR },
    { WORD("сторону"), NEAR },
    { WORD("севернее"), NEAR },
    { WORD("южнее"), NEAR },
    { WORD("восточнее"), NEAR },
    { WORD("западнее"), NEAR },
    { WORD("несколько километров"), NEEDS },
    { WORD("несколько км"), NEEDS },
    { WORD("нескольких километрах"), NEEDS },
    { WORD("нескольких км"), NEEDS },
    { WORD("север"), NEEDS },
    { WORD("севера"), NEEDS },
    { WORD("северу"), NEEDS },
    { WORD("севере"), NEEDS },
    { WORD("северо"), NEEDS },
    { WORD("юг"), NEEDS },
    { WORD("юга"), NEEDS },
    { WORD("югу"), NEEDS },
    { WORD("юге"), NEEDS },
    { WORD("юго"), NEEDS },
    { WORD("восток"), NEEDS },
    { WORD("востока"), NEEDS },
    { WORD("востоку"), NEEDS },
    { WORD("востоке"), NEEDS },
    { WORD("западу"), NEEDS },
    { WORD("западе"), NEEDS },
    { WORD("запада"), NEEDS },
    { WORD("запад"), NEEDS },
    { WORD("от"), FROM },
    { WORD("к"), LINK },
    { WORD("с"), LINK },
    { WORD("в"), LINK },
    { WORD("на"), LINK },
    { WORD("примерно"), LINK },
    { WORD("северная"), LINK },
    { WORD("северно" SHORT_I), LINK },
    { WORD("южная"), LINK },
    { WORD("южно" SHORT_I), LINK },
    { WORD("восточная"), LINK },
    { WORD("восточно" SHORT_I), LINK },
    { WORD("западная"), LINK },
    { WORD("западно" SHORT_I), LINK },
    { WORD("населенного"), LINK },
    { WORD("пункта"), LINK },
    { WORD("село"), LINK },
    { WORD("поселок"), LINK },
    { WORD("хутор"), LINK },
    { WORD("лес"), LINK },
    { WORD("лесу"), LINK },
    { WORD("леса"), LINK },
    { WORD("поле"), LINK },
    { WORD("поля"), LINK },
    { WORD("полях"), LINK },
    { WORD("дорога"), LINK },
    { WORD("дороге"), LINK },
    { WORD("дорогу"), LINK },
    { WORD("трасса"), LINK },
    { WORD("трассе"), LINK },
    { WORD("трассу"), LINK },
    /* Ukrainian */
    { WORD("біля"), NEAR },
    { WORD("під"), NEAR },
    { WORD("коло"), NEAR },
    { WORD("поблизу"), NEAR },
    { WORD("неподалік"), NEAR },
    { WORD("поряд"), NEAR },
    { WORD("навколо"), NEAR },
    { WORD("довкола"), NEAR },
    { WORD("околиця"), NEAR },
    { WORD("околиці"), NEAR },
    { WORD("околицю"), NEAR },
    { WORD("околицях"), NEAR },
    { WORD("околиць"), NEAR },
    { WORD("передмістя"), NEAR },
    { WORD("передмісті"), NEAR },
    { WORD("ра" SHORT_I "оні"), NEAR },
    { WORD("напрямку"), NEAR },
    { WORD("північніше"), NEAR },
    { WORD("південніше"), NEAR },
    { WORD("східніше"), NEAR },
    { WORD("західніше"), NEAR },
    { WORD("північни" SHORT_I " захід"), NEEDS },
    { WORD("північни" SHORT_I " схід"), NEEDS },
    { WORD("південни" SHORT_I " захід"), NEEDS },
    { WORD("південни" SHORT_I " схід"), NEEDS },
    { WORD("північного заходу"), NEEDS },
    { WORD("північному заході"), NEEDS },
    { WORD("північного сходу"), NEEDS },
    { WORD("північному сході"), NEEDS },
    { WORD("південного заходу"), NEEDS },
    { WORD("південному заході"), NEEDS },
    { WORD("південного сходу"), NEEDS },
    { WORD("південному сході"), NEEDS },
    { WORD("кілька кілометрів"), NEEDS },
    { WORD("кілька км"), NEEDS },
    { WORD("декілька кілометрів"), NEEDS },
    { WORD("декілька км"), NEEDS },
    { WORD("кількох кілометрах"), NEEDS },
    { WORD("кількох км"), NEEDS },
    { WORD("декількох кілометрах"), NEEDS },
    { WORD("декількох км"), NEEDS },
    { WORD("північ"), NEEDS },
    { WORD("півночі"), NEEDS },
    { WORD("півдні"), NEEDS },
    { WORD("сході"), NEEDS },
    { WORD("заході"), NEEDS },
    { WORD("південь"), NEEDS },
    { WORD("схід"), NEEDS },
    { WORD("захід"), NEEDS },
    { WORD("від"), FROM },
    { WORD("із"), LINK },
    { WORD("з"), LINK },
    { WORD("зі"), LINK },
    { WORD("за"), LINK },
    { WORD("у"), LINK },
    { WORD("приблизно"), LINK },
    { WORD("північна"), LINK },
    { WORD("північні" SHORT_I), LINK },
    { WORD("південна"), LINK },
    { WORD("південні" SHORT_I), LINK },
    { WORD("східна"), LINK },
    { WORD("східні" SHORT_I), LINK },
    { WORD("західна"), LINK },
    { WORD("західні" SHORT_I), LINK },
    { WORD("населеного"), LINK },
    { WORD("пункту"), LINK },
    { WORD("селище"), LINK },
    { WORD("ліс"), LINK },
    { WORD("лісі"), LINK },
    { WORD("шосе"), LINK },
    { WORD("дорозі"), LINK },
    { WORD("трасі"), LINK },
};

/* At the end of a name; "Козинки район" is a raion. */
static const char *const behind[] = { "area", "vicinity", "outskirts", "suburbs", "surroundings" };

static const struct {
    const char *text;
    size_t length;
    double metres;
    bool begins;
} units[] = {
    { WORD("km"), 1000, true },       { WORD("kilomet"), 1000, true },
    { WORD("км"), 1000, false },      { WORD("км."), 1000, false },
    { WORD("мил"), 1609.344, true },  { WORD("километр"), 1000, true },
    { WORD("кілометр"), 1000, true }, { WORD("m"), 1, false },
    { WORD("м"), 1, false },          { WORD("metre"), 1, true },
    { WORD("meter"), 1, true },       { WORD("метр"), 1, true },
    { WORD("mile"), 1609.344, true },
};

/* ---- words ------------------------------------------------------------------------------------ */

struct reader {
    const char *key;
    size_t length, at;
    double number; /* read, and waiting for its unit; negative: none is */
    double radius_m;
    bool near, needs, linked;
};

static bool is_gap(char c)
{
    return c == ' ' || c == '~';
}

static void skip_gaps(struct reader *r)
{
    while (r->at < r->length && is_gap(r->key[r->at]))
        r->at++;
}

static size_t word_length(const struct reader *r)
{
    size_t end = r->at;
    while (end < r->length && !is_gap(r->key[end]))
        end++;
    return end - r->at;
}

static bool is_word(const char *text, size_t length, const char *word, size_t n, bool begins)
{
    return (begins ? length >= n : length == n) && memcmp(text, word, n) == 0;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Points and commas with three digits behind each may stand for thousands: the larger reading is taken, so that
 * nothing is said to be nearer than it may be. */
static bool parse_number(const char *digits, size_t n, double *number)
{
    char text[16];
    size_t used = 0, behind_sign = 0;
    bool thousands = true, sign = false;

    for (size_t i = 0; i < n; i++) {
        if (!is_digit(digits[i])) {
            thousands = thousands && (!sign || behind_sign == 3);
            sign = true;
            behind_sign = 0;
        } else {
            behind_sign++;
        }
    }
    thousands = thousands && sign && behind_sign == 3;
    for (size_t i = 0; i < n; i++)
        if (is_digit(digits[i]))
            text[used++] = digits[i];
        else if (!thousands)
            text[used++] = '.';
    return incmap__text_to_double(text, used, number);
}

/* Of two, "4-5 km", the larger; "10 000" is one. Whatever stands behind at once is read next: "4km". */
static bool take_number(struct reader *r)
{
    size_t end = r->at;
    double number;

    while (end < r->length && end - r->at < 15 &&
           (is_digit(r->key[end]) || (end > r->at && (r->key[end] == '.' || r->key[end] == ','))))
        end++;
    while (end > r->at && !is_digit(r->key[end - 1]))
        end--;
    if (end == r->at || !parse_number(r->key + r->at, end - r->at, &number)) return false;
    if (r->number >= 0 && end - r->at == 3) number += r->number * 1000;
    r->number = fmax(r->number, number);
    r->at = end;
    return true;
}

/* Distances of several ways add up: "4 km north and 2 km west of". */
static bool take_unit(struct reader *r)
{
    const size_t length = word_length(r);
    const char *word = r->key + r->at;

    if (is_word(word, length, "to", 2, false) || is_word(word, length, "or", 2, false)) {
        r->at += length; /* between two numbers */
        return true;
    }
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        if (!is_word(word, length, units[i].text, units[i].length, units[i].begins)) continue;
        r->radius_m += r->number * units[i].metres;
        r->number = -1;
        r->linked = false;
        r->at += length;
        return true;
    }
    return false;
}

/* Whole words, one or two. */
static bool is_next(const struct reader *r, const char *text, size_t length)
{
    const size_t end = r->at + length;
    return end <= r->length && memcmp(r->key + r->at, text, length) == 0 &&
           (end == r->length || is_gap(r->key[end]));
}

static bool take_word(struct reader *r)
{
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (!is_next(r, words[i].text, words[i].length)) continue;
        r->near = r->near || words[i].says == NEAR;
        r->needs = r->needs || words[i].says == NEEDS;
        r->linked = words[i].says == FROM || (r->linked && words[i].says == LINK);
        r->at += words[i].length;
        return true;
    }
    return false;
}

static bool says_enough(const struct reader *r)
{
    return r->near || ((r->needs || r->radius_m > 0) && r->linked);
}

/* The words before a name. */
static bool read_front(struct reader *r)
{
    size_t enough = 0;

    for (skip_gaps(r); r->at < r->length; skip_gaps(r)) {
        if (!take_number(r) && (r->number >= 0 ? !take_unit(r) : !take_word(r))) break;
        if (says_enough(r) && r->number < 0) enough = r->at;
    }
    r->at = enough;
    skip_gaps(r);
    return enough > 0;
}

/* The word behind a name: how long the name is, or 0. */
static size_t read_back(const char *key, size_t length)
{
    for (size_t i = 0; i < sizeof behind / sizeof *behind; i++) {
        const size_t n = strlen(behind[i]);
        if (length > n + 1 && key[length - n - 1] == ' ' &&
            memcmp(key + length - n, behind[i], n) == 0)
            return length - n - 1;
    }
    return 0;
}

/* ---- what is left ------------------------------------------------------------------------------ */

static bool begins_with(const char *text, size_t length, const char *word)
{
    const size_t n = strlen(word);
    return length >= n && memcmp(text, word, n) == 0;
}

/* "3 km from the border" is no place; "north of Nekhoteyevka border crossing" is. */
static bool names_border(const char *text, size_t length)
{
    static const char *const borders[] = { "border", "frontier", "границ", "кордон" };
    static const char *const posts[] = { "border post", "border crossing", "border point",
                                         "border checkpoint" };

    for (size_t at = 0; at < length; at++) {
        if (at > 0 && !is_gap(text[at - 1])) continue;
        for (size_t i = 0; i < sizeof borders / sizeof *borders; i++) {
            bool post = false;
            if (!begins_with(text + at, length - at, borders[i])) continue;
            for (size_t k = 0; k < sizeof posts / sizeof *posts; k++)
                post = post || begins_with(text + at, length - at, posts[k]);
            if (!post) return true;
        }
    }
    return false;
}

/* Передмістя (Тернопільська область) is a village there, and what is near an oblast may be anywhere. */
static bool is_only_area(const char *text, size_t length)
{
    incmap__words left;
    return text[0] == '(' || text[0] == '[' ||
           (incmap__words_cut(&left, text, length) && left.area && left.count == 1);
}

bool incmap__about_read(incmap__about *about, const char *key, size_t length)
{
    struct reader r = { .key = key, .length = length, .number = -1 };
    const char *name = key;
    size_t n = 0;

    /* One word is a name, as most texts are. */
    if (!length || !memchr(key, ' ', length)) return false;
    if (read_front(&r) && r.at < length) {
        name = key + r.at;
        n = length - r.at;
    } else {
        r.radius_m = 0;
        n = read_back(key, length);
    }
    if (n == 0 || names_border(name, n) || is_only_area(name, n)) return false;
    *about = (incmap__about){ (size_t)(name - key), n,
                              r.radius_m > 0 ? r.radius_m : INCMAP__ABOUT_M, r.radius_m > 0 };
    return true;
}
