/* SPDX-License-Identifier: MIT */
/* How deep behind the border is each row of a table? A filter: rows of CSV in, the same rows out with
 * columns behind, byte for byte otherwise, in memory that does not grow with the input. Each row is
 * answered by itself, so that parts of a table give the parts of the answer. */
#include <errno.h>
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h> /* strcasecmp */
#include <sys/stat.h>

#include "common/program.h"
#include "common/progress.h"
#include "common/spot.h"
#include "common/text.h"

enum {
    BLOCK = 4 << 20,        /* bytes read at a time */
    LONGEST_ROW = 64 << 20, /* a longer one ends the run */
    OPEN_QUOTE = 64 << 10   /* a field that is open for so long was never meant as one */
};

static data_options chosen;
static const char *lat_name, *lon_name, *place_name, *uncertainty_text, *separator_text,
    *rejects_path;
static bool no_header, nearest_place;

typedef struct {
    char *text;
    size_t used, room;
} bytes;

/* A row of the block: where it lies, and what is to be said of it. */
typedef struct {
    size_t start, end, eol; /* end: of its text; eol: behind its line end */
    const char *error;      /* NULL: measured; static */
    size_t point;           /* number among the points */
    bool blank;
} row;

typedef struct {
    data d;
    FILE *in, *rejects;
    char separator;
    size_t lat, lon, place; /* field numbers from 0; SIZE_MAX: none */
    double uncertainty_m;
    bytes block, out;
    row *rows;
    size_t n_rows, row_room;
    incmap_coord *points;
    double *radii;
    incmap_depth *depths;
    size_t n_points, point_room;
    size_t all, bad;
    progress bar;
    size_t size, done; /* of the input; size 0: unknown */
} job;

static void make_room(bytes *b, size_t more)
{
    if (b->used + more <= b->room) return;
    b->room = b->room * 2 > b->used + more ? b->room * 2 : b->used + more;
    b->text = need(realloc(b->text, b->room));
}

static void put(bytes *b, const char *text, size_t length)
{
    make_room(b, length);
    memcpy(b->text + b->used, text, length);
    b->used += length;
}

/* ---- fields ------------------------------------------------------------------------------------- */

/* Field number `which` of a row, without its quotes: false when there are fewer. */
static bool find_field(const job *j, const row *r, size_t which, const char **text, size_t *length)
{
    const char *at = j->block.text + r->start, *end = j->block.text + r->end;

    for (size_t field = 0;; field++) {
        const char *start = at;
        if (at < end && *at == '"') {
            at++;
            while (at < end && (*at != '"' || (at + 1 < end && at[1] == '"')))
                at += *at == '"' ? 2 : 1;
            if (field == which) {
                *text = start + 1;
                *length = (size_t)(at - start) - 1;
                return true;
            }
            while (at < end && *at != j->separator)
                at++;
        } else {
            const char *stop = memchr(at, j->separator, (size_t)(end - at));
            at = stop ? stop : end;
            if (field == which) {
                *text = start;
                *length = (size_t)(at - start);
                return true;
            }
        }
        if (at >= end) return false;
        at++;
    }
}

/* Plain decimals with a point, as tables have them; false for anything else. Up to 18 digits are
 * taken as one whole number, which is exact, and divided once. */
static bool parse_degrees(const char *text, size_t length, double *out)
{
    static const double powers[] = { 1,    1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8, 1e9,
                                     1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18 };
    const char *end = text + length;
    uint64_t digits = 0;
    int count = 0, behind = 0;
    bool negative = false, point = false;

    while (text < end && *text == ' ')
        text++;
    while (end > text && end[-1] == ' ')
        end--;
    if (text < end && (*text == '-' || *text == '+')) negative = *text++ == '-';
    for (; text < end; text++) {
        if (*text == '.' && !point) {
            point = true;
            continue;
        }
        if (*text < '0' || *text > '9') return false;
        if (count == 18) continue; /* past a nanometre */
        digits = digits * 10 + (uint64_t)(*text - '0');
        count++;
        behind += point;
    }
    if (!count) return false;
    *out = (double)digits / powers[behind];
    if (negative) *out = -*out;
    return true;
}

/* ---- rows --------------------------------------------------------------------------------------- */

/* Where a row with quotes in it ends: SIZE_MAX when more bytes are needed to say. Only a quote at the
 * start of a field opens one; where that never closes, or more than the field's end follows, the row
 * ends with its first line, so that one stray quote swallows no other row. */
