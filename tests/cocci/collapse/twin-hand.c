// SPDX-License-Identifier: GPL-2.0-only
/* The twin sends the message itself, with the device awake and a copy. */
#include <linux/netdevice.h>
#include <linux/usb/usbnet.h>

static int __x_write(struct usbnet *dev, u8 cmd, u8 type, u16 value, u16 reg,
		     const void *data, u16 length)
{
	void *buf = kmemdup(data, length, GFP_KERNEL);
	int err;

	if (!buf)
		return -EBUSY;
	err = usb_control_msg(dev, 0, cmd, type, value, reg, buf, length, 500);
	kfree(buf);
	return err;
}

static int x_write(struct usbnet *dev, u8 reg, u16 length, const void *data)
{
	int err;

	if (usb_autopm_get_interface(dev) < 0)
		return -EBUSY;
	err = __x_write(dev, 1, 0x40, 0, reg, data, length);
	usb_autopm_put_interface(dev);
	return err;
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

	x_write_async(dev, 5, 1, &mode);
}

static const struct net_device_ops x_ops = {
	.ndo_set_rx_mode	= x_set_rx_mode,
};

/*
 * want: converted
 * want-deferral: collapsed
 * want-hazard: H12 mended
 */
