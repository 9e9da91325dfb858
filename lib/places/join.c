/* SPDX-License-Identifier: MIT */
/* Joining layers. Places of all layers but the largest are sorted by latitude, each place looks among
 * them for those near by, and only of these few are names compared. */
#include "places/join.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "geodesy/ellipsoid.h"
#include "places/fold.h"
#include "places/kind_words.h"
#include "places/sound.h"

/* How far apart the points of one place may be. Settlements: 1,844 m is the most between two sources of the
 * default data (incmap/place.h). Areas have one point, drawn by each source in its own way: 43 km apart for
 * Crimea, 45 km for Ukraine. */
#define SITE_M 2000.0
#define DISTRICT_M 10e3
#define REGION_M 50e3
#define COUNTRY_M 100e3

/* What tells homonyms side by side apart. Of the default places and GeoNames' dump of Ukraine the populations of
 * one settlement differ by 2.4 times at most, and the roots of its district's names have four letters in common, or
 * the whole of one. */
enum { PEOPLE_APART = 10, AREA_SAME = 4 };

/* ---- the rule --------------------------------------------------------------------------------- */

static unsigned class_of(incmap_place_kind kind)
{
    return INCMAP_PLACE_BIT(kind) & INCMAP_PLACE_SETTLEMENTS ? INCMAP_PLACE_SETTLEMENTS
                                                             : INCMAP_PLACE_BIT(kind);
}

static double reach_of(incmap_place_kind kind)
{
    switch (kind) {
    case INCMAP_PLACE_COUNTRY:
    case INCMAP_PLACE_HISTORICAL_COUNTRY: return COUNTRY_M;
    case INCMAP_PLACE_REGION: return REGION_M;
    case INCMAP_PLACE_DISTRICT: return DISTRICT_M;
    default: return SITE_M;
    }
}

/* Dumps lie below whatever else there is, the postal one lowest: its points are post offices'. */
static unsigned rank_of(const char *key)
{
    if (strncmp(key, "postal:", 7) == 0) return 0;
    return strncmp(key, "geonames:", 9) == 0 ? 1 : 2;
}

/* Keys of a place's names, one behind the other with a zero between them. */
struct keys {
    char *bytes;
    size_t used, room;
};

struct joining {
    const incmap_gazetteer *g;
    incmap_error *err;
    incmap__folder folder;
    struct keys keys;
    size_t keys_of; /* place whose keys those are */
    struct near_place {
        double lat;
        uint32_t place;
    } * some; /* not of the largest layer, by latitude */
    size_t some_count;
    incmap__join *pairs;
    size_t pair_count, pair_room;
};

static incmap_status fold_names(struct joining *j, const incmap_place *place, size_t number)
{
    struct keys *keys = &j->keys;
    incmap_status st = INCMAP_OK;

    if (j->keys_of == number) return INCMAP_OK;
    keys->used = 0;
    j->keys_of = SIZE_MAX;
    for (size_t i = 0; !st && i < place->name_count; i++) {
        const char *text = place->names[i].text;
        st = incmap__fold(&j->folder, text, strlen(text), j->err);
        if (st || !j->folder.has_word) continue;
        st = incmap__grow(&j->g->allocator, &keys->bytes, &keys->room,
                          keys->used + j->folder.length + 1, 1, j->err);
        if (st) continue;
        memcpy(keys->bytes + keys->used, j->folder.key, j->folder.length);
        keys->used += j->folder.length;
        keys->bytes[keys->used++] = '\0';
    }
    if (!st) j->keys_of = number;
    return st;
}

static bool has_key(const struct keys *keys, const char *key, size_t length)
{
    for (size_t at = 0; at < keys->used; at += strlen(keys->bytes + at) + 1)
        if (strlen(keys->bytes + at) == length && memcmp(keys->bytes + at, key, length) == 0)
            return true;
    return false;
}

/* The names of the first are in j->keys. */
static incmap_status share_name(struct joining *j, const incmap_place *place, bool *shared)
{
    incmap_status st = INCMAP_OK;

    *shared = false;
    for (size_t i = 0; !st && !*shared && i < place->name_count; i++) {
        const char *text = place->names[i].text;
        st = incmap__fold(&j->folder, text, strlen(text), j->err);
        if (!st && j->folder.has_word) *shared = has_key(&j->keys, j->folder.key, j->folder.length);
    }
    return st;
}

