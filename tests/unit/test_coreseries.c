// SPDX-License-Identifier: GPL-2.0-only
#include <errno.h>
#include <stdlib.h>

#include "corefit.h"
#include "coreseries.h"
#include "tap.h"

static char root[] = "/tmp/test_coreseries.XXXXXX";

static char *put(const char *path, const char *text)
{
	char *full = xasprintf("%s/%s", root, path);

	make_parents(full);
	if (file_write(full, text, strlen(text)))
		printf("Bail out! cannot write %s\n", full);
	return full;
}

#define MAIL(subject)                                                          \
	"From 0123456789012345678901234567890123456789 Mon Sep 17 00:00:00 "   \
	"2001\nFrom: A <a@b.example>\nDate: Sun, 1 Mar 2026 10:00:00 +0000\n"  \
	"Subject: " subject "\n\nbody\n---\n"                                  \
	"diff --git a/x b/x\n--- a/x\n+++ b/x\n"                               \
	"@@ -3,1 +3,1 @@ f\n-a\n+b\n@@ -30,1 +30,1 @@ g\n-a\n+b\n"

/* The lines for a version, as one text. */
static void lines(const char *version, const char *wanted, bool wanted_own)
{
	struct strvec dirs = {0};
	struct strbuf text = {0};
	bool own;

	ok(!core_lines(&dirs, &own, root, version), "lines for %s", version);
	for (size_t i = 0; i < dirs.n; i++)
		sb_addf(&text, "%s ", base_name(dirs.v[i]));
	is(sb_str(&text), wanted, "the nearest of them to %s first", version);
	ok(own == wanted_own, "%s has its own: %d", version, wanted_own);
	sb_free(&text);
	sv_free(&dirs);
}

static void which(void)
{
	struct strvec dirs = {0};
	char *dir = xasprintf("%s/linux-6.12", root);
	bool own = true;

	lines("6.12.117", "linux-6.12 linux-6.1 linux-5.15 ", true);
	lines("6.1-rc1", "linux-6.1 linux-6.12 linux-5.15 ", true);
	lines("6.6.3", "linux-6.1 linux-6.12 linux-5.15 ", false);
	lines("7.0", "linux-6.12 linux-6.1 linux-5.15 ", false);
	lines("5.10.1", "linux-5.15 linux-6.1 linux-6.12 ", false);
	own = false;
	ok(!core_lines(&dirs, &own, dir, "4.4") && own && dirs.n == 1,
	   "a folder that is a series is the one");
	is(dirs.n ? dirs.v[0] : NULL, dir, "itself");
	sv_free(&dirs);
	ok(core_lines(&dirs, &own, "/nowhere", "6.1") == -ENOENT && !own,
	   "no folder");
	sv_free(&dirs);
	free(dir);
}

static void patches(void)
{
	char *dir = xasprintf("%s/linux-6.12", root);
	struct core_series cs;

	ok(!core_series_read(&cs, dir), "a series is read");
	ok(cs.count == 3, "without cover letter, README and the like");
	is(core_series_line(&cs), "linux-6.12", "its line");
	is(cs.patches[0].name, "0001-a.patch", "in their order");
	is(cs.patches[0].subject, "net: a caf\xc3\xa9 in a subject that is folded",
	   "a subject as it was meant");
	is(cs.patches[2].subject, "net: [x] c", "a bracket that stays");
	ok(core_series_upto(&cs, FLAVOUR_NONE) == 0 &&
		   core_series_upto(&cs, FLAVOUR_VOID) == 2 &&
		   core_series_upto(&cs, FLAVOUR_INT) == 3,
	   "the last one is for int");
	core_series_free(&cs);
	free(dir);
	dir = xasprintf("%s/linux-5.15", root);
	ok(core_series_read(&cs, dir) == EXIT_ENVIRONMENT, "one is no series");
	core_series_free(&cs);
	free(put("linux-5.15/0002-b.patch", "no mail\n"));
	ok(core_series_read(&cs, dir) == EXIT_ENVIRONMENT, "not a mail");
	core_series_free(&cs);
	free(dir);
}

static void complaints(void)
{
	static const struct {
		const char *said, *text, *file;
		long line;
	} cases[] = {
		{"patch failed: x:30",
		 "x: hunk @@ -30,1 +30,1 @@ does not apply", "x", 30},
		{"patch failed: x:4", "x: the hunk of line 4 does not apply",
		 "x", 4},
		{"patch failed: a:b:3", "a:b: the hunk of line 3 does not apply",
		 "a:b", 3},
		{"x: already exists in index", "x: already exists in index",
		 NULL, 0},
		{"patch failed: ", "patch failed: ", NULL, 0},
	};
	struct core_fit fit = {0};
	char *dir = xasprintf("%s/linux-6.12", root);

	ok(!core_series_read(&fit.series, dir), "a series is read");
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		char *file, *text;
		long line;

		text = core_complaint(&fit, cases[i].said, &file, &line);
		is(text, cases[i].text, "'%s' in words", cases[i].said);
		is(file, cases[i].file, "its file");
		ok(line == cases[i].line, "its line");
		free(file);
		free(text);
	}
	core_series_free(&fit.series);
	free(dir);
}

static void folders(void)
{
	char *dir;

	setenv("RXASYNC_PATCHES", root, 1);
	dir = core_patches_dir(NULL);
	is(dir, root, "the environment's folder");
	free(dir);
	dir = core_patches_dir("/nowhere/at/all");
	is(dir, "/nowhere/at/all", "the given one comes first");
	free(dir);
}

int main(void)
{
	if (!mkdtemp(root))
		return 1;
	free(put("linux-6.12/0000-cover-letter.patch", MAIL("cover")));
	free(put("linux-6.12/0001-a.patch",
		 MAIL("[PATCH 1/3] net: a =?UTF-8?q?caf=C3=A9?= in a subject\n"
		      " that is folded")));
	free(put("linux-6.12/0002-b.patch", MAIL("[PATCH v2 2/3] net: b")));
	free(put("linux-6.12/0003-c.patch", MAIL("[PATCH 3/3] net: [x] c")));
	free(put("linux-6.12/README", "text\n"));
	free(put("linux-6.1/0001-a.patch", MAIL("a")));
	free(put("linux-6.1/0002-a.patch", MAIL("b")));
	free(put("linux-5.15/0001-a.patch", MAIL("a")));
	free(put("linux-9.9/README", "no series yet\n"));
	free(put("linux-next/0001-a.patch", MAIL("a")));
	free(put("README.md", "text\n"));
	which();
	patches();
	complaints();
	folders();
	remove_tree(root);
	return done_testing();
}
