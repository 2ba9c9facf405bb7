// SPDX-License-Identifier: GPL-2.0-only
#include "buildfacts.h"

#include <stdlib.h>

static void read_plan(struct build_facts *f, const struct unit *u)
{
	const json_t *j = u->convert;
	const char *layout = json_string_value(json_object_get(j, "layout"));
	/* Somebody else's change, such as a series of mails. */
	const char *no_plan = json_string_value(json_object_get(j, "no_plan"));
	struct strvec names = {0};

	if (no_plan)
		f->why_not = xstrdup(no_plan);
	else if (layout)
		f->why_not = xasprintf("%s loses a member", layout);
	json_strings(json_object_get(j, "changes"), &names);
	json_strings(json_object_get(j, "functions"), &names);
	for (size_t i = 0; i < names.n; i++)
		sv_add_once(&f->planned, names.v[i]);
	sv_free(&names);
	for (size_t i = 0; i < u->assignment_count; i++)
		if (u->assignments[i].ops)
			sv_add_once(&f->ops, u->assignments[i].ops);
}

static uint64_t hash_names(uint64_t h, const struct strvec *names)
{
	h = hash_bytes(h, &names->n, sizeof(names->n));
	for (size_t i = 0; i < names->n; i++)
		h = hash_str(h, names->v[i]);
	return h;
}

uint64_t build_facts_hash(uint64_t h, const struct unit *u)
{
	struct build_facts f = {0};

	read_plan(&f, u);
	h = hash_str(h, f.why_not ? f.why_not : "");
	h = hash_names(h, &f.planned);
	h = hash_names(h, &f.ops);
	build_facts_free(&f);
	return h;
}

/* "#define f g": in this object, f is g. */
static void add_renamed(struct build_facts *f, const struct csource *src)
{
	for (size_t i = 0; i < src->macro_count; i++) {
		size_t len;
		const char *word = cmacro_word(&src->macros[i], &len);
		char *name;

		if (!word || !sv_has(&f->planned, src->macros[i].name))
			continue;
		name = xstrndup(word, len);
		sv_add_once(&f->planned, name);
		free(name);
	}
}

static void add_source(struct build_facts *f, const struct csource *src)
{
	objcalls_add(&f->calls, src);
	add_renamed(f, src);
}

static void add_calls(struct build_facts *f, const char *path,
		      const struct strbuf *text)
{
	struct strbuf copy = {0};
	struct csource *src;

	sb_add(&copy, sb_str(text), text->len);
	src = csource_parse(path, &copy);
	if (src)
		add_source(f, src);
	csource_free(src);
}

static void add_changed(struct build_facts *f, const struct build *b,
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
static void add_rest(struct build_facts *f, const struct build *b,
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
			add_source(f, src);
		csource_free(src);
	}
}

void build_facts_read(struct build_facts *f, const struct build *b,
		      const struct build_unit *u, const struct build_record *r)
{
	*f = (struct build_facts){0};
	read_plan(f, u->unit);
	for (size_t i = 0; i < u->changed.n && !f->why_not; i++)
		add_changed(f, b, u, u->changed.v[i]);
	if (!f->why_not)
		add_rest(f, b, u, r);
}

void build_facts_free(struct build_facts *f)
{
	sv_free(&f->planned);
	sv_free(&f->ops);
	objcalls_free(&f->calls);
	objlines_free(&f->lines);
	free(f->why_not);
	*f = (struct build_facts){0};
}
