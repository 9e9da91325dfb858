/* SPDX-License-Identifier: MIT */
/* Finding places by name. The text is read as it sounds, in each reading that its letters allow; the
 * names of the same root are compared with it letter by letter; where none is it by rule, names of
 * roots near by are. */
#include "places/find.h"

#include <math.h>
#include <string.h>

#include "places/about.h"
#include "places/far_names.h"
#include "places/join.h"
#include "places/keyboard.h"
#include "places/letters.h"
#include "places/names.h"
#include "places/spelling.h"
#include "places/trust.h"

/* Scores; incmap_gazetteer_find explains them. */
#define SCORE_RULE 0.97F
#define SCORE_SURE 0.955F /* from here on nobody asks whether letters are wrong */
#define PER_RULE 0.04     /* taken off for each unit of cost of a spelling by rule */
#define RULE_COST 1.25    /* from here on it is another name, or a misspelt one */
#define OTHER_READING_COST 0.1
#define OTHER_WORDS_COST 0.4
#define LAND_COST 0.3 /* of Сумщина for the oblast, and of a raion for its seat */
#define KEYBOARD_OFF 0.12F
#define ABOUT_MOST 512 /* bytes of a text that may say so, with more than enough for its words */
#define KEYBOARD_LETTERS 5 /* of fewer, any two words are one another's too often */

/* ---- names of one root ------------------------------------------------------------------------ */

static double score_misspelt(const incmap__name_search *search, double cost, size_t length)
{
    const size_t letters = search->letters > length ? search->letters : length;
    return INCMAP__SCORE_MISSPELT * (1 - cost / (double)letters);
}

static double least_score(const incmap__name_search *search)
{
    const incmap_find_options *options = search->choice.options;
    return options && options->spelling >= INCMAP_SPELLING_OFFER ? 0.5 : INCMAP_SCORE_LEAST;
}

static bool is_listed_only(const incmap__name_search *search)
{
    const incmap_find_options *options = search->choice.options;
    return options && options->spelling == INCMAP_SPELLING_LISTED;
}

/* All places of a form; returns the word behind it. */
static uint32_t offer_form(incmap__name_search *search, const incmap__name_index *names,
                           uint32_t form, const incmap__offer *offer)
{
    uint32_t at = form + INCMAP__FORM_LISTINGS;
    incmap__listing listing;

    do {
        listing = incmap__listing_at(names, at);
        incmap__candidates_offer(search, listing, offer);
        at += INCMAP__LISTING_WORDS;
    } while (!incmap__listing_is_last(listing));
    return at;
}

/* What a name with letters wrong is worth; false: too little. */
static bool weigh_misspelt(const incmap__name_search *search, double cost, size_t length,
                           incmap__offer *offer)
{
    *offer = (incmap__offer){ INCMAP_REASON_MISSPELT, score_misspelt(search, cost, length),
                              cost < 1.5 ? 1 : (unsigned)lround(cost), false };
    /* Two letters of nine are as much as may be wrong: scores are decimals, which floats only come near. */
    return offer->score >= least_score(search) - 1e-6;
}

/* What is asked for, in one reading. */
struct reading {
    const incmap__sound *sound;
    double cost; /* of reading it so */
    uint32_t form;
    bool is_first; /* only the first has exact forms */
};

/* Whether the sound, which is not quite the one asked for, is of a form of that name for certain. */
static bool is_form(incmap__name_search *search, const struct reading *reading,
                    const incmap__name_node *sound)
{
    if (!reading->is_first || !reading->sound->plain) return false;
    if (!search->stem) search->stem = incmap__trust_stem(search->folder.key, search->folder.length);
    return incmap__trust_is_form(reading->sound, sound->text, sound->length, search->stem);
}

/* By rule the same, except where not even the letters differ. */
static incmap__offer offer_of_sound(incmap__name_search *search, const struct reading *reading,
                                    const incmap__name_node *sound, double cost)
{
    const bool same = cost < 0.05 + OTHER_READING_COST;
    return (incmap__offer){
        .reason = same ? INCMAP_REASON_SPELLING : INCMAP_REASON_FORM,
        .score = SCORE_RULE - PER_RULE * cost,
        .judged = !same && is_form(search, reading, sound),
    };
}

