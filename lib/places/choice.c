/* SPDX-License-Identifier: MIT */
/* Letting places through, the cheap questions first. */
#include "places/choice.h"

#include <math.h>
#include <string.h>

#include "base/text.h"
#include "geodesy/ellipsoid.h"
#include "places/join.h"
#include "places/place.h"

/* ---- options ---- */

/* Digits, or capitals with a dash: "07", "UA-63", "RU-BEL". */
static bool looks_like_code(const char *text)
{
    if (text[strcspn(text, "0123456789")]) return true;
    return strchr(text, '-') && strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ-") == strlen(text);
}

/* "UA.07" and "UA-07" for code 07 of country UA, or the code as it is. */
static bool is_code(const char *name, const char *country, const char *code)
{
    const size_t length = country ? strlen(country) : 0;

    if (incmap__text_same(name, code)) return true;
    return length && strlen(name) > length + 1 && (name[length] == '.' || name[length] == '-') &&
           strncmp(name, country, length) == 0 && incmap__text_same(name + length + 1, code);
}

/* First name of the region or district that lists this code among its names. Codes have a digit or are
 * like RU-BEL; asked for seldom, so that looking through all places will do. */
static const char *name_of_code(const incmap_gazetteer *g, const char *country, const char *code)
{
    for (size_t i = 0; i < incmap_gazetteer_count(g); i++) {
        const incmap_place *place;
        incmap__facts facts;
        incmap__gazetteer_facts(g, i, &facts);
        if (facts.kind != INCMAP_PLACE_REGION && facts.kind != INCMAP_PLACE_DISTRICT) continue;
        place = incmap_gazetteer_get(g, i);
        for (size_t k = 0; place && k < place->name_count; k++)
            if (is_code(place->names[k].text, country, code)) return place->names[0].text;
    }
    return NULL;
}

static void ask_area(incmap__choice *choice, incmap__area *area, const char *asked)
{
    area->asked = asked;
    area->coded = NULL;
    area->read = false;
    area->turn = 0;
    if (!asked) return;
    memset(area->seen, 0, sizeof area->seen);
    choice->by_area = true;
    if (looks_like_code(asked)) area->coded = name_of_code(choice->g, choice->country, asked);
}

