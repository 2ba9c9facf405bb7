/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * An architecture as -a auto weighs it: is its compiler here, which objects
 * may it have on in any configuration, and what does each take. By what
 * Makefiles and Kconfig say (ksolve.h).
 */
#ifndef RXA_BUILDARCH_H
#define RXA_BUILDARCH_H

#include "buildtree.h"

#define BUILD_AUTO_BASE "allmodconfig"

struct build_arch {
	char *name;
	struct dotconfig *dc;	/* its allmodconfig; NULL: not made */
	char *lacks;		/* the compiler's package, where it is not here */

	/* Private. */
	struct build_tree *tree;
	struct archfile *af;
	struct ksolver *solver;	/* by ->dc, or by nothing */
	const struct dotconfig *solver_dc;
	/* By object, each asked for once: may it be on; what it takes. */
	enum { UNASKED, NO, MAYBE } *may;
	char **config;		/* "" for no way */
};

/*
 * Those that have a file in arch/ and are in the tree, *n of them; free each
 * with build_arch_free(), then the array.
 */
struct build_arch *build_arch_list(struct build_tree *tree, size_t *n);
void build_arch_free(struct build_arch *a);

/* May the object (index of the tree's plan) be on in any configuration? */
bool build_arch_may(struct build_arch *a, size_t object);
/* The configuration that the object takes, "" for none; needs ->dc. */
const char *build_arch_config(struct build_arch *a, size_t object);
/*
 * Why none of them has the object on, by the one that comes nearest. The
 * caller frees it.
 */
char *build_arch_why_not(struct build_arch *archs, size_t n,
			 const struct build_object *o);

#endif
