/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The filter of a stress device (tests/core/rx_mode_stress.c), as its
 * "hardware" has it at this moment, and what the kernel's lists say.
 */
#ifndef FILTER_H
#define FILTER_H

#include <stdbool.h>

#include "addrset.h"
#include "nlink.h"

struct filter {
	bool unicast; /* filters unicast addresses; else uc stays empty */
	bool promisc;
	bool allmulti;
	unsigned int by_work;	/* callbacks in a worker */
	unsigned int by_caller; /* callbacks in a system call */
	unsigned int rx_flags;	/* calls of ndo_change_rx_flags */
	struct addrset uc;
	struct addrset mc;
};

/* Either is filled anew, and to be freed with filter_clear(). 0 or -errno. */
int filter_of_driver(struct filter *f, const char *name);
int filter_of_kernel(struct filter *f, struct nlink *nl, int index);
void filter_clear(struct filter *f);

/*
 * Whether the driver has what the kernel wants; the text says what differs.
 * Waits at most `wait` seconds for it.
 */
bool filter_right(struct nlink *nl, const char *name, double wait, char *text,
		  int size);

/* Whether the callback returns int, by the module that is loaded. */
bool filter_flavour_int(void);
/*
 * Changes the device's groups behind the back of all system calls, to and fro:
 * its filter waits to be programmed then. The stress driver's module does it.
 */
int filter_kick(const char *name);
/* Sets a parameter of the stress driver's module. */
int filter_set(const char *param, long value);

#endif
