// SPDX-License-Identifier: GPL-2.0-only
#include <errno.h>
#include <net/if.h>
#include <stdio.h>
#include <string.h>

#include "../bootrow.h"
#include "bootdev.h"
#include "bootkind.h"
#include "bootop.h"
#include "bootrx.h"
#include "bootsoft.h"
#include "bootstate.h"
#include "ktap.h"
#include "machine.h"

/* Seconds, times the scale. */
#define STATE_WAIT 3
#define STATE_POLL 0.01

/* The device itself and the one below. */
#define STATES 2

static const bool nothing[BOOTSTATE_NUMBERS];

struct run {
	const struct bootplan_soft *soft;
	const struct bootkind *kind;
	struct bootmade made;
	struct bootdev dev;
	struct bootrx rx;
	bool frames;
	unsigned int promisc[STATES], allmulti[STATES]; /* before all rows */
	struct bootstate below; /* before it was made */
	bool uc_known; /* the device says which unicasts it has */
	double start; /* of the row */
	int wrong;
};

static const char *over(const struct run *r)
{
	return *r->soft->over && !r->kind->alone ? r->soft->over : "-";
}

static void say(struct run *r, const char *row, const char *want,
		const char *got, int tries)
{
	if (!bootrx_right(want, got))
		r->wrong++;
	ktap_line("soft %s %s %s want=%s got=%s tries=%d ms=%d", r->soft->kind,
		  over(r), row, want, got, tries, machine_ms_since(r->start));
}

static void skip(struct run *r, const char *row, int err)
{
	ktap_line("skip soft:%s:%s %s %s", r->soft->kind,
		  over(r), row, strerror(-err));
}

static bool flag_right(bool wanted, bool may, unsigned int now,
		       unsigned int before)
{
	return wanted ? now > before : may || now == before;
}

/* The lists and flags of the device itself. */
static bool upper_right(struct run *r, const struct bootrow *row)
{
	struct bootstate st;

	return !bootstate_read(&st, &r->dev.nl, r->dev.index) &&
	       bootstate_first(st.group, row->mc, nothing) &&
	       (!r->uc_known ||
		bootstate_first(st.unicast, row->uc, nothing)) &&
	       flag_right(row->flags & BOOT_PROMISC,
			  row->uc || r->kind->lingers, st.promiscuity,
			  r->promisc[0]) &&
	       flag_right(row->flags & BOOT_ALLMULTI, false, st.allmulti,
			  r->allmulti[0]);
}

/* What the device below must have of them. */
static bool lower_right(struct run *r, const struct bootrow *row)
{
	const struct bootkind *k = r->kind;
	struct bootstate st;

	if (bootstate_read(&st, &r->dev.nl, r->made.lower))
		return false;
	if (!bootstate_first(st.group, k->mc ? row->mc : 0, r->below.group) ||
	    !bootstate_first(st.unicast, k->uc ? row->uc : 0,
			     r->below.unicast))
		return false;
	if (k->promisc &&
	    !flag_right(row->flags & BOOT_PROMISC, true, st.promiscuity,
			r->promisc[1]))
		return false;
	return !k->allmulti ||
	       flag_right(row->flags & BOOT_ALLMULTI, false, st.allmulti,
			  r->allmulti[1]);
}

static int first_count(const bool *numbers)
{
	int n = 0;

	while (n < BOOTSTATE_NUMBERS && numbers[n])
		n++;
	return bootstate_first(numbers, n, nothing) ? n : -1;
}

/* What was there instead; -1 groups or unicasts are not the first ones. */
static void explain(struct run *r, const char *row)
{
	int index[STATES] = { r->made.index, r->made.lower };
	struct bootstate st;

	for (int i = 0; i < STATES; i++)
		if (index[i] && !bootstate_read(&st, &r->dev.nl, index[i]))
			ktap_note("%s %s, %s: groups %d, unicasts %d, promiscuity %u (was %u), allmulti %u (was %u)",
				  r->soft->kind, row, i ? "below" : "itself",
				  first_count(st.group),
				  first_count(st.unicast), st.promiscuity,
				  r->promisc[i], st.allmulti, r->allmulti[i]);
}

/* One bit for the device, one for that below; returns how often it looked. */
static int settle_state(struct run *r, const struct bootrow *row, char *want,
			char *got)
{
	double until = machine_now() + STATE_WAIT * r->dev.scale;
	int tries = 0;

	strcpy(want, r->made.lower ? "11" : "1");
	for (;;) {
		tries++;
		got[0] = '0' + upper_right(r, row);
		got[1] = '\0';
		if (r->made.lower) {
			got[1] = '0' + lower_right(r, row);
			got[2] = '\0';
		}
		if (!strcmp(want, got))
			return tries;
		if (machine_now() > until) {
			explain(r, row->name);
			return tries;
		}
		machine_sleep(STATE_POLL * r->dev.scale);
	}
}

static int settle_frames(struct run *r, const struct bootrow *row, int number,
			 char *want, char *got)
{
	int index[3] = { r->dev.index, r->made.lower, 0 };
	struct bootask ask = { .row = number, .index = index, .want = want };
	struct nlink_info info;

	if (r->kind->frames == BOOT_FRAMES_TAGGED) {
		ask.tag = BOOT_VLAN_ID;
		index[1] = 0;
	}
	/* Some get their address from what is below. */
	if (!nlink_info(&r->dev.nl, r->dev.index, &info))
		memcpy(r->dev.own, info.addr, 6);
	if (!nlink_info(&r->dev.nl, r->made.lower, &info))
		memcpy(r->rx.own, info.addr, 6);
	bootrow_probes(row, r->dev.own, NULL, ask.addr);
	bootrow_want_above(row, want);
	if (r->kind->frames == BOOT_FRAMES_OWN)
		memset(want + BOOT_GROUP_FIRST, 'x',
		       BOOT_PROBES - BOOT_GROUP_FIRST);
	return bootrx_settle(&r->rx, &ask, got);
}

