// SPDX-License-Identifier: GPL-2.0-only
#include "convert.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "collapse.h"
#include "layout.h"
#include "linediff.h"
#include "planned.h"
#include "post.h"
#include "rule.h"
#include "spatch.h"

/* One unit on its way through spatch. */
struct conversion {
	struct session *s;
	struct unit *u;
	struct convert_totals *totals;
	struct strbuf rule;
	char *key;
	char *work;		/* folder of the copies */
	int *error;		/* the run's: negative errno once one is seen */
};

static void conversion_free(struct conversion *c)
{
	sb_free(&c->rule);
	free(c->key);
	free(c->work);
	free(c);
}

static int write_unit_file(const struct conversion *c, const char *name,
			   const struct strbuf *text)
{
	char *path = unit_path(c->s, c->u, name);
	int ret = make_parents(path);

	if (!ret)
		ret = file_write_if_changed(path, sb_str(text), text->len);
	free(path);
	return ret;
}

static json_t *functions_of(const struct plan *p)
{
	json_t *j = json_array();

	for (size_t i = 0; i < p->func_count; i++)
		json_array_append_new(j,
				      json_string(p->funcs[i].node->f->name));
	return j;
}

/* Whose text changes, and the struct whose layout does: for the objects. */
static void add_planned(const struct conversion *c, json_t *j)
{
	struct strvec names = {0};
	char *layout = planned_struct(c->u);

	planned_functions(c->u, &names);
	json_object_set_new(j, "changes", json_from_strings(&names));
	if (layout)
		json_object_set_new(j, "layout", json_string(layout));
	free(layout);
	sv_free(&names);
}

/* convert.json is written last: with it, the unit is done. */
static int write_result(const struct conversion *c)
{
	char *path = unit_path(c->s, c->u, "convert.json");
	struct strbuf description = {0};
	json_t *whole = unit_to_json(c->u), *j;
	int ret;

	rule_describe(&description, c->s, c->u);
	j = json_pack("{ss ss so so so so so so ss ss ss}", "key", c->key,
		      "verdict", verdict_name(c->u->verdict), "reason",
		      c->u->reason ? json_string(c->u->reason) : json_null(),
		      "note", json_string(c->u->note), "hazards",
		      json_incref(json_object_get(whole, "hazards")),
		      "deferral",
		      json_incref(json_object_get(whole, "deferral")), "files",
		      json_incref(json_object_get(whole, "files")), "functions",
		      functions_of(c->u->plan), "description",
		      sb_str(&description), "rxasync", RXASYNC_VERSION,
		      "spatch", c->s->spatch_version);
	if (j)
		add_planned(c, j);
	ret = j ? json_write(path, j) : -EINVAL;
	json_decref(j);
	json_decref(whole);
	sb_free(&description);
	free(path);
	return ret;
}

static struct layout_func *layout_funcs(const struct session *s,
					const struct plan *p, size_t *count)
{
	struct layout_func *v = xcalloc(2 * p->func_count, sizeof(*v));

	for (size_t i = 0; i < p->func_count; i++) {
		const struct plan_func *pf = &p->funcs[i];
		bool uc = pf->lists & LIST_UC, mc = pf->lists & LIST_MC;
		bool is_callback = pf->node->is_callback &&
				   !plan_is_held(p, pf);

		v[(*count)++] = (struct layout_func){
			.name = plan_name(p, pf),
			/* Those in another's place are laid out as they are. */
			.added = pf->drops ? 0 : (size_t)uc + mc,
			.replaced = pf->drops ?
					    pf->node->f->params[pf->dropped].name :
					    NULL,
			.is_callback = is_callback,
			.has_uc = uc,
			.has_mc = mc,
			.uc = pf->uc,
			.mc = pf->mc,
			.returns_int = is_callback &&
				       s->flavour == FLAVOUR_INT,
			.doc_name = pf->node->f->name,
		};
		if (plan_is_held(p, pf))
			v[(*count)++] = (struct layout_func){
				.name = pf->node->f->name,
				.added = 2,
				.is_new = true,
			};
	}
	return v;
}

static void free_files(struct converted_file *files, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		sb_free(&files[i].old);
		sb_free(&files[i].raw);
		sb_free(&files[i].new);
	}
	free(files);
}

static struct converted_file *read_files(const struct conversion *c, int *ret)
{
	const struct plan *p = c->u->plan;
	size_t count = 0;
	struct layout_func *funcs = layout_funcs(c->s, p, &count);
	struct converted_file *files =
		xcalloc(c->u->files.n, sizeof(*files));

