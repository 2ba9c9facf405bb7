/* SPDX-License-Identifier: GPL-2.0-only */
/* Subjects and logs of all patches of a series. */
#ifndef RXA_COMPOSE_H
#define RXA_COMPOSE_H

#include "git.h"
#include "patch.h"
#include "session.h"

/* Where the tree says how tools are to be named in a log. */
#define ASSISTANTS "Documentation/process/coding-assistants.rst"

/* ->subject of each, no two the same where a file name can tell them apart. */
void compose_subjects(const struct git_tree *gt, long long date,
		      struct patch *patches, size_t n);
/* ->log of each, and ->check_key. */
void compose_logs(const struct session *s, const struct git_tree *gt,
		  struct patch *patches, size_t n);

#endif
