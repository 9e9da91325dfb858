/* SPDX-License-Identifier: MIT */
/* How long a layer of incidents takes to write, against ogr2ogr and a plain Shapelib program in the same
 * run: from a CSV file of 24 columns, and from records in memory. Prints medians, ratios and memory.
 * layer_speed [ROWS [ROUNDS [DIR [TASK]]]], TASK a number from 0 as in the list printed, for a profiler; 1,000,000 rows need 5 GB in DIR (TMPDIR, else /dev/shm) and 1 GB of
 * memory. */
#define _DEFAULT_SOURCE /* wait4 */

#include <incmap/date.h>

#include <shapefil.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "incident_csv.h"

enum { ROUNDS_MOST = 15, TEXT_MOST = 254 };

static const char *folder;
static size_t row_count = 1000000;

static const char *path_in(const char *name)
{
    static char paths[4][512];
    static int turn;
    char *path = paths[turn++ % 4];
    (void)snprintf(path, sizeof paths[0], "%s/%s", folder, name);
    return path;
}

/* ---- incmap ---- */

/* Widths of the texts, for whoever has them: the plain program is given them too. */
static int text_widths[INCIDENT_COLUMNS];

static incmap_ctx *new_ctx(void)
{
    incmap_ctx *ctx = NULL;
    if (incmap_ctx_new(NULL, &ctx)) bench_stop("no context");
    return ctx;
}

static void write_twice(bool index)
{
    incmap_value values[INCIDENT_COLUMNS];
    incmap__csv *csv = incident_csv_open(folder);
    incmap_ctx *ctx = new_ctx();
    incmap_layer_writer *w = incident_layer_open(ctx, path_in("ours"), index, NULL);
    while (incident_csv_next(csv, values))
        if (incmap_layer_writer_measure(ctx, w, values)) bench_stop(incmap_ctx_message(ctx));
    incmap__csv_close(csv);
    csv = incident_csv_open(folder);
    while (incident_csv_next(csv, values))
        incident_layer_add(ctx, w, values);
    incident_layer_finish(ctx, w, NULL);
    incmap__csv_close(csv);
}

static void read_only(void)
{
    incmap_value values[INCIDENT_COLUMNS];
    incmap__csv *csv = incident_csv_open(folder);
    while (incident_csv_next(csv, values))
        continue;
    incmap__csv_close(csv);
}

/* ---- ogr2ogr ---- */

static void run_ogr(bool index)
{
    const char *const arguments[] = { "ogr2ogr",
                                      "-q",
                                      "-f",
                                      "ESRI Shapefile",
                                      "-a_srs",
                                      "EPSG:4326",
                                      "-oo",
                                      "X_POSSIBLE_NAMES=LONGITUDE",
                                      "-oo",
                                      "Y_POSSIBLE_NAMES=LATITUDE",
                                      "-oo",
                                      "KEEP_GEOM_COLUMNS=YES",
                                      "-lco",
                                      "ENCODING=UTF-8",
                                      "-lco",
                                      index ? "SPATIAL_INDEX=YES" : "SPATIAL_INDEX=NO",
                                      path_in("ogr.shp"),
                                      path_in("incidents.csv"),
                                      NULL };
    /* it says of each note that it was cut */
    if (!freopen("/dev/null", "w", stderr)) bench_stop("no /dev/null");
    (void)execvp("ogr2ogr", (char *const *)(const void *)arguments);
    _exit(127);
}

/* ---- from memory ---- */

static incmap_value (*records)[INCIDENT_COLUMNS];

static void load_records(void)
{
    incmap__csv *csv = incident_csv_open(folder);
    records = malloc(row_count * sizeof *records);
    if (!records) bench_stop("not enough memory for the records");
    for (size_t i = 0; incident_csv_next(csv, records[i]) && i < row_count; i++) {
        for (int c = 0; c < INCIDENT_COLUMNS; c++) {
            if (records[i][c].kind != INCMAP_VALUE_TEXT) continue;
            const int length = (int)strlen(records[i][c].as.text);
            records[i][c].as.text = strdup(records[i][c].as.text);
            if (!records[i][c].as.text) bench_stop("not enough memory for the records");
            if (length > text_widths[c]) text_widths[c] = length > TEXT_MOST ? TEXT_MOST : length;
        }
    }
    incmap__csv_close(csv);
}

static void write_records(bool index)
{
    incmap_ctx *ctx = new_ctx();
    incmap_layer_writer *w = incident_layer_open(ctx, path_in("ours"), index, text_widths);
    for (size_t i = 0; i < row_count; i++)
        incident_layer_add(ctx, w, records[i]);
    incident_layer_finish(ctx, w, NULL);
}

