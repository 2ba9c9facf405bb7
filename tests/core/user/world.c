// SPDX-License-Identifier: GPL-2.0-only
/* The steps: each changes the lists and the model, and compares what came. */
#include "dev.h"
#include "world.h"

/* Addresses differ in their first, a middle and their last byte. */
const unsigned char *key_addr(const struct world *w, int key,
			      unsigned char *type)
{
	static unsigned char addr[MAX_ADDR_LEN];
	int n = w->cfg.kind == LIST_ADDRS ? key / 2 : key;

	memset(addr, 0, sizeof(addr));
	addr[0] = n & 4 ? 0x81 : 0;
	addr[w->cfg.addr_len / 2] = n >> 3;
	addr[w->cfg.addr_len - 1] = n & 3;
	if (w->cfg.kind == LIST_UC)
		*type = NETDEV_HW_ADDR_T_UNICAST;
	else if (w->cfg.kind == LIST_MC)
		*type = NETDEV_HW_ADDR_T_MULTICAST;
	else
		*type = key & 1 ? NETDEV_HW_ADDR_T_SAN : NETDEV_HW_ADDR_T_LAN;
	return addr;
}

int key_of(const struct world *w, const struct netdev_hw_addr *ha)
{
	int n = (ha->addr[0] ? 4 : 0) | ha->addr[w->cfg.addr_len / 2] << 3 |
		(ha->addr[w->cfg.addr_len - 1] & 3);
	int key = w->cfg.kind == LIST_ADDRS ?
		  2 * n + (ha->type == NETDEV_HW_ADDR_T_SAN) : n;
	unsigned char type;

	check(key < w->cfg.keys &&
	      !memcmp(ha->addr, key_addr(w, key, &type), w->cfg.addr_len) &&
	      ha->type == type,
	      "an entry with an address or type that nobody added");
	return key;
}

struct netdev_hw_addr_list *list_of(const struct world *w,
				    struct net_device *dev)
{
	return w->cfg.kind == LIST_UC ? &dev->uc :
	       w->cfg.kind == LIST_MC ? &dev->mc : &dev->dev_addrs;
}

struct netdev_hw_addr_list *lower_list(struct world *w, int which)
{
	struct net_device *lower = &w->lower[which];

	return w->cfg.kind == LIST_MC ? &lower->mc : &lower->uc;
}

int mkey_refs(const struct mkey *k)
{
	return k->users + k->synced;
}

void event(struct world *w, enum event e)
{
	w->events[e]++;
}

/* The model of a list */

void mlist_list(struct world *w, struct mlist *m, int key)
{
	if (m->k[key].listed)
		return;
	m->k[key] = (struct mkey){.listed = true};
	m->order[m->n++] = key;
	if (m == &w->model && w->running) {
		event(w, EVENT_CHANGED_IN_RUN);
		if (w->seen.k[key].listed)
			event(w, EVENT_AGAIN_IN_RUN);
	}
}

static void mlist_remove(struct world *w, struct mlist *m, int key)
{
	int i = 0;

	while (m->order[i] != key)
		i++;
	memmove(m->order + i, m->order + i + 1,
		(size_t)(--m->n - i) * sizeof(*m->order));
	if (m == &w->model) {
		/* What the run itself put there, it brings back. */
		if (w->hw[key] > (w->running ? w->done[key] : 0))
			w->orphan[key] = true;
		if (w->running)
			event(w, EVENT_GONE_IN_RUN);
	}
	m->k[key] = (struct mkey){0};
}

/* An entry lives as long as somebody holds a reference. */
bool mlist_put(struct world *w, struct mlist *m, int key)
{
	const struct mkey *k = &m->k[key];

	if (!k->listed || mkey_refs(k) + k->known)
		return false;
	mlist_remove(w, m, key);
	return true;
}

static struct net_device *device_of(struct world *w, const struct mlist *m)
{
	return m == &w->model ? &w->dev : &w->upper;
}

static void add(struct world *w, struct mlist *m, int key)
{
	struct net_device *dev = device_of(w, m);
	unsigned char type;
	const unsigned char *addr = key_addr(w, key, &type);
	int err;

	if (w->cfg.kind == LIST_UC)
		err = dev_uc_add(dev, addr);
	else if (w->cfg.kind == LIST_MC)
		err = dev_mc_add(dev, addr);
	else
		err = dev_addr_add(dev, addr, type);
	if (stand_in_failed()) {
		check(err == -ENOMEM && !m->k[key].listed, "add: %d", err);
		event(w, EVENT_ADD_FAILED);
		return;
	}
	check(!err, "add: %d", err);
	mlist_list(w, m, key);
	m->k[key].users++;
}

