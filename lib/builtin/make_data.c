/* SPDX-License-Identifier: MIT */
/* Build tool: turns the files of data/ into a C source with one byte array each, the countries'
 * outlines packed and their border found beforehand.
 *
 *   make_data OUT.c COUNTRIES.shp FILE.csv ...
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "geodesy/border_pack.h"

/* Says on which data the figures rest; data/README.md has the reasons. */
static const char border_name[] = "Russia - Ukraine, OpenStreetMap";
static const char border_attribution[] = "Border: (c) OpenStreetMap contributors, ODbL 1.0, "
                                         "through @geo-maps/countries-coastline-1m 0.6.0";
static const char border_date[] = "2017-11";
static const double border_accuracy_m = 100;
static const double border_gap_max_m = 10e3;

static void write_array(FILE *out, const char *name, const unsigned char *bytes, size_t size)
{
    fprintf(out, "const unsigned char incmap__data_%s[%zu] = {", name, size + 1);
    for (size_t i = 0; i < size; i++)
        fprintf(out, "%s%d,", i % 24 ? "" : "\n", bytes[i]);
    /* A zero behind, so that a text is one; it is not counted. */
    fprintf(out, "0};\nconst size_t incmap__data_%s_size = %zu;\n", name, size);
}

/* "data/places.csv" -> "places"; false when that does not fit. */
static bool array_name(const char *path, char *name, size_t size)
{
    const char *slash = strrchr(path, '/');
    const char *start = slash ? slash + 1 : path;
    const size_t length = strcspn(start, ".");
    if (length == 0 || length >= size) return false;
    memcpy(name, start, length);
    name[length] = '\0';
    return true;
}

static bool write_file(FILE *out, const char *path)
{
    char name[64];
    unsigned char *bytes = NULL;
    long size;
    bool done = false;
    FILE *in = fopen(path, "rb");

    if (!in || !array_name(path, name, sizeof name)) goto done;
    if (fseek(in, 0, SEEK_END) || (size = ftell(in)) < 0) goto done;
    rewind(in);
    bytes = malloc((size_t)size + 1);
    done = bytes && fread(bytes, 1, (size_t)size, in) == (size_t)size;
    if (done) write_array(out, name, bytes, (size_t)size);

done:
    free(bytes);
    if (in) fclose(in);
    return done;
}

static incmap_status write_border(FILE *out, const char *path, incmap_error *err)
{
    const incmap_allocator a = incmap__allocator_default();
    incmap__outline inside = { .ring_count = 0 }, outside = { .ring_count = 0 };
    incmap__border_parts parts = { NULL, 0 };
    incmap__packer packer = { .allocator = &a };
    const incmap__border_plan plan = { border_name,
                                       border_attribution,
                                       border_date,
                                       "Russia",
                                       "Ukraine",
                                       border_accuracy_m,
                                       &inside,
                                       &outside,
                                       &parts,
                                       NULL,
                                       INCMAP__SIDES_OUTLINES,
                                       false };
    incmap_status st = incmap__outline_load(&inside, path, "A3", "RUS", &a, err);

    if (!st) st = incmap__outline_load(&outside, path, "A3", "UKR", &a, err);
    if (!st) st = incmap__border_match(&inside, &outside, border_gap_max_m, &parts, &a, err);
    if (!st) st = incmap__border_pack(&packer, &plan, err);
    if (!st) write_array(out, "border", packer.bytes, packer.size);
    incmap__free(&a, packer.bytes);
    incmap__free(&a, parts.parts);
    incmap__outline_free(&inside);
    incmap__outline_free(&outside);
    return st;
}

int main(int argc, char **argv)
{
    incmap_error err = { INCMAP_OK, "" };
    int failed = EXIT_FAILURE;
    FILE *out;

    if (argc < 3 || !(out = fopen(argv[1], "w"))) {
        fprintf(stderr, "usage: make_data OUT.c COUNTRIES.shp FILE.csv ...\n");
        return EXIT_FAILURE;
    }
    fprintf(out, "/* Made by lib/builtin/make_data.c from the files of data/. */\n"
                 "#include \"builtin/data.h\"\n");
    if (write_border(out, argv[2], &err)) {
        fprintf(stderr, "make_data: %s\n", err.message);
        goto done;
    }
    for (int i = 3; i < argc; i++) {
        if (!write_file(out, argv[i])) {
            fprintf(stderr, "make_data: cannot read %s\n", argv[i]);
            goto done;
        }
    }
    failed = ferror(out) ? EXIT_FAILURE : EXIT_SUCCESS;

done:
    if (fclose(out)) failed = EXIT_FAILURE;
    return failed;
}