/* Names that have the root asked for, so far as they are the same by rule. */
static void look_at_sound(incmap__name_search *search, const incmap__name_index *names,
                          const struct reading *reading, const incmap__name_node *sound)
{
    const double cost = incmap__spelling_cost(reading->sound->text, reading->sound->length,
                                              sound->text, sound->length, RULE_COST) +
                        reading->cost;
    const incmap__offer exact = { .reason = INCMAP_REASON_NAME, .score = 1 };
    const bool may_be_exact = reading->is_first && cost == 0;
    incmap__offer by_rule;

    if (cost >= RULE_COST) return;
    by_rule = offer_of_sound(search, reading, sound, cost);
    for (uint32_t form = sound->first; form < sound->end;) {
        const bool is_exact = may_be_exact && names->tree[form] == reading->form;
        form = offer_form(search, names, form, is_exact ? &exact : &by_rule);
    }
}

static void look_up(incmap__name_search *search, const incmap__name_index *names,
                    const struct reading *reading)
{
    const incmap__sound *asked = reading->sound;
    const uint32_t at = incmap__name_index_root(names, asked->root, asked->root_length);
    incmap__name_node root, sound;

    if (!at) return;
    root = incmap__name_node_at(names, at);
    for (uint32_t of = root.first; of < root.end; of = sound.end) {
        sound = incmap__name_node_at(names, of);
        look_at_sound(search, names, reading, &sound);
    }
}

/* "Грайвороном": a longer ending than root and letters take for one. */
static void look_up_shorter(incmap__name_search *search, const incmap__name_index *names,
                            const struct reading *reading)
{
    incmap__sound sound = *reading->sound;
    const struct reading shorter = { &sound, reading->cost + 0.6, 0, false };

    sound.root_length = incmap__sound_shorter_root(reading->sound, sound.root);
    if (!sound.root_length) return;
    /* The letters less as much of the ending. */
    sound.length -= reading->sound->root_length - sound.root_length;
    while (sound.length > 0 && incmap__sound_is_vowel(sound.text[sound.length - 1]))
        sound.length--;
    look_up(search, names, &shorter);
}

/* "в Козинці" for Козинка. */
static void look_up_turned_back(incmap__name_search *search, const incmap__name_index *names,
                                const struct reading *reading)
{
    incmap__sound sound;
    const struct reading other = { &sound, reading->cost + 0.6, 0, false };

    if (incmap__sound_turned_back(reading->sound, &sound)) look_up(search, names, &other);
}

/* "Красный Кут" for Червоний Кут, "Коровенцы Малые" for Малі Коровинці. */
static void look_up_other_words(incmap__name_search *search, const incmap__name_index *names,
                                const struct reading *reading)
{
    incmap__sound sound;
    const struct reading other = { &sound, reading->cost + OTHER_WORDS_COST, 0, false };

    for (int how = INCMAP__WORDS_TRANSLATED; how <= INCMAP__WORDS_BOTH; how++)
        if (incmap__sound_other_words(reading->sound, (incmap__other_words)how, &sound))
            look_up(search, names, &other);
}

/* ---- names near by ---------------------------------------------------------------------------- */

struct near_by {
    incmap__name_search *search;
    const incmap__name_index *names;
    const struct reading *reading;
};

/* Roots near that of the reading; what their sounds cost says how near names are. */
static void look_at_near_root(void *user, uint32_t root, size_t root_length, unsigned edits)
{
    const struct near_by *near = user;
    const incmap__name_index *names = near->names;
    const struct reading *reading = near->reading;
    const double most = near->search->most_cost;

    const incmap__name_node node = incmap__name_node_at(names, root);
    incmap__name_node sound;
    incmap__offer offer;

    (void)root_length;
    (void)edits;
    for (uint32_t of = node.first; of < node.end; of = sound.end) {
        sound = incmap__name_node_at(names, of);
        const double cost = incmap__spelling_cost(reading->sound->text, reading->sound->length,
                                                  sound.text, sound.length, most) +
                            reading->cost;
        if (cost > most || !weigh_misspelt(near->search, cost, sound.length, &offer)) continue;
        for (uint32_t form = sound.first; form < sound.end;)
            form = offer_form(near->search, names, form, &offer);
    }
}

