/* SPDX-License-Identifier: MIT */
/* How long a layer of incidents takes to write, against ogr2ogr and a plain Shapelib program in the same
 * run: from a CSV file of 24 columns, and from records in memory. Prints medians, ratios and memory.
 * layer_speed [ROWS [ROUNDS [DIR [TASK]]]], TASK a number from 0 as in the list printed, for a profiler; 1,000,000 rows need 5 GB in DIR (TMPDIR, else /dev/shm) and 1 GB of
 * memory. */
#define _DEFAULT_SOURCE /* wait4 */

#include <incmap/layer_writer.h>

#include <math.h>
#include <shapefil.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/date.h"
#include "base/text.h"
#include "io/csv.h"
#include "random.h"

enum { COLUMNS = 24, ROUNDS_MOST = 15, TEXT_MOST = 254 };

static const struct {
    const char *name;
    incmap_field_kind kind;
    int decimals;
    const char *csvt; /* for ogr2ogr: as wide as the data are */
} columns[COLUMNS] = {
    { "EVENT_ID", INCMAP_FIELD_TEXT, 0, "String(12)" },
    { "EVENT_DATE", INCMAP_FIELD_DATE, 0, "Date" },
    { "YEAR", INCMAP_FIELD_INT, 0, "Integer(4)" },
    { "TIME_PREC", INCMAP_FIELD_INT, 0, "Integer(1)" },
    { "EVENT_TYPE", INCMAP_FIELD_TEXT, 0, "String(27)" },
    { "SUB_TYPE", INCMAP_FIELD_TEXT, 0, "String(35)" },
    { "ACTOR1", INCMAP_FIELD_TEXT, 0, "String(105)" },
    { "ASSOC1", INCMAP_FIELD_TEXT, 0, "String(105)" },
    { "INTER1", INCMAP_FIELD_INT, 0, "Integer(1)" },
    { "ACTOR2", INCMAP_FIELD_TEXT, 0, "String(105)" },
    { "INTER2", INCMAP_FIELD_INT, 0, "Integer(1)" },
    { "COUNTRY", INCMAP_FIELD_TEXT, 0, "String(20)" },
    { "ADMIN1", INCMAP_FIELD_TEXT, 0, "String(105)" },
    { "ADMIN2", INCMAP_FIELD_TEXT, 0, "String(105)" },
    { "LOCATION", INCMAP_FIELD_TEXT, 0, "String(105)" },
    { "LATITUDE", INCMAP_FIELD_NUMBER, 5, "Real(9.5)" },
    { "LONGITUDE", INCMAP_FIELD_NUMBER, 5, "Real(10.5)" },
    { "GEO_PREC", INCMAP_FIELD_INT, 0, "Integer(1)" },
    { "SOURCE", INCMAP_FIELD_TEXT, 0, "String(105)" },
    { "SRC_SCALE", INCMAP_FIELD_TEXT, 0, "String(20)" },
    { "NOTES", INCMAP_FIELD_TEXT, 0, "String(254)" },
    { "FATALITIES", INCMAP_FIELD_INT, 0, "Integer(4)" },
    { "DEPTH_M", INCMAP_FIELD_NUMBER, 1, "Real(10.1)" },
    { "STAMP", INCMAP_FIELD_INT, 0, "Integer64(12)" },
};
enum { C_LAT = 15, C_LON = 16 };

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

static void stop(const char *what)
{
    fprintf(stderr, "layer_speed: %s\n", what);
    exit(1);
}

/* ---- the incidents ---- */

static const char *const words[] = {
    "\u043E\u0431\u0441\u0442\u0440\u0456\u043B",
    "artillery",
    "near",
    "\u0441\u0435\u043B\u043E",
    "reported",
    "\"heavy\"",
    "\u043F\u0440\u0438\u043A\u043E\u0440\u0434\u043E\u043D\u043D\u044F",
    "fire",
    "and,",
    "\u0443\u0434\u0430\u0440",
    "of",
    "the",
    "\u0414\u0420\u0413",
    "forces",
    "\u0413\u0440\u0430\u0439\u0432\u043E\u0440\u043E\u043D",
    "crossed",
    "coded\nas",
    "unknown",
    "\u0433\u0440\u0430\u043D\u0438\u0446\u0430",
    "casualties",
};

