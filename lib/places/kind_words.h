/* SPDX-License-Identifier: MIT */
/* Words that stand beside a name and say what kind of place it is, or are no part of it: "city of",
 * "обл.", "смт", "hromada", "в". They are taken off before names are compared by their sound. */
#ifndef INCMAP_PLACES_KIND_WORDS_H
#define INCMAP_PLACES_KIND_WORDS_H

#include <stdbool.h>
#include <stddef.h>

enum { INCMAP__WORDS_MOST = 24 };

/* Districts are of two levels where a raion has the name of a hromada in it: Sumy Raion and the
 * community of Sumy are two areas. */
typedef enum {
    INCMAP__LEVEL_NONE = 0,
    INCMAP__LEVEL_RAION = 1,
    INCMAP__LEVEL_HROMADA = 2
} incmap__area_level;

/* A folded name cut into words; all of them point into the key. */
typedef struct {
    struct {
        const char *text;
        size_t length;
        bool apart; /* from what stands before it, or abbreviated */
    } items[INCMAP__WORDS_MOST];
    size_t count; /* words left, at least one */
    unsigned
        kinds; /* bits of INCMAP_PLACE_BIT that the words taken off allow; 0: they say nothing */
    incmap__area_level level;
    bool area; /* one of them was a region's or a district's: Белгородская is Belgorod's then */
} incmap__words;

/* Cuts a folded key at spaces and punctuation and takes the kind words off, unless nothing would be
 * left. False when there are more words than INCMAP__WORDS_MOST, or none. */
bool incmap__words_cut(incmap__words *words, const char *key, size_t length);

#endif
