/* SPDX-License-Identifier: MIT */
/* All of incmap: the one line that a program includes. */
#ifndef INCMAP_INCMAP_H
#define INCMAP_INCMAP_H

#include <incmap/version.h>
#include <incmap/status.h>
#include <incmap/context.h>
#include <incmap/report.h>
#include <incmap/coord.h>
#include <incmap/date.h>
#include <incmap/shape.h>
#include <incmap/layer_writer.h>
#include <incmap/layer_reader.h>
#include <incmap/distance.h>
#include <incmap/border.h>
#include <incmap/zone.h>
#include <incmap/countries.h>
#include <incmap/place.h>
#include <incmap/gazetteer.h>
#include <incmap/doubt.h>
#include <incmap/dataset.h>
#include <incmap/tally.h>
#include <incmap/statement.h>
#include <incmap/checks.h>
#include <incmap/changes.h>
#include <incmap/duplicates.h>
#include <incmap/import.h>
#include <incmap/exchange.h>
#include <incmap/layer.h>
#include <incmap/project.h>
#include <incmap/builtin.h>

#endif
