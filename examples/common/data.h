/* SPDX-License-Identifier: MIT */
/* The data that a program asks: the built-in ones, or files that the command line names instead. */
#ifndef INCMAP_EXAMPLES_DATA_H
#define INCMAP_EXAMPLES_DATA_H

#include <stdio.h>

#include <incmap/incmap.h>

#include "common/notes.h"
#include "common/options.h"

/* What the command line says about data; texts are NULL when it says nothing. */
typedef struct {
    const char *places, *posts, *add_places;
    /* Of each border: those of the first come first; NULL behind the last. */
    const char *border[OPTION_REPEATS], *inside[OPTION_REPEATS], *outside[OPTION_REPEATS],
        *line_inside[OPTION_REPEATS], *code_field[OPTION_REPEATS], *edges[OPTION_REPEATS],
        *accuracy_m[OPTION_REPEATS], *date[OPTION_REPEATS], *credit[OPTION_REPEATS];
    const char *incidents, *claims, *claimants, *sources;
    bool strict;
    bool all_notes; /* tell each, and not the first ones of a kind */
    bool converted; /* tell every value that is taken in another form, too */
} data_options;

enum { DATA_OPTION_COUNT = 14, DATASET_OPTION_COUNT = 4 };

/* The options for places and border, and those for incidents, bound to *o. */
void data_options_table(data_options *o, option out[DATA_OPTION_COUNT]);
void dataset_options_table(data_options *o, option out[DATASET_OPTION_COUNT]);
/* Lets --border, and what goes with it, be given several times. */
void data_options_repeat(option rows[DATA_OPTION_COUNT]);

typedef struct {
    char alpha2[3]; /* as the gazetteer has it; "" when the code is none of ISO 3166 */
    char name[96];  /* for people: "Russia"; the code itself when no place bears it */
} data_country;

typedef struct {
    incmap_ctx *ctx;
    incmap_report *report;
    incmap_gazetteer *gazetteer;
    const incmap_gazetteer *posts[OPTION_REPEATS]; /* in which each border's own posts are */
    incmap_gazetteer *given_posts; /* without the built-in ones; NULL when no border needs it */
    size_t n_builtin;              /* so many first places of the gazetteer are built in */
    incmap_border *border;         /* the first of borders */
    incmap_border *borders[OPTION_REPEATS];
    size_t n_borders;
    incmap_dataset *dataset; /* NULL when not asked for */
    struct {
        size_t rows; /* refused, each once however many faults it has */
        char file[256];
        size_t row; /* of the last one */
    } refused;
    data_country inside, outside; /* of the first border */
    data_country insides[OPTION_REPEATS], outsides[OPTION_REPEATS];
    bool builtin_places, builtin_border, builtin_dataset;
    bool are_builtin[OPTION_REPEATS];      /* the borders */
    bool accuracy_assumed[OPTION_REPEATS]; /* nobody says how far the border may lie off */
    bool of_lines; /* the first border: plain lines, with no countries behind it */
    /* Of the command line; NULL: none, or built in. */
    const char *places_path, *posts_path, *added_path;
    bool strict, all_notes;
    note_kinds notes; /* on values of rows that are used */
} data;

/* Loads what the options say; with_dataset: incidents and claims too. Complains and returns an exit
 * status, DONE when all is there. Refused rows are told one by one on standard error. */
int data_load(data *d, const data_options *o, bool with_dataset);
void data_free(data *d);

/* What a program does with the words of its command line that are no options: loads, asks, prints.
 * Returns an exit status. */
typedef int data_answer_fn(void *job, const char *const words[], size_t n);

/* The way of every program: reads the command line, answers, tells what was refused of the job's
 * data. Returns the exit status. */
int data_run(const command *cmd, int argc, char *argv[], data_answer_fn *answer, void *job,
             const data *d);

/* Whether no post is known of border i, since the built-in ones are another border's. */
bool data_lacks_posts(const data *d, size_t i);
/* Whether a place was put on the first border by construction. */
bool data_is_on_border(const data *d, const incmap_place *place);

/* Tells how many notes were not told, and how many rows were left out and refused. Returns `status`, but FAILED if there were any and --strict. */
int data_end(const data *d, int status);

/* Whose the places and posts are, a line each; owned by the caller. */
char *data_places_credit(const data *d);

/* The lines under a table: whose data, how old, under which licence. */
void data_write_credit(const data *d, FILE *file);

#endif