static void look_near(incmap__name_search *search, const incmap__name_index *names,
                      const struct reading *reading)
{
    const incmap__sound *sound = reading->sound;
    struct near_by near = { search, names, reading };

    if (sound->plain)
        incmap__near_list_find(&names->near[INCMAP__ALPHABET_ROOT], INCMAP__ALPHABET_ROOT,
                               sound->root, sound->root_length, look_at_near_root, &near);
}

/* Letters wrong in a text of the same script are counted as people count them, whatever sounds they make. */
static void look_at_near_form(void *user, uint32_t form, size_t length, unsigned edits)
{
    const struct near_by *near = user;
    incmap__offer offer;

    if (weigh_misspelt(near->search, edits ? edits : 1, length, &offer))
        (void)offer_form(near->search, near->names, form, &offer);
}

static void look_near_letters(incmap__name_search *search, const incmap__name_index *names,
                              const struct reading *reading)
{
    struct near_by near = { search, names, reading };
    char letters[INCMAP__LETTERS_MOST];
    incmap__alphabet alphabet;
    const size_t n = incmap__letters(search->folder.key, search->folder.length, letters, &alphabet);

    if (n)
        incmap__near_list_find(&names->near[alphabet], alphabet, letters, n, look_at_near_form,
                               &near);
}

/* ---- the search ------------------------------------------------------------------------------- */

typedef void look_fn(incmap__name_search *search, const incmap__name_index *names,
                     const struct reading *reading);

static void look_into(incmap__name_search *search, const incmap__name_index *names, size_t first,
                      const struct reading *reading, look_fn *look)
{
    struct reading own = *reading;

    if (!names->words) return;
    search->first = first;
    if (reading->is_first)
        own.form = incmap__name_index_form(names, search->folder.key, search->folder.length);
    look(search, names, &own);
}

/* In the names of an opened file, and in those of the places added. */
static void look_everywhere(incmap__name_search *search, const struct reading *reading,
                            look_fn *look)
{
    const incmap_gazetteer *g = search->choice.g;

    look_into(search, &g->saved.index, 0, reading, look);
    for (size_t i = 0; i < g->layers.count; i++)
        look_into(search, &g->layers.items[i].names, g->saved.count + g->layers.items[i].first,
                  reading, look);
}

/* Each choice of reading is taken or left; with more than three only each by itself. */
static void look_in_other_readings(incmap__name_search *search, look_fn *look)
{
    const unsigned choices = search->sound.choices;
    struct reading reading;
    incmap__sound sound;
    unsigned taken = 0;
    int bits = 0;

    for (unsigned rest = choices; rest; rest &= rest - 1)
        bits++;
    reading = (struct reading){ &sound, OTHER_READING_COST, 0, false };
    do {
        taken = (taken - choices) & choices; /* the next subset */
        if (!taken || (bits > 3 && (taken & (taken - 1)))) continue;
        incmap__sound_or_key(&sound, search->folder.key, search->folder.length, taken);
        look_everywhere(search, &reading, look);
    } while (taken);
}

static void look_in_all_readings(incmap__name_search *search, look_fn *look)
{
    const struct reading first = { &search->sound, 0, 0, true };

    look_everywhere(search, &first, look);
    if (search->best < SCORE_SURE) look_in_other_readings(search, look);
}

/* "Сумщина" is what people call Сумська область. Villages are called so too, so that these stay; of the
 * root without its end only regions are taken. */
static void look_up_land(incmap__name_search *search)
{
    incmap__sound sound;
    const struct reading land = { &sound, LAND_COST, 0, false };
    const unsigned kinds = search->sound.kinds;

    if (!incmap__sound_land(&search->sound, &sound)) return;
    search->sound.kinds = search->only_kinds = INCMAP_PLACE_BIT(INCMAP_PLACE_REGION);
    look_everywhere(search, &land, look_up);
    search->sound.kinds = kinds;
    search->only_kinds = 0;
}

