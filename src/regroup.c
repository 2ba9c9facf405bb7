// SPDX-License-Identifier: GPL-2.0-only
#include "regroup.h"

#include <stdlib.h>
#include <string.h>

/* Helpers that lead to helpers of a third module: no driver goes deeper. */
#define ROUNDS 4

static void plan_again(struct session *s, struct scan *sc, struct unit *u,
		       const struct strvec *helpers)
{
	plan_free(u);
	unit_reset(u);
	plan_unit(s, sc->makefiles, &sc->named, helpers, u);
}

/* What the unit has of other modules, and what it wants of them. */
static void add_helpers(const struct unit *u, struct strvec *helpers)
{
	const struct plan *p = u->plan;

	for (size_t i = 0; i < p->family.n; i++)
		sv_add_once(helpers, p->family.v[i]);
	for (size_t i = 0; i < p->wanted.n; i++)
		sv_add_once(helpers, p->wanted.v[i]);
}

/* Units that give their device to other modules; true if one is planned anew. */
static bool fetch_helpers(struct session *s, struct scan *sc)
{
	struct strvec wanted = {0};
	bool news = false;

	for (size_t i = 0; i < sc->model.count; i++) {
		const struct plan *p = sc->model.units[i]->plan;

		for (size_t k = 0; k < p->wanted.n; k++)
			if (!word_index_find(&sc->named, p->wanted.v[k]))
				sv_add_once(&wanted, p->wanted.v[k]);
	}
	if (wanted.n)
		word_index_add(&sc->named, s->tree, &wanted);
	for (size_t i = 0; i < sc->model.count; i++) {
		struct unit *u = sc->model.units[i];
		const struct plan *p = u->plan;
		struct strvec helpers = {0};
		bool wants = false;

		for (size_t k = 0; k < p->wanted.n; k++)
			wants |= sv_has(&wanted, p->wanted.v[k]);
		add_helpers(u, &helpers);
		if (wants)
			plan_again(s, sc, u, &helpers);
		news |= wants;
		sv_free(&helpers);
	}
	sv_free(&wanted);
	return news;
}

/* A function that both plans change, or NULL. */
static const struct cfunc *shared_function(const struct plan *a,
					   const struct plan *b)
{
	for (size_t i = 0; i < a->func_count; i++)
		for (size_t k = 0; k < b->func_count; k++) {
			const struct cfunc *f = a->funcs[i].node->f;
			const struct cfunc *g = b->funcs[k].node->f;

			if (!strcmp(f->name, g->name) &&
			    !strcmp(f->src->path, g->src->path))
				return f;
		}
	return NULL;
}

/* The joined unit is called after the module that the function is in. */
static void rename_unit(struct scan *sc, struct unit *u, const char *path)
{
	const struct kobject *ko = kmakefile_lookup(sc->makefiles, path);
	const char *base = ko ? ko->module : base_name(path);
	size_t len = strlen(base);
	char *name = xstrndup(base, ends_with(base, ".c") ? len - 2 : len);

	if (model_find(&sc->model, name)) {
		free(name);
		return;
	}
	free(u->name);
	u->name = name;
}

static void join(struct session *s, struct scan *sc, struct unit *a,
		 struct unit *b, const char *path)
{
	struct strvec helpers = {0};
	char *home = xstrdup(path);

	add_helpers(a, &helpers);
	add_helpers(b, &helpers);
	plan_free(b);
	model_join(&sc->model, a, b);
	rename_unit(sc, a, home);
	plan_again(s, sc, a, &helpers);
	sv_free(&helpers);
	free(home);
}

static bool join_one(struct session *s, struct scan *sc)
{
	for (size_t i = 0; i < sc->model.count; i++)
		for (size_t k = i + 1; k < sc->model.count; k++) {
			struct unit *a = sc->model.units[i];
			struct unit *b = sc->model.units[k];
			const struct cfunc *f =
				shared_function(a->plan, b->plan);

			if (!f)
				continue;
			join(s, sc, a, b, f->src->path);
			return true;
		}
	return false;
}

void regroup(struct session *s, struct scan *sc)
{
	bool joined = false;

	for (int i = 0; i < ROUNDS && fetch_helpers(s, sc); i++)
		;
	while (join_one(s, sc))
		joined = true;
	if (joined)
		model_sort(&sc->model);
}