/* "GeoNames 703656 (cities500 ...)" of a place's source, and the key geonames:703656. */
static bool is_from(const incmap_place *place, const incmap_place *dumped)
{
    const char *number, *id = dumped->key + 9;
    const size_t length = rank_of(dumped->key) == 1 ? strlen(id) : 0;

    if (!length || strncmp(place->coord_source, "GeoNames ", 9) != 0) return false;
    number = place->coord_source + 9;
    return strncmp(number, id, length) == 0 &&
           !strchr("0123456789", number[length] ? number[length] : ' ');
}

/* Sumy Raion and the community of Sumy are two districts. */
static incmap_status level_of(struct joining *j, const incmap_place *place,
                              incmap__area_level *level)
{
    const char *text = place->names[0].text;
    incmap__words words = { .level = INCMAP__LEVEL_NONE };
    const incmap_status st = incmap__fold(&j->folder, text, strlen(text), j->err);

    if (!st) (void)incmap__words_cut(&words, j->folder.key, j->folder.length);
    *level = words.level;
    return st;
}

static incmap_status are_of_one_level(struct joining *j, const incmap_place *a,
                                      const incmap_place *b, bool *same)
{
    incmap__area_level one = INCMAP__LEVEL_NONE, other = INCMAP__LEVEL_NONE;
    incmap_status st = INCMAP_OK;

    if (a->kind == INCMAP_PLACE_DISTRICT) {
        st = level_of(j, a, &one);
        if (!st) st = level_of(j, b, &other);
    }
    *same = !one || !other || one == other;
    return st;
}

/* ---- two places after all --------------------------------------------------------------------- */

/* Kinds differ from source to source by how many people make a town; a city that is a village elsewhere is
 * another place. GeoNames' settlements may be either. */
static bool differ_in_kind(incmap_place_kind a, incmap_place_kind b)
{
    const unsigned large =
        INCMAP_PLACE_BIT(INCMAP_PLACE_CITY) | INCMAP_PLACE_BIT(INCMAP_PLACE_TOWN);
    const unsigned small = INCMAP_PLACE_BIT(INCMAP_PLACE_VILLAGE);
    const unsigned one = INCMAP_PLACE_BIT(a), other = INCMAP_PLACE_BIT(b);

    return ((one & large) && (other & small)) || ((one & small) && (other & large));
}

static bool differ_in_people(int64_t a, int64_t b)
{
    return a > 0 && b > 0 && (a / PEOPLE_APART >= b || b / PEOPLE_APART >= a);
}

/* Okhtyrka Raion and Okhtyrskiy Rayon are one: the beginning is what sources agree on. Codes say nothing beside
 * names. */
static incmap_status differ_in_area(struct joining *j, const char *a, const char *b, bool *differ)
{
    incmap__sound one, other;
    incmap_status st = INCMAP_OK;
    size_t same = 0;
    bool heard = a[0] && b[0] && !strpbrk(a, "0123456789") && !strpbrk(b, "0123456789");

    *differ = false;
    if (heard) st = incmap__fold(&j->folder, a, strlen(a), j->err);
    if (heard && !st) heard = incmap__sound_of(&one, j->folder.key, j->folder.length, 0);
    if (heard && !st) st = incmap__fold(&j->folder, b, strlen(b), j->err);
    if (heard && !st) heard = incmap__sound_of(&other, j->folder.key, j->folder.length, 0);
    if (st || !heard) return st;
    while (same < one.root_length && same < other.root_length && one.root[same] == other.root[same])
        same++;
    *differ = same < AREA_SAME && same < one.root_length && same < other.root_length;
    return INCMAP_OK;
}

/* One thing alone may be a source's fault, its age, or what a war has made of a town: two are not. */
static incmap_status are_two(struct joining *j, const incmap__facts *a, const incmap__facts *b,
                             bool *two)
{
    bool region = false, district = false;
    incmap_status st = differ_in_area(j, a->admin1, b->admin1, &region);

    if (!st) st = differ_in_area(j, a->admin2, b->admin2, &district);
    *two = region + district + differ_in_kind(a->kind, b->kind) +
               differ_in_people(a->population, b->population) >=
           2;
    return st;
}

