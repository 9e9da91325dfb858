/* SPDX-License-Identifier: MIT */
/* Keys of names: what counts as the same name, and what does not. */
#include "harness.h"
#include "faulty_allocator.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "places/fold.h"

static incmap_allocator libc;
static incmap__folder folder;
static incmap_error err;

static void setup(void)
{
    libc = incmap__allocator_default();
    incmap__folder_init(&folder, &libc);
    memset(&err, 0, sizeof err);
}

static void teardown(void)
{
    incmap__folder_free(&folder);
}

/* The key, ended by a zero; two live at a time. */
static const char *key_of(const char *text)
{
    static char keys[2][4096];
    static int turn;
    char *key = keys[turn++ % 2];
    ck_assert_int_eq(incmap__fold(&folder, text, strlen(text), &err), INCMAP_OK);
    ck_assert_uint_lt(folder.length, sizeof keys[0]);
    memcpy(key, folder.key, folder.length);
    key[folder.length] = '\0';
    return key;
}

static const struct {
    const char *why, *a, *b;
} same[] = {
    { "case, Latin", "Kozinka", "KOZINKA" },
    { "case, Cyrillic", "Грайворон", "ГРАЙВОРОН" },
    { "case of ґ, є, і, ї", "Ґринів Їздецьке Європа", "ҐРИНІВ ЇЗДЕЦЬКЕ ЄВРОПА" },
    { "ё and е", "Журавлёвка", "Журавлевка" },
    { "Ё and е", "ЖУРАВЛЁВКА", "журавлевка" },
    { "ё of two characters", "Журавле\u0308вка", "Журавлевка" },
    { "й of two characters", "Краи\u0306", "Край" },
    { "ї of two characters", "Киі\u0308в", "Київ" },
    { "stress mark", "Грайво\u0301рон", "Грайворон" },
    { "stress mark on ї", "Ї\u0301здецьке", "Їздецьке" },
    { "stress mark on ё", "Журавлё\u0301вка", "Журавлевка" },
    { "U+2019", "Куп'янськ", "Куп\u2019янськ" },
    { "U+02BC", "Куп'янськ", "Куп\u02BCянськ" },
    { "U+02B9", "Куп'янськ", "Куп\u02B9янськ" },
    { "U+2018", "Куп'янськ", "Куп\u2018янськ" },
    { "U+0060", "Куп'янськ", "Куп`янськ" },
    { "U+0060 among ASCII", "Sen'kivka", "Sen`kivka" },
    { "U+00B4, which would decompose", "Куп'янськ", "Куп\u00B4янськ" },
    { "U+02BB", "Куп'янськ", "Куп\u02BBянськ" },
    { "U+2032", "Куп'янськ", "Куп\u2032янськ" },
    { "U+FF07", "Куп'янськ", "Куп\uFF07янськ" },
    { "hyphen and space", "Gora-Podol", "gora podol" },
    { "en dash with spaces", "Козинка – Писарівка", "козинка-писарівка" },
    { "no-break space, tab, two spaces", "Velyka\u00A0\t  Pysarivka", "Velyka Pysarivka" },
    { "no-break hyphen", "Ilek\u2011Penkovka", "Ilek-Penkovka" },
    { "minus", "Ilek\u2212Penkovka", "Ilek-Penkovka" },
    { "spaces around", "  Kozinka ", "Kozinka" },
    { "BOM before", "\uFEFFKozinka", "Kozinka" },
    { "soft hyphen within", "Бел\u00ADгород", "Белгород" },
    { "zero-width space and joiner", "Бел\u200Bго\u200Dрод", "Белгород" },
    { "full-width letters", "\uFF2B\uFF4F\uFF5A\uFF49\uFF4E\uFF4B\uFF41", "Kozinka" },
    { "ß and SS", "Preußen", "PREUSSEN" },
    { "composed and not", "Gra\u00EFvoron", "Grai\u0308voron" },
    { "ı and its capital I", "Q\u0131r\u0131m", "QIRIM" },
    { "İ and its small letter i", "\u0130zmir", "izmir" },
    { "final sigma", "ΟΔΟΣ", "οδος" },
};

START_TEST(names_that_people_take_for_one_have_one_key)
{
    const char *a = key_of(same[_i].a), *b = key_of(same[_i].b);
    ck_assert_msg(strcmp(a, b) == 0, "%s: \"%s\" and \"%s\"", same[_i].why, a, b);
    ck_assert(folder.has_word);
}
END_TEST

static const struct {
    const char *why, *a, *b;
} different[] = {
    { "и and й", "Краи", "Край" },
    { "і and ї", "Киів", "Київ" },
    { "у and ў", "Уа", "Ўа" },
    { "г and ґ", "Гринів", "Ґринів" },
    { "е and є", "Европа", "Європа" },
    { "Latin and Cyrillic look-alikes", "Cop", "Сор" },
    { "an apostrophe or none", "Sen'kivka", "Senkivka" },
    { "a hyphen or none", "Gora-Podol", "Gorapodol" },
    { "accent on a Latin letter", "Graivoron", "Gra\u00EFvoron" },
    { "acute on a Cyrillic consonant", "\u043A", "\u045C" },
    { "digits", "Karyer 122", "Karyer 123" },
};

