// SPDX-License-Identifier: GPL-2.0-only
#include <errno.h>
#include <net/if.h>
#include <stdio.h>
#include <string.h>

#include "filter.h"
#include "machine.h"

#define FILTERS "/sys/kernel/debug/rx_mode_stress"
#define KICK "/sys/kernel/debug/rx_mode_kick"

static bool read_addr(const char *line, uint8_t *addr)
{
	return sscanf(line + 3, "%hhx:%hhx:%hhx:%hhx:%hhx:%hhx", &addr[0],
		      &addr[1], &addr[2], &addr[3], &addr[4], &addr[5]) == 6;
}

int filter_of_driver(struct filter *f, const char *name)
{
	char line[256], dev[32];
	bool ours = false, found = false;
	FILE *file;

	memset(f, 0, sizeof(*f));
	file = fopen(FILTERS, "re");
	if (!file)
		return -errno;
	while (fgets(line, sizeof(line), file)) {
		unsigned int unicast, promisc, allmulti;
		unsigned int by_work, by_caller, rx_flags;
		uint8_t addr[6];

		if (sscanf(line,
			   "dev %31s unicast %u promisc %u allmulti %u by_work %u by_caller %u rx_flags %u",
			   dev, &unicast, &promisc, &allmulti, &by_work,
			   &by_caller, &rx_flags) == 7) {
			ours = !strcmp(dev, name);
			if (!ours)
				continue;
			found = true;
			f->unicast = unicast;
			f->promisc = promisc;
			f->allmulti = allmulti;
			f->by_work = by_work;
			f->by_caller = by_caller;
			f->rx_flags = rx_flags;
		} else if (ours && read_addr(line, addr)) {
			addrset_add(line[0] == 'm' ? &f->mc : &f->uc, addr);
		}
	}
	fclose(file);
	return found ? 0 : -ENODEV;
}

static void add_to_lists(const uint8_t *addr, void *arg)
{
	struct filter *f = arg;

	addrset_add(addr[0] & 1 ? &f->mc : &f->uc, addr);
}

int filter_of_kernel(struct filter *f, struct nlink *nl, int index)
{
	struct nlink_info info;
	int err;

	memset(f, 0, sizeof(*f));
	err = nlink_info(nl, index, &info);
	if (!err)
		err = nlink_fdb_dump(nl, index, add_to_lists, f);
	f->promisc = info.promiscuity;
	f->allmulti = info.flags & IFF_ALLMULTI;
	return err;
}

void filter_clear(struct filter *f)
{
	addrset_clear(&f->uc);
	addrset_clear(&f->mc);
}

static bool right_now(struct nlink *nl, const char *name, char *text, int size)
{
	struct filter want, have;
	bool good = false;
	int err;

	err = filter_of_driver(&have, name);
	if (!err) {
		err = filter_of_kernel(&want, nl, if_nametoindex(name));
		if (err)
			snprintf(text, size, "kernel's lists: %s",
				 strerror(-err));
		else if (want.promisc != have.promisc ||
			 want.allmulti != have.allmulti)
			snprintf(text, size, "promisc %d, wanted %d; allmulti %d, wanted %d",
				 have.promisc, want.promisc, have.allmulti,
				 want.allmulti);
		else if (!have.unicast && want.uc.count && !have.promisc)
			snprintf(text, size, "%d unicast addresses and not promiscuous",
				 want.uc.count);
		else
			good = (!have.unicast ||
				addrset_same(&want.uc, &have.uc, text,
					     size)) &&
			       addrset_same(&want.mc, &have.mc, text, size);
		filter_clear(&want);
	} else {
		snprintf(text, size, "driver's filter: %s", strerror(-err));
	}
	filter_clear(&have);
	return good;
}

bool filter_right(struct nlink *nl, const char *name, double wait, char *text,
		  int size)
{
	double end = machine_now() + wait;

	for (;;) {
		if (right_now(nl, name, text, size))
			return true;
		if (machine_now() >= end)
			return false;
		machine_sleep(0.1);
	}
}

bool filter_flavour_int(void)
{
	char text[32];

	machine_read(FILTERS, text, sizeof(text));
	return !strncmp(text, "flavour int", strlen("flavour int"));
}

int filter_kick(const char *name)
{
	return machine_write(KICK, name);
}

int filter_set(const char *param, long value)
{
	char path[128], text[32];

	snprintf(path, sizeof(path), "/sys/module/rx_mode_stress/parameters/%s",
		 param);
	snprintf(text, sizeof(text), "%ld", value);
	return machine_write(path, text);
}
