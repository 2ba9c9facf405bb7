/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Receive filters by ioctl, socket options and sysfs: the older half of what
 * nlink.h does. All return 0 (or what they say) or a negative errno. Sockets
 * belong to the network namespace of the moment in which they were opened.
 */
#ifndef IFACE_H
#define IFACE_H

#include <stdbool.h>
#include <stdint.h>

/* A socket for the calls with a name. */
int iface_open(void);
/* SIOCADDMULTI or SIOCDELMULTI. */
int iface_group(int fd, const char *name, const uint8_t *addr, bool add);
/* Sets or clears IFF_* by SIOCSIFFLAGS. */
int iface_flags(int fd, const char *name, unsigned int flags, bool on);
/* The same by /sys/class/net/NAME/flags. */
int iface_sysfs_flags(const char *name, unsigned int flags, bool on);

/* A UDP socket (family AF_INET or AF_INET6), which leaves all when closed. */
int iface_udp(int family);
/* The group is an IPv4 address in host byte order. */
int iface_join4(int fd, int index, uint32_t group, bool join);
int iface_join6(int fd, int index, const uint8_t *group, bool join);

/* A packet socket that receives nothing. */
int iface_packet(void);
/* type: PACKET_MR_*; addr may be NULL where the type needs none. */
int iface_member(int fd, int index, int type, const uint8_t *addr, bool add);

#endif