	for (size_t i = 0; i < c->u->files.n && !*ret; i++) {
		struct converted_file *f = &files[i];
		const struct csource *src;
		char *path;

		f->path = c->u->files.v[i];
		src = collapse_before(p, f->path);
		path = xasprintf("%s/%s", c->work, f->path);
		sb_add(&f->old, sb_str(&src->text), src->text.len);
		*ret = file_read(path, &f->raw);
		sb_add(&f->new, sb_str(&f->raw), f->raw.len);
		if (!*ret)
			layout_text(&f->new, sb_str(&f->old), f->old.len, funcs,
				    count);
		if (!*ret && p->collapse)
			collapse_docs(p->collapse, &f->new);
		free(path);
	}
	free(funcs);
	return files;
}

static int write_files(const struct conversion *c,
		       const struct converted_file *files)
{
	struct strbuf patch = {0};
	int ret = 0;

	for (size_t i = 0; i < c->u->files.n && !ret; i++) {
		char *name = xasprintf("after/%s", files[i].path);

		ret = write_unit_file(c, name, &files[i].new);
		linediff_patch(&patch, files[i].path, sb_str(&files[i].old),
			       files[i].old.len, sb_str(&files[i].new),
			       files[i].new.len);
		free(name);
	}
	if (!ret)
		ret = write_unit_file(c, "convert.patch", &patch);
	sb_free(&patch);
	return ret;
}

/* What spatch made, through layout and checks, into the unit's folder. */
static int take_result(struct conversion *c)
{
	struct converted_file *files;
	int ret = 0;
	char *why;

	files = read_files(c, &ret);
	if (!ret) {
		why = post_check(c->s, c->u, files, c->u->files.n);
		if (why)
			unit_decide(c->u, FAILED, "postcondition", "%s", why);
		else
			ret = write_files(c, files);
		free(why);
	}
	free_files(files, c->u->files.n);
	return ret;
}

static int write_log(const struct conversion *c, const struct job *job)
{
	char *command = job_command(job);
	struct strbuf sb = {0};
	int ret;

	sb_addf(&sb, "%s\n%s%s", command, sb_str(&job->out), sb_str(&job->err));
	ret = write_unit_file(c, "convert.log", &sb);
	sb_free(&sb);
	free(command);
	return ret;
}

static void spatch_done(struct job *job)
{
	struct conversion *c = job->data;
	char *why;
	int ret;

	if (c->s->dry_run)
		return conversion_free(c);
	c->totals->fresh++;
	say("SPATCH", "%s", c->u->files.v[0]);
	ret = write_log(c, job);
	why = spatch_failure(job);
	if (why)
		unit_decide(c->u, FAILED, job->timed_out ? "timeout" : "spatch",
			    "%s: %s", c->u->files.v[0], why);
	else if (!ret)
		ret = take_result(c);
	free(why);
	if (!ret)
		ret = write_result(c);
	remove_tree(c->work);
	if (ret && !*c->error)
		*c->error = ret;
	conversion_free(c);
}

/* Copies for spatch to work on: the tree itself is never written. */
static int prepare(const struct conversion *c)
{
	const struct plan *p = c->u->plan;
	static const char *const old[] = {"convert.json", "after"};
	int ret = remove_tree(c->work);

	/* What was converted by another rule may have been other files. */
	for (size_t i = 0; i < ARRAY_SIZE(old) && !ret; i++) {
		char *path = unit_path(c->s, c->u, old[i]);

		ret = remove_tree(path);
		free(path);
	}
	for (size_t i = 0; i < c->u->files.n && !ret; i++) {
		const struct csource *src =
			collapse_before(p, c->u->files.v[i]);
		char *path = xasprintf("%s/%s", c->work, src->path);
		struct strbuf text = {0};

		collapse_comments(p, src, &text);
		ret = make_parents(path);
		if (!ret)
			ret = file_write(path, sb_str(&text), text.len);
		sb_free(&text);
		free(path);
	}
	if (!ret)
		ret = write_unit_file(c, "convert.cocci", &c->rule);
	return ret;
}

/* Rule, sources, tools: what the result depends on. */
static char *key_of(const struct conversion *c)
{
	const struct plan *p = c->u->plan;
	uint64_t h = hash_str(HASH_INIT, RXASYNC_VERSION);

	h = hash_file(h, "/proc/self/exe");
	h = hash_str(h, c->s->spatch_version);
	h = hash_str(h, flavour_name(c->s->flavour));
	h = hash_str(h, sb_str(&c->rule));
	if (p->attributes) {
		char *macros = spatch_macro_file();

		h = hash_file(h, macros);
		free(macros);
	}
	h = overrides_hash(p->overrides, c->u->name, h);
	for (size_t i = 0; i < p->mod->count; i++)
		h = hash_bytes(h, sb_str(&p->mod->sources[i]->text),
			       p->mod->sources[i]->text.len);
	return xasprintf("%016llx", (unsigned long long)h);
}

