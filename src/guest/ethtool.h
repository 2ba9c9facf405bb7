/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The ethtool ioctls that make a driver program its card anew. fd is that of
 * iface_open(). 0 or a negative errno: -EOPNOTSUPP where the driver has none.
 */
#ifndef ETHTOOL_H
#define ETHTOOL_H

/* Fills at most `size` bytes, with the NUL. */
int ethtool_driver(int fd, const char *name, char *text, int size);
/* Negotiates the link again. */
int ethtool_nway(int fd, const char *name);
/* ETHTOOL_RESET of all that the device has to itself. */
int ethtool_reset(int fd, const char *name);
/* Each sets something else, and then what was before. */
int ethtool_ring(int fd, const char *name);
int ethtool_pause(int fd, const char *name);
int ethtool_rx_csum(int fd, const char *name);

#endif
