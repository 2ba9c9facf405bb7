// SPDX-License-Identifier: GPL-2.0-only
#include "series.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/statvfs.h>

#include "changelog.h"
#include "checks.h"
#include "compose.h"
#include "cover.h"
#include "seriesdir.h"
#include "serieskey.h"
#include "subject.h"
#include "wave.h"

/* One run of the stage. */
struct run {
	struct session *s;
	struct model *m;
	const struct series_options *o;
	struct git_tree gt;
	struct commits c;
	char *git_version;
	char *branch;
	struct patch *patches;
	size_t n, cap;
	size_t untested;	/* left out for want of a build */
	size_t unfit;		/* left out after a message */
	uint64_t key;
};

/* git does not always say that it was for want of room. */
#define ROOM_BYTES (1ull << 20)

static int environment(const char *what, int error)
{
	struct statvfs fs;

	if (error == -EINTR)
		err("interrupted: run it again to go on");
	else if (error == -ENOSPC ||
		 (!statvfs(what, &fs) &&
		  (unsigned long long)fs.f_bavail * fs.f_frsize < ROOM_BYTES))
		err("there is no room left for %s: make some, or give another workspace with -w DIR",
		    what);
	else if (error != -EIO)
		err("cannot write %s: %s", what, strerror(-error));
	return EXIT_ENVIRONMENT;
}

static void load_patch(struct run *r, struct unit *u)
{
	char *path = unit_path(r->s, u, "convert.patch");
	struct strvec paths = {0};
	struct strbuf sb = {0};
	struct patch *p;
	int ret = file_read(path, &sb);

	if (!ret)
		diff_paths(sb_str(&sb), &paths);
	if (ret || !paths.n) {
		err("%s: %s, so %s is left out: run 'rxasync convert %s' again",
		    path, ret ? strerror(-ret) : "there is no patch in it",
		    u->name, u->name);
		r->unfit++;
	} else {
		GROW(r->patches, r->n, r->cap);
		p = &r->patches[r->n++];
		*p = (struct patch){.u = u, .text = sb_detach(&sb)};
		p->compiled = changelog_compiled(u);
		p->tree = subject_tree(paths.v[0]);
		for (size_t i = 0; i < paths.n; i++) {
			GROW(p->files, p->file_count, p->file_cap);
			p->files[p->file_count++] = (struct patch_file){
				.path = xstrdup(paths.v[i])};
		}
	}
	sv_free(&paths);
	sb_free(&sb);
	free(path);
}

/* A build of another conversion than the one at hand proves nothing. */
static void drop_old_build(const struct session *s, struct unit *u)
{
	const char *key = json_string_value(json_object_get(u->build, "key"));
	char *path = unit_path(s, u, "convert.patch");
	char hex[17];

	snprintf(hex, sizeof(hex), "%016llx",
		 (unsigned long long)hash_file(HASH_INIT, path));
	if (key && strcmp(key, hex)) {
		json_decref(u->build);
		u->build = NULL;
	}
	free(path);
}

/* The units that can go out. */
static void choose(struct run *r)
{
	for (size_t i = 0; i < r->m->count; i++) {
		struct unit *u = r->m->units[i];

		if (!session_wants(r->s, u) || u->verdict != CONVERTED ||
		    !u->convert)
			continue;
		drop_old_build(r->s, u);
		if (r->o->tested_only && !changelog_compiled(u))
			r->untested++;
		else
			load_patch(r, u);
	}
}

static void drop_unfit(struct run *r)
{
	size_t kept = 0;

	for (size_t i = 0; i < r->n; i++) {
		if (!r->patches[i].unfit) {
			r->patches[kept++] = r->patches[i];
			continue;
		}
		patch_free(&r->patches[i]);
		r->unfit++;
	}
	r->n = kept;
}

/* Patches that share a file, through however many others, get one number. */
static void glue(struct run *r, struct wave_item *items)
{
	for (size_t i = 0; i < r->n; i++)
		items[i].glue = i;
	for (size_t i = 0; i < r->n; i++) {
		for (size_t k = 0; k < i; k++) {
			size_t from = items[i].glue, to = items[k].glue;
			bool shared = false;

			for (size_t f = 0; f < r->patches[i].file_count; f++)
				for (size_t g = 0;
				     g < r->patches[k].file_count; g++)
					shared |= !strcmp(
						r->patches[i].files[f].path,
						r->patches[k].files[g].path);
			for (size_t j = 0; shared && j <= i; j++)
				if (items[j].glue == from)
					items[j].glue = to;
		}
	}
}

