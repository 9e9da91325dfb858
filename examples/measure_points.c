/* SPDX-License-Identifier: MIT */
/* How deep behind the border is each row of a table? A filter: rows of CSV in, the same rows out with
 * columns behind, byte for byte otherwise, in memory that does not grow with the input. Each row is
 * answered by itself, so that parts of a table give the parts of the answer. */
#include <errno.h>
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include "common/large_room.h"
#include "common/name_answers.h"
#include "common/number.h"
#include "common/program.h"
#include "common/progress.h"
#include "common/raw_rows.h"
#include "common/text.h"

enum {
    PIECE = 512 << 10,    /* bytes read or written at a time: they stay in the processor's cache */
    BLOCK = 3 << 20,      /* bytes of rows that are measured together, and at most so many rows: */
    MOST_ROWS = 64 << 10, /* many points at a time take less time each */
    LONGEST_ROW = 64 << 20, /* a longer one ends the run */
    MOST_COLUMNS = 65536,
    DEPTH_ROOM = 6 + 5 * BYTES_FIXED, /* of a row's answer: separators, words and numbers */
    ROWS_AHEAD = 6, /* so long it takes to have a row's bytes back in the processor's cache */
    CACHE_LINE = 64
};

#if defined(__GNUC__)
#define SEND_AHEAD(address) __builtin_prefetch(address)
#else
#define SEND_AHEAD(address) ((void)(address))
#endif

static data_options chosen;
static const char *lat_name, *lon_name, *place_name, *country_name, *region_name, *district_name,
    *uncertainty_text, *separator_text, *rejects_path, *columns_text, *saved, *kind_name;
static bool no_header, nearest_place, tell_times;

/* Fields that are read of a row, in their order in job.wanted unless lon_first. */
enum { LAT, LON, POINT_FIELDS };

typedef struct {
    raw_row raw;
    const char *error;         /* NULL: measured; lives as long as the batch */
    const name_answer *answer; /* of a table with names; NULL where none was asked for */
    size_t point;              /* number among the points */
    bool blank, ragged;
} row;

/* What many rows have alike is put together once, and copied whole whatever its length. */
typedef struct {
    char text[BYTES_FIXED];
    size_t length;
} phrase;

typedef struct {
    data d;
    FILE *in, *rejects;
    char separator;
    bool by_name;
    size_t columns; /* fields of each row; 0: not known yet */
    size_t
        wanted[ASKED_COUNT]; /* field numbers from 0: of LAT and LON, or of those given in asked */
    unsigned asked[ASKED_COUNT]; /* what wanted[i] is, of a table with names */
    size_t n_wanted;
    bool lon_first; /* wanted is in the order in which the columns stand */
    phrase sides[INCMAP_SIDE_NEITHER + 1][2]; /* ",outside,false,", and certain */
    phrase band;                              /* of band_m */
    double band_m;
    double uncertainty_m;
    unsigned kinds; /* of places; 0: any */
    name_answers *answers;
    bytes block, out, asked_text;
    row *rows;
    incmap_coord *points;
    double *radii;
    incmap_depth *depths;
    size_t n_rows, n_points;
    size_t all, bad, inexact, states[NAME_WITHOUT_POSITION + 1];
    double load_s, measure_s; /* of the processor */
    progress bar;
    bool begun, head_done;
    size_t size, done; /* of the input; size 0: unknown */
} job;

/* ---- reading a row --------------------------------------------------------------------------------- */

static void add_point(job *j, row *r, incmap_coord at, double radius_m)
{
    r->point = j->n_points;
    j->points[j->n_points] = at;
    j->radii[j->n_points++] = radius_m;
}

/* A field's text, ended by zero, behind what is in asked_text already; quotes in it are no longer
 * doubled. False when it holds a zero itself. */
static bool keep_text(bytes *to, const raw_field *field)
{
    if (field->length && memchr(field->text, '\0', field->length)) return false;
    bytes_reserve(to, field->length + 1);
    for (size_t i = 0; i < field->length; i++) {
        to->text[to->used++] = field->text[i];
        if (field->quoted && field->text[i] == '"') i++;
    }
    to->text[to->used++] = '\0';
    return true;
}

