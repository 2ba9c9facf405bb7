/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The build stage: every converted unit compiled as the tree has it and as
 * converted, on the same .config, and the difference.
 *
 * Each entry of a unit's build.json:
 *	{"arch": "x86_64", "config": "allmodconfig", "key": hash,
 *	 "result": "pass|fail|not-built", "why": s or null,
 *	 "objects": [path], "not_built": [{"object": path, "why": s}],
 *	 "new_warnings": [s],
 *	 "sparse": {"checked": [path], "unchecked": [path]} or null,
 *	 "compared": {"objects": [path], "not": ["path: why"],
 *		      "changed": [function], "inlined": ["f() (has g() in it)"],
 *		      "data": [variable], "unexplained": ["path: f()"]} or null}
 *
 * fail: an object that compiled before does not any more, has a warning that
 * it had not, of the compiler's or of sparse's, or a function in it differs
 * that the plan does not change. not-built: nothing of the unit is in the configuration, or
 * it does not compile before either. pass: all of "objects" were made both
 * times; what else depends on the unit's files and was not made is named in
 * "not_built", and then "why" says how much that is. A unit that `-a auto`
 * finds no configuration for has an entry of "arch": "auto", not-built.
 */
#ifndef RXA_BUILD_H
#define RXA_BUILD_H

#include "session.h"

struct build_options {
	/*
	 * As in ARCH=; empty for kbuild's own choice. "all" is all that have a
	 * file in arch/ and in the tree; "auto", alone and without configs, as
	 * many of them as it takes to compile every converted file.
	 */
	struct strvec archs;
	struct strvec configs;	/* see configspec.h; empty: allmodconfig */
	/*
	 * Words in front of a job's command, which carry it elsewhere, or NULL:
	 * then all is done here. Jobs share nothing but the workspace.
	 */
	const char *runner;
	size_t chunk;		/* at most so many units a job; 0: no limit */
	bool print;		/* only print the jobs, one a line */
	bool commits;		/* the series' commits, see buildcommits.h */
};

bool build_is_auto(const struct build_options *o);

/* How many units ended how, over all configurations. */
struct build_count {
	size_t pass, fail, not_built, compiled;
};

/*
 * Builds what has no result of today's input yet and writes each unit's
 * build.json and build.log; ->build of the model's units follows. 0,
 * EXIT_UNIT_FAILED, EXIT_UNTESTED where nothing was built at all, or
 * EXIT_ENVIRONMENT after a message; -EINTR. Of several configurations, those
 * that the environment allows are built though another can't be.
 */
int build_run(struct session *s, struct model *m,
	      const struct build_options *o, struct build_count *count);

#endif
