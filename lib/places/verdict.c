/* SPDX-License-Identifier: MIT */
/* What an answer amounts to, and the reason of a candidate in words. */
#include <incmap/gazetteer.h>

#include <math.h>
#include <string.h>

#include "base/text.h"

incmap_verdict incmap_find_verdict(const incmap_match matches[], size_t count)
{
    if (count == 0) return INCMAP_VERDICT_NONE;
    if (!matches) return count == 1 ? INCMAP_VERDICT_UNIQUE : INCMAP_VERDICT_AMBIGUOUS;
    if (matches[0].score < INCMAP_SCORE_LEAST || matches[0].only_offered)
        return INCMAP_VERDICT_NONE;
    if (count > 1 && matches[0].score - matches[1].score <= INCMAP_SCORE_TIE + 1e-9)
        return INCMAP_VERDICT_AMBIGUOUS;
    return count == 1 && matches[0].score >= 0.95 ? INCMAP_VERDICT_UNIQUE : INCMAP_VERDICT_BEST;
}

const char *incmap_verdict_text(incmap_verdict verdict)
{
    switch (verdict) {
    case INCMAP_VERDICT_UNIQUE: return "unique";
    case INCMAP_VERDICT_BEST: return "best";
    case INCMAP_VERDICT_AMBIGUOUS: return "ambiguous";
    case INCMAP_VERDICT_NONE: break;
    }
    return "none";
}

static const char *language_text(const char *language)
{
    static const char *const names[][2] = {
        { "en", "English " },        { "ru", "Russian " },  { "uk", "Ukrainian " },
        { "be", "Belarusian " },     { "pl", "Polish " },   { "de", "German " },
        { "fr", "French " },         { "ro", "Romanian " }, { "hu", "Hungarian " },
        { "crh", "Crimean Tatar " },
    };
    for (size_t i = 0; language && i < sizeof names / sizeof *names; i++)
        if (strcmp(language, names[i][0]) == 0) return names[i][1];
    return "";
}

static const char *spelling_text(const incmap_match *match)
{
    const char *in = match->asked_in ? match->asked_in : "";

    if (strcmp(in, "Latn") == 0) return "romanised spelling";
    if (strcmp(in, "Cyrl") == 0) return "Cyrillic spelling";
    if (strcmp(in, "ru") == 0) return "Russian spelling";
    if (strcmp(in, "uk") == 0) return "Ukrainian spelling";
    return "other spelling";
}

struct writer {
    char *buffer;
    size_t size, used;
};

/* "two letters from". */
static void write_edits(struct writer *w, unsigned edits)
{
    static const char *const words[] = { "one",  "one", "two",   "three", "four",
                                         "five", "six", "seven", "eight", "nine" };

    if (edits < sizeof words / sizeof *words)
        incmap__text_add(w->buffer, w->size, &w->used, "%s letter%s from ", words[edits],
                         edits > 1 ? "s" : "");
    else
        incmap__text_add(w->buffer, w->size, &w->used, "%u letters from ", edits);
}

/* "Грайворон, Russian name of Grayvoron" where the name that matched is not the one to print. */
static void write_matched(struct writer *w, const incmap_match *match, const char *print)
{
    if (match->name && strcmp(match->name, print) != 0)
        incmap__text_add(w->buffer, w->size, &w->used, "%s, %sname of %s", match->name,
                         language_text(match->language), print);
    else
        incmap__text_add(w->buffer, w->size, &w->used, "%s", print);
}

static void write_name_reason(struct writer *w, const incmap_match *match, const char *print)
{
    switch (match->reason) {
    case INCMAP_REASON_NAME:
        incmap__text_add(w->buffer, w->size, &w->used, "%sname of %s",
                         language_text(match->language), print);
        break;
    case INCMAP_REASON_ALTERNATE:
        incmap__text_add(w->buffer, w->size, &w->used, "another name of %s", print);
        break;
    case INCMAP_REASON_POST_SIDE:
        incmap__text_add(w->buffer, w->size, &w->used, "name of one side of %s", print);
        break;
    case INCMAP_REASON_SPELLING:
        incmap__text_add(w->buffer, w->size, &w->used, "%s of ", spelling_text(match));
        write_matched(w, match, print);
        break;
    case INCMAP_REASON_FORM:
        incmap__text_add(w->buffer, w->size, &w->used, "another form of ");
        write_matched(w, match, print);
        break;
    case INCMAP_REASON_MISSPELT:
        write_edits(w, match->edits);
        write_matched(w, match, print);
        break;
    case INCMAP_REASON_NONE: break;
    }
}

/* Kilometres as a person says them: one decimal below ten. */
static void write_distance(struct writer *w, double metres)
{
    const double km = metres / 1000;
    incmap__text_add(w->buffer, w->size, &w->used, "; %s km",
                     incmap__number(km < 9.95 ? round(km * 10) / 10 : round(km)).text);
}

/* Of a text that says no distance the kilometres are not its own. */
static void write_about(struct writer *w, const incmap_match *match)
{
    const bool short_way = match->about_m < 1000;

    incmap__text_add(w->buffer, w->size, &w->used, "; the text says %s %s %s off",
                     match->about_stated ? "up to" : "near it, taken as up to",
                     incmap__number(round(match->about_m) / (short_way ? 1 : 1000)).text,
                     short_way ? "m" : "km");
}

static void write_context(struct writer *w, const incmap_match *match)
{
    if (match->near_place) {
        write_distance(w, match->near_m);
        incmap__text_add(w->buffer, w->size, &w->used, " from %s, named in the same text",
                         match->near_place->names[0].text);
    } else if (!isnan(match->near_m)) {
        write_distance(w, match->near_m);
        incmap__text_add(w->buffer, w->size, &w->used, " from the point given");
    }
    if (match->about_m > 0) write_about(w, match);
    if (match->other_keyboard)
        incmap__text_add(w->buffer, w->size, &w->used, "; typed on the other script's keyboard");
    if (match->area_said)
        incmap__text_add(w->buffer, w->size, &w->used, "; in the area that the text names");
    if (match->stands_for)
        incmap__text_add(w->buffer, w->size, &w->used, "; the same place as %s",
                         match->stands_for->key);
    if (match->populous)
        incmap__text_add(w->buffer, w->size, &w->used, "; the largest of that name by far");
    if (match->other_kind)
        incmap__text_add(w->buffer, w->size, &w->used, "; of another kind than the words say");
}

size_t incmap_match_reason_text(const incmap_match *match, char *buffer, size_t size)
{
    struct writer w = { buffer, size, 0 };

    if (!match || !match->place || !buffer || !size) return 0;
    buffer[0] = '\0';
    write_name_reason(&w, match, match->place->names[0].text);
    if (match->reason != INCMAP_REASON_NONE) write_context(&w, match);
    return w.used;
}
