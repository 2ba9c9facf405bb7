/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Network devices by rtnetlink. Each call sends one request and waits for the
 * kernel's answer; it returns 0 or the negative errno that the kernel gave.
 * Devices are named by their index, addresses are Ethernet addresses.
 */
#ifndef NLINK_H
#define NLINK_H

#include <stdbool.h>
#include <stdint.h>

struct nlink {
	int fd;
	uint32_t seq;
};

/* What RTM_GETLINK says about a device. */
struct nlink_info {
	unsigned int flags; /* IFF_* */
	unsigned int promiscuity;
	unsigned int allmulti;
	unsigned int mtu;
	uint8_t addr[6];
	char name[16];
};

/* An attribute of IFLA_INFO_DATA. */
struct nlink_option {
	uint16_t type;
	uint16_t len;
	const void *data;
};

/* A device to make. Zeroed fields are left to the kernel. */
struct nlink_new {
	const char *kind;
	const char *name;
	int lower;	     /* the device below */
	uint16_t vlan;	     /* kind "vlan": its id */
	uint32_t macvlan;    /* kind "macvlan": MACVLAN_MODE_* */
	const uint8_t *addr;
	const struct nlink_option *option; /* other kinds: so many of them */
	int options;
};

/* The socket belongs to the network namespace of the moment. */
int nlink_open(struct nlink *nl);
void nlink_close(struct nlink *nl);

/* Returns the new device's index. */
int nlink_add(struct nlink *nl, const struct nlink_new *new);
int nlink_del(struct nlink *nl, int index);
/* Sets the IFF_* of mask to what they are in flags. */
int nlink_flags(struct nlink *nl, int index, unsigned int flags,
		unsigned int mask);
int nlink_up(struct nlink *nl, int index);
int nlink_down(struct nlink *nl, int index);
int nlink_addr(struct nlink *nl, int index, const uint8_t *addr);
int nlink_mtu(struct nlink *nl, int index, uint32_t mtu);
/* While it is down. */
int nlink_rename(struct nlink *nl, int index, const char *name);
/* Below a bridge, bond or team; master 0 takes it out. */
int nlink_master(struct nlink *nl, int index, int master);
/* Moves the device into the namespace that netns_fd is open on. */
int nlink_netns(struct nlink *nl, int index, int netns_fd);
int nlink_info(struct nlink *nl, int index, struct nlink_info *info);
/* Adds or removes an IPv4 address, in host byte order. */
int nlink_ipv4(struct nlink *nl, int index, uint32_t addr, int prefix,
	       bool add);

/* The device's own secondary unicast addresses ("bridge fdb ... self"). */
int nlink_fdb(struct nlink *nl, int index, const uint8_t *addr, bool add);
/* Calls each() for all of the device's secondary addresses and groups. */
int nlink_fdb_dump(struct nlink *nl, int index,
		   void (*each)(const uint8_t *addr, void *arg), void *arg);

#endif
