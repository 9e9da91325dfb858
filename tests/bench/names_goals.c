/* SPDX-License-Identifier: MIT */
/* Shares of names that are found, by groups of queries: names_goals DUMP QUERIES. DUMP is a country dump of
 * GeoNames; a line of QUERIES has, separated by tabs: group, text to ask for, region, district ("" for
 * none), key of the place expected ("" where none should be found), and how many places of the region bear
 * the name that is meant, where that matters. names_goals.py makes them. For each group it prints, of the
 * places expected:
 *
 *   candidate  it is among the candidates
 *   first      it is the first, or as good as the first with the verdict ambiguous
 *   three      fewer than three candidates are better by more than a tie
 *   names      fewer than three other names stand before it, namesakes counting as one
 *   top three  it is one of the first three, whatever ties and namesakes there are
 *   unique     the verdict was unique (of made-up and foreign names: a false answer)
 *   best       the verdict was best (of these: a false answer too, which tables are placed by)
 *
 * for groups with a number of namesakes how much of what is missing is theirs, and the kinds of miss among the first three, the commonest first, with examples.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <incmap/gazetteer.h>

enum { MOST_GROUPS = 64, MOST_MATCHES = 8192, MOST_EXAMPLES = 4, EXAMPLE_SIZE = 160 };

enum { NAMESAKES, ANOTHERS_NAME, NEARER_NAMES, NOT_FOUND, FALSE_ANSWER, KINDS };
static const char *const kind_texts[KINDS] = {
    [NAMESAKES] = "behind namesakes in the same region",
    [ANOTHERS_NAME] = "the text is by itself, or by rule, the name of another place",
    [NEARER_NAMES] = "behind names that are nearer to the text",
    [NOT_FOUND] = "it is no candidate",
    [FALSE_ANSWER] = "an answer, unique or best, where none was expected",
};

struct misses {
    int kind;
    size_t count;
    char examples[MOST_EXAMPLES][EXAMPLE_SIZE];
};

struct group {
    char name[64];
    size_t asked, candidate, first, three, names, top_three, unique, ambiguous, best, none;
    size_t rare, rare_three; /* names that at most three places of the region bear */
    struct misses misses[KINDS];
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
    (void)snprintf(groups[group_count].name, sizeof groups[0].name, "%.63s", name);
    return &groups[group_count++];
}

static const char *main_name(const incmap_place *place)
{
    return place->names[0].text;
}

static void note_miss(struct group *group, int kind, const char *text, const char *meant,
                      size_t count)
{
    struct misses *misses = &group->misses[kind];

    misses->kind = kind;
    if (misses->count < MOST_EXAMPLES)
        (void)snprintf(misses->examples[misses->count], EXAMPLE_SIZE, "%s%s%s (got %s)", text,
                       meant[0] ? " for " : "", meant, count ? matches[0].name : "nothing");
    misses->count++;
}

/* Other names that stand before the one at `at`, each once. */
static size_t count_names_before(size_t at)
{
    size_t names = 0;

    for (size_t i = 0; i < at && names < 3; i++) {
        bool is_new = strcmp(main_name(matches[i].place), main_name(matches[at].place)) != 0;
        for (size_t k = 0; is_new && k < i; k++)
            is_new = strcmp(main_name(matches[i].place), main_name(matches[k].place)) != 0;
        names += is_new;
    }
    return names;
}

static int kind_of_miss(size_t at, size_t n, size_t names_before)
{
    if (n == 0) return NOT_FOUND;
    if (at < n && names_before < 3) return NAMESAKES;
    if (matches[0].score >= 0.9 && matches[0].reason != INCMAP_REASON_MISSPELT)
        return ANOTHERS_NAME;
    return at < n ? NEARER_NAMES : NOT_FOUND;
}

static void count_verdict(struct group *group, incmap_verdict verdict)
{
    group->unique += verdict == INCMAP_VERDICT_UNIQUE;
    group->best += verdict == INCMAP_VERDICT_BEST;
    group->ambiguous += verdict == INCMAP_VERDICT_AMBIGUOUS;
    group->none += verdict == INCMAP_VERDICT_NONE;
}

