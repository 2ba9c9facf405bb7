// SPDX-License-Identifier: GPL-2.0-only
#include "buildobj.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

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

/* What is known of a unit's change, as objjudge.h wants it. */
struct change_facts {
	struct strvec planned, ops;
	struct objcalls calls;
	struct objlines lines;
};

static void strings(const json_t *array, struct strvec *to)
{
	json_t *item;
	size_t i;

	json_array_foreach(array, i, item)
		if (json_is_string(item))
			sv_add_once(to, json_string_value(item));
}

static void add_calls(struct change_facts *f, const char *path,
		      const struct strbuf *text)
{
	struct strbuf copy = {0};
	struct csource *src;

	sb_add(&copy, sb_str(text), text->len);
	src = csource_parse(path, &copy);
	if (src)
		objcalls_add(&f->calls, src);
	csource_free(src);
}

static void add_changed(struct change_facts *f, const struct build *b,
			const struct build_unit *u, const char *file)
{
	char *name = xasprintf("after/%s", file);
	char *after = unit_path(b->s, u->unit, name);
	char *before = xasprintf("%s/%s", b->s->tree, file);
	struct strbuf x = {0}, y = {0};

	if (!file_read(before, &x) && !file_read(after, &y)) {
		objlines_add(&f->lines, &x, &y);
		add_calls(f, file, &x);
		add_calls(f, file, &y);
	}
	sb_free(&x);
	sb_free(&y);
	free(before);
	free(after);
	free(name);
}

/* What the object is made of besides: who calls what may be there. */
static void add_rest(struct change_facts *f, const struct build *b,
		     const struct build_unit *u, const struct build_record *r)
{
	for (size_t i = 0; i < r->deps.n; i++) {
		const char *file = r->deps.v[i];
		int error;
		struct csource *src;

		if (sv_has(&u->changed, file) ||
		    (!ends_with(file, ".c") && !ends_with(file, ".h")))
			continue;
		src = csource_read(b->s->tree, file, &error);
		if (src)
			objcalls_add(&f->calls, src);
		csource_free(src);
	}
}

static void free_facts(struct change_facts *f)
{
	sv_free(&f->planned);
	sv_free(&f->ops);
	objcalls_free(&f->calls);
	objlines_free(&f->lines);
}

void build_object_compare(struct build *b, const struct build_unit *u,
			  struct build_record *r)
{
	const json_t *j = u->unit->convert;
	const char *layout = json_string_value(json_object_get(j, "layout"));
	/* Somebody else's change, such as a series of mails. */
	const char *no_plan = json_string_value(json_object_get(j, "no_plan"));
	char *before = kept_path(b, "before", r->object);
	char *after = xasprintf("%s/%s", b->kb.obj, r->object);
	struct change_facts f = {0};
	struct objjudge_input in = {&f.planned, &f.ops, &f.calls, &f.lines};

	strings(json_object_get(j, "changes"), &f.planned);
	strings(json_object_get(j, "functions"), &f.planned);
	for (size_t i = 0; i < u->unit->assignment_count; i++)
		if (u->unit->assignments[i].ops)
			sv_add_once(&f.ops, u->unit->assignments[i].ops);
	if (no_plan) {
		r->judge = objjudge_not(no_plan);
	} else if (layout) {
		char *why = xasprintf("%s loses a member", layout);

		r->judge = objjudge_not(why);
		free(why);
	} else {
		for (size_t i = 0; i < u->changed.n; i++)
			add_changed(&f, b, u, u->changed.v[i]);
		add_rest(&f, b, u, r);
		r->judge = objjudge_files(before, after, &in);
	}
	free_facts(&f);
	free(before);
	free(after);
}
