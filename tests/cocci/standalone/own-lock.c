/* SPDX-License-Identifier: GPL-2.0-only */
static void foo_set_rx_mode(struct net_device *dev)
{
	struct foo *foo = netdev_priv(dev);
	unsigned long flags;

	spin_lock_irqsave(&foo->lock, flags);
	foo_write(foo, netdev_mc_count(dev));
	spin_unlock_irqrestore(&foo->lock, flags);
}

static const struct net_device_ops foo_ops = {
	.ndo_open		= foo_open,
	.ndo_set_rx_mode	= foo_set_rx_mode,
	.ndo_stop		= foo_stop,
};
