/* SPDX-License-Identifier: MIT */
/* Names out of one text, resolved together: a candidate is likelier when some candidate of another
 * name lies near it. */
#include "places/find.h"

#include <math.h>
#include <string.h>

#include "places/place.h"

#define FAR_OFF 0.15
#define NEAR_M 50e3
/* Candidates so far below the best of their name are nobody's neighbours. */
#define PLAUSIBLE 0.15F
enum { NEIGHBOURS_MOST = 64, ROUNDS = 2 };

/* A candidate that may be somebody's neighbour. */
struct neighbour {
    incmap__ecef at;
    double reach_m; /* what counts as near it: wider around the one point of an area */
    double weight;  /* how likely it is itself */
    double support; /* of the others for it, found in the last round */
    bool mute; /* it says nothing for others: a post that bears a name of which a place is nearer */
    uint32_t place;
    uint32_t near_place;
};

struct name {
    incmap__name_search search;
    struct neighbour *neighbours; /* of the first candidates, in their order */
    size_t count;
};

static double chord(incmap__ecef a, incmap__ecef b)
{
    const double x = a.x - b.x, y = a.y - b.y, z = a.z - b.z;
    return sqrt(x * x + y * y + z * z);
}

static void fill_neighbours(struct name *name, const incmap_gazetteer *g, double near_m)
{
    const incmap__name_search *search = &name->search;
    const size_t n = search->count < NEIGHBOURS_MOST ? search->count : NEIGHBOURS_MOST;

    for (size_t i = 0; i < n; i++) {
        const incmap__candidate *c = &search->items[i];
        struct neighbour *to = &name->neighbours[i];
        incmap__facts facts;
        incmap__gazetteer_facts(g, c->place, &facts);
        to->place = c->place;
        to->support = 0;
        to->near_place = UINT32_MAX;
        to->weight = 0;
        /* Who writes Kozinka names the village, and not the post between it and another. */
        to->mute = c->reason == INCMAP_REASON_POST_SIDE && c->score < search->items[0].score;
        if (!facts.located) continue;
        to->at = incmap__ecef_from_coord(facts.at);
        to->reach_m = near_m + incmap__place_kind_bound(facts.kind);
        /* What is only offered, for want of anything near, tells nothing of where the others lie. */
        if (!c->offered && c->score >= search->items[0].score - PLAUSIBLE)
            to->weight = (double)c->score;
    }
    name->count = n;
}

/* What one other name says for a place: the most that any of its candidates does. */
static double say_for(const struct name *other, const struct neighbour *c, uint32_t *who)
{
    double most = 0;

    for (size_t i = 0; i < other->count; i++) {
        const struct neighbour *n = &other->neighbours[i];
        const double reach = n->reach_m > c->reach_m ? n->reach_m : c->reach_m;
        double says;
        if (n->weight == 0 || n->mute || n->place == c->place) continue;
        says = n->weight * exp(-chord(n->at, c->at) / reach);
        if (says <= most) continue;
        most = says;
        *who = n->place;
    }
    return most;
}

/* Named twice, in whatever spelling: a name says nothing for itself. */
static bool is_same_name(const struct name *a, const struct name *b)
{
    const incmap__sound *one = &a->search.sound, *other = &b->search.sound;

    return one->root_length == other->root_length &&
           memcmp(one->root, other->root, one->root_length) == 0;
}

/* One near neighbour is enough, more make it surer: 1 - (1 - a)(1 - b)... */
static void support_all(struct name names[], size_t n, size_t i)
{
    for (size_t k = 0; k < names[i].count; k++) {
        struct neighbour *c = &names[i].neighbours[k];
        double doubt = 1, most = 0;
        if (c->weight == 0) continue;
        for (size_t j = 0; j < n; j++) {
            uint32_t who = UINT32_MAX;
            const double says =
                is_same_name(&names[i], &names[j]) ? 0 : say_for(&names[j], c, &who);
            doubt *= 1 - says;
            if (says <= most) continue;
            most = says;
            c->near_place = who;
        }
        c->support = 1 - doubt;
    }
}

/* What has support counts for more as a neighbour in the next round. */
static void weigh_again(struct name *name)
{
    double best = 0;

    for (size_t k = 0; k < name->count; k++)
        best = fmax(best, name->neighbours[k].support);
    for (size_t k = 0; best > 0 && k < name->count; k++)
        name->neighbours[k].weight *= 0.2 + 0.8 * name->neighbours[k].support / best;
}

