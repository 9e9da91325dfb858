/* SPDX-License-Identifier: MIT */
/* Looking for rows that are wrong: each place against its region, its district, what lies around it,
 * the border, and places of the same name. */
#include <incmap/doubt.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "places/gazetteer.h"

#define REGION_FACTOR 1.65
#define FAR_FACTOR 2.5
#define FAR_LEAST_M 30e3
#define DUPLICATE_M 1000.0
#define HOMONYM_M 5000.0
#define METRES_PER_DEGREE 111195.0 /* of latitude, on average */
enum { AROUND = 8, AROUND_LEAST = 2, SIBLINGS_LEAST = 3, NONE = -1 };

struct region {
    const char *country, *admin1;
    bool known;
    incmap_coord at;
    double radius_m;
};

struct district {
    const char *country, *admin1, *admin2;
    size_t first, count; /* of its places in the order of districts */
    bool scattered, has_middle;
    incmap_coord middle;
    double spread_m;
};

struct row {
    uint32_t place;
    int region, district; /* NONE: it names none */
    incmap_coord at;
    uint64_t name; /* hash of how its first name sounds */
    incmap_doubt doubt;
};

struct check {
    incmap_ctx *ctx;
    const incmap_gazetteer *g, *reference;
    const incmap_doubt_options *options;
    struct row *rows; /* by place, then by latitude, then by place again */
    size_t count;
    struct region *regions;
    size_t region_count, region_room;
    struct district *districts;
    size_t district_count, district_room;
    incmap__index region_index, district_index;
    double *numbers; /* room for as many as there are rows */
};

/* Near enough for telling 30 km from 60: on a sphere, flat between the two. */
static double apart_m(incmap_coord a, incmap_coord b)
{
    const double north = (b.lat - a.lat) * METRES_PER_DEGREE;
    const double east = remainder(b.lon - a.lon, 360) * METRES_PER_DEGREE *
                        cos((a.lat + b.lat) / 2 * 0.017453292519943295);
    return hypot(north, east);
}

/* ---- regions and districts -------------------------------------------------------------------- */

enum { AREA_KEY_SIZE = 512 };

static size_t area_key(char key[AREA_KEY_SIZE], const char *a, const char *b, const char *c)
{
    size_t used = 0;
    incmap__text_add(key, AREA_KEY_SIZE, &used, "%s\x1f%s\x1f%s", a, b, c);
    return used < AREA_KEY_SIZE ? used : AREA_KEY_SIZE - 1;
}

/* What the reference says of a region: its point and how far it reaches. */
static incmap_status look_up_region(const struct check *check, struct region *region)
{
    incmap_find_options options = INCMAP_FIND_OPTIONS_INIT;
    incmap_match match;
    incmap_status st;
    size_t count = 0;

    options.country = region->country[0] ? region->country : NULL;
    options.kinds = INCMAP_PLACE_BIT(INCMAP_PLACE_REGION);
    options.spelling = INCMAP_SPELLING_LISTED;
    st = incmap_gazetteer_find(check->ctx, check->reference, region->admin1, &options, &match, 1,
                               &count);
    if (st == INCMAP_EPARSE || (!st && !count)) return INCMAP_OK;
    if (st) return st;
    region->known = match.place->located && !isnan(match.place->extent_radius_m);
    region->at = match.place->at;
    region->radius_m =
        match.place->extent_radius_m * REGION_FACTOR + incmap_place_uncertainty_m(match.place);
    return INCMAP_OK;
}