static int plain_write(DBFHandle dbf, int row, int c, const incmap_value *value)
{
    char date[40];
    int year, month, day;
    switch (value->kind) {
    case INCMAP_VALUE_NULL: return DBFWriteNULLAttribute(dbf, row, c);
    case INCMAP_VALUE_TEXT: return DBFWriteStringAttribute(dbf, row, c, value->as.text);
    case INCMAP_VALUE_INT:
        return value->as.whole > 99999999
                   ? DBFWriteDoubleAttribute(dbf, row, c, (double)value->as.whole)
                   : DBFWriteIntegerAttribute(dbf, row, c, (int)value->as.whole);
    case INCMAP_VALUE_NUMBER: return DBFWriteDoubleAttribute(dbf, row, c, value->as.number);
    case INCMAP_VALUE_DAY:
        incmap_day_to_civil(value->as.day, &year, &month, &day);
        (void)snprintf(date, sizeof date, "%04d%02d%02d", year % 10000, month % 100, day % 100);
        return DBFWriteStringAttribute(dbf, row, c, date);
    }
    return 0;
}

/* What a program does that follows Shapelib's own example, its results checked. */
static void write_plain(void)
{
    SHPHandle shp = SHPCreate(path_in("plain.shp"), SHPT_POINT);
    DBFHandle dbf = DBFCreate(path_in("plain.dbf"));
    if (!shp || !dbf) bench_stop("Shapelib cannot create");
    for (int c = 0; c < INCIDENT_COLUMNS; c++) {
        const char type = "CNND"[incident_columns[c].kind];
        const int width = incident_columns[c].kind == INCMAP_FIELD_TEXT   ? text_widths[c]
                          : incident_columns[c].kind == INCMAP_FIELD_DATE ? 8
                                                                          : INCIDENT_NUMBER_WIDTH;
        (void)DBFAddNativeFieldType(dbf, incident_columns[c].name, type, width,
                                    incident_columns[c].decimals);
    }
    for (size_t i = 0; i < row_count; i++) {
        double x = records[i][INCIDENT_LONGITUDE].as.number,
               y = records[i][INCIDENT_LATITUDE].as.number;
        SHPObject *object = SHPCreateSimpleObject(SHPT_POINT, 1, &x, &y, NULL);
        if (SHPWriteObject(shp, -1, object) != (int)i) bench_stop("Shapelib cannot write a shape");
        SHPDestroyObject(object);
        for (int c = 0; c < INCIDENT_COLUMNS; c++)
            if (!plain_write(dbf, (int)i, c, &records[i][c]) &&
                records[i][c].kind != INCMAP_VALUE_TEXT)
                bench_stop("Shapelib cannot write a value");
    }
    SHPClose(shp);
    DBFClose(dbf);
}

/* ---- timing ---- */

typedef enum {
    READ_ONLY,
    OURS_SPOOLED,
    OURS_TWICE,
    OURS_SPOOLED_INDEX,
    OURS_TWICE_INDEX,
    OGR,
    OGR_INDEX,
    MEMORY_OURS,
    MEMORY_PLAIN,
    TASKS
} task;

static void run_task(task t)
{
    switch (t) {
    case READ_ONLY: read_only(); break;
    case OURS_SPOOLED: incident_layer_write(folder, false, NULL); break;
    case OURS_TWICE: write_twice(false); break;
    case OURS_SPOOLED_INDEX: incident_layer_write(folder, true, NULL); break;
    case OURS_TWICE_INDEX: write_twice(true); break;
    case OGR: run_ogr(false); break;
    case OGR_INDEX: run_ogr(true); break;
    case MEMORY_OURS: write_records(false); break;
    case MEMORY_PLAIN: write_plain(); break;
    case TASKS: break;
    }
}

typedef struct {
    double seconds,
        cpu_seconds; /* of the clock; of the processor, for machines that do other work too */
    long peak_kib;
    bool done;
} outcome;

static void remove_outputs(void)
{
    static const char *const bases[] = { "ours", "ogr", "plain" };
    static const char *const endings[] = { "shp", "shx", "dbf", "prj", "cpg", "qix" };
    char name[32];
    for (size_t b = 0; b < 3; b++)
        for (size_t e = 0; e < 6; e++) {
            (void)snprintf(name, sizeof name, "%s.%s", bases[b], endings[e]);
            (void)unlink(path_in(name));
        }
}

