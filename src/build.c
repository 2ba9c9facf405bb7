// SPDX-License-Identifier: GPL-2.0-only
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "build.h"
#include "buildplan.h"
#include "buildresult.h"
#include "buildstore.h"
#include "shadow.h"

#define SAVE_SECONDS 10

/* One architecture with one configuration. */
struct build {
	struct session *s;
	struct model *m;
	char *root;		/* where the shadow and its output lie */
	struct kbuild kb;
	struct kconfig kc;
	struct dotconfig *dc;
	struct build_plan plan;
	struct build_store store;
	uint64_t config_key, base_key;
	char *fragment;
	size_t done, total;
	time_t saved;
	int wave;		/* -1 before the conversion */
	struct build_record **after;	/* of this wave, by object */
	struct build_count *count;
	int error;		/* the first of a write */
};

/*
 * What an allmodconfig has on that costs time and says nothing about a
 * driver's code, and what would make a difference of two builds.
 */
static const char *const knobs[] = {
	"CONFIG_COMPILE_TEST=y",
	"# CONFIG_WERROR is not set",
	"# CONFIG_LOCALVERSION_AUTO is not set",
	"CONFIG_DEBUG_INFO_NONE=y",
	"# CONFIG_GCC_PLUGINS is not set",
	"# CONFIG_KASAN is not set",
	"# CONFIG_KCSAN is not set",
	"# CONFIG_KMSAN is not set",
	"# CONFIG_UBSAN is not set",
	"# CONFIG_KCOV is not set",
	"# CONFIG_GCOV_KERNEL is not set",
	"# CONFIG_MODVERSIONS is not set",
	"# CONFIG_TRIM_UNUSED_KSYMS is not set",
	"# CONFIG_RUST is not set",
	"# CONFIG_IKHEADERS is not set",
};

/* A person's own .config is followed, but for these. */
#define OWN_KNOBS 3

/* kbuild takes no path with a space or a colon in it. */
static char *root_path(const struct session *s)
{
	const char *cache = getenv("XDG_CACHE_HOME"), *home = getenv("HOME");
	unsigned int hash = (unsigned int)hash_str(HASH_INIT, s->ws);

	if (!strpbrk(s->ws, " \t:"))
		return ws_path(s, "build");
	if (cache && *cache == '/' && !strpbrk(cache, " \t:"))
		return xasprintf("%s/rxasync/shadow/%08x", cache, hash);
	if (home && *home == '/' && !strpbrk(home, " \t:"))
		return xasprintf("%s/.cache/rxasync/shadow/%08x", home, hash);
	return xasprintf("/tmp/rxasync-%u/shadow/%08x", (unsigned int)getuid(),
			 hash);
}

static int fail_write(const char *path, int error)
{
	err("cannot write %s: %s%s", path, strerror(-error),
	    error == -ENOSPC || error == -EDQUOT ?
		    "; make room, or give another workspace with -w DIR" :
		    "");
	return EXIT_ENVIRONMENT;
}

static char *make_fragment(const struct build *b)
{
	bool own = strchr(b->kb.config, '/') != NULL;
	size_t n = own ? OWN_KNOBS : ARRAY_SIZE(knobs);
	struct strbuf sb = {0};

	for (size_t i = own ? 1 : 0; i < n; i++)
		sb_addf(&sb, "%s\n", knobs[i]);
	for (size_t i = 0; i < b->plan.symbols.n; i++) {
		const char *symbol = b->plan.symbols.v[i];
		size_t defs;
		const struct kdef *d = kconfig_find(&b->kc, symbol, &defs);
		bool tristate = false;

		for (size_t k = 0; k < defs; k++)
			tristate |= d[k].tristate;
		if (d)
			sb_addf(&sb, "%s=%c\n", symbol, tristate ? 'm' : 'y');
	}
	return sb_detach(&sb);
}

static char *store_path(const struct build *b)
{
	return xasprintf("%s/%s.json", b->root, base_name(b->kb.obj));
}

static char *obj_file(const struct build *b, const char *name)
{
	return xasprintf("%s/%s", b->kb.obj, name);
}

/* Of what the .config is made of, and of what all objects are. */
static void compute_keys(struct build *b)
{
	uint64_t stamp;

	b->config_key = b->kc.hash;
	b->config_key = hash_bytes(b->config_key, &b->kb.tool_key,
				   sizeof(b->kb.tool_key));
	b->config_key = hash_str(b->config_key, b->kb.config);
	b->config_key = hash_str(b->config_key, b->fragment);
	if (strchr(b->kb.config, '/'))
		b->config_key = hash_file(b->config_key, b->kb.config);
	stamp = tree_stamp(b->s->tree, b->kb.arch);
	b->base_key = hash_bytes(b->config_key, &stamp, sizeof(stamp));
}

