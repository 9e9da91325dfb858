/* SPDX-License-Identifier: MIT */
/* Any bytes as a name that is asked for, among the built-in places and a place that bears that very
 * name: it is found, ranked and reasoned about, or refused as no UTF-8. */
#include "fuzz.h"

#include <math.h>
#include <string.h>

#include <incmap/builtin.h>

enum { MOST_INPUT = 600, MOST_MATCHES = 16 };

static void look_at(const incmap_match matches[], size_t n)
{
    char text[256];

    for (size_t i = 0; i < n; i++) {
        FUZZ_CHECK(matches[i].place && matches[i].name && matches[i].language);
        FUZZ_CHECK(matches[i].score > 0 && matches[i].score <= 1);
        FUZZ_CHECK(i == 0 || matches[i].score <= matches[i - 1].score);
        FUZZ_CHECK(incmap_match_reason_text(&matches[i], text, sizeof text) > 0);
        for (size_t k = 0; k < i; k++)
            FUZZ_CHECK(matches[i].place != matches[k].place);
    }
}

static bool is_found(const incmap_match matches[], size_t n, const char *key)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(matches[i].place->key, key) == 0) return true;
    return false;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    incmap_find_options options = INCMAP_FIND_OPTIONS_INIT;
    incmap_match matches[MOST_MATCHES];
    incmap_gazetteer *g = NULL;
    incmap_ctx *ctx = NULL;
    char name[MOST_INPUT + 1];
    size_t count = 0;
    incmap_status st;

    if (size > MOST_INPUT || memchr(data, '\0', size)) return 0;
    memcpy(name, data, size);
    name[size] = '\0';
    const incmap_place_name names[] = { { name, "", false } };
    const incmap_place place = { .key = "itself",
                                 .kind = INCMAP_PLACE_VILLAGE,
                                 .coord_uncertainty_m = NAN,
                                 .extent_radius_m = NAN,
                                 .names = names,
                                 .name_count = 1,
                                 .population = -1 };
    FUZZ_CHECK(incmap_ctx_new(NULL, &ctx) == INCMAP_OK);
    FUZZ_CHECK(incmap_gazetteer_builtin(ctx, &g) == INCMAP_OK);
    options.spelling = INCMAP_SPELLING_OFFER;
    const bool added = incmap_gazetteer_add(ctx, g, &place) == INCMAP_OK;
    st = incmap_gazetteer_find(ctx, g, name, &options, matches, MOST_MATCHES, &count);
    FUZZ_CHECK(st == INCMAP_OK || st == INCMAP_EPARSE);
    if (st == INCMAP_OK) {
        const size_t n = count < MOST_MATCHES ? count : MOST_MATCHES;
        look_at(matches, n);
        FUZZ_CHECK(!added || count > MOST_MATCHES || is_found(matches, n, "itself"));
        FUZZ_CHECK(!added || matches[0].score >= 1);
    }
    incmap_gazetteer_free(g);
    incmap_ctx_free(ctx);
    return 0;
}
