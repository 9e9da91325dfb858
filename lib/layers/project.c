/* SPDX-License-Identifier: MIT */
/* PATH.qgs: layers in their order, with their styles, the map's reference system, the view and the
 * time. The elements are those that QGIS 3.22 reads; what it takes as the default is left out. */
#include <incmap/project.h>

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/context.h"
#include "base/text.h"
#include "geodesy/crs.h"
#include "io/staging.h"
#include "layers/edit_mark.h"
#include "layers/project_layer.h"

struct project {
    incmap_ctx *ctx;
    incmap_project_options options;
    const incmap_project_layer *layers;
    incmap__project_layer *opened; /* with further parts behind the layer that they belong to */
    size_t *of;                    /* which of layers each one is, or is a part of */
    size_t count, room, of_room;
    char *base; /* path without ".qgs" */
    incmap__crs *crs;
    const char *wkt;
    bool has_view;
    double box[4]; /* west, south, east, north in the map's system */
};

/* ---- the view ---- */

static void widen(double box[4], incmap_coord at)
{
    box[0] = fmin(box[0], at.lon);
    box[1] = fmin(box[1], at.lat);
    box[2] = fmax(box[2], at.lon);
    box[3] = fmax(box[3], at.lat);
}

enum { EDGE = 16, AROUND = 4 * EDGE };

/* Points around a box: its edges are curves in another system, and bulge. */
static void walk_around(const double box[4], incmap_coord points[AROUND])
{
    for (int i = 0; i < EDGE; i++) {
        const double share = (double)i / EDGE;
        const double lon = box[0] + share * (box[2] - box[0]);
        const double lat = box[1] + share * (box[3] - box[1]);
        points[4 * i] = (incmap_coord){ .lat = box[1], .lon = lon };
        points[4 * i + 1] = (incmap_coord){ .lat = box[3], .lon = box[2] - lon + box[0] };
        points[4 * i + 2] = (incmap_coord){ .lat = lat, .lon = box[2] };
        points[4 * i + 3] = (incmap_coord){ .lat = box[3] - lat + box[1], .lon = box[0] };
    }
}

static incmap_status turn_box(incmap__crs *crs, bool forward, double box[4], incmap_error *err)
{
    incmap_coord points[AROUND];
    incmap_status st;

    walk_around(box, points);
    st = forward ? incmap__crs_forward(crs, points, AROUND, err)
                 : incmap__crs_inverse(crs, points, AROUND, err);
    if (st) return st;
    box[0] = box[2] = points[0].lon;
    box[1] = box[3] = points[0].lat;
    for (int i = 1; i < AROUND; i++)
        widen(box, points[i]);
    return INCMAP_OK;
}

/* The extent of the first layer that has one, in degrees. */
static incmap_status view_of_layers(struct project *p)
{
    for (size_t i = 0; i < p->count; i++) {
        const incmap__project_layer *layer = &p->opened[i];
        incmap__crs *own = NULL;
        incmap_status st;
        if (!layer->has_extent) continue;
        memcpy(p->box, layer->box, sizeof p->box);
        p->has_view = true;
        st = incmap__crs_new(&own, *layer->crs ? layer->crs : NULL, &p->ctx->allocator,
                             &p->ctx->error);
        if (!st && !incmap__crs_is_wgs84(own)) st = turn_box(own, false, p->box, &p->ctx->error);
        incmap__crs_free(own);
        return st;
    }
    return INCMAP_OK;
}

static incmap_status find_view(struct project *p)
{
    const incmap_coord low = p->options.low, high = p->options.high;

    if (low.lat == 0 && low.lon == 0 && high.lat == 0 && high.lon == 0) return view_of_layers(p);
    if (!incmap_coord_is_valid(low) || !incmap_coord_is_valid(high) || low.lat > high.lat ||
        low.lon > high.lon)
        return incmap__fail(
            &p->ctx->error, INCMAP_EDOMAIN,
            "project: view from %s, %s to %s, %s, expected latitude and longitude of "
            "its south-western and north-eastern corner",
            incmap__number(low.lat).text, incmap__number(low.lon).text,
            incmap__number(high.lat).text, incmap__number(high.lon).text);
    p->has_view = true;
    p->box[0] = low.lon;
    p->box[1] = low.lat;
    p->box[2] = high.lon;
    p->box[3] = high.lat;
    return INCMAP_OK;
}

