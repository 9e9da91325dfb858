#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""QGIS reads a program's own layers: system, encoding, values, and what a box finds.

qgis_own.py WRITE_OWN
"""
import os
import sys

import own_layers
import qgis_start


def plain(value):
    from PyQt5.QtCore import QDate, QVariant
    if value is None or (isinstance(value, QVariant) and value.isNull()):
        return None
    return value.toString("yyyy-MM-dd") if isinstance(value, QDate) else value


def problems_of(name, path):
    from qgis.core import QgsVectorLayer
    layer = QgsVectorLayer(path, name, "ogr")
    if not layer.isValid():
        return ["%s: not valid" % name]
    problems = []
    if layer.crs().authid() != own_layers.SYSTEMS[name]:
        problems.append("%s: system %r" % (name, layer.crs().authid()))
    if layer.dataProvider().encoding() != "UTF-8":
        problems.append("%s: read as %s" % (name, layer.dataProvider().encoding()))
    names = [field.name() for field in layer.fields()]
    for i, feature in enumerate(layer.getFeatures()):
        problems += own_layers.row_problems(name, i,
                                            dict(zip(names, map(plain, feature.attributes()))))
        if not feature.geometry().isNull() and not feature.geometry().isGeosValid():
            problems.append("%s %d: geometry is not valid" % (name, i))
    return problems


def search_problems(path):
    from qgis.core import QgsFeatureRequest, QgsRectangle, QgsVectorLayer
    layer = QgsVectorLayer(path, "points", "ogr")
    box = (34.05, 49.95, 36.15, 51.05)
    found = sum(1 for _ in layer.getFeatures(QgsFeatureRequest().setFilterRect(QgsRectangle(*box))))
    inside = sum(1 for i in range(own_layers.ROWS) if i % 9 and
                 box[0] <= own_layers.place(i)[0] <= box[2] and
                 box[1] <= own_layers.place(i)[1] <= box[3])
    return [] if found == inside else ["box: %d found, %d are there" % (found, inside)]


def main():
    app = qgis_start.start()
    folder = own_layers.write(sys.argv[1])
    found = []
    for name in own_layers.SYSTEMS:
        found += problems_of(name, os.path.join(folder.name, name + ".shp"))
    found += search_problems(os.path.join(folder.name, "points.shp"))
    for text in found[:40]:
        print(text)
    print("QGIS: %d layers, %d problems" % (len(own_layers.SYSTEMS), len(found)))
    folder.cleanup()
    del app
    qgis_start.leave(1 if found else 0)


if __name__ == "__main__":
    main()
