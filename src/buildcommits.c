// SPDX-License-Identifier: GPL-2.0-only
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "buildcommits.h"
#include "buildjobs.h"
#include "buildresult.h"
#include "buildunits.h"
#include "git.h"
#include "seriesdir.h"
#include "shadow.h"

struct commit {
	struct unit *unit;
	const char *id;
	size_t wave, number;
	bool same;	/* its files are those that were built */
	bool built;	/* some configuration has shown it */
	bool seen;	/* the one at hand has */
	char *error;	/* the first; NULL */
	struct strvec compiled;
};

struct gate {
	struct build_tree *tree;
	struct session *s;
	char *repo;	/* the series' */
	struct commit *v;
	size_t n, cap;
	struct build b;	/* the configuration that is looked at */
	struct build_record **after;	/* by object */
	size_t compiled;
};

static int by_order(const void *a, const void *b)
{
	const struct commit *x = a, *y = b;

	if (x->wave != y->wave)
		return x->wave < y->wave ? -1 : 1;
	return x->number < y->number ? -1 : x->number > y->number;
}

static void read_index(struct gate *g, const json_t *index)
{
	json_t *e;
	size_t i;

	json_array_foreach(index, i, e) {
		const char *id =
			json_string_value(json_object_get(e, "commit"));
		struct unit *u = model_find(g->tree->m, json_str(e, "unit"));

		if (!u || !id)
			continue;
		GROW(g->v, g->n, g->cap);
		g->v[g->n++] = (struct commit){
			.unit = u,
			.id = id,
			.wave = (size_t)json_integer_value(
				json_object_get(e, "wave")),
			.number = (size_t)json_integer_value(
				json_object_get(e, "number")),
		};
	}
	if (g->n)
		qsort(g->v, g->n, sizeof(*g->v), by_order);
}

/* The file as the commit has it; the caller frees it. */
static int blob_of(const struct gate *g, const struct commit *c,
		   const char *path, char **text)
{
	char *name = xasprintf("%s:%s", c->id, path), *out = NULL;
	int ret = git_run(git_job(g->repo, "cat-file", "blob", name, NULL),
			  &out);

	/* All files of the kernel end in a newline, which git_run() takes. */
	*text = ret ? NULL : xasprintf("%s\n", out);
	free(out);
	free(name);
	return ret;
}

static int compare_files(struct gate *g, struct commit *c,
			 const struct build_unit *u)
{
	int ret = 0;

	c->same = true;
	for (size_t i = 0; i < u->changed.n && !ret; i++) {
		char *name = xasprintf("after/%s", u->changed.v[i]), *text;
		char *path = unit_path(g->s, c->unit, name);
		struct strbuf built = {0};

		ret = blob_of(g, c, u->changed.v[i], &text);
		if (!ret && (file_read(path, &built) ||
			     strcmp(sb_str(&built), text)))
			c->same = false;
		sb_free(&built);
		free(text);
		free(path);
		free(name);
	}
	return ret;
}

static struct build_unit *unit_in(struct gate *g, const struct unit *u)
{
	for (size_t i = 0; i < g->b.plan.unit_count; i++)
		if (g->b.plan.units[i].unit == u)
			return &g->b.plan.units[i];
	return NULL;
}

/* Has a commit before it in its wave to do with the object? */
static bool is_shared(struct gate *g, size_t commit, size_t object)
{
	for (size_t i = commit; i-- > 0 && g->v[i].wave == g->v[commit].wave;) {
		const struct build_unit *u = unit_in(g, g->v[i].unit);

		for (size_t k = 0; u && k < u->count; k++)
			if (u->objects[k] == object)
				return true;
	}
	return false;
}

/* Puts the files of the commit and of those before it in place, or back. */
static int swap_in(struct gate *g, size_t commit, bool in)
{
	char *from = xasprintf("%s/commit.file", g->tree->root);
	int ret = 0;

	for (size_t i = commit + 1; i-- > 0 && !ret &&
				    g->v[i].wave == g->v[commit].wave;) {
		const struct build_unit *u = unit_in(g, g->v[i].unit);

		for (size_t k = 0; u && k < u->changed.n && !ret; k++) {
			const char *path = u->changed.v[k];
			char *text = NULL;

			if (!in) {
				ret = shadow_restore(g->b.kb.source,
						     g->s->tree, path);
				continue;
			}
			/* As the last commit has it, whoever changed it. */
			ret = blob_of(g, &g->v[commit], path, &text);
			if (!ret)
				ret = file_write(from, text, strlen(text));
			if (!ret)
				ret = shadow_replace(g->b.kb.source, path,
						     from);
			free(text);
		}
	}
	free(from);
	return ret ? build_fail_write(g->b.kb.source, ret) : 0;
}

