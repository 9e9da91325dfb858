/* SPDX-License-Identifier: MIT */
/* PATH.qml out of a table: what QGIS 3.22 writes when it saves a style, less what it would take as
 * the default anyway. A project holds the same elements for each of its layers. */
#include "layers/style.h"

#include <string.h>

#include "base/text.h"
#include "layers/dictionary.h"
#include "layers/edit_mark.h"
#include "layers/xml_text.h"

static const incmap__property nothing[] = { { NULL, NULL } };
static const incmap__style no_style = { .title = { { "" } } }; /* QGIS then takes its default */

/* Replaces what style.h says of braces. */
static void add_expression(incmap__xml *xml, const char *text, incmap__language language)
{
    static const struct {
        const char *mark, *meaning;
    } marks[] = {
        { "{=", "replace(coalesce(" },
        { "=}", ",''),map('&','&amp;','<','&lt;','>','&gt;'))" },
        { "@}", "\"" },
        { "{", "\"" },
        { "}", "\"" },
    };
    const size_t n = sizeof marks / sizeof *marks;

    while (*text) {
        const size_t plain = strcspn(text, "{=@}");
        size_t i = 0;
        incmap__xml_text_of(xml, text, plain);
        text += plain;
        while (i < n && strncmp(text, marks[i].mark, strlen(marks[i].mark)) != 0)
            i++;
        if (*text == '@' && i < n) incmap__xml_add(xml, incmap__language_suffix(language));
        if (i < n)
            incmap__xml_text(xml, marks[i].meaning);
        else if (*text)
            incmap__xml_text_of(xml, text, 1);
        text += i < n ? strlen(marks[i].mark) : (*text != '\0');
    }
}

/* ---- symbols ---- */

static void add_option(incmap__xml *xml, const char *type, const char *name, const char *value)
{
    incmap__xml_add(xml, "<Option");
    incmap__xml_attribute(xml, "type", type);
    incmap__xml_attribute(xml, "name", name);
    incmap__xml_attribute(xml, "value", value);
    incmap__xml_add(xml, "/>\n");
}

static void add_computed(incmap__xml *xml, const char *element, const incmap__property *computed,
                         incmap__language language)
{
    if (!computed) return;
    incmap__xml_add(xml, "<");
    incmap__xml_add(xml, element);
    incmap__xml_add(xml, ">\n<Option type=\"Map\">\n<Option type=\"Map\" name=\"properties\">\n");
    for (; computed->name; computed++) {
        incmap__xml_add(xml, "<Option type=\"Map\"");
        incmap__xml_attribute(xml, "name", computed->name);
        incmap__xml_add(xml, ">\n");
        add_option(xml, "bool", "active", "true");
        incmap__xml_add(xml, "<Option type=\"QString\" name=\"expression\" value=\"");
        add_expression(xml, computed->value, language);
        incmap__xml_add(xml, "\"/>\n");
        add_option(xml, "int", "type", "3");
        incmap__xml_add(xml, "</Option>\n");
    }
    incmap__xml_add(xml, "</Option>\n");
    add_option(xml, "QString", "type", "collection");
    incmap__xml_add(xml, "</Option>\n</");
    incmap__xml_add(xml, element);
    incmap__xml_add(xml, ">\n");
}

static void add_symbol(incmap__xml *xml, const incmap__symbol *symbol, const char *name,
                       incmap__language language);

static void add_symbol_layer(incmap__xml *xml, const incmap__symbol_layer *layer, const char *inner,
                             incmap__language language)
{
    incmap__xml_add(xml, "<layer enabled=\"1\" locked=\"0\" pass=\"0\"");
    incmap__xml_attribute(xml, "class", layer->kind);
    incmap__xml_add(xml, ">\n<Option type=\"Map\">\n");
    for (const incmap__property *p = layer->fixed; p->name; p++)
        add_option(xml, "QString", p->name, p->value);
    incmap__xml_add(xml, "</Option>\n");
    add_computed(xml, "data_defined_properties", layer->computed, language);
    if (layer->inside) add_symbol(xml, layer->inside, inner, language);
    incmap__xml_add(xml, "</layer>\n");
}

/* A symbol inside the layer of another bears a name made of both: @0@1. */
static void add_symbol(incmap__xml *xml, const incmap__symbol *symbol, const char *name,
                       incmap__language language)
{
    char inner[32] = "@";
    size_t turn = 0;

    incmap__xml_add(xml, "<symbol alpha=\"1\" clip_to_extent=\"1\" force_rhr=\"0\"");
    incmap__xml_attribute(xml, "type", symbol->type);
    incmap__xml_attribute(xml, "name", name);
    incmap__xml_add(xml, ">\n");
    add_computed(xml, "data_defined_properties", symbol->computed, language);
    strncat(inner, name, 8);
    strcat(inner, "@0");
    for (const incmap__symbol_layer *layer = symbol->layers; layer->kind; layer++, turn++) {
        inner[strlen(inner) - 1] = (char)('0' + turn % 10);
        add_symbol_layer(xml, layer, inner, language);
    }
    incmap__xml_add(xml, "</symbol>\n");
}

