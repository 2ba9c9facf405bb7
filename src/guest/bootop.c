// SPDX-License-Identifier: GPL-2.0-only
#include <errno.h>
#include <linux/if_link.h>
#include <linux/if_packet.h>
#include <net/if.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "bootop.h"
#include "bootrace.h"
#include "ethtool.h"
#include "iface.h"

#define OTHER_MTU 1400
/* The number of the unicast that becomes the device's own for a while. */
#define OTHER_ADDR 500

static int by_ioctl(struct bootdev *d, const struct bootrow *row)
{
	uint8_t addr[6];

	bootrow_group(addr, 0);
	return iface_group(d->fd, d->name, addr, row->mc > 0);
}

static int by_fdb(struct bootdev *d, const struct bootrow *row)
{
	uint8_t addr[6];

	bootrow_unicast(addr, 0);
	return nlink_fdb(&d->nl, d->index, addr, row->uc > 0);
}

static int add_above(struct bootdev *d, struct nlink_new *new, int *index)
{
	char name[16];

	snprintf(name, sizeof(name), "above%d", d->index);
	new->name = name;
	new->lower = d->index;
	*index = nlink_add(&d->nl, new);
	if (*index < 0) {
		int err = *index;

		*index = 0;
		return err;
	}
	return nlink_up(&d->nl, *index);
}

static int del_above(struct bootdev *d, int *index)
{
	int err = nlink_del(&d->nl, *index);

	if (!err)
		*index = 0;
	return err;
}

static int macvlan(struct bootdev *d, const struct bootrow *row)
{
	struct nlink_new new = { .kind = "macvlan",
				 .macvlan = MACVLAN_MODE_BRIDGE };
	uint8_t addr[6];

	if (!row->uc)
		return d->macvlan ? del_above(d, &d->macvlan) : -EOPNOTSUPP;
	bootrow_unicast(addr, 0);
	new.addr = addr;
	return add_above(d, &new, &d->macvlan);
}

static int vlan(struct bootdev *d, const struct bootrow *row)
{
	struct nlink_new new = { .kind = "vlan", .vlan = BOOT_VLAN_ID };
	uint8_t addr[6];
	int err;

	if (!row->mc) {
		if (d->vlan_fd >= 0)
			close(d->vlan_fd);
		d->vlan_fd = -1;
		return d->vlan ? del_above(d, &d->vlan) : -EOPNOTSUPP;
	}
	err = add_above(d, &new, &d->vlan);
	if (err)
		return err;
	d->vlan_fd = iface_packet();
	if (d->vlan_fd < 0)
		return d->vlan_fd;
	bootrow_group(addr, 0);
	return iface_member(d->vlan_fd, d->vlan, PACKET_MR_MULTICAST, addr,
			    true);
}

static int vlan_addr(struct bootdev *d)
{
	uint8_t addr[6];

	if (!d->vlan)
		return -EOPNOTSUPP;
	bootrow_unicast(addr, 0);
	return nlink_addr(&d->nl, d->vlan, addr);
}

static int by_flag(struct bootdev *d, const struct bootrow *row)
{
	unsigned int flags = 0;
	int err;

	if (row->flags & BOOT_PROMISC)
		flags |= IFF_PROMISC;
	if (row->flags & BOOT_ALLMULTI)
		flags |= IFF_ALLMULTI;
	err = nlink_flags(&d->nl, d->index, flags,
			  IFF_PROMISC | IFF_ALLMULTI);
	if (!err)
		d->flags = row->flags;
	return err;
}

static int by_mreq(struct bootdev *d, const struct bootrow *row)
{
	static const struct {
		int flag, type;
	} kinds[] = {
		{ BOOT_PROMISC, PACKET_MR_PROMISC },
		{ BOOT_ALLMULTI, PACKET_MR_ALLMULTI },
	};

	if (d->flag_fd < 0)
		d->flag_fd = iface_packet();
	if (d->flag_fd < 0)
		return d->flag_fd;
	for (int i = 0; i < 2; i++) {
		int flag = kinds[i].flag, err;

		if (!((d->mreq ^ row->flags) & flag))
			continue;
		err = iface_member(d->flag_fd, d->index, kinds[i].type, NULL,
				   row->flags & flag);
		if (err)
			return err;
		d->mreq ^= flag;
	}
	return 0;
}

static int down_up(struct bootdev *d, const struct bootrow *row, bool late)
{
	int err = late ? 0 : bootdev_set(d, row->mc, row->uc);
	int back;

	if (!err)
		err = bootdev_down(d);
	if (!err && late)
		err = bootdev_set(d, row->mc, row->uc);
	back = bootdev_up(d);
	return err ? err : back;
}

