// SPDX-License-Identifier: GPL-2.0-only
/* What the text of a function leads to: calls, members, macros. */
#include "graphread.h"

#include <stdlib.h>
#include <string.h>

#include "later.h"
#include "told.h"

/* Adds the functions called between two tokens to those seen. */
static void add_callees(const struct graph *g, const struct csource *src,
			size_t from, size_t to, struct cfuncs *seen)
{
	const struct ctokens *ts = &src->toks;

	for (size_t i = from; i < to; i++) {
		struct cfunc *callee;
		bool known = false;
		char *name;

		if (!ctoken_is_word(ts, i) || !ctoken_is(ts, i + 1, "("))
			continue;
		name = ctoken_dup(ts, i);
		callee = cmodule_func(g->mod, src, name);
		free(name);
		for (size_t k = 0; k < seen->n && !known; k++)
			known = seen->v[k] == callee;
		if (!callee || known)
			continue;
		GROW(seen->v, seen->n, seen->cap);
		seen->v[seen->n++] = callee;
	}
}

static bool has_list_use(const struct graph *g, const struct csource *src,
			 size_t from, size_t to)
{
	struct list_uses uses = {0};
	bool found;

	list_uses_read(&uses, g->mod, src, from, to);
	found = uses.n > 0;
	list_uses_free(&uses);
	return found;
}

bool graph_range_uses_lists(const struct graph *g, const struct csource *src,
			    size_t from, size_t to)
{
	struct cfuncs seen = {0};
	bool found = has_list_use(g, src, from, to);

	if (!found)
		add_callees(g, src, from, to, &seen);
	for (size_t i = 0; i < seen.n && !found; i++) {
		const struct cfunc *f = seen.v[i];

		found = has_list_use(g, f->src, f->body, f->end);
		if (!found)
			add_callees(g, f->src, f->body, f->end, &seen);
	}
	free(seen.v);
	return found;
}

/* Does anything under this function use a list? */
static bool reaches_lists(const struct graph *g, const struct cfunc *f)
{
	return graph_range_uses_lists(g, f->src, f->body, f->end);
}

/*
 * A function that counts lists for its messages alone: it needs none. False
 * where it does more with them.
 */
static bool add_teller(struct graph *g, struct cfunc *f, struct node *from)
{
	struct node *n = graph_node(g, f);
	struct cfuncs callees = {0};
	struct list_uses uses = {0};
	bool tells = true;

	list_uses_read(&uses, g->mod, f->src, f->body, f->end);
	for (size_t i = 0; i < uses.n && tells; i++)
		tells = use_is_told(f, &uses.v[i]);
	list_uses_free(&uses);
	add_callees(g, f->src, f->body, f->end, &callees);
	for (size_t i = 0; i < callees.n && tells; i++)
		tells = !reaches_lists(g, callees.v[i]);
	free(callees.v);
	/* One that is called by name, too, gets its lists. */
	if (!tells || (n && n->uses.n && n->uses.v[0].kind != USE_TOLD))
		return false;
	n = graph_add_node(g, f, from);
	for (size_t i = 0; i < n->uses.n; i++)
		n->uses.v[i].kind = USE_TOLD;
	return true;
}

static void add_remark(struct remarks *rs, struct node *n, size_t tok,
		       const char *what)
{
	GROW(rs->v, rs->n, rs->cap);
	rs->v[rs->n++] = (struct remark){n, tok, xstrdup(what)};
}

/* A function that is not called by name here, but may be called. */
static void add_target(struct graph *g, struct node *n, size_t tok,
		       struct cfunc *target)
{
	/* What it does beside lists counts for the hazards. */
	if (!reaches_lists(g, target)) {
		graph_add_node(g, target, n);
		return;
	}
	if (add_teller(g, target, n))
		return;
	add_remark(&g->indirect, n, tok, target->name);
}

static struct member *graph_member(struct graph *g, const char *name)
{
	for (size_t i = 0; i < g->member_count; i++)
		if (!strcmp(g->members[i]->name, name))
			return g->members[i];
	GROW(g->members, g->member_count, g->member_cap);
	g->members[g->member_count] = member_read(g->mod, name);
	return g->members[g->member_count++];
}

/* A call through a member whose functions are all known. */
static bool follow_member(struct graph *g, struct node *n, size_t tok,
			  const char *name)
{
	const struct member *m = graph_member(g, name);
	const struct member_call *call = NULL;

	for (size_t i = 0; i < m->call_count && !m->why; i++)
		if (m->calls[i].in == n->f && m->calls[i].tok == tok)
			call = &m->calls[i];
	for (size_t i = 0; i < m->targets.n && call; i++) {
		const struct node *to = graph_node(g, m->targets.v[i]);

		/* It can't be a callback, or be behind two of them. */
		if (to && (to->is_callback || (to->member && to->member != m)))
			call = NULL;
	}
	for (size_t i = 0; i < m->targets.n && call; i++) {
		struct node *to = graph_add_node(g, m->targets.v[i], n);

		to->member = m;
		graph_add_edge(n, to, tok, m);
		member_call_args(call, &n->edges[n->edge_count - 1].args);
	}
	return call;
}

static void look_at_indirect(struct graph *g, struct node *n, size_t tok)
{
	char *member = ctoken_dup(&n->f->src->toks, tok);
	struct cfuncs targets = {0};
	bool followed = false;

	cmodule_targets(g->mod, member, &targets);
	for (size_t i = 0; i < targets.n && !followed; i++)
		if (reaches_lists(g, targets.v[i]))
			followed = follow_member(g, n, tok, member);
	for (size_t i = 0; i < targets.n && !followed; i++)
		add_target(g, n, tok, targets.v[i]);
	/* Nothing here sets it: another module does. */
	if (!targets.n)
		add_remark(&g->foreign, n, tok, member);
	free(member);
	free(targets.v);
}

