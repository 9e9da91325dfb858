/* SPDX-License-Identifier: MIT */
/* How names sound: what comes to the same root, what does not, what an edit costs; and that the quick search
 * for names two letters off finds what comparing all of them does. */
#include "harness.h"
#include "random.h"

#include <math.h>
#include <string.h>

#include <incmap/place.h>

#include "places/about.h"
#include "places/fold.h"
#include "places/keyboard.h"
#include "places/kind_words.h"
#include "places/letters.h"
#include "places/name_index.h"
#include "places/sound.h"
#include "places/spelling.h"

static incmap_allocator libc;
static incmap__folder folder;

static void setup(void)
{
    libc = incmap__allocator_default();
    incmap__folder_init(&folder, &libc);
}

static void teardown(void)
{
    incmap__folder_free(&folder);
}

static incmap__sound sound_of(const char *text, unsigned readings)
{
    incmap__sound sound;
    ck_assert_int_eq(incmap__fold(&folder, text, strlen(text), NULL), INCMAP_OK);
    ck_assert_msg(incmap__sound_of(&sound, folder.key, folder.length, readings), "%s", text);
    return sound;
}

static bool same_root(const incmap__sound *a, const incmap__sound *b)
{
    return a->root_length == b->root_length && memcmp(a->root, b->root, a->root_length) == 0;
}

/* ---- roots ---- */

static const struct {
    const char *why, *a, *b;
    unsigned readings; /* of b */
} same[] = {
    { "BGN/PCGN Russian", "Козинка", "Kozinka", 0 },
    { "BGN/PCGN, -skiy", "Грайворонский", "Grayvoronskiy", 0 },
    { "BGN/PCGN, shch", "Щербиновка", "Shcherbinovka", 0 },
    { "ISO 9, marks", "Журавлёвка", "Žuravlëvka", 0 },
    { "ISO 9, ŝ and â", "Щастя", "Ŝastâ", 0 },
    { "ISO 9, h for х", "Харків", "Harkìv", INCMAP__READ_H_AS_KH },
    { "GOST 7.79, x and shh", "Хощеватое", "Xoshhevatoe", INCMAP__READ_X_AS_KH },
    { "GOST 7.79, cz", "Цуповка", "Czupovka", INCMAP__READ_CZ_AS_TS },
    { "scientific", "Чорнобиль", "Čornobyl'", 0 },
    { "Ukrainian national", "Згурівка", "Zghurivka", 0 },
    { "Ukrainian national, Kyiv", "Київ", "Kyiv", 0 },
    { "German", "Чернівці", "Tscherniwzi", INCMAP__READ_Z_AS_TS },
    { "German, ch for х", "Харьков", "Charkow", INCMAP__READ_CH_AS_KH },
    { "French", "Житомир", "Jytomyr", INCMAP__READ_J_AS_ZH },
    { "French, ou", "Суми", "Soumy", INCMAP__READ_OU_AS_U },
    { "French, tch", "Чугуїв", "Tchougouïv", INCMAP__READ_OU_AS_U },
    { "Polish", "Житомир", "Żytomyr", 0 },
    { "Polish, szcz", "Щербини", "Szczerbyny", 0 },
    { "old -off", "Харьков", "Kharkoff", 0 },
    { "Russian and Ukrainian", "Гора-Подол", "Гора-Поділ", 0 },
    { "-ово and -ове", "Глотово", "Глотове", 0 },
    { "-ский and -ський", "Хмельницкий", "Хмельницький", 0 },
    { "Белгород and Бєлгород", "Белгород", "Бєлгород", 0 },
    { "Белгород and Belhorod", "Белгород", "Belhorod", 0 },
    { "Ровно and Рівне", "Ровно", "Рівне", 0 },
    { "Чернобыль and Чорнобиль", "Чернобыль", "Чорнобиль", 0 },
    { "Запорожье and Запоріжжя", "Запорожье", "Запоріжжя", 0 },
    { "Николаев and Миколаїв", "Николаев", "Миколаїв", 0 },
    { "Александровка and Олександрівка", "Александровка", "Олександрівка", 0 },
    { "Каменка and Кам'янка", "Каменка", "Кам'янка", 0 },
    { "genitive", "Грайворон", "Грайворона", 0 },
    { "locative with its preposition", "Козинка", "в Козинке", 0 },
    { "stress mark", "Козинка", "Кози\u0301нка", 0 },
    { "city of", "Grayvoron", "city of Grayvoron", 0 },
    { "г.", "Белгород", "г. Белгород", 0 },
    { "с.", "Козинка", "с. Козинка", 0 },
    { "смт", "Велика Писарівка", "смт Велика Писарівка", 0 },
    { "м.", "Суми", "м. Суми", 0 },
    { "oblast, three ways", "Белгородская область", "Belgorod Oblast", 0 },
    { "oblast and city", "Belgorod region", "Belgorod", 0 },
    { "hromada", "Сумська територіальна громада", "Sumska hromada", 0 },
    { "р-н", "Грайворонский р-н", "Grayvoron district", 0 },
    { "р-н in its cases", "в Грайворонском р-не", "Grayvoron district", 0 },
    { "an area's adjective in its cases", "Грайворонского района", "Grayvoron district", 0 },
    { "the same in Ukrainian", "у Сумському районі", "Sumskyi raion", 0 },
    { "German area", "Gebiet Belgorod", "Belgorod Oblast", 0 },
    { "French area", "région de Belgorod", "Belgorod Oblast", 0 },
    { "Polish area", "obwód biełgorodzki", "Belgorod Oblast", 0 },
    { "ГО", "Грайворонский ГО", "Grayvoron district", 0 },
    { "н.п.", "Козинка", "н.п. Козинка", 0 },
    { "п.г.т.", "Ракитное", "п.г.т. Ракитное", 0 },
    { "a point behind what needs none", "Велика Писарівка", "смт. Велика Писарівка", 0 },
    { "angle quotes", "Козинка", "«Козинка»", 0 },
    { "low and high quotes", "Kozinka", "„Kozinka“", 0 },
    { "curly quotes about a word", "Козинка", "село “Козинка”", 0 },
};

