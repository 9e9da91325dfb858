/* SPDX-License-Identifier: MIT */
/* GeoJSON through json-c, which is given the file piece by piece. Of JSON itself only the brackets and
 * commas of the outermost object and of its "features" are read here; every key and every value goes to
 * json-c, which also says where it ends.
 *
 *   {"type": "FeatureCollection", "features": [ {...}, {...} ], "crs": ... }
 *   `-- here ------------------------------- `-- json-c, one at a time
 */
#include "io/geojson.h"

#include <json-c/json.h>
#include <math.h>
#include <string.h>

#include "base/text.h"
#include "io/diskfile.h"

enum { BUFFER_BYTES = 1 << 16, DEEPEST = 32 };

/* What comes next in the outermost object. */
enum stage {
    AT_START,
    AT_FIRST_MEMBER,
    AT_MEMBER,
    AT_FIRST_FEATURE,
    AT_FEATURE,
    AT_END,
    AT_ONLY_FEATURE,
    FINISHED
};

struct incmap__geojson {
    incmap_allocator allocator;
    char *path;
    incmap__diskfile *file;
    json_tokener *tokener;
    enum stage stage;
    bool has_features;
    json_object *top;     /* members of the outermost object, but for its features */
    json_object *feature; /* in hand */
    size_t number, next;
    incmap_coord *points;
    size_t *part_starts;
    bool *outer; /* of every part: it begins a polygon */
    size_t point_count, part_count, point_room, part_room, outer_room;
    size_t line, column; /* of the byte at hand, from 1 */
    const char *keep;    /* name of one more member that is wanted; NULL */
    size_t at, filled;
    size_t
        held; /* bytes behind `filled`: the beginning of a character whose rest is still to be read */
    char buffer[BUFFER_BYTES];
};

incmap_status incmap__geojson_open(incmap__geojson **out, const char *path,
                                   const incmap_allocator *a, incmap_error *err)
{
    const size_t length = strlen(path) + 1;
    incmap__geojson *g = incmap__alloc(a, 1, sizeof *g);
    incmap_status st = INCMAP_OK;

    if (!g) return incmap__fail_memory(err);
    memset(g, 0, offsetof(incmap__geojson, buffer));
    g->allocator = *a;
    g->line = g->column = 1;
    g->path = incmap__alloc(a, length, 1);
    g->tokener = json_tokener_new_ex(DEEPEST);
    g->top = json_object_new_object();
    if (!g->path || !g->tokener || !g->top) {
        st = incmap__fail_memory(err);
        goto done;
    }
    memcpy(g->path, path, length);
    json_tokener_set_flags(g->tokener, JSON_TOKENER_STRICT | JSON_TOKENER_ALLOW_TRAILING_CHARS |
                                           JSON_TOKENER_VALIDATE_UTF8);
    st = incmap__diskfile_open(&g->file, path, INCMAP__DISKFILE_READ, a, err);

done:
    if (st)
        incmap__geojson_close(g);
    else
        *out = g;
    return st;
}

void incmap__geojson_close(incmap__geojson *g)
{
    if (g) {
        const incmap_allocator a = g->allocator;
        json_object_put(g->feature);
        json_object_put(g->top);
        if (g->tokener) json_tokener_free(g->tokener);
        (void)incmap__diskfile_close(g->file, false, NULL);
        incmap__free(&a, g->points);
        incmap__free(&a, g->part_starts);
        incmap__free(&a, g->outer);
        incmap__free(&a, g->path);
        incmap__free(&a, g);
    }
}

/* ---- bytes ---- */

/* How many of n bytes are whole characters, where the last may lack its end. */
static size_t whole_characters(const char *bytes, size_t n)
{
    for (size_t back = 1; back <= 3 && back <= n; back++) {
        const unsigned char c = (unsigned char)bytes[n - back];
        const size_t length = c >= 0xF0 ? 4 : c >= 0xE0 ? 3 : c >= 0xC0 ? 2 : 1;
        if (c >= 0x80 && c < 0xC0) continue;
        return length > back ? n - back : n;
    }
    return n;
}

