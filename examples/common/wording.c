/* SPDX-License-Identifier: MIT */
/* Figures and sides in words. The library rounds (incmap_measure_text); here are signs, sides and
 * the lines that tell a reader how to take them. */
#include "common/wording.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/program.h"
#include "common/text.h"

/* A sign before a value that is rounded to nothing would say what is not known. */
static const char *without_empty_sign(const char *text)
{
    const size_t digits = strspn(text + 1, "0.");

    if (text[0] != '-') return text;
    return text[1 + digits] == '\0' || text[1 + digits] == ' ' ? text + 1 : text;
}

static bool begins_with_nonzero(const char *text)
{
    return text[strspn(text, "0.")] >= '1' && text[strspn(text, "0.")] <= '9';
}

char *depth_text(const incmap_depth *depth, incmap_unit unit)
{
    char buffer[INCMAP_MEASURE_TEXT_SIZE];
    const char *text =
        without_empty_sign(incmap_measure_text(depth->depth_m, depth->band_m, unit, buffer));
    const bool plus = depth->side == INCMAP_SIDE_INSIDE && begins_with_nonzero(text);

    return text_format("%s%s", plus ? "+" : "", text);
}

char *distance_text(double distance_m, double band_m, incmap_unit unit)
{
    char buffer[INCMAP_MEASURE_TEXT_SIZE];

    return text_format("%s", incmap_measure_text(distance_m, band_m, unit, buffer));
}

char *band_text(double band_m, incmap_unit unit)
{
    char *text = distance_text(band_m, band_m, unit), *sign = strstr(text, "±");

    if (sign) memmove(text, sign + strlen("±"), strlen(sign + strlen("±")) + 1);
    return text;
}

char *rounded_text(double distance_m, double band_m, incmap_unit unit)
{
    /* Where no band stands beside it a number must not end in a digit that the band leaves open:
     * 604 for 604.0 ±1.8. So only the place of the band's first digit counts. */
    const double unit_m = incmap_unit_metres(unit);
    const double place_m = pow(10, floor(log10(band_m / unit_m))) * unit_m;
    char *text = distance_text(distance_m, 2 * place_m, unit);

    text[strcspn(text, " ")] = '\0';
    return text;
}

char *side_words(const data *d, const incmap_depth *depth)
{
    const char *words = "not known";

    switch (depth->side) {
    case INCMAP_SIDE_INSIDE: words = d->inside.name; break;
    case INCMAP_SIDE_OUTSIDE: words = d->outside.name; break;
    case INCMAP_SIDE_BOTH: words = "in both outlines"; break;
    case INCMAP_SIDE_NEITHER: words = "in neither outline"; break;
    case INCMAP_SIDE_UNKNOWN: return text_format("%s", words);
    }
    return text_format("%s%s%s", words, depth->side_certain ? "" : " ?",
                       depth->unmatched ? " *" : "");
}

char *direction_text(const incmap_depth *depth)
{
    if (depth->line < 0 || !(fabs(depth->depth_m) > depth->band_m)) return text_format("-");
    return text_format("%s (%.0f°)", incmap_compass_text(depth->azimuth_deg, 16),
                       fmod(round(depth->azimuth_deg), 360));
}

char *position_text(incmap_coord at, double accuracy_m)
{
    /* A step of the last decimal is about the accuracy: 100 m give three decimals, 111 m. */
    int decimals = (int)round(-log10(fmax(accuracy_m, 0.1) / 111000));

    if (decimals < 0) decimals = 0;
    return text_format("%.*f %c, %.*f %c", decimals, fabs(at.lat), at.lat < 0 ? 'S' : 'N', decimals,
                       fabs(at.lon), at.lon < 0 ? 'W' : 'E');
}

void print_unmatched_note(void)
{
    printf("* at that stretch the two countries' outlines run apart; both count as border.\n");
}

void print_legend(const data *d, bool uncertain, bool unmatched)
{
    if (!incmap_border_has_sides(d->border)) {
        printf("The border's lines have no stated side, so depths carry no sign. ± is a bound, no "
               "probability:\nhow exact point and border are.\n");
        return;
    }
    printf(
        "+ inside %s, - inside %s. ± is a bound, no probability: how exact point and border are.\n",
        d->inside.name, d->outside.name);
    if (uncertain && d->of_lines)
        printf("? side not certain: it may be another one within the band.\n");
    else if (uncertain)
        printf("? side not certain: an outline of one of the countries lies within the band.\n");
    if (unmatched) print_unmatched_note();
}

int read_unit(const char *text, incmap_unit *unit)
{
    if (!text || incmap_unit_parse(text, unit)) return DONE;
    return wrong_usage("--unit is \"%s\", expected m, km, mi or nmi", text);
}

void csv_depth(csv_out *csv, const incmap_depth *depth, bool on_border)
{
    if (!depth) {
        csv_empty(csv, DEPTH_COLUMN_COUNT);
        return;
    }
    if (on_border) {
        csv_empty(csv, 4);
    } else {
        csv_number(csv, depth->depth_m, 3);
        csv_number(csv, depth->band_m, 3);
        csv_text(csv, incmap_side_text(depth->side));
        csv_bool(csv, depth->side_certain);
    }
    csv_bool(csv, depth->unmatched);
    csv_number(csv, depth->nearest.lat, 7);
    csv_number(csv, depth->nearest.lon, 7);
    csv_number(csv, on_border ? NAN : depth->azimuth_deg, 3);
    csv_number(csv, depth->along_m, 3);
    csv_number(csv, depth->line, 0);
}

void csv_credit(csv_out *csv, const data *d)
{
    csv_text(csv, incmap_border_inside(d->border));
    csv_text(csv, incmap_border_outside(d->border));
    csv_text(csv, incmap_border_name(d->border));
    csv_text(csv, incmap_border_data_date(d->border));
    csv_text(csv, incmap_border_attribution(d->border));
}