static size_t quoted_end(const job *j, size_t at, size_t line_end, bool last, bool *broken)
{
    const char *text = j->block.text;
    const size_t used = j->block.used, start = at;

    for (;;) {
        if (at < used && text[at] == '"') {
            for (at++; at < used && (text[at] != '"' || (at + 1 < used && text[at + 1] == '"'));)
                at += text[at] == '"' ? 2 : 1;
            *broken = at >= used;
            if (at >= used) return last || at - start > OPEN_QUOTE ? line_end : SIZE_MAX;
            at++;
            if (at == used) return last ? at : SIZE_MAX;
            if (text[at] == '\r' && at + 1 < used) at++;
            *broken = text[at] != j->separator && text[at] != '\n';
            if (*broken) return line_end;
        }
        while (at < used && text[at] != j->separator && text[at] != '\n')
            at++;
        if (at >= used || text[at] == '\n') return at;
        at++;
    }
}

/* The next row of the block from `at` on; false when it does not end in it. */
static bool next_row(const job *j, size_t at, bool last, row *r)
{
    const char *text = j->block.text;
    const size_t used = j->block.used;
    const char *newline = memchr(text + at, '\n', used - at);
    size_t stop = newline ? (size_t)(newline - text) : used;
    bool broken = false;

    if (memchr(text + at, '"', stop - at)) stop = quoted_end(j, at, stop, last, &broken);
    if (stop == SIZE_MAX || (stop >= used && !last)) return false;
    *r = (row){ .start = at, .end = stop, .eol = stop < used ? stop + 1 : used };
    if (r->end > r->start && text[r->end - 1] == '\r') r->end--;
    r->blank = r->end == r->start;
    if (broken) r->error = "a quote that is not closed at the end of its field";
    return true;
}

static row *append_row(job *j, const row *r)
{
    if (j->n_rows == j->row_room) {
        j->row_room = j->row_room ? j->row_room * 2 : 4096;
        j->rows = need(realloc(j->rows, j->row_room * sizeof *j->rows));
    }
    j->rows[j->n_rows] = *r;
    return &j->rows[j->n_rows++];
}

static void add_point(job *j, row *r, incmap_coord at, double radius_m)
{
    if (j->n_points == j->point_room) {
        j->point_room = j->point_room ? j->point_room * 2 : 4096;
        j->points = need(realloc(j->points, j->point_room * sizeof *j->points));
        j->radii = need(realloc(j->radii, j->point_room * sizeof *j->radii));
        j->depths = need(realloc(j->depths, j->point_room * sizeof *j->depths));
    }
    r->point = j->n_points;
    j->points[j->n_points] = at;
    j->radii[j->n_points++] = radius_m;
}

static const char *read_place(job *j, row *r)
{
    incmap_match matches[2];
    const char *text;
    size_t length, count = 0;
    char name[256];

    if (!find_field(j, r, j->place, &text, &length)) return "too few fields";
    if (!length || length >= sizeof name) return "no place name";
    memcpy(name, text, length);
    name[length] = '\0';
    if (incmap_gazetteer_find(j->d.ctx, j->d.gazetteer, name, NULL, matches, 2, &count) || !count)
        return "no place of that name";
    if (incmap_find_verdict(matches, count) == INCMAP_VERDICT_AMBIGUOUS)
        return "several places of that name";
    if (!matches[0].place->located) return "no position is known of that place";
    add_point(j, r, matches[0].place->at,
              fmax(j->uncertainty_m, incmap_place_uncertainty_m(matches[0].place)));
    return NULL;
}

static const char *read_point(job *j, row *r)
{
    const char *lat, *lon;
    size_t lat_length, lon_length;
    incmap_coord at;

    if (j->place != SIZE_MAX) return read_place(j, r);
    if (!find_field(j, r, j->lat, &lat, &lat_length) ||
        !find_field(j, r, j->lon, &lon, &lon_length))
        return "too few fields";
    if (!parse_degrees(lat, lat_length, &at.lat)) return "latitude is no number";
    if (!parse_degrees(lon, lon_length, &at.lon)) return "longitude is no number";
    if (fabs(at.lat) > 90) return "latitude beyond 90";
    if (fabs(at.lon) > 180) return "longitude beyond 180";
    add_point(j, r, at, j->uncertainty_m);
    return NULL;
}

