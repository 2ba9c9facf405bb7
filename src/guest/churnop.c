// SPDX-License-Identifier: GPL-2.0-only
#include <errno.h>
#include <fcntl.h>
#include <linux/if_link.h>
#include <linux/if_packet.h>
#include <net/if.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "churnop.h"
#include "filter.h"
#include "iface.h"

#define BASES 5 /* of the shared devices, those that are not on top */
#define MEMBERS 4 /* addresses or groups of a socket */

struct worker {
	struct churn_asked *asked;
	int id;
	unsigned int seed;
	struct nlink nl;
	int io, udp4, udp6, packet;
	/* What the sockets have joined. */
	bool ip4[CHURN_DEVS][MEMBERS];
	bool ip6[CHURN_DEVS][MEMBERS];
	bool member[CHURN_DEVS][4];
};

static int upto(struct worker *w, int n)
{
	return rand_r(&w->seed) % n;
}

static void must(struct worker *w, int err, const char *what, const char *name)
{
	if (!err)
		return;
	w->asked->failed[w->id]++;
	snprintf(w->asked->failure[w->id], sizeof(w->asked->failure[0]),
		 "%s of %s: %s", what, name, strerror(-err));
}

/* A shared device that is there: the first `most` ones. */
static int some_dev(struct worker *w, int most)
{
	int dev;

	do
		dev = upto(w, most);
	while (!churn_devs[dev].index);
	return dev;
}

static void open_sockets(struct worker *w)
{
	w->udp4 = iface_udp(AF_INET);
	w->udp6 = iface_udp(AF_INET6);
	w->packet = iface_packet();
	memset(w->ip4, 0, sizeof(w->ip4));
	memset(w->ip6, 0, sizeof(w->ip6));
	memset(w->member, 0, sizeof(w->member));
}

/* They leave all at once, and nothing waits for the filter then. */
static void close_sockets(struct worker *w)
{
	close(w->packet);
	close(w->udp4);
	close(w->udp6);
}

static void do_group(struct worker *w)
{
	int dev = some_dev(w, CHURN_DEVS), i = upto(w, CHURN_GROUPS);
	bool *asked = &w->asked->group[dev][w->id][i];
	uint8_t addr[6];

	churn_group(addr, dev, w->id, i);
	must(w, iface_group(w->io, churn_devs[dev].name, addr, !*asked),
	     *asked ? "SIOCDELMULTI" : "SIOCADDMULTI", churn_devs[dev].name);
	*asked = !*asked;
}

static void do_unicast(struct worker *w)
{
	int dev = some_dev(w, BASES), i = upto(w, CHURN_UNICASTS);
	bool *asked = &w->asked->unicast[dev][w->id][i];
	uint8_t addr[6];

	churn_unicast(addr, dev, w->id, i);
	must(w, nlink_fdb(&w->nl, churn_devs[dev].index, addr, !*asked),
	     *asked ? "RTM_DELNEIGH" : "RTM_NEWNEIGH", churn_devs[dev].name);
	*asked = !*asked;
}

static void do_flags(struct worker *w)
{
	const struct churn_dev *d = &churn_devs[some_dev(w, CHURN_DEVS)];
	unsigned int flag = upto(w, 2) ? IFF_PROMISC : IFF_ALLMULTI;
	bool on = upto(w, 2);
	int err;

	if (upto(w, 2))
		err = iface_flags(w->io, d->name, flag, on);
	else
		err = nlink_flags(&w->nl, d->index, on ? flag : 0, flag);
	/* With IFF_UP, above a device that has just gone down. */
	must(w, err == -ENETDOWN ? 0 : err, "flags", d->name);
}

