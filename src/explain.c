// SPDX-License-Identifier: GPL-2.0-only
#include "explain.h"

#include <stdlib.h>
#include <string.h>

static json_t *owned(char *s)
{
	json_t *j = json_string(s);

	free(s);
	return j ? j : json_string("?");
}

static json_t *place(const struct csource *src, size_t tok)
{
	return owned(csource_place(src, tok));
}

static const char *use_word(enum use_kind kind)
{
	static const char *const words[] = {
		[USE_WALK] = "walk", [USE_COUNT] = "count",
		[USE_EMPTY] = "empty", [USE_SYNC] = "sync",
		[USE_UNSYNC] = "unsync", [USE_FIELD_COUNT] = "count",
		[USE_ADDRESS] = "address", [USE_FIELD] = "field",
		[USE_STACKED] = "sync to another device",
		[USE_CHANGE] = "change", [USE_REF] = "reference sync",
		[USE_ENTRY] = "reference count",
		[USE_TOLD] = "count for a message",
	};

	return words[kind];
}

static const char *value_word(enum value_kind kind)
{
	static const char *const words[] = {
		[VALUE_UNSET] = "not reached", [VALUE_DEV] = "own device",
		[VALUE_PRIV] = "its private part", [VALUE_OTHER] = "not proved",
	};

	return words[kind];
}

static const char *lists_word(unsigned lists)
{
	return lists == LIST_UC ? "uc" : lists == LIST_MC ? "mc" :
	       lists		? "uc and mc" :
				  "";
}

static json_t *uses_of(const struct graph *g, const struct node *n)
{
	json_t *all = json_array();

	for (size_t i = 0; i < n->uses.n; i++) {
		const struct list_use *use = &n->uses.v[i];
		json_t *j = json_pack("{ss ss so}", "list",
				      lists_word(use->list), "use",
				      use_word(use->kind), "at",
				      place(n->f->src, use->tok));

		if (use->to > use->from) {
			struct value v = graph_value(g, n, use->from, use->to);

			json_object_set_new(j, "of",
					    owned(ctokens_text(&n->f->src->toks,
							       use->from,
							       use->to)));
			json_object_set_new(j, "device",
					    json_string(value_word(v.kind)));
		}
		json_array_append_new(all, j);
	}
	return all;
}

/* Where the node was first come to from the one above it. */
static json_t *called_at(const struct node *n)
{
	for (size_t i = 0; n->from && i < n->from->edge_count; i++)
		if (n->from->edges[i].to == n)
			return place(n->from->f->src, n->from->edges[i].tok);
	return json_null();
}

static void add_path(json_t *all, const struct graph *g, const struct node *n,
		     int depth)
{
	size_t sleeps = context_sleeper(n->f);

	json_array_append_new(
		all,
		json_pack("{ss so so si sb sb so so}", "function", n->f->name,
			  "at", place(n->f->src, n->f->name_tok), "chain",
			  owned(graph_chain(n)), "depth", depth, "callback",
			  n->is_callback, "reads", n->reads, "called_at",
			  called_at(n), "uses", uses_of(g, n)));
	if (sleeps)
		json_object_set_new(json_array_get(all,
						   json_array_size(all) - 1),
				    "sleeps", place(n->f->src, sleeps));
	for (size_t i = 0; i < g->count; i++)
		if (g->nodes[i]->from == n && !g->nodes[i]->is_callback)
			add_path(all, g, g->nodes[i], depth + 1);
}

static json_t *path_of(const struct graph *g)
{
	json_t *all = json_array();

	for (size_t i = 0; i < g->count; i++)
		if (g->nodes[i]->is_callback)
			add_path(all, g, g->nodes[i], 0);
	return all;
}

