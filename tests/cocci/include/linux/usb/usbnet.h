/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_USBNET_H
#define _LINUX_USBNET_H

struct usbnet {
	struct net_device *net;
};
int usbnet_write_cmd(struct usbnet *dev, u8 cmd, u8 type, u16 value, u16 index,
		     const void *data, u16 size);
int usbnet_write_cmd_async(struct usbnet *dev, u8 cmd, u8 type, u16 value,
			   u16 index, const void *data, u16 size);
int usbnet_write_cmd_nopm(struct usbnet *dev, u8 cmd, u8 type, u16 value,
			  u16 index, const void *data, u16 size);
int usbnet_open(struct net_device *net);

#endif
