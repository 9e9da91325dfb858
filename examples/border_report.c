/* SPDX-License-Identifier: MIT */
/* Where does a place lie with regard to the border: how deep, on which side and how sure, where is
 * the border nearest, and what is near on the other side? */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "common/program.h"
#include "common/table.h"
#include "common/text.h"
#include "common/wording.h"

static data_options chosen;
static const char *unit_name;
static bool as_csv, all_places, all_posts, stretches, as_table;

/* What is near a spot; places are NULL where there is none. */
typedef struct {
    const incmap_place *place;
    double distance_m, band_m;
} neighbour;

typedef struct {
    spot spot;
    incmap_depth depth;
    neighbour post, inside, outside; /* nearest post, nearest settlement of each country */
} row;

typedef struct {
    data d;
    row *rows;
    size_t n;
    const incmap_place **nowhere; /* places of which no position is known */
    size_t n_nowhere;
    incmap_unit unit;
} job;

/* ---- measuring -------------------------------------------------------------------------------- */

/* The nearest place that the options let through, other than the spot itself. A country of which no
 * code is known is not looked for: "" would be found in places that name no country. */
static int find_neighbour(const job *j, const incmap_gazetteer *g, const spot *s,
                          const incmap_find_options *options, neighbour *out)
{
    incmap_near near[2];
    incmap_status st;
    size_t count = 0;

    *out = (neighbour){ NULL, NAN, NAN };
    if (options->country && !options->country[0]) return DONE;
    st = incmap_gazetteer_nearest(j->d.ctx, g, s->at, options, 2, near, &count);
    if (st) return complain_of(j->d.ctx, st);
    for (size_t i = 0; i < count; i++) {
        if (s->place && strcmp(near[i].place->key, s->place->key) == 0) continue;
        *out = (neighbour){ near[i].place, near[i].distance_m,
                            s->uncertainty_m + incmap_place_uncertainty_m(near[i].place) };
        return DONE;
    }
    return DONE;
}

/* Each border has its own posts and countries. */
static int find_neighbours(const job *j, row *r, size_t border)
{
    incmap_find_options posts = INCMAP_FIND_OPTIONS_INIT, inside = INCMAP_FIND_OPTIONS_INIT,
                        outside = INCMAP_FIND_OPTIONS_INIT;
    const incmap_gazetteer *g = j->d.gazetteer;
    int status;

    posts.kinds = INCMAP_PLACE_BIT(INCMAP_PLACE_BORDER_POST);
    inside.kinds = outside.kinds = INCMAP_PLACE_SETTLEMENTS;
    inside.country = j->d.insides[border].alpha2;
    outside.country = j->d.outsides[border].alpha2;
    status = find_neighbour(j, j->d.posts[border], &r->spot, &posts, &r->post);
    if (!status) status = find_neighbour(j, g, &r->spot, &inside, &r->inside);
    if (!status) status = find_neighbour(j, g, &r->spot, &outside, &r->outside);
    return status;
}

static int measure(const job *j, row *r)
{
    const int status = spot_measure(&j->d, &r->spot, &r->depth);

    return status ? status : find_neighbours(j, r, 0);
}

static int nearer_first(const void *a, const void *b)
{
    const double da = fabs(((const row *)a)->depth.depth_m);
    const double db = fabs(((const row *)b)->depth.depth_m);

    return (da > db) - (da < db);
}

static int by_chainage(const void *a, const void *b)
{
    const double da = ((const row *)a)->depth.along_m, db = ((const row *)b)->depth.along_m;

    return (da > db) - (da < db);
}

static void add_from_gazetteer(job *j, spots *out)
{
    const incmap_gazetteer *g = all_posts ? j->d.posts[0] : j->d.gazetteer;

    for (size_t i = 0; i < incmap_gazetteer_count(g); i++) {
        const incmap_place *p = incmap_gazetteer_get(g, i);
        if ((p->kind == INCMAP_PLACE_BORDER_POST) != all_posts) continue;
        if (p->located) {
            spots_add_place(&j->d, out, p);
        } else {
            j->nowhere = need(realloc(j->nowhere, (j->n_nowhere + 1) * sizeof *j->nowhere));
            j->nowhere[j->n_nowhere++] = p;
        }
    }
}