static void on_object(void *data, const struct kobject_log *log)
{
	struct gate *g = data;

	for (size_t i = 0; i < g->b.plan.object_count; i++) {
		if (strcmp(g->b.plan.objects[i].path, log->object) ||
		    build_log_is_void(log))
			continue;
		build_record_free(g->after[i]);
		g->after[i] = build_record_new(&g->b.kb, log);
		g->compiled++;
	}
}

/* What the objects say that were made for the commit. */
static void judge(struct gate *g, struct commit *c, const struct build_unit *u,
		  const struct strvec *objects)
{
	for (size_t k = 0; k < u->count; k++) {
		const char *path = g->b.plan.objects[u->objects[k]].path;
		const struct build_record *after = g->after[u->objects[k]];
		struct strvec fresh = {0};

		if (!sv_has(objects, path))
			continue;
		sv_addf(&c->compiled, "%s %s %s", g->b.kb.arch, g->b.kb.config,
			path);
		if (after && after->built)
			build_record_new_warnings(
				build_store_find(&g->b.store, path), after,
				&fresh);
		if (!c->error && (!after || !after->built))
			c->error = xstrdup(after ? after->error
						 : "make did not reach it");
		else if (!c->error && fresh.n)
			c->error = xstrdup(fresh.v[0]);
		sv_free(&fresh);
	}
}

static int compile(struct gate *g, size_t commit, const struct build_unit *u,
		   const struct strvec *objects)
{
	struct kbuildlog log;
	int ret = build_set_up(&g->b), back;

	if (ret)
		return ret;
	say("COMMIT", "%s, wave %zu, %zu", g->v[commit].unit->name,
	    g->v[commit].wave, g->v[commit].number);
	g->after = xcalloc(g->b.plan.object_count + 1, sizeof(*g->after));
	ret = swap_in(g, commit, true);
	if (!ret) {
		g->b.kb.progress = NULL;
		g->b.kb.object = on_object;
		g->b.kb.data = g;
		ret = kbuild_objects(&g->b.kb, objects, &log);
		kbuildlog_free(&log);
	}
	back = swap_in(g, commit, false);
	if (!ret)
		judge(g, &g->v[commit], u, objects);
	for (size_t i = 0; i < g->b.plan.object_count; i++)
		build_record_free(g->after[i]);
	free(g->after);
	g->after = NULL;
	kbuild_unlock(&g->b.kb);
	return ret ? ret : back;
}

/* A commit in the configuration at hand, where its unit's build passed. */
static int look_at(struct gate *g, size_t commit)
{
	struct commit *c = &g->v[commit];
	struct build_unit *u = unit_in(g, c->unit);
	const char *word = build_result_word(c->unit, &g->b.kb);
	struct strvec objects = {0};
	int ret;

	if (!u || !word || strcmp(word, "pass") || c->seen || !g->b.dc ||
	    !build_result_is_current(c->unit, &g->b.kb,
				     build_unit_key(&g->b, u)))
		return 0;
	c->seen = true;
	ret = compare_files(g, c, u);
	for (size_t k = 0; k < u->count && !ret; k++) {
		const struct build_object *o =
			&g->b.plan.objects[u->objects[k]];

		if (o->on &&
		    build_result_wants(build_store_find(&g->b.store,
							o->path)) &&
		    (!c->same || is_shared(g, commit, u->objects[k])))
			sv_add(&objects, o->path);
	}
	if (!ret && objects.n)
		ret = compile(g, commit, u, &objects);
	c->built |= !ret;
	sv_free(&objects);
	return ret;
}

/* Every configuration that some commit's unit passed with. */
static void list_targets(const struct gate *g, struct strvec *targets)
{
	for (size_t i = 0; i < g->n; i++) {
		json_t *e;
		size_t k;

		json_array_foreach(
			json_object_get(g->v[i].unit->build, "build"), k, e) {
			char *target;

			if (strcmp(json_str(e, "result"), "pass"))
				continue;
			target = xasprintf("%s %s", json_str(e, "arch"),
					   json_str(e, "config"));
			sv_add_once(targets, target);
			free(target);
		}
	}
	sv_sort(targets);
}