static incmap_status region_of(struct check *check, const incmap__facts *facts, int *number)
{
    const incmap_allocator *a = &check->ctx->allocator;
    struct region region = { facts->country, facts->admin1, false, { 0, 0 }, 0 };
    char key[AREA_KEY_SIZE];
    const size_t length = area_key(key, facts->country, facts->admin1, "");
    uint32_t i = incmap__index_first(&check->region_index, key, length);
    incmap_status st;

    *number = NONE;
    if (!facts->admin1[0]) return INCMAP_OK;
    for (; i != INCMAP__INDEX_END; i = incmap__index_next(&check->region_index, i)) {
        *number = (int)i;
        if (strcmp(check->regions[i].country, facts->country) == 0 &&
            strcmp(check->regions[i].admin1, facts->admin1) == 0)
            return INCMAP_OK;
    }
    st = look_up_region(check, &region);
    if (!st)
        st = incmap__grow(a, &check->regions, &check->region_room, check->region_count + 1,
                          sizeof region, &check->ctx->error);
    if (!st) st = incmap__index_add(&check->region_index, a, key, length, &check->ctx->error);
    if (st) return st;
    *number = (int)check->region_count;
    check->regions[check->region_count++] = region;
    return INCMAP_OK;
}

static incmap_status district_of(struct check *check, const incmap__facts *facts, int *number)
{
    const incmap_allocator *a = &check->ctx->allocator;
    const struct district district = { .country = facts->country,
                                       .admin1 = facts->admin1,
                                       .admin2 = facts->admin2 };
    char key[AREA_KEY_SIZE];
    const size_t length = area_key(key, facts->country, facts->admin1, facts->admin2);
    uint32_t i = incmap__index_first(&check->district_index, key, length);
    incmap_status st;

    *number = NONE;
    if (!facts->admin2[0]) return INCMAP_OK;
    for (; i != INCMAP__INDEX_END; i = incmap__index_next(&check->district_index, i)) {
        *number = (int)i;
        if (strcmp(check->districts[i].country, facts->country) == 0 &&
            strcmp(check->districts[i].admin1, facts->admin1) == 0 &&
            strcmp(check->districts[i].admin2, facts->admin2) == 0)
            return INCMAP_OK;
    }
    st = incmap__grow(a, &check->districts, &check->district_room, check->district_count + 1,
                      sizeof district, &check->ctx->error);
    if (!st) st = incmap__index_add(&check->district_index, a, key, length, &check->ctx->error);
    if (st) return st;
    *number = (int)check->district_count;
    check->districts[check->district_count++] = district;
    return INCMAP_OK;
}

/* ---- rows ------------------------------------------------------------------------------------- */

static uint64_t hash_name(struct check *check, incmap__folder *folder, size_t place)
{
    static const uint64_t seed[2] = { 1, 2 };
    const char *name = incmap__gazetteer_name(check->g, place, 0).text;
    incmap__sound sound;

    if (incmap__fold(folder, name, strlen(name), NULL)) return 0;
    incmap__sound_or_key(&sound, folder->key, folder->length, 0);
    return (uint64_t)incmap__index_hash(seed, sound.text, sound.length) << 32 |
           incmap__index_hash(seed, sound.root, sound.root_length);
}

static incmap_status add_row(struct check *check, incmap__folder *folder, size_t place)
{
    struct row *row = &check->rows[check->count];
    incmap__facts facts;
    incmap_status st;

    incmap__gazetteer_facts(check->g, place, &facts);
    if (!(INCMAP_PLACE_SETTLEMENTS & INCMAP_PLACE_BIT(facts.kind))) return INCMAP_OK;
    *row = (struct row){ .place = (uint32_t)place, .at = facts.at };
    row->doubt = (incmap_doubt){ .region_m = NAN, .siblings_m = NAN };
    if (!facts.located) {
        row->at = (incmap_coord){ NAN, NAN };
        row->doubt.doubts = INCMAP_DOUBT_NO_POSITION;
    }
    row->name = hash_name(check, folder, place);
    st = region_of(check, &facts, &row->region);
    if (!st) st = district_of(check, &facts, &row->district);
    if (row->district == NONE) row->doubt.doubts |= INCMAP_DOUBT_NO_DISTRICT;
    check->count++;
    return st;
}

static bool is_located(const struct row *row)
{
    return !isnan(row->at.lat);
}

