// SPDX-License-Identifier: GPL-2.0-only
#include "buildtree.h"

#include <stdlib.h>
#include <string.h>

#include "buildstore.h"

struct tree_arch {
	char *name;
	struct kconfig kc;
	bool read, stamped;
	int error;
	uint64_t stamp;
};

void build_tree_open(struct build_tree *t, struct session *s, struct model *m,
		     const char *root)
{
	*t = (struct build_tree){.s = s, .m = m, .root = root};
	build_plan_make(&t->plan, s, m);
}

void build_tree_close(struct build_tree *t)
{
	for (size_t i = 0; i < t->arch_count; i++) {
		kconfig_free(&t->archs[i]->kc);
		free(t->archs[i]->name);
		free(t->archs[i]);
	}
	free(t->archs);
	build_plan_free(&t->plan);
	*t = (struct build_tree){0};
}

static struct tree_arch *arch_of(struct build_tree *t, const char *name)
{
	struct tree_arch *a;

	for (size_t i = 0; i < t->arch_count; i++)
		if (!strcmp(t->archs[i]->name, name))
			return t->archs[i];
	a = xcalloc(1, sizeof(*a));
	a->name = xstrdup(name);
	GROW(t->archs, t->arch_count, t->arch_cap);
	t->archs[t->arch_count++] = a;
	return a;
}

const struct kconfig *build_tree_kconfig(struct build_tree *t,
					 const char *arch)
{
	struct tree_arch *a = arch_of(t, arch);

	if (!a->read)
		a->error = kconfig_read(&a->kc, t->s->tree, arch);
	a->read = true;
	if (!a->error)
		return &a->kc;
	err("cannot read %s/Kconfig: %s", t->s->tree, strerror(-a->error));
	return NULL;
}

uint64_t build_tree_stamp(struct build_tree *t, const char *arch)
{
	struct tree_arch *a = arch_of(t, arch);

	if (!t->stamped)
		t->include_stamp = tree_stamp_include(t->s->tree);
	t->stamped = true;
	if (!a->stamped)
		a->stamp = tree_stamp_arch(t->include_stamp, t->s->tree, arch);
	a->stamped = true;
	return a->stamp;
}