/* ---- writing ------------------------------------------------------------------------------------ */

/* "-1794.534" from a whole number of thousandths: printf takes longer than the measuring. */
static void put_fixed(bytes *out, double value, int decimals)
{
    char digits[32];
    size_t at = sizeof digits;
    const double scaled = value * (decimals == 3 ? 1e3 : 1e7);
    int64_t whole = (int64_t)(scaled < 0 ? scaled - 0.5 : scaled + 0.5);
    const bool negative = whole < 0;

    if (negative) whole = -whole;
    for (int i = 0; i < decimals || whole || i == decimals; i++) {
        if (i == decimals) digits[--at] = '.';
        digits[--at] = (char)('0' + whole % 10);
        whole /= 10;
    }
    if (negative) digits[--at] = '-';
    put(out, digits + at, sizeof digits - at);
}

static void put_text(bytes *out, const char *text)
{
    put(out, text, strlen(text));
}

/* A name as a field: quoted where it must be. */
static void put_field(const job *j, bytes *out, const char *text)
{
    const char special[] = { j->separator, '"', '\r', '\n', '\0' };

    if (!text[strcspn(text, special)]) {
        put_text(out, text);
        return;
    }
    put(out, "\"", 1);
    for (; *text; text++) {
        if (*text == '"') put(out, "\"", 1);
        put(out, text, 1);
    }
    put(out, "\"", 1);
}

/* The settlement nearest to the row's point, and how far it is. */
static void put_nearest(job *j, const row *r)
{
    incmap_find_options options = INCMAP_FIND_OPTIONS_INIT;
    incmap_near near;
    size_t count = 0;

    options.kinds = INCMAP_PLACE_SETTLEMENTS;
    put(&j->out, &j->separator, 1);
    if (!r->error && (incmap_gazetteer_nearest(j->d.ctx, j->d.gazetteer, j->points[r->point],
                                               &options, 1, &near, &count) ||
                      !count))
        count = 0;
    if (count) put_field(j, &j->out, incmap_place_name_in(near.place, "en"));
    put(&j->out, &j->separator, 1);
    if (count) put_fixed(&j->out, near.distance_m, 3);
}

static void put_answer(job *j, const row *r)
{
    const char s = j->separator;
    const incmap_depth *d = r->error ? NULL : &j->depths[r->point];
    bytes *out = &j->out;

    if (d) {
        put(out, &s, 1);
        put_fixed(out, d->depth_m, 3);
        put(out, &s, 1);
        put_fixed(out, d->band_m, 3);
        put(out, &s, 1);
        put_text(out, incmap_side_text(d->side));
        put(out, &s, 1);
        put_text(out, d->side_certain ? "true" : "false");
        put(out, &s, 1);
        put_fixed(out, d->nearest.lat, 7);
        put(out, &s, 1);
        put_fixed(out, d->nearest.lon, 7);
    } else {
        for (int i = 0; i < 6; i++)
            put(out, &s, 1);
    }
    if (nearest_place) put_nearest(j, r);
    if (j->rejects) return;
    put(out, &s, 1);
    if (r->error) put_text(out, r->error);
}

static int write_out(job *j)
{
    if (j->out.used && fwrite(j->out.text, 1, j->out.used, stdout) != j->out.used)
        return complain(FAILED, "cannot write: %s", strerror(errno));
    j->out.used = 0;
    return DONE;
}

static int reject(job *j, const row *r)
{
    const size_t length = r->end - r->start;

    if (fwrite(j->block.text + r->start, 1, length, j->rejects) != length ||
        fprintf(j->rejects, "%c%s\n", j->separator, r->error) < 0)
        return complain(FAILED, "%s: cannot write: %s", rejects_path, strerror(errno));
    return DONE;
}

static int write_rows(job *j)
{
    int status = DONE;

    for (size_t i = 0; !status && i < j->n_rows; i++) {
        const row *r = &j->rows[i];
        if (r->error && j->rejects) {
            status = reject(j, r);
            continue;
        }
        put(&j->out, j->block.text + r->start, r->end - r->start);
        if (!r->blank) put_answer(j, r);
        put(&j->out, j->block.text + r->end, r->eol - r->end);
        if (j->out.used > BLOCK) status = write_out(j);
    }
    return status ? status : write_out(j);
}

/* ---- the head ------------------------------------------------------------------------------------ */