/* Whether there is a byte at hand, reading on where needed. False at the end and after a failure. json-c
 * takes a character that is handed over in two pieces for bytes that are no UTF-8: so a piece ends with a
 * whole one. */
static bool fill(incmap__geojson *g)
{
    size_t got;

    if (g->at < g->filled) return true;
    memmove(g->buffer, g->buffer + g->filled, g->held);
    got = incmap__diskfile_read(g->file, g->buffer + g->held, sizeof g->buffer - g->held);
    g->at = 0;
    g->filled = got ? whole_characters(g->buffer, g->held + got) : g->held;
    g->held = got ? g->held + got - g->filled : 0;
    return g->filled > 0;
}

static void step(incmap__geojson *g, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (g->buffer[g->at++] == '\n') {
            g->line++;
            g->column = 1;
        } else {
            g->column++;
        }
    }
}

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* The next byte that is no space, not taken; -1 at the end. */
static int peek(incmap__geojson *g)
{
    while (fill(g) && is_space(g->buffer[g->at]))
        step(g, 1);
    return fill(g) ? (unsigned char)g->buffer[g->at] : -1;
}

static incmap_status fail_here(incmap__geojson *g, const char *found, const char *expected,
                               incmap_error *err)
{
    const incmap_status st = incmap__diskfile_check(g->file, err);
    if (st) return st;
    return incmap__fail(err, INCMAP_EDATA, "%s: line %zu, column %zu: found %s, expected %s",
                        g->path, g->line, g->column, found, expected);
}

/* Takes one sign of the outermost object. */
static incmap_status take(incmap__geojson *g, char sign, const char *expected, incmap_error *err)
{
    const int c = peek(g);
    char found[] = "\"?\"";

    if (c == sign) {
        step(g, 1);
        return INCMAP_OK;
    }
    found[1] = c >= ' ' && c < 127 ? (char)c : '?';
    return fail_here(g, c < 0 ? "the end of the file" : found, expected, err);
}

/* What json-c makes of the value at hand; *out NULL for a JSON null, owned by the caller. */
static incmap_status take_value(incmap__geojson *g, json_object **out, incmap_error *err)
{
    enum json_tokener_error why = json_tokener_continue;
    json_object *value = NULL;

    json_tokener_reset(g->tokener);
    while (why == json_tokener_continue) {
        size_t used;
        if (!fill(g)) return fail_here(g, "the end of the file", "the rest of a value", err);
        value = json_tokener_parse_ex(g->tokener, g->buffer + g->at, (int)(g->filled - g->at));
        why = json_tokener_get_error(g->tokener);
        used = json_tokener_get_parse_end(g->tokener);
        /* A zero byte stops json-c without a word. */
        if (why == json_tokener_continue && used < g->filled - g->at)
            return fail_here(g, "a zero byte", "JSON", err);
        step(g, used);
    }
    if (why != json_tokener_success) return fail_here(g, json_tokener_error_desc(why), "JSON", err);
    *out = value;
    return INCMAP_OK;
}

/* ---- the outermost object ---- */

static bool is_wanted(const incmap__geojson *g, const char *key)
{
    static const char *const wanted[] = { "type",        "geometry",   "properties",
                                          "coordinates", "geometries", "crs" };
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++)
        if (strcmp(key, wanted[i]) == 0) return true;
    return g->keep && strcmp(key, g->keep) == 0;
}

static incmap_status begin_features(incmap__geojson *g, incmap_error *err)
{
    if (g->has_features) return fail_here(g, "\"features\" a second time", "them once", err);
    g->has_features = true;
    g->stage = AT_FIRST_FEATURE;
    return take(g, '[', "\"[\", the list of features", err);
}