static void add_remarks(json_t *all, const char *what, const struct remarks *rs)
{
	struct strvec named = {0};

	/* The first place of each; an operator looks like a call. */
	for (size_t i = 0; i < rs->n; i++) {
		const struct remark *r = &rs->v[i];

		if (strcmp(r->what, "sizeof") && sv_add_once(&named, r->what))
			json_array_append_new(
				all, json_pack("{ss ss so ss}", "what", what,
					       "name", r->what, "at",
					       place(r->node->f->src, r->tok),
					       "in", r->node->f->name));
	}
	sv_free(&named);
}

static json_t *unfollowed(const struct graph *g)
{
	json_t *all = json_array();

	add_remarks(all, "called through a pointer", &g->indirect);
	add_remarks(all, "macro that hides a list or a return", &g->macros);
	add_remarks(all, "another module's function", &g->foreign);
	return all;
}

static json_t *callers_of(const struct plan *p)
{
	json_t *all = json_array();

	for (size_t i = 0; i < p->call_count; i++) {
		const struct plan_call *c = &p->calls[i];
		static const char *const words[] = {
			[CONTEXT_UNKNOWN] = "unknown",
			[CONTEXT_PROCESS] = "process",
			[CONTEXT_ATOMIC] = "atomic",
		};

		if (!c->why)
			continue;
		json_array_append_new(
			all,
			json_pack("{ss so ss ss ss so sb}", "function",
				  c->in->name, "at", place(c->in->src, c->tok),
				  "calls", c->callee->node->f->name, "context",
				  words[c->context], "why", c->why, "locked",
				  c->lock ? json_string(c->lock) : json_null(),
				  "reads", c->callee->node->reads));
	}
	return all;
}

static json_t *changes_of(const struct plan *p)
{
	json_t *all = json_array();

	for (size_t i = 0; i < p->func_count; i++) {
		const struct plan_func *pf = &p->funcs[i];

		json_array_append_new(
			all, json_pack("{ss ss ss sb}", "function",
				       pf->node->f->name, "becomes",
				       plan_name(p, pf), "gets",
				       pf->lists ? lists_word(pf->lists) :
						   "no list", "const",
				       pf->read_only));
	}
	return all;
}

/*
 * Those that a conversion has no detector for: the rewrite itself decides them
 * (H2, H4), lint looks for them, or nothing does.
 */
static bool has_detector(const char *id)
{
	static const char *const without[] = {"H2", "H4", "H12", "H16",
					      "H30"};

	return !WORD_IN(id, without);
}

/* Hazards of which nothing was seen, with a detector or without one. */
static json_t *not_seen(const struct unit *u, bool detector)
{
	json_t *all = json_array();

	for (const struct hazard_kind *k = hazard_kinds; k->id; k++) {
		bool seen = has_detector(k->id) != detector;

		for (size_t i = 0; i < u->hazards.n; i++)
			seen = seen || !strcmp(u->hazards.v[i].id, k->id);
		if (!seen)
			json_array_append_new(all, json_string(k->id));
	}
	return all;
}

json_t *explain_unit(const struct unit *u)
{
	const struct plan *p = u->plan;
	const struct reason *r = reason_find(u->reason);
	/* Without a look at the functions there is no hazard to be seen. */
	bool looked = p->func_count > 0;
	struct strvec files = {0};
	json_t *j;

	for (size_t i = 0; i < p->mod->count; i++)
		sv_add(&files, p->mod->sources[i]->path);
	j = json_pack("{so so so so so so so so sb so so}", "unit",
			 unit_to_json(u), "because",
			 r ? json_string(r->text) : json_null(), "path",
			 path_of(p->graph), "unfollowed", unfollowed(p->graph),
			 "callers", callers_of(p), "changes", changes_of(p),
			 "not_seen", looked ? not_seen(u, true) : json_array(),
			 "not_looked_for", not_seen(u, false),
			 "hazards_looked_for", looked, "sources",
			 json_from_strings(&files), "may_override",
			 json_from_strings(&p->may_override));
	sv_free(&files);
	return j;
}
