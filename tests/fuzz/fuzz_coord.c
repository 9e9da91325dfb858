/* SPDX-License-Identifier: MIT */
/* Any bytes as a position. What is read lies in range and comes back when it is written in
 * decimals; what is not read leaves the output alone and says why in one line of UTF-8. */
#include "fuzz.h"

#include <math.h>
#include <string.h>

#include <incmap/coord.h>

#include "base/text.h"

static void check_position(incmap_ctx *ctx, const incmap_coord_text *got)
{
    incmap_coord_text again;
    char text[120];

    FUZZ_CHECK(incmap_coord_is_valid(got->at) && fabs(got->at.lon) <= 180);
    FUZZ_CHECK(got->lat_step_deg > 0 && got->lat_step_deg <= 1);
    FUZZ_CHECK(got->lon_step_deg > 0 && got->lon_step_deg <= 1);
    /* A degree of latitude is 111.7 km at most, one of longitude 111.4 km. */
    FUZZ_CHECK(got->precision_m > 0 && got->precision_m < 158000);
    FUZZ_CHECK(fabs(incmap_coord_wrap(got->at).lon) <= 180);
    (void)snprintf(text, sizeof text, "%.15f, %.15f", got->at.lat, got->at.lon);
    FUZZ_CHECK(!incmap_coord_parse(ctx, text, &again));
    FUZZ_CHECK(fabs(again.at.lat - got->at.lat) < 1e-13);
    FUZZ_CHECK(fabs(again.at.lon - got->at.lon) < 1e-13);
}

static void check_refusal(const incmap_ctx *ctx, incmap_status st, const incmap_coord_text *got)
{
    const char *message = incmap_ctx_message(ctx);
    const incmap_coord_text untouched = { { 1, 2 }, 3, 4, 5 };

    FUZZ_CHECK(st == INCMAP_EPARSE || st == INCMAP_EDOMAIN);
    FUZZ_CHECK(incmap_ctx_status(ctx) == st);
    FUZZ_CHECK(memcmp(got, &untouched, sizeof untouched) == 0);
    FUZZ_CHECK(strncmp(message, "position: found ", 16) == 0);
    FUZZ_CHECK(strstr(message, ", expected "));
    for (const char *c = message; *c; c++)
        FUZZ_CHECK((unsigned char)*c >= ' ' && *c != 0x7F);
    FUZZ_CHECK(incmap__utf8_check(message, strlen(message)) == strlen(message));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    incmap_ctx *ctx = NULL;
    incmap_coord_text got = { { 1, 2 }, 3, 4, 5 };
    char *text = malloc(size + 1);
    incmap_status st;

    FUZZ_CHECK(text && !incmap_ctx_new(NULL, &ctx));
    if (size) memcpy(text, data, size);
    text[size] = '\0';
    st = incmap_coord_parse(ctx, text, &got);
    if (st)
        check_refusal(ctx, st, &got);
    else
        check_position(ctx, &got);
    incmap_ctx_free(ctx);
    free(text);
    return 0;
}
