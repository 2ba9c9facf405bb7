// SPDX-License-Identifier: GPL-2.0-only
/*
 * The receive filter of devices with ndo_set_rx_mode_async(): which of them
 * wait to be programmed, and the run that does it in process context.
 *
 * A device that waits is on rx_mode_list, and its work is on the way with a
 * reference to the device. Whoever holds rtnl may take the device off the
 * list, to program it at once or never; a work that had begun by then waits
 * for rtnl, finds its device off the list and only drops the reference.
 * Nobody waits for a work with rtnl held: when a device is unregistered, it
 * is netdev_run_todo() that waits, for the reference and without rtnl.
 */
#include <linux/init.h>
#include <linux/list.h>
#include <linux/netdevice.h>
#include <linux/rtnetlink.h>
#include <linux/spinlock.h>
#include <linux/workqueue.h>

#include "dev.h"

static struct workqueue_struct *rx_mode_wq;

/* Protects rx_mode_list and of each device rx_mode_node, rx_mode_queued and
 * rx_mode_tracker. Address locks may be held when it is taken.
 */
static DEFINE_SPINLOCK(rx_mode_lock);
static LIST_HEAD(rx_mode_list);
#if defined(RX_MODE_SYNC) && defined(RX_MODE_UNLOCKED)
/* Devices taken off the list are being programmed. */
static bool rx_mode_busy;
#endif

/**
 * netif_rx_mode_queue() - have a device's receive filter programmed
 * @dev: device with ndo_set_rx_mode_async()
 *
 * Context: any but hard interrupts
 */
void netif_rx_mode_queue(struct net_device *dev)
{
	spin_lock_bh(&rx_mode_lock);
	if (dev->reg_state > NETREG_REGISTERED)
		goto out;

	if (list_empty(&dev->rx_mode_node))
		list_add_tail(&dev->rx_mode_node, &rx_mode_list);
	if (!dev->rx_mode_queued) {
		dev->rx_mode_queued = true;
		netdev_hold(dev, &dev->rx_mode_tracker, GFP_ATOMIC);
		queue_work(rx_mode_wq, &dev->rx_mode_work);
	}
out:
	spin_unlock_bh(&rx_mode_lock);
}

/* Takes a device off the list, and its work from the queue where that has
 * not begun. The caller holds rtnl.
 */
static void rx_mode_dequeue(struct net_device *dev)
{
	lockdep_assert_held(&rx_mode_lock);

	list_del_init(&dev->rx_mode_node);
	if (dev->rx_mode_queued && cancel_work(&dev->rx_mode_work)) {
		dev->rx_mode_queued = false;
		netdev_put(dev, &dev->rx_mode_tracker);
	}
}

/* Two snapshots of one list: the driver's, and the one to compare with. */
struct rx_mode_snapshot {
	struct netdev_hw_addr_list work;
	struct netdev_hw_addr_list ref;
};

static void rx_mode_snapshot(struct net_device *dev,
			     struct rx_mode_snapshot *snap,
			     const struct netdev_hw_addr_list *list)
{
	__hw_addr_init(&snap->work);
	__hw_addr_init(&snap->ref);
	__hw_addr_list_snapshot(&snap->work, list, dev->addr_len,
				&dev->rx_mode_addr_cache);
	__hw_addr_list_snapshot(&snap->ref, list, dev->addr_len,
				&dev->rx_mode_addr_cache);
}

/* Entries for two snapshots of each list. */
static int rx_mode_entries(const struct net_device *dev)
{
	return 2 * (READ_ONCE(dev->uc.count) + READ_ONCE(dev->mc.count));
}

/* Entries are allocated without the address lock: where the lists have grown
 * meanwhile, it takes another turn.
 */
static int rx_mode_snapshot_both(struct net_device *dev,
				 struct rx_mode_snapshot *uc,
				 struct rx_mode_snapshot *mc)
{
	struct netdev_hw_addr_list *cache = &dev->rx_mode_addr_cache;
	bool enough;
	int err;