/* Brings the patches into the order of the waves. */
static void make_waves(struct run *r)
{
	struct wave_item *items = xcalloc(r->n, sizeof(*items));
	struct patch *sorted = xcalloc(r->n, sizeof(*sorted));

	glue(r, items);
	for (size_t i = 0; i < r->n; i++) {
		items[i].path = r->patches[i].files[0].path;
		items[i].tree = r->patches[i].tree;
		items[i].late = !r->patches[i].compiled;
		items[i].data = &r->patches[i];
	}
	waves_assign(items, r->n, r->o->max);
	for (size_t i = 0; i < r->n; i++) {
		sorted[i] = *(struct patch *)items[i].data;
		sorted[i].wave = items[i].wave;
		sorted[i].number = items[i].number;
		sorted[i].tree = items[i].tree;
	}
	free(items);
	free(r->patches);
	r->patches = sorted;
}

/* format-patch, the letters, and git am as the proof, wave by wave. */
static int make_mails(struct run *r)
{
	int ret = 0;

	for (size_t i = 0, k; i < r->n && !ret; i = k) {
		struct patch *p = &r->patches[i];

		for (k = i; k < r->n && r->patches[k].wave == p->wave;)
			k++;
		say_count(p->wave, r->c.waves);
		say("SERIES", "wave-%02zu, %zu patches", p->wave, k - i);
		ret = commits_format(&r->c, p, k - i);
		if (!ret)
			ret = commits_verify(&r->c, p, k - i);
		if (!ret && !r->s->dry_run)
			ret = cover_fill(&r->c, p, k - i);
	}
	say_count(0, 0);
	return ret;
}

static int make_lists(struct run *r)
{
	int ret = 0;

	for (size_t i = 0, k; i < r->n && !ret; i = k) {
		for (k = i; k < r->n && r->patches[k].wave ==
					r->patches[i].wave;)
			k++;
		ret = cover_recipients(&r->c, &r->patches[i], k - i);
	}
	return ret ? ret : cover_readme(&r->c, r->patches, r->n);
}

/* The folder is made but for its last name; 0 or an exit code. */
static int fill_dir(struct run *r)
{
	int ret, code;

	say("SERIES", "%zu commits", r->n);
	r->c.waves = r->patches[r->n - 1].wave;
	job_dry_run(r->s->dry_run);
	code = commits_apply(&r->c, r->patches, r->n);
	if (code)
		return code;
	ret = commits_make(&r->c, r->patches, r->n);
	if (!ret)
		ret = make_mails(r);
	if (!ret)
		ret = checks_run(&r->c, r->patches, r->n);
	if (ret || r->s->dry_run)
		return ret ? environment(r->c.dir, ret) : 0;
	ret = make_lists(r);
	return ret ? environment(r->c.dir, ret) : 0;
}

static int build(struct run *r)
{
	int ret, code;

	make_waves(r);
	compose_subjects(&r->gt, r->c.date, r->patches, r->n);
	compose_logs(r->s, &r->gt, r->patches, r->n);
	if (r->s->dry_run)
		return fill_dir(r);
	ret = series_dir_start(r->s, r->c.dir);
	if (ret)
		return environment(r->c.dir, ret);
	code = fill_dir(r);
	if (code) {
		remove_tree(r->c.dir);
		return code;
	}
	ret = series_dir_finish(r->s, r->c.dir, r->key, r->patches, r->n);
	return ret ? environment(r->c.dir, ret) : 0;
}

/* Has an entry a complaint of its own, of the level or of any? */
static bool complains(const json_t *entry, const char *level)
{
	json_t *c;
	size_t i;

	json_array_foreach(json_object_get(entry, "checkpatch"), i, c)
		if (json_is_true(json_object_get(c, "ours")) &&
		    (!level || !strcmp(json_str(c, "level"), level)))
			return true;
	return false;
}

static void sum_up(const struct run *r, const json_t *index)
{
	size_t waves = 0, ours = 0, errors = 0, unchecked = 0, other = 0;
	json_t *e;
	size_t i;

	json_array_foreach(index, i, e) {
		size_t wave = (size_t)json_integer_value(
			json_object_get(e, "wave"));

		waves = wave > waves ? wave : waves;
		unchecked += !json_is_array(json_object_get(e, "checkpatch"));
		ours += complains(e, NULL);
		errors += complains(e, "ERROR");
	}
	for (i = 0; i < r->m->count; i++)
		other += session_wants(r->s, r->m->units[i]) &&
			 r->m->units[i]->verdict != CONVERTED;
	if (r->s->json) {
		json_dumpf(index, stdout, JSON_INDENT(2) | JSON_SORT_KEYS);
		putchar('\n');
	}
	err("%zu patches in %zu waves, see %s/series/README; git am reproduces every wave; checkpatch finds fault with %zu of them (errors in %zu), %zu not checked",
	    json_array_size(index), waves, r->s->ws, ours, errors, unchecked);
	if (other + r->untested + r->unfit)
		err("left out: %zu units not converted, %zu not compiled, %zu that do not fit the tree",
		    other, r->untested, r->unfit);
}

