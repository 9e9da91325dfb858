/* SPDX-License-Identifier: MIT */
/* Runs a fuzzer's entry point over files, and over the files of folders, without libFuzzer. Fails
 * when a named path is not there or when there was nothing to run. */
#include <dirent.h>
#include <string.h>
#include <sys/stat.h>

#include "fuzz.h"

static int run_file(const char *path)
{
    FILE *f = fopen(path, "rb");
    uint8_t *bytes = NULL;
    size_t size = 0, room = 0, n;

    if (!f) return -1;
    do {
        if (size == room) {
            uint8_t *larger = realloc(bytes, room = room ? room * 2 : 4096);
            if (!larger) break;
            bytes = larger;
        }
        n = fread(bytes + size, 1, room - size, f);
        size += n;
    } while (n > 0);
    (void)fclose(f);
    /* A block of exactly this size, so that reading past it is seen. */
    if (bytes && size) {
        uint8_t *exact = realloc(bytes, size);
        if (exact) bytes = exact;
    }
    (void)LLVMFuzzerTestOneInput(bytes, size);
    free(bytes);
    return 1;
}

/* How many files were run, or -1. */
static int run_path(const char *path)
{
    struct stat about;
    char below[4096];
    int count = 0;
    DIR *dir;

    if (stat(path, &about)) return -1;
    if (!S_ISDIR(about.st_mode)) return run_file(path);
    dir = opendir(path);
    if (!dir) return -1;
    for (struct dirent *e = readdir(dir); e && count >= 0; e = readdir(dir)) {
        int n;
        if (e->d_name[0] == '.') continue;
        (void)snprintf(below, sizeof below, "%s/%s", path, e->d_name);
        n = run_path(below);
        count = n < 0 ? -1 : count + n;
    }
    (void)closedir(dir);
    return count;
}

int main(int argc, char *argv[])
{
    int count = 0;

    for (int i = 1; i < argc; i++) {
        const int n = run_path(argv[i]);
        if (n < 0) {
            (void)fprintf(stderr, "%s: cannot read %s\n", argv[0], argv[i]);
            return EXIT_FAILURE;
        }
        count += n;
    }
    (void)printf("%d inputs\n", count);
    return count > 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