/* Kupiansk for "Kupianskyi raion", where no area is called so. */
static void look_up_seat(incmap__name_search *search)
{
    incmap__sound sound;
    const struct reading seat = { &sound, LAND_COST, 0, false };

    if (incmap__sound_seat(&search->sound, &sound)) look_everywhere(search, &seat, look_up);
}

static const char *script_of(const char *name, size_t length, bool is_ascii)
{
    const char *language = is_ascii ? "" : incmap__names_guess_language(name, length);

    if (language[0]) return language;
    for (const unsigned char *c = (const unsigned char *)name; *c; c++) {
        if ((*c | 0x20) >= 'a' && (*c | 0x20) <= 'z') return "Latn";
        if (*c == 0xD0 || *c == 0xD1) return "Cyrl";
    }
    return "";
}

static size_t count_letters(const char *text, size_t length)
{
    size_t n = 0;
    for (size_t i = 0; i < length; i++)
        n += ((unsigned char)text[i] & 0xC0) != 0x80 && text[i] != ' ';
    return n;
}

/* Of the name without the words for kinds, which are the same in half of what is asked for, and without the
 * ending that an area's name has for them. */
static size_t count_own_letters(const incmap__name_search *search)
{
    const size_t all = count_letters(search->folder.key, search->folder.length);
    const size_t own = count_letters(search->sound.text, search->sound.length);

    return search->sound.kind_word && own < all ? own : all;
}

/* How far off a name may be to reach the least score. */
static void weigh_letters(incmap__name_search *search)
{
    search->most_cost =
        (1 - least_score(search) / (double)INCMAP__SCORE_MISSPELT) * (double)(search->letters + 1);
}

/* Posts only where a word says post: their names are made of two places', which the text may name too. */
static void look_up_in_other_words(incmap__name_search *search)
{
    if (!incmap__asks_for_post(search))
        search->only_kinds = ~INCMAP_PLACE_BIT(INCMAP_PLACE_BORDER_POST);
    look_in_all_readings(search, look_up_other_words);
    search->only_kinds = 0;
}

/* All that the key in the folder may mean. */
static void gather(incmap__name_search *search)
{
    const struct reading first = { &search->sound, 0, 0, true };

    incmap__sound_or_key(&search->sound, search->folder.key, search->folder.length, 0);
    search->letters = count_own_letters(search);
    search->stem = 0;
    weigh_letters(search);
    look_in_all_readings(search, look_up);
    look_up_land(search);
    if (search->best >= SCORE_SURE) return;
    if (search->best < INCMAP__SCORE_MISSPELT) look_up_seat(search);
    if (search->best < INCMAP__SCORE_MISSPELT) look_in_all_readings(search, look_up_shorter);
    if (search->best < INCMAP__SCORE_MISSPELT) look_in_all_readings(search, look_up_turned_back);
    if (search->best < INCMAP__SCORE_MISSPELT) look_up_in_other_words(search);
    if (search->best >= SCORE_SURE || is_listed_only(search)) return;
    look_everywhere(search, &first, look_near_letters);
    look_everywhere(search, &first, look_near);
    if ((double)search->best < INCMAP_SCORE_LEAST) look_in_other_readings(search, look_near);
}

static void gather_anew(incmap__name_search *search, const char *name, size_t length)
{
    incmap__candidates_forget(search);
    if (incmap__fold(&search->folder, name, length, NULL))
        search->failed = true; /* it was UTF-8 before, so that there is no memory */
    else if (search->folder.has_word)
        gather(search);
}

/* "Козинка (Kozinka)": places that bear each of the names, of which the first is what they are judged by. */
static void gather_under_all(incmap__name_search *search, const incmap__said_names *names)
{
    gather_anew(search, names->items[0], strlen(names->items[0]));
    for (size_t i = 1; i < names->count && !search->failed; i++) {
        incmap__name_search other;
        incmap__name_search_init(&other, search->choice.ctx, search->choice.g);
        other.choice = search->choice;
        gather_anew(&other, names->items[i], strlen(names->items[i]));
        incmap__candidates_keep_common(search, &other);
        search->failed = search->failed || other.failed;
        search->choice.failed = search->choice.failed || other.choice.failed;
        incmap__name_search_free(&other);
    }
}

