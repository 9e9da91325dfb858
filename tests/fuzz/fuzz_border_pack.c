/* SPDX-License-Identifier: MIT */
/* Any bytes as a packed outline, and as the body of a packed border under a true checksum, with
 * questions to what comes out. Memory is bounded: a few bytes can name one long ring many times. */
#include "fuzz.h"

#include <math.h>
#include <string.h>

#include "base/context.h"
#include "geodesy/border_pack.h"

enum { MOST_INPUT = 4096, MOST_BYTES = 4 << 20, HEAD_BYTES = 16 };

static const incmap_coord points[] = {
    { 0, 0 }, { 0.5, 0.5 }, { 50.4, 35.6 }, { 90, 0 }, { -90, 12 }, { 10, 180 }, { -45, -180 },
};

/* Grants no block larger than the limit. */
static void *bounded_alloc(void *user, size_t size)
{
    (void)user;
    return size <= MOST_BYTES ? malloc(size) : NULL;
}

static void *bounded_realloc(void *user, void *block, size_t size)
{
    (void)user;
    return size <= MOST_BYTES ? realloc(block, size) : NULL;
}

static void bounded_free(void *user, void *block)
{
    (void)user;
    free(block);
}

static const incmap_allocator bounded = { bounded_alloc, bounded_realloc, bounded_free, NULL };

static void check_status(incmap_status st)
{
    FUZZ_CHECK(st == INCMAP_OK || st == INCMAP_EDATA || st == INCMAP_ENOMEM);
}

static void ask_outline(const uint8_t *bytes, size_t size)
{
    static const double radii[] = { 0, 0.01, 5, 1e4, 3e6 };
    incmap__unpacker u = { .bytes = bytes, .size = size };
    incmap__outline outline = { .ring_count = 0 };
    const incmap_status st = incmap__outline_unpack(&u, &outline, &bounded, NULL);

    check_status(st);
    for (size_t i = 0; !st && i < sizeof points / sizeof *points; i++) {
        (void)incmap__outline_contains(&outline, points[i]);
        for (size_t r = 0; r < sizeof radii / sizeof *radii; r++)
            (void)incmap__outline_is_near(&outline, points[i], radii[r]);
    }
    incmap__outline_free(&outline);
}

static void check_depth(const incmap_border *border, const incmap_depth *d)
{
    FUZZ_CHECK(fabs(d->depth_m) <= 20003932);
    FUZZ_CHECK(d->band_m >= 0 && d->azimuth_deg >= 0 && d->azimuth_deg < 360);
    FUZZ_CHECK(incmap_coord_is_valid(d->nearest) && fabs(d->nearest.lon) <= 180);
    FUZZ_CHECK(d->line >= 0 && (size_t)d->line < incmap_border_line_count(border));
    FUZZ_CHECK(d->side != INCMAP_SIDE_UNKNOWN);
}

static void ask_border(incmap_ctx *ctx, const uint8_t *bytes, size_t size)
{
    incmap_border *border = NULL;
    const incmap_status st = incmap__border_unpack(bytes, size, &border, &bounded, NULL);

    check_status(st);
    FUZZ_CHECK((st == INCMAP_OK) == (border != NULL));
    for (size_t i = 0; border && i < sizeof points / sizeof *points; i++) {
        incmap_depth depth;
        FUZZ_CHECK(!incmap_border_measure(ctx, border, points[i], 0.5, &depth));
        check_depth(border, &depth);
    }
    incmap_border_free(border);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    uint8_t *sealed;
    incmap_ctx *ctx = NULL;

    if (size > MOST_INPUT) return 0;
    ask_outline(data, size);
    FUZZ_CHECK(!incmap_ctx_new(NULL, &ctx));
    ask_border(ctx, data, size); /* without a head, or with one that is right by chance */
    sealed = malloc(HEAD_BYTES + size);
    FUZZ_CHECK(sealed);
    if (size) memcpy(sealed + HEAD_BYTES, data, size);
    incmap__border_seal(sealed, HEAD_BYTES + size);
    ask_border(ctx, sealed, HEAD_BYTES + size);
    free(sealed);
    incmap_ctx_free(ctx);
    return 0;
}
