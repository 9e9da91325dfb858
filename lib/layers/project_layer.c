/* SPDX-License-Identifier: MIT */
/* A layer as a project has it. Style and metadata are copied from the files beside the layer, so that
 * there is one of each and a project says the same as the layer opened alone. */
#define _XOPEN_SOURCE 700 /* realpath() */
#include "layers/project_layer.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/text.h"
#include "io/diskfile.h"

/* More than any style of ours; a file of another kind is not read whole. */
enum { TEXT_MOST = 8 << 20, HEAD_BYTES = 100 };

/* ---- files ---- */

/* PATH and an ending in one text of the caller's; NULL without memory. */
static char *joined(const incmap_allocator *a, const char *path, const char *ending)
{
    const size_t room = strlen(path) + strlen(ending) + 1;
    char *text = incmap__alloc(a, room, 1);

    if (text) (void)snprintf(text, room, "%s%s", path, ending);
    return text;
}

static incmap_status read_whole(const char *path, char **out, const incmap_allocator *a,
                                incmap_error *err)
{
    incmap__diskfile *file = NULL;
    uint64_t size = 0;
    char *text = NULL;
    incmap_status st = incmap__diskfile_open(&file, path, INCMAP__DISKFILE_READ, a, err);

    if (st) return st;
    if (!incmap__diskfile_size(file, &size) || size > TEXT_MOST)
        st = incmap__fail(err, INCMAP_EDATA, "%s: %llu bytes, expected a style or metadata", path,
                          (unsigned long long)size);
    if (!st && !(text = incmap__alloc(a, (size_t)size + 1, 1))) st = incmap__fail_memory(err);
    if (!st) {
        const size_t got = incmap__diskfile_read(file, text, (size_t)size);
        text[got] = '\0';
        st = incmap__diskfile_check(file, err);
    }
    (void)incmap__diskfile_close(file, false, NULL);
    if (st)
        incmap__free(a, text);
    else
        *out = text;
    return st;
}

static incmap_status read_beside(const char *path, const char *ending, char **out,
                                 const incmap_allocator *a, incmap_error *err)
{
    char *name = joined(a, path, ending);
    const incmap_status st = name ? read_whole(name, out, a, err) : incmap__fail_memory(err);

    incmap__free(a, name);
    return st;
}

/* ---- what a root holds ---- */

/* End of a tag that begins at `tag`: its '>' outside of quotes; NULL. */
static const char *tag_end(const char *tag)
{
    char quote = '\0';

    for (; *tag; tag++) {
        if (quote)
            quote = *tag == quote ? '\0' : quote;
        else if (*tag == '"' || *tag == '\'')
            quote = *tag;
        else if (*tag == '>')
            return tag;
    }
    return NULL;
}

/* Finds <qgis ATTRIBUTES>BODY</qgis>. */
static bool find_root(const char *text, const char **attributes, size_t *attributes_length,
                      const char **body, size_t *body_length)
{
    static const char closing[] = "</qgis>";
    const char *root = strstr(text, "<qgis "), *end, *last = NULL;

    if (!root || !(end = tag_end(root))) return false;
    for (const char *at = strstr(end, closing); at; at = strstr(at + 1, closing))
        last = at;
    if (!last) return false;
    *attributes = root + strlen("<qgis ");
    *attributes_length = (size_t)(end - *attributes);
    *body = end + 1;
    *body_length = (size_t)(last - *body);
    return true;
}

/* A copy of the text of the first element of that name; "" without one, NULL without memory. */
static char *text_of(const incmap_allocator *a, const char *text, const char *open,
                     const char *close)
{
    const char *from = strstr(text, open);
    const char *to = from ? strstr(from, close) : NULL;
    size_t length = 0;
    char *copy;

    if (to) {
        from += strlen(open);
        length = (size_t)(to - from);
    }
    copy = incmap__alloc(a, length + 1, 1);
    if (copy && length) memcpy(copy, from, length);
    if (copy) copy[length] = '\0';
    return copy;
}

