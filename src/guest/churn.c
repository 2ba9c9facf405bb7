// SPDX-License-Identifier: GPL-2.0-only
#include <net/if.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "churn.h"
#include "churndev.h"
#include "churnop.h"
#include "filter.h"
#include "iface.h"
#include "kernlog.h"
#include "ktap.h"
#include "machine.h"

/* Seconds without a single round by anybody. */
#define STALL 120

static long rounds_done(const struct churn_asked *asked)
{
	long n = 0;
	int w;

	for (w = 0; w < CHURN_WORKERS; w++)
		n += asked->done[w];
	return n;
}

/* Says where everybody hangs: the host reads it on the console. */
static void show_blocked(void)
{
	machine_write("/proc/sys/kernel/printk", "7");
	machine_write("/proc/sysrq-trigger", "w");
	machine_write("/proc/sysrq-trigger", "d");
	machine_sleep(5);
}

/* Waits for all workers; false when they stand still. */
static bool wait_for(const struct churn_asked *asked, int workers, long rounds)
{
	double since = machine_now(), said = since;
	long last = 0;

	while (workers > 0) {
		long now = rounds_done(asked);

		while (workers > 0 && waitpid(-1, NULL, WNOHANG) > 0)
			workers--;
		kernlog_drain();
		if (now != last || !workers) {
			last = now;
			since = machine_now();
		}
		if (machine_now() - since > STALL) {
			show_blocked();
			return false;
		}
		if (machine_now() - said > 60) {
			said = machine_now();
			ktap_note("%ld of %ld rounds", now, rounds);
		}
		machine_sleep(0.05);
	}
	return true;
}

/* From here on all succeeds, and each device gets one more change. */
static void calm_down(struct nlink *nl)
{
	int io = iface_open();
	uint8_t addr[6];
	int i;

	filter_set("churn_us", 0);
	filter_set("fail", 0);
	filter_set("sleep_us", 0);
	/* The timers look that often. */
	machine_sleep(0.3);
	for (i = 0; i < CHURN_DEVS; i++) {
		const struct churn_dev *d = &churn_devs[i];

		if (!d->index)
			continue;
		nlink_flags(nl, d->index, IFF_UP, IFF_UP | IFF_PROMISC |
			    IFF_ALLMULTI);
		churn_group(addr, i, CHURN_WORKERS, 0);
		iface_group(io, d->name, addr, true);
		iface_group(io, d->name, addr, false);
	}
	close(io);
}

static void report_work(const struct churn_asked *asked, double seconds)
{
	unsigned int by_work = 0, by_caller = 0;
	long failed = 0;
	int w, i;

	for (w = 0; w < CHURN_WORKERS; w++)
		failed += asked->failed[w];
	ktap_ok(!failed, "churn: no call failed that should not have");
	for (w = 0; w < CHURN_WORKERS; w++)
		if (asked->failed[w])
			ktap_note("worker %d: %ld, the last: %s", w,
				  asked->failed[w], asked->failure[w]);

	for (i = 0; i < CHURN_DEVS; i++) {
		struct filter f;

		if (!churn_devs[i].stress ||
		    filter_of_driver(&f, churn_devs[i].name))
			continue;
		by_work += f.by_work;
		by_caller += f.by_caller;
		filter_clear(&f);
	}
	ktap_ok(by_work && by_caller, "churn: callbacks both in workers and in system calls");
	ktap_note("%u callbacks in workers, %u in system calls, %.1f s",
		  by_work, by_caller, seconds);
}

void churn_run(long rounds, unsigned int seed)
{
	struct churn_asked *asked;
	double start = machine_now();
	struct nlink nl;
	bool ended;
	int w, err;

	asked = mmap(NULL, sizeof(*asked), PROT_READ | PROT_WRITE,
		     MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	err = asked == MAP_FAILED || nlink_open(&nl);
	filter_set("sleep_min_us", 1);
	filter_set("sleep_us", 2000);
	filter_set("fail", 20);
	filter_set("churn_us", 5000);
	if (!err)
		err = churn_devs_make(&nl);
	if (!ktap_ok(!err, "churn: devices are there")) {
		ktap_note("%s", strerror(-err));
		return;
	}
	if (!churn_devs[4].index)
		ktap_skip("churn eth0", "no such card");

	fflush(stdout);
	for (w = 0; w < CHURN_WORKERS; w++) {
		if (!fork()) {
			churn_work(asked, w, rounds / CHURN_WORKERS,
				   seed + 7919 * w);
			_exit(0);
		}
	}
	ended = wait_for(asked, CHURN_WORKERS, rounds);
	ktap_ok(ended, "churn: %ld rounds with seed %u", rounds, seed);
	if (!ended)
		return;
	report_work(asked, machine_now() - start);
	calm_down(&nl);
	churn_devs_check(&nl, asked);
	churn_devs_drop(&nl, asked);
	nlink_close(&nl);
	munmap(asked, sizeof(*asked));
}
