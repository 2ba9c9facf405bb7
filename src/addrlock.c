// SPDX-License-Identifier: GPL-2.0-only
#include "addrlock.h"

#include <stdlib.h>
#include <string.h>

#include "collapse.h"
#include "hold.h"
#include "rtnl.h"

/* Does the local variable at the token hold nothing but new memory? */
static bool is_fresh(const struct cfunc *f, size_t tok)
{
	static const char *const makers[] = {
		"kzalloc", "kmalloc", "kcalloc", "kzalloc_obj", "kmalloc_obj",
	};
	const struct ctokens *ts = &f->src->toks;
	char *var = ctoken_dup(ts, tok);
	bool local = false, fresh = false, other = false;

	for (size_t i = f->body; i < f->end; i++) {
		local |= ctoken_is(ts, i, var) && ctoken_is(ts, i - 1, "*") &&
			 (ctoken_is(ts, i + 1, ";") ||
			  ctoken_is(ts, i + 1, ",") ||
			  ctoken_is(ts, i + 1, "="));
		if (!ctoken_is(ts, i, var) || !ctoken_is(ts, i + 1, "=") ||
		    ctoken_is_member(ts, i))
			continue;
		if (TOKEN_IN(ts, i + 2, makers))
			fresh = true;
		else
			other = true;
	}
	free(var);
	return local && fresh && !other;
}

/* Does the function change anything but its own variables and new memory? */
static bool changes_state(const struct cfunc *f)
{
	static const char *const ops[] = {"=",	"|=", "&=", "^=",  "+=",
					  "-=", "++", "--", "<<=", ">>="};
	const struct ctokens *ts = &f->src->toks;

	for (size_t i = f->body + 1; i < f->end; i++)
		if (TOKEN_IN(ts, i, ops) &&
		    (chain_start(ts, i - 1) != i - 1 ||
		     ctoken_is(ts, i - 1, "]") || ctoken_is(ts, i + 1, "->")) &&
		    !is_fresh(f, chain_start(ts, i - 1)))
			return true;
	return false;
}

bool callbacks_only_queue(const struct unit *u)
{
	const struct plan *p = u->plan;

	for (size_t i = 0; i < u->assignment_count; i++)
		if (strcmp(u->assignments[i].class, "deferred") &&
		    strcmp(u->assignments[i].class, "stub"))
			return false;
	for (size_t i = 0; i < p->graph->count; i++)
		if (p->graph->nodes[i]->uses.n ||
		    changes_state(p->graph->nodes[i]->f))
			return false;
	return true;
}

/*
 * A section under the address lock that works on a list or on the device's own
 * address: there, the lock keeps these whole and no more.
 */
static bool is_list_section(const struct plan *p, const struct csource *src,
			    size_t lock)
{
	const struct ctokens *ts = &src->toks;
	const struct cfunc *f = csource_func_at(src, lock);
	size_t end = lock + 1;
	bool own = false;

	while (f && end < f->end &&
	       !(ctoken_is_word(ts, end) &&
		 ctoken_begins(ts, end, "netif_addr_unlock")))
		own |= ctoken_is(ts, end++, "eth_hw_addr_set");
	if (!f || end == f->end)
		return false;
	return own || graph_range_uses_lists(p->graph, src, lock, end);
}

/* At "netif_addr_lock_bh(dev)": is rtnl held there, too? */
static bool is_under_rtnl(const struct plan *p, const struct csource *src,
			  size_t lock)
{
	struct cargs args;
	bool held;

	if (!ctoken_is(&src->toks, lock + 1, "("))
		return false;
	cargs_read(&args, &src->toks, lock + 1);
	held = args.n == 1 && rtnl_is_held(p->mod, src, lock, args.v[0].from,
					   args.v[0].to);
	cargs_free(&args);
	return held;
}

static bool is_address_lock(const struct ctokens *ts, size_t i)
{
	if (ctoken_is(ts, i, "addr_list_lock"))
		return !ctoken_is(ts, chain_start(ts, i) - 3,
				  "lockdep_set_class");
	return ctoken_is_word(ts, i) && ctoken_begins(ts, i, "netif_addr_lock");
}

/* At a statement "name(dev)", or "name_bh(dev)". */
static bool calls_for(const struct ctokens *ts, size_t i, const char *name,
		      const char *dev)
{
	size_t close = ctokens_match(ts, i + 1, ts->n);
	char *arg;
	bool same;

	if (!ctoken_is_word(ts, i) || !ctoken_begins(ts, i, name) ||
	    !ctoken_is(ts, i + 1, "("))
		return false;
	arg = ctokens_text(ts, i + 2, close);
	same = !strcmp(arg, dev);
	free(arg);
	return same && ctoken_is_bound(ts, i - 1);
}

bool address_lock_held(const struct cfunc *f, size_t tok, const char *dev)
{
	const struct ctokens *ts = &f->src->toks;
	size_t level = 0, lock_level = 0;
	bool held = false;

	for (size_t i = f->body; i < tok; i++) {
		if (ctoken_is(ts, i, "{"))
			level++;
		else if (ctoken_is(ts, i, "}"))
			held &= --level >= lock_level;
		else if (ctoken_is(ts, i, ":"))
			held = false;	/* where a goto or a case may come in */
		else if (ctoken_is_word(ts, i) &&
			 ctoken_begins(ts, i, "netif_addr_unlock"))
			held = false;
		else if (calls_for(ts, i, "netif_addr_lock", dev)) {
			held = true;
			lock_level = level;
		}
	}
	return held;
}

void find_address_lock(struct unit *u)
{
	const struct plan *p = u->plan;
	/* What was the work's has never been beside such a section. */
	bool queues = p->collapse ? p->collapse->only_queued :
				    callbacks_only_queue(u);

	for (size_t s = 0; s < p->mod->count; s++) {
		const struct csource *src = p->mod->sources[s];
		const struct ctokens *ts = &src->toks;

		for (size_t i = 0; i < ts->n; i++) {
			const char *name;
			struct cfunc *f;

			if (!is_address_lock(ts, i))
				continue;
			f = csource_func_at(src, i);
			name = f ? f->name : "the file";
			if (queues && is_list_section(p, src, i))
				plan_hazard(u, "H8", RULED_OUT, src, i,
					    "%s() holds the address lock for "
					    "a list; the callback only queues",
					    name);
			else if (p->collapse && f && graph_node(p->graph, f))
				plan_hazard(u, "H8", RULED_OUT, src, i,
					    "%s(), which the callback calls, "
					    "takes the lock itself as the work "
					    "did", name);
			else if (is_under_rtnl(p, src, i))
				plan_hazard(u, "H8", RULED_OUT, src, i,
					    "%s() holds rtnl here, as the "
					    "async callback does", name);
			else
				hold_doubt(u, "addr-lock", "H8", src, i,
					   "%s() uses the address lock, which "
					   "the async callback does not hold",
					   name);
		}
	}
}
