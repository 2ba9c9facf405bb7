/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Kinds of software devices: how each is made, and what of its receive filter
 * the device below has to get.
 */
#ifndef BOOTKIND_H
#define BOOTKIND_H

#include <stdbool.h>
#include <stdint.h>

#include "nlink.h"

enum bootframes {
	BOOT_FRAMES_NONE,  /* none that an outsider could send */
	BOOT_FRAMES_PLAIN,
	BOOT_FRAMES_TAGGED,
	BOOT_FRAMES_OWN, /* plain ones, all it must take are its own */
};

struct bootmade;

struct bootkind {
	const char *name;
	const char *rtnl; /* its kind for rtnetlink, where that is another */
	/* 0 or -errno; fills made->index. */
	int (*make)(const struct bootkind *k, struct nlink *nl,
		    struct bootmade *made);
	/* Undoes it; the device is gone or as it was. 0 or -errno. */
	int (*drop)(const struct bootkind *k, struct nlink *nl,
		    struct bootmade *made);
	bool alone; /* has nothing below, whatever the plan says */
	enum bootframes frames;
	/*
	 * The core looks whether a unicast is left before the device lets go
	 * of it: it stays promiscuous for one change more.
	 */
	bool lingers;
	/*
	 * Its ports are gone before it is closed: what it has handed down
	 * stays there when it is deleted.
	 */
	bool leaves;
	/* On the device below there must be: */
	bool mc, uc, allmulti, promisc;
	struct nlink_option option[3];
};

struct bootmade {
	int lower;	/* the NIC below, or 0 */
	int index;
	int other;	/* a second device below, or 0 */
	int fd;		/* a tap's, or -1 */
	char lower_name[16];
	char driver[32]; /* of a device that is there already */
	const char *name;
};

/*
 * NAME of the plan; driver:NAME is a device that is there already, by its
 * driver. A kind that is not in the table is made by that name.
 */
const struct bootkind *bootkind_find(const char *name);
/* The driver of such a one, or NULL. */
const char *bootkind_driver(const char *name);

/* Lets go of what some drivers have taken for themselves at boot. */
void bootkind_release(void);

#endif