/* ---- rules ---- */

/* Rules need keys that differ, and the same in every run. */
static void add_key(incmap__xml *xml, size_t i)
{
    incmap__xml_add(xml, " key=\"{rule-");
    incmap__xml_number(xml, (double)i);
    incmap__xml_add(xml, "}\"");
}

static void open_rule(incmap__xml *xml, const incmap__style_job *job, size_t i, size_t *symbols)
{
    const incmap__rule *rule = &job->style->rules[i];

    incmap__xml_add(xml, "<rule");
    add_key(xml, i + 1);
    incmap__xml_attribute(xml, "label", incmap__word(&rule->label, job->language));
    if (rule->filter) {
        incmap__xml_add(xml, " filter=\"");
        add_expression(xml, rule->filter, job->language);
        incmap__xml_add(xml, "\"");
    }
    if (rule->scale_most) {
        incmap__xml_add(xml, " scalemaxdenom=\"");
        incmap__xml_number(xml, rule->scale_most);
        incmap__xml_add(xml, "\"");
    }
    if (rule->symbol) {
        incmap__xml_add(xml, " symbol=\"");
        incmap__xml_number(xml, (double)(*symbols)++);
        incmap__xml_add(xml, "\"");
    }
    incmap__xml_add(xml, ">\n");
}

static void add_rules(incmap__xml *xml, const incmap__style_job *job)
{
    const incmap__style *style = job->style;
    size_t symbols = 0;

    incmap__xml_add(xml, "<rules key=\"{rule-0}\">\n");
    for (size_t i = 0; i < style->rule_count; i++) {
        const bool last = i + 1 == style->rule_count;
        open_rule(xml, job, i, &symbols);
        if (last || style->rules[i].below || !style->rules[i + 1].below)
            incmap__xml_add(xml, "</rule>\n");
        if (style->rules[i].below && (last || !style->rules[i + 1].below))
            incmap__xml_add(xml, "</rule>\n");
    }
    incmap__xml_add(xml, "</rules>\n<symbols>\n");
    symbols = 0;
    for (size_t i = 0; i < style->rule_count; i++)
        if (style->rules[i].symbol)
            add_symbol(xml, style->rules[i].symbol, incmap__number((double)symbols++).text,
                       job->language);
    incmap__xml_add(xml, "</symbols>\n");
}

static void add_renderer(incmap__xml *xml, const incmap__style_job *job)
{
    const char *order_by = job->style->order_by;

    incmap__xml_add(xml, "<renderer-v2 type=\"RuleRenderer\" symbollevels=\"0\" forceraster=\"0\" "
                         "referencescale=\"-1\"");
    incmap__xml_attribute(xml, "enableorderby", order_by ? "1" : "0");
    incmap__xml_add(xml, ">\n");
    add_rules(xml, job);
    if (order_by) {
        incmap__xml_add(xml, "<orderby>\n<orderByClause asc=\"0\" nullsFirst=\"0\">");
        add_expression(xml, order_by, job->language);
        incmap__xml_add(xml, "</orderByClause>\n</orderby>\n");
    }
    incmap__xml_add(xml, "</renderer-v2>\n");
}

/* ---- labels ---- */

static void add_attributes(incmap__xml *xml, const incmap__property *properties)
{
    for (const incmap__property *p = properties ? properties : nothing; p->name; p++)
        incmap__xml_attribute(xml, p->name, p->value);
}

static void add_labels(incmap__xml *xml, const incmap__style_job *job)
{
    const incmap__label *label = job->style->label;

    if (!label) return;
    incmap__xml_add(xml, "<labeling type=\"simple\">\n<settings calloutType=\"simple\">\n"
                         "<text-style isExpression=\"1\" fontSizeUnit=\"Point\" fieldName=\"");
    add_expression(xml, incmap__word(&label->expression, job->language), job->language);
    incmap__xml_add(xml, "\"");
    add_attributes(xml, label->text);
    /* a halo, so that a name can be read over a line */
    incmap__xml_add(xml,
                    ">\n<text-buffer bufferDraw=\"1\" bufferSize=\"0.8\" bufferSizeUnits=\"MM\""
                    " bufferColor=\"255,255,255,255\" bufferOpacity=\"0.85\""
                    " bufferNoFill=\"1\" bufferJoinStyle=\"128\"/>\n"
                    "</text-style>\n<text-format multilineAlign=\"3\"/>\n<placement");
    add_attributes(xml, label->placement);
    incmap__xml_add(xml, "/>\n<rendering drawLabels=\"1\"");
    add_attributes(xml, label->rendering);
    incmap__xml_add(xml, "/>\n");
    add_computed(xml, "dd_properties", label->computed, job->language);
    incmap__xml_add(xml, "</settings>\n</labeling>\n");
}

/* ---- the rest ---- */

