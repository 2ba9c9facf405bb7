// SPDX-License-Identifier: GPL-2.0-only
#include "buildobj.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "buildfacts.h"

/* "obj-x86_64-allmodconfig" has them in "before-x86_64-allmodconfig". */
static char *kept_path(const struct build *b, const char *when,
		       const char *object)
{
	return xasprintf("%s/%s-%s/%s", b->root, when,
			 base_name(b->kb.obj) + strlen("obj-"), object);
}

/* A second name for it: kbuild makes each object anew, never in place. */
static int keep(const struct build *b, const char *when, const char *object)
{
	char *from = xasprintf("%s/%s", b->kb.obj, object);
	char *to = kept_path(b, when, object);
	int ret = make_parents(to);

	if (!ret && unlink(to) && errno != ENOENT)
		ret = -errno;
	if (!ret && link(from, to))
		ret = -errno;
	free(from);
	free(to);
	return ret;
}

int build_object_keep(const struct build *b, const char *object)
{
	return keep(b, "before", object);
}

bool build_object_is_kept(const struct build *b, const char *object)
{
	char *path = kept_path(b, "before", object);
	bool is = file_exists(path);

	free(path);
	return is;
}

/* Compares two objects that were kept, or the one just made. */
static struct objjudge *judge(const struct build *b, const struct build_unit *u,
			      const struct build_record *r, const char *before,
			      const char *after)
{
	struct build_facts f;
	struct objjudge_input in = {&f.planned, &f.ops, &f.calls, &f.lines};
	struct objjudge *result;

	build_facts_read(&f, b, u, r);
	result = f.why_not ? objjudge_not(f.why_not)
			   : objjudge_files(before, after, &in);
	build_facts_free(&f);
	return result;
}

void build_object_compare(struct build *b, const struct build_unit *u,
			  struct build_record *r)
{
	char *before = kept_path(b, "before", r->object);
	char *after = xasprintf("%s/%s", b->kb.obj, r->object);

	r->judge = judge(b, u, r, before, after);
	free(before);
	free(after);
}

/* Objects of a make with less inlining go to a place of their own. */
struct plain {
	struct build *b;
	const char *when;
};

static void on_plain(void *data, const struct kobject_log *o)
{
	struct plain *p = data;

	if (!o->failed && kbuild_has(&p->b->kb, o->object))
		keep(p->b, p->when, o->object);
}

static void on_progress(void *data, const char *what, const char *path)
{
	(void)data;
	say(what, "%s (less inlined)", path);
}

int build_object_plain(struct build *b, const struct strvec *objects,
		       bool after)
{
	/* A line may be an instruction's number or a word of its own. */
	static const char lines[] =
		" -Wno-builtin-macro-redefined -D__LINE__=300";
	static const char gcc[] =
		"-fno-inline-functions -fno-inline-small-functions"
		" -fno-inline-functions-called-once -fno-ipa-sra -fno-ipa-cp"
		" -fno-ipa-icf -fno-ipa-modref -fno-ipa-pure-const"
		/* How much goes in between hangs on where it begins. */
		" -fno-align-labels -fno-align-jumps -fno-align-loops"
		" -falign-functions=16" /* asm() may align what follows */
		/* What is declared inline is judged by itself alone. */
		" --param=inline-unit-growth=100000"
		" --param=large-unit-insns=1000000"
		" --param=large-function-growth=100000"
		" --param=large-stack-frame-growth=100000";
	struct plain p = {b, after ? "plain-after" : "plain-before"};
	struct kbuild kb = b->kb;
	struct strvec vars = {0};
	struct kbuildlog log;
	int ret;

	for (size_t i = 0; i < objects->n; i++) {
		char *path = kept_path(b, p.when, objects->v[i]);

		unlink(path);
		free(path);
	}
	sv_addv(&vars, &kb.vars);
	/* Flags for all would have kbuild prepare the kernel anew. */
	for (size_t i = 0; i < objects->n; i++)
		sv_addf(&vars, "CFLAGS_%s=%s%s", base_name(objects->v[i]),
			strstr(kb.compiler, "clang") ? "-fno-inline-functions"
						     : gcc,
			lines);
	sv_add(&vars, "C=0");
	kb.vars = vars;
	kb.progress = on_progress;
	kb.object = on_plain;
	kb.data = &p;
	ret = kbuild_objects(&kb, objects, &log);
	kbuildlog_free(&log);
	sv_free(&vars);
	return ret;
}

void build_object_settle(struct build *b, const struct build_unit *u,
			 struct build_record *r)
{
	char *before = kept_path(b, "plain-before", r->object);
	char *after = kept_path(b, "plain-after", r->object);
	struct objjudge *j = judge(b, u, r, before, after);
	struct strvec left = {0};

	for (size_t i = 0; i < r->judge->unexplained.n; i++) {
		const char *what = r->judge->unexplained.v[i];

		if (j->why_not || sv_has(&j->unexplained, what) ||
		    starts_with(what, "variable "))
			sv_add(&left, what);
		else
			sv_addf(&r->judge->inlined,
				"%s (the same with less inlining and no line numbers)", what);
	}
	sv_free(&r->judge->unexplained);
	r->judge->unexplained = left;
	objjudge_free(j);
	free(before);
	free(after);
}
