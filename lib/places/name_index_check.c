/* SPDX-License-Identifier: MIT */
/* Checking an index of names that came out of a file: the tree is walked once from end to end, and what else
 * points into it must point to where a root, or a form, began. */
#include "places/name_index_check.h"

struct check {
    const incmap__name_index *index;
    size_t places;
    uint64_t *roots, *forms; /* a bit for each word of the tree: one begins there */
};

static void mark(uint64_t bits[], uint32_t at)
{
    bits[at / 64] |= UINT64_C(1) << at % 64;
}

static bool is_marked(const struct check *check, const uint64_t bits[], uint32_t at)
{
    return at < check->index->words && (bits[at / 64] >> at % 64 & 1);
}

/* A root or a sound that ends where `end` is or before, with at least one word of what it leads to. */
static bool take_node(const struct check *check, uint32_t at, uint32_t end, incmap__name_node *node)
{
    const uint32_t words = check->index->tree[at];

    if (words <= INCMAP__NODE_TEXT || words > end - at) return false;
    *node = incmap__name_node_at(check->index, at);
    /* Lengths and not places are compared, since these may run over at the end of the largest trees. */
    return node->length <= INCMAP__SOUND_MOST &&
           INCMAP__NODE_TEXT + incmap__name_text_words(node->length) < words;
}

/* Forms of one sound. Numbers of names are looked at when they are used: here each would be a leap to its
 * place. */
static bool forms_are_good(const struct check *check, const incmap__name_node *sound)
{
    uint32_t at = sound->first;

    while (at < sound->end) {
        incmap__listing listing;
        mark(check->forms, at);
        at += INCMAP__FORM_LISTINGS;
        do {
            if (at > sound->end || sound->end - at < INCMAP__LISTING_WORDS) return false;
            listing = incmap__listing_at(check->index, at);
            if (listing.place >= check->places) return false;
            at += INCMAP__LISTING_WORDS;
        } while (!incmap__listing_is_last(listing));
    }
    return true;
}

static bool tree_is_good(const struct check *check)
{
    const uint32_t words = check->index->words;
    incmap__name_node root, sound;

    if (words < INCMAP__TREE_START) return false;
    for (uint32_t at = INCMAP__TREE_START; at < words; at = root.end) {
        if (!take_node(check, at, words, &root)) return false;
        mark(check->roots, at);
        for (uint32_t of = root.first; of < root.end; of = sound.end)
            if (!take_node(check, of, root.end, &sound) || !forms_are_good(check, &sound))
                return false;
    }
    return true;
}

static bool slots_are_good(const struct check *check)
{
    const incmap__name_index *x = check->index;

    if (!x->slot_count || (x->slot_count & (x->slot_count - 1))) return false;
    for (uint32_t i = 0; i < x->slot_count; i++)
        if (x->slots[i].at && !is_marked(check, check->roots, x->slots[i].at)) return false;
    return true;
}

/* The texts of one length: each is of something, and lies within what the texts lie in. */
static bool texts_are_good(const incmap__near_text texts[], size_t n, size_t length,
                           const struct check *check, incmap__alphabet alphabet)
{
    const bool roots = alphabet == INCMAP__ALPHABET_ROOT;
    const uint64_t *bits = roots ? check->roots : check->forms;
    const size_t bytes =
        roots ? check->index->words * sizeof(uint32_t) : check->index->letter_count;
    uint32_t most = 0;
    bool good = true;

    for (size_t i = 0; i < n; i++) {
        most = texts[i].text > most ? texts[i].text : most;
        good = good && is_marked(check, bits, texts[i].of);
    }
    return good && (n == 0 || (length <= bytes && most <= bytes - length));
}

/* The lengths of texts are those of the lists that they stand in. */
static bool near_is_good(const struct check *check, incmap__alphabet alphabet, size_t count)
{
    const incmap__near_list *list = &check->index->near[alphabet];

    if (list->starts[0] != 0 || list->starts[INCMAP__NEAR_STARTS - 1] != count) return false;
    for (size_t n = 0; n + 1 < INCMAP__NEAR_STARTS; n++) {
        const uint32_t first = list->starts[n], end = list->starts[n + 1];
        if (first > end || end > count ||
            !texts_are_good(list->texts + first, end - first, n, check, alphabet))
            return false;
    }
    return true;
}

static bool all_is_good(const struct check *check, const size_t near_counts[INCMAP__ALPHABETS])
{
    if (!tree_is_good(check) || !slots_are_good(check)) return false;
    for (int k = 0; k < INCMAP__ALPHABETS; k++)
        if (!near_is_good(check, (incmap__alphabet)k, near_counts[k])) return false;
    return true;
}

incmap_status incmap__name_index_check(const incmap__name_index *index,
                                       const size_t near_counts[INCMAP__ALPHABETS], size_t places,
                                       const incmap_allocator *a, bool *good)
{
    const size_t words = index->words / 64 + 1;
    struct check check = { .index = index, .places = places };
    uint64_t *bits = incmap__alloc_zeroed(a, 2 * words, sizeof *bits);

    if (!bits) return INCMAP_ENOMEM;
    check.roots = bits;
    check.forms = bits + words;
    *good = all_is_good(&check, near_counts);
    incmap__free(a, bits);
    return INCMAP_OK;
}