static incmap_status read_place(job *j, row *r, const raw_field fields[])
{
    asked_place asked = { { "", "", "", "" } };
    size_t starts[ASKED_COUNT];

    j->asked_text.used = 0;
    for (size_t i = 0; i < j->n_wanted; i++) {
        starts[i] = j->asked_text.used;
        if (!keep_text(&j->asked_text, &fields[i])) {
            r->error = "a byte of value zero in a name";
            return INCMAP_OK;
        }
    }
    /* Only now, for the text may have moved while it grew. */
    for (size_t i = 0; i < j->n_wanted; i++)
        asked.text[j->asked[i]] = j->asked_text.text + starts[i];
    r->answer = name_answers_get(j->answers, &asked);
    if (!r->answer) return INCMAP_ENOMEM;
    j->states[r->answer->state]++;
    j->inexact += r->answer->state == NAME_PLACED && r->answer->inexact;
    r->error = r->answer->error;
    if (!r->error) add_point(j, r, r->answer->at, fmax(j->uncertainty_m, r->answer->uncertainty_m));
    return INCMAP_OK;
}

static const char *read_point(job *j, row *r, const raw_field fields[])
{
    const raw_field *lat = &fields[j->lon_first ? LON : LAT];
    const raw_field *lon = &fields[j->lon_first ? LAT : LON];
    incmap_coord at;

    if (!number_parse(lat->text, lat->length, &at.lat))
        return lat->length ? "latitude is no number" : "no latitude";
    if (!number_parse(lon->text, lon->length, &at.lon))
        return lon->length ? "longitude is no number" : "no longitude";
    if (fabs(at.lat) > 90) return "latitude beyond 90";
    if (fabs(at.lon) > 180) return "longitude beyond 180";
    add_point(j, r, at, j->uncertainty_m);
    return NULL;
}

/* A row of another number of fields is not trusted: which of them is the latitude nobody can say. */
static incmap_status read_row(job *j, row *r)
{
    raw_field fields[ASKED_COUNT];
    incmap_status st = INCMAP_OK;

    r->ragged = r->raw.fields != j->columns;
    if (r->raw.broken != SIZE_MAX)
        r->error = "a quote that is not closed at the end of its field";
    else if (r->ragged)
        r->error = "fields";
    else if (!raw_row_fields(&j->block, &r->raw, j->separator, j->wanted, j->n_wanted, fields))
        r->error = "too few fields";
    else if (j->by_name)
        st = read_place(j, r, fields);
    else
        r->error = read_point(j, r, fields);
    return st;
}

/* ---- writing ------------------------------------------------------------------------------------ */

/* The settlement nearest to the row's point, and how far it is. */
static void put_nearest(job *j, const row *r)
{
    incmap_find_options options = INCMAP_FIND_OPTIONS_INIT;
    incmap_near near;
    size_t count = 0;

    options.kinds = INCMAP_PLACE_SETTLEMENTS;
    bytes_char(&j->out, j->separator);
    if (!r->error && (incmap_gazetteer_nearest(j->d.ctx, j->d.gazetteer, j->points[r->point],
                                               &options, 1, &near, &count) ||
                      !count))
        count = 0;
    if (count) bytes_field(&j->out, incmap_place_name_in(near.place, "en"), j->separator);
    bytes_char(&j->out, j->separator);
    if (count) bytes_fixed(&j->out, near.distance_m, 3);
}

static void word_sides(job *j)
{
    const char s = j->separator;

    for (int side = 0; side <= INCMAP_SIDE_NEITHER; side++)
        for (int certain = 0; certain < 2; certain++) {
            phrase *p = &j->sides[side][certain];
            p->length = (size_t)snprintf(p->text, sizeof p->text, "%c%s%c%s%c", s,
                                         incmap_side_text((incmap_side)side), s,
                                         certain ? "true" : "false", s);
        }
}

static inline char *put_phrase(char *at, const phrase *p)
{
    memcpy(at, p->text, sizeof p->text);
    return at + p->length;
}

