// SPDX-License-Identifier: GPL-2.0-only

#include <jansson.h>

#include "../../src/diffhtml.h"
#include "../../src/html.h"
#include "tap.h"

#define BAD "\xef\xbf\xbd"

static void cleans_to(const char *in, size_t len, const char *wanted,
		      const char *what)
{
	struct strbuf sb = {0};
	json_t *j;

	utf8_clean(&sb, in, len);
	is(sb_str(&sb), wanted, "utf8: %s", what);
	j = json_stringn(sb_str(&sb), sb.len);
	ok(j, "utf8: %s is fit for JSON", what);
	json_decref(j);
	sb_free(&sb);
}

static void utf8(void)
{
	cleans_to("plain\ttext\n", 11, "plain\ttext\n", "plain text");
	cleans_to("gr\xc3\xbc\xc3\x9f", 6, "gr\xc3\xbc\xc3\x9f", "two bytes");
	cleans_to("\xe2\x82\xac", 3, "\xe2\x82\xac", "three bytes");
	cleans_to("\xf0\x9f\x98\x80", 4, "\xf0\x9f\x98\x80", "four bytes");
	cleans_to("caf\xe9!", 5, "caf" BAD "!", "Latin-1");
	cleans_to("\xe2\x82", 2, BAD BAD, "a cut character");
	cleans_to("\xe2\x82x", 3, BAD BAD "x", "a broken character");
	cleans_to("\xc0\xaf", 2, BAD BAD, "an overlong slash");
	cleans_to("\xe0\x80\xaf", 3, BAD BAD BAD, "a longer one");
	cleans_to("\xed\xa0\x80", 3, BAD BAD BAD, "a surrogate");
	cleans_to("\xf4\x90\x80\x80", 4, BAD BAD BAD BAD, "past U+10FFFF");
	cleans_to("\xff\xfe", 2, BAD BAD, "no UTF-8 at all");
	cleans_to("a\0b", 3, "a" BAD "b", "a NUL");
	cleans_to("\x1b[31m", 5, BAD "[31m", "an escape");
	cleans_to("\xc2\x9b", 2, BAD, "a C1 control");
	cleans_to("a\r\nb\rc", 6, "a\nb" BAD "c", "carriage returns");
	cleans_to("", 0, "", "nothing");
}

static void escaping(void)
{
	struct strbuf sb = {0};

	html_text(&sb, "<b a='1' c=\"2\">&amp;", 20);
	is(sb_str(&sb),
	   "&#60;b a=&#39;1&#39; c=&#34;2&#34;&#62;&#38;amp;",
	   "what means something to HTML is escaped");
	sb_reset(&sb);
	html_addf(&sb, "<i class=%s>%zu %d%% %s</i>", "x", (size_t)7, -3,
		  "</i><script>\xff");
	is(sb_str(&sb),
	   "<i class=x>7 -3% &#60;/i&#62;&#60;script&#62;" BAD "</i>",
	   "the format stays, the arguments are escaped");
	sb_reset(&sb);
	html_url(&sb, "a b/c#\"\xe9.patch");
	is(sb_str(&sb), "a%20b/c%23%22%E9.patch", "a path in a URL");
	sb_free(&sb);
}

static const char patch[] = "diff --git a/x.c b/x.c\n"
			    "--- a/x.c\n"
			    "+++ b/x.c\n"
			    "@@ -1,3 +1,3 @@ int <f>\n"
			    " a\n"
			    "--- looks like a header\n"
			    "+++ and so does this\n"
			    " c\n"
			    "\\ No newline at end of file\n"
			    "--- a/y.c\n"
			    "+++ b/y.c\n"
			    "@@ -7 +7,2 @@\n"
			    "-p\n"
			    "+q\n"
			    "+r\n";

static void diffs(void)
{
	struct strbuf sb = {0};
	struct diffstat st;
	const char *s;

	diff_stat(&st, patch, sizeof(patch) - 1);
	ok(st.files == 2, "files are counted, not lines that look like them");
	ok(st.added == 3 && st.removed == 2, "lines added and removed");

	diff_html(&sb, patch, sizeof(patch) - 1, 4096);
	s = sb_str(&sb);
	ok(strstr(s, "<del>--- looks like a header\n</del><ins>+++ and"),
	   "a removed line that starts with two dashes is a removed line");
	ok(strstr(s, "<b>diff --git a/x.c b/x.c\n--- a/x.c\n+++ b/x.c\n"
		     "@@ -1,3 +1,3 @@ int &#60;f&#62;\n</b> a\n"),
	   "headers are one block, escaped");
	ok(strstr(s, "<ins>+q\n+r\n</ins></pre>"), "equal lines are one block");
	ok(!strstr(s, "Cut here"), "a short diff is whole");

	sb_reset(&sb);
	diff_html(&sb, patch, sizeof(patch) - 1, 30);
	ok(strstr(sb_str(&sb), "Cut here: 33 of"), "a long one is cut, aloud");
	ok(strstr(sb_str(&sb), "--- a/x.c\n</b></pre>"), "at a whole line");

	sb_reset(&sb);
	diff_html(&sb, "@@ -999999999999999999999 +", 27, 99);
	diff_html(&sb, "@@ -", 4, 99);
	diff_html(&sb, "", 0, 99);
	diff_stat(&st, "+++ ", 4);
	ok(st.files == 0 && st.added == 0, "rubbish is no diff");
	sb_free(&sb);
}

static void logs(void)
{
	struct strbuf text = {0}, sb = {0};

	for (int i = 1; i <= 10; i++)
		sb_addf(&text, "line %d\n", i);
	log_html(&sb, text.buf, text.len, 2, 3);
	is(sb_str(&sb),
	   "<pre>line 1\nline 2\n<i>... 5 lines left out ...</i>\n"
	   "line 8\nline 9\nline 10\n</pre>\n",
	   "head and tail of a log");
	sb_reset(&sb);
	log_html(&sb, text.buf, text.len - 1, 4, 6);
	ok(!strstr(sb_str(&sb), "left out") && strstr(sb_str(&sb), "line 10<"),
	   "a log that fits is whole");
	sb_reset(&text);
	for (int i = 0; i < 1000; i++)
		sb_addc(&text, '<');
	sb_reset(&sb);
	log_html(&sb, text.buf, text.len, 4, 6);
	ok(strstr(sb_str(&sb), "&#60; <i>(600 bytes more)</i>\n</pre>"),
	   "a long line is cut, aloud");
	sb_free(&text);
	sb_free(&sb);
}

int main(void)
{
	utf8();
	escaping();
	diffs();
	logs();
	return done_testing();
}
