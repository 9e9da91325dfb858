/* SPDX-License-Identifier: MIT */
/* The hash index under places, texts and records. */
#include "harness.h"

#include <stdio.h>
#include <string.h>

#include "faulty_allocator.h"
#include "places/index.h"

enum { KEYS = 3000 };

static incmap_allocator libc;
static incmap__index index_a, index_b;

static void setup(void)
{
    libc = incmap__allocator_default();
    index_a = index_b = (incmap__index){ 0 };
}

static void teardown(void)
{
    incmap__index_free(&index_a, &libc);
    incmap__index_free(&index_b, &libc);
}

static const char *key_of(int i)
{
    static char key[32];
    (void)snprintf(key, sizeof key, "%*d", 1 + i % 20, i);
    return key;
}

static void fill(incmap__index *index, int n)
{
    for (int i = 0; i < n; i++)
        ck_assert_int_eq(incmap__index_add(index, &libc, key_of(i), strlen(key_of(i)), NULL),
                         INCMAP_OK);
}

/* Whether entry i is among those that may be of its key. */
static bool is_found(const incmap__index *index, int i)
{
    uint32_t entry = incmap__index_first(index, key_of(i), strlen(key_of(i)));
    while (entry != INCMAP__INDEX_END && entry != (uint32_t)i)
        entry = incmap__index_next(index, entry);
    return entry == (uint32_t)i;
}

START_TEST(every_key_of_any_length_is_found_and_no_other)
{
    size_t strangers = 0;

    ck_assert_uint_eq(incmap__index_first(&index_a, "x", 1), INCMAP__INDEX_END);
    fill(&index_a, KEYS);
    for (int i = 0; i < KEYS; i++)
        ck_assert(is_found(&index_a, i));
    for (int i = KEYS; i < 2 * KEYS; i++)
        strangers +=
            incmap__index_first(&index_a, key_of(i), strlen(key_of(i))) != INCMAP__INDEX_END;
    /* A hash of 32 bits meets one of 3,000 by chance once in a million tries. */
    ck_assert_uint_le(strangers, 2);
}
END_TEST

START_TEST(entries_taken_off_the_end_are_gone_and_the_others_stay)
{
    fill(&index_a, KEYS);
    incmap__index_truncate(&index_a, KEYS / 3);
    for (int i = 0; i < KEYS; i++)
        ck_assert_int_eq(is_found(&index_a, i), i < KEYS / 3);
    fill(&index_b, KEYS);
    incmap__index_truncate(&index_b, 0);
    ck_assert(!is_found(&index_b, 0));
}
END_TEST

START_TEST(same_key_comes_newest_first)
{
    for (uint32_t i = 0; i < 100; i++)
        ck_assert_int_eq(incmap__index_add(&index_a, &libc, "Ivanivka", 8, NULL), INCMAP_OK);
    uint32_t entry = incmap__index_first(&index_a, "Ivanivka", 8);
    for (uint32_t i = 100; i-- > 0; entry = incmap__index_next(&index_a, entry))
        ck_assert_uint_eq(entry, i);
    ck_assert_uint_eq(entry, INCMAP__INDEX_END);
}
END_TEST

START_TEST(no_file_can_choose_the_chains_since_each_index_has_its_own_seed)
{
    int same = 0;

    fill(&index_a, KEYS);
    fill(&index_b, KEYS);
    for (int i = 0; i < KEYS; i++)
        same += index_a.entries[i].hash == index_b.entries[i].hash;
    ck_assert_int_le(same, 2);
}
END_TEST

START_TEST(without_memory_the_index_stays_as_it_was)
{
    struct faulty f = { .budget = -1 };
    const incmap_allocator a = faulty_allocator(&f);
    incmap__index index = { 0 };

    for (size_t n = 0; n < 1000;) {
        f.budget = 0;
        const incmap_status st = incmap__index_add(&index, &a, "k", 1, NULL);
        ck_assert(st == INCMAP_OK || st == INCMAP_ENOMEM);
        n += st == INCMAP_OK;
        ck_assert_uint_eq(index.count, n);
        f.budget = 1; /* room for the entries or for the heads, where both are needed */
        n += incmap__index_add(&index, &a, "k", 1, NULL) == INCMAP_OK;
        ck_assert_uint_eq(index.count, n);
        f.budget = -1;
        n += incmap__index_add(&index, &a, "k", 1, NULL) == INCMAP_OK;
        ck_assert_uint_eq(index.count, n);
    }
    incmap__index_free(&index, &a);
    ck_assert_int_eq(f.blocks, 0);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("index");
    TCase *tc = tcase_create("index");
    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(tc, every_key_of_any_length_is_found_and_no_other);
    tcase_add_test(tc, entries_taken_off_the_end_are_gone_and_the_others_stay);
    tcase_add_test(tc, same_key_comes_newest_first);
    tcase_add_test(tc, no_file_can_choose_the_chains_since_each_index_has_its_own_seed);
    tcase_add_test(tc, without_memory_the_index_stays_as_it_was);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
