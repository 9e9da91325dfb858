/* SPDX-License-Identifier: MIT */
/* Ranking all names by how near their letters are. Lengths and signatures, which say what letters a name has,
 * leave few of them to compare once five are known, since only a nearer one is of interest then. */
#include "places/far_names.h"

#include <string.h>

#include "base/byte_lanes.h"
#include "places/join.h"
#include "places/letters.h"
#include "places/spelling.h"

enum { LETTERS_LEAST = 3, RUN = 3 };

/* A listed name, as it is compared, and the place that is offered for it. */
struct spelling {
    const incmap__name_index *names;
    size_t first; /* number of the first place of that index */
    uint32_t form;
    const char *text;
    size_t length;
    unsigned edits, alike;
    incmap__listing listing;
    uint32_t place;
};

struct ranking {
    incmap__name_search *search;
    char letters[INCMAP__LETTERS_MOST]; /* asked for */
    size_t length;
    incmap__alphabet alphabet; /* of the text asked for; ROOT: of several or another */
    bool by_sound;             /* what is compared are sounds, of names in another script */
    incmap__spelling_pattern_of pattern;
    uint64_t signature;
    size_t own; /* letters that are no words for a kind */
    unsigned limit;
    struct spelling kept[INCMAP__FAR_NAMES]; /* the nearest first */
    size_t count;
};

/* ---- which is nearer -------------------------------------------------------------------------- */

/* How many runs of three letters of b are in a as well. */
static unsigned count_runs(const char *a, size_t a_length, const char *b, size_t b_length)
{
    unsigned runs = 0;

    for (size_t i = 0; i + RUN <= b_length; i++)
        for (size_t k = 0; k + RUN <= a_length; k++)
            if (memcmp(a + k, b + i, RUN) == 0) {
                runs++;
                break;
            }
    return runs;
}

/* What people see that have to choose among names with as many letters wrong: parts that are the same, then
 * the beginning, then the end; each is at most 64. */
static unsigned likeness(const struct ranking *r, const char *text, size_t length)
{
    const size_t shorter = length < r->length ? length : r->length;
    unsigned begin = 0, end = 0;

    while (begin < shorter && text[begin] == r->letters[begin])
        begin++;
    while (end < shorter && text[length - 1 - end] == r->letters[r->length - 1 - end])
        end++;
    return (count_runs(r->letters, r->length, text, length) * 128 + begin) * 128 + end;
}

static bool is_nearer(const struct spelling *x, const struct spelling *y)
{
    if (x->edits != y->edits) return x->edits < y->edits;
    if (x->alike != y->alike) return x->alike > y->alike;
    return x->first != y->first ? x->first < y->first : x->form < y->form;
}

/* More letters wrong are of no interest. */
static unsigned most_edits(const struct ranking *r)
{
    return r->count < INCMAP__FAR_NAMES ? r->limit : r->kept[INCMAP__FAR_NAMES - 1].edits;
}

/* ---- what is kept ----------------------------------------------------------------------------- */

static size_t kept_of_place(const struct ranking *r, uint32_t place)
{
    size_t i = 0;

    while (i < r->count && r->kept[i].place != place)
        i++;
    return i;
}

static bool is_kept(const struct ranking *r, const struct spelling *x)
{
    for (size_t i = 0; i < r->count; i++)
        if (r->kept[i].length == x->length && memcmp(r->kept[i].text, x->text, x->length) == 0)
            return true;
    return false;
}

/* Codes of airports are nobody's spelling; of a name in the script asked for letters tell, not sounds. */
static bool is_offered(const struct ranking *r, size_t listed, incmap__listing listing)
{
    const char *name =
        incmap__gazetteer_name(r->search->choice.g, listed, incmap__listing_name(listing)).text;
    char letters[INCMAP__LETTERS_MOST];
    incmap__alphabet alphabet = INCMAP__ALPHABET_ROOT;
    incmap__folder folder;

    if (incmap__listing_is_code(listing)) return false;
    if (!r->by_sound || r->alphabet == INCMAP__ALPHABET_ROOT) return true;
    incmap__folder_init(&folder, &r->search->choice.ctx->allocator);
    if (incmap__fold(&folder, name, strlen(name), NULL))
        r->search->failed = true; /* what is listed is UTF-8 */
    else
        (void)incmap__letters(folder.key, folder.length, letters, &alphabet);
    incmap__folder_free(&folder);
    return alphabet != r->alphabet;
}

/* Of the places that bear this name the one with most people that the options let through and for which no
 * nearer name is kept. */
