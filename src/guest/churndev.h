/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The devices that all workers of the churn share, and what each worker has
 * asked of them.
 */
#ifndef CHURNDEV_H
#define CHURNDEV_H

#include <stdbool.h>
#include <stdint.h>

#include "nlink.h"

#define CHURN_DEVS 11
#define CHURN_WORKERS 4
#define CHURN_GROUPS 16
#define CHURN_UNICASTS 8

struct churn_dev {
	const char *name;
	const char *kind;
	int lower; /* of these devices, or -1 */
	bool stress; /* of the stress driver */
	int index; /* 0: is not there */
};

extern struct churn_dev churn_devs[CHURN_DEVS];

/* In memory that all processes share. */
struct churn_asked {
	bool group[CHURN_DEVS][CHURN_WORKERS][CHURN_GROUPS];
	bool unicast[CHURN_DEVS][CHURN_WORKERS][CHURN_UNICASTS];
	long done[CHURN_WORKERS];	/* rounds */
	long failed[CHURN_WORKERS];	/* calls that should not have */
	char failure[CHURN_WORKERS][128];	/* the last of them */
};

/* The address that only this worker asks of this device. */
void churn_group(uint8_t *addr, int dev, int worker, int i);
void churn_unicast(uint8_t *addr, int dev, int worker, int i);

/* Makes them all, up. 0 or -errno. A card that is not there is left out. */
int churn_devs_make(struct nlink *nl);
/* KTAP: each device has what was asked of it, and no more. */
void churn_devs_check(struct nlink *nl, const struct churn_asked *asked);
/* Takes all back; KTAP: nothing is left over, not in a filter either. */
void churn_devs_drop(struct nlink *nl, struct churn_asked *asked);

#endif
