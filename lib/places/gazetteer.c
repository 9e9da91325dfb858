/* SPDX-License-Identifier: MIT */
/* Building a gazetteer: places copied into pools, and indexed by key, by the keys of their names,
 * and by position. */
#include "places/gazetteer.h"

#include <math.h>
#include <string.h>

#include "base/text.h"
#include "places/place.h"

incmap_status incmap_gazetteer_new(incmap_ctx *ctx, incmap_gazetteer **out)
{
    incmap_gazetteer *g;

    if (!ctx || !out) return incmap__fail(ctx ? &ctx->error : NULL, INCMAP_EARG, "gazetteer: NULL");
    g = incmap__alloc_zeroed(&ctx->allocator, 1, sizeof *g);
    if (!g) return incmap__fail_memory(&ctx->error);
    g->allocator = ctx->allocator;
    if (pthread_mutex_init(&g->lock, NULL)) {
        incmap__free(&ctx->allocator, g);
        return incmap__fail_memory(&ctx->error);
    }
    if (pthread_mutex_init(&g->join_lock, NULL)) {
        (void)pthread_mutex_destroy(&g->lock);
        incmap__free(&ctx->allocator, g);
        return incmap__fail_memory(&ctx->error);
    }
    atomic_init(&g->indexed, 0);
    atomic_init(&g->joined, 0);
    incmap__arena_init(&g->saved.made, &g->allocator);
    *out = g;
    return INCMAP_OK;
}

void incmap_gazetteer_free(incmap_gazetteer *g)
{
    if (g) {
        const incmap_allocator a = g->allocator;
        for (size_t i = 0; i < g->pool_count; i++)
            incmap__pool_free(&g->pools[i]);
        incmap__free(&a, g->pools);
        incmap__free(&a, g->places);
        incmap__free(&a, g->points);
        incmap__index_free(&g->keys, &a);
        for (size_t i = 0; i < g->layers.count; i++)
            incmap__name_index_free(&g->layers.items[i].names, &a);
        incmap__saved_close(&g->saved);
        incmap__free(&a, (void *)g->saved_places);
        incmap__free(&a, g->runs);
        incmap__free(&a, g->joins);
        incmap__free(&a, g->join_bits);
        (void)pthread_mutex_destroy(&g->lock);
        (void)pthread_mutex_destroy(&g->join_lock);
        incmap__free(&a, g);
    }
}

static incmap_status add_pool(incmap_gazetteer *g, incmap_error *err)
{
    const incmap_status st = incmap__grow(&g->allocator, &g->pools, &g->pool_room,
                                          g->pool_count + 1, sizeof *g->pools, err);
    if (!st) incmap__pool_init(&g->pools[g->pool_count++], &g->allocator);
    return st;
}

static incmap_status add_run(incmap_gazetteer *g, bool file, incmap_error *err)
{
    const incmap_status st =
        incmap__grow(&g->allocator, &g->runs, &g->run_room, g->run_count + 1, sizeof *g->runs, err);
    if (!st) g->runs[g->run_count++] = (incmap__layer_run){ g->keys.count, file };
    return st;
}

incmap_status incmap__gazetteer_begin(incmap_gazetteer *g, incmap__gazetteer_mark *mark,
                                      incmap_error *err)
{
    incmap_status st;

    *mark = (incmap__gazetteer_mark){ g->keys.count, g->pool_count, g->run_count };
    st = add_run(g, true, err);
    if (!st) st = add_pool(g, err);
    if (st) g->run_count = mark->runs;
    return st;
}

void incmap__gazetteer_rollback(incmap_gazetteer *g, const incmap__gazetteer_mark *mark)
{
    incmap__index_truncate(&g->keys, mark->places);
    g->run_count = mark->runs;
    /* What was joined may be gone. */
    atomic_store(&g->joined, SIZE_MAX);
    while (g->pool_count > mark->pools)
        incmap__pool_free(&g->pools[--g->pool_count]);
}

