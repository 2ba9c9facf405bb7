// SPDX-License-Identifier: GPL-2.0-only
/*
 * Network devices without hardware, to put ndo_set_rx_mode_async under stress.
 *
 * A device keeps the filter that hardware would have, fed by
 * __hw_addr_sync_dev() on the lists that its callback gets. The callback sleeps
 * at random, fails now and then, and warns when its context or its lists are
 * not as promised. A timer changes the multicast list from softirq, without
 * the rtnl lock, so that changes meet a callback that is asleep.
 *
 * The kinds for "ip link add type":
 *
 *	rxs		filters unicast addresses (IFF_UNICAST_FLT)
 *	rxsnouc		does not: the core makes it promiscuous instead
 *	rxsflags	as rxsnouc, with ndo_change_rx_flags
 *	rxsold		as rxs, with ndo_set_rx_mode: never sleeps, never fails
 *
 * debugfs/rx_mode_stress shows each device and its filter. A device's name,
 * of any driver, written to debugfs/rx_mode_kick adds a group to it and removes
 * it, without the rtnl lock: the filter waits to be programmed then.
 */
#include <linux/debugfs.h>
#include <linux/etherdevice.h>
#include <linux/hashtable.h>
#include <linux/jhash.h>
#include <linux/module.h>
#include <linux/netdevice.h>
#include <linux/nsproxy.h>
#include <linux/random.h>
#include <linux/rtnetlink.h>
#include <linux/seq_file.h>
#include <linux/timer.h>
#include <linux/uaccess.h>
#include <net/rtnetlink.h>

static unsigned int sleep_us = 2000;
module_param(sleep_us, uint, 0644);
MODULE_PARM_DESC(sleep_us, "Longest of the callback's two sleeps");

static unsigned int sleep_min_us = 1;
module_param(sleep_min_us, uint, 0644);
MODULE_PARM_DESC(sleep_min_us, "Shortest of the callback's two sleeps");

static unsigned int fail;
module_param(fail, uint, 0644);
MODULE_PARM_DESC(fail, "Of 1000 changes of the filter, so many fail");

static unsigned int churn_us;
module_param(churn_us, uint, 0644);
MODULE_PARM_DESC(churn_us, "Longest time between changes by the timer; 0: none");

static bool check = true;
module_param(check, bool, 0644);
MODULE_PARM_DESC(check, "Look at the lists that a callback gets");

#define RXS_HASH_BITS	10
#define RXS_CHURN	8	/* addresses that the timer adds and removes */
#define RXS_CHURN_IDLE	(HZ / 10)

struct rxs_entry {
	struct hlist_node node;
	u8 addr[ETH_ALEN];
	bool mc;
};

struct rxs {
	struct net_device *dev;
	struct list_head node;
	struct timer_list churn;
	bool open;
	bool busy;
	unsigned int by_work;		/* callbacks in a worker */
	unsigned int by_caller;		/* callbacks in a system call */
	unsigned int rx_flags_calls;
	unsigned int hw_flags;
	/* Under filter_lock, taken inside the address lock. */
	spinlock_t filter_lock;
	DECLARE_HASHTABLE(filter, RXS_HASH_BITS);
	unsigned int entries;
};

static LIST_HEAD(rxs_devs);
static DEFINE_MUTEX(rxs_devs_lock);
static struct dentry *rxs_file, *rxs_kick_file;

static bool rxs_may_sleep(const struct net_device *dev)
{
	return !dev->netdev_ops->ndo_set_rx_mode;
}

static void rxs_sleep(void)
{
	unsigned int min = READ_ONCE(sleep_min_us);
	unsigned int max = READ_ONCE(sleep_us);

	if (!max)
		return;
	if (min < max)
		min += get_random_u32() % (max - min);
	usleep_range(min, min + 50);
}

static bool rxs_fails(const struct net_device *dev)
{
	return rxs_may_sleep(dev) && get_random_u32() % 1000 < READ_ONCE(fail);
}

static u32 rxs_hash(const u8 *addr)
{
	return jhash(addr, ETH_ALEN, 0);
}