static int collect(job *j, const char *const words[], size_t n, spots *out)
{
    if (n) return spots_find(&j->d, words, n, out);
    if (all_posts || all_places) {
        add_from_gazetteer(j, out);
    } else {
        spots_add_named(&j->d, out);
    }
    if (out->n || j->n_nowhere) return DONE;
    if (all_posts && data_lacks_posts(&j->d, 0))
        return complain(NO_ANSWER, "no posts of this border are known: the built-in ones are of "
                                   "another; give --posts");
    return complain(NO_ANSWER, "the gazetteer has none of them; name places");
}

static int ask(job *j, const char *const words[], size_t n)
{
    spots found = { NULL, 0 };
    int status = read_unit(unit_name, &j->unit);

    if (!status && all_posts + all_places + stretches + (n > 0) > 1)
        status = wrong_usage("places, --all, --all-posts and --stretches exclude one another");
    if (!status && chosen.border[1] && (all_posts || stretches))
        status = wrong_usage("--all-posts and --stretches are for one --border");
    if (!status) status = data_load(&j->d, &chosen, false);
    if (!status && !stretches) status = collect(j, words, n, &found);
    j->rows = need(calloc(found.n + 1, sizeof *j->rows));
    j->n = found.n;
    for (size_t i = 0; i < found.n; i++)
        j->rows[i].spot = found.items[i];
    free(found.items); /* the texts went along */
    for (size_t i = 0; !status && i < j->n; i++)
        status = measure(j, &j->rows[i]);
    if (!status && !n)
        qsort(j->rows, j->n, sizeof *j->rows, all_posts ? by_chainage : nearer_first);
    return status;
}

/* ---- wording ---------------------------------------------------------------------------------- */

/* country: the one looked in; NULL: any. */
static char *neighbour_text(const job *j, const neighbour *n, const data_country *country)
{
    char *label, *distance, *text;

    if (!n->place)
        return need_copy(country && !country->alpha2[0] ? "not looked for: its code is not known"
                                                        : "none in the gazetteer");
    label = place_label(n->place);
    distance = distance_text(n->distance_m, n->band_m, j->unit);
    text = text_format("%s, %s %s", label, distance, incmap_unit_text(j->unit));
    free(label);
    free(distance);
    return text;
}

/* The settlement across the border; NULL where there is no other side. */
static const neighbour *across(const row *r)
{
    if (r->spot.on_border) return NULL;
    if (r->depth.side == INCMAP_SIDE_INSIDE) return &r->outside;
    if (r->depth.side == INCMAP_SIDE_OUTSIDE) return &r->inside;
    return NULL;
}

static char *along_text(const job *j, const row *r)
{
    const double band = r->spot.on_border ? r->spot.uncertainty_m : r->depth.band_m;

    return rounded_text(r->depth.along_m, band, j->unit);
}

/* ---- blocks: one place, all there is to say ----------------------------------------------------- */

static void line(const char *name, char *text)
{
    const size_t width = text_width(name);

    printf("  %s%*s%s\n", name, width < 25 ? (int)(25 - width) : 1, "", text);
    free(text);
}

static void print_title(const row *r)
{
    const incmap_place *p = r->spot.place;
    char *title = need_copy(r->spot.label), *kind, *clean;

    if (p) {
        const char *ru = incmap_place_name_in(p, "ru");
        kind = kind_words(p->kind);
        text_append(&title, " (%s%s%s", strcmp(ru, r->spot.label) != 0 && !p->post ? ru : "",
                    strcmp(ru, r->spot.label) != 0 && !p->post ? "; " : "", kind);
        free(kind);
        if (p->admin2[0] && p->kind != INCMAP_PLACE_DISTRICT)
            text_append(&title, ", %s", p->admin2);
        if (p->admin1[0] && p->kind != INCMAP_PLACE_REGION) text_append(&title, ", %s", p->admin1);
        text_append(&title, "%s%s)", p->country[0] ? ", " : "", p->country);
    }
    clean = text_clean(title);
    printf("%s\n", clean);
    free(clean);
    free(title);
}

static const char *certainty_words(const job *j, const row *r)
{
    if (r->depth.side == INCMAP_SIDE_UNKNOWN) return ": the lines tell none there";
    if (j->d.of_lines)
        return r->depth.side_certain ? ", certain: it is the same all over the band"
                                     : ", not certain: it may change within the band";
    return r->depth.side_certain ? ", certain: no outline lies within the band"
                                 : ", not certain: an outline lies within the band";
}

