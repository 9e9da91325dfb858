/* SPDX-License-Identifier: MIT */
/* Keeping and ranking candidates. What a name is worth comes with it; what its place is worth, by kind and by
 * where it lies, is looked at here, and only of those that are better than what is kept. */
#include "places/candidates.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "geodesy/ellipsoid.h"
#include "places/join.h"
#include "places/place.h"

/* Taken off from scores; incmap_gazetteer_find explains them. */
#define POST_SIDE_OFF 0.1F
#define OTHER_KIND_OFF 0.12F
#define AREA_OFF 0.08F
#define SMALLER_AREA_OFF 0.06F /* more than what makes two candidates as good as one another */
#define FAR_OFF 0.15
#define POPULOUS_OFF 0.06F
#define NEAR_M 50e3

double incmap__farness(double distance_m, double near_m)
{
    return 1 - exp(-distance_m / (near_m > 0 ? near_m : NEAR_M));
}

void incmap__candidates_free(incmap__name_search *search)
{
    const incmap_allocator *a = &search->choice.ctx->allocator;

    if (search->items == search->small) return;
    incmap__free(a, search->items);
    incmap__free(a, search->slots);
}

void incmap__candidates_forget(incmap__name_search *search)
{
    memset(search->slots, 0, search->room * INCMAP__CANDIDATE_SLOTS * sizeof *search->slots);
    search->count = 0;
    search->best = 0;
}

/* The slot of the place, or the free one where it belongs. */
static uint32_t *slot_of(const incmap__name_search *search, uint32_t place)
{
    const size_t mask = search->room * INCMAP__CANDIDATE_SLOTS - 1;
    size_t at = place * UINT32_C(2654435769) >> 8 & mask;

    while (search->slots[at] && search->items[search->slots[at] - 1].place != place)
        at = (at + 1) & mask;
    return &search->slots[at];
}

static bool is_post_unasked(const incmap__name_search *search, size_t place)
{
    incmap__facts facts;
    incmap__gazetteer_facts(search->choice.g, place, &facts);
    return facts.kind == INCMAP_PLACE_BORDER_POST && !incmap__asks_for_post(search);
}

void incmap__candidates_keep_common(incmap__name_search *search, const incmap__name_search *other)
{
    size_t kept = 0;

    search->best = 0;
    for (size_t i = 0; i < search->count; i++) {
        const uint32_t slot = *slot_of(other, search->items[i].place);
        incmap__candidate *c = &search->items[kept];
        if (!slot) continue;
        *c = search->items[i];
        c->score = fminf(c->score, other->items[slot - 1].score);
        if (is_post_unasked(search, c->place)) c->judged = c->offered = true;
        search->best = fmaxf(search->best, c->score);
        kept++;
    }
    search->count = kept;
}

/* Twice the room. Nothing is freed before all is there, so that a failure leaves what was found. */
static bool make_room(incmap__name_search *search)
{
    const incmap_allocator *a = &search->choice.ctx->allocator;
    const size_t room = search->room * 2;
    incmap__candidate *items = incmap__alloc(a, room, sizeof *items);
    uint32_t *slots = incmap__alloc_zeroed(a, room * INCMAP__CANDIDATE_SLOTS, sizeof *slots);

    if (!items || !slots) {
        incmap__free(a, items);
        incmap__free(a, slots);
        search->failed = true;
        return false;
    }
    memcpy(items, search->items, search->count * sizeof *items);
    incmap__candidates_free(search);
    search->items = items;
    search->slots = slots;
    search->room = room;
    for (size_t i = 0; i < search->count; i++)
        *slot_of(search, items[i].place) = (uint32_t)i + 1;
    return true;
}

/* Of a place only the best is kept; of equals its own names, and of these the one that it lists first. */
static bool is_better(const incmap__candidate *c, const incmap__candidate *there)
{
    const bool own = c->listed == c->place, own_there = there->listed == there->place;

    if (c->score != there->score) return c->score > there->score;
    return own != own_there ? own : c->name < there->name;
}

/* The next one, which is written where it belongs if it is kept: to copy what was written in bits has to wait
 * for them. NULL when there is no memory. */
static incmap__candidate *draft(incmap__name_search *search)
{
    if (search->count == search->room && !make_room(search)) return NULL;
    return &search->items[search->count];
}

/* The draft; `slot` is its place's. */
static void keep_draft(incmap__name_search *search, uint32_t *slot)
{
    const incmap__candidate *c = &search->items[search->count];

    if (*slot) {
        incmap__candidate *there = &search->items[*slot - 1];
        if (is_better(c, there)) *there = *c;
        return;
    }
    *slot = (uint32_t)++search->count;
    incmap__gazetteer_expect(search->choice.g, c->place);
}

/* Of a post: a name of one of its sides is less than one of its own. */
static incmap_reason reason_of_alternate(const incmap__name_search *search,
                                         const incmap__candidate *c, const incmap_post *post)
{
    const char *name = incmap__gazetteer_name(search->choice.g, c->listed, c->name).text;
    return post && incmap__post_is_side_name(post, name) ? INCMAP_REASON_POST_SIDE
                                                         : INCMAP_REASON_ALTERNATE;
}