static struct rxs_entry *rxs_find(struct rxs *rxs, const u8 *addr, bool mc)
{
	struct rxs_entry *e;

	hash_for_each_possible(rxs->filter, e, node, rxs_hash(addr))
		if (e->mc == mc && ether_addr_equal(e->addr, addr))
			return e;
	return NULL;
}

static int rxs_add(struct net_device *dev, const u8 *addr, bool mc)
{
	struct rxs *rxs = netdev_priv(dev);
	struct rxs_entry *e;

	if (rxs_fails(dev))
		return -EIO;
	e = kmalloc(sizeof(*e), rxs_may_sleep(dev) ? GFP_KERNEL : GFP_ATOMIC);
	if (!e)
		return -ENOMEM;
	ether_addr_copy(e->addr, addr);
	e->mc = mc;

	spin_lock_bh(&rxs->filter_lock);
	if (WARN_ONCE(rxs_find(rxs, addr, mc), "%s: %pM synced twice\n",
		      dev->name, addr)) {
		kfree(e);
	} else {
		hash_add(rxs->filter, &e->node, rxs_hash(addr));
		rxs->entries++;
	}
	spin_unlock_bh(&rxs->filter_lock);
	return 0;
}

static int rxs_del(struct net_device *dev, const u8 *addr, bool mc)
{
	struct rxs *rxs = netdev_priv(dev);
	struct rxs_entry *e;

	if (rxs->open && rxs_fails(dev))
		return -EBUSY;

	spin_lock_bh(&rxs->filter_lock);
	e = rxs_find(rxs, addr, mc);
	if (!WARN_ONCE(!e, "%s: %pM unsynced, and is not there\n", dev->name,
		       addr)) {
		hash_del(&e->node);
		rxs->entries--;
	}
	spin_unlock_bh(&rxs->filter_lock);
	kfree(e);
	return 0;
}

static int rxs_add_uc(struct net_device *dev, const unsigned char *addr)
{
	return rxs_add(dev, addr, false);
}

static int rxs_del_uc(struct net_device *dev, const unsigned char *addr)
{
	return rxs_del(dev, addr, false);
}

static int rxs_add_mc(struct net_device *dev, const unsigned char *addr)
{
	return rxs_add(dev, addr, true);
}

static int rxs_del_mc(struct net_device *dev, const unsigned char *addr)
{
	return rxs_del(dev, addr, true);
}

/* Both lists and the flags to the filter. */
static int rxs_program(struct net_device *dev, struct netdev_hw_addr_list *uc,
		       struct netdev_hw_addr_list *mc)
{
	struct rxs *rxs = netdev_priv(dev);
	int err = 0, err_mc;

	if (dev->priv_flags & IFF_UNICAST_FLT)
		err = __hw_addr_sync_dev(uc, dev, rxs_add_uc, rxs_del_uc);
	if (rxs_may_sleep(dev))
		rxs_sleep();
	err_mc = __hw_addr_sync_dev(mc, dev, rxs_add_mc, rxs_del_mc);
	WRITE_ONCE(rxs->hw_flags, dev->flags & (IFF_PROMISC | IFF_ALLMULTI));
	return err ? err : err_mc;
}

static void rxs_set_rx_mode(struct net_device *dev)
{
	struct rxs *rxs = netdev_priv(dev);

	WARN_ONCE(!rxs->open, "%s: called while down\n", dev->name);
	rxs->by_caller++;
	rxs_program(dev, &dev->uc, &dev->mc);
}

static void rxs_check_context(struct net_device *dev)
{
	struct rxs *rxs = netdev_priv(dev);

	might_sleep();
	ASSERT_RTNL();
	WARN_ONCE(in_atomic() || irqs_disabled(), "%s: called in atomic context\n",
		  dev->name);
	WARN_ONCE(softirq_count(), "%s: called with bottom halves off\n",
		  dev->name);
	lockdep_assert_not_held(&dev->addr_list_lock);
	WARN_ONCE(!rxs->open || !(dev->flags & IFF_UP),
		  "%s: called while down\n", dev->name);
	WARN_ONCE(!netif_device_present(dev), "%s: called while detached\n",
		  dev->name);
	WARN_ONCE(dev->reg_state != NETREG_REGISTERED,
		  "%s: called in state %d\n", dev->name, dev->reg_state);
}

