// SPDX-License-Identifier: GPL-2.0-only
#include <net/if.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "bench.h"
#include "filter.h"
#include "iface.h"
#include "ktap.h"
#include "machine.h"
#include "nlink.h"

#define NAME "bench0"
#define TIMES 60

static const int counts[] = { 100, 1000, 4000 };
#define COUNTS (int)(sizeof(counts) / sizeof(*counts))

struct bench {
	struct nlink nl;
	int io;
	int index;
	bool unicast;
};

static int change(struct bench *b, int i, bool add)
{
	const uint8_t addr[] = { b->unicast ? 0x02 : 0x03, 0xbe, 0, 0, i >> 8,
				 i };

	return b->unicast ? nlink_fdb(&b->nl, b->index, addr, add) :
			    iface_group(b->io, NAME, addr, add);
}

static int by_size(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

/* Microseconds for one more address: the median. Negative: an errno. */
static double time_add(struct bench *b, const char *kind, int count)
{
	const struct nlink_new new = { .kind = kind, .name = NAME };
	double took[TIMES];
	int i, err;

	b->index = nlink_add(&b->nl, &new);
	if (b->index < 0)
		return b->index;
	/* All at once, when it comes up. */
	for (i = 0, err = 0; i < count && !err; i++)
		err = change(b, i, true);
	if (!err)
		err = nlink_up(&b->nl, b->index);
	for (i = 0; i < TIMES && !err; i++) {
		double start = machine_now();

		err = change(b, count, true);
		took[i] = (machine_now() - start) * 1e6;
		if (!err)
			err = change(b, count, false);
	}
	nlink_del(&b->nl, b->index);
	if (err)
		return err;
	qsort(took, TIMES, sizeof(*took), by_size);
	return took[TIMES / 2];
}

static void compare(struct bench *b)
{
	const char *what = b->unicast ? "unicast" : "group";
	double legacy[COUNTS], async[COUNTS];
	bool good = true;
	int i;

	for (i = 0; i < COUNTS; i++) {
		legacy[i] = time_add(b, "rxsold", counts[i]);
		async[i] = time_add(b, "rxs", counts[i]);
		good = good && legacy[i] > 0 && async[i] > 0;
	}
	ktap_ok(good, "bench %s: measured", what);
	for (i = 0; i < COUNTS; i++)
		ktap_note("bench %s n=%d: legacy %.0f us, async %.0f us, ratio %.2f",
			  what, counts[i], legacy[i], async[i],
			  async[i] / legacy[i]);
	if (!good)
		return;
	/* From the second to the third. Quadratic would be the square. */
	ktap_note("bench %s growth, %d times the addresses: legacy %.2f, async %.2f",
		  what, counts[2] / counts[1], legacy[2] / legacy[1],
		  async[2] / async[1]);
	ktap_ok(async[2] / async[1] < 2.0 * counts[2] / counts[1],
		"bench %s: grows linearly", what);
}

void bench_run(void)
{
	struct bench b = { .io = iface_open() };

	filter_set("check", 0);
	filter_set("sleep_us", 0);
	filter_set("fail", 0);
	filter_set("churn_us", 0);
	if (!ktap_ok(!nlink_open(&b.nl), "bench: netlink"))
		return;
	compare(&b);
	b.unicast = true;
	compare(&b);
	nlink_close(&b.nl);
	close(b.io);
}
