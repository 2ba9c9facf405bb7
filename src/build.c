// SPDX-License-Identifier: GPL-2.0-only
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "buildauto.h"
#include "buildcommits.h"
#include "buildfacts.h"
#include "buildjobs.h"
#include "buildobj.h"
#include "buildresult.h"
#include "buildsetup.h"
#include "shadow.h"

#define SAVE_SECONDS 10
/* Older results say less. */
#define RESULT_VERSION "objects compared, 3"

static size_t find_index(const struct build *b, const char *object)
{
	size_t i;

	for (i = 0; i < b->plan.object_count; i++)
		if (!strcmp(b->plan.objects[i].path, object))
			break;
	return i;
}

static void on_progress(void *data, const char *what, const char *path)
{
	struct build *b = data;
	bool ours = find_index(b, path) < b->plan.object_count;

	/* A thousand headers say nothing. */
	if (!strcmp(what, "HDRINST") || !strcmp(what, "WRAP"))
		return;
	if (ours && b->done < b->total)
		b->done++;
	say_count(b->done, b->total);
	say(what, "%s%s", path, ours && b->wave >= 0 ? " (converted)" : "");
}

static void finish_unit(struct build *b, struct build_unit *u);

/* All of the unit's objects in this wave are there. */
static bool is_complete(const struct build *b, const struct build_unit *u)
{
	for (size_t i = 0; i < u->count; i++) {
		const struct build_object *o = &b->plan.objects[u->objects[i]];

		const struct build_record *r = b->after[u->objects[i]];

		if (o->on && !r &&
		    build_result_wants(build_store_find(&b->store, o->path)))
			return false;
		/* There is more to come. */
		if (r && r->judge && r->judge->unexplained.n)
			return false;
	}
	return true;
}

/* In a wave, an object is made for one unit alone. */
static void compare(struct build *b, size_t index)
{
	for (size_t i = 0; i < b->plan.unit_count; i++) {
		const struct build_unit *u = &b->plan.units[i];

		for (size_t k = 0; u->due && u->wave == b->wave && k < u->count;
		     k++)
			if (u->objects[k] == index && b->after[index]->built)
				build_object_compare(b, u, b->after[index]);
	}
}

static void on_object(void *data, const struct kobject_log *log)
{
	struct build *b = data;
	size_t index = find_index(b, log->object);
	struct build_record *r;

	/* kbuild makes others too (objtool's, scripts'). */
	if (index == b->plan.object_count || build_log_is_void(log))
		return;
	r = build_record_new(&b->kb, log);
	b->count->compiled++;
	if (b->wave < 0) {
		int ret = r->built ? build_object_keep(b, r->object) : 0;

		if (ret && !b->error)
			b->error = build_fail_write(b->root, ret);
		r->key = build_record_key(&b->store, b->base_key, r);
		build_store_put(&b->store, r);
		if (time(NULL) - b->saved >= SAVE_SECONDS && !b->error)
			b->error = build_save(b);
		return;
	}
	build_record_free(b->after[index]);
	b->after[index] = r;
	compare(b, index);
	for (size_t i = 0; i < b->plan.unit_count; i++) {
		struct build_unit *u = &b->plan.units[i];

		if (u->due && u->wave == b->wave && is_complete(b, u))
			finish_unit(b, u);
	}
}

/* Is what is known of the object as the tree has it still true? */
static bool is_current(struct build *b, const char *object)
{
	const struct build_record *r = build_store_find(&b->store, object);

	return r && r->key == build_record_key(&b->store, b->base_key, r) &&
	       (!r->built || build_object_is_kept(b, object));
}

static int make_objects(struct build *b, struct strvec *objects)
{
	struct kbuildlog log;
	int ret;

	if (!objects->n)
		return 0;
	sv_sort(objects);
	b->kb.progress = on_progress;
	b->kb.object = on_object;
	b->kb.data = b;
	ret = kbuild_objects(&b->kb, objects, &log);
	kbuildlog_free(&log);
	return ret ? ret : b->error;
}