/* Copying remembers what failed, so that a record reads as one. */
struct copier {
    incmap__pool *pool;
    bool failed;  /* there was no memory */
    bool garbled; /* a text is not UTF-8, which would go on into every layer */
};

static size_t length_of(struct copier *copier, const char *text)
{
    const size_t length = text ? strlen(text) : 0;
    if (length && incmap__utf8_check(text, length) < length) copier->garbled = true;
    return length;
}

static const char *copy_text(struct copier *copier, const char *text)
{
    const char *copy = incmap__pool_text(copier->pool, text, length_of(copier, text));
    if (!copy) copier->failed = true;
    return copy;
}

/* For texts that seldom come twice, which would only fill the pool's index. */
static const char *copy_once(struct copier *copier, const char *text)
{
    const size_t length = length_of(copier, text);
    const char *copy = "";

    if (length) copy = incmap__arena_text(&copier->pool->arena, text, length);
    if (!copy) copier->failed = true;
    return copy;
}

static void *copy_block(struct copier *copier, size_t count, size_t size)
{
    void *block = incmap__arena_alloc(&copier->pool->arena, count, size);
    if (!block) copier->failed = true;
    return block;
}

static const incmap_place_name *copy_names(struct copier *copier, const incmap_place *place)
{
    incmap_place_name *names = copy_block(copier, place->name_count, sizeof *names);

    for (size_t i = 0; names && i < place->name_count; i++) {
        names[i].text = copy_once(copier, place->names[i].text);
        names[i].language = copy_text(copier, place->names[i].language);
        names[i].alternate = place->names[i].alternate;
    }
    return names;
}

static incmap_post_side copy_side(struct copier *copier, const incmap_post_side *side)
{
    return (incmap_post_side){
        .country = copy_text(copier, side->country),
        .name_en = copy_text(copier, side->name_en),
        .name_native = copy_text(copier, side->name_native),
        .admin1 = copy_text(copier, side->admin1),
        .place_key = copy_text(copier, side->place_key),
    };
}

static const incmap_post *copy_post(struct copier *copier, const incmap_post *post)
{
    incmap_post *copy = post ? copy_block(copier, 1, sizeof *copy) : NULL;

    if (!copy) return NULL;
    for (int i = 0; i < 2; i++)
        copy->sides[i] = copy_side(copier, &post->sides[i]);
    copy->modes = copy_text(copier, post->modes);
    copy->category = copy_text(copier, post->category);
    copy->status = copy_text(copier, post->status);
    copy->pair_basis = copy_text(copier, post->pair_basis);
    copy->method = copy_text(copier, post->method);
    copy->on_border = post->on_border;
    copy->source = copy_text(copier, post->source);
    return copy;
}

static incmap_status copy_place(incmap__pool *pool, const incmap_place *place,
                                const incmap_place **out, incmap_error *err)
{
    struct copier copier = { pool, false, false };
    incmap_place *copy = copy_block(&copier, 1, sizeof *copy);

    if (!copy) return incmap__fail_memory(err);
    *copy = *place;
    copy->key = copy_once(&copier, place->key);
    copy->country = copy_text(&copier, place->country);
    copy->admin1 = copy_text(&copier, place->admin1);
    copy->admin2 = copy_text(&copier, place->admin2);
    copy->names = copy_names(&copier, place);
    copy->coord_method = copy_text(&copier, place->coord_method);
    copy->coord_source = copy_text(&copier, place->coord_source);
    copy->extent_source = copy_text(&copier, place->extent_source);
    copy->population_source = copy_text(&copier, place->population_source);
    copy->named_in = copy_text(&copier, place->named_in);
    copy->notes = copy_once(&copier, place->notes);
    copy->post = copy_post(&copier, place->post);
    if (copier.failed) return incmap__fail_memory(err);
    if (copier.garbled)
        return incmap__fail(err, INCMAP_EPARSE, "place %s: one of its texts is not UTF-8",
                            place->key);
    *out = copy;
    return INCMAP_OK;
}

