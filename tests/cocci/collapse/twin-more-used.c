// SPDX-License-Identifier: GPL-2.0-only
/* What the twin wants to know besides changes what it writes. */
#include <linux/netdevice.h>
#include <linux/usb/usbnet.h>

static int x_write(struct usbnet *dev, u8 reg, u16 length, const void *data, int in_pm)
{
	int (*fn)(struct usbnet *dev, u8 cmd, u8 type, u16 value, u16 index,
		  const void *data, u16 size);

	if (!in_pm)
		fn = usbnet_write_cmd;
	else
		fn = usbnet_write_cmd_nopm;
	return fn(dev, 1, 0x40, in_pm, reg, data, length);
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