/* UTM keeps lengths to 0.1 per cent in its zone of 6 degrees, and well enough in its neighbours. */
static void choose_crs(const struct project *p, char *name, size_t size)
{
    const double lon = (p->box[0] + p->box[2]) / 2, lat = (p->box[1] + p->box[3]) / 2;
    const int zone = (int)fmin(fmax(floor((lon + 180) / 6) + 1, 1), 60);
    const bool wide = p->box[2] - p->box[0] > 12 || fabs(p->box[1]) > 80 || fabs(p->box[3]) > 80;

    if (!p->has_view || wide)
        (void)snprintf(name, size, "EPSG:4326");
    else
        (void)snprintf(name, size, "EPSG:%d", (lat < 0 ? 32700 : 32600) + zone);
}

static incmap_status set_map(struct project *p)
{
    char chosen[16];
    incmap_status st = find_view(p);

    if (st) return st;
    choose_crs(p, chosen, sizeof chosen);
    st = incmap__crs_new(&p->crs, p->options.crs ? p->options.crs : chosen, &p->ctx->allocator,
                         &p->ctx->error);
    if (!st) st = incmap__crs_esri_wkt(p->crs, &p->wkt, &p->ctx->error);
    if (!st && p->has_view && !incmap__crs_is_wgs84(p->crs))
        st = turn_box(p->crs, true, p->box, &p->ctx->error);
    return st;
}

/* ---- layers ---- */

/* Two layers of one name in different folders still need ids that differ. */
static incmap_status make_unique(struct project *p, size_t i)
{
    char *id = p->opened[i].id;

    for (size_t k = 0; k < i; k++) {
        const size_t room = strlen(id) + 24;
        char *other;
        if (strcmp(p->opened[k].id, id) != 0) continue;
        other = incmap__alloc(&p->ctx->allocator, room, 1);
        if (!other) return incmap__fail_memory(&p->ctx->error);
        (void)snprintf(other, room, "%s_%zu", id, i + 1);
        incmap__free(&p->ctx->allocator, id);
        p->opened[i].id = other;
        return INCMAP_OK;
    }
    return INCMAP_OK;
}

static incmap_status open_part(struct project *p, size_t layer, size_t part)
{
    const incmap_allocator *a = &p->ctx->allocator;
    incmap_error *err = &p->ctx->error;
    incmap_status st = incmap__grow(a, &p->opened, &p->room, p->count + 1, sizeof *p->opened, err);

    if (!st) st = incmap__grow(a, &p->of, &p->of_room, p->count + 1, sizeof *p->of, err);
    if (!st)
        st = incmap__project_layer_open(&p->opened[p->count], p->layers[layer].path, part, p->base,
                                        a, err);
    if (st) return st;
    p->of[p->count++] = layer;
    return make_unique(p, p->count - 1);
}

static incmap_status open_layers(struct project *p, size_t n)
{
    incmap_status st = INCMAP_OK;

    for (size_t i = 0; !st && i < n; i++) {
        const incmap_project_layer *layer = &p->layers[i];
        if (!layer->path || (layer->field && (!layer->other_field || layer->other >= n)))
            return incmap__fail(&p->ctx->error, INCMAP_EARG,
                                "project: layer %zu has no path, or is joined to none of the list",
                                i);
        st = open_part(p, i, 1);
        for (size_t part = 2; !st && incmap__project_layer_has_part(layer->path, part); part++)
            st = open_part(p, i, part);
    }
    return st;
}

/* The first part of a layer of the list. */
static const incmap__project_layer *opened_of(const struct project *p, size_t layer)
{
    size_t i = 0;
    while (p->of[i] != layer)
        i++;
    return &p->opened[i];
}