START_TEST(names_that_differ_in_a_letter_have_different_keys)
{
    const char *a = key_of(different[_i].a), *b = key_of(different[_i].b);
    ck_assert_msg(strcmp(a, b) != 0, "%s: both \"%s\"", different[_i].why, a);
}
END_TEST

START_TEST(a_key_is_its_own_key)
{
    for (size_t i = 0; i < sizeof same / sizeof *same; i++) {
        const char *once = key_of(same[i].b);
        ck_assert_str_eq(key_of(once), once);
    }
}
END_TEST

START_TEST(ascii_goes_the_short_way_to_the_same_key)
{
    /* A soft hyphen, which leaves no trace, sends the same text through utf8proc. */
    for (int c = 1; c < 0x80; c++) {
        const char shorter[] = { 'a', (char)c, 'b', '\0' };
        const char longer[] = { 'a', (char)c, '\xC2', '\xAD', 'b', '\0' };
        const char *a = key_of(shorter), *b = key_of(longer);
        ck_assert_msg(strcmp(a, b) == 0, "character %d: \"%s\" and \"%s\"", c, a, b);
    }
}
END_TEST

START_TEST(cyrillic_goes_the_short_way_to_the_same_key)
{
    for (unsigned c = 0x400; c < 0x530; c++) {
        const char letter[] = { (char)(0xC0 | c >> 6), (char)(0x80 | (c & 63)), '\0' };
        char shorter[16], longer[16], a[64];
        (void)snprintf(shorter, sizeof shorter, "Б %s-я", letter);
        (void)snprintf(longer, sizeof longer, "Б %s\u00AD-я", letter);
        (void)snprintf(a, sizeof a, "%s", key_of(shorter));
        ck_assert_msg(strcmp(a, key_of(longer)) == 0, "U+%04X: \"%s\"", c, a);
    }
}
END_TEST

START_TEST(a_text_without_letter_or_digit_has_no_word)
{
    static const char *const empty[] = { "", " - ", "\u2013", "\uFEFF", "'", "(?)", "\u0301" };
    for (size_t i = 0; i < sizeof empty / sizeof *empty; i++) {
        (void)key_of(empty[i]);
        ck_assert_msg(!folder.has_word, "%s", empty[i]);
    }
    (void)key_of("7");
    ck_assert(folder.has_word);
}
END_TEST

START_TEST(bytes_that_are_not_utf8_are_told_with_their_place)
{
    static const char *const bad[] = { "Koz\xFFnka", "Koz\xC3", "Koz\xE2\x80", "Koz\xED\xA0\x80" };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        ck_assert_int_eq(incmap__fold(&folder, bad[i], strlen(bad[i]), &err), INCMAP_EPARSE);
        ck_assert_str_eq(err.message, "the name is not UTF-8 from byte 4 on");
        ck_assert_uint_eq(folder.length, 0);
    }
    ck_assert_str_eq(key_of("Kozinka"), "kozinka");
}
END_TEST

START_TEST(a_name_of_any_length_is_folded_whole)
{
    char text[3001], expected[3001];
    for (int i = 0; i < 1500; i++) {
        memcpy(text + 2 * i, i % 2 ? "Я" : "а", 2);
        memcpy(expected + 2 * i, i % 2 ? "я" : "а", 2);
    }
    text[3000] = expected[3000] = '\0';
    ck_assert_str_eq(key_of(text), expected);
    ck_assert_str_eq(key_of("Козинка"), "козинка");
    memset(text, 'K', 3000);
    ck_assert_uint_eq(strlen(key_of(text)), 3000);
}
END_TEST

START_TEST(a_long_name_without_memory_is_enomem_and_leaves_a_usable_folder)
{
    struct faulty faulty = { 0, 0 };
    const incmap_allocator a = faulty_allocator(&faulty);
    char text[1000];
    long budget = 0;
    incmap_status st;

    memset(text, 'a', sizeof text);
    memcpy(text, "Я", 2);
    incmap__folder_free(&folder);
    incmap__folder_init(&folder, &a);
    do {
        faulty.budget = budget++;
        st = incmap__fold(&folder, text, sizeof text, &err);
        faulty.budget = -1;
        if (st) {
            ck_assert_int_eq(st, INCMAP_ENOMEM);
            ck_assert_int_eq(faulty.blocks, 0);
            ck_assert_str_eq(key_of("Козинка"), "козинка");
        }
    } while (st);
    ck_assert_int_ge(budget, 3);
    incmap__folder_free(&folder);
    ck_assert_int_eq(faulty.blocks, 0);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("fold");
    TCase *tc = tcase_create("fold");
    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_loop_test(tc, names_that_people_take_for_one_have_one_key, 0,
                        sizeof same / sizeof *same);
    tcase_add_loop_test(tc, names_that_differ_in_a_letter_have_different_keys, 0,
                        sizeof different / sizeof *different);
    tcase_add_test(tc, a_key_is_its_own_key);
    tcase_add_test(tc, ascii_goes_the_short_way_to_the_same_key);
    tcase_add_test(tc, cyrillic_goes_the_short_way_to_the_same_key);
    tcase_add_test(tc, a_text_without_letter_or_digit_has_no_word);
    tcase_add_test(tc, bytes_that_are_not_utf8_are_told_with_their_place);
    tcase_add_test(tc, a_name_of_any_length_is_folded_whole);
    tcase_add_test(tc, a_long_name_without_memory_is_enomem_and_leaves_a_usable_folder);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
