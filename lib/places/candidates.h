/* SPDX-License-Identifier: MIT */
/* Candidates of one search by name: each place once, with the best of its names, scored and ranked before
 * any is written out. */
#ifndef INCMAP_PLACES_CANDIDATES_H
#define INCMAP_PLACES_CANDIDATES_H

#include "places/choice.h"

#define INCMAP__SCORE_MISSPELT 0.9F /* times the share of letters that are right */

typedef struct {
    uint32_t place;
    uint32_t listed,
        name; /* place whose name matched: itself, or one that it stands for; number of it */
    float score;
    float near_m; /* NaN */
    unsigned char reason, edits;
    bool other_kind, populous;
    bool by_nearness;     /* it passes for lying near a hromada that the text names */
    bool only_near;       /* ... and of no other area that the text names */
    bool judged, offered; /* whether it may be taken is known; it may not, only be offered */
    uint32_t near_place;  /* UINT32_MAX */
} incmap__candidate;

/* Slots: a power of two, four times the candidates, so that looking one up seldom takes a second step. */
enum { INCMAP__CANDIDATES_SMALL = 64, INCMAP__CANDIDATE_SLOTS = 4 };

/* Candidates of one search, each place once and best first when it is done. It must not be moved. */
typedef struct {
    incmap__choice choice;
    incmap__folder folder; /* of the name asked for */
    incmap__sound sound;   /* of the name asked for, in its first reading */
    const char *asked_in;
    size_t letters;           /* of the name, for judging how much an edit is */
    size_t first;             /* number of the first place of the index that is looked into */
    double most_cost;         /* of a sound worth looking at */
    size_t stem;              /* incmap__trust_stem() of the name; 0: nobody has asked yet */
    incmap__candidate *items; /* each place once */
    uint32_t *slots;          /* by place: number of the candidate + 1; 0: free */
    size_t count, room;
    float best;
    unsigned only_kinds; /* others are passed over; 0: none is */
    bool failed;         /* no memory for another candidate */
    bool about_stated;   /* ... in kilometres of its own */
    bool area_said;      /* the text named areas, and all candidates lie there */
    double
        about_m; /* how far off the place the text says it was at most; 0: nothing of that kind */
    bool typed;  /* the text was typed on the keyboard of the other script */
    incmap__candidate small[INCMAP__CANDIDATES_SMALL];
    uint32_t small_slots[INCMAP__CANDIDATES_SMALL * INCMAP__CANDIDATE_SLOTS];
} incmap__name_search;

/* What a name is worth by itself. */
typedef struct {
    incmap_reason reason;
    double score;
    unsigned edits; /* a mark of what letters are wrong */
    bool judged;    /* it may be taken, whatever its letters */
} incmap__offer;

/* A listing of the index that begins with place search->first. The options leave it out or take off from the
 * score. */
void incmap__candidates_offer(incmap__name_search *search, incmap__listing listing,
                              const incmap__offer *offer);
void incmap__candidates_forget(incmap__name_search *search);
/* A word of the text says post, without which a post's name, made of two places' names, may mean these. */
static inline bool incmap__asks_for_post(const incmap__name_search *search)
{
    return (search->sound.kinds & INCMAP_PLACE_BIT(INCMAP_PLACE_BORDER_POST)) != 0;
}

/* Nothing is asked for but names as they are listed. */
static inline bool incmap__is_listed_only(const incmap__name_search *search)
{
    const incmap_find_options *options = search->choice.options;
    return options && options->spelling == INCMAP_SPELLING_LISTED;
}

/* Only those that the other search has too, with the lesser score. A post, which bears its sides' names, is
 * only offered where no word says post: "Kozinka/Grayvoron" may mean two places. */
void incmap__candidates_keep_common(incmap__name_search *search, const incmap__name_search *other);
void incmap__candidates_free(incmap__name_search *search);
/* Best first; again after scores have changed. */
void incmap__candidates_rank(incmap__name_search *search);

/* 0 to 1 for a distance beside what counts as near. */
double incmap__farness(double distance_m, double near_m);

#endif