static bool is_whole_minute(double degrees)
{
    /* Five decimals of a degree are all that most files have: half of the last is 3e-4 minutes. */
    return fabs(degrees * 60 - round(degrees * 60)) < 4e-4;
}

static bool is_in_region(const struct region *region, incmap_coord at)
{
    return apart_m(at, region->at) <= region->radius_m;
}

static void look_at_region(const struct check *check, struct row *row)
{
    const struct region *region = row->region == NONE ? NULL : &check->regions[row->region];
    const incmap_coord exchanged = { row->at.lon, row->at.lat };

    if (!is_located(row)) return;
    if (is_whole_minute(row->at.lat) && is_whole_minute(row->at.lon))
        row->doubt.doubts |= INCMAP_DOUBT_WHOLE_MINUTES;
    if (!region || !region->known) return;
    row->doubt.region_m = apart_m(row->at, region->at);
    if (is_in_region(region, row->at)) return;
    row->doubt.doubts |= INCMAP_DOUBT_OUTSIDE_REGION;
    if (fabs(exchanged.lat) <= 90 && is_in_region(region, exchanged))
        row->doubt.doubts |= INCMAP_DOUBT_EXCHANGED;
}

static bool is_outside(const struct row *row)
{
    return !is_located(row) || (row->doubt.doubts & INCMAP_DOUBT_OUTSIDE_REGION);
}

/* ---- districts -------------------------------------------------------------------------------- */

