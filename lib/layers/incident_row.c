/* SPDX-License-Identifier: MIT */
/* What the layers made from incidents share. */
#include "layers/incident_row.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "layers/place_row.h"

/* ---- dates ---- */

static size_t add_day(char *buffer, size_t used, incmap_day day)
{
    int year, month, mday;

    incmap_day_to_civil(day, &year, &month, &mday);
    return used + (size_t)snprintf(buffer + used, INCMAP_DATE_TEXT_SIZE - used, "%04d-%02d-%02d",
                                   year, month, mday);
}

/* Whether the interval is just the month or year that its precision says: then the text is that. */
static size_t cut_of(const incmap_date *date)
{
    int y, m, d, y2, m2, d2;

    incmap_day_to_civil(date->earliest, &y, &m, &d);
    incmap_day_to_civil(date->before, &y2, &m2, &d2);
    if (d != 1 || d2 != 1) return 0;
    if (date->precision == INCMAP_DATE_MONTH && y2 * 12 + m2 == y * 12 + m + 1) return 7;
    if (date->precision == INCMAP_DATE_YEAR && m == 1 && m2 == 1 && y2 == y + 1) return 4;
    return 0;
}

const char *incmap__date_iso(const incmap_date *date, char *buffer)
{
    const bool from = date->earliest != INCMAP_DAY_OPEN, to = date->before != INCMAP_DAY_OPEN;
    size_t used = 0;

    buffer[0] = '\0';
    if (!from && !to) return buffer;
    if (from)
        used = add_day(buffer, 0, date->earliest);
    else
        used = (size_t)sprintf(buffer, "..");
    if (from && to && date->before == date->earliest + 1) return buffer;
    if (from && to && cut_of(date) > 0) {
        buffer[used - 10 + cut_of(date)] = '\0'; /* of a year of four digits */
        return buffer;
    }
    buffer[used++] = '/';
    if (to)
        (void)add_day(buffer, used, date->before - 1);
    else
        (void)sprintf(buffer + used, "..");
    return buffer;
}

const char *incmap__depth_text(const incmap_depth *depth, char *buffer)
{
    const bool sign = depth->side == INCMAP_SIDE_INSIDE || depth->side == INCMAP_SIDE_OUTSIDE;

    buffer[0] = '\0';
    if (depth->side == INCMAP_SIDE_UNKNOWN) return buffer;
    return incmap_measure_text(sign ? depth->depth_m : fabs(depth->depth_m), depth->band_m,
                               INCMAP_UNIT_KM, buffer);
}

/* ---- columns ---- */

void incmap__row_dates(incmap__layer_row *row, size_t first, const incmap_date *when)
{
    incmap__row_day(row, first, when->earliest);
    if (when->before != INCMAP_DAY_OPEN) incmap__row_day(row, first + 1, when->before - 1);
}

void incmap__row_place(incmap__layer_row *row, size_t first, const incmap_incident *incident)
{
    incmap__row_text(row, first, incident->place_key);
    if (incident->place) {
        incmap__row_text(row, first + 1, incmap__place_own_name(incident->place, "en"));
        incmap__row_text(row, first + 2, incmap__place_own_name(incident->place, "ru"));
        incmap__row_text(row, first + 3, incmap__place_own_name(incident->place, "uk"));
    }
    incmap__row_text(row, first + 4, incmap_location_precision_text(incident->location_precision));
}

const char *incmap__placed_text(const incmap_incident *incident, incmap_placed placed)
{
    if (!incident->located) return "nowhere";
    if (placed == INCMAP_PLACED_MEASURED) return "measured";
    return incident->on_border ? "on_border" : "";
}

/* ---- claims ---- */

incmap_status incmap__claims_add(incmap__id_list *list, const incmap_dataset *dataset,
                                 const incmap_incident *incident, incmap_error *err)
{
    incmap_status st = INCMAP_OK;

    for (size_t i = 0; !st && i < incident->claim_count; i++)
        st = incmap__id_list_add(list, incmap_dataset_claim(dataset, incident->claims[i])->id, err);
    return st;
}

static bool contests(const incmap_claim *claim)
{
    return claim->polarity != INCMAP_POLARITY_ASSERTS || *claim->contradicts ||
           strcmp(claim->verification, "disputed") == 0;
}

