// SPDX-License-Identifier: GPL-2.0-only
#include "inlines.h"
#include "tap.h"

static void check(const char *patch, const char *wanted, const char *name)
{
	struct strvec remarks = {0};

	inlines_check(patch, &remarks);
	is(remarks.n ? remarks.v[0] : NULL, wanted, "%s", name);
	ok(remarks.n == (wanted != NULL), "and no more");
	sv_free(&remarks);
}

#define C "diff --git a/x.c b/x.c\n--- a/x.c\n+++ b/x.c\n@@ -1 +1 @@\n"
#define H "diff --git a/x.h b/x.h\n--- a/x.h\n+++ b/x.h\n@@ -1 +1 @@\n"

int main(void)
{
	check(C "-static inline void f(int a)\n+static inline int f(int a)\n",
	      NULL, "as many as before");
	check(C "+static inline int f(int a)\n",
	      "x.c: 1 more lines with \"inline\" in a .c file", "one more");
	check(C "-\tINLINE x;\n",
	      "x.c: 1 fewer lines with \"inline\" in a .c file", "one less");
	check(C "+int inlined, outline;\n+static int f(int a)\n", NULL,
	      "other words");
	check(H "+static inline int f(int a)\n+static __always_inline int g(void)\n",
	      NULL, "a header's inlines");
	check(H "+static int f(int a)\n",
	      "x.h: a static function without \"inline\" in a header: "
	      "static int f(int a)", "one that is none");
	check("Subject: +static inline\n\n+inline\n" C " \n", NULL,
	      "the log is not code");
	return done_testing();
}