START_TEST(spellings_of_one_name_come_to_one_root)
{
    const incmap__sound a = sound_of(same[_i].a, 0), b = sound_of(same[_i].b, same[_i].readings);
    ck_assert_msg(same_root(&a, &b), "%s: %s \"%.*s\", %s \"%.*s\"", same[_i].why, same[_i].a,
                  (int)a.root_length, a.root, same[_i].b, (int)b.root_length, b.root);
    ck_assert(a.plain && b.plain);
}
END_TEST

static const struct {
    const char *why, *a, *b;
} different[] = {
    { "another name", "Козинка", "Глотово" },
    { "ж and ш", "Жары", "Шары" },
    { "the kind is all there is", "Село", "Город" },
    { "a kind word behind is part of the name", "Нове", "Нове Село" },
    { "a number", "Белгород 1", "Белгород 2" },
};

START_TEST(other_names_have_other_roots)
{
    const incmap__sound a = sound_of(different[_i].a, 0), b = sound_of(different[_i].b, 0);
    ck_assert_msg(!same_root(&a, &b), "%s: both \"%.*s\"", different[_i].why, (int)a.root_length,
                  a.root);
}
END_TEST

START_TEST(kind_words_say_what_kind_is_meant)
{
    ck_assert(sound_of("Kozinka checkpoint", 0).kinds & INCMAP_PLACE_BIT(INCMAP_PLACE_BORDER_POST));
    ck_assert(sound_of("КПП Козинка", 0).kinds & INCMAP_PLACE_BIT(INCMAP_PLACE_BORDER_POST));
    ck_assert(sound_of("село Козинка", 0).kinds & INCMAP_PLACE_BIT(INCMAP_PLACE_VILLAGE));
    ck_assert(!(sound_of("г. Белгород", 0).kinds & INCMAP_PLACE_BIT(INCMAP_PLACE_VILLAGE)));
    ck_assert_uint_eq(sound_of("Козинка", 0).kinds, 0);
    ck_assert_uint_eq(sound_of("Нове Село", 0).kinds, 0);
    ck_assert(sound_of("Umanskyi raion", 0).area);
    ck_assert(sound_of("смт. Козинка", 0).kinds & INCMAP_PLACE_BIT(INCMAP_PLACE_VILLAGE));
    ck_assert(!(sound_of("obwód biełgorodzki", 0).kinds & INCMAP_PLACE_BIT(INCMAP_PLACE_CITY)));
}
END_TEST

