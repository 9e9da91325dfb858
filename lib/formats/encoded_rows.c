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

/* The file with a zero behind; a zero inside would hide what follows. */
static incmap_status read_whole(const char *path, char **out, const incmap_allocator *a,
                                incmap_error *err)
{
    incmap__diskfile *file = NULL;
    char *bytes = NULL;
    uint64_t size = 0;
    size_t got = 0;
    incmap_status st = incmap__diskfile_open(&file, path, INCMAP__DISKFILE_READ, a, err);

    if (st) return st;
    if (!incmap__diskfile_size(file, &size) || size >= SIZE_MAX / 2)
        st = incmap__fail(err, INCMAP_EIO, "%s: expected a file of known size", path);
    if (!st) {
        bytes = incmap__alloc(a, (size_t)size + 1, 1);
        if (!bytes) st = incmap__fail_memory(err);
    }
    if (!st) got = incmap__diskfile_read(file, bytes, (size_t)size);
    if (!st) st = incmap__diskfile_check(file, err);
    (void)incmap__diskfile_close(file, false, NULL);
    if (!st) bytes[got] = '\0';
    if (!st && strlen(bytes) != got)
        st = incmap__fail(err, INCMAP_EDATA, "%s: found a zero at byte %zu, expected text", path,
                          strlen(bytes));
    if (st)
        incmap__free(a, bytes);
    else
        *out = bytes;
    return st;
}

static incmap_status decode(encoded_rows *e, const char *path, const char *encoding,
                            const char **text, incmap_error *err)
{
    char *bytes = NULL;
    bool memory = true;
    incmap_status st = incmap__decoder_new(&e->decoder, encoding, &e->allocator, err);

    if (!st) st = read_whole(path, &bytes, &e->allocator, err);
    if (st) return st;
    *text = incmap__decode(e->decoder, bytes, &memory);
    incmap__free(&e->allocator, bytes);
    if (*text) return INCMAP_OK;
    if (memory) return incmap__fail_memory(err);
    return incmap__fail(err, INCMAP_EDATA, "%s: found bytes that are not of the encoding %.40s",
                        path, encoding);
}

incmap_status incmap__encoded_rows_open(incmap__csv **out, const char *path, const char *encoding,
                                        const incmap__csv_options *options,
                                        const incmap_allocator *a, incmap_error *err)
{
    encoded_rows *e = incmap__alloc_zeroed(a, 1, sizeof *e);
    const char *text = NULL;
    incmap_status st;

    if (!e) return incmap__fail_memory(err);
    e->allocator = *a;
    st = decode(e, path, encoding, &text, err);
    if (!st) st = incmap__csv_open_memory(&e->inner, path, text, strlen(text), options, a, err);
    if (st) {
        close_rows(e);
        return st;
    }
    const incmap__csv_source source = { next_row, close_rows, e };
    return incmap__csv_open_rows(out, path, &source, a, err);
}
