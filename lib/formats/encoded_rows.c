/* SPDX-License-Identifier: MIT */
/* Reading a file of another encoding whole, and scanning it as UTF-8. */
#include "formats/encoded_rows.h"

#include <string.h>

#include "io/diskfile.h"
#include "io/encoding.h"

typedef struct {
    incmap_allocator allocator;
    incmap__decoder *decoder; /* holds the text */
    incmap__csv *inner;
} encoded_rows;

static void close_rows(void *user)
{
    encoded_rows *e = user;
    const incmap_allocator a = e->allocator;

    incmap__csv_close(e->inner);
    incmap__decoder_free(e->decoder);
    incmap__free(&a, e);
}

static incmap_status next_row(void *user, incmap__csv_row *row, bool *row_found, incmap_error *err)
{
    encoded_rows *e = user;
    return incmap__csv_next(e->inner, row, row_found, err);
}

static incmap_status read_whole(const char *path, char **out, size_t *length,
                                const incmap_allocator *a, incmap_error *err)
{
    incmap__diskfile *file = NULL;
    char *bytes = NULL;
    uint64_t size = 0;
    incmap_status st = incmap__diskfile_open(&file, path, INCMAP__DISKFILE_READ, a, err);

    if (st) return st;
    if (!incmap__diskfile_size(file, &size) || size >= SIZE_MAX / 4 - 1)
        st = incmap__fail(err, INCMAP_EIO, "%s: expected a file of known size", path);
    if (!st) {
        bytes = incmap__alloc(a, (size_t)size + 1, 1);
        if (!bytes) st = incmap__fail_memory(err);
    }
    if (!st) *length = incmap__diskfile_read(file, bytes, (size_t)size);
    if (!st) st = incmap__diskfile_check(file, err);
    (void)incmap__diskfile_close(file, false, NULL);
    if (st)
        incmap__free(a, bytes);
    else
        *out = bytes;
    return st;
}

static size_t line_at(const char *bytes, size_t at)
{
    size_t line = 1;

    for (size_t i = 0; i < at; i++)
        line += bytes[i] == '\n';
    return line;
}

static incmap_status decode(encoded_rows *e, const char *path, const char *encoding,
                            const char **text, size_t *length, incmap_error *err)
{
    char *bytes = NULL;
    bool memory = true;
    incmap_status st = read_whole(path, &bytes, length, &e->allocator, err);

    if (st) return st;
    *text = incmap__decode_bytes(e->decoder, bytes, length, &memory);
    if (!*text)
        st = memory ? incmap__fail_memory(err)
                    : incmap__fail(err, INCMAP_EDATA,
                                   "%s:%zu: found bytes that are not of the encoding %.40s", path,
                                   line_at(bytes, *length), encoding);
    incmap__free(&e->allocator, bytes);
    return st;
}

static incmap_status open_decoded(encoded_rows *e, incmap__csv **out, const char *path,
                                  const char *encoding, const incmap__csv_options *options,
                                  incmap_error *err)
{
    const char *text = NULL;
    size_t length = 0;
    incmap_status st = decode(e, path, encoding, &text, &length, err);

    if (!st)
        st = incmap__csv_open_memory(&e->inner, path, text, length, options, &e->allocator, err);
    if (st) {
        close_rows(e);
        return st;
    }
    const incmap__csv_source source = { next_row, close_rows, e };
    return incmap__csv_open_rows(out, path, &source, &e->allocator, err);
}

incmap_status incmap__encoded_rows_open(incmap__csv **out, const char *path, const char *encoding,
                                        const incmap__csv_options *options,
                                        const incmap_allocator *a, incmap_error *err)
{
    encoded_rows *e = incmap__alloc_zeroed(a, 1, sizeof *e);
    incmap_status st;

    if (!e) return incmap__fail_memory(err);
    e->allocator = *a;
    st = incmap__decoder_new(&e->decoder, encoding, a, err);
    if (st || incmap__decoder_is_plain(e->decoder)) {
        close_rows(e);
        return st ? st : incmap__csv_open(out, path, options, a, err);
    }
    return open_decoded(e, out, path, encoding, options, err);
}
