/* SPDX-License-Identifier: MIT */
/* Positions as texts. The text becomes a list of numbers, hemisphere letters and separators, the
 * list is parted into two halves, and each half is read as degrees, minutes and seconds; the unit
 * of the last digit says how exact the writing can be. */
#include <incmap/coord.h>

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/context.h"
#include "base/text.h"

bool incmap_coord_is_valid(incmap_coord c)
{
    return isfinite(c.lat) && isfinite(c.lon) && fabs(c.lat) <= 90;
}

incmap_coord incmap_coord_wrap(incmap_coord c)
{
    if (isfinite(c.lon) && (c.lon < -180 || c.lon >= 180)) {
        /* remainder() is exact and lies in [-180, 180]. */
        c.lon = remainder(c.lon, 360);
        if (c.lon >= 180) c.lon -= 360;
    }
    return c;
}

/* ---- tokens ---- */

typedef enum { TOKEN_NUMBER, TOKEN_LETTER, TOKEN_SEPARATOR } token_kind;
typedef enum { MARK_NONE, MARK_DEGREE, MARK_MINUTE, MARK_SECOND } unit_mark;
typedef enum { AXIS_NONE, AXIS_LAT, AXIS_LON } axis;

typedef struct {
    token_kind kind;
    size_t at;      /* byte in the text */
    double value;   /* without its sign */
    int decimals;   /* digits behind the point */
    int sign;       /* number: 0 when none is written; letter: 1 for north and east, else -1 */
    unit_mark mark; /* behind the number */
    axis letter_of;
} token;

/* Two coordinates of three numbers and a letter, with a separator: what is more is no position. */
enum { MOST_TOKENS = 12 };

typedef struct {
    const char *text;
    size_t length;
    bool decimal_comma;
    token tokens[MOST_TOKENS];
    size_t count;
    size_t failed_at; /* byte at which reading ended */
    incmap_error *err;
} reader;

static const struct {
    const char *letters; /* small, without points and spaces */
    axis letter_of;
    int sign;
} words[] = {
    /* English, Russian, Ukrainian; none begins like another. */
    { "n", AXIS_LAT, 1 },    { "s", AXIS_LAT, -1 },  { "e", AXIS_LON, 1 },
    { "w", AXIS_LON, -1 },   { "сш", AXIS_LAT, 1 },  { "юш", AXIS_LAT, -1 },
    { "вд", AXIS_LON, 1 },   { "зд", AXIS_LON, -1 }, { "пнш", AXIS_LAT, 1 },
    { "пдш", AXIS_LAT, -1 }, { "схд", AXIS_LON, 1 }, { "зхд", AXIS_LON, -1 },
};

static const struct {
    const char *text;
    unit_mark mark;
} marks[] = {
    { "°", MARK_DEGREE },  { "º", MARK_DEGREE },  { "˚", MARK_DEGREE }, { "''", MARK_SECOND },
    { "′′", MARK_SECOND }, { "’’", MARK_SECOND }, /* before the single ones */
    { "'", MARK_MINUTE },  { "′", MARK_MINUTE },  { "’", MARK_MINUTE }, { "‘", MARK_MINUTE },
    { "´", MARK_MINUTE },  { "ʹ", MARK_MINUTE },  { "ʼ", MARK_MINUTE }, { "\"", MARK_SECOND },
    { "″", MARK_SECOND },  { "”", MARK_SECOND },  { "“", MARK_SECOND }, { "ʺ", MARK_SECOND },
};

static const char *const spaces[] = { " ", "\t", "\n", "\r", "\u00A0", "\u2009", "\u202F" };

static bool starts_with(const reader *r, size_t at, const char *prefix)
{
    const size_t n = strlen(prefix);
    return r->length - at >= n && memcmp(r->text + at, prefix, n) == 0;
}

static size_t skip_spaces(const reader *r, size_t at)
{
    for (size_t i = 0; i < sizeof spaces / sizeof *spaces && at < r->length;) {
        if (starts_with(r, at, spaces[i])) {
            at += strlen(spaces[i]);
            i = 0;
        } else {
            i++;
        }
    }
    return at;
}

