/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The rows of the boot check: what state a network card or a software device
 * is in, to which addresses frames are sent then, and which of them have to
 * arrive. Pure C for both sides.
 */
#ifndef BOOTROW_H
#define BOOTROW_H

#include <stddef.h>
#include <stdint.h>

#include "bootplan.h"

/* How the guest gets into a row's state; src/guest/bootop.c does it. */
enum bootrow_op {
	BOOT_KEEP,	/* nothing is done */
	BOOT_SET,	/* groups and unicasts by packet sockets */
	BOOT_FLUSH,	/* all of them at once, by closing the sockets */
	BOOT_IOCTL,	/* groups by SIOCADDMULTI and SIOCDELMULTI */
	BOOT_FDB,	/* unicasts by an fdb entry of the device's own */
	BOOT_MACVLAN,	/* the unicast is that of a macvlan on top */
	BOOT_FLAG,	/* IFF_PROMISC, IFF_ALLMULTI by SIOCSIFFLAGS */
	BOOT_MREQ,	/* the same by packet sockets */
	BOOT_VLAN,	/* a VLAN on top comes, with the group; or goes */
	BOOT_VLAN_ADDR, /* the unicast is the VLAN's address */
	BOOT_DOWN_UP,	/* down, up, with the addresses set before */
	BOOT_DOWN_SET,	/* as BOOT_SET, while it is down */
	BOOT_MTU,
	BOOT_MTU_BACK,
	BOOT_NWAY,	/* ethtool: negotiate again */
	BOOT_RESET,
	BOOT_RING,
	BOOT_PAUSE,
	BOOT_CSUM,
	BOOT_ADDR,	/* another address of its own */
	BOOT_ADDR_BACK,
	BOOT_RACE,	/* several processes change all, the link flaps */
	BOOT_LOWER_FLAP, /* the device below goes down and comes up */
};

#define BOOT_ALLMULTI 1
#define BOOT_PROMISC 2
#define BOOT_TAGGED 4 /* frames are tagged and counted on the VLAN */

struct bootrow {
	const char *name;
	enum bootrow_op op;
	/* The state: groups 0 to mc - 1 and unicasts 0 to uc - 1 are there. */
	int mc;
	int uc;
	int flags;
};

/* Both end with a row without a name. */
extern const struct bootrow bootrow_nic[];
extern const struct bootrow bootrow_soft[];

/* The address of a group or a secondary unicast, 0 to 0x7fff. */
void bootrow_group(uint8_t *addr, int number);
void bootrow_unicast(uint8_t *addr, int number);

/* Addresses that frames are sent to, in that order. */
#define BOOT_PROBES 10
enum bootrow_probe {
	BOOT_OWN,
	BOOT_BROADCAST,
	BOOT_GROUP_FIRST,
	BOOT_GROUP_MID,
	BOOT_GROUP_LAST,
	BOOT_GROUP_NONE, /* never joined */
	BOOT_UNICAST_FIRST,
	BOOT_UNICAST_MID,
	BOOT_UNICAST_LAST,
	BOOT_UNICAST_NONE,
};

/* The tag of BOOT_TAGGED, and the id of BOOT_VLAN. */
#define BOOT_VLAN_ID 5

/*
 * own is the device's address of the moment; where former is not NULL, it had
 * that one before, and BOOT_UNICAST_NONE is that.
 */
void bootrow_probes(const struct bootrow *row, const uint8_t *own,
		    const uint8_t *former, uint8_t (*addr)[6]);
/* BOOT_PROBES of 0, 1, x (either is right) and a NUL. */
void bootrow_want(const struct bootrow *row, const struct bootplan_nic *nic,
		  char *want);
/*
 * What can be asked of any device on top of the NIC: all that it has joined
 * arrives. What must not arrive depends on both, and on others on top.
 */
void bootrow_want_above(const struct bootrow *row, char *want);

#endif
