/* SPDX-License-Identifier: GPL-2.0-only */
/* What the tests ask of the stand-ins for the kernel. */
#ifndef STAND_IN_H
#define STAND_IN_H

#include <linux/netdevice.h>

/* The n-th allocation from now fails (1 is the next); 0: none does. */
void stand_in_fail(int n);
/* Whether an allocation has failed since the last call. */
bool stand_in_failed(void);
/* Objects that are allocated and not freed, nor given to kfree_rcu(). */
int stand_in_live(void);
/* Frees what waits for readers; the caller says that there are none. */
void stand_in_quiescent(void);
int stand_in_waiting(void);

/* The trees of dev's uc and mc change under its address lock only. */
void stand_in_guard_device(struct net_device *dev);
/* Forgets all devices and the failure that was asked for. */
void stand_in_reset(void);

#endif
