/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * -a auto: which architectures and configurations compile the converted
 * files, each at least once where that can be, with as few of them as will
 * do. By what Makefiles and Kconfig say (ksolve.h), then by the .config that
 * make wrote.
 */
#ifndef RXA_BUILDAUTO_H
#define RXA_BUILDAUTO_H

#include "buildsetup.h"

/* What is to be built with one configuration. */
struct build_target {
	char *arch, *config;	/* arch NULL: kbuild's own choice */
	struct strvec units;	/* names */
};

/* A unit with objects that nothing here can make. */
struct build_gap {
	struct unit *unit;
	struct strvec objects, why;	/* in parallel */
	bool whole;			/* none of its objects can be */
};

struct build_choice {
	struct build_target *targets;
	size_t count, cap;
	struct build_gap *gaps;
	size_t gap_count, gap_cap;
};

/* 0, an exit code after a message, or -EINTR. Free it in any case. */
int build_choose(struct build_tree *tree, struct build_choice *choice);
void build_choice_free(struct build_choice *choice);

#endif
