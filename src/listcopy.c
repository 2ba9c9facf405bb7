// SPDX-License-Identifier: GPL-2.0-only
#include "listcopy.h"

#include "rtnl.h"

static bool is_sync(const struct ctokens *ts, size_t i)
{
	return ctoken_is(ts, i, "__hw_addr_sync") && ctoken_is(ts, i + 1, "(");
}

/* Another word for the same work, or a way to undo it. */
static bool is_other(const struct ctokens *ts, size_t i)
{
	return ctoken_is_word(ts, i) &&
	       (is_sync(ts, i) || ctoken_is(ts, i, "__hw_addr_unsync") ||
		ctoken_is(ts, i, "__hw_addr_sync_multiple"));
}

/* Is the use the second argument of the call at `sync`? */
static bool is_from(const struct ctokens *ts, size_t sync,
		    const struct list_use *use)
{
	struct cargs args;
	bool is;

	cargs_read(&args, ts, sync + 1);
	is = args.n == 3 && args.v[1].from + 1 == use->from &&
	     args.v[1].to == use->tok + 1;
	cargs_free(&args);
	return is;
}

static size_t sync_of(const struct node *n, const struct list_use *use)
{
	const struct ctokens *ts = &n->f->src->toks;

	for (size_t i = n->f->body; i < use->from; i++)
		if (is_sync(ts, i) && is_from(ts, i, use))
			return i;
	return 0;
}

/* "&dev->mc" as the second argument: does rtnl keep it from the callback? */
static bool is_apart(const struct cmodule *mod, const struct csource *src,
		     size_t tok)
{
	const struct ctokens *ts = &src->toks;
	struct cargs args;
	bool apart = false;

	if (!ctoken_is(ts, tok + 1, "("))
		return false;
	cargs_read(&args, ts, tok + 1);
	if (args.n == 3 && args.v[1].to - args.v[1].from > 3 &&
	    ctoken_is(ts, args.v[1].from, "&"))
		apart = rtnl_is_held(mod, src, tok, args.v[1].from + 1,
				     args.v[1].to - 2);
	cargs_free(&args);
	return apart;
}

bool list_is_copied(struct unit *u, const struct node *n,
		    const struct list_use *use)
{
	const struct plan *p = u->plan;
	const struct csource *own = n->f->src;
	size_t sync = sync_of(n, use);

	if (!sync || !n->is_callback)
		return false;
	for (size_t s = 0; s < p->mod->count; s++) {
		const struct csource *src = p->mod->sources[s];

		for (size_t i = 0; i < src->toks.n; i++)
			if (is_other(&src->toks, i) &&
			    !(src == own && i == sync) &&
			    !is_apart(p->mod, src, i))
				return false;
	}
	plan_hazard(u, "H22", RULED_OUT, own, sync,
		    "the entries are copied, their counts go back to the "
		    "device's list; what undoes it holds rtnl");
	return true;
}
