/* SPDX-License-Identifier: MIT */
/* What happens to a layer when its writer is killed, the disk is full, or two write at once: the earlier
 * set or the new one stands, and never half of two. */
#include "harness.h"

#include <incmap/layer_writer.h>

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>

#include "fixture_scratch.h"
#include "random.h"

enum { SET = 6, ROWS = 800, KILLS = 200 };

static const char *const endings[SET] = { "dbf", "shx", "prj", "cpg", "qix", "shp" };

/* Layer `which` differs from the others in every file but .prj and .cpg. */
static incmap_status write_layer(const char *path, int which)
{
    static const incmap_field fields[] = { { "name", INCMAP_FIELD_TEXT, 0, 0, 0, 0 },
                                           { "n", INCMAP_FIELD_INT, 0, 0, 0, 0 } };
    incmap_layer_writer *w = NULL;
    char name[64];
    incmap_status st = incmap_layer_writer_open(ctx, path, INCMAP_SHAPE_POINT, fields, 2, NULL, &w);
    for (int i = 0; !st && i < ROWS + which; i++) {
        const incmap_coord at = { 50 + which + i / 1000.0, 36 + i / 500.0 };
        const incmap_shape shape = { INCMAP_SHAPE_POINT, &at, 1, NULL, 0, NULL, NULL };
        incmap_value values[2] = { { .kind = INCMAP_VALUE_TEXT }, { .kind = INCMAP_VALUE_INT } };
        (void)snprintf(name, sizeof name, "\u0421\u0435\u043B\u043E %d of %d", i, which);
        values[0].as.text = name;
        values[1].as.whole = i * which;
        st = incmap_layer_writer_add(ctx, w, &shape, values);
    }
    if (!st) st = incmap_layer_writer_finish(ctx, w, NULL);
    incmap_layer_writer_free(w);
    return st;
}

static void must_write(const char *name, int which)
{
    ck_assert_msg(write_layer(scratch_path(name), which) == INCMAP_OK, "%s",
                  incmap_ctx_message(ctx));
}

static bool same_bytes(const char *a, const char *b)
{
    size_t na = 0, nb = 0;
    char *in_a = scratch_bytes(a, &na), *in_b = scratch_bytes(b, &nb);
    const bool same = in_a && in_b && na == nb && memcmp(in_a, in_b, na) == 0;
    free(in_a);
    free(in_b);
    return same;
}

/* How many files of the set at `base` are those of reference layer `which`. */
static int files_of(const char *base, int which)
{
    char mine[64], reference[64];
    int same = 0;
    for (int e = 0; e < SET; e++) {
        (void)snprintf(mine, sizeof mine, "%s.%s", base, endings[e]);
        (void)snprintf(reference, sizeof reference, "ref/%d.%s", which, endings[e]);
        same += same_bytes(scratch_path(mine), scratch_path(reference));
    }
    return same;
}

static int whole_layer(const char *base, int layers)
{
    for (int which = 1; which <= layers; which++)
        if (files_of(base, which) == SET) return which;
    return 0;
}

static void make_references(int layers)
{
    char name[32];
    ck_assert_int_eq(mkdir(scratch_path("ref"), 0700), 0);
    ck_assert_int_eq(mkdir(scratch_path("out"), 0700), 0);
    for (int which = 1; which <= layers; which++) {
        (void)snprintf(name, sizeof name, "ref/%d", which);
        must_write(name, which);
    }
}

/* Writes layer after layer until it is killed. */
static pid_t start_writer(void)
{
    const pid_t child = fork();
    if (child == 0)
        for (int which = 1;; which = which % 3 + 1)
            if (write_layer(scratch_path("out/l"), which)) _exit(3);
    ck_assert_int_gt(child, 0);
    return child;
}

static void wait_us(double us)
{
    const struct timespec pause = { (time_t)(us / 1e6), (long)us % 1000000 * 1000 };
    (void)nanosleep(&pause, NULL);
}

/* Finding the reference system takes longer than all the rest: the moments begin where the set does. */
static void wait_for_the_set(test_random *r, double most_us)
{
    for (int i = 0; i < 20000 && access(scratch_path("out/.l.incmap"), F_OK) != 0; i++)
        wait_us(20);
    wait_us(random_between(r, 0, most_us));
}