START_TEST(a_name_too_long_or_without_a_sound_is_refused_not_cut)
{
    char text[400];
    incmap__sound sound;

    memset(text, 'b', sizeof text);
    ck_assert(!incmap__sound_of(&sound, text, 200, 0));
    for (size_t i = 0; i < sizeof text; i += 2)
        text[i] = ' ';
    ck_assert(!incmap__sound_of(&sound, text, sizeof text, 0));
    ck_assert(!incmap__sound_of(&sound, "", 0, 0));
    ck_assert(!incmap__sound_of(&sound, "(-)", 3, 0));
}
END_TEST

/* ---- keyboards ---- */

START_TEST(what_one_keyboard_gives_the_other_takes_back)
{
    static const char *const words[] = { "грайворон", "новая таволжанка", "київ", "їжа", "x1 b" };
    for (int k = 0; k < INCMAP__KEYBOARDS; k++)
        for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
            char once[INCMAP__KEYBOARD_MOST], twice[INCMAP__KEYBOARD_MOST];
            size_t n;
            ck_assert_int_eq(incmap__fold(&folder, words[i], strlen(words[i]), NULL), INCMAP_OK);
            n = incmap__keyboard_other((incmap__keyboard)k, folder.key, folder.length, once);
            /* х, ъ, ж, э, б and ю are on keys of no Latin letter: nobody means those. */
            if (n) {
                n = incmap__keyboard_other((incmap__keyboard)k, once, n, twice);
                ck_assert_uint_eq(n, folder.length);
                ck_assert(memcmp(twice, folder.key, n) == 0);
            } else {
                ck_assert(i == 1 || i == 2 || i == 3);
            }
        }
    ck_assert_uint_eq(incmap__keyboard_other(INCMAP__KEYBOARD_RUSSIAN, "\xC3\xA9", 2,
                                             (char[INCMAP__KEYBOARD_MOST]){ 0 }),
                      0);
}
END_TEST

START_TEST(a_text_longer_than_the_other_side_has_room_for_is_refused)
{
    char text[INCMAP__KEYBOARD_MOST + 1], out[INCMAP__KEYBOARD_MOST];
    memset(text, 'a', sizeof text); /* ф takes two bytes */
    ck_assert_uint_eq(incmap__keyboard_other(INCMAP__KEYBOARD_RUSSIAN, text, sizeof out / 2, out),
                      sizeof out);
    ck_assert_uint_eq(
        incmap__keyboard_other(INCMAP__KEYBOARD_RUSSIAN, text, sizeof out / 2 + 1, out), 0);
}
END_TEST

/* ---- edits ---- */

static double cost(const char *a, const char *b)
{
    return incmap__spelling_cost(a, strlen(a), b, strlen(b), 9);
}

START_TEST(edits_cost_one_and_what_sounds_alike_less)
{
    ck_assert_double_eq(cost("graivoron", "graivoron"), 0);
    ck_assert_double_eq_tol(cost("graivoron", "graivron"), 1, 1e-6);
    ck_assert_double_eq_tol(cost("graivoron", "graivorron"), 1, 1e-6);
    ck_assert_double_eq_tol(cost("glotov", "gltoov"), 0.9, 1e-6);
    /* Ukrainian і for о in a closed syllable, not in an open one. */
    ck_assert_double_lt(cost("podil", "podol"), 0.5);
    ck_assert_double_gt(cost("liman", "loman"), 1);
    /* Another ending is more than nothing, and less than a letter. */
    ck_assert_double_gt(cost("kozinka", "kozinke"), 0.5);
    ck_assert_double_lt(cost("kozinka", "kozinke"), 1);
    ck_assert_double_eq_tol(cost("bada", "pada"), 0.75, 1e-6);
    ck_assert(isinf(incmap__spelling_cost("abc", 3, "xyz", 3, 2)));
}
END_TEST