static incmap_status read_texts(incmap__project_layer *layer, const char *path, incmap_error *err)
{
    const incmap_allocator *a = layer->allocator;
    const char *ignored;
    size_t ignored_length;
    incmap_status st = read_beside(path, ".qml", &layer->style, a, err);

    if (!st) st = read_beside(path, ".qmd", &layer->metadata, a, err);
    if (st) return st;
    if (!find_root(layer->style, &layer->style_attributes, &layer->style_attributes_length,
                   &layer->style_body, &layer->style_body_length))
        return incmap__fail(err, INCMAP_EDATA, "%s.qml: expected a style of QGIS", path);
    if (!find_root(layer->metadata, &ignored, &ignored_length, &layer->metadata_body,
                   &layer->metadata_body_length))
        return incmap__fail(err, INCMAP_EDATA, "%s.qmd: expected metadata of QGIS", path);
    layer->title = text_of(a, layer->metadata, "<title>", "</title>");
    layer->crs = text_of(a, layer->metadata, "<authid>", "</authid>");
    return layer->title && layer->crs ? INCMAP_OK : incmap__fail_memory(err);
}

/* ---- the shapefile's head ---- */

/* A double of eight bytes, least first, as the format has them on any processor. */
static double little_double(const unsigned char *bytes)
{
    uint64_t bits = 0;
    double value;

    for (int i = 7; i >= 0; i--)
        bits = bits << 8 | bytes[i];
    memcpy(&value, &bits, sizeof value);
    return value;
}

static incmap__shape_type type_of(unsigned code)
{
    switch (code % 10) { /* 11 and 21 are points with Z and M */
    case 1:
    case 8: return INCMAP__SHAPE_POINT;
    case 3: return INCMAP__SHAPE_LINE;
    case 5: return INCMAP__SHAPE_POLYGON;
    default: return INCMAP__SHAPE_NULL;
    }
}

/* Type and extent. An empty layer has the extent of the point 0, 0, or none that is finite. */
static incmap_status read_head(incmap__project_layer *layer, incmap__diskfile *file,
                               const char *path, incmap_error *err)
{
    unsigned char head[HEAD_BYTES] = { 0 };
    uint64_t size = 0;

    if (incmap__diskfile_read(file, head, sizeof head) < sizeof head || head[2] != 0x27 ||
        head[3] != 0x0A)
        return incmap__fail(err, INCMAP_EDATA, "%s.shp: expected a shapefile", path);
    layer->type = type_of(head[32]);
    for (int i = 0; i < 4; i++)
        layer->box[i] = little_double(head + 36 + 8 * i);
    layer->has_extent =
        incmap__diskfile_size(file, &size) && size > HEAD_BYTES && layer->box[0] <= layer->box[2] &&
        layer->box[1] <= layer->box[3] &&
        !(layer->box[0] == 0 && layer->box[1] == 0 && layer->box[2] == 0 && layer->box[3] == 0);
    return INCMAP_OK;
}

static incmap_status open_shapes(incmap__project_layer *layer, const char *path, bool *table,
                                 incmap_error *err)
{
    const incmap_allocator *a = layer->allocator;
    incmap__diskfile *file = NULL;
    char *shapes = joined(a, path, ".shp"), *rows = joined(a, path, ".dbf");
    incmap_status st = shapes && rows ? INCMAP_OK : incmap__fail_memory(err);

    if (!st) {
        st = incmap__diskfile_open(&file, shapes, INCMAP__DISKFILE_READ, a, NULL);
        *table = st == INCMAP_EIO;
        if (*table) st = incmap__diskfile_open(&file, rows, INCMAP__DISKFILE_READ, a, err);
        if (st == INCMAP_ENOMEM) st = incmap__fail_memory(err);
    }
    if (!st && !*table) st = read_head(layer, file, path, err);
    (void)incmap__diskfile_close(file, false, NULL);
    incmap__free(a, shapes);
    incmap__free(a, rows);
    return st;
}

