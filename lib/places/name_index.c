/* SPDX-License-Identifier: MIT */
/* Building the index of names: every name is read once into a row of numbers, the rows are sorted, and
 * what they share is written once. */
#include "places/name_index.h"

#include <stdlib.h>
#include <string.h>

#include "places/index.h"
#include "places/letters.h"
#include "places/trust.h"

/* ---- what is gathered ------------------------------------------------------------------------- */

struct row {
    uint32_t root, sound, form, place, what;
    uint32_t at;               /* word where its form begins, once written */
    uint32_t letters;          /* number among those of its alphabet */
    incmap__alphabet alphabet; /* INCMAP__ALPHABET_ROOT: it has none */
};

/* Texts kept once each and numbered in the order of coming. */
struct words {
    incmap__index index;
    uint32_t *starts; /* of each, and of the next to come */
    size_t room;
    char *bytes;
    size_t used, byte_room;
};

/* A text of a list by length, before it is in its place. */
struct near_text {
    uint32_t length;
    incmap__near_text text;
};

struct builder {
    const incmap_allocator *a;
    incmap_error *err;
    incmap__folder folder;
    struct words roots, sounds; /* a sound's text begins with its root's and a zero byte */
    struct words letters[INCMAP__ALPHABETS]; /* of the two scripts */
    bool *plain;                             /* of each root */
    size_t plain_room;
    struct row *rows;
    size_t row_count, row_room;
    incmap__name_index out;
};

static void words_free(struct words *words, const incmap_allocator *a)
{
    incmap__index_free(&words->index, a);
    incmap__free(a, words->starts);
    incmap__free(a, words->bytes);
}

static bool is_word(const struct words *words, uint32_t i, const char *text, size_t length)
{
    return words->starts[i + 1] - words->starts[i] == length &&
           memcmp(words->bytes + words->starts[i], text, length) == 0;
}

static incmap_status words_add(struct words *words, const struct builder *b, const char *text,
                               size_t length, uint32_t *number)
{
    const size_t count = words->index.count;
    incmap_status st;

    for (uint32_t i = incmap__index_first(&words->index, text, length); i != INCMAP__INDEX_END;
         i = incmap__index_next(&words->index, i))
        if (is_word(words, i, text, length)) {
            *number = i;
            return INCMAP_OK;
        }
    if (words->used + length >= UINT32_MAX) return incmap__fail_memory(b->err);
    st = incmap__grow(b->a, &words->starts, &words->room, count + 2, sizeof *words->starts, b->err);
    if (!st)
        st = incmap__grow(b->a, &words->bytes, &words->byte_room, words->used + length + 1, 1,
                          b->err);
    if (!st) st = incmap__index_add(&words->index, b->a, text, length, b->err);
    if (st) return st;
    memcpy(words->bytes + words->used, text, length);
    words->starts[count] = (uint32_t)words->used;
    words->used += length;
    words->starts[count + 1] = (uint32_t)words->used;
    *number = (uint32_t)count;
    return INCMAP_OK;
}

void incmap__sound_or_key(incmap__sound *sound, const char *key, size_t length, unsigned readings)
{
    if (incmap__sound_of(sound, key, length, readings)) return;
    sound->plain = sound->kind_word = sound->area = false;
    sound->choices = sound->kinds = 0;
    sound->text[0] = sound->root[0] = '\x01';
    sound->length = length < sizeof sound->text - 1 ? length + 1 : sizeof sound->text;
    memcpy(sound->text + 1, key, sound->length - 1);
    memcpy(sound->root + 1, key, sound->length - 1);
    sound->root_length = sound->length;
}

static incmap_status add_root(struct builder *b, const incmap__sound *sound, uint32_t *root)
{
    incmap_status st;

    st = incmap__grow(b->a, &b->plain, &b->plain_room, b->roots.index.count + 1, sizeof *b->plain,
                      b->err);
    if (!st) st = words_add(&b->roots, b, sound->root, sound->root_length, root);
    if (!st) b->plain[*root] = sound->plain;
    return st;
}