static incmap_status make_room(incmap_gazetteer *g, incmap_error *err)
{
    const size_t needed = g->keys.count + 1;
    incmap_status st = INCMAP_OK;

    if (g->pool_count == 0) st = add_pool(g, err);
    if (!st)
        st =
            incmap__grow(&g->allocator, &g->places, &g->place_room, needed, sizeof *g->places, err);
    if (!st)
        st =
            incmap__grow(&g->allocator, &g->points, &g->point_room, needed, sizeof *g->points, err);
    return st;
}

/* NaN: not known. */
static bool is_radius(double radius_m)
{
    return isnan(radius_m) || (radius_m >= 0 && radius_m <= INCMAP__RADIUS_MOST);
}

static incmap_status check_place(const incmap_gazetteer *g, const incmap_place *place,
                                 incmap_error *err)
{
    if (!place->key || !place->key[0]) return incmap__fail(err, INCMAP_EARG, "a place needs a key");
    if (!place->names || !place->name_count || !place->names[0].text || !place->names[0].text[0])
        return incmap__fail(err, INCMAP_EARG, "place %s needs a name", place->key);
    if ((unsigned)place->kind >= INCMAP__PLACE_KINDS ||
        (place->post && place->kind != INCMAP_PLACE_BORDER_POST))
        return incmap__fail(err, INCMAP_EARG, "place %s: %s", place->key,
                            place->post ? "only a border post has the sides of one"
                                        : "its kind is none of those known");
    if (place->located && !incmap_coord_is_valid(place->at))
        return incmap__fail(
            err, INCMAP_EDOMAIN, "place %s: lat %s, lon %s is no position: degrees, |lat| <= 90",
            place->key, incmap__number(place->at.lat).text, incmap__number(place->at.lon).text);
    if (!is_radius(place->coord_uncertainty_m) || !is_radius(place->extent_radius_m))
        return incmap__fail(err, INCMAP_EDOMAIN,
                            "place %s: a radius of %s m, expected 0 to %s m or NaN", place->key,
                            incmap__number(is_radius(place->coord_uncertainty_m)
                                               ? place->extent_radius_m
                                               : place->coord_uncertainty_m)
                                .text,
                            incmap__number(INCMAP__RADIUS_MOST).text);
    if (incmap_gazetteer_by_key(g, place->key))
        return incmap__fail(err, INCMAP_EEXIST, "place %s is there already", place->key);
    return INCMAP_OK;
}

/* The place becomes visible with its entry among the keys, the last thing that can fail. */
static incmap_status index_place(incmap_gazetteer *g, const incmap_place *place, incmap_error *err)
{
    const size_t number = g->keys.count;

    g->places[number] = place;
    g->points[number] =
        place->located ? incmap__ecef_from_coord(place->at) : (incmap__ecef){ NAN, NAN, NAN };
    return incmap__index_add(&g->keys, &g->allocator, place->key, strlen(place->key), err);
}

incmap_status incmap__gazetteer_add(incmap_gazetteer *g, const incmap_place *place,
                                    incmap_error *err)
{
    const incmap_place *copy = NULL;
    incmap_status st;

    st = check_place(g, place, err);
    if (!st) st = make_room(g, err);
    if (!st) st = copy_place(&g->pools[g->pool_count - 1], place, &copy, err);
    if (!st) st = index_place(g, copy, err);
    return st;
}

incmap_status incmap_gazetteer_add(incmap_ctx *ctx, incmap_gazetteer *g, const incmap_place *place)
{
    if (!ctx || !g || !place)
        return incmap__fail(ctx ? &ctx->error : NULL, INCMAP_EARG, "add place: NULL");
    if (!g->run_count || g->runs[g->run_count - 1].file) {
        const incmap_status st = add_run(g, false, &ctx->error);
        if (st) return st;
    }
    return incmap__gazetteer_add(g, place, &ctx->error);
}

/* ---- names ---- */

/* Places of one layer. */
struct run {
    const incmap_gazetteer *g;
    size_t first;
};

static bool name_of(const void *user, size_t place, size_t i, incmap__listed_name *name)
{
    const struct run *run = user;
    const incmap_place *p = run->g->places[run->first + place];

    if (i >= p->name_count) return false;
    *name = (incmap__listed_name){ p->names[i].text, p->kind, p->names[i].alternate };
    return true;
}

