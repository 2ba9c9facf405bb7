/* SPDX-License-Identifier: GPL-2.0-only */
/* Members that two functions, with all below them, both use. */
#ifndef RXA_SHAREDMEMBER_H
#define RXA_SHAREDMEMBER_H

#include "cmodule.h"

/* The first token of "priv->mdev->queue", whose last word is at `i`. */
size_t member_start(const struct ctokens *ts, size_t i);
/* "struct tag *word" between the tokens: its tag, or NULL; to be freed. */
char *tag_between(const struct ctokens *ts, size_t from, size_t to,
		  const char *word);
/*
 * A member that one of them may change while the other uses it; NULL where
 * there is none. The caller frees it.
 */
char *shared_member(const struct cmodule *mod, struct cfunc *a,
		    struct cfunc *b);

#endif
