// SPDX-License-Identifier: GPL-2.0-only
#include <stdlib.h>

#include "kbuildlog.h"
#include "tap.h"

static const char text[] =
	"  SYNC    include/config/auto.conf.cmd\n"
	"  CC [M]  drivers/net/a.o\n"
	"../drivers/net/a.c:92:35: error: initialization of \xe2\x80\x98void "
	"(*)(int)\xe2\x80\x99 from incompatible pointer type\n"
	"   92 |  .ndo_set_rx_mode        = a_set_rx_mode,\n"
	"../drivers/net/a.c:92:35: note: (near initialization for 'a_ops')\n"
	"../drivers/net/a.c: In function 'a_open':\n"
	"../drivers/net/a.c:130:7: warning: unused variable 'i'\n"
	"  130 |  int i;\n"
	"      |      ^\n"
	"../drivers/net/a.c:140:7: note: declared here\n"
	"../drivers/net/a.c:141:7: warning: unused variable 'k'\n"
	"../drivers/net/a.c: At top level:\n"
	"../drivers/net/a.c:258:13: warning: 'f' defined but not used\n"
	"cc1: some warnings being treated as errors\n"
	"make[7]: *** [../scripts/Makefile.build:295: drivers/net/a.o] Error 1\n"
	"make[6]: *** [../scripts/Makefile.build:556: drivers/net] Error 2\n"
	"make[6]: Target 'drivers/net/a.o' not remade because of errors.\n"
	"  CC      drivers/net/b.o\n"
	"In file included from /w/src/include/linux/x.h:12,\n"
	"                 from /w/src/drivers/net/b.c:5:\n"
	"/w/src/include/linux/x.h:7:1: warning: the frame size of 5008 bytes "
	"is larger than 2048 bytes [-Wframe-larger-than=]\n"
	"Warning: /w/src/drivers/net/b.c:12 function parameter 'uc' not "
	"described in 'b'\n"
	"drivers/net/b.o: warning: objtool: b+0x12: unreachable\n"
	"  CHECK   ../drivers/net/b.c\n"
	"../drivers/net/b.c:9:1: warning: symbol 'q' was not declared\n"
	"  AR      drivers/net/built-in.a\n"
	"../arch/x86/z.c:1:2: fatal error: no.h: No such file or directory\n";

static const struct kobject_log *find(const struct kbuildlog *log,
				      const char *object)
{
	for (size_t i = 0; i < log->count; i++)
		if (!strcmp(log->objects[i].object, object))
			return &log->objects[i];
	return NULL;
}

static void test_log(void)
{
	struct kbuildlog log;
	const struct kobject_log *a, *b;

	kbuildlog_init(&log, "/w/src");
	kbuildlog_text(&log, text);
	a = find(&log, "drivers/net/a.o");
	b = find(&log, "drivers/net/b.o");
	ok(log.count == 2 && a && b, "two objects");
	ok(!find(&log, "drivers/net"), "a folder is no object");
	if (!a || !b)
		return;
	ok(a->module && a->failed, "a: a module, failed");
	ok(!b->module && !b->failed, "b: built in, well");
	ok(a->count == 4 && a->diags[0].error && !a->diags[1].error,
	   "a: an error, three warnings");
	if (a->count != 4 || b->count != 4)
		return;
	is(a->diags[0].text,
	   "drivers/net/a.c:92:35: error: initialization of 'void (*)(int)' "
	   "from incompatible pointer type",
	   "the error, quotes plain");
	is(a->diags[0].file, "drivers/net/a.c", "its file");
	is(a->diags[1].norm,
	   "a_open(): drivers/net/a.c: warning: unused variable 'i'",
	   "a norm with its function");
	is(a->diags[2].norm,
	   "a_open(): drivers/net/a.c: warning: unused variable 'k'",
	   "a note ends no function");
	is(a->diags[3].norm,
	   "drivers/net/a.c: warning: 'f' defined but not used", "top level");
	ok(strstr(sb_str(&a->text), "130 |  int i;") != NULL,
	   "context is kept");
	ok(!strstr(sb_str(&a->text), "CC      drivers/net/b.o"),
	   "but not the next object's");
	is(b->diags[0].norm,
	   "include/linux/x.h: warning: the frame size of N bytes is larger "
	   "than N bytes [-Wframe-larger-than=]",
	   "sizes are no part of the norm");
	is(b->diags[1].norm,
	   "Warning: drivers/net/b.c function parameter 'uc' not described "
	   "in 'b'",
	   "kernel-doc");
	is(b->diags[1].file, "drivers/net/b.c", "kernel-doc's file");
	is(b->diags[2].norm, "drivers/net/b.o: warning: objtool: b: unreachable",
	   "objtool's offset");
	is(b->diags[3].file, "drivers/net/b.c", "sparse");
	is(log.first_error,
	   "arch/x86/z.c:1:2: fatal error: no.h: No such file or directory",
	   "an error of no object");
	kbuildlog_free(&log);
}

static void test_norm(void)
{
	static const char *const pairs[][2] = {
		{"a.c:1:2: warning: x", "a.c: warning: x"},
		{"a.c:1: warning: x", "a.c: warning: x"},
		{"a.c:1:2: warning: see b.h:33:1", "a.c: warning: see b.h"},
		{"a.c:1:2: warning: array of 12 ints",
		 "a.c: warning: array of 12 ints"},
		{"a.c:1:2: warning: 12 byte", "a.c: warning: N byte"},
		{"", ""},
		{"+0x", ""},
		{"::1", "::1"},
	};

	for (size_t i = 0; i < ARRAY_SIZE(pairs); i++) {
		char *got = kdiag_norm(pairs[i][0], NULL);

		is(got, pairs[i][1], "norm of '%s'", pairs[i][0]);
		free(got);
	}
}

static void test_progress(void)
{
	char what[16];
	bool m;

	is(kbuildlog_progress("  CC [M]  a/b.o", what, &m), "a/b.o", "[M]");
	ok(m && !strcmp(what, "CC"), "a module's CC");
	is(kbuildlog_progress("  HOSTCC  x", what, &m), "x", "HOSTCC");
	ok(!m && !strcmp(what, "HOSTCC"), "no module");
	is(kbuildlog_progress("   12 | CC x", what, &m), NULL, "a context");
	is(kbuildlog_progress("  CC", what, &m), NULL, "no path");
	is(kbuildlog_progress("  ABCDEFGHIJKLMNOPQRST x", what, &m), NULL,
	   "too long a word");
	is(kbuildlog_progress("", what, &m), NULL, "nothing");
}

int main(void)
{
	test_log();
	test_norm();
	test_progress();
	return done_testing();
}
