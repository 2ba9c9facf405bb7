// SPDX-License-Identifier: GPL-2.0-only
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "buildauto.h"
#include "ksolve.h"

#define BASE "allmodconfig"

struct arch {
	char *name;
	struct archfile *af;
	struct kconfig kc;
	struct dotconfig *dc;	/* its allmodconfig; NULL: not made */
	char *lacks;		/* the compiler's package, where it is not here */
	bool read;
	/* By object, each asked for once: may it be on; what it takes. */
	enum { UNASKED, NO, MAYBE } *may;
	char **config;		/* "" for no way */
};

/* An architecture with a configuration that was made. */
struct made {
	size_t arch;
	char *config;
	bool *on;		/* by object */
	size_t covers;
};

struct chooser {
	struct session *s;
	struct model *m;
	const char *root;
	struct build_plan plan;
	struct arch *archs;
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
				      c->plan.objects[u->objects[k]].path);
	return !any || build_unit_owns(u, c->plan.objects[object].path);
}

static void find_needed(struct chooser *c)
{
	for (size_t i = 0; i < c->plan.unit_count; i++) {
		const struct build_unit *u = &c->plan.units[i];

		for (size_t k = 0; k < u->count; k++)
			if (counts(c, u, u->objects[k]))
				c->needed[u->objects[k]] = true;
	}
}

static bool is_open(const struct chooser *c, size_t object)
{
	return c->needed[object] && !c->covered[object];
}

/* The compiler of an architecture, if it is here. */
static void probe_compiler(struct chooser *c, struct arch *a)
{
	struct kbuild kb;
	struct strvec words = {0};
	char *path;

	kbuild_init(&kb, c->s, c->root, a->name, BASE);
	sv_split(&words, kb.compiler, " ");
	path = words.n ? find_program(words.v[0]) : NULL;
	if (!path)
		a->lacks = xstrdup(a->af->package ? a->af->package
						  : kb.compiler);
	else if (starts_with(base_name(words.v[0]), "clang") && !a->af->clang)
		a->lacks = xstrdup("an LLVM for it");
	free(path);
	sv_free(&words);
	kbuild_free(&kb);
}

static void open_archs(struct chooser *c)
{
	struct strvec names = {0};

	archfile_names(&names);
	c->archs = xcalloc(names.n, sizeof(*c->archs));
	for (size_t i = 0; i < names.n; i++) {
		struct arch *a = &c->archs[c->arch_count];
		char *path = xasprintf("%s/arch/%s/Kconfig", c->s->tree,
				       kconfig_srcarch(names.v[i]));

		/* Not every tree has every architecture. */
		if (file_exists(path)) {
			a->name = xstrdup(names.v[i]);
			a->af = archfile_read(a->name);
			a->may = xcalloc(c->plan.object_count + 1,
					 sizeof(*a->may));
			a->config = xcalloc(c->plan.object_count + 1,
					    sizeof(*a->config));
			probe_compiler(c, a);
			c->arch_count++;
		}
		free(path);
	}
	sv_free(&names);
}

static const struct kconfig *kconfig_of(struct chooser *c, struct arch *a)
{
	if (!a->read)
		kconfig_read(&a->kc, c->s->tree, a->name);
	a->read = true;
	return &a->kc;
}

/* Can one of the object's ways be on? `picks` as in ksolver_solve(). */
static bool can_be(struct ksolver *s, const struct build_object *o,
		   struct strvec *picks)
{
	for (const struct kobject *k = o->ways; k; k = k->next)
		if (ksolver_solve(s, &k->configs, picks))
			return true;
	return false;
}

/* arch/X/ is for X alone, whatever the symbols are called. */
static bool is_foreign(const struct arch *a, const char *object)
{
	const char *own = kconfig_srcarch(a->name);
	size_t n = strlen(own);

	return starts_with(object, "arch/") &&
	       (strncmp(object + 5, own, n) || object[5 + n] != '/');
}

/* May the object be on in any configuration? */
static bool may_be(struct chooser *c, struct arch *a, struct ksolver **s,
		   size_t object)
{
	const struct build_object *o = &c->plan.objects[object];
	struct strvec picks = {0};

	if (!a->may[object] && !is_foreign(a, o->path)) {
		if (!*s)
			*s = ksolver_new(kconfig_of(c, a), a->dc);
		a->may[object] = can_be(*s, o, &picks) ? MAYBE : NO;
		sv_free(&picks);
	}
	return a->may[object] == MAYBE;
}

static size_t count_feasible(struct chooser *c, struct arch *a)
{
	struct ksolver *s = NULL;
	size_t n = 0;

	for (size_t i = 0; i < c->plan.object_count; i++)
		if (is_open(c, i))
			n += may_be(c, a, &s, i);
	ksolver_free(s);
	return n;
}

