/* SPDX-License-Identifier: MIT */
/* The context, its allocator and its messages. */
#include "harness.h"

#include <incmap/context.h>
#include <incmap/version.h>

#include <stdio.h>
#include <string.h>

#include "base/context.h"

static void keep_line(void *user, incmap_log_level level, const char *text)
{
    (void)level;
    (void)snprintf(user, 600, "%s", text);
}

START_TEST(log_gets_one_line_of_whole_characters)
{
    char line[600] = "", text[700];
    incmap_ctx_options options = INCMAP_CTX_OPTIONS_INIT;
    incmap_ctx *ctx = NULL;

    options.log = keep_line;
    options.log_user = line;
    ck_assert_int_eq(incmap_ctx_new(&options, &ctx), INCMAP_OK);
    incmap__log(ctx, INCMAP_LOG_WARNING, "%s", "first\nsecond");
    ck_assert_str_eq(line, "first second");
    memset(text, 'x', sizeof text);
    memcpy(text + 510, "\u0434", 3); /* two bytes over the end of the log's 511 */
    incmap__log(ctx, INCMAP_LOG_WARNING, "%s", text);
    ck_assert_uint_eq(strlen(line), 510);
    incmap_ctx_free(ctx);
}
END_TEST

START_TEST(context_is_made_and_freed_with_all_defaults)
{
    incmap_ctx *ctx = NULL;
    ck_assert_int_eq(incmap_ctx_new(NULL, &ctx), INCMAP_OK);
    ck_assert_ptr_nonnull(ctx);
    ck_assert_str_eq(incmap_ctx_message(ctx), "");
    ck_assert_int_eq(incmap_ctx_status(ctx), INCMAP_OK);
    incmap_ctx_free(ctx);
    incmap_ctx_free(NULL);
}
END_TEST

static void *no_alloc(void *user, size_t size)
{
    (void)user;
    (void)size;
    return NULL;
}

static void *no_realloc(void *user, void *block, size_t size)
{
    (void)block;
    return no_alloc(user, size);
}

static void no_free(void *user, void *block)
{
    (void)user;
    (void)block;
}

START_TEST(half_an_allocator_is_refused_and_an_empty_one_is_out_of_memory)
{
    incmap_ctx_options options = INCMAP_CTX_OPTIONS_INIT;
    incmap_ctx *ctx = NULL;
    options.allocator.alloc = no_alloc;
    ck_assert_int_eq(incmap_ctx_new(&options, &ctx), INCMAP_EARG);
    options.allocator.realloc = no_realloc;
    options.allocator.free = no_free;
    ck_assert_int_eq(incmap_ctx_new(&options, &ctx), INCMAP_ENOMEM);
    ck_assert_ptr_null(ctx);
}
END_TEST

START_TEST(every_status_has_its_own_text)
{
    for (int a = INCMAP_OK; a <= INCMAP_ELIBRARY; a++) {
        ck_assert_str_ne(incmap_status_text((incmap_status)a), "unknown status");
        for (int b = INCMAP_OK; b < a; b++)
            ck_assert_str_ne(incmap_status_text((incmap_status)a),
                             incmap_status_text((incmap_status)b));
    }
    ck_assert_str_eq(incmap_status_text((incmap_status)999), "unknown status");
}
END_TEST

START_TEST(header_and_library_agree_on_the_version)
{
    ck_assert_str_eq(incmap_version(), INCMAP_VERSION_STRING);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("context");
    TCase *tc = tcase_create("context");
    tcase_add_test(tc, context_is_made_and_freed_with_all_defaults);
    tcase_add_test(tc, half_an_allocator_is_refused_and_an_empty_one_is_out_of_memory);
    tcase_add_test(tc, log_gets_one_line_of_whole_characters);
    tcase_add_test(tc, every_status_has_its_own_text);
    tcase_add_test(tc, header_and_library_agree_on_the_version);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