static bool is_digit(const reader *r, size_t at)
{
    return at < r->length && r->text[at] >= '0' && r->text[at] <= '9';
}

/* ---- failing at a character ---- */

static size_t character_number(const reader *r, size_t at)
{
    size_t n = 1;
    for (size_t i = 0; i < at; n++) {
        uint32_t c;
        const size_t bytes = incmap__utf8_next(r->text + i, r->length - i, &c);
        i += bytes ? bytes : 1;
    }
    return n;
}

/* The character at a byte for a message: itself, or its number when it cannot be shown. */
static void describe(const reader *r, size_t at, char *buffer, size_t size)
{
    uint32_t c = 0;
    size_t used = 0, bytes;

    buffer[0] = '\0';
    if (at >= r->length) {
        incmap__text_add(buffer, size, &used, "the end");
        return;
    }
    bytes = incmap__utf8_next(r->text + at, r->length - at, &c);
    if (!bytes)
        incmap__text_add(buffer, size, &used, "byte 0x%02X, which is not UTF-8,",
                         (unsigned)(unsigned char)r->text[at]);
    else if (c < ' ' || c == 0x7F)
        incmap__text_add(buffer, size, &used, "U+%04X", (unsigned)c);
    else
        incmap__text_add(buffer, size, &used, "\"%.*s\"", (int)bytes, r->text + at);
}

static incmap_status fail_at(reader *r, incmap_status status, size_t at, const char *expected)
{
    char found[64];

    describe(r, at, found, sizeof found);
    r->failed_at = at;
    return incmap__fail(r->err, status, "position: found %s at character %zu, expected %s", found,
                        character_number(r, at), expected);
}

/* A number that is out of its range. */
static incmap_status fail_range(reader *r, const token *t, const char *what, double value,
                                const char *expected)
{
    r->failed_at = t->at;
    return incmap__fail(r->err, INCMAP_EDOMAIN,
                        "position: found %s %s at character %zu, expected %s", what,
                        incmap__number(value).text, character_number(r, t->at), expected);
}

/* ---- reading tokens ---- */

static uint32_t small_letter(uint32_t c)
{
    const bool capital = (c >= 'A' && c <= 'Z') || (c >= 0x410 && c <= 0x42F);
    return capital ? c + 32 : c;
}

/* Length in the text of a word, over the points and spaces between and behind its letters. */
static size_t match_word(const reader *r, size_t at, const char *letters)
{
    size_t i = at;

    while (*letters) {
        uint32_t wanted, c;
        size_t n;
        letters += incmap__utf8_next(letters, strlen(letters), &wanted);
        n = i < r->length ? incmap__utf8_next(r->text + i, r->length - i, &c) : 0;
        if (!n || small_letter(c) != wanted) return 0;
        i += n;
        if (i < r->length && r->text[i] == '.' && wanted > 0x7F) i++;
        if (*letters) i = skip_spaces(r, i);
    }
    return i - at;
}

static incmap_status add_token(reader *r, token t)
{
    if (r->count == MOST_TOKENS)
        return fail_at(r, INCMAP_EPARSE, t.at, "the end of a latitude and a longitude");
    r->tokens[r->count++] = t;
    return INCMAP_OK;
}

/* Takes a hemisphere at *at, if one is there. */
static bool take_word(const reader *r, size_t *at, token *t)
{
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        const size_t n = match_word(r, *at, words[i].letters);
        if (!n) continue;
        *t = (token){
            .kind = TOKEN_LETTER, .at = *at, .sign = words[i].sign, .letter_of = words[i].letter_of
        };
        *at += n;
        return true;
    }
    return false;
}

/* Takes the unit's mark behind a number, also behind spaces. */
static unit_mark take_mark(const reader *r, size_t *at)
{
    const size_t from = skip_spaces(r, *at);

    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        if (!starts_with(r, from, marks[i].text)) continue;
        *at = from + strlen(marks[i].text);
        return marks[i].mark;
    }
    return MARK_NONE;
}

