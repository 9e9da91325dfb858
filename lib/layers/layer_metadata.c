/* SPDX-License-Identifier: MIT */
/* PATH.qmd: the metadata that QGIS shows in a layer's properties. The credit stands there because it
 * must travel with whatever is made from the data. */
#include <string.h>

#include "base/text.h"
#include "io/diskfile.h"
#include "layers/layer_set.h"

struct xml {
    char *text;
    size_t length, room;
    const incmap_allocator *allocator;
    incmap_error *err;
    incmap_status status; /* after the first failure nothing is added */
};

static void add_bytes(struct xml *xml, const char *bytes, size_t n)
{
    if (!xml->status)
        xml->status =
            incmap__grow(xml->allocator, &xml->text, &xml->room, xml->length + n, 1, xml->err);
    if (!xml->status) {
        memcpy(xml->text + xml->length, bytes, n);
        xml->length += n;
    }
}

static void add(struct xml *xml, const char *text)
{
    add_bytes(xml, text, strlen(text));
}

/* What stands for a character that XML keeps for itself or forbids; NULL: the character itself. */
static const char *escaped(uint32_t c)
{
    switch (c) {
    case '&': return "&amp;";
    case '<': return "&lt;";
    case '>': return "&gt;";
    case '"': return "&quot;";
    case '\n':
    case '\t': return NULL;
    case 0xFFFE:
    case 0xFFFF: return "\xEF\xBF\xBD";
    default: return c < 0x20 || c == 0x7F ? " " : NULL;
    }
}

static void add_text_of(struct xml *xml, const char *text, size_t left)
{
    while (left > 0) {
        uint32_t c = 0;
        const size_t n = incmap__utf8_next(text, left, &c);
        const char *other = n ? escaped(c) : "\xEF\xBF\xBD"; /* U+FFFD for a byte that is none */
        if (other)
            add(xml, other);
        else
            add_bytes(xml, text, n);
        text += n ? n : 1;
        left -= n ? n : 1;
    }
}

static void add_text(struct xml *xml, const char *text)
{
    add_text_of(xml, text, strlen(text));
}

static void add_element(struct xml *xml, const char *name, const char *prefix, const char *text)
{
    if (!*text) return;
    add(xml, "  <");
    add(xml, name);
    add(xml, ">");
    add_text(xml, prefix);
    add_text(xml, text);
    add(xml, "</");
    add(xml, name);
    add(xml, ">\n");
}

/* Which sign is whose: without it a depth cannot be read. */
static void add_abstract(struct xml *xml, const incmap__layer_plan *plan)
{
    const incmap_border *border = plan->depths_behind;

    if (!*plan->abstract) return;
    add(xml, "  <abstract>");
    add_text(xml, plan->abstract);
    if (border) {
        add(xml, " Inside (positive) is ");
        add_text(xml, incmap_border_inside(border));
        add(xml, ", outside (negative) ");
        add_text(xml, incmap_border_outside(border));
        add(xml, ". SIDE_SURE 0: the side is not certain, since a country's outline lies within "
                 "BAND_M.");
    }
    add(xml, "</abstract>\n");
}

/* One element for the border's credit, and one for each line of the others. */
static void add_credits(struct xml *xml, const char *name, const char *credit, const char *lines)
{
    add_element(xml, name, "", credit);
    while (lines && *lines) {
        const size_t length = strcspn(lines, "\n");
        if (length) {
            add(xml, "  <");
            add(xml, name);
            add(xml, ">");
            add_text_of(xml, lines, length);
            add(xml, "</");
            add(xml, name);
            add(xml, ">\n");
        }
        lines += length + (lines[length] == '\n');
    }
}

incmap_status incmap__layer_metadata(const incmap__layer_plan *plan, const char *credit,
                                     const char *path, const incmap_allocator *a, incmap_error *err)
{
    struct xml xml = { .allocator = a, .err = err };
    const char *name = strrchr(plan->path, '/');

    add(&xml, "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n"
              "<qgis version=\"3.22\">\n");
    add_element(&xml, "identifier", "", name ? name + 1 : plan->path);
    add(&xml, "  <parentidentifier></parentidentifier>\n");
    add_element(&xml, "language", "", "ENG");
    add_element(&xml, "type", "", "dataset");
    add_element(&xml, "title", "", plan->title);
    add_abstract(&xml, plan);
    add(&xml, "  <links/>\n");
    add_element(&xml, "history", "Border data of ", plan->data_date);
    add(&xml, "  <fees></fees>\n");
    add_credits(&xml, "rights", plan->credit, credit);
    add_credits(&xml, "license", plan->credit, credit);
    add(&xml, "  <encoding>UTF-8</encoding>\n"
              "  <crs>\n"
              "    <spatialrefsys>\n"
              "      <srid>4326</srid>\n"
              "      <authid>EPSG:4326</authid>\n"
              "      <description>WGS 84</description>\n"
              "      <geographicflag>true</geographicflag>\n"
              "    </spatialrefsys>\n"
              "  </crs>\n"
              "  <extent/>\n"
              "</qgis>\n");
    if (!xml.status) xml.status = incmap__diskfile_write_whole(path, xml.text, xml.length, a, err);
    incmap__free(a, xml.text);
    return xml.status;
}