static void add_tree(incmap__xml *xml, const struct project *p)
{
    incmap__xml_add(xml, "<layer-tree-group>\n");
    for (size_t i = 0; i < p->count; i++) {
        const incmap__project_layer *layer = &p->opened[i];
        incmap__xml_add(xml, "<layer-tree-layer providerKey=\"ogr\"");
        incmap__xml_attribute(xml, "id", layer->id);
        incmap__xml_attribute(xml, "source", layer->source);
        incmap__xml_attribute(xml, "checked",
                              p->layers[p->of[i]].hidden ? "Qt::Unchecked" : "Qt::Checked");
        incmap__xml_attribute(xml, "expanded", i == 0 ? "1" : "0");
        incmap__xml_add(xml, " name=\"");
        incmap__project_add_name(xml, layer, p->layers[p->of[i]].name);
        incmap__xml_add(xml, "\"/>\n");
    }
    incmap__xml_add(xml, "</layer-tree-group>\n");
}

static void add_layers(incmap__xml *xml, const struct project *p)
{
    incmap__xml_add(xml, "<projectlayers>\n");
    for (size_t i = 0; i < p->count; i++)
        incmap__project_add_layer(xml, &p->opened[i], p->layers[p->of[i]].name);
    incmap__xml_add(xml, "</projectlayers>\n<layerorder>\n");
    for (size_t i = 0; i < p->count; i++) {
        incmap__xml_add(xml, "<layer");
        incmap__xml_attribute(xml, "id", p->opened[i].id);
        incmap__xml_add(xml, "/>\n");
    }
    incmap__xml_add(xml, "</layerorder>\n");
}

static void add_relations(incmap__xml *xml, const struct project *p)
{
    incmap__xml_add(xml, "<relations>\n");
    for (size_t i = 0; i < p->count; i++) {
        const incmap_project_layer *layer = &p->layers[p->of[i]];
        if (!layer->field || p->opened[i].part > 1) continue;
        incmap__xml_add(xml, "<relation strength=\"Association\"");
        incmap__xml_attribute(xml, "id", p->opened[i].id);
        incmap__xml_attribute(xml, "referencingLayer", p->opened[i].id);
        incmap__xml_attribute(xml, "referencedLayer", opened_of(p, layer->other)->id);
        incmap__xml_add(xml, " name=\"");
        incmap__project_add_name(xml, &p->opened[i], layer->name);
        incmap__xml_add(xml, "\">\n<fieldRef");
        incmap__xml_attribute(xml, "referencingField", layer->field);
        incmap__xml_attribute(xml, "referencedField", layer->other_field);
        incmap__xml_add(xml, "/>\n</relation>\n");
    }
    incmap__xml_add(xml, "</relations>\n");
}

/* ---- the map ---- */

static void add_crs_element(incmap__xml *xml, const char *name, const struct project *p)
{
    incmap__xml_add(xml, "<");
    incmap__xml_add(xml, name);
    incmap__xml_add(xml, ">\n");
    incmap__project_add_crs(xml, incmap__crs_tell(p->crs).authority, p->wkt);
    incmap__xml_add(xml, "</");
    incmap__xml_add(xml, name);
    incmap__xml_add(xml, ">\n");
}

