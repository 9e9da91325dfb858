/* SPDX-License-Identifier: MIT */
/* Doubts in words: one for each in tables and files, and a sentence with its figures for people. */
#include <math.h>
#include <string.h>

#include <incmap/doubt.h>

#include "base/text.h"

const char *incmap_doubt_word(unsigned doubt)
{
    static const char *const words[] = { "outside_region", "far_from_siblings", "scattered",
                                         "others_around",  "wrong_side",        "shared_point",
                                         "duplicate",      "whole_minutes",     "exchanged",
                                         "homonym",        "no_district",       "no_position",
                                         "others_known",   "known_elsewhere" };

    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (doubt == 1u << i) return words[i];
    return "";
}

struct writer {
    char *buffer;
    size_t size, used;
};

static void say(struct writer *w, const char *text)
{
    incmap__text_add(w->buffer, w->size, &w->used, "%s%s", w->used ? "; " : "", text);
}

/* "74 km", "0.4 km": whole from one on. */
static void add_distance(struct writer *w, double metres)
{
    const double km = metres < 1000 ? round(metres / 100) / 10 : round(metres / 1000);
    incmap__text_add(w->buffer, w->size, &w->used, "%s km", incmap__number(km).text);
}

/* "Kozinka (Grayvoronsky District)". */
static void add_place(struct writer *w, const incmap_place *place)
{
    const char *area = "";

    if (!place) {
        incmap__text_add(w->buffer, w->size, &w->used, "another place");
        return;
    }
    area = place->admin2[0] ? place->admin2 : place->admin1;
    incmap__text_add(w->buffer, w->size, &w->used, area[0] ? "%s (%s)" : "%s", place->names[0].text,
                     area);
}

static void say_distance(struct writer *w, double metres, const char *from)
{
    say(w, "");
    add_distance(w, metres);
    incmap__text_add(w->buffer, w->size, &w->used, " from %s", from);
}

static void say_place(struct writer *w, const char *before, const incmap_place *place,
                      const char *behind)
{
    say(w, before);
    add_place(w, place);
    incmap__text_add(w->buffer, w->size, &w->used, "%s", behind);
}

static void say_known(struct writer *w, const incmap_doubt *doubt)
{
    if (doubt->doubts & INCMAP_DOUBT_KNOWN_ELSEWHERE) {
        say_place(w, "", doubt->known, " is known to be ");
        add_distance(w, doubt->known_m);
        incmap__text_add(w->buffer, w->size, &w->used, " away");
    }
    if (doubt->doubts & INCMAP_DOUBT_OTHERS_KNOWN) {
        say(w, "");
        add_distance(w, doubt->around_m);
        incmap__text_add(w->buffer, w->size, &w->used, " from ");
        add_place(w, doubt->around);
        incmap__text_add(w->buffer, w->size, &w->used, ", but ");
        add_distance(w, doubt->own_m);
        incmap__text_add(w->buffer, w->size, &w->used, " from ");
        add_place(w, doubt->own);
        incmap__text_add(w->buffer, w->size, &w->used, ", the nearest known of its own");
    }
}

static void say_homonym(struct writer *w, const incmap_doubt *doubt)
{
    if (doubt->other_m <= 5000) {
        say_place(w, "lies where there is another ", doubt->other, ": may be swapped with it");
        return;
    }
    say(w, "lies among the places of ");
    incmap__text_add(w->buffer, w->size, &w->used,
                     "%s, which has another %s: may be swapped with it",
                     doubt->other ? doubt->other->admin2 : "another district",
                     doubt->other ? doubt->other->names[0].text : "of that name");
}

static void say_other(struct writer *w, const incmap_doubt *doubt)
{
    if (doubt->doubts & INCMAP_DOUBT_HOMONYM) say_homonym(w, doubt);
    if (doubt->doubts & INCMAP_DOUBT_DUPLICATE) {
        say_place(w, "has the name of ", doubt->other, " less than a km away");
        if (doubt->other)
            incmap__text_add(w->buffer, w->size, &w->used, ", key:%s", doubt->other->key);
        incmap__text_add(w->buffer, w->size, &w->used, ": may be there twice");
    }
    if (doubt->doubts & INCMAP_DOUBT_SHARED_POINT)
        say_place(w, "has the very coordinates of ", doubt->other, "");
}

size_t incmap_doubt_text(const incmap_doubt *doubt, char *buffer, size_t size)
{
    static const struct {
        unsigned bit;
        const char *text;
    } plain[] = {
        { INCMAP_DOUBT_EXCHANGED, "with latitude and longitude exchanged it is in its region" },
        { INCMAP_DOUBT_SCATTERED,
          "the places of its district lie too scattered to tell which are right" },
        { INCMAP_DOUBT_OTHERS_AROUND, "the places around it are of other districts" },
        { INCMAP_DOUBT_WRONG_SIDE, "on the other side of the border" },
        { INCMAP_DOUBT_WHOLE_MINUTES,
          "given in whole minutes of arc: good to a kilometre at best" },
        { INCMAP_DOUBT_NO_DISTRICT, "names no district, so that there are no siblings to compare" },
        { INCMAP_DOUBT_NO_POSITION, "has no position" },
    };
    struct writer w = { buffer, size, 0 };

    if (!doubt || !buffer || !size) return 0;
    buffer[0] = '\0';
    if (doubt->doubts & INCMAP_DOUBT_OUTSIDE_REGION)
        say_distance(&w, doubt->region_m, "the middle of its region, outside it");
    if (doubt->doubts & INCMAP_DOUBT_FAR_FROM_SIBLINGS)
        say_distance(&w, doubt->siblings_m, "the middle of its district's places");
    say_known(&w, doubt);
    say_other(&w, doubt);
    for (size_t i = 0; i < sizeof plain / sizeof *plain; i++)
        if (doubt->doubts & plain[i].bit) say(&w, plain[i].text);
    return w.used;
}