/* What the words in a listed name say of its kind. */
static incmap__words words_of(incmap__name_search *search, size_t place, size_t name)
{
    const char *text = incmap__gazetteer_name(search->choice.g, place, name).text;
    incmap__folder folder;
    incmap__words words = { .level = INCMAP__LEVEL_NONE };

    incmap__folder_init(&folder, &search->choice.ctx->allocator);
    if (incmap__fold(&folder, text, strlen(text), NULL))
        search->failed = true; /* what is listed is UTF-8 */
    else
        (void)incmap__words_cut(&words, folder.key, folder.length);
    incmap__folder_free(&folder);
    return words;
}

/* An area of which words say something else than those asked with: a raion was asked for and this name is
 * a hromada's, or an oblast and the place is by its main name a city, Misto Kyiv. */
static bool says_otherwise(incmap__name_search *search, const incmap__candidate *c)
{
    const unsigned kinds = words_of(search, c->listed, 0).kinds;
    incmap__area_level level = INCMAP__LEVEL_NONE;

    if (kinds && !(kinds & search->sound.kinds)) return true;
    if (search->sound.level) level = words_of(search, c->listed, c->name).level;
    return level && level != search->sound.level;
}

static void look_at_kind(incmap__name_search *search, unsigned kind, incmap__candidate *c)
{
    const unsigned bit = INCMAP_PLACE_BIT(kind);
    const unsigned areas =
        INCMAP_PLACE_BIT(INCMAP_PLACE_REGION) | INCMAP_PLACE_BIT(INCMAP_PLACE_DISTRICT);

    if ((search->sound.kinds && !(search->sound.kinds & bit)) ||
        (search->sound.kinds && (areas & bit) && says_otherwise(search, c))) {
        c->other_kind = true;
        c->score -= OTHER_KIND_OFF;
        /* Kursk is not Kursk Oblast, most of which is far from it; a raion is no hromada in it, and a village no
         * border post beside it. */
        if ((search->sound.area && !(areas & bit)) || search->sound.level ||
            kind == INCMAP_PLACE_BORDER_POST)
            c->judged = c->offered = true;
    } else if (kind == INCMAP_PLACE_BORDER_POST && !search->sound.kinds) {
        c->score -= POST_SIDE_OFF;
    } else if (!search->sound.kinds && (areas & bit)) {
        c->score -= AREA_OFF;
    }
}

/* "Kharkiv region" is the oblast rather than a raion, "Grayvoron region" a raion, for want of an oblast. */
static bool may_be_smaller_area(const incmap__name_search *search, unsigned kind)
{
    return kind == INCMAP_PLACE_DISTRICT &&
           search->sound.kinds ==
               (INCMAP_PLACE_BIT(INCMAP_PLACE_REGION) | INCMAP_PLACE_BIT(INCMAP_PLACE_DISTRICT));
}

static void look_at_distance(const incmap__name_search *search, const incmap__facts *facts,
                             incmap__candidate *c)
{
    const incmap_find_options *options = search->choice.options;
    double distance_m;

    if (!options || !options->near) return;
    c->near_place = UINT32_MAX;
    if (!facts->located) {
        c->score -= (float)FAR_OFF;
        return;
    }
    incmap__geodesic_inverse(*options->near, facts->at, &distance_m, NULL, NULL);
    c->near_m = (float)distance_m;
    c->score -= (float)(FAR_OFF * incmap__farness(distance_m, options->near_m));
}

static unsigned kind_on_top(const incmap_gazetteer *g, size_t place)
{
    incmap__facts facts;
    incmap__gazetteer_facts(g, place, &facts);
    return facts.kind;
}

/* Of a post that no word asks for by its kind. */
static bool lets_side_through(incmap__name_search *search, const incmap__candidate *c,
                              const incmap__facts *facts)
{
    return !facts->post || incmap__asks_for_post(search) ||
           incmap__choice_lets_side_through(
               &search->choice, facts,
               incmap__gazetteer_name(search->choice.g, c->listed, c->name).text);
}

/* A place that may lie in a hromada for being near it is not the one meant where letters are wrong besides, or where
 * it is near one of several and nothing else tells which. */
static void look_at_hromada(const incmap__name_search *search, incmap__candidate *c)
{
    const incmap__choice *choice = &search->choice;

    c->near_place = choice->near_place;
    if (c->near_place == UINT32_MAX) return;
    c->near_m = (float)choice->near_m;
    c->only_near = !choice->lies_in;
    c->by_nearness = true;
    if (c->only_near && choice->near_any) c->judged = c->offered = true;
}

/* What the options and the words asked with say of it: false where they leave it out, else less of a score.
 * The place itself is only looked at where they ask something of it. */
