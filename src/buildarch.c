// SPDX-License-Identifier: GPL-2.0-only
#include "buildarch.h"

#include <stdlib.h>
#include <string.h>

#include "kbuild.h"
#include "ksolve.h"

/* The compiler of an architecture, if it is here. */
static void probe_compiler(struct build_arch *a)
{
	struct kbuild kb;
	struct strvec words = {0};
	char *path;

	kbuild_init(&kb, a->tree->s, a->tree->root, a->name, BUILD_AUTO_BASE);
	sv_split(&words, kb.compiler, " ");
	path = words.n ? find_program(words.v[0]) : NULL;
	if (!path)
		a->lacks = xstrdup(a->af->package ? a->af->package
						  : kb.compiler);
	else if (starts_with(base_name(words.v[0]), "clang") && !a->af->clang)
		a->lacks = xstrdup("an LLVM for it");
	free(path);
	sv_free(&words);
	kbuild_free(&kb);
}

struct build_arch *build_arch_list(struct build_tree *tree, size_t *n)
{
	size_t objects = tree->plan.object_count;
	struct strvec names = {0};
	struct build_arch *list;

	archfile_names(&names);
	list = xcalloc(names.n + 1, sizeof(*list));
	*n = 0;
	for (size_t i = 0; i < names.n; i++) {
		struct build_arch *a = &list[*n];
		char *path = xasprintf("%s/arch/%s/Kconfig", tree->s->tree,
				       kconfig_srcarch(names.v[i]));

		/* Not every tree has every architecture. */
		if (file_exists(path)) {
			a->tree = tree;
			a->name = xstrdup(names.v[i]);
			a->af = archfile_read(a->name);
			a->may = xcalloc(objects + 1, sizeof(*a->may));
			a->config = xcalloc(objects + 1, sizeof(*a->config));
			probe_compiler(a);
			(*n)++;
		}
		free(path);
	}
	sv_free(&names);
	return list;
}

void build_arch_free(struct build_arch *a)
{
	for (size_t i = 0; i < a->tree->plan.object_count; i++)
		free(a->config[i]);
	free(a->config);
	free(a->may);
	free(a->name);
	free(a->lacks);
	archfile_free(a->af);
	ksolver_free(a->solver);
	dotconfig_free(a->dc);
}

/* NULL where there is no Kconfig. */
static struct ksolver *solver_of(struct build_arch *a)
{
	const struct kconfig *kc = build_tree_kconfig(a->tree, a->name);

	if (a->solver && a->solver_dc != a->dc) {
		ksolver_free(a->solver);
		a->solver = NULL;
	}
	if (!a->solver && kc)
		a->solver = ksolver_new(kc, a->dc);
	a->solver_dc = a->dc;
	return a->solver;
}

/* Can one of the object's ways be on? `picks` as in ksolver_solve(). */
static bool can_be(struct build_arch *a, const struct build_object *o,
		   struct strvec *picks)
{
	struct ksolver *s = solver_of(a);

	for (const struct kobject *k = o->ways; k && s; k = k->next)
		if (ksolver_solve(s, &k->configs, picks))
			return true;
	return false;
}

/* arch/X/ is for X alone, whatever the symbols are called. */
static bool is_foreign(const struct build_arch *a, const char *object)
{
	const char *own = kconfig_srcarch(a->name);
	size_t n = strlen(own);

	return starts_with(object, "arch/") &&
	       (strncmp(object + 5, own, n) || object[5 + n] != '/');
}

bool build_arch_may(struct build_arch *a, size_t object)
{
	const struct build_object *o = &a->tree->plan.objects[object];
	struct strvec picks = {0};

	if (!a->may[object] && !is_foreign(a, o->path)) {
		a->may[object] = can_be(a, o, &picks) ? MAYBE : NO;
		sv_free(&picks);
	}
	return a->may[object] == MAYBE;
}

const char *build_arch_config(struct build_arch *a, size_t object)
{
	const struct build_object *o = &a->tree->plan.objects[object];
	struct strvec picks = {0};

	if (a->config[object])
		return a->config[object];
	if (is_foreign(a, o->path))
		return "";
	a->config[object] = can_be(a, o, &picks)
				    ? configspec_join(BUILD_AUTO_BASE, &picks)
				    : xstrdup("");
	sv_free(&picks);
	return a->config[object];
}

/* How near an architecture comes to an object: the less, the nearer. */
static int distance(const char *why)
{
	return strstr(why, "is in no Kconfig file that") ? 3
	       : strstr(why, "does not define") || strstr(why, "of which")
		       ? 2
		       : 1;
}

/* NULL where there is nothing to say, or the object is another's. */
static char *why_not(struct build_arch *a, const struct build_object *o)
{
	const char *symbol = o->ways->config ? o->ways->config
			     : o->ways->configs.n ? o->ways->configs.v[0]
						  : "";
	struct strvec picks = {0};
	char *text = NULL;

	if (is_foreign(a, o->path) || (!a->lacks && !a->dc))
		return NULL;
	if (!a->lacks)
		return kconfig_why_off(build_tree_kconfig(a->tree, a->name),
				       a->dc, a->name, symbol);
	if (can_be(a, o, &picks))
		text = xasprintf("lacks %s", a->lacks);
	sv_free(&picks);
	return text;
}

char *build_arch_why_not(struct build_arch *archs, size_t n,
			 const struct build_object *o)
{
	char *why = NULL;
	int least = 9;

	for (size_t i = 0; i < n; i++) {
		char *text = why_not(&archs[i], o);
		int far = archs[i].lacks || !text ? 0 : distance(text);

		if (text && far < least) {
			least = far;
			free(why);
			why = xasprintf("%s: %s", archs[i].name, text);
		}
		free(text);
	}
	if (why)
		return why;
	if (starts_with(o->path, "arch/"))
		return xasprintf("%.*s is no architecture that there is a compiler for",
				 (int)strcspn(o->path + 5, "/"), o->path + 5);
	return xstrdup("no architecture at hand can have it on");
}