/* What was built here, or by a job (buildjobs.h) in a place of its own. */
static int look_in(struct gate *g, const char *root, const char *arch,
		   const char *config)
{
	int ret;

	g->tree->root = root;
	ret = build_begin(&g->b, g->tree, arch, config);
	if (!ret)
		build_load_config(&g->b);
	for (size_t i = 0; i < g->n && !ret; i++)
		if (session_wants(g->s, g->v[i].unit))
			ret = look_at(g, i);
	build_end(&g->b);
	return ret;
}

static int look_with(struct gate *g, const struct strvec *roots,
		     const char *target)
{
	size_t n = strcspn(target, " ");
	char *arch = xstrndup(target, n);
	int ret = 0;

	for (size_t i = 0; i < g->n; i++)
		g->v[i].seen = false;
	for (size_t i = 0; i < roots->n && !ret; i++)
		ret = look_in(g, roots->v[i], arch, target + n + 1);
	free(arch);
	return ret;
}

static const char *result_of(const struct commit *c)
{
	return c->error ? "fail" : c->built ? "pass" : "not-built";
}

static int write_commit(const struct gate *g, const struct commit *c)
{
	char *path = unit_path(g->s, c->unit, "commit.json");
	json_t *compiled = json_array(), *j;
	const char *why = c->error   ? c->error
			  : c->built ? NULL
				     : "its unit's build is not of today";
	int ret;

	for (size_t i = 0; i < c->compiled.n; i++)
		json_array_append_new(compiled,
				      json_string(c->compiled.v[i]));
	j = json_pack("{ss sI sI ss ss* so}", "commit", c->id, "wave",
		      (json_int_t)c->wave, "number", (json_int_t)c->number,
		      "result", result_of(c), "why", why, "compiled", compiled);
	ret = j ? json_write(path, j) : -EINVAL;
	json_decref(j);
	free(path);
	return ret;
}

static int sum_up(struct gate *g, struct build_count *count)
{
	int ret = 0;

	for (size_t i = 0; i < g->n && !ret; i++) {
		const struct commit *c = &g->v[i];

		if (!session_wants(g->s, c->unit))
			continue;
		count->fail += c->error != NULL;
		count->pass += c->built && !c->error;
		count->not_built += !c->built && !c->error;
		if (c->error)
			printf("fail      %s (wave %zu, %zu): %s\n",
			       c->unit->name, c->wave, c->number, c->error);
		ret = write_commit(g, c);
	}
	if (ret)
		return build_fail_write(g->s->ws, ret);
	printf("commits: %zu pass, %zu fail, %zu not built; %zu objects compiled for them\n",
	       count->pass, count->fail, count->not_built, g->compiled);
	if (count->fail)
		return EXIT_UNIT_FAILED;
	return count->pass ? EXIT_GOOD : EXIT_UNTESTED;
}

int build_commits(struct build_tree *tree, struct build_count *count)
{
	struct session *s = tree->s;
	struct gate g = {.tree = tree, .s = s};
	json_t *index = series_dir_read(s);
	struct strvec targets = {0}, roots = {0};
	const char *root = tree->root;
	int ret = 0;

	build_roots(root, &roots);
	g.repo = ws_path(s, "series/git");
	read_index(&g, index);
	if (!g.n) {
		err("%s has no series: run 'rxasync build' and 'rxasync series' first",
		    s->ws);
		ret = EXIT_USAGE;
	}
	list_targets(&g, &targets);
	for (size_t i = 0; i < targets.n && !ret; i++)
		ret = look_with(&g, &roots, targets.v[i]);
	tree->root = root;
	say_end();
	if (!ret && !s->dry_run)
		ret = sum_up(&g, count);
	else if (ret == -EIO)
		ret = EXIT_ENVIRONMENT;
	for (size_t i = 0; i < g.n; i++) {
		free(g.v[i].error);
		sv_free(&g.v[i].compiled);
	}
	free(g.v);
	free(g.repo);
	sv_free(&targets);
	sv_free(&roots);
	json_decref(index);
	return ret;
}
