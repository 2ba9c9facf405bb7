// SPDX-License-Identifier: GPL-2.0-only
/* KUnit tests of address list snapshots and of ndo_set_rx_mode_async(). */
#include <kunit/test.h>
#include <linux/completion.h>
#include <linux/delay.h>
#include <linux/etherdevice.h>
#include <linux/netdevice.h>
#include <linux/rtnetlink.h>

#include "dev.h"

#define MANY	1000

/* What the device's callback does and has seen. */
struct rx_mode_test {
	struct kunit *test;
	struct completion called;
	int calls;
	int promisc_calls;
	int unicast, multicast;		/* addresses in the device */
	bool wrong_context;
	unsigned char last[ETH_ALEN];	/* last address synced */
	void (*meanwhile)(struct net_device *dev);
#ifdef RX_MODE_INT
	int err;			/* what the next call returns */
#endif
};

static void test_addr(unsigned char *addr, int n)
{
	const unsigned char base[ETH_ALEN] = { 0x33, 0x33 };

	memcpy(addr, base, ETH_ALEN);
	addr[4] = n >> 8;
	addr[5] = n;
}

static void test_mc_add(struct net_device *dev, int n)
{
	unsigned char addr[ETH_ALEN];

	test_addr(addr, n);
	dev_mc_add(dev, addr);
}

static void test_mc_del(struct net_device *dev, int n)
{
	unsigned char addr[ETH_ALEN];

	test_addr(addr, n);
	dev_mc_del(dev, addr);
}

static void test_uc_add(struct net_device *dev)
{
	const unsigned char addr[ETH_ALEN] = { 0x02, 0, 0, 0, 0, 1 };

	dev_uc_add(dev, addr);
}

static void test_uc_del(struct net_device *dev)
{
	const unsigned char addr[ETH_ALEN] = { 0x02, 0, 0, 0, 0, 1 };

	dev_uc_del(dev, addr);
}

static struct netdev_hw_addr *test_find(struct netdev_hw_addr_list *list,
					int n)
{
	unsigned char addr[ETH_ALEN];

	test_addr(addr, n);
	return __hw_addr_lookup(list, addr, ETH_ALEN,
				NETDEV_HW_ADDR_T_MULTICAST);
}

static int test_sync(struct net_device *dev, const unsigned char *addr)
{
	struct rx_mode_test *t = *(struct rx_mode_test **)netdev_priv(dev);

	ether_addr_copy(t->last, addr);
	if (is_multicast_ether_addr(addr))
		t->multicast++;
	else
		t->unicast++;
	return 0;
}

static int test_unsync(struct net_device *dev, const unsigned char *addr)
{
	struct rx_mode_test *t = *(struct rx_mode_test **)netdev_priv(dev);

	if (is_multicast_ether_addr(addr))
		t->multicast--;
	else
		t->unicast--;
	return 0;
}

#ifdef RX_MODE_INT
static int test_set_rx_mode(struct net_device *dev,
			    struct netdev_hw_addr_list *uc,
			    struct netdev_hw_addr_list *mc)
#else
static void test_set_rx_mode(struct net_device *dev,
			     struct netdev_hw_addr_list *uc,
			     struct netdev_hw_addr_list *mc)
#endif
{
	struct rx_mode_test *t = *(struct rx_mode_test **)netdev_priv(dev);
	void (*meanwhile)(struct net_device *) = t->meanwhile;
#ifdef RX_MODE_INT
	int err = t->err;
#endif

	/* The address lock would keep BHs off: in_interrupt() sees that. */
	if (!rtnl_is_locked() || in_interrupt() || !netif_up_and_present(dev))
		t->wrong_context = true;
	usleep_range(1000, 2000);

	if (dev->priv_flags & IFF_UNICAST_FLT)
		__hw_addr_sync_dev(uc, dev, test_sync, test_unsync);
	__hw_addr_sync_dev(mc, dev, test_sync, test_unsync);

	t->meanwhile = NULL;
	if (meanwhile)
		meanwhile(dev);
	t->calls++;
	complete(&t->called);
#ifdef RX_MODE_INT
	t->err = 0;
	return err;
#endif
}

