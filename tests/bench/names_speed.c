/* SPDX-License-Identifier: MIT */
/* How long finding a name takes, one thread: names_speed DUMP QUERIES... [-- QUERIES...] [--far QUERIES...] DUMP is a country dump
 * of GeoNames, which is loaded, saved and opened; the others have lines of text to ask for, a tab,
 * and the main name of the place meant. Those before "--" are answered so quickly that a system call before
 * and behind each would slow it by a fifth: they are timed by the clock on the wall, which needs none, and asked
 * twice, since the first time the places of the answers have to be made and what the file holds of them is in no
 * cache; those behind it are timed by the thread's own. Of those behind "--far" what nothing is found for is asked again with
 * INCMAP_SPELLING_NEAREST. Prints medians, the share found among the first three names, how long
 * opening takes, and the size of the saved file against that of the names. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <incmap/gazetteer.h>

enum { MOST = 100000, FIRST = 3, ASKED = 12 };

static double times[MOST];

static double seconds(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

/* Of this thread alone, so that what else the machine does is not counted; less what asking for it
 * takes. */
static double thread_seconds(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

static int by_time(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double clock_cost(double (*now)(void))
{
    for (int i = 0; i < 1001; i++) {
        const double start = now();
        times[i] = now() - start;
    }
    qsort(times, 1001, sizeof *times, by_time);
    return times[500];
}

static void need(incmap_ctx *ctx, incmap_status st)
{
    if (!st) return;
    fprintf(stderr, "%s\n", incmap_ctx_message(ctx));
    exit(1);
}

/* Homonyms count once: it is names that are misspelt. */
static bool is_meant(const incmap_match matches[], size_t count, const char *name)
{
    const char *last = "";
    size_t distinct = 0;

    for (size_t i = 0; i < count && i < ASKED; i++) {
        distinct += strcmp(matches[i].name, last) != 0;
        if (distinct > FIRST) return false;
        if (strcmp(matches[i].name, name) == 0 ||
            strcmp(matches[i].place->names[0].text, name) == 0)
            return true;
        last = matches[i].name;
    }
    return false;
}

/* Names near nothing: a table is answered none, and a person gets the nearest of all. */
static bool is_far(incmap_ctx *ctx, const incmap_gazetteer *g, const char *name)
{
    incmap_find_options options = INCMAP_FIND_OPTIONS_INIT;
    size_t count = 0;

    options.spelling = INCMAP_SPELLING_OFFER;
    return !incmap_gazetteer_find(ctx, g, name, &options, NULL, 0, &count) && count == 0;
}

static void ask(incmap_ctx *ctx, const incmap_gazetteer *g, const char *path, double (*now)(void),
                incmap_spelling spelling, const char *how)
{
    incmap_find_options options = INCMAP_FIND_OPTIONS_INIT;
    const double cost = clock_cost(now);
    const char *slash = strrchr(path, '/'), *what = slash ? slash + 1 : path;
    FILE *file = fopen(path, "r");
    static char line[4096];
    size_t n = 0, found = 0;
    double sum = 0;

    if (!file) exit(1);
    options.spelling = spelling;
    while (n < MOST && fgets(line, sizeof line, file)) {
        incmap_match matches[ASKED];
        size_t count = 0;
        char *name = strchr(line, '\t');
        double start;
        if (!name) continue;
        *name++ = '\0';
        name[strcspn(name, "\n")] = '\0';
        if (spelling == INCMAP_SPELLING_NEAREST && !is_far(ctx, g, line)) continue;
        start = now();
        if (incmap_gazetteer_find(ctx, g, line, &options, matches, ASKED, &count)) count = 0;
        times[n++] = now() - start - cost;
        found += is_meant(matches, count, name);
    }
    fclose(file);
    if (!n) return;
    qsort(times, n, sizeof *times, by_time);
    for (size_t i = 0; i < n; i++)
        sum += times[i];
    printf(
        "incmap %-9s %6zu asked%s, median %8.2f us, mean %8.2f us, 99th percentile %8.2f us, found "
        "among the first three %.2f%%\n",
        what, n, how, times[n / 2] * 1e6, sum / (double)n * 1e6, times[n * 99 / 100] * 1e6,
        100.0 * (double)found / (double)n);
}

static long size_of(const char *path)
{
    FILE *file = fopen(path, "rb");
    long size = -1;
    if (file && fseek(file, 0, SEEK_END) == 0) size = ftell(file);
    if (file) fclose(file);
    return size;
}

static size_t size_of_names(const incmap_gazetteer *g)
{
    size_t bytes = 0;
    for (size_t i = 0; i < incmap_gazetteer_count(g); i++) {
        const incmap_place *p = incmap_gazetteer_get(g, i);
        for (size_t k = 0; k < p->name_count; k++)
            bytes += strlen(p->names[k].text);
    }
    return bytes;
}

int main(int argc, char *argv[])
{
    const char *saved = "names_speed.gaz";
    incmap_gazetteer *loaded = NULL, *g = NULL;
    incmap_ctx *ctx = NULL;
    double start, fastest = 1e9, (*now)(void) = seconds;
    incmap_spelling spelling = INCMAP_SPELLING_OFFER; /* as the others do, who offer what is near */

    if (argc < 3 || incmap_ctx_new(NULL, &ctx)) return 2;
    need(ctx, incmap_gazetteer_new(ctx, &loaded));
    start = seconds();
    need(ctx, incmap_gazetteer_add_geonames(ctx, loaded, argv[1], NULL, NULL));
    printf("incmap loads %zu places in %.3f s", incmap_gazetteer_count(loaded), seconds() - start);
    start = seconds();
    need(ctx, incmap_gazetteer_prepare(ctx, loaded));
    printf(", indexes their names in %.3f s\n", seconds() - start);
    need(ctx, incmap_gazetteer_save(ctx, loaded, saved));
    for (int i = 0; i < 9; i++) {
        incmap_gazetteer_free(g);
        start = thread_seconds();
        need(ctx, incmap_gazetteer_open(ctx, saved, &g));
        if (thread_seconds() - start < fastest) fastest = thread_seconds() - start;
    }
    printf(
        "incmap opens the saved file in %.2f ms; it has %.2f MB, %.2f times the %.2f MB of names\n",
        fastest * 1e3, (double)size_of(saved) / 1e6,
        (double)size_of(saved) / (double)size_of_names(loaded),
        (double)size_of_names(loaded) / 1e6);
    for (int i = 2; i < argc; i++) {
        if (strcmp(argv[i], "--") == 0)
            now = thread_seconds;
        else if (strcmp(argv[i], "--far") == 0)
            spelling = INCMAP_SPELLING_NEAREST;
        else {
            ask(ctx, g, argv[i], now, spelling, "");
            if (now == seconds) ask(ctx, g, argv[i], now, spelling, " again");
        }
    }
    (void)remove(saved);
    incmap_gazetteer_free(g);
    incmap_gazetteer_free(loaded);
    incmap_ctx_free(ctx);
    return 0;
}