/* Layers that stay: those of places that are still there, as long as each has more than twice as many as
 * come behind it. */
static size_t count_lasting(const incmap_gazetteer *g)
{
    const incmap__name_layers *layers = &g->layers;
    const size_t count = g->keys.count;
    size_t n = 0;

    while (n < layers->count && layers->items[n].end <= count &&
           layers->items[n].end - layers->items[n].first > 2 * (count - layers->items[n].end))
        n++;
    return n;
}

/* The layers that do not last become one, with the places that came. Nothing changes before it is built. */
static incmap_status add_layer(incmap_gazetteer *g, incmap_error *err)
{
    incmap__name_layers *layers = &g->layers;
    const size_t lasting = count_lasting(g);
    const struct run run = { g, lasting ? layers->items[lasting - 1].end : 0 };
    const incmap__name_list list = { g->keys.count - run.first, name_of, &run };
    incmap__name_index made = { 0 };
    const incmap_status st = incmap__name_index_build(&made, &list, &g->allocator, err);

    if (st) return st;
    while (layers->count > lasting)
        incmap__name_index_free(&layers->items[--layers->count].names, &g->allocator);
    layers->items[layers->count].names = made;
    layers->items[layers->count].first = run.first;
    layers->items[layers->count++].end = g->keys.count;
    return INCMAP_OK;
}

/* Whoever holds a const gazetteer may ask it from several threads: what the first of them makes lies
 * behind the lock, and `indexed` tells the others that it is whole. */
static incmap_status index_names(incmap_gazetteer *g, incmap_error *err)
{
    incmap_status st = INCMAP_OK;

    (void)pthread_mutex_lock(&g->lock);
    if (atomic_load(&g->indexed) != g->keys.count) {
        st = add_layer(g, err);
        if (!st) atomic_store(&g->indexed, g->keys.count);
    }
    (void)pthread_mutex_unlock(&g->lock);
    return st;
}

incmap_status incmap__gazetteer_ready(const incmap_gazetteer *g, incmap_error *err)
{
    if (atomic_load(&g->indexed) == g->keys.count) return INCMAP_OK;
    return index_names((incmap_gazetteer *)g, err);
}

/* ---- places ---- */

static void saved_facts(const incmap_gazetteer *g, size_t place, incmap__facts *facts)
{
    const incmap__saved_place *p = &g->saved.places[place];
    const char *t = g->saved.texts;
    const incmap_place *made = p->post ? incmap_gazetteer_get(g, place) : NULL;

    *facts = (incmap__facts){
        .place = place,
        .kind = (incmap_place_kind)p->kind,
        .located = p->located & 1,
        .at = { p->lat, p->lon },
        .population = p->population,
        .country = t + p->country,
        .admin1 = t + p->admin1,
        .admin2 = t + p->admin2,
        .post = made ? made->post : NULL,
    };
}

void incmap__gazetteer_facts(const incmap_gazetteer *g, size_t place, incmap__facts *facts)
{
    const incmap_place *p;

    if (place < g->saved.count) {
        saved_facts(g, place, facts);
        return;
    }
    p = g->places[place - g->saved.count];
    facts->place = place;
    facts->place = place;
    facts->kind = p->kind;
    facts->located = p->located;
    facts->at = p->at;
    facts->population = p->population;
    facts->country = p->country;
    facts->admin1 = p->admin1;
    facts->admin2 = p->admin2;
    facts->post = p->post;
}

double incmap__gazetteer_uncertainty_m(const incmap_gazetteer *g, size_t place)
{
    const incmap__saved_extra *extra;
    incmap_place p;

    if (place >= g->saved.count)
        return incmap_place_uncertainty_m(g->places[place - g->saved.count]);
    extra = &g->saved.extras[g->saved.places[place].extra];
    p.kind = (incmap_place_kind)g->saved.places[place].kind;
    p.coord_uncertainty_m = extra->uncertainty_m;
    p.extent_radius_m = extra->extent_m;
    return incmap_place_uncertainty_m(&p);
}