static int nothing_to_do(const struct run *r)
{
	if (r->unfit)
		return EXIT_UNIT_FAILED;
	if (r->untested)
		err("no patch is compiled, so none is in a series: run 'rxasync build' first, or leave out --tested-only");
	else
		err("nothing is converted, so there is no series: run 'rxasync convert' first, and 'rxasync scan' says what stands in the way");
	return EXIT_UNTESTED;
}

/* The tree's own scripts, and what they run on. */
static int probe_scripts(const struct run *r)
{
	static const char *const scripts[] = {"scripts/checkpatch.pl",
					      "scripts/get_maintainer.pl"};
	char *perl = find_program("perl");
	int ret = 0;

	if (!perl) {
		err("perl is missing, which the tree's %s runs on: install the package perl",
		    scripts[0]);
		ret = EXIT_ENVIRONMENT;
	}
	free(perl);
	for (size_t i = 0; i < ARRAY_SIZE(scripts) && !ret; i++) {
		char *path = tree_path(r->s, scripts[i]);

		if (!file_exists(path)) {
			err("%s is missing: a series needs a whole kernel tree",
			    path);
			ret = EXIT_ENVIRONMENT;
		}
		free(path);
	}
	return ret;
}

/* The spatch that made the patches; a later one may be installed by now. */
static void read_spatch_version(struct session *s)
{
	char *path = ws_path(s, "scan.json");
	int error;
	json_t *scan = json_read(path, &error);
	const char *version =
		json_string_value(json_object_get(scan, "spatch"));

	if (version) {
		free(s->spatch_version);
		s->spatch_version = xstrdup(version);
	}
	json_decref(scan);
	free(path);
}

static int prepare(struct run *r)
{
	int ret = git_probe(&r->git_version);

	read_spatch_version(r->s);
	if (!ret)
		ret = probe_scripts(r);
	if (!ret)
		ret = git_tree_open(&r->gt, r->s->tree);
	if (ret)
		return ret;
	choose(r);
	if (r->n)
		ret = commits_look(&r->gt, r->patches, r->n);
	if (ret)
		return ret;
	drop_unfit(r);
	if (!r->n)
		return nothing_to_do(r);
	r->branch = r->o->branch ? xstrdup(r->o->branch) :
				   xasprintf("rxasync/%s-%s", r->s->version,
					     flavour_name(r->s->flavour));
	r->c = (struct commits){.s = r->s, .gt = &r->gt, .branch = r->branch,
				.prefix = r->o->prefix};
	r->c.dir = ws_path(r->s, r->s->dry_run ? "series" : "series.tmp");
	r->c.identity = git_identity(&r->gt);
	r->c.date = git_date(&r->gt);
	r->key = series_key(&r->c, r->o, r->git_version, r->patches, r->n);
	return 0;
}

static void run_free(struct run *r)
{
	for (size_t i = 0; i < r->n; i++)
		patch_free(&r->patches[i]);
	free(r->patches);
	free((char *)r->c.dir);
	commits_free(&r->c);
	git_tree_free(&r->gt);
	free(r->git_version);
	free(r->branch);
}

int series_run(struct session *s, struct model *m,
	       const struct series_options *o)
{
	struct run r = {.s = s, .m = m, .o = o};
	json_t *index = NULL;
	int ret;

	/* What only looks is done with -n as well. */
	job_dry_run(false);
	ret = prepare(&r);
	if (!ret)
		index = series_dir_index(s, r.key);
	if (!ret && !index)
		ret = build(&r);
	say_end();
	if (!ret && !s->dry_run) {
		if (!index)
			index = series_dir_read(s);
		ret = series_dir_sync(s, m, index);
		if (ret)
			ret = environment(s->ws, ret);
		else
			sum_up(&r, index);
	}
	if (!ret && r.unfit)
		ret = EXIT_UNIT_FAILED;
	job_dry_run(s->dry_run);
	json_decref(index);
	run_free(&r);
	return ret;
}