static bool text_has_word(const char *text, const char *word)
{
	struct ctokens ts;
	bool found = false;

	ctokens_read_body(&ts, text, strlen(text));
	for (size_t i = 0; i < ts.n && !found; i++)
		found = ctoken_is(&ts, i, word);
	ctokens_free(&ts);
	return found;
}

/* Is there a function behind the member that uses a list? */
static bool member_reaches_lists(const struct graph *g, const char *member)
{
	struct cfuncs targets = {0};
	bool found = false;

	cmodule_targets(g->mod, member, &targets);
	for (size_t i = 0; i < targets.n && !found; i++)
		found = reaches_lists(g, targets.v[i]);
	free(targets.v);
	return found;
}

/*
 * Does a macro hide a list: name one, or a function or a member behind which
 * one is used, itself or through other macros? Functions that do not are added
 * to the graph.
 */
static bool macro_hides_list(struct graph *g, struct node *n,
			     const struct cmacro *m, const char *followed,
			     int depth)
{
	bool hides = list_use_in_text(m->body);
	struct ctokens ts;

	ctokens_read_body(&ts, m->body, strlen(m->body));
	for (size_t i = 0; i < ts.n && !hides; i++) {
		const struct cmacro *inner;
		struct cfunc *f;
		char *name;

		if (!ctoken_is_word(&ts, i))
			continue;
		name = ctoken_dup(&ts, i);
		f = cmodule_func(g->mod, n->f->src, name);
		inner = f ? NULL : cmodule_macro(g->mod, name);
		if (f)
			hides = reaches_lists(g, f);
		else if (inner && inner != m && depth)
			hides = macro_hides_list(g, n, inner, followed,
						 depth - 1);
		else if (strcmp(name, followed) != 0)
			hides = member_reaches_lists(g, name);
		if (f && !hides && f != n->f)
			graph_add_node(g, f, n);
		free(name);
	}
	ctokens_free(&ts);
	return hides;
}

/* The member that the macro calls and that is followed; "" where none. */
static char *follow_macro(struct graph *g, struct node *n, size_t tok,
			  const struct cmacro *m)
{
	char *followed = xstrdup("");
	struct ctokens ts;

	ctokens_read_body(&ts, m->body, strlen(m->body));
	for (size_t i = 0; i < ts.n && !*followed; i++) {
		char *name;

		if (!ctoken_is_word(&ts, i))
			continue;
		name = ctoken_dup(&ts, i);
		if (!cmodule_func(g->mod, n->f->src, name) &&
		    !cmodule_macro(g->mod, name) &&
		    member_reaches_lists(g, name) &&
		    follow_member(g, n, tok, name)) {
			free(followed);
			followed = name;
		} else {
			free(name);
		}
	}
	ctokens_free(&ts);
	return followed;
}

/* A macro of the module that is used on the path. */
static void look_at_macro(struct graph *g, struct node *n, size_t tok,
			  const struct cmacro *m)
{
	char *followed = follow_macro(g, n, tok, m);
	bool hides = macro_hides_list(g, n, m, followed, 4);

	free(followed);
	if (hides) {
		add_remark(&g->macros, n, tok, m->name);
	} else if (n->is_callback && text_has_word(m->body, "return")) {
		add_remark(&g->returns, n, tok, m->name);
	}
}

/*
 * A source that others include may call static functions of theirs: is it one
 * of these?
 */
static bool look_at_includers(struct graph *g, struct node *n, size_t tok,
			      const char *name)
{
	const struct csource *own = n->f->src;
	bool found = false;

	if (!ends_with(own->path, ".c"))
		return false;
	for (size_t s = 0; s < g->mod->count; s++) {
		const struct csource *src = g->mod->sources[s];
		struct cfunc *f = csource_func(src, name);

		if (!f || !sv_has(&src->includes, base_name(own->path)))
			continue;
		found = true;
		if (reaches_lists(g, f))
			add_remark(&g->macros, n, tok, name);
		else
			graph_add_node(g, f, n);
	}
	return found;
}

void graph_read_node(struct graph *g, struct node *n)
{
	const struct csource *src = n->f->src;
	const struct ctokens *ts = &src->toks;

	for (size_t i = n->f->body; i < n->f->end; i++) {
		struct cmacro *m;
		struct cfunc *f;
		bool member, call;
		char *name;

		if (!ctoken_is_word(ts, i))
			continue;
		member = ctoken_is_member(ts, i);
		call = ctoken_is(ts, i + 1, "(");
		if (member) {
			/* "x->op(...)" and "(*x->op)(...)". */
			if (call || (ctoken_is(ts, i + 1, ")") &&
				     ctoken_is(ts, i + 2, "(")))
				look_at_indirect(g, n, i);
			continue;
		}
		name = ctoken_dup(ts, i);
		f = cmodule_func(g->mod, src, name);
		m = f ? NULL : cmodule_macro(g->mod, name);
		if (!f && call && !look_at_includers(g, n, i, name) && !m &&
		    cmodule_is_local(g->mod, name))
			add_remark(&g->foreign, n, i, name);
		if (f && call)
			graph_add_edge(n, graph_add_node(g, f, n), i, NULL);
		else if (f && !later_named(g->mod, n->f, i))
			add_target(g, n, i, f);
		for (size_t k = 1; m; m = cmodule_macro_at(g->mod, name, k++))
			look_at_macro(g, n, i, m);
		free(name);
	}
}