static bool pick_place(struct ranking *r, struct spelling *x)
{
    const uint32_t end = incmap__form_end(x->names, x->form);
    incmap__choice *choice = &r->search->choice;
    int64_t most = INT64_MIN;

    for (uint32_t at = x->form + INCMAP__FORM_LISTINGS; at < end; at += INCMAP__LISTING_WORDS) {
        const incmap__listing listing = incmap__listing_at(x->names, at);
        const size_t listed = listing.place + x->first;
        const uint32_t place = (uint32_t)incmap__join_upper(choice->g, listed);
        const size_t held = kept_of_place(r, place);
        incmap__facts facts;
        if (held < r->count && !is_nearer(x, &r->kept[held])) continue;
        if (!incmap__choice_lets_place_through(choice, place, &facts) || facts.population <= most)
            continue;
        if (!is_offered(r, listed, listing)) return false; /* so is no other of that name */
        most = facts.population;
        x->listing = listing;
        x->place = place;
    }
    return most > INT64_MIN;
}

static void take_out(struct ranking *r, size_t at)
{
    r->count--;
    memmove(r->kept + at, r->kept + at + 1, (r->count - at) * sizeof *r->kept);
}

static void put_in(struct ranking *r, const struct spelling *x)
{
    size_t at = r->count < INCMAP__FAR_NAMES ? r->count++ : r->count - 1;

    for (; at > 0 && is_nearer(x, &r->kept[at - 1]); at--)
        r->kept[at] = r->kept[at - 1];
    r->kept[at] = *x;
}

/* A place that is kept for a name farther off gives that one up, which may then stand for another place: each
 * round is about a name that is farther than the one before, so that it ends. */
static void consider(struct ranking *r, struct spelling x)
{
    struct spelling left;
    bool more = true;

    while (more) {
        const bool full = r->count == INCMAP__FAR_NAMES;
        if (full && !is_nearer(&x, &r->kept[INCMAP__FAR_NAMES - 1])) return;
        if (is_kept(r, &x) || !pick_place(r, &x)) return;
        const size_t held = kept_of_place(r, x.place);
        more = held < r->count;
        if (more) {
            left = r->kept[held];
            take_out(r, held);
        }
        put_in(r, &x);
        if (more) x = left;
    }
}

/* ---- letters ---------------------------------------------------------------------------------- */

static void look_through(struct ranking *r, const incmap__name_index *names, size_t first,
                         size_t length)
{
    const incmap__near_list *list = &names->near[r->alphabet];
    const unsigned longer =
        (unsigned)(length > r->length ? length - r->length : r->length - length);

    for (uint32_t i = list->starts[length]; i < list->starts[length + 1]; i++) {
        const char *text = list->bytes + list->texts[i].text;
        const unsigned most = most_edits(r);
        unsigned edits;
        if (longer > most) return;
        if (incmap__count_bits(list->signatures[i] ^ r->signature) >
            incmap__signature_bits(most, longer))
            continue;
        edits = incmap__spelling_far(&r->pattern, text, length, most);
        if (edits <= most)
            consider(r, (struct spelling){ .names = names,
                                           .first = first,
                                           .form = list->texts[i].of,
                                           .text = text,
                                           .length = length,
                                           .edits = edits,
                                           .alike = likeness(r, text, length) });
    }
}

/* Those of the same length first, as the nearest mostly are. */
static void rank_letters(struct ranking *r, const incmap__name_index *names, size_t first)
{
    if (r->alphabet == INCMAP__ALPHABET_ROOT || !names->near[r->alphabet].starts) return;
    for (size_t n = 0; n <= most_edits(r); n++) {
        if (r->length >= n + INCMAP__NEAR_SHORTEST) look_through(r, names, first, r->length - n);
        if (n > 0 && r->length + n <= INCMAP__NEAR_LONGEST)
            look_through(r, names, first, r->length + n);
    }
}

/* ---- sounds ----------------------------------------------------------------------------------- */

/* The letters of a sound without the spaces, which nobody counts; 0 where some are none of the alphabet. */
static size_t copy_sound(char to[INCMAP__LETTERS_MOST], const char *text, size_t length)
{
    size_t n = 0;

    for (size_t i = 0; i < length; i++) {
        if ((unsigned char)text[i] >= 0x80 || n == INCMAP__LETTERS_MOST) return 0;
        if (text[i] != ' ') to[n++] = text[i];
    }
    return n;
}

static void look_at_sound(struct ranking *r, const incmap__name_index *names, size_t first,
                          const incmap__name_node *sound)
{
    const unsigned most = most_edits(r);
    char text[INCMAP__LETTERS_MOST];
    const size_t length = copy_sound(text, sound->text, sound->length);
    struct spelling x = { .names = names, .first = first, .text = sound->text };

    if (!length || (length > r->length ? length - r->length : r->length - length) > most) return;
    x.edits = incmap__spelling_far(&r->pattern, text, length, most);
    if (x.edits > most) return;
    x.length = sound->length;
    x.alike = likeness(r, text, length);
    for (x.form = sound->first; x.form < sound->end; x.form = incmap__form_end(names, x.form))
        consider(r, x);
}