/* Where the text as one name has led to nothing. */
static void look_under_all_names(incmap__name_search *search, const char *text)
{
    incmap__said_names names;

    if ((double)search->best >= INCMAP_SCORE_LEAST || search->failed ||
        !incmap__said_names_split(&names, search->folder.key, search->folder.length))
        return;
    gather_under_all(search, &names);
    if ((double)search->best < INCMAP_SCORE_LEAST) gather_anew(search, text, strlen(text));
}

/* The text as a name and the areas that it lies in; what was found for the whole stays where that leads to
 * nothing. */
static void look_within_areas(incmap__name_search *search, const char *name, size_t length)
{
    incmap__said said;
    bool tried = false;

    for (unsigned way = 0; way < INCMAP__SAID_WAYS && !search->failed; way++) {
        if (tried && incmap__fold(&search->folder, name, length, NULL)) search->failed = true;
        if (!incmap__said_split(&said, search->folder.key, search->folder.length, way)) continue;
        tried = true;
        incmap__choice_say(&search->choice, &said);
        gather_anew(search, said.name, strlen(said.name));
        look_under_all_names(search, said.name);
        incmap__choice_say(&search->choice, NULL);
        search->area_said = (double)search->best >= INCMAP_SCORE_LEAST;
        if (search->area_said) return;
    }
    if (tried) gather_anew(search, name, length);
}

/* Of what was found before only misspelt names are there, of which none is good. */
static void keep_typed(incmap__name_search *search)
{
    size_t kept = 0;

    for (size_t i = 0; i < search->count; i++) {
        if (search->items[i].reason == INCMAP_REASON_MISSPELT) continue;
        search->items[kept] = search->items[i];
        search->items[kept++].score -= KEYBOARD_OFF;
    }
    search->count = kept;
    search->typed = true;
}

/* The text as the same keys give it in the other script. Only the names as they are: of a text that is none
 * anyway, with letters wrong besides, too much would be near. */
static void look_on_other_keyboard(incmap__name_search *search, const char *name, size_t length)
{
    for (int k = 0; k < INCMAP__KEYBOARDS && !search->failed; k++) {
        char text[INCMAP__KEYBOARD_MOST];
        size_t n;
        if (incmap__fold(&search->folder, name, length, NULL)) search->failed = true;
        n = incmap__keyboard_other((incmap__keyboard)k, search->folder.key, search->folder.length,
                                   text);
        if (!n) continue;
        if (incmap__fold(&search->folder, text, n, NULL)) search->failed = true;
        search->best = 0;
        search->stem = 0;
        incmap__sound_or_key(&search->sound, search->folder.key, search->folder.length, 0);
        look_in_all_readings(search, look_up);
        if (search->best > 0) {
            keep_typed(search);
            return;
        }
    }
}

/* "4 km north of Kozinka": what is looked for is Kozinka, unless the whole is a listed name. The rest of the text
 * goes into `rest`, and is what all is compared with from here on; returns what to look for. */
static const char *look_about(incmap__name_search *search, const char *name, char rest[ABOUT_MOST])
{
    incmap__about about;

    if (search->best >= 1 || is_listed_only(search) || search->folder.length >= ABOUT_MOST ||
        !incmap__about_read(&about, search->folder.key, search->folder.length))
        return name;
    memcpy(rest, search->folder.key + about.first, about.length);
    rest[about.length] = '\0';
    search->about_m = about.radius_m;
    search->about_stated = about.stated;
    gather_anew(search, rest, about.length);
    return rest;
}

static bool is_any_offered(const incmap__name_search *search)
{
    const incmap_find_options *options = search->choice.options;
    return options && options->spelling == INCMAP_SPELLING_NEAREST;
}

