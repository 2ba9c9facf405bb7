// SPDX-License-Identifier: GPL-2.0-only
#include "tap.h"

#include <jansson.h>
#include <stdlib.h>

#include "changelog.h"

static const char patch[] =
	"--- a/drivers/net/x.c\n"
	"+++ b/drivers/net/x.c\n"
	"-static void x_rx(struct net_device *dev)\n"
	"+static int x_rx(struct net_device *dev,\n"
	"+\tx_fill(dev, &dev->mc);\n"
	"+\treturn 0;\n";

static const char description[] =
	"x_rx() gets both lists.\n"
	"x_fill() gets the multicast list, which it walks as it has done before"
	" in a loop.\n"
	"--- this must not end the message\n";

static struct unit *make_unit(struct model *m)
{
	struct unit *u = model_add(m, "x");
	struct assignment *a = unit_add_assignment(u);

	a->callback = xstrdup("x_rx");
	a->file = xstrdup("drivers/net/x.c");
	u->convert = json_pack("{s[sss] ss ss}", "functions", "x_rx", "x_fill",
			       "x_open", "description", description, "spatch",
			       "1.1.1");
	hazard_add(&u->hazards, "H7", xstrdup("drivers/net/x.c:12"), OPEN,
		   xstrdup("x_lock is taken in NAPI as well"));
	return u;
}

static bool has(const char *text, const char *part)
{
	return strstr(text, part);
}

static void check_form(const char *text)
{
	size_t widest = 0, ends = 0;

	for (const char *line = text; *line;) {
		size_t n = strcspn(line, "\n");

		widest = n > widest ? n : widest;
		ends += starts_with(line, "---") || starts_with(line, "diff -");
		line += n + (line[n] == '\n');
	}
	ok(widest <= LOG_COLUMNS, "%zu columns at most", widest);
	ok(!ends, "no line ends the message for git am");
	ok(!has(text, "Signed-off-by"), "nobody's sign-off");
	ok(!has(text, "\n\n\n") && *text != '\n', "single empty lines");
	ok(ends_with(text, "\n") && !ends_with(text, "\n\n"), "one newline");
}

static void test_full(void)
{
	struct session s = {.flavour = FLAVOUR_INT};
	struct model m = {0};
	struct changelog c = {.s = &s, .patch = patch, .assisted = true};
	struct unit *u = make_unit(&m);
	char *text;

	c.u = u;
	c.cocci = "@@\nidentifier f;\n@@\n- old(f);\n+ new(f);\n";
	u->build = json_pack("{s[{ss ss ss s[]}]}", "build", "arch", "x86_64",
			     "config", "allmodconfig", "result", "pass",
			     "new_warnings");
	text = changelog_text(&c);
	check_form(text);
	ok(has(text, "Convert x_rx()."), "the callback");
	ok(has(text, "It always returns 0"), "what it returns");
	ok(has(text, "Function by function:\n - x_rx() gets both lists.\n - x_fill()"),
	   "what is changed");
	ok(has(text, "Locks, allocation flags"), "and what is not");
	ok(has(text, hazard_title("H7")), "the hazard in words");
	ok(has(text, "x_lock is taken in NAPI as well"), "and its note");
	ok(has(text, "(x.c:12)"), "and its place");
	ok(has(text, "rxasync " RXASYNC_VERSION " with Coccinelle 1.1.1"),
	   "the tools");
	ok(has(text, "\n  - old(f);\n  + new(f);\n"), "the semantic patch");
	ok(has(text, "\nCompile-tested on x86_64 (allmodconfig, W=1): no new"
		     " warnings.\n"), "the build");
	ok(has(text, "Not boot-tested"), "what was not tested");
	ok(ends_with(text, "\n\nAssisted-by: rxasync:" RXASYNC_VERSION
		     " coccinelle\n"), "the trailer");
	free(text);
	model_free(&m);
}

