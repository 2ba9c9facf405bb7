// SPDX-License-Identifier: GPL-2.0-only
/*
 * Drivers of several kinds. What they bring into the device is the truth that
 * the list has to follow; a key whose bit is in w->failing fails.
 */
#include "world.h"

static struct world *at;

/* The counter that a sync of the list in hand changes. */
static int *synced_count(int key)
{
	return at->on_real ? &at->model.k[key].known : &at->done[key];
}

static const struct netdev_hw_addr *entry_of(const unsigned char *addr)
{
	return container_of(addr, struct netdev_hw_addr, addr[0]);
}

static bool refuses(int key)
{
	if (!(at->failing >> (key % 16) & 1))
		return false;
	at->driver_failed = true;
	return true;
}

static int sync_one(struct net_device *dev, const unsigned char *addr)
{
	struct world *w = at;
	int key = key_of(w, entry_of(addr));

	check(dev == &w->dev, "sync of another device");
	if (refuses(key))
		return -ENOSPC;
	check(w->cfg.careless || !w->hw[key], "key %d is synced twice", key);
	w->hw[key] = 1;
	++*synced_count(key);
	return 0;
}

static int unsync_one(struct net_device *dev, const unsigned char *addr)
{
	struct world *w = at;
	int key = key_of(w, entry_of(addr));

	check(dev == &w->dev, "unsync of another device");
	if (refuses(key))
		return -EIO;
	check(w->cfg.careless || w->hw[key], "key %d is unsynced twice", key);
	w->hw[key] = 0;
	--*synced_count(key);
	return 0;
}

/* The device shall hold refs references, as the entry itself says so far. */
static int sync_refs(struct net_device *dev, const unsigned char *addr,
		     int refs)
{
	struct world *w = at;
	const struct netdev_hw_addr *ha = entry_of(addr);
	int key = key_of(w, ha);

	check(dev == &w->dev, "sync of another device");
	if (refuses(key))
		return -ENOSPC;
	check(w->cfg.careless || w->hw[key] == ha->sync_cnt,
	      "key %d: the device holds %d references, the entry says %d", key,
	      w->hw[key], ha->sync_cnt);
	w->hw[key] = refs;
	*synced_count(key) += refs - ha->sync_cnt;
	return 0;
}

static int unsync_refs(struct net_device *dev, const unsigned char *addr,
		       int refs)
{
	struct world *w = at;

	check(refs == entry_of(addr)->sync_cnt, "unsync of %d references",
	      refs);
	return sync_refs(dev, addr, 0);
}

/* The device has lost its table; all that the list holds goes in again. */
static void reset_and_sync(struct world *w, struct netdev_hw_addr_list *list)
{
	struct netdev_hw_addr *ha;

	netdev_hw_addr_list_for_each(ha, list)
		*synced_count(key_of(w, ha)) -= ha->sync_cnt;
	memset(w->hw, 0, sizeof(w->hw));
	__hw_addr_unsync_dev(list, &w->dev, NULL);
	__hw_addr_sync_dev(list, &w->dev, sync_one, unsync_one);
}

static void write_table(struct world *w, struct netdev_hw_addr_list *list)
{
	struct netdev_hw_addr *ha;
	int n = 0;

	memset(w->hw, 0, sizeof(w->hw));
	netdev_hw_addr_list_for_each(ha, list) {
		int key = key_of(w, ha);

		check(!w->hw[key], "key %d is twice in the list", key);
		w->hw[key] = 1;
		n++;
	}
	check(n == netdev_hw_addr_list_count(list) &&
	      !n == netdev_hw_addr_list_empty(list),
	      "a walk sees %d addresses, count says %d", n, list->count);
}

/* The lower devices' lists are the truth; compares before and after. */
static void lower_held(struct world *w, int *held)
{
	memset(held, 0, MAX_KEYS * sizeof(*held));
	for (int i = 0; i < 2; i++) {
		struct netdev_hw_addr *ha;

		netdev_hw_addr_list_for_each(ha, lower_list(w, i))
			held[key_of(w, ha)] += ha->synced;
	}
}

/*
 * dev_uc_sync_multiple() wants a device: one that has the list for a moment.
 * Both the real list and a snapshot may be lent so.
 */
static void sync_multiple(struct world *w, struct netdev_hw_addr_list *list,
			  struct net_device *lower)
{
	bool mc = w->cfg.kind == LIST_MC;
	struct netdev_hw_addr_list *lent = mc ? &w->shim.mc : &w->shim.uc;

	list_replace_init(&list->list, &lent->list);
	lent->tree = list->tree;
	lent->count = list->count;
	if (mc)
		dev_mc_sync_multiple(lower, &w->shim);
	else
		dev_uc_sync_multiple(lower, &w->shim);
	list_replace_init(&lent->list, &list->list);
	list->tree = lent->tree;
	list->count = lent->count;
}

static void sync_lower(struct world *w, struct netdev_hw_addr_list *list,
		       int arg, bool unsync)
{
	int which = w->cfg.driver == DRIVER_LOWERS ? arg & 1 : 0;
	struct net_device *lower = &w->lower[which];
	int before[MAX_KEYS], after[MAX_KEYS];

	lower_held(w, before);
	if (unsync || w->cfg.driver == DRIVER_LOWER) {
		netif_addr_lock_bh(lower);
		if (unsync)
			__hw_addr_unsync(lower_list(w, which), list,
					 w->cfg.addr_len);
		else if (__hw_addr_sync(lower_list(w, which), list,
					w->cfg.addr_len))
			w->driver_failed = true;
		netif_addr_unlock_bh(lower);
	} else {
		sync_multiple(w, list, lower);
	}
	stand_in_failed();
	lower_held(w, after);
	for (int k = 0; k < w->cfg.keys; k++) {
		*synced_count(k) += after[k] - before[k];
		w->hw[k] = after[k];
	}
}

void driver_call(struct world *w, struct netdev_hw_addr_list *list, int arg,
		 unsigned int mask)
{
	bool unsync = arg % 8 == 7;

	at = w;
	w->failing = mask;
	w->driver_failed = false;
	switch (w->cfg.driver) {
	case DRIVER_SYNC:
		if (unsync)
			__hw_addr_unsync_dev(list, &w->dev, unsync_one);
		else if (arg % 8 == 6)
			reset_and_sync(w, list);
		else
			__hw_addr_sync_dev(list, &w->dev, sync_one, unsync_one);
		break;
	case DRIVER_REF_SYNC:
		if (unsync)
			__hw_addr_ref_unsync_dev(list, &w->dev, unsync_refs);
		else
			__hw_addr_ref_sync_dev(list, &w->dev, sync_refs,
					       sync_refs);
		break;
	case DRIVER_LOWER:
	case DRIVER_LOWERS:
		sync_lower(w, list, arg, unsync);
		break;
	case DRIVER_WALK:
		if (unsync)
			memset(w->hw, 0, sizeof(w->hw));
		else
			write_table(w, list);
		break;
	default:
		break;
	}
	if (w->driver_failed)
		event(w, EVENT_DRIVER_FAILED);
}
