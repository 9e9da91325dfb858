/* SPDX-License-Identifier: MIT */
/* Records as texts from which the readers of lib/reports make the same records again. */
#include "formats/record_fields.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/date.h"
#include "base/text.h"
#include "reports/claim.h"

/* How a member becomes a text. */
enum kind {
    TEXT,
    NUMBER,
    FLAG,
    CODE, /* an int; below 0 there is none */
    LINK, /* an index, as the id of the record */
    TIER,
    POLARITY,
    SUBJECT,
    ENTRY,
    LOCATION,
    VERDICT,
    DATE,      /* of one text: a day, a month or a year */
    FIRST_DAY, /* of an interval */
    LAST_DAY,
    PRECISION,
    LON,
    LAT,
    RADIUS, /* of what is located */
    DISAGREE
};

#define FIELD(name, tag, type, kind, record, member)                                               \
    {                                                                                              \
        name, tag, type, kind, offsetof(record, member), INCMAP_RECORD_SOURCE                      \
    }
#define WORD(name, tag, kind, record, member)                                                      \
    FIELD(name, tag, INCMAP__VALUE_TEXT, kind, record, member)
#define COUNT(name, tag, kind, record, member)                                                     \
    FIELD(name, tag, INCMAP__VALUE_NUMBER, kind, record, member)
#define TRUTH(name, tag, kind, record, member)                                                     \
    FIELD(name, tag, INCMAP__VALUE_TRUTH, kind, record, member)
#define ID_OF(name, tag, record, member, to)                                                       \
    {                                                                                              \
        name, tag, INCMAP__VALUE_TEXT, LINK, offsetof(record, member), to                          \
    }

static const incmap__record_field source_fields[] = {
    WORD("id", "#meta+source+id", TEXT, incmap_source, id),
    WORD("publisher", "#meta+source+name", TEXT, incmap_source, publisher),
    WORD("title", "#meta+title", TEXT, incmap_source, title),
    WORD("author", "#meta+author", TEXT, incmap_source, author),
    WORD("published", "#date+published", DATE, incmap_source, published),
    WORD("published_precision", "", PRECISION, incmap_source, published),
    WORD("relayed_from", "#meta+original+id", TEXT, incmap_source, relayed_from),
    WORD("notes", "#meta+notes", TEXT, incmap_source, notes),
    WORD("language", "#meta+lang", TEXT, incmap_source, language),
    WORD("tier", "", TIER, incmap_source, tier),
};

static const incmap__record_field claimant_fields[] = {
    WORD("key", "#org+id", TEXT, incmap_claimant, key),
    WORD("name", "#org+name", TEXT, incmap_claimant, name),
    WORD("side", "#org+type", TEXT, incmap_claimant, side),
    WORD("part_of", "#org+parent+id", TEXT, incmap_claimant, part_of),
};