static bool weigh(incmap__name_search *search, incmap__listing listing, unsigned kind,
                  incmap_reason reason, incmap__candidate *c)
{
    const bool is_post = kind == INCMAP_PLACE_BORDER_POST;
    incmap__facts facts;

    if (!search->choice.any || search->choice.said_count || is_post) {
        if (!incmap__choice_lets_place_through(&search->choice, c->place, &facts)) return false;
    }
    if (is_post && !lets_side_through(search, c, &facts)) return false;
    if (search->choice.said_count) look_at_hromada(search, c);
    if (reason == INCMAP_REASON_NAME && incmap__listing_alternate(listing))
        reason = is_post ? reason_of_alternate(search, c, facts.post) : INCMAP_REASON_ALTERNATE;
    if (reason >= INCMAP_REASON_SPELLING && incmap__listing_is_code(listing)) return false;
    /* A listed name is what it is, whatever words are in it. */
    if (reason != INCMAP_REASON_NAME && reason != INCMAP_REASON_ALTERNATE)
        look_at_kind(search, kind, c);
    /* "3 km from Ukraine" is not up to 3 km off its middle. */
    if (search->about_m > 0 && kind == INCMAP_PLACE_COUNTRY) c->judged = c->offered = true;
    c->reason = (unsigned char)reason;
    if (c->score > search->best) search->best = c->score;
    if (may_be_smaller_area(search, kind)) c->score -= SMALLER_AREA_OFF;
    if (!search->choice.any) look_at_distance(search, &facts, c);
    return true;
}

void incmap__candidates_offer(incmap__name_search *search, incmap__listing listing,
                              const incmap__offer *offer)
{
    const uint32_t listed = listing.place + (uint32_t)search->first;
    const uint32_t place = (uint32_t)incmap__join_upper(search->choice.g, listed);
    const unsigned kind =
        place == listed ? incmap__listing_kind(listing) : kind_on_top(search->choice.g, place);
    incmap__candidate *c = draft(search);
    uint32_t *slot;

    if (!c || (search->only_kinds && !(search->only_kinds & INCMAP_PLACE_BIT(kind)))) return;
    *c = (incmap__candidate){ .place = place,
                              .listed = listed,
                              .name = incmap__listing_name(listing),
                              .score = (float)offer->score,
                              .near_m = NAN,
                              .edits = (unsigned char)offer->edits,
                              .judged = offer->judged,
                              .near_place = UINT32_MAX };
    slot = slot_of(search, place);
    /* What follows only takes off from the score. */
    if (*slot && !is_better(c, &search->items[*slot - 1])) return;
    if (weigh(search, listing, kind, offer->reason, c)) keep_draft(search, slot);
}

/* ---- rank ------------------------------------------------------------------------------------- */

static int by_score(const void *a, const void *b)
{
    const incmap__candidate *x = a, *y = b;

    if (x->score != y->score) return x->score > y->score ? -1 : 1;
    return (x->place > y->place) - (x->place < y->place);
}

/* Few candidates, mostly in order already, are what there is nearly always. */
static void sort(incmap__candidate items[], size_t n)
{
    size_t ordered = 1;

    while (ordered < n && by_score(&items[ordered - 1], &items[ordered]) < 0)
        ordered++;
    if (ordered >= n) return;
    if (n > 32) {
        qsort(items, n, sizeof *items, by_score);
        return;
    }
    for (size_t i = ordered; i < n; i++) {
        const incmap__candidate item = items[i];
        size_t at = i;
        for (; at > 0 && by_score(&items[at - 1], &item) > 0; at--)
            items[at] = items[at - 1];
        items[at] = item;
    }
}

static double population_of(const incmap__name_search *search, const incmap__candidate *c)
{
    const size_t below = incmap__join_lower(search->choice.g, c->place);
    incmap__facts facts;
    incmap__gazetteer_facts(search->choice.g, c->place, &facts);
    if (facts.population <= 0 && below != c->place)
        incmap__gazetteer_facts(search->choice.g, below, &facts);
    return facts.population > 0 ? (double)facts.population : 1;
}

/* Of those as good as the first, the one with ten times the people of the next stays where it is, and
 * all others fall behind it. */
static void prefer_populous(incmap__name_search *search)
{
    size_t equals = 0, largest = 0;
    double most = 0, next = 0;

    for (; equals < search->count &&
           search->items[equals].score >= search->items[0].score - INCMAP_SCORE_TIE;
         equals++) {
        const double people = population_of(search, &search->items[equals]);
        if (people > most) {
            next = most;
            most = people;
            largest = equals;
        } else if (people > next) {
            next = people;
        }
    }
    if (equals < 2 || most < 10 * next) return;
    search->items[largest].populous = true;
    for (size_t i = 0; i < search->count; i++)
        if (i != largest) search->items[i].score -= POPULOUS_OFF + (i < equals ? 0.05F : 0);
    sort(search->items, search->count);
}

void incmap__candidates_rank(incmap__name_search *search)
{
    const incmap_find_options *options = search->choice.options;

    sort(search->items, search->count);
    if (options && options->populous) prefer_populous(search);
}
