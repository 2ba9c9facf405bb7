// SPDX-License-Identifier: GPL-2.0-only
/* Open and the interrupt call the callback, unlocked: lint rightly says H3. */
#include <linux/interrupt.h>
#include <linux/module.h>
#include <linux/netdevice.h>

#define RX_MODE 0x10
#define RX_HASH 0x14

static void toycaller_set_rx_mode(struct net_device *dev);

static irqreturn_t toycaller_interrupt(int irq, void *data)
{
	struct net_device *dev = data;
	void *io = netdev_priv(dev);

	if (!ioread32(io))
		return IRQ_NONE;
	toycaller_set_rx_mode(dev);
	return IRQ_HANDLED;
}

static int toycaller_open(struct net_device *dev)
{
	int err;

	err = request_irq(dev->irq, toycaller_interrupt, 0, "toy", dev);
	if (err)
		return err;
	toycaller_set_rx_mode(dev);
	netif_start_queue(dev);
	return 0;
}

static int toycaller_stop(struct net_device *dev)
{
	netif_stop_queue(dev);
	free_irq(dev->irq, dev);
	return 0;
}

static void toycaller_set_rx_mode(struct net_device *dev)
{
	struct netdev_hw_addr *ha;
	void *io = netdev_priv(dev);
	u32 hash = 0;

	netdev_for_each_mc_addr(ha, dev)
		hash |= BIT(ha->addr[5] & 31);
	iowrite32(hash, io);
}

static const struct net_device_ops toycaller_ops = {
	.ndo_open		= toycaller_open,
	.ndo_stop		= toycaller_stop,
	.ndo_set_rx_mode	= toycaller_set_rx_mode,
};

static int __init toycaller_init(void)
{
	struct net_device *dev = alloc_etherdev(64);

	if (!dev)
		return -ENOMEM;
	dev->netdev_ops = &toycaller_ops;
	return register_netdev(dev);
}
module_init(toycaller_init);

MODULE_DESCRIPTION("caller");
MODULE_LICENSE("GPL");
