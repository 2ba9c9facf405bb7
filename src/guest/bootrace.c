// SPDX-License-Identifier: GPL-2.0-only
#include <errno.h>
#include <linux/if_packet.h>
#include <net/if.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../bootrow.h"
#include "bootrace.h"
#include "bootrx.h"
#include "iface.h"
#include "machine.h"

/* Seconds, times the scale; the least number of rounds. */
#define SECONDS 1.0
#define SECONDS_ABOVE 0.4 /* of a device on top of another */
#define ROUNDS 5
#define PAUSE 0.005
#define FLAP 0.03
#define TRAFFIC 0.02

#define ADDRESSES 12
/* Not the addresses of other rows. */
#define FIRST 600

struct racer {
	struct nlink nl;
	int fd, member;
	int index, lower;
	const char *name;
	const uint8_t *own;
	int scale;
};

static void groups(struct racer *r)
{
	bool add = rand() % 2;
	uint8_t addr[6];

	bootrow_group(addr, FIRST + rand() % ADDRESSES);
	iface_member(r->member, r->index, PACKET_MR_MULTICAST, addr, add);
	bootrow_group(addr, FIRST + ADDRESSES);
	iface_group(r->fd, r->name, addr, add);
}

static void unicasts(struct racer *r)
{
	bool add = rand() % 2;
	uint8_t addr[6];

	bootrow_unicast(addr, FIRST + rand() % ADDRESSES);
	iface_member(r->member, r->index, PACKET_MR_UNICAST, addr, add);
	bootrow_unicast(addr, FIRST + ADDRESSES + rand() % ADDRESSES);
	nlink_fdb(&r->nl, r->index, addr, add);
}

static void flags(struct racer *r)
{
	unsigned int flag = rand() % 2 ? IFF_PROMISC : IFF_ALLMULTI;
	bool add = rand() % 2;

	nlink_flags(&r->nl, r->index, add ? flag : 0, flag);
	iface_member(r->member, r->index,
		     rand() % 2 ? PACKET_MR_PROMISC : PACKET_MR_ALLMULTI, NULL,
		     add);
}

static void flap(struct racer *r)
{
	int index = r->lower && rand() % 3 == 0 ? r->lower : r->index;

	nlink_down(&r->nl, index);
	machine_sleep(PAUSE * r->scale);
	nlink_up(&r->nl, index);
	nlink_up(&r->nl, r->index);
	machine_sleep(FLAP * r->scale);
}

/* Frames that come in meanwhile, through the card at the bottom. */
static void traffic(struct racer *r)
{
	static struct bootrx rx;
	struct bootrow row = { .mc = ADDRESSES, .uc = ADDRESSES };
	static const int nowhere[] = { 0 };
	struct bootask ask = { .row = 0xffff, .index = nowhere };

	if (!rx.scale && bootrx_open(&rx, r->lower ? r->lower : r->index,
				     r->scale))
		_exit(0);
	memcpy(rx.own, r->own, 6);
	bootrow_probes(&row, r->own, NULL, ask.addr);
	bootrx_stir(&rx, &ask);
	machine_sleep(TRAFFIC * r->scale);
}

/* What no socket takes back when it is closed. */
static void take_back(struct racer *r)
{
	uint8_t addr[6];

	for (int i = 0; i < ADDRESSES; i++) {
		bootrow_unicast(addr, FIRST + ADDRESSES + i);
		nlink_fdb(&r->nl, r->index, addr, false);
	}
	bootrow_group(addr, FIRST + ADDRESSES);
	iface_group(r->fd, r->name, addr, false);
	nlink_flags(&r->nl, r->index, 0, IFF_PROMISC | IFF_ALLMULTI);
}

static void race(struct racer *r, void (*step)(struct racer *r))
{
	double until = machine_now() +
		       (r->lower ? SECONDS_ABOVE : SECONDS) * r->scale;

	r->fd = iface_open();
	r->member = iface_packet();
	if (r->fd < 0 || r->member < 0 || nlink_open(&r->nl))
		_exit(1);
	srand(getpid());
	for (int round = 0; round < ROUNDS || machine_now() < until; round++) {
		step(r);
		machine_sleep(PAUSE);
	}
	_exit(0);
}

int bootrace(struct bootdev *d)
{
	static void (*const steps[])(struct racer *r) = {
		groups, unicasts, flags, flap, traffic, groups,
	};
	struct racer r = { .nl = d->nl, .fd = d->fd, .index = d->index,
			   .lower = d->lower, .name = d->name, .own = d->own,
			   .scale = d->scale };
	int count = sizeof(steps) / sizeof(*steps);
	pid_t pid[sizeof(steps) / sizeof(*steps)];
	int err = 0;

	for (int i = 0; i < count; i++) {
		pid[i] = fork();
		if (!pid[i])
			race(&r, steps[i]);
	}
	for (int i = 0; i < count; i++) {
		int status = 1;

		if (pid[i] > 0)
			while (waitpid(pid[i], &status, 0) < 0 &&
			       errno == EINTR)
				;
		if (status)
			err = -ECHILD;
	}
	if (d->lower)
		nlink_up(&d->nl, d->lower);
	bootdev_up(d);
	take_back(&r);
	return err;
}
