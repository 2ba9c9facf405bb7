/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A device of the boot check, and what was asked of it until now.
 */
#ifndef BOOTDEV_H
#define BOOTDEV_H

#include <stdbool.h>
#include <stdint.h>

#include "nlink.h"

struct bootdev {
	struct nlink nl;
	int fd;	    /* of iface_open() */
	int scale;  /* all waiting takes so many times as long */
	char name[16];
	int index;
	int lower;  /* the device below, or 0 */
	uint32_t mtu;
	uint8_t own[6];
	uint8_t former[6]; /* where `moved` */
	bool moved;
	bool no_link; /* never had one: not waited for again */
	/* Packet sockets, or -1, and how many addresses they hold. */
	int group_fd, unicast_fd, flag_fd, vlan_fd;
	int groups, unicasts;
	int flags; /* BOOT_PROMISC, BOOT_ALLMULTI as flags */
	int mreq;  /* the same by flag_fd */
	int vlan, macvlan; /* devices on top, or 0 */
};

/* For a device that is there. 0 or -errno. */
int bootdev_open(struct bootdev *d, int index, int scale);
void bootdev_close(struct bootdev *d);

/* Exactly so many of the rows' groups and unicasts, by packet sockets. */
int bootdev_set(struct bootdev *d, int groups, int unicasts);
/* The sockets are closed: all of them go. */
void bootdev_flush(struct bootdev *d);

int bootdev_down(struct bootdev *d);
/* Comes up, and has a link, for which is waited. */
int bootdev_up(struct bootdev *d);
/* Waits for the link; false: there is none. */
bool bootdev_link(struct bootdev *d);

#endif