static incmap_status add_sound(struct builder *b, const incmap__sound *sound, uint32_t *number)
{
    char both[2 * INCMAP__SOUND_MOST + 1];
    size_t length = sound->root_length;

    memcpy(both, sound->root, length);
    both[length++] = '\0';
    memcpy(both + length, sound->text, sound->length);
    return words_add(&b->sounds, b, both, length + sound->length, number);
}

static incmap_status add_letters(struct builder *b, struct row *row)
{
    char letters[INCMAP__LETTERS_MOST];
    const size_t n = incmap__letters(b->folder.key, b->folder.length, letters, &row->alphabet);

    row->alphabet = n ? row->alphabet : INCMAP__ALPHABET_ROOT;
    return n ? words_add(&b->letters[row->alphabet], b, letters, n, &row->letters) : INCMAP_OK;
}

static incmap_status add_name(struct builder *b, size_t place, size_t i,
                              const incmap__listed_name *name)
{
    struct row row = { .place = (uint32_t)place };
    incmap__sound sound;
    incmap_status st;

    st = incmap__fold(&b->folder, name->text, strlen(name->text), b->err);
    if (st || !b->folder.has_word || i > INCMAP__LISTING_NAMES) return st;
    row.what = (uint32_t)i | (uint32_t)name->kind << 24 | (uint32_t)name->alternate << 29 |
               (uint32_t)incmap__trust_is_code(name->text) << 31;
    incmap__sound_or_key(&sound, b->folder.key, b->folder.length, 0);
    st = add_root(b, &sound, &row.root);
    if (!st) st = add_sound(b, &sound, &row.sound);
    if (!st) st = incmap__grow(b->a, &b->rows, &b->row_room, b->row_count + 1, sizeof row, b->err);
    if (st) return st;
    row.form = incmap__name_index_form(&b->out, b->folder.key, b->folder.length);
    st = add_letters(b, &row);
    if (st) return st;
    b->rows[b->row_count++] = row;
    return INCMAP_OK;
}

static int compare_rows(const void *a, const void *b)
{
    const struct row *x = a, *y = b;

    if (x->root != y->root) return x->root < y->root ? -1 : 1;
    if (x->sound != y->sound) return x->sound < y->sound ? -1 : 1;
    if (x->form != y->form) return x->form < y->form ? -1 : 1;
    if (x->place != y->place) return x->place < y->place ? -1 : 1;
    return (x->what > y->what) - (x->what < y->what);
}

/* Of names of one place with one form the first stands for all. */
static void drop_doubles(struct builder *b)
{
    size_t kept = 0;

    if (b->row_count) qsort(b->rows, b->row_count, sizeof *b->rows, compare_rows);
    for (size_t i = 0; i < b->row_count; i++) {
        const struct row *row = &b->rows[i], *last = kept ? &b->rows[kept - 1] : NULL;
        if (last && last->root == row->root && last->sound == row->sound &&
            last->form == row->form && last->place == row->place)
            continue;
        b->rows[kept++] = *row;
    }
    b->row_count = kept;
}

/* ---- what is written -------------------------------------------------------------------------- */

/* Writable views of the arrays of `out`. */
struct arrays {
    uint32_t *tree;
    incmap__root_slot *slots;
    struct {
        uint64_t *signatures;
        incmap__near_text *texts;
        uint32_t *starts;
        size_t count;
    } near[INCMAP__ALPHABETS];
    char *letters;
};

static bool starts_root(const struct row rows[], size_t i)
{
    return i == 0 || rows[i].root != rows[i - 1].root;
}

static bool starts_sound(const struct row rows[], size_t i)
{
    return starts_root(rows, i) || rows[i].sound != rows[i - 1].sound;
}

static bool starts_form(const struct row rows[], size_t i)
{
    return starts_sound(rows, i) || rows[i].form != rows[i - 1].form;
}

static uint32_t power_above(size_t n)
{
    uint32_t power = 8;
    while (power < n && power < UINT32_C(1) << 31)
        power *= 2;
    return power;
}

static const char *root_text(const struct builder *b, uint32_t root, size_t *length)
{
    *length = b->roots.starts[root + 1] - b->roots.starts[root];
    return b->roots.bytes + b->roots.starts[root];
}

