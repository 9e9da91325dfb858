/* SPDX-License-Identifier: MIT */
/* Looking for rows that are wrong: each place against its region, its district, what lies around it,
 * the border, and what a reference knows; and what all that amounts to. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "places/doubt_check.h"

double incmap__doubt_apart_m(incmap_coord a, incmap_coord b)
{
    const double north = (b.lat - a.lat) * INCMAP__METRES_PER_DEGREE;
    const double east = remainder(b.lon - a.lon, 360) * INCMAP__METRES_PER_DEGREE *
                        cos((a.lat + b.lat) / 2 * 0.017453292519943295);
    return hypot(north, east);
}

double incmap__doubt_distance_m(incmap_coord a, incmap_coord b)
{
    double metres;

    incmap__geodesic_inverse(a, b, &metres, NULL, NULL);
    return metres;
}

uint64_t incmap__doubt_hash(const char *bytes, size_t length)
{
    static const uint64_t seeds[2][2] = { { 1, 2 }, { 3, 4 } };
    return (uint64_t)incmap__index_hash(seeds[0], bytes, length) << 32 |
           incmap__index_hash(seeds[1], bytes, length);
}

/* ---- rows ------------------------------------------------------------------------------------- */

static uint64_t hash_name(incmap__doubt_check *check, incmap__folder *folder, size_t place)
{
    const char *name = incmap__gazetteer_name(check->g, place, 0).text;
    incmap__sound sound;

    if (incmap__fold(folder, name, strlen(name), NULL)) return 0;
    incmap__sound_or_key(&sound, folder->key, folder->length, 0);
    return incmap__doubt_hash(sound.text, sound.length);
}

static incmap_status add_row(incmap__doubt_check *check, incmap__folder *folder, size_t place)
{
    incmap__doubt_row *row = &check->rows[check->count];
    incmap__facts facts;
    incmap_status st;

    incmap__gazetteer_facts(check->g, place, &facts);
    if (!(INCMAP_PLACE_SETTLEMENTS & INCMAP_PLACE_BIT(facts.kind))) return INCMAP_OK;
    *row = (incmap__doubt_row){ .place = (uint32_t)place, .at = facts.at };
    row->doubt = (incmap_doubt){ .region_m = NAN,
                                 .siblings_m = NAN,
                                 .other_m = NAN,
                                 .around_m = NAN,
                                 .own_m = NAN,
                                 .known_m = NAN };
    if (!facts.located) {
        row->at = (incmap_coord){ NAN, NAN };
        row->doubt.doubts = INCMAP_DOUBT_NO_POSITION;
    }
    row->name = hash_name(check, folder, place);
    st = incmap__doubt_areas(check, &facts, &row->region, &row->district);
    if (row->district == INCMAP__NO_AREA) row->doubt.doubts |= INCMAP_DOUBT_NO_DISTRICT;
    check->count++;
    return st;
}

/* Whether the minutes are whole as exactly as the decimals can tell: 35.6 and 35.6167 are 36 and 37
 * minutes, 35.62 tells nothing. */
static bool is_whole_minute(double degrees)
{
    const double away = fabs(degrees * 60 - round(degrees * 60)) / 60;

    for (double step = 1e-3; step > 1e-6; step /= 10)
        if (fabs(degrees / step - round(degrees / step)) < 1e-6)
            return away < (step < 1e-3 || away < 1e-9 ? step / 2 : 0);
    return away < 1e-7;
}

static void look_at_region(const incmap__doubt_check *check, incmap__doubt_row *row)
{
    const incmap__doubt_region *region =
        row->region == INCMAP__NO_AREA ? NULL : &check->regions[row->region];
    const incmap_coord exchanged = { row->at.lon, row->at.lat };

    if (!incmap__doubt_is_located(row)) return;
    if (is_whole_minute(row->at.lat) && is_whole_minute(row->at.lon))
        row->doubt.doubts |= INCMAP_DOUBT_WHOLE_MINUTES;
    if (!region || !region->known) return;
    row->doubt.region_m = incmap__doubt_distance_m(row->at, region->at);
    if (row->doubt.region_m <= region->radius_m) return;
    row->doubt.doubts |= INCMAP_DOUBT_OUTSIDE_REGION;
    if (fabs(exchanged.lat) <= 90 && incmap__doubt_in_region(region, exchanged))
        row->doubt.doubts |= INCMAP_DOUBT_EXCHANGED;
}

static incmap_status gather(incmap__doubt_check *check)
{
    const size_t n = incmap_gazetteer_count(check->g);
    const incmap_allocator *a = &check->ctx->allocator;
    incmap__folder folder;
    incmap_status st = INCMAP_OK;

    check->rows = incmap__alloc(a, n, sizeof *check->rows);
    check->numbers = incmap__alloc(a, n, sizeof *check->numbers);
    if (!check->rows || !check->numbers) return incmap__fail_memory(&check->ctx->error);
    incmap__folder_init(&folder, a);
    for (size_t i = 0; !st && i < n; i++)
        st = add_row(check, &folder, i);
    incmap__folder_free(&folder);
    for (size_t i = 0; !st && i < check->count; i++)
        look_at_region(check, &check->rows[i]);
    return st;
}