/* QGIS opens at the canvas' extent; "zoom to full" and servers take the default one. */
static void add_view(incmap__xml *xml, const struct project *p)
{
    static const char *const names[] = { "xmin", "ymin", "xmax", "ymax" };

    incmap__xml_add(xml, "<mapcanvas name=\"theMapCanvas\" annotationsVisible=\"1\">\n");
    incmap__xml_element(xml, "units",
                        incmap__crs_tell(p->crs).is_geographic ? "degrees" : "meters");
    if (p->has_view) {
        incmap__xml_add(xml, "<extent>\n");
        for (int i = 0; i < 4; i++)
            incmap__xml_element(xml, names[i], incmap__number(p->box[i]).text);
        incmap__xml_add(xml, "</extent>\n");
    }
    incmap__xml_add(xml, "<rotation>0</rotation>\n");
    add_crs_element(xml, "destinationsrs", p);
    incmap__xml_add(xml, "</mapcanvas>\n");
    if (!p->has_view) return;
    incmap__xml_add(xml, "<ProjectViewSettings UseProjectScales=\"0\" rotation=\"0\">\n<Scales/>\n"
                         "<DefaultViewExtent");
    for (int i = 0; i < 4; i++)
        incmap__xml_attribute(xml, names[i], incmap__number(p->box[i]).text);
    incmap__xml_add(xml, ">\n");
    incmap__project_add_crs(xml, incmap__crs_tell(p->crs).authority, p->wkt);
    incmap__xml_add(xml, "</DefaultViewExtent>\n</ProjectViewSettings>\n");
}

static void add_instant(incmap__xml *xml, const char *name, incmap_day day)
{
    char text[32];
    int year, month, mday;

    incmap_day_to_civil(day, &year, &month, &mday);
    (void)snprintf(text, sizeof text, "%04d-%02d-%02dT00:00:00Z", year, month, mday);
    incmap__xml_element(xml, name, text);
}

static void add_time(incmap__xml *xml, const struct project *p)
{
    if (p->options.from == 0 && p->options.before == 0) return;
    incmap__xml_add(xml, "<ProjectTimeSettings timeStep=\"1\" timeStepUnit=\"d\" frameRate=\"1\" "
                         "cumulativeTemporalRange=\"0\">\n<TemporalRange>\n");
    add_instant(xml, "start", p->options.from);
    add_instant(xml, "end", p->options.before);
    incmap__xml_add(xml, "</TemporalRange>\n</ProjectTimeSettings>\n");
}

/* The credit stands on the map too, where a screenshot takes it along. QGIS computes what stands in
 * [% %] there: a credit is a text. */
static void add_credit(incmap__xml *xml, const char *credit)
{
    for (const char *at = strstr(credit, "[%"); at; at = strstr(credit, "[%")) {
        incmap__xml_text_of(xml, credit, (size_t)(at - credit) + 1);
        incmap__xml_add(xml, " ");
        credit = at + 1;
    }
    incmap__xml_text(xml, credit);
}

static void add_properties(incmap__xml *xml, const struct project *p)
{
    incmap__xml_add(
        xml, "<properties>\n<Gui>\n<CanvasColorRedPart type=\"int\">247</CanvasColorRedPart>\n"
             "<CanvasColorGreenPart type=\"int\">245</CanvasColorGreenPart>\n"
             "<CanvasColorBluePart type=\"int\">240</CanvasColorBluePart>\n</Gui>\n"
             "<SpatialRefSys>\n<ProjectionsEnabled type=\"int\">1</ProjectionsEnabled>\n"
             "</SpatialRefSys>\n<Paths>\n<Absolute type=\"bool\">false</Absolute>\n</Paths>\n"
             "<Measure>\n<Ellipsoid type=\"QString\">EPSG:7030</Ellipsoid>\n</Measure>\n"
             "<PAL>\n<ShowingPartialsLabels type=\"bool\">false</ShowingPartialsLabels>\n"
             "<PlacementEngineVersion type=\"int\">1</PlacementEngineVersion>\n</PAL>\n"
             "<ScaleBar>\n<Enabled type=\"bool\">true</Enabled>\n</ScaleBar>\n");
    if (p->options.credit) {
        incmap__xml_add(xml, "<CopyrightLabel>\n<Enabled type=\"bool\">true</Enabled>\n"
                             "<Label type=\"QString\">");
        add_credit(xml, p->options.credit);
        incmap__xml_add(xml, "</Label>\n</CopyrightLabel>\n");
    }
    incmap__xml_add(xml, "</properties>\n");
}

static const char *title_of(const struct project *p)
{
    const char *slash = strrchr(p->base, '/');
    return p->options.title ? p->options.title : slash ? slash + 1 : p->base;
}