static void test_change_rx_flags(struct net_device *dev, int flags)
{
	struct rx_mode_test *t = *(struct rx_mode_test **)netdev_priv(dev);

	if (flags & IFF_PROMISC)
		t->promisc_calls++;
}

static netdev_tx_t test_xmit(struct sk_buff *skb, struct net_device *dev)
{
	dev_kfree_skb(skb);
	return NETDEV_TX_OK;
}

static const struct net_device_ops test_ops = {
	.ndo_start_xmit		= test_xmit,
	.ndo_set_rx_mode_async	= test_set_rx_mode,
	.ndo_change_rx_flags	= test_change_rx_flags,
};

static void test_setup(struct net_device *dev)
{
	ether_setup(dev);
	dev->netdev_ops = &test_ops;
	dev->mtu = 60;	/* too small for IP, which would add addresses */
	dev->priv_flags |= IFF_UNICAST_FLT;
	eth_hw_addr_random(dev);
}

/* A device that is registered, and down. */
static struct net_device *test_register(struct kunit *test)
{
	struct rx_mode_test *t = kunit_kzalloc(test, sizeof(*t), GFP_KERNEL);
	struct net_device *dev;

	KUNIT_ASSERT_NOT_NULL(test, t);
	dev = alloc_netdev(sizeof(t), "rxmode%d", NET_NAME_ENUM, test_setup);
	KUNIT_ASSERT_NOT_NULL(test, dev);
	t->test = test;
	init_completion(&t->called);
	*(struct rx_mode_test **)netdev_priv(dev) = t;
	test->priv = t;
	KUNIT_ASSERT_EQ(test, register_netdev(dev), 0);
	return dev;
}

/* A device that is up, programmed, and has nothing waiting. */
static struct net_device *test_open(struct kunit *test)
{
	struct net_device *dev = test_register(test);
	struct rx_mode_test *t = test->priv;

	rtnl_lock();
	KUNIT_EXPECT_EQ(test, dev_open(dev, NULL), 0);
	netif_rx_mode_sync();
	rtnl_unlock();
	KUNIT_EXPECT_EQ(test, t->calls, 1);
	t->calls = 0;
	reinit_completion(&t->called);
	return dev;
}

static void test_unregister(struct net_device *dev)
{
	struct rx_mode_test *t = *(struct rx_mode_test **)netdev_priv(dev);

	KUNIT_EXPECT_FALSE(t->test, t->wrong_context);
	unregister_netdev(dev);
	free_netdev(dev);
}

static void test_program(void)
{
	rtnl_lock();
	netif_rx_mode_sync();
	rtnl_unlock();
}

static bool test_called(struct rx_mode_test *t)
{
	return wait_for_completion_timeout(&t->called, 10 * HZ);
}

/* Snapshots: a device that is down, its list of multicast addresses, and a
 * driver's work on a snapshot of it.
 */

struct snapshots {
	struct net_device *dev;
	struct netdev_hw_addr_list cache, work, ref;
};

static void snapshots_take(struct kunit *test, struct snapshots *s)
{
	struct netdev_hw_addr_list *mc = &s->dev->mc;

	__hw_addr_init(&s->cache);
	__hw_addr_init(&s->work);
	__hw_addr_init(&s->ref);
	KUNIT_ASSERT_EQ(test, __hw_addr_cache_fill(&s->cache, 2 * mc->count),
			0);
	KUNIT_ASSERT_EQ(test, __hw_addr_list_snapshot(&s->work, mc, ETH_ALEN,
						      &s->cache), 0);
	KUNIT_ASSERT_EQ(test, __hw_addr_list_snapshot(&s->ref, mc, ETH_ALEN,
						      &s->cache), 0);
	KUNIT_EXPECT_EQ(test, s->cache.count, 0);
}

static void snapshots_end(struct kunit *test, struct snapshots *s)
{
	__hw_addr_list_reconcile(&s->dev->mc, &s->work, &s->ref, ETH_ALEN,
				 &s->cache);
	KUNIT_EXPECT_TRUE(test, list_empty(&s->work.list));
	KUNIT_EXPECT_TRUE(test, list_empty(&s->ref.list));
	__hw_addr_cache_trim(&s->cache, 0);
	KUNIT_EXPECT_TRUE(test, list_empty(&s->cache.list));
}

