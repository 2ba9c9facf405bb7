// SPDX-License-Identifier: GPL-2.0-only
#include <stdlib.h>
#include <string.h>

#include "buildfacts.h"
#include "buildheaders.h"
#include "buildobj.h"
#include "buildresult.h"
#include "buildunits.h"
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
	if (r.built.n)
		build_headers_check(b, u, &r.new_warnings);
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

/* Builds those that are due. */
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

int build_units(struct build *b)
{
	build_load_config(b);
	return find_due(b) ? build_due(b) : 0;
}