static json_t *compared_build(const char *unchecked, const char *unexplained)
{
	json_t *build = json_pack(
		"{s[{ss ss ss s[] s[ss] s{s[ss] s[]} s{s[ss] s[] s[sss] s[s] s[]}}]}",
		"build", "arch", "x86_64", "config", "allmodconfig", "result",
		"pass", "new_warnings", "objects", "a.o", "b.o", "sparse",
		"checked", "a.o", "b.o", "unchecked", "compared", "objects",
		"a.o", "b.o", "not", "changed", "x_rx", "x_fill", "x_open",
		"inlined", "x_up() (has x_fill() in it)", "unexplained");
	json_t *e = json_array_get(json_object_get(build, "build"), 0);

	if (unchecked)
		json_array_append_new(
			json_object_get(json_object_get(e, "sparse"),
					"unchecked"),
			json_string(unchecked));
	if (unexplained)
		json_array_append_new(
			json_object_get(json_object_get(e, "compared"),
					"unexplained"),
			json_string(unexplained));
	return build;
}

static void test_evidence(void)
{
	struct session s = {.flavour = FLAVOUR_INT};
	struct model m = {0};
	struct changelog c = {.s = &s, .patch = patch};
	struct unit *u = make_unit(&m);
	char *text;

	c.u = u;
	u->build = compared_build(NULL, NULL);
	text = changelog_text(&c);
	ok(has(text, "(allmodconfig, W=1, sparse): no new warnings.\n"),
	   "sparse, where it ran on all objects");
	ok(has(text, "\nObjects compared: only x_rx(), x_fill() and x_open()"
		     " change, and by\ninlining x_up().\n"),
	   "which functions change");
	free(text);
	json_decref(u->build);
	u->build = compared_build("b.o", "b.o: y()");
	text = changelog_text(&c);
	ok(has(text, "(allmodconfig, W=1): no new"),
	   "no word of sparse where it missed one");
	ok(!has(text, "Objects compared"), "nor of objects that differ");
	free(text);
	model_free(&m);
}

static void test_plain(void)
{
	struct session s = {.flavour = FLAVOUR_VOID};
	struct model m = {0};
	struct changelog c = {.s = &s, .patch = patch};
	struct unit *u = make_unit(&m);
	struct strbuf cocci = {0};
	char *text, *evidence;

	for (int i = 0; i < LOG_COCCI_LINES + 1; i++)
		sb_adds(&cocci, "x\n");
	c.u = u;
	c.cocci = sb_str(&cocci);
	json_object_del(u->convert, "description");
	u->build = json_pack("{s[{ss ss ss ss}]}", "build", "arch", "x86_64",
			     "config", "allmodconfig", "result", "not-built",
			     "why", "CONFIG_X depends on M68K");
	u->boot = json_pack("{s[{ss ss ss si ss ss} {ss ss ss ss}]}", "boot",
			    "machine", "some-pc", "nic", "x1000", "result",
			    "pass", "states", 25, "lockdep", "on", "variant",
			    "lockdep", "machine", "-", "nic", "-", "result",
			    "skip", "why", "no-model");
	text = changelog_text(&c);
	check_form(text);
	ok(!has(text, "returns 0"), "void returns nothing");
	ok(has(text, "\nBoot-tested in QEMU (some-pc): x1000, 25 filter states,"
		     " frames as before,\nlockdep quiet.\n"), "the boot");
	ok(!has(text, "Not boot-tested") && has(text, "Not run on hardware."),
	   "and what it does not say");
	ok(has(text, "x_fill() and x_open()"), "the helpers");
	ok(has(text, "Not compiled: CONFIG_X depends on M68K."), "not built");
	ok(has(text, "x.cocci"), "a long semantic patch is only named");
	ok(!has(text, "Assisted-by"), "no trailer where the tree has none");
	evidence = changelog_evidence(u);
	is(evidence, "not compiled, boot some-pc", "the evidence in short");
	ok(!changelog_compiled(u), "it counts as not compiled");
	free(evidence);
	free(text);
	sb_free(&cocci);
	model_free(&m);
}

static void test_wrap(void)
{
	struct strbuf sb = {0};

	log_wrap(&sb, " - ", "   ",
		 "aaaaaaaaaa bbbbbbbbbb cccccccccc dddddddddd eeeeeeeeee"
		 " ffffffffff ggggggggg");
	is(sb_str(&sb), " - aaaaaaaaaa bbbbbbbbbb cccccccccc dddddddddd"
			" eeeeeeeeee ffffffffff\n   ggggggggg\n", "wrapped");
	sb_reset(&sb);
	log_wrap(&sb, "", "", "");
	is(sb_str(&sb), "\n", "nothing");
	sb_free(&sb);
}

int main(void)
{
	test_full();
	test_evidence();
	test_plain();
	test_wrap();
	return done_testing();
}