static void print_depth(const job *j, const row *r)
{
    const char *unit = incmap_unit_text(j->unit);
    char *depth = depth_text(&r->depth, j->unit), *where, *direction;
    incmap_depth plain = r->depth;
    char *side;

    plain.side_certain = true;
    plain.unmatched = false;
    side = side_words(&j->d, &plain);
    if (r->spot.on_border) {
        line("depth", need_copy("on the border by construction: nothing to measure"));
    } else {
        line("depth", text_format("%s %s", depth, unit));
        line("side", text_format("%s%s", side, certainty_words(j, r)));
        where = position_text(r->depth.nearest, incmap_border_accuracy_m(j->d.border));
        direction = direction_text(&r->depth);
        line("nearest border point",
             text_format("%s%s%s", where,
                         direction[0] == '-' ? "; direction not certain" : ", toward ",
                         direction[0] == '-' ? "" : direction));
        free(where);
        free(direction);
    }
    free(side);
    free(depth);
}

static void print_block(const job *j, const row *r)
{
    const char *unit = incmap_unit_text(j->unit);
    const incmap_unit near = r->spot.uncertainty_m < 100 ? INCMAP_UNIT_M : j->unit;
    char *at = position_text(r->spot.at, fmax(r->spot.uncertainty_m / 10, 1)), *text, *name;
    incmap_border_line border_line;

    print_title(r);
    text = band_text(r->spot.uncertainty_m, near);
    line("position",
         text_format("%s, ±%s %s%s", at, text, incmap_unit_text(near),
                     spot_is_area(&r->spot) ? ": one point in it, for which the figures are" : ""));
    free(text);
    free(at);
    print_depth(j, r);
    text = along_text(j, r);
    line("along the border", text_format("%s %s", text, unit));
    free(text);
    if (r->depth.unmatched &&
        incmap_border_line_get(j->d.border, (size_t)r->depth.line, &border_line)) {
        line("", text_format("the outlines run apart here, by up to %.0f m; both count as border",
                             ceil(border_line.separation_m)));
    }
    if (!data_lacks_posts(&j->d, 0)) line("nearest border post", neighbour_text(j, &r->post, NULL));
    for (int side = 0; side < 2; side++) {
        const neighbour *n = side ? &r->outside : &r->inside;
        const data_country *country = side ? &j->d.outside : &j->d.inside;
        if ((across(r) && across(r) != n) || j->d.of_lines) continue;
        name = text_format("nearest in %s", country->name);
        line(name, neighbour_text(j, n, country));
        free(name);
    }
    if (r->spot.place && r->spot.place->post && r->spot.place->post->status[0])
        line("status", text_clean(r->spot.place->post->status));
    printf("\n");
}

/* ---- tables: many places ------------------------------------------------------------------------ */

static void neighbour_cells(const job *j, table *t, const neighbour *n)
{
    if (!n || !n->place) {
        table_cell(t, "-");
        table_cell(t, "");
        return;
    }
    table_take(t, place_label(n->place));
    table_take(t, distance_text(n->distance_m, n->band_m, j->unit));
}

static void print_places(const job *j)
{
    const bool posts = !data_lacks_posts(&j->d, 0);
    table *t = table_new();

    table_column(t, "", ALIGN_LEFT, 17);
    table_column(t, "depth", ALIGN_BAND, 0);
    table_column(t, "side", ALIGN_LEFT, 10);
    table_column(t, "toward" LINE_BREAK "the border", ALIGN_LEFT, 0);
    table_column(t, "along", ALIGN_POINT, 0);
    if (posts) table_column(t, "nearest" LINE_BREAK "border post", ALIGN_LEFT, 19);
    if (posts) table_column(t, "from it", ALIGN_BAND, 0);
    table_column(t, "nearest place" LINE_BREAK "across", ALIGN_LEFT, 14);
    table_column(t, "from it", ALIGN_BAND, 0);
    for (size_t i = 0; i < j->n; i++) {
        const row *r = &j->rows[i];
        table_take(t, spot_title(&r->spot));
        table_take(t, r->spot.on_border ? need_copy("on it") : depth_text(&r->depth, j->unit));
        table_take(t, r->spot.on_border ? need_copy("") : side_words(&j->d, &r->depth));
        table_take(t, r->spot.on_border ? need_copy("-") : direction_text(&r->depth));
        table_take(t, along_text(j, r));
        if (posts) neighbour_cells(j, t, &r->post);
        neighbour_cells(j, t, across(r));
    }
    table_print(t, stdout);
    table_free(t);
}

