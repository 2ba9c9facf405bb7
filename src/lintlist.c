// SPDX-License-Identifier: GPL-2.0-only
/* lint_lists(): H1, H2, H3, H19 to H22. */
#include <stdlib.h>
#include <string.h>

#include "addrheld.h"
#include "lint.h"

/* Does the function have that list as a parameter, or use one as such? */
static bool has_snapshot(const struct cfunc *f, unsigned list)
{
	const struct ctokens *ts = &f->src->toks;

	for (size_t i = f->open; i < f->close; i++)
		if (ctoken_is(ts, i, "netdev_hw_addr_list"))
			for (size_t k = 0; k < f->param_count; k++)
				if (f->params[k].name &&
				    f->params[k].from <= i &&
				    i < f->params[k].to &&
				    strstr(f->params[k].name,
					   list_name(list)))
					return true;
	return false;
}

static char *use_text(const struct csource *src, const struct list_use *use)
{
	const struct ctokens *ts = &src->toks;
	size_t end = use->tok + 1;

	if (ctoken_is(ts, end, "("))
		end = ctokens_match(ts, end, ts->n) + 1;
	return ctokens_text(ts, use->from && use->from < use->tok ? use->from :
								   use->tok,
			    end);
}

/* On the path of an async callback. */
static void look_at_path_use(struct lint *l, const struct unit *u,
			     const struct node *n, const struct list_use *use)
{
	const struct plan *p = u->plan;
	const struct csource *src = n->f->src;
	char *text = use_text(src, use), *chain = graph_chain(n);
	const char *list = list_name(use->list);

	switch (use->kind) {
	case USE_STACKED:
		lint_find(l, u, "H19", src, use->tok, chain,
			  "%s syncs the live list to another device: the "
			  "address lock is not held here", text);
		break;
	case USE_CHANGE:
		lint_find(l, u, "H22", src, use->tok, chain,
			  "%s changes a list, for which the callback is run "
			  "again", text);
		break;
	case USE_REF:
	case USE_ENTRY:
		lint_find(l, u, "H20", src, use->tok, chain,
			  "%s: reference counts of the snapshot's entries are "
			  "not those of the list", text);
		break;
	default:
		if (addr_lock_held(p->mod, n->f, use->tok)) {
			free(chain);
			break;
		}
		if (has_snapshot(n->f, use->list))
			lint_find(l, u, "H2", src, use->tok, chain,
				  "%s is the live list, beside the snapshot "
				  "that the function gets: the two may differ",
				  text);
		else
			lint_find(l, u, "H1", src, use->tok, chain,
				  "%s is the live %s list: the address lock is "
				  "not held here, the callback has a snapshot",
				  text, list);
	}
	free(text);
}

/* The call around the token: its name's token, and which argument it is. */
static size_t call_around(const struct cfunc *f, size_t tok, size_t *arg)
{
	const struct ctokens *ts = &f->src->toks;

	for (size_t i = tok; i > f->body + 1; i--) {
		struct cargs args;
		size_t k = 0;
		bool in;

		if (ctoken_is(ts, i, ";") || ctoken_is(ts, i, "{"))
			return 0;
		if (!ctoken_is(ts, i, "(") || !ctoken_is_word(ts, i - 1))
			continue;
		cargs_read(&args, ts, i);
		while (k < args.n && args.v[k].to <= tok)
			k++;
		in = k < args.n && args.v[k].from <= tok;
		cargs_free(&args);
		if (in) {
			*arg = k;
			return i - 1;
		}
	}
	return 0;
}

/* Given to a function of the module that takes the lock itself? */
static bool is_guarded(const struct plan *p, const struct cfunc *f, size_t tok,
		       char **callee)
{
	size_t arg, call = call_around(f, tok, &arg);
	const struct cfunc *to;

	if (!call)
		return false;
	*callee = ctoken_dup(&f->src->toks, call);
	to = cmodule_func(p->mod, f->src, *callee);
	return to && addr_lock_guards(p->mod, to, arg);
}

/* Outside of the callbacks' paths: the real list, which others change. */
static void look_at_other_use(struct lint *l, const struct unit *u,
			      const struct cfunc *f, const struct list_use *use)
{
	const struct plan *p = u->plan;
	char *callee = NULL, *text;

	if ((use->kind != USE_WALK && use->kind != USE_SYNC &&
	     use->kind != USE_UNSYNC && use->kind != USE_ADDRESS) ||
	    addr_lock_held(p->mod, f, use->tok))
		return;
	if (use->kind == USE_ADDRESS && is_guarded(p, f, use->tok, &callee)) {
		free(callee);
		return;
	}
	text = use_text(f->src, use);
	if (callee)
		lint_find(l, u, "H3", f->src, use->tok, NULL,
			  "%s() gives %s() the real list %s without the "
			  "address lock", f->name, callee, text);
	else
		lint_find(l, u, "H3", f->src, use->tok, NULL,
			  "%s() works on the real list without the address "
			  "lock: %s", f->name, text);
	free(callee);
	free(text);
}

/* "netdev_hw_addr_list_for_each(ha, mc)": is ha kept? */
static void find_kept_entries(struct unit *u, const struct node *n)
{
	const struct ctokens *ts = &n->f->src->toks;

	for (size_t i = n->f->body; i < n->f->end; i++) {
		struct list_use walk = {.kind = USE_WALK, .tok = i};

		if (!ctoken_is(ts, i, "netdev_hw_addr_list_for_each") ||
		    !ctoken_is_word(ts, i + 2))
			continue;
		walk.to = ctokens_match(ts, i + 1, n->f->end);
		find_escapes(u, n, &walk);
	}
}

void lint_lists(struct lint *l, struct unit *u)
{
	const struct plan *p = u->plan;

	for (size_t i = 0; i < p->graph->count; i++) {
		const struct node *n = p->graph->nodes[i];

		for (size_t k = 0; k < n->uses.n; k++)
			look_at_path_use(l, u, n, &n->uses.v[k]);
		find_kept_entries(u, n);
	}
	for (size_t s = 0; s < p->mod->count; s++) {
		const struct csource *src = p->mod->sources[s];

		for (size_t i = 0; i < src->func_count; i++) {
			const struct cfunc *f = &src->funcs[i];
			struct list_uses uses = {0};

			if (graph_node(p->graph, f))
				continue;
			list_uses_read(&uses, p->mod, src, f->body, f->end);
			for (size_t k = 0; k < uses.n; k++)
				look_at_other_use(l, u, f, &uses.v[k]);
			list_uses_free(&uses);
		}
	}
	for (size_t i = 0; i < p->graph->indirect.n; i++) {
		const struct remark *r = &p->graph->indirect.v[i];

		lint_find(l, u, "H1", r->node->f->src, r->tok,
			  graph_chain(r->node),
			  "the live lists are used in %s(), which is called "
			  "through a pointer", r->what);
	}
	for (size_t i = 0; i < p->graph->macros.n; i++) {
		const struct remark *r = &p->graph->macros.v[i];

		if (!cmodule_macro(p->mod, r->what) ||
		    !list_use_in_text(cmodule_macro(p->mod, r->what)->body))
			continue;
		lint_find(l, u, "H1", r->node->f->src, r->tok,
			  graph_chain(r->node), "%s hides a live list",
			  r->what);
	}
}
