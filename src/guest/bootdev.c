// SPDX-License-Identifier: GPL-2.0-only
#include <errno.h>
#include <linux/if_packet.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "../bootrow.h"
#include "bootdev.h"
#include "iface.h"
#include "machine.h"

/* Seconds, times the scale. */
#define LINK_WAIT 30
#define LINK_POLL 0.01

int bootdev_open(struct bootdev *d, int index, int scale)
{
	struct nlink_info info;
	int err;

	memset(d, 0, sizeof(*d));
	d->index = index;
	d->scale = scale;
	d->group_fd = d->unicast_fd = d->flag_fd = d->vlan_fd = -1;
	d->fd = iface_open();
	if (d->fd < 0)
		return d->fd;
	err = nlink_open(&d->nl);
	if (err) {
		close(d->fd);
		return err;
	}
	err = nlink_info(&d->nl, index, &info);
	if (err) {
		bootdev_close(d);
		return err;
	}
	memcpy(d->own, info.addr, 6);
	memcpy(d->name, info.name, sizeof(d->name));
	d->mtu = info.mtu;
	return 0;
}

static void close_fd(int *fd)
{
	if (*fd >= 0)
		close(*fd);
	*fd = -1;
}

void bootdev_flush(struct bootdev *d)
{
	close_fd(&d->group_fd);
	close_fd(&d->unicast_fd);
	d->groups = d->unicasts = 0;
}

void bootdev_close(struct bootdev *d)
{
	bootdev_flush(d);
	close_fd(&d->flag_fd);
	close_fd(&d->vlan_fd);
	close_fd(&d->fd);
	nlink_close(&d->nl);
}

static int set(struct bootdev *d, int *fd, int *count, int wanted, int type,
	       void (*address)(uint8_t *addr, int number))
{
	uint8_t addr[6];
	int err = 0;

	if (*fd < 0)
		*fd = iface_packet();
	if (*fd < 0)
		return *fd;
	while (!err && *count != wanted) {
		bool add = *count < wanted;

		address(addr, add ? *count : *count - 1);
		err = iface_member(*fd, d->index, type, addr, add);
		if (!err)
			*count += add ? 1 : -1;
	}
	return err;
}

int bootdev_set(struct bootdev *d, int groups, int unicasts)
{
	int err = set(d, &d->group_fd, &d->groups, groups, PACKET_MR_MULTICAST,
		      bootrow_group);

	return err ? err : set(d, &d->unicast_fd, &d->unicasts, unicasts,
			       PACKET_MR_UNICAST, bootrow_unicast);
}

bool bootdev_link(struct bootdev *d)
{
	double until = machine_now() + LINK_WAIT * d->scale;
	char path[64], text[8];

	if (d->no_link)
		return false;
	snprintf(path, sizeof(path), "/sys/class/net/%s/carrier", d->name);
	for (;;) {
		if (!machine_read(path, text, sizeof(text)) && *text == '1')
			return true;
		if (machine_now() > until)
			break;
		machine_sleep(LINK_POLL);
	}
	d->no_link = true;
	return false;
}

int bootdev_down(struct bootdev *d)
{
	return nlink_down(&d->nl, d->index);
}

int bootdev_up(struct bootdev *d)
{
	int err = nlink_up(&d->nl, d->index);

	if (!err)
		bootdev_link(d);
	return err;
}
