// SPDX-License-Identifier: GPL-2.0-only
/* Where rtnl is held, and where it is taken. */
#include "callwalk.h"
#include "defer.h"

/* Members that the core calls with rtnl held, for a device that is there. */
static const char *const rtnl_ops[] = {
	"ndo_open", "ndo_stop", "ndo_change_mtu", "ndo_set_mac_address",
	"ndo_set_features", "ndo_vlan_rx_add_vid", "ndo_vlan_rx_kill_vid",
	"ndo_set_config", "ndo_eth_ioctl", "ndo_siocdevprivate", "ndo_bpf",
	"ndo_set_rx_mode", "ndo_set_vf_trust",
};

/* What takes rtnl, or the device's lock that the callback may be under. */
static const char *const rtnl_takers[] = {
	"rtnl_lock", "rtnl_lock_interruptible", "rtnl_lock_killable",
	"rtnl_trylock", "register_netdev", "unregister_netdev",
	"netdev_lock", "netdev_lock_ops", "netdev_lock_ops_compat",
};

static bool takes_rtnl(const struct cfunc *f, size_t tok, void *data)
{
	(void)data;
	return IS_CALL_OF(&f->src->toks, tok, rtnl_takers);
}

bool defer_rtnl_between(const struct cmodule *mod, const struct cfunc *f,
			size_t from, size_t to)
{
	return callwalk(mod, f, from, to, takes_rtnl, NULL);
}

bool defer_has_rtnl(const char *member)
{
	return WORD_IN(member, rtnl_ops);
}

/* Does the block around an unlock, up to its end, leave the function? */
static bool leaves_behind(const struct ctokens *ts, size_t unlock)
{
	for (size_t i = unlock; !ctoken_is(ts, i, "}"); i++)
		if (ctoken_is(ts, i, "return") || ctoken_is(ts, i, "goto") ||
		    ctoken_is(ts, i, "{"))
			return !ctoken_is(ts, i, "{");
	return false;
}

bool defer_took_rtnl(const struct cfunc *f, size_t tok)
{
	const struct ctokens *ts = &f->src->toks;
	size_t level = 0;

	for (size_t i = tok - 1; i > f->body; i--) {
		if (ctoken_is(ts, i, "}"))
			level++;
		else if (ctoken_is(ts, i, "{") && level)
			level--;
		else if (ctoken_begins(ts, i, "rtnl_unlock") &&
			 !(level && leaves_behind(ts, i)))
			return false;
		else if (!level && ctoken_is(ts, i, ":") &&
			 ctoken_is_word(ts, i - 1) &&
			 (ctoken_is(ts, i - 2, ";") ||
			  ctoken_is(ts, i - 2, "}")))
			return false;
		else if (!level && ctoken_is(ts, i, "rtnl_lock") &&
			 !ctoken_is(ts, i - 1, ")") &&
			 !ctoken_is(ts, i - 1, "else"))
			return true;
	}
	return false;
}

bool defer_under_rtnl(const struct cmodule *mod, const struct cfunc *f,
		      size_t tok, int depth)
{
	struct crefs refs = {0};
	bool only;

	if (defer_took_rtnl(f, tok))
		return true;
	if (!depth || sv_has(&f->src->exports, f->name))
		return false;
	cmodule_refs(mod, f, &refs);
	only = refs.n;
	for (size_t i = 0; i < refs.n && only; i++) {
		const struct cref *r = &refs.v[i];

		only = r->is_call ? defer_under_rtnl(mod, r->in, r->tok,
						     depth - 1) :
				    WORD_IN(r->member, rtnl_ops);
	}
	crefs_free(&refs);
	return only;
}