static void run_row(struct run *r, const struct bootrow *row)
{
	char want[STATES + BOOT_PROBES + 1], got[STATES + BOOT_PROBES + 1];
	int err, tries, bits;

	if (!bootplan_runs(r->soft->rows, r->soft->skip, row->name))
		return;
	r->start = machine_now();
	err = bootop(&r->dev, row);
	if (err) {
		skip(r, row->name, err);
		return;
	}
	tries = settle_state(r, row, want, got);
	bits = strlen(want);
	if (r->frames)
		tries += settle_frames(r, row, 100 + (row - bootrow_soft),
				       want + bits, got + bits);
	say(r, row->name, want, got, tries);
}

/* Its other end, or what else has come with it, comes up too. */
static void up_others(struct run *r)
{
	struct if_nameindex *all = if_nameindex(), *at;

	for (at = all; at && at->if_index; at++)
		if ((int)at->if_index > r->dev.index &&
		    !strncmp(at->if_name, r->soft->kind, 3))
			nlink_up(&r->dev.nl, at->if_index);
	if (all)
		if_freenameindex(all);
}

static bool can_say_unicasts(struct run *r)
{
	struct bootstate st;
	bool said;

	if (bootdev_set(&r->dev, 0, 1))
		return false;
	said = !bootstate_read(&st, &r->dev.nl, r->dev.index) &&
	       st.unicast[0];
	bootdev_flush(&r->dev);
	return said;
}

static void read_before(struct run *r)
{
	int index[STATES] = { r->dev.index, r->made.lower };
	struct bootstate st;

	for (int i = 0; i < STATES && index[i]; i++) {
		if (bootstate_read(&st, &r->dev.nl, index[i]))
			continue;
		r->promisc[i] = st.promiscuity;
		r->allmulti[i] = st.allmulti;
	}
}

/*
 * With its filter full; below, nothing may be left of it. A master closes what
 * is below when it lets go: with the async callback the core leaves a closed
 * device's promiscuity until it is opened again, so that comes first.
 */
static void run_drop(struct run *r)
{
	const struct bootrow none = { .name = "drop" };
	double until;
	struct bootstate st;
	bool right = false;
	int tries = 0;
	int err;

	r->start = machine_now();
	until = r->start + STATE_WAIT * r->dev.scale;
	err = r->kind->drop(r->kind, &r->dev.nl, &r->made);
	if (err) {
		skip(r, none.name, err);
		return;
	}
	if (r->made.lower)
		nlink_up(&r->dev.nl, r->made.lower);
	while (r->made.lower && !right) {
		tries++;
		right = !bootstate_read(&st, &r->dev.nl, r->made.lower) &&
			!memcmp(&st, &r->below, sizeof(st));
		if (machine_now() > until || r->kind->leaves)
			break;
		machine_sleep(STATE_POLL);
	}
	if (!r->made.lower)
		return;
	r->made.index = 0;
	if (!right)
		explain(r, none.name);
	say(r, none.name, r->kind->leaves ? "x" : "1", right ? "1" : "0",
	    tries);
}

static int run_all(struct run *r)
{
	struct bootdev *d = &r->dev;
	int err;

	d->lower = r->made.lower;
	d->no_link = !r->frames;
	up_others(r);
	err = bootdev_up(d);
	if (err)
		return err;
	read_before(r);
	r->uc_known = can_say_unicasts(r);
	for (const struct bootrow *row = bootrow_soft; row->name; row++)
		run_row(r, row);
	return 0;
}

static int open_below(struct run *r, struct nlink *nl, int scale)
{
	struct bootdev below;
	int err = bootdev_open(&below, r->made.lower, scale);

	if (err)
		return err;
	memcpy(r->made.lower_name, below.name, sizeof(below.name));
	err = bootdev_up(&below);
	if (!err)
		err = bootstate_read(&r->below, nl, r->made.lower);
	bootdev_close(&below);
	return err ? err : bootrx_open(&r->rx, r->made.lower, scale);
}

static int run_made(struct run *r, struct nlink *nl, int scale)
{
	int err = 0;

	if (r->made.lower)
		err = open_below(r, nl, scale);
	if (!err)
		err = r->kind->make(r->kind, nl, &r->made);
	if (!err)
		err = bootdev_open(&r->dev, r->made.index, scale);
	if (err)
		return err;
	err = run_all(r);
	run_drop(r);
	bootdev_close(&r->dev);
	return err;
}

int bootsoft_run(const struct bootplan *plan,
		 const struct bootplan_soft *soft, int below)
{
	struct run r = { .soft = soft, .kind = bootkind_find(soft->kind),
			 .made = { .lower = below, .fd = -1,
				   .name = "soft0" } };
	const char *driver = bootkind_driver(soft->kind);
	struct nlink nl;
	int err;

	if (*soft->over && !below && !r.kind->alone) {
		skip(&r, "all", -ENODEV);
		return BOOTSOFT_NONE;
	}
	if (driver)
		snprintf(r.made.driver, sizeof(r.made.driver), "%s", driver);
	if (r.kind->alone)
		r.made.lower = 0;
	r.frames = r.made.lower && r.kind->frames != BOOT_FRAMES_NONE;
	err = nlink_open(&nl);
	if (err)
		return err;
	err = run_made(&r, &nl, plan->scale);
	nlink_close(&nl);
	if (err)
		skip(&r, "all", err);
	return err ? BOOTSOFT_NONE : r.wrong;
}
