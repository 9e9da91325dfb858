/* SPDX-License-Identifier: MIT */
/* Writes the layers that QGIS opens: incidents, places, border posts and the border, with the
 * credits that go with them. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "common/csv_out.h"
#include "common/data.h"
#include "common/program.h"
#include "common/text.h"

static data_options chosen;
static bool no_overwrite, as_csv;

typedef struct {
    data d;
    const char *folder;
    incmap_layer_options options;
} job;

/* ---- layers ----------------------------------------------------------------------------------- */

typedef incmap_status write_fn(const job *j, const char *path, incmap_layer_result *result);

static incmap_status write_incidents(const job *j, const char *path, incmap_layer_result *result)
{
    return incmap_layer_write_incidents(j->d.ctx, path, j->d.dataset, j->d.border, &j->options,
                                        result);
}

static incmap_status write_places(const job *j, const char *path, incmap_layer_result *result)
{
    return incmap_layer_write_places(j->d.ctx, path, j->d.gazetteer, j->d.border, &j->options,
                                     result);
}

static incmap_status write_posts(const job *j, const char *path, incmap_layer_result *result)
{
    return incmap_layer_write_posts(j->d.ctx, path, j->d.gazetteer, &j->options, result);
}

/* The border rests on no place. */
static incmap_status write_border(const job *j, const char *path, incmap_layer_result *result)
{
    incmap_layer_options options = j->options;

    options.credit = NULL;
    return incmap_layer_write_border(j->d.ctx, path, j->d.border, &options, result);
}

static const struct {
    const char *name;
    write_fn *write_it;
} layers[] = {
    { "incidents", write_incidents },
    { "places", write_places },
    { "border_posts", write_posts },
    { "border", write_border },
};
enum { LAYERS = sizeof layers / sizeof *layers };

static void print_result(const char *name, const incmap_layer_result *result)
{
    csv_out csv = { stdout, 0 };

    if (as_csv) {
        csv_text(&csv, name);
        csv_count(&csv, result->features);
        csv_count(&csv, result->unlocated);
        csv_count(&csv, result->cut_texts);
        csv_end(&csv);
        return;
    }
    printf("%-13s %4zu feature%s", name, result->features, result->features == 1 ? "" : "s");
    if (result->unlocated) printf(", %zu of them without a position", result->unlocated);
    if (result->cut_texts)
        printf(", %zu text%s cut at 254 bytes", result->cut_texts,
               result->cut_texts == 1 ? "" : "s");
    printf("\n");
}

static int write_layer(const job *j, size_t i)
{
    char *path = text_format("%s/%s", j->folder, layers[i].name);
    incmap_layer_result result = { .features = 0 };
    const incmap_status st = layers[i].write_it(j, path, &result);

    free(path);
    if (st) return complain_of(j->d.ctx, st);
    print_result(layers[i].name, &result);
    return DONE;
}

/* Layers of two exports side by side would be taken for one. */
static void tell_stopped(const job *j, size_t written)
{
    char *done = NULL, *left = NULL;

    for (size_t i = 0; i < LAYERS; i++)
        text_append(i < written ? &done : &left, "%s, ", layers[i].name);
    if (written)
        complain(DONE,
                 "%s is not whole: %.*s written; %sCREDITS.txt missing or of an earlier export",
                 j->folder, (int)strlen(done) - 2, done, left);
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

/* ---- the question ----------------------------------------------------------------------------- */

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

static int run(void *user, const char *const words[], size_t n)
{
    job *j = user;
    char *credit;
    int status;

    if (n != 1)
        return n ? wrong_usage("%zu folders given, expected one", n)
                 : wrong_usage("name the folder to write to");
    j->folder = words[0];
    j->options.no_overwrite = no_overwrite;
    status = data_load(&j->d, &chosen, true);
    if (!status) status = make_folder(j->folder);
    credit = status ? need_copy("") : data_places_credit(&j->d);
    j->options.credit = credit;
    if (!status && as_csv) csv_head(&(csv_out){ stdout, 0 }, "layer,features,unlocated,cut_texts");
    for (size_t i = 0; !status && i < LAYERS; i++) {
        status = write_layer(j, i);
        if (status) tell_stopped(j, i);
    }
    if (!status) status = write_credits(j);
    j->options.credit = NULL;
    free(credit);
    return status;
}

int main(int argc, char *argv[])
{
    const option own[] = {
        { "no-overwrite", NULL, "stop where a layer is there already", &no_overwrite, NULL },
        { "csv", NULL, "tell what was written as CSV, one row per layer", &as_csv, NULL },
    };
    option files[DATASET_OPTION_COUNT], data_rows[DATA_OPTION_COUNT];
    const option_group groups[] = {
        { "Options", own, 2 },
        { "Other incidents than the built-in", files, DATASET_OPTION_COUNT },
        { "Other places and border than the built-in", data_rows, DATA_OPTION_COUNT }
    };
    const command cmd = { "DIR",
                          "Writes the layers incidents, places, border_posts (points) and border "
                          "(lines) to the folder\n"
                          "DIR as shapefiles in lon/lat on WGS 84 (EPSG:4326) with text in UTF-8, "
                          "ready for QGIS, and\n"
                          "CREDITS.txt with what has to be named. DIR is made when it is missing; "
                          "each layer replaces\n"
                          "an earlier one only when it is whole.\n",
                          " out\n", groups, 3 };
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
