/* SPDX-License-Identifier: MIT */
/* XML as it grows in memory. A title out of somebody's table may hold anything: it must neither end
 * an element nor make the file one that no reader opens. */
#include "layers/xml_text.h"

#include <string.h>

#include "base/text.h"
#include "io/diskfile.h"

void incmap__xml_add_bytes(incmap__xml *xml, const char *bytes, size_t n)
{
    if (!xml->status)
        xml->status =
            incmap__grow(xml->allocator, &xml->text, &xml->room, xml->length + n, 1, xml->err);
    if (!xml->status) {
        memcpy(xml->text + xml->length, bytes, n);
        xml->length += n;
    }
}

void incmap__xml_add(incmap__xml *xml, const char *markup)
{
    incmap__xml_add_bytes(xml, markup, strlen(markup));
}

void incmap__xml_number(incmap__xml *xml, double number)
{
    incmap__xml_add(xml, incmap__number(number).text);
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

void incmap__xml_text_of(incmap__xml *xml, const char *text, size_t left)
{
    while (left > 0) {
        uint32_t c = 0;
        const size_t n = incmap__utf8_next(text, left, &c);
        const char *other = n ? escaped(c) : "\xEF\xBF\xBD";
        if (other)
            incmap__xml_add(xml, other);
        else
            incmap__xml_add_bytes(xml, text, n);
        text += n ? n : 1;
        left -= n ? n : 1;
    }
}

void incmap__xml_text(incmap__xml *xml, const char *text)
{
    incmap__xml_text_of(xml, text, strlen(text));
}

void incmap__xml_element(incmap__xml *xml, const char *name, const char *text)
{
    incmap__xml_add(xml, "<");
    incmap__xml_add(xml, name);
    incmap__xml_add(xml, ">");
    incmap__xml_text(xml, text);
    incmap__xml_add(xml, "</");
    incmap__xml_add(xml, name);
    incmap__xml_add(xml, ">\n");
}

void incmap__xml_attribute(incmap__xml *xml, const char *name, const char *text)
{
    incmap__xml_add(xml, " ");
    incmap__xml_add(xml, name);
    incmap__xml_add(xml, "=\"");
    incmap__xml_text(xml, text);
    incmap__xml_add(xml, "\"");
}

incmap_status incmap__xml_finish(incmap__xml *xml, const char *path)
{
    if (!xml->status)
        xml->status =
            incmap__diskfile_write_whole(path, xml->text, xml->length, xml->allocator, xml->err);
    incmap__free(xml->allocator, xml->text);
    xml->text = NULL;
    xml->length = xml->room = 0;
    return xml->status;
}
