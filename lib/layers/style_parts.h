/* SPDX-License-Identifier: MIT */
/* What the styles share: colours as QGIS writes them (red, green, blue, opacity), and the way in
 * which a text of the data comes into a tip. */
#ifndef INCMAP_LAYERS_STYLE_PARTS_H
#define INCMAP_LAYERS_STYLE_PARTS_H

#define STYLE_INK "38,40,43,255"
#define STYLE_QUIET "109,114,120,255"
#define STYLE_BORDER "91,58,107,255"
#define STYLE_BORDER_SOFT "91,58,107,45"
#define STYLE_WHITE "255,255,255,255"

/* A field in HTML: what others wrote must not become markup of a tip. */
#define STYLE_SAFE(text) "replace(coalesce(" text ",''),map('&','&amp;','<','&lt;','>','&gt;'))"

#endif
