/* SPDX-License-Identifier: MIT */
/* What a row costs in layers of ten thousand rows, of a hundred thousand and so on: CSV to a set with
 * its .qix, through a spool. Prints time and memory of each, and how much the costs of a row differ.
 * layer_scaling [MOST [DIR]]; ten million rows, MOST 10000000, need 25 GB in DIR (TMPDIR, else
 * /dev/shm), a million, as without arguments, a tenth of that. */
#define _DEFAULT_SOURCE /* wait4 */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "incident_csv.h"
#include "timing.h"

enum { LEAST = 10000, ROUNDS_MOST = 9, ROWS_AT_LEAST = 2000000 };

/* What the memory may come to: 64 MiB and 24 bytes a point while the index is made. */
#define MEMORY_BYTES ((double)(64 << 20))
#define MEMORY_A_POINT 24.0

typedef struct {
    double cpu_us, wall_us; /* a row */
    double peak_bytes;
    size_t parts;
} outcome;

static char folder[300];

static void remove_outputs(size_t parts)
{
    static const char *const endings[] = { "shp", "shx", "dbf", "prj", "cpg", "qix" };
    char path[600];

    for (size_t part = 1; part <= parts; part++)
        for (size_t e = 0; e < sizeof endings / sizeof *endings; e++) {
            if (part == 1)
                (void)snprintf(path, sizeof path, "%s/ours.%s", folder, endings[e]);
            else
                (void)snprintf(path, sizeof path, "%s/ours_part%zu.%s", folder, part, endings[e]);
            (void)unlink(path);
        }
}

/* In a process of its own, so that the memory is its own too; it answers the number of parts. */
static outcome write_once(size_t rows)
{
    incmap_layer_result result = { .features = 0 };
    struct rusage used;
    int status = 0;
    outcome o;

    fflush(NULL);
    const double from = wall_ns();
    const pid_t child = fork();
    if (child == 0) {
        incident_layer_write(folder, true, &result);
        _exit(result.features == rows ? (int)result.parts : 0);
    }
    if (child < 0 || wait4(child, &status, 0, &used) != child || !WIFEXITED(status) ||
        WEXITSTATUS(status) == 0)
        bench_stop("the layer was not written");
    o.wall_us = (wall_ns() - from) / 1e3 / (double)rows;
    o.cpu_us = ((double)(used.ru_utime.tv_sec + used.ru_stime.tv_sec) * 1e6 +
                (double)(used.ru_utime.tv_usec + used.ru_stime.tv_usec)) /
               (double)rows;
    o.peak_bytes = (double)used.ru_maxrss * 1024;
    o.parts = (size_t)WEXITSTATUS(status);
    remove_outputs(o.parts);
    return o;
}

/* More often the fewer rows there are; the medians. */
static outcome measure(size_t rows)
{
    const size_t wanted = ROWS_AT_LEAST / rows;
    const size_t rounds = wanted < 1 ? 1 : wanted > ROUNDS_MOST ? ROUNDS_MOST : wanted;
    double cpu[ROUNDS_MOST], wall[ROUNDS_MOST];
    outcome o = { 0, 0, 0, 0 };

    incident_csv_make(folder, rows);
    for (size_t i = 0; i < rounds; i++) {
        o = write_once(rows);
        cpu[i] = o.cpu_us;
        wall[i] = o.wall_us;
    }
    o.cpu_us = median(cpu, rounds);
    o.wall_us = median(wall, rounds);
    return o;
}

static void print_row(size_t rows, const outcome *o)
{
    const double allowed = MEMORY_BYTES + MEMORY_A_POINT * (double)rows;
    printf("%10zu rows %7.3f us of cpu a row, %7.3f us by the clock   peak %6.1f MiB, of %6.1f "
           "allowed   %zu part%s\n",
           rows, o->cpu_us, o->wall_us, o->peak_bytes / (1 << 20), allowed / (1 << 20), o->parts,
           o->parts == 1 ? "" : "s");
    fflush(stdout);
    if (o->peak_bytes > allowed) bench_stop("more memory than is allowed");
}

static void measure_all(size_t most)
{
    double least_us = 0, most_us = 0;

    for (size_t rows = LEAST; rows <= most; rows *= 10) {
        const outcome o = measure(rows);
        print_row(rows, &o);
        if (least_us == 0 || o.cpu_us < least_us) least_us = o.cpu_us;
        if (o.cpu_us > most_us) most_us = o.cpu_us;
    }
    printf("the dearest row costs %.2f times the cheapest\n", most_us / least_us);
}

int main(int argc, char **argv)
{
    const size_t most = argc > 1 ? strtoull(argv[1], NULL, 10) : 1000000;
    const char *parent = getenv("TMPDIR");
    char path[600];

    if (most < LEAST) bench_stop("at least 10000 rows");
    if (!parent) parent = access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp";
    (void)snprintf(folder, sizeof folder, "%s/incmap-bench-XXXXXX", argc > 2 ? argv[2] : parent);
    if (!mkdtemp(folder)) bench_stop("no folder for the files");
    measure_all(most);
    (void)snprintf(path, sizeof path, "%s/incidents.csv", folder);
    (void)unlink(path);
    (void)snprintf(path, sizeof path, "%s/incidents.csvt", folder);
    (void)unlink(path);
    (void)rmdir(folder);
    return 0;
}