/* ---- where it lies ---- */

#ifndef PATH_MAX
#define PATH_MAX 4096
#endif

/* The folder of a path in full, ended by a slash; false with errno. */
static bool full_folder(const char *path, char full[PATH_MAX + 2])
{
    char folder[PATH_MAX];
    const char *slash = strrchr(path, '/');

    if (slash && (size_t)(slash - path) >= sizeof folder - 1) return false;
    (void)snprintf(folder, sizeof folder, "%.*s", slash ? (int)(slash - path) + 1 : 2,
                   slash ? path : "./");
    if (!realpath(folder, full)) return false;
    if (full[strlen(full) - 1] != '/') strcat(full, "/");
    return true;
}

/* From the one folder to the other: "./" or "../../name/". */
static bool relative(const char *from, const char *to, char *out, size_t size)
{
    size_t same = 0, used;

    for (size_t i = 0; from[i] && from[i] == to[i]; i++)
        if (from[i] == '/') same = i + 1;
    used = (size_t)snprintf(out, size, "./");
    if (from[same]) used = 0;
    for (const char *at = from + same; *at && used + 4 < size; at++)
        if (*at == '/') used += (size_t)snprintf(out + used, size - used, "../");
    return used + (size_t)snprintf(out + used, size - used, "%s", to + same) < size;
}

static incmap_status place_it(incmap__project_layer *layer, const char *path, const char *folder,
                              bool table, incmap_error *err)
{
    char there[PATH_MAX + 2], here[PATH_MAX + 2], way[PATH_MAX + 2];
    const char *slash = strrchr(path, '/');
    const char *name = slash ? slash + 1 : path;

    if (!full_folder(path, there) || !full_folder(folder, here) ||
        !relative(here, there, way, sizeof way - strlen(".shp") - 1) ||
        strlen(way) + strlen(name) + 5 > sizeof way)
        return incmap__fail(err, INCMAP_EIO, "%s: the way from %s to it is not to be had", path,
                            *folder ? folder : ".");
    strcat(way, name);
    strcat(way, table ? ".dbf" : ".shp");
    layer->source = joined(layer->allocator, way, "");
    /* QGIS replaces ids of up to ten letters */
    layer->id = joined(layer->allocator, "incmap_layer_", name);
    return layer->source && layer->id ? INCMAP_OK : incmap__fail_memory(err);
}

/* "out/incidents_part2"; the first part has the path itself. */
static bool part_path(const char *path, size_t part, char out[PATH_MAX])
{
    const int n = part > 1 ? snprintf(out, PATH_MAX, "%s_part%zu", path, part)
                           : snprintf(out, PATH_MAX, "%s", path);
    return n > 0 && n < PATH_MAX - (int)strlen(".shp");
}

bool incmap__project_layer_has_part(const char *path, size_t part)
{
    char name[PATH_MAX];

    if (!part_path(path, part, name)) return false;
    strcat(name, ".dbf");
    return access(name, F_OK) == 0;
}

incmap_status incmap__project_layer_open(incmap__project_layer *out, const char *path, size_t part,
                                         const char *folder, const incmap_allocator *a,
                                         incmap_error *err)
{
    incmap__project_layer layer = { .allocator = a, .part = part };
    char own[PATH_MAX];
    bool table = false;
    incmap_status st;

    if (!part_path(path, part, own))
        return incmap__fail(err, INCMAP_EIO, "%s: a path of more than %d bytes", path, PATH_MAX);
    st = open_shapes(&layer, own, &table, err);
    if (!st) st = read_texts(&layer, path, err);
    if (!st) st = place_it(&layer, own, folder, table, err);
    if (st)
        incmap__project_layer_close(&layer);
    else
        *out = layer;
    return st;
}