/* A sum over the list, which must not change while the callback runs. */
static u32 rxs_check_list(struct net_device *dev,
			  struct netdev_hw_addr_list *list, bool mc)
{
	struct netdev_hw_addr *ha;
	int count = 0;
	u32 sum = 0;

	WARN_ONCE(list == &dev->uc || list == &dev->mc,
		  "%s: called with a live list\n", dev->name);
	netdev_hw_addr_list_for_each(ha, list) {
		WARN_ONCE(is_multicast_ether_addr(ha->addr) != mc ||
			  is_zero_ether_addr(ha->addr),
			  "%s: %pM in the list of %s\n", dev->name, ha->addr,
			  mc ? "groups" : "unicast addresses");
		WARN_ONCE(ha->refcount < 1 || ha->sync_cnt < 0 ||
			  ha->sync_cnt > ha->refcount,
			  "%s: %pM refcount %d, sync_cnt %d\n", dev->name,
			  ha->addr, ha->refcount, ha->sync_cnt);
		sum = jhash(ha->addr, ETH_ALEN, sum);
		count++;
	}
	WARN_ONCE(count != netdev_hw_addr_list_count(list) ||
		  !count != netdev_hw_addr_list_empty(list),
		  "%s: %d entries, count says %d\n", dev->name, count,
		  netdev_hw_addr_list_count(list));
	return sum;
}

static int rxs_run(struct net_device *dev, struct netdev_hw_addr_list *uc,
		   struct netdev_hw_addr_list *mc)
{
	struct rxs *rxs = netdev_priv(dev);
	u32 sum_uc, sum_mc;
	int err;

	rxs_check_context(dev);
	WARN_ONCE(rxs->busy, "%s: entered twice\n", dev->name);
	rxs->busy = true;
	if (current->flags & PF_WQ_WORKER)
		rxs->by_work++;
	else
		rxs->by_caller++;

	if (READ_ONCE(check)) {
		sum_uc = rxs_check_list(dev, uc, false);
		sum_mc = rxs_check_list(dev, mc, true);
		rxs_sleep();
		WARN_ONCE(sum_uc != rxs_check_list(dev, uc, false) ||
			  sum_mc != rxs_check_list(dev, mc, true),
			  "%s: the snapshot changed\n", dev->name);
	}
	err = rxs_program(dev, uc, mc);

	rxs_check_context(dev);
	rxs->busy = false;
	return err;
}

#ifdef RX_MODE_INT
#define RXS_FLAVOUR "int"
static int rxs_set_rx_mode_async(struct net_device *dev,
				 struct netdev_hw_addr_list *uc,
				 struct netdev_hw_addr_list *mc)
{
	return rxs_run(dev, uc, mc);
}
#else
#define RXS_FLAVOUR "void"
static void rxs_set_rx_mode_async(struct net_device *dev,
				  struct netdev_hw_addr_list *uc,
				  struct netdev_hw_addr_list *mc)
{
	rxs_run(dev, uc, mc);
}
#endif

static void rxs_change_rx_flags(struct net_device *dev, int flags)
{
	struct rxs *rxs = netdev_priv(dev);

	ASSERT_RTNL();
	WARN_ONCE(!flags || flags & ~(IFF_PROMISC | IFF_ALLMULTI),
		  "%s: flags %#x changed\n", dev->name, flags);
	rxs->rx_flags_calls++;
}

static void rxs_churn(struct timer_list *t)
{
	struct rxs *rxs = container_of(t, struct rxs, churn);
	u8 addr[ETH_ALEN] = { 0x01, 0x00, 0x5e, 0x7f, 0x00 };
	unsigned int us = READ_ONCE(churn_us);

	if (!us) {
		mod_timer(t, jiffies + RXS_CHURN_IDLE);
		return;
	}
	addr[5] = get_random_u32() % RXS_CHURN;
	if (get_random_u32() & 1)
		dev_mc_add_global(rxs->dev, addr);
	else
		dev_mc_del_global(rxs->dev, addr);
	mod_timer(t, jiffies + usecs_to_jiffies(get_random_u32() % us));
}