static bool is_decimal_sign(const reader *r, size_t at)
{
    if (at >= r->length || !is_digit(r, at + 1)) return false;
    return r->text[at] == '.' || (r->text[at] == ',' && r->decimal_comma);
}

static incmap_status take_number(reader *r, size_t *at, int sign)
{
    token t = { .kind = TOKEN_NUMBER, .at = *at, .sign = sign };
    char copy[48];
    size_t end = *at, point = 0;

    while (is_digit(r, end) || (!point && is_decimal_sign(r, end))) {
        if (!is_digit(r, end)) point = end;
        end++;
    }
    if (end - *at >= sizeof copy) return fail_at(r, INCMAP_EPARSE, *at, "a number of fewer digits");
    memcpy(copy, r->text + *at, end - *at);
    if (point) {
        copy[point - *at] = '.';
        t.decimals = (int)(end - point - 1);
    }
    if (!incmap__text_to_double(copy, end - *at, &t.value))
        return fail_at(r, INCMAP_EPARSE, *at, "a number");
    *at = end;
    t.mark = take_mark(r, at);
    return add_token(r, t);
}

/* Length of a sign that belongs to the number right behind it: not behind a digit, where a dash may
 * as well part two numbers. */
static size_t sign_length(const reader *r, size_t at, int *sign)
{
    static const char minus[] = "\u2212";
    const size_t n = starts_with(r, at, minus) ? sizeof minus - 1 : 1;

    if (n == 1 && r->text[at] != '-' && r->text[at] != '+') return 0;
    if (!is_digit(r, at + n) || (at > 0 && is_digit(r, at - 1))) return 0;
    *sign = r->text[at] == '+' ? 1 : -1;
    return n;
}

static incmap_status read_token(reader *r, size_t *at)
{
    token t;
    int sign = 0;

    /* Of "1,2,3,4" nobody can say which comma is which. */
    if (r->decimal_comma && *at > 0 && is_digit(r, *at - 1) && r->text[*at] == ',' &&
        is_digit(r, *at + 1))
        return fail_at(r, INCMAP_EPARSE, *at, "a space behind a comma that is no decimal comma");
    if (r->text[*at] == ',' || r->text[*at] == ';') {
        t = (token){ .kind = TOKEN_SEPARATOR, .at = (*at)++ };
        return add_token(r, t);
    }
    if (take_word(r, at, &t)) return add_token(r, t);
    *at += sign_length(r, *at, &sign);
    if (is_digit(r, *at)) return take_number(r, at, sign);
    return fail_at(r, INCMAP_EPARSE, *at, "degrees, minutes, seconds or one of N, S, E, W");
}

static incmap_status read_tokens(reader *r)
{
    size_t at = skip_spaces(r, 0);
    incmap_status st = INCMAP_OK;

    while (!st && at < r->length) {
        st = read_token(r, &at);
        at = skip_spaces(r, at);
    }
    return st;
}

/* ---- halves ---- */

static size_t byte_of(const reader *r, size_t i)
{
    return i < r->count ? r->tokens[i].at : r->length;
}

static size_t find_kind(const reader *r, token_kind kind, size_t from)
{
    while (from < r->count && r->tokens[from].kind != kind)
        from++;
    return from;
}

/* Without separator and letters: the second number marked as degrees begins the second half, or,
 * where nothing is marked, the numbers go half and half. */
static incmap_status part_by_numbers(reader *r, size_t *second)
{
    size_t i = 1;

    while (i < r->count && r->tokens[i].mark != MARK_DEGREE)
        i++;
    if (i >= r->count) {
        for (size_t k = 0; k < r->count; k++)
            if (r->tokens[k].mark)
                return fail_at(r, INCMAP_EPARSE, r->length,
                               "degree signs, a comma or letters that part the two");
        if (r->count == 0 || r->count % 2)
            return fail_at(r, INCMAP_EPARSE, r->length,
                           "as many numbers for the longitude as for the latitude");
        i = r->count / 2;
    }
    *second = i;
    return INCMAP_OK;
}

