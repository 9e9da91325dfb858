/* SPDX-License-Identifier: MIT */
/* The name is read as it sounds, in each reading that its letters allow; the names of the same root are
 * compared with it letter by letter; where none is it by rule, names of roots near by are. */
#include "places/look_up.h"

#include <math.h>
#include <string.h>

#include "base/byte_lanes.h"
#include "places/gazetteer.h"
#include "places/letters.h"
#include "places/spelling.h"
#include "places/trust.h"

/* Scores; incmap_gazetteer_find explains them. */
#define SCORE_RULE 0.97F
#define SCORE_SURE 0.955F /* from here on nobody asks whether letters are wrong */
#define PER_RULE 0.04     /* taken off for each unit of cost of a spelling by rule */
#define RULE_COST 1.25    /* from here on it is another name, or a misspelt one */
#define OTHER_READING_COST 0.1
#define OTHER_WORDS_COST 0.4
#define SEAT_FAR_M 20e3 /* of a district's point, which is its middle or its seat */
#define LAND_COST 0.3   /* of Сумщина for the oblast, and of a raion for its seat */

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
    bool by_rule;  /* nothing but the rule tells it from the name, so that no letters are counted */
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
        .judged = !same && (reading->by_rule || is_form(search, reading, sound)),
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
    const struct reading shorter = { .sound = &sound, .cost = reading->cost + 0.6 };

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
    const struct reading other = { .sound = &sound, .cost = reading->cost + 0.6 };

    if (incmap__sound_turned_back(reading->sound, &sound)) look_up(search, names, &other);
}

/* "Красный Кут" for Червоний Кут, "Коровенцы Малые" for Малі Коровинці. */
static void look_up_other_words(incmap__name_search *search, const incmap__name_index *names,
                                const struct reading *reading)
{
    incmap__sound sound;
    const struct reading other = { .sound = &sound, .cost = reading->cost + OTHER_WORDS_COST };

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

/* ---- one name ------------------------------------------------------------------------------- */

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
    const bool many = incmap__count_bits(choices) > 3;
    unsigned taken = 0;

    reading = (struct reading){ .sound = &sound, .cost = OTHER_READING_COST };
    do {
        taken = (taken - choices) & choices; /* the next subset */
        if (!taken || (many && (taken & (taken - 1)))) continue;
        incmap__sound_or_key(&sound, search->folder.key, search->folder.length, taken);
        look_everywhere(search, &reading, look);
    } while (taken);
}

static void look_in_all_readings(incmap__name_search *search, look_fn *look)
{
    const struct reading first = { .sound = &search->sound, .is_first = true };

    look_everywhere(search, &first, look);
    if (search->best < SCORE_SURE) look_in_other_readings(search, look);
}

/* "Сумщина" is what people call Сумська область. Villages are called so too, so that these stay; of the
 * root without its end only regions are taken. */
static void look_up_land(incmap__name_search *search)
{
    incmap__sound sound;
    const struct reading land = { .sound = &sound, .cost = LAND_COST };
    const unsigned kinds = search->sound.kinds;

    if (!incmap__sound_land(&search->sound, &sound)) return;
    search->sound.kinds = search->only_kinds = INCMAP_PLACE_BIT(INCMAP_PLACE_REGION);
    look_everywhere(search, &land, look_up);
    search->sound.kinds = kinds;
    search->only_kinds = 0;
}

/* Whether a settlement of the name asked for lies by the point of the area: Poltavka is no seat of Poltava's. */
static bool has_seat(incmap__name_search *search, const incmap__candidate *area)
{
    enum { SETTLEMENTS = 4 };
    incmap_find_options options = INCMAP_FIND_OPTIONS_INIT;
    incmap_match matches[SETTLEMENTS];
    incmap__facts facts;
    char asked[128];
    size_t count = 0;
    bool has = false;

    if (search->folder.length >= sizeof asked) return false;
    memcpy(asked, search->folder.key, search->folder.length);
    asked[search->folder.length] = '\0';
    incmap__gazetteer_facts(search->choice.g, area->place, &facts);
    if (!facts.located) return false;
    options.kinds =
        ~(INCMAP_PLACE_BIT(INCMAP_PLACE_REGION) | INCMAP_PLACE_BIT(INCMAP_PLACE_DISTRICT) |
          INCMAP_PLACE_BIT(INCMAP_PLACE_BORDER_POST));
    options.near = &facts.at;
    options.spelling = INCMAP_SPELLING_LISTED;
    const incmap_status st = incmap_gazetteer_find(search->choice.ctx, search->choice.g, asked,
                                                   &options, matches, SETTLEMENTS, &count);
    search->failed = search->failed || st == INCMAP_ENOMEM;
    for (size_t i = 0; !st && i < count && i < SETTLEMENTS; i++)
        has =
            has || (matches[i].reason <= INCMAP_REASON_SPELLING && matches[i].near_m <= SEAT_FAR_M);
    return has;
}

/* "Okhtyrka district" is Охтирський район. */
static void look_up_area_of_seat(incmap__name_search *search)
{
    incmap__sound sound;
    const struct reading area = { .sound = &sound, .cost = LAND_COST, .by_rule = true };
    const size_t before = search->count;

    search->only_kinds =
        INCMAP_PLACE_BIT(INCMAP_PLACE_REGION) | INCMAP_PLACE_BIT(INCMAP_PLACE_DISTRICT);
    for (unsigned way = 0; way < INCMAP__AREA_WAYS; way++)
        if (incmap__sound_area_of(&search->sound, way, &sound))
            look_everywhere(search, &area, look_up);
    search->only_kinds = 0;
    for (size_t i = before; i < search->count; i++)
        if (!has_seat(search, &search->items[i])) search->items[i].offered = true;
}

/* Kupiansk for "Kupianskyi raion", where no area is called so. */
static void look_up_seat(incmap__name_search *search)
{
    incmap__sound sound;
    const struct reading seat = { .sound = &sound, .cost = LAND_COST };

    if (incmap__sound_seat(&search->sound, &sound)) look_everywhere(search, &seat, look_up);
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

void incmap__look_up_name(incmap__name_search *search)
{
    const struct reading first = { .sound = &search->sound, .is_first = true };

    incmap__sound_or_key(&search->sound, search->folder.key, search->folder.length, 0);
    search->letters = count_own_letters(search);
    search->stem = 0;
    weigh_letters(search);
    look_in_all_readings(search, look_up);
    look_up_land(search);
    if (search->best >= SCORE_SURE) return;
    if (search->best < INCMAP__SCORE_MISSPELT) look_up_area_of_seat(search);
    if (search->best < INCMAP__SCORE_MISSPELT) look_up_seat(search);
    if (search->best < INCMAP__SCORE_MISSPELT) look_in_all_readings(search, look_up_shorter);
    if (search->best < INCMAP__SCORE_MISSPELT) look_in_all_readings(search, look_up_turned_back);
    if (search->best < INCMAP__SCORE_MISSPELT) look_up_in_other_words(search);
    if (search->best >= SCORE_SURE || incmap__is_listed_only(search)) return;
    look_everywhere(search, &first, look_near_letters);
    look_everywhere(search, &first, look_near);
    if ((double)search->best < INCMAP_SCORE_LEAST) look_in_other_readings(search, look_near);
}

void incmap__look_up_as_spelt(incmap__name_search *search)
{
    search->best = 0;
    search->stem = 0;
    incmap__sound_or_key(&search->sound, search->folder.key, search->folder.length, 0);
    look_in_all_readings(search, look_up);
}
