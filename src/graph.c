// SPDX-License-Identifier: GPL-2.0-only
#include "graphread.h"

#include <stdlib.h>
#include <string.h>

struct graph *graph_new(const struct cmodule *mod)
{
	struct graph *g = xcalloc(1, sizeof(*g));

	g->mod = mod;
	return g;
}

static void free_remarks(struct remarks *rs)
{
	for (size_t i = 0; i < rs->n; i++)
		free(rs->v[i].what);
	free(rs->v);
}

void graph_free(struct graph *g)
{
	if (!g)
		return;
	for (size_t i = 0; i < g->count; i++) {
		struct node *n = g->nodes[i];

		for (size_t k = 0; k < n->edge_count; k++)
			cargs_free(&n->edges[k].args);
		free(n->edges);
		free(n->params);
		free(n->tags);
		list_uses_free(&n->uses);
		free(n);
	}
	free(g->nodes);
	for (size_t i = 0; i < g->member_count; i++)
		member_free(g->members[i]);
	free(g->members);
	free_remarks(&g->indirect);
	free_remarks(&g->macros);
	free_remarks(&g->returns);
	free_remarks(&g->foreign);
	free(g);
}

struct node *graph_node(const struct graph *g, const struct cfunc *f)
{
	for (size_t i = 0; i < g->count; i++)
		if (g->nodes[i]->f == f)
			return g->nodes[i];
	return NULL;
}

struct node *graph_add_node(struct graph *g, struct cfunc *f,
			    struct node *from)
{
	struct node *n = graph_node(g, f);

	if (n)
		return n;
	n = xcalloc(1, sizeof(*n));
	n->f = f;
	n->from = from;
	n->params = xcalloc(f->param_count, sizeof(*n->params));
	n->tags = xcalloc(f->param_count, sizeof(*n->tags));
	list_uses_read(&n->uses, g->mod, f->src, f->body, f->end);
	GROW(g->nodes, g->count, g->cap);
	g->nodes[g->count++] = n;
	return n;
}

void graph_add_edge(struct node *n, struct node *to, size_t tok,
		    const struct member *via)
{
	struct edge e = {.to = to, .tok = tok, .via = via};

	if (!via)
		cargs_read(&e.args, &n->f->src->toks, tok + 1);
	GROW(n->edges, n->edge_count, n->edge_cap);
	n->edges[n->edge_count++] = e;
}

static void add_callback(struct graph *g, struct cfunc *callback)
{
	size_t first = g->count;
	struct node *n = graph_add_node(g, callback, NULL);

	n->is_callback = true;
	if (callback->param_count)
		n->params[0] = VALUE_DEV;
	for (size_t i = first; i < g->count; i++)
		graph_read_node(g, g->nodes[i]);
}

void graph_add_callback(struct graph *g, struct cfunc *callback)
{
	struct csource *src = callback->src;

	add_callback(g, callback);
	/* Of several definitions one is compiled: it may be any of them. */
	for (size_t i = 0; i < src->func_count; i++)
		if (&src->funcs[i] != callback &&
		    !strcmp(src->funcs[i].name, callback->name))
			add_callback(g, &src->funcs[i]);
}

/* The new value of a parameter after one more call. */
static enum value_kind merge(enum value_kind old, enum value_kind new)
{
	if (old == VALUE_UNSET || old == new)
		return new;
	return new == VALUE_UNSET ? old : VALUE_OTHER;
}

/* Gives each callee what the caller's arguments stand for; true on news. */
static bool follow(struct graph *g, struct node *n)
{
	bool news = false;

	for (size_t i = 0; i < n->edge_count; i++) {
		struct edge *e = &n->edges[i];

		for (size_t k = 0; k < e->to->f->param_count; k++) {
			struct value v = {.kind = VALUE_OTHER};
			enum value_kind merged;

			if (k < e->args.n)
				v = graph_value(g, n, e->args.v[k].from,
						e->args.v[k].to);
			merged = merge(e->to->params[k], v.kind);
			if (merged == e->to->params[k])
				continue;
			e->to->params[k] = merged;
			memcpy(e->to->tags[k], v.tag, sizeof(v.tag));
			news = true;
		}
	}
	return news;
}

/* What the other functions behind its member need. */
static unsigned needs_beside(const struct graph *g, const struct node *n)
{
	unsigned needs = 0;

	for (size_t i = 0; i < g->count && n->member; i++)
		if (g->nodes[i]->member == n->member)
			needs |= g->nodes[i]->needs;
	return needs;
}

void graph_close(struct graph *g)
{
	bool news;

	do {
		news = false;
		for (size_t i = 0; i < g->count; i++)
			news = follow(g, g->nodes[i]) || news;
	} while (news);

	for (size_t i = 0; i < g->count; i++)
		for (size_t k = 0; k < g->nodes[i]->uses.n; k++)
			if (g->nodes[i]->uses.v[k].kind <= USE_ADDRESS) {
				g->nodes[i]->reads = true;
				g->nodes[i]->needs |=
					g->nodes[i]->uses.v[k].list;
			}
	do {
		news = false;
		for (size_t i = 0; i < g->count; i++) {
			struct node *n = g->nodes[i];
			unsigned old = n->needs;

			for (size_t k = 0; k < n->edge_count; k++) {
				if (n->edges[k].to->reads && !n->reads)
					n->reads = news = true;
				n->needs |= n->edges[k].to->is_callback ?
						    LIST_UC | LIST_MC :
						    n->edges[k].to->needs;
			}
			n->needs |= needs_beside(g, n);
			news = news || n->needs != old;
		}
	} while (news);
}

char *graph_chain(const struct node *node)
{
	struct strbuf sb = {0};

	for (const struct node *n = node; n; n = n->from)
		sb_addf(&sb, "%s%s", n == node ? "" : " <- ", n->f->name);
	return sb_detach(&sb);
}

size_t graph_below(const struct graph *g, const struct node *n,
		   const struct node ***all)
{
	const struct node **seen = xcalloc(g->count + 1, sizeof(*seen));
	size_t count = 0;

	seen[count++] = n;
	for (size_t i = 0; i < count; i++) {
		for (size_t k = 0; k < seen[i]->edge_count; k++) {
			const struct node *to = seen[i]->edges[k].to;
			size_t s = 0;

			while (s < count && seen[s] != to)
				s++;
			if (s == count)
				seen[count++] = to;
		}
	}
	*all = seen;
	return count;
}