/* Makes the .config, sees what is on. */
static int make(struct chooser *c, size_t arch, const char *config)
{
	struct arch *a = &c->archs[arch];
	struct build b = {.s = c->s, .m = c->m, .root = (char *)c->root};
	struct made *made;
	int ret = build_begin(&b, a->name, config);

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
		ret = make(c, best, BASE);
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

/* The configuration that the object takes, "" for none. */
static const char *config_for(struct chooser *c, struct arch *a,
			      struct ksolver **s, size_t object)
{
	struct strvec picks = {0};

	if (a->config[object])
		return a->config[object];
	if (is_foreign(a, c->plan.objects[object].path))
		return "";
	if (!*s)
		*s = ksolver_new(kconfig_of(c, a), a->dc);
	a->config[object] = can_be(*s, &c->plan.objects[object], &picks)
				    ? configspec_join(BASE, &picks)
				    : xstrdup("");
	sv_free(&picks);
	return a->config[object];
}

static void group_arch(struct chooser *c, size_t arch, struct groups *gs)
{
	struct ksolver *s = NULL;

	for (size_t i = 0; i < c->plan.object_count; i++) {
		const char *config;

		if (!is_open(c, i))
			continue;
		config = config_for(c, &c->archs[arch], &s, i);
		if (*config && !was_made(c, arch, config))
			add_to_group(gs, arch, config);
	}
	ksolver_free(s);
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

		for (size_t i = 0; i < c->plan.object_count && needless; i++)
			needless = c->covered[i] != m + 1 ||
				   other_home(c, i, m);
		for (size_t i = 0; i < c->plan.object_count && needless; i++) {
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
	for (size_t i = 0; i < c->plan.unit_count; i++) {
		const struct build_unit *u = &c->plan.units[i];

		for (size_t k = 0; k < u->count; k++)
			if (c->covered[u->objects[k]] == made + 1 &&
			    counts(c, u, u->objects[k]))
				sv_add_once(&t->units, u->unit->name);
	}
}

/* How near an architecture comes to an object: the less, the nearer. */
static int distance(const char *why)
{
	return strstr(why, "is in no Kconfig file that") ? 3
	       : strstr(why, "does not define") || strstr(why, "of which")
		       ? 2
		       : 1;
}

static char *why_not(struct chooser *c, size_t object)
{
	const struct build_object *o = &c->plan.objects[object];
	const char *symbol = o->ways->config ? o->ways->config
			     : o->ways->configs.n ? o->ways->configs.v[0]
						  : "";
	char *why = NULL, *full;
	int least = 9;

	for (size_t i = 0; i < c->arch_count; i++) {
		struct arch *a = &c->archs[i];
		struct strvec picks = {0};
		struct ksolver *s;
		char *text;

		if (is_foreign(a, o->path) || (!a->lacks && !a->dc))
			continue;
		if (a->lacks) {
			s = ksolver_new(kconfig_of(c, a), NULL);
			text = can_be(s, o, &picks)
				       ? xasprintf("lacks %s", a->lacks)
				       : NULL;
			ksolver_free(s);
			sv_free(&picks);
		} else {
			text = kconfig_why_off(kconfig_of(c, a), a->dc,
					       a->name, symbol);
		}
		if (text && (a->lacks ? 0 : distance(text)) < least) {
			least = a->lacks ? 0 : distance(text);
			free(why);
			why = xasprintf("%s: %s", a->name, text);
		}
		free(text);
	}
	if (why)
		return why;
	full = starts_with(o->path, "arch/")
		       ? xasprintf("%.*s is no architecture that there is a compiler for",
				   (int)strcspn(o->path + 5, "/"), o->path + 5)
		       : xstrdup("no architecture at hand can have it on");
	return full;
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
		why = why_not(c, object);
		sv_add(&gap.objects, c->plan.objects[object].path);
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
	for (size_t i = 0; i < c->arch_count; i++) {
		struct arch *a = &c->archs[i];

		for (size_t k = 0; k < c->plan.object_count; k++)
			free(a->config[k]);
		free(a->config);
		free(a->may);
		free(a->name);
		free(a->lacks);
		archfile_free(a->af);
		kconfig_free(&a->kc);
		dotconfig_free(a->dc);
	}
	for (size_t i = 0; i < c->made_count; i++) {
		free(c->made[i].config);
		free(c->made[i].on);
	}
	free(c->archs);
	free(c->made);
	free(c->needed);
	free(c->covered);
	build_plan_free(&c->plan);
}

int build_choose(struct session *s, struct model *m, const char *root,
		 struct build_choice *choice)
{
	struct chooser c = {.s = s, .m = m, .root = root};
	size_t n;
	int ret;

	*choice = (struct build_choice){0};
	build_plan_make(&c.plan, s, m);
	n = c.plan.object_count;
	c.needed = xcalloc(n + 1, sizeof(*c.needed));
	c.covered = xcalloc(n + 1, sizeof(*c.covered));
	open_archs(&c);
	find_needed(&c);
	ret = make_plain(&c);
	if (!ret)
		ret = make_picked(&c);
	if (!ret) {
		drop_needless(&c);
		for (size_t i = 0; i < c.made_count; i++)
			if (c.made[i].covers)
				add_target(&c, i, choice);
		for (size_t i = 0; i < c.plan.unit_count; i++)
			add_gap(&c, &c.plan.units[i], choice);
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
