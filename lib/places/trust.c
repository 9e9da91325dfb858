/* SPDX-License-Identifier: MIT */
/* Counting letters. Sounds and cheap edits find what people may have meant; whether they did is for the
 * letters to say, since many a foreign name sounds like some village: London like Lendin. */
#include "places/trust.h"

#include <string.h>

#include "places/letters.h"
#include "places/spelling.h"

enum { MOST_EDITS = 9, CODE_MOST = 4 };

/* Letters that a name must have for so many of them to be wrong by mistake rather than by chance; among the
 * places of an area as few as the search itself wants. */
enum { ONE_EDIT = 7, TWO_EDITS = 9, ONE_EDIT_NARROWED = 4 };
/* Letters before the ending that forms of one name share. Russian and Ukrainian texts decline what they
 * name, Сумы and в Сумах; in Latin letters few do. */
enum { STEM_CYRILLIC = 3, STEM_LATIN = 6, STEM_NARROWED = 4, ENDING_MOST = 4 };
/* One in so many letters may be another of е, и, і and о. */
enum { LETTERS_FOR_VOWEL = 4 };

bool incmap__trust_is_code(const char *name)
{
    const size_t length = strlen(name);
    return length <= CODE_MOST && strspn(name, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == length;
}

/* ---- letters ---------------------------------------------------------------------------------- */

struct bare {
    char letters[INCMAP__LETTERS_MOST];
    size_t count;
    incmap__alphabet alphabet;
};

/* Letters of the common alphabet. */
static void strip_sound(struct bare *bare, const char *text, size_t length)
{
    bare->count = 0;
    for (size_t i = 0; i < length; i++)
        if (text[i] != ' ') bare->letters[bare->count++] = text[i];
}

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* As people count them: two letters exchanged are one, also where one between them is left out. Lowrance and
 * Wagner, An extension of the string-to-string correction problem, J. ACM 22 (1975) 177-183. */
static unsigned count_edits(const struct bare *a, const struct bare *b)
{
    unsigned char far[INCMAP__LETTERS_MOST + 2][INCMAP__LETTERS_MOST + 2];
    unsigned char seen[256] = { 0 }; /* row of a letter's last place in a */
    const unsigned char most = 2 * INCMAP__LETTERS_MOST;

    for (size_t i = 0; i <= a->count + 1; i++)
        far[i][0] = most, far[i][1] = (unsigned char)(i ? i - 1 : most);
    for (size_t k = 0; k <= b->count + 1; k++)
        far[0][k] = most, far[1][k] = (unsigned char)(k ? k - 1 : most);
    for (size_t i = 1; i <= a->count; i++) {
        size_t last = 0; /* where this letter stood in b */
        for (size_t k = 1; k <= b->count; k++) {
            const size_t row = seen[(unsigned char)b->letters[k - 1]], column = last;
            const bool same = a->letters[i - 1] == b->letters[k - 1];
            size_t cost = far[i][k] + (same ? 0U : 1U);
            cost = least(cost, least(far[i + 1][k], far[i][k + 1]) + 1U);
            cost = least(cost, far[row][column] + (i - row - 1) + 1 + (k - column - 1));
            far[i + 1][k + 1] = (unsigned char)least(cost, most);
            if (same) last = k;
        }
        seen[(unsigned char)a->letters[i - 1]] = (unsigned char)i;
    }
    return far[a->count + 1][b->count + 1];
}

static bool may_be_wrong(unsigned edits, size_t letters, bool narrowed)
{
    if (edits <= 1) return letters >= (narrowed ? ONE_EDIT_NARROWED : ONE_EDIT);
    return edits == 2 && letters >= TWO_EDITS;
}

static size_t longer(const struct bare *a, const struct bare *b)
{
    return a->count > b->count ? a->count : b->count;
}

/* ---- forms ------------------------------------------------------------------------------------ */

static bool is_of_eio(char c)
{
    return c == 'e' || c == 'i' || c == 'o';
}

/* The same but for the ending and few vowels. */
static bool is_form(const struct bare *a, const struct bare *b, size_t stem)
{
    const size_t shorter = a->count < b->count ? a->count : b->count;
    size_t same = 0, vowels = 0;

    for (; same < shorter; same++) {
        if (a->letters[same] == b->letters[same]) continue;
        if (!is_of_eio(a->letters[same]) || !is_of_eio(b->letters[same])) break;
        vowels++;
    }
    return same >= stem && a->count - same <= ENDING_MOST && b->count - same <= ENDING_MOST &&
           vowels <= same / LETTERS_FOR_VOWEL;
}

struct forms {
    struct bare listed;
    size_t stem;
    unsigned edits; /* the fewest */
    bool form;
    bool form_will_do; /* the name is taken for a form, and nobody asks for its letters */
};

static bool is_settled(const struct forms *forms)
{
    return forms->form && forms->form_will_do;
}

static void look_at(struct forms *forms, const incmap__sound *asked)
{
    struct bare bare;
    unsigned edits;

    strip_sound(&bare, asked->text, asked->length);
    forms->form = forms->form || is_form(&bare, &forms->listed, forms->stem);
    if (is_settled(forms)) return;
    edits = count_edits(&bare, &forms->listed);
    if (edits < forms->edits) forms->edits = edits;
}

/* Read in one way, and with its words translated or turned round. */
static void look_at_reading(struct forms *forms, const char *key, size_t length, unsigned readings,
                            unsigned *choices)
{
    incmap__sound sound, other;

    if (!incmap__sound_of(&sound, key, length, readings)) return;
    *choices = sound.choices;
    look_at(forms, &sound);
    if (is_settled(forms)) return;
    for (int how = INCMAP__WORDS_TRANSLATED; how <= INCMAP__WORDS_BOTH; how++)
        if (incmap__sound_other_words(&sound, (incmap__other_words)how, &other))
            look_at(forms, &other);
    if (incmap__sound_land(&sound, &other)) look_at(forms, &other);
    if (incmap__sound_turned_back(&sound, &other)) look_at(forms, &other);
}

static void compare_forms(struct forms *forms, const char *asked, size_t asked_length,
                          const char *listed, size_t listed_length)
{
    incmap__sound sound;
    unsigned choices = 0, taken = 0, none;

    forms->edits = MOST_EDITS;
    forms->form = false;
    if (!incmap__sound_of(&sound, listed, listed_length, 0)) return;
    strip_sound(&forms->listed, sound.text, sound.length);
    look_at_reading(forms, asked, asked_length, 0, &choices);
    /* All subsets of what may be read otherwise; of many, the first few. */
    for (int i = 0; choices && i < 16 && !is_settled(forms); i++) {
        taken = (taken - choices) & choices;
        if (!taken) break;
        look_at_reading(forms, asked, asked_length, taken, &none);
    }
}

static size_t stem_of(const struct bare *asked)
{
    return asked->count && asked->alphabet == INCMAP__ALPHABET_CYRILLIC ? STEM_CYRILLIC
                                                                        : STEM_LATIN;
}

size_t incmap__trust_stem(const char *asked, size_t length)
{
    struct bare a;

    a.count = incmap__letters_of_name(asked, length, a.letters, &a.alphabet);
    return stem_of(&a);
}

bool incmap__trust_is_form(const incmap__sound *asked, const char *listed, size_t length,
                           size_t stem)
{
    struct bare a, b;

    strip_sound(&a, asked->text, asked->length);
    strip_sound(&b, listed, length);
    return is_form(&a, &b, stem);
}

/* ---- the answer ------------------------------------------------------------------------------- */

incmap__trust incmap__trust_in(const char *asked, size_t asked_length, const char *listed,
                               size_t listed_length, bool by_rule, bool narrowed)
{
    struct bare a, b;
    struct forms forms;
    incmap__trust trust = { false, false, MOST_EDITS };

    a.count = incmap__letters_of_name(asked, asked_length, a.letters, &a.alphabet);
    forms.form_will_do = by_rule;
    forms.stem = stem_of(&a);
    if (narrowed && forms.stem > STEM_NARROWED) forms.stem = STEM_NARROWED;
    compare_forms(&forms, asked, asked_length, listed, listed_length);
    if (is_settled(&forms)) return (incmap__trust){ .form = true, .taken = true };
    b.count = incmap__letters_of_name(listed, listed_length, b.letters, &b.alphabet);
    const bool one_script = a.count && b.count && a.alphabet == b.alphabet;
    trust.edits = one_script ? count_edits(&a, &b) : forms.edits;
    trust.taken = may_be_wrong(trust.edits, longer(&a, &b), narrowed) ||
                  /* As it sounds: in a long name, or among few, Semljane for Zemliane. */
                  (narrowed && may_be_wrong(forms.edits, longer(&a, &b), true)) ||
                  (forms.edits <= 1 && longer(&a, &b) >= TWO_EDITS);
    return trust;
}
