/* SPDX-License-Identifier: MIT */
/* The floor for a filter of CSV: reads rows, splits each into its fields, copies these and writes them,
 * and does nothing else. Quotes are honoured; a broken row is not told from a good one. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PIECE = 256 << 10, MOST_FIELDS = 1024 };

typedef struct {
    const char *text;
    size_t length;
} field;

static char in[2 * PIECE], out[4 * PIECE];

static const char *field_end(const char *at, const char *end)
{
    const char *stop;

    if (at < end && *at == '"')
        for (at++; at < end && *at++ != '"';)
            at = memchr(at, '"', (size_t)(end - at)) ? memchr(at, '"', (size_t)(end - at)) : end;
    stop = memchr(at, ',', (size_t)(end - at));
    return stop ? stop : end;
}

static size_t split(const char *at, const char *end, field fields[MOST_FIELDS])
{
    for (size_t n = 0; n < MOST_FIELDS;) {
        const char *stop = field_end(at, end);
        fields[n++] = (field){ at, (size_t)(stop - at) };
        if (stop == end) return n;
        at = stop + 1;
    }
    return 0;
}

static size_t copy(char *to, const field fields[], size_t n)
{
    char *at = to;

    for (size_t i = 0; i < n; i++) {
        memcpy(at, fields[i].text, fields[i].length);
        at += fields[i].length;
        *at++ = i + 1 < n ? ',' : '\n';
    }
    return (size_t)(at - to);
}

int main(void)
{
    static field fields[MOST_FIELDS];
    size_t used = 0, filled = 0, got;

    while ((got = fread(in + used, 1, PIECE, stdin)) > 0) {
        char *at = in, *stop;
        used += got;
        while ((stop = memchr(at, '\n', (size_t)(in + used - at))) != NULL) {
            filled += copy(out + filled, fields, split(at, stop, fields));
            at = stop + 1;
            if (filled < PIECE) continue;
            if (fwrite(out, 1, filled, stdout) != filled) return EXIT_FAILURE;
            filled = 0;
        }
        used -= (size_t)(at - in);
        memmove(in, at, used);
        if (used > PIECE) return EXIT_FAILURE; /* no row is so long here */
    }
    return fwrite(out, 1, filled, stdout) == filled ? EXIT_SUCCESS : EXIT_FAILURE;
}