static bool verified(const incmap_claim *claim)
{
    return strcmp(claim->verification, "verified") == 0 ||
           strcmp(claim->verification, "confirmed_by_both_sides") == 0;
}

const char *incmap__claims_state(const incmap_dataset *dataset, const incmap_incident *incident)
{
    const char *state = incident->claim_count ? "claimed" : "no_claims";

    for (size_t i = 0; i < incident->claim_count; i++) {
        const incmap_claim *claim = incmap_dataset_claim(dataset, incident->claims[i]);
        if (claim->superseded_by != SIZE_MAX) continue; /* its claimant says so no longer */
        if (contests(claim)) return "contested";
        if (verified(claim)) state = "part_verif";
    }
    return state;
}

/* ---- points that several incidents have ---- */

static int compare_numbers(double a, double b)
{
    return (a > b) - (a < b);
}

static int compare_points(const incmap_incident *a, const incmap_incident *b)
{
    const int by_lat = compare_numbers(a->at.lat, b->at.lat);
    return by_lat ? by_lat : compare_numbers(a->at.lon, b->at.lon);
}

static bool before(const incmap_dataset *dataset, uint32_t a, uint32_t b)
{
    const incmap_incident *one = incmap_dataset_incident(dataset, a);
    const incmap_incident *other = incmap_dataset_incident(dataset, b);
    int by;

    if (one->located != other->located) return one->located;
    by = one->located ? compare_points(one, other) : 0;
    if (by) return by < 0;
    if (one->location_precision != other->location_precision)
        return one->location_precision > other->location_precision;
    return a < b;
}

/* Heap sort, since qsort hands no dataset to its comparison: in place, and as good on any input. */
static void sift(const incmap_dataset *dataset, uint32_t *heap, size_t root, size_t n)
{
    for (size_t child = 2 * root + 1; child < n; child = 2 * root + 1) {
        if (child + 1 < n && before(dataset, heap[child], heap[child + 1])) child++;
        if (!before(dataset, heap[root], heap[child])) return;
        const uint32_t moved = heap[root];
        heap[root] = heap[child];
        heap[child] = moved;
        root = child;
    }
}

static void sort(const incmap_dataset *dataset, uint32_t *order, size_t n)
{
    for (size_t i = n / 2; i-- > 0;)
        sift(dataset, order, i, n);
    for (size_t end = n; end > 1; end--) {
        const uint32_t last = order[0];
        order[0] = order[end - 1];
        order[end - 1] = last;
        sift(dataset, order, 0, end - 1);
    }
}

static void number_turns(incmap__spots *spots, const incmap_dataset *dataset)
{
    for (size_t i = 0; i < spots->located;) {
        const incmap_incident *first = incmap_dataset_incident(dataset, spots->order[i]);
        size_t end = i + 1;
        while (end < spots->located &&
               compare_points(first, incmap_dataset_incident(dataset, spots->order[end])) == 0)
            end++;
        for (size_t k = i; k < end; k++)
            spots->turns[spots->order[k]] =
                (incmap__spot_turn){ (uint32_t)(k - i + 1), (uint32_t)(end - i), spots->order[i] };
        i = end;
    }
}

incmap_status incmap__spots_find(incmap__spots *spots, const incmap_dataset *dataset,
                                 const incmap_allocator *a, incmap_error *err)
{
    const size_t n = incmap_dataset_incident_count(dataset);

    *spots = (incmap__spots){ .allocator = a };
    spots->turns = incmap__alloc_zeroed(a, n, sizeof *spots->turns);
    spots->order = incmap__alloc(a, n, sizeof *spots->order);
    if (!spots->turns || !spots->order) {
        incmap__spots_free(spots);
        return incmap__fail_memory(err);
    }
    for (size_t i = 0; i < n; i++) {
        spots->order[i] = (uint32_t)i;
        spots->located += incmap_dataset_incident(dataset, i)->located;
    }
    sort(dataset, spots->order, n);
    number_turns(spots, dataset);
    return INCMAP_OK;
}

void incmap__spots_free(incmap__spots *spots)
{
    incmap__free(spots->allocator, spots->turns);
    incmap__free(spots->allocator, spots->order);
    spots->turns = NULL;
    spots->order = NULL;
}