/* In most tables all are good to the same. */
static char *put_band(job *j, char *at, double band_m)
{
    if (!j->band.length || band_m != j->band_m) {
        j->band.length = (size_t)(bytes_fixed_at(j->band.text, band_m, 3) - j->band.text);
        j->band_m = band_m;
    }
    return put_phrase(at, &j->band);
}

/* Of a post on the border only where that is. Through a pointer of its own, for what is written could be
 * the buffer's own length, as far as the compiler knows. */
static void put_depth(job *j, bytes *out, const incmap_depth *d, bool on_border)
{
    const char s = j->separator;
    char *at;

    bytes_reserve(out, DEPTH_ROOM);
    at = out->text + out->used;
    *at++ = s;
    if (on_border) {
        memset(at, s, 4);
        at += 4;
    } else {
        at = bytes_fixed_at(at, d->depth_m, 3);
        *at++ = s;
        at = put_band(j, at, d->band_m);
        at = put_phrase(at, &j->sides[d->side][d->side_certain]);
    }
    at = bytes_fixed_at(at, d->nearest.lat, 7);
    *at++ = s;
    at = bytes_fixed_at(at, d->nearest.lon, 7);
    out->used = (size_t)(at - out->text);
}

static void put_error(const job *j, bytes *out, const row *r)
{
    char text[96];

    if (!r->error) return;
    if (r->raw.broken != SIZE_MAX || !r->ragged) {
        bytes_field(out, r->error, j->separator);
        return;
    }
    (void)snprintf(text, sizeof text, "%zu field%s where %zu are expected", r->raw.fields,
                   r->raw.fields == 1 ? "" : "s", j->columns);
    bytes_field(out, text, j->separator);
}

static void put_answer(job *j, const row *r)
{
    if (j->by_name) {
        bytes_char(&j->out, j->separator);
        if (r->answer)
            bytes_text(&j->out, r->answer->columns);
        else
            bytes_repeat(&j->out, j->separator, NAME_COLUMN_COUNT - 1);
    }
    if (r->error)
        bytes_repeat(&j->out, j->separator, 6);
    else
        put_depth(j, &j->out, &j->depths[r->point], r->answer && r->answer->on_border);
    if (nearest_place) put_nearest(j, r);
    if (j->rejects) return;
    bytes_char(&j->out, j->separator);
    put_error(j, &j->out, r);
}

static int write_out(job *j)
{
    if (j->out.used && fwrite(j->out.text, 1, j->out.used, stdout) != j->out.used)
        return complain(FAILED, "cannot write: %s", strerror(errno));
    j->out.used = 0;
    return DONE;
}

static int write_reject(job *j, const bytes *line)
{
    if (fwrite(line->text, 1, line->used, j->rejects) != line->used)
        return complain(FAILED, "%s: cannot write: %s", rejects_path, strerror(errno));
    return DONE;
}

/* The row with its name's columns, which say what it may be, and the reason. */
static int reject(job *j, const row *r)
{
    bytes line = { NULL, 0, 0 };
    int status;

    raw_row_put(&line, &j->block, &r->raw, j->separator, j->columns);
    if (j->by_name) {
        bytes_char(&line, j->separator);
        if (r->answer)
            bytes_text(&line, r->answer->columns);
        else
            bytes_repeat(&line, j->separator, NAME_COLUMN_COUNT - 1);
    }
    bytes_char(&line, j->separator);
    put_error(j, &line, r);
    if (r->raw.eol > r->raw.end)
        bytes_put(&line, j->block.text + r->raw.end, r->raw.eol - r->raw.end);
    else
        bytes_char(&line, '\n');
    status = write_reject(j, &line);
    free(line.text);
    return status;
}

/* A row's text and answer were left long ago, while others were read and measured. */
static inline void send_ahead(const job *j, const row *r)
{
    const incmap_depth *depth = &j->depths[r->point];

    for (size_t at = r->raw.start; at < r->raw.end; at += CACHE_LINE)
        SEND_AHEAD(j->block.text + at);
    SEND_AHEAD(depth);
    SEND_AHEAD((const char *)depth + CACHE_LINE);
}

