/* Writes the layers that QGIS opens: incidents with their claims, tracks, areas and connectors, places,
 * border posts, border and belts; the project that opens them all, and the credits that go with them. */
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "common/csv_out.h"
#include "common/data.h"
#include "common/program.h"
#include "common/progress.h"
#include "common/text.h"

enum { BELTS_MOST = 16 };

static data_options chosen;
static const char *crs, *language, *only, *belts_km = "5,20,50";
static bool no_overwrite, split_notes, restyle, as_csv;

typedef struct {
    data d;
    const char *folder;
    incmap_layer_options options;
    double belts_m[BELTS_MOST];
    size_t n_belts;
    progress bar;
    size_t kept; /* styles that somebody edited */
    size_t cut;  /* texts */
} job;

/* ---- layers ----------------------------------------------------------------------------------- */

typedef incmap_status write_fn(const job *j, const char *path, const incmap_layer_options *options,
                               incmap_layer_result *result);

static incmap_status write_incidents(const job *j, const char *path,
                                     const incmap_layer_options *options,
                                     incmap_layer_result *result)
{
    return incmap_layer_write_incidents(j->d.ctx, path, j->d.dataset, j->d.border, options, result);
}

static incmap_status write_tracks(const job *j, const char *path,
                                  const incmap_layer_options *options, incmap_layer_result *result)
{
    return incmap_layer_write_tracks(j->d.ctx, path, j->d.dataset, j->d.border, options, result);
}

static incmap_status write_connectors(const job *j, const char *path,
                                      const incmap_layer_options *options,
                                      incmap_layer_result *result)
{
    return incmap_layer_write_connectors(j->d.ctx, path, j->d.dataset, j->d.border, options,
                                         result);
}

static incmap_status write_posts(const job *j, const char *path,
                                 const incmap_layer_options *options, incmap_layer_result *result)
{
    return incmap_layer_write_posts(j->d.ctx, path, j->d.posts[0], options, result);
}

static incmap_status write_places(const job *j, const char *path,
                                  const incmap_layer_options *options, incmap_layer_result *result)
{
    return incmap_layer_write_places(j->d.ctx, path, j->d.gazetteer, j->d.border, options, result);
}

/* The border, and what is drawn around it, rests on no place. */
static incmap_status write_border(const job *j, const char *path,
                                  const incmap_layer_options *options, incmap_layer_result *result)
{
    incmap_layer_options own = *options;

    own.credit = NULL;
    return incmap_layer_write_border(j->d.ctx, path, j->d.border, &own, result);
}

static incmap_status write_areas(const job *j, const char *path,
                                 const incmap_layer_options *options, incmap_layer_result *result)
{
    return incmap_layer_write_areas(j->d.ctx, path, j->d.dataset, options, result);
}

static incmap_status write_belts(const job *j, const char *path,
                                 const incmap_layer_options *options, incmap_layer_result *result)
{
    incmap_layer_options own = *options;

    own.credit = NULL;
    return incmap_layer_write_belts(j->d.ctx, path, j->d.border, j->belts_m, j->n_belts, &own,
                                    result);
}

static incmap_status write_claims(const job *j, const char *path,
                                  const incmap_layer_options *options, incmap_layer_result *result)
{
    return incmap_layer_write_claims(j->d.ctx, path, j->d.dataset, options, result);
}

/* In the order in which the project draws them, the topmost first. */
static const struct {
    const char *name;
    write_fn *write_it;
} layers[] = {
    { "incidents", write_incidents },   { "tracks", write_tracks },
    { "connectors", write_connectors }, { "border_posts", write_posts },
    { "places", write_places },         { "border", write_border },
    { "areas", write_areas },           { "belts", write_belts },
    { "claims", write_claims },
};
enum { LAYERS = sizeof layers / sizeof *layers };

static bool wanted[LAYERS];

