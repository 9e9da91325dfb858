/* SPDX-License-Identifier: MIT */
/* Opening a saved gazetteer: mapping, checking every number in it, and making places of its records. */
#include "places/saved.h"

#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <stddef.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/text.h"
#include "io/diskfile.h"
#include "places/index.h"
#include "places/name_index_check.h"
#include "places/place.h"

/* ---- checksum --------------------------------------------------------------------------------- */

/* Eight strands of multiply and fold that do not wait for one another. It finds damage; against intent every
 * number is checked. */
enum { STRANDS = 8, STRIDE = 8 * STRANDS };

static void stir(uint64_t sum[STRANDS], const unsigned char bytes[STRIDE])
{
    uint64_t word[STRANDS];

    memcpy(word, bytes, sizeof word);
    for (int k = 0; k < STRANDS; k++) {
        sum[k] = (sum[k] ^ word[k]) * UINT64_C(0x9E3779B97F4A7C15);
        sum[k] ^= sum[k] >> 29;
    }
}

uint64_t incmap__saved_checksum(const void *file, size_t size)
{
    const size_t before = offsetof(incmap__saved_head, seed);
    const unsigned char *from = (const unsigned char *)file + before;
    uint64_t sum[STRANDS] = { size, 1, 2, 3, 4, 5, 6, 7 };
    unsigned char rest[STRIDE] = { 0 };

    for (size -= before; size >= STRIDE; size -= STRIDE, from += STRIDE)
        stir(sum, from);
    if (size) memcpy(rest, from, size);
    stir(sum, rest);
    for (int k = 1; k < STRANDS; k++)
        sum[0] = (sum[0] ^ sum[k]) * UINT64_C(0xBF58476D1CE4E5B9);
    return sum[0] ^ sum[0] >> 31;
}

/* ---- checking --------------------------------------------------------------------------------- */

static const size_t item_sizes[INCMAP__SAVED_SECTIONS] = {
    [INCMAP__SAVED_PLACES] = sizeof(incmap__saved_place),
    [INCMAP__SAVED_NAMES] = sizeof(incmap__saved_name),
    [INCMAP__SAVED_EXTRAS] = sizeof(incmap__saved_extra),
    [INCMAP__SAVED_POSTS] = sizeof(incmap__saved_post),
    [INCMAP__SAVED_LANGUAGES] = sizeof(uint32_t),
    [INCMAP__SAVED_KEYS] = sizeof(uint32_t),
    [INCMAP__SAVED_JOINS] = sizeof(incmap__join),
    [INCMAP__SAVED_TREE] = sizeof(uint32_t),
    [INCMAP__SAVED_SLOTS] = sizeof(incmap__root_slot),
    [INCMAP__SAVED_LETTERS] = 1,
    [INCMAP__SAVED_TEXTS] = 1,
};

static size_t item_size(int section)
{
    static const size_t near[3] = { sizeof(uint64_t), sizeof(incmap__near_text), sizeof(uint32_t) };

    if (section < INCMAP__SAVED_SIGNATURES || section >= INCMAP__SAVED_LETTERS)
        return item_sizes[section];
    return near[(section - INCMAP__SAVED_SIGNATURES) % 3];
}

static const char magic[8] = { 'I', 'N', 'C', 'M', 'A', 'P', 'G', 'Z' };

static incmap_status refuse(incmap_error *err, const char *name, const char *found)
{
    return incmap__fail(err, INCMAP_EDATA, "%s: found %s, expected a gazetteer saved by incmap",
                        name, found);
}

static bool sections_fit(const incmap__saved_head *head)
{
    for (int i = 0; i < INCMAP__SAVED_SECTIONS; i++) {
        const incmap__saved_section *s = &head->sections[i];
        if (s->at % 8 || s->at < sizeof *head || s->at > head->size ||
            s->count > (head->size - s->at) / item_size(i) || s->count > UINT32_MAX)
            return false;
    }
    return true;
}

static incmap_status check_head(const incmap__saved_head *head, size_t size, const char *name,
                                incmap_error *err)
{
    if (size < sizeof *head || memcmp(head->magic, magic, sizeof magic) != 0)
        return refuse(err, name, "another kind of file");
    if (head->order != 0x01020304) return refuse(err, name, "numbers of another byte order");
    if (head->version != INCMAP__SAVED_VERSION) return refuse(err, name, "another version");
    if (head->size != size) return refuse(err, name, "another size than it says");
    if (head->checksum != incmap__saved_checksum(head, size))
        return refuse(err, name, "a wrong checksum");
    if (!sections_fit(head)) return refuse(err, name, "a part that is not within it");
    return INCMAP_OK;
}

