/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the build stage works with in one configuration, and how that comes to
 * be: shadow, .config, preparation. Private to the build stage.
 */
#ifndef RXA_BUILDSETUP_H
#define RXA_BUILDSETUP_H

#include <time.h>

#include "build.h"
#include "buildtree.h"
#include "buildstore.h"
#include "kbuild.h"

/* One architecture with one configuration. */
struct build {
	struct build_tree *tree;
	struct session *s;
	struct model *m;
	const char *root; /* these three as the tree has them */
	struct kbuild kb;
	const struct kconfig *kc;
	struct dotconfig *dc;
	struct build_plan plan;
	struct build_store store;
	uint64_t config_key, base_key;
	char *fragment;
	size_t done, total;
	time_t saved;
	int wave;		     /* -1 before the conversion */
	struct build_record **after; /* of this wave, by object */
	struct build_count *count;
	int error; /* the first of a write */
};

/*
 * Where the shadow and what is built lie: in the workspace, or, where that
 * has a path that kbuild does not take, in the cache. The caller frees it.
 */
char *build_root(const struct session *s);

/*
 * Reads all that is there and computes the keys; nothing is written. `tree`
 * has to outlive it. 0, or an exit code after a message. build_end() in any
 * case.
 */
int build_begin(struct build *b, struct build_tree *tree, const char *arch,
		const char *config);
void build_end(struct build *b);

/*
 * Reads the .config and judges the plan's objects by it, where it is the one
 * that today's input gives.
 */
bool build_load_config(struct build *b);
/* Takes the lock and makes the shadow what the tree is. 0 or an exit code. */
int build_open_shadow(struct build *b);
/*
 * Only the .config, shadow and all, for build_load_config(). 0, an exit code,
 * or -EINTR.
 */
int build_make_config(struct build *b);
/* The .config and what all objects need. 0, an exit code, or -EINTR. */
int build_prepare(struct build *b);
/* Saves what is known of objects. 0, or an exit code after a message. */
int build_save(struct build *b);
/* The message; EXIT_ENVIRONMENT. */
int build_fail_write(const char *path, int error);

#endif