static double place_apart(const incmap_gazetteer *g, uint32_t a, uint32_t b)
{
    incmap__facts one, other;
    double distance_m;

    incmap__gazetteer_facts(g, a, &one);
    incmap__gazetteer_facts(g, b, &other);
    incmap__geodesic_inverse(one.at, other.at, &distance_m, NULL, NULL);
    return distance_m;
}

static void take_off(struct name *name, const incmap_gazetteer *g)
{
    double best = 0;

    for (size_t k = 0; k < name->count; k++)
        best = fmax(best, name->neighbours[k].support);
    for (size_t k = 0; k < name->search.count; k++) {
        incmap__candidate *c = &name->search.items[k];
        const struct neighbour *n = k < name->count ? &name->neighbours[k] : NULL;
        c->score -= (float)(FAR_OFF * (best - (n ? n->support : 0)));
        if (!n || n->near_place == UINT32_MAX) continue;
        c->near_place = n->near_place;
        c->near_m = (float)place_apart(g, c->place, n->near_place);
    }
    incmap__candidates_rank(&name->search);
}

static incmap_status search_all(incmap_ctx *ctx, const incmap_gazetteer *g,
                                const char *const texts[], size_t n,
                                const incmap_find_options *options, struct name names[])
{
    const double near_m = options && options->near_m > 0 ? options->near_m : NEAR_M;
    incmap_status st = INCMAP_OK;

    for (size_t i = 0; !st && i < n; i++) {
        st = incmap__name_search_run(&names[i].search, ctx, g, texts[i], options);
        if (st == INCMAP_EPARSE)
            st = incmap__fail(&ctx->error, st, "name %zu of %zu is not UTF-8 or has no letter",
                              i + 1, n);
        if (st) continue;
        names[i].neighbours =
            incmap__alloc_zeroed(&ctx->allocator, NEIGHBOURS_MOST, sizeof *names[i].neighbours);
        if (!names[i].neighbours) return incmap__fail_memory(&ctx->error);
        fill_neighbours(&names[i], g, near_m);
    }
    return st;
}

static void resolve(const incmap_gazetteer *g, struct name names[], size_t n)
{
    for (int round = 0; round < ROUNDS; round++) {
        for (size_t i = 0; i < n; i++)
            support_all(names, n, i);
        for (size_t i = 0; i < n && round + 1 < ROUNDS; i++)
            weigh_again(&names[i]);
    }
    for (size_t i = 0; i < n; i++)
        take_off(&names[i], g);
}

static size_t count_handed_out(const struct name *name, size_t capacity)
{
    return name->search.count < capacity ? name->search.count : capacity;
}

/* All that can fail is done before the first is written, so that a failure leaves the output alone. */
static incmap_status write_all(incmap_ctx *ctx, struct name names[], size_t n,
                               incmap_match matches[], size_t capacity, size_t counts[])
{
    for (size_t i = 0; i < n; i++)
        if (!incmap__name_search_prepare(&names[i].search, count_handed_out(&names[i], capacity)))
            return incmap__fail_memory(&ctx->error);
    for (size_t i = 0; i < n; i++) {
        for (size_t k = 0; k < count_handed_out(&names[i], capacity); k++)
            matches[i * capacity + k] = incmap__name_search_match(&names[i].search, k);
        counts[i] = names[i].search.count;
    }
    return INCMAP_OK;
}

static bool has_null(const char *const names[], size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (!names[i]) return true;
    return false;
}

incmap_status incmap_gazetteer_find_together(incmap_ctx *ctx, const incmap_gazetteer *g,
                                             const char *const names[], size_t n,
                                             const incmap_find_options *options,
                                             incmap_match matches[], size_t capacity,
                                             size_t counts[])
{
    struct name *all = NULL;
    incmap_status st;

    if (!ctx || !g || !names || !matches || !capacity || !counts || has_null(names, n))
        return incmap__fail(ctx ? &ctx->error : NULL, INCMAP_EARG, "find places together: NULL");
    if (n == 0) return INCMAP_OK;
    all = incmap__alloc_zeroed(&ctx->allocator, n, sizeof *all);
    if (!all) return incmap__fail_memory(&ctx->error);
    for (size_t i = 0; i < n; i++)
        incmap__name_search_init(&all[i].search, ctx, g);
    st = search_all(ctx, g, names, n, options, all);
    if (!st) {
        resolve(g, all, n);
        st = write_all(ctx, all, n, matches, capacity, counts);
    }
    for (size_t i = 0; i < n; i++) {
        incmap__name_search_free(&all[i].search);
        incmap__free(&ctx->allocator, all[i].neighbours);
    }
    incmap__free(&ctx->allocator, all);
    return st;
}
