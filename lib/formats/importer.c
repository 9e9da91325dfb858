/* SPDX-License-Identifier: MIT */
/* Putting records together that somebody else's file has no table for. */
#include "formats/importer.h"

#include <math.h>
#include <string.h>

#include "base/date.h"
#include "base/text.h"

const char *incmap__import_keep(incmap__importer *im, const char *text, size_t length)
{
    const char *kept = incmap__pool_text(&im->d->pool, text, length);
    if (!kept) im->failed = true;
    return kept ? kept : "";
}

static const char *keep_text(incmap__importer *im, const char *text)
{
    return incmap__import_keep(im, text, strlen(text));
}

const char *incmap__import_column(incmap__importer *im, const incmap__table *table, size_t column)
{
    return incmap__import_keep(im, incmap__table_text(table, column),
                               incmap__table_length(table, column));
}

const char *incmap__import_joined(incmap__importer *im, const char *a, const char *between,
                                  const char *b)
{
    const incmap_allocator *allocator = &im->d->allocator;
    const size_t size = strlen(a) + strlen(between) + strlen(b) + 1;
    char *text;
    const char *kept;
    size_t used = 0;

    if (!b[0]) return keep_text(im, a);
    text = incmap__alloc(allocator, size, 1);
    if (!text) {
        im->failed = true;
        return "";
    }
    incmap__text_add(text, size, &used, "%s%s%s", a, a[0] ? between : "", b);
    kept = incmap__import_keep(im, text, used);
    incmap__free(allocator, text);
    return kept;
}

void incmap__import_location(incmap__importer *im, incmap__table *table, size_t column,
                             const char *name, const char *code,
                             const incmap__import_radius *radius, incmap_incident *incident)
{
    char text[64], became[64];
    size_t used = 0, became_used = 0;

    incmap__text_add(text, sizeof text, &used, "%s %.20s", name, code);
    incident->precision_code = incmap__import_keep(im, text, used);
    incident->location_precision = radius->precision;
    incident->uncertainty_m = radius->uncertainty_m;
    incmap__text_add(became, sizeof became, &became_used, "%s, %s km",
                     incmap_location_precision_text(radius->precision),
                     incmap__number(radius->uncertainty_m / 1000).text);
    incmap__table_convert(table, column, became);
}

void incmap__import_day_converted(incmap__table *table, size_t column, incmap_day day)
{
    const incmap_date date = { day, day + 1, INCMAP_DATE_DAY, INCMAP_UTC_UNKNOWN };
    char text[INCMAP_DATE_TEXT_SIZE];

    if (strcmp(incmap_date_text(&date, text), incmap__table_text(table, column)) != 0)
        incmap__table_convert(table, column, text);
}

incmap_incident incmap__import_incident(void)
{
    incmap_incident incident = {
        .acled_geo_precision = -1, .parent = SIZE_MAX, .uncertainty_m = NAN, .merged_into = SIZE_MAX
    };

    incident.title = incident.date_basis = incident.place_key = incident.post_key = "";
    incident.event_type = incident.sub_event_type = incident.actor1 = incident.actor2 = "";
    incident.sources = incident.notes = incident.precision_code = "";
    incident.place_asked = incident.place_reason = incident.place_candidates = "";
    incident.place_score = NAN;
    return incident;
}

incmap_claim incmap__import_deaths(incmap__importer *im, const char *id, const char *group)
{
    incmap_claim claim = { .id = id,
                           .incident = im->d->incidents.count - 1,
                           .figure = NAN,
                           .figure_low = NAN,
                           .figure_high = NAN,
                           .subject = INCMAP_SUBJECT_KILLED,
                           .qualifier_kind = INCMAP_QUALIFIER_EXACT,
                           .said = INCMAP__DATE_NONE,
                           .verified = INCMAP__DATE_NONE,
                           .refers_to = SIZE_MAX,
                           .superseded_by = SIZE_MAX };

    claim.claimant_text = claim.verification = claim.verified_by = claim.summary = "";
    claim.hedge = claim.verified_part = claim.contradicts = "";
    claim.type = keep_text(im, "fatalities");
    claim.unit = keep_text(im, "people");
    claim.qualifier = keep_text(im, "exact");
    claim.victim_group = keep_text(im, group);
    return claim;
}

/* Without a figure there is nothing that could be exact. */
incmap_status incmap__import_add_claim(incmap__importer *im, const incmap_claim *claim,
                                       incmap_error *err)
{
    incmap_claim kept = *claim;
    if (isnan(kept.figure) && isnan(kept.figure_low) && isnan(kept.figure_high) &&
        kept.qualifier_kind == INCMAP_QUALIFIER_EXACT) {
        kept.qualifier_kind = INCMAP_QUALIFIER_UNSTATED;
        kept.qualifier = "";
    }
    return incmap__records_add(&im->d->claims, &im->d->allocator, &kept, err);
}

incmap_status incmap__import_claimant(incmap__importer *im, const char *key, const char *name,
                                      incmap_error *err)
{
    incmap_claimant claimant = { .part_of = "" };
    incmap_status st;

    claimant.key = keep_text(im, key);
    claimant.name = keep_text(im, name);
    claimant.side = keep_text(im, "research");
    st = incmap__records_add(&im->d->claimants, &im->d->allocator, &claimant, err);
    return !st && im->failed ? incmap__fail_memory(err) : st;
}

