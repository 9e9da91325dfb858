/* SPDX-License-Identifier: MIT */
/* How near a listed name that is not the one asked for really is: what people count, letters, and whether it
 * may be taken for it, or only be offered. */
#ifndef INCMAP_PLACES_TRUST_H
#define INCMAP_PLACES_TRUST_H

#include "places/sound.h"

typedef struct {
    bool form;  /* the same name by rule, but for its ending and a few vowels */
    bool taken; /* so near that it may be an answer */
    unsigned
        edits; /* letters wrong, in the script of both, else in the common alphabet; 0 of a form */
} incmap__trust;

/* What was asked for and what is listed, as folded keys. `narrowed`: among the places of an area only, where
 * few names are near by chance. `by_rule`: it was found as the same name by rule. */
incmap__trust incmap__trust_in(const char *asked, size_t asked_length, const char *listed,
                               size_t listed_length, bool by_rule, bool narrowed);

/* The commonest answer of those by rule without the listed name itself: its sound, without the words for kinds,
 * and the first reading of what was asked for tell that it is a form of that. False says nothing. `stem` is
 * incmap__trust_stem() of what was asked for, whatever it is narrowed to. */
size_t incmap__trust_stem(const char *asked, size_t length);
bool incmap__trust_is_form(const incmap__sound *asked, const char *listed, size_t length,
                           size_t stem);

/* "VIN", "ODS": codes of airports among the names, which nobody spells in another way. */
bool incmap__trust_is_code(const char *name);

#endif
