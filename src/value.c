// SPDX-License-Identifier: GPL-2.0-only
#include "value.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "graph.h"
#include "neighbours.h"

/* The single tokens range that w is set to in the body; false where not one. */
static bool only_value(const struct node *n, const char *w, size_t *from,
		       size_t *to)
{
	const struct ctokens *ts = &n->f->src->toks;
	size_t found = 0;

	for (size_t i = n->f->body; i < n->f->end; i++) {
		if (!ctoken_is(ts, i, w) || ctoken_is_member(ts, i))
			continue;
		/* "&w" alone: somebody else may set it. */
		if (ctoken_is(ts, i - 1, "&") &&
		    (ctoken_is(ts, i - 2, "(") || ctoken_is(ts, i - 2, ",")) &&
		    (ctoken_is(ts, i + 1, ")") || ctoken_is(ts, i + 1, ",")))
			return false;
		if (ctoken_is(ts, i + 1, "++") || ctoken_is(ts, i + 1, "+="))
			return false;
		/* NULL is no device; it only fills the variable. */
		if (!ctoken_is(ts, i + 1, "=") ||
		    (ctoken_is(ts, i + 2, "NULL") &&
		     (ctoken_is(ts, i + 3, ";") || ctoken_is(ts, i + 3, ","))))
			continue;
		if (found++)
			return false;
		*from = *to = i + 2;
		while (*to < n->f->end && !ctoken_is(ts, *to, ";") &&
		       !ctoken_is(ts, *to, ",")) {
			if (ctoken_is(ts, *to, "(") || ctoken_is(ts, *to, "[") ||
			    ctoken_is(ts, *to, "{"))
				*to = ctokens_match(ts, *to, n->f->end);
			++*to;
		}
	}
	return found == 1;
}

static int param_index(const struct cfunc *f, const char *w)
{
	for (size_t i = 0; i < f->param_count; i++)
		if (f->params[i].name && !strcmp(f->params[i].name, w))
			return (int)i;
	return -1;
}

/* The tag in "struct TAG *w" or "struct TAG w" in f's parameters and body. */
static void struct_tag(const struct cfunc *f, const char *w, char tag[64])
{
	const struct ctokens *ts = &f->src->toks;

	tag[0] = '\0';
	for (size_t i = f->open; i < f->end; i++) {
		size_t t = i - 1;

		if (!ctoken_is(ts, i, w) || i < 3)
			continue;
		if (ctoken_is(ts, t, "*"))
			t--;
		if (!ctoken_is_word(ts, t) || !ctoken_is(ts, t - 1, "struct"))
			continue;
		if (ts->v[t].len < 64) {
			memcpy(tag, ts->text + ts->v[t].off, ts->v[t].len);
			tag[ts->v[t].len] = '\0';
		}
		return;
	}
}

/* The tag in a declaration "struct TAG name;" or "struct TAG *name;". */
static void member_tag(const struct cmodule *mod, const char *name,
		       char tag[64])
{
	tag[0] = '\0';
	for (size_t s = 0; s < mod->count; s++) {
		const struct ctokens *ts = &mod->sources[s]->toks;

		for (size_t i = 3; i + 1 < ts->n; i++) {
			size_t t = i - 1;

			if (!ctoken_is(ts, i, name) ||
			    !(ctoken_is(ts, i + 1, ";") ||
			      ctoken_is(ts, i + 1, "[")))
				continue;
			if (ctoken_is(ts, t, "*"))
				t--;
			if (!ctoken_is_word(ts, t) ||
			    !ctoken_is(ts, t - 1, "struct") ||
			    ts->v[t].len >= 64)
				continue;
			memcpy(tag, ts->text + ts->v[t].off, ts->v[t].len);
			tag[ts->v[t].len] = '\0';
			return;
		}
	}
}

void value_struct_tag(const struct cmodule *mod, const struct csource *src,
		      size_t member, char tag[64])
{
	const struct cfunc *f = csource_func_at(src, member);
	char *base;

	tag[0] = '\0';
	if (!f || !ctoken_is_word(&src->toks, member - 2))
		return;
	base = ctoken_dup(&src->toks, member - 2);
	if (chain_start(&src->toks, member) == member - 2)
		struct_tag(f, base, tag);
	else
		member_tag(mod, base, tag);
	free(base);
}

/* In f, is `base` only ever netdev_priv(dev)? */
static bool is_priv_of(const struct cfunc *f, const char *base, const char *dev)
{
	struct node probe = {.f = (struct cfunc *)f};
	const struct ctokens *ts = &f->src->toks;
	size_t a, b;
	char *have;
	bool same;

	if (!only_value(&probe, base, &a, &b) || b - a < 4 ||
	    !ctoken_is(ts, a, "netdev_priv") || !ctoken_is(ts, a + 1, "("))
		return false;
	have = ctokens_text(ts, a + 2, b - 1);
	same = !strcmp(have, dev);
	free(have);
	return same;
}

/*
 * Just before the token, with no block in between: is that the last value of
 * `base`?
 */
