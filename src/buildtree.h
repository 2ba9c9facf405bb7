/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What all configurations of one run have in common: which objects there are
 * (buildplan.h), and for each architecture its Kconfig and the stamp of its
 * headers. Each is read once, when it is first asked for.
 */
#ifndef RXA_BUILDTREE_H
#define RXA_BUILDTREE_H

#include "buildplan.h"

struct build_tree {
	struct session *s;
	struct model *m;
	const char *root; /* where the shadow and its output lie */
	struct build_plan plan;	/* of no configuration yet */

	/* Private. */
	struct tree_arch **archs;
	size_t arch_count, arch_cap;
	uint64_t include_stamp;
	bool stamped;
};

/* All three have to outlive it. */
void build_tree_open(struct build_tree *t, struct session *s, struct model *m,
		     const char *root);
void build_tree_close(struct build_tree *t);

/* Lives as long as `t`. NULL after a message where the tree has none. */
const struct kconfig *build_tree_kconfig(struct build_tree *t,
					 const char *arch);
/* As tree_stamp() gives it. */
uint64_t build_tree_stamp(struct build_tree *t, const char *arch);

#endif