/* What the slider takes is computed from the dates, for two reasons. A feature is there from its first
 * day until the one after its last, whereas QGIS takes a date as the day's first instant. And through
 * GDAL 3.6 a comparison of the field itself drops all rows in which it is NULL, which here means that
 * the end is open. They are instants, since QGIS holds a date to be before its own midnight. */
static void add_time_fields(incmap__xml *xml, const incmap__style *style)
{
    static const char field[] = "<field type=\"16\" typeName=\"\" subType=\"0\" length=\"0\" "
                                "precision=\"0\" comment=\"\" name=\"";

    if (!style->start) return;
    incmap__xml_add(xml, "<expressionfields>\n");
    incmap__xml_add(xml, field);
    incmap__xml_add(xml, "TIME_FROM\" expression=\"to_datetime(&quot;");
    incmap__xml_add(xml, style->start);
    incmap__xml_add(xml, "&quot;)\"/>\n");
    incmap__xml_add(xml, field);
    incmap__xml_add(xml, "TIME_UNTIL\" expression=\"to_datetime(&quot;");
    incmap__xml_add(xml, style->end);
    incmap__xml_add(xml, "&quot;) + to_interval('1 day')\"/>\n</expressionfields>\n");
}

static void add_time(incmap__xml *xml, const incmap__style *style)
{
    if (!style->start) return;
    incmap__xml_add(xml, "<temporal enabled=\"1\" mode=\"2\" limitMode=\"0\" accumulate=\"0\" "
                         "fixedDuration=\"0\" durationField=\"\" durationUnit=\"min\" "
                         "startField=\"TIME_FROM\" endField=\"TIME_UNTIL\" "
                         "startExpression=\"\" endExpression=\"\">\n"
                         "<fixedRange>\n<start></start>\n<end></end>\n</fixedRange>\n"
                         "</temporal>\n");
}

static void add_alias(incmap__xml *xml, const incmap__style_job *job, size_t i, const char *field)
{
    incmap__field_name alias;

    incmap__xml_add(xml, "<alias");
    incmap__xml_attribute(xml, "field", field);
    incmap__xml_attribute(xml, "index", incmap__number((double)i).text);
    incmap__xml_attribute(xml, "name",
                          incmap__dictionary_name(job->kind, field, job->language, &alias));
    incmap__xml_add(xml, "/>\n");
}

static void add_aliases(incmap__xml *xml, const incmap__style_job *job)
{
    incmap__xml_add(xml, "<aliases>\n");
    for (size_t i = 0; i < job->field_count; i++)
        add_alias(xml, job, i, job->fields[i].name);
    if (job->style->start) {
        add_alias(xml, job, job->field_count, "TIME_FROM");
        add_alias(xml, job, job->field_count + 1, "TIME_UNTIL");
    }
    incmap__xml_add(xml, "</aliases>\n");
}

static void add_texts(incmap__xml *xml, const incmap__style_job *job)
{
    const incmap__style *style = job->style;

    if (style->display) {
        incmap__xml_add(xml, "<previewExpression>");
        add_expression(xml, style->display, job->language);
        incmap__xml_add(xml, "</previewExpression>\n");
    }
    if (style->tip.in[INCMAP__ENGLISH]) {
        incmap__xml_add(xml, "<mapTip>");
        add_expression(xml, incmap__word(&style->tip, job->language), job->language);
        incmap__xml_add(xml, "</mapTip>\n");
    }
}

/* QGIS refuses a style for another kind of geometry by this number; 4 is a table. */
static const char *geometry_number(incmap__shape_type type)
{
    switch (type) {
    case INCMAP__SHAPE_POINT: return "0";
    case INCMAP__SHAPE_LINE: return "1";
    case INCMAP__SHAPE_POLYGON: return "2";
    default: return "4";
    }
}

static void add_body(incmap__xml *xml, const incmap__style_job *job)
{
    add_time_fields(xml, job->style);
    add_time(xml, job->style);
    if (job->style->rule_count) add_renderer(xml, job);
    add_labels(xml, job);
    add_aliases(xml, job);
    add_texts(xml, job);
    incmap__xml_element(xml, "layerGeometryType", geometry_number(job->type));
}

incmap_status incmap__style_write(const incmap__style_job *job, const char *path,
                                  const incmap_allocator *a, incmap_error *err)
{
    incmap__xml xml = { .allocator = a, .err = err };
    incmap__style_job styled = *job;

    if (!styled.style) styled.style = &no_style;
    incmap__xml_add(&xml, "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n"
                          "<qgis version=\"3.22.0\" styleCategories=\"AllStyleCategories\" "
                          "hasScaleBasedVisibilityFlag=\"0\" readOnly=\"0\"");
    incmap__xml_attribute(&xml, "labelsEnabled", styled.style->label ? "1" : "0");
    incmap__xml_add(&xml, ">\n");
    add_body(&xml, &styled);
    incmap__xml_add(&xml, "</qgis>\n");
    incmap__edit_mark_add(&xml);
    return incmap__xml_finish(&xml, path);
}