START_TEST(writer_killed_at_any_moment_leaves_one_whole_layer_or_what_makes_one)
{
    test_random r = { test_seed(41) };
    int outcomes[4] = { 0 }, visible = 0;
    make_references(3);
    must_write("out/l", 1);
    for (int i = 0; i < KILLS; i++) {
        incmap_recovery recovery = INCMAP_RECOVERY_NOTHING;
        const pid_t child = start_writer();
        int status = 0;
        wait_for_the_set(&r, 4000);
        ck_assert_int_eq(kill(child, SIGKILL), 0);
        ck_assert_int_eq(waitpid(child, &status, 0), child);
        ck_assert_msg(WIFSIGNALED(status), "the writer ended with status %d", WEXITSTATUS(status));
        /* before recovery: a layer that can be opened is whole */
        if (access(scratch_path("out/l.shp"), F_OK) == 0) {
            ck_assert_msg(whole_layer("out/l", 3), "kill %d: a mixed set can be opened", i);
            visible++;
        }
        ck_assert_msg(incmap_layer_recover(ctx, scratch_path("out/l"), &recovery) == INCMAP_OK,
                      "kill %d: %s", i, incmap_ctx_message(ctx));
        outcomes[recovery]++;
        ck_assert_msg(whole_layer("out/l", 3), "kill %d: no whole layer after recovery", i);
        ck_assert_int_eq(scratch_count(scratch_path("out")), SET);
    }
    /* the moments were worth something: remains were found, and nothing was ever undone */
    ck_assert_int_gt(outcomes[INCMAP_RECOVERY_CLEARED], KILLS / 10);
    ck_assert_int_eq(outcomes[INCMAP_RECOVERY_RESTORED], 0);
    ck_assert_int_gt(visible, 0);
    printf("%d kills: %d before or after, %d while it was written, %d while it was put in place\n",
           KILLS, outcomes[INCMAP_RECOVERY_NOTHING], outcomes[INCMAP_RECOVERY_CLEARED],
           outcomes[INCMAP_RECOVERY_COMPLETED]);
}
END_TEST

/* The linker puts this in place of libc's: the process kills itself before rename number `before_rename`. */
static long before_rename = -1;

int __real_rename(const char *from, const char *to);
int __wrap_rename(const char *from, const char *to);

int __wrap_rename(const char *from, const char *to)
{
    if (before_rename == 0) (void)kill(getpid(), SIGKILL);
    if (before_rename > 0) before_rename--;
    return __real_rename(from, to);
}

/* Whether a writer of layer 2 was killed before that rename, or did less of them. */
static bool killed_before(long number)
{
    int status = 0;
    const pid_t child = fork();
    if (child == 0) {
        before_rename = number;
        _exit(write_layer(scratch_path("out/l"), 2) ? 3 : 0);
    }
    ck_assert_int_gt(child, 0);
    ck_assert_int_eq(waitpid(child, &status, 0), child);
    if (WIFSIGNALED(status)) return true;
    ck_assert_int_eq(WEXITSTATUS(status), 0);
    return false;
}

/* The first rename puts the journal in place, which decides: from then on it is layer 2. Then the earlier
 * files go and the new ones come. */
START_TEST(writer_killed_before_each_rename_is_undone_or_completed)
{
    long renames = 0;
    make_references(2);
    must_write("out/l", 1);
    for (; killed_before(renames); renames++) {
        incmap_recovery recovery = INCMAP_RECOVERY_NOTHING;
        if (access(scratch_path("out/l.shp"), F_OK) == 0)
            ck_assert_msg(whole_layer("out/l", 2), "rename %ld: a mixed set can be opened",
                          renames);
        ck_assert_int_eq(incmap_layer_recover(ctx, scratch_path("out/l"), &recovery), INCMAP_OK);
        ck_assert_int_eq(recovery, renames ? INCMAP_RECOVERY_COMPLETED : INCMAP_RECOVERY_CLEARED);
        ck_assert_int_eq(whole_layer("out/l", 2), renames ? 2 : 1);
        ck_assert_int_eq(scratch_count(scratch_path("out")), SET);
        must_write("out/l", 1);
    }
    ck_assert_int_ge(renames, 1 + 2 * SET);
    ck_assert_int_eq(whole_layer("out/l", 2), 2);
}
END_TEST