static int write_rows(job *j)
{
    int status = DONE;

    for (size_t i = 0; !status && i < j->n_rows; i++) {
        const row *r = &j->rows[i];
        if (i + ROWS_AHEAD < j->n_rows) send_ahead(j, &j->rows[i + ROWS_AHEAD]);
        if (r->error && j->rejects) {
            status = reject(j, r);
            continue;
        }
        if (!r->blank) {
            raw_row_put(&j->out, &j->block, &r->raw, j->separator, j->columns);
            put_answer(j, r);
        }
        for (size_t at = r->raw.end; at < r->raw.eol; at++)
            bytes_char(&j->out, j->block.text[at]);
        if (j->out.used > PIECE) status = write_out(j);
    }
    return status ? status : write_out(j);
}

/* ---- the head ------------------------------------------------------------------------------------ */

/* Why a header may lack all columns. */
static const char *head_hint(const job *j, const raw_row *head)
{
    const char *text = j->block.text + head->start;
    const size_t length = head->end - head->start;

    if (memchr(text, '\0', length)) return "; it holds bytes of value zero: is it UTF-16?";
    if (memchr(text, '\r', length)) return "; its lines seem to end with CR alone";
    if (head->fields > 1) return "";
    if (memchr(text, '\t', length))
        return "; its fields seem to be separated by tabs (--separator tab)";
    if (memchr(text, ';', length))
        return "; its fields seem to be separated by ; (--separator \";\")";
    return "";
}

static int column_missing(const job *j, const raw_row *head, const char *given, const char *what)
{
    if (given)
        return complain(FAILED, "the header has no column \"%s\"%s", given, head_hint(j, head));
    return complain(FAILED, "the header has no column for --%s: name it%s", what,
                    head_hint(j, head));
}

/* A column by its number from 1, by its name, or by the usual names. */
static int choose_column(const job *j, const raw_row *head, const char *given,
                         const char *const usual[], const char *what, size_t *out)
{
    const char *const names[] = { given, NULL };
    const char *const *name = given ? names : usual;
    char *end;
    const unsigned long number = given ? strtoul(given, &end, 10) : 0;
    size_t again = SIZE_MAX;

    if (given && *given && !*end && number >= 1 && number < MOST_COLUMNS) {
        *out = number - 1;
        if (*out < j->columns) return DONE;
        return complain(FAILED, "--%s is %lu, but %s %zu field%s%s", what, number,
                        columns_text ? "--columns says" : "the first row has", j->columns,
                        j->columns == 1 ? "" : "s",
                        no_header && !columns_text ? ": if it is short, say --columns" : "");
    }
    if (no_header) return wrong_usage("--%s must be a number with --no-header", what);
    for (*out = SIZE_MAX; *name && *out == SIZE_MAX; name++)
        *out = raw_row_column(&j->block, head, j->separator, *name, &again);
    if (*out == SIZE_MAX) return column_missing(j, head, given, what);
    if (again == SIZE_MAX) return DONE;
    return complain(FAILED, "the header has a column \"%s\" twice (%zu and %zu): give its number",
                    name[-1], *out + 1, again + 1);
}

static int choose_names(job *j, const raw_row *head)
{
    static const char *const none[] = { NULL };
    const char *const given[ASKED_COUNT] = { [ASKED_NAME] = place_name,
                                             [ASKED_COUNTRY] = country_name,
                                             [ASKED_REGION] = region_name,
                                             [ASKED_DISTRICT] = district_name };
    static const char *const what[ASKED_COUNT] = { [ASKED_NAME] = "place",
                                                   [ASKED_COUNTRY] = "country",
                                                   [ASKED_REGION] = "region",
                                                   [ASKED_DISTRICT] = "district" };
    int status = DONE;

    for (unsigned i = 0; !status && i < ASKED_COUNT; i++) {
        if (!given[i]) continue;
        j->asked[j->n_wanted] = i;
        status = choose_column(j, head, given[i], none, what[i], &j->wanted[j->n_wanted++]);
    }
    return status;
}