static void print_result(const char *name, const char *file, const incmap_layer_result *result)
{
    csv_out csv = { stdout, 0 };
    const size_t counts[] = { result->features,    result->unlocated,   result->cut_texts,
                              result->split_texts, result->null_values, result->parts };

    if (as_csv) {
        csv_text(&csv, name);
        for (size_t i = 0; i < sizeof counts / sizeof *counts; i++)
            csv_count(&csv, counts[i]);
        csv_text(&csv, file);
        csv_bool(&csv, result->style_kept);
        csv_end(&csv);
        return;
    }
    printf("%-13s %4zu %s%s", name, result->features,
           strcmp(name, "claims") == 0 ? "row" : "feature", result->features == 1 ? "" : "s");
    if (result->unlocated && strcmp(name, "claims") != 0)
        printf(", %zu of them without a shape", result->unlocated);
    if (result->cut_texts)
        printf(", %zu text%s cut", result->cut_texts, result->cut_texts == 1 ? "" : "s");
    if (result->split_texts) printf(", %zu split over fields", result->split_texts);
    if (result->null_values)
        printf(", %zu value%s NULL", result->null_values, result->null_values == 1 ? "" : "s");
    if (result->parts > 1) printf(", in %zu parts", result->parts);
    if (result->style_kept) printf("; its edited style is kept");
    printf("\n");
}

static int write_layer(job *j, size_t i, size_t step)
{
    char *path = text_format("%s/%s", j->folder, layers[i].name);
    char *file = text_format("%s.%s", path, layers[i].write_it == write_claims ? "dbf" : "shp");
    incmap_layer_result result = { 0 };
    incmap_status st;
    int status = DONE;

    progress_step(&j->bar, step, layers[i].name);
    st = layers[i].write_it(j, path, &j->options, &result);
    progress_clear(&j->bar);
    if (st)
        status = complain_of(j->d.ctx, st);
    else
        print_result(layers[i].name, file, &result);
    j->kept += result.style_kept;
    j->cut += result.cut_texts;
    free(path);
    free(file);
    return status;
}

/* Layers of two exports side by side would be taken for one. */
static void tell_stopped(const job *j, size_t written)
{
    char *done = NULL, *left = NULL;

    for (size_t i = 0; i < LAYERS; i++)
        if (wanted[i]) text_append(i < written ? &done : &left, "%s, ", layers[i].name);
    if (done)
        complain(DONE,
                 "%s is not whole: %.*s written; %sCREDITS.txt and project.qgs missing or of an "
                 "earlier export",
                 j->folder, (int)strlen(done) - 2, done, left ? left : "");
    free(done);
    free(left);
}

/* ---- credits ---------------------------------------------------------------------------------- */

static void put_credits(const job *j, FILE *file)
{
    fprintf(file,
            "Credits and licences of the layers in this folder, written by %s %s.\n"
            "Whoever publishes them, or anything made from them, names these.\n\n",
            program_name(), incmap_version());
    data_write_credit(&j->d, file);
    fprintf(file, "\nThe depths in incidents and places were computed from the border: they are a "
                  "derivative\ndatabase of it, under the border's licence.\n");
    if (chosen.incidents)
        fprintf(file, "\nIncidents, claims, claimants, sources: from %s, %s, %s, %s\n",
                chosen.incidents, chosen.claims, chosen.claimants, chosen.sources);
}

/* Written beside its name and renamed, so that no half of it ever stands there. */
static int write_credits(const job *j)
{
    char *path = text_format("%s/CREDITS.txt", j->folder);
    char *part = text_format("%s/CREDITS.txt.part", j->folder);
    FILE *file = fopen(part, "w");
    bool good = file != NULL;
    int status = DONE, why = errno;

    if (file) {
        put_credits(j, file);
        good = !ferror(file);
        errno = 0;
        if (fclose(file) != 0) good = false;
        if (good && rename(part, path) != 0) good = false;
        why = errno;
        if (!good) remove(part);
    }
    if (!good) status = complain(FAILED, "%s cannot be written: %s", path, strerror(why));
    if (good && !as_csv)
        printf("CREDITS.txt   credit and licence of the data: goes with the layers\n");
    free(path);
    free(part);
    return status;
}

/* ---- the project ------------------------------------------------------------------------------ */

/* What a point can show: its own place, and no district's or country's middle. */
static bool is_exact(const incmap_incident *incident)
{
    return incident->located && incident->location_precision >= INCMAP_LOCATION_SETTLEMENT;
}

