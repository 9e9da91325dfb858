/* SPDX-License-Identifier: MIT */
/* Writing a gazetteer into one file: records and texts gathered, each text once, then the parts one
 * behind the other. The same places give the same bytes. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "io/staging.h"
#include "io/diskfile.h"
#include "places/gazetteer.h"
#include "places/join.h"
#include "places/saved.h"

/* ---- gathering -------------------------------------------------------------------------------- */

/* Things kept once each, byte by byte; texts are kept with the zero behind them. */
struct once {
    incmap__index index;
    uint32_t *starts;
    size_t start_room;
    char *bytes;
    size_t used, room;
};

struct saving {
    incmap_ctx *ctx;
    const incmap_gazetteer *g;
    struct once texts, extras, languages;
    incmap__saved_place *places;
    incmap__saved_name *names;
    size_t name_count, name_room;
    incmap__saved_post *posts;
    size_t post_count, post_room;
    uint32_t *keys;
    size_t key_slots;
    incmap__name_index index;
    bool failed; /* no memory, or more than the numbers hold */
};

static uint32_t keep(struct saving *s, struct once *once, const void *bytes, size_t size)
{
    const incmap_allocator *a = &s->ctx->allocator;
    const size_t count = once->index.count;

    for (uint32_t i = incmap__index_first(&once->index, bytes, size); i != INCMAP__INDEX_END;
         i = incmap__index_next(&once->index, i))
        if (once->starts[i + 1] - once->starts[i] == size &&
            memcmp(once->bytes + once->starts[i], bytes, size) == 0)
            return i;
    if (once->used + size > UINT32_MAX ||
        incmap__grow(a, &once->starts, &once->start_room, count + 2, sizeof *once->starts, NULL) ||
        incmap__grow(a, &once->bytes, &once->room, once->used + size, 1, NULL) ||
        incmap__index_add(&once->index, a, bytes, size, NULL)) {
        s->failed = true;
        return 0;
    }
    memcpy(once->bytes + once->used, bytes, size);
    once->starts[count] = (uint32_t)once->used;
    once->used += size;
    once->starts[count + 1] = (uint32_t)once->used;
    return (uint32_t)count;
}

/* Where the text begins in the block. */
static uint32_t keep_text(struct saving *s, const char *text)
{
    const uint32_t i = keep(s, &s->texts, text ? text : "", (text ? strlen(text) : 0) + 1);
    return s->failed ? 0 : s->texts.starts[i];
}

static uint16_t keep_language(struct saving *s, const char *language)
{
    const uint32_t text = keep_text(s, language);
    const uint32_t i = keep(s, &s->languages, &text, sizeof text);
    if (i > UINT16_MAX) s->failed = true;
    return (uint16_t)i;
}

/* One pattern of bits for all that is not a number. */
static double one_nan(double x)
{
    return isnan(x) ? (double)NAN : x;
}

static uint32_t keep_extra(struct saving *s, const incmap_place *place)
{
    const incmap__saved_extra extra = {
        .uncertainty_m = one_nan(place->coord_uncertainty_m),
        .extent_m = one_nan(place->extent_radius_m),
        .population_year = place->population_year,
        .coord_method = keep_text(s, place->coord_method),
        .coord_source = keep_text(s, place->coord_source),
        .extent_source = keep_text(s, place->extent_source),
        .population_source = keep_text(s, place->population_source),
        .named_in = keep_text(s, place->named_in),
        .notes = keep_text(s, place->notes),
    };
    return keep(s, &s->extras, &extra, sizeof extra);
}

static void keep_names(struct saving *s, const incmap_place *place, incmap__saved_place *to)
{
    to->first_name = (uint32_t)s->name_count;
    to->name_count = (uint16_t)place->name_count;
    if (place->name_count > UINT16_MAX || s->name_count + place->name_count > UINT32_MAX ||
        incmap__grow(&s->ctx->allocator, &s->names, &s->name_room,
                     s->name_count + place->name_count, sizeof *s->names, NULL)) {
        s->failed = true;
        return;
    }
    for (size_t i = 0; i < place->name_count; i++)
        s->names[s->name_count++] =
            (incmap__saved_name){ keep_text(s, place->names[i].text),
                                  keep_language(s, place->names[i].language),
                                  place->names[i].alternate, 0 };
}

