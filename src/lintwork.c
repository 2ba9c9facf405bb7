// SPDX-License-Identifier: GPL-2.0-only
/* lint_works(): H11 and H12. */
#include <stdlib.h>
#include <string.h>

#include "lint.h"
#include "structof.h"

/* Does the function, or what it calls, take rtnl? */
static bool reaches_rtnl(const struct cmodule *mod, const struct cfunc *f,
			 struct strvec *seen)
{
	const struct ctokens *ts = &f->src->toks;

	if (!sv_add_once(seen, f->name))
		return false;
	for (size_t i = f->body; i < f->end; i++) {
		struct cfunc *callee;
		char *name;

		if (!ctoken_is_word(ts, i) || !ctoken_is(ts, i + 1, "("))
			continue;
		if (ctoken_is(ts, i, "rtnl_lock"))
			return true;
		name = ctoken_dup(ts, i);
		callee = cmodule_func(mod, f->src, name);
		free(name);
		if (callee && reaches_rtnl(mod, callee, seen))
			return true;
	}
	return false;
}

static bool is_init_work(const struct ctokens *ts, size_t i)
{
	return ctoken_is(ts, i, "INIT_WORK") ||
	       ctoken_is(ts, i, "INIT_DELAYED_WORK") ||
	       ctoken_is(ts, i, "INIT_DEFERRABLE_WORK");
}

/* The last word of an argument: "&priv->rx_work" is rx_work. */
static char *last_word(const struct ctokens *ts, const struct carg *arg)
{
	return arg->to > arg->from && ctoken_is_word(ts, arg->to - 1) ?
		       ctoken_dup(ts, arg->to - 1) :
		       NULL;
}

/*
 * Does a work of that name and struct (any work, for NULL) take rtnl? `known`
 * says whether its function was found.
 */
static bool work_takes_rtnl(const struct cmodule *mod, const char *work,
			    const char *tag, bool *known)
{
	bool takes = false;

	*known = false;
	for (size_t s = 0; s < mod->count && !takes; s++) {
		const struct csource *src = mod->sources[s];
		const struct ctokens *ts = &src->toks;

		for (size_t i = 0; i < ts->n && !takes; i++) {
			struct strvec seen = {0};
			char *name, *fn, *its;
			struct cargs args;
			struct cfunc *f;

			if (!is_init_work(ts, i))
				continue;
			cargs_read(&args, ts, i + 1);
			name = args.n == 2 ? last_word(ts, &args.v[0]) : NULL;
			fn = args.n == 2 ? last_word(ts, &args.v[1]) : NULL;
			f = fn ? cmodule_func(mod, src, fn) : NULL;
			its = name ? struct_of_member(mod, src,
						      args.v[0].to - 1) :
				     NULL;
			if (f && (!work || (name && !strcmp(name, work) &&
					    struct_of_may_be(tag, its)))) {
				*known = true;
				takes = reaches_rtnl(mod, f, &seen);
			}
			sv_free(&seen);
			free(name);
			free(its);
			free(fn);
			cargs_free(&args);
		}
	}
	return takes;
}

/* Waiting for work that wants what the callback's caller holds. */
static void find_waits(struct lint *l, const struct unit *u,
		       const struct node *n)
{
	static const char *const waits[] = {
		"flush_work", "flush_delayed_work", "cancel_work_sync",
		"cancel_delayed_work_sync", "disable_work_sync",
		"flush_workqueue", "drain_workqueue",
	};
	const struct csource *src = n->f->src;
	const struct plan *p = u->plan;

	for (size_t i = n->f->body; i < n->f->end; i++)
		for (size_t k = 0; k < ARRAY_SIZE(waits); k++) {
			bool known, takes, one = !strstr(waits[k], "queue");
			struct cargs args;
			char *work, *tag;
			size_t word = 0;

			if (!ctoken_is(&src->toks, i, waits[k]) ||
			    !ctoken_is(&src->toks, i + 1, "("))
				continue;
			cargs_read(&args, &src->toks, i + 1);
			if (one && args.n &&
			    ctoken_is_word(&src->toks, args.v[0].to - 1))
				word = args.v[0].to - 1;
			cargs_free(&args);
			work = word ? ctoken_dup(&src->toks, word) : NULL;
			tag = word ? struct_of_member(p->mod, src, word) : NULL;
			takes = work_takes_rtnl(p->mod, work, tag, &known);
			if (takes || !known)
				lint_find(l, u, "H11", src, i, graph_chain(n),
					  "%s() waits for %s, which %s rtnl: "
					  "the callback's caller holds that",
					  waits[k], work ? work : "work",
					  known ? "takes" : "may take");
			free(work);
			free(tag);
		}
}

/* A work that is set up, but that nobody ever queues. */
static void find_left_work(struct lint *l, const struct unit *u,
			   const struct csource *src, size_t init)
{
	const struct plan *p = u->plan;
	struct cargs args;
	bool queued = false;
	char *work;

	cargs_read(&args, &src->toks, init + 1);
	work = args.n == 2 ? last_word(&src->toks, &args.v[0]) : NULL;
	cargs_free(&args);
	for (size_t s = 0; work && s < p->mod->count && !queued; s++) {
		const struct ctokens *ts = &p->mod->sources[s]->toks;

		for (size_t i = 1; i + 1 < ts->n && !queued; i++) {
			size_t open = i;

			if (!ctoken_is(ts, i, work))
				continue;
			while (open && !ctoken_is(ts, open, "(") &&
			       !ctoken_is_bound(ts, open))
				open--;
			/* Its declaration, its set-up and its end apart. */
			queued = ctoken_is(ts, open, "(") && open &&
				 !is_init_work(ts, open - 1) &&
				 !ctoken_begins(ts, open - 1, "cancel") &&
				 !ctoken_begins(ts, open - 1, "flush") &&
				 !ctoken_begins(ts, open - 1, "disable") &&
				 !ctoken_begins(ts, open - 1, "container_of");
			queued = queued || (ctoken_is(ts, i - 1, "->") &&
					    ctoken_is(ts, open, ";") &&
					    ctoken_is(ts, i + 1, ";"));
		}
	}
	if (work && !queued)
		lint_find(l, u, "H12", src, init, NULL,
			  "the work %s is set up, but nothing queues it", work);
	free(work);
}

void lint_works(struct lint *l, struct unit *u)
{
	const struct plan *p = u->plan;

	for (size_t i = 0; i < p->graph->count; i++)
		find_waits(l, u, p->graph->nodes[i]);
	for (size_t s = 0; s < p->mod->count; s++) {
		const struct csource *src = p->mod->sources[s];

		for (size_t i = 0; i < src->toks.n; i++)
			if (is_init_work(&src->toks, i) &&
			    ctoken_is(&src->toks, i + 1, "("))
				find_left_work(l, u, src, i);
	}
}