static incmap_status take_member(incmap__geojson *g, incmap_error *err)
{
    json_object *key = NULL, *value = NULL;
    incmap_status st = INCMAP_OK;

    if (peek(g) != '"') return take(g, '"', "the name of a member", err);
    st = take_value(g, &key, err);
    if (!st) st = take(g, ':', "\":\"", err);
    if (st) goto done;
    if (strcmp(json_object_get_string(key), "features") == 0) {
        (void)peek(g);
        st = begin_features(g, err);
    } else {
        (void)peek(g);
        st = take_value(g, &value, err);
        if (!st && is_wanted(g, json_object_get_string(key)) &&
            json_object_object_add(g->top, json_object_get_string(key), value) == 0)
            value = NULL;
        g->stage = AT_MEMBER;
    }

done:
    json_object_put(key);
    json_object_put(value);
    return st;
}

static incmap_status take_feature(incmap__geojson *g, incmap_error *err)
{
    const incmap_status st = take_value(g, &g->feature, err);

    if (st) return st;
    /* json-c has a null pointer for a null, which would be no feature at all. */
    if (!g->feature) g->feature = json_object_new_string("null");
    if (!g->feature) return incmap__fail_memory(err);
    g->number = g->next++;
    g->stage = AT_FEATURE;
    return INCMAP_OK;
}

incmap_status incmap__geojson_check(const incmap__geojson *g, incmap_error *err)
{
    if (json_object_is_type(g->feature, json_type_object)) return INCMAP_OK;
    return incmap__fail(err, INCMAP_EDATA, "%s: feature %zu (from 0): expected an object", g->path,
                        g->number);
}

/* The member of an object as text; "" if there is none or it is no text. */
static const char *text_of(const json_object *o, const char *name)
{
    json_object *value = NULL;

    if (json_object_is_type(o, json_type_object) && json_object_object_get_ex(o, name, &value) &&
        json_object_is_type(value, json_type_string))
        return json_object_get_string(value);
    return "";
}

/* RFC 7946 knows WGS 84 alone; older files may name their system. */
static incmap_status check_system(incmap__geojson *g, incmap_error *err)
{
    json_object *crs = NULL, *properties = NULL;
    const char *name;

    if (!json_object_object_get_ex(g->top, "crs", &crs) || !crs) return INCMAP_OK;
    if (json_object_is_type(crs, json_type_object))
        (void)json_object_object_get_ex(crs, "properties", &properties);
    name = text_of(properties, "name");
    if (strstr(name, "CRS84") || strcmp(name, "EPSG:4326") == 0 ||
        strcmp(name, "urn:ogc:def:crs:EPSG::4326") == 0)
        return INCMAP_OK;
    return incmap__fail(err, INCMAP_EDATA,
                        "%s: found the coordinate system \"%.100s\", expected WGS 84 (CRS84)",
                        g->path, name);
}

/* Once all members are read: what kind of object it was. */
static incmap_status finish(incmap__geojson *g, incmap_error *err)
{
    const char *type = text_of(g->top, "type");
    incmap_status st = check_system(g, err);

    if (!st && peek(g) >= 0) st = fail_here(g, "more", "the end of the file", err);
    if (!st) st = incmap__diskfile_check(g->file, err);
    if (st) return st;
    g->stage = g->has_features ? FINISHED : AT_ONLY_FEATURE;
    if (g->has_features == (strcmp(type, "FeatureCollection") == 0) && type[0]) return INCMAP_OK;
    return incmap__fail(err, INCMAP_EDATA,
                        "%s: found an object of type \"%.40s\" %s features, expected a "
                        "FeatureCollection, a Feature or a geometry",
                        g->path, type, g->has_features ? "with" : "without");
}

