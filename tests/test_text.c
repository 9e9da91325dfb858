/* SPDX-License-Identifier: MIT */
/* The base room's texts and memory: UTF-8 byte by byte, numbers, blocks, the arena. */
#include "harness.h"

#include <float.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/failure.h"
#include "base/memory.h"
#include "base/text.h"
#include "faulty_allocator.h"

/* ---- UTF-8 ---- */

static const struct {
    const char *why;
    const char *bytes;
    size_t length; /* of the bytes */
    size_t taken;
    uint32_t code_point;
} characters[] = {
    { "ASCII", "A", 1, 1, 'A' },
    { "a zero byte is a character", "\0", 1, 1, 0 },
    { "two bytes", "\xD0\x96", 2, 2, 0x416 },
    { "three bytes", "\xE2\x82\xAC", 3, 3, 0x20AC },
    { "four bytes", "\xF0\x9F\x98\x80", 4, 4, 0x1F600 },
    { "the last of all", "\xF4\x8F\xBF\xBF", 4, 4, 0x10FFFF },
    { "past the last", "\xF4\x90\x80\x80", 4, 0, 0 },
    { "a byte that only continues", "\x80", 1, 0, 0 },
    { "cut in the middle", "\xD0", 1, 0, 0 },
    { "cut before the last of three", "\xE2\x82", 2, 0, 0 },
    { "second byte begins another", "\xD0\x41", 2, 0, 0 },
    { "overlong slash", "\xC0\xAF", 2, 0, 0 },
    { "overlong in three bytes", "\xE0\x9F\xBF", 3, 0, 0 },
    { "overlong in four bytes", "\xF0\x8F\xBF\xBF", 4, 0, 0 },
    { "first surrogate", "\xED\xA0\x80", 3, 0, 0 },
    { "last before the surrogates", "\xED\x9F\xBF", 3, 3, 0xD7FF },
    { "first behind the surrogates", "\xEE\x80\x80", 3, 3, 0xE000 },
    { "a byte of old five-byte forms", "\xF8\x88\x80\x80\x80", 5, 0, 0 },
    { "a byte that never occurs", "\xFF", 1, 0, 0 },
};

START_TEST(a_character_is_decoded_or_refused)
{
    uint32_t c = 0;
    const size_t n = incmap__utf8_next(characters[_i].bytes, characters[_i].length, &c);
    ck_assert_msg(n == characters[_i].taken, "%s: takes %zu", characters[_i].why, n);
    if (n) ck_assert_msg(c == characters[_i].code_point, "%s: U+%04X", characters[_i].why, c);
}
END_TEST

START_TEST(whole_texts_are_checked_as_single_characters_are)
{
    const size_t length = characters[_i].length;
    char text[160];

    /* At every distance from the front and from the end, so that the steps of eight and of 32 bytes meet
     * it in each place; behind letters of one byte and of two. */
    for (size_t before = 0; before < 80; before++)
        for (size_t behind = 0; behind < 70; behind++) {
            memset(text, 'x', sizeof text);
            for (size_t i = 0; behind % 2 && i + 1 < before; i += 2)
                memcpy(text + i, "\xD0\x96", 2);
            memcpy(text + before, characters[_i].bytes, length);
            if (incmap__utf8_check(text, before + length + behind) !=
                (characters[_i].taken ? before + length + behind : before))
                ck_abort_msg("%s, behind %zu bytes and before %zu", characters[_i].why, before,
                             behind);
        }
}
END_TEST

START_TEST(every_code_point_is_written_and_read_back)
{
    for (uint32_t c = 0; c <= 0x110000; c++) {
        const bool exists = c <= 0x10FFFF && !(c >= 0xD800 && c <= 0xDFFF);
        char bytes[4];
        uint32_t back = 0;
        const size_t n = incmap__utf8_put(c, bytes);
        if ((n > 0) != exists) ck_abort_msg("U+%04X", c);
        if (n && (incmap__utf8_next(bytes, n, &back) != n || back != c ||
                  incmap__utf8_check(bytes, n) != n))
            ck_abort_msg("U+%04X", c);
    }
}
END_TEST

/* A xorshift, so that a failure can be run again from its seed. */
static uint32_t state;
static uint32_t next_random(void)
{
    state ^= state << 13;
    state ^= state >> 17;
    state ^= state << 5;
    return state;
}