static void do_member(struct worker *w)
{
	static const int types[] = { PACKET_MR_MULTICAST, PACKET_MR_PROMISC,
				     PACKET_MR_ALLMULTI, PACKET_MR_UNICAST };
	int dev = some_dev(w, CHURN_DEVS), i = upto(w, 4);
	uint8_t addr[6];

	/* Behind the addresses that are counted. */
	if (types[i] == PACKET_MR_UNICAST)
		churn_unicast(addr, dev, w->id, CHURN_UNICASTS);
	else
		churn_group(addr, dev, w->id, CHURN_GROUPS);
	must(w, iface_member(w->packet, churn_devs[dev].index, types[i], addr,
			     !w->member[dev][i]),
	     "packet membership", churn_devs[dev].name);
	w->member[dev][i] = !w->member[dev][i];
}

static void do_join(struct worker *w)
{
	int dev = some_dev(w, CHURN_DEVS), i = upto(w, MEMBERS);
	uint8_t group6[16] = { 0xff, 0x02, [14] = 0x77, i };
	bool *joined;

	/* A socket may have 20 groups; one device in turn is enough. */
	if (upto(w, 2)) {
		joined = &w->ip4[dev][i];
		if (iface_join4(w->udp4, churn_devs[dev].index, 0xefc00000 + i,
				!*joined))
			return;
	} else {
		joined = &w->ip6[dev][i];
		if (iface_join6(w->udp6, churn_devs[dev].index, group6,
				!*joined))
			return;
	}
	*joined = !*joined;
}

static void do_updown(struct worker *w)
{
	const struct churn_dev *d = &churn_devs[some_dev(w, CHURN_DEVS)];
	int err;

	must(w, nlink_down(&w->nl, d->index), "down", d->name);
	/* What is above cannot be up while its lower device is down. */
	err = nlink_up(&w->nl, d->index);
	must(w, err == -ENETDOWN ? 0 : err, "up", d->name);
}

static const char *some_kind(struct worker *w)
{
	static const char *const kinds[] = { "rxs", "rxsnouc", "rxsflags",
					     "dummy" };

	return kinds[upto(w, 4)];
}

/* Returns its index, or 0. */
static int make_private(struct worker *w, const char *name, const char *kind,
			int lower)
{
	struct nlink_new new = { .kind = kind, .name = name, .lower = lower };
	int index;

	if (!strcmp(kind, "vlan"))
		new.vlan = 16 + w->id;
	if (!strcmp(kind, "macvlan"))
		new.macvlan = MACVLAN_MODE_BRIDGE;
	index = nlink_add(&w->nl, &new);
	must(w, index < 0 ? index : 0, "creation", name);
	return index < 0 ? 0 : index;
}

static void use_private(struct worker *w, const char *name, int index)
{
	uint8_t addr[6];
	int i, err;

	if (!index)
		return;
	err = nlink_up(&w->nl, index);
	must(w, err == -ENETDOWN ? 0 : err, "up", name);
	for (i = upto(w, 8); i > 0; i--) {
		churn_group(addr, 99, w->id, i);
		must(w, iface_group(w->io, name, addr, true), "SIOCADDMULTI",
		     name);
	}
	if (upto(w, 2))
		iface_flags(w->io, name, IFF_PROMISC, true);
}

static void do_private(struct worker *w)
{
	int index, packet = -1;
	char name[16];

	snprintf(name, sizeof(name), "pr%d", w->id);
	index = make_private(w, name, some_kind(w), 0);
	use_private(w, name, index);
	if (!index)
		return;
	if (upto(w, 2)) {
		packet = iface_packet();
		iface_member(packet, index, PACKET_MR_PROMISC, NULL, true);
		close(packet);
	}
	must(w, nlink_del(&w->nl, index), "deletion", name);
}

static void do_above(struct worker *w)
{
	int dev = some_dev(w, BASES);
	char name[16];
	int index;

	snprintf(name, sizeof(name), "ab%d", w->id);
	index = make_private(w, name, upto(w, 2) ? "vlan" : "macvlan",
			     churn_devs[dev].index);
	use_private(w, name, index);
	if (index)
		must(w, nlink_del(&w->nl, index), "deletion", name);
}