/* Bytes of a post's name without the words that the column's head says already. */
static size_t without_kind(const char *label)
{
    static const char kind[] = " border post";
    const size_t length = strlen(label), tail = sizeof kind - 1;

    return length > tail && strcmp(label + length - tail, kind) == 0 ? length - tail : length;
}

static void print_posts(const job *j)
{
    table *t = table_new();
    char *inside = text_format("nearest in %s", j->d.inside.name);
    char *outside = text_format("nearest in %s", j->d.outside.name);

    table_column(t, "along", ALIGN_POINT, 0);
    table_column(t, "border post", ALIGN_LEFT, 30);
    table_column(t, "point ±", ALIGN_POINT, 0);
    table_column(t, "for", ALIGN_LEFT, 16);
    table_column(t, inside, ALIGN_LEFT, 20);
    table_column(t, "from it", ALIGN_BAND, 0);
    table_column(t, outside, ALIGN_LEFT, 20);
    table_column(t, "from it", ALIGN_BAND, 0);
    for (size_t i = 0; i < j->n; i++) {
        const row *r = &j->rows[i];
        table_take(t, along_text(j, r));
        table_cellf(t, "%.*s%s", (int)without_kind(r->spot.label), r->spot.label,
                    r->depth.unmatched ? " *" : "");
        table_take(t, band_text(r->spot.uncertainty_m, j->unit));
        table_take(t, text_list(r->spot.place->post->modes));
        neighbour_cells(j, t, &r->inside);
        neighbour_cells(j, t, &r->outside);
    }
    table_print(t, stdout);
    table_free(t);
    free(inside);
    free(outside);
}

static void print_stretches(const job *j)
{
    const char *unit = incmap_unit_text(j->unit);
    double matched_m = 0, unmatched_m = 0;
    table *t = table_new();
    incmap_border_line l;

    table_column(t, "line", ALIGN_RIGHT, 0);
    table_column(t, "outline", ALIGN_LEFT, 0);
    table_column(t, "begins at", ALIGN_POINT, 0);
    table_column(t, "length", ALIGN_POINT, 0);
    table_column(t, "apart by up to", ALIGN_POINT, 0);
    table_column(t, "vertices", ALIGN_RIGHT, 0);
    for (size_t i = 0; incmap_border_line_get(j->d.border, i, &l); i++) {
        *(l.unmatched ? &unmatched_m : &matched_m) += l.length_m;
        table_cellf(t, "%zu", i);
        table_cell(t, !l.unmatched && !l.enclosed       ? "both, the same line"
                      : l.outline == INCMAP_SIDE_INSIDE ? j->d.inside.name
                                                        : j->d.outside.name);
        table_take(t, rounded_text(l.start_m, NAN, j->unit));
        table_take(t, rounded_text(l.length_m, NAN, j->unit));
        table_take(t, l.unmatched ? rounded_text(l.separation_m, NAN, j->unit) : need_copy(""));
        table_cellf(t, "%zu", l.vertices);
    }
    printf("Lines of the border between %s and %s, %s\n\n", j->d.inside.name, j->d.outside.name,
           unit);
    table_print(t, stdout);
    table_free(t);
    printf(
        "\nBoth outlines on one line over %.0f km; where they run apart, %.1f km of outlines count "
        "as border.\n\n",
        matched_m / 1000, unmatched_m / 1000);
}

/* ---- several borders, side by side -------------------------------------------------------------- */

/* The depths of one place by all borders, and how far they disagree. */
typedef struct {
    incmap_depth by[OPTION_REPEATS];
    double spread_m;  /* between the least and the greatest */
    double allowed_m; /* what the two borders' own accuracies and separations explain together */
    bool sides_differ;
} comparison;

/* A depth as a number that others can be compared with: without its sign where either has none. */
static double comparable(const comparison *c, size_t i, bool signs)
{
    return signs ? c->by[i].depth_m : fabs(c->by[i].depth_m);
}

static bool has_sign(const incmap_depth *d)
{
    return d->side == INCMAP_SIDE_INSIDE || d->side == INCMAP_SIDE_OUTSIDE;
}