static const char *sound_text(const struct builder *b, const struct row *row, size_t *length)
{
    const uint32_t start = b->sounds.starts[row->sound];
    size_t before;

    (void)root_text(b, row->root, &before);
    *length = b->sounds.starts[row->sound + 1] - start - before - 1;
    return b->sounds.bytes + start + before + 1;
}

/* How many texts each list will have; returns how many there are in all. */
static size_t count_near(const struct builder *b, struct arrays *to)
{
    size_t all = 0;

    for (size_t i = 0; i < b->roots.index.count; i++)
        to->near[INCMAP__ALPHABET_ROOT].count += b->plain[i];
    for (size_t i = 0; i < b->row_count; i++)
        if (b->rows[i].alphabet != INCMAP__ALPHABET_ROOT && starts_form(b->rows, i))
            to->near[b->rows[i].alphabet].count++;
    for (int k = 0; k < INCMAP__ALPHABETS; k++)
        all += to->near[k].count;
    return all;
}

/* Places for `size` bytes, in the order of being asked, so that what needs 8 comes first. */
static void *take(char **at, size_t count, size_t size)
{
    void *taken = *at;
    *at += count * size;
    return taken;
}

static size_t count_letters(const struct builder *b)
{
    size_t bytes = 0;

    for (int k = 0; k < INCMAP__ALPHABETS; k++)
        bytes += b->letters[k].used;
    return bytes;
}

static size_t node_words(size_t length)
{
    return INCMAP__NODE_TEXT + incmap__name_text_words(length);
}

/* All that write_tree() writes, and the word before it. */
static size_t count_words(const struct builder *b)
{
    size_t words = INCMAP__TREE_START, length;

    for (size_t i = 0; i < b->row_count; i++) {
        const struct row *row = &b->rows[i];
        if (starts_root(b->rows, i)) {
            (void)root_text(b, row->root, &length);
            words += node_words(length);
        }
        if (starts_sound(b->rows, i)) {
            (void)sound_text(b, row, &length);
            words += node_words(length);
        }
        words +=
            (starts_form(b->rows, i) ? INCMAP__FORM_LISTINGS : 0) + (size_t)INCMAP__LISTING_WORDS;
    }
    return words;
}

/* One block for all arrays, in an order that keeps each aligned. */
static incmap_status allocate(struct builder *b, struct arrays *to)
{
    incmap__name_index *out = &b->out;
    const size_t roots = b->roots.index.count, words = count_words(b);
    const size_t near = count_near(b, to), letters = count_letters(b);
    char *at;

    out->slot_count = power_above(roots + roots / 4);
    if (letters > UINT32_MAX || words > UINT32_MAX) return incmap__fail_memory(b->err);
    out->block = at = incmap__alloc_zeroed(
        b->a,
        near * (sizeof(uint64_t) + sizeof(incmap__near_text)) +
            out->slot_count * sizeof *to->slots +
            (words + INCMAP__ALPHABETS * INCMAP__NEAR_STARTS) * sizeof(uint32_t) + letters + 1,
        1);
    if (!at) return incmap__fail_memory(b->err);
    out->words = (uint32_t)words;
    for (int k = 0; k < INCMAP__ALPHABETS; k++)
        to->near[k].signatures = take(&at, to->near[k].count, sizeof(uint64_t));
    for (int k = 0; k < INCMAP__ALPHABETS; k++)
        to->near[k].texts = take(&at, to->near[k].count, sizeof(incmap__near_text));
    to->slots = take(&at, out->slot_count, sizeof *to->slots);
    to->tree = take(&at, words, sizeof *to->tree);
    for (int k = 0; k < INCMAP__ALPHABETS; k++)
        to->near[k].starts = take(&at, INCMAP__NEAR_STARTS, sizeof(uint32_t));
    to->letters = at;
    return INCMAP_OK;
}

/* Opens a node, whose first word says how many it has once it is closed; returns the word behind it. */
static uint32_t write_node(uint32_t tree[], uint32_t at, const char *text, size_t length)
{
    unsigned char *to = (unsigned char *)(tree + at + INCMAP__NODE_TEXT);

    to[0] = (unsigned char)length;
    memcpy(to + 1, text, length);
    return at + (uint32_t)node_words(length);
}