static int rxs_open(struct net_device *dev)
{
	struct rxs *rxs = netdev_priv(dev);

	WARN_ONCE(rxs->entries, "%s: filter has %u entries at open\n",
		  dev->name, rxs->entries);
	rxs->open = true;
	if (rxs_may_sleep(dev))
		mod_timer(&rxs->churn, jiffies + 1);
	netif_start_queue(dev);
	return 0;
}

static int rxs_stop(struct net_device *dev)
{
	struct rxs *rxs = netdev_priv(dev);

	netif_stop_queue(dev);
	WARN_ONCE(rxs->busy, "%s: stopped in its callback\n", dev->name);
	del_timer_sync(&rxs->churn);
	rxs->open = false;

	netif_addr_lock_bh(dev);
	__dev_uc_unsync(dev, rxs_del_uc);
	__dev_mc_unsync(dev, rxs_del_mc);
	netif_addr_unlock_bh(dev);
	WRITE_ONCE(rxs->hw_flags, 0);
	WARN_ONCE(rxs->entries, "%s: the lists lost %u entries of the filter\n",
		  dev->name, rxs->entries);
	return 0;
}

static netdev_tx_t rxs_xmit(struct sk_buff *skb, struct net_device *dev)
{
	dev_kfree_skb(skb);
	return NETDEV_TX_OK;
}

static int rxs_init(struct net_device *dev)
{
	struct rxs *rxs = netdev_priv(dev);

	netdev_lockdep_set_classes(dev);
	rxs->dev = dev;
	spin_lock_init(&rxs->filter_lock);
	hash_init(rxs->filter);
	timer_setup(&rxs->churn, rxs_churn, 0);
	mutex_lock(&rxs_devs_lock);
	list_add_tail(&rxs->node, &rxs_devs);
	mutex_unlock(&rxs_devs_lock);
	return 0;
}

static void rxs_uninit(struct net_device *dev)
{
	struct rxs *rxs = netdev_priv(dev);

	WARN_ONCE(rxs->open || rxs->busy, "%s: unregistered while in use\n",
		  dev->name);
	mutex_lock(&rxs_devs_lock);
	list_del(&rxs->node);
	mutex_unlock(&rxs_devs_lock);
}

#define RXS_OPS							\
	.ndo_init		= rxs_init,			\
	.ndo_uninit		= rxs_uninit,			\
	.ndo_open		= rxs_open,			\
	.ndo_stop		= rxs_stop,			\
	.ndo_start_xmit		= rxs_xmit,			\
	.ndo_validate_addr	= eth_validate_addr,		\
	.ndo_set_mac_address	= eth_mac_addr

static const struct net_device_ops rxs_ops = {
	RXS_OPS,
	.ndo_set_rx_mode_async	= rxs_set_rx_mode_async,
};

static const struct net_device_ops rxs_flags_ops = {
	RXS_OPS,
	.ndo_set_rx_mode_async	= rxs_set_rx_mode_async,
	.ndo_change_rx_flags	= rxs_change_rx_flags,
};

static const struct net_device_ops rxs_old_ops = {
	RXS_OPS,
	.ndo_set_rx_mode	= rxs_set_rx_mode,
};

static void rxs_setup(struct net_device *dev)
{
	ether_setup(dev);
	dev->netdev_ops = &rxs_ops;
	dev->needs_free_netdev = true;
	dev->priv_flags |= IFF_UNICAST_FLT | IFF_LIVE_ADDR_CHANGE |
			   IFF_NO_QUEUE;
	eth_hw_addr_random(dev);
}

static void rxs_nouc_setup(struct net_device *dev)
{
	rxs_setup(dev);
	dev->priv_flags &= ~IFF_UNICAST_FLT;
}

static void rxs_flags_setup(struct net_device *dev)
{
	rxs_nouc_setup(dev);
	dev->netdev_ops = &rxs_flags_ops;
}