static bool is_set_to_priv(const struct cfunc *f, size_t tok, const char *base,
			   const char *dev)
{
	const struct ctokens *ts = &f->src->toks;

	for (size_t i = tok; i-- > f->body && !ctoken_is(ts, i, "{") &&
			     !ctoken_is(ts, i, "}") && !ctoken_is(ts, i, ":");) {
		size_t close;
		char *have;
		bool same;

		if (ctoken_is(ts, i, dev) && ctoken_is(ts, i + 1, "="))
			return false;
		if (!ctoken_is(ts, i, base) || !ctoken_is(ts, i + 1, "="))
			continue;
		if (!ctoken_is(ts, i - 1, ";") ||
		    !ctoken_is(ts, i + 2, "netdev_priv") ||
		    !ctoken_is(ts, i + 3, "("))
			return false;
		close = ctokens_match(ts, i + 3, ts->n);
		have = ctokens_text(ts, i + 4, close);
		same = !strcmp(have, dev) && ctoken_is(ts, close + 1, ";");
		free(have);
		return same;
	}
	return false;
}

/* The same where both are parameters of f: what do all callers give it? */
static bool priv_of(const struct cmodule *mod, const struct cfunc *f,
		    const char *base, const char *dev)
{
	int b = param_index(f, base), d = param_index(f, dev);
	struct crefs refs = {0};
	bool fits;

	if (is_priv_of(f, base, dev))
		return true;
	if (b < 0 || d < 0)
		return false;
	cmodule_refs(mod, f, &refs);
	fits = refs.n > 0;
	for (size_t i = 0; i < refs.n && fits; i++) {
		const struct ctokens *ts = &refs.v[i].src->toks;
		struct cargs args = {0};

		fits = refs.v[i].is_call;
		if (fits)
			cargs_read(&args, ts, refs.v[i].tok + 1);
		fits = fits && args.n == f->param_count;
		if (fits) {
			char *x = ctokens_text(ts, args.v[b].from,
					       args.v[b].to);
			char *y = ctokens_text(ts, args.v[d].from,
					       args.v[d].to);

			fits = is_priv_of(refs.v[i].in, x, y);
			free(x);
			free(y);
		}
		cargs_free(&args);
	}
	crefs_free(&refs);
	return fits;
}

/*
 * Is the member of struct `tag` always the device that the struct is private
 * to? So it is where every assignment to it in the module is
 * "p->member = dev" with p = netdev_priv(dev), and there is one.
 */
static bool is_back_pointer_in(const struct cmodule *mod, const char *tag,
			       const char *member, size_t *good)
{

	for (size_t s = 0; s < mod->count; s++) {
		const struct csource *src = mod->sources[s];
		const struct ctokens *ts = &src->toks;

		for (size_t i = 2; i + 2 < ts->n; i++) {
			char base_tag[64] = "", *base, *dev;
			size_t end = i + 2;
			struct cfunc *f;
			bool fits;

			if (!ctoken_is(ts, i, member) ||
			    !ctoken_is(ts, i + 1, "=") ||
			    !ctoken_is_member(ts, i))
				continue;
			f = csource_func_at(src, i);
			if (!f || !ctoken_is_word(ts, i - 2))
				continue;
			base = ctoken_dup(ts, i - 2);
			value_struct_tag(mod, src, i, base_tag);
			while (end < f->end && !ctoken_is(ts, end, ";"))
				end++;
			dev = ctokens_text(ts, i + 2, end);
			fits = ctoken_is(ts, i - 1, "->") &&
			       chain_start(ts, i) == i - 2 &&
			       (priv_of(mod, f, base, dev) ||
				is_set_to_priv(f, i - 2, base, dev));
			free(dev);
			free(base);
			if (fits)
				++*good;
			else if (!*tag || !*base_tag || !strcmp(tag, base_tag))
				return false;
		}
	}
	return true;
}

/*
 * The same of a struct that a library sets up for the drivers beside it: then
 * all sources of the folder that name it have to agree.
 */
static bool is_library_pointer(const struct cmodule *mod, const char *tag,
			       const char *member)
{
	struct cmodule *all = neighbours_read(mod, tag);
	size_t good = 0;
	bool is = is_back_pointer_in(all, tag, member, &good) && good;

	cmodule_free(all);
	return is;
}

static bool is_back_pointer(const struct cmodule *mod, const char *tag,
			    const char *member)
{
	size_t good = 0;

	if (!is_back_pointer_in(mod, tag, member, &good))
		return false;
	return good || (*tag && *mod->tree &&
			is_library_pointer(mod, tag, member));
}

/* A function of the module that does nothing but "return netdev_priv(p);". */
static bool is_priv_wrapper(const struct cmodule *mod,
			    const struct csource *src, const char *name)
{
	const struct cfunc *f = cmodule_func(mod, src, name);
	const struct ctokens *ts;

	if (!f || f->param_count != 1 || !f->params[0].name)
		return false;
	ts = &f->src->toks;
	return f->end == f->body + 7 && ctoken_is(ts, f->body + 1, "return") &&
	       ctoken_is(ts, f->body + 2, "netdev_priv") &&
	       ctoken_is(ts, f->body + 4, f->params[0].name);
}