static int begin(struct build *b, const char *arch, const char *config)
{
	char *source = xasprintf("%s/tree", b->root), *path;
	int ret;

	kbuild_init(&b->kb, b->s, source, arch, config);
	free(source);
	ret = kbuild_version(&b->kb);
	if (ret)
		return ret;
	build_plan_make(&b->plan, b->s, b->m);
	ret = kconfig_read(&b->kc, b->s->tree, b->kb.arch);
	if (ret) {
		err("cannot read %s/Kconfig: %s", b->s->tree, strerror(-ret));
		return EXIT_ENVIRONMENT;
	}
	b->fragment = make_fragment(b);
	compute_keys(b);
	path = store_path(b);
	build_store_open(&b->store, path, b->s->tree);
	free(path);
	return 0;
}

static void end(struct build *b)
{
	build_store_close(&b->store);
	build_plan_free(&b->plan);
	kconfig_free(&b->kc);
	dotconfig_free(b->dc);
	kbuild_free(&b->kb);
	free(b->fragment);
}

/* Reads obj/.config, if it is the one that today's input gives. */
static bool load_config(struct build *b)
{
	char *path = obj_file(b, ".config");
	char *begun = obj_file(b, ".rxasync-begun");
	int error;

	if (!b->dc && b->store.config_key == b->config_key &&
	    !file_exists(begun))
		b->dc = dotconfig_read(path, &error);
	free(begun);
	free(path);
	if (b->dc)
		build_plan_judge(&b->plan, &b->kc, b->dc, b->kb.arch);
	return b->dc != NULL;
}

static int save_store(struct build *b)
{
	int ret = build_store_save(&b->store);

	b->saved = time(NULL);
	return ret ? fail_write(b->store.path, ret) : 0;
}

/* Takes the lock and makes the shadow what the tree is. */
static int open_shadow(struct build *b)
{
	char *lock = xasprintf("%s/lock", b->root);
	struct strvec real = {0};
	static const char *const always[] = {
		"scripts",   "tools/arch",    "tools/build",  "tools/include",
		"tools/lib", "tools/objtool", "tools/scripts",
	};
	int ret = make_dirs(b->root);

	if (!ret)
		ret = kbuild_lock(&b->kb, lock);
	free(lock);
	for (size_t i = 0; i < ARRAY_SIZE(always); i++)
		sv_add(&real, always[i]);
	if (tree_is_dirty(b->s->tree))
		sv_add(&real, "");
	build_plan_folders(&b->plan, b->m, &real);
	if (!ret) {
		say("SHADOW", "%s", b->kb.source);
		ret = shadow_sync(b->kb.source, b->s->tree, &real);
	}
	sv_free(&real);
	return ret ? fail_write(b->kb.source, ret) : 0;
}

/*
 * The .config and what all objects need. Where that was cut short once, what
 * it left is not to be trusted and goes.
 */
static int prepare(struct build *b)
{
	char *begun = obj_file(b, ".rxasync-begun");
	char *config = obj_file(b, ".config");
	int ret = 0;

	if (file_exists(begun) || !file_exists(config)) {
		ret = remove_tree(b->kb.obj);
		b->store.config_key = 0;
	}
	if (b->store.config_key != b->config_key)
		b->store.prepared_key = 0;
	if (!ret && b->store.prepared_key != b->base_key) {
		ret = make_dirs(b->kb.obj);
		if (!ret)
			ret = file_write(begun, "", 0);
		if (ret) {
			ret = fail_write(b->kb.obj, ret);
			goto out;
		}
		if (b->store.config_key != b->config_key)
			ret = kbuild_configure(&b->kb, b->fragment);
		if (!ret)
			ret = kbuild_prepare(&b->kb);
		if (ret)
			goto out;
		b->store.config_key = b->config_key;
		b->store.prepared_key = b->base_key;
		b->store.changed = true;
		ret = save_store(b);
		if (!ret && unlink(begun))
			ret = fail_write(begun, -errno);
	}
out:
	free(begun);
	free(config);
	return ret;
}

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

		if (o->on && !b->after[u->objects[i]] &&
		    build_result_wants(build_store_find(&b->store, o->path)))
			return false;
	}
	return true;
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
		r->key = build_record_key(&b->store, b->base_key, r);
		build_store_put(&b->store, r);
		if (time(NULL) - b->saved >= SAVE_SECONDS && !b->error)
			b->error = save_store(b);
		return;
	}
	build_record_free(b->after[index]);
	b->after[index] = r;
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

	return r && r->key == build_record_key(&b->store, b->base_key, r);
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
		b->error = save_store(b);
	return ret ? ret : b->error;
}

