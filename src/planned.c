// SPDX-License-Identifier: GPL-2.0-only
#include "planned.h"

#include "collapse.h"

static void add(struct strvec *names, const struct cfunc *f)
{
	if (f)
		sv_add_once(names, f->name);
}

static void add_collapse(struct strvec *names, const struct collapse *c)
{
	add(names, c->defer.in);
	add(names, c->defer.body);
	for (size_t i = 0; i < c->defer.count; i++)
		add(names, c->defer.changes[i].in);
}

void planned_functions(const struct unit *u, struct strvec *names)
{
	const struct plan *p = u->plan;

	for (size_t i = 0; i < p->func_count; i++) {
		add(names, p->funcs[i].node->f);
		sv_add_once(names, plan_name(p, &p->funcs[i]));
	}
	for (size_t i = 0; i < p->call_count; i++)
		add(names, p->calls[i].in);
	for (size_t i = 0; i < p->ndo_call_count; i++)
		add(names, p->ndo_calls[i].in);
	for (size_t i = 0; i < p->return_count; i++)
		add(names, p->returns[i].in);
	for (size_t i = 0; i < p->bh_locks.n; i++)
		add(names, p->bh_locks.v[i]);
	/* Set at run time: where that is done. */
	for (size_t i = 0; i < u->assignment_count; i++) {
		const struct assignment *a = &u->assignments[i];
		const struct csource *src = cmodule_source(p->mod, a->file);

		for (size_t k = 0; src && k < src->func_count; k++) {
			const struct cfunc *f = &src->funcs[k];

			if (csource_line(src, f->body) <= a->line &&
			    csource_line(src, f->end) >= a->line)
				add(names, f);
		}
	}
	if (p->collapse)
		add_collapse(names, p->collapse);
	sv_sort(names);
}

char *planned_struct(const struct unit *u)
{
	const struct plan *p = u->plan;

	for (size_t i = 0; p->collapse && i < p->collapse->defer.count; i++)
		if (p->collapse->defer.changes[i].kind == CHANGE_FIELD)
			return xasprintf("struct %s", p->collapse->defer.tag);
	return NULL;
}
