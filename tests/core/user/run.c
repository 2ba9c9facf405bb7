// SPDX-License-Identifier: GPL-2.0-only
/* The steps of a run: cache, snapshots, the driver, and the way back. */
#include "dev.h"
#include "world.h"

void world_fill(struct world *w, int extra)
{
	int want = 2 * w->list->count + extra, before = w->cache.count;
	int err = __hw_addr_cache_fill(&w->cache, want);
	bool failed = stand_in_failed();

	trace("fill %d: %d of %d\n", extra, w->cache.count, want);
	check(err == (failed ? -ENOMEM : 0), "fill: %d", err);
	check(w->cache.count >= before, "fill takes entries away");
	if (err)
		event(w, EVENT_FILL_FAILED);
	else
		check(w->cache.count == (before > want ? before : want),
		      "fill: %d entries, should be %d", w->cache.count, want);
}

void world_trim(struct world *w, int arg)
{
	int want = arg % (2 * w->list->count + 2), before = w->cache.count;

	trace("trim %d\n", want);
	__hw_addr_cache_trim(&w->cache, want);
	check(w->cache.count == (before < want ? before : want),
	      "trim: %d entries, should be %d", w->cache.count, want);
}

static int snapshot(struct world *w, struct netdev_hw_addr_list *snap)
{
	int before = w->cache.count, n = w->list->count;
	int err = __hw_addr_list_snapshot(snap, w->list, w->cfg.addr_len,
					  &w->cache);

	check(err == (before < n ? -ENOMEM : 0), "snapshot: %d", err);
	check(w->cache.count == before - (err ? 0 : n) &&
	      snap->count == (err ? 0 : n), "snapshot: wrong counts");
	if (err)
		event(w, EVENT_SHORT);
	return err;
}

void world_begin(struct world *w, bool fill)
{
	int err;

	if (w->running)
		return;
	trace("begin\n");
	if (fill)
		world_fill(w, 0);
	netif_addr_lock_bh(&w->dev);
	err = snapshot(w, &w->work);
	if (!err) {
		err = snapshot(w, &w->ref);
		if (err) {
			list_splice_init(&w->work.list, &w->cache.list);
			w->cache.count += w->work.count;
			__hw_addr_init(&w->work);
		}
	}
	netif_addr_unlock_bh(&w->dev);
	if (err)
		return;
	w->seen = w->model;
	memset(w->done, 0, sizeof(w->done));
	w->running = true;
	event(w, EVENT_RUN);
}

void world_act(struct world *w, int arg, unsigned int mask)
{
	if (!w->running)
		return;
	trace("act %d failing %x\n", arg % 8, mask);
	w->on_real = false;
	driver_call(w, &w->work, arg, mask);
}

/*
 * The driver on the real list, under the lock: a direct call with dev->uc and
 * dev->mc, or unsync when it is closed. Rtnl keeps that out of runs; where
 * it does not, nothing worse may happen than an address lost from the list.
 * (A driver of references sets them, so a difference would mean nothing.)
 */
void world_act_real(struct world *w, int arg, unsigned int mask)
{
	if (w->running &&
	    (!w->cfg.careless || w->cfg.driver == DRIVER_REF_SYNC))
		return;
	if (w->running)
		arg = 7;
	trace("act_real %d failing %x\n", arg % 8, mask);
	w->on_real = true;
	netif_addr_lock_bh(&w->dev);
	driver_call(w, w->list, arg, mask);
	netif_addr_unlock_bh(&w->dev);
	for (int key = 0; key < w->cfg.keys; key++)
		mlist_put(w, &w->model, key);
}

/*
 * The model of reconcile: what the driver has done since the snapshot is added
 * to what the list knew. Returns how many addresses came back.
 */
static int model_end(struct world *w)
{
	int back = 0;

	for (int i = 0; i < w->seen.n; i++) {
		int key = w->seen.order[i], more = w->done[key];
		struct mkey *k = &w->model.k[key];

		if (!k->listed && more > 0) {
			mlist_list(w, &w->model, key);
			k->known = more;
			back++;
			event(w, EVENT_STALE);
		} else if (k->listed && more) {
			if (k->known + more < 0)
				event(w, EVENT_CLAMPED);
			k->known = k->known + more > 0 ? k->known + more : 0;
			if (mlist_put(w, &w->model, key))
				event(w, EVENT_DROPPED);
		}
		if (!k->listed && w->hw[key])
			w->orphan[key] = true;
	}
	return back;
}

void world_end(struct world *w)
{
	int entries = w->cache.count + w->work.count + w->ref.count;

	if (!w->running)
		return;
	trace("end\n");
	w->running = false;
	netif_addr_lock_bh(&w->dev);
	__hw_addr_list_reconcile(w->list, &w->work, &w->ref, w->cfg.addr_len,
				 &w->cache);
	netif_addr_unlock_bh(&w->dev);
	entries -= model_end(w);
	check(w->cache.count == entries, "%d entries in the cache, not %d",
	      w->cache.count, entries);
	check(list_empty(&w->work.list) && list_empty(&w->ref.list) &&
	      !w->work.count && !w->ref.count, "the snapshots are not empty");
}

static void check_quiet(struct world *w, int key)
{
	const struct mkey *k = &w->model.k[key];
	bool used = mkey_refs(k) > 0;
	int want = used;

	if (w->cfg.driver == DRIVER_REF_SYNC)
		want = mkey_refs(k);
	else if (w->cfg.driver == DRIVER_LOWERS)
		want = 2 * used;
	check(k->listed == used, "quiet: key %d is %slisted, %sused", key,
	      k->listed ? "" : "not ", used ? "" : "not ");
	if (w->cfg.careless) {
		check(!used || w->hw[key], "quiet: key %d is lost", key);
		check(used || !w->hw[key] || w->orphan[key],
		      "quiet: key %d is left in the device", key);
	} else {
		check(w->hw[key] == want,
		      "quiet: key %d: the device holds %d, should be %d", key,
		      w->hw[key], want);
	}
}

/* Changes have stopped: one run that succeeds brings all in order. */
void world_quiet(struct world *w)
{
	world_end(w);
	world_check(w);
	trace("quiet\n");
	stand_in_fail(0);
	world_begin(w, true);
	check(w->running, "quiet: no run");
	world_act(w, 0, 0);
	if (w->cfg.driver == DRIVER_LOWERS)
		world_act(w, 1, 0);
	world_end(w);
	world_check(w);
	for (int key = 0; key < w->cfg.keys; key++)
		check_quiet(w, key);
	event(w, EVENT_QUIET);
}
