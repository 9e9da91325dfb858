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

static void add_text(struct xml *xml, const char *text)
{
    size_t left = strlen(text);
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

incmap_status incmap__layer_metadata(const incmap__layer_plan *plan, const char *path,
                                     const incmap_allocator *a, incmap_error *err)
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
    add_element(&xml, "abstract", "", plan->abstract);
    add(&xml, "  <links/>\n");
    add_element(&xml, "history", "Border data of ", plan->data_date);
    add(&xml, "  <fees></fees>\n");
    add_element(&xml, "rights", "", plan->credit);
    add_element(&xml, "license", "", plan->credit);
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