static void expect_entry(struct kunit *test, struct snapshots *s, int n,
			 int refcount, int sync_cnt)
{
	struct netdev_hw_addr *ha = test_find(&s->dev->mc, n);

	KUNIT_ASSERT_NOT_NULL(test, ha);
	KUNIT_EXPECT_EQ(test, ha->refcount, refcount);
	KUNIT_EXPECT_EQ(test, ha->sync_cnt, sync_cnt);
}

static void snapshot_copies(struct kunit *test)
{
	struct snapshots s = { .dev = test_register(test) };
	struct netdev_hw_addr *ha, *copy;
	int i;

	for (i = MANY; i > 0; i--)
		test_mc_add(s.dev, i * 7 % MANY);
	snapshots_take(test, &s);
	KUNIT_EXPECT_EQ(test, s.work.count, s.dev->mc.count);

	copy = list_first_entry(&s.work.list, struct netdev_hw_addr, list);
	netdev_for_each_mc_addr(ha, s.dev) {
		KUNIT_EXPECT_EQ(test, 0,
				memcmp(ha->addr, copy->addr, ETH_ALEN));
		KUNIT_EXPECT_EQ(test, ha->type, copy->type);
		copy = list_next_entry(copy, list);
	}
	snapshots_end(test, &s);
	test_unregister(s.dev);
}

static void snapshot_needs_entries(struct kunit *test)
{
	struct net_device *dev = test_register(test);
	struct netdev_hw_addr_list cache, snap;

	test_mc_add(dev, 1);
	test_mc_add(dev, 2);
	__hw_addr_init(&cache);
	__hw_addr_init(&snap);
	KUNIT_ASSERT_EQ(test, __hw_addr_cache_fill(&cache, 1), 0);
	KUNIT_EXPECT_EQ(test, __hw_addr_list_snapshot(&snap, &dev->mc,
						      ETH_ALEN, &cache),
			-ENOMEM);
	KUNIT_EXPECT_EQ(test, snap.count, 0);
	KUNIT_EXPECT_TRUE(test, list_empty(&snap.list));
	KUNIT_EXPECT_EQ(test, cache.count, 1);
	__hw_addr_cache_trim(&cache, 0);
	test_unregister(dev);
}

static void reconcile_sync(struct kunit *test)
{
	struct snapshots s = { .dev = test_register(test) };
	struct rx_mode_test *t = test->priv;

	test_mc_add(s.dev, 1);
	snapshots_take(test, &s);
	__hw_addr_sync_dev(&s.work, s.dev, test_sync, test_unsync);
	snapshots_end(test, &s);
	expect_entry(test, &s, 1, 2, 1);

	/* The last user goes: still there, to be unsynced. */
	test_mc_del(s.dev, 1);
	expect_entry(test, &s, 1, 1, 1);
	snapshots_take(test, &s);
	__hw_addr_sync_dev(&s.work, s.dev, test_sync, test_unsync);
	snapshots_end(test, &s);
	KUNIT_EXPECT_EQ(test, s.dev->mc.count, 0);
	KUNIT_EXPECT_EQ(test, t->multicast, 0);
	test_unregister(s.dev);
}

static void reconcile_added_meanwhile(struct kunit *test)
{
	struct snapshots s = { .dev = test_register(test) };

	test_mc_add(s.dev, 1);
	snapshots_take(test, &s);
	__hw_addr_sync_dev(&s.work, s.dev, test_sync, test_unsync);
	test_mc_add(s.dev, 2);
	test_mc_add(s.dev, 1);
	snapshots_end(test, &s);
	expect_entry(test, &s, 1, 3, 1);
	expect_entry(test, &s, 2, 1, 0);
	test_unregister(s.dev);
}

