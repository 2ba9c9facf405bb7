// SPDX-License-Identifier: GPL-2.0-only
#include <linux/if_link.h>
#include <net/if.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "churndev.h"
#include "filter.h"
#include "iface.h"
#include "ktap.h"

struct churn_dev churn_devs[CHURN_DEVS] = {
	{ "rx0", "rxs", -1, true, 0 },
	{ "rx1", "rxsnouc", -1, true, 0 },
	{ "rx2", "rxsflags", -1, true, 0 },
	{ "dm0", "dummy", -1, false, 0 },
	{ "eth0", NULL, -1, false, 0 },
	{ "mv0", "macvlan", 0, false, 0 },
	{ "vl0", "vlan", 0, false, 0 },
	{ "mv1", "macvlan", 1, false, 0 },
	{ "vl2", "vlan", 2, false, 0 },
	{ "vl3", "vlan", 3, false, 0 },
	{ "mv4", "macvlan", 4, false, 0 },
};

static void make_addr(uint8_t *addr, int first, int dev, int worker, int i)
{
	const uint8_t a[] = { first, 0xc0, 0, dev, worker, i };

	memcpy(addr, a, sizeof(a));
}

void churn_group(uint8_t *addr, int dev, int worker, int i)
{
	make_addr(addr, 0x03, dev, worker, i);
}

void churn_unicast(uint8_t *addr, int dev, int worker, int i)
{
	make_addr(addr, 0x02, dev, worker, i);
}

int churn_devs_make(struct nlink *nl)
{
	int i, err;

	for (i = 0; i < CHURN_DEVS; i++) {
		struct churn_dev *d = &churn_devs[i];
		struct nlink_new new = { .kind = d->kind, .name = d->name };

		if (d->lower >= 0) {
			new.lower = churn_devs[d->lower].index;
			if (!new.lower)
				continue;
			if (!strcmp(d->kind, "vlan"))
				new.vlan = 7;
			else
				new.macvlan = MACVLAN_MODE_BRIDGE;
		}
		d->index = d->kind ? nlink_add(nl, &new) :
				     (int)if_nametoindex(d->name);
		if (d->index < 0)
			return d->index;
		if (!d->index)
			continue;
		err = nlink_up(nl, d->index);
		if (err)
			return err;
	}
	return 0;
}

/* The addresses of all workers, as asked for, and all that there could be. */
static void asked_of(const struct churn_asked *asked, int dev,
		     struct addrset *want, struct addrset *pool)
{
	uint8_t addr[6];
	int w, i;

	memset(want, 0, sizeof(*want));
	memset(pool, 0, sizeof(*pool));
	for (w = 0; w < CHURN_WORKERS; w++) {
		for (i = 0; i < CHURN_GROUPS; i++) {
			churn_group(addr, dev, w, i);
			addrset_add(pool, addr);
			if (asked->group[dev][w][i])
				addrset_add(want, addr);
		}
		for (i = 0; i < CHURN_UNICASTS; i++) {
			churn_unicast(addr, dev, w, i);
			addrset_add(pool, addr);
			if (asked->unicast[dev][w][i])
				addrset_add(want, addr);
		}
	}
}

static void pick(struct addrset *have, const struct addrset *from,
		 const struct addrset *pool)
{
	int i;

	for (i = 0; i < from->count; i++)
		if (addrset_has(pool, from->addr[i]))
			addrset_add(have, from->addr[i]);
}

static void check_lists(struct nlink *nl, const struct churn_asked *asked,
			int dev, const char *when)
{
	struct addrset want, pool, have = { 0 };
	const struct churn_dev *d = &churn_devs[dev];
	char text[200];
	struct filter f;

	asked_of(asked, dev, &want, &pool);
	filter_of_kernel(&f, nl, d->index);
	pick(&have, &f.uc, &pool);
	pick(&have, &f.mc, &pool);
	if (!ktap_ok(addrset_same(&want, &have, text, sizeof(text)),
		     "churn %s: lists as asked for%s", d->name, when))
		ktap_note("differs:%s", text);
	filter_clear(&f);
	addrset_clear(&want);
	addrset_clear(&pool);
	addrset_clear(&have);
}