/* The distance of two places that are one; NaN when they are not. A number that names the other decides
 * before any that is nearer. */
static incmap_status compare(struct joining *j, size_t a, size_t b, double *apart_m)
{
    incmap__facts one, other;
    double distance_m;
    bool same, two;
    incmap_status st;

    *apart_m = NAN;
    incmap__gazetteer_facts(j->g, a, &one);
    incmap__gazetteer_facts(j->g, b, &other);
    if (class_of(one.kind) != class_of(other.kind)) return INCMAP_OK;
    if (one.country[0] && other.country[0] && strcmp(one.country, other.country) != 0)
        return INCMAP_OK;
    incmap__geodesic_inverse(one.at, other.at, &distance_m, NULL, NULL);
    if (distance_m > reach_of(one.kind)) return INCMAP_OK;
    const incmap_place *first = incmap_gazetteer_get(j->g, a),
                       *second = incmap_gazetteer_get(j->g, b);
    if (!first || !second) return incmap__fail_memory(j->err);
    if (is_from(first, second) || is_from(second, first)) {
        *apart_m = -1;
        return INCMAP_OK;
    }
    st = are_of_one_level(j, first, second, &same);
    if (st || !same) return st;
    if (INCMAP_PLACE_BIT(one.kind) & INCMAP_PLACE_SETTLEMENTS) {
        st = are_two(j, &one, &other, &two);
        if (st || two) return st;
    }
    st = fold_names(j, first, a);
    if (!st) st = share_name(j, second, &same);
    if (!st && same) *apart_m = distance_m;
    return st;
}

/* ---- pairs ------------------------------------------------------------------------------------ */

static bool is_above(const incmap_gazetteer *g, size_t a, size_t b)
{
    const unsigned one = rank_of(incmap__gazetteer_key(g, a));
    const unsigned other = rank_of(incmap__gazetteer_key(g, b));

    if (one != other) return one > other;
    return incmap__gazetteer_layer(g, a) > incmap__gazetteer_layer(g, b);
}

static incmap_status look_at(struct joining *j, size_t a, size_t b)
{
    double apart_m;
    incmap_status st = compare(j, a, b, &apart_m);

    if (st || isnan(apart_m)) return st;
    st = incmap__grow(&j->g->allocator, &j->pairs, &j->pair_room, j->pair_count + 1,
                      sizeof *j->pairs, j->err);
    if (st) return st;
    if (is_above(j->g, a, b))
        j->pairs[j->pair_count++] = (incmap__join){ (uint32_t)b, (uint32_t)a, apart_m };
    else
        j->pairs[j->pair_count++] = (incmap__join){ (uint32_t)a, (uint32_t)b, apart_m };
    return INCMAP_OK;
}

