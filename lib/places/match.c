/* SPDX-License-Identifier: MIT */
/* A candidate as the caller gets it. How many letters of a name are wrong in truth, and whether it may be
 * taken, is judged only of those that are handed out. */
#include "places/find.h"

#include <math.h>
#include <string.h>

#include "places/join.h"
#include "places/trust.h"

/* Whether candidates are of a part of the gazetteer only, where few names are near one another. */
static bool is_narrowed(const incmap__name_search *search)
{
    const incmap_find_options *options = search->choice.options;
    return search->area_said ||
           (options && (options->admin1 || options->admin2 || options->border));
}

/* Of a name that is not the one asked for: how many letters are wrong in truth, and whether it may be
 * taken. */
static bool judge(incmap__name_search *search, incmap__candidate *c)
{
    const char *name = incmap__gazetteer_name(search->choice.g, c->listed, c->name).text;
    const bool by_rule = c->reason == INCMAP_REASON_FORM;
    incmap__folder folder;

    if (c->judged || (!by_rule && c->reason != INCMAP_REASON_MISSPELT)) return true;
    incmap__folder_init(&folder, &search->choice.ctx->allocator);
    if (!incmap__fold(&folder, name, strlen(name), NULL)) {
        const incmap__trust trust =
            incmap__trust_in(search->folder.key, search->folder.length, folder.key, folder.length,
                             by_rule, is_narrowed(search) && !c->by_nearness);
        c->offered = !trust.taken || (c->by_nearness && !trust.form);
        if (!trust.form && trust.edits > 0) {
            c->reason = INCMAP_REASON_MISSPELT;
            c->edits = (unsigned char)trust.edits;
        }
        c->judged = true;
    }
    incmap__folder_free(&folder);
    return c->judged;
}

/* The place below that the candidate's stands for; itself where there is none. */
static size_t place_below(const incmap__name_search *search, const incmap__candidate *c)
{
    return c->listed == c->place ? incmap__join_lower(search->choice.g, c->place) : c->listed;
}

enum { AT_ONCE = 16, PLACES_EACH = 4 };

/* Places of up to AT_ONCE candidates. */
static bool make_places(const incmap__name_search *search, const incmap__candidate items[],
                        size_t n)
{
    size_t places[AT_ONCE * PLACES_EACH], count = 0;

    for (size_t i = 0; i < n; i++)
        incmap__gazetteer_expect_names(search->choice.g, items[i].listed);
    for (size_t i = 0; i < n; i++) {
        const size_t below = place_below(search, &items[i]);
        places[count++] = items[i].place;
        if (items[i].listed != items[i].place) places[count++] = items[i].listed;
        if (below != items[i].place && below != items[i].listed) places[count++] = below;
        if (items[i].near_place != UINT32_MAX) places[count++] = items[i].near_place;
    }
    return incmap__gazetteer_make(search->choice.g, places, count);
}

bool incmap__name_search_prepare(incmap__name_search *search, size_t n)
{
    for (size_t i = 0; i < n; i += AT_ONCE)
        if (!make_places(search, &search->items[i], n - i < AT_ONCE ? n - i : AT_ONCE))
            return false;
    for (size_t i = 0; i < n; i++)
        if (!judge(search, &search->items[i])) return false;
    return true;
}

incmap_match incmap__name_search_match(const incmap__name_search *search, size_t i)
{
    const incmap__candidate *c = &search->items[i];
    const incmap_gazetteer *g = search->choice.g;
    const size_t below = place_below(search, c);
    const incmap_place *listed = incmap_gazetteer_get(g, c->listed);
    /* As incmap__gazetteer_name(). */
    const incmap_place_name *name = &listed->names[c->name < listed->name_count ? c->name : 0];

    return (incmap_match){
        .place = c->listed == c->place ? listed : incmap_gazetteer_get(g, c->place),
        /* Two decimals and a half are all that a score means. */
        .score = round((double)c->score * 1000) / 1000,
        .reason = (incmap_reason)c->reason,
        .name = name->text,
        .language = name->language,
        .asked_in = search->asked_in,
        .edits = c->edits,
        .other_kind = c->other_kind,
        .populous = c->populous,
        .area_said = search->area_said && !c->only_near,
        .other_keyboard = search->typed,
        .about_m = search->about_m,
        .about_stated = search->about_stated,
        .near_m = (double)c->near_m,
        .near_place = c->near_place == UINT32_MAX ? NULL : incmap_gazetteer_get(g, c->near_place),
        .stands_for = below == c->place ? NULL : incmap_gazetteer_get(g, below),
        .only_offered = c->offered,
    };
}