/* References that a careful caller may give back by a plain del. */
static int owned(const struct world *w, const struct mlist *m, int key)
{
	const struct mkey *k = &m->k[key];

	if (w->cfg.kind == LIST_MC)
		return k->users - k->is_global;
	/* The first of dev_addrs stays. */
	return k->users - (w->cfg.kind == LIST_ADDRS && !key);
}

/* Whether a del that nobody has a right to makes sense to the list at all. */
static bool may_lose(const struct world *w, int key)
{
	return w->cfg.careless && (w->cfg.kind != LIST_ADDRS || key) &&
	       (w->cfg.driver == DRIVER_SYNC || w->cfg.driver == DRIVER_LOWER ||
		w->cfg.driver == DRIVER_WALK);
}

static void del(struct world *w, struct mlist *m, int key)
{
	struct net_device *dev = device_of(w, m);
	struct mkey *k = &m->k[key];
	unsigned char type;
	const unsigned char *addr = key_addr(w, key, &type);
	int err;

	if (k->listed && owned(w, m, key) <= 0 &&
	    (m != &w->model || !may_lose(w, key)))
		return;
	if (w->cfg.kind == LIST_UC)
		err = dev_uc_del(dev, addr);
	else if (w->cfg.kind == LIST_MC)
		err = dev_mc_del(dev, addr);
	else
		err = dev_addr_del(dev, addr, type);
	check(err == (k->listed ? 0 : -ENOENT), "del: %d", err);
	if (!k->listed)
		return;
	k->users--;
	if (m == &w->model && w->running)
		event(w, EVENT_CHANGED_IN_RUN);
	mlist_put(w, m, key);
}

/* The steps */

void world_add(struct world *w, int key)
{
	trace("add %d\n", key);
	add(w, &w->model, key);
}

void world_del(struct world *w, int key)
{
	trace("del %d\n", key);
	del(w, &w->model, key);
}

void world_add_global(struct world *w, int key, bool exclusive)
{
	struct mkey *k = &w->model.k[key];
	unsigned char type;
	const unsigned char *addr = key_addr(w, key, &type);
	int err, want = 0;

	exclusive |= w->cfg.kind == LIST_UC;
	trace("add_global %d%s\n", key, exclusive ? " exclusive" : "");
	if (w->cfg.kind == LIST_ADDRS)
		return;
	if (w->cfg.kind == LIST_UC)
		err = dev_uc_add_excl(&w->dev, addr);
	else if (exclusive)
		err = dev_mc_add_excl(&w->dev, addr);
	else
		err = dev_mc_add_global(&w->dev, addr);
	if (stand_in_failed())
		want = -ENOMEM;
	else if (exclusive && k->listed)
		want = -EEXIST;
	check(err == want, "add_global: %d, should be %d", err, want);
	if (err || k->is_global)
		return;
	mlist_list(w, &w->model, key);
	k->is_global = true;
	k->users++;
}

void world_del_global(struct world *w, int key)
{
	struct mkey *k = &w->model.k[key];
	unsigned char type;
	int err;

	trace("del_global %d\n", key);
	if (w->cfg.kind != LIST_MC)
		return;
	err = dev_mc_del_global(&w->dev, key_addr(w, key, &type));
	check(err == (k->is_global ? 0 : -ENOENT), "del_global: %d", err);
	if (!k->is_global)
		return;
	k->is_global = false;
	k->users--;
	mlist_put(w, &w->model, key);
}

void world_flush(struct world *w)
{
	if (!w->cfg.careless || w->cfg.kind == LIST_ADDRS)
		return;
	trace("flush\n");
	if (w->cfg.kind == LIST_UC)
		dev_uc_flush(&w->dev);
	else
		dev_mc_flush(&w->dev);
	while (w->model.n)
		mlist_remove(w, &w->model, w->model.order[0]);
}

void world_upper_add(struct world *w, int key)
{
	trace("upper_add %d\n", key);
	add(w, &w->above, key);
}

void world_upper_del(struct world *w, int key)
{
	trace("upper_del %d\n", key);
	del(w, &w->above, key);
}

/* The upper list says what it has brought into the list below. */
static void upper_synced(struct world *w)
{
	struct mlist before = w->above;
	int known[MAX_KEYS] = {0};
	struct netdev_hw_addr *ha;

	netdev_hw_addr_list_for_each(ha, list_of(w, &w->upper))
		known[key_of(w, ha)] = ha->sync_cnt;
	for (int i = 0; i < before.n; i++) {
		int key = before.order[i];
		int more = known[key] - before.k[key].known;

		w->above.k[key].known += more;
		mlist_put(w, &w->above, key);
		if (more > 0)
			mlist_list(w, &w->model, key);
		if (more)
			w->model.k[key].synced += more;
		mlist_put(w, &w->model, key);
	}
	if (stand_in_failed())
		event(w, EVENT_ADD_FAILED);
}