/* A sound of random letters: no two alike side by side, a consonant at the end. */
static size_t random_sound(test_random *r, char text[64])
{
    size_t n = 0;
    for (size_t want = 1 + random_bits(r) % 8; n < want;) {
        const char c = "aeioubvgdk l"[random_bits(r) % 12];
        if (n == 0 || text[n - 1] != c) text[n++] = c;
    }
    text[n++] = 'z';
    return n;
}

START_TEST(texts_that_differ_by_single_vowels_cost_what_the_whole_table_says)
{
    test_random r = { test_seed(20230525) };
    size_t compared = 0;

    for (int i = 0; i < 300000; i++) {
        char a[64], b[64];
        const size_t n = random_sound(&r, a);
        bool doubled = false;
        memcpy(b, a, n);
        for (size_t k = 0; k + 1 < n; k++)
            if (memchr("aeiou", a[k], 5) && random_bits(&r) % 3 == 0)
                b[k] = "aeiou"[random_bits(&r) % 5];
        for (size_t k = 1; k < n; k++)
            doubled = doubled || b[k] == b[k - 1];
        if (doubled || memcmp(a, b, n) == 0) continue;
        const double alone = incmap__spelling_cost(a, n, b, n, 30);
        /* A word behind that has another consonant adds 1 and makes it no matter of vowels alone. */
        memcpy(a + n, " m", 2);
        memcpy(b + n, " r", 2);
        ck_assert_double_eq_tol(incmap__spelling_cost(a, n + 2, b, n + 2, 30), alone + 1, 1e-5);
        compared++;
    }
    ck_assert_uint_gt(compared, 100000);
}
END_TEST

START_TEST(letters_are_counted_as_people_count_them)
{
    ck_assert_uint_eq(incmap__spelling_edits("козинка", 14, "козинка", 14, 2), 0);
    ck_assert_uint_eq(incmap__spelling_edits("козинка", 14, "козника", 14, 2), 1);
    ck_assert_uint_eq(incmap__spelling_edits("козинка", 14, "казинк", 12, 2), 2);
    ck_assert_uint_eq(incmap__spelling_edits("козинка", 14, "глотово", 14, 2), 3);
}
END_TEST

/* Edits by their definition, exchanges among them, for comparison. */
static unsigned plain_distance(const char *a, size_t na, const char *b, size_t nb)
{
    unsigned rows[80][80];
    for (unsigned i = 0; i <= na; i++)
        for (unsigned j = 0; j <= nb; j++) {
            unsigned least = i ? (j ? rows[i - 1][j - 1] + (a[i - 1] != b[j - 1]) : i) : j;
            if (i && rows[i - 1][j] + 1 < least) least = rows[i - 1][j] + 1;
            if (j && rows[i][j - 1] + 1 < least) least = rows[i][j - 1] + 1;
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] &&
                rows[i - 2][j - 2] + 1 < least)
                least = rows[i - 2][j - 2] + 1;
            rows[i][j] = least;
        }
    return rows[na][nb];
}

/* The same where letters exchanged may be edited again, and letters stand between them.
 * Source: Lowrance and Wagner, An extension of the string-to-string correction problem, J. ACM 22 (1975). */
static unsigned free_distance(const char *a, size_t na, const char *b, size_t nb)
{
    unsigned rows[80][80];
    for (unsigned i = 0; i <= na; i++)
        for (unsigned j = 0; j <= nb; j++) {
            unsigned least = i ? (j ? rows[i - 1][j - 1] + (a[i - 1] != b[j - 1]) : i) : j;
            if (i && rows[i - 1][j] + 1 < least) least = rows[i - 1][j] + 1;
            if (j && rows[i][j - 1] + 1 < least) least = rows[i][j - 1] + 1;
            for (unsigned k = 1; k < i; k++)
                for (unsigned m = 1; j && m < j; m++)
                    if (a[k - 1] == b[j - 1] && a[i - 1] == b[m - 1] &&
                        rows[k - 1][m - 1] + (i - k) + (j - m) - 1 < least)
                        least = rows[k - 1][m - 1] + (i - k) + (j - m) - 1;
            rows[i][j] = least;
        }
    return rows[na][nb];
}