/* Each in a process of its own, so that the memory is its own too. */
static outcome time_task(task t)
{
    struct timespec from, to;
    struct rusage used;
    int status = 0;
    pid_t child;

    remove_outputs();
    fflush(NULL);
    clock_gettime(CLOCK_MONOTONIC, &from);
    child = fork();
    if (child == 0) {
        run_task(t);
        _exit(0);
    }
    if (child < 0 || wait4(child, &status, 0, &used) != child) bench_stop("no process");
    clock_gettime(CLOCK_MONOTONIC, &to);
    const double cpu = (double)(used.ru_utime.tv_sec + used.ru_stime.tv_sec) +
                       (double)(used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1e6;
    return (outcome){ (double)(to.tv_sec - from.tv_sec) + (double)(to.tv_nsec - from.tv_nsec) / 1e9,
                      cpu, used.ru_maxrss, WIFEXITED(status) && WEXITSTATUS(status) == 0 };
}

static int by_value(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double output_bytes(void)
{
    static const char *const endings[] = { "ours.shp", "ours.shx", "ours.dbf", "ours.qix" };
    struct stat about;
    double sum = 0;
    for (size_t e = 0; e < 4; e++)
        if (stat(path_in(endings[e]), &about) == 0) sum += (double)about.st_size;
    return sum;
}

static const struct {
    task ours, peer;
    const char *what;
    double goal;
} ratios[] = {
    { OURS_SPOOLED, OGR, "CSV to layer, one pass and a spool, against ogr2ogr", 6 },
    { OURS_TWICE, OGR, "CSV to layer, two passes, against ogr2ogr", 6 },
    { OURS_SPOOLED_INDEX, OGR_INDEX, "the first with .qix, against ogr2ogr with .qix", 5 },
    { OURS_TWICE_INDEX, OGR_INDEX, "the second with .qix, against ogr2ogr with .qix", 5 },
    { MEMORY_OURS, MEMORY_PLAIN, "records in memory, against plain Shapelib", 5 },
};

typedef double times[TASKS][ROUNDS_MOST];

static void print_results(times seconds, times cpu, const long peak[TASKS], int rounds)
{
    static const char *const names[TASKS] = {
        "reading the CSV alone",     "incmap, spool", "incmap, two passes", "incmap, spool, .qix",
        "incmap, two passes, .qix",  "ogr2ogr",       "ogr2ogr, .qix",      "incmap from memory",
        "plain Shapelib from memory"
    };
    for (int t = 0; t < TASKS; t++) {
        qsort(seconds[t], (size_t)rounds, sizeof(double), by_value);
        qsort(cpu[t], (size_t)rounds, sizeof(double), by_value);
        const double s = seconds[t][rounds / 2], c = cpu[t][rounds / 2];
        if (s > 0)
            printf("%-26s %8.3f s, %8.3f s of cpu, %6.3f us a row   peak %7.1f MiB\n", names[t], s,
                   c, c * 1e6 / (double)row_count, (double)peak[t] / 1024);
    }
    for (size_t i = 0; i < sizeof ratios / sizeof *ratios; i++) {
        const task ours = ratios[i].ours, peer = ratios[i].peer;
        if (seconds[peer][rounds / 2] > 0 && seconds[ours][rounds / 2] > 0)
            printf("%-52s %5.1f times as fast, %5.1f in cpu (goal %.0f)\n", ratios[i].what,
                   seconds[peer][rounds / 2] / seconds[ours][rounds / 2],
                   cpu[peer][rounds / 2] / cpu[ours][rounds / 2], ratios[i].goal);
    }
}

/* Rows and rounds; all in turn in each round, so that what else the machine does falls on all. */
static void measure(int rounds, int only)
{
    static times seconds, cpu;
    long peak[TASKS] = { 0 };
    double bytes = 0;
    for (int round = 0; round < rounds; round++)
        for (int t = 0; t < TASKS; t++) {
            if (only >= 0 && t != only) continue;
            if (t >= MEMORY_OURS && !records) load_records();
            const outcome o = time_task((task)t);
            if (!o.done && t != OGR && t != OGR_INDEX) bench_stop("a task failed");
            seconds[t][round] = o.done ? o.seconds : 0;
            cpu[t][round] = o.cpu_seconds;
            /* later a child begins with the records that this process has loaded */
            if (round == 0) peak[t] = o.peak_kib;
            if (t == OURS_TWICE_INDEX) bytes = output_bytes();
        }
    printf("%zu rows of %d columns, %.0f MB of layer, %d rounds in %s, gcc-compatible %s\n",
           row_count, INCIDENT_COLUMNS, bytes / 1e6, rounds, folder, __VERSION__);
    print_results(seconds, cpu, peak, rounds);
    remove_outputs();
}

int main(int argc, char **argv)
{
    static char made[256];
    const char *parent = getenv("TMPDIR");
    int rounds = argc > 2 ? atoi(argv[2]) : 3;

    if (argc > 1) row_count = strtoull(argv[1], NULL, 10);
    if (rounds < 1 || rounds > ROUNDS_MOST || row_count < 1)
        bench_stop("rows and rounds: at least 1");
    if (!parent) parent = access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp";
    (void)snprintf(made, sizeof made, "%s/incmap-bench-XXXXXX", argc > 3 ? argv[3] : parent);
    folder = mkdtemp(made);
    if (!folder) bench_stop("no folder for the files");
    incident_csv_make(folder, row_count);
    measure(rounds, argc > 4 ? atoi(argv[4]) : -1);
    (void)unlink(path_in("incidents.csv"));
    (void)unlink(path_in("incidents.csvt"));
    (void)rmdir(folder);
    return 0;
}