/* spatch was killed or died: it may fare better another time. */
static bool is_passing(const char *reason)
{
	return reason &&
	       (!strcmp(reason, "timeout") || !strcmp(reason, "spatch"));
}

/* Takes the last run's word where nothing has changed since. */
static bool is_done(struct conversion *c)
{
	char *path = unit_path(c->s, c->u, "convert.json");
	const char *key, *reason, *note;
	int error, v;
	json_t *j = json_read(path, &error);
	bool done;

	key = json_string_value(json_object_get(j, "key"));
	reason = json_string_value(json_object_get(j, "reason"));
	note = json_string_value(json_object_get(j, "note"));
	v = verdict_parse(json_string_value(json_object_get(j, "verdict")));
	done = key && v >= 0 && note && !strcmp(key, c->key) &&
	       !is_passing(reason);
	for (size_t i = 0; done && v == CONVERTED && i < c->u->files.n; i++) {
		char *name = xasprintf("after/%s", c->u->files.v[i]);
		char *after = unit_path(c->s, c->u, name);

		done = file_exists(after);
		free(after);
		free(name);
	}
	if (done)
		unit_decide(c->u, v, reason, "%s", note);
	json_decref(j);
	free(path);
	return done;
}

/* What an earlier run left of a unit that is not converted any more. */
static void forget(const struct session *s, const struct unit *u)
{
	static const char *const names[] = {"convert.json", "convert.patch",
					    "convert.cocci", "convert.log",
					    "after", "build.json", "build.log",
					    "series.json"};

	for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
		char *path = unit_path(s, u, names[i]);

		remove_tree(path);
		free(path);
	}
}

static int start(struct session *s, struct unit *u, struct pool *pool,
		 struct convert_totals *t, int *error)
{
	struct conversion *c = xcalloc(1, sizeof(*c));
	char *cocci = unit_path(s, u, "convert.cocci");
	struct job *job;
	int ret;

	c->s = s;
	c->u = u;
	c->totals = t;
	c->error = error;
	c->work = unit_path(s, u, "work");
	ret = rule_make(&c->rule, s, u);
	c->key = key_of(c);
	if (ret || is_done(c) || (!s->dry_run && (ret = prepare(c)))) {
		conversion_free(c);
	} else {
		job = spatch_apply_job(c->work, cocci, &u->files);
		job->data = c;
		job->done = spatch_done;
		pool_add(pool, job);
	}
	free(cocci);
	return ret;
}

static void count(struct convert_totals *t, const struct unit *u)
{
	size_t *where[] = {&t->converted, &t->kept, &t->manual, &t->failed};

	*where[u->verdict] += u->assignment_count;
}

int convert_run(struct session *s, struct scan *sc, struct convert_totals *t)
{
	struct pool *pool = pool_new(s->jobs);
	int ret = 0, error = 0;

	*t = (struct convert_totals){0};
	for (size_t i = 0; i < sc->model.count && !ret; i++) {
		struct unit *u = sc->model.units[i];

		if (!session_wants(s, u))
			continue;
		if (u->verdict == CONVERTED)
			ret = start(s, u, pool, t, &error);
		else if (!s->dry_run)
			forget(s, u);
	}
	if (!ret)
		ret = pool_run(pool);
	pool_free(pool);
	say_end();
	if (!ret)
		ret = error;
	if (ret) {
		err("%s: %s: %s", s->ws, strerror(-ret),
		    ret == -EINTR ? "run it again to go on" :
		    ret == -ENOSPC ? "make room or name another workspace with -w" :
				     "name another workspace with -w");
		return EXIT_ENVIRONMENT;
	}
	for (size_t i = 0; i < sc->model.count; i++)
		if (session_wants(s, sc->model.units[i]))
			count(t, sc->model.units[i]);
	return t->failed ? EXIT_UNIT_FAILED : 0;
}

static int apply_file(const struct session *s, const struct unit *u,
		      const char *file)
{
	char *name = xasprintf("after/%s", file);
	char *from = unit_path(s, u, name), *to = tree_path(s, file);
	struct strbuf text = {0};
	int ret = file_read(from, &text);

	if (!ret)
		ret = file_write_if_changed(to, sb_str(&text), text.len);
	if (ret)
		err("%s: %s: its conversion was not applied", to,
		    strerror(-ret));
	sb_free(&text);
	free(name);
	free(from);
	free(to);
	return ret;
}

int convert_apply(struct session *s, const struct scan *sc)
{
	for (size_t i = 0; i < sc->model.count; i++) {
		const struct unit *u = sc->model.units[i];

		if (u->verdict != CONVERTED || !session_wants(s, u))
			continue;
		for (size_t k = 0; k < u->files.n; k++)
			if (apply_file(s, u, u->files.v[k]))
				return EXIT_ENVIRONMENT;
	}
	return 0;
}