	do {
		err = __hw_addr_cache_fill(cache, rx_mode_entries(dev));
		if (err)
			return err;

		netif_addr_lock_bh(dev);
		enough = cache->count >= rx_mode_entries(dev);
		if (enough) {
			rx_mode_snapshot(dev, uc, &dev->uc);
			rx_mode_snapshot(dev, mc, &dev->mc);
		}
		netif_addr_unlock_bh(dev);
	} while (!enough);

	return 0;
}

static void rx_mode_reconcile(struct net_device *dev,
			      struct rx_mode_snapshot *snap,
			      struct netdev_hw_addr_list *list)
{
	__hw_addr_list_reconcile(list, &snap->work, &snap->ref, dev->addr_len,
				 &dev->rx_mode_addr_cache);
}

#ifdef RX_MODE_INT
#define RX_MODE_RETRY_MAX	4	/* after 1, 2, 4 and 8 seconds */

/**
 * netif_rx_mode_schedule_retry() - program the receive filter again, later
 * @dev: device that is up
 *
 * For drivers whose programming failed after the callback has returned; the
 * core does the same when the callback fails. The caller holds rtnl.
 */
void netif_rx_mode_schedule_retry(struct net_device *dev)
{
	ASSERT_RTNL();

	if (timer_pending(&dev->rx_mode_retry_timer))
		return;
	if (dev->rx_mode_retry_count >= RX_MODE_RETRY_MAX) {
		netdev_err(dev, "receive filter not programmed, giving up\n");
		return;
	}
	mod_timer(&dev->rx_mode_retry_timer,
		  jiffies + (HZ << dev->rx_mode_retry_count));
	dev->rx_mode_retry_count++;
}
EXPORT_SYMBOL_GPL(netif_rx_mode_schedule_retry);

/**
 * netif_rx_mode_cancel_retry() - forget about a failed programming
 * @dev: device that was closed
 */
void netif_rx_mode_cancel_retry(struct net_device *dev)
{
	del_timer_sync(&dev->rx_mode_retry_timer);
	dev->rx_mode_retry_count = 0;
}

static void rx_mode_retry(struct timer_list *t)
{
	struct net_device *dev = from_timer(dev, t, rx_mode_retry_timer);

	netif_rx_mode_queue(dev);
}

#endif
static void rx_mode_run(struct net_device *dev)
{
	const struct net_device_ops *ops = dev->netdev_ops;
	struct rx_mode_snapshot uc, mc;
#ifdef RX_MODE_INT
	int err;
#endif

	if (!netif_up_and_present(dev))
		return;

	if (rx_mode_snapshot_both(dev, &uc, &mc)) {
		netdev_warn(dev, "no memory to program the receive filter\n");
#ifdef RX_MODE_INT
		netif_rx_mode_schedule_retry(dev);
#endif
		return;
	}

#ifdef RX_MODE_INT
	err = ops->ndo_set_rx_mode_async(dev, &uc.work, &mc.work);
#else
	ops->ndo_set_rx_mode_async(dev, &uc.work, &mc.work);
#endif

	netif_addr_lock_bh(dev);
	rx_mode_reconcile(dev, &uc, &dev->uc);
	rx_mode_reconcile(dev, &mc, &dev->mc);
	__hw_addr_cache_trim(&dev->rx_mode_addr_cache, rx_mode_entries(dev));
	netif_addr_unlock_bh(dev);
#ifdef RX_MODE_INT

	if (err)
		netif_rx_mode_schedule_retry(dev);
	else
		netif_rx_mode_cancel_retry(dev);
#endif
}