static const incmap__record_field incident_fields[] = {
    WORD("id", "#event+id", TEXT, incmap_incident, id),
    WORD("title", "#event+name", TEXT, incmap_incident, title),
    WORD("date_start", "#date+start", FIRST_DAY, incmap_incident, when),
    WORD("date_end", "#date+end", LAST_DAY, incmap_incident, when),
    WORD("date_precision", "", PRECISION, incmap_incident, when),
    WORD("date_basis", "", TEXT, incmap_incident, date_basis),
    WORD("place_key", "#loc+code", TEXT, incmap_incident, place_key),
    WORD("border_post_key", "", TEXT, incmap_incident, post_key),
    WORD("location_precision", "#geo+precision", LOCATION, incmap_incident, location_precision),
    COUNT("acled_geo_precision", "", CODE, incmap_incident, acled_geo_precision),
    WORD("event_type", "#event+type", TEXT, incmap_incident, event_type),
    WORD("sub_event_type", "#event+subtype", TEXT, incmap_incident, sub_event_type),
    WORD("actor1", "#group+name+first", TEXT, incmap_incident, actor1),
    WORD("actor2", "#group+name+second", TEXT, incmap_incident, actor2),
    ID_OF("parent_id", "#event+parent+id", incmap_incident, parent, INCMAP_RECORD_INCIDENT),
    WORD("sources", "#meta+source+id+list", TEXT, incmap_incident, sources),
    WORD("notes", "#description", TEXT, incmap_incident, notes),
    COUNT("lon_deg", "#geo+lon", LON, incmap_incident, at),
    COUNT("lat_deg", "#geo+lat", LAT, incmap_incident, at),
    COUNT("uncertainty_m", "", RADIUS, incmap_incident, uncertainty_m),
    TRUTH("extent_known", "", FLAG, incmap_incident, extent_known),
    TRUTH("on_border", "", FLAG, incmap_incident, on_border),
    WORD("precision_code", "", TEXT, incmap_incident, precision_code),
    ID_OF("merged_into", "", incmap_incident, merged_into, INCMAP_RECORD_INCIDENT),
    WORD("place", "#loc+name", TEXT, incmap_incident, place_asked),
    WORD("place_verdict", "", VERDICT, incmap_incident, place_verdict),
    COUNT("place_score", "", NUMBER, incmap_incident, place_score),
    WORD("place_reason", "", TEXT, incmap_incident, place_reason),
    WORD("place_candidates", "", TEXT, incmap_incident, place_candidates),
};

static const incmap__record_field claim_fields[] = {
    WORD("claim_id", "#indicator+id", TEXT, incmap_claim, id),
    ID_OF("incident_id", "#event+id", incmap_claim, incident, INCMAP_RECORD_INCIDENT),
    ID_OF("source", "#meta+source+id", incmap_claim, source, INCMAP_RECORD_SOURCE),
    ID_OF("claimant_key", "#org+id", incmap_claim, claimant, INCMAP_RECORD_CLAIMANT),
    WORD("claimant", "#org+name", TEXT, incmap_claim, claimant_text),
    WORD("polarity", "", POLARITY, incmap_claim, polarity),
    WORD("claim_type", "#indicator+type", TEXT, incmap_claim, type),
    WORD("subject", "", SUBJECT, incmap_claim, subject),
    WORD("victim_group", "#affected+type", TEXT, incmap_claim, victim_group),
    COUNT("figure_value", "#indicator+value+num", NUMBER, incmap_claim, figure),
    WORD("figure_qualifier", "", TEXT, incmap_claim, qualifier),
    COUNT("figure_low", "#indicator+value+min+num", NUMBER, incmap_claim, figure_low),
    COUNT("figure_high", "#indicator+value+max+num", NUMBER, incmap_claim, figure_high),
    TRUTH("figures_disagree", "", DISAGREE, incmap_claim, figure),
    WORD("figure_unit", "#indicator+unit", TEXT, incmap_claim, unit),
    WORD("hedge", "", TEXT, incmap_claim, hedge),
    WORD("verification", "#status", TEXT, incmap_claim, verification),
    WORD("verified_by", "", TEXT, incmap_claim, verified_by),
    WORD("verified", "#date+verified", DATE, incmap_claim, verified),
    WORD("verified_part", "", TEXT, incmap_claim, verified_part),
    WORD("said", "#date+reported", DATE, incmap_claim, said),
    WORD("said_precision", "", PRECISION, incmap_claim, said),
    WORD("contradicts", "", TEXT, incmap_claim, contradicts),
    WORD("entry", "", ENTRY, incmap_claim, entry),
    ID_OF("refers_to", "", incmap_claim, refers_to, INCMAP_RECORD_CLAIM),
    WORD("summary", "#description", TEXT, incmap_claim, summary),
};

const incmap__record_field *incmap__record_fields(incmap_record record, size_t *n)
{
    static const struct {
        const incmap__record_field *fields;
        size_t n;
    } all[] = {
        { source_fields, sizeof source_fields / sizeof *source_fields },
        { claimant_fields, sizeof claimant_fields / sizeof *claimant_fields },
        { incident_fields, sizeof incident_fields / sizeof *incident_fields },
        { claim_fields, sizeof claim_fields / sizeof *claim_fields },
    };
    *n = all[record].n;
    return all[record].fields;
}