/* ---- the places themselves -------------------------------------------------------------------- */

static incmap_status look_at_side(const incmap__doubt_check *check, incmap__doubt_row *row)
{
    const incmap_doubt_options *o = check->options;
    const incmap_place *place = row->doubt.place;
    incmap_depth depth;
    incmap_status st;
    bool inside;

    if (!o || !o->border || !incmap__doubt_is_located(row)) return INCMAP_OK;
    inside = incmap__text_same(place->country, o->inside);
    if (!inside && !incmap__text_same(place->country, o->outside)) return INCMAP_OK;
    st = incmap_border_measure(check->ctx, o->border, row->at, incmap_place_uncertainty_m(place),
                               &depth);
    if (!st && depth.side_certain &&
        depth.side == (inside ? INCMAP_SIDE_OUTSIDE : INCMAP_SIDE_INSIDE))
        row->doubt.doubts |= INCMAP_DOUBT_WRONG_SIDE;
    return st;
}

/* A region is no circle, so that its far end counts as outside it only where its places stand alone.
 * Each of three looks from another side; two of them together are no chance. Where the reference has
 * that very place there, only what does not hang on the position is left. */
static bool is_suspicious(const incmap__doubt_row *row)
{
    const unsigned doubts = row->doubt.doubts;
    const unsigned despite = INCMAP_DOUBT_WRONG_SIDE | INCMAP_DOUBT_DUPLICATE;
    const unsigned outside = row->edge ? 0 : INCMAP_DOUBT_OUTSIDE_REGION;
    const unsigned strong = despite | outside | INCMAP_DOUBT_SCATTERED | INCMAP_DOUBT_EXCHANGED |
                            INCMAP_DOUBT_HOMONYM | INCMAP_DOUBT_KNOWN_ELSEWHERE;
    const int hints = !!(doubts & INCMAP_DOUBT_FAR_FROM_SIBLINGS) +
                      !!(doubts & INCMAP_DOUBT_OTHERS_AROUND) +
                      !!(doubts & INCMAP_DOUBT_OTHERS_KNOWN);

    if (row->confirmed) return doubts & despite;
    return (doubts & strong) || hints >= 2;
}

static int by_place(const void *a, const void *b)
{
    const incmap__doubt_row *x = a, *y = b;
    return (x->place > y->place) - (x->place < y->place);
}

/* What needs the place itself, for all of them before the first is told. */
static incmap_status look_at_places(incmap__doubt_check *check)
{
    incmap_status st = INCMAP_OK;

    if (check->count) qsort(check->rows, check->count, sizeof *check->rows, by_place);
    for (size_t i = 0; !st && i < check->count; i++) {
        incmap__doubt_row *row = &check->rows[i];
        row->doubt.place = incmap_gazetteer_get(check->g, row->place);
        if (!row->doubt.place) return incmap__fail_memory(&check->ctx->error);
        st = look_at_side(check, row);
        if (!st) st = incmap__doubt_compare(check, row);
        row->doubt.suspicious = is_suspicious(row);
    }
    return st;
}

/* ---- the whole -------------------------------------------------------------------------------- */

static incmap_status look(incmap__doubt_check *check)
{
    incmap_status st = gather(check);

    if (!st) st = incmap__doubt_gather_known(check);
    if (st) return st;
    incmap__doubt_look_at_siblings(check);
    incmap__doubt_look_around(check);
    incmap__doubt_look_for_homonyms(check);
    return look_at_places(check);
}

static size_t tell(const incmap__doubt_check *check, incmap_doubt_fn doubt, void *user)
{
    size_t suspicious = 0;

    for (size_t i = 0; i < check->count; i++) {
        suspicious += check->rows[i].doubt.suspicious;
        if (doubt && check->rows[i].doubt.doubts) doubt(user, &check->rows[i].doubt);
    }
    return suspicious;
}

static void free_check(incmap__doubt_check *check)
{
    const incmap_allocator *a = &check->ctx->allocator;

    incmap__index_free(&check->region_index, a);
    incmap__index_free(&check->district_index, a);
    incmap__index_free(&check->root_index, a);
    incmap__free(a, check->regions);
    incmap__free(a, check->districts);
    incmap__free(a, check->rows);
    incmap__free(a, check->numbers);
    incmap__free(a, check->known);
}

incmap_status incmap_gazetteer_check(incmap_ctx *ctx, const incmap_gazetteer *g,
                                     const incmap_doubt_options *options, incmap_doubt_fn doubt,
                                     void *user, size_t *suspicious)
{
    incmap__doubt_check check = { .ctx = ctx, .g = g, .options = options };
    incmap_status st;

    if (!ctx || !g || (options && options->border && (!options->inside || !options->outside)))
        return incmap__fail(ctx ? &ctx->error : NULL, INCMAP_EARG,
                            "check gazetteer: NULL, or a border without its countries' codes");
    check.reference = options && options->reference ? options->reference : g;
    st = look(&check);
    if (!st) {
        const size_t count = tell(&check, doubt, user);
        if (suspicious) *suspicious = count;
    }
    free_check(&check);
    return st;
}
