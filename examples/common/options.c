/* SPDX-License-Identifier: MIT */
/* The command line. --help, --version and "--" are known to all programs. */
#include "common/options.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/program.h"
#include "common/text.h"

enum { HELP_COLUMN = 26 };

int wrong_usage(const char *format, ...)
{
    va_list list;
    char *message;

    va_start(list, format);
    message = text_format_list(format, list);
    va_end(list);
    complain(WRONG_USAGE, "%s", message);
    free(message);
    fprintf(stderr, "Try '%s --help'.\n", program_name());
    return WRONG_USAGE;
}

static void print_option(const option *o)
{
    int used =
        printf("  --%s%s%s", o->name, o->argument ? " " : "", o->argument ? o->argument : "");

    if (used >= HELP_COLUMN - 1) {
        putchar('\n');
        used = 0;
    }
    printf("%*s", HELP_COLUMN - used, "");
    for (const char *c = o->help; *c; c++) {
        putchar(*c);
        if (*c == '\n') printf("%*s", HELP_COLUMN, "");
    }
    putchar('\n');
}

static int print_help(const command *cmd)
{
    static const option common[] = {
        { "help", NULL, "print this and stop", NULL, NULL },
        { "version", NULL, "print the versions and stop", NULL, NULL },
    };

    printf("Usage: %s %s\n\n%s", program_name(), cmd->usage, cmd->about);
    for (size_t g = 0; g < cmd->n_groups; g++) {
        printf("\n%s\n", cmd->groups[g].title);
        for (size_t i = 0; i < cmd->groups[g].n; i++)
            print_option(&cmd->groups[g].options[i]);
        if (!g) print_option(&common[0]), print_option(&common[1]);
    }
    printf("\nExamples\n");
    for (const char *c = cmd->examples, *end; *c; c = end + 1) {
        end = c + strcspn(c, "\n");
        printf("  %s%.*s\n", program_name(), (int)(end - c), c);
    }
    printf(
        "\nExit status: 0 done; 1 the question has no answer, or an ambiguous one; 2 wrong usage;\n"
        "3 input or output failed. Messages go to standard error.\n"
        "\nData and their credit\n");
    for (const char *c = incmap_builtin_attribution(), *end; *c; c = *end ? end + 1 : end) {
        end = c + strcspn(c, "\n");
        printf("  %.*s\n", (int)(end - c), c);
    }
    return DONE;
}

static int print_version(void)
{
    printf("%s %s", program_name(), INCMAP_VERSION_STRING);
    if (strcmp(incmap_version(), INCMAP_VERSION_STRING) != 0)
        printf(" (library %s)", incmap_version());
    putchar('\n');
    return DONE;
}

static const option *find(const command *cmd, const char *name, size_t length)
{
    for (size_t g = 0; g < cmd->n_groups; g++)
        for (size_t i = 0; i < cmd->groups[g].n; i++) {
            const option *o = &cmd->groups[g].options[i];
            if (strlen(o->name) == length && strncmp(o->name, name, length) == 0) return o;
        }
    return NULL;
}

/* An option of which the name is a beginning, or that begins like it: most slips are such. */
static const option *like(const command *cmd, const char *name, size_t length)
{
    const option *best = NULL;
    size_t most = 1;

    for (size_t g = 0; g < cmd->n_groups; g++)
        for (size_t i = 0; i < cmd->groups[g].n; i++) {
            const option *o = &cmd->groups[g].options[i];
            size_t same = 0;
            while (same < length && o->name[same] && o->name[same] == name[same])
                same++;
            if (same > most || (same == length && same > 0 && !best)) {
                most = same;
                best = o;
            }
        }
    return best;
}

static bool is_repeatable(const option *o)
{
    const size_t length = strlen(o->argument);
    return length > 3 && strcmp(o->argument + length - 3, "...") == 0;
}

/* Where a value goes: behind those that are there already, if the option may be given again. */
static int keep_value(const option *o, const char *value)
{
    size_t i = 0;

    while (is_repeatable(o) && i < OPTION_REPEATS && o->value[i])
        i++;
    if (i == OPTION_REPEATS)
        return wrong_usage("--%s is given more than %d times", o->name, OPTION_REPEATS);
    o->value[i] = value;
    return -1;
}

static int read_option(const command *cmd, const char *name, int argc, char *argv[], int *i)
{
    const size_t length = strcspn(name, "=");
    const char *value = name[length] ? name + length + 1 : NULL;
    const option *o = find(cmd, name, length);

    if (!o) {
        const option *hint = like(cmd, name, length);
        if (hint)
            return wrong_usage("unknown option --%.*s; did you mean --%s?", (int)length, name,
                               hint->name);
        return wrong_usage("unknown option --%.*s", (int)length, name);
    }
    if (!o->argument) {
        if (value) return wrong_usage("--%s takes no value", o->name);
        *o->flag = true;
        return -1;
    }
    if (!value && *i + 1 < argc) value = argv[++*i];
    if (!value || !value[0]) return wrong_usage("--%s needs a value: %s", o->name, o->argument);
    return keep_value(o, value);
}

/* A minus before a digit or a point begins a number: a latitude, not an option. */
static bool is_option(const char *word)
{
    return word[0] == '-' && word[1] && !strchr("0123456789.,", word[1]);
}

int options_read(const command *cmd, int argc, char *argv[], const char *arguments[],
                 size_t *n_arguments)
{
    bool ended = false;
    int status;

    *n_arguments = 0;
    for (int i = 1; i < argc; i++) {
        const char *word = argv[i];
        if (ended || !is_option(word)) {
            arguments[(*n_arguments)++] = word;
        } else if (strcmp(word, "--") == 0) {
            ended = true;
        } else if (strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0) {
            return print_help(cmd);
        } else if (strcmp(word, "--version") == 0) {
            return print_version();
        } else if (word[1] != '-') {
            return wrong_usage("unknown option %s; options begin with two dashes", word);
        } else {
            status = read_option(cmd, word + 2, argc, argv, &i);
            if (status >= 0) return status;
        }
    }
    return -1;
}
