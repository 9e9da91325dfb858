/* SPDX-License-Identifier: MIT */
/* A sentence cut into words and numbers, each folded for comparing and with its place in the text. */
#ifndef INCMAP_CHECKS_TOKENS_H
#define INCMAP_CHECKS_TOKENS_H

#include <stdbool.h>

#include "base/failure.h"
#include "base/memory.h"

enum { INCMAP__TOKENS_MOST = 200, INCMAP__TOKEN_SIZE = 64 };

typedef struct {
    size_t start, end; /* bytes of the text */
    char
        key[INCMAP__TOKEN_SIZE]; /* folded as names are; "" for a word too long to be one of ours */
    bool is_number;              /* in digits */
    bool is_sign;                /* "<", ">", "<=", ">=", "~", "+-" or "+", which is its key */
    double value;
    double step;       /* one unit of its last printed digit; of a fraction its smallest part */
    const char *doubt; /* why the digits have no one meaning; static; NULL: they have */
    bool one_comma;  /* a comma before three digits parts thousands, or decimals: by the language */
    bool joined;     /* only spaces, hyphens or nothing lie between it and the token before */
    bool hyphenated; /* a hyphen does */
    bool glued;      /* nothing does */
} incmap__token;

typedef struct {
    const char *text;
    incmap__token items[INCMAP__TOKENS_MOST];
    size_t count;
} incmap__tokens;

/* Tokens that belong to one thing. */
typedef struct {
    size_t first, last; /* one behind */
} incmap__taken;

/* Whether that token folds to the key; false past the end. */
bool incmap__token_is(const incmap__tokens *t, size_t at, const char *key);
bool incmap__token_is_one_of(const incmap__tokens *t, size_t at, const char *const keys[],
                             size_t n);

/* INCMAP_EPARSE for more words than that, and for what is not UTF-8; INCMAP_ENOMEM. */
incmap_status incmap__tokens_read(incmap__tokens *tokens, const char *text,
                                  const incmap_allocator *a, incmap_error *err);

#endif