static int compare(const job *j, const spot *s, comparison *c)
{
    const size_t n = j->d.n_borders;
    bool signs = true;

    *c = (comparison){ .spread_m = 0 };
    for (size_t i = 0; i < n; i++) {
        const incmap_status st =
            incmap_border_measure(j->d.ctx, j->d.borders[i], s->at, s->uncertainty_m, &c->by[i]);
        if (st) return complain_of(j->d.ctx, st);
        signs = signs && has_sign(&c->by[i]);
        c->sides_differ = c->sides_differ || c->by[i].side != c->by[0].side;
    }
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < i; k++) {
            const double apart = fabs(comparable(c, i, signs) - comparable(c, k, signs));
            if (apart < c->spread_m) continue;
            c->spread_m = apart;
            c->allowed_m = c->by[i].band_m + c->by[k].band_m - 2 * s->uncertainty_m;
        }
    return DONE;
}

/* The border's name and, when it is from a file, which. */
static char *border_label(const job *j, size_t i)
{
    const char *path = chosen.border[i], *slash = path ? strrchr(path, '/') : NULL;
    const char *name = incmap_border_name(j->d.borders[i]);

    if (j->d.are_builtin[i]) return text_format("%s", name);
    return text_format("%s (%s)", name, slash ? slash + 1 : path);
}

static void compare_row(const job *j, table *t, const row *r, const comparison *c, size_t i)
{
    const incmap_border *border = j->d.borders[i];
    const char *date = incmap_border_data_date(border);
    data one = j->d;

    one.inside = j->d.insides[i];
    one.outside = j->d.outsides[i];
    table_take(t, border_label(j, i));
    table_cell(t, date[0] ? date : "unknown");
    table_take(t, band_text(incmap_border_accuracy_m(border), j->unit));
    table_take(t, r->spot.on_border && !i ? need_copy("on it") : depth_text(&c->by[i], j->unit));
    table_take(t, side_words(&one, &c->by[i]));
    table_take(t, position_text(c->by[i].nearest, incmap_border_accuracy_m(border)));
}

static void print_disagreement(const job *j, const comparison *c)
{
    const char *unit = incmap_unit_text(j->unit);
    char *spread = rounded_text(c->spread_m, c->spread_m / 10, j->unit);
    char *allowed = rounded_text(c->allowed_m, c->allowed_m / 10, j->unit);
    bool assumed = false;

    for (size_t i = 0; i < j->d.n_borders; i++)
        assumed = assumed || j->d.accuracy_assumed[i];
    printf("The borders put it up to %s %s apart, %s what their %s explain (%s %s).%s\n\n", spread,
           unit, c->spread_m > c->allowed_m ? "more than" : "within",
           assumed ? "accuracies, stated or taken," : "own accuracies", allowed, unit,
           c->sides_differ ? " They do not agree on its side." : "");
    free(spread);
    free(allowed);
}

static int print_comparison(const job *j, const row *r, bool *uncertain, bool *unmatched)
{
    comparison c;
    table *t;
    const int status = compare(j, &r->spot, &c);

    if (status) return status;
    t = table_new();
    print_title(r);
    table_column(t, "border", ALIGN_LEFT, 44);
    table_column(t, "data of", ALIGN_LEFT, 0);
    table_column(t, "border ±", ALIGN_POINT, 0);
    table_column(t, "depth", ALIGN_BAND, 0);
    table_column(t, "side", ALIGN_LEFT, 18);
    table_column(t, "nearest border point", ALIGN_LEFT, 0);
    for (size_t i = 0; i < j->d.n_borders; i++) {
        compare_row(j, t, r, &c, i);
        *uncertain = *uncertain || !c.by[i].side_certain;
        *unmatched = *unmatched || c.by[i].unmatched;
    }
    table_print(t, stdout);
    table_free(t);
    printf("\n");
    print_disagreement(j, &c);
    return DONE;
}

static int answer_side_by_side(const job *j)
{
    bool uncertain = false, unmatched = false;
    int status = DONE;

    printf("Places and %zu borders, %s\n\n", j->d.n_borders, incmap_unit_text(j->unit));
    for (size_t i = 0; i < j->n && !status; i++)
        status = print_comparison(j, &j->rows[i], &uncertain, &unmatched);
    print_legend(&j->d, uncertain, unmatched);
    printf("\n");
    data_write_credit(&j->d, stdout);
    return status;
}

/* ---- CSV -------------------------------------------------------------------------------------- */