incmap_status incmap__import_source(incmap__importer *im, const char *id, size_t length,
                                    const char *publisher, const char *title, size_t *number,
                                    incmap_error *err)
{
    incmap_source source = { .published = INCMAP__DATE_NONE, .tier = INCMAP_TIER_UNKNOWN };
    incmap_status st;

    source.id = incmap__import_keep(im, id, length);
    if (im->failed) return incmap__fail_memory(err);
    *number = incmap__records_find(&im->d->sources, source.id);
    if (*number != INCMAP__NO_RECORD) return INCMAP_OK;
    source.publisher = publisher ? keep_text(im, publisher) : source.id;
    source.title = keep_text(im, title);
    source.language = source.author = source.relayed_from = source.notes = "";
    st = incmap__records_add(&im->d->sources, &im->d->allocator, &source, err);
    *number = im->d->sources.count - 1;
    return !st && im->failed ? incmap__fail_memory(err) : st;
}

bool incmap__import_id(incmap__importer *im, incmap__table *table, size_t column, const char **id)
{
    im->id_column = column;
    if (!incmap__table_needed(table, column, id)) return false;
    if (incmap__records_find(&im->d->incidents, *id) == INCMAP__NO_RECORD) return true;
    incmap__table_refuse(table, column, "an id that no earlier row has");
    return false;
}

static bool is_listed(const char *list, const char *id)
{
    const size_t length = strlen(id);

    while (*list) {
        const size_t n = strcspn(list, "|");
        if (n == length && memcmp(list, id, n) == 0) return true;
        list += n + (list[n] == '|');
    }
    return false;
}

incmap_status incmap__import_sources(incmap__importer *im, const char *list, const char *separators,
                                     incmap_incident *incident, size_t *first, incmap_error *err)
{
    incmap_status st = INCMAP_OK;

    *first = SIZE_MAX;
    while (*list) {
        const size_t whole = strcspn(list, separators);
        size_t start = strspn(list, " "), end = whole, number;
        if (start > whole) start = whole;
        while (end > start && list[end - 1] == ' ')
            end--;
        if (end > start) {
            st = incmap__import_source(im, list + start, end - start, NULL, "", &number, err);
            if (st) return st;
            const incmap_source *source = incmap_dataset_source(im->d, number);
            if (*first == SIZE_MAX) *first = number;
            if (!is_listed(incident->sources, source->id))
                incident->sources = incmap__import_joined(im, incident->sources, "|", source->id);
        }
        list += whole + (list[whole] != '\0');
    }
    if (*first == SIZE_MAX) {
        *first = 0;
        incident->sources = incmap_dataset_source(im->d, 0)->id;
    }
    return st;
}

static incmap_status note_refused(void *user, incmap__table *table, incmap_error *err)
{
    const incmap__importer *im = user;
    return incmap__dataset_add_refused(im->d, INCMAP_RECORD_INCIDENT,
                                       incmap__table_text(table, im->id_column), im->file,
                                       incmap__table_line(table), err);
}

static incmap_status read_rows(incmap__importer *im, incmap__csv *csv, incmap__problems *problems,
                               const incmap__import_plan *plan)
{
    const incmap_status st = plan->begin(im, &im->ctx->error);

    if (st) {
        incmap__csv_close(csv);
        return st;
    }
    return plan->headless ? incmap__rows_read_headless(problems, csv, plan->columns, plan->n,
                                                       plan->fields, plan->row, im)
                          : incmap__rows_read(problems, csv, plan->columns, plan->n, plan->row, im);
}

incmap_status incmap__import_with(incmap_ctx *ctx, incmap__csv *csv, incmap_report *report,
                                  const incmap__import_plan *plan, incmap_dataset **out)
{
    incmap__importer im = { .d = incmap__dataset_make(ctx, plan->gazetteer),
                            .ctx = ctx,
                            .own = plan->own,
                            .file = incmap__csv_name(csv) };
    incmap__problems problems = { 0 };
    incmap_status st = im.d ? incmap__problems_begin(&problems, ctx, report) : INCMAP_ENOMEM;

    problems.refused_row = note_refused;
    if (st)
        incmap__csv_close(csv);
    else
        st = read_rows(&im, csv, &problems, plan);
    if (!st) st = incmap__dataset_list_claims(im.d, &ctx->error);
    incmap__problems_end(&problems);
    if (st)
        incmap_dataset_free(im.d);
    else
        *out = im.d;
    return st;
}

incmap_status incmap__import_run(incmap_ctx *ctx, incmap__csv *csv, incmap_report *report,
                                 const incmap__column columns[], size_t n, incmap__row_fn row,
                                 incmap_status (*begin)(incmap__importer *im, incmap_error *err),
                                 incmap_dataset **out)
{
    const incmap__import_plan plan = { .columns = columns, .n = n, .row = row, .begin = begin };
    return incmap__import_with(ctx, csv, report, &plan, out);
}