START_TEST(checking_agrees_with_stepping_over_random_bytes)
{
    static const unsigned char often[] = { 'a', 0xD0, 0x96, 0xE2, 0x82, 0xF0, 0x9F, 0xED, 0xF4 };

    for (uint32_t seed = 1; seed <= 20000; seed++) {
        char text[24];
        size_t at = 0, n = 1;
        uint32_t c;
        state = seed;
        for (size_t i = 0; i < sizeof text; i++)
            text[i] = (char)(next_random() % 3 ? often[next_random() % sizeof often]
                                               : next_random() & 0xFF);
        while (at < sizeof text && n) {
            n = incmap__utf8_next(text + at, sizeof text - at, &c);
            at += n;
        }
        if (incmap__utf8_check(text, sizeof text) != at) ck_abort_msg("seed %u", seed);
    }
}
END_TEST

/* Characters of all lengths, and in every second text one byte changed. */
START_TEST(checking_agrees_with_stepping_over_texts_with_one_fault)
{
    static const uint32_t most[] = { 0x7F, 0x7FF, 0xFFFF, 0x10FFFF };

    for (uint32_t seed = 1; seed <= 100000; seed++) {
        char text[200];
        size_t length = 0, at = 0, n = 1;
        uint32_t c;
        state = seed;
        const size_t wanted = next_random() % (sizeof text - 4);
        const uint32_t limit = most[next_random() % 4];
        while (length < wanted)
            length += incmap__utf8_put(next_random() % (limit + 1), text + length);
        if (seed % 2 && length) text[next_random() % length] = (char)(next_random() & 0xFF);
        while (at < length && n) {
            n = incmap__utf8_next(text + at, length - at, &c);
            at += n;
        }
        if (incmap__utf8_check(text, length) != at) ck_abort_msg("seed %u", seed);
    }
}
END_TEST

START_TEST(a_cut_falls_between_characters)
{
    static const char text[] = "aЖ€😀z"; /* 1, 2, 3, 4, 1 bytes */
    static const size_t cuts[] = { 0, 1, 1, 3, 3, 3, 6, 6, 6, 6, 10, 11, 11 };

    for (size_t most = 0; most < sizeof cuts / sizeof *cuts; most++)
        ck_assert_msg(incmap__utf8_cut(text, 11, most) == cuts[most], "at %zu: %zu", most,
                      incmap__utf8_cut(text, 11, most));
    ck_assert_uint_eq(incmap__utf8_cut(text, 9, 20), 6);
}
END_TEST

START_TEST(copying_cuts_between_characters_and_always_ends)
{
    char buffer[6];
    ck_assert_uint_eq(incmap__text_copy(buffer, sizeof buffer, "Жы"), 4);
    ck_assert_str_eq(buffer, "Жы");
    ck_assert_uint_eq(incmap__text_copy(buffer, sizeof buffer, "ЖыЖ"), 4);
    ck_assert_str_eq(buffer, "Жы");
    ck_assert_uint_eq(incmap__text_copy(buffer, 1, "Ж"), 0);
    ck_assert_str_eq(buffer, "");
}
END_TEST

START_TEST(adding_counts_the_whole_and_writes_what_fits)
{
    char buffer[8] = "";
    size_t used = 0;
    incmap__text_add(buffer, sizeof buffer, &used, "ab%d", 12);
    ck_assert_str_eq(buffer, "ab12");
    incmap__text_add(buffer, sizeof buffer, &used, "%s", "жжж");
    ck_assert_str_eq(buffer, "ab12ж");
    ck_assert_uint_eq(used, 10);
    incmap__text_add(buffer, sizeof buffer, &used, "more");
    ck_assert_str_eq(buffer, "ab12ж");
    ck_assert_uint_eq(used, 14);
}
END_TEST

START_TEST(a_message_is_one_line)
{
    incmap_error err;
    ck_assert_int_eq(incmap__fail(&err, INCMAP_EDATA, "found %s", "a\nb\x1B[31m\x7F\tЖ"),
                     INCMAP_EDATA);
    ck_assert_str_eq(err.message, "found a b [31m  Ж");
    ck_assert_int_eq(err.status, INCMAP_EDATA);
}
END_TEST