static size_t count_of(const incmap__saved_head *head, int section)
{
    return (size_t)head->sections[section].count;
}

static const void *start_of(const incmap__saved_head *head, int section)
{
    return (const char *)head + head->sections[section].at;
}

/* All are below the end: one comparison at the end, so that the loop runs on eight at a time. */
static bool all_below(const uint32_t numbers[], size_t n, size_t end)
{
    uint32_t most = 0;

    for (size_t i = 0; i < n; i++)
        most = numbers[i] > most ? numbers[i] : most;
    return n == 0 || most < end;
}

static bool is_power(size_t n)
{
    return n && (n & (n - 1)) == 0;
}

static bool places_are_good(const incmap__saved *saved, const incmap__saved_head *head)
{
    const size_t texts = count_of(head, INCMAP__SAVED_TEXTS);
    const size_t extras = count_of(head, INCMAP__SAVED_EXTRAS);
    const size_t posts = count_of(head, INCMAP__SAVED_POSTS);

    for (size_t i = 0; i < saved->count; i++) {
        const incmap__saved_place *p = &saved->places[i];
        const incmap_coord at = { p->lat, p->lon };
        if (p->key >= texts || p->country >= texts || p->admin1 >= texts || p->admin2 >= texts ||
            p->extra >= extras || p->post > posts || p->name_count == 0 ||
            p->first_name > saved->name_count ||
            p->name_count > saved->name_count - p->first_name || p->kind >= INCMAP__PLACE_KINDS ||
            (p->post && p->kind != INCMAP_PLACE_BORDER_POST) ||
            ((p->located & 1) && !incmap_coord_is_valid(at)))
            return false;
    }
    return true;
}

static bool names_are_good(const incmap__saved *saved, const incmap__saved_head *head)
{
    const size_t texts = count_of(head, INCMAP__SAVED_TEXTS);
    const size_t languages = count_of(head, INCMAP__SAVED_LANGUAGES);
    uint32_t text = 0;
    uint16_t language = 0;

    for (size_t i = 0; i < saved->name_count; i++) {
        text = saved->names[i].text > text ? saved->names[i].text : text;
        language = saved->names[i].language > language ? saved->names[i].language : language;
    }
    return !saved->name_count || (text < texts && language < languages);
}

static bool joins_are_good(const incmap__saved *saved)
{
    uint32_t before = 0;

    for (size_t i = 0; i < saved->join_count; i++) {
        const incmap__join *join = &saved->joins[i];
        if (join->lower < before || join->lower >= saved->count || join->upper >= saved->count)
            return false;
        before = join->lower;
    }
    return true;
}

static bool is_radius(double radius_m)
{
    return isnan(radius_m) || (radius_m >= 0 && radius_m <= INCMAP__RADIUS_MOST);
}

static bool extras_are_good(const incmap__saved *saved, const incmap__saved_head *head)
{
    const size_t texts = count_of(head, INCMAP__SAVED_TEXTS);

    for (size_t i = 0; i < count_of(head, INCMAP__SAVED_EXTRAS); i++) {
        const incmap__saved_extra *e = &saved->extras[i];
        if (!is_radius(e->uncertainty_m) || !is_radius(e->extent_m) ||
            !all_below(&e->coord_method, 6, texts))
            return false;
    }
    for (size_t i = 0; i < count_of(head, INCMAP__SAVED_POSTS); i++)
        if (!all_below(&saved->posts[i].sides[0].country, 16, texts)) return false;
    return true;
}

/* The last byte is a zero, so no text runs out of the block, and all of it is UTF-8. */
static bool texts_are_good(const incmap__saved *saved, const incmap__saved_head *head)
{
    const size_t size = count_of(head, INCMAP__SAVED_TEXTS);

    return size && saved->texts[0] == '\0' && saved->texts[size - 1] == '\0' &&
           incmap__utf8_check(saved->texts, size) == size &&
           all_below(saved->languages, count_of(head, INCMAP__SAVED_LANGUAGES), size);
}