/* Fills a namespace of its own and goes, which takes the namespace down. */
static void in_namespace(struct worker *w)
{
	int index;

	close_sockets(w);
	nlink_close(&w->nl);
	close(w->io);
	w->io = iface_open();
	must(w, nlink_open(&w->nl), "netlink", "namespace");
	open_sockets(w);
	index = make_private(w, "ns0", some_kind(w), 0);
	use_private(w, "ns0", index);
	if (index)
		use_private(w, "ns1",
			    make_private(w, "ns1",
					 upto(w, 2) ? "vlan" : "macvlan",
					 index));
	iface_member(w->packet, index, PACKET_MR_PROMISC, NULL, true);
	iface_join4(w->udp4, index, 0xefc00001, true);
	_exit(0);
}

static void do_namespace(struct worker *w)
{
	pid_t pid = fork();

	if (!pid) {
		int err = unshare(CLONE_NEWNET) ? -errno : 0;

		must(w, err, "unshare", "namespace");
		if (!err)
			in_namespace(w);
		_exit(1);
	}
	waitpid(pid, NULL, 0);
}

/* A device with something to do goes to a namespace that is about to die. */
static void do_move(struct worker *w)
{
	int pipes[2], index, fd;
	char name[16], path[64];
	pid_t pid;

	snprintf(name, sizeof(name), "mo%d", w->id);
	index = make_private(w, name, some_kind(w), 0);
	use_private(w, name, index);
	if (!index)
		return;
	if (pipe(pipes))
		abort();
	pid = fork();
	if (!pid) {
		close(pipes[0]);
		if (unshare(CLONE_NEWNET) || write(pipes[1], "", 1) != 1)
			_exit(1);
		for (;;)
			pause();
	}
	close(pipes[1]);
	if (read(pipes[0], path, 1) == 1) {
		snprintf(path, sizeof(path), "/proc/%d/ns/net", pid);
		fd = open(path, O_RDONLY | O_CLOEXEC);
		must(w, nlink_netns(&w->nl, index, fd), "move", name);
		close(fd);
	} else {
		must(w, nlink_del(&w->nl, index), "deletion", name);
	}
	close(pipes[0]);
	kill(pid, SIGKILL);
	waitpid(pid, NULL, 0);
}

static void do_kick(struct worker *w)
{
	const char *name = churn_devs[some_dev(w, CHURN_DEVS)].name;

	must(w, filter_kick(name), "kick", name);
}

static void do_address(struct worker *w)
{
	int dev = some_dev(w, 4);
	uint8_t addr[6];

	churn_unicast(addr, 77, w->id, upto(w, 256));
	must(w, nlink_addr(&w->nl, churn_devs[dev].index, addr), "address",
	     churn_devs[dev].name);
}

static void do_sockets(struct worker *w)
{
	close_sockets(w);
	open_sockets(w);
}

/* Of 100 rounds so many each. */
static const struct {
	int percent;
	void (*run)(struct worker *w);
} ops[] = {
	{ 25, do_group },   { 15, do_unicast }, { 11, do_flags },
	{ 10, do_member },  { 10, do_join },	{ 8, do_updown },
	{ 5, do_private },  { 5, do_above },	{ 2, do_sockets },
	{ 1, do_namespace }, { 1, do_move },	{ 2, do_address },
	{ 5, do_kick },
};

static void round_of(struct worker *w)
{
	int at = upto(w, 100);
	size_t i = 0;

	while (at >= ops[i].percent)
		at -= ops[i++].percent;
	ops[i].run(w);
}

void churn_work(struct churn_asked *asked, int worker, long rounds,
		unsigned int seed)
{
	struct worker w = { .asked = asked, .id = worker, .seed = seed };

	w.io = iface_open();
	must(&w, nlink_open(&w.nl), "netlink", "worker");
	open_sockets(&w);
	while (asked->done[worker] < rounds) {
		round_of(&w);
		asked->done[worker]++;
	}
	close_sockets(&w);
	nlink_close(&w.nl);
	close(w.io);
}