static bool is_name(const char *field, size_t length, const char *name)
{
    return strlen(name) == length && strncasecmp(field, name, length) == 0;
}

/* The field that one of the names is written above; SIZE_MAX. */
static size_t find_column(const job *j, const row *head, const char *const names[])
{
    const char *text;
    size_t length;

    for (; *names; names++)
        for (size_t i = 0; find_field(j, head, i, &text, &length); i++) {
            if (i == 0 && length >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0) {
                text += 3;
                length -= 3;
            }
            if (is_name(text, length, *names)) return i;
        }
    return SIZE_MAX;
}

/* A column by its number from 1, by its name, or by the usual names. */
static int choose_column(const job *j, const row *head, const char *given,
                         const char *const usual[], const char *what, size_t *out)
{
    const char *const names[] = { given, NULL };
    char *end;
    const unsigned long number = given ? strtoul(given, &end, 10) : 0;

    if (given && *given && !*end && number >= 1 && number < 65536) {
        *out = number - 1;
        return DONE;
    }
    if (no_header) return wrong_usage("--%s must be a number with --no-header", what);
    *out = find_column(j, head, given ? names : usual);
    if (*out != SIZE_MAX) return DONE;
    return given ? complain(FAILED, "the header has no column \"%s\"", given)
                 : complain(FAILED, "the header has no column for --%s: name it", what);
}

static int choose_columns(job *j, const row *head)
{
    static const char *const lats[] = { "lat", "latitude", "lat_deg", "y", NULL };
    static const char *const lons[] = { "lon", "lng", "longitude", "lon_deg", "x", NULL };
    int status;

    j->lat = j->lon = j->place = SIZE_MAX;
    if (place_name) return choose_column(j, head, place_name, lats, "place", &j->place);
    status = choose_column(j, head, lat_name, lats, "lat", &j->lat);
    return status ? status : choose_column(j, head, lon_name, lons, "lon", &j->lon);
}

static void write_head(job *j, const row *head)
{
    static const char *const names[] = { "depth_m",       "band_m",         "side",
                                         "side_certain",  "nearest_lat",    "nearest_lon",
                                         "nearest_place", "nearest_place_m" };
    const size_t n = sizeof names / sizeof *names - (nearest_place ? 0 : 2);

    put(&j->out, j->block.text + head->start, head->end - head->start);
    for (size_t i = 0; i < n; i++) {
        put(&j->out, &j->separator, 1);
        put_text(&j->out, names[i]);
    }
    if (!j->rejects) {
        put(&j->out, &j->separator, 1);
        put_text(&j->out, "error");
    }
    put(&j->out, j->block.text + head->end, head->eol - head->end);
}

/* ---- the stream ---------------------------------------------------------------------------------- */

static int measure_block(job *j)
{
    incmap_status st;

    for (size_t i = 0; i < j->n_rows; i++) {
        row *r = &j->rows[i];
        if (r->blank) continue;
        j->all++;
        if (!r->error) r->error = read_point(j, r);
        j->bad += r->error != NULL;
    }
    st = incmap_border_measure_many(j->d.ctx, j->d.border, j->points, j->radii, j->n_points,
                                    j->depths);
    return st ? complain_of(j->d.ctx, st) : write_rows(j);
}

/* The whole rows of the block; what is left goes to its front. */
static int take_block(job *j, bool last, bool *head_done)
{
    size_t at = 0;
    int status = DONE;
    row r;

    j->n_rows = j->n_points = 0;
    while (!status && at < j->block.used && next_row(j, at, last, &r)) {
        at = r.eol;
        if (*head_done) {
            (void)append_row(j, &r);
            continue;
        }
        *head_done = true;
        status = choose_columns(j, &r);
        if (status) return status;
        if (no_header)
            (void)append_row(j, &r);
        else
            write_head(j, &r);
    }
    if (!status) status = measure_block(j);
    memmove(j->block.text, j->block.text + at, j->block.used - at);
    j->block.used -= at;
    j->done += at;
    if (j->size) progress_tell(&j->bar, j->done, j->size);
    if (!status && j->block.used > LONGEST_ROW)
        status = complain(FAILED, "a row is longer than %d bytes", LONGEST_ROW);
    return status;
}