/* Finds the first token of the second half, and the separator before it if there is one. */
static incmap_status part(reader *r, size_t *first_end, size_t *second)
{
    const size_t separator = find_kind(r, TOKEN_SEPARATOR, 0);
    const size_t letter = find_kind(r, TOKEN_LETTER, 0);

    *first_end = separator;
    *second = separator + 1;
    if (separator < r->count) return INCMAP_OK;
    if (letter == r->count) {
        const incmap_status st = part_by_numbers(r, second);
        *first_end = *second;
        return st;
    }
    /* A letter in front begins a half, one behind ends it. */
    *second = letter == 0 ? find_kind(r, TOKEN_LETTER, 1) : letter + 1;
    *first_end = *second;
    return INCMAP_OK;
}

typedef struct {
    double degrees; /* with sign */
    double step;
    axis letter_of;
    const token *start; /* of its numbers */
} half;

static const double units[] = { 1, 1.0 / 60, 1.0 / 3600 };

/* The numbers from..to as degrees, minutes, seconds. */
static incmap_status read_numbers(reader *r, size_t from, size_t to, half *out)
{
    static const char *const names[] = { "degrees", "minutes below 60", "seconds below 60" };
    const size_t n = to - from;

    out->degrees = 0;
    for (size_t i = 0; i < n; i++) {
        const token *t = &r->tokens[from + i];
        if (t->kind != TOKEN_NUMBER || i > 2)
            return fail_at(r, INCMAP_EPARSE, t->at,
                           i > 2 ? "no more than degrees, minutes, seconds" : names[i]);
        if (t->mark != MARK_NONE && t->mark != (unit_mark)(MARK_DEGREE + (int)i))
            return fail_at(r, INCMAP_EPARSE, t->at, names[i]);
        if (t->decimals && i + 1 < n)
            return fail_at(r, INCMAP_EPARSE, r->tokens[from + i + 1].at,
                           "nothing smaller behind a decimal fraction");
        if (t->sign && i > 0) return fail_at(r, INCMAP_EPARSE, t->at, "a number without a sign");
        if (i > 0 && t->value >= 60)
            return fail_range(r, t, names[i][0] == 'm' ? "minutes" : "seconds", t->value,
                              "less than 60");
        out->degrees += t->value * units[i];
        out->step = units[i] * pow(10, -t->decimals);
    }
    return INCMAP_OK;
}

static incmap_status read_half(reader *r, size_t from, size_t to, half *out)
{
    const token *letter = NULL;
    incmap_status st;

    if (from < to && r->tokens[from].kind == TOKEN_LETTER) letter = &r->tokens[from++];
    if (from < to && r->tokens[to - 1].kind == TOKEN_LETTER) {
        if (letter)
            return fail_at(r, INCMAP_EPARSE, byte_of(r, to - 1), "one letter for each coordinate");
        letter = &r->tokens[--to];
    }
    if (from == to) return fail_at(r, INCMAP_EPARSE, byte_of(r, from), "degrees");
    out->start = &r->tokens[from];
    st = read_numbers(r, from, to, out);
    if (st) return st;
    if (letter && out->start->sign)
        return fail_at(r, INCMAP_EPARSE, letter->at, "no letter where there is a sign");
    out->letter_of = letter ? letter->letter_of : AXIS_NONE;
    if ((letter ? letter->sign : out->start->sign) < 0) out->degrees = 0 - out->degrees;
    return INCMAP_OK;
}

/* ---- the whole ---- */

/* One whole step each way: metres in a degree follow from the radii of curvature of the ellipsoid,
 * M along the meridian and N across it. Source: Rapp, Geometric Geodesy I (1991), 3.5. */
