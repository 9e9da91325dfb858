/* SPDX-License-Identifier: MIT */
/* What the styles share: colours as QGIS writes them (red, green, blue, opacity), and how they find
 * another layer. */
#ifndef INCMAP_LAYERS_STYLE_PARTS_H
#define INCMAP_LAYERS_STYLE_PARTS_H

#define STYLE_INK "38,40,43,255"
#define STYLE_QUIET "74,79,86,255"
#define STYLE_BORDER "91,58,107,255"
#define STYLE_BORDER_SOFT "91,58,107,45"
#define STYLE_WHITE "255,255,255,255"

/* Another layer in an expression: by its id in a project, else by the name that QGIS gives it when it
 * is opened alone. */
#define STYLE_LAYER(name) "coalesce(layer_property('incmap_layer_" name "','id'),'" name "')"

#endif
