// SPDX-License-Identifier: GPL-2.0-only
/*
 * The address lock keeps the callback out while the card is reset; the callback
 * sleeps under it, which is wrong and which nobody noticed.
 */
#include <linux/module.h>
#include <linux/netdevice.h>

static int toyaddrlock_open(struct net_device *dev)
{
	netif_start_queue(dev);
	return 0;
}

static int toyaddrlock_stop(struct net_device *dev)
{
	netif_stop_queue(dev);
	return 0;
}

struct toyaddrlock {
	void *io;
	bool resetting;
};

static void toyaddrlock_tx_timeout(struct net_device *dev, unsigned int txqueue)
{
	struct toyaddrlock *card = netdev_priv(dev);

	netif_addr_lock_bh(dev);
	card->resetting = true;
	iowrite32(0, card->io);
	card->resetting = false;
	netif_addr_unlock_bh(dev);
}

static void toyaddrlock_set_rx_mode(struct net_device *dev)
{
	struct toyaddrlock *card = netdev_priv(dev);

	if (card->resetting)
		return;
	msleep(1);
	iowrite32(netdev_mc_count(dev), card->io);
}

static const struct net_device_ops toyaddrlock_ops = {
	.ndo_open		= toyaddrlock_open,
	.ndo_stop		= toyaddrlock_stop,
	.ndo_tx_timeout		= toyaddrlock_tx_timeout,
	.ndo_set_rx_mode	= toyaddrlock_set_rx_mode,
};

static int __init toyaddrlock_init(void)
{
	struct net_device *dev = alloc_etherdev(64);

	if (!dev)
		return -ENOMEM;
	dev->netdev_ops = &toyaddrlock_ops;
	return register_netdev(dev);
}
module_init(toyaddrlock_init);

MODULE_DESCRIPTION("addrlock");
MODULE_LICENSE("GPL");