/* From `least` to `most` bytes of words, few of them many, as names and notes are; a quoted field. */
static void put_words(FILE *f, test_random *r, double least, double most)
{
    const double u = random_between(r, 0, 1);
    const size_t wanted = (size_t)(least + (most - least) * u * u * u);
    size_t length = 0;
    fputc('"', f);
    while (length < wanted) {
        const char *word = words[random_bits(r) % (sizeof words / sizeof *words)];
        if (length) fputc(' ', f);
        for (const char *c = word; *c; c++) {
            if (*c == '"') fputc('"', f);
            fputc(*c, f);
        }
        length += strlen(word) + 1;
    }
    fputc('"', f);
}

static void put_row(FILE *f, test_random *r, size_t i)
{
    const double lat = random_between(r, 44, 53), lon = random_between(r, 22, 42);
    fprintf(f, "UKR%zu,%d-%02d-%02d,%d,%d,", i, 2018 + (int)(i % 7), 1 + (int)(i % 12),
            1 + (int)(i % 28), 2018 + (int)(i % 7), 1 + (int)(i % 3));
    fprintf(f, "%s,%s,", i % 3 ? "Explosions/Remote violence" : "Battles",
            i % 3 ? "Shelling/artillery/missile attack" : "Armed clash");
    fprintf(f, "Military Forces of %s (20%02zu-),", i % 2 ? "Ukraine" : "Russia", i % 23);
    if (i % 4) fputs("\u0412\u0456\u0439\u0441\u044C\u043A\u043E\u0432\u0456", f);
    fprintf(f, ",%zu,", i % 8);
    put_words(f, r, 6, 90);
    fprintf(f, ",%zu,%s,", i % 8, i % 2 ? "Ukraine" : "Russia");
    put_words(f, r, 6, 90);
    fputc(',', f);
    put_words(f, r, 6, 90);
    fputc(',', f);
    put_words(f, r, 4, 90);
    fprintf(f, ",%.5f,%.5f,%zu,", lat, lon, 1 + i % 3);
    put_words(f, r, 6, 90);
    fputs(i % 2 ? ",National," : ",Subnational-National,", f);
    put_words(f, r, 60, 590);
    if (i % 9)
        fprintf(f, ",%zu,", i % 40);
    else
        fputs(",,", f);
    fprintf(f, "%.1f,%zu\n", random_between(r, -150000, 150000), 1600000000 + i);
}

static void make_csv(void)
{
    test_random r = { test_seed(23) };
    FILE *f = fopen(path_in("incidents.csv"), "wb"),
         *types = fopen(path_in("incidents.csvt"), "wb");
    if (!f || !types) stop("cannot write into the folder");
    for (int c = 0; c < COLUMNS; c++) {
        fprintf(f, "%s%s", c ? "," : "", columns[c].name);
        fprintf(types, "%s%s", c ? "," : "", columns[c].csvt);
    }
    fputc('\n', f);
    for (size_t i = 0; i < row_count; i++)
        put_row(f, &r, i);
    if (fclose(f) != 0 || fclose(types) != 0) stop("the disk is full");
}

/* ---- reading them ---- */

static void take_value(incmap_value *value, int column, const incmap__csv_field *field)
{
    incmap_date date;
    value->kind = INCMAP_VALUE_NULL;
    if (field->length == 0) return;
    switch (columns[column].kind) {
    case INCMAP_FIELD_TEXT:
        value->as.text = field->text;
        value->kind = INCMAP_VALUE_TEXT;
        break;
    case INCMAP_FIELD_INT:
        if (!incmap__text_to_int(field->text, field->length, &value->as.whole)) stop("no int");
        value->kind = INCMAP_VALUE_INT;
        break;
    case INCMAP_FIELD_NUMBER:
        if (!incmap__text_to_double(field->text, field->length, &value->as.number))
            stop("no number");
        value->kind = INCMAP_VALUE_NUMBER;
        break;
    case INCMAP_FIELD_DATE:
        if (incmap__date_parse(field->text, field->length, &date, NULL)) stop("no date");
        value->as.day = date.earliest;
        value->kind = INCMAP_VALUE_DAY;
        break;
    }
}

