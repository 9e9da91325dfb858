#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""QGIS opens the project with every layer in it, and takes each style, expression, time and tip.

qgis_opens.py WRITE_LAYERS DATA
"""
import datetime
import os
import re
import shutil
import sys
import tempfile
import xml.etree.ElementTree as ET

import expected
import qgis_start

ORDER = ["incidents", "tracks", "connectors", "border_posts", "places", "border", "areas", "belts",
         "claims"]
ID = "incmap_layer_"
TABLES = {"claims"}
TIMED = {"incidents", "tracks", "connectors", "areas"}

found = []


def wrong(text, *values):
    found.append(text % values)


# ---- the project ----


def open_project(path):
    from qgis.core import QgsProject
    project = QgsProject.instance()  # expressions look for other layers there
    if not project.read(path):
        sys.exit("%s: %s" % (path, project.error()))
    return project


def layer_of(project, name):
    return project.mapLayer(ID + name)


def check_project(project, folder):
    layers = {i[len(ID):]: l for i, l in project.mapLayers().items() if i.startswith(ID)}
    if sorted(layers) != sorted(ORDER):
        wrong("project: layers %s", sorted(layers))
    for name, layer in layers.items():
        if not layer.isValid():
            wrong("project: layer %s is bad: %s", name, layer.error().message())
        if not os.path.realpath(layer.source()).startswith(os.path.realpath(folder)):
            wrong("project: layer %s is read from %s", name, layer.source())
        crs = layer.crs().authid()
        if name not in TABLES and crs != "EPSG:4326":
            wrong("project: layer %s has %s", name, crs)
        if layer.name() in ("", name):
            wrong("project: layer %s has no name for people: %r", name, layer.name())
        if name not in TABLES | {"areas"} and "OpenStreetMap" not in " ".join(layer.metadata().rights()):
            wrong("project: layer %s without its credit", name)
    tree = [node.layerId()[len(ID):] for node in project.layerTreeRoot().findLayers()]
    if tree != ORDER:
        wrong("project: order %s", tree)
    if project.crs().authid() != "EPSG:32637":
        wrong("project: map in %s", project.crs().authid())
    if "OpenStreetMap" not in project.metadata().abstract():
        wrong("project: no credit: %r", project.metadata().abstract())
    text = open(project.fileName(), encoding="utf-8").read()
    sources = re.findall(r"<datasource>(.*?)</datasource>", text)
    if len(sources) != len(ORDER) or any(not s.startswith("./") for s in sources):
        wrong("project: paths %s", sources)


def check_view(project):
    from qgis.core import QgsCoordinateReferenceSystem, QgsCoordinateTransform
    view = project.viewSettings().defaultViewExtent()
    to_degrees = QgsCoordinateTransform(view.crs(), QgsCoordinateReferenceSystem("EPSG:4326"), project)
    box = to_degrees.transformBoundingBox(view)
    known = ("exact_site", "settlement")
    for f in layer_of(project, "incidents").getFeatures():
        if f["LOC_PREC"] in known and not box.contains(f.geometry().asPoint()):
            wrong("project: %s is out of view", f["ID"])
    if box.width() > 8 or box.height() > 5:
        wrong("project: view of %.1f by %.1f degrees", box.width(), box.height())


def check_relation(project):
    relations = project.relationManager().relations()
    if len(relations) != 1:
        wrong("project: %d relations", len(relations))
        return
    relation = list(relations.values())[0]
    if not relation.isValid():
        wrong("project: the relation is not valid: %s", relation.validationError())
    for f in layer_of(project, "incidents").getFeatures():
        joined = sum(1 for _ in relation.getRelatedFeatures(f))
        if joined != f["N_CLAIMS"]:
            wrong("relation: %s has %d claims, %d joined", f["ID"], f["N_CLAIMS"], joined)


# ---- styles ----


def expressions_of(root):
    """Every expression in a style, with what it is for."""
    for rule in root.iter("rule"):
        if rule.get("filter") not in (None, "ELSE"):
            yield "filter", rule.get("filter")
    for option in root.iter("Option"):
        if option.get("name") == "expression":
            yield "property", option.get("value")
    for text in root.iter("text-style"):
        yield "label", text.get("fieldName")
    for clause in root.iter("orderByClause"):
        yield "order", clause.text
    for element in root.iter("previewExpression"):
        yield "display", element.text
    for tip in root.iter("mapTip"):
        for expression in re.findall(r"\[%(.*?)%\]", tip.text, re.S):
            yield "tip", expression


def check_expressions(project, name, path):
    from qgis.core import QgsExpression, QgsExpressionContext, QgsExpressionContextUtils
    layer = layer_of(project, name)
    context = QgsExpressionContext(QgsExpressionContextUtils.globalProjectLayerScopes(layer))
    features = list(layer.getFeatures())
    fields = {f.name() for f in layer.fields()}
    count = 0
    for what, text in expressions_of(ET.parse(path).getroot()):
        expression = QgsExpression(text)
        count += 1
        if expression.hasParserError():
            wrong("%s: %s %r: %s", name, what, text, expression.parserErrorString())
            continue
        # a field of another layer stands inside an aggregate alone
        unknown = expression.referencedColumns() - fields - {"#!allattributes!#"}
        if unknown and "aggregate(" not in text:
            wrong("%s: %s %r: no field %s", name, what, text, sorted(unknown))
        for feature in features:
            context.setFeature(feature)
            expression.evaluate(context)
            if expression.hasEvalError():
                wrong("%s: %s %r: %s", name, what, text, expression.evalErrorString())
                break
    return count


def flat(element):
    """An element as the set of what it says: path, attribute, value."""
    said = set()

    def walk(e, path):
        keys = [e.get(k) for k in ("name", "key", "k", "field", "class") if e.get(k)]
        path = path + (e.tag + "".join("[%s]" % k for k in keys[:1]),)
        for k, v in e.attrib.items():
            said.add((path, k, v))
        if e.text and e.text.strip():
            said.add((path, "", e.text))
        for child in e:
            walk(child, path)
    for child in element:
        walk(child, ())
    return said


def same(a, b):
    try:
        return abs(float(a) - float(b)) < 1e-9
    except ValueError:
        return a == b


# QGIS writes what it has read in words of its own here.
RENAMED = {"key", "symbol", "orderByClause"}


def check_round_trip(name, layer, path):
    """What we wrote comes back when QGIS saves the style that it has read."""
    message, good = layer.loadNamedStyle(path)
    if not good:
        wrong("%s: style refused: %s", name, message)
        return
    saved = os.path.join(os.path.dirname(path), "saved-%s.qml" % name)
    layer.saveNamedStyle(saved)
    ours, theirs = flat(ET.parse(path).getroot()), flat(ET.parse(saved).getroot())
    os.remove(saved)
    values = {}
    for where, attribute, value in theirs:
        values.setdefault((where, attribute), []).append(value)
    for where, attribute, value in sorted(ours):
        if attribute in RENAMED or any("rule-" in part for part in where):
            continue
        if not any(same(value, v) for v in values.get((where, attribute), [])):
            wrong("%s: style says %s %s = %r, QGIS saves %r", name, "/".join(where), attribute, value,
                  values.get((where, attribute)))
    rules = [r.get("label") for r in ET.parse(path).getroot().iter("rule")]
    if layer.isSpatial() and not rules:
        wrong("%s: no rules", name)


def check_rules(name, layer, path):
    """The renderer has each rule with its filter and a symbol."""
    ours = [(r.get("label") or "", r.get("filter") or "", r.get("symbol") is not None)
            for r in ET.parse(path).getroot().iter("rule")]
    theirs = []
    if layer.renderer() and layer.renderer().type() == "RuleRenderer":
        theirs = [(r.label(), "ELSE" if r.isElse() else r.filterExpression(), r.symbol() is not None)
                  for r in layer.renderer().rootRule().descendants()]
    if ours != theirs:
        wrong("%s: rules %s, in QGIS %s", name, ours, theirs)


def check_style(project, folder, name):
    from qgis.core import QgsVectorLayer
    path = os.path.join(folder, name + ".qml")
    kind = ".dbf" if name in TABLES else ".shp"
    alone = QgsVectorLayer(os.path.join(folder, name + kind), name, "ogr")
    check_rules(name, alone, path)
    check_rules(name + " in the project", layer_of(project, name), path)
    check_round_trip(name, alone, path)
    for layer in (alone, layer_of(project, name)):
        missing = [f.name() for f in layer.fields() if not f.alias()]
        if missing:
            wrong("%s: no alias for %s", name, missing)
        time = layer.temporalProperties()
        if time.isActive() != (name in TIMED):
            wrong("%s: time is %s", name, "on" if time.isActive() else "off")
    return check_expressions(project, name, path)


# ---- the time slider ----


def day(text):
    return datetime.date.fromisoformat(text) if text else None


def covers(row, begin, end):
    first, last = day(row["date_start"]), day(row["date_end"])
    if first and not last and row["date_precision"] not in ("range", "season"):
        last = first
    after = last and datetime.datetime.combine(last, datetime.time()) + datetime.timedelta(days=1)
    start = first and datetime.datetime.combine(first, datetime.time())
    return (start is None or start < end) and (after is None or after > begin)


def check_time(project, data):
    """At any hour the slider shows those that can have been then, and no other."""
    from qgis.core import QgsDateTimeRange, QgsFeatureRequest, QgsVectorLayerTemporalContext
    from qgis.PyQt.QtCore import QDate, QDateTime, QTime
    layer = layer_of(project, "incidents")
    rows = expected.table(data, "incidents.csv")
    hour = datetime.timedelta(hours=1)
    for begin in (datetime.datetime(2023, 5, 22, 13), datetime.datetime(2023, 5, 22, 23),
                  datetime.datetime(2023, 5, 23, 0), datetime.datetime(2023, 5, 24, 23),
                  datetime.datetime(2023, 5, 25, 0), datetime.datetime(2022, 10, 3, 5)):
        def stamp(t):
            return QDateTime(QDate(t.year, t.month, t.day), QTime(t.hour, 0))
        context = QgsVectorLayerTemporalContext()
        context.setLayer(layer)
        span = QgsDateTimeRange(stamp(begin), stamp(begin + hour), True, False)
        shown = layer.temporalProperties().createFilterString(context, span)
        got = sorted(f["ID"] for f in layer.getFeatures(QgsFeatureRequest().setFilterExpression(shown)))
        want = sorted(r["id"] for r in rows if covers(r, begin, begin + hour))
        if got != want:
            wrong("time %s: shown %s, expected %s", begin, got, want)


# ---- tips and labels ----


def check_tips(project, data):
    from qgis.core import QgsExpression, QgsExpressionContext, QgsExpressionContextUtils
    layer = layer_of(project, "incidents")
    context = QgsExpressionContext(QgsExpressionContextUtils.globalProjectLayerScopes(layer))
    claims = {}
    for claim in expected.table(data, "claims.csv"):
        claims.setdefault(claim["incident_id"], []).append(claim)
    for f in layer.getFeatures():
        context.setFeature(f)
        tip = QgsExpression.replaceExpressionText(layer.mapTipTemplate(), context)
        for claim in claims.get(f["ID"], []):
            summary = claim["summary"].replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
            if summary not in tip:
                wrong("tip of %s: no claim %s", f["ID"], claim["claim_id"])
        if "[%" in tip:
            wrong("tip of %s: an expression was not computed", f["ID"])


def check_hostile(project, folder):
    """Markup in the data is text in a tip, and a layer with it opens."""
    from qgis.core import (QgsExpression, QgsExpressionContext, QgsExpressionContextUtils,
                           QgsVectorLayer)
    layer = QgsVectorLayer(os.path.join(folder, "hard.shp"), "hard", "ogr")
    context = QgsExpressionContext(QgsExpressionContextUtils.globalProjectLayerScopes(layer))
    seen = False
    for f in layer.getFeatures():
        context.setFeature(f)
        tip = QgsExpression.replaceExpressionText(layer.mapTipTemplate(), context)
        if f["KEY"] == "markup":
            seen = "&lt;script&gt;" in tip and "<script>" not in tip and "[%" in tip
    if not seen:
        wrong("hard: a name with markup is not text in its tip")


def check_language(program, language):
    """In another language every expression is as good, and every field and layer has its name."""
    folder = expected.write(program, language)
    project = open_project(os.path.join(folder.name, "project.qgs"))
    for name in ORDER:
        check_expressions(project, name, os.path.join(folder.name, name + ".qml"))
        layer = layer_of(project, name)
        # Latin letters stand in abbreviations alone
        texts = [layer.name()] + [f.alias() for f in layer.fields()]
        for text in texts:
            if not re.search("[\u0400-\u04ff]", text):
                wrong("%s in %s: %r", name, language, text)
    project.clear()


def main():
    program, data = sys.argv[1:]
    app = qgis_start.start()
    for language in ("ru", "uk"):
        check_language(program, language)
    folder = expected.write(program)
    # moved as a whole, it opens as before
    moved = tempfile.mkdtemp(prefix="incmap-moved-")
    shutil.move(folder.name, os.path.join(moved, "there"))
    os.mkdir(folder.name)
    there = os.path.join(moved, "there")
    project = open_project(os.path.join(there, "project.qgs"))
    check_project(project, there)
    check_view(project)
    check_relation(project)
    count = sum(check_style(project, there, name) for name in ORDER)
    check_time(project, data)
    check_tips(project, data)
    check_hostile(project, there)
    for text in found:
        print(text)
    print("QGIS: %d layers in a project, %d expressions, %d problems" % (len(ORDER), count, len(found)))
    shutil.rmtree(moved)
    del app
    qgis_start.leave(1 if found else 0)


if __name__ == "__main__":
    main()
