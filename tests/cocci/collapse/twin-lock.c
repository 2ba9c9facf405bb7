// SPDX-License-Identifier: GPL-2.0-only
/* Written with a spin lock held. */
#include <linux/netdevice.h>
#include <linux/usb/usbnet.h>

static spinlock_t x_lock;

static int x_write(struct usbnet *dev, u8 reg, u16 length, void *data)
{
	int err = usbnet_write_cmd(dev, 1, 0x40, 0, reg, data, length);

	return err < length ? -EBUSY : err;
}

/* Does not wait. */
static void x_write_async(struct usbnet *dev, u8 reg, u16 length,
			  const void *data)
{
	usbnet_write_cmd_async(dev, 1, 0x40, 0, reg, data, length);
}

static void x_set_rx_mode(struct net_device *net)
{
	struct usbnet *dev = netdev_priv(net);
	u8 mode = net->flags & IFF_PROMISC ? 2 : !netdev_mc_empty(net);

	spin_lock_bh(&x_lock);
	x_write_async(dev, 5,	/* here */
		      sizeof(mode), &mode);
	spin_unlock_bh(&x_lock);
}

static const struct net_device_ops x_ops = {
	.ndo_set_rx_mode	= x_set_rx_mode,
};

/*
 * want: converted
 * want-deferral: kept lock-held
 */