/* One step on through the file. */
static incmap_status advance(incmap__geojson *g, incmap_error *err)
{
    const bool first = g->stage == AT_FIRST_MEMBER || g->stage == AT_FIRST_FEATURE;
    const bool in_list = g->stage == AT_FIRST_FEATURE || g->stage == AT_FEATURE;
    incmap_status st = INCMAP_OK;

    if (g->stage == AT_START) {
        g->stage = AT_FIRST_MEMBER;
        return take(g, '{', "\"{\", the start of GeoJSON", err);
    }
    if (g->stage == AT_END) return finish(g, err);
    if (peek(g) == (in_list ? ']' : '}')) {
        step(g, 1);
        g->stage = in_list ? AT_MEMBER : AT_END;
        return INCMAP_OK;
    }
    if (!first) st = take(g, ',', in_list ? "\",\" or \"]\"" : "\",\" or \"}\"", err);
    (void)peek(g);
    if (!st) st = in_list ? take_feature(g, err) : take_member(g, err);
    return st;
}

/* Bytes of a mark that some programs write before the text. */
static void skip_mark(incmap__geojson *g)
{
    if (fill(g) && g->filled >= 3 && memcmp(g->buffer, "\xEF\xBB\xBF", 3) == 0) step(g, 3);
}

incmap_status incmap__geojson_next(incmap__geojson *g, bool *found, incmap_error *err)
{
    incmap_status st = INCMAP_OK;

    json_object_put(g->feature);
    g->feature = NULL;
    if (g->stage == AT_START) skip_mark(g);
    while (!st && !g->feature && g->stage != FINISHED && g->stage != AT_ONLY_FEATURE)
        st = advance(g, err);
    if (!st && g->stage == AT_ONLY_FEATURE) {
        g->feature = json_object_get(g->top);
        g->stage = FINISHED;
    }
    if (!st) *found = g->feature != NULL;
    return st;
}

size_t incmap__geojson_number(const incmap__geojson *g)
{
    return g->number;
}

const char *incmap__geojson_text(const incmap__geojson *g, const char *name)
{
    json_object *properties = NULL, *value = NULL;

    if (!json_object_object_get_ex(g->feature, "properties", &properties) ||
        !json_object_is_type(properties, json_type_object) ||
        !json_object_object_get_ex(properties, name, &value) ||
        json_object_is_type(value, json_type_array) || json_object_is_type(value, json_type_object))
        return NULL;
    return value ? json_object_get_string(value) : "";
}

/* ---- records ---- */

void incmap__geojson_keep(incmap__geojson *g, const char *name)
{
    g->keep = name;
}

static json_object *list_of(const incmap__geojson *g, const char *name, bool kept)
{
    json_object *from = kept ? g->top : NULL, *list = NULL;

    if (!kept) (void)json_object_object_get_ex(g->feature, "properties", &from);
    if (!json_object_is_type(from, json_type_object) ||
        !json_object_object_get_ex(from, name, &list) ||
        !json_object_is_type(list, json_type_array))
        return NULL;
    return list;
}

bool incmap__geojson_has_list(const incmap__geojson *g, const char *name, bool kept)
{
    return list_of(g, name, kept) != NULL;
}

size_t incmap__geojson_list_length(const incmap__geojson *g, const char *name, bool kept)
{
    json_object *list = list_of(g, name, kept);
    return list ? json_object_array_length(list) : 0;
}

static incmap_status each_member(json_object *object, incmap__geojson_member_fn fn, void *user,
                                 incmap_error *err)
{
    incmap_status st = INCMAP_OK;

    if (!json_object_is_type(object, json_type_object)) return INCMAP_OK;
    json_object_object_foreach(object, key, value)
    {
        const bool nested = json_object_is_type(value, json_type_array) ||
                            json_object_is_type(value, json_type_object);
        const char *text = value ? json_object_get_string(value) : "";
        if (!st) st = text ? fn(user, key, text, nested, err) : incmap__fail_memory(err);
    }
    return st;
}

incmap_status incmap__geojson_each(const incmap__geojson *g, incmap__geojson_member_fn fn,
                                   void *user, incmap_error *err)
{
    json_object *properties = NULL;

    (void)json_object_object_get_ex(g->feature, "properties", &properties);
    return each_member(properties, fn, user, err);
}