static size_t first_north_of(const struct joining *j, double lat)
{
    size_t low = 0, high = j->some_count;

    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (j->some[middle].lat < lat)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* A degree of latitude is 110.5 km at least; of longitude it is so much less that only latitude tells
 * anything apart before the distance is measured. */
static incmap_status look_around(struct joining *j, size_t place, bool is_one_of_some)
{
    incmap__facts facts;
    incmap_status st = INCMAP_OK;

    incmap__gazetteer_facts(j->g, place, &facts);
    if (!facts.located) return INCMAP_OK;
    const double north = reach_of(facts.kind) / 110e3;
    for (size_t i = first_north_of(j, facts.at.lat - north);
         !st && i < j->some_count && j->some[i].lat <= facts.at.lat + north; i++) {
        const size_t other = j->some[i].place;
        /* Two of them meet once. */
        if (is_one_of_some && other <= place) continue;
        if (incmap__gazetteer_layer(j->g, place) == incmap__gazetteer_layer(j->g, other)) continue;
        st = look_at(j, place, other);
    }
    return st;
}

static int by_latitude(const void *a, const void *b)
{
    const struct near_place *x = a, *y = b;

    if (x->lat != y->lat) return x->lat < y->lat ? -1 : 1;
    return (x->place > y->place) - (x->place < y->place);
}

static incmap_status gather_some(struct joining *j, unsigned largest)
{
    const size_t n = incmap_gazetteer_count(j->g);
    size_t room = 0;

    for (size_t i = 0; i < n; i++) {
        incmap__facts facts;
        if (incmap__gazetteer_layer(j->g, i) == largest) continue;
        incmap__gazetteer_facts(j->g, i, &facts);
        if (!facts.located) continue;
        const incmap_status st = incmap__grow(&j->g->allocator, &j->some, &room, j->some_count + 1,
                                              sizeof *j->some, j->err);
        if (st) return st;
        j->some[j->some_count++] = (struct near_place){ facts.at.lat, (uint32_t)i };
    }
    if (j->some_count) qsort(j->some, j->some_count, sizeof *j->some, by_latitude);
    return INCMAP_OK;
}

/* Largest layer; *several tells whether there is another that has places. */
static unsigned find_largest(const incmap_gazetteer *g, bool *several)
{
    const size_t n = incmap_gazetteer_count(g);
    size_t most = 0;
    unsigned largest = 0;

    for (size_t i = 0; i < n;) {
        const unsigned layer = incmap__gazetteer_layer(g, i);
        size_t end = i + 1;
        while (end < n && incmap__gazetteer_layer(g, end) == layer)
            end++;
        if (end - i > most) largest = layer;
        if (end - i > most) most = end - i;
        i = end;
    }
    *several = most < n;
    return largest;
}

/* ---- which of them ---------------------------------------------------------------------------- */

static int order(uint32_t a, uint32_t b)
{
    return (a > b) - (a < b);
}

/* The nearest first of those that one place may stand for. */
static int by_upper(const void *a, const void *b)
{
    const incmap__join *x = a, *y = b;

    if (x->upper != y->upper) return order(x->upper, y->upper);
    if (x->apart_m != y->apart_m) return x->apart_m < y->apart_m ? -1 : 1;
    return order(x->lower, y->lower);
}

static int by_lower(const void *a, const void *b)
{
    const incmap__join *x = a, *y = b;

    if (x->lower != y->lower) return order(x->lower, y->lower);
    if (x->apart_m != y->apart_m) return x->apart_m < y->apart_m ? -1 : 1;
    return order(x->upper, y->upper);
}

/* Of a layer below a place stands for the nearest alone: two of the same name near it are two places. */
static void keep_nearest(struct joining *j)
{
    size_t kept = 0;

    if (j->pair_count) qsort(j->pairs, j->pair_count, sizeof *j->pairs, by_upper);
    for (size_t i = 0; i < j->pair_count; i++) {
        bool again = false;
        for (size_t k = kept; k-- > 0 && j->pairs[k].upper == j->pairs[i].upper;)
            again = again || incmap__gazetteer_layer(j->g, j->pairs[k].lower) ==
                                 incmap__gazetteer_layer(j->g, j->pairs[i].lower);
        if (!again) j->pairs[kept++] = j->pairs[i];
    }
    j->pair_count = kept;
}

/* Of several on top of one the topmost, and of a layer the nearest. */
static void keep_topmost(struct joining *j)
{
    size_t kept = 0;

    if (j->pair_count) qsort(j->pairs, j->pair_count, sizeof *j->pairs, by_lower);
    for (size_t i = 0; i < j->pair_count; i++) {
        incmap__join *last = kept ? &j->pairs[kept - 1] : NULL;
        if (!last || last->lower != j->pairs[i].lower)
            j->pairs[kept++] = j->pairs[i];
        else if (is_above(j->g, j->pairs[i].upper, last->upper))
            *last = j->pairs[i];
    }
    j->pair_count = kept;
}

static size_t look_up(const incmap__join pairs[], size_t count, size_t place, bool lower)
{
    size_t low = 0, high = count;

    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if ((lower ? pairs[middle].lower : pairs[middle].upper) < place)
            low = middle + 1;
        else
            high = middle;
    }
    return low < count && (lower ? pairs[low].lower : pairs[low].upper) == place ? low : count;
}

/* Where the one on top lies below a third, that one stands for both. Each step goes up, so that it ends. */
static void follow(struct joining *j)
{
    for (size_t i = 0; i < j->pair_count; i++) {
        size_t next;
        while ((next = look_up(j->pairs, j->pair_count, j->pairs[i].upper, true)) < j->pair_count)
            j->pairs[i].upper = j->pairs[next].upper;
    }
}

