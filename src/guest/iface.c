// SPDX-License-Identifier: GPL-2.0-only
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/if_packet.h>
#include <net/if.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "iface.h"

static int open_socket(int family, int type)
{
	int fd = socket(family, type | SOCK_CLOEXEC, 0);

	return fd < 0 ? -errno : fd;
}

int iface_open(void)
{
	return open_socket(AF_INET, SOCK_DGRAM);
}

static void set_name(struct ifreq *ifr, const char *name)
{
	memset(ifr, 0, sizeof(*ifr));
	snprintf(ifr->ifr_name, sizeof(ifr->ifr_name), "%s", name);
}

int iface_group(int fd, const char *name, const uint8_t *addr, bool add)
{
	struct ifreq ifr;

	set_name(&ifr, name);
	ifr.ifr_hwaddr.sa_family = AF_UNSPEC;
	memcpy(ifr.ifr_hwaddr.sa_data, addr, 6);
	return ioctl(fd, add ? SIOCADDMULTI : SIOCDELMULTI, &ifr) ? -errno : 0;
}

int iface_flags(int fd, const char *name, unsigned int flags, bool on)
{
	struct ifreq ifr;

	set_name(&ifr, name);
	if (ioctl(fd, SIOCGIFFLAGS, &ifr))
		return -errno;
	if (on)
		ifr.ifr_flags |= flags;
	else
		ifr.ifr_flags &= ~flags;
	return ioctl(fd, SIOCSIFFLAGS, &ifr) ? -errno : 0;
}

int iface_sysfs_flags(const char *name, unsigned int flags, bool on)
{
	char path[64], text[32];
	unsigned int old;
	int fd, n, err = 0;

	snprintf(path, sizeof(path), "/sys/class/net/%s/flags", name);
	fd = open(path, O_RDWR | O_CLOEXEC);
	if (fd < 0)
		return -errno;
	n = read(fd, text, sizeof(text) - 1);
	if (n < 0) {
		err = -errno;
	} else {
		text[n] = '\0';
		old = strtoul(text, NULL, 0);
		n = snprintf(text, sizeof(text), "%#x\n",
			     on ? old | flags : old & ~flags);
		if (pwrite(fd, text, n, 0) != n)
			err = -errno;
	}
	close(fd);
	return err;
}

int iface_udp(int family)
{
	return open_socket(family, SOCK_DGRAM);
}

static int option(int fd, int level, int name, const void *value, size_t size)
{
	return setsockopt(fd, level, name, value, size) ? -errno : 0;
}

int iface_join4(int fd, int index, uint32_t group, bool join)
{
	struct ip_mreqn mr = { .imr_ifindex = index };

	mr.imr_multiaddr.s_addr = htonl(group);
	return option(fd, IPPROTO_IP,
		      join ? IP_ADD_MEMBERSHIP : IP_DROP_MEMBERSHIP, &mr,
		      sizeof(mr));
}

int iface_join6(int fd, int index, const uint8_t *group, bool join)
{
	struct ipv6_mreq mr = { .ipv6mr_interface = index };

	memcpy(&mr.ipv6mr_multiaddr, group, sizeof(mr.ipv6mr_multiaddr));
	return option(fd, IPPROTO_IPV6,
		      join ? IPV6_JOIN_GROUP : IPV6_LEAVE_GROUP, &mr,
		      sizeof(mr));
}

int iface_packet(void)
{
	return open_socket(AF_PACKET, SOCK_RAW);
}

int iface_member(int fd, int index, int type, const uint8_t *addr, bool add)
{
	struct packet_mreq mr = { .mr_ifindex = index, .mr_type = type };

	if (addr) {
		mr.mr_alen = 6;
		memcpy(mr.mr_address, addr, 6);
	}
	return option(fd, SOL_PACKET,
		      add ? PACKET_ADD_MEMBERSHIP : PACKET_DROP_MEMBERSHIP,
		      &mr, sizeof(mr));
}