/* The objects of the wanted units as the tree has them. */
static int build_before(struct build *b)
{
	struct strvec objects = {0};
	int ret;

	b->wave = -1;
	for (size_t i = 0; i < b->plan.unit_count; i++) {
		const struct build_unit *u = &b->plan.units[i];

		for (size_t k = 0; u->due && k < u->count; k++) {
			const struct build_object *o =
				&b->plan.objects[u->objects[k]];

			if (b->s->dry_run || (o->on && !is_current(b, o->path)))
				sv_add_once(&objects, o->path);
		}
	}
	b->total += objects.n;
	ret = make_objects(b, &objects);
	sv_free(&objects);
	/* Also what was done until somebody stopped it. */
	if (!b->s->dry_run && !b->error)
		b->error = build_save(b);
	return ret ? ret : b->error;
}

uint64_t build_unit_key(struct build *b, const struct build_unit *u)
{
	uint64_t h = hash_str(b->base_key, RESULT_VERSION);

	h = build_facts_hash(h, u->unit);
	for (size_t i = 0; i < u->count; i++) {
		const struct build_object *o = &b->plan.objects[u->objects[i]];
		const struct build_record *r =
			build_store_find(&b->store, o->path);
		uint64_t key =
			r ? build_record_key(&b->store, b->base_key, r) : 0;

		h = hash_str(h, o->path);
		h = hash_bytes(h, &o->on, sizeof(o->on));
		h = hash_bytes(h, &key, sizeof(key));
	}
	for (size_t i = 0; i < u->changed.n; i++) {
		char *name = xasprintf("after/%s", u->changed.v[i]);
		char *path = unit_path(b->s, u->unit, name);

		h = hash_str(h, u->changed.v[i]);
		h = hash_file(h, path);
		free(path);
		free(name);
	}
	return h;
}

/* Result, build.json and build.log of a unit whose objects are all known. */
static void finish_unit(struct build *b, struct build_unit *u)
{
	struct build_result r = {0};
	int ret;

	u->key = build_unit_key(b, u);
	/* The objects of the changed files themselves come first. */
	for (size_t i = 0; i < 2 * u->count; i++) {
		size_t index = u->objects[i % u->count];
		const struct build_object *o = &b->plan.objects[index];

		if (build_unit_owns(u, o->path) == (i < u->count))
			build_result_add(&r, o,
					 build_store_find(&b->store, o->path),
					 b->after ? b->after[index] : NULL);
	}
	ret = build_result_write(&r, b->s, u->unit, &b->kb, u->key);
	build_result_free(&r);
	if (ret && !b->error)
		b->error = build_fail_write(b->s->ws, ret);
	u->due = false;
}

static int swap(struct build *b, int wave, bool in)
{
	int ret = 0;

	for (size_t i = 0; !b->s->dry_run && i < b->plan.unit_count; i++) {
		const struct build_unit *u = &b->plan.units[i];

		for (size_t k = 0; u->wave == wave && k < u->changed.n; k++) {
			const char *path = u->changed.v[k];
			char *name = xasprintf("after/%s", path);
			char *from = unit_path(b->s, u->unit, name);
			int error = 0;

			if (in && u->due)
				error = shadow_replace(b->kb.source, path,
						       from);
			else if (!in)
				error = shadow_restore(b->kb.source, b->s->tree,
						       path);
			if (error && !ret)
				ret = build_fail_write(b->kb.source, error);
			free(from);
			free(name);
		}
	}
	return ret;
}

/* Those of which something differs and should not. */
static void find_doubtful(const struct build *b, struct strvec *objects)
{
	for (size_t i = 0; i < b->plan.object_count; i++) {
		const struct build_record *r = b->after[i];

		if (r && r->judge && r->judge->unexplained.n)
			sv_add(objects, r->object);
	}
}