static int stream(job *j)
{
    bool head_done = false, last = false;
    int status = DONE;

    while (!status && !last) {
        size_t got;
        make_room(&j->block, BLOCK);
        got = fread(j->block.text + j->block.used, 1, BLOCK, j->in);
        j->block.used += got;
        last = got < BLOCK;
        if (ferror(j->in)) return complain(FAILED, "cannot read: %s", strerror(errno));
        status = take_block(j, last, &head_done);
    }
    return status;
}

static int open_files(job *j, const char *path)
{
    struct stat info;

    j->in = path && strcmp(path, "-") != 0 ? fopen(path, "rb") : stdin;
    if (!j->in) return complain(FAILED, "%s: %s", path, strerror(errno));
    if (fstat(fileno(j->in), &info) == 0 && S_ISREG(info.st_mode)) j->size = (size_t)info.st_size;
    if (!rejects_path) return DONE;
    j->rejects = fopen(rejects_path, "wb");
    return j->rejects ? DONE : complain(FAILED, "%s: %s", rejects_path, strerror(errno));
}

static int read_options(job *j, size_t n)
{
    char *end;

    if (n > 1) return wrong_usage("expected one file or none");
    if (place_name && (lat_name || lon_name))
        return wrong_usage("--place and --lat or --lon exclude one another");
    j->separator = ',';
    if (separator_text) {
        if (strcmp(separator_text, "tab") == 0)
            j->separator = '\t';
        else if (strlen(separator_text) == 1 && separator_text[0] != '"')
            j->separator = separator_text[0];
        else
            return wrong_usage("--separator is \"%s\", expected one character or tab",
                               separator_text);
    }
    if (uncertainty_text) {
        j->uncertainty_m = strtod(uncertainty_text, &end);
        if (*end || !(j->uncertainty_m >= 0 && j->uncertainty_m < 2e7))
            return wrong_usage("--uncertainty is \"%s\", expected metres, 0 or more",
                               uncertainty_text);
    }
    return DONE;
}

static int run(void *user, const char *const words[], size_t n)
{
    job *j = user;
    incmap_status st;
    int status = read_options(j, n);

    if (!status) status = data_load(&j->d, &chosen, false);
    if (!status) status = open_files(j, n ? words[0] : NULL);
    if (status) return status;
    st = incmap_border_prepare(j->d.ctx, j->d.border);
    if (st) return complain_of(j->d.ctx, st);
    progress_start(&j->bar, 1);
    progress_step(&j->bar, 0, "measuring");
    status = stream(j);
    progress_clear(&j->bar);
    if (!status && j->bad) {
        complain(DONE, "%zu of %zu rows not measured%s%s", j->bad, j->all,
                 j->rejects ? ": they are in " : ": the column error says why",
                 j->rejects ? rejects_path : "");
        if (chosen.strict) status = FAILED;
    }
    if (j->rejects && fclose(j->rejects) && !status)
        status = complain(FAILED, "%s: cannot write: %s", rejects_path, strerror(errno));
    return status;
}

static void free_job(job *j)
{
    if (j->in && j->in != stdin) fclose(j->in);
    free(j->block.text);
    free(j->out.text);
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
        { "nearest-place", NULL, "columns nearest_place and nearest_place_m too: slower",
          &nearest_place, NULL },
        { "no-header", NULL, "the first row is data; columns by number", &no_header, NULL },
        { "separator", "C", "between fields: a character, or the word tab (,)", NULL,
          &separator_text },
        { "uncertainty", "M", "of every position, in metres (0)", NULL, &uncertainty_text },
        { "rejects", "FILE", "rows that cannot be measured go there, with the reason", NULL,
          &rejects_path },
    };
    option data_rows[DATA_OPTION_COUNT];
    const option_group groups[] = {
        { "Options", own, sizeof own / sizeof *own },
        { "Other places and border than the built-in", data_rows, DATA_OPTION_COUNT },
    };
    const command cmd = {
        "[FILE]",
        "A filter: CSV in (FILE, or standard input), the same rows out, byte for byte, with "
        "columns\n"
        "behind: depth_m, band_m, side, side_certain, nearest_lat, nearest_lon, and error, which\n"
        "says why a row could not be measured. Memory does not grow with the input. Each row is\n"
        "answered by itself, so a table may be split, measured in parts and joined.\n",
        "\n"
        " points.csv > measured.csv\n"
        " --lat 3 --lon 2 --no-header < part_2.csv\n"
        " reports.csv --place village --rejects not_found.csv\n",
        groups,
        2,
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