static int choose_point(job *j, const raw_row *head)
{
    static const char *const lats[] = { "lat", "latitude", "lat_deg", "y", NULL };
    static const char *const lons[] = { "lon", "lng", "longitude", "lon_deg", "x", NULL };
    size_t lat, lon;
    int status = choose_column(j, head, lat_name, lats, "lat", &lat);

    if (!status) status = choose_column(j, head, lon_name, lons, "lon", &lon);
    if (status) return status;
    j->lon_first = lon < lat;
    j->wanted[0] = j->lon_first ? lon : lat;
    j->wanted[1] = j->lon_first ? lat : lon;
    j->n_wanted = POINT_FIELDS;
    return DONE;
}

static int choose_columns(job *j, const raw_row *head)
{
    if (head->broken != SIZE_MAX && !no_header)
        return complain(FAILED,
                        "the header has a quote that is not closed at the end of its field");
    if (!j->columns || !no_header) j->columns = head->fields;
    return j->by_name ? choose_names(j, head) : choose_point(j, head);
}

/* Two columns of one name are read as either by the next program: so it is said. */
static void put_names(const job *j, const raw_row *head, bytes *out, const char *const names[],
                      size_t n)
{
    size_t again;

    for (size_t i = 0; i < n; i++) {
        bytes_char(out, j->separator);
        bytes_text(out, names[i]);
        if (raw_row_column(&j->block, head, j->separator, names[i], &again) != SIZE_MAX)
            complain(DONE,
                     "note: the header has a column \"%s\" already; the one added is the last",
                     names[i]);
    }
}

/* The header's text is put as it stands; added names go behind. */
static int write_head(job *j, const raw_row *head)
{
    static const char *const named[] = NAME_COLUMNS;
    static const char *const names[] = { "depth_m",       "band_m",         "side",
                                         "side_certain",  "nearest_lat",    "nearest_lon",
                                         "nearest_place", "nearest_place_m" };
    static const char *const error[] = { "error" };
    const char *eol = j->block.text + head->end;
    bytes line = { NULL, 0, 0 };
    int status = DONE;

    bytes_put(&line, j->block.text + head->start, head->end - head->start);
    if (j->by_name) put_names(j, head, &line, named, NAME_COLUMN_COUNT);
    bytes_put(&j->out, line.text, line.used);
    put_names(j, head, &j->out, names, sizeof names / sizeof *names - (nearest_place ? 0 : 2));
    put_names(j, head, j->rejects ? &line : &j->out, error, 1);
    bytes_put(&j->out, eol, head->eol - head->end);
    if (j->rejects) {
        bytes_put(&line, eol, head->eol - head->end);
        status = write_reject(j, &line);
    }
    free(line.text);
    return status;
}

/* ---- the stream ---------------------------------------------------------------------------------- */

static double processor_s(void)
{
    struct timespec now;

    if (clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now)) return 0;
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static void make_room(job *j)
{
    j->rows = need(malloc(MOST_ROWS * sizeof *j->rows));
    j->points = need(malloc(MOST_ROWS * sizeof *j->points));
    j->radii = need(malloc(MOST_ROWS * sizeof *j->radii));
    j->depths = need(malloc(MOST_ROWS * sizeof *j->depths));
    j->block.room = BLOCK + 2 * PIECE;
    j->block.text = large_room(j->block.room);
}

static int measure_rows(job *j)
{
    const double begun = processor_s();
    const incmap_status st = incmap_border_measure_many(j->d.ctx, j->d.border, j->points, j->radii,
                                                        j->n_points, j->depths);
    int status;

    j->measure_s += processor_s() - begun;
    if (st) return complain_of(j->d.ctx, st);
    status = write_rows(j);
    if (j->answers) name_answers_tidy(j->answers);
    j->n_rows = j->n_points = 0;
    return status;
}

/* The row whose text was found just now, behind those that are taken up already. */
static int take_row(job *j)
{
    row *r = &j->rows[j->n_rows++];
    incmap_status st = INCMAP_OK;

    r->error = NULL;
    r->answer = NULL;
    r->point = 0;
    r->ragged = false;
    r->blank = r->raw.end == r->raw.start;
    if (r->blank) return DONE;
    st = read_row(j, r);
    j->all++;
    j->bad += r->error != NULL;
    return st ? complain_of(j->d.ctx, st) : DONE;
}

