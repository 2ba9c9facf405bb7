// SPDX-License-Identifier: GPL-2.0-only
/* Below, the register and the length have changed places. */
#include <linux/netdevice.h>
#include <linux/usb/usbnet.h>

static int __x_write(struct usbnet *dev, u16 n, u8 at, const void *from)
{
	return usbnet_write_cmd(dev, 1, 0x40, 0, at, from, n);
}

static int x_write(struct usbnet *dev, u8 reg, u16 length, const void *data)
{
	return __x_write(dev, reg, 4, data);
}

static void x_write_async(struct usbnet *dev, u8 reg, u16 length,
			  const void *data)
{
	usbnet_write_cmd_async(dev, 1, 0x40, 0, reg, data, length);
}

static void x_set_rx_mode(struct net_device *net)
{
	struct usbnet *dev = netdev_priv(net);
	u8 mode = net->flags & IFF_PROMISC ? 2 : !netdev_mc_empty(net);

	x_write_async(dev, 5, 1, &mode);	/* here */
}

static const struct net_device_ops x_ops = {
	.ndo_set_rx_mode	= x_set_rx_mode,
};

/*
 * want: converted
 * want-deferral: kept no-twin
 */
