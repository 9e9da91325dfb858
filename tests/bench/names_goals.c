/* SPDX-License-Identifier: MIT */
/* Shares of names that are found, by groups of queries: names_goals [--quiet] DUMP QUERIES. DUMP is a
 * country dump of GeoNames; a line of QUERIES has, separated by tabs: group, text to ask for, region,
 * district ("" for none), key of the place expected ("" where none should be found). names_goals.py
 * makes them. For each group it prints, of the places expected:
 *
 *   candidate  it is among the candidates
 *   first      it is the first, or as good as the first with the verdict ambiguous
 *   three      fewer than three candidates have a better score
 *   top three  it is one of the first three, whatever ties there are
 *   unique     the verdict was unique (of made-up names: a false answer)
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <incmap/gazetteer.h>

enum { MOST_GROUPS = 64, MOST_MATCHES = 8192, MOST_MISSES = 5 };

struct group {
    char name[64];
    size_t asked, candidate, first, three, top_three, unique, ambiguous, best, none, misses;
    double seconds;
};

static struct group groups[MOST_GROUPS];
static size_t group_count;
static incmap_match matches[MOST_MATCHES];

static double seconds(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

static struct group *group_named(const char *name)
{
    for (size_t i = 0; i < group_count; i++)
        if (strcmp(groups[i].name, name) == 0) return &groups[i];
    if (group_count == MOST_GROUPS) exit(2);
    (void)snprintf(groups[group_count].name, sizeof groups[0].name, "%s", name);
    return &groups[group_count++];
}

static void print_miss(struct group *group, const char *const field[5], size_t count)
{
    if (group->misses++ >= MOST_MISSES || getenv("INCMAP_QUIET")) return;
    printf("  miss in %s: \"%s\" (%s, %s) for %s; got %s\n", group->name, field[1], field[2],
           field[3], field[4], count ? matches[0].name : "nothing");
}

static void count_answer(struct group *group, const char *const field[5], size_t count)
{
    const size_t n = count < MOST_MATCHES ? count : MOST_MATCHES;
    const incmap_verdict verdict = incmap_find_verdict(matches, count);
    size_t at = 0, better = 0;

    group->unique += verdict == INCMAP_VERDICT_UNIQUE;
    group->best += verdict == INCMAP_VERDICT_BEST;
    group->ambiguous += verdict == INCMAP_VERDICT_AMBIGUOUS;
    group->none += verdict == INCMAP_VERDICT_NONE;
    if (!field[4][0]) return;
    while (at < n && strcmp(matches[at].place->key, field[4]) != 0)
        at++;
    for (size_t i = 0; at < n && i < at; i++)
        better += matches[i].score > matches[at].score;
    group->candidate += at < n;
    group->top_three += at < n && at < 3;
    group->three += at < n && better < 3;
    group->first += at == 0 || (at < n && verdict == INCMAP_VERDICT_AMBIGUOUS &&
                                matches[0].score - matches[at].score <= INCMAP_SCORE_TIE);
    if (at == n || better >= 3) print_miss(group, field, count);
}

static void ask(incmap_ctx *ctx, const incmap_gazetteer *g, char *line)
{
    incmap_find_options options = INCMAP_FIND_OPTIONS_INIT;
    const char *field[5] = { "", "", "", "", "" };
    struct group *group;
    size_t count = 0;
    double start;

    for (int i = 0; i < 5 && line; i++) {
        field[i] = line;
        line = strchr(line, '\t');
        if (line) *line++ = '\0';
    }
    group = group_named(field[0]);
    if (field[2][0]) options.admin1 = field[2];
    if (field[3][0]) options.admin2 = field[3];
    if (field[4][0]) options.spelling = INCMAP_SPELLING_OFFER;
    group->asked++;
    start = seconds();
    if (incmap_gazetteer_find(ctx, g, field[1], &options, matches, MOST_MATCHES, &count)) count = 0;
    group->seconds += seconds() - start;
    count_answer(group, field, count);
}

static double share(size_t part, size_t whole)
{
    return whole ? 100.0 * (double)part / (double)whole : 0;
}

static void print_groups(void)
{
    printf("%-34s %7s %9s %7s %7s %9s %7s %7s %9s %6s %8s\n", "group", "asked", "candidate",
           "first", "three", "top three", "unique", "best", "ambiguous", "none", "us");
    for (size_t i = 0; i < group_count; i++) {
        const struct group *g = &groups[i];
        printf("%-34s %7zu %8.2f%% %6.2f%% %6.2f%% %8.2f%% %6.2f%% %6.2f%% %8.2f%% %5.2f%% %8.1f\n",
               g->name, g->asked, share(g->candidate, g->asked), share(g->first, g->asked),
               share(g->three, g->asked), share(g->top_three, g->asked), share(g->unique, g->asked),
               share(g->best, g->asked), share(g->ambiguous, g->asked), share(g->none, g->asked),
               g->seconds / (double)(g->asked ? g->asked : 1) * 1e6);
    }
}

int main(int argc, char *argv[])
{
    static char line[8192];
    incmap_ctx *ctx = NULL;
    incmap_gazetteer *g = NULL;
    FILE *queries = argc == 3 ? fopen(argv[2], "r") : NULL;

    if (!queries || incmap_ctx_new(NULL, &ctx) || incmap_gazetteer_new(ctx, &g) ||
        incmap_gazetteer_add_geonames(ctx, g, argv[1], NULL, NULL)) {
        fprintf(stderr, "names_goals DUMP QUERIES: %s\n", incmap_ctx_message(ctx));
        return 2;
    }
    while (fgets(line, sizeof line, queries)) {
        line[strcspn(line, "\n")] = '\0';
        ask(ctx, g, line);
    }
    print_groups();
    fclose(queries);
    incmap_gazetteer_free(g);
    incmap_ctx_free(ctx);
    return 0;
}