static incmap_status join(struct joining *j, unsigned largest)
{
    const size_t n = incmap_gazetteer_count(j->g);
    incmap_status st = gather_some(j, largest);

    for (size_t i = 0; !st && i < n; i++)
        st = look_around(j, i, incmap__gazetteer_layer(j->g, i) != largest);
    if (st) return st;
    keep_nearest(j);
    keep_topmost(j);
    follow(j);
    return INCMAP_OK;
}

static void mark(uint64_t bits[], size_t place)
{
    bits[place / 64] |= UINT64_C(1) << place % 64;
}

/* Both orders in one block, and the places that are in them. */
static incmap_status take(incmap_gazetteer *g, const incmap__join pairs[], size_t n,
                          incmap_error *err)
{
    const size_t words = incmap_gazetteer_count(g) / 64 + 1;
    incmap__join *both = n ? incmap__alloc(&g->allocator, 2 * n, sizeof *both) : NULL;
    uint64_t *bits = n ? incmap__alloc_zeroed(&g->allocator, words, sizeof *bits) : NULL;

    if (n && (!both || !bits)) {
        incmap__free(&g->allocator, both);
        incmap__free(&g->allocator, bits);
        return incmap__fail_memory(err);
    }
    if (n) {
        memcpy(both, pairs, n * sizeof *both);
        memcpy(both + n, pairs, n * sizeof *both);
        qsort(both + n, n, sizeof *both, by_upper);
    }
    for (size_t i = 0; i < n; i++) {
        mark(bits, both[i].lower);
        mark(bits, both[i].upper);
    }
    incmap__free(&g->allocator, g->joins);
    incmap__free(&g->allocator, g->join_bits);
    g->joins = both;
    g->join_bits = bits;
    g->join_count = n;
    return INCMAP_OK;
}

static incmap_status join_all(incmap_gazetteer *g, incmap_error *err)
{
    struct joining j = { .g = g, .err = err, .keys_of = SIZE_MAX };
    bool several;
    const unsigned largest = find_largest(g, &several);
    incmap_status st = INCMAP_OK;

    incmap__folder_init(&j.folder, &g->allocator);
    if (several) st = join(&j, largest);
    if (!st) st = take(g, j.pairs, j.pair_count, err);
    incmap__folder_free(&j.folder);
    incmap__free(&g->allocator, j.keys.bytes);
    incmap__free(&g->allocator, j.some);
    incmap__free(&g->allocator, j.pairs);
    return st;
}

/* ---- doors ------------------------------------------------------------------------------------ */

incmap_status incmap__join_ready(const incmap_gazetteer *g, incmap_error *err)
{
    incmap_gazetteer *own = (incmap_gazetteer *)g;
    const size_t count = incmap_gazetteer_count(g);
    incmap_status st = INCMAP_OK;

    if (atomic_load(&g->joined) == count) return INCMAP_OK;
    (void)pthread_mutex_lock(&own->join_lock);
    if (atomic_load(&g->joined) != count) {
        st = join_all(own, err);
        if (!st) atomic_store(&own->joined, count);
    }
    (void)pthread_mutex_unlock(&own->join_lock);
    return st;
}

incmap_status incmap__join_take_saved(incmap_gazetteer *g, incmap_error *err)
{
    const incmap_status st = take(g, g->saved.joins, g->saved.join_count, err);

    if (!st) atomic_store(&g->joined, g->saved.count);
    return st;
}

static bool is_joined(const incmap_gazetteer *g, size_t place)
{
    return g->join_count && (g->join_bits[place / 64] >> place % 64 & 1);
}

size_t incmap__join_upper(const incmap_gazetteer *g, size_t place)
{
    const size_t n = g->join_count;
    const size_t i = is_joined(g, place) ? look_up(g->joins, n, place, true) : n;
    return i < n ? g->joins[i].upper : place;
}

size_t incmap__join_lower(const incmap_gazetteer *g, size_t place)
{
    const size_t n = g->join_count; /* those by upper places lie behind those by lower ones */
    const size_t i = is_joined(g, place) ? look_up(g->joins + n, n, place, false) : n;
    return i < n ? g->joins[n + i].lower : place;
}