size_t incmap__record_count(const incmap_dataset *d, incmap_record record)
{
    switch (record) {
    case INCMAP_RECORD_SOURCE: return incmap_dataset_source_count(d);
    case INCMAP_RECORD_CLAIMANT: return incmap_dataset_claimant_count(d);
    case INCMAP_RECORD_INCIDENT: return incmap_dataset_incident_count(d);
    case INCMAP_RECORD_CLAIM: return incmap_dataset_claim_count(d);
    }
    return 0;
}

static const char *record_at(const incmap_dataset *d, incmap_record record, size_t i)
{
    switch (record) {
    case INCMAP_RECORD_SOURCE: return (const char *)incmap_dataset_source(d, i);
    case INCMAP_RECORD_CLAIMANT: return (const char *)incmap_dataset_claimant(d, i);
    case INCMAP_RECORD_INCIDENT: return (const char *)incmap_dataset_incident(d, i);
    case INCMAP_RECORD_CLAIM: return (const char *)incmap_dataset_claim(d, i);
    }
    return NULL;
}

/* The id is the first member of every record. */
static const char *id_of(const char *item)
{
    const char *id;
    memcpy(&id, item, sizeof id);
    return id;
}

/* ---- values ------------------------------------------------------------------------------------ */

/* As few digits as give the same number back. */
static const char *number_text(double value, incmap__value_room *room)
{
    double back = NAN;

    if (isnan(value)) return "";
    for (int digits = 15; digits <= 17; digits++) {
        (void)snprintf(room->text, sizeof room->text, "%.*g", digits, value);
        incmap__text_point(room->text);
        if (incmap__text_to_double(room->text, strlen(room->text), &back) && back == value) break;
    }
    return room->text;
}

static const char *day_text(incmap_day day, incmap__value_room *room)
{
    int year, month, mday;

    if (day == INCMAP_DAY_OPEN) return "";
    incmap_day_to_civil(day, &year, &month, &mday);
    (void)snprintf(room->text, sizeof room->text, "%s%04d-%02d-%02d", year < 0 ? "-" : "",
                   year < 0 ? -year : year, month, mday);
    return room->text;
}

/* Whether a text of the room, read as a date, gives that interval. */
static bool is_interval(const incmap_date *date, const incmap__value_room *room)
{
    incmap_date read;

    return incmap__date_parse(room->text, strlen(room->text), &read, NULL) == INCMAP_OK &&
           read.earliest == date->earliest && read.before == date->before;
}

/* "2023-05-22", "2023-05" or "2023", whichever covers the interval; NULL when none does. */
static const char *date_text(const incmap_date *date, incmap__value_room *room)
{
    static const size_t lengths[] = { 10, 7, 4 };

    if (date->earliest == INCMAP_DAY_OPEN && date->before == INCMAP_DAY_OPEN) return "";
    if (date->earliest == INCMAP_DAY_OPEN || date->before == INCMAP_DAY_OPEN) return NULL;
    for (size_t i = 0; i < 3; i++) {
        (void)day_text(date->earliest, room);
        room->text[lengths[i] + (room->text[0] == '-')] = '\0';
        if (is_interval(date, room)) return room->text;
    }
    return NULL;
}

static const char *polarity_text(incmap_polarity polarity)
{
    switch (polarity) {
    case INCMAP_POLARITY_DENIES: return "denies";
    case INCMAP_POLARITY_DOUBTS: return "doubts";
    case INCMAP_POLARITY_ASSERTS: break;
    }
    return "asserts";
}

