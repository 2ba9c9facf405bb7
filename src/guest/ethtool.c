// SPDX-License-Identifier: GPL-2.0-only
#include <errno.h>
#include <linux/ethtool.h>
#include <linux/sockios.h>
#include <net/if.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>

#include "ethtool.h"

static int call(int fd, const char *name, void *data)
{
	struct ifreq ifr;

	memset(&ifr, 0, sizeof(ifr));
	snprintf(ifr.ifr_name, sizeof(ifr.ifr_name), "%s", name);
	ifr.ifr_data = data;
	return ioctl(fd, SIOCETHTOOL, &ifr) ? -errno : 0;
}

int ethtool_driver(int fd, const char *name, char *text, int size)
{
	struct ethtool_drvinfo info = { .cmd = ETHTOOL_GDRVINFO };
	int err = call(fd, name, &info);

	if (!err)
		snprintf(text, size, "%.*s", (int)sizeof(info.driver),
			 info.driver);
	return err;
}

int ethtool_nway(int fd, const char *name)
{
	struct ethtool_value v = { .cmd = ETHTOOL_NWAY_RST };

	return call(fd, name, &v);
}

int ethtool_reset(int fd, const char *name)
{
	struct ethtool_value v = { .cmd = ETHTOOL_RESET,
				   .data = ETH_RESET_ALL };
	int err = call(fd, name, &v);

	if (!err)
		return 0;
	v.data = ETH_RESET_DEDICATED;
	return call(fd, name, &v);
}

int ethtool_ring(int fd, const char *name)
{
	struct ethtool_ringparam ring = { .cmd = ETHTOOL_GRINGPARAM };
	uint32_t before;
	int err = call(fd, name, &ring);

	if (err)
		return err;
	before = ring.rx_pending;
	if (ring.rx_max_pending < 2)
		return -EOPNOTSUPP;
	ring.cmd = ETHTOOL_SRINGPARAM;
	ring.rx_pending = before > ring.rx_max_pending / 2 ?
				  before / 2 : before * 2;
	err = call(fd, name, &ring);
	if (err)
		return err;
	ring.rx_pending = before;
	return call(fd, name, &ring);
}

int ethtool_pause(int fd, const char *name)
{
	struct ethtool_pauseparam pause = { .cmd = ETHTOOL_GPAUSEPARAM };
	int err = call(fd, name, &pause);

	if (err)
		return err;
	pause.cmd = ETHTOOL_SPAUSEPARAM;
	pause.rx_pause = !pause.rx_pause;
	pause.tx_pause = !pause.tx_pause;
	err = call(fd, name, &pause);
	if (err)
		return err;
	pause.rx_pause = !pause.rx_pause;
	pause.tx_pause = !pause.tx_pause;
	return call(fd, name, &pause);
}

int ethtool_rx_csum(int fd, const char *name)
{
	struct ethtool_value v = { .cmd = ETHTOOL_GRXCSUM };
	int err = call(fd, name, &v);

	if (err)
		return err;
	v.cmd = ETHTOOL_SRXCSUM;
	v.data = !v.data;
	err = call(fd, name, &v);
	if (err)
		return err;
	v.data = !v.data;
	return call(fd, name, &v);
}
