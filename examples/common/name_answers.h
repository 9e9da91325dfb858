/* SPDX-License-Identifier: MIT */
/* What names in a table mean: each is looked up once however often it stands there, and its answer kept
 * as the columns that it adds to a row. */
#ifndef INCMAP_EXAMPLES_NAME_ANSWERS_H
#define INCMAP_EXAMPLES_NAME_ANSWERS_H

#include "common/bytes.h"
#include "common/data.h"

/* A place as a row names it: its name and what narrows it down. Texts as they stand in the file, ended by
 * zero; "" for what the row does not say. */
enum { ASKED_NAME, ASKED_COUNTRY, ASKED_REGION, ASKED_DISTRICT, ASKED_COUNT };

typedef struct {
    const char *text[ASKED_COUNT];
} asked_place;

/* Why a name has no position. */
typedef enum {
    NAME_PLACED = 0,
    NAME_EMPTY,
    NAME_UNKNOWN,
    NAME_AMBIGUOUS,
    NAME_WITHOUT_POSITION
} name_state;

typedef struct {
    name_state state;
    incmap_coord at;
    double uncertainty_m; /* of an area all that it covers: what is in it may be anywhere in it */
    bool on_border;       /* put on the border by construction: its depth is no measurement */
    bool inexact;         /* placed by a name with letters wrong or of another form */
    char *columns;        /* NAME_COLUMNS as CSV */
    char *error;          /* NULL when placed */
} name_answer;

/* Verdict, the place, how well it fits and why; of a name that is ambiguous or unknown nothing but the
 * keys of those it may be. */
#define NAME_COLUMNS                                                                               \
    {                                                                                              \
        "verdict", "place_key", "place_name", "place_kind", "place_lat", "place_lon",              \
            "place_uncertainty_m", "on_border", "score", "reason", "candidate_keys"                \
    }

enum { NAME_COLUMN_COUNT = 11 };

typedef struct name_answers name_answers;

/* Answers as fields between such separators, of places of those kinds (bits of INCMAP_PLACE_BIT; 0: any).
 * d is borrowed. */
name_answers *name_answers_new(const data *d, char separator, unsigned kinds);
void name_answers_free(name_answers *all);

/* "settlement" (any of them) or a word of incmap_place_kind_text; false for another. */
bool name_kinds_parse(const char *word, unsigned *kinds);

/* The answer, which lives until name_answers_tidy; NULL when looking failed, of which the context then
 * says why. */
const name_answer *name_answers_get(name_answers *all, const asked_place *asked);

/* Between two uses of answers: forgets them when they have become many. */
void name_answers_tidy(name_answers *all);

#endif
