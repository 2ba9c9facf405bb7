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
int usb_control_msg(void *udev, unsigned int pipe, u8 request, u8 type,
		    u16 value, u16 index, void *data, u16 size, int timeout);
int usb_autopm_get_interface(void *intf);
void usb_autopm_put_interface(void *intf);
void *kmemdup(const void *src, unsigned long len, int gfp);
int usbnet_open(struct net_device *net);

#endif