static void csv_neighbour(csv_out *csv, const neighbour *n)
{
    char *label = n->place ? place_label(n->place) : need_copy("");

    csv_text(csv, n->place ? n->place->key : "");
    csv_text(csv, label);
    csv_number(csv, n->distance_m, 3);
    csv_number(csv, n->band_m, 3);
    free(label);
}

static void csv_place(csv_out *csv, const char *name, const char *key, const incmap_place *p)
{
    csv_text(csv, name);
    csv_text(csv, key);
    csv_text(csv, p ? incmap_place_kind_text(p->kind) : "");
    csv_text(csv, p ? p->country : "");
    csv_text(csv, p ? p->admin1 : "");
}

/* border: which of several; the row's own depth is the first one's. */
static void csv_row(const job *j, csv_out *csv, const row *r, size_t border)
{
    data one = j->d; /* for its credit */
    incmap_depth depth = r->depth;
    row own = *r; /* with what is near by that border */

    one.border = j->d.borders[border];
    if (border) (void)find_neighbours(j, &own, border);
    if (border)
        (void)incmap_border_measure(one.ctx, one.border, r->spot.at, r->spot.uncertainty_m, &depth);
    csv_place(csv, r->spot.label, r->spot.key, r->spot.place);
    csv_number(csv, r->spot.at.lat, 7);
    csv_number(csv, r->spot.at.lon, 7);
    csv_number(csv, r->spot.uncertainty_m, 3);
    csv_bool(csv, r->spot.on_border);
    csv_depth(csv, &depth, r->spot.on_border && !border);
    csv_neighbour(csv, &own.post);
    csv_neighbour(csv, &own.inside);
    csv_neighbour(csv, &own.outside);
    csv_credit(csv, &one);
    csv_end(csv);
}

static void csv_nowhere(const job *j, csv_out *csv, const incmap_place *p)
{
    char *label = place_label(p);

    csv_place(csv, label, p->key, p);
    csv_empty(csv, 4 + DEPTH_COLUMN_COUNT + 12);
    csv_credit(csv, &j->d);
    csv_end(csv);
    free(label);
}

static void csv_stretches(const job *j, csv_out *csv)
{
    incmap_border_line l;

    csv_head(csv, "line,unmatched,outline,start_m,length_m,separation_m,vertices," CREDIT_COLUMNS);
    for (size_t i = 0; incmap_border_line_get(j->d.border, i, &l); i++) {
        csv_count(csv, i);
        csv_bool(csv, l.unmatched);
        csv_text(csv, l.unmatched ? incmap_side_text(l.outline) : "");
        csv_number(csv, l.start_m, 3);
        csv_number(csv, l.length_m, 3);
        csv_number(csv, l.unmatched ? l.separation_m : NAN, 3);
        csv_count(csv, l.vertices);
        csv_credit(csv, &j->d);
        csv_end(csv);
    }
}

static void print_csv(const job *j)
{
    csv_out csv = { stdout, 0 };

    if (stretches) {
        csv_stretches(j, &csv);
        return;
    }
    csv_head(
        &csv,
        "name,key,kind,country,admin1,lat,lon,uncertainty_m,on_border," DEPTH_COLUMNS
        ",post_key,post,post_distance_m,post_uncertainty_m"
        ",inside_key,inside_settlement,inside_distance_m,inside_uncertainty_m"
        ",outside_key,outside_settlement,outside_distance_m,outside_uncertainty_m," CREDIT_COLUMNS);
    for (size_t i = 0; i < j->n; i++)
        for (size_t k = 0; k < j->d.n_borders; k++)
            csv_row(j, &csv, &j->rows[i], k);
    for (size_t i = 0; i < j->n_nowhere; i++)
        csv_nowhere(j, &csv, j->nowhere[i]);
}

/* ---- the question ----------------------------------------------------------------------------- */

