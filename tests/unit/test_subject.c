// SPDX-License-Identifier: GPL-2.0-only
#include "tap.h"

#include <stdlib.h>

#include "patch.h"
#include "subject.h"

#define CHANGE "convert to ndo_set_rx_mode_async"

static void from(const char *paths, const char *wanted)
{
	struct strvec files = {0};
	char *prefix;

	sv_split(&files, paths, " ");
	prefix = subject_from_paths(&files);
	is(prefix, wanted, "prefix for %s", paths);
	sv_free(&files);
	free(prefix);
}

static void test_paths(void)
{
	from("drivers/net/ethernet/realtek/8139too.c",
	     "net: realtek: 8139too:");
	from("drivers/net/ethernet/intel/e1000/e1000_main.c", "e1000:");
	from("drivers/net/ethernet/intel/e100.c", "e100:");
	from("drivers/net/ethernet/ethoc.c", "net: ethoc:");
	from("drivers/net/ethernet/8390/8390.c", "net: 8390:");
	from("drivers/net/ethernet/8390/8390.c "
	     "drivers/net/ethernet/8390/8390p.c", "net: 8390:");
	from("drivers/net/ethernet/microchip/lan743x_main.c",
	     "net: microchip: lan743x:");
	from("drivers/net/usb/mcs7830.c", "net: usb: mcs7830:");
	from("drivers/net/wireless/nxp/nxpwifi/main.c", "wifi: nxpwifi:");
	from("drivers/net/bonding/bond_main.c", "bonding:");
	from("drivers/net/dsa/loop.c", "net: dsa: loop:");
	from("drivers/net/veth.c", "net: veth:");
	from("drivers/staging/octeon/ethernet.c", "staging: octeon:");
	from("drivers/infiniband/ulp/ipoib/ipoib_main.c", "RDMA/ipoib:");
	from("net/8021q/vlan_dev.c", "vlan:");
	from("net/mac80211/iface.c", "wifi: mac80211:");
	from("arch/um/drivers/vector_kern.c", "um: vector_kern:");
	from("drivers/net/usb/a.c drivers/net/veth.c", "net:");
	from("net/bluetooth/bnep/netdev.c drivers/net/veth.c", ":");
	is(subject_tree("net/mac80211/iface.c"), "wireless-next",
	   "tree for wireless");
	is(subject_tree("drivers/net/veth.c"), "net-next", "tree for others");
}

static void make(const char *prefix, const char *wanted)
{
	char *subject = subject_make(prefix, CHANGE);

	is(subject, wanted, "subject for %s", prefix);
	ok(strlen(subject) <= SUBJECT_MAX, "it fits");
	free(subject);
}

static void test_make(void)
{
	char *s;

	make("net: realtek: 8139too:", "net: realtek: 8139too: " CHANGE);
	make("net: some_very_long_vendor_name: another_long_driver:",
	     "net: another_long_driver: " CHANGE);
	make("a_vendor_name_that_is_long: a_driver_name_that_is_long_too:",
	     "a_driver_name_that_is_long_too: " CHANGE);
	s = subject_narrow("net: dec: tulip:", "drivers/net/x/tulip/dmfe.c");
	is(s, "net: dec: tulip: dmfe:", "a part more");
	free(s);
	s = subject_narrow("net: tulip: dmfe:", "drivers/net/x/tulip/dmfe.c");
	is(s, "net: tulip: dmfe:", "but not the same once more");
	free(s);
	s = patch_file_name(3, "net: a.b: convert (this) to  x_y.");
	is(s, "0003-net-a.b-convert-this-to-x_y.patch", "file name");
	free(s);
	s = patch_file_name(12, "net: a_vendor: a_long_driver_name: convert to"
				" ndo_set_rx_mode_async");
	ok(strlen(s) <= 64 && ends_with(s, ".patch"), "long file name: %s", s);
	free(s);
}

static void most(const struct history *h, const char *file, const char *wanted)
{
	struct strvec files = {0};
	char *prefix;

	sv_add(&files, file);
	prefix = history_prefix(h, &files);
	is(prefix, wanted, "history of %s", file);
	free(prefix);
	sv_free(&files);
}

static void test_history(void)
{
	static const char tg3[] = "drivers/net/ethernet/broadcom/tg3.c";
	static const char vsc[] = "drivers/net/hyperv/vsc_drv.c";
	struct history *h = history_new();

	history_add(h, tg3, "treewide: rename this: and that");
	history_add(h, tg3, "treewide: rename that");
	history_add(h, tg3, "treewide: again");
	history_add(h, tg3, "tg3: fix a leak: now");
	history_add(h, tg3, "net: broadcom: tg3: fix it");
	history_add(h, tg3, "tg3: fix another");
	history_add(h, vsc, "hv_net: one");
	history_add(h, vsc, "hv_net: two");
	most(h, tg3, "tg3:");
	most(h, vsc, NULL);
	history_add(h, vsc, "hv_net: three");
	most(h, vsc, "hv_net:");
	most(h, "drivers/net/none.c", NULL);
	history_add(h, "drivers/net/sub.c", "No prefix in this one");
	history_add(h, "drivers/net/sub.c", "Revert \"sub: x\"");
	most(h, "drivers/net/sub.c", NULL);
	history_free(h);
}

int main(void)
{
	test_paths();
	test_make();
	test_history();
	return done_testing();
}