static struct value value_of(const struct graph *g, const struct node *n,
			     size_t from, size_t to, int depth);

static struct value value_of_word(const struct graph *g, const struct node *n,
				  size_t tok, int depth)
{
	struct value v = {.kind = VALUE_OTHER, .param = -1};
	char *w = ctoken_dup(&n->f->src->toks, tok);
	int p = param_index(n->f, w);
	size_t from, to;
	bool set = only_value(n, w, &from, &to);

	if (p >= 0 && !set) {
		v.kind = n->params[p];
		v.param = p;
		struct_tag(n->f, w, v.tag);
	} else if (p < 0 && set) {
		v = value_of(g, n, from, to, depth - 1);
		if (v.kind == VALUE_PRIV)
			struct_tag(n->f, w, v.tag);
	}
	free(w);
	return v;
}

/* base->member */
static struct value value_of_member(const struct graph *g,
				    const struct node *n, size_t from,
				    size_t to, int depth)
{
	const struct ctokens *ts = &n->f->src->toks;
	struct value v = {.kind = VALUE_OTHER, .param = -1};
	struct value base = value_of(g, n, from, to - 2, depth - 1);
	char *member = ctoken_dup(ts, to - 1);

	if (base.kind == VALUE_UNSET)
		v.kind = VALUE_UNSET;
	if (base.kind == VALUE_PRIV &&
	    is_back_pointer(g->mod, base.tag, member)) {
		size_t len = strlen(base.suffix);

		v = base;
		v.kind = VALUE_DEV;
		/* "@" stands for the private part of a device we have. */
		if (!strcmp(base.suffix, "@"))
			v.suffix[0] = '\0';
		else if (len + strlen(member) + 3 < sizeof(v.suffix))
			sprintf(v.suffix + len, "->%s", member);
		else
			v.param = -1;
	}
	free(member);
	return v;
}

static struct value value_of(const struct graph *g, const struct node *n,
			     size_t from, size_t to, int depth)
{
	const struct ctokens *ts = &n->f->src->toks;
	struct value v = {.kind = VALUE_OTHER, .param = -1};
	bool call = false;

	if (depth <= 0 || to <= from)
		return v;
	if (ctoken_is(ts, from, "(")) {
		size_t close = ctokens_match(ts, from, to);

		if (close == to - 1)
			return value_of(g, n, from + 1, to - 1, depth);
		/* A cast says nothing about the value. */
		if (ctoken_is(ts, close - 1, "*"))
			return value_of(g, n, close + 1, to, depth);
		return v;
	}
	if (to == from + 1 && ctoken_is_word(ts, from))
		return value_of_word(g, n, from, depth);
	if (ctoken_is_word(ts, from) && ctoken_is(ts, from + 1, "(") &&
	    ctokens_match(ts, from + 1, to) == to - 1) {
		char *name = ctoken_dup(ts, from);

		call = !strcmp(name, "netdev_priv") ||
		       is_priv_wrapper(g->mod, n->f->src, name);
		free(name);
	}
	if (call) {
		v = value_of(g, n, from + 2, to - 1, depth - 1);
		if (v.kind == VALUE_DEV && !v.suffix[0]) {
			v.kind = VALUE_PRIV;
			strcpy(v.suffix, "@");
		} else if (v.kind != VALUE_UNSET) {
			v.kind = VALUE_OTHER;
		}
		return v;
	}
	if (to - from >= 3 && ctoken_is_word(ts, to - 1) &&
	    ctoken_is(ts, to - 2, "->") && chain_start(ts, to - 1) == from)
		return value_of_member(g, n, from, to, depth);
	return v;
}

struct value graph_value(const struct graph *g, const struct node *node,
			 size_t from, size_t to)
{
	return value_of(g, node, from, to, 12);
}

static struct value device_of(const struct graph *g, const struct node *node,
			      int depth)
{
	struct value v = {.kind = VALUE_OTHER, .param = -1};

	for (size_t i = 0; i < node->uses.n; i++)
		if (node->uses.v[i].kind <= USE_ADDRESS)
			return graph_value(g, node, node->uses.v[i].from,
					   node->uses.v[i].to);
	for (size_t i = 0; depth && i < node->edge_count; i++) {
		const struct edge *e = &node->edges[i];
		struct value inner;

		if (!e->to->needs || e->to == node || e->to->is_callback)
			continue;
		inner = device_of(g, e->to, depth - 1);
		if (inner.kind != VALUE_DEV || inner.param < 0 ||
		    (size_t)inner.param >= e->args.n)
			return v;
		v = graph_value(g, node, e->args.v[inner.param].from,
				e->args.v[inner.param].to);
		if (v.kind == VALUE_PRIV && inner.suffix[0]) {
			v.kind = VALUE_DEV;
			if (!strcmp(v.suffix, "@"))
				v.suffix[0] = '\0';
			else if (strlen(v.suffix) + strlen(inner.suffix) <
				 sizeof(v.suffix))
				strcat(v.suffix, inner.suffix);
			else
				v.param = -1;
		}
		return v;
	}
	return v;
}

struct value graph_device(const struct graph *g, const struct node *node)
{
	return device_of(g, node, 16);
}