/* The first row says where the columns are, and is passed on as a header unless it is data. */
static int take_head(job *j, const raw_row *head)
{
    const int status = choose_columns(j, head);

    if (status) return status;
    return no_header ? take_row(j) : write_head(j, head);
}

/* Takes up the whole rows of the block from *at on: while what was just read is near the processor. */
static int take_rows(job *j, bool last, size_t *at)
{
    int status = DONE;

    if (!j->begun && j->block.used >= 3 && memcmp(j->block.text, "\xEF\xBB\xBF", 3) == 0) {
        bytes_put(&j->out, j->block.text, 3);
        *at = 3;
    }
    j->begun = true;
    while (!status && *at < j->block.used && j->n_rows < MOST_ROWS &&
           raw_row_next(&j->block, *at, last, j->separator, &j->rows[j->n_rows].raw)) {
        *at = j->rows[j->n_rows].raw.eol;
        status = j->head_done ? take_row(j) : take_head(j, &j->rows[j->n_rows].raw);
        j->head_done = true;
    }
    return status;
}

/* Measures and writes what was taken up; the rest of the block goes to its front. */
static int finish_batch(job *j, size_t *at)
{
    int status = measure_rows(j);

    if (status) return status;
    memmove(j->block.text, j->block.text + *at, j->block.used - *at);
    j->block.used -= *at;
    j->done += *at;
    *at = 0;
    if (j->size) progress_tell(&j->bar, j->done, j->size);
    if (j->block.used <= LONGEST_ROW) return DONE;
    return complain(FAILED, "a row is longer than %d bytes", LONGEST_ROW);
}

static int read_piece(job *j, bool *last)
{
    size_t got;

    bytes_reserve(&j->block, PIECE);
    got = fread(j->block.text + j->block.used, 1, PIECE, j->in);
    j->block.used += got;
    *last = got < PIECE;
    return ferror(j->in) ? complain(FAILED, "cannot read: %s", strerror(errno)) : DONE;
}

static int stream(job *j)
{
    size_t at = 0;
    bool last = false, more = true;
    int status = DONE;

    word_sides(j);
    make_room(j);
    while (!status && !(last && at == j->block.used)) {
        /* More is read only when no whole row is left, so that the block stays small however short rows
         * are. */
        if (!last && more) status = read_piece(j, &last);
        if (!status) status = take_rows(j, last, &at);
        more = j->n_rows < MOST_ROWS;
        if (!status && (last || !more || j->block.used > BLOCK)) status = finish_batch(j, &at);
    }
    if (!status && !j->head_done && !no_header)
        return complain(FAILED, "found no row at all, expected a header");
    return status;
}

/* Opening a file to be written empties it: the input would be gone before it is read. */
static int check_rejects(const job *j)
{
    FILE *const used[] = { j->in, stdout };
    struct stat named, info;

    if (stat(rejects_path, &named) != 0 || !S_ISREG(named.st_mode)) return DONE;
    for (int i = 0; i < 2; i++)
        if (fstat(fileno(used[i]), &info) == 0 && info.st_dev == named.st_dev &&
            info.st_ino == named.st_ino)
            return complain(WRONG_USAGE,
                            "--rejects is \"%s\", the file of the %s too: name another",
                            rejects_path, i == 0 ? "input" : "output");
    return DONE;
}

static int open_files(job *j, const char *path)
{
    struct stat info;
    int status;

    j->in = path && strcmp(path, "-") != 0 ? fopen(path, "rb") : stdin;
    if (!j->in) return complain(FAILED, "%s: %s", path, strerror(errno));
    if (fstat(fileno(j->in), &info) == 0 && S_ISREG(info.st_mode)) j->size = (size_t)info.st_size;
    if (!rejects_path) return DONE;
    status = check_rejects(j);
    if (status) return status;
    j->rejects = fopen(rejects_path, "wb");
    return j->rejects ? DONE : complain(FAILED, "%s: %s", rejects_path, strerror(errno));
}

