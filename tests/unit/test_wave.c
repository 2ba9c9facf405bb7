// SPDX-License-Identifier: GPL-2.0-only
#include "tap.h"

#include <stdlib.h>

#include "util.h"
#include "wave.h"

/* The waves as text: "path path | path", late ones marked with a '-'. */
static char *waves(struct wave_item *items, size_t n, size_t max, size_t *count)
{
	struct strbuf sb = {0};

	*count = waves_assign(items, n, max);
	for (size_t i = 0; i < n; i++)
		sb_addf(&sb, "%s%s%s", i && items[i].wave != items[i - 1].wave ?
			"| " : "", items[i].path, i + 1 < n ? " " : "");
	return sb_detach(&sb);
}

static struct wave_item item(const char *path, const char *tree, bool late,
			     size_t glue)
{
	return (struct wave_item){.path = path, .tree = tree, .late = late,
				  .glue = glue};
}

static void test_folders(void)
{
	struct wave_item items[] = {
		item("drivers/net/ethernet/c/1.c", "net-next", false, 0),
		item("drivers/net/ethernet/a/2.c", "net-next", false, 1),
		item("drivers/net/ethernet/b/1.c", "net-next", false, 2),
		item("drivers/net/ethernet/b/2.c", "net-next", false, 3),
		item("drivers/net/ethernet/a/1.c", "net-next", false, 4),
		item("drivers/net/ethernet/a/3.c", "net-next", false, 5),
		item("drivers/net/ethernet/b/3.c", "net-next", false, 6),
		item("drivers/net/ethernet/b/4.c", "net-next", false, 7),
	};
	size_t count;
	char *text;

	text = waves(items, ARRAY_SIZE(items), 4, &count);
	is(text, "drivers/net/ethernet/a/1.c drivers/net/ethernet/a/2.c"
		 " drivers/net/ethernet/a/3.c drivers/net/ethernet/c/1.c |"
		 " drivers/net/ethernet/b/1.c drivers/net/ethernet/b/2.c"
		 " drivers/net/ethernet/b/3.c drivers/net/ethernet/b/4.c",
	   "folders stay whole, gaps are filled");
	ok(count == 2, "two waves");
	ok(items[3].wave == 1 && items[3].number == 4 &&
	   items[4].wave == 2 && items[4].number == 1, "numbers");
	free(text);
}

static void test_split(void)
{
	struct wave_item items[40];
	char names[40][32];
	size_t count, size[8] = {0};

	for (size_t i = 0; i < 40; i++) {
		snprintf(names[i], sizeof(names[i]), "drivers/net/usb/%02zu.c",
			 39 - i);
		items[i] = item(names[i], "net-next", false, i);
	}
	count = waves_assign(items, 40, 15);
	for (size_t i = 0; i < 40; i++)
		size[items[i].wave - 1]++;
	ok(count == 3 && size[0] == 15 && size[1] == 15 && size[2] == 10,
	   "a folder that is too large is split");
	is(items[0].path, "drivers/net/usb/00.c", "in the order of paths");
}

static void test_trees(void)
{
	struct wave_item items[] = {
		item("net/mac80211/iface.c", "wireless-next", false, 0),
		item("drivers/net/z.c", "net-next", true, 1),
		item("drivers/net/b.c", "net-next", false, 2),
		item("drivers/staging/o/o.c", "staging-next", false, 3),
		item("drivers/net/a.c", "net-next", false, 4),
	};
	size_t count;
	char *text = waves(items, ARRAY_SIZE(items), 15, &count);

	is(text, "drivers/net/a.c drivers/net/b.c | drivers/staging/o/o.c |"
		 " net/mac80211/iface.c | drivers/net/z.c",
	   "trees are not mixed, what was not compiled comes last");
	free(text);
}

static void test_glue(void)
{
	struct wave_item items[] = {
		item("drivers/net/a/1.c", "net-next", false, 0),
		item("drivers/net/a/2.c", "net-next", false, 1),
		item("drivers/net/b/1.c", "net-next", false, 2),
		item("drivers/net/c/1.c", "net-next", true, 0),
		item("net/x/1.c", "net-next", false, 1),
	};
	size_t count;
	char *text = waves(items, ARRAY_SIZE(items), 3, &count);

	is(text, "drivers/net/a/1.c drivers/net/c/1.c | drivers/net/a/2.c"
		 " net/x/1.c drivers/net/b/1.c",
	   "what shares a file stays together, in order");
	free(text);
	ok(!waves_assign(NULL, 0, 15), "nothing makes no wave");
}

int main(void)
{
	test_folders();
	test_split();
	test_trees();
	test_glue();
	return done_testing();
}
