#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Draws the project of export_layers with QGIS, without a screen: the styles are the layers' own.

render.py LAYERS PICTURE.png [COUNTRIES.shp]

LAYERS is a folder with project.qgs as export_layers writes it. The map shows the area between Kozinka and
Grayvoron and, smaller, Grayvoron to Belgorod, with the legend that QGIS makes of the styles. COUNTRIES, if
given, tints the two countries.
"""
import os
import sys

import qgis_start

WIDTH, HEIGHT, DPI = 1680, 1040, 110
NEAR = (0, 0, 1030, HEIGHT)  # x, y, width, height in pixels: Kozinka to Grayvoron
WIDE = (1050, 112, 610, 372)  # Grayvoron to Belgorod
NEAR_VIEW = (35.475, 50.375, 35.745, 50.545)
WIDE_VIEW = (35.0, 50.17, 36.95, 50.95)
INK, QUIET, PAPER = "#26282b", "#6d7278", "#f7f5f0"
TINTS = {"RUS": "#f7f4ec", "UKR": "#eaf0ee"}
LEGENDS = (("incidents",), ("tracks", "connectors", "areas", "belts", "border"))

app = qgis_start.start()

from qgis.core import (  # noqa: E402
    QgsCategorizedSymbolRenderer, QgsCoordinateReferenceSystem, QgsCoordinateTransform,
    QgsExpressionContext, QgsExpressionContextUtils, QgsFillSymbol, QgsLayerTree, QgsLayerTreeModel,
    QgsLegendRenderer, QgsLegendSettings, QgsLegendStyle, QgsMapRendererCustomPainterJob,
    QgsMapSettings, QgsProject, QgsRectangle, QgsRenderContext, QgsRendererCategory,
    QgsVectorLayer, QgsLabelingEngineSettings)
from qgis.PyQt.QtCore import QPointF, QRectF, QSizeF, Qt  # noqa: E402
from qgis.PyQt.QtGui import QColor, QFont, QFontMetricsF, QImage, QPainter, QPen  # noqa: E402

WGS84 = QgsCoordinateReferenceSystem("EPSG:4326")


def open_project(folder):
    path = os.path.join(folder, "project.qgs")
    if not QgsProject.instance().read(path):
        print("%s: cannot be opened" % path, file=sys.stderr)
        qgis_start.leave(3)
    return [n.layer() for n in QgsProject.instance().layerTreeRoot().findLayers()
            if n.isVisible() and n.layer().isSpatial()]


def layer_of(name):
    return QgsProject.instance().mapLayer("incmap_layer_" + name)


def font(size, bold=False):
    f = QFont("DejaVu Sans")
    f.setPointSizeF(size)
    f.setBold(bold)
    return f


def view(box):
    crs = QgsProject.instance().crs()
    return QgsCoordinateTransform(WGS84, crs, QgsProject.instance()).transformBoundingBox(
        QgsRectangle(*box))


def tints(path):
    layer = QgsVectorLayer(path, "tints", "ogr")
    if not layer.isValid():
        return []
    code = layer.fields()[0].name()
    layer.setRenderer(QgsCategorizedSymbolRenderer(code, [
        QgsRendererCategory(c, QgsFillSymbol.createSimple(
            {"color": colour, "outline_style": "no"}), c) for c, colour in TINTS.items()]))
    return [layer]


# ---- maps ----


def settings_of(layers, box, width, height):
    s = QgsMapSettings()
    s.setLayers(layers)
    s.setDestinationCrs(QgsProject.instance().crs())
    s.setOutputDpi(DPI)
    s.setOutputSize(QSizeF(width, height).toSize())
    s.setExtent(view(box))
    s.setBackgroundColor(QColor(PAPER))
    s.setFlag(QgsMapSettings.Antialiasing, True)
    s.setFlag(QgsMapSettings.DrawLabeling, True)
    engine = QgsLabelingEngineSettings()
    engine.setFlag(QgsLabelingEngineSettings.UsePartialCandidates, False)
    s.setLabelingEngineSettings(engine)
    context = QgsExpressionContext()
    context.appendScopes([QgsExpressionContextUtils.globalScope(),
                          QgsExpressionContextUtils.projectScope(QgsProject.instance()),
                          QgsExpressionContextUtils.mapSettingsScope(s)])
    s.setExpressionContext(context)
    return s


def paint_map(painter, settings, x, y):
    image = new_image(settings.outputSize().width(), settings.outputSize().height(), PAPER)
    inner = QPainter(image)
    job = QgsMapRendererCustomPainterJob(settings, inner)
    job.start()
    job.waitForFinished()
    inner.end()
    painter.drawImage(QPointF(x, y), image)
    return [e.message for e in job.errors()]


def new_image(width, height, colour):
    image = QImage(width, height, QImage.Format_ARGB32_Premultiplied)
    image.setDotsPerMeterX(int(DPI / 0.0254))
    image.setDotsPerMeterY(int(DPI / 0.0254))
    image.fill(QColor(colour))
    return image


# ---- legend ----


def legend_tree(names):
    root = QgsLayerTree()
    for name in names:
        if layer_of(name):
            root.addLayer(layer_of(name))
    return root


def paint_legend(painter, tree, x, y):
    settings = QgsLegendSettings()
    for part, size, bold in ((QgsLegendStyle.Group, 8, True), (QgsLegendStyle.Subgroup, 8, True),
                             (QgsLegendStyle.SymbolLabel, 7, False)):
        style = settings.style(part)
        style.setFont(font(size, bold))
        style.setMargin(QgsLegendStyle.Top, 0.6 if part == QgsLegendStyle.SymbolLabel else 2)
        settings.setStyle(part, style)
    settings.setSymbolSize(QSizeF(6, 3.2))
    settings.setBoxSpace(0)
    model = QgsLayerTreeModel(tree)
    renderer = QgsLegendRenderer(model, settings)
    millimetre = DPI / 25.4
    painter.save()
    painter.translate(x, y)
    painter.scale(millimetre, millimetre)
    context = QgsRenderContext.fromQPainter(painter)
    context.setScaleFactor(millimetre)
    context.setFlag(QgsRenderContext.Antialiasing, True)
    renderer.drawLegend(context)
    painter.restore()


# ---- the sheet ----


def write(painter, x, y, string, size, colour=INK, bold=False):
    painter.setFont(font(size, bold))
    painter.setPen(QColor(colour))
    painter.drawText(QPointF(x, y), string)


def scale_bar(painter, settings, x, y, length_km):
    pixels = length_km * 1000 / settings.mapUnitsPerPixel()
    text = "%d km" % length_km
    width = QFontMetricsF(font(7.5), painter.device()).horizontalAdvance(text)
    painter.setPen(Qt.NoPen)
    painter.setBrush(QColor(255, 255, 255, 200))
    painter.drawRect(QRectF(x - 10, y - 16, pixels + width + 30, 32))
    painter.setPen(QPen(QColor(INK), 2))
    painter.drawLine(QPointF(x, y), QPointF(x + pixels, y))
    for at in (x, x + pixels):
        painter.drawLine(QPointF(at, y - 5), QPointF(at, y + 5))
    write(painter, x + pixels + 8, y + 5, text, 7.5)


def outline(painter, rectangle):
    painter.setPen(QPen(QColor("#8b8f94"), 1.4))
    painter.setBrush(Qt.NoBrush)
    painter.drawRect(rectangle)


def frame_of(painter, settings, box, x, y):
    """The area of one view, in the map of the other."""
    area = view(box)
    a = settings.mapToPixel().transform(area.xMinimum(), area.yMaximum())
    b = settings.mapToPixel().transform(area.xMaximum(), area.yMinimum())
    outline(painter, QRectF(QPointF(x + a.x(), y + a.y()), QPointF(x + b.x(), y + b.y())))


def credit(painter, x):
    border = layer_of("border")
    date = next((f["DATA_DATE"] for f in border.getFeatures()), "") if border else ""
    lines = ["±: a bound for the depth behind the border.  ?: the side is not certain.",
             "(2): so many incidents at that place.  What is drawn was reported, not found.",
             "The line is what one map showed, no statement on sovereignty.",
             "© OpenStreetMap contributors (ODbL)" + (", border of %s" % date if date else ""),
             "Places: GeoNames, Who's On First (CC BY). Drawn by QGIS from project.qgs."]
    for i, line in enumerate(lines):
        write(painter, x, HEIGHT - 100 + 21 * i, line, 7.5, INK if i == 3 else QUIET)


def main():
    if len(sys.argv) not in (3, 4):
        print(__doc__, file=sys.stderr)
        return 2
    layers = open_project(sys.argv[1])
    if len(sys.argv) == 4:
        layers = layers + tints(sys.argv[3])
    near = settings_of(layers, NEAR_VIEW, *NEAR[2:])
    # where the map is small the belts would leave no paper
    wide = settings_of([l for l in layers if l not in (layer_of("belts"), layer_of("areas"))],
                       WIDE_VIEW, *WIDE[2:])
    image = new_image(WIDTH, HEIGHT, "white")
    painter = QPainter(image)
    painter.setRenderHint(QPainter.Antialiasing)
    errors = paint_map(painter, near, *NEAR[:2]) + paint_map(painter, wide, *WIDE[:2])
    frame_of(painter, wide, NEAR_VIEW, *WIDE[:2])
    outline(painter, QRectF(*NEAR))
    outline(painter, QRectF(*WIDE))
    scale_bar(painter, near, 24, NEAR[3] - 26, 2)
    scale_bar(painter, wide, WIDE[0] + WIDE[2] - 150, WIDE[1] + WIDE[3] - 22, 20)
    write(painter, WIDE[0], 46, "Reported incidents, Belgorod region", 15, bold=True)
    write(painter, WIDE[0], 76, "May 2023, with their depth behind the border and its ± in km", 9, QUIET)
    write(painter, WIDE[0], 98, "left: Kozinka to Grayvoron; below: to Belgorod", 8, QUIET)
    for i, names in enumerate(LEGENDS):
        paint_legend(painter, legend_tree(names), WIDE[0] + i * 318, WIDE[1] + WIDE[3] + 16)
    credit(painter, WIDE[0])
    painter.end()
    for error in errors:
        print(error, file=sys.stderr)
    if errors or not image.save(sys.argv[2]):
        print("%s: not drawn" % sys.argv[2], file=sys.stderr)
        return 3
    return 0


if __name__ == "__main__":
    qgis_start.leave(main())