static incmap_status get_ready(const incmap_gazetteer *g, incmap_error *err)
{
    const incmap_status st = incmap__gazetteer_ready(g, err);
    return st ? st : incmap__join_ready(g, err);
}

incmap_status incmap_gazetteer_prepare(incmap_ctx *ctx, const incmap_gazetteer *g)
{
    if (!ctx || !g)
        return incmap__fail(ctx ? &ctx->error : NULL, INCMAP_EARG, "prepare gazetteer: NULL");
    return get_ready(g, &ctx->error);
}

void incmap__name_search_init(incmap__name_search *search, incmap_ctx *ctx,
                              const incmap_gazetteer *g)
{
    incmap__folder_init(&search->folder, &ctx->allocator);
    search->choice.ctx = ctx;
    search->choice.g = g;
    search->items = search->small;
    search->slots = search->small_slots;
    memset(search->small_slots, 0, sizeof search->small_slots);
    search->count = 0;
    search->room = INCMAP__CANDIDATES_SMALL;
    search->best = 0;
    search->only_kinds = 0;
    search->about_m = 0;
    search->about_stated = false;
    search->failed = search->area_said = search->typed = false;
}

incmap_status incmap__name_search_run(incmap__name_search *search, incmap_ctx *ctx,
                                      const incmap_gazetteer *g, const char *name,
                                      const incmap_find_options *options)
{
    size_t length = strlen(name);
    char rest[ABOUT_MOST];
    incmap_status st;

    st = incmap__fold(&search->folder, name, length, &ctx->error);
    if (!st && !search->folder.has_word)
        st = incmap__fail(&ctx->error, INCMAP_EPARSE, "the name has no letter and no digit");
    if (!st) st = get_ready(g, &ctx->error);
    if (!st) st = incmap__choice_init(&search->choice, ctx, g, options);
    if (st) return st;
    search->asked_in = script_of(name, length, search->folder.is_ascii);
    gather(search);
    name = look_about(search, name, rest);
    length = strlen(name);
    if (search->best < INCMAP__SCORE_MISSPELT) look_within_areas(search, name, length);
    look_under_all_names(search, name);
    if ((double)search->best < INCMAP_SCORE_LEAST && search->letters >= KEYBOARD_LETTERS &&
        !is_listed_only(search)) {
        look_on_other_keyboard(search, name, length);
        /* What candidates are compared with is what they were found for. */
        if (!search->typed && incmap__fold(&search->folder, name, length, NULL))
            search->failed = true;
    }
    if (!search->count && is_any_offered(search)) incmap__far_names_offer(search);
    if (search->failed || search->choice.failed) return incmap__fail_memory(&ctx->error);
    incmap__candidates_rank(search);
    return INCMAP_OK;
}

void incmap__name_search_free(incmap__name_search *search)
{
    incmap__candidates_free(search);
    incmap__folder_free(&search->folder);
}

/* ---- the door ----------------------------------------------------------------------------------- */

/* All that can fail is done before the first is written, so that a failure leaves the output alone. */
static incmap_status write_matches(incmap__name_search *search, incmap_match matches[],
                                   size_t capacity)
{
    const size_t n = search->count < capacity ? search->count : capacity;

    if (!incmap__name_search_prepare(search, n))
        return incmap__fail_memory(&search->choice.ctx->error);
    for (size_t i = 0; i < n; i++)
        matches[i] = incmap__name_search_match(search, i);
    return INCMAP_OK;
}

incmap_status incmap_gazetteer_find(incmap_ctx *ctx, const incmap_gazetteer *g, const char *name,
                                    const incmap_find_options *options, incmap_match matches[],
                                    size_t capacity, size_t *count)
{
    incmap__name_search search;
    incmap_status st;

    if (!ctx || !g || !name || !count || (!matches && capacity))
        return incmap__fail(ctx ? &ctx->error : NULL, INCMAP_EARG, "find place: NULL");
    incmap__name_search_init(&search, ctx, g);
    st = incmap__name_search_run(&search, ctx, g, name, options);
    if (!st) st = write_matches(&search, matches, capacity);
    if (!st) *count = search.count;
    incmap__name_search_free(&search);
    return st;
}