static void rank_sounds(struct ranking *r, const incmap__name_index *names, size_t first)
{
    incmap__name_node root, sound;

    for (uint32_t at = INCMAP__TREE_START; at < names->words; at = root.end) {
        root = incmap__name_node_at(names, at);
        for (uint32_t of = root.first; of < root.end; of = sound.end) {
            sound = incmap__name_node_at(names, of);
            look_at_sound(r, names, first, &sound);
        }
    }
}

/* ---- the text asked for ----------------------------------------------------------------------- */

static void rank_everywhere(struct ranking *r,
                            void (*rank)(struct ranking *r, const incmap__name_index *names,
                                         size_t first))
{
    const incmap_gazetteer *g = r->search->choice.g;

    incmap__spelling_pattern(&r->pattern, r->letters, r->length);
    rank(r, &g->saved.index, 0);
    for (size_t i = 0; i < g->layers.count; i++)
        rank(r, &g->layers.items[i].names, g->saved.count + g->layers.items[i].first);
}

static size_t count_letters(const struct ranking *r)
{
    size_t n = 0;

    for (size_t i = 0; i < r->length; i++)
        n += !(r->letters[i] >= '0' && r->letters[i] <= '9');
    return n;
}

static void limit_edits(struct ranking *r, size_t own)
{
    r->own = own;
    r->limit = (unsigned)(count_letters(r) < LETTERS_LEAST ? 0 : own * 2 / 3);
}

/* Names of areas have their words for kinds in them, "Sumy Oblast", and those of other places seldom. */
static void rank_by_letters(struct ranking *r, const char *key, size_t length)
{
    const size_t bare = incmap__letters_of_name(key, length, r->letters, &r->alphabet);

    r->length = bare;
    if (bare && r->search->sound.area)
        r->length = incmap__letters(key, length, r->letters, &r->alphabet);
    if (!r->length) r->alphabet = INCMAP__ALPHABET_ROOT;
    limit_edits(r, bare);
    if (!r->limit) return;
    r->signature = incmap__signature(r->alphabet, r->letters, r->length);
    rank_everywhere(r, rank_letters);
}

static void rank_by_sound(struct ranking *r)
{
    const incmap__sound *sound = &r->search->sound;

    if (!sound->plain) return;
    r->by_sound = true;
    r->length = copy_sound(r->letters, sound->text, sound->length);
    limit_edits(r, r->length);
    if (r->limit) rank_everywhere(r, rank_sounds);
}

/* Scores are in the order of the rank, so far as kinds and nearness do not say otherwise. */
static void offer_kept(const struct ranking *r)
{
    incmap__name_search *search = r->search;

    for (size_t i = 0; i < r->count; i++) {
        const struct spelling *x = &r->kept[i];
        const double right = 1 - (double)x->edits / (double)r->own;
        const incmap__offer offer = {
            .reason = x->edits ? INCMAP_REASON_MISSPELT : INCMAP_REASON_NAME,
            .score = (double)INCMAP__SCORE_MISSPELT * right - 1e-6 * (double)i,
            .edits = x->edits,
        };
        /* With no letter wrong it is that name, only in another area than the text says: no other is meant. */
        if (x->edits && !r->kept[0].edits) break;
        search->first = x->first;
        incmap__candidates_offer(search, x->listing, &offer);
    }
    for (size_t i = 0; i < search->count; i++)
        search->items[i].judged = search->items[i].offered = true;
}

/* Sounds are compared only where nothing else is left to try. */
static void offer_nearest(incmap__name_search *search, const char *key, size_t length, bool last)
{
    struct ranking r = { .search = search };

    incmap__sound_or_key(&search->sound, key, length, 0);
    rank_by_letters(&r, key, length);
    if (!r.count && last) rank_by_sound(&r);
    offer_kept(&r);
}

void incmap__far_names_offer(incmap__name_search *search)
{
    const incmap__folder *folder = &search->folder;
    incmap__said said, split = { .name = NULL };

    for (unsigned way = 0; way < INCMAP__SAID_WAYS && !search->failed; way++) {
        if (!incmap__said_split(&said, folder->key, folder->length, way)) continue;
        incmap__choice_say(&search->choice, &said);
        offer_nearest(search, said.name, strlen(said.name), false);
        incmap__choice_say(&search->choice, NULL);
        search->area_said = search->count > 0;
        if (search->area_said) return;
        if (!split.name) (void)incmap__said_split(&split, folder->key, folder->length, way);
    }
    /* The name without its area, which may be of somewhere else. */
    if (split.name)
        offer_nearest(search, split.name, strlen(split.name), true);
    else
        offer_nearest(search, folder->key, folder->length, true);
}