static size_t random_text(test_random *r, char text[64])
{
    const size_t n = 1 + random_bits(r) % 12;
    for (size_t i = 0; i < n; i++)
        text[i] = "abdeikor"[random_bits(r) % 8];
    return n;
}

START_TEST(the_quick_distance_is_the_plain_one)
{
    test_random r = { test_seed(20230522) };
    for (int i = 0; i < 20000; i++) {
        char a[64], b[64];
        const size_t na = random_text(&r, a), nb = random_text(&r, b);
        incmap__spelling_pattern_of pattern;
        const unsigned plain = plain_distance(a, na, b, nb);
        incmap__spelling_pattern(&pattern, a, na);
        ck_assert_uint_eq(incmap__spelling_far(&pattern, b, nb, 64), plain);
        if (plain <= 2)
            ck_assert_uint_eq(incmap__spelling_far(&pattern, b, nb, 2), plain);
        else
            ck_assert_uint_gt(incmap__spelling_far(&pattern, b, nb, 2), 2);
    }
}
END_TEST

/* ---- names near by ---- */

/* The made-up names of a test, and which were found, by where they begin. */
enum { MADE_NAMES = 3000, MADE_MOST = 1 << 16 }; /* names, and words of their tree */
struct made {
    char names[MADE_NAMES][16];
    unsigned found[MADE_MOST];
};

static bool made_name(const void *user, size_t place, size_t i, incmap__listed_name *name)
{
    const struct made *made = user;
    *name = (incmap__listed_name){ made->names[place], 0, false };
    return i == 0;
}

static void make_names(struct made *made, test_random *r)
{
    for (size_t i = 0; i < MADE_NAMES; i++) {
        const size_t n = random_text(r, made->names[i]);
        made->names[i][n] = '\0';
    }
}

static void count_found(void *user, uint32_t of, size_t length, unsigned edits)
{
    struct made *made = user;
    ck_assert_uint_ge(length, 2);
    ck_assert_uint_lt(of, MADE_MOST);
    ck_assert_uint_eq(made->found[of], 0);
    made->found[of] = edits + 1;
}

/* All texts of a list, compared one by one. */
static void expect_plain(const incmap__name_index *index, incmap__alphabet alphabet,
                         const struct made *made, const char *text, size_t length)
{
    const incmap__near_list *list = &index->near[alphabet];
    for (size_t n = 0; n <= INCMAP__NEAR_LONGEST; n++)
        for (uint32_t i = list->starts[n]; i < list->starts[n + 1]; i++) {
            const char *there = list->bytes + list->texts[i].text;
            const unsigned edits = free_distance(text, length, there, n);
            const bool near = edits <= 2 && n >= 2 && length >= 2;
            ck_assert_msg(made->found[list->texts[i].of] == (near ? edits + 1 : 0),
                          "%.*s and %.*s: %u edits, found as %u", (int)length, text, (int)n, there,
                          edits, made->found[list->texts[i].of]);
        }
}

START_TEST(names_two_letters_off_are_those_that_comparing_all_finds)
{
    static struct made made;
    const uint64_t seed = test_seed(20230523);
    const incmap__name_list list = { MADE_NAMES, made_name, &made };
    test_random r = { seed };
    incmap__name_index index = { 0 };

    make_names(&made, &r);
    ck_assert_int_eq(incmap__name_index_build(&index, &list, &libc, NULL), INCMAP_OK);
    for (int i = 0; i < 300; i++) {
        const incmap__alphabet alphabet = i % 2 ? INCMAP__ALPHABET_LATIN : INCMAP__ALPHABET_ROOT;
        char text[64];
        const size_t n = random_text(&r, text);
        memset(made.found, 0, sizeof made.found);
        incmap__near_list_find(&index.near[alphabet], alphabet, text, n, count_found, &made);
        expect_plain(&index, alphabet, &made, text, n);
    }
    incmap__name_index_free(&index, &libc);
}
END_TEST

