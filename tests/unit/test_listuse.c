// SPDX-License-Identifier: GPL-2.0-only
#include <stdlib.h>

#include "listuse.h"
#include "tap.h"

/* The uses in f() of a text as "kind/lists/device". */
static void check(const char *body, const char *wanted)
{
	static const char *const kinds[] = {
		[USE_WALK] = "walk",	   [USE_COUNT] = "count",
		[USE_EMPTY] = "empty",	   [USE_SYNC] = "sync",
		[USE_UNSYNC] = "unsync",   [USE_FIELD_COUNT] = "field-count",
		[USE_ADDRESS] = "address", [USE_FIELD] = "field",
		[USE_STACKED] = "stacked", [USE_CHANGE] = "change",
		[USE_REF] = "ref",	   [USE_ENTRY] = "entry",
	};
	struct strbuf sb = {0}, got = {0};
	struct list_uses uses = {0};
	struct csource *src;
	struct cmodule *mod;

	sb_addf(&sb, "struct p { struct net_device *ndev; struct hw *hw; };\n"
		"void f(struct net_device *dev, struct p *p)\n{\n%s\n}\n", body);
	src = csource_parse("x.c", &sb);
	mod = cmodule_of(&src, 1);
	list_uses_read(&uses, mod, src, src->funcs[0].body, src->funcs[0].end);
	for (size_t i = 0; i < uses.n; i++) {
		char *dev = ctokens_text(&src->toks, uses.v[i].from,
					 uses.v[i].to);

		sb_addf(&got, "%s%s/%u/%s", i ? " " : "",
			kinds[uses.v[i].kind], uses.v[i].list, dev);
		free(dev);
	}
	is(sb_str(&got), wanted, "%s", body);
	sb_free(&got);
	list_uses_free(&uses);
	cmodule_free(mod);
}

static void check_chain(const char *text, size_t last, size_t wanted)
{
	struct ctokens ts;

	ctokens_read(&ts, text, strlen(text), false);
	ok(chain_start(&ts, last) == wanted, "chain of %s: %zu", text,
	   chain_start(&ts, last));
	ctokens_free(&ts);
}

int main(void)
{
	check("netdev_for_each_mc_addr(ha, dev) x(ha);", "walk/2/dev");
	check("netdev_for_each_uc_addr(ha, p->ndev) x(ha);", "walk/1/p->ndev");
	check("if (netdev_mc_count(dev) || netdev_uc_empty(p->ndev)) x();",
	      "count/2/dev empty/1/p->ndev");
	check("__dev_mc_sync(dev, a, b); __dev_uc_unsync(dev, b);",
	      "sync/2/dev unsync/1/dev");
	check("x(dev->mc.count, p->ndev->uc.count);",
	      "field-count/2/dev field-count/1/p->ndev");
	check("x(&dev->mc, a); y = &p->ndev->uc;",
	      "address/2/dev address/1/p->ndev");
	check("x(dev->mc.list); y(dev->uc); z(&dev->mc.list);",
	      "field/2/dev field/1/dev field/2/dev");
	check("dev_mc_sync(lower, dev); dev_uc_unsync(lower, dev);",
	      "stacked/2/dev stacked/1/dev");
	check("dev_mc_add(dev, a); dev_uc_flush(dev);",
	      "change/2/dev change/1/dev");
	check("__hw_addr_ref_sync_dev(l, dev, a, b); x(ha->refcount, ha->synced);",
	      "ref/3/dev entry/3/ entry/3/");
	/* Not a net_device's. */
	check("x(p->hw->mc.count); p->mc = 1; p->hw->uc.x = 2;", "");
	/* Names that only look like it. */
	check("netdev_mc_count; my_netdev_mc_count(dev); x.mc = 1; mc->count++;",
	      "");
	check("/* netdev_mc_count(dev) */ x(\"netdev_mc_count(dev)\");", "");
	ok(list_use_in_text("do { x(netdev_mc_count(d)); } while (0)"),
	   "in a macro's text");
	ok(list_use_in_text("(d)->mc.count"), "a member in a macro's text");
	ok(!list_use_in_text("my_netdev_mc_count(d) + netdev_mc_counts"),
	   "not in a longer word");
	check_chain("x = a->b.c", 6, 2);
	check_chain("f(a)->b[c + d].e", 12, 0);
	check_chain("x(y, a[1].b)", 9, 4);
	check_chain("a", 0, 0);
	check_chain("a) b].c", 5, 3);
	return done_testing();
}
