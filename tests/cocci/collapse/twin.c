// SPDX-License-Identifier: GPL-2.0-only
/* A write that does not wait becomes its twin; nobody else needs it. */
#include <linux/netdevice.h>
#include <linux/usb/usbnet.h>

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

	x_write_async(dev, 5,
		      sizeof(mode), &mode);
}

static const struct net_device_ops x_ops = {
	.ndo_set_rx_mode	= x_set_rx_mode,
};

int x_bind(struct usbnet *dev)
{
	u8 mode = 0;

	dev->net->netdev_ops = &x_ops;
	x_write(dev, 4, 1, &mode);
	x_set_rx_mode(dev->net);
	return 0;
}

/*
 * want: converted
 * want-deferral: collapsed
 * want-hazard: H12 mended
 * want-hazard: H3 open
 */