static const char *word_of(enum kind kind, int value)
{
    switch (kind) {
    case TIER: return incmap_source_tier_text((incmap_source_tier)value);
    case SUBJECT: return incmap_subject_text((incmap_subject)value);
    case ENTRY: return incmap_entry_text((incmap_entry)value);
    case LOCATION: return incmap_location_precision_text((incmap_location_precision)value);
    default: return polarity_text((incmap_polarity)value);
    }
}

static const char *linked_id(const incmap_dataset *d, const char *item,
                             const incmap__record_field *field)
{
    size_t index;
    const char *other;

    memcpy(&index, item + field->offset, sizeof index);
    other = record_at(d, field->to, index);
    return other ? id_of(other) : "";
}

static const char *position_text(const incmap_incident *incident, int kind,
                                 incmap__value_room *room)
{
    if (!incident->located) return "";
    if (kind == RADIUS) return number_text(incident->uncertainty_m, room);
    return number_text(kind == LON ? incident->at.lon : incident->at.lat, room);
}

/* What a reader would refuse, and the original had all the same. */
static bool disagrees(const incmap_claim *claim)
{
    if (claim->figure_low > claim->figure_high) return true;
    return incmap__qualifier_of(claim->qualifier) == INCMAP_QUALIFIER_EXACT &&
           (claim->figure < claim->figure_low || claim->figure > claim->figure_high);
}

static const char *date_part(const incmap_date *date, int kind, incmap__value_room *room)
{
    switch (kind) {
    case DATE: return date_text(date, room);
    case FIRST_DAY: return day_text(date->earliest, room);
    case LAST_DAY: return date->before == INCMAP_DAY_OPEN ? "" : day_text(date->before - 1, room);
    default: return incmap_date_precision_text(date->precision);
    }
}

static const char *truth_text(const char *item, const incmap__record_field *field)
{
    bool flag = false;

    if (field->kind == DISAGREE)
        flag = disagrees((const void *)item);
    else
        memcpy(&flag, item + field->offset, sizeof flag);
    return flag ? "true" : "false";
}

static const char *code_text(int code, incmap__value_room *room)
{
    if (code < 0) return "";
    (void)snprintf(room->text, sizeof room->text, "%d", code);
    return room->text;
}

/* Of a name that was looked up. */
static const char *verdict_of(const incmap_incident *incident)
{
    return incident->place_asked[0] ? incmap_verdict_text(incident->place_verdict) : "";
}

static const char *value_of(const incmap_dataset *d, const char *item,
                            const incmap__record_field *field, incmap__value_room *room)
{
    const char *at = item + field->offset;
    const char *text;
    incmap_date date;
    double number;
    int whole;

    switch ((enum kind)field->kind) {
    case TEXT: memcpy(&text, at, sizeof text); return text;
    case NUMBER: memcpy(&number, at, sizeof number); return number_text(number, room);
    case FLAG:
    case DISAGREE: return truth_text(item, field);
    case CODE: memcpy(&whole, at, sizeof whole); return code_text(whole, room);
    case LINK: return linked_id(d, item, field);
    case TIER:
    case POLARITY:
    case SUBJECT:
    case ENTRY:
    case LOCATION: memcpy(&whole, at, sizeof whole); return word_of((enum kind)field->kind, whole);
    case VERDICT: return verdict_of((const void *)item);
    case DATE:
    case FIRST_DAY:
    case LAST_DAY:
    case PRECISION: memcpy(&date, at, sizeof date); return date_part(&date, field->kind, room);
    case LON:
    case LAT:
    case RADIUS: return position_text((const void *)item, field->kind, room);
    }
    return "";
}

incmap_status incmap__record_value(const incmap_dataset *d, incmap_record record, size_t i,
                                   const incmap__record_field *field, incmap__value_room *room,
                                   const char **out, incmap_error *err)
{
    const char *item = record_at(d, record, i);
    const char *text = value_of(d, item, field, room);

    if (!text)
        return incmap__fail(err, INCMAP_EDATA,
                            "%s %.60s: %s is neither a day nor a month nor a year",
                            incmap_record_text(record), id_of(item), field->name);
    *out = text;
    return INCMAP_OK;
}
