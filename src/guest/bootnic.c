// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "../bootrow.h"
#include "bootdev.h"
#include "bootnic.h"
#include "bootop.h"
#include "bootrx.h"
#include "ktap.h"
#include "machine.h"

struct run {
	const struct bootplan_nic *nic;
	struct bootdev dev;
	struct bootrx rx;
	double start; /* of the row */
	int wrong;
};

static void ask(struct run *r, const struct bootrow *row, int number)
{
	const struct bootdev *d = &r->dev;
	int index[4] = { d->index, d->vlan, 0, 0 };
	struct bootask ask = { .row = number, .index = index,
			       .gap = bootplan_listed(r->nic->gaps, row->name) };
	char want[BOOT_PROBES + 1], got[BOOT_PROBES + 1];
	int tries;

	if (row->flags & BOOT_TAGGED) {
		ask.tag = BOOT_VLAN_ID;
		index[0] = d->vlan;
		index[1] = 0;
	} else if (d->macvlan) {
		index[1] = d->macvlan;
	}
	bootrow_probes(row, d->own, d->moved ? d->former : NULL, ask.addr);
	bootrow_want(row, r->nic, want);
	ask.want = want;
	memcpy(r->rx.own, d->own, 6);
	tries = bootrx_settle(&r->rx, &ask, got);
	if (!ask.gap && !bootrx_right(want, got))
		r->wrong++;
	ktap_line("row %s %s want=%s got=%s tries=%d ms=%d", r->nic->name,
		  row->name, want, got, tries, machine_ms_since(r->start));
}

static void run_rows(struct run *r)
{
	for (const struct bootrow *row = bootrow_nic; row->name; row++) {
		int err;

		if (!bootplan_runs(r->nic->rows, r->nic->skip, row->name))
			continue;
		r->start = machine_now();
		err = bootop(&r->dev, row);
		if (err)
			ktap_line("skip %s %s %s", r->nic->name, row->name,
				  strerror(-err));
		else
			ask(r, row, row - bootrow_nic + 1);
	}
}

int bootnic_run(const struct bootplan *plan, const struct bootplan_nic *nic,
		int index)
{
	struct run r = { .nic = nic };
	int err = bootdev_open(&r.dev, index, plan->scale);

	if (err)
		return err;
	err = bootrx_open(&r.rx, index, plan->scale);
	if (!err) {
		err = bootdev_up(&r.dev);
		if (!err)
			run_rows(&r);
		bootdev_down(&r.dev);
		bootrx_close(&r.rx);
	}
	bootdev_close(&r.dev);
	return err ? err : r.wrong;
}
