/* SPDX-License-Identifier: MIT */
/* Colours that the styles share, as QGIS writes them: red, green, blue, opacity. */
#ifndef INCMAP_LAYERS_STYLE_PARTS_H
#define INCMAP_LAYERS_STYLE_PARTS_H

#define STYLE_INK "38,40,43,255"
#define STYLE_QUIET "92,97,103,255"
#define STYLE_BORDER "91,58,107,255"
#define STYLE_BORDER_SOFT "91,58,107,45"
#define STYLE_WHITE "255,255,255,255"

#endif
