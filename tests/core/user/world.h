/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A device with an address list, its driver, a device above it, two below,
 * and a model of what must be in that list. Steps change them; after each
 * step the list is compared with the model.
 */
#ifndef WORLD_H
#define WORLD_H

#include "stand_in.h"

#define MAX_KEYS 32	/* different addresses (with their types) of a world */

/* How the driver brings the addresses into its device. */
enum driver {
	DRIVER_SYNC,		/* __hw_addr_sync_dev() */
	DRIVER_REF_SYNC,	/* __hw_addr_ref_sync_dev() */
	DRIVER_LOWER,		/* __hw_addr_sync() to a lower device */
	DRIVER_LOWERS,		/* as dev_uc_sync_multiple() to two of them */
	DRIVER_WALK,		/* walks the list and writes a table */
	DRIVERS
};

enum list_kind {
	LIST_UC,
	LIST_MC,
	LIST_ADDRS,		/* as dev_addrs: two types of one address */
	LIST_KINDS
};

struct world_config {
	enum driver driver;
	enum list_kind kind;
	int addr_len;
	int keys;
	/*
	 * Whether addresses are deleted that were never added, and lists
	 * flushed or unsynced during a run. What the device holds may then be
	 * lost from the list, as without snapshots; all the rest must hold.
	 */
	bool careless;
};

/* What an entry should be: refcount is the sum of all but is_global. */
struct mkey {
	bool listed;
	bool is_global;		/* global_use */
	int users;		/* plain and global references */
	int synced;		/* references of the device above */
	int known;		/* sync_cnt: of the device itself */
};

/* A list as it should be: its entries, and their order. */
struct mlist {
	struct mkey k[MAX_KEYS];
	int order[MAX_KEYS];
	int n;
};

/* What has happened, for the test to see that it has walked everywhere. */
enum event {
	EVENT_RUN,
	EVENT_CHANGED_IN_RUN,
	EVENT_GONE_IN_RUN,
	EVENT_AGAIN_IN_RUN,
	EVENT_STALE,		/* an address came back to be unsynced */
	EVENT_DROPPED,		/* an entry went when the run ended */
	EVENT_CLAMPED,
	EVENT_SHORT,		/* a snapshot found too few entries */
	EVENT_FILL_FAILED,
	EVENT_ADD_FAILED,
	EVENT_DRIVER_FAILED,
	EVENT_READ,		/* a reader came to the end of the list */
	EVENT_QUIET,		/* all was at rest and right */
	EVENTS
};

struct world {
	struct world_config cfg;
	struct net_device dev, upper, lower[2], shim;
	struct netdev_hw_addr_list *list;
	struct netdev_hw_addr_list cache, work, ref;
	struct mlist model;		/* of list */
	struct mlist above;		/* of upper's list */
	int below[2][MAX_KEYS];		/* users of their own */
	int hw[MAX_KEYS];		/* what the device holds */
	bool orphan[MAX_KEYS];		/* in hw, lost by a careless caller */

	bool running;
	struct mlist seen;		/* model at the time of the snapshot */
	int done[MAX_KEYS];		/* what the driver has synced since */

	bool on_real;			/* the driver acts on the real list */
	unsigned int failing;		/* bits of the keys that fail */
	bool driver_failed;

	bool reading;
	struct list_head *reader;
	unsigned char read_addr[MAX_ADDR_LEN];

	long *events;			/* counters, EVENTS of them */
	bool trace;			/* prints each step */
	long step;
};

void world_init(struct world *w, const struct world_config *cfg, long *events);
void world_free(struct world *w);

/* The steps. key is any number, so are arg and mask. */
void world_add(struct world *w, int key);
void world_del(struct world *w, int key);
void world_add_global(struct world *w, int key, bool exclusive);
void world_del_global(struct world *w, int key);
void world_flush(struct world *w);
void world_upper_add(struct world *w, int key);
void world_upper_del(struct world *w, int key);
void world_upper_sync(struct world *w);
void world_upper_unsync(struct world *w);
void world_lower_add(struct world *w, int which, int key);
void world_lower_del(struct world *w, int which, int key);
void world_fail_alloc(struct world *w, int n);
void world_fill(struct world *w, int extra);
void world_trim(struct world *w, int arg);
void world_begin(struct world *w, bool fill);
void world_act(struct world *w, int arg, unsigned int mask);
void world_act_real(struct world *w, int arg, unsigned int mask);
void world_end(struct world *w);
void world_quiet(struct world *w);
void world_read(struct world *w);
void world_rcu(struct world *w);

/* In check.c: aborts, with a line about what is wrong. */
void world_check(struct world *w);

/* In driver.c: one call of the driver; list is w->work or the real one. */
void driver_call(struct world *w, struct netdev_hw_addr_list *list, int arg,
		 unsigned int mask);

/* Key of an address, and back. */
int key_of(const struct world *w, const struct netdev_hw_addr *ha);
const unsigned char *key_addr(const struct world *w, int key,
			      unsigned char *type);
/* The list of the kind under test; the lower devices have no dev_addrs. */
struct netdev_hw_addr_list *list_of(const struct world *w,
				    struct net_device *dev);
struct netdev_hw_addr_list *lower_list(struct world *w, int which);
/* References of everybody but the device itself. */
int mkey_refs(const struct mkey *k);
/* Puts a key at the end of a list, if it is not there. */
void mlist_list(struct world *w, struct mlist *m, int key);
/* Takes a key that nobody refers to off the list; whether it did. */
bool mlist_put(struct world *w, struct mlist *m, int key);
void event(struct world *w, enum event e);

#define check(cond, ...) \
	do { \
		if (!(cond)) { \
			fflush(stdout); \
			fprintf(stderr, "# step %ld: ", w->step); \
			stand_in_die(__VA_ARGS__); \
		} \
	} while (0)
#define trace(...) \
	do { \
		if (w->trace) \
			printf("# " __VA_ARGS__); \
	} while (0)

#endif
