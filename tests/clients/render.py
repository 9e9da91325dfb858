#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Draws the incident layer over the border with QGIS, without a screen.

render.py LAYERS PICTURE.png [COUNTRIES.shp]

LAYERS is a folder with the layers incidents, places and border as export_layers writes them. The map
shows the area between Grayvoron and Belgorod and, larger, Kozinka to Grayvoron. COUNTRIES, if given,
tints the two countries.
"""
import os
import sys

import qgis_start
from rounding import km

WIDTH, HEIGHT, DPI = 1600, 1000, 120
NEAR = (0, 0, 1030, 1000)  # x, y, width, height in pixels: Kozinka to Grayvoron
WIDE = (1054, 128, 522, 410)  # Grayvoron to Belgorod
CRS = "+proj=laea +lat_0=50.55 +lon_0=36.05 +datum=WGS84 +units=m +type=crs"
NEAR_VIEW = (35.477, 50.385, 35.745, 50.540)
WIDE_VIEW = (35.22, 50.19, 37.02, 50.95)
INK, QUIET, BORDER, PAPER = "#26282b", "#6d7278", "#5b3a6b", "#f7f5f0"
TINTS = {"RUS": "#f7f4ec", "UKR": "#eaf0ee"}
# colours that the colour-blind tell apart, and shapes for print in grey
EVENTS = {
    "Battles": ("#b2182b", "circle"),
    "Explosions/Remote violence": ("#e08214", "triangle"),
    "Strategic developments": ("#2b6ca8", "diamond"),
}
POINTS = {"settlement", "exact_site"}  # precisions that a point can show
LEFT_OF = 36.4  # east of this longitude a name stands to the left, clear of the frame
AROUND, BELOW, OVER = range(3)  # where a label stands to its point

app = qgis_start.start()

from qgis.core import (  # noqa: E402
    NULL, QgsCategorizedSymbolRenderer, QgsCoordinateReferenceSystem, QgsCoordinateTransform,
    QgsFeature, QgsFillSymbol, QgsGeometry, QgsLabelingEngineSettings, QgsLineSymbol, QgsMapRendererCustomPainterJob,
    QgsMapSettings, QgsMarkerSymbol, QgsPalLayerSettings, QgsPointXY, QgsProject, QgsProperty,
    QgsRectangle, QgsRendererCategory, QgsSimpleLineSymbolLayer, QgsSimpleMarkerSymbolLayer, QgsSingleSymbolRenderer,
    QgsFontMarkerSymbolLayer, QgsSymbolLayer, QgsTextBufferSettings, QgsTextFormat, QgsUnitTypes,
    QgsVectorLayer, QgsVectorLayerSimpleLabeling, QgsWkbTypes)
from qgis.PyQt.QtCore import QPointF, QRectF, QSizeF, Qt  # noqa: E402
from qgis.PyQt.QtGui import (  # noqa: E402
    QColor, QFont, QFontMetricsF, QImage, QPainter, QPen, QPolygonF)

WGS84 = QgsCoordinateReferenceSystem("EPSG:4326")
METRES = QgsCoordinateReferenceSystem.fromProj(CRS)


def open_layer(folder, name):
    layer = QgsVectorLayer(os.path.join(folder, name + ".shp"), name, "ogr")
    if not layer.isValid():
        print("%s/%s.shp: cannot be read" % (folder, name), file=sys.stderr)
        qgis_start.leave(3)
    return layer


def font(size, bold=False, italic=False, spacing=0.0):
    f = QFont("DejaVu Sans")
    f.setPointSizeF(size)
    f.setBold(bold)
    f.setItalic(italic)
    if spacing:
        f.setLetterSpacing(QFont.AbsoluteSpacing, spacing)
    return f


def transform():
    return QgsCoordinateTransform(WGS84, METRES, QgsProject.instance())


def view(box):
    return transform().transformBoundingBox(QgsRectangle(*box))


def text(value):
    return "" if value is None or value == NULL else str(value)


def group(incidents):
    """Incidents with a point of their own by position, and how many have none: (groups, rest)."""
    groups, rest = {}, {}
    for f in incidents.getFeatures():
        if f["LOC_PREC"] not in POINTS or f.geometry().isNull():
            rest[f["LOC_PREC"]] = rest.get(f["LOC_PREC"], 0) + 1
            continue
        at = f.geometry().asPoint()
        groups.setdefault((at.x(), at.y()), []).append(f)
    return groups, rest


# ---- layers of the map ----


def memory(kind, name, fields, crs=WGS84):
    layer = QgsVectorLayer("%s?%s" % (kind, "&".join("field=" + f for f in fields)), name, "memory")
    layer.setCrs(crs)
    return layer


def add(layer, geometry, *values):
    f = QgsFeature(layer.fields())
    f.setGeometry(geometry)
    f.setAttributes(list(values))
    layer.dataProvider().addFeature(f)


def event_layer(groups, size=4.4):
    """One feature for each type of event at a place, with its turn in the row above the place."""
    layer = memory("Point", "events", ["type:string(40)", "turn:double", "of:int", "n:int"])
    for (x, y), features in groups.items():
        types = [t for t in EVENTS if any(f["EVENT_TYPE"] == t for f in features)]
        for i, t in enumerate(types):
            n = sum(f["EVENT_TYPE"] == t for f in features)
            add(layer, QgsGeometry.fromPointXY(QgsPointXY(x, y)), t, i - (len(types) - 1) / 2,
                len(types), n)
    layer.setRenderer(QgsCategorizedSymbolRenderer("type", [
        QgsRendererCategory(t, event_symbol(colour, shape, size), t)
        for t, (colour, shape) in EVENTS.items()]))
    return layer


def event_symbol(colour, shape, size):
    mark = QgsSimpleMarkerSymbolLayer()
    mark.setShape(QgsSimpleMarkerSymbolLayer.decodeShape(shape)[0])
    mark.setSize(size if shape == "circle" else size * 1.2)
    mark.setColor(QColor(colour))
    mark.setStrokeColor(QColor("white"))
    mark.setStrokeWidth(0.35)
    count = QgsFontMarkerSymbolLayer("DejaVu Sans", "1", size * 0.6, QColor("white"))
    offset = QgsProperty.fromExpression("to_string(\"turn\" * %g) || ',%g'" % (size * 1.15, -size * 1.05))
    for part in (mark, count):
        part.setDataDefinedProperty(QgsSymbolLayer.PropertyOffset, offset)
    count.setDataDefinedProperty(QgsSymbolLayer.PropertyCharacter,
                                 QgsProperty.fromExpression('if("n" > 1, to_string("n"), \' \')'))
    symbol = QgsMarkerSymbol()
    symbol.changeSymbolLayer(0, mark)
    symbol.appendSymbolLayer(count)
    return symbol


def radius_layer(groups):
    """The circle within which the true point is believed to lie, in metres."""
    layer = memory("Polygon", "radii", ["m:double"], METRES)
    to_metres = transform()
    for (x, y), features in groups.items():
        radius = min(f["UNCERT_M"] for f in features)
        at = QgsGeometry.fromPointXY(to_metres.transform(QgsPointXY(x, y)))
        add(layer, at.buffer(radius, 48), radius)
    layer.setRenderer(QgsSingleSymbolRenderer(QgsFillSymbol.createSimple({
        "color": "178,24,43,16", "outline_color": "150,60,70,150", "outline_style": "dash",
        "outline_width": "0.25"})))
    return layer


def depth_text(features):
    measured = [f for f in features if f["DEPTH_M"] != NULL]
    if measured:
        best = min(measured, key=lambda f: f["BAND_M"])
        return km(best["DEPTH_M"], best["BAND_M"]) + ("" if best["SIDE_SURE"] else " ?")
    return "on the border" if any(f["PLACED"] == "on_border" for f in features) else ""


def place_labels(groups):
    """Names of the places where something was reported, dots under their symbols."""
    layer = memory("Point", "named", ["name:string(80)", "quad:int", "dx:double"])
    for (x, y), features in groups.items():
        first = features[0]
        name = text(first["PLACE_EN"])
        on_border = any(f["PLACED"] == "on_border" for f in features)
        if on_border:
            name = "Border post at " + name
        depth = depth_text(features)
        add(layer, QgsGeometry.fromPointXY(QgsPointXY(x, y)),
            name + ("\n" + depth if depth else ""),
            QgsPalLayerSettings.QuadrantBelowLeft if x > LEFT_OF
            else QgsPalLayerSettings.QuadrantBelowRight,
            -1.2 if x > LEFT_OF else 6.2 if on_border else 1.2)
    layer.setRenderer(QgsSingleSymbolRenderer(QgsMarkerSymbol.createSimple({
        "name": "circle", "size": "1.5", "color": INK, "outline_color": "white",
        "outline_width": "0.3"})))
    settings = label(layer, "name", font(9, bold=True), INK, 9, BELOW)
    defined = settings.dataDefinedProperties()
    defined.setProperty(QgsPalLayerSettings.OffsetQuad, QgsProperty.fromField("quad"))
    # a post's name stands clear of the line on which it lies
    defined.setProperty(QgsPalLayerSettings.OffsetXY,
                        QgsProperty.fromExpression("to_string(\"dx\") || ',0.4'"))
    layer.setLabeling(QgsVectorLayerSimpleLabeling(settings))
    return layer


def other_places(places, groups, kinds):
    named = {(round(x, 4), round(y, 4)) for x, y in groups}
    layer = memory("Point", "others", ["name:string(80)", "size:double"])
    for f in places.getFeatures():
        if f.geometry().isNull() or f["KIND"] not in kinds:
            continue
        at = f.geometry().asPoint()
        if (round(at.x(), 4), round(at.y(), 4)) not in named:
            add(layer, f.geometry(), text(f["NAME_EN"]),
                {"city": 8.5, "town": 8}.get(f["KIND"], 7))
    layer.setRenderer(QgsSingleSymbolRenderer(QgsMarkerSymbol.createSimple({
        "name": "circle", "size": "1.1", "color": "#9aa0a6", "outline_style": "no"})))
    settings = label(layer, "name", font(7), QUIET, 4, AROUND)
    settings.dataDefinedProperties().setProperty(QgsPalLayerSettings.Size,
                                                 QgsProperty.fromField("size"))
    layer.setLabeling(QgsVectorLayerSimpleLabeling(settings))
    return layer


def country_names(names, size=15):
    layer = memory("Point", "countries", ["name:string(40)"])
    for name, lon, lat in names:
        add(layer, QgsGeometry.fromPointXY(QgsPointXY(lon, lat)), name)
    layer.setRenderer(QgsSingleSymbolRenderer(QgsMarkerSymbol.createSimple(
        {"size": "0.1", "color": "0,0,0,0", "outline_style": "no"})))
    label(layer, "name", font(size, spacing=size / 2), "#a39aa8", 10, OVER)
    return layer


def label(layer, field, label_font, colour, priority, where):
    form = QgsTextFormat()
    form.setFont(label_font)
    form.setSize(label_font.pointSizeF())
    form.setSizeUnit(QgsUnitTypes.RenderPoints)
    form.setColor(QColor(colour))
    halo = QgsTextBufferSettings()
    halo.setEnabled(where != OVER)
    halo.setSize(0.8)
    halo.setColor(QColor(255, 255, 255, 215))
    form.setBuffer(halo)
    settings = QgsPalLayerSettings()
    settings.fieldName = field
    settings.setFormat(form)
    settings.priority = priority
    settings.multilineAlign = QgsPalLayerSettings.MultiLeft
    settings.displayAll = where != AROUND
    settings.dist = 1
    settings.distUnits = settings.offsetUnits = QgsUnitTypes.RenderMillimeters
    settings.placement = QgsPalLayerSettings.OverPoint
    if where == AROUND:
        settings.placement = QgsPalLayerSettings.OrderedPositionsAroundPoint
    elif where == BELOW:
        # the symbols stand above the point
        settings.quadOffset = QgsPalLayerSettings.QuadrantBelowRight
    layer.setLabeling(QgsVectorLayerSimpleLabeling(settings))
    layer.setLabelsEnabled(True)
    return settings


def draw_border(border):
    def stroke(colour, width):
        part = QgsSimpleLineSymbolLayer(QColor(*colour), width)
        part.setPenJoinStyle(Qt.RoundJoin)
        part.setPenCapStyle(Qt.RoundCap)
        return part
    symbol = QgsLineSymbol()
    symbol.changeSymbolLayer(0, stroke((91, 58, 107, 45), 3.2))
    symbol.appendSymbolLayer(stroke((91, 58, 107), 0.75))
    border.setRenderer(QgsSingleSymbolRenderer(symbol))
    # no label of its own, and none of the others across it
    settings = QgsPalLayerSettings()
    settings.fieldName = "LINE"
    settings.drawLabels = False
    settings.obstacleSettings().setIsObstacle(True)
    border.setLabeling(QgsVectorLayerSimpleLabeling(settings))
    border.setLabelsEnabled(True)


def draw_countries(path):
    layer = QgsVectorLayer(path, "tints", "ogr")
    if not layer.isValid():
        return []
    code = layer.fields()[0].name()
    layer.setRenderer(QgsCategorizedSymbolRenderer(code, [
        QgsRendererCategory(c, QgsFillSymbol.createSimple(
            {"color": colour, "outline_style": "no"}), c) for c, colour in TINTS.items()]))
    return [layer]


# ---- painting ----


def settings_of(layers, box, width, height):
    s = QgsMapSettings()
    s.setLayers(layers)
    s.setDestinationCrs(METRES)
    s.setOutputDpi(DPI)
    s.setOutputSize(QSizeF(width, height).toSize())
    s.setExtent(view(box))
    s.setBackgroundColor(QColor(PAPER))
    s.setFlag(QgsMapSettings.Antialiasing, True)
    s.setFlag(QgsMapSettings.DrawLabeling, True)
    engine = QgsLabelingEngineSettings()
    engine.setFlag(QgsLabelingEngineSettings.UsePartialCandidates, False)
    s.setLabelingEngineSettings(engine)
    return s


def paint_map(painter, settings, x, y):
    image = QImage(settings.outputSize(), QImage.Format_ARGB32_Premultiplied)
    image.setDotsPerMeterX(int(DPI / 0.0254))
    image.setDotsPerMeterY(int(DPI / 0.0254))
    image.fill(QColor(PAPER))
    inner = QPainter(image)
    job = QgsMapRendererCustomPainterJob(settings, inner)
    job.start()
    job.waitForFinished()
    inner.end()
    painter.drawImage(QPointF(x, y), image)


def write(painter, x, y, string, size, colour=INK, **how):
    painter.setFont(font(size, **how))
    painter.setPen(QColor(colour))
    painter.drawText(QPointF(x, y), string)


def width_of(painter, string, size, **how):
    return QFontMetricsF(font(size, **how), painter.device()).horizontalAdvance(string)


def scale_bar(painter, settings, x, y, length_km):
    pixels = length_km * 1000 / settings.mapUnitsPerPixel()
    painter.setPen(QPen(QColor(INK), 2))
    painter.drawLine(QPointF(x, y), QPointF(x + pixels, y))
    for at in (x, x + pixels):
        painter.drawLine(QPointF(at, y - 5), QPointF(at, y + 5))
    write(painter, x + pixels + 8, y + 5, "%d km" % length_km, 7.5)


def outline(painter, rectangle):
    painter.setPen(QPen(QColor("#8b8f94"), 1.4))
    painter.setBrush(Qt.NoBrush)
    painter.drawRect(rectangle)


def sample(painter, shape, colour, x, y):
    painter.setPen(QPen(QColor("white"), 1))
    painter.setBrush(QColor(colour))
    r = 10
    if shape == "circle":
        painter.drawEllipse(QPointF(x, y), r, r)
    elif shape == "triangle":
        painter.drawPolygon(QPolygonF([QPointF(x, y - r - 1), QPointF(x + r + 1, y + r - 1),
                                       QPointF(x - r - 1, y + r - 1)]))
    else:
        painter.drawPolygon(QPolygonF([QPointF(x, y - r - 2), QPointF(x + r + 2, y),
                                       QPointF(x, y + r + 2), QPointF(x - r - 2, y)]))


def title(painter, x):
    write(painter, x, 50, "Reported incidents, Belgorod region", 15, bold=True)
    write(painter, x, 82, "with their depth behind the border and its ± in km", 9.5, QUIET)
    write(painter, x, 106, "left: Kozinka to Grayvoron; below: Grayvoron to Belgorod", 8, QUIET)


def legend_lines(painter, x, row):
    painter.setPen(QPen(QColor(91, 58, 107, 45), 15, Qt.SolidLine, Qt.FlatCap))
    painter.drawLine(QPointF(x, row - 6), QPointF(x + 36, row - 6))
    painter.setPen(QPen(QColor(BORDER), 3.5, Qt.SolidLine, Qt.FlatCap))
    painter.drawLine(QPointF(x, row - 6), QPointF(x + 36, row - 6))
    write(painter, x + 52, row, "border of Russia and Ukraine", 9.5)
    row += 34
    painter.setPen(QPen(QColor(150, 60, 70, 190), 1.3, Qt.DashLine))
    painter.setBrush(QColor(178, 24, 43, 18))
    painter.drawEllipse(QPointF(x + 18, row - 6), 12, 12)
    write(painter, x + 52, row, "the true point is believed to lie within", 9.5)
    return row


def legend(painter, x, y, vague, outside):
    row = y
    for name, (colour, shape) in EVENTS.items():
        sample(painter, shape, colour, x + 18, row - 6)
        write(painter, x + 52, row, name, 9.5)
        row += 34
    row = legend_lines(painter, x, row) + 44
    for line in ("?: the side is not certain, an outline of a country lies within the ±.",
                 "A number on a symbol: so many incidents at that place.",
                 "Not drawn: %d known only by district, region or country%s." % (
                     vague, ", %d farther away" % outside if outside else ""),
                 "What is drawn was reported; that does not make it a finding.",
                 "The line is what one map showed, not a statement on sovereignty."):
        write(painter, x, row, line, 8.2, QUIET)
        row += 24


def credit(painter, x, border):
    date = next((text(f["DATA_DATE"]) for f in border.getFeatures()), "")
    lines = ["© OpenStreetMap contributors (ODbL)" + (", border of " + date if date else ""),
             "Places: GeoNames, Who's On First (CC BY). Drawn with QGIS."]
    for i, line in enumerate(lines):
        write(painter, x, HEIGHT - 40 + 22 * i, line, 7.5, INK if i == 0 else QUIET)


def frame_of(painter, settings, box, x, y):
    """The area of one view, in the map of the other."""
    area = view(box)
    to_pixel = settings.mapToPixel()
    a = to_pixel.transform(area.xMinimum(), area.yMaximum())
    b = to_pixel.transform(area.xMaximum(), area.yMinimum())
    outline(painter, QRectF(QPointF(x + a.x(), y + a.y()), QPointF(x + b.x(), y + b.y())))


def near_layers(groups, places, border, tints):
    return [event_layer(groups), place_labels(groups),
            country_names([("RUSSIA", 35.60, 50.523), ("UKRAINE", 35.525, 50.415)]),
            other_places(places, groups, {"village", "urban_type_settlement", "settlement"}),
            border, radius_layer(groups)] + tints


def wide_layers(groups, places, border, tints):
    return [event_layer(groups, 3.4), place_labels(groups),
            country_names([("RUSSIA", 36.62, 50.93), ("UKRAINE", 35.72, 50.25)], 10),
            other_places(places, groups, {"city", "town"}), border] + tints


def main():
    if len(sys.argv) not in (3, 4):
        print(__doc__, file=sys.stderr)
        return 2
    folder, picture = sys.argv[1:3]
    incidents, places, border = (open_layer(folder, n) for n in ("incidents", "places", "border"))
    tints = draw_countries(sys.argv[3]) if len(sys.argv) == 4 else []
    draw_border(border)
    groups, rest = group(incidents)
    shown = QgsRectangle(*NEAR_VIEW)
    near = {at: f for at, f in groups.items() if shown.contains(QgsPointXY(*at))}
    far = {at: f for at, f in groups.items() if at not in near}
    around = QgsRectangle(*WIDE_VIEW)
    outside = sum(len(f) for at, f in far.items() if not around.contains(QgsPointXY(*at)))
    # QGIS does not keep layers alive; these lists do
    near_map = near_layers(near, places, border, tints)
    wide_map = wide_layers(far, places, border, tints)
    near_settings = settings_of(near_map, NEAR_VIEW, *NEAR[2:])
    wide_settings = settings_of(wide_map, WIDE_VIEW, *WIDE[2:])

    image = QImage(WIDTH, HEIGHT, QImage.Format_RGB32)
    image.setDotsPerMeterX(int(DPI / 0.0254))
    image.setDotsPerMeterY(int(DPI / 0.0254))
    image.fill(QColor("white"))
    painter = QPainter(image)
    painter.setRenderHint(QPainter.Antialiasing)
    paint_map(painter, near_settings, *NEAR[:2])
    paint_map(painter, wide_settings, *WIDE[:2])
    frame_of(painter, wide_settings, NEAR_VIEW, *WIDE[:2])
    outline(painter, QRectF(*NEAR))
    outline(painter, QRectF(*WIDE))
    scale_bar(painter, near_settings, 24, NEAR[3] - 26, 2)
    scale_bar(painter, wide_settings, WIDE[0] + WIDE[2] - 150, WIDE[1] + WIDE[3] - 16, 20)
    title(painter, WIDE[0])
    legend(painter, WIDE[0], WIDE[1] + WIDE[3] + 48, sum(rest.values()), outside)
    credit(painter, WIDE[0], border)
    painter.end()
    if not image.save(picture):
        print("%s: cannot be written" % picture, file=sys.stderr)
        return 3
    return 0


if __name__ == "__main__":
    status = main()
    qgis_start.leave(status)
