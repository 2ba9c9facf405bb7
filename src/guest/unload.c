// SPDX-License-Identifier: GPL-2.0-only
#include <dirent.h>
#include <linux/if_packet.h>
#include <net/if.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "filter.h"
#include "iface.h"
#include "ktap.h"
#include "machine.h"
#include "nlink.h"
#include "unload.h"

#define VIRTIO "/sys/bus/virtio/drivers/virtio_net"

/* Leaves changes behind, the last of them one that nobody waits for. */
static int leave_work(const char *name, int index)
{
	int udp = iface_udp(AF_INET), packet = iface_packet();

	iface_join4(udp, index, 0xef000001, true);
	iface_member(packet, index, PACKET_MR_PROMISC, NULL, true);
	close(packet);
	close(udp);
	return filter_kick(name);
}

static int make_up(struct nlink *nl, const char *kind, const char *name)
{
	const struct nlink_new new = { .kind = kind, .name = name };
	int index = nlink_add(nl, &new);
	int err;

	if (index < 0)
		return index;
	err = nlink_up(nl, index);
	return err ? err : leave_work(name, index);
}

static int unload_stress(struct nlink *nl, int i)
{
	int err = machine_load("rx_mode_stress",
			       "sleep_us=3000 churn_us=300 fail=20");

	if (!err)
		err = make_up(nl, "rxs", "un0");
	if (!err)
		err = make_up(nl, "rxsnouc", "un1");
	if (!err)
		err = make_up(nl, "rxsflags", "un2");
	machine_sleep(i % 10 / 1000.0);
	return err ? err : machine_unload("rx_mode_stress");
}

static int unload_dummy(struct nlink *nl, int i)
{
	int err = machine_load("dummy", "numdummies=2");
	int index = if_nametoindex("dummy0");

	if (!err)
		err = nlink_up(nl, index);
	if (!err)
		err = leave_work("dummy0", index);
	machine_sleep(i % 10 / 1000.0);
	return err ? err : machine_unload("dummy");
}

/* The name of the one virtio card; false where there is none. */
static bool find_virtio(char *name, size_t size)
{
	DIR *dir = opendir(VIRTIO);
	struct dirent *e;
	bool found = false;

	while (dir && !found && (e = readdir(dir))) {
		found = !strncmp(e->d_name, "virtio", strlen("virtio"));
		if (found)
			snprintf(name, size, "%.*s", (int)size - 1,
				 e->d_name);
	}
	if (dir)
		closedir(dir);
	return found;
}

static int unbind_virtio(struct nlink *nl, const char *name, int i)
{
	int index = if_nametoindex("eth0");
	int err = nlink_up(nl, index);

	if (!err)
		err = leave_work("eth0", index);
	machine_sleep(i % 10 / 1000.0);
	if (!err)
		err = machine_write(VIRTIO "/unbind", name);
	return err ? err : machine_write(VIRTIO "/bind", name);
}

static void report(int err, const char *what, int times)
{
	if (!ktap_ok(!err, "unload %s, %d times", what, times))
		ktap_note("%s", strerror(-err));
}

void unload_run(int times)
{
	struct nlink nl;
	char name[64];
	int i, err;

	err = nlink_open(&nl);
	for (i = 0; i < times && !err; i++)
		err = unload_stress(&nl, i);
	report(err, "rx_mode_stress", times);

	/* From here on only for its kicks. */
	machine_load("rx_mode_stress", "");
	if (machine_has_module("dummy")) {
		for (i = 0, err = 0; i < times && !err; i++)
			err = unload_dummy(&nl, i);
		report(err, "dummy", times);
	} else {
		ktap_skip("unload dummy", "is no module");
	}

	if (find_virtio(name, sizeof(name))) {
		for (i = 0, err = 0; i < times && !err; i++)
			err = unbind_virtio(&nl, name, i);
		report(err, "virtio_net", times);
	} else {
		ktap_skip("unload virtio_net", "no such card");
	}
	machine_unload("rx_mode_stress");
	nlink_close(&nl);
}