static void rxs_old_setup(struct net_device *dev)
{
	rxs_setup(dev);
	dev->netdev_ops = &rxs_old_ops;
}

static struct rtnl_link_ops rxs_kinds[] = {
	{ .kind = "rxs", .setup = rxs_setup },
	{ .kind = "rxsnouc", .setup = rxs_nouc_setup },
	{ .kind = "rxsflags", .setup = rxs_flags_setup },
	{ .kind = "rxsold", .setup = rxs_old_setup },
};

/*
 * A line "dev NAME ..." for each device, and behind it one for each entry of
 * its filter. Takes no lock that a callback holds while it sleeps: what is
 * shown is there now.
 */
static int rxs_filters_show(struct seq_file *m, void *unused)
{
	struct rxs_entry *e;
	struct rxs *rxs;
	int i;

	seq_puts(m, "flavour " RXS_FLAVOUR "\n");
	mutex_lock(&rxs_devs_lock);
	list_for_each_entry(rxs, &rxs_devs, node) {
		unsigned int flags = READ_ONCE(rxs->hw_flags);

		seq_printf(m, "dev %s unicast %d promisc %d allmulti %d by_work %u by_caller %u rx_flags %u\n",
			   rxs->dev->name,
			   !!(rxs->dev->priv_flags & IFF_UNICAST_FLT),
			   !!(flags & IFF_PROMISC),
			   !!(flags & IFF_ALLMULTI), READ_ONCE(rxs->by_work),
			   READ_ONCE(rxs->by_caller),
			   READ_ONCE(rxs->rx_flags_calls));
		spin_lock_bh(&rxs->filter_lock);
		hash_for_each(rxs->filter, i, e, node)
			seq_printf(m, "%s %pM\n", e->mc ? "mc" : "uc", e->addr);
		spin_unlock_bh(&rxs->filter_lock);
	}
	mutex_unlock(&rxs_devs_lock);
	return 0;
}
DEFINE_SHOW_ATTRIBUTE(rxs_filters);

static ssize_t rxs_kick(struct file *file, const char __user *buf, size_t len,
			loff_t *pos)
{
	static const u8 addr[ETH_ALEN] = { 0x01, 0x00, 0x5e, 0x7e, 0x00, 0x01 };
	struct net_device *dev;
	char name[IFNAMSIZ];

	if (len >= sizeof(name))
		return -EINVAL;
	if (copy_from_user(name, buf, len))
		return -EFAULT;
	name[len] = '\0';
	dev = dev_get_by_name(current->nsproxy->net_ns, name);
	if (!dev)
		return -ENODEV;
	dev_mc_add(dev, addr);
	dev_mc_del(dev, addr);
	dev_put(dev);
	return len;
}

static const struct file_operations rxs_kick_fops = {
	.owner	= THIS_MODULE,
	.open	= simple_open,
	.write	= rxs_kick,
};

static int __init rxs_init_module(void)
{
	int i, err;

	for (i = 0; i < ARRAY_SIZE(rxs_kinds); i++) {
		rxs_kinds[i].priv_size = sizeof(struct rxs);
		err = rtnl_link_register(&rxs_kinds[i]);
		if (err)
			goto err_unregister;
	}
	rxs_file = debugfs_create_file("rx_mode_stress", 0400, NULL, NULL,
				       &rxs_filters_fops);
	rxs_kick_file = debugfs_create_file("rx_mode_kick", 0200, NULL, NULL,
					    &rxs_kick_fops);
	return 0;

err_unregister:
	while (i--)
		rtnl_link_unregister(&rxs_kinds[i]);
	return err;
}

static void __exit rxs_exit_module(void)
{
	int i;

	debugfs_remove(rxs_kick_file);
	debugfs_remove(rxs_file);
	for (i = 0; i < ARRAY_SIZE(rxs_kinds); i++)
		rtnl_link_unregister(&rxs_kinds[i]);
}

module_init(rxs_init_module);
module_exit(rxs_exit_module);
MODULE_DESCRIPTION("Stress of ndo_set_rx_mode_async");
MODULE_LICENSE("GPL");
