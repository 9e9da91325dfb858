/* SPDX-License-Identifier: MIT */
/* Finding places by what a text says: one name; else one behind words for near, among the areas that it lies
 * in, beside other names of the same place, or typed on the keyboard of the other script. */
#include "places/find.h"

#include <string.h>

#include "places/about.h"
#include "places/far_names.h"
#include "places/join.h"
#include "places/keyboard.h"
#include "places/look_up.h"
#include "places/names.h"

#define KEYBOARD_OFF 0.12F
#define ABOUT_MOST 512 /* bytes of a text that may say so, with more than enough for its words */
#define KEYBOARD_LETTERS 5 /* of fewer, any two words are one another's too often */

/* ---- what a text may say ---------------------------------------------------------------------- */

static void gather_anew(incmap__name_search *search, const char *name, size_t length)
{
    incmap__candidates_forget(search);
    if (incmap__fold(&search->folder, name, length, NULL))
        search->failed = true; /* it was UTF-8 before, so that there is no memory */
    else if (search->folder.has_word)
        incmap__look_up_name(search);
}

/* "Козинка (Kozinka)": places that bear each of the names, of which the first is what they are judged by. */
static void gather_under_all(incmap__name_search *search, const incmap__said_names *names)
{
    gather_anew(search, names->items[0], strlen(names->items[0]));
    for (size_t i = 1; i < names->count && !search->failed; i++) {
        incmap__name_search other;
        incmap__name_search_init(&other, search->choice.ctx, search->choice.g);
        other.choice = search->choice;
        gather_anew(&other, names->items[i], strlen(names->items[i]));
        incmap__candidates_keep_common(search, &other);
        search->failed = search->failed || other.failed;
        search->choice.failed = search->choice.failed || other.choice.failed;
        incmap__name_search_free(&other);
    }
}

/* Where the text as one name has led to nothing. */
static void look_under_all_names(incmap__name_search *search, const char *text)
{
    incmap__said_names names;

    if ((double)search->best >= INCMAP_SCORE_LEAST || search->failed ||
        !incmap__said_names_split(&names, search->folder.key, search->folder.length))
        return;
    gather_under_all(search, &names);
    if ((double)search->best < INCMAP_SCORE_LEAST) gather_anew(search, text, strlen(text));
}

/* "Nova Kakhovka hromada" is not some Nova in the hromada of Kakhovka: but for the word for its kind it is a
 * name as it stands. */
static bool is_listed_whole(const incmap__name_search *search)
{
    for (size_t i = 0; i < search->count; i++)
        if (search->items[i].other_kind && search->items[i].reason <= INCMAP_REASON_SPELLING)
            return true;
    return false;
}

/* The text as a name and the areas that it lies in; what was found for the whole stays where that leads to
 * nothing. */
static void look_within_areas(incmap__name_search *search, const char *name, size_t length)
{
    incmap__said said;
    bool tried = false;

    if (is_listed_whole(search)) return;
    for (unsigned way = 0; way < INCMAP__SAID_WAYS && !search->failed; way++) {
        if (tried && incmap__fold(&search->folder, name, length, NULL)) search->failed = true;
        if (!incmap__said_split(&said, search->folder.key, search->folder.length, way)) continue;
        tried = true;
        incmap__choice_say(&search->choice, &said);
        gather_anew(search, said.name, strlen(said.name));
        look_under_all_names(search, said.name);
        incmap__choice_say(&search->choice, NULL);
        search->area_said = (double)search->best >= INCMAP_SCORE_LEAST;
        if (search->area_said) return;
    }
    if (tried) gather_anew(search, name, length);
}

/* Of what was found before only misspelt names are there, of which none is good. */
static void keep_typed(incmap__name_search *search)
{
    size_t kept = 0;

    for (size_t i = 0; i < search->count; i++) {
        if (search->items[i].reason == INCMAP_REASON_MISSPELT) continue;
        search->items[kept] = search->items[i];
        search->items[kept++].score -= KEYBOARD_OFF;
    }
    search->count = kept;
    search->typed = true;
}

/* The text as the same keys give it in the other script. Only the names as they are: of a text that is none
 * anyway, with letters wrong besides, too much would be near. */
static void look_on_other_keyboard(incmap__name_search *search, const char *name, size_t length)
{
    for (int k = 0; k < INCMAP__KEYBOARDS && !search->failed; k++) {
        char text[INCMAP__KEYBOARD_MOST];
        size_t n;
        if (incmap__fold(&search->folder, name, length, NULL)) search->failed = true;
        n = incmap__keyboard_other((incmap__keyboard)k, search->folder.key, search->folder.length,
                                   text);
        if (!n) continue;
        if (incmap__fold(&search->folder, text, n, NULL)) search->failed = true;
        incmap__look_up_as_spelt(search);
        if (search->best > 0) {
            keep_typed(search);
            return;
        }
    }
}

/* "4 km north of Kozinka": what is looked for is Kozinka, unless the whole is a listed name. The rest of the text
 * goes into `rest`, and is what all is compared with from here on; returns what to look for. */
