// SPDX-License-Identifier: GPL-2.0-only
/* What must hold after every step. */
#include "dev.h"
#include "world.h"

/* The links of a list and its count agree. */
static void check_links(const struct world *w,
			const struct netdev_hw_addr_list *list,
			const char *name)
{
	const struct list_head *p;
	int n = 0;

	for (p = list->list.next; p != &list->list; p = p->next) {
		check(p->next->prev == p, "%s: broken links", name);
		n++;
	}
	check(n == list->count, "%s: %d entries, count says %d", name, n,
	      list->count);
}

/* Number of nodes; *black: how many black ones lie on each way down. */
static int check_node(const struct world *w, const struct rb_node *node,
		      const struct rb_node *parent, int *black)
{
	int left, right, n;
	bool red;

	*black = 0;
	if (!node)
		return 0;
	check(rb_parent(node) == parent, "tree: wrong parent");
	red = !(node->__rb_parent_color & 1);
	check(!red || (parent && (parent->__rb_parent_color & 1)),
	      "tree: red below red");
	n = check_node(w, node->rb_left, node, &left) + 1 +
	    check_node(w, node->rb_right, node, &right);
	check(left == right, "tree: out of balance");
	*black = left + !red;
	return n;
}

static void check_tree(const struct world *w,
		       struct netdev_hw_addr_list *list, const char *name)
{
	struct netdev_hw_addr *ha;
	int black, n;

	n = check_node(w, list->tree.rb_node, NULL, &black);
	check(n == list->count, "%s: %d nodes in the tree, count says %d",
	      name, n, list->count);
	netdev_hw_addr_list_for_each(ha, list)
		check(__hw_addr_lookup(list, ha->addr, w->cfg.addr_len,
				       ha->type) == ha,
		      "%s: the tree does not find key %d", name,
		      key_of(w, ha));
}

/* The real list is as the model says, in the same order. */
static void check_model(const struct world *w,
			struct netdev_hw_addr_list *list,
			const struct mlist *m, const char *name)
{
	const struct netdev_hw_addr *ha;
	int i = 0;

	check_links(w, list, name);
	check_tree(w, list, name);
	check(list->count == m->n, "%s: %d addresses, should be %d", name,
	      list->count, m->n);
	netdev_hw_addr_list_for_each(ha, list) {
		int key = key_of(w, ha);
		const struct mkey *k = &m->k[key];

		check(key == m->order[i], "%s: key %d at place %d, not %d",
		      name, key, i, m->order[i]);
		check(ha->sync_cnt == k->known,
		      "%s: key %d has sync_cnt %d, should be %d", name, key,
		      ha->sync_cnt, k->known);
		check(ha->refcount - ha->sync_cnt == k->users + k->synced,
		      "%s: key %d has %d users' references, should be %d",
		      name, key, ha->refcount - ha->sync_cnt,
		      k->users + k->synced);
		check(ha->synced == k->synced && ha->global_use == k->is_global,
		      "%s: key %d synced %d global %d, should be %d %d", name,
		      key, ha->synced, ha->global_use, k->synced,
		      k->is_global);
		i++;
	}
}

/* The reference is untouched, and the driver's copy as the driver left it. */
static void check_snapshots(const struct world *w)
{
	const struct mlist *seen = &w->seen;
	const struct netdev_hw_addr *ref, *work;
	int i = 0;

	check(w->ref.count == seen->n, "the reference has %d addresses, not %d",
	      w->ref.count, seen->n);
	work = list_first_entry(&w->work.list, struct netdev_hw_addr, list);
	netdev_hw_addr_list_for_each(ref, &w->ref) {
		int key = key_of(w, ref);
		int refs = mkey_refs(&seen->k[key]);
		int known = seen->k[key].known;

		check(key == seen->order[i++], "ref: key %d is at place %d",
		      key, i - 1);
		check(ref->synced == seen->k[key].synced &&
		      ref->global_use == seen->k[key].is_global,
		      "ref: key %d is not a copy", key);
		check(ref->sync_cnt == known && ref->refcount == refs + known,
		      "ref: key %d has %d/%d, should be %d/%d", key,
		      ref->sync_cnt, ref->refcount, known, refs + known);

		/* The same in the driver's, unless it has let go of it. */
		known += w->done[key];
		if (&work->list == &w->work.list || key_of(w, work) != key) {
			check(refs + known == 0, "work: key %d is lost", key);
			continue;
		}
		check(work->sync_cnt == known && work->refcount == refs + known,
		      "work: key %d has %d/%d, should be %d/%d", key,
		      work->sync_cnt, work->refcount, known, refs + known);
		work = list_next_entry(work, list);
	}
	check(&work->list == &w->work.list, "work: more than the reference");
}