static int read_separator(job *j)
{
    j->separator = ',';
    if (!separator_text) return DONE;
    if (strcmp(separator_text, "tab") == 0)
        j->separator = '\t';
    else if (strlen(separator_text) == 1 && !strchr("\"\r\n", separator_text[0]))
        j->separator = separator_text[0];
    else
        return wrong_usage("--separator is \"%s\", expected one character or tab", separator_text);
    return DONE;
}

static int read_column_count(job *j)
{
    char *end;
    unsigned long number;

    if (!columns_text) return DONE;
    if (!no_header) return wrong_usage("--columns is for --no-header: a header says it itself");
    number = strtoul(columns_text, &end, 10);
    if (end == columns_text || *end || number < 1 || number > MOST_COLUMNS)
        return wrong_usage("--columns is \"%s\", expected a number from 1 to %d", columns_text,
                           MOST_COLUMNS);
    j->columns = number;
    return DONE;
}

static int read_options(job *j, size_t n)
{
    char *end;
    int status;

    if (n > 1) return wrong_usage("expected one file or none");
    j->by_name = place_name != NULL;
    if (j->by_name && (lat_name || lon_name))
        return wrong_usage("--place and --lat or --lon exclude one another");
    if (!j->by_name && (country_name || region_name || district_name || kind_name))
        return wrong_usage("--country, --region, --district and --kind go with --place only");
    if (kind_name && !name_kinds_parse(kind_name, &j->kinds))
        return wrong_usage("--kind: found \"%s\", expected settlement, city, village, region, "
                           "district, border_post ...",
                           kind_name);
    status = read_separator(j);
    if (!status) status = read_column_count(j);
    if (status || !uncertainty_text) return status;
    j->uncertainty_m = strtod(uncertainty_text, &end);
    if (*end || !(j->uncertainty_m >= 0 && j->uncertainty_m < 2e7))
        return wrong_usage("--uncertainty is \"%s\", expected metres, 0 or more", uncertainty_text);
    return DONE;
}

/* Places and border, ready for many questions. */
static int load(job *j)
{
    incmap_gazetteer *opened = NULL;
    incmap_status st = INCMAP_OK;
    int status = data_load(&j->d, &chosen, false);

    if (status) return status;
    if (saved) {
        st = incmap_gazetteer_open(j->d.ctx, saved, &opened);
        if (st) return complain_of(j->d.ctx, st);
        incmap_gazetteer_free(j->d.gazetteer);
        j->d.gazetteer = opened;
    }
    if (!st) st = incmap_border_prepare(j->d.ctx, j->d.border);
    if (st) return complain_of(j->d.ctx, st);
    if (j->by_name) j->answers = name_answers_new(&j->d, j->separator, j->kinds);
    return DONE;
}

static void tell_unmeasured(const job *j)
{
    char *names = NULL;

    if (j->by_name)
        text_append(&names, " (%zu of an ambiguous name, %zu of one that is not found)",
                    j->states[NAME_AMBIGUOUS], j->states[NAME_UNKNOWN]);
    complain(DONE, "%zu of %zu rows not measured%s%s%s", j->bad, j->all, names ? names : "",
             j->rejects ? ": they are in " : ": the column error says why",
             j->rejects ? rejects_path : "");
    free(names);
}

static void tell_inexact(const job *j)
{
    complain(
        DONE,
        "%zu of %zu rows placed by a name that is not quite as listed: the column reason says how",
        j->inexact, j->all);
}

static int run(void *user, const char *const words[], size_t n)
{
    job *j = user;
    int status = read_options(j, n);

    if (!status) status = load(j);
    if (!status) status = open_files(j, n ? words[0] : NULL);
    if (status) return status;
    j->load_s = processor_s();
    progress_start(&j->bar, 1);
    progress_step(&j->bar, 0, "measuring");
    status = stream(j);
    progress_clear(&j->bar);
    if (!status && j->inexact) tell_inexact(j);
    if (!status && j->bad) {
        tell_unmeasured(j);
        if (chosen.strict) status = FAILED;
    }
    if (j->rejects && fclose(j->rejects) && !status)
        status = complain(FAILED, "%s: cannot write: %s", rejects_path, strerror(errno));
    j->rejects = NULL;
    if (tell_times)
        complain(DONE,
                 "processor time in s: %.4f before the first row, %.4f measuring %zu rows, "
                 "%.4f reading and writing them",
                 j->load_s, j->measure_s, j->all, processor_s() - j->load_s - j->measure_s);
    return status;
}