static void widen(incmap_project_options *view, const incmap_incident *incident, bool first)
{
    const incmap_coord at = incmap_coord_wrap(incident->at);

    if (first) view->low = view->high = at;
    view->low.lat = fmin(view->low.lat, at.lat);
    view->low.lon = fmin(view->low.lon, at.lon);
    view->high.lat = fmax(view->high.lat, at.lat);
    view->high.lon = fmax(view->high.lon, at.lon);
}

/* Days that one end leaves open count as far as the other goes. */
static void lengthen(incmap_project_options *view, const incmap_date *when)
{
    const bool from = when->earliest != INCMAP_DAY_OPEN, to = when->before != INCMAP_DAY_OPEN;

    if (from && (!view->from || when->earliest < view->from)) view->from = when->earliest;
    if (to && (!view->before || when->before > view->before)) view->before = when->before;
}

/* Around all incidents that are exactly placed, with some air; around all there are if none is. */
static void choose_view(const job *j, incmap_project_options *view)
{
    const size_t n = incmap_dataset_incident_count(j->d.dataset);
    bool exact = false, first = true;
    double air;

    for (size_t i = 0; i < n; i++)
        exact = exact || is_exact(incmap_dataset_incident(j->d.dataset, i));
    for (size_t i = 0; i < n; i++) {
        const incmap_incident *incident = incmap_dataset_incident(j->d.dataset, i);
        if (exact ? !is_exact(incident) : !incident->located) continue;
        widen(view, incident, first);
        lengthen(view, &incident->when);
        first = false;
    }
    if (!view->from || !view->before) view->from = view->before = 0;
    if (first) return; /* nobody says where anything was: the layers' own extent */
    air = fmax(0.02, 0.08 * fmax(view->high.lat - view->low.lat, view->high.lon - view->low.lon));
    view->low.lat = fmax(view->low.lat - air, -90);
    view->high.lat = fmin(view->high.lat + air, 90);
    view->low.lon = fmax(view->low.lon - air, -180);
    view->high.lon = fmin(view->high.lon + air, 180);
}

static incmap_status write_project(const job *j, const char *path, const char *credit)
{
    incmap_project_layer list[LAYERS] = { { 0 } };
    char *paths[LAYERS] = { NULL };
    incmap_project_options options = INCMAP_PROJECT_OPTIONS_INIT;
    incmap_status st;
    size_t n = 0;

    for (size_t i = 0; i < LAYERS; i++) {
        if (!wanted[i]) continue;
        paths[n] = text_format("%s/%s", j->folder, layers[i].name);
        list[n].path = paths[n];
        if (layers[i].write_it == write_claims && wanted[0]) {
            list[n].field = "INCIDENT";
            list[n].other_field = "ID";
        }
        n++;
    }
    options.no_overwrite = no_overwrite;
    options.keep_edited = !restyle;
    options.crs = crs;
    options.credit = credit;
    options.title = "Reported incidents";
    choose_view(j, &options);
    st = incmap_project_write(j->d.ctx, path, list, n, &options);
    while (n > 0)
        free(paths[--n]);
    return st;
}

/* One that was edited in QGIS is kept, and the new one stands beside it. */
static incmap_status write_beside_edited(const job *j, char **path, const char *credit)
{
    char *edited = *path;
    incmap_status st = write_project(j, edited, credit);

    if (st != INCMAP_EEXIST || no_overwrite) return st;
    *path = text_format("%s/project_new.qgs", j->folder);
    st = write_project(j, *path, credit);
    if (!st)
        complain(DONE,
                 "%s was edited and is kept; the new project is %s (--restyle writes the "
                 "first anew)",
                 edited, *path);
    free(edited);
    return st;
}

static void tell_project(const job *j, const char *path)
{
    if (as_csv) {
        csv_out csv = { stdout, 0 };
        csv_text(&csv, "project");
        csv_empty(&csv, 6);
        csv_text(&csv, path);
        csv_empty(&csv, 1);
        csv_end(&csv);
        return;
    }
    if (j->kept)
        printf("\n%zu edited style%s kept as %s; --restyle writes %s anew\n", j->kept,
               j->kept == 1 ? " is" : "s are", j->kept == 1 ? "it is" : "they are",
               j->kept == 1 ? "it" : "them");
    printf("\nOpen in QGIS: %s\n", path);
}

