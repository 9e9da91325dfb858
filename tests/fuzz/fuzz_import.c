/* SPDX-License-Identifier: MIT */
/* Any bytes as a file of incidents: every row and value of it is accounted for, and what was read comes back
 * from CSV and from GeoJSON as it was. The first byte says how to read the others. */
#include "fuzz.h"

#include <string.h>
#include <unistd.h>

#include <incmap/changes.h>
#include <incmap/exchange.h>
#include <incmap/import.h>

static char folder[64], file[96], out[96], json[96];

static void remove_files(void)
{
    static const char *const endings[] = { "_sources.csv", "_claimants.csv", "_incidents.csv",
                                           "_claims.csv" };
    for (int i = 0; i < 4; i++) {
        char path[128];
        (void)snprintf(path, sizeof path, "%s%s", out, endings[i]);
        (void)unlink(path);
    }
    (void)unlink(file);
    (void)unlink(json);
    (void)rmdir(folder);
}

/* In memory where that can be; one file for all inputs. */
static void write_file(const uint8_t *bytes, size_t size)
{
    FILE *f;

    if (!folder[0]) {
        const bool memory = access("/dev/shm", W_OK | X_OK) == 0;
        (void)snprintf(folder, sizeof folder, "%s/incmap-fuzz-XXXXXX",
                       memory ? "/dev/shm" : "/tmp");
        FUZZ_CHECK(mkdtemp(folder) && atexit(remove_files) == 0);
        (void)snprintf(file, sizeof file, "%s/in.csv", folder);
        (void)snprintf(out, sizeof out, "%s/out", folder);
        (void)snprintf(json, sizeof json, "%s/out.json", folder);
    }
    f = fopen(file, "wb");
    FUZZ_CHECK(f && fwrite(bytes, 1, size, f) == size);
    FUZZ_CHECK(fclose(f) == 0);
}

static void check_accounts(const incmap_report *report)
{
    const incmap_report_column *c;

    for (size_t i = 0; (c = incmap_report_column_get(report, i)) != NULL; i++) {
        const incmap_report_file *f = NULL;
        for (size_t k = 0; k < incmap_report_file_count(report); k++)
            if (incmap_report_file_get(report, k)->file == c->file)
                f = incmap_report_file_get(report, k);
        FUZZ_CHECK(f && f->rows == f->kept + f->refused && f->unreadable <= f->refused);
        FUZZ_CHECK(c->empty + c->kept + c->converted + c->doubtful + c->unread + c->refused ==
                   f->rows - f->unreadable);
        FUZZ_CHECK(c->read || c->kept + c->converted + c->doubtful == 0);
    }
}

static void check_same(incmap_ctx *ctx, const incmap_dataset *d, const char *path)
{
    incmap_report *report = NULL;
    incmap_dataset *back = NULL;
    incmap_changes *changes = NULL;

    FUZZ_CHECK(incmap_report_new(ctx, NULL, &report) == INCMAP_OK);
    FUZZ_CHECK(incmap_dataset_import(ctx, path, NULL, report, NULL, &back) == INCMAP_OK);
    FUZZ_CHECK(incmap_report_refused(report) == 0);
    FUZZ_CHECK(incmap_changes_new(ctx, d, back, NULL, &changes) == INCMAP_OK);
    FUZZ_CHECK(incmap_changes_count(changes) == 0);
    incmap_changes_free(changes);
    incmap_dataset_free(back);
    incmap_report_free(report);
}

static void check_dataset(incmap_ctx *ctx, const incmap_dataset *d)
{
    FUZZ_CHECK(incmap_dataset_export_csv(ctx, d, out, NULL) == INCMAP_OK);
    check_same(ctx, d, out);
    FUZZ_CHECK(incmap_dataset_export_geojson(ctx, d, json, NULL) == INCMAP_OK);
    check_same(ctx, d, json);
}

static const char *const by_name[] = { "date=date", "id=id",    "lat=lat",
                                       "lon=lon",   "title=t",  "figure=figure",
                                       "low=low",   "source=s", "claimant=c" };
static const char *const by_number[] = { "date=1", "position=2", "figure=3", "summary=4" };

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    incmap_import_options options = INCMAP_IMPORT_OPTIONS_INIT;
    incmap_ctx *ctx = NULL;
    incmap_report *report = NULL;
    incmap_dataset *d = NULL;
    const char mode = size ? (char)bytes[0] : 'a';

    if (size) write_file(bytes + 1, size - 1);
    if (!size) write_file(NULL, 0);
    if (mode == 'm') {
        options.map = by_name;
        options.map_count = sizeof by_name / sizeof *by_name;
    } else if (mode == 'n') {
        options.map = by_number;
        options.map_count = sizeof by_number / sizeof *by_number;
        options.no_header = true;
        options.date_order = INCMAP_DATE_ORDER_DMY;
    } else if (mode == 'e') {
        options.encoding = "CP1251";
    }
    FUZZ_CHECK(incmap_ctx_new(NULL, &ctx) == INCMAP_OK);
    FUZZ_CHECK(incmap_report_new(ctx, NULL, &report) == INCMAP_OK);
    if (incmap_dataset_import(ctx, file, &options, report, NULL, &d) == INCMAP_OK)
        check_dataset(ctx, d);
    else
        FUZZ_CHECK(!d && incmap_ctx_message(ctx)[0]);
    check_accounts(report);
    incmap_dataset_free(d);
    incmap_report_free(report);
    incmap_ctx_free(ctx);
    return 0;
}