static void reconcile_removed_meanwhile(struct kunit *test)
{
	struct snapshots s = { .dev = test_register(test) };
	struct rx_mode_test *t = test->priv;

	test_mc_add(s.dev, 1);
	snapshots_take(test, &s);
	__hw_addr_sync_dev(&s.work, s.dev, test_sync, test_unsync);
	test_mc_del(s.dev, 1);
	KUNIT_EXPECT_EQ(test, s.dev->mc.count, 0);
	snapshots_end(test, &s);

	/* In the device, so back in the list until it is unsynced. */
	expect_entry(test, &s, 1, 1, 1);
	snapshots_take(test, &s);
	__hw_addr_sync_dev(&s.work, s.dev, test_sync, test_unsync);
	snapshots_end(test, &s);
	KUNIT_EXPECT_EQ(test, s.dev->mc.count, 0);
	KUNIT_EXPECT_EQ(test, t->multicast, 0);
	test_unregister(s.dev);
}

static void reconcile_added_again_meanwhile(struct kunit *test)
{
	struct snapshots s = { .dev = test_register(test) };

	test_mc_add(s.dev, 1);
	snapshots_take(test, &s);
	__hw_addr_sync_dev(&s.work, s.dev, test_sync, test_unsync);
	test_mc_del(s.dev, 1);
	test_mc_add(s.dev, 1);
	snapshots_end(test, &s);
	expect_entry(test, &s, 1, 2, 1);

	/* Unsynced by the driver, while somebody wants it again. */
	test_mc_del(s.dev, 1);
	snapshots_take(test, &s);
	__hw_addr_sync_dev(&s.work, s.dev, test_sync, test_unsync);
	test_mc_add(s.dev, 1);
	snapshots_end(test, &s);
	expect_entry(test, &s, 1, 1, 0);
	test_unregister(s.dev);
}

static void reconcile_unsynced_twice(struct kunit *test)
{
	struct snapshots s = { .dev = test_register(test) };

	test_mc_add(s.dev, 1);
	__hw_addr_sync_dev(&s.dev->mc, s.dev, test_sync, test_unsync);
	snapshots_take(test, &s);
	__hw_addr_unsync_dev(&s.work, s.dev, test_unsync);
	__hw_addr_unsync_dev(&s.dev->mc, s.dev, test_unsync);
	snapshots_end(test, &s);
	expect_entry(test, &s, 1, 1, 0);
	test_unregister(s.dev);
}

/* The work: a device that is up.
 */

static void work_programs(struct kunit *test)
{
	struct net_device *dev = test_open(test);
	struct rx_mode_test *t = test->priv;

	test_mc_add(dev, 1);
	KUNIT_EXPECT_TRUE(test, test_called(t));
	test_program();
	KUNIT_EXPECT_EQ(test, t->calls, 1);
	KUNIT_EXPECT_EQ(test, t->multicast, 1);
	test_mc_del(dev, 1);
	KUNIT_EXPECT_TRUE(test, test_called(t));
	KUNIT_EXPECT_EQ(test, t->multicast, 0);
	test_unregister(dev);
}

static void sync_programs(struct kunit *test)
{
	struct net_device *dev = test_open(test);
	struct rx_mode_test *t = test->priv;
	int i;

	/* Many changes, one call before rtnl is dropped, none after. */
	rtnl_lock();
	for (i = 0; i < MANY; i++)
		test_mc_add(dev, i);
	netif_rx_mode_sync();
	KUNIT_EXPECT_EQ(test, t->calls, 1);
	KUNIT_EXPECT_EQ(test, t->multicast, MANY);
	rtnl_unlock();
	msleep(50);
	test_program();
	KUNIT_EXPECT_EQ(test, t->calls, 1);

	rtnl_lock();
	for (i = 0; i < MANY; i++)
		test_mc_del(dev, i);
	netif_rx_mode_sync();
	rtnl_unlock();
	KUNIT_EXPECT_EQ(test, t->multicast, 0);
	KUNIT_EXPECT_EQ(test, dev->mc.count, 0);
	test_unregister(dev);
}