incmap_status incmap__geojson_each_of(const incmap__geojson *g, const char *name, bool kept,
                                      size_t i, incmap__geojson_member_fn fn, void *user,
                                      incmap_error *err)
{
    json_object *list = list_of(g, name, kept);
    return each_member(list ? json_object_array_get_idx(list, i) : NULL, fn, user, err);
}

/* Why what is in hand is no feature; NULL for one. Some programs leave out its type. */
static const char *no_feature(const incmap__geojson *g)
{
    const char *type = text_of(g->feature, "type");
    json_object *properties = NULL;
    if (!json_object_is_type(g->feature, json_type_object)) return "no object";
    const bool has_properties =
        json_object_object_get_ex(g->feature, "properties", &properties) != 0;

    if (type[0] ? strcmp(type, "Feature") != 0
                : !has_properties && !json_object_object_get_ex(g->feature, "geometry", NULL))
        return "an object that is no Feature";
    if (properties && !json_object_is_type(properties, json_type_object))
        return "properties that are no object";
    return NULL;
}

bool incmap__geojson_point(const incmap__geojson *g, const char **lon, const char **lat)
{
    json_object *geometry = NULL, *type = NULL, *position = NULL;
    const char *fault = no_feature(g);

    *lat = "";
    *lon = fault ? fault : "";
    if (fault) return false;
    if (!json_object_object_get_ex(g->feature, "geometry", &geometry) || !geometry) return true;
    *lon = json_object_get_string(geometry);
    if (!json_object_is_type(geometry, json_type_object)) return false;
    if (json_object_object_get_ex(geometry, "type", &type) && type)
        *lon = json_object_get_string(type);
    if (strcmp(*lon, "Point") != 0) return false;
    (void)json_object_object_get_ex(geometry, "coordinates", &position);
    if (position) *lon = json_object_get_string(position);
    if (!json_object_is_type(position, json_type_array) || json_object_array_length(position) < 2)
        return false;
    const json_object *x = json_object_array_get_idx(position, 0);
    const json_object *y = json_object_array_get_idx(position, 1);
    if (!json_object_is_type(x, json_type_double) && !json_object_is_type(x, json_type_int))
        return false;
    if (!json_object_is_type(y, json_type_double) && !json_object_is_type(y, json_type_int))
        return false;
    *lon = json_object_get_string((json_object *)x);
    *lat = json_object_get_string((json_object *)y);
    return true;
}

/* ---- geometries ---- */

static incmap_status fail_feature(const incmap__geojson *g, incmap_error *err, const char *found,
                                  const char *expected)
{
    return incmap__fail(err, INCMAP_EDATA, "%s: feature %zu (from 0): found %.60s, expected %s",
                        g->path, g->number, found, expected);
}

/* Members of a list; 0 for what is none. */
static size_t list_length(const json_object *list)
{
    return json_object_is_type(list, json_type_array) ? json_object_array_length(list) : 0;
}

static bool is_number(const json_object *o)
{
    return (json_object_is_type(o, json_type_double) || json_object_is_type(o, json_type_int)) &&
           isfinite(json_object_get_double(o));
}

/* [lon, lat], with or without a height, which is passed over. */
static incmap_status read_position(const incmap__geojson *g, const json_object *position,
                                   incmap_coord *out, incmap_error *err)
{
    if (list_length(position) < 2 || !is_number(json_object_array_get_idx(position, 0)) ||
        !is_number(json_object_array_get_idx(position, 1)))
        return fail_feature(g, err,
                            position ? json_object_to_json_string((json_object *)position) : "null",
                            "a position, [lon, lat] in finite numbers");
    out->lon = json_object_get_double(json_object_array_get_idx(position, 0));
    out->lat = json_object_get_double(json_object_array_get_idx(position, 1));
    return INCMAP_OK;
}