START_TEST(a_long_message_is_cut_between_characters)
{
    incmap_error err;
    char text[1024];
    memset(text, 'x', sizeof text);
    for (size_t i = 0; i + 1 < sizeof text; i += 2)
        memcpy(text + i, "Ж", 2);
    text[sizeof text - 1] = '\0';
    (void)incmap__fail(&err, INCMAP_EDATA, "%s", text);
    ck_assert_uint_eq(strlen(err.message), sizeof err.message - 2);
    ck_assert_uint_eq(incmap__utf8_check(err.message, strlen(err.message)), strlen(err.message));
}
END_TEST

/* ---- numbers ---- */

static const struct {
    const char *text;
    bool good;
    double value;
} numbers[] = {
    { "0", true, 0 },
    { "-0", true, 0 },
    { "35.60250", true, 35.6025 },
    { "+7", true, 7 },
    { "-.5", true, -.5 },
    { "5.", true, 5 },
    { "1e3", true, 1000 },
    { "1.5E-2", true, .015 },
    { "179.99999999999997", true, 179.99999999999997 },
    { "3.56e1", true, 35.6 },
    { "5e-05", true, .00005 },
    { "-1E+02", true, -100 },
    { "+.5e1", true, 5 },
    { "5.e1", true, 50 },
    { "1e-300", true, 1e-300 },
    { "4.9406564584124654e-324", true, 4.9406564584124654e-324 },
    { "1e-400", true, 0 },
    { "0e400", true, 0 },
    { "1e0000000000000000000000000000000000000000000000000000000000000000002", true, 100 },
    { "1e-99999999999999999999999999999999", true, 0 },
    { "0.00000000000000000000000000000000000000000000000000000000000000000000000000001e77", true,
      1 },
    { "35.602500000000000000000000000000000000000000000000000000000000000000000000000", true,
      35.6025 },
    { "9007199254740993", true, 9007199254740992 }, /* 2^53 + 1, half-way: to even */
    { "9007199254740993.00000000000000000000000000000000000000000000000000000000000000000000001",
      true, 9007199254740994 },
    { "", false, 0 },
    { "-", false, 0 },
    { ".", false, 0 },
    { "e5", false, 0 },
    { ".e5", false, 0 },
    { "-e5", false, 0 },
    { "1e", false, 0 },
    { "1e+", false, 0 },
    { "1e-", false, 0 },
    { "1e+-5", false, 0 },
    { "1e5.0", false, 0 },
    { "1e5e5", false, 0 },
    { "1e400", false, 0 },
    { "1e999", false, 0 },
    { "1e99999999999999999999999999999999", false, 0 },
    { "nan", false, 0 },
    { "NaN", false, 0 },
    { "inf", false, 0 },
    { "-Infinity", false, 0 },
    { "0x10", false, 0 },
    { "1,5", false, 0 },
    { "1.5.2", false, 0 },
    { "--1", false, 0 },
    { "1 ", false, 0 },
    { " 1", false, 0 },
    { "1_000", false, 0 },
    { "12a", false, 0 },
    { "١٢", false, 0 }, /* digits of another script */
};

START_TEST(numbers_are_read_whole_or_refused)
{
    double value = 42;
    const char *text = numbers[_i].text;
    const bool good = incmap__text_to_double(text, strlen(text), &value);
    ck_assert_msg(good == numbers[_i].good, "\"%s\"", text);
    /* Exact: both sides are the double nearest to the same decimal. */
    ck_assert_msg(value == (good ? numbers[_i].value : 42), "\"%s\": %.17g", text, value);
}
END_TEST

/* 1 + 2^-53, half-way between 1 and the next double, has 54 digits; what comes thousands of digits behind
 * it decides. */