static void free_job(job *j)
{
    if (j->in && j->in != stdin) fclose(j->in);
    name_answers_free(j->answers);
    free(j->block.text);
    free(j->out.text);
    free(j->asked_text.text);
    free(j->rows);
    free(j->points);
    free(j->radii);
    free(j->depths);
    data_free(&j->d);
}

int main(int argc, char *argv[])
{
    const option own[] = {
        { "lat", "COL", "column of the latitude: its name, or its number from 1", NULL, &lat_name },
        { "lon", "COL", "column of the longitude", NULL, &lon_name },
        { "place", "COL", "column of place names instead", NULL, &place_name },
        { "country", "COL", "column of the places' countries (ISO codes)", NULL, &country_name },
        { "region", "COL", "column of their regions, by name or code", NULL, &region_name },
        { "district", "COL", "column of their districts", NULL, &district_name },
        { "kind", "KIND", "only settlement (any of them), city, village, region ...", NULL,
          &kind_name },
        { "nearest-place", NULL, "columns nearest_place and nearest_place_m too: slower",
          &nearest_place, NULL },
        { "no-header", NULL, "the first row is data; columns by number", &no_header, NULL },
        { "columns", "N", "fields of each row, with --no-header (those of the first row)", NULL,
          &columns_text },
        { "separator", "C", "between fields: a character, or the word tab (,)", NULL,
          &separator_text },
        { "uncertainty", "M", "of every position, in metres (0)", NULL, &uncertainty_text },
        { "rejects", "FILE", "rows that cannot be measured go there, with the reason", NULL,
          &rejects_path },
        { "times", NULL, "tell at the end what took how long", &tell_times, NULL },
    };
    const option files[] = {
        { "gazetteer", "FILE", "a saved gazetteer (find_place --save) for the names", NULL,
          &saved },
    };
    option data_rows[DATA_OPTION_COUNT];
    const option_group groups[] = {
        { "Options", own, sizeof own / sizeof *own },
        { "Gazetteers", files, sizeof files / sizeof *files },
        { "Other places and border than the built-in", data_rows, DATA_OPTION_COUNT },
    };
    const command cmd = {
        "[FILE]",
        "A filter: CSV in (FILE, or standard input), the same rows out, byte for byte, with "
        "columns\n"
        "behind: depth_m, band_m, side, side_certain, nearest_lat, nearest_lon, and error, which\n"
        "says why a row could not be measured. Memory does not grow with the input.\n"
        "\n"
        "With --place positions are those of the places named, found as find_place finds them, "
        "and\n"
        "verdict, place_key, place_name, place_kind, place_lat, place_lon, place_uncertainty_m,\n"
        "on_border, score and reason say what was taken and why. A name that means several places "
        "is\n"
        "not guessed: candidate_keys lists them; of one that is not found it lists the nearest\n"
        "spellings.\n"
        "\n"
        "A row with more or fewer fields than the header is not measured, for nobody can say what "
        "its\n"
        "fields are. Missing ones are added empty; those too many go into the last column, in "
        "quotes,\n"
        "as does all from a quote on that is not closed. So every row has its answer in its "
        "column.\n"
        "\n"
        "Each row is answered by itself, so a table may be split at line ends, measured in parts "
        "and\n"
        "joined: the first with its header, the others with --no-header and columns by number.\n",
        "\n"
        " points.csv > measured.csv\n"
        " --lat 3 --lon 2 --no-header --columns 4 < part_2.csv\n"
        " reports.csv --place village --region oblast --rejects not_found.csv\n",
        groups,
        sizeof groups / sizeof *groups,
    };
    job j = { .separator = ',' };
    int status;

    program_start(argv[0]);
    data_options_table(&chosen, data_rows);
    status = data_run(&cmd, argc, argv, run, &j, &j.d);
    free_job(&j);
    return program_end(status);
}

/* What it prints, with all its ways to end: tests/examples/measure_points-*.expected */