/* The credit of all data on the map. */
static int open_them_all(const job *j)
{
    char *path = text_format("%s/project.qgs", j->folder);
    char *credit = need_copy("");
    const char *border = incmap_border_attribution(j->d.border);
    incmap_status st;

    if (*border) text_append(&credit, "Border: %s\n", border);
    if (j->options.credit) text_append(&credit, "%s", j->options.credit);
    st = write_beside_edited(j, &path, credit);
    if (!st) tell_project(j, path);
    free(credit);
    free(path);
    return st ? complain_of(j->d.ctx, st) : DONE;
}

/* ---- the question ----------------------------------------------------------------------------- */

static int unknown_layer(const char *name, size_t length)
{
    char *names = NULL;
    int status;

    for (size_t i = 0; i < LAYERS; i++)
        text_append(&names, "%s%s", i ? ", " : "", layers[i].name);
    status =
        wrong_usage("--only: no layer \"%.*s\", expected some of %s", (int)length, name, names);
    free(names);
    return status;
}

static int read_only(void)
{
    for (size_t i = 0; i < LAYERS; i++)
        wanted[i] = !only;
    for (const char *at = only; at && *at;) {
        const size_t length = strcspn(at, ",");
        size_t i = 0;
        while (i < LAYERS &&
               (strlen(layers[i].name) != length || strncmp(layers[i].name, at, length) != 0))
            i++;
        if (i == LAYERS) return unknown_layer(at, length);
        wanted[i] = true;
        at += length + (at[length] == ',');
    }
    return only && !*only ? unknown_layer("", 0) : DONE;
}

static int read_belts(job *j)
{
    const char *at = belts_km;

    while (*at) {
        char *end;
        const double km = strtod(at, &end);
        const double before = j->n_belts ? j->belts_m[j->n_belts - 1] : 0;
        if (end == at || (*end && *end != ',') || !(km * 1000 >= before + 1 && km <= 5000) ||
            j->n_belts == BELTS_MOST)
            return wrong_usage("--belts is \"%s\", expected up to %d kilometres in growing order, "
                               "such as 5,20,50",
                               belts_km, BELTS_MOST);
        j->belts_m[j->n_belts++] = km * 1000;
        at = *end ? end + 1 : end;
    }
    return j->n_belts ? DONE : wrong_usage("--belts is empty, expected such as 5,20,50");
}

/* What cannot be meant is told before any file is read. */
static int read_options(job *j)
{
    int status = read_only();

    if (!status) status = read_belts(j);
    if (status) return status;
    if (language && strcmp(language, "en") != 0 && strcmp(language, "ru") != 0 &&
        strcmp(language, "uk") != 0)
        return wrong_usage("--lang is \"%s\", expected en, ru or uk", language);
    j->options.no_overwrite = no_overwrite;
    j->options.language = language;
    j->options.crs = crs;
    j->options.split_texts = split_notes;
    j->options.restyle = restyle;
    j->options.progress = progress_tell;
    j->options.progress_user = &j->bar;
    return DONE;
}

/* One level: a missing parent is more likely a slip of the hand than a wish. */
static int make_folder(const char *folder)
{
    struct stat info;

    if (stat(folder, &info) == 0) {
        if (S_ISDIR(info.st_mode)) return DONE;
        return complain(FAILED, "%s is there already and is no folder", folder);
    }
    if (mkdir(folder, 0777) == 0) return DONE;
    return complain(FAILED, "folder %s cannot be made: %s", folder, strerror(errno));
}