/* A ring or a line; outer: not a hole. */
static incmap_status add_part(incmap__geojson *g, const json_object *positions, bool outer,
                              incmap_error *err)
{
    const size_t n = list_length(positions);
    incmap_status st;

    if (!json_object_is_type(positions, json_type_array))
        return fail_feature(g, err, "coordinates that are no list", "a list of positions");
    st = incmap__grow(&g->allocator, &g->points, &g->point_room, g->point_count + n,
                      sizeof *g->points, err);
    if (!st)
        st = incmap__grow(&g->allocator, &g->part_starts, &g->part_room, g->part_count + 2,
                          sizeof *g->part_starts, err);
    if (!st)
        st = incmap__grow(&g->allocator, &g->outer, &g->outer_room, g->part_count + 1,
                          sizeof *g->outer, err);
    for (size_t i = 0; !st && i < n; i++)
        st = read_position(g, json_object_array_get_idx(positions, i),
                           &g->points[g->point_count + i], err);
    if (st) return st;
    g->outer[g->part_count] = outer;
    g->part_starts[g->part_count++] = g->point_count;
    g->point_count += n;
    g->part_starts[g->part_count] = g->point_count;
    return INCMAP_OK;
}

/* Parts that lie `depth` lists down; outer: the first of them is no hole. */
static incmap_status add_parts(incmap__geojson *g, const json_object *list, int depth, bool outer,
                               incmap_error *err)
{
    incmap_status st = INCMAP_OK;

    if (depth == 0) return add_part(g, list, outer, err);
    if (!json_object_is_type(list, json_type_array))
        return fail_feature(g, err, "coordinates that are no list", "lists of positions");
    for (size_t i = 0; !st && i < list_length(list); i++)
        st = add_parts(g, json_object_array_get_idx(list, i), depth - 1, depth > 1 || i == 0, err);
    return st;
}

static incmap_status add_geometry(incmap__geojson *g, const json_object *geometry,
                                  incmap__shape_type wanted, incmap_error *err)
{
    const bool polygons = wanted == INCMAP__SHAPE_POLYGON;
    const char *single = polygons ? "Polygon" : "LineString";
    const char *multi = polygons ? "MultiPolygon" : "MultiLineString";
    const char *type = text_of(geometry, "type");
    json_object *inner = NULL;
    incmap_status st = INCMAP_OK;

    if (!geometry) return INCMAP_OK; /* null: nothing there */
    if (strcmp(type, single) == 0 || strcmp(type, multi) == 0) {
        (void)json_object_object_get_ex(geometry, "coordinates", &inner);
        return add_parts(g, inner, polygons + (strcmp(type, multi) == 0), true, err);
    }
    if (strcmp(type, "GeometryCollection") != 0)
        return fail_feature(g, err, type[0] ? type : "a geometry without a type",
                            polygons ? "polygons" : "lines");
    (void)json_object_object_get_ex(geometry, "geometries", &inner);
    for (size_t i = 0; !st && i < list_length(inner); i++)
        st = add_geometry(g, json_object_array_get_idx(inner, i), wanted, err);
    return st;
}

incmap_status incmap__geojson_shape(incmap__geojson *g, incmap__shape_type wanted,
                                    incmap__shape *out, incmap_error *err)
{
    json_object *geometry = g->feature;
    incmap_status st;

    g->point_count = g->part_count = 0;
    /* A bare geometry stands for a feature of its own. */
    if (g->has_features || strcmp(text_of(g->feature, "type"), "Feature") == 0) {
        geometry = NULL;
        (void)json_object_object_get_ex(g->feature, "geometry", &geometry);
    }
    st = add_geometry(g, geometry, wanted, err);
    if (!st)
        *out = (incmap__shape){ .type = g->part_count ? wanted : INCMAP__SHAPE_NULL,
                                .points = g->points,
                                .point_count = g->point_count,
                                .part_starts = g->part_starts,
                                .part_count = g->part_count };
    return st;
}

bool incmap__geojson_begins_polygon(const incmap__geojson *g, size_t part)
{
    return part < g->part_count && g->outer[part];
}