static void sync_takes_over(struct kunit *test)
{
	struct net_device *dev = test_open(test);
	struct rx_mode_test *t = test->priv;

	/* The work has begun and waits for rtnl. */
	rtnl_lock();
	test_mc_add(dev, 1);
	msleep(50);
	netif_rx_mode_sync();
	KUNIT_EXPECT_EQ(test, t->calls, 1);
	rtnl_unlock();
	msleep(50);
	test_program();
	KUNIT_EXPECT_EQ(test, t->calls, 1);

	/* The same, but something changes after the sync. */
	rtnl_lock();
	test_mc_add(dev, 2);
	msleep(50);
	netif_rx_mode_sync();
	test_mc_add(dev, 3);
	reinit_completion(&t->called);
	rtnl_unlock();
	KUNIT_EXPECT_TRUE(test, test_called(t));
	test_program();
	KUNIT_EXPECT_EQ(test, t->calls, 3);
	KUNIT_EXPECT_EQ(test, t->multicast, 3);
	test_unregister(dev);
}

static void change_meanwhile(struct net_device *dev)
{
	test_mc_del(dev, 1);
	test_mc_add(dev, 2);
	test_mc_del(dev, 3);
	test_mc_add(dev, 3);
}

static void work_sees_changes_during_call(struct kunit *test)
{
	struct net_device *dev = test_open(test);
	struct rx_mode_test *t = test->priv;

	rtnl_lock();
	test_mc_add(dev, 1);
	test_mc_add(dev, 3);
	t->meanwhile = change_meanwhile;
	netif_rx_mode_sync();
	KUNIT_EXPECT_EQ(test, t->calls, 1);
	reinit_completion(&t->called);
	rtnl_unlock();
	KUNIT_EXPECT_TRUE(test, test_called(t));
	test_program();
	KUNIT_EXPECT_EQ(test, t->calls, 2);
	KUNIT_EXPECT_EQ(test, t->multicast, 2);
	KUNIT_EXPECT_EQ(test, dev->mc.count, 2);
	KUNIT_EXPECT_NULL(test, test_find(&dev->mc, 1));
	KUNIT_EXPECT_NOT_NULL(test, test_find(&dev->mc, 2));
	KUNIT_EXPECT_NOT_NULL(test, test_find(&dev->mc, 3));
	test_unregister(dev);
}

static void work_needs_up_and_present(struct kunit *test)
{
	struct net_device *dev = test_open(test);
	struct rx_mode_test *t = test->priv;

	rtnl_lock();
	test_mc_add(dev, 1);
	netif_device_detach(dev);
	netif_rx_mode_sync();
	KUNIT_EXPECT_EQ(test, t->calls, 0);
	netif_device_attach(dev);

	test_mc_add(dev, 2);
	dev_close(dev);
	netif_rx_mode_sync();
	KUNIT_EXPECT_EQ(test, t->calls, 0);

	KUNIT_EXPECT_EQ(test, dev_open(dev, NULL), 0);
	netif_rx_mode_sync();
	KUNIT_EXPECT_EQ(test, t->calls, 1);
	KUNIT_EXPECT_EQ(test, t->multicast, 2);
	rtnl_unlock();
	test_unregister(dev);
}

static void no_unicast_filter_means_promiscuous(struct kunit *test)
{
	struct net_device *dev = test_open(test);
	struct rx_mode_test *t = test->priv;

	dev->priv_flags &= ~IFF_UNICAST_FLT;
	rtnl_lock();
	test_uc_add(dev);
	KUNIT_EXPECT_TRUE(test, dev->flags & IFF_PROMISC);
	KUNIT_EXPECT_EQ(test, t->promisc_calls, 1);
	netif_rx_mode_sync();
	KUNIT_EXPECT_EQ(test, t->calls, 1);
	test_uc_del(dev);
	KUNIT_EXPECT_FALSE(test, dev->flags & IFF_PROMISC);
	KUNIT_EXPECT_EQ(test, t->promisc_calls, 2);
	netif_rx_mode_sync();
	KUNIT_EXPECT_EQ(test, t->calls, 2);
	rtnl_unlock();
	test_unregister(dev);
}

static void unregister_with_work_queued(struct kunit *test)
{
	struct net_device *dev = test_open(test);
	struct rx_mode_test *t = test->priv;

	rtnl_lock();
	test_mc_add(dev, 1);
	unregister_netdevice(dev);
	rtnl_unlock();
	KUNIT_EXPECT_EQ(test, t->calls, 0);
	free_netdev(dev);
}

