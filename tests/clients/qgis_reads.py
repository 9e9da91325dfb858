#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""QGIS opens every layer without a question and finds what was put into it.

qgis_reads.py WRITE_LAYERS DATA
"""
import os
import sys

import expected
import qgis_start


def plain(value):
    """QGIS's values as Python's: NULL is None, a date is its ISO text."""
    from PyQt5.QtCore import QDate, QVariant
    if value is None or (isinstance(value, QVariant) and value.isNull()):
        return None
    return value.toString("yyyy-MM-dd") if isinstance(value, QDate) else value


def read(path):
    from qgis.core import QgsVectorLayer, QgsWkbTypes
    layer = QgsVectorLayer(path, os.path.basename(path), "ogr")
    if not layer.isValid():
        sys.exit("%s: not valid" % path)
    if layer.dataProvider().encoding() != "UTF-8":
        sys.exit("%s: read as %s" % (path, layer.dataProvider().encoding()))
    names = [field.name() for field in layer.fields()]
    rows = []
    for feature in layer.getFeatures():
        row = dict(zip(names, map(plain, feature.attributes())))
        geometry = feature.geometry()
        point = not geometry.isNull() and geometry.type() == QgsWkbTypes.PointGeometry
        row[""] = (geometry.asPoint().x(), geometry.asPoint().y()) if point else None
        rows.append(row)
    if layer.featureCount() != len(rows):
        sys.exit("%s: %d features counted, %d read" % (path, layer.featureCount(), len(rows)))
    return layer, expected.Layer(layer.crs().authid(), rows)


def metadata_problems(name, layer):
    message, good = layer.loadDefaultMetadata()
    about = layer.metadata()
    rights = " ".join(about.rights())
    if not good or not about.title() or not about.abstract():
        return ["%s: metadata %r, title %r" % (name, message, about.title())]
    if name != "hard" and "OpenStreetMap" not in rights:
        return ["%s: no credit in its metadata: %r" % (name, rights)]
    if about.crs().authid() != "EPSG:4326":
        return ["%s: metadata say %r" % (name, about.crs().authid())]
    return []


def main():
    program, data = sys.argv[1:]
    app = qgis_start.start()
    folder = expected.write(program)
    read_layers = {n: read(os.path.join(folder.name, n + ".shp")) for n in expected.LAYERS}
    found = [p for n, (layer, _) in read_layers.items() for p in metadata_problems(n, layer)]
    for text in found:
        print(text)
    status = expected.report("QGIS", {n: rows for n, (_, rows) in read_layers.items()}, data)
    del read_layers
    folder.cleanup()
    del app
    qgis_start.leave(1 if found else status)


if __name__ == "__main__":
    main()
