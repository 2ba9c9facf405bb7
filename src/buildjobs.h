/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The build as jobs for other machines: commands of our own, each with one
 * architecture and configuration and some units, that share the workspace.
 */
#ifndef RXA_BUILDJOBS_H
#define RXA_BUILDJOBS_H

#include "buildauto.h"

/*
 * Prints the jobs (o->print), or runs each behind o->runner, as many at a
 * time as -j says. 0, EXIT_ENVIRONMENT after a message where one could not do
 * its work, -EINTR.
 */
int build_jobs(struct session *s, const struct build_options *o,
	       const struct build_choice *choice);

/* Where such a job works, in a place of its own; the caller frees it. */
char *build_job_root(const struct session *s, const char *root,
		     const struct build_options *o);
/* The place itself, then those of the jobs that were done in it. */
void build_roots(const char *root, struct strvec *roots);

#endif