static void settle(struct build *b)
{
	for (size_t i = 0; i < b->plan.unit_count; i++) {
		const struct build_unit *u = &b->plan.units[i];

		for (size_t k = 0; u->due && u->wave == b->wave && k < u->count;
		     k++) {
			struct build_record *r = b->after[u->objects[k]];

			if (r && r->judge && r->judge->unexplained.n)
				build_object_settle(b, u, r);
		}
	}
}

/* The units of a wave as converted. */
static int build_wave(struct build *b, int wave)
{
	struct strvec objects = {0}, doubtful = {0};
	int ret, back;

	b->wave = wave;
	b->after = xcalloc(b->plan.object_count + 1, sizeof(*b->after));
	for (size_t i = 0; i < b->plan.unit_count; i++) {
		const struct build_unit *u = &b->plan.units[i];

		for (size_t k = 0; u->due && u->wave == wave && k < u->count;
		     k++) {
			const struct build_object *o =
				&b->plan.objects[u->objects[k]];

			if (b->s->dry_run ||
			    (o->on && build_result_wants(build_store_find(
					      &b->store, o->path))))
				sv_add_once(&objects, o->path);
		}
	}
	ret = swap(b, wave, true);
	if (!ret)
		ret = make_objects(b, &objects);
	find_doubtful(b, &doubtful);
	if (!ret && doubtful.n)
		ret = build_object_plain(b, &doubtful, true);
	back = swap(b, wave, false);
	if (!ret && !back && doubtful.n) {
		ret = build_object_plain(b, &doubtful, false);
		if (!ret)
			settle(b);
	}
	for (size_t i = 0; !ret && !b->s->dry_run && i < b->plan.unit_count;
	     i++)
		if (b->plan.units[i].due && b->plan.units[i].wave == wave)
			finish_unit(b, &b->plan.units[i]);
	for (size_t i = 0; i < b->plan.object_count; i++)
		build_record_free(b->after[i]);
	free(b->after);
	b->after = NULL;
	sv_free(&objects);
	sv_free(&doubtful);
	return ret ? ret : b->error ? b->error : back;
}

/* Which units have no result of today's input; how many. */
static size_t find_due(struct build *b)
{
	size_t n = 0;

	for (size_t i = 0; i < b->plan.unit_count; i++) {
		struct build_unit *u = &b->plan.units[i];

		u->due = u->wanted &&
			 (!b->dc || !build_result_is_current(u->unit, &b->kb,
							     build_unit_key(b, u)));
		n += u->due;
	}
	return n;
}

/* How many objects the waves will make, for the progress. */
static void count_after(struct build *b)
{
	for (size_t i = 0; i < b->plan.unit_count; i++) {
		const struct build_unit *u = &b->plan.units[i];

		for (size_t k = 0; u->due && k < u->count; k++)
			b->total += b->plan.objects[u->objects[k]].on;
	}
}

int build_set_up(struct build *b)
{
	int ret = kbuild_probe(&b->kb);

	if (ret)
		return ret;
	if (b->s->dry_run) {
		ret = kbuild_configure(&b->kb, b->fragment);
		return ret ? ret : kbuild_prepare(&b->kb);
	}
	ret = build_open_shadow(b);
	if (!ret)
		ret = build_prepare(b);
	if (!ret && !build_load_config(b)) {
		err("%s has no .config after its configuration", b->kb.obj);
		ret = EXIT_ENVIRONMENT;
	}
	/* Some results may be today's after all. */
	if (!ret)
		find_due(b);
	return ret;
}

static int build_due(struct build *b)
{
	int ret, waves;

	b->wave = -1;
	b->kb.progress = on_progress;
	b->kb.data = b;
	ret = build_set_up(b);
	if (!ret) {
		count_after(b);
		ret = build_before(b);
	}
	waves = build_plan_waves(&b->plan);
	for (int i = 0; !ret && i < waves; i++)
		ret = build_wave(b, i);
	say_end();
	return ret;
}