static incmap__csv *open_csv(void)
{
    static const incmap__csv_options options = { 0, false, 0 };
    const incmap_allocator a = incmap__allocator_default();
    incmap__csv *csv = NULL;
    incmap__csv_row row;
    bool found;
    if (incmap__csv_open(&csv, path_in("incidents.csv"), &options, &a, NULL) ||
        incmap__csv_next(csv, &row, &found, NULL) || row.count != COLUMNS)
        stop("the CSV file cannot be read");
    return csv;
}

static bool next_row(incmap__csv *csv, incmap_value values[COLUMNS])
{
    incmap__csv_row row;
    bool found = false;
    if (incmap__csv_next(csv, &row, &found, NULL) || (found && (row.fault || row.count != COLUMNS)))
        stop("a row of the CSV file cannot be read");
    for (int c = 0; found && c < COLUMNS; c++)
        take_value(&values[c], c, &row.fields[c]);
    return found;
}

/* ---- incmap ---- */

static incmap_ctx *ctx;

static void must(incmap_status st)
{
    if (st) stop(incmap_ctx_message(ctx));
}

/* Widths of the texts, for whoever has them: the plain program is given them too. */
static int text_widths[COLUMNS];
enum { NUMBER_WIDTH = 12 };

static incmap_layer_writer *open_writer(const char *name, bool index, bool widths)
{
    incmap_layer_writer_options options = INCMAP_LAYER_WRITER_OPTIONS_INIT;
    incmap_field fields[COLUMNS];
    incmap_layer_writer *w = NULL;
    memset(fields, 0, sizeof fields);
    for (int c = 0; c < COLUMNS; c++) {
        fields[c].name = columns[c].name;
        fields[c].kind = columns[c].kind;
        fields[c].decimals = columns[c].decimals;
        if (widths) fields[c].width = columns[c].kind ? NUMBER_WIDTH : text_widths[c];
    }
    options.no_index = !index;
    must(incmap_layer_writer_open(ctx, path_in(name), INCMAP_SHAPE_POINT, fields, COLUMNS, &options,
                                  &w));
    return w;
}

static void add(incmap_layer_writer *w, const incmap_value values[COLUMNS])
{
    const incmap_coord at = { values[C_LAT].as.number, values[C_LON].as.number };
    const incmap_shape shape = { INCMAP_SHAPE_POINT, &at, 1, NULL, 0, NULL, NULL };
    must(incmap_layer_writer_add(ctx, w, &shape, values));
}

static void write_spooled(bool index)
{
    incmap_value values[COLUMNS];
    incmap__csv *csv = open_csv();
    must(incmap_ctx_new(NULL, &ctx));
    incmap_layer_writer *w = open_writer("ours", index, false);
    while (next_row(csv, values))
        add(w, values);
    must(incmap_layer_writer_finish(ctx, w, NULL));
    incmap_layer_writer_free(w);
    incmap__csv_close(csv);
    incmap_ctx_free(ctx);
}

static void write_twice(bool index)
{
    incmap_value values[COLUMNS];
    incmap__csv *csv = open_csv();
    must(incmap_ctx_new(NULL, &ctx));
    incmap_layer_writer *w = open_writer("ours", index, false);
    while (next_row(csv, values))
        must(incmap_layer_writer_measure(ctx, w, values));
    incmap__csv_close(csv);
    csv = open_csv();
    while (next_row(csv, values))
        add(w, values);
    must(incmap_layer_writer_finish(ctx, w, NULL));
    incmap_layer_writer_free(w);
    incmap__csv_close(csv);
    incmap_ctx_free(ctx);
}

static void read_only(void)
{
    incmap_value values[COLUMNS];
    incmap__csv *csv = open_csv();
    while (next_row(csv, values))
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
    if (!freopen("/dev/null", "w", stderr)) stop("no /dev/null");
    (void)execvp("ogr2ogr", (char *const *)(const void *)arguments);
    _exit(127);
}

/* ---- from memory ---- */

static incmap_value (*records)[COLUMNS];

