// SPDX-License-Identifier: GPL-2.0-only
#include "rtnl.h"

#include <stdlib.h>
#include <string.h>

#include "later.h"

#define DEPTH 8

/* Members of net_device_ops that the core calls under rtnl. */
static const char *const under_rtnl[] = {
	"ndo_open", "ndo_stop", "ndo_init", "ndo_uninit", "ndo_change_mtu",
	"ndo_set_mac_address", "ndo_set_features",
};

/* Members of cfg80211_ops for a wireless_dev that never has a net_device. */
static const char *const without_netdev[] = {
	"start_p2p_device", "stop_p2p_device", "start_nan", "stop_nan",
};

static bool asserts(const struct cfunc *f)
{
	for (size_t i = f->body; i < f->end; i++)
		if (ctoken_is(&f->src->toks, i, "ASSERT_RTNL") &&
		    ctoken_is(&f->src->toks, i + 1, "("))
			return true;
	return false;
}

static bool held_in(const struct cmodule *mod, const struct cfunc *f,
		    bool tested, int depth)
{
	struct crefs refs = {0};
	bool held;

	if (asserts(f))
		return true;
	if (!depth || sv_has(&f->src->exports, f->name))
		return false;
	cmodule_refs(mod, f, &refs);
	held = refs.n > 0;
	for (size_t i = 0; i < refs.n && held; i++) {
		const struct cref *r = &refs.v[i];

		if (r->is_call)
			held = held_in(mod, r->in, tested, depth - 1);
		else
			held = WORD_IN(r->member, under_rtnl) ||
			       (tested && WORD_IN(r->member, without_netdev));
	}
	crefs_free(&refs);
	return held;
}

/* Is there an "if (dev) {" around the token? */
static bool is_tested(const struct cfunc *f, size_t tok, size_t dev,
		      size_t dev_end)
{
	const struct ctokens *ts = &f->src->toks;
	size_t n = dev_end - dev, depth = 0;

	for (size_t i = tok; i-- > f->body;) {
		bool same = true;

		if (ctoken_is(ts, i, "}"))
			depth++;
		if (!ctoken_is(ts, i, "{"))
			continue;
		if (depth) {
			depth--;
			continue;
		}
		if (i < f->body + n + 4 || !ctoken_is(ts, i - 1, ")") ||
		    !ctoken_is(ts, i - n - 2, "(") ||
		    !ctoken_is(ts, i - n - 3, "if"))
			continue;
		for (size_t k = 0; k < n && same; k++) {
			char *word = ctoken_dup(ts, dev + k);

			same = ctoken_is(ts, i - n - 1 + k, word);
			free(word);
		}
		if (same)
			return true;
	}
	return false;
}

bool rtnl_is_held(const struct cmodule *mod, const struct csource *src,
		  size_t tok, size_t dev, size_t dev_end)
{
	const struct cfunc *f = csource_func_at(src, tok);

	return f && held_in(mod, f, is_tested(f, tok, dev, dev_end), DEPTH);
}

/* Is a function of that name called at token i, or one named after it? */
static bool calls_like(const struct ctokens *ts, size_t i, const char *name)
{
	char *word;
	bool is;

	if (!ctoken_is_word(ts, i) || !ctoken_is(ts, i + 1, "("))
		return false;
	word = ctoken_dup(ts, i);
	is = strstr(word, name);
	free(word);
	return is;
}

/*
 * Is rtnl taken in f before the token? An unlock in a deeper block than its
 * lock belongs to a path that leaves.
 */
static bool taken_before(const struct cfunc *f, size_t tok)
{
	const struct ctokens *ts = &f->src->toks;
	size_t level = 0, taken_level = 0;
	bool taken = false;

	for (size_t i = f->body; i < tok; i++) {
		if (ctoken_is(ts, i, "{")) {
			level++;
		} else if (ctoken_is(ts, i, "}")) {
			level--;
		} else if (calls_like(ts, i, "rtnl_lock") ||
			   calls_like(ts, i, "rtnl_trylock")) {
			taken = true;
			taken_level = level;
		} else if (calls_like(ts, i, "rtnl_unlock") &&
			   level <= taken_level) {
			taken = false;
		}
	}
	return taken;
}

static const struct cfunc *work_without(const struct cmodule *mod,
					const struct cfunc *f, size_t tok,
					int depth)
{
	const struct cfunc *work = NULL;
	struct crefs refs = {0};

	if (!depth || asserts(f) || taken_before(f, tok))
		return NULL;
	cmodule_refs(mod, f, &refs);
	for (size_t i = 0; i < refs.n && !work; i++) {
		const struct cref *r = &refs.v[i];

		if (!r->in || r->in == f)
			continue;
		if (r->is_call)
			work = work_without(mod, r->in, r->tok, depth - 1);
		else if (later_named(mod, r->in, r->tok))
			work = f;
	}
	crefs_free(&refs);
	return work;
}

const struct cfunc *rtnl_work_without(const struct cmodule *mod,
				      const struct cfunc *f, size_t tok)
{
	return work_without(mod, f, tok, DEPTH);
}