incmap__name_facts incmap__gazetteer_name(const incmap_gazetteer *g, size_t place, size_t i)
{
    if (place < g->saved.count) {
        const incmap__saved_place *p = &g->saved.places[place];
        /* A file made to mislead may list a name that the place has not. */
        const incmap__saved_name *name =
            &g->saved.names[p->first_name + (i < p->name_count ? i : 0)];
        return (incmap__name_facts){ g->saved.texts + name->text, name->alternate != 0 };
    }
    const incmap_place_name *name = &g->places[place - g->saved.count]->names[i];
    return (incmap__name_facts){ name->text, name->alternate };
}

const char *incmap__gazetteer_key(const incmap_gazetteer *g, size_t place)
{
    if (place < g->saved.count) return g->saved.texts + g->saved.places[place].key;
    return g->places[place - g->saved.count]->key;
}

unsigned incmap__gazetteer_layer(const incmap_gazetteer *g, size_t place)
{
    size_t low = 0, high = g->run_count;

    if (place < g->saved.count) return g->saved.places[place].located >> 1;
    while (high - low > 1) {
        const size_t middle = low + (high - low) / 2;
        if (g->runs[middle].first <= place - g->saved.count)
            low = middle;
        else
            high = middle;
    }
    return g->saved_layers + (unsigned)low;
}

/* Place i of the file if it is made; its own stores are seen with it. */
static const incmap_place *made_place(const incmap_gazetteer *g, size_t i)
{
    return atomic_load_explicit(&g->saved_places[i], memory_order_acquire);
}

/* Under the lock. Made once: who comes second finds it made. */
static const incmap_place *make_place(incmap_gazetteer *g, size_t i)
{
    const incmap_place *place = made_place(g, i);

    if (!place) {
        place = incmap__saved_make(&g->saved, i);
        atomic_store_explicit(&g->saved_places[i], place, memory_order_release);
    }
    return place;
}

static bool is_made(const incmap_gazetteer *g, size_t i)
{
    return i >= g->saved.count || made_place(g, i);
}

bool incmap__gazetteer_make(const incmap_gazetteer *g, const size_t places[], size_t n)
{
    incmap_gazetteer *own = (incmap_gazetteer *)g;
    size_t first = 0;
    bool made = true;

    while (first < n && is_made(g, places[first]))
        first++;
    if (first == n) return true;
    (void)pthread_mutex_lock(&own->lock);
    for (size_t i = first; i < n; i++)
        if (places[i] < g->saved.count && !make_place(own, places[i])) made = false;
    (void)pthread_mutex_unlock(&own->lock);
    return made;
}

size_t incmap_gazetteer_count(const incmap_gazetteer *g)
{
    return g ? g->saved.count + g->keys.count : 0;
}

const incmap_place *incmap_gazetteer_get(const incmap_gazetteer *g, size_t i)
{
    if (!g || i >= incmap_gazetteer_count(g)) return NULL;
    if (i >= g->saved.count) return g->places[i - g->saved.count];
    return incmap__gazetteer_make(g, &i, 1) ? made_place(g, i) : NULL;
}

size_t incmap__gazetteer_number(const incmap_gazetteer *g, const char *key)
{
    uint32_t i;

    if (g->saved.count) {
        const size_t saved = incmap__saved_by_key(&g->saved, key);
        if (saved < g->saved.count) return saved;
    }
    i = incmap__index_first(&g->keys, key, strlen(key));
    while (i != INCMAP__INDEX_END && strcmp(g->places[i]->key, key) != 0)
        i = incmap__index_next(&g->keys, i);
    return i == INCMAP__INDEX_END ? incmap_gazetteer_count(g) : g->saved.count + i;
}

const incmap_place *incmap_gazetteer_by_key(const incmap_gazetteer *g, const char *key)
{
    return g && key ? incmap_gazetteer_get(g, incmap__gazetteer_number(g, key)) : NULL;
}