static uint32_t keep_post(struct saving *s, const incmap_post *post)
{
    incmap__saved_post *to;

    if (!post) return 0;
    if (incmap__grow(&s->ctx->allocator, &s->posts, &s->post_room, s->post_count + 1,
                     sizeof *s->posts, NULL)) {
        s->failed = true;
        return 0;
    }
    to = &s->posts[s->post_count++];
    for (int i = 0; i < 2; i++) {
        to->sides[i].country = keep_text(s, post->sides[i].country);
        to->sides[i].name_en = keep_text(s, post->sides[i].name_en);
        to->sides[i].name_native = keep_text(s, post->sides[i].name_native);
        to->sides[i].admin1 = keep_text(s, post->sides[i].admin1);
        to->sides[i].place_key = keep_text(s, post->sides[i].place_key);
    }
    to->modes = keep_text(s, post->modes);
    to->category = keep_text(s, post->category);
    to->status = keep_text(s, post->status);
    to->pair_basis = keep_text(s, post->pair_basis);
    to->method = keep_text(s, post->method);
    to->source = keep_text(s, post->source);
    to->on_border = post->on_border;
    return (uint32_t)s->post_count;
}

/* Layers past the number that there is room for are one. */
static uint8_t layer_of(const struct saving *s, size_t place)
{
    const unsigned layer = incmap__gazetteer_layer(s->g, place);
    return (uint8_t)(2 * (layer < INCMAP__SAVED_LAYERS ? layer : INCMAP__SAVED_LAYERS - 1));
}

static void keep_place(struct saving *s, const incmap_place *place, size_t number,
                       incmap__saved_place *to)
{
    memset(to, 0, sizeof *to);
    if (place->located) {
        to->lat = place->at.lat;
        to->lon = place->at.lon;
    }
    to->located = (uint8_t)(layer_of(s, number) | place->located);
    to->kind = (uint8_t)place->kind;
    to->population = place->population;
    to->key = keep_text(s, place->key);
    to->country = keep_text(s, place->country);
    to->admin1 = keep_text(s, place->admin1);
    to->admin2 = keep_text(s, place->admin2);
    to->extra = keep_extra(s, place);
    to->post = keep_post(s, place->post);
    keep_names(s, place, to);
}

static void keep_keys(struct saving *s, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const char *key = s->texts.bytes + s->places[i].key;
        size_t at = incmap__index_hash(s->index.seed, key, strlen(key)) & (s->key_slots - 1);
        while (s->keys[at])
            at = (at + 1) & (s->key_slots - 1);
        s->keys[at] = (uint32_t)i + 1;
    }
}

static bool name_of(const void *user, size_t place, size_t i, incmap__listed_name *name)
{
    const struct saving *s = user;
    const incmap__saved_place *p = &s->places[place];
    const incmap__saved_name *from = &s->names[p->first_name + i];

    if (i >= p->name_count) return false;
    *name = (incmap__listed_name){ s->texts.bytes + from->text, p->kind, from->alternate != 0 };
    return true;
}

static incmap_status gather(struct saving *s)
{
    const incmap_allocator *a = &s->ctx->allocator;
    const size_t count = incmap_gazetteer_count(s->g);
    const incmap__name_list list = { count, name_of, s };
    incmap_status st;

    for (s->key_slots = 8; s->key_slots < count + count / 2;)
        s->key_slots *= 2;
    s->places = incmap__alloc(a, count, sizeof *s->places);
    s->keys = incmap__alloc_zeroed(a, s->key_slots, sizeof *s->keys);
    s->failed = !s->places || !s->keys || count >= UINT32_MAX;
    if (!s->failed) (void)keep_text(s, "");
    for (size_t i = 0; !s->failed && i < count; i++) {
        const incmap_place *place = incmap_gazetteer_get(s->g, i);
        if (place)
            keep_place(s, place, i, &s->places[i]);
        else
            s->failed = true;
    }
    if (s->failed) return incmap__fail_memory(&s->ctx->error);
    st = incmap__name_index_build(&s->index, &list, a, &s->ctx->error);
    if (!st) st = incmap__join_ready(s->g, &s->ctx->error);
    if (!st) keep_keys(s, count);
    return st;
}

/* ---- writing ---------------------------------------------------------------------------------- */

struct part {
    const void *bytes;
    size_t size, count;
};