START_TEST(signatures_of_texts_two_edits_apart_differ_in_few_bits)
{
    test_random r = { test_seed(20230524) };
    for (int i = 0; i < 200000; i++) {
        const incmap__alphabet alphabet = (incmap__alphabet)(i % INCMAP__ALPHABETS);
        char a[64], b[64];
        const size_t na = random_text(&r, a), nb = random_text(&r, b);
        const unsigned edits = free_distance(a, na, b, nb);
        uint64_t bits = incmap__signature(alphabet, a, na) ^ incmap__signature(alphabet, b, nb);
        unsigned differ = 0;
        for (; bits; bits &= bits - 1)
            differ++;
        if (edits > 2) continue;
        ck_assert_uint_le(differ,
                          incmap__signature_bits(2, (unsigned)(na > nb ? na - nb : nb - na)));
    }
}
END_TEST

static const struct {
    const char *text, *rest; /* NULL: it says nothing of that kind */
    double radius_m;
} about[] = {
    { "near Kozinka", "kozinka", 25e3 },
    { "4,5 km to the north of the village Kozinka", "kozinka", 4.5e3 },
    { "a forest 12km from Kozinka", "kozinka", 12e3 },
    { "5 - 7 км от Козинки", "козинки", 7e3 },
    { "на південь від Козинки", "козинки", 25e3 },
    { "outskirts of a", NULL, 0 }, /* an article is no name */
    { "4,500 m from Kozinka", "kozinka", 4500 },
    { "10.000 m from Kozinka", "kozinka", 10000 },
    { "10 000 м от Козинки", "козинки", 10000 },
    { "1 500 m from Kozinka", "kozinka", 1500 },
    { "1.5 km from Kozinka", "kozinka", 1500 },
    { "4.500 km from Kozinka", "kozinka", 4500e3 }, /* it may be either */
    { "3 to 5 km from Kozinka", "kozinka", 5e3 },
    { "within 5 km. of Kozinka", "kozinka", 5e3 },
    { "4 km north and 2 km west of Kozinka", NULL, 0 },
    { "4 km north 2 km west of Kozinka", "kozinka", 6e3 },
    { "not far from Kozinka", "kozinka", 25e3 },
    { "far from Kozinka", NULL, 0 },
    { "not near Kozinka", NULL, 0 },
    { "під Бахмутом", "бахмутом", 25e3 },
    { "на северной окраине Грайворона", "граи\xCC\x86ворона", 25e3 },
    { "just north of Kozinka", "kozinka", 25e3 },
    { "3 km from the border, Kozinka", NULL, 0 },
    { "в 3 км от украинской границы", NULL, 0 },
    { "10 km north of Kozinka border crossing", "kozinka border crossing", 10e3 },
    { "south of Kharkiv Oblast", NULL, 0 },
    { "недалеко от села Козинка Грайворонского района",
      "села козинка граи\xCC\x86воронского раи\xCC\x86она", 25e3 },
    { "Передмістя, Тернопільська область", NULL, 0 },
    { "Передмістя (Тернопільська область)", NULL, 0 },
    { "село Передмістя Тернопільська область", NULL, 0 },
    { "Окраина, Ростовская область", NULL, 0 },
    { "Kozinka outskirts", "kozinka", 25e3 },
    { "outskirts", NULL, 0 },
    { "North Kozinka", NULL, 0 },
    { "northern Kozinka of Grayvoron", NULL, 0 },
    { "from Kozinka", NULL, 0 },
    { "4 Kozinka", NULL, 0 },
    { "4 km", NULL, 0 },
    { "4 km Kozinka", NULL, 0 },
    { "4 from Kozinka", NULL, 0 },
    { "between Kozinka and Glotovo", NULL, 0 },
    { "село Козинка", NULL, 0 },
    { "Kozinka village", NULL, 0 },
    /* names that begin as such words do */
    { "Пригородное Белгородской области", NULL, 0 },
    { "Лесное под Белгородом", NULL, 0 },
    { "Северодонецк от Луганска", NULL, 0 },
    { "Northampton of Kozinka", NULL, 0 },
};