static int by_number(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double median(double numbers[], size_t n)
{
    qsort(numbers, n, sizeof *numbers, by_number);
    return n % 2 ? numbers[n / 2] : (numbers[n / 2 - 1] + numbers[n / 2]) / 2;
}

static int by_district(const void *a, const void *b)
{
    const struct row *x = a, *y = b;
    if (x->district != y->district) return x->district < y->district ? -1 : 1;
    return (x->place > y->place) - (x->place < y->place);
}

/* The middle of the places that are where their region is; rows stand by district. */
static void find_middle(struct check *check, struct district *d)
{
    const struct row *rows = check->rows + d->first;
    size_t n = 0;

    for (size_t i = 0; i < d->count; i++)
        if (!is_outside(&rows[i])) check->numbers[n++] = rows[i].at.lat;
    d->scattered = d->count >= SIBLINGS_LEAST && n * 2 < d->count;
    d->has_middle = n >= SIBLINGS_LEAST;
    if (!d->has_middle) return;
    d->middle.lat = median(check->numbers, n);
    n = 0;
    for (size_t i = 0; i < d->count; i++)
        if (!is_outside(&rows[i])) check->numbers[n++] = rows[i].at.lon;
    d->middle.lon = median(check->numbers, n);
    n = 0;
    for (size_t i = 0; i < d->count; i++)
        if (!is_outside(&rows[i])) check->numbers[n++] = apart_m(rows[i].at, d->middle);
    d->spread_m = median(check->numbers, n);
}

static void look_at_district(const struct district *d, struct row *row)
{
    if (d->scattered) row->doubt.doubts |= INCMAP_DOUBT_SCATTERED;
    if (!d->has_middle || !is_located(row)) return;
    row->doubt.siblings_m = apart_m(row->at, d->middle);
    if (row->doubt.siblings_m > FAR_LEAST_M && row->doubt.siblings_m > FAR_FACTOR * d->spread_m)
        row->doubt.doubts |= INCMAP_DOUBT_FAR_FROM_SIBLINGS;
}

static void look_at_districts(struct check *check)
{
    if (check->count) qsort(check->rows, check->count, sizeof *check->rows, by_district);
    for (size_t i = 0; i < check->count; i++) {
        struct district *d;
        if (check->rows[i].district == NONE) continue;
        d = &check->districts[check->rows[i].district];
        if (!d->count++) d->first = i;
    }
    for (size_t i = 0; i < check->district_count; i++)
        find_middle(check, &check->districts[i]);
    for (size_t i = 0; i < check->count; i++)
        if (check->rows[i].district != NONE)
            look_at_district(&check->districts[check->rows[i].district], &check->rows[i]);
}

/* ---- what lies around ------------------------------------------------------------------------- */

static int by_latitude(const void *a, const void *b)
{
    const struct row *x = a, *y = b;

    /* Those without a position last. */
    if (is_located(x) != is_located(y)) return is_located(x) ? -1 : 1;
    if (x->at.lat != y->at.lat && is_located(x)) return x->at.lat < y->at.lat ? -1 : 1;
    if (x->at.lon != y->at.lon && is_located(x)) return x->at.lon < y->at.lon ? -1 : 1;
    return (x->place > y->place) - (x->place < y->place);
}

/* The nearest so far, in ascending order. */
struct around {
    double distance_m[AROUND];
    bool own[AROUND];
    size_t count;
};

static void put_around(struct around *around, double distance_m, bool own)
{
    size_t i;

    if (around->count == AROUND && around->distance_m[AROUND - 1] <= distance_m) return;
    i = around->count < AROUND ? around->count++ : AROUND - 1;
    for (; i > 0 && around->distance_m[i - 1] > distance_m; i--) {
        around->distance_m[i] = around->distance_m[i - 1];
        around->own[i] = around->own[i - 1];
    }
    around->distance_m[i] = distance_m;
    around->own[i] = own;
}

/* Notes a pair of places, `other` farther north or south than all before it; false when no place
 * beyond can be among the nearest or a duplicate. */
static bool look_at_pair(struct check *check, struct row *row, const struct row *other,
                         struct around *around)
{
    const double north_m = fabs(other->at.lat - row->at.lat) * METRES_PER_DEGREE;
    double distance_m;

    if (north_m > DUPLICATE_M && around->count == AROUND &&
        north_m > around->distance_m[AROUND - 1])
        return false;
    distance_m = apart_m(row->at, other->at);
    if (distance_m <= DUPLICATE_M && row->name == other->name && row->name &&
        row->district == other->district && row->region == other->region) {
        row->doubt.doubts |= INCMAP_DOUBT_DUPLICATE;
        row->doubt.other = incmap_gazetteer_get(check->g, other->place);
    }
    if (distance_m == 0) {
        if (row->district == other->district) return true;
        row->doubt.doubts |= INCMAP_DOUBT_SHARED_POINT;
        if (!row->doubt.other) row->doubt.other = incmap_gazetteer_get(check->g, other->place);
        return true;
    }
    if (other->district != NONE && !is_outside(other))
        put_around(around, distance_m, other->district == row->district);
    return true;
}

static void look_around(struct check *check, size_t at, size_t located)
{
    struct row *row = &check->rows[at];
    struct around around = { .count = 0 };
    size_t up = at + 1, down = at, own = 0;

    /* Up and down in turn, so that the nearest are soon found and the search ends. */
    while (up < located || down > 0) {
        if (up < located && !look_at_pair(check, row, &check->rows[up++], &around)) up = located;
        if (down > 0 && !look_at_pair(check, row, &check->rows[--down], &around)) down = 0;
    }
    for (size_t i = 0; i < around.count; i++)
        own += around.own[i];
    if (row->district != NONE && around.count == AROUND && own < AROUND_LEAST)
        row->doubt.doubts |= INCMAP_DOUBT_OTHERS_AROUND;
}

static void look_around_all(struct check *check)
{
    size_t located = 0;

    if (check->count) qsort(check->rows, check->count, sizeof *check->rows, by_latitude);
    while (located < check->count && is_located(&check->rows[located]))
        located++;
    for (size_t i = 0; i < located; i++)
        look_around(check, i, located);
}

/* ---- border and homonyms ---------------------------------------------------------------------- */

static incmap_status look_at_side(const struct check *check, struct row *row)
{
    const incmap_doubt_options *o = check->options;
    const incmap_place *place = row->doubt.place;
    incmap_depth depth;
    incmap_status st;
    bool inside;

    if (!o || !o->border || !is_located(row)) return INCMAP_OK;
    inside = incmap__text_same(place->country, o->inside);
    if (!inside && !incmap__text_same(place->country, o->outside)) return INCMAP_OK;
    st = incmap_border_measure(check->ctx, o->border, row->at, incmap_place_uncertainty_m(place),
                               &depth);
    if (!st && depth.side_certain &&
        depth.side == (inside ? INCMAP_SIDE_OUTSIDE : INCMAP_SIDE_INSIDE))
        row->doubt.doubts |= INCMAP_DOUBT_WRONG_SIDE;
    return st;
}

/* Only of places that are doubtful already: of a right one the reference has the place itself there. */
static incmap_status look_for_homonym(const struct check *check, struct row *row)
{
    const incmap_place *place = row->doubt.place;
    incmap_find_options options = INCMAP_FIND_OPTIONS_INIT;
    incmap_match matches[8];
    incmap_status st;
    size_t count = 0;

    if (check->reference == check->g || !is_located(row) ||
        !(row->doubt.doubts & (INCMAP_DOUBT_OUTSIDE_REGION | INCMAP_DOUBT_FAR_FROM_SIBLINGS)))
        return INCMAP_OK;
    options.kinds = INCMAP_PLACE_SETTLEMENTS;
    options.near = &row->at;
    options.spelling = INCMAP_SPELLING_LISTED;
    st = incmap_gazetteer_find(check->ctx, check->reference, place->names[0].text, &options,
                               matches, 8, &count);
    if (st) return st == INCMAP_EPARSE ? INCMAP_OK : st;
    for (size_t i = 0; i < count && i < 8; i++)
        if (matches[i].near_m <= HOMONYM_M) {
            row->doubt.doubts |= INCMAP_DOUBT_HOMONYM;
            row->doubt.other = matches[i].place;
        }
    return INCMAP_OK;
}

static bool is_suspicious(unsigned doubts)
{
    const unsigned both = INCMAP_DOUBT_FAR_FROM_SIBLINGS | INCMAP_DOUBT_OTHERS_AROUND;
    const unsigned strong = INCMAP_DOUBT_OUTSIDE_REGION | INCMAP_DOUBT_SCATTERED |
                            INCMAP_DOUBT_WRONG_SIDE | INCMAP_DOUBT_DUPLICATE |
                            INCMAP_DOUBT_EXCHANGED | INCMAP_DOUBT_HOMONYM;
    return (doubts & strong) || (doubts & both) == both;
}

/* ---- the whole -------------------------------------------------------------------------------- */

static int by_place(const void *a, const void *b)
{
    const struct row *x = a, *y = b;
    return (x->place > y->place) - (x->place < y->place);
}

static incmap_status gather(struct check *check)
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

/* What needs the place itself, for all of them before the first is told. */
static incmap_status look_at_places(struct check *check)
{
    incmap_status st = INCMAP_OK;

    if (check->count) qsort(check->rows, check->count, sizeof *check->rows, by_place);
    for (size_t i = 0; !st && i < check->count; i++) {
        struct row *row = &check->rows[i];
        row->doubt.place = incmap_gazetteer_get(check->g, row->place);
        if (!row->doubt.place) return incmap__fail_memory(&check->ctx->error);
        st = look_at_side(check, row);
        if (!st) st = look_for_homonym(check, row);
        row->doubt.suspicious = is_suspicious(row->doubt.doubts);
    }
    return st;
}

static size_t tell(const struct check *check, incmap_doubt_fn doubt, void *user)
{
    size_t suspicious = 0;

    for (size_t i = 0; i < check->count; i++) {
        suspicious += check->rows[i].doubt.suspicious;
        if (doubt && check->rows[i].doubt.doubts) doubt(user, &check->rows[i].doubt);
    }
    return suspicious;
}

incmap_status incmap_gazetteer_check(incmap_ctx *ctx, const incmap_gazetteer *g,
                                     const incmap_doubt_options *options, incmap_doubt_fn doubt,
                                     void *user, size_t *suspicious)
{
    struct check check = { .ctx = ctx, .g = g, .options = options };
    incmap_status st;
    size_t count;

    if (!ctx || !g || (options && options->border && (!options->inside || !options->outside)))
        return incmap__fail(ctx ? &ctx->error : NULL, INCMAP_EARG,
                            "check gazetteer: NULL, or a border without its countries' codes");
    check.reference = options && options->reference ? options->reference : g;
    st = gather(&check);
    if (!st) {
        look_at_districts(&check);
        look_around_all(&check);
        st = look_at_places(&check);
    }
    if (!st) {
        count = tell(&check, doubt, user);
        if (suspicious) *suspicious = count;
    }
    incmap__index_free(&check.region_index, &ctx->allocator);
    incmap__index_free(&check.district_index, &ctx->allocator);
    incmap__free(&ctx->allocator, check.regions);
    incmap__free(&ctx->allocator, check.districts);
    incmap__free(&ctx->allocator, check.rows);
    incmap__free(&ctx->allocator, check.numbers);
    return st;
}

/* ---- words ------------------------------------------------------------------------------------ */

struct writer {
    char *buffer;
    size_t size, used;
};

static void say(struct writer *w, const char *text, const char *more)
{
    incmap__text_add(w->buffer, w->size, &w->used, "%s%s%s", w->used ? "; " : "", text, more);
}

static void say_distance(struct writer *w, double metres, const char *from)
{
    incmap__text_add(w->buffer, w->size, &w->used, "%s%s km from %s", w->used ? "; " : "",
                     incmap__number(round(metres / 1000)).text, from);
}

size_t incmap_doubt_text(const incmap_doubt *doubt, char *buffer, size_t size)
{
    static const struct {
        unsigned bit;
        const char *text;
    } plain[] = {
        { INCMAP_DOUBT_EXCHANGED, "latitude and longitude may be exchanged" },
        { INCMAP_DOUBT_SCATTERED,
          "the places of its district lie too scattered to tell which are right" },
        { INCMAP_DOUBT_OTHERS_AROUND, "the places around it are of other districts" },
        { INCMAP_DOUBT_WRONG_SIDE, "on the other side of the border" },
        { INCMAP_DOUBT_WHOLE_MINUTES, "given in whole minutes of arc" },
        { INCMAP_DOUBT_NO_DISTRICT, "names no district, so that there are no siblings to compare" },
        { INCMAP_DOUBT_NO_POSITION, "has no position" },
    };
    struct writer w = { buffer, size, 0 };
    const char *other;

    if (!doubt || !buffer || !size) return 0;
    buffer[0] = '\0';
    other = doubt->other ? doubt->other->names[0].text : "another place";
    if (doubt->doubts & INCMAP_DOUBT_OUTSIDE_REGION)
        say_distance(&w, doubt->region_m, "the middle of its region, outside it");
    if (doubt->doubts & INCMAP_DOUBT_FAR_FROM_SIBLINGS)
        say_distance(&w, doubt->siblings_m, "the middle of its district's places");
    if (doubt->doubts & INCMAP_DOUBT_HOMONYM) say(&w, "lies where there is another ", other);
    if (doubt->doubts & INCMAP_DOUBT_DUPLICATE) say(&w, "may be the same as ", other);
    if (doubt->doubts & INCMAP_DOUBT_SHARED_POINT) say(&w, "has the very coordinates of ", other);
    for (size_t i = 0; i < sizeof plain / sizeof *plain; i++)
        if (doubt->doubts & plain[i].bit) say(&w, plain[i].text, "");
    return w.used;
}