static void add_project(incmap__xml *xml, const struct project *p)
{
    incmap__xml_add(xml, "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n"
                         "<qgis version=\"3.22.0\"");
    incmap__xml_attribute(xml, "projectname", title_of(p));
    incmap__xml_add(xml, ">\n<homePath path=\"\"/>\n");
    incmap__xml_element(xml, "title", title_of(p));
    add_crs_element(xml, "projectCrs", p);
    add_tree(xml, p);
    add_relations(xml, p);
    add_view(xml, p);
    add_layers(xml, p);
    add_properties(xml, p);
    incmap__xml_add(xml, "<projectMetadata>\n");
    incmap__xml_element(xml, "title", title_of(p));
    incmap__xml_element(xml, "abstract", p->options.credit ? p->options.credit : "");
    incmap__xml_add(xml, "</projectMetadata>\n");
    add_time(xml, p);
    incmap__xml_add(xml, "</qgis>\n");
}

/* ---- the file ---- */

/* Under the lock, so that nobody's project comes in between. */
static incmap_status check_edited(const struct project *p)
{
    bool edited = false;
    incmap_status st = INCMAP_OK;

    if (p->options.keep_edited)
        st = incmap__edit_mark_look(p->base, ".qgs", &edited, &p->ctx->allocator, &p->ctx->error);
    if (!st && edited)
        st = incmap__fail(&p->ctx->error, INCMAP_EEXIST,
                          "%s.qgs: was edited since incmap wrote it, and is kept", p->base);
    return st;
}

static incmap_status put_in_place(struct project *p)
{
    static const char *const endings[] = { ".qgs" };
    const incmap__staging_set set = { endings, 1, NULL, 0, p->options.no_overwrite };
    incmap__xml xml = { .allocator = &p->ctx->allocator, .err = &p->ctx->error };
    incmap__staging *staging = NULL;
    incmap_status st;

    st = incmap__staging_new(&staging, p->base, &set, &p->ctx->allocator, &p->ctx->error);
    if (!st) st = check_edited(p);
    if (!st) {
        add_project(&xml, p);
        incmap__edit_mark_add(&xml);
        st = incmap__xml_finish(&xml, incmap__staging_file(staging, ".qgs"));
    }
    if (!st) st = incmap__staging_commit(staging, &p->ctx->error);
    if (!incmap__staging_free(staging))
        incmap__log(p->ctx, INCMAP_LOG_WARNING,
                    "%s.qgs: the staging folder beside it was not removed", p->base);
    return st;
}

static incmap_status set_base(struct project *p, const char *path)
{
    size_t length = strlen(path);

    if (length > 4 && strcmp(path + length - 4, ".qgs") == 0) length -= 4;
    p->base = incmap__alloc(&p->ctx->allocator, length + 1, 1);
    if (!p->base) return incmap__fail_memory(&p->ctx->error);
    memcpy(p->base, path, length);
    p->base[length] = '\0';
    return INCMAP_OK;
}

static void close_project(struct project *p)
{
    const incmap_allocator *a = &p->ctx->allocator;

    for (size_t i = 0; i < p->count; i++)
        incmap__project_layer_close(&p->opened[i]);
    incmap__free(a, p->opened);
    incmap__free(a, p->of);
    incmap__free(a, p->base);
    incmap__crs_free(p->crs);
}

incmap_status incmap_project_write(incmap_ctx *ctx, const char *path,
                                   const incmap_project_layer layers[], size_t n,
                                   const incmap_project_options *options)
{
    struct project p = { .ctx = ctx, .layers = layers };
    incmap_status st;

    if (!ctx) return INCMAP_EARG;
    if (!path || (!layers && n > 0))
        return incmap__fail(&ctx->error, INCMAP_EARG, "project: path or layers are NULL");
    if (options) p.options = *options;
    st = set_base(&p, path);
    if (!st) st = open_layers(&p, n);
    if (!st) st = set_map(&p);
    if (!st) st = put_in_place(&p);
    close_project(&p);
    return st;
}