static int write_all(job *j)
{
    int status = DONE;
    size_t steps = 0, step = 0;

    for (size_t i = 0; i < LAYERS; i++)
        steps += wanted[i];
    if (as_csv)
        csv_head(&(csv_out){ stdout, 0 }, "layer,features,unlocated,cut_texts,split_texts,"
                                          "null_values,parts,file,style_kept");
    for (size_t i = 0; i < LAYERS; i++)
        if (wanted[i] && layers[i].write_it == write_posts && data_lacks_posts(&j->d, 0))
            complain(DONE,
                     "%s is left empty: the built-in posts are of another border; give --posts",
                     layers[i].name);
    progress_start(&j->bar, steps);
    for (size_t i = 0; !status && i < LAYERS; i++) {
        if (!wanted[i]) continue;
        status = write_layer(j, i, step++);
        if (status) tell_stopped(j, i);
    }
    if (j->cut && !split_notes)
        complain(DONE, "%zu text%s cut: --split-notes writes long ones whole, in NOTES_2 and so on",
                 j->cut, j->cut == 1 ? " was" : "s were");
    if (!status) status = write_credits(j);
    return status ? status : open_them_all(j);
}

static int run(void *user, const char *const words[], size_t n)
{
    job *j = user;
    char *credit = NULL;
    int status;

    if (n != 1)
        return n ? wrong_usage("%zu folders given, expected one", n)
                 : wrong_usage("name the folder to write to");
    j->folder = words[0];
    status = read_options(j);
    if (!status) status = data_load(&j->d, &chosen, true);
    if (!status) status = make_folder(j->folder);
    if (!status) {
        credit = data_places_credit(&j->d);
        j->options.credit = credit;
        status = write_all(j);
    }
    j->options.credit = NULL;
    free(credit);
    return status;
}

int main(int argc, char *argv[])
{
    const option own[] = {
        { "crs", "EPSG:CODE", "reference system of layers and map (EPSG:4326, lon/lat; map: UTM)",
          NULL, &crs },
        { "lang", "en|ru|uk", "language of labels, legend and field names (en)", NULL, &language },
        { "only", "NAME,NAME", "only these layers", NULL, &only },
        { "belts", "KM,KM", "belts along the border up to these distances (5,20,50)", NULL,
          &belts_km },
        { "split-notes", NULL, "long texts go on in NOTES_2 ... instead of being cut", &split_notes,
          NULL },
        { "restyle", NULL,
          "write styles and project anew that were edited, instead of keeping them", &restyle,
          NULL },
        { "no-overwrite", NULL, "stop where a layer is there already", &no_overwrite, NULL },
        { "csv", NULL, "tell what was written as CSV, one row per layer", &as_csv, NULL },
    };
    option files[DATASET_OPTION_COUNT], data_rows[DATA_OPTION_COUNT];
    const option_group groups[] = {
        { "Options", own, sizeof own / sizeof *own },
        { "Other incidents than the built-in", files, DATASET_OPTION_COUNT },
        { "Other places and border than the built-in", data_rows, DATA_OPTION_COUNT }
    };
    const command cmd = {
        "DIR",
        "Writes layers to the folder DIR as shapefiles with text in UTF-8, each with its style, "
        "its\n"
        "metadata and a dictionary of its fields, and project.qgs, which opens them all in "
        "QGIS:\n\n"
        "  incidents     what was reported, where and when, with its depth behind the border\n"
        "  tracks        battles of the same actors within one incident, joined by date\n"
        "  connectors    from each incident to the nearest point of the border\n"
        "  border_posts  border posts\n"
        "  places        places with their names and depths\n"
        "  border        the lines of the border\n"
        "  areas         within which the true point of an incident is believed to lie\n"
        "  belts         land within some distances of the border\n"
        "  claims        who claims what about the incidents: a table, joined by id\n\n"
        "CREDITS.txt tells what has to be named. DIR is made when it is missing; each layer "
        "replaces "
        "an\nearlier one only when it is whole. A style (.qml) or project that\nwas edited is "
        "kept. After a kill, run it again: for each layer it writes, that completes\nor removes "
        "what was left.\n",
        " out\n out --lang uk --crs EPSG:32637\n out --only incidents,claims,border\n", groups, 3
    };
    job j = { .options = INCMAP_LAYER_OPTIONS_INIT };
    int status;

    program_start(argv[0]);
    data_options_table(&chosen, data_rows);
    dataset_options_table(&chosen, files);
    status = data_run(&cmd, argc, argv, run, &j, &j.d);
    data_free(&j.d);
    return program_end(status);
}

/* What it prints, with all its ways to end: tests/examples/export_layers-*.expected */
