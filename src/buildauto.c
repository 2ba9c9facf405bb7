// SPDX-License-Identifier: GPL-2.0-only
#include <stdlib.h>
#include <string.h>

#include "buildarch.h"
#include "buildauto.h"

/* An architecture with a configuration that was made. */
struct made {
	size_t arch;
	char *config;
	bool *on;		/* by object */
	size_t covers;
};

struct chooser {
	struct build_tree *tree;
	const struct build_plan *plan;	/* the tree's */
	struct build_arch *archs;
	size_t arch_count;
	struct made *made;
	size_t made_count, made_cap;
	bool *needed;		/* by object */
	size_t *covered;	/* by object: 1 + index in made; or 0 */
};

/*
 * Is the object made of a changed file? Those that only include one count
 * where the unit has no object of its own.
 */
static bool counts(const struct chooser *c, const struct build_unit *u,
		   size_t object)
{
	bool any = false;

	if (!u->wanted)
		return false;
	for (size_t k = 0; k < u->count && !any; k++)
		any = build_unit_owns(u,
				      c->plan->objects[u->objects[k]].path);
	return !any || build_unit_owns(u, c->plan->objects[object].path);
}

static void find_needed(struct chooser *c)
{
	for (size_t i = 0; i < c->plan->unit_count; i++) {
		const struct build_unit *u = &c->plan->units[i];

		for (size_t k = 0; k < u->count; k++)
			if (counts(c, u, u->objects[k]))
				c->needed[u->objects[k]] = true;
	}
}

static bool is_open(const struct chooser *c, size_t object)
{
	return c->needed[object] && !c->covered[object];
}

static size_t count_feasible(const struct chooser *c, struct build_arch *a)
{
	size_t n = 0;

	for (size_t i = 0; i < c->plan->object_count; i++)
		if (is_open(c, i))
			n += build_arch_may(a, i);
	return n;
}

/* Makes the .config, sees what is on. */
static int make(struct chooser *c, size_t arch, const char *config)
{
	struct build_arch *a = &c->archs[arch];
	struct build b;
	struct made *made;
	int ret = build_begin(&b, c->tree, a->name, config);

	if (!ret && !build_load_config(&b)) {
		ret = build_make_config(&b);
		if (!ret)
			build_load_config(&b);
	}
	if (!ret && b.dc) {
		GROW(c->made, c->made_count, c->made_cap);
		made = &c->made[c->made_count++];
		*made = (struct made){.arch = arch, .config = xstrdup(config)};
		made->on = xcalloc(b.plan.object_count + 1, sizeof(bool));
		for (size_t i = 0; i < b.plan.object_count; i++) {
			made->on[i] = b.plan.objects[i].on;
			if (is_open(c, i) && made->on[i]) {
				c->covered[i] = c->made_count;
				made->covers++;
			}
		}
		if (!a->dc) {
			a->dc = b.dc;
			b.dc = NULL;
		}
	}
	build_end(&b);
	return ret;
}

/* First the plain configuration of each that may help, most useful first. */
static int make_plain(struct chooser *c)
{
	bool *done = xcalloc(c->arch_count + 1, sizeof(*done));
	int ret = 0;

	for (bool native = true; !ret;) {
		size_t best = 0, most = 0;

		for (size_t i = 0; i < c->arch_count; i++) {
			size_t n;

			if (done[i] || c->archs[i].lacks)
				continue;
			n = count_feasible(c, &c->archs[i]);
			if (n > most) {
				most = n;
				best = i;
			}
			/* Nothing is cheaper than the machine's own. */
			if (n && native)
				break;
		}
		native = false;
		if (!most)
			break;
		done[best] = true;
		ret = make(c, best, BUILD_AUTO_BASE);
	}
	free(done);
	return ret;
}

/* A configuration by what it takes, and how many objects wait for it. */
struct group {
	size_t arch;
	char *config;
	size_t n;
};

struct groups {
	struct group *v;
	size_t n, cap;
};

static void add_to_group(struct groups *gs, size_t arch, const char *config)
{
	struct group *g = NULL;

	for (size_t i = 0; i < gs->n && !g; i++)
		if (gs->v[i].arch == arch && !strcmp(gs->v[i].config, config))
			g = &gs->v[i];
	if (!g) {
		GROW(gs->v, gs->n, gs->cap);
		g = &gs->v[gs->n++];
		*g = (struct group){.arch = arch, .config = xstrdup(config)};
	}
	g->n++;
}

static void free_groups(struct groups *gs)
{
	for (size_t i = 0; i < gs->n; i++)
		free(gs->v[i].config);
	free(gs->v);
	*gs = (struct groups){0};
}

static bool was_made(const struct chooser *c, size_t arch, const char *config)
{
	for (size_t i = 0; i < c->made_count; i++)
		if (c->made[i].arch == arch &&
		    !strcmp(c->made[i].config, config))
			return true;
	return false;
}

static void group_arch(struct chooser *c, size_t arch, struct groups *gs)
{
	for (size_t i = 0; i < c->plan->object_count; i++) {
		const char *config;

		if (!is_open(c, i))
			continue;
		config = build_arch_config(&c->archs[arch], i);
		if (*config && !was_made(c, arch, config))
			add_to_group(gs, arch, config);
	}
}