void incmap__project_layer_close(incmap__project_layer *layer)
{
    char *const texts[] = { layer->style,  layer->metadata, layer->id,
                            layer->source, layer->title,    layer->crs };

    for (size_t i = 0; layer->allocator && i < sizeof texts / sizeof *texts; i++)
        incmap__free(layer->allocator, texts[i]);
}

/* ---- as XML ---- */

/* QGIS looks at the authority's code only when there is a positive number of its own, which it then
 * takes from that code; a text is for systems that no authority has. */
void incmap__project_add_crs(incmap__xml *xml, const char *authority, const char *wkt)
{
    const char *code = strrchr(authority, ':');

    incmap__xml_add(xml, "<spatialrefsys>\n");
    if (*authority) {
        incmap__xml_element(xml, "srsid", strcmp(authority, "EPSG:4326") == 0 ? "3452" : "1");
        if (strncmp(authority, "EPSG:", 5) == 0) incmap__xml_element(xml, "srid", code + 1);
        incmap__xml_element(xml, "authid", authority);
    } else {
        incmap__xml_element(xml, "wkt", wkt);
    }
    incmap__xml_add(xml, "</spatialrefsys>\n");
}

static void add_extent(incmap__xml *xml, const incmap__project_layer *layer)
{
    static const char *const names[] = { "xmin", "ymin", "xmax", "ymax" };

    if (!layer->has_extent) return;
    incmap__xml_add(xml, "<extent>\n");
    for (int i = 0; i < 4; i++)
        incmap__xml_element(xml, names[i], incmap__number(layer->box[i]).text);
    incmap__xml_add(xml, "</extent>\n");
}

static const char *geometry_text(incmap__shape_type type)
{
    switch (type) {
    case INCMAP__SHAPE_POINT: return "Point";
    case INCMAP__SHAPE_LINE: return "Line";
    case INCMAP__SHAPE_POLYGON: return "Polygon";
    default: return "No geometry";
    }
}

void incmap__project_add_name(incmap__xml *xml, const incmap__project_layer *layer,
                              const char *name)
{
    if (!name && *layer->title)
        incmap__xml_add(xml, layer->title); /* escaped where it comes from */
    else
        incmap__xml_text(xml, name ? name : layer->id + strlen("incmap_layer_"));
    if (layer->part > 1) {
        incmap__xml_add(xml, " (");
        incmap__xml_number(xml, (double)layer->part);
        incmap__xml_add(xml, ")");
    }
}

void incmap__project_add_layer(incmap__xml *xml, const incmap__project_layer *layer,
                               const char *name)
{
    incmap__xml_add(xml, "<maplayer type=\"vector\"");
    incmap__xml_attribute(xml, "geometry", geometry_text(layer->type));
    incmap__xml_add(xml, " ");
    incmap__xml_add_bytes(xml, layer->style_attributes, layer->style_attributes_length);
    incmap__xml_add(xml, ">\n");
    add_extent(xml, layer);
    incmap__xml_element(xml, "id", layer->id);
    incmap__xml_element(xml, "datasource", layer->source);
    incmap__xml_add(xml, "<layername>");
    incmap__project_add_name(xml, layer, name);
    incmap__xml_add(xml, "</layername>\n");
    if (*layer->crs) {
        incmap__xml_add(xml, "<srs>\n");
        incmap__project_add_crs(xml, layer->crs, "");
        incmap__xml_add(xml, "</srs>\n");
    }
    incmap__xml_add(xml, "<resourceMetadata>");
    incmap__xml_add_bytes(xml, layer->metadata_body, layer->metadata_body_length);
    incmap__xml_add(xml, "</resourceMetadata>\n<provider encoding=\"UTF-8\">ogr</provider>\n");
    incmap__xml_add_bytes(xml, layer->style_body, layer->style_body_length);
    incmap__xml_add(xml, "</maplayer>\n");
}
