/* SPDX-License-Identifier: MIT */
/* Any bytes as a stated distance. What is read has a kind, a figure in range and ends that hold what
 * they say; what is not read says why. */
#include "fuzz.h"

#include <math.h>
#include <string.h>

#include <incmap/statement.h>

#include "base/text.h"

static void add_place(incmap_ctx *ctx, incmap_gazetteer *g, const char *key, const char *name,
                      incmap_place_kind kind, double lat, double lon)
{
    const incmap_place_name names[] = { { name, "en", false } };
    const incmap_place place = { .key = key,
                                 .kind = kind,
                                 .located = true,
                                 .at = { lat, lon },
                                 .coord_uncertainty_m = 800,
                                 .extent_radius_m = NAN,
                                 .names = names,
                                 .name_count = 1,
                                 .population = 1097,
                                 .population_year = -1 };
    FUZZ_CHECK(!incmap_gazetteer_add(ctx, g, &place));
}

static incmap_gazetteer *make_gazetteer(incmap_ctx *ctx)
{
    incmap_gazetteer *g = NULL;

    FUZZ_CHECK(!incmap_gazetteer_new(ctx, &g));
    add_place(ctx, g, "kozinka", "Kozinka", INCMAP_PLACE_VILLAGE, 50.46, 35.6);
    add_place(ctx, g, "gora", "Gora-Podol", INCMAP_PLACE_VILLAGE, 50.47, 35.65);
    add_place(ctx, g, "moscow", "Москва", INCMAP_PLACE_CITY, 55.75, 37.62);
    add_place(ctx, g, "russia", "Russia", INCMAP_PLACE_COUNTRY, 60, 100);
    return g;
}

static void check_end(const incmap_statement_end *end)
{
    FUZZ_CHECK(incmap__utf8_check(end->name, strlen(end->name)) == strlen(end->name));
    FUZZ_CHECK((end->kind == INCMAP_END_PLACE) == (end->count > 0));
    for (size_t i = 0; i < end->count && i < INCMAP_END_PLACES; i++)
        FUZZ_CHECK(end->places[i] != NULL);
}

static void check_statement(const incmap_statement *s)
{
    FUZZ_CHECK(s->kind != INCMAP_STATEMENT_UNREAD);
    FUZZ_CHECK(isnan(s->value) || s->value >= 0);
    FUZZ_CHECK(isnan(s->value) || s->unit != INCMAP_SAID_NONE);
    FUZZ_CHECK(isnan(s->direction_deg) || (s->direction_deg >= 0 && s->direction_deg < 360));
    check_end(&s->of);
    check_end(&s->toward);
    check_end(&s->reference);
    check_end(&s->into);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    incmap_ctx *ctx = NULL;
    incmap_gazetteer *g;
    incmap_statement s = { .value = 42 };
    char *text = malloc(size + 1);
    incmap_status st;

    FUZZ_CHECK(text && !incmap_ctx_new(NULL, &ctx));
    g = make_gazetteer(ctx);
    if (size) memcpy(text, data, size);
    text[size] = '\0';
    st = incmap_statement_read(ctx, g, text, &s);
    if (st) {
        FUZZ_CHECK(st == INCMAP_EPARSE && s.value == 42);
        FUZZ_CHECK(strncmp(incmap_ctx_message(ctx), "statement: found ", 17) == 0);
    } else {
        check_statement(&s);
    }
    incmap_gazetteer_free(g);
    incmap_ctx_free(ctx);
    free(text);
    return 0;
}