START_TEST(words_for_near_come_off_where_they_say_enough)
{
    incmap__about read;
    bool said;

    ck_assert_int_eq(incmap__fold(&folder, about[_i].text, strlen(about[_i].text), NULL),
                     INCMAP_OK);
    said = incmap__about_read(&read, folder.key, folder.length);
    ck_assert_msg(said == (about[_i].rest != NULL), "%s", about[_i].text);
    if (!said) return;
    ck_assert_msg(read.length == strlen(about[_i].rest) &&
                      memcmp(folder.key + read.first, about[_i].rest, read.length) == 0,
                  "%s: %.*s", about[_i].text, (int)read.length, folder.key + read.first);
    ck_assert_msg(fabs(read.radius_m - about[_i].radius_m) < 1e-9, "%s: %f", about[_i].text,
                  read.radius_m);
}
END_TEST

static const struct {
    const char *why, *key;
    size_t letters;
    incmap__alphabet alphabet;
} bare[] = {
    { "Latin", "kozinka", 7, INCMAP__ALPHABET_LATIN },
    { "marks and apostrophes go", "kup'yans'k", 8, INCMAP__ALPHABET_LATIN },
    { "so do spaces", "gora podol 1", 10, INCMAP__ALPHABET_LATIN },
    { "Cyrillic, a byte a letter", "козинка", 7, INCMAP__ALPHABET_CYRILLIC },
    { "digits alone", "1905", 4, INCMAP__ALPHABET_LATIN },
    { "two scripts are none", "kоzinka", 0, INCMAP__ALPHABET_LATIN },
    { "others neither", "κοζίνκα", 0, INCMAP__ALPHABET_LATIN },
    { "nothing", "(-)", 0, INCMAP__ALPHABET_LATIN },
};

START_TEST(letters_are_taken_out_of_names_of_one_script)
{
    incmap__alphabet alphabet = INCMAP__ALPHABET_LATIN;
    char letters[INCMAP__LETTERS_MOST], again[INCMAP__LETTERS_MOST], text[2 * 80] = "";

    ck_assert_msg(incmap__letters(bare[_i].key, strlen(bare[_i].key), letters, &alphabet) ==
                      bare[_i].letters,
                  "%s", bare[_i].why);
    if (bare[_i].letters) ck_assert_msg(alphabet == bare[_i].alphabet, "%s", bare[_i].why);
    memset(text, 'a', 65);
    ck_assert_uint_eq(incmap__letters(text, 64, again, &alphabet), 64);
    ck_assert_uint_eq(incmap__letters(text, 65, again, &alphabet), 0);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("names");
    TCase *tcase = tcase_create("names");
    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_loop_test(tcase, spellings_of_one_name_come_to_one_root, 0,
                        sizeof same / sizeof *same);
    tcase_add_loop_test(tcase, other_names_have_other_roots, 0,
                        sizeof different / sizeof *different);
    tcase_add_test(tcase, kind_words_say_what_kind_is_meant);
    tcase_add_test(tcase, what_one_keyboard_gives_the_other_takes_back);
    tcase_add_test(tcase, a_text_longer_than_the_other_side_has_room_for_is_refused);
    tcase_add_test(tcase, a_name_too_long_or_without_a_sound_is_refused_not_cut);
    tcase_add_test(tcase, edits_cost_one_and_what_sounds_alike_less);
    tcase_add_test(tcase, texts_that_differ_by_single_vowels_cost_what_the_whole_table_says);
    tcase_add_test(tcase, letters_are_counted_as_people_count_them);
    tcase_add_test(tcase, the_quick_distance_is_the_plain_one);
    tcase_add_test(tcase, names_two_letters_off_are_those_that_comparing_all_finds);
    tcase_add_test(tcase, signatures_of_texts_two_edits_apart_differ_in_few_bits);
    tcase_add_loop_test(tcase, words_for_near_come_off_where_they_say_enough, 0,
                        sizeof about / sizeof *about);
    tcase_add_loop_test(tcase, letters_are_taken_out_of_names_of_one_script, 0,
                        sizeof bare / sizeof *bare);
    suite_add_tcase(suite, tcase);
    return run_suite(suite);
}