static void rx_mode_work(struct work_struct *work)
{
	struct net_device *dev = container_of(work, struct net_device,
					      rx_mode_work);
	netdevice_tracker tracker;
	bool waits;

	rtnl_lock();
	spin_lock_bh(&rx_mode_lock);
	waits = !list_empty(&dev->rx_mode_node);
	list_del_init(&dev->rx_mode_node);
#if defined(RX_MODE_SYNC) && defined(RX_MODE_UNLOCKED)
	rx_mode_busy = waits;
#endif
	dev->rx_mode_queued = false;
	tracker = dev->rx_mode_tracker;
	spin_unlock_bh(&rx_mode_lock);

	if (waits)
		rx_mode_run(dev);
#if defined(RX_MODE_SYNC) && defined(RX_MODE_UNLOCKED)
	WRITE_ONCE(rx_mode_busy, false);
#endif
	rtnl_unlock();
	netdev_put(dev, &tracker);
}

#ifdef RX_MODE_SYNC
/**
 * netif_rx_mode_sync() - program all receive filters that wait for it
 *
 * For the end of a system call which may have changed addresses or flags of
 * any device: the process finds the devices programmed when it returns. The
 * caller holds rtnl and no other lock, as drivers sleep and take their own.
 */
void netif_rx_mode_sync(void)
{
	struct net_device *dev;
	LIST_HEAD(list);

	ASSERT_RTNL();

	spin_lock_bh(&rx_mode_lock);
	list_splice_init(&rx_mode_list, &list);
#ifdef RX_MODE_UNLOCKED
	rx_mode_busy = !list_empty(&list);
#endif
	while (!list_empty(&list)) {
		dev = list_first_entry(&list, struct net_device, rx_mode_node);
		rx_mode_dequeue(dev);
		spin_unlock_bh(&rx_mode_lock);
		rx_mode_run(dev);
		spin_lock_bh(&rx_mode_lock);
	}
#ifdef RX_MODE_UNLOCKED
	rx_mode_busy = false;
#endif
	spin_unlock_bh(&rx_mode_lock);
}
EXPORT_SYMBOL_GPL(netif_rx_mode_sync);

#ifdef RX_MODE_UNLOCKED
/**
 * netif_rx_mode_sync_unlocked() - netif_rx_mode_sync() without rtnl
 *
 * For system calls that change addresses without rtnl. It takes rtnl only
 * where a device waits or is being programmed.
 */
void netif_rx_mode_sync_unlocked(void)
{
	bool idle;

	spin_lock_bh(&rx_mode_lock);
	idle = list_empty(&rx_mode_list) && !READ_ONCE(rx_mode_busy);
	spin_unlock_bh(&rx_mode_lock);
	if (idle)
		return;

	rtnl_lock();
	netif_rx_mode_sync();
	rtnl_unlock();
}
EXPORT_SYMBOL_GPL(netif_rx_mode_sync_unlocked);

#endif
#endif
/**
 * netif_rx_mode_cancel() - the receive filter needs no programming any more
 * @dev: device that is being unregistered
 */
void netif_rx_mode_cancel(struct net_device *dev)
{
	ASSERT_RTNL();

	spin_lock_bh(&rx_mode_lock);
	rx_mode_dequeue(dev);
	spin_unlock_bh(&rx_mode_lock);
}

void netif_rx_mode_init(struct net_device *dev)
{
	__hw_addr_init(&dev->rx_mode_addr_cache);
	INIT_LIST_HEAD(&dev->rx_mode_node);
	INIT_WORK(&dev->rx_mode_work, rx_mode_work);
#ifdef RX_MODE_INT
	timer_setup(&dev->rx_mode_retry_timer, rx_mode_retry, 0);
#endif
}

void netif_rx_mode_free(struct net_device *dev)
{
	__hw_addr_cache_trim(&dev->rx_mode_addr_cache, 0);
}

/* Before the first device can be registered. */
static int __init rx_mode_start(void)
{
	rx_mode_wq = alloc_ordered_workqueue("rx_mode", 0);
	if (!rx_mode_wq)
		panic("%s: no workqueue\n", __func__);

	return 0;
}
core_initcall(rx_mode_start);
