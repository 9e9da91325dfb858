/* SPDX-License-Identifier: MIT */
/* Kinds of notes in a list: there are few, for what is expected is said in few ways, and the last one met is
 * mostly the next one too. */
#include "common/notes.h"

#include <stdlib.h>
#include <string.h>

#include "common/program.h"
#include "common/text.h"

/* Behind so many what is expected no longer tells them apart, but the column alone. */
enum { MOST_KINDS = 64 };

static bool is_same_column(const note_kind *kind, const incmap_problem *note)
{
    return kind->column == note->column && strcmp(kind->file, note->file) == 0;
}

/* What is behind a semicolon is about the one value. */
static size_t expected_length(const incmap_problem *note)
{
    return strcspn(note->expected, ";");
}

static bool is_kind(const note_kind *kind, const incmap_problem *note)
{
    const size_t length = expected_length(note);

    return is_same_column(kind, note) && strlen(kind->expected) == length &&
           memcmp(kind->expected, note->expected, length) == 0;
}

static note_kind *add_kind(note_kinds *all, const incmap_problem *note)
{
    if (all->count == all->room) {
        all->room = all->room ? 2 * all->room : 8;
        all->kinds = need(realloc(all->kinds, all->room * sizeof *all->kinds));
    }
    all->kinds[all->count] =
        (note_kind){ .file = need_copy(note->file),
                     .column_name = need_copy(note->column_name),
                     .expected = text_format("%.*s", (int)expected_length(note), note->expected),
                     .column = note->column };
    return &all->kinds[all->count++];
}

static note_kind *kind_of(note_kinds *all, const incmap_problem *note)
{
    for (size_t i = all->count; i-- > 0;)
        if (is_kind(&all->kinds[i], note)) return &all->kinds[i];
    for (size_t i = all->count; all->count >= MOST_KINDS && i-- > 0;)
        if (is_same_column(&all->kinds[i], note)) return &all->kinds[i];
    return add_kind(all, note);
}

bool notes_take(note_kinds *all, const incmap_problem *note)
{
    note_kind *kind = kind_of(all, note);
    size_t i = 0;

    while (i < kind->n_told && strcmp(kind->told[i], note->found) != 0)
        i++;
    if (i == NOTES_TOLD || i < kind->n_told) {
        kind->untold++;
        return false;
    }
    kind->told[kind->n_told++] = need_copy(note->found);
    return true;
}

/* Worded as incmap_problem_text words one of them. */
static void tell_untold(const note_kind *kind)
{
    char *column = need_copy("");

    if (kind->column) text_append(&column, ": column %zu", kind->column);
    if (kind->column_name[0]) text_append(&column, " (%s)", kind->column_name);
    complain(DONE, "note: %s%s: and %zu more value%s, expected %s (--all-notes tells each)",
             kind->file, column, kind->untold, kind->untold == 1 ? "" : "s", kind->expected);
    free(column);
}

void notes_end(const note_kinds *all)
{
    for (size_t i = 0; i < all->count; i++)
        if (all->kinds[i].untold) tell_untold(&all->kinds[i]);
}

void notes_free(note_kinds *all)
{
    for (size_t i = 0; i < all->count; i++) {
        note_kind *kind = &all->kinds[i];
        for (size_t k = 0; k < kind->n_told; k++)
            free(kind->told[k]);
        free(kind->file);
        free(kind->column_name);
        free(kind->expected);
    }
    free(all->kinds);
    *all = (note_kinds){ 0 };
}
