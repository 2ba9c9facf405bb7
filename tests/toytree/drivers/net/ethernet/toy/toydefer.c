// SPDX-License-Identifier: GPL-2.0-only
/* The callback queues work, and the work walks the list. */
#include <linux/module.h>
#include <linux/netdevice.h>
#include <linux/workqueue.h>

struct toydefer {
	struct net_device *dev;
	struct work_struct rx_mode;
	void *io;
};

static void toydefer_work(struct work_struct *work)
{
	struct toydefer *card = container_of(work, struct toydefer, rx_mode);
	struct netdev_hw_addr *ha;
	u32 hash = 0;

	netif_addr_lock_bh(card->dev);
	netdev_for_each_mc_addr(ha, card->dev)
		hash |= BIT(ha->addr[5] & 31);
	netif_addr_unlock_bh(card->dev);
	iowrite32(hash, card->io);
}

static int toydefer_open(struct net_device *dev)
{
	netif_start_queue(dev);
	return 0;
}

static int toydefer_stop(struct net_device *dev)
{
	struct toydefer *card = netdev_priv(dev);

	netif_stop_queue(dev);
	cancel_work_sync(&card->rx_mode);
	return 0;
}

static void toydefer_set_rx_mode(struct net_device *dev)
{
	struct toydefer *card = netdev_priv(dev);

	schedule_work(&card->rx_mode);
}

static const struct net_device_ops toydefer_ops = {
	.ndo_open		= toydefer_open,
	.ndo_stop		= toydefer_stop,
	.ndo_set_rx_mode	= toydefer_set_rx_mode,
};

static void toydefer_setup(struct net_device *dev)
{
	struct toydefer *card = netdev_priv(dev);

	card->dev = dev;
	INIT_WORK(&card->rx_mode, toydefer_work);
	dev->netdev_ops = &toydefer_ops;
}

static int __init toydefer_init(void)
{
	struct net_device *dev = alloc_etherdev(64);

	if (!dev)
		return -ENOMEM;
	toydefer_setup(dev);
	return register_netdev(dev);
}
module_init(toydefer_init);

MODULE_DESCRIPTION("defer");
MODULE_LICENSE("GPL");
