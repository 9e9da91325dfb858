/* SPDX-License-Identifier: MIT */
/* PATH.qmd: the metadata that QGIS shows in a layer's properties. The credit stands there because it
 * must travel with whatever is made from the data. */
#include <string.h>

#include "layers/layer_set.h"
#include "layers/xml_text.h"

static void add_element(incmap__xml *xml, const char *name, const char *prefix, const char *text)
{
    if (!*text) return;
    incmap__xml_add(xml, "  <");
    incmap__xml_add(xml, name);
    incmap__xml_add(xml, ">");
    incmap__xml_text(xml, prefix);
    incmap__xml_text(xml, text);
    incmap__xml_add(xml, "</");
    incmap__xml_add(xml, name);
    incmap__xml_add(xml, ">\n");
}

/* Which sign is whose: without it a depth cannot be read. */
static void add_abstract(incmap__xml *xml, const incmap__layer_plan *plan)
{
    const incmap_border *border = plan->depths_behind;

    if (!*plan->abstract) return;
    incmap__xml_add(xml, "  <abstract>");
    incmap__xml_text(xml, plan->abstract);
    if (border) {
        incmap__xml_add(xml, " Inside (positive) is ");
        incmap__xml_text(xml, incmap_border_inside(border));
        incmap__xml_add(xml, ", outside (negative) ");
        incmap__xml_text(xml, incmap_border_outside(border));
        incmap__xml_add(
            xml, ". SIDE_SURE 0: the side is not certain, since a country's outline lies within "
                 "BAND_M.");
    }
    incmap__xml_add(xml, "</abstract>\n");
}

/* One element for the border's credit, and one for each line of the others. */
static void add_credits(incmap__xml *xml, const char *name, const char *credit, const char *lines)
{
    add_element(xml, name, "", credit);
    while (lines && *lines) {
        const size_t length = strcspn(lines, "\n");
        if (length) {
            incmap__xml_add(xml, "  <");
            incmap__xml_add(xml, name);
            incmap__xml_add(xml, ">");
            incmap__xml_text_of(xml, lines, length);
            incmap__xml_add(xml, "</");
            incmap__xml_add(xml, name);
            incmap__xml_add(xml, ">\n");
        }
        lines += length + (lines[length] == '\n');
    }
}

/* A table lies nowhere. */
static void add_crs(incmap__xml *xml, const incmap__layer_plan *plan, const incmap__crs_about *crs)
{
    if (plan->type == INCMAP__SHAPE_NULL || !*crs->authority) return;
    incmap__xml_add(xml, "  <crs>\n    <spatialrefsys>\n");
    if (strncmp(crs->authority, "EPSG:", 5) == 0) add_element(xml, "srid", "", crs->authority + 5);
    add_element(xml, "authid", "", crs->authority);
    add_element(xml, "description", "", crs->name);
    add_element(xml, "geographicflag", "", crs->is_geographic ? "true" : "false");
    incmap__xml_add(xml, "    </spatialrefsys>\n  </crs>\n");
}

/* The title in the style's language: a project shows it as the layer's name. */
static const char *title_of(const incmap__layer_plan *plan, incmap__language language)
{
    const char *title = plan->style ? incmap__word(&plan->style->title, language) : "";
    return *title ? title : plan->title;
}

incmap_status incmap__layer_metadata(const incmap__layer_plan *plan,
                                     const incmap__layer_about *about, const char *path,
                                     const incmap_allocator *a, incmap_error *err)
{
    incmap__xml xml = { .allocator = a, .err = err };
    const char *name = strrchr(plan->path, '/');

    incmap__xml_add(&xml, "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n"
                          "<qgis version=\"3.22\">\n");
    add_element(&xml, "identifier", "", name ? name + 1 : plan->path);
    incmap__xml_add(&xml, "  <parentidentifier></parentidentifier>\n");
    add_element(&xml, "language", "", "ENG");
    add_element(&xml, "type", "", "dataset");
    add_element(&xml, "title", "", title_of(plan, about->language));
    add_abstract(&xml, plan);
    incmap__xml_add(&xml, "  <links/>\n");
    add_element(&xml, "history", "Border data of ", plan->data_date);
    incmap__xml_add(&xml, "  <fees></fees>\n");
    add_credits(&xml, "rights", plan->credit, about->credit);
    add_credits(&xml, "license", plan->credit, about->credit);
    incmap__xml_add(&xml, "  <encoding>UTF-8</encoding>\n");
    add_crs(&xml, plan, &about->crs);
    incmap__xml_add(&xml, "  <extent/>\n</qgis>\n");
    return incmap__xml_finish(&xml, path);
}