START_TEST(of_thousands_of_digits_the_last_one_counts)
{
    static const char half[] = "1.00000000000000011102230246251565404236316680908203125";
    enum { LENGTH = 5000 };
    char text[LENGTH];
    double value = 0;

    memset(text, '0', LENGTH);
    memcpy(text, half, strlen(half));
    ck_assert(incmap__text_to_double(text, LENGTH, &value));
    ck_assert_double_eq(value, 1);
    text[LENGTH - 1] = '1';
    ck_assert(incmap__text_to_double(text, LENGTH, &value));
    ck_assert_double_eq(value, 1 + DBL_EPSILON);
    memset(text, '9', LENGTH); /* 10^5000 */
    ck_assert(!incmap__text_to_double(text, LENGTH, &value));
    memcpy(text + LENGTH - 6, "e-4994", 6);
    ck_assert(incmap__text_to_double(text, LENGTH, &value));
    ck_assert_double_eq(value, 1);
}
END_TEST

START_TEST(doubles_survive_being_written_and_read)
{
    for (state = 1; state < UINT32_MAX / 2; state = state * 3 + 1) {
        uint32_t bits[2] = { next_random(), next_random() };
        double value, back = 0;
        char text[40];
        memcpy(&value, bits, sizeof value);
        if (!isfinite(value)) continue;
        (void)snprintf(text, sizeof text, "%.17g", value);
        ck_assert_msg(incmap__text_to_double(text, strlen(text), &back), "%s", text);
        ck_assert_msg(back == value, "%s", text);
    }
}
END_TEST

static const struct {
    const char *text;
    bool good;
    int64_t value;
} integers[] = {
    { "0", true, 0 },
    { "-12", true, -12 },
    { "+12", true, 12 },
    { "9223372036854775807", true, INT64_MAX },
    { "-9223372036854775808", true, INT64_MIN },
    { "9223372036854775808", false, 0 },
    { "", false, 0 },
    { "-", false, 0 },
    { "1.0", false, 0 },
    { "1e3", false, 0 },
    { " 1", false, 0 },
    { "0x1", false, 0 },
    { "1-", false, 0 },
    { "123456789012345678901234567890123", false, 0 },
};

START_TEST(whole_numbers_are_read_whole_or_refused)
{
    int64_t value = 42;
    const char *text = integers[_i].text;
    const bool good = incmap__text_to_int(text, strlen(text), &value);
    ck_assert_msg(good == integers[_i].good, "\"%s\"", text);
    ck_assert_msg(value == (good ? integers[_i].value : 42), "\"%s\"", text);
}
END_TEST

/* ---- memory ---- */

START_TEST(sizes_that_overflow_are_refused)
{
    const incmap_allocator a = incmap__allocator_default();
    incmap__arena arena;
    incmap__arena_init(&arena, &a);
    ck_assert_ptr_null(incmap__alloc(&a, SIZE_MAX / 2, 3));
    ck_assert_ptr_null(incmap__alloc_zeroed(&a, SIZE_MAX, SIZE_MAX));
    ck_assert_ptr_null(incmap__realloc(&a, NULL, SIZE_MAX / 4, 8));
    ck_assert_ptr_null(incmap__arena_alloc(&arena, SIZE_MAX / 4, 8));
    ck_assert_ptr_null(incmap__arena_alloc(&arena, SIZE_MAX, 1));
    ck_assert_ptr_null(incmap__arena_text(&arena, "", SIZE_MAX));
    incmap__arena_free(&arena);
}
END_TEST

START_TEST(an_empty_block_is_still_a_block)
{
    const incmap_allocator a = incmap__allocator_default();
    void *block = incmap__alloc(&a, 0, 8);
    ck_assert_ptr_nonnull(block);
    incmap__free(&a, block);
    incmap__free(&a, NULL);
}
END_TEST

START_TEST(an_array_grows_and_keeps_what_it_holds)
{
    struct faulty f = { .budget = -1 };
    const incmap_allocator a = faulty_allocator(&f);
    int *items = NULL;
    size_t capacity = 0;

    for (int i = 0; i < 1000; i++) {
        ck_assert_int_eq(incmap__grow(&a, &items, &capacity, (size_t)i + 1, sizeof *items, NULL),
                         INCMAP_OK);
        ck_assert_uint_gt(capacity, (size_t)i);
        items[i] = i;
    }
    for (int i = 0; i < 1000; i++)
        ck_assert_int_eq(items[i], i);
    f.budget = 0;
    {
        int *const before = items;
        const size_t capacity_before = capacity;
        ck_assert_int_eq(incmap__grow(&a, &items, &capacity, capacity + 1, sizeof *items, NULL),
                         INCMAP_ENOMEM);
        ck_assert_ptr_eq(items, before);
        ck_assert_uint_eq(capacity, capacity_before);
    }
    incmap__free(&a, items);
    ck_assert_int_eq(f.blocks, 0);
}
END_TEST