static void look_into(incmap__saved *saved, const incmap__saved_head *head)
{
    incmap__name_index *x = &saved->index;

    saved->places = start_of(head, INCMAP__SAVED_PLACES);
    saved->names = start_of(head, INCMAP__SAVED_NAMES);
    saved->extras = start_of(head, INCMAP__SAVED_EXTRAS);
    saved->posts = start_of(head, INCMAP__SAVED_POSTS);
    saved->languages = start_of(head, INCMAP__SAVED_LANGUAGES);
    saved->keys = start_of(head, INCMAP__SAVED_KEYS);
    saved->joins = start_of(head, INCMAP__SAVED_JOINS);
    saved->texts = start_of(head, INCMAP__SAVED_TEXTS);
    saved->count = count_of(head, INCMAP__SAVED_PLACES);
    saved->name_count = count_of(head, INCMAP__SAVED_NAMES);
    saved->key_slots = count_of(head, INCMAP__SAVED_KEYS);
    saved->join_count = count_of(head, INCMAP__SAVED_JOINS);
    memcpy(saved->seed, head->seed, sizeof saved->seed);
    x->tree = start_of(head, INCMAP__SAVED_TREE);
    x->slots = start_of(head, INCMAP__SAVED_SLOTS);
    x->letters = start_of(head, INCMAP__SAVED_LETTERS);
    for (int k = 0; k < INCMAP__ALPHABETS; k++) {
        x->near[k].signatures = start_of(head, INCMAP__SAVED_SIGNATURES + 3 * k);
        x->near[k].texts = start_of(head, INCMAP__SAVED_NEAR_TEXTS + 3 * k);
        x->near[k].starts = start_of(head, INCMAP__SAVED_STARTS + 3 * k);
        x->near[k].bytes = k == INCMAP__ALPHABET_ROOT ? (const char *)x->tree : x->letters;
    }
    x->words = (uint32_t)count_of(head, INCMAP__SAVED_TREE);
    x->slot_count = (uint32_t)count_of(head, INCMAP__SAVED_SLOTS);
    x->letter_count = (uint32_t)count_of(head, INCMAP__SAVED_LETTERS);
    memcpy(x->seed, head->seed, sizeof x->seed);
}

/* Each list by length has all its starts, and its signatures go with its texts. */
static bool lists_are_whole(const incmap__saved_head *head)
{
    for (int i = INCMAP__SAVED_SIGNATURES; i < INCMAP__SAVED_LETTERS; i += 3)
        if (count_of(head, i) != count_of(head, i + 1) ||
            count_of(head, i + 2) != INCMAP__NEAR_STARTS)
            return false;
    return true;
}

static incmap_status check_index(const incmap__saved *saved, const incmap__saved_head *head,
                                 bool *good)
{
    size_t counts[INCMAP__ALPHABETS];

    for (int k = 0; k < INCMAP__ALPHABETS; k++)
        counts[k] = count_of(head, INCMAP__SAVED_NEAR_TEXTS + 3 * k);
    return incmap__name_index_check(&saved->index, counts, saved->count, &saved->made.allocator,
                                    good);
}

incmap_status incmap__saved_open_memory(incmap__saved *saved, const void *bytes, size_t size,
                                        const char *name, incmap_error *err)
{
    const incmap__saved_head *head = bytes;
    incmap_status st = check_head(head, size, name, err);
    bool good = false;

    if (st) return st;
    if (!lists_are_whole(head)) return refuse(err, name, "lists of names that are not whole");
    look_into(saved, head);
    st = check_index(saved, head, &good);
    if (st) return incmap__fail_memory(err);
    if (!good || !places_are_good(saved, head) || !names_are_good(saved, head) ||
        !joins_are_good(saved) || !extras_are_good(saved, head) || !texts_are_good(saved, head) ||
        !is_power(saved->key_slots) || !all_below(saved->keys, saved->key_slots, saved->count + 1))
        return refuse(err, name, "a number out of its range");
    return INCMAP_OK;
}

/* ---- files ------------------------------------------------------------------------------------ */

static incmap_status map_file(incmap__saved *saved, int file, const char *path, incmap_error *err)
{
    struct stat about;

    if (fstat(file, &about) < 0) return incmap__fail_file(err, path, "cannot be read", errno);
    if (!S_ISREG(about.st_mode)) return refuse(err, path, "no file");
    if ((uint64_t)about.st_size < sizeof(incmap__saved_head) ||
        (uint64_t)about.st_size > SIZE_MAX / 2)
        return refuse(err, path, "another kind of file");
    saved->map_size = (size_t)about.st_size;
    saved->map = mmap(NULL, saved->map_size, PROT_READ, MAP_SHARED, file, 0);
    if (saved->map == MAP_FAILED) {
        saved->map = NULL;
        return incmap__fail_file(err, path, "cannot be mapped", errno);
    }
    return INCMAP_OK;
}

