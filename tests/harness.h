/* SPDX-License-Identifier: MIT */
/* What every test program shares: running one Check suite, with the exit status that meson reads. */
#ifndef INCMAP_TESTS_HARNESS_H
#define INCMAP_TESTS_HARNESS_H

#include <check.h>
#include <stdlib.h>

/* CK_FORK=no in the environment keeps all in one process (valgrind, debuggers). */
static inline int run_suite(Suite *suite)
{
    SRunner *runner = srunner_create(suite);
    int failed;
    srunner_run_all(runner, CK_NORMAL);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}

#endif
