/* SPDX-License-Identifier: MIT */
/* Layers read back from the folder of a test, value by value, and what the library logged meanwhile. */
#ifndef INCMAP_TESTS_LAYERS_READ_H
#define INCMAP_TESTS_LAYERS_READ_H

#include <incmap/context.h>

#include <check.h>
#include <string.h>

#include "base/memory.h"
#include "io/shapefile.h"
#include "scratch.h"

static inline incmap__shapefile *open_layer(const char *name)
{
    const incmap_allocator a = incmap__allocator_default();
    incmap__shapefile *file = NULL;
    incmap_error err = { 0 };
    ck_assert_msg(incmap__shapefile_open(&file, scratch_path(name), &a, &err) == INCMAP_OK, "%s",
                  err.message);
    return file;
}

/* Lives until the next one. */
static inline const char *value_of(incmap__shapefile *file, size_t row, const char *field)
{
    incmap_error err = { 0 };
    const char *text = NULL;
    const int number = incmap__shapefile_field(file, field);
    ck_assert_msg(number >= 0, "no field %s", field);
    ck_assert_int_eq(incmap__shapefile_text(file, row, number, &text, &err), INCMAP_OK);
    return text;
}

/* Likewise. */
static inline incmap__shape shape_of(incmap__shapefile *file, size_t row)
{
    incmap__shape shape = { 0 };
    incmap_error err = { 0 };
    ck_assert_int_eq(incmap__shapefile_read(file, row, &shape, &err), INCMAP_OK);
    return shape;
}

/* Lines of the log, for incmap_ctx_options; to be emptied in setup. */
static char logged[4096];

static inline void keep_log(void *user, incmap_log_level level, const char *text)
{
    (void)user;
    (void)level;
    if (strlen(logged) + strlen(text) + 2 < sizeof logged) {
        strcat(logged, text);
        strcat(logged, "\n");
    }
}

#endif
