/* SPDX-License-Identifier: MIT */
/* write_layers DIR [LANGUAGE]: the layers of the default data, and one of hard names, for the GIS programs
 * that read them in the tests beside. */
#include <incmap/incmap.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct all {
    incmap_ctx *ctx;
    incmap_gazetteer *gazetteer, *hard;
    incmap_border *border;
    incmap_dataset *dataset;
    const char *folder;
    incmap_layer_options options;
};

/* A path in a folder; sixteen live at a time. */
static const char *in(const char *folder, const char *name)
{
    static char paths[16][1024];
    static int turn;
    char *path = paths[turn++ % 16];
    (void)snprintf(path, sizeof paths[0], "%s/%s", folder, name);
    return path;
}

static incmap_status load(struct all *all)
{
    incmap_status st = incmap_gazetteer_builtin(all->ctx, &all->gazetteer);
    if (!st) st = incmap_dataset_builtin(all->ctx, all->gazetteer, &all->dataset);
    if (!st) st = incmap_border_builtin(all->ctx, &all->border);
    return st;
}

/* Keys and names that expected.py knows as well. */
static incmap_status make_hard(struct all *all)
{
    static char long_name[301];
    const struct {
        const char *key, *name;
        bool located;
    } rows[] = {
        { "modifier", "Кам\u02BCянка", true },
        { "quote", "Кам\u2019янка", true },
        { "typed", "Кам'янка", true },
        { "flower", "\U0001F33B поле", true },
        { "nowhere", "Ніде", false },
        { "long", long_name, true },
        { "markup", "<script>&\"'[% 1+1 %]", true },
    };
    incmap_status st = incmap_gazetteer_new(all->ctx, &all->hard);

    for (size_t i = 0; i < 300; i += 2)
        memcpy(long_name + i, "щ", 2);
    for (size_t i = 0; !st && i < sizeof rows / sizeof *rows; i++) {
        const incmap_place_name name = { rows[i].name, "uk", false };
        const incmap_place place = { .key = rows[i].key,
                                     .kind = INCMAP_PLACE_VILLAGE,
                                     .located = rows[i].located,
                                     .at = { .lat = 50.0 + (double)i, .lon = 35.5 },
                                     .coord_uncertainty_m = NAN,
                                     .extent_radius_m = NAN,
                                     .names = &name,
                                     .name_count = 1,
                                     .population = -1,
                                     .population_year = -1 };
        st = incmap_gazetteer_add(all->ctx, all->hard, &place);
    }
    return st;
}

static incmap_status write_all(struct all *all)
{
    static const double belts_m[] = { 5000, 20000 };
    incmap_ctx *ctx = all->ctx;
    incmap_status st = incmap_layer_write_places(ctx, in(all->folder, "places"), all->gazetteer,
                                                 all->border, &all->options, NULL);
    if (!st)
        st = incmap_layer_write_posts(ctx, in(all->folder, "border_posts"), all->gazetteer,
                                      &all->options, NULL);
    if (!st)
        st = incmap_layer_write_incidents(ctx, in(all->folder, "incidents"), all->dataset,
                                          all->border, &all->options, NULL);
    if (!st)
        st = incmap_layer_write_border(ctx, in(all->folder, "border"), all->border, &all->options,
                                       NULL);
    if (!st)
        st = incmap_layer_write_claims(ctx, in(all->folder, "claims"), all->dataset, &all->options,
                                       NULL);
    if (!st)
        st = incmap_layer_write_connectors(ctx, in(all->folder, "connectors"), all->dataset,
                                           all->border, &all->options, NULL);
    if (!st)
        st = incmap_layer_write_tracks(ctx, in(all->folder, "tracks"), all->dataset, all->border,
                                       &all->options, NULL);
    if (!st)
        st = incmap_layer_write_areas(ctx, in(all->folder, "areas"), all->dataset, &all->options,
                                      NULL);
    if (!st)
        st = incmap_layer_write_belts(ctx, in(all->folder, "belts"), all->border, belts_m, 2,
                                      &all->options, NULL);
    if (!st)
        st = incmap_layer_write_places(ctx, in(all->folder, "hard"), all->hard, NULL, &all->options,
                                       NULL);
    return st;
}

static incmap_status write_project(struct all *all)
{
    const incmap_project_layer layers[] = {
        { .path = in(all->folder, "incidents") },
        { .path = in(all->folder, "tracks") },
        { .path = in(all->folder, "connectors") },
        { .path = in(all->folder, "border_posts") },
        { .path = in(all->folder, "places") },
        { .path = in(all->folder, "border") },
        { .path = in(all->folder, "areas") },
        { .path = in(all->folder, "belts") },
        { .path = in(all->folder, "claims"), .field = "INCIDENT", .other_field = "ID" },
    };
    incmap_project_options options = INCMAP_PROJECT_OPTIONS_INIT;

    options.title = "Incidents";
    options.credit = incmap_border_attribution(all->border);
    options.low = (incmap_coord){ .lat = 48.4, .lon = 34.8 };
    options.high = (incmap_coord){ .lat = 50.9, .lon = 38.3 };
    (void)incmap_day_from_civil(2023, 5, 22, &options.from);
    (void)incmap_day_from_civil(2023, 5, 25, &options.before);
    return incmap_project_write(all->ctx, in(all->folder, "project.qgs"), layers,
                                sizeof layers / sizeof *layers, &options);
}

int main(int argc, char **argv)
{
    struct all all = { 0 };
    incmap_status st;

    if (argc != 2 && argc != 3) {
        fprintf(stderr, "usage: write_layers DIR [LANGUAGE]\n");
        return 2;
    }
    all.folder = argv[1];
    all.options.version = 1;
    all.options.language = argc == 3 ? argv[2] : NULL;
    st = incmap_ctx_new(NULL, &all.ctx);
    if (!st) st = load(&all);
    if (!st) st = make_hard(&all);
    if (!st) st = write_all(&all);
    if (!st) st = write_project(&all);
    if (st) fprintf(stderr, "write_layers: %s\n", incmap_ctx_message(all.ctx));
    incmap_dataset_free(all.dataset);
    incmap_border_free(all.border);
    incmap_gazetteer_free(all.hard);
    incmap_gazetteer_free(all.gazetteer);
    incmap_ctx_free(all.ctx);
    return st ? EXIT_FAILURE : EXIT_SUCCESS;
}
