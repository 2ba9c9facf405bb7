// SPDX-License-Identifier: GPL-2.0-only
/* What the write returns is looked at. */
#include <linux/netdevice.h>
#include <linux/usb/usbnet.h>

static int x_write(struct usbnet *dev, u8 reg, u16 length, void *data)
{
	int err = usbnet_write_cmd(dev, 1, 0x40, 0, reg, data, length);

	return err < length ? -EBUSY : err;
}

/* Does not wait. */
static int x_write_async(struct usbnet *dev, u8 reg, u16 length,
			  const void *data)
{
	return usbnet_write_cmd_async(dev, 1, 0x40, 0, reg, data, length);
}

static void x_set_rx_mode(struct net_device *net)
{
	struct usbnet *dev = netdev_priv(net);
	u8 mode = net->flags & IFF_PROMISC ? 2 : !netdev_mc_empty(net);

	if (x_write_async(dev, 5, 1, &mode))	/* here */
		netdev_dbg(net, "failed\n");
}

static const struct net_device_ops x_ops = {
	.ndo_set_rx_mode	= x_set_rx_mode,
};

/*
 * want: converted
 * want-deferral: kept no-twin
 */
