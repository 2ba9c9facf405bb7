// SPDX-License-Identifier: GPL-2.0-only
#include <net/if.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "bootnic.h"
#include "ethtool.h"
#include "iface.h"
#include "ktap.h"
#include "machine.h"
#include "nlink.h"

/* Seconds, times the scale: some buses take their time. */
#define PROBE_WAIT 10
#define PROBE_POLL 0.2

struct found {
	int index;
	uint8_t mac[6];
	char name[16];
	char driver[32];
};

struct search {
	struct nlink nl;
	int fd;
	struct found dev[64];
	int devs;
};

static void read_driver(struct search *s, struct found *f)
{
	char path[64], to[256];
	const char *base;
	ssize_t n;

	snprintf(path, sizeof(path), "/sys/class/net/%s/device/driver",
		 f->name);
	n = readlink(path, to, sizeof(to) - 1);
	if (n > 0) {
		to[n] = '\0';
		base = strrchr(to, '/');
		snprintf(f->driver, sizeof(f->driver), "%.31s",
			 base ? base + 1 : to);
	} else if (ethtool_driver(s->fd, f->name, f->driver,
				  sizeof(f->driver))) {
		strcpy(f->driver, "-");
	}
}

static void look(struct search *s)
{
	struct if_nameindex *all = if_nameindex(), *at;

	s->devs = 0;
	for (at = all; at && at->if_index; at++) {
		struct found *f = &s->dev[s->devs];
		struct nlink_info info;

		if (s->devs == 64 || nlink_info(&s->nl, at->if_index, &info) ||
		    info.flags & IFF_LOOPBACK)
			continue;
		f->index = at->if_index;
		memcpy(f->mac, info.addr, 6);
		memcpy(f->name, info.name, sizeof(f->name));
		read_driver(s, f);
		s->devs++;
	}
	if (all)
		if_freenameindex(all);
}

static bool taken(const struct bootplan *plan, const int *index, int dev)
{
	for (int i = 0; i < plan->nics; i++)
		if (index[i] == dev)
			return true;
	return false;
}

static bool fits(const struct bootplan_nic *nic, const struct found *f,
		 bool by_mac, bool by_driver)
{
	if (by_mac && (!nic->has_mac || memcmp(nic->mac, f->mac, 6)))
		return false;
	return !by_driver || !strcmp(nic->driver, f->driver);
}

static void match(const struct bootplan *plan, struct search *s, int *index,
		  bool by_mac, bool by_driver)
{
	for (int i = 0; i < plan->nics; i++)
		for (int j = 0; j < s->devs && !index[i]; j++)
			if (!taken(plan, index, s->dev[j].index) &&
			    fits(&plan->nic[i], &s->dev[j], by_mac, by_driver))
				index[i] = s->dev[j].index;
}

static bool all_there(const struct bootplan *plan, const int *index)
{
	for (int i = 0; i < plan->nics; i++)
		if (!index[i])
			return false;
	return true;
}

static void say(const struct bootplan *plan, const struct search *s,
		const int *index)
{
	for (int i = 0; i < plan->nics; i++) {
		const struct found *f = NULL;

		for (int j = 0; j < s->devs; j++)
			if (index[i] && s->dev[j].index == index[i])
				f = &s->dev[j];
		if (!f) {
			ktap_line("nic %s missing", plan->nic[i].name);
			continue;
		}
		ktap_line("nic %s dev=%s driver=%s mac=%02x:%02x:%02x:%02x:%02x:%02x",
			  plan->nic[i].name, f->name, f->driver, f->mac[0],
			  f->mac[1], f->mac[2], f->mac[3], f->mac[4],
			  f->mac[5]);
	}
}

void bootnic_find(const struct bootplan *plan, int *index)
{
	double until = machine_now() + PROBE_WAIT * plan->scale;
	static struct search s;

	memset(index, 0, sizeof(*index) * plan->nics);
	s.fd = iface_open();
	if (s.fd < 0 || nlink_open(&s.nl)) {
		ktap_note("no socket to look for devices with");
		return;
	}
	for (;;) {
		/* A failover device has the address of the one below it. */
		look(&s);
		match(plan, &s, index, true, true);
		match(plan, &s, index, true, false);
		if (all_there(plan, index) || machine_now() > until)
			break;
		machine_sleep(PROBE_POLL);
	}
	match(plan, &s, index, false, true);
	say(plan, &s, index);
	nlink_close(&s.nl);
	close(s.fd);
}

int bootnic_by_driver(const char *driver)
{
	static struct search s;
	int index = 0;

	s.fd = iface_open();
	if (s.fd < 0 || nlink_open(&s.nl))
		return 0;
	look(&s);
	for (int i = 0; i < s.devs && !index; i++) {
		char name[32] = "";

		/* Some are made by another device's driver. */
		ethtool_driver(s.fd, s.dev[i].name, name, sizeof(name));
		if (!strcmp(s.dev[i].driver, driver) || !strcmp(name, driver))
			index = s.dev[i].index;
	}
	nlink_close(&s.nl);
	close(s.fd);
	return index;
}