START_TEST(an_arena_gives_aligned_blocks_that_do_not_overlap)
{
    struct faulty f = { .budget = -1 };
    const incmap_allocator a = faulty_allocator(&f);
    incmap__arena arena;
    unsigned char *blocks[300];
    size_t sizes[300];

    incmap__arena_init(&arena, &a);
    state = 7;
    for (size_t i = 0; i < 300; i++) {
        sizes[i] = i == 150 ? 3000000 : next_random() % 700;
        (void)incmap__arena_text(&arena, "odd", i % 4); /* shifts the next one */
        blocks[i] = incmap__arena_alloc(&arena, sizes[i], 1);
        ck_assert_ptr_nonnull(blocks[i]);
        ck_assert_uint_eq((uintptr_t)blocks[i] % _Alignof(max_align_t), 0);
        memset(blocks[i], (int)(i & 0xFF), sizes[i]);
    }
    for (size_t i = 0; i < 300; i++)
        for (size_t k = 0; k < sizes[i]; k++)
            if (blocks[i][k] != (i & 0xFF)) ck_abort_msg("block %zu, byte %zu", i, k);
    incmap__arena_free(&arena);
    ck_assert_int_eq(f.blocks, 0);
}
END_TEST

START_TEST(an_arena_copies_texts_and_ends_them)
{
    struct faulty f = { .budget = 1 };
    const incmap_allocator a = faulty_allocator(&f);
    incmap__arena arena;
    char big[5000];

    incmap__arena_init(&arena, &a);
    memset(big, 'x', sizeof big);
    ck_assert_str_eq(incmap__arena_text(&arena, "Козинка, село", 14), "Козинка");
    ck_assert_str_eq(incmap__arena_text(&arena, "", 0), "");
    /* The one block that was granted is full; what it holds stays usable. */
    ck_assert_ptr_null(incmap__arena_text(&arena, big, sizeof big));
    ck_assert_str_eq(incmap__arena_text(&arena, "small", 5), "small");
    incmap__arena_free(&arena);
    ck_assert_int_eq(f.blocks, 0);
}
END_TEST

#define COUNT(array) ((int)(sizeof(array) / sizeof *(array)))

int main(void)
{
    Suite *suite = suite_create("text");
    TCase *text = tcase_create("text"), *memory = tcase_create("memory");
    tcase_add_loop_test(text, a_character_is_decoded_or_refused, 0, COUNT(characters));
    tcase_add_loop_test(text, whole_texts_are_checked_as_single_characters_are, 0,
                        COUNT(characters));
    tcase_add_test(text, every_code_point_is_written_and_read_back);
    tcase_add_test(text, checking_agrees_with_stepping_over_random_bytes);
    tcase_add_test(text, checking_agrees_with_stepping_over_texts_with_one_fault);
    tcase_add_test(text, a_cut_falls_between_characters);
    tcase_add_test(text, copying_cuts_between_characters_and_always_ends);
    tcase_add_test(text, adding_counts_the_whole_and_writes_what_fits);
    tcase_add_test(text, a_message_is_one_line);
    tcase_add_test(text, a_long_message_is_cut_between_characters);
    tcase_add_loop_test(text, numbers_are_read_whole_or_refused, 0, COUNT(numbers));
    tcase_add_test(text, doubles_survive_being_written_and_read);
    tcase_add_test(text, of_thousands_of_digits_the_last_one_counts);
    tcase_add_loop_test(text, whole_numbers_are_read_whole_or_refused, 0, COUNT(integers));
    suite_add_tcase(suite, text);
    tcase_add_test(memory, sizes_that_overflow_are_refused);
    tcase_add_test(memory, an_empty_block_is_still_a_block);
    tcase_add_test(memory, an_array_grows_and_keeps_what_it_holds);
    tcase_add_test(memory, an_arena_gives_aligned_blocks_that_do_not_overlap);
    tcase_add_test(memory, an_arena_copies_texts_and_ends_them);
    suite_add_tcase(suite, memory);
    return run_suite(suite);
}
