// SPDX-License-Identifier: GPL-2.0-only
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "buildauto.h"
#include "buildcommits.h"
#include "buildjobs.h"
#include "buildresult.h"
#include "buildtree.h"
#include "buildunits.h"

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

/* One configuration. */
static int build_target(struct build_tree *tree, const struct build_target *t,
			struct build_count *count)
{
	struct build b;
	int ret = build_begin(&b, tree, t->arch, t->config);

	b.count = count;
	for (size_t i = 0; i < b.plan.unit_count; i++)
		b.plan.units[i].wanted &=
			sv_has(&t->units, b.plan.units[i].unit->name);
	if (!ret)
		ret = build_units(&b);
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
	return session_wants(s, u) && unit_was_converted(u);
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

static int build_here(struct build_tree *tree,
		      const struct build_choice *choice,
		      struct build_count *count)
{
	int ret = 0, worst = 0;

	for (size_t i = 0; !ret && i < choice->count; i++) {
		ret = build_target(tree, &choice->targets[i], count);
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
		if (unit_was_converted(m->units[i]))
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

/* All but the series' commits. */
static int build_all(struct build_tree *tree, const struct build_options *o,
		     struct build_count *count)
{
	struct session *s = tree->s;
	struct build_choice choice = {0};
	int ret = 0;

	if (build_is_auto(o))
		ret = build_choose(tree, &choice);
	else
		add_product(s, tree->m, o, &choice);
	if (!ret && (o->runner || o->print))
		ret = build_elsewhere(s, tree->m, tree->root, o, &choice,
				      count);
	else if (!ret)
		ret = build_here(tree, &choice, count);
	for (size_t i = 0; !is_fatal(ret) && i < choice.gap_count; i++) {
		int error = write_gap(s, &choice.gaps[i], count);

		ret = error ? error : ret;
	}
	build_choice_free(&choice);
	return ret;
}

int build_run(struct session *s, struct model *m, const struct build_options *o,
	      struct build_count *count)
{
	char *top = build_root(s);
	/* Jobs that may run at the same time have nothing in common. */
	char *root = s->job ? build_job_root(s, top, o) : xstrdup(top);
	struct build_tree tree;
	int ret;

	*count = (struct build_count){0};
	if (!s->job)
		drop_stale(s, m);
	build_tree_open(&tree, s, m, root);
	ret = o->commits ? build_commits(&tree, count)
			 : build_all(&tree, o, count);
	build_tree_close(&tree);
	free(root);
	free(top);
	if (ret || o->commits || s->dry_run || o->print)
		return ret;
	if (count->fail)
		return EXIT_UNIT_FAILED;
	return count->pass ? EXIT_GOOD : EXIT_UNTESTED;
}