static void load_records(void)
{
    incmap__csv *csv = open_csv();
    records = malloc(row_count * sizeof *records);
    if (!records) stop("not enough memory for the records");
    for (size_t i = 0; next_row(csv, records[i]) && i < row_count; i++) {
        for (int c = 0; c < COLUMNS; c++) {
            if (records[i][c].kind != INCMAP_VALUE_TEXT) continue;
            const int length = (int)strlen(records[i][c].as.text);
            records[i][c].as.text = strdup(records[i][c].as.text);
            if (!records[i][c].as.text) stop("not enough memory for the records");
            if (length > text_widths[c]) text_widths[c] = length > TEXT_MOST ? TEXT_MOST : length;
        }
    }
    incmap__csv_close(csv);
}

static void write_records(bool index)
{
    must(incmap_ctx_new(NULL, &ctx));
    incmap_layer_writer *w = open_writer("ours", index, true);
    for (size_t i = 0; i < row_count; i++)
        add(w, records[i]);
    must(incmap_layer_writer_finish(ctx, w, NULL));
    incmap_layer_writer_free(w);
    incmap_ctx_free(ctx);
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
    if (!shp || !dbf) stop("Shapelib cannot create");
    for (int c = 0; c < COLUMNS; c++) {
        const char type = "CNND"[columns[c].kind];
        const int width = columns[c].kind == INCMAP_FIELD_TEXT   ? text_widths[c]
                          : columns[c].kind == INCMAP_FIELD_DATE ? 8
                                                                 : NUMBER_WIDTH;
        (void)DBFAddNativeFieldType(dbf, columns[c].name, type, width, columns[c].decimals);
    }
    for (size_t i = 0; i < row_count; i++) {
        double x = records[i][C_LON].as.number, y = records[i][C_LAT].as.number;
        SHPObject *object = SHPCreateSimpleObject(SHPT_POINT, 1, &x, &y, NULL);
        if (SHPWriteObject(shp, -1, object) != (int)i) stop("Shapelib cannot write a shape");
        SHPDestroyObject(object);
        for (int c = 0; c < COLUMNS; c++)
            if (!plain_write(dbf, (int)i, c, &records[i][c]) &&
                records[i][c].kind != INCMAP_VALUE_TEXT)
                stop("Shapelib cannot write a value");
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
    case OURS_SPOOLED: write_spooled(false); break;
    case OURS_TWICE: write_twice(false); break;
    case OURS_SPOOLED_INDEX: write_spooled(true); break;
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
    if (child < 0 || wait4(child, &status, 0, &used) != child) stop("no process");
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
            if (!o.done && t != OGR && t != OGR_INDEX) stop("a task failed");
            seconds[t][round] = o.done ? o.seconds : 0;
            cpu[t][round] = o.cpu_seconds;
            /* later a child begins with the records that this process has loaded */
            if (round == 0) peak[t] = o.peak_kib;
            if (t == OURS_TWICE_INDEX) bytes = output_bytes();
        }
    printf("%zu rows of %d columns, %.0f MB of layer, %d rounds in %s, gcc-compatible %s\n",
           row_count, COLUMNS, bytes / 1e6, rounds, folder, __VERSION__);
    print_results(seconds, cpu, peak, rounds);
    remove_outputs();
}

int main(int argc, char **argv)
{
    static char made[256];
    const char *parent = getenv("TMPDIR");
    int rounds = argc > 2 ? atoi(argv[2]) : 3;

    if (argc > 1) row_count = strtoull(argv[1], NULL, 10);
    if (rounds < 1 || rounds > ROUNDS_MOST || row_count < 1) stop("rows and rounds: at least 1");
    if (!parent) parent = access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp";
    (void)snprintf(made, sizeof made, "%s/incmap-bench-XXXXXX", argc > 3 ? argv[3] : parent);
    folder = mkdtemp(made);
    if (!folder) stop("no folder for the files");
    make_csv();
    measure(rounds, argc > 4 ? atoi(argv[4]) : -1);
    (void)unlink(path_in("incidents.csv"));
    (void)unlink(path_in("incidents.csvt"));
    (void)rmdir(folder);
    return 0;
}