static void check_lower(struct world *w, int which)
{
	struct netdev_hw_addr_list *list = lower_list(w, which);
	const struct netdev_hw_addr *ha;
	int found = 0;

	check_links(w, list, "lower");
	check_tree(w, list, "lower");
	netdev_hw_addr_list_for_each(ha, list) {
		int own = w->below[which][key_of(w, ha)];

		check(ha->refcount == ha->synced + own && !ha->sync_cnt,
		      "lower: key %d has %d references, should be %d",
		      key_of(w, ha), ha->refcount, ha->synced + own);
		check(w->cfg.careless || ha->synced <= 1,
		      "lower: key %d is synced %d times", key_of(w, ha),
		      ha->synced);
		found += own;
	}
	for (int k = 0; k < w->cfg.keys; k++)
		found -= w->below[which][k];
	check(!found, "lower: an address is lost");
}

static bool in_list(const struct netdev_hw_addr_list *list,
		    const struct list_head *entry)
{
	const struct list_head *p;

	list_for_each(p, &list->list)
		if (p == entry)
			return true;
	return false;
}

/* The entry a reader stands on is not used for anything else. */
static void check_reader(const struct world *w)
{
	const struct netdev_hw_addr *ha;

	if (!w->reading || w->reader == &w->list->list)
		return;
	ha = list_entry(w->reader, struct netdev_hw_addr, list);
	check(!memcmp(ha->addr, w->read_addr, w->cfg.addr_len),
	      "an entry changes under a reader");
	check(!in_list(&w->cache, w->reader) && !in_list(&w->work, w->reader) &&
	      !in_list(&w->ref, w->reader),
	      "an entry that is being read is in a snapshot or the cache");
}

/* Between runs the list knows what the device holds. */
static void check_known(struct world *w)
{
	for (int key = 0; key < w->cfg.keys; key++) {
		if (!w->hw[key])
			w->orphan[key] = false;
		if (!w->running && !w->cfg.careless &&
		    w->cfg.driver != DRIVER_WALK)
			check(w->hw[key] == w->model.k[key].known,
			      "key %d: the device holds %d, the list says %d",
			      key, w->hw[key], w->model.k[key].known);
	}
}

static int entries(const struct net_device *dev)
{
	return dev->uc.count + dev->mc.count + dev->dev_addrs.count;
}

void world_check(struct world *w)
{
	int live = w->cache.count + w->work.count + w->ref.count +
		   entries(&w->dev) + entries(&w->upper) +
		   entries(&w->lower[0]) + entries(&w->lower[1]);

	check_model(w, w->list, &w->model, "list");
	check_model(w, list_of(w, &w->upper), &w->above, "upper");
	check_lower(w, 0);
	check_lower(w, 1);
	check_links(w, &w->cache, "cache");
	check_links(w, &w->work, "work");
	check_links(w, &w->ref, "ref");
	if (w->running)
		check_snapshots(w);
	else
		check(!w->work.count && !w->ref.count, "snapshots left over");
	check(stand_in_live() == live, "%d entries allocated, %d in lists",
	      stand_in_live(), live);
	check_reader(w);
	check_known(w);
}