static void tally_unit(const struct unit *u, const struct kbuild *kb,
		       struct build_count *count)
{
	const char *word = build_result_word(u, kb);

	if (!word)
		return;
	count->pass += !strcmp(word, "pass");
	count->fail += !strcmp(word, "fail");
	count->not_built += !strcmp(word, "not-built");
}

static void tally(const struct build *b)
{
	for (size_t i = 0; i < b->plan.unit_count; i++)
		if (b->plan.units[i].wanted)
			tally_unit(b->plan.units[i].unit, &b->kb, b->count);
}

/* One configuration; `only` has the names of its units. */
static int build_one(struct session *s, struct model *m, const char *root,
		     const char *arch, const char *config,
		     const struct strvec *only, struct build_count *count)
{
	struct build b = {.s = s, .m = m, .root = (char *)root, .count = count};
	int ret = build_begin(&b, arch, config);

	for (size_t i = 0; i < b.plan.unit_count; i++)
		b.plan.units[i].wanted &=
			sv_has(only, b.plan.units[i].unit->name);
	if (!ret) {
		build_load_config(&b);
		if (find_due(&b))
			ret = build_due(&b);
	}
	if (!ret)
		tally(&b);
	build_end(&b);
	return ret;
}

/* What is compiled nowhere is told; a unit without anything gets an entry. */
static int write_gap(struct session *s, struct build_gap *g,
		     struct build_count *count)
{
	struct kbuild kb = {.arch = (char *)"auto",
			    .config = (char *)"allmodconfig"};
	struct build_result r = {0};
	uint64_t key = HASH_INIT;
	int ret = 0;

	for (size_t i = 0; i < g->objects.n; i++) {
		warn("%s: %s is compiled nowhere: %s", g->unit->name,
		     g->objects.v[i], g->why.v[i]);
		sv_add(&r.missing, g->objects.v[i]);
		sv_add(&r.missing_why, g->why.v[i]);
		sb_addf(&r.log, "# not built: %s: %s\n", g->objects.v[i],
			g->why.v[i]);
		key = hash_str(key, g->objects.v[i]);
		key = hash_str(key, g->why.v[i]);
	}
	if (g->whole && !s->dry_run) {
		count->not_built++;
		if (!build_result_is_current(g->unit, &kb, key))
			ret = build_result_write(&r, s, g->unit, &kb, key);
	}
	build_result_free(&r);
	return ret ? build_fail_write(s->ws, ret) : 0;
}

/* Goes on with the next where only one configuration can't be built. */
static bool is_fatal(int ret)
{
	return ret && ret != EXIT_ENVIRONMENT;
}

static bool can_go_out(const struct session *s, const struct unit *u)
{
	const char *word =
		json_string_value(json_object_get(u->convert, "verdict"));

	return session_wants(s, u) && word && verdict_parse(word) == CONVERTED;
}

/* Each architecture with each configuration. */
static void add_product(struct session *s, struct model *m,
			const struct build_options *o,
			struct build_choice *choice)
{
	size_t archs = o->archs.n ? o->archs.n : 1;
	size_t configs = o->configs.n ? o->configs.n : 1;

	for (size_t i = 0; i < archs * configs; i++) {
		struct build_target *t;

		GROW(choice->targets, choice->count, choice->cap);
		t = &choice->targets[choice->count++];
		*t = (struct build_target){
			.arch = o->archs.n ? xstrdup(o->archs.v[i / configs])
					   : NULL,
			.config = xstrdup(o->configs.n
						  ? o->configs.v[i % configs]
						  : "allmodconfig"),
		};
		for (size_t k = 0; k < m->count; k++)
			if (can_go_out(s, m->units[k]))
				sv_add(&t->units, m->units[k]->name);
	}
}

