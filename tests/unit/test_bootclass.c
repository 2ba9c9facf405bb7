// SPDX-License-Identifier: GPL-2.0-only
#include "tap.h"

#include "bootclass.h"

static const char sleeping[] =
	"[    4.100000] eth0: link up\n"
	"[    4.123456][   T17] BUG: sleeping function called from invalid context at mm/page.c:%d\n"
	"[    4.123457][   T17] in_atomic(): 1, irqs_disabled(): 0\n"
	"[    4.123458][   T17] Call Trace:\n"
	"[    4.123459][   T17]  <TASK>\n"
	"[    4.123460][   T17]  dump_stack_lvl+0x57/0x90\n"
	"[    4.123461][   T17]  __might_resched+0x1a0/0x2b0\n"
	"[    4.123462][   T17]  ? guess+0x1/0x2\n"
	"[    4.123463][   T17]  x_set_rx_mode+0x%x/0x90\n"
	"[    4.123464][   T17]  __dev_open+0x10/0x20\n"
	"[    4.123465][   T17]  rtnl_newlink+0x10/0x20\n"
	"[    4.123466][   T17]  later+0x10/0x20\n"
	"[    4.123467][   T17]  </TASK>\n"
	"[    5.000000] eth0: link down\n";

static const char oops[] =
	"BUG: kernel NULL pointer dereference, address: 0000000000000008\r\n"
	"Oops: 0000 [#1] PREEMPT\r\n"
	"RIP: 0010:x_fill+0x1b/0x40\r\n"
	"Kernel panic - not syncing: Fatal exception\r\n";

static void check_print(void)
{
	char a[2048], b[2048];
	struct splats x = {0}, y = {0};

	snprintf(a, sizeof(a), sleeping, 12, 0x20);
	snprintf(b, sizeof(b), sleeping, 1290, 0x54);
	splats_find(&x, a);
	splats_find(&y, b);
	ok(x.n == 1, "one splat, not several: %zu", x.n);
	is(x.v[0].print, "BUG: sleeping function called from invalid context "
			 "at mm/page.c:N | x_set_rx_mode < __dev_open < "
			 "rtnl_newlink", "its fingerprint");
	ok(x.v[0].line == 2 && !x.v[0].fatal, "where it is");
	ok(y.n == 1 && splats_have(&x, y.v[0].print),
	   "known again on another boot");
	ok(!splats_fatal(&x), "it is not the end");
	splats_free(&x);
	splats_free(&y);
}

static void check_several(void)
{
	struct splats s = {0};
	struct strbuf sb = {0}, part = {0};

	sb_addf(&sb, sleeping, 1, 1);
	sb_adds(&sb, oops);
	splats_find(&s, sb_str(&sb));
	ok(s.n == 2, "two: %zu", s.n);
	is(s.v[1].title, "BUG: kernel NULL pointer dereference, address: N",
	   "no address, no carriage return");
	ok(strstr(s.v[1].print, "x_fill"), "the function that fell");
	ok(splats_fatal(&s) == &s.v[1], "that one is fatal");
	splat_text(&part, sb_str(&sb), s.v[1].line, 2);
	ok(starts_with(sb_str(&part), "BUG: kernel NULL") &&
	   strstr(part.buf, "Oops") && !strstr(part.buf, "RIP"),
	   "its text, cut");
	splats_free(&s);
	sb_free(&sb);
	sb_free(&part);
}

static void check_quiet(void)
{
	struct splats s = {0};

	splats_find(&s, "[    0.1] Linux version 7.3.4\n"
			"[    0.2] debug: all is well\n[\n[ ]\n\n");
	ok(!s.n, "nothing to complain about");
	splats_find(&s, "");
	ok(!s.n, "no text at all");
	splats_free(&s);
}

static void check_ends(void)
{
	struct boot_signs b = {.token = true, .spoke = true};
	struct splats none = {0}, dead = {0};

	splats_find(&dead, oops);
	ok(boot_end_of(&b, &none) == BOOT_ENDED, "the token");
	b.token = false;
	ok(boot_end_of(&b, &none) == BOOT_QUIT, "no token, no reason");
	ok(boot_end_of(&b, &dead) == BOOT_CRASH, "a panic");
	b.late = true;
	ok(boot_end_of(&b, &none) == BOOT_HANG, "killed late");
	ok(boot_end_of(&b, &dead) == BOOT_CRASH, "late, after an Oops");
	b = (struct boot_signs){.code = 1};
	ok(boot_end_of(&b, &none) == BOOT_NO_START, "QEMU did not take it");
	is(boot_end_name(BOOT_HANG), "hang", "a name");
	splats_free(&dead);
}

int main(void)
{
	check_print();
	check_several();
	check_quiet();
	check_ends();
	return done_testing();
}