incmap_status incmap__saved_open(incmap__saved *saved, const char *path, const incmap_allocator *a,
                                 incmap_error *err)
{
    const int file = open(path, O_RDONLY | O_CLOEXEC);
    incmap_status st;

    *saved = (incmap__saved){ 0 };
    incmap__arena_init(&saved->made, a);
    if (file < 0) return incmap__fail_file(err, path, "cannot be opened", errno);
    st = map_file(saved, file, path, err);
    (void)close(file);
    if (!st) st = incmap__saved_open_memory(saved, saved->map, saved->map_size, path, err);
    if (st) incmap__saved_close(saved);
    return st;
}

void incmap__saved_close(incmap__saved *saved)
{
    if (saved->map) (void)munmap(saved->map, saved->map_size);
    saved->map = NULL;
    incmap__arena_free(&saved->made);
}

/* ---- places ----------------------------------------------------------------------------------- */

static void make_names(const incmap__saved *saved, const incmap__saved_place *from,
                       incmap_place_name names[])
{
    for (size_t i = 0; i < from->name_count; i++) {
        const incmap__saved_name *name = &saved->names[from->first_name + i];
        names[i] = (incmap_place_name){ saved->texts + name->text,
                                        saved->texts + saved->languages[name->language],
                                        name->alternate != 0 };
    }
}

static incmap_post *make_post(incmap__saved *saved, const incmap__saved_post *from)
{
    incmap_post *post = incmap__arena_alloc(&saved->made, 1, sizeof *post);
    const char *t = saved->texts;

    if (!post) return NULL;
    for (int i = 0; i < 2; i++)
        post->sides[i] = (incmap_post_side){
            t + from->sides[i].country,     t + from->sides[i].name_en,
            t + from->sides[i].name_native, t + from->sides[i].admin1,
            t + from->sides[i].place_key,
        };
    post->modes = t + from->modes;
    post->category = t + from->category;
    post->status = t + from->status;
    post->pair_basis = t + from->pair_basis;
    post->method = t + from->method;
    post->source = t + from->source;
    post->on_border = from->on_border != 0;
    return post;
}

struct made {
    incmap_place place;
    incmap_place_name names[];
};

const incmap_place *incmap__saved_make(incmap__saved *saved, size_t i)
{
    const incmap__saved_place *from = &saved->places[i];
    const incmap__saved_extra *extra = &saved->extras[from->extra];
    struct made *made =
        incmap__arena_alloc(&saved->made, 1, sizeof *made + from->name_count * sizeof *made->names);
    const char *t = saved->texts;

    if (!made) return NULL;
    make_names(saved, from, made->names);
    made->place = (incmap_place){
        .key = t + from->key,
        .kind = (incmap_place_kind)from->kind,
        .located = from->located & 1,
        .at = { from->lat, from->lon },
        .coord_uncertainty_m = extra->uncertainty_m,
        .extent_radius_m = extra->extent_m,
        .country = t + from->country,
        .admin1 = t + from->admin1,
        .admin2 = t + from->admin2,
        .names = made->names,
        .name_count = from->name_count,
        .population = from->population,
        .population_year = extra->population_year,
        .coord_method = t + extra->coord_method,
        .coord_source = t + extra->coord_source,
        .extent_source = t + extra->extent_source,
        .population_source = t + extra->population_source,
        .named_in = t + extra->named_in,
        .notes = t + extra->notes,
        .post = from->post ? make_post(saved, &saved->posts[from->post - 1]) : NULL,
    };
    return from->post && !made->place.post ? NULL : &made->place;
}

size_t incmap__saved_by_key(const incmap__saved *saved, const char *key)
{
    const size_t mask = saved->key_slots - 1;
    size_t at = incmap__index_hash(saved->seed, key, strlen(key)) & mask;

    for (size_t tried = 0; tried <= mask && saved->keys[at]; tried++) {
        const size_t i = saved->keys[at] - 1;
        if (strcmp(saved->texts + saved->places[i].key, key) == 0) return i;
        at = (at + 1) & mask;
    }
    return saved->count;
}
