// SPDX-License-Identifier: GPL-2.0-only
/* usbnet's own function, without one in between. */
#include <linux/netdevice.h>
#include <linux/usb/usbnet.h>

static void x_set_rx_mode(struct net_device *net)
{
	struct usbnet *dev = netdev_priv(net);
	u8 mode = net->flags & IFF_PROMISC ? 2 : !netdev_mc_empty(net);

	usbnet_write_cmd_async(dev, 1, 0x40, 0, 5, &mode, sizeof(mode));
}

static const struct net_device_ops x_ops = {
	.ndo_set_rx_mode	= x_set_rx_mode,
};

/*
 * want: converted
 * want-deferral: collapsed
 * want-hazard: H12 mended
 */
