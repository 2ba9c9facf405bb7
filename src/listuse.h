/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Uses of a device's address lists in a function's text: the net core's
 * accessors by name, and the members themselves.
 */
#ifndef RXA_LISTUSE_H
#define RXA_LISTUSE_H

#include "cmodule.h"

enum { LIST_UC = 1, LIST_MC = 2 };
/* "uc" or "mc". */
const char *list_name(unsigned list);

enum use_kind {
	/* Those that a rule rewrites. */
	USE_WALK,	/* netdev_for_each_mc_addr(ha, dev) */
	USE_COUNT,	/* netdev_mc_count(dev) */
	USE_EMPTY,	/* netdev_mc_empty(dev) */
	USE_SYNC,	/* __dev_mc_sync(dev, s, u) */
	USE_UNSYNC,	/* __dev_mc_unsync(dev, u) */
	USE_FIELD_COUNT,/* dev->mc.count */
	USE_ADDRESS,	/* &dev->mc as an argument or initial value */
	/* Those that none does. */
	USE_FIELD,	/* any other use of dev->mc */
	USE_STACKED,	/* dev_mc_sync(lower, dev) and its like */
	USE_CHANGE,	/* dev_mc_add(dev, addr): changes a real list */
	USE_REF,	/* __hw_addr_ref_sync_dev(), synced entries */
	USE_ENTRY,	/* ha->refcount, ha->synced, ha->sync_cnt */
	/* That which may stay. */
	USE_TOLD,	/* a count for messages, where no list can be given */
};

struct list_use {
	enum use_kind kind;
	unsigned list;		/* LIST_UC, LIST_MC; both bits where unknown */
	size_t tok;		/* the accessor's name, or the list's member */
	size_t from, to;	/* tokens of the device's expression */
};

struct list_uses {
	struct list_use *v;
	size_t n, cap;
};

/* The uses between two tokens of the file; free with list_uses_free(). */
void list_uses_read(struct list_uses *uses, const struct cmodule *mod,
		    const struct csource *src, size_t from, size_t to);
void list_uses_free(struct list_uses *uses);
/* Does a text (a macro's body) name a list or one of the accessors? */
bool list_use_in_text(const char *text);

/*
 * The first token of the member chain that ends with the one at `last`:
 * from "netdev" back to "adapter" in "adapter->hw[0].netdev".
 */
size_t chain_start(const struct ctokens *ts, size_t last);

#endif
