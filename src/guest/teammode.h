/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef TEAMMODE_H
#define TEAMMODE_H

/*
 * Sets the mode of a team that has no port yet; without one it drops what it
 * sends. By generic netlink, as teamd does. 0 or a negative errno.
 */
int teammode_set(int index, const char *mode);

#endif