static void unregister_with_work_begun(struct kunit *test)
{
	struct net_device *dev = test_open(test);
	struct rx_mode_test *t = test->priv;

	rtnl_lock();
	test_mc_add(dev, 1);
	msleep(50);
	unregister_netdevice(dev);
	rtnl_unlock();
	KUNIT_EXPECT_EQ(test, t->calls, 0);
	KUNIT_EXPECT_FALSE(test, dev->rx_mode_queued);
	free_netdev(dev);
}

#ifdef RX_MODE_INT
static void work_tries_again(struct kunit *test)
{
	struct net_device *dev = test_open(test);
	struct rx_mode_test *t = test->priv;

	t->err = -EIO;
	test_mc_add(dev, 1);
	test_program();
	KUNIT_EXPECT_EQ(test, t->calls, 1);
	KUNIT_EXPECT_EQ(test, dev->rx_mode_retry_count, 1);
	reinit_completion(&t->called);
	KUNIT_EXPECT_TRUE(test, test_called(t));
	test_program();
	KUNIT_EXPECT_EQ(test, t->calls, 2);
	KUNIT_EXPECT_EQ(test, dev->rx_mode_retry_count, 0);
	test_unregister(dev);
}

static void work_gives_up(struct kunit *test)
{
	struct net_device *dev = test_open(test);
	struct rx_mode_test *t = test->priv;

	rtnl_lock();
	dev->rx_mode_retry_count = 4;
	t->err = -EIO;
	test_mc_add(dev, 1);
	netif_rx_mode_sync();
	KUNIT_EXPECT_EQ(test, t->calls, 1);
	KUNIT_EXPECT_FALSE(test, timer_pending(&dev->rx_mode_retry_timer));

	/* The next change is still tried. */
	test_mc_add(dev, 2);
	netif_rx_mode_sync();
	KUNIT_EXPECT_EQ(test, t->calls, 2);
	KUNIT_EXPECT_EQ(test, dev->rx_mode_retry_count, 0);
	rtnl_unlock();
	test_unregister(dev);
}

static void close_ends_retries(struct kunit *test)
{
	struct net_device *dev = test_open(test);
	struct rx_mode_test *t = test->priv;

	rtnl_lock();
	t->err = -EIO;
	test_mc_add(dev, 1);
	netif_rx_mode_sync();
	KUNIT_EXPECT_TRUE(test, timer_pending(&dev->rx_mode_retry_timer));
	dev_close(dev);
	KUNIT_EXPECT_FALSE(test, timer_pending(&dev->rx_mode_retry_timer));
	KUNIT_EXPECT_EQ(test, dev->rx_mode_retry_count, 0);
	rtnl_unlock();
	test_unregister(dev);
}

#endif
static struct kunit_case snapshot_cases[] = {
	KUNIT_CASE(snapshot_copies),
	KUNIT_CASE(snapshot_needs_entries),
	KUNIT_CASE(reconcile_sync),
	KUNIT_CASE(reconcile_added_meanwhile),
	KUNIT_CASE(reconcile_removed_meanwhile),
	KUNIT_CASE(reconcile_added_again_meanwhile),
	KUNIT_CASE(reconcile_unsynced_twice),
	{}
};

static struct kunit_suite snapshot_suite = {
	.name = "hw_addr_snapshot",
	.test_cases = snapshot_cases,
};

static struct kunit_case rx_mode_cases[] = {
	KUNIT_CASE(work_programs),
	KUNIT_CASE(sync_programs),
	KUNIT_CASE(sync_takes_over),
	KUNIT_CASE(work_sees_changes_during_call),
	KUNIT_CASE(work_needs_up_and_present),
	KUNIT_CASE(no_unicast_filter_means_promiscuous),
	KUNIT_CASE(unregister_with_work_queued),
	KUNIT_CASE(unregister_with_work_begun),
#ifdef RX_MODE_INT
	KUNIT_CASE(work_tries_again),
	KUNIT_CASE(work_gives_up),
	KUNIT_CASE(close_ends_retries),
#endif
	{}
};

static struct kunit_suite rx_mode_suite = {
	.name = "rx_mode",
	.test_cases = rx_mode_cases,
};

kunit_test_suites(&snapshot_suite, &rx_mode_suite);