static uint64_t unit_key(struct build *b, const struct build_unit *u)
{
	uint64_t h = b->base_key;

	for (size_t i = 0; i < u->count; i++) {
		const struct build_object *o = &b->plan.objects[u->objects[i]];
		const struct build_record *r =
			build_store_find(&b->store, o->path);
		uint64_t key = r ? build_record_key(&b->store, b->base_key, r) :
				   0;

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

static bool is_own_object(const struct build_unit *u, const char *object)
{
	size_t n = strlen(object) - 1;

	for (size_t i = 0; i < u->changed.n; i++)
		if (!strncmp(u->changed.v[i], object, n) &&
		    strlen(u->changed.v[i]) == n + 1)
			return true;
	return false;
}

/* Result, build.json and build.log of a unit whose objects are all known. */
static void finish_unit(struct build *b, struct build_unit *u)
{
	struct build_result r = {0};
	int ret;

	u->key = unit_key(b, u);
	/* The objects of the changed files themselves come first. */
	for (size_t i = 0; i < 2 * u->count; i++) {
		size_t index = u->objects[i % u->count];
		const struct build_object *o = &b->plan.objects[index];

		if (is_own_object(u, o->path) == (i < u->count))
			build_result_add(&r, o,
					 build_store_find(&b->store, o->path),
					 b->after ? b->after[index] : NULL);
	}
	ret = build_result_write(&r, b->s, u->unit, &b->kb, u->key);
	build_result_free(&r);
	if (ret && !b->error)
		b->error = fail_write(b->s->ws, ret);
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
				error = shadow_restore(b->kb.source,
						       b->s->tree, path);
			if (error && !ret)
				ret = fail_write(b->kb.source, error);
			free(from);
			free(name);
		}
	}
	return ret;
}

/* The units of a wave as converted. */
static int build_wave(struct build *b, int wave)
{
	struct strvec objects = {0};
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
	for (size_t i = 0; !ret && !b->s->dry_run && i < b->plan.unit_count;
	     i++)
		if (b->plan.units[i].due && b->plan.units[i].wave == wave)
			finish_unit(b, &b->plan.units[i]);
	back = swap(b, wave, false);
	for (size_t i = 0; i < b->plan.object_count; i++)
		build_record_free(b->after[i]);
	free(b->after);
	b->after = NULL;
	sv_free(&objects);
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
							     unit_key(b, u)));
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

static int build_due(struct build *b)
{
	int ret = b->s->dry_run ? 0 : open_shadow(b);
	int waves;

	b->wave = -1;
	b->kb.progress = on_progress;
	b->kb.data = b;
	if (!ret)
		ret = kbuild_probe(&b->kb);
	if (!ret && b->s->dry_run) {
		ret = kbuild_configure(&b->kb, b->fragment);
		if (!ret)
			ret = kbuild_prepare(&b->kb);
	} else if (!ret) {
		ret = prepare(b);
		if (!ret && !load_config(b)) {
			err("%s has no .config after its configuration",
			    b->kb.obj);
			ret = EXIT_ENVIRONMENT;
		}
		/* Some results may be today's after all. */
		if (!ret)
			find_due(b);
	}
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

static void tally(const struct build *b)
{
	for (size_t i = 0; i < b->plan.unit_count; i++) {
		const char *word;

		if (!b->plan.units[i].wanted)
			continue;
		word = build_result_word(b->plan.units[i].unit, &b->kb);
		if (!word)
			continue;
		b->count->pass += !strcmp(word, "pass");
		b->count->fail += !strcmp(word, "fail");
		b->count->not_built += !strcmp(word, "not-built");
	}
}

static int build_one(struct session *s, struct model *m, const char *root,
		     const char *arch, const char *config,
		     struct build_count *count)
{
	struct build b = {.s = s, .m = m, .root = (char *)root,
			  .count = count};
	int ret = begin(&b, arch, config);

	if (!ret) {
		load_config(&b);
		if (find_due(&b))
			ret = build_due(&b);
	}
	if (!ret)
		tally(&b);
	end(&b);
	return ret;
}

/* Results of units that are not converted any more. */
static void drop_stale(const struct session *s, const struct model *m)
{
	for (size_t i = 0; i < m->count && !s->dry_run; i++) {
		const char *word = json_string_value(json_object_get(
			m->units[i]->convert, "verdict"));

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

int build_run(struct session *s, struct model *m,
	      const struct build_options *o, struct build_count *count)
{
	char *root = root_path(s);
	size_t archs = o->archs.n ? o->archs.n : 1;
	size_t configs = o->configs.n ? o->configs.n : 1;
	int ret = 0;

	*count = (struct build_count){0};
	drop_stale(s, m);
	for (size_t i = 0; !ret && i < archs; i++)
		for (size_t k = 0; !ret && k < configs; k++)
			ret = build_one(s, m, root,
					o->archs.n ? o->archs.v[i] : NULL,
					o->configs.n ? o->configs.v[k] :
						       "allmodconfig",
					count);
	free(root);
	if (ret || s->dry_run)
		return ret;
	if (count->fail)
		return EXIT_UNIT_FAILED;
	return count->pass ? EXIT_GOOD : EXIT_UNTESTED;
}