void world_upper_sync(struct world *w)
{
	trace("upper_sync\n");
	netif_addr_lock_bh(&w->upper);
	if (w->cfg.kind == LIST_UC)
		dev_uc_sync(&w->dev, &w->upper);
	else if (w->cfg.kind == LIST_MC)
		dev_mc_sync(&w->dev, &w->upper);
	else
		__hw_addr_sync(&w->dev.dev_addrs, &w->upper.dev_addrs,
			       w->cfg.addr_len);
	netif_addr_unlock_bh(&w->upper);
	upper_synced(w);
}

void world_upper_unsync(struct world *w)
{
	trace("upper_unsync\n");
	if (w->cfg.kind == LIST_UC)
		dev_uc_unsync(&w->dev, &w->upper);
	else if (w->cfg.kind == LIST_MC)
		dev_mc_unsync(&w->dev, &w->upper);
	else
		__hw_addr_unsync(&w->dev.dev_addrs, &w->upper.dev_addrs,
				 w->cfg.addr_len);
	upper_synced(w);
}

void world_lower_add(struct world *w, int which, int key)
{
	unsigned char type;
	const unsigned char *addr = key_addr(w, key, &type);
	int err;

	if (w->cfg.kind == LIST_ADDRS)
		return;
	trace("lower_add %d %d\n", which, key);
	err = w->cfg.kind == LIST_UC ? dev_uc_add(&w->lower[which], addr) :
				       dev_mc_add(&w->lower[which], addr);
	check(err == (stand_in_failed() ? -ENOMEM : 0), "lower add: %d", err);
	w->below[which][key] += !err;
}

void world_lower_del(struct world *w, int which, int key)
{
	unsigned char type;
	const unsigned char *addr = key_addr(w, key, &type);
	int err;

	if (w->cfg.kind == LIST_ADDRS || !w->below[which][key])
		return;
	trace("lower_del %d %d\n", which, key);
	err = w->cfg.kind == LIST_UC ? dev_uc_del(&w->lower[which], addr) :
				       dev_mc_del(&w->lower[which], addr);
	check(!err, "lower del: %d", err);
	w->below[which][key]--;
}

void world_fail_alloc(struct world *w, int n)
{
	trace("fail_alloc %d\n", n);
	stand_in_fail(n);
}

void world_read(struct world *w)
{
	struct netdev_hw_addr *ha;

	if (!w->reading) {
		w->reading = true;
		w->reader = &w->list->list;
	}
	w->reader = w->reader->next;
	if (w->reader == &w->list->list) {
		trace("read: end\n");
		w->reading = false;
		event(w, EVENT_READ);
		return;
	}
	ha = list_entry(w->reader, struct netdev_hw_addr, list);
	trace("read: key %d\n", key_of(w, ha));
	memcpy(w->read_addr, ha->addr, w->cfg.addr_len);
}

void world_rcu(struct world *w)
{
	if (w->reading)
		return;
	trace("rcu\n");
	stand_in_quiescent();
}

static void device_init(struct world *w, struct net_device *dev)
{
	dev->addr_len = w->cfg.addr_len;
	dev_uc_init(dev);
	dev_mc_init(dev);
	__hw_addr_init(&dev->dev_addrs);
	stand_in_guard_device(dev);
}

/* The address that dev_addr points to is there from the beginning. */
static void first_addr(struct world *w, struct mlist *m)
{
	struct net_device *dev = device_of(w, m);

	dev_addr_init(dev);
	mlist_list(w, m, 0);
	m->k[0].users = 1;
}

void world_init(struct world *w, const struct world_config *cfg, long *events)
{
	memset(w, 0, sizeof(*w));
	w->cfg = *cfg;
	w->events = events;
	stand_in_reset();
	device_init(w, &w->dev);
	device_init(w, &w->upper);
	device_init(w, &w->lower[0]);
	device_init(w, &w->lower[1]);
	__hw_addr_init(&w->shim.uc);
	__hw_addr_init(&w->shim.mc);
	w->shim.addr_len = cfg->addr_len;
	w->list = list_of(w, &w->dev);
	__hw_addr_init(&w->cache);
	__hw_addr_init(&w->work);
	__hw_addr_init(&w->ref);
	if (cfg->kind == LIST_ADDRS) {
		first_addr(w, &w->model);
		first_addr(w, &w->above);
	}
}

static void device_free(struct net_device *dev)
{
	dev_uc_flush(dev);
	dev_mc_flush(dev);
	if (dev->dev_addr)
		dev_addr_flush(dev);
}

void world_free(struct world *w)
{
	if (w->running)
		world_end(w);
	device_free(&w->dev);
	device_free(&w->upper);
	device_free(&w->lower[0]);
	device_free(&w->lower[1]);
	__hw_addr_cache_trim(&w->cache, 0);
	stand_in_quiescent();
	check(!stand_in_live(), "%d entries are never freed", stand_in_live());
}