static int lower_flap(struct bootdev *d)
{
	int err, back;

	if (!d->lower)
		return -EOPNOTSUPP;
	err = nlink_down(&d->nl, d->lower);
	back = nlink_up(&d->nl, d->lower);
	/* What stands on it may have gone down with it. */
	if (!back)
		back = bootdev_up(d);
	return err ? err : back;
}

static int change_addr(struct bootdev *d, const uint8_t *addr)
{
	int err = nlink_addr(&d->nl, d->index, addr);
	int back;

	if (err != -EBUSY)
		return err;
	err = bootdev_down(d);
	if (!err)
		err = nlink_addr(&d->nl, d->index, addr);
	back = bootdev_up(d);
	return err ? err : back;
}

static int move(struct bootdev *d, bool there)
{
	uint8_t addr[6];
	int err;

	if (d->moved == there)
		return -EOPNOTSUPP;
	if (there)
		bootrow_unicast(addr, OTHER_ADDR);
	else
		memcpy(addr, d->former, 6);
	err = change_addr(d, addr);
	if (err)
		return err;
	memcpy(d->former, d->own, 6);
	memcpy(d->own, addr, 6);
	d->moved = there;
	return 0;
}

static int race(struct bootdev *d)
{
	bootdev_flush(d);
	return bootrace(d);
}

/*
 * Brings about what a row takes for granted: where the plan leaves rows out,
 * it was not the one before that did.
 */
static int prepare(struct bootdev *d, const struct bootrow *row)
{
	int flags = row->flags & (BOOT_PROMISC | BOOT_ALLMULTI);
	const struct bootrow none = { .op = BOOT_MREQ };
	int err = 0;

	if (row->op != BOOT_FLAG && row->op != BOOT_MREQ &&
	    (d->flags | d->mreq) != flags) {
		err = by_flag(d, row);
		if (!err)
			err = by_mreq(d, &none);
	}
	if (!err && (row->op == BOOT_FLAG || row->op == BOOT_MREQ ||
		     row->op >= BOOT_MTU))
		err = bootdev_set(d, row->mc, row->uc);
	return err;
}

static int operate(struct bootdev *d, const struct bootrow *row)
{
	switch (row->op) {
	case BOOT_KEEP:
		return row->flags & BOOT_TAGGED && !d->vlan ? -EOPNOTSUPP : 0;
	case BOOT_SET:
		return bootdev_set(d, row->mc, row->uc);
	case BOOT_FLUSH:
		bootdev_flush(d);
		return 0;
	case BOOT_IOCTL:
		return by_ioctl(d, row);
	case BOOT_FDB:
		return by_fdb(d, row);
	case BOOT_MACVLAN:
		return macvlan(d, row);
	case BOOT_FLAG:
		return by_flag(d, row);
	case BOOT_MREQ:
		return by_mreq(d, row);
	case BOOT_VLAN:
		return vlan(d, row);
	case BOOT_VLAN_ADDR:
		return vlan_addr(d);
	case BOOT_DOWN_UP:
		return down_up(d, row, false);
	case BOOT_DOWN_SET:
		return down_up(d, row, true);
	case BOOT_MTU:
		return nlink_mtu(&d->nl, d->index, OTHER_MTU);
	case BOOT_MTU_BACK:
		return nlink_mtu(&d->nl, d->index, d->mtu);
	case BOOT_NWAY:
		return ethtool_nway(d->fd, d->name);
	case BOOT_RESET:
		return ethtool_reset(d->fd, d->name);
	case BOOT_RING:
		return ethtool_ring(d->fd, d->name);
	case BOOT_PAUSE:
		return ethtool_pause(d->fd, d->name);
	case BOOT_CSUM:
		return ethtool_rx_csum(d->fd, d->name);
	case BOOT_ADDR:
		return move(d, true);
	case BOOT_ADDR_BACK:
		return move(d, false);
	case BOOT_RACE:
		return race(d);
	case BOOT_LOWER_FLAP:
		return lower_flap(d);
	}
	return -EINVAL;
}

int bootop(struct bootdev *d, const struct bootrow *row)
{
	int err = prepare(d, row);

	if (!err)
		err = operate(d, row);
	/* From here on many drivers start the card anew. */
	if (!err && row->op >= BOOT_MTU && row->op != BOOT_RACE)
		bootdev_link(d);
	return err;
}
