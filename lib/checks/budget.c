/* SPDX-License-Identifier: MIT */
/* The error budget of a check, line by line, and what places cover. */
#include <math.h>

#include "base/text.h"
#include "checks/verdict.h"

incmap_check_extent incmap_check_extent_of(const incmap_place *place)
{
    /* Grayvoron: 10 km2 and 6,404 people (Wikipedia, by data/places.csv). */
    const double radius_m = 1784, people = 6404;
    const incmap_extent extent = incmap_place_extent(place);

    if (!place || extent.known)
        return (incmap_check_extent){ extent.radius_m, extent.known, "its own" };
    if ((INCMAP_PLACE_BIT(place->kind) & INCMAP_PLACE_SETTLEMENTS) && place->population > 0)
        return (incmap_check_extent){ radius_m * sqrt((double)place->population / people), false,
                                      "unknown; at most Grayvoron's 1,784 m (6,404 people) scaled "
                                      "by the root of the population" };
    return (incmap_check_extent){ extent.radius_m, false,
                                  "unknown; at most the bound for its kind of place" };
}

void incmap__budget_add(incmap_check *check, incmap_budget_line line)
{
    if (check->budget_count < INCMAP_BUDGET_LINES) check->budget[check->budget_count++] = line;
}

void incmap__budget_place(incmap_check *check, const incmap_place *place, incmap__measured *m)
{
    const double coordinate = incmap_place_uncertainty_m(place);
    const incmap_check_extent extent = incmap_check_extent_of(place);

    incmap__budget_add(
        check, (incmap_budget_line){ .kind = INCMAP_BUDGET_COORDINATE,
                                     .place = place,
                                     .least_m = coordinate,
                                     .most_m = coordinate,
                                     .reason = isnan(place->coord_uncertainty_m)
                                                   ? "not stated: a bound for its kind"
                                                   : "as its source or the distance between two "
                                                     "sources shows it" });
    incmap__budget_add(check, (incmap_budget_line){ .kind = INCMAP_BUDGET_EXTENT,
                                                    .place = place,
                                                    .least_m = extent.known ? extent.radius_m : 0,
                                                    .most_m = extent.radius_m,
                                                    .reason = extent.reason });
    m->fixed_m += coordinate + (extent.known ? extent.radius_m : 0);
    m->unknown_m += extent.known ? 0 : extent.radius_m;
}

/* Metres as people write them: "90 m", "1.79 km", "576 km". */
static void add_metres(double metres, bool is_time, char *buffer, size_t size, size_t *used)
{
    if (isinf(metres))
        incmap__text_add(buffer, size, used, "without end");
    else if (is_time)
        incmap__text_add(buffer, size, used, "%.0f s", metres);
    else if (metres < 1000)
        incmap__text_add(buffer, size, used, "%.0f m", metres);
    else {
        char digits[32];
        size_t length = 0;
        incmap__text_add(digits, sizeof digits, &length, metres < 10e3 ? "%.2f" : "%.1f",
                         metres / 1000);
        incmap__text_point(digits);
        incmap__text_add(buffer, size, used, "%s km", digits);
    }
}

static const char *name_of(const incmap_budget_line *line)
{
    return line->place ? incmap_place_name_in(line->place, "en") : "";
}

size_t incmap_budget_text(const incmap_budget_line *line, char *buffer, size_t size)
{
    size_t used = 0;

    if (!line || !buffer || !size) return 0;
    buffer[0] = '\0';
    switch (line->kind) {
    case INCMAP_BUDGET_COORDINATE:
        incmap__text_add(buffer, size, &used, "coordinate of %s ±", name_of(line));
        break;
    case INCMAP_BUDGET_EXTENT:
        incmap__text_add(buffer, size, &used, "extent of %s %s", name_of(line),
                         line->least_m < line->most_m ? "0 to " : "±");
        break;
    case INCMAP_BUDGET_BORDER: incmap__text_add(buffer, size, &used, "border data ±"); break;
    case INCMAP_BUDGET_UNMATCHED:
        incmap__text_add(buffer, size, &used, "outlines that run apart ±");
        break;
    case INCMAP_BUDGET_ROUNDING: incmap__text_add(buffer, size, &used, "rounding ±"); break;
    case INCMAP_BUDGET_CONVERSION:
        incmap__text_add(buffer, size, &used, "rounding before conversion ±");
        break;
    case INCMAP_BUDGET_HEDGE: incmap__text_add(buffer, size, &used, "hedge -"); break;
    }
    add_metres(line->most_m, line->is_time, buffer, size, &used);
    if (line->kind == INCMAP_BUDGET_HEDGE) {
        incmap__text_add(buffer, size, &used, ", +");
        add_metres(line->above_m, line->is_time, buffer, size, &used);
    }
    incmap__text_add(buffer, size, &used, " (%s)", line->reason);
    if (used >= size) buffer[incmap__utf8_cut(buffer, size - 1, size - 1)] = '\0';
    return used;
}
