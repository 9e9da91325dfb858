/* SPDX-License-Identifier: MIT */
/* The line by which a file that incmap wrote for QGIS is known to be as it was written. */
#ifndef INCMAP_LAYERS_EDIT_MARK_H
#define INCMAP_LAYERS_EDIT_MARK_H

#include <stdbool.h>

#include "layers/xml_text.h"

/* Ends the text with the line; nothing is added behind it. */
void incmap__edit_mark_add(incmap__xml *xml);
/* Whether the file at base and ending is there and another than incmap wrote: edited by hand or saved by
 * QGIS. INCMAP_EIO when it cannot be read, a folder among it. */
incmap_status incmap__edit_mark_look(const char *base, const char *ending, bool *edited,
                                     const incmap_allocator *a, incmap_error *err);

#endif