START_TEST(next_write_mends_what_a_killed_writer_left)
{
    test_random r = { test_seed(42) };
    make_references(3);
    for (int i = 0; i < KILLS / 4; i++) {
        const pid_t child = start_writer();
        int status = 0;
        wait_for_the_set(&r, 4000);
        ck_assert_int_eq(kill(child, SIGKILL), 0);
        ck_assert_int_eq(waitpid(child, &status, 0), child);
        must_write("out/l", 1 + i % 3);
        ck_assert_int_eq(whole_layer("out/l", 3), 1 + i % 3);
        ck_assert_int_eq(scratch_count(scratch_path("out")), SET);
    }
}
END_TEST

/* Writes layer `which` so many times; a write that is told to be the other's turn is tried again. */
static void take_turns(int which, int turns)
{
    while (turns > 0) {
        const incmap_status st = write_layer(scratch_path("out/l"), which);
        if (!st)
            turns--;
        else if (st != INCMAP_EIO || !strstr(incmap_ctx_message(ctx), "another writer is at work"))
            _exit(255);
        else
            wait_us(200); /* lets the other get on where both share one processor */
    }
    _exit(0);
}

/* Two programs that write one layer over and over: each write is done or told to be the other's turn,
 * and each gets all its turns however the system divides the time between them. */
START_TEST(two_writers_at_once_never_mix)
{
    enum { TURNS = 60 };
    pid_t children[2];
    make_references(2);
    must_write("out/l", 1);
    for (int c = 0; c < 2; c++) {
        children[c] = fork();
        if (children[c] == 0) take_turns(c + 1, TURNS);
        ck_assert_int_gt(children[c], 0);
    }
    for (int c = 0; c < 2; c++) {
        int status = 0;
        ck_assert_int_eq(waitpid(children[c], &status, 0), children[c]);
        ck_assert(WIFEXITED(status));
        ck_assert_int_eq(WEXITSTATUS(status), 0);
    }
    ck_assert_int_ne(whole_layer("out/l", 2), 0);
    ck_assert_int_eq(scratch_count(scratch_path("out")), SET);
}
END_TEST

static size_t largest_file(int which)
{
    size_t largest = 0;
    for (int e = 0; e < SET; e++) {
        char name[32];
        size_t size = 0;
        (void)snprintf(name, sizeof name, "ref/%d.%s", which, endings[e]);
        free(scratch_bytes(scratch_path(name), &size));
        if (size > largest) largest = size;
    }
    return largest;
}

static incmap_status write_within(rlim_t bytes, int which)
{
    struct rlimit before, small;
    incmap_status st;
    ck_assert_int_eq(getrlimit(RLIMIT_FSIZE, &before), 0);
    small = before;
    small.rlim_cur = bytes;
    ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &small), 0);
    st = write_layer(scratch_path("out/l"), which);
    ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &before), 0);
    return st;
}

/* Past the largest file of the set too, for the rows wait in a larger one; then the layer is there. */
START_TEST(limit_on_the_size_of_files_is_told_at_every_size_and_the_earlier_layer_stands)
{
    enum { STEP = 250, FAR = 1000000 };
    incmap_status st = INCMAP_EIO;
    size_t bytes = 0, largest;
    make_references(2);
    must_write("out/l", 1);
    largest = largest_file(2);
    ck_assert(signal(SIGXFSZ, SIG_IGN) != SIG_ERR);
    for (; bytes < FAR; bytes += STEP) {
        st = write_within(bytes, 2);
        if (!st) break;
        ck_assert_int_eq(st, INCMAP_EIO);
        ck_assert_ptr_nonnull(strstr(incmap_ctx_message(ctx), strerror(EFBIG)));
        ck_assert_ptr_nonnull(strstr(incmap_ctx_message(ctx), ".l.incmap/"));
        ck_assert_int_eq(whole_layer("out/l", 2), 1);
        ck_assert_int_eq(scratch_count(scratch_path("out")), SET);
    }
    (void)signal(SIGXFSZ, SIG_DFL);
    ck_assert_int_eq(st, INCMAP_OK);
    ck_assert_uint_ge(bytes, largest);
    ck_assert_int_eq(whole_layer("out/l", 2), 2);
    ck_assert_int_eq(scratch_count(scratch_path("out")), SET);
}
END_TEST