/*
 * In /proc/net/dev_mcast, each address of ours has the reference of the one who
 * asked for it and that of the filter, if there is one.
 */
static void check_refs(const struct churn_asked *asked, int dev)
{
	const struct churn_dev *d = &churn_devs[dev];
	struct addrset want, pool;
	char line[128], wrong[128] = "";
	FILE *file = fopen("/proc/net/dev_mcast", "re");
	int refs, global, index, i, seen = 0, groups = 0;

	asked_of(asked, dev, &want, &pool);
	while (file && fgets(line, sizeof(line), file)) {
		char name[32], hex[32];
		uint8_t a[6];

		if (sscanf(line, "%d %31s %d %d %31s", &index, name, &refs,
			   &global, hex) != 5 || index != d->index ||
		    sscanf(hex, "%2hhx%2hhx%2hhx%2hhx%2hhx%2hhx", &a[0], &a[1],
			   &a[2], &a[3], &a[4], &a[5]) != 6 ||
		    !addrset_has(&pool, a))
			continue;
		seen++;
		if (refs != 1 + d->stress || global != 1)
			memcpy(wrong, line, sizeof(wrong));
	}
	if (file)
		fclose(file);
	for (i = 0; i < want.count; i++)
		groups += want.addr[i][0] & 1;
	if (!ktap_ok(!wrong[0] && seen == groups,
		     "churn %s: references of %d groups", d->name, groups))
		ktap_note("%d are there, wrong: %s", seen, wrong);
	addrset_clear(&want);
	addrset_clear(&pool);
}

static void check_filter(struct nlink *nl, const struct churn_dev *d,
			 const char *when)
{
	char text[200];

	/* IPv6 joins the last of its groups when it is sure of its address. */
	if (!ktap_ok(filter_right(nl, d->name, 5, text, sizeof(text)),
		     "churn %s: filter as the lists%s", d->name, when))
		ktap_note("differs:%s", text);
}

void churn_devs_check(struct nlink *nl, const struct churn_asked *asked)
{
	int i;

	for (i = 0; i < CHURN_DEVS; i++) {
		if (!churn_devs[i].index)
			continue;
		check_lists(nl, asked, i, "");
		if (churn_devs[i].stress)
			check_filter(nl, &churn_devs[i], "");
		if (churn_devs[i].lower < 0)
			check_refs(asked, i);
	}
}

static void withdraw(struct nlink *nl, struct churn_asked *asked, int fd,
		     int dev)
{
	const struct churn_dev *d = &churn_devs[dev];
	uint8_t addr[6];
	int w, i;

	for (w = 0; w < CHURN_WORKERS; w++) {
		for (i = 0; i < CHURN_GROUPS; i++) {
			churn_group(addr, dev, w, i);
			if (asked->group[dev][w][i] &&
			    !iface_group(fd, d->name, addr, false))
				asked->group[dev][w][i] = false;
		}
		for (i = 0; i < CHURN_UNICASTS; i++) {
			churn_unicast(addr, dev, w, i);
			if (asked->unicast[dev][w][i] &&
			    !nlink_fdb(nl, d->index, addr, false))
				asked->unicast[dev][w][i] = false;
		}
	}
}

void churn_devs_drop(struct nlink *nl, struct churn_asked *asked)
{
	int fd = iface_open();
	int i, err;

	for (i = CHURN_DEVS - 1; i >= 0; i--) {
		struct churn_dev *d = &churn_devs[i];
		struct filter f;

		if (!d->index)
			continue;
		withdraw(nl, asked, fd, i);
		check_lists(nl, asked, i, ", when withdrawn");
		if (d->stress) {
			check_filter(nl, d, ", when withdrawn");
			err = nlink_down(nl, d->index);
			filter_of_driver(&f, d->name);
			ktap_ok(!err && !f.uc.count && !f.mc.count,
				"churn %s: down, filter empty", d->name);
			filter_clear(&f);
		}
		err = d->kind ? nlink_del(nl, d->index) :
				nlink_down(nl, d->index);
		ktap_ok(!err, "churn %s: gone", d->name);
	}
	close(fd);
}
