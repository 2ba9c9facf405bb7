// SPDX-License-Identifier: GPL-2.0-only
/*
 * Snapshots of hardware address lists: a driver may work on one without the
 * address lock, and what it did is carried to the real list afterwards.
 *
 * A snapshot has no tree: addresses are looked up in real lists only. Each
 * entry's node stands alone, so that the functions which drop entries while
 * they sync or unsync can erase it as they do in a real list.
 */
#include <linux/list.h>
#include <linux/netdevice.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "dev.h"

/**
 * __hw_addr_cache_fill() - allocate entries for snapshots
 * @cache: list of unused entries
 * @count: entries that the cache shall hold at least
 *
 * Context: process, may sleep
 * Return: 0, or -ENOMEM; what was allocated until then stays in the cache
 */
int __hw_addr_cache_fill(struct netdev_hw_addr_list *cache, int count)
{
	struct netdev_hw_addr *ha;

	while (cache->count < count) {
		ha = kmalloc(sizeof(*ha), GFP_KERNEL);
		if (!ha)
			return -ENOMEM;
		list_add(&ha->list, &cache->list);
		cache->count++;
	}

	return 0;
}

/**
 * __hw_addr_cache_trim() - free entries that snapshots won't need soon
 * @cache: list of unused entries
 * @count: entries that the cache shall hold at most
 */
void __hw_addr_cache_trim(struct netdev_hw_addr_list *cache, int count)
{
	struct netdev_hw_addr *ha;

	/* Nobody reads these lists under RCU. */
	while (cache->count > count) {
		ha = list_first_entry(&cache->list, struct netdev_hw_addr,
				      list);
		list_del(&ha->list);
		cache->count--;
		kfree(ha);
	}
}

static void hw_addr_recycle(struct netdev_hw_addr_list *list,
			    struct netdev_hw_addr_list *cache)
{
	list_splice_init(&list->list, &cache->list);
	cache->count += list->count;
	list->count = 0;
	list->tree = RB_ROOT;
}

/**
 * __hw_addr_list_snapshot() - copy an address list
 * @snap: where to, an empty list
 * @list: what to copy
 * @addr_len: length of the addresses
 * @cache: where the entries are taken from
 *
 * The copy has the order of @list. The caller holds the address lock.
 *
 * Return: 0, or -ENOMEM where the cache has too few entries; @snap is empty
 *	   then and the cache as it was
 */
int __hw_addr_list_snapshot(struct netdev_hw_addr_list *snap,
			    const struct netdev_hw_addr_list *list,
			    int addr_len, struct netdev_hw_addr_list *cache)
{
	struct netdev_hw_addr *ha, *copy;
	struct rb_root alone = RB_ROOT;

	if (cache->count < list->count)
		return -ENOMEM;

	list_for_each_entry(ha, &list->list, list) {
		copy = list_first_entry(&cache->list, struct netdev_hw_addr,
					list);
		memcpy(copy->addr, ha->addr, addr_len);
		copy->type = ha->type;
		copy->global_use = ha->global_use;
		copy->sync_cnt = ha->sync_cnt;
		copy->refcount = ha->refcount;
		copy->synced = ha->synced;
		rb_link_node(&copy->node, NULL, &alone.rb_node);
		list_move_tail(&copy->list, &snap->list);
		snap->count++;
		cache->count--;
	}

	return 0;
}

/* What the driver did to one address: add the difference of its syncs to
 * the real entry, and to the references that go with them.
 */
static void hw_addr_carry(struct netdev_hw_addr_list *list,
			  struct netdev_hw_addr *ha, int delta)
{
	/* Unsynced twice, by the run and meanwhile on the real list. */
	if (delta < -ha->sync_cnt)
		delta = -ha->sync_cnt;

	ha->sync_cnt += delta;
	ha->refcount += delta;
	if (ha->refcount)
		return;

	rb_erase(&ha->node, &list->tree);
	list_del_rcu(&ha->list);
	list->count--;
	kfree_rcu(ha, rcu_head);
}

/* An address that the driver has put into the device, while the last user
 * of it went: it comes back as one that is to be unsynced.
 */
static void hw_addr_insert_stale(struct netdev_hw_addr_list *list,
				 struct netdev_hw_addr *ha, int addr_len,
				 int sync_cnt)
{
	ha->global_use = false;
	ha->synced = 0;
	ha->sync_cnt = sync_cnt;
	ha->refcount = sync_cnt;
	__hw_addr_insert(list, ha, addr_len);
	list_add_tail_rcu(&ha->list, &list->list);
	list->count++;
}

static bool hw_addr_same(const struct netdev_hw_addr *a,
			 const struct netdev_hw_addr *b, int addr_len)
{
	return a->type == b->type && !memcmp(a->addr, b->addr, addr_len);
}

/**
 * __hw_addr_list_reconcile() - carry a driver's changes to the real list
 * @list: the real list
 * @work: the snapshot that the driver worked on
 * @ref: the snapshot of the same time that nobody touched
 * @addr_len: length of the addresses
 * @cache: where the entries of both snapshots go
 *
 * For each address the difference of sync_cnt between @work and @ref is
 * added to sync_cnt and refcount in @list, whatever happened to that entry
 * meanwhile. A driver can only drop entries of @work, never add or move
 * any, so one walk over both is enough. The caller holds the address lock.
 */
void __hw_addr_list_reconcile(struct netdev_hw_addr_list *list,
			      struct netdev_hw_addr_list *work,
			      struct netdev_hw_addr_list *ref, int addr_len,
			      struct netdev_hw_addr_list *cache)
{
	struct netdev_hw_addr *w, *r, *tmp, *ha;
	int delta;

	w = list_first_entry(&work->list, struct netdev_hw_addr, list);
	list_for_each_entry_safe(r, tmp, &ref->list, list) {
		delta = -r->sync_cnt;
		if (!list_entry_is_head(w, &work->list, list) &&
		    hw_addr_same(w, r, addr_len)) {
			delta += w->sync_cnt;
			w = list_next_entry(w, list);
		}
		if (!delta)
			continue;

		ha = __hw_addr_lookup(list, r->addr, addr_len, r->type);
		if (ha) {
			hw_addr_carry(list, ha, delta);
		} else if (delta > 0) {
			list_del(&r->list);
			ref->count--;
			hw_addr_insert_stale(list, r, addr_len, delta);
		}
	}
	WARN_ON_ONCE(!list_entry_is_head(w, &work->list, list));

	hw_addr_recycle(work, cache);
	hw_addr_recycle(ref, cache);
}