/* Roots come in the order of their numbers, since rows are sorted by them and each has rows. */
static void write_tree(struct builder *b, uint32_t tree[])
{
    uint32_t at = INCMAP__TREE_START, root = 0, sound = 0;
    size_t length;

    for (size_t i = 0; i < b->row_count; i++) {
        struct row *row = &b->rows[i];
        const bool new_form = starts_form(b->rows, i);
        if (starts_root(b->rows, i)) {
            const char *text = root_text(b, row->root, &length);
            root = at;
            at = write_node(tree, at, text, length);
        }
        if (starts_sound(b->rows, i)) {
            const char *text = sound_text(b, row, &length);
            sound = at;
            at = write_node(tree, at, text, length);
        }
        row->at = new_form ? at : row[-1].at;
        if (new_form)
            tree[at++] = row->form;
        else
            tree[at - 1] &= ~INCMAP__LISTING_LAST;
        tree[at++] = row->place;
        tree[at++] = row->what | INCMAP__LISTING_LAST;
        tree[root] = at - root;
        tree[sound] = at - sound;
    }
}

static void write_slots(struct builder *b, struct arrays *to)
{
    const incmap__name_index *out = &b->out;

    for (uint32_t at = INCMAP__TREE_START; at < out->words; at += to->tree[at]) {
        const incmap__name_node root = incmap__name_node_at(out, at);
        const uint32_t hash = incmap__index_hash(out->seed, root.text, root.length);
        uint32_t slot = hash & (out->slot_count - 1);
        while (to->slots[slot].at)
            slot = (slot + 1) & (out->slot_count - 1);
        to->slots[slot] = (incmap__root_slot){ hash, at };
    }
}

/* ---- lists by length -------------------------------------------------------------------------- */

static int by_length(const void *a, const void *b)
{
    const struct near_text *x = a, *y = b;

    if (x->length != y->length) return x->length < y->length ? -1 : 1;
    return (x->text.of > y->text.of) - (x->text.of < y->text.of);
}

/* The roots that can be misspelt. */
static void gather_roots(const struct builder *b, struct near_text texts[])
{
    size_t n = 0;
    uint32_t number = 0;

    for (uint32_t at = INCMAP__TREE_START; at < b->out.words; at += b->out.tree[at])
        if (b->plain[number++]) {
            const incmap__name_node root = incmap__name_node_at(&b->out, at);
            const uint32_t text = (uint32_t)(root.text - (const char *)b->out.tree);
            texts[n++] = (struct near_text){ (uint32_t)root.length, { text, at } };
        }
}

/* The letters of forms, whose texts are written here, each once. */
static void gather_letters(struct builder *b, struct arrays *to, incmap__alphabet alphabet,
                           struct near_text texts[])
{
    const struct words *words = &b->letters[alphabet];
    const uint32_t before = b->out.letter_count;
    size_t n = 0;

    if (words->used) memcpy(to->letters + before, words->bytes, words->used);
    b->out.letter_count += (uint32_t)words->used;
    for (size_t i = 0; i < b->row_count; i++) {
        const struct row *row = &b->rows[i];
        if (starts_form(b->rows, i) && row->alphabet == alphabet)
            texts[n++] = (struct near_text){
                words->starts[row->letters + 1] - words->starts[row->letters],
                { before + words->starts[row->letters], row->at },
            };
    }
}

static void write_near(struct builder *b, struct arrays *to, incmap__alphabet alphabet,
                       struct near_text texts[])
{
    const size_t n = to->near[alphabet].count;
    const bool roots = alphabet == INCMAP__ALPHABET_ROOT;
    const char *bytes = roots ? (const char *)to->tree : to->letters;

    if (roots)
        gather_roots(b, texts);
    else
        gather_letters(b, to, alphabet, texts);
    qsort(texts, n, sizeof *texts, by_length);
    for (size_t i = 0, length = 0; length < INCMAP__NEAR_STARTS; length++) {
        while (i < n && texts[i].length < length)
            i++;
        to->near[alphabet].starts[length] = (uint32_t)i;
    }
    for (size_t i = 0; i < n; i++) {
        to->near[alphabet].signatures[i] =
            incmap__signature(alphabet, bytes + texts[i].text.text, texts[i].length);
        to->near[alphabet].texts[i] = texts[i].text;
    }
    b->out.near[alphabet] =
        (incmap__near_list){ to->near[alphabet].signatures, to->near[alphabet].texts,
                             to->near[alphabet].starts, bytes };
}