static double precision_of(incmap_coord at, double lat_step, double lon_step)
{
    const double a = 6378137.0, f = 1 / 298.257223563, e2 = f * (2 - f);
    const double radian = acos(-1.0) / 180, lat = at.lat * radian;
    const double w2 = 1 - e2 * sin(lat) * sin(lat);
    const double m = a * (1 - e2) / (w2 * sqrt(w2));
    const double n_cos = a / sqrt(w2) * cos(lat);
    return hypot(lat_step * radian * m, lon_step * radian * n_cos);
}

static incmap_status join(reader *r, const half *first, const half *second, incmap_coord_text *out)
{
    const bool swapped = first->letter_of == AXIS_LON;
    const half *lat = swapped ? second : first, *lon = swapped ? first : second;
    incmap_coord_text found;

    if ((first->letter_of == AXIS_NONE) != (second->letter_of == AXIS_NONE))
        return fail_at(r, INCMAP_EPARSE, r->length, "a letter N, S, E or W for both coordinates");
    if (first->letter_of != AXIS_NONE && first->letter_of == second->letter_of)
        return fail_at(r, INCMAP_EPARSE, second->start->at,
                       swapped ? "a latitude beside the longitude"
                               : "a longitude beside the latitude");
    if (fabs(lat->degrees) > 90)
        return fail_range(r, lat->start, "latitude", lat->degrees, "-90 to 90");
    if (fabs(lon->degrees) > 180)
        return fail_range(r, lon->start, "longitude", lon->degrees, "-180 to 180");
    found.at = (incmap_coord){ .lat = lat->degrees, .lon = lon->degrees };
    found.lat_step_deg = lat->step;
    found.lon_step_deg = lon->step;
    found.precision_m = precision_of(found.at, lat->step, lon->step);
    *out = found;
    return INCMAP_OK;
}

static incmap_status read_position(reader *r, incmap_coord_text *out)
{
    half first = { 0 }, second = { 0 };
    size_t first_end = 0, begin = 0;
    incmap_status st = read_tokens(r);

    if (!st) st = part(r, &first_end, &begin);
    if (!st) st = read_half(r, 0, first_end, &first);
    if (!st) st = read_half(r, begin, r->count, &second);
    return st ? st : join(r, &first, &second, out);
}

/* A comma between digits may be a decimal comma or the separator. Both ways are tried; it is read
 * where just one of them gives a position. */
static incmap_status parse(const char *text, incmap_coord_text *out, incmap_error *err)
{
    incmap_error plain_error = { .status = INCMAP_OK }, comma_error = plain_error;
    incmap_coord_text plain = { .precision_m = 0 }, comma = plain;
    reader as_plain = { .text = text, .length = strlen(text), .err = &plain_error };
    reader as_comma = as_plain;
    incmap_status st, st_comma;

    as_comma.decimal_comma = true;
    as_comma.err = &comma_error;
    st = read_position(&as_plain, &plain);
    st_comma = read_position(&as_comma, &comma);
    if (!st && !st_comma && memcmp(&plain, &comma, sizeof plain) != 0)
        return incmap__fail(err, INCMAP_EPARSE,
                            "position: found a comma that may be decimal or a separator in "
                            "\"%.*s\", expected points or a semicolon",
                            (int)incmap__utf8_cut(text, as_plain.length, 60), text);
    if (st && st_comma) {
        /* A whole position out of range says most ("95,35", "95,5; 35,6"), then the reading that
         * got further. */
        const bool say_comma = st != INCMAP_EDOMAIN && (st_comma == INCMAP_EDOMAIN ||
                                                        as_comma.failed_at > as_plain.failed_at);
        return incmap__fail(err, say_comma ? st_comma : st, "%s",
                            say_comma ? comma_error.message : plain_error.message);
    }
    *out = st ? comma : plain;
    return INCMAP_OK;
}

incmap_status incmap_coord_parse(incmap_ctx *ctx, const char *text, incmap_coord_text *out)
{
    if (!ctx || !text || !out)
        return incmap__fail(ctx ? &ctx->error : NULL, INCMAP_EARG, "position: a pointer is NULL");
    return parse(text, out, &ctx->error);
}