/* Then configurations for what no plain one has. */
static int make_picked(struct chooser *c)
{
	int ret = 0;

	for (bool more = true; more && !ret;) {
		struct groups gs = {0};
		struct group *best = NULL;

		for (size_t i = 0; i < c->arch_count; i++)
			if (c->archs[i].dc)
				group_arch(c, i, &gs);
		for (size_t i = 0; i < gs.n; i++)
			if (!best || gs.v[i].n > best->n)
				best = &gs.v[i];
		more = best != NULL;
		if (best)
			ret = make(c, best->arch, best->config);
		free_groups(&gs);
	}
	return ret;
}

/* Another of the configurations that has the object, too. */
static size_t other_home(const struct chooser *c, size_t object, size_t not)
{
	for (size_t i = 0; i < c->made_count; i++)
		if (i != not && c->made[i].covers && c->made[i].on[object])
			return 1 + i;
	return 0;
}

/* What only has objects that others have as well is not worth its time. */
static void drop_needless(struct chooser *c)
{
	for (size_t m = c->made_count; m-- > 1;) {
		bool needless = c->made[m].covers > 0;

		for (size_t i = 0; i < c->plan->object_count && needless; i++)
			needless = c->covered[i] != m + 1 ||
				   other_home(c, i, m);
		for (size_t i = 0; i < c->plan->object_count && needless; i++) {
			if (c->covered[i] != m + 1)
				continue;
			c->covered[i] = other_home(c, i, m);
			c->made[c->covered[i] - 1].covers++;
		}
		if (needless)
			c->made[m].covers = 0;
	}
}

static void add_target(struct chooser *c, size_t made,
		       struct build_choice *choice)
{
	struct build_target *t;

	GROW(choice->targets, choice->count, choice->cap);
	t = &choice->targets[choice->count++];
	*t = (struct build_target){
		.arch = xstrdup(c->archs[c->made[made].arch].name),
		.config = xstrdup(c->made[made].config),
	};
	for (size_t i = 0; i < c->plan->unit_count; i++) {
		const struct build_unit *u = &c->plan->units[i];

		for (size_t k = 0; k < u->count; k++)
			if (c->covered[u->objects[k]] == made + 1 &&
			    counts(c, u, u->objects[k]))
				sv_add_once(&t->units, u->unit->name);
	}
}

static void add_gap(struct chooser *c, const struct build_unit *u,
		    struct build_choice *choice)
{
	struct build_gap gap = {.unit = u->unit, .whole = true};

	for (size_t k = 0; k < u->count; k++) {
		size_t object = u->objects[k];
		char *why;

		if (!counts(c, u, object))
			continue;
		gap.whole &= !c->covered[object];
		if (c->covered[object])
			continue;
		why = build_arch_why_not(c->archs, c->arch_count,
					 &c->plan->objects[object]);
		sv_add(&gap.objects, c->plan->objects[object].path);
		sv_add(&gap.why, why);
		free(why);
	}
	if (!gap.objects.n)
		return;
	GROW(choice->gaps, choice->gap_count, choice->gap_cap);
	choice->gaps[choice->gap_count++] = gap;
}

static void chooser_free(struct chooser *c)
{
	for (size_t i = 0; i < c->arch_count; i++)
		build_arch_free(&c->archs[i]);
	for (size_t i = 0; i < c->made_count; i++) {
		free(c->made[i].config);
		free(c->made[i].on);
	}
	free(c->archs);
	free(c->made);
	free(c->needed);
	free(c->covered);
}

int build_choose(struct build_tree *tree, struct build_choice *choice)
{
	struct chooser c = {.tree = tree, .plan = &tree->plan};
	size_t n = tree->plan.object_count;
	int ret;

	*choice = (struct build_choice){0};
	c.needed = xcalloc(n + 1, sizeof(*c.needed));
	c.covered = xcalloc(n + 1, sizeof(*c.covered));
	c.archs = build_arch_list(tree, &c.arch_count);
	find_needed(&c);
	ret = make_plain(&c);
	if (!ret)
		ret = make_picked(&c);
	if (!ret) {
		drop_needless(&c);
		for (size_t i = 0; i < c.made_count; i++)
			if (c.made[i].covers)
				add_target(&c, i, choice);
		for (size_t i = 0; i < c.plan->unit_count; i++)
			add_gap(&c, &c.plan->units[i], choice);
	}
	say_end();
	chooser_free(&c);
	return ret;
}

void build_choice_free(struct build_choice *choice)
{
	for (size_t i = 0; i < choice->count; i++) {
		free(choice->targets[i].arch);
		free(choice->targets[i].config);
		sv_free(&choice->targets[i].units);
	}
	for (size_t i = 0; i < choice->gap_count; i++) {
		sv_free(&choice->gaps[i].objects);
		sv_free(&choice->gaps[i].why);
	}
	free(choice->targets);
	free(choice->gaps);
	*choice = (struct build_choice){0};
}