/* Two letters, in whatever case. */
static bool read_code(const char *text, char code[3])
{
    static const char capitals[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

    if (strlen(text) != 2) return false;
    for (int i = 0; i < 2; i++) {
        const char c = text[i] >= 'a' && text[i] <= 'z' ? (char)(text[i] - 'a' + 'A') : text[i];
        if (!strchr(capitals, c)) return false;
        code[i] = c;
    }
    code[2] = '\0';
    return true;
}

/* A country that the gazetteer itself has among its places. */
static void look_up_country(incmap__choice *choice, const char *text)
{
    incmap_find_options options = INCMAP_FIND_OPTIONS_INIT;
    incmap_match match;
    size_t count = 0;
    incmap_status st;

    options.kinds = INCMAP_PLACE_BIT(INCMAP_PLACE_COUNTRY);
    options.spelling = INCMAP_SPELLING_LISTED;
    st = incmap_gazetteer_find(choice->ctx, choice->g, text, &options, &match, 1, &count);
    choice->failed = choice->failed || st == INCMAP_ENOMEM;
    if (!st && count && !match.only_offered) (void)read_code(match.place->country, choice->country);
}

/* "RU", "rus", "Russia", "Россия", "Росія". */
static void read_country(incmap__choice *choice, const char *text)
{
    incmap__folder folder;
    const char *code = NULL;

    if (read_code(text, choice->country)) return;
    incmap__folder_init(&folder, &choice->ctx->allocator);
    const incmap_status st = incmap__fold(&folder, text, strlen(text), NULL);
    choice->failed = choice->failed || st == INCMAP_ENOMEM;
    if (!st && folder.has_word) {
        char key[64];
        if (folder.length < sizeof key) {
            memcpy(key, folder.key, folder.length);
            key[folder.length] = '\0';
            code = incmap__said_country(key);
        }
        if (code)
            (void)read_code(code, choice->country);
        else
            look_up_country(choice, text);
    }
    incmap__folder_free(&folder);
}

incmap_status incmap__choice_init(incmap__choice *choice, incmap_ctx *ctx,
                                  const incmap_gazetteer *g, const incmap_find_options *options)
{
    choice->ctx = ctx;
    choice->g = g;
    choice->options = options;
    choice->by_area = false;
    choice->said_count = 0;
    choice->any = true;
    choice->near_place = UINT32_MAX;
    choice->lies_in = false;
    choice->failed = false;
    choice->country[0] = '\0';
    choice->admin1.asked = choice->admin2.asked = NULL;
    if (!options) return INCMAP_OK;
    if (options->near && !incmap_coord_is_valid(*options->near))
        return incmap__fail(&ctx->error, INCMAP_EDOMAIN,
                            "near: lat %s, lon %s is no position: degrees, |lat| <= 90",
                            incmap__number(options->near->lat).text,
                            incmap__number(options->near->lon).text);
    if (!(options->near_m >= 0) || (options->border && !(options->belt_m >= 0)))
        return incmap__fail(
            &ctx->error, INCMAP_EDOMAIN, "%s of %s m, expected 0 or more",
            options->near_m >= 0 ? "a belt" : "near",
            incmap__number(options->near_m >= 0 ? options->belt_m : options->near_m).text);
    choice->by_area = options->country != NULL;
    if (options->country) read_country(choice, options->country);
    ask_area(choice, &choice->admin1, options->admin1);
    ask_area(choice, &choice->admin2, options->admin2);
    choice->any = !choice->by_area && !options->kinds && options->population_least <= 0 &&
                  !options->border && !options->near;
    return INCMAP_OK;
}

/* ---- areas ---- */

bool incmap__choice_read_area(const char *text, const incmap_allocator *a, incmap__sound *sound)
{
    incmap__folder folder;
    bool good;

    incmap__folder_init(&folder, a);
    good = !incmap__fold(&folder, text, strlen(text), NULL) && folder.has_word &&
           incmap__sound_of(sound, folder.key, folder.length, 0);
    incmap__folder_free(&folder);
    if (good && !sound->area && sound->root_length > 4 &&
        memcmp(sound->root + sound->root_length - 2, "sk", 2) == 0)
        sound->root_length -= 2;
    return good;
}

static void keep_hromada(const incmap__choice *choice, incmap__area *area,
                         const incmap_match *match)
{
    if (!match->place->located) return;
    area->hromadas[area->hromada_count++] =
        (uint32_t)incmap__gazetteer_number(choice->g, match->place->key);
}

static void look_up_area(incmap__choice *choice, incmap__area *area)
{
    incmap_find_options options = INCMAP_FIND_OPTIONS_INIT;
    incmap_match matches[INCMAP__CHOICE_FOUND];
    size_t count = 0;

    if (choice->options) options.country = choice->options->country;
    options.kinds = INCMAP_PLACE_BIT(INCMAP_PLACE_REGION) | INCMAP_PLACE_BIT(INCMAP_PLACE_DISTRICT);
    options.spelling = INCMAP_SPELLING_LISTED;
    area->other_count = area->hromada_count = 0;
    const incmap_status st = incmap_gazetteer_find(choice->ctx, choice->g, area->asked, &options,
                                                   matches, INCMAP__CHOICE_FOUND, &count);
    choice->failed = choice->failed || st == INCMAP_ENOMEM;
    if (st) return;
    for (size_t i = 0; i < count && i < INCMAP__CHOICE_FOUND; i++) {
        const bool hromada = area->sound.level == INCMAP__LEVEL_HROMADA;
        if (hromada && (matches[i].other_kind || matches[i].only_offered)) continue;
        area->others[area->other_count++] = matches[i].place->names[0].text;
        /* Each source's places lie in what it calls that area itself. */
        if (matches[i].stands_for)
            area->others[area->other_count++] = matches[i].stands_for->names[0].text;
        if (hromada) keep_hromada(choice, area, &matches[i]);
    }
}

static void read_asked(incmap__choice *choice, incmap__area *area)
{
    if (!incmap__choice_read_area(area->asked, &choice->ctx->allocator, &area->sound)) {
        area->sound.root_length = 0;
        area->sound.level = INCMAP__LEVEL_NONE;
    }
    look_up_area(choice, area);
    area->read = true;
}

static bool is_same_area(incmap__choice *choice, incmap__area *area, const char *there)
{
    incmap__sound sound;

    if (incmap__text_same(area->asked, there)) return true;
    if (area->coded) return incmap__text_same(area->coded, there);
    if (!area->read) read_asked(choice, area);
    for (size_t i = 0; i < area->other_count; i++)
        if (incmap__text_same(area->others[i], there)) return true;
    return area->sound.root_length &&
           incmap__choice_read_area(there, &choice->ctx->allocator, &sound) &&
           sound.root_length == area->sound.root_length &&
           memcmp(sound.root, area->sound.root, sound.root_length) == 0;
}

static bool is_in(incmap__choice *choice, incmap__area *area, const char *there)
{
    bool same;

    if (!area->asked) return true;
    for (size_t i = 0; i < INCMAP__CHOICE_CACHE; i++)
        if (area->seen[i].text == there) return area->seen[i].same;
    same = there[0] ? is_same_area(choice, area, there) : !area->asked[0];
    area->seen[area->turn % INCMAP__CHOICE_CACHE].text = there;
    area->seen[area->turn++ % INCMAP__CHOICE_CACHE].same = same;
    return same;
}

static bool is_country(const incmap__choice *choice, const char *there)
{
    return !choice->options || !choice->options->country ||
           incmap__text_same(choice->options->country, there) ||
           (choice->country[0] && incmap__text_same(choice->country, there));
}

void incmap__choice_say(incmap__choice *choice, const incmap__said *said)
{
    choice->said_count = said ? said->area_count : 0;
    choice->near_place = UINT32_MAX;
    choice->lies_in = false;
    for (size_t i = 0; i < choice->said_count; i++) {
        ask_area(choice, &choice->said[i].area, said->areas[i].text);
        choice->said[i].kinds = said->areas[i].kinds;
    }
}

/* The level of the district that a place says it lies in. */
static incmap__area_level level_of(incmap__choice *choice, const char *admin2)
{
    incmap__sound sound;
    return admin2[0] && incmap__choice_read_area(admin2, &choice->ctx->allocator, &sound)
               ? sound.level
               : INCMAP__LEVEL_NONE;
}

/* A hromada is not the raion of the same name. */
static bool is_in_district(incmap__choice *choice, incmap__area *area, const char *admin2)
{
    if (!area->read) read_asked(choice, area);
    if (area->sound.level == INCMAP__LEVEL_HROMADA &&
        level_of(choice, admin2) == INCMAP__LEVEL_RAION)
        return false;
    return is_in(choice, area, admin2);
}

/* Whether a place may lie in a hromada of that name: in its region, near its point, as far as districts reach, and
 * not in another by what it says itself. */
static bool is_near_hromada(incmap__choice *choice, const incmap__area *area,
                            const incmap__facts *facts, const char *admin2)
{
    double nearest_m = incmap__place_kind_bound(INCMAP_PLACE_DISTRICT);
    bool near = false;

    if (!area->hromada_count || !facts->located ||
        level_of(choice, admin2) == INCMAP__LEVEL_HROMADA)
        return false;
    for (size_t i = 0; i < area->hromada_count; i++) {
        incmap__facts hromada;
        double distance_m;
        incmap__gazetteer_facts(choice->g, area->hromadas[i], &hromada);
        if (!incmap__text_same(hromada.country, facts->country) ||
            !incmap__text_same(hromada.admin1, facts->admin1))
            continue;
        incmap__geodesic_inverse(hromada.at, facts->at, &distance_m, NULL, NULL);
        if (distance_m > nearest_m) continue;
        nearest_m = choice->near_m = distance_m;
        choice->near_place = area->hromadas[i];
        choice->near_any = area->hromada_count > 1;
        near = true;
    }
    return near;
}

/* Each area that the text names is the country, the region or the district, of which its words may say which; or
 * a hromada that is near. */
static bool said_pass(incmap__choice *choice, const incmap__facts *facts, const char *country,
                      const char *admin1, const char *admin2)
{
    choice->near_place = UINT32_MAX;
    choice->lies_in = false;
    for (size_t i = 0; i < choice->said_count; i++) {
        incmap__area *area = &choice->said[i].area;
        const unsigned kinds = choice->said[i].kinds ? choice->said[i].kinds : ~0U;
        const bool district = (kinds & INCMAP_PLACE_BIT(INCMAP_PLACE_DISTRICT)) != 0;
        if (((kinds & INCMAP_PLACE_BIT(INCMAP_PLACE_COUNTRY)) &&
             incmap__said_is_country(area->asked, country)) ||
            ((kinds & INCMAP_PLACE_BIT(INCMAP_PLACE_REGION)) && is_in(choice, area, admin1)) ||
            (district && is_in_district(choice, area, admin2)))
            choice->lies_in = true;
        else if (!district || !is_near_hromada(choice, area, facts, admin2))
            return false;
    }
    return true;
}

/* A post lies in no country and no region: it passes with either side that passes as a whole. */
static bool side_passes(incmap__choice *choice, const incmap__facts *facts,
                        const incmap_post_side *side)
{
    const incmap_place *tied = NULL;
    const char *district;

    if (!is_country(choice, side->country) || !is_in(choice, &choice->admin1, side->admin1))
        return false;
    if (choice->admin2.asked || choice->said_count)
        tied = incmap_gazetteer_by_key(choice->g, side->place_key);
    district = tied ? tied->admin2 : "";
    return is_in(choice, &choice->admin2, district) &&
           said_pass(choice, facts, side->country, side->admin1, district);
}

bool incmap__choice_lets_side_through(incmap__choice *choice, const incmap__facts *facts,
                                      const char *name)
{
    const incmap_post *post = facts->post;
    bool of_a_side = false;

    for (int i = 0; i < 2; i++) {
        if (!incmap__post_side_has_name(&post->sides[i], name)) continue;
        if (side_passes(choice, facts, &post->sides[i])) return true;
        of_a_side = true;
    }
    return !of_a_side;
}

static bool area_passes(incmap__choice *choice, const incmap__facts *facts)
{
    if (facts->post)
        return side_passes(choice, facts, &facts->post->sides[0]) ||
               side_passes(choice, facts, &facts->post->sides[1]);
    return is_country(choice, facts->country) && is_in(choice, &choice->admin1, facts->admin1) &&
           is_in(choice, &choice->admin2, facts->admin2) &&
           said_pass(choice, facts, facts->country, facts->admin1, facts->admin2);
}

/* ---- what is at fault ---- */

/* Whether any place lies in what the choice asks for. */
static bool has_any(const incmap_gazetteer *g, incmap__choice *choice)
{
    for (size_t i = 0; i < incmap_gazetteer_count(g); i++) {
        incmap__facts facts;
        incmap__gazetteer_facts(g, i, &facts);
        if (area_passes(choice, &facts)) return true;
    }
    return false;
}

/* The first of country, region and district that leaves nothing. */
static incmap_status look_for_fault(incmap_ctx *ctx, const incmap_gazetteer *g,
                                    const incmap_find_options *options, incmap_context_fault *fault)
{
    incmap_find_options some = INCMAP_FIND_OPTIONS_INIT;
    const char *const asked[] = { options->country, options->admin1, options->admin2 };
    const char **const set[] = { &some.country, &some.admin1, &some.admin2 };

    *fault = INCMAP_CONTEXT_GOOD;
    for (int i = 0; i < 3 && !*fault; i++) {
        incmap__choice choice;
        incmap_status st;
        *set[i] = asked[i];
        if (!asked[i]) continue;
        st = incmap__choice_init(&choice, ctx, g, &some);
        if (st) return st;
        if (!has_any(g, &choice)) *fault = (incmap_context_fault)(i + 1);
        if (choice.failed) return incmap__fail_memory(&ctx->error);
    }
    return INCMAP_OK;
}

incmap_status incmap_gazetteer_check_context(incmap_ctx *ctx, const incmap_gazetteer *g,
                                             const incmap_find_options *options,
                                             incmap_context_fault *fault)
{
    incmap_context_fault found;
    incmap_status st;

    if (!ctx || !g || !options || !fault)
        return incmap__fail(ctx ? &ctx->error : NULL, INCMAP_EARG, "check context: NULL");
    st = look_for_fault(ctx, g, options, &found);
    if (!st) *fault = found;
    return st;
}

/* ---- belt ---- */

static bool is_in_belt(const incmap__choice *choice, const incmap__facts *facts)
{
    incmap_depth depth;

    if (!facts->located) return false;
    if (incmap_border_measure(choice->ctx, choice->options->border, facts->at,
                              incmap__gazetteer_uncertainty_m(choice->g, facts->place), &depth))
        return false;
    return fabs(depth.depth_m) - depth.band_m <= choice->options->belt_m;
}

bool incmap__choice_lets_through(incmap__choice *choice, const incmap__facts *facts)
{
    const incmap_find_options *options = choice->options;

    if (choice->said_count && !area_passes(choice, facts)) return false;
    if (!options) return true;
    if (options->kinds && !(options->kinds & INCMAP_PLACE_BIT(facts->kind))) return false;
    if (options->population_least > 0 && facts->population < options->population_least)
        return false;
    if (choice->by_area && !choice->said_count && !area_passes(choice, facts)) return false;
    return !options->border || is_in_belt(choice, facts);
}

bool incmap__choice_lets_place_through(incmap__choice *choice, size_t place, incmap__facts *facts)
{
    const size_t below = incmap__join_lower(choice->g, place);
    incmap__facts other;

    incmap__gazetteer_facts(choice->g, place, facts);
    if (below == place) return incmap__choice_lets_through(choice, facts);
    incmap__gazetteer_facts(choice->g, below, &other);
    if (facts->population <= 0) facts->population = other.population;
    if (incmap__choice_lets_through(choice, facts)) return true;
    other.place = place;
    other.kind = facts->kind;
    other.at = facts->at;
    other.population = facts->population;
    return incmap__choice_lets_through(choice, &other);
}
