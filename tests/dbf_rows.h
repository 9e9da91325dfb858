/* SPDX-License-Identifier: MIT */
/* A .dbf read byte by byte, apart from Shapelib: what the tests compare with must not come through the
 * library that wrote it. */
#ifndef INCMAP_TESTS_DBF_ROWS_H
#define INCMAP_TESTS_DBF_ROWS_H

#include "scratch.h"

struct dbf {
    unsigned char *bytes;
    size_t size, rows, head, width;
};

static inline struct dbf dbf_open(const char *path)
{
    struct dbf d = { 0 };
    d.bytes = (unsigned char *)scratch_bytes(path, &d.size);
    ck_assert_msg(d.bytes != NULL && d.size > 32, "%s", path);
    d.rows = d.bytes[4] | d.bytes[5] << 8 | d.bytes[6] << 16;
    d.head = d.bytes[8] | d.bytes[9] << 8;
    d.width = d.bytes[10] | d.bytes[11] << 8;
    ck_assert_uint_ge(d.size, d.head + d.rows * d.width);
    return d;
}

static inline void dbf_close(struct dbf *d)
{
    free(d->bytes);
}

static inline size_t dbf_fields(const struct dbf *d)
{
    return (d->head - 33) / 32;
}

static inline const char *dbf_field_name(const struct dbf *d, size_t i)
{
    return (const char *)d->bytes + 32 + 32 * i;
}

/* Text of a value without the blanks around it; up to four live at a time. */
static inline const char *dbf_text(const struct dbf *d, size_t row, const char *field)
{
    static char texts[4][256];
    static int turn;
    char *text = texts[turn++ % 4];
    size_t at = 1;
    for (size_t i = 0; i < dbf_fields(d); i++) {
        const size_t length = d->bytes[32 + 32 * i + 16];
        if (strcmp(dbf_field_name(d, i), field) == 0) {
            const char *from = (const char *)d->bytes + d->head + row * d->width + at;
            size_t n = length;
            while (n > 0 && from[0] == ' ')
                from++, n--;
            while (n > 0 && from[n - 1] == ' ')
                n--;
            memcpy(text, from, n);
            text[n] = '\0';
            return text;
        }
        at += length;
    }
    ck_abort_msg("no field %s", field);
    return NULL;
}

static inline size_t dbf_row_of(const struct dbf *d, const char *field, const char *value)
{
    for (size_t i = 0; i < d->rows; i++)
        if (strcmp(dbf_text(d, i, field), value) == 0) return i;
    ck_abort_msg("no row with %s %s", field, value);
    return 0;
}

#endif