static void list_parts(const struct saving *s, struct part parts[INCMAP__SAVED_SECTIONS])
{
    const incmap__name_index *x = &s->index;
    const size_t count = incmap_gazetteer_count(s->g);
    const struct part all[INCMAP__SAVED_SECTIONS] = {
        [INCMAP__SAVED_PLACES] = { s->places, sizeof *s->places, count },
        [INCMAP__SAVED_NAMES] = { s->names, sizeof *s->names, s->name_count },
        [INCMAP__SAVED_EXTRAS] = { s->extras.bytes, sizeof(incmap__saved_extra),
                                   s->extras.index.count },
        [INCMAP__SAVED_POSTS] = { s->posts, sizeof *s->posts, s->post_count },
        [INCMAP__SAVED_LANGUAGES] = { s->languages.bytes, sizeof(uint32_t),
                                      s->languages.index.count },
        [INCMAP__SAVED_KEYS] = { s->keys, sizeof *s->keys, s->key_slots },
        [INCMAP__SAVED_JOINS] = { s->g->joins, sizeof *s->g->joins, s->g->join_count },
        [INCMAP__SAVED_TREE] = { x->tree, sizeof *x->tree, x->words },
        [INCMAP__SAVED_SLOTS] = { x->slots, sizeof *x->slots, x->slot_count },
        [INCMAP__SAVED_LETTERS] = { x->letters, 1, x->letter_count },
        [INCMAP__SAVED_TEXTS] = { s->texts.bytes, 1, s->texts.used },
    };
    memcpy(parts, all, sizeof all);
    for (int k = 0; k < INCMAP__ALPHABETS; k++) {
        const incmap__near_list *list = &x->near[k];
        const size_t n = list->starts[INCMAP__NEAR_STARTS - 1];
        struct part *to = &parts[INCMAP__SAVED_SIGNATURES + 3 * k];
        to[0] = (struct part){ list->signatures, sizeof *list->signatures, n };
        to[1] = (struct part){ list->texts, sizeof *list->texts, n };
        to[2] = (struct part){ list->starts, sizeof *list->starts, INCMAP__NEAR_STARTS };
    }
}

static size_t align(size_t at)
{
    return (at + INCMAP__SAVED_ALIGNED - 1) / INCMAP__SAVED_ALIGNED * INCMAP__SAVED_ALIGNED;
}

/* The whole file in memory: a checksum at its head needs all that follows. */
static incmap_status lay_out(const struct saving *s, unsigned char **out, size_t *size)
{
    struct part parts[INCMAP__SAVED_SECTIONS];
    incmap__saved_head head = { .version = INCMAP__SAVED_VERSION, .order = 0x01020304 };
    size_t at = align(sizeof head);

    list_parts(s, parts);
    for (int i = 0; i < INCMAP__SAVED_SECTIONS; i++) {
        head.sections[i] = (incmap__saved_section){ at, parts[i].count };
        at = align(at + parts[i].size * parts[i].count);
    }
    *size = at;
    *out = incmap__alloc_zeroed(&s->ctx->allocator, at, 1);
    if (!*out) return incmap__fail_memory(&s->ctx->error);
    for (int i = 0; i < INCMAP__SAVED_SECTIONS; i++)
        if (parts[i].count)
            memcpy(*out + head.sections[i].at, parts[i].bytes, parts[i].size * parts[i].count);
    memcpy(head.magic, "INCMAPGZ", sizeof head.magic);
    memcpy(head.seed, s->index.seed, sizeof head.seed);
    head.size = at;
    memcpy(*out, &head, sizeof head);
    head.checksum = incmap__saved_checksum(*out, at);
    memcpy(*out, &head, sizeof head);
    return INCMAP_OK;
}

/* In a folder beside it and renamed when it is whole, so that who has the earlier one open keeps it. */
static incmap_status write_file(incmap_ctx *ctx, const char *path, const unsigned char *bytes,
                                size_t size)
{
    static const char *const extensions[] = { "" };
    const incmap__staging_set set = { .extensions = extensions, .count = 1 };
    incmap__staging *staging = NULL;
    incmap_status st;

    st = incmap__staging_new(&staging, path, &set, &ctx->allocator, &ctx->error);
    if (!st)
        st = incmap__diskfile_write_whole(incmap__staging_file(staging, ""), bytes, size,
                                          &ctx->allocator, &ctx->error);
    if (!st) st = incmap__staging_commit(staging, &ctx->error);
    (void)incmap__staging_free(staging);
    return st;
}

static void free_once(struct once *once, const incmap_allocator *a)
{
    incmap__index_free(&once->index, a);
    incmap__free(a, once->starts);
    incmap__free(a, once->bytes);
}

incmap_status incmap_gazetteer_save(incmap_ctx *ctx, const incmap_gazetteer *g, const char *path)
{
    struct saving s = { .ctx = ctx, .g = g };
    unsigned char *bytes = NULL;
    size_t size = 0;
    incmap_status st;

    if (!ctx || !g || !path)
        return incmap__fail(ctx ? &ctx->error : NULL, INCMAP_EARG, "save gazetteer: NULL");
    st = gather(&s);
    if (!st) st = lay_out(&s, &bytes, &size);
    if (!st) st = write_file(ctx, path, bytes, size);
    incmap__free(&ctx->allocator, bytes);
    incmap__free(&ctx->allocator, s.places);
    incmap__free(&ctx->allocator, s.names);
    incmap__free(&ctx->allocator, s.posts);
    incmap__free(&ctx->allocator, s.keys);
    free_once(&s.texts, &ctx->allocator);
    free_once(&s.extras, &ctx->allocator);
    free_once(&s.languages, &ctx->allocator);
    incmap__name_index_free(&s.index, &ctx->allocator);
    return st;
}
