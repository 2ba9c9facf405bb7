/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The few files of a tree that a series touches, in a repository of ours in
 * the temporary folder. There the patches are tried by git itself; the tree,
 * be it a repository or not, is only read.
 */
#ifndef RXA_CORESTAGE_H
#define RXA_CORESTAGE_H

#include "coreseries.h"
#include "job.h"
#include "util.h"

struct core_stage {
	char *dir, *repo, *index;
	char *base;		/* the tree object of the tree's own files */
};

/* 0, or an exit code after a message. Close it in any case. */
int core_stage_open(struct core_stage *st);
void core_stage_close(struct core_stage *st);

/*
 * The paths that the series' patches read or write, each once. 0, or an exit
 * code after a message.
 */
int core_stage_paths(struct core_stage *st, const struct core_series *cs,
		     struct strvec *paths);
/*
 * Takes those of the paths that the tree has, as they are now, in place of
 * what the stage held. 0, or an exit code after a message.
 */
int core_stage_load(struct core_stage *st, const char *tree,
		    const struct strvec *paths);
/* Back to what was loaded. 0, or an exit code after a message. */
int core_stage_reset(struct core_stage *st);
/*
 * Applies a patch, or takes it back. 0; 1 where it does not apply, with git's
 * complaints, one a line, in *said if given; or another exit code after a
 * message.
 */
int core_stage_apply(struct core_stage *st, const struct core_patch *p,
		     bool reverse, struct strvec *said);
/* What differs from the loaded: "M\tpath", "A\tpath" or "D\tpath". */
int core_stage_changes(struct core_stage *st, struct strvec *changes);
/* The staged text of a file; empty where there is none. */
int core_stage_read(struct core_stage *st, const char *path,
		    struct strbuf *text);
/* Writes the added and modified files of the changes under the folder. */
int core_stage_write(struct core_stage *st, const char *dir,
		     const struct strvec *changes);

#endif
