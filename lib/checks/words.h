/* SPDX-License-Identifier: MIT */
/* The vocabulary of stated distances in English, Russian and Ukrainian: tables of words and what they
 * mean. Keys are folded as names are (small letters, one apostrophe for all, no ё). */
#ifndef INCMAP_CHECKS_WORDS_H
#define INCMAP_CHECKS_WORDS_H

#include <incmap/statement.h>

#include "checks/tokens.h"

/* Each looks at the tokens from `at` on and returns how many of them it takes; 0: no such word. */

/* A phrase as it folds, with spaces between its words. */
size_t incmap__words_phrase(const incmap__tokens *t, size_t at, const char *phrase);
/* A unit: "km", "nautical miles", "метров". */
size_t incmap__words_unit(const incmap__tokens *t, size_t at, incmap_said_unit *out);
bool incmap__words_is_time(incmap_said_unit unit);
/* One of a unit, without a number: "в километре"; with any_case "километр" too. */
size_t incmap__words_single_unit(const incmap__tokens *t, size_t at, bool any_case,
                                 incmap_said_unit *out);
/* Half of one in one word: "полкилометра", "півкілометра". */
size_t incmap__words_half_unit(const incmap__tokens *t, size_t at, incmap_said_unit *out);
/* A hedge: "some", "more than", "не менее". With a number behind it, or before: see the next. */
size_t incmap__words_hedge(const incmap__tokens *t, size_t at, incmap_hedge *out);
/* A hedge behind its number: "or so", "or more". */
size_t incmap__words_hedge_behind(const incmap__tokens *t, size_t at, incmap_hedge *out);
/* What stands instead of a number: "a few", "several", "несколько". */
size_t incmap__words_vague(const incmap__tokens *t, size_t at, incmap_hedge *out);
/* A number in digits or words: "3.5", "six hundred", "half a", "полтора". step: one unit of its last
 * printed digit. */
typedef struct {
    double value, step;
    bool in_words;
    const char *doubt; /* why it has no one meaning; static; NULL: it has */
} incmap__stated_number;
size_t incmap__words_number(const incmap__tokens *t, size_t at, incmap__stated_number *out);
/* "and a half" behind a unit: "a mile and a half". */
size_t incmap__words_half(const incmap__tokens *t, size_t at);
/* A compass direction: "southeast", "south-south-east", "NE", "северо-востоку", "южнее". */
size_t incmap__words_direction(const incmap__tokens *t, size_t at, double *degrees, int *points);
/* The border asked about; any other line ("front line", "линии соприкосновения"). */
size_t incmap__words_border(const incmap__tokens *t, size_t at);
size_t incmap__words_line(const incmap__tokens *t, size_t at);
/* "Ukrainian", "Ukraine's", "российской": the English name of the country. */
size_t incmap__words_country(const incmap__tokens *t, size_t at, const char **name);
/* What a side is called: "side", "territory", "soil", "территории", "боці". */
size_t incmap__words_side(const incmap__tokens *t, size_t at);
/* A word beside a name that says what kind of place bears it. */
typedef enum { INCMAP__KIND_SETTLEMENT = 1, INCMAP__KIND_AREA = 2 } incmap__kind_said;
size_t incmap__words_kind(const incmap__tokens *t, size_t at, incmap__kind_said *out);
/* "borders", "граничит". */
size_t incmap__words_adjacent(const incmap__tokens *t, size_t at);
/* "near", "not far from", "вблизи". */
size_t incmap__words_near(const incmap__tokens *t, size_t at);

/* What a small word before an end says of that end. */
typedef enum {
    INCMAP__ROLE_NONE = 0,
    INCMAP__ROLE_FROM,   /* from, of, off, от: the reference */
    INCMAP__ROLE_OVER,   /* over, across, beyond, inside, behind: the reference, a border */
    INCMAP__ROLE_TOWARD, /* toward, on the way to */
    INCMAP__ROLE_TO,     /* to */
    INCMAP__ROLE_INTO,   /* into, inside: a country */
    INCMAP__ROLE_WITH,   /* with: names the other side of the border */
    INCMAP__ROLE_IN,     /* in: of a country, the side; of an area, where it lies */
    INCMAP__ROLE_AT,     /* at, near, of the subject */
    INCMAP__ROLE_BETWEEN,
    INCMAP__ROLE_AND
} incmap__role;
size_t incmap__words_role(const incmap__tokens *t, size_t at, incmap__role *out);
/* A denial: "not", "isn't", "never", "не"; of a whole sentence: "it is false that". */
typedef enum { INCMAP__DENIAL_WORD = 1, INCMAP__DENIAL_SENTENCE = 2 } incmap__denial;
size_t incmap__words_denial(const incmap__tokens *t, size_t at, incmap__denial *out);
/* A word that makes another distance of the one that is stated: "by road", "twice", "closer". */
size_t incmap__words_turn(const incmap__tokens *t, size_t at);
/* A word that begins like a numeral. */
bool incmap__words_is_numeral(const incmap__token *token);
/* A word for being somewhere: "is", "lies", "находится". */
bool incmap__words_is_verb(const incmap__token *token);
/* A day of the week or a month, which English writes like a name. */
bool incmap__words_is_date(const incmap__token *token);
/* A word that says nothing here: "the", "away", "drive". */
bool incmap__words_is_filler(const incmap__token *token);

#endif
