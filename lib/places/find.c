/* SPDX-License-Identifier: MIT */
/* Finding places by name: the names whose key is that of the text asked for, best first. */
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "places/gazetteer.h"

/* NULL asks for nothing. */
static bool is_same(const char *asked, const char *there)
{
    return !asked || incmap__text_same(asked, there);
}

/* A post lies in no country and no region: it passes with either side that passes as a whole. */
static bool side_passes(const incmap_gazetteer *g, const incmap_find_options *options,
                        const incmap_post_side *side)
{
    const incmap_place *tied = NULL;

    if (!is_same(options->country, side->country) || !is_same(options->admin1, side->admin1))
        return false;
    if (options->admin2) tied = incmap_gazetteer_by_key(g, side->place_key);
    return is_same(options->admin2, tied ? tied->admin2 : "");
}

bool incmap__gazetteer_lets_through(const incmap_gazetteer *g, const incmap_find_options *options,
                                    const incmap_place *place)
{
    if (!options) return true;
    if (options->kinds && !(options->kinds & INCMAP_PLACE_BIT(place->kind))) return false;
    if (!options->country && !options->admin1 && !options->admin2) return true;
    if (place->post)
        return side_passes(g, options, &place->post->sides[0]) ||
               side_passes(g, options, &place->post->sides[1]);
    return is_same(options->country, place->country) && is_same(options->admin1, place->admin1) &&
           is_same(options->admin2, place->admin2);
}

/* Room for reasons that are weaker than the same name. */
static double score_of(incmap_reason reason)
{
    return reason == INCMAP_REASON_POST_SIDE ? 0.5 : 1;
}

/* What is searched for, and the chain of names that may be it. */
struct search {
    const incmap_gazetteer *g;
    const incmap_find_options *options;
    const incmap__folder *folder;
    uint32_t at; /* entry of the candidate; INCMAP__INDEX_END past the last */
};

static bool is_candidate(const struct search *search)
{
    const incmap__listed *listed = &search->g->listed[search->at];
    return listed->length == search->folder->length &&
           memcmp(listed->key, search->folder->key, listed->length) == 0 &&
           incmap__gazetteer_lets_through(search->g, search->options,
                                          search->g->places[listed->place]);
}

static void skip_to_candidate(struct search *search)
{
    while (search->at != INCMAP__INDEX_END && !is_candidate(search))
        search->at = incmap__index_next(&search->g->names, search->at);
}

static void start(struct search *search)
{
    search->at =
        incmap__index_first(&search->g->names, search->folder->key, search->folder->length);
    skip_to_candidate(search);
}

static void advance(struct search *search)
{
    search->at = incmap__index_next(&search->g->names, search->at);
    skip_to_candidate(search);
}

static incmap_match match_of(const incmap_gazetteer *g, const incmap__listed *listed)
{
    const incmap_place *place = g->places[listed->place];
    return (incmap_match){
        .place = place,
        .score = score_of(listed->reason),
        .reason = listed->reason,
        .name = place->names[listed->name].text,
        .language = place->names[listed->name].language,
    };
}

/* The chain has the newest place first and is walked twice: once to count the candidates of either
 * score, once to put each at its place from the end. Nothing is allocated or sorted. */
static size_t write_matches(struct search *search, incmap_match matches[], size_t capacity)
{
    size_t good = 0, all = 0, good_left, others_left;

    for (start(search); search->at != INCMAP__INDEX_END; advance(search)) {
        good += score_of(search->g->listed[search->at].reason) == 1;
        all++;
    }
    good_left = good;
    others_left = all;
    for (start(search); search->at != INCMAP__INDEX_END; advance(search)) {
        const incmap__listed *listed = &search->g->listed[search->at];
        const size_t to = score_of(listed->reason) == 1 ? --good_left : --others_left;
        if (to < capacity) matches[to] = match_of(search->g, listed);
    }
    return all;
}

incmap_status incmap_gazetteer_find(incmap_ctx *ctx, const incmap_gazetteer *g, const char *name,
                                    const incmap_find_options *options, incmap_match matches[],
                                    size_t capacity, size_t *count)
{
    struct search search = { g, options, NULL, INCMAP__INDEX_END };
    incmap__folder folder;
    incmap_status st;

    if (!ctx || !g || !name || !count || (!matches && capacity))
        return incmap__fail(ctx ? &ctx->error : NULL, INCMAP_EARG, "find place: NULL");
    incmap__folder_init(&folder, &ctx->allocator);
    search.folder = &folder;
    st = incmap__fold(&folder, name, strlen(name), &ctx->error);
    if (!st && !folder.has_word)
        st = incmap__fail(&ctx->error, INCMAP_EPARSE, "the name has no letter and no digit");
    if (!st) *count = write_matches(&search, matches, capacity);
    incmap__folder_free(&folder);
    return st;
}

incmap_verdict incmap_find_verdict(const incmap_match matches[], size_t count)
{
    if (count == 0) return INCMAP_VERDICT_NONE;
    if (count == 1) return INCMAP_VERDICT_UNIQUE;
    if (!matches) return INCMAP_VERDICT_AMBIGUOUS;
    return matches[0].score > matches[1].score ? INCMAP_VERDICT_BEST : INCMAP_VERDICT_AMBIGUOUS;
}

const char *incmap_verdict_text(incmap_verdict verdict)
{
    switch (verdict) {
    case INCMAP_VERDICT_UNIQUE: return "unique";
    case INCMAP_VERDICT_BEST: return "best";
    case INCMAP_VERDICT_AMBIGUOUS: return "ambiguous";
    case INCMAP_VERDICT_NONE: break;
    }
    return "none";
}

static const char *language_text(const char *language)
{
    static const char *const names[][2] = { { "en", "English " },
                                            { "ru", "Russian " },
                                            { "uk", "Ukrainian " } };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(language, names[i][0]) == 0) return names[i][1];
    return "";
}

size_t incmap_match_reason_text(const incmap_match *match, char *buffer, size_t size)
{
    const char *print;
    size_t used = 0;

    if (!match || !match->place || !buffer || !size) return 0;
    print = match->place->names[0].text;
    buffer[0] = '\0';
    switch (match->reason) {
    case INCMAP_REASON_NAME:
        incmap__text_add(buffer, size, &used, "%sname of %s", language_text(match->language),
                         print);
        break;
    case INCMAP_REASON_ALTERNATE:
        incmap__text_add(buffer, size, &used, "another name of %s", print);
        break;
    case INCMAP_REASON_POST_SIDE:
        incmap__text_add(buffer, size, &used, "name of one side of %s", print);
        break;
    case INCMAP_REASON_NONE: break;
    }
    return used;
}