static int build_here(struct session *s, struct model *m, const char *root,
		      const struct build_choice *choice,
		      struct build_count *count)
{
	int ret = 0, worst = 0;

	for (size_t i = 0; !ret && i < choice->count; i++) {
		const struct build_target *t = &choice->targets[i];

		ret = build_one(s, m, root, t->arch, t->config, &t->units,
				count);
		if (!is_fatal(ret)) {
			worst = ret ? ret : worst;
			ret = 0;
		}
	}
	return ret ? ret : worst;
}

/* What others did is read from the workspace. */
static int build_elsewhere(struct session *s, struct model *m, const char *root,
			   const struct build_options *o,
			   const struct build_choice *choice,
			   struct build_count *count)
{
	int ret = build_jobs(s, o, choice);

	for (size_t i = 0; i < m->count && !s->dry_run; i++) {
		char *path = unit_path(s, m->units[i], "build.json");
		int error;

		json_decref(m->units[i]->build);
		m->units[i]->build = json_read(path, &error);
		free(path);
	}
	for (size_t i = 0; i < choice->count && !s->dry_run; i++) {
		const struct build_target *t = &choice->targets[i];
		struct kbuild kb;

		kbuild_init(&kb, s, root, t->arch, t->config);
		for (size_t k = 0; k < t->units.n; k++)
			tally_unit(model_find(m, t->units.v[k]), &kb, count);
		kbuild_free(&kb);
	}
	return ret;
}

/* Results of units that are not converted any more. */
static void drop_stale(const struct session *s, const struct model *m)
{
	for (size_t i = 0; i < m->count && !s->dry_run; i++) {
		const char *word = json_string_value(
			json_object_get(m->units[i]->convert, "verdict"));

		if (word && verdict_parse(word) == CONVERTED)
			continue;
		for (int k = 0; k < 2; k++) {
			char *path = unit_path(s, m->units[i],
					       k ? "build.json" : "build.log");

			unlink(path);
			free(path);
		}
	}
}

bool build_is_auto(const struct build_options *o)
{
	return o->archs.n == 1 && !strcmp(o->archs.v[0], "auto");
}

/* Jobs that may run at the same time have nothing in common. */
static char *own_root(const struct session *s, const struct build_options *o)
{
	char *root = build_root(s), *own;
	uint64_t h = HASH_INIT;

	if (!s->job)
		return root;
	for (size_t i = 0; i < o->archs.n; i++)
		h = hash_str(h, o->archs.v[i]);
	for (size_t i = 0; i < o->configs.n; i++)
		h = hash_str(h, o->configs.v[i]);
	for (size_t i = 0; i < s->units.n; i++)
		h = hash_str(h, s->units.v[i]);
	own = xasprintf("%s/job-%08x", root, (unsigned int)h);
	free(root);
	return own;
}

int build_run(struct session *s, struct model *m, const struct build_options *o,
	      struct build_count *count)
{
	char *root = own_root(s, o);
	struct build_choice choice = {0};
	int ret = 0;

	*count = (struct build_count){0};
	if (!s->job)
		drop_stale(s, m);
	if (o->commits) {
		ret = build_commits(s, m, root, count);
		free(root);
		return ret;
	}
	if (build_is_auto(o))
		ret = build_choose(s, m, root, &choice);
	else
		add_product(s, m, o, &choice);
	if (!ret && (o->runner || o->print))
		ret = build_elsewhere(s, m, root, o, &choice, count);
	else if (!ret)
		ret = build_here(s, m, root, &choice, count);
	for (size_t i = 0; !is_fatal(ret) && i < choice.gap_count; i++) {
		int error = write_gap(s, &choice.gaps[i], count);

		ret = error ? error : ret;
	}
	build_choice_free(&choice);
	free(root);
	if (ret || s->dry_run || o->print)
		return ret;
	if (count->fail)
		return EXIT_UNIT_FAILED;
	return count->pass ? EXIT_GOOD : EXIT_UNTESTED;
}
