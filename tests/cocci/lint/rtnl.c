// SPDX-License-Identifier: GPL-2.0-only
/* rtnl, its work, queues, another device. */
#include <linux/netdevice.h>

struct x_priv {
	void __iomem *regs;
	struct net_device *netdev;
	spinlock_t lock, other;
	struct work_struct work, idle;
	u8 *kept;
	int state, mode;
};

static void x_work(struct work_struct *work)
{
	rtnl_lock();
	rtnl_unlock();
}

static void x_idle(struct work_struct *work)
{
}

static void x_quiet(struct work_struct *work)
{
}

static int x_rx_mode(struct net_device *dev, struct netdev_hw_addr_list *uc,
		     struct netdev_hw_addr_list *mc)
{
	struct x_priv *xp = netdev_priv(dev);

	flush_work(&xp->work); /* H11 */
	flush_work(&xp->quiet);
	rtnl_lock(); /* H10 */
	netif_stop_queue(dev); /* H9 */
	netif_wake_queue(dev); /* H9 */
	dev_set_promiscuity(xp->netdev, 1); /* H19 */
	dev_mc_sync(xp->netdev, dev); /* H19 */
	dev_mc_add(dev, xp->kept); /* H22 */
	return 0;
}

void x_probe(struct x_priv *xp)
{
	INIT_WORK(&xp->work, x_work);
	INIT_WORK(&xp->idle, x_idle); /* H12 */
	INIT_WORK(&xp->quiet, x_quiet);
	schedule_work(&xp->work);
	queue_work(xp->netdev, &xp->quiet);
	cancel_work_sync(&xp->idle);
}

static const struct net_device_ops x_ops = {
	.ndo_set_rx_mode_async	= x_rx_mode,
};