static const char *look_about(incmap__name_search *search, const char *name, char rest[ABOUT_MOST])
{
    incmap__about about;

    if (search->best >= 1 || incmap__is_listed_only(search) ||
        search->folder.length >= ABOUT_MOST ||
        !incmap__about_read(&about, search->folder.key, search->folder.length))
        return name;
    memcpy(rest, search->folder.key + about.first, about.length);
    rest[about.length] = '\0';
    search->about_m = about.radius_m;
    search->about_stated = about.stated;
    gather_anew(search, rest, about.length);
    return rest;
}

/* ---- the search ------------------------------------------------------------------------------- */

static const char *script_of(const char *name, size_t length, bool is_ascii)
{
    const char *language = is_ascii ? "" : incmap__names_guess_language(name, length);

    if (language[0]) return language;
    for (const unsigned char *c = (const unsigned char *)name; *c; c++) {
        if ((*c | 0x20) >= 'a' && (*c | 0x20) <= 'z') return "Latn";
        if (*c == 0xD0 || *c == 0xD1) return "Cyrl";
    }
    return "";
}

static bool is_any_offered(const incmap__name_search *search)
{
    const incmap_find_options *options = search->choice.options;
    return options && options->spelling == INCMAP_SPELLING_NEAREST;
}

static incmap_status get_ready(const incmap_gazetteer *g, incmap_error *err)
{
    const incmap_status st = incmap__gazetteer_ready(g, err);
    return st ? st : incmap__join_ready(g, err);
}

incmap_status incmap_gazetteer_prepare(incmap_ctx *ctx, const incmap_gazetteer *g)
{
    if (!ctx || !g)
        return incmap__fail(ctx ? &ctx->error : NULL, INCMAP_EARG, "prepare gazetteer: NULL");
    return get_ready(g, &ctx->error);
}

void incmap__name_search_init(incmap__name_search *search, incmap_ctx *ctx,
                              const incmap_gazetteer *g)
{
    incmap__folder_init(&search->folder, &ctx->allocator);
    search->choice.ctx = ctx;
    search->choice.g = g;
    search->items = search->small;
    search->slots = search->small_slots;
    memset(search->small_slots, 0, sizeof search->small_slots);
    search->count = 0;
    search->room = INCMAP__CANDIDATES_SMALL;
    search->best = 0;
    search->only_kinds = 0;
    search->about_m = 0;
    search->about_stated = false;
    search->failed = search->area_said = search->typed = false;
}

incmap_status incmap__name_search_run(incmap__name_search *search, incmap_ctx *ctx,
                                      const incmap_gazetteer *g, const char *name,
                                      const incmap_find_options *options)
{
    size_t length = strlen(name);
    char rest[ABOUT_MOST];
    incmap_status st;

    st = incmap__fold(&search->folder, name, length, &ctx->error);
    if (!st && !search->folder.has_word)
        st = incmap__fail(&ctx->error, INCMAP_EPARSE, "the name has no letter and no digit");
    if (!st) st = get_ready(g, &ctx->error);
    if (!st) st = incmap__choice_init(&search->choice, ctx, g, options);
    if (st) return st;
    search->asked_in = script_of(name, length, search->folder.is_ascii);
    incmap__look_up_name(search);
    name = look_about(search, name, rest);
    length = strlen(name);
    if (search->best < INCMAP__SCORE_MISSPELT) look_within_areas(search, name, length);
    look_under_all_names(search, name);
    if ((double)search->best < INCMAP_SCORE_LEAST && search->letters >= KEYBOARD_LETTERS &&
        !incmap__is_listed_only(search)) {
        look_on_other_keyboard(search, name, length);
        /* What candidates are compared with is what they were found for. */
        if (!search->typed && incmap__fold(&search->folder, name, length, NULL))
            search->failed = true;
    }
    if (!search->count && is_any_offered(search)) incmap__far_names_offer(search);
    if (search->failed || search->choice.failed) return incmap__fail_memory(&ctx->error);
    incmap__candidates_rank(search);
    return INCMAP_OK;
}

void incmap__name_search_free(incmap__name_search *search)
{
    incmap__candidates_free(search);
    incmap__folder_free(&search->folder);
}

/* ---- the door ----------------------------------------------------------------------------------- */

/* All that can fail is done before the first is written, so that a failure leaves the output alone. */
static incmap_status write_matches(incmap__name_search *search, incmap_match matches[],
                                   size_t capacity)
{
    const size_t n = search->count < capacity ? search->count : capacity;

    if (!incmap__name_search_prepare(search, n))
        return incmap__fail_memory(&search->choice.ctx->error);
    for (size_t i = 0; i < n; i++)
        matches[i] = incmap__name_search_match(search, i);
    return INCMAP_OK;
}

incmap_status incmap_gazetteer_find(incmap_ctx *ctx, const incmap_gazetteer *g, const char *name,
                                    const incmap_find_options *options, incmap_match matches[],
                                    size_t capacity, size_t *count)
{
    incmap__name_search search;
    incmap_status st;

    if (!ctx || !g || !name || !count || (!matches && capacity))
        return incmap__fail(ctx ? &ctx->error : NULL, INCMAP_EARG, "find place: NULL");
    incmap__name_search_init(&search, ctx, g);
    st = incmap__name_search_run(&search, ctx, g, name, options);
    if (!st) st = write_matches(&search, matches, capacity);
    if (!st) *count = search.count;
    incmap__name_search_free(&search);
    return st;
}
