/* SPDX-License-Identifier: MIT */
/* XML as it grows in memory, for the files that QGIS reads. Texts that others wrote go through the
 * escaping calls; whoever adds markup as it stands says so by the name of the call. */
#ifndef INCMAP_LAYERS_XML_TEXT_H
#define INCMAP_LAYERS_XML_TEXT_H

#include <stddef.h>

#include "base/failure.h"
#include "base/memory.h"

typedef struct {
    char *text; /* not ended by a zero; NULL before the first byte */
    size_t length, room;
    const incmap_allocator *allocator;
    incmap_error *err;
    incmap_status status; /* after the first failure nothing is added */
} incmap__xml;

/* Markup and constants of our own, as they are. */
void incmap__xml_add(incmap__xml *xml, const char *markup);
void incmap__xml_add_bytes(incmap__xml *xml, const char *bytes, size_t n);
/* Up to 15 digits, with a point in every locale. */
void incmap__xml_number(incmap__xml *xml, double number);
/* Text, escaped for an element and for an attribute in double quotes alike. What XML 1.0 forbids
 * becomes a space, a byte that is no UTF-8 becomes U+FFFD. */
void incmap__xml_text(incmap__xml *xml, const char *text);
void incmap__xml_text_of(incmap__xml *xml, const char *text, size_t length);
/* <name>text</name> and a newline. */
void incmap__xml_element(incmap__xml *xml, const char *name, const char *text);
/* A space and name="text". */
void incmap__xml_attribute(incmap__xml *xml, const char *name, const char *text);
/* Writes all to a file that must not be there yet, syncs it, frees the text. */
incmap_status incmap__xml_finish(incmap__xml *xml, const char *path);

#endif
