/* SPDX-License-Identifier: MIT */
/* Which places the options of a find let through: country, region and district by name in any spelling
 * or by code, kind, population, belt along a border. */
#ifndef INCMAP_PLACES_CHOICE_H
#define INCMAP_PLACES_CHOICE_H

#include "places/gazetteer.h"
#include "places/said.h"

enum { INCMAP__CHOICE_CACHE = 16, INCMAP__CHOICE_FOUND = 8, INCMAP__CHOICE_OTHERS = 16 };

/* A region or district asked for. The names in the places come from few texts, kept once each, so what
 * was found out about an address is kept. */
typedef struct {
    const char *asked; /* NULL: any */
    const char *coded; /* the first name of the area whose code was asked for; NULL */
    bool read;         /* sound is made, and others looked up */
    incmap__sound sound;
    /* First names of the areas that go by the name asked for: Cherkaska oblast is Cherkasy Oblast. */
    const char *others[INCMAP__CHOICE_OTHERS];
    size_t other_count;
    /* Hromadas of that name, where it is one's: few gazetteers' places say in which they lie, so that those near
     * its point pass. */
    uint32_t hromadas[INCMAP__CHOICE_FOUND];
    size_t hromada_count;
    struct {
        const char *text;
        bool same;
    } seen[INCMAP__CHOICE_CACHE];
    size_t turn;
} incmap__area;

typedef struct {
    incmap_ctx *ctx;
    const incmap_gazetteer *g;
    const incmap_find_options *options; /* NULL: any place */
    bool any;    /* every place passes, and none is likelier for where it lies */
    bool failed; /* no memory for looking an area up: what was let through is not all */
    bool by_area;
    char country[3]; /* code of the country asked for, where it is a name or a code; else "" */
    incmap__area admin1, admin2;
    /* Areas that the text itself names. */
    struct {
        incmap__area area;
        unsigned kinds;
    } said[INCMAP__SAID_AREAS];
    size_t said_count;
    /* The hromada that the last place passed for lying near, and how near; UINT32_MAX: none. */
    uint32_t near_place;
    double near_m;
    bool near_any; /* one of several of that name */
    bool lies_in;  /* some area that the text names, by what the last place says itself */
} incmap__choice;

/* Checks the options. INCMAP_EDOMAIN for a number that they cannot hold. */
incmap_status incmap__choice_init(incmap__choice *choice, incmap_ctx *ctx,
                                  const incmap_gazetteer *g, const incmap_find_options *options);
/* Only places of the areas that the text names, from here on; `said` must live as long. NULL: of any. */
void incmap__choice_say(incmap__choice *choice, const incmap__said *said);
bool incmap__choice_lets_through(incmap__choice *choice, const incmap__facts *facts);
/* The same of a place and of the one below that it stands for, since each says in its own way where it
 * lies. *facts receives what is known of it. */
bool incmap__choice_lets_place_through(incmap__choice *choice, size_t place, incmap__facts *facts);

/* Of a post that passes: whether a side with that name does, or the name is none of its sides'. Kozinka, asked
 * for in Ukraine, is not the post opposite. */
bool incmap__choice_lets_side_through(incmap__choice *choice, const incmap__facts *facts,
                                      const char *name);

/* Reads a name as that of an area: "Kharkiv" and "Kharkivska oblast" are one region. False when it has
 * no letters, or more than a sound holds. */
bool incmap__choice_read_area(const char *text, const incmap_allocator *a, incmap__sound *sound);

#endif