static void print_notes(const job *j, bool rows)
{
    incmap_coord start;
    bool uncertain = false, unmatched = false;
    spots notes = { need(calloc(j->n + 1, sizeof(spot))), j->n };
    char *at;

    for (size_t i = 0; i < j->n; i++) {
        const row *r = &j->rows[i];
        uncertain |= !r->spot.on_border && !r->depth.side_certain;
        unmatched |= r->depth.unmatched;
        notes.items[i] = r->spot;
    }
    if (j->n_nowhere) printf("No position known, so not in the table:");
    for (size_t i = 0; i < j->n_nowhere; i++) {
        char *label = place_label(j->nowhere[i]);
        printf("%s %s", i ? ";" : "", label);
        free(label);
    }
    if (j->n_nowhere) printf(".\n");
    if (!all_posts && !stretches) print_legend(&j->d, uncertain && rows, unmatched && rows);
    if (all_posts && unmatched) print_unmatched_note();
    for (int side = 0; (rows || all_posts) && !stretches && side < 2; side++) {
        const data_country *country = side ? &j->d.outside : &j->d.inside;
        if (!country->alpha2[0] && !j->d.of_lines)
            printf("No settlement of %s was looked for: its ISO 3166 code is not known.\n",
                   country->name);
    }
    if (all_posts && !j->d.builtin_border && j->d.builtin_places)
        printf(
            "The built-in posts were put on the built-in border: they may lie beside this one.\n");
    else if (all_posts)
        printf("Posts lie on the border by construction: their points were computed from it, so no "
               "depth is measured.\n");
    if (incmap_border_line_vertices(j->d.border, 0, &start, 1)) {
        at = position_text(start, incmap_border_accuracy_m(j->d.border));
        printf("along: the way along the border from its start at %s.\n", at);
        free(at);
    }
    if (!stretches)
        printf("Nearest places%s: of those that the gazetteer holds; it may lack nearer ones.\n",
               data_lacks_posts(&j->d, 0) ? "" : " and border posts");
    if (rows ? !all_places : true) spots_print_notes(&notes);
    if (all_places)
        printf("Figures of districts, regions and countries are for one point in them.\n");
    free(notes.items);
    printf("\n");
    data_write_credit(&j->d, stdout);
}

static int answer(const job *j, size_t n_words)
{
    const bool rows = !n_words || as_table;
    const char *unit = incmap_unit_text(j->unit);

    if (as_csv) {
        print_csv(j);
        return DONE;
    }
    if (j->d.n_borders > 1) return answer_side_by_side(j);
    if (stretches) {
        print_stretches(j);
    } else if (all_posts) {
        printf("Border posts in their order along the border, %s\n\n", unit);
        print_posts(j);
        printf("\n");
    } else if (rows) {
        printf("Places and the border, %s\n\n", unit);
        print_places(j);
        printf("\n");
    }
    for (size_t i = 0; !rows && i < j->n; i++)
        print_block(j, &j->rows[i]);
    print_notes(j, rows);
    return DONE;
}

static int run(void *user, const char *const words[], size_t n)
{
    job *j = user;
    const int status = ask(j, words, n);

    return status ? status : answer(j, n);
}

int main(int argc, char *argv[])
{
    const option own[] = {
        { "all", NULL, "all places of the gazetteer but border posts, nearest first", &all_places,
          NULL },
        { "all-posts", NULL, "all border posts, in their order along the border", &all_posts,
          NULL },
        { "stretches", NULL, "the lines of the border, and where the two outlines run apart",
          &stretches, NULL },
        { "table", NULL, "one line for each PLACE instead of a block", &as_table, NULL },
        OPTION_UNIT(unit_name),
        { "csv", NULL, "one CSV row per place", &as_csv, NULL },
    };
    option data_rows[DATA_OPTION_COUNT];
    const option_group groups[] = {
        { "Options", own, 6 }, { "Other data than the built-in", data_rows, DATA_OPTION_COUNT }
    };
    const command cmd = {
        "[PLACE...] [--all|--all-posts|--stretches]",
        "Where places lie with regard to the border: depth, side and how sure it is, the nearest\n"
        "point of the border, the nearest border post, the nearest settlement on the other "
        "side.\nWith several borders: what each of them says, and how far they "
        "disagree.\n" PLACE_HELP,
        " Kozinka\n"
        " \"50°27'N 35°35'E\" key:belgorod --unit mi\n"
        " --all-posts --csv > posts.csv\n"
        " Kozinka --border builtin --border world.geojson --inside RUS --outside UKR\n",
        groups, 2
    };
    job j = { .unit = INCMAP_UNIT_KM };
    int status;

    program_start(argv[0]);
    data_options_table(&chosen, data_rows);
    data_options_repeat(data_rows);
    status = data_run(&cmd, argc, argv, run, &j, &j.d);
    for (size_t i = 0; i < j.n; i++)
        spot_free(&j.rows[i].spot);
    free(j.rows);
    free(j.nowhere);
    data_free(&j.d);
    return program_end(status);
}

/* What it prints, with all its ways to end: tests/examples/border_report-*.expected */