static void count_answer(struct group *group, const incmap_gazetteer *g, const char *text,
                         const char *key, long namesakes, size_t count)
{
    const size_t n = count < MOST_MATCHES ? count : MOST_MATCHES;
    const incmap_verdict verdict = incmap_find_verdict(matches, count);
    const incmap_place *meant = incmap_gazetteer_by_key(g, key);
    size_t at = 0, better = 0, names;

    count_verdict(group, verdict);
    if (!key[0] && (verdict == INCMAP_VERDICT_UNIQUE || verdict == INCMAP_VERDICT_BEST) &&
        strstr(group->name, "names"))
        note_miss(group, FALSE_ANSWER, text, "", count);
    if (!meant) return;
    while (at < n && matches[at].place != meant)
        at++;
    for (size_t i = 0; at < n && i < at; i++)
        better += matches[i].score - matches[at].score > INCMAP_SCORE_TIE;
    names = at < n ? count_names_before(at) : 3;
    group->candidate += at < n;
    group->top_three += at < n && at < 3;
    if (namesakes > 0 && namesakes <= 3) {
        group->rare++;
        group->rare_three += at < n && at < 3;
    }
    group->three += at < n && better < 3;
    group->names += names < 3;
    group->first += at == 0 || (at < n && verdict == INCMAP_VERDICT_AMBIGUOUS &&
                                matches[0].score - matches[at].score <= INCMAP_SCORE_TIE);
    if (at >= 3 || at == n)
        note_miss(group, kind_of_miss(at, n, names), text, main_name(meant), count);
}

static void ask(incmap_ctx *ctx, const incmap_gazetteer *g, char *line)
{
    incmap_find_options options = INCMAP_FIND_OPTIONS_INIT;
    const char *field[6] = { "", "", "", "", "", "" };
    struct group *group;
    size_t count = 0;
    double start;

    for (int i = 0; i < 6 && line; i++) {
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
    count_answer(group, g, field[1], field[4], strtol(field[5], NULL, 10), count);
}

static double share(size_t part, size_t whole)
{
    return whole ? 100.0 * (double)part / (double)whole : 0;
}

static int by_count(const void *a, const void *b)
{
    const struct misses *x = a, *y = b;
    return (x->count < y->count) - (x->count > y->count);
}

static void print_misses(struct group *group)
{
    qsort(group->misses, KINDS, sizeof *group->misses, by_count);
    for (int k = 0; k < KINDS && group->misses[k].count; k++) {
        const struct misses *misses = &group->misses[k];
        printf("  %s: %.2f%% %s:", group->name, share(misses->count, group->asked),
               kind_texts[misses->kind]);
        for (size_t i = 0; i < misses->count && i < MOST_EXAMPLES; i++)
            printf("%s %s", i ? ";" : "", misses->examples[i]);
        printf("\n");
    }
}

/* A name that five villages of a region bear cannot bring each of them among the first three, however it is
 * spelt: what rightly spelt ones reach is the most that others can. */
static void print_namesakes(void)
{
    bool begun = false;

    for (size_t i = 0; i < group_count; i++) {
        const struct group *g = &groups[i];
        if (!g->rare) continue;
        if (!begun)
            printf(
                "Among the first three, and what part of the rest is namesakes':\n%-34s %9s %15s "
                "%34s\n",
                "group", "strictly", "ties as one", "strictly, of at most 3 in the region");
        begun = true;
        printf("%-34s %8.2f%% %14.2f%% %18.2f%% of %zu\n", g->name, share(g->top_three, g->asked),
               share(g->three, g->asked), share(g->rare_three, g->rare), g->rare);
    }
}

static void print_groups(void)
{
    printf("%-34s %7s %9s %7s %7s %7s %9s %7s %7s %9s %6s %8s\n", "group", "asked", "candidate",
           "first", "three", "names", "top three", "unique", "best", "ambiguous", "none", "us");
    for (size_t i = 0; i < group_count; i++) {
        const struct group *g = &groups[i];
        printf("%-34s %7zu %8.2f%% %6.2f%% %6.2f%% %6.2f%% %8.2f%% %6.2f%% %6.2f%% %8.2f%% %5.2f%% "
               "%8.1f\n",
               g->name, g->asked, share(g->candidate, g->asked), share(g->first, g->asked),
               share(g->three, g->asked), share(g->names, g->asked), share(g->top_three, g->asked),
               share(g->unique, g->asked), share(g->best, g->asked), share(g->ambiguous, g->asked),
               share(g->none, g->asked), g->seconds / (double)(g->asked ? g->asked : 1) * 1e6);
    }
    print_namesakes();
    printf("Not among the first three:\n");
    for (size_t i = 0; i < group_count; i++)
        print_misses(&groups[i]);
}

int main(int argc, char *argv[])
{
    static char line[8192];
    incmap_ctx *ctx = NULL;
    incmap_gazetteer *g = NULL;
    FILE *queries = argc == 3 ? fopen(argv[2], "r") : NULL;

    if (!queries || incmap_ctx_new(NULL, &ctx) || incmap_gazetteer_new(ctx, &g) ||
        incmap_gazetteer_add_geonames(ctx, g, argv[1], NULL, NULL) ||
        incmap_gazetteer_prepare(ctx, g)) {
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