static incmap_status write_all_near(struct builder *b, struct arrays *to)
{
    struct near_text *texts;
    size_t most = 1;

    for (int k = 0; k < INCMAP__ALPHABETS; k++)
        most = to->near[k].count > most ? to->near[k].count : most;
    texts = incmap__alloc(b->a, most, sizeof *texts);
    if (!texts) return incmap__fail_memory(b->err);
    for (int k = 0; k < INCMAP__ALPHABETS; k++)
        write_near(b, to, (incmap__alphabet)k, texts);
    incmap__free(b->a, texts);
    return INCMAP_OK;
}

static incmap_status write_all(struct builder *b)
{
    struct arrays to = { 0 };
    incmap_status st = allocate(b, &to);

    if (st) return st;
    write_tree(b, to.tree);
    b->out.tree = to.tree;
    write_slots(b, &to);
    b->out.slots = to.slots;
    st = write_all_near(b, &to);
    b->out.letters = to.letters;
    if (st) incmap__free(b->a, b->out.block);
    return st;
}

/* From the names themselves, so that the same names give the same index, and a file made to fill one
 * chain would have to foresee what it does to the seed. */
static void choose_seed(struct builder *b, const incmap__name_list *list)
{
    const uint64_t start[2] = { UINT64_C(0x0123456789ABCDEF), UINT64_C(0xFEDCBA9876543210) };
    uint64_t *seed = b->out.seed;
    incmap__listed_name name;

    memcpy(seed, start, sizeof start);
    for (size_t i = 0; i < list->places; i++)
        for (size_t k = 0; list->name(list->user, i, k, &name); k++) {
            const uint64_t hash = incmap__index_hash(seed, name.text, strlen(name.text));
            seed[k & 1] = (seed[k & 1] ^ hash) * UINT64_C(0x9E3779B97F4A7C15);
        }
}

static incmap_status gather(struct builder *b, const incmap__name_list *list)
{
    incmap_status st = INCMAP_OK;
    incmap__listed_name name;

    choose_seed(b, list);
    for (size_t i = 0; !st && i < list->places; i++)
        for (size_t k = 0; !st && list->name(list->user, i, k, &name); k++)
            st = add_name(b, i, k, &name);
    return st;
}

incmap_status incmap__name_index_build(incmap__name_index *out, const incmap__name_list *list,
                                       const incmap_allocator *a, incmap_error *err)
{
    struct builder b = { .a = a, .err = err };
    incmap_status st;

    incmap__folder_init(&b.folder, a);
    st = gather(&b, list);
    if (!st) drop_doubles(&b);
    if (!st) st = write_all(&b);
    if (!st) *out = b.out;
    incmap__folder_free(&b.folder);
    words_free(&b.roots, a);
    words_free(&b.sounds, a);
    for (int k = 0; k < INCMAP__ALPHABETS; k++)
        words_free(&b.letters[k], a);
    incmap__free(a, b.plain);
    incmap__free(a, b.rows);
    return st;
}

void incmap__name_index_free(incmap__name_index *index, const incmap_allocator *a)
{
    incmap__free(a, index->block);
    *index = (incmap__name_index){ 0 };
}

/* ---- looking up ------------------------------------------------------------------------------- */

uint32_t incmap__name_index_root(const incmap__name_index *index, const char *root, size_t length)
{
    uint32_t hash;

    if (!index->slot_count) return 0;
    hash = incmap__index_hash(index->seed, root, length);
    for (uint32_t tried = 0; tried < index->slot_count; tried++) {
        const incmap__root_slot *slot = &index->slots[(hash + tried) & (index->slot_count - 1)];
        if (!slot->at) break;
        if (slot->hash == hash) {
            const incmap__name_node node = incmap__name_node_at(index, slot->at);
            if (node.length == length && memcmp(node.text, root, length) == 0) return slot->at;
        }
    }
    return 0;
}

uint32_t incmap__name_index_form(const incmap__name_index *index, const char *key, size_t length)
{
    return incmap__index_hash(index->seed, key, length);
}
