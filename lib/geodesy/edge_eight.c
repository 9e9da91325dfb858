/* SPDX-License-Identifier: MIT */
/* The two loops in which a search spends its time. Each is built for several instruction sets, and the
 * best is picked when the program starts; they are plain IEEE operations without reductions, and
 * contraction is off, so every version gives the same bits. */
#include "geodesy/edge_eight.h"

#include <math.h>

/* The loader picks, through a function that must run before the thread sanitizer is up. What is picked
 * is file-local: compilers export its helpers otherwise, or name it differently from file to file. */
#if defined(__SANITIZE_THREAD__)
#define INCMAP_NO_CLONES
#elif defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define INCMAP_NO_CLONES
#endif
#endif

#if defined(__x86_64__) && defined(__GLIBC__) && defined(__has_attribute) &&                       \
    !defined(INCMAP_NO_CLONES)
#if __has_attribute(target_clones)
#define INCMAP__VECTOR __attribute__((target_clones("avx2", "default")))
#endif
#endif
#ifndef INCMAP__VECTOR
#define INCMAP__VECTOR
#endif

/* Compilers make vectors of a loop only when nothing in it branches, and choosing the larger of two
 * numbers is a branch unless NaN are sworn off. So both loops do without: the positive part of d is
 * (d + |d|) / 2, and t held between 0 and 1 is (1 + |t| - |t - 1|) / 2. */

static inline float beyond(float middle, float half, float p)
{
    const float d = fabsf(p - middle) - half;
    return 0.5f * (d + fabsf(d));
}

INCMAP__VECTOR
static void boxes(const incmap__boxes *restrict node, const float p[restrict 3],
                  float squared[restrict INCMAP__TREE_FANOUT])
{
    const float px = p[0], py = p[1], pz = p[2];
    for (int k = 0; k < INCMAP__TREE_FANOUT; k++) {
        const float x = beyond(node->middle[0][k], node->half[0][k], px);
        const float y = beyond(node->middle[1][k], node->half[1][k], py);
        const float z = beyond(node->middle[2][k], node->half[2][k], pz);
        squared[k] = x * x + y * y + z * z;
    }
}

INCMAP__VECTOR
static void chords(const double x[restrict], const double y[restrict], const double z[restrict],
                   const double live[restrict INCMAP__TREE_FANOUT], const double p[restrict 3],
                   double squared[restrict INCMAP__TREE_FANOUT])
{
    const double p0 = p[0], p1 = p[1], p2 = p[2];
    for (int k = 0; k < INCMAP__TREE_FANOUT; k++) {
        const double bx = (x[k + 1] - x[k]) * live[k], by = (y[k + 1] - y[k]) * live[k],
                     bz = (z[k + 1] - z[k]) * live[k];
        const double px = p0 - x[k], py = p1 - y[k], pz = p2 - z[k];
        /* The least number keeps an edge of no length from dividing by zero. */
        const double t = (px * bx + py * by + pz * bz) / (bx * bx + by * by + bz * bz + 1e-300);
        const double u = (1 + fabs(t) - fabs(t - 1)) / 2;
        const double qx = px - u * bx, qy = py - u * by, qz = pz - u * bz;
        squared[k] = qx * qx + qy * qy + qz * qz;
    }
}

void incmap__eight_boxes(const incmap__boxes *restrict node, const float p[restrict 3],
                         float squared[restrict INCMAP__TREE_FANOUT])
{
    boxes(node, p, squared);
}

void incmap__eight_chords(const double x[restrict], const double y[restrict],
                          const double z[restrict], const double live[restrict INCMAP__TREE_FANOUT],
                          const double p[restrict 3], double squared[restrict INCMAP__TREE_FANOUT])
{
    chords(x, y, z, live, p, squared);
}