/* A disk of so many pages, where the process may mount one. */
static bool mount_small(const char *folder, int pages)
{
    char size[32];
    (void)snprintf(size, sizeof size, "size=%d", pages * 4096);
    return mount("none", folder, "tmpfs", 0, size) == 0;
}

START_TEST(full_disk_of_any_size_is_told_and_the_earlier_layer_stands)
{
    bool fitted = false;
    make_references(2);
    for (int pages = 12; pages < 60 && !fitted; pages++) {
        if (!mount_small(scratch_path("out"), pages)) return; /* not for every user */
        if (write_layer(scratch_path("out/l"), 1) == INCMAP_OK) {
            const incmap_status st = write_layer(scratch_path("out/l"), 2);
            const int stands = whole_layer("out/l", 2);
            const int count = scratch_count(scratch_path("out"));
            ck_assert_int_eq(umount(scratch_path("out")), 0);
            fitted = st == INCMAP_OK;
            ck_assert_int_eq(stands, fitted ? 2 : 1);
            ck_assert_int_eq(count, SET);
            if (!fitted) ck_assert_ptr_nonnull(strstr(incmap_ctx_message(ctx), strerror(ENOSPC)));
        } else {
            ck_assert_ptr_nonnull(strstr(incmap_ctx_message(ctx), strerror(ENOSPC)));
            ck_assert_int_eq(scratch_count(scratch_path("out")), 0);
            ck_assert_int_eq(umount(scratch_path("out")), 0);
        }
    }
    ck_assert(fitted);
}
END_TEST

START_TEST(recovery_of_what_needs_none_does_nothing)
{
    incmap_recovery recovery = INCMAP_RECOVERY_RESTORED;
    make_references(1);
    must_write("out/l", 1);
    ck_assert_int_eq(incmap_layer_recover(ctx, scratch_path("out/l"), &recovery), INCMAP_OK);
    ck_assert_int_eq(recovery, INCMAP_RECOVERY_NOTHING);
    ck_assert_int_eq(incmap_layer_recover(ctx, scratch_path("none/l"), NULL), INCMAP_OK);
    ck_assert_int_eq(incmap_layer_recover(ctx, scratch_path("out/"), NULL), INCMAP_EIO);
    ck_assert_int_eq(whole_layer("out/l", 1), 1);
}
END_TEST

/* As another program would leave it: an index of other points, a .cpg of another encoding. */
START_TEST(nothing_stale_of_an_earlier_layer_survives)
{
    static const char *const stale[] = { "qix", "shx", "cpg", "prj", "sbn",
                                         "sbx", "idm", "ind", "qpj" };
    char name[32];
    make_references(1);
    for (size_t i = 0; i < sizeof stale / sizeof *stale; i++) {
        (void)snprintf(name, sizeof name, "out/l.%s", stale[i]);
        scratch_write(scratch_path(name), "stale", 5);
    }
    must_write("out/l", 1);
    ck_assert_int_eq(whole_layer("out/l", 1), 1);
    ck_assert_int_eq(scratch_count(scratch_path("out")), SET);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("layer_safety");
    TCase *tc = tcase_create("layer_safety");
    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(tc, writer_killed_at_any_moment_leaves_one_whole_layer_or_what_makes_one);
    tcase_add_test(tc, writer_killed_before_each_rename_is_undone_or_completed);
    tcase_add_test(tc, next_write_mends_what_a_killed_writer_left);
    tcase_add_test(tc, two_writers_at_once_never_mix);
    tcase_add_test(tc,
                   limit_on_the_size_of_files_is_told_at_every_size_and_the_earlier_layer_stands);
    tcase_add_test(tc, full_disk_of_any_size_is_told_and_the_earlier_layer_stands);
    tcase_add_test(tc, recovery_of_what_needs_none_does_nothing);
    tcase_add_test(tc, nothing_stale_of_an_earlier_layer_survives);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
