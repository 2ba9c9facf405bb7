// SPDX-License-Identifier: GPL-2.0-only
#include <stdlib.h>

#include "ctoken.h"
#include "rand.h"
#include "tap.h"

/* The tokens as "kind:text" with spaces between. */
static void check(const char *text, bool comments, const char *wanted,
		  const char *what)
{
	static const char kinds[] = "wnspdc";
	struct strbuf sb = {0};
	struct ctokens ts;

	ctokens_read(&ts, text, strlen(text), comments);
	for (size_t i = 0; i < ts.n; i++)
		sb_addf(&sb, "%s%c:%.*s", i ? " " : "", kinds[ts.v[i].kind],
			(int)ts.v[i].len, text + ts.v[i].off);
	is(sb_str(&sb), wanted, "%s", what);
	sb_free(&sb);
	ctokens_free(&ts);
}

static void check_kinds(void)
{
	check("dev->mc.count += 0x1fUL;", false,
	      "w:dev p:-> w:mc p:. w:count p:+= n:0x1fUL p:;", "a statement");
	check("a<<=b>>c...d", false, "w:a p:<<= w:b p:>> w:c p:... w:d",
	      "the longest operator first");
	check("a /* b */ c // d\ne", false, "w:a w:c w:e", "without comments");
	check("a /* b */ c // d\ne", true, "w:a c:/* b */ w:c c:// d w:e",
	      "with comments");
	check("\"a /* \\\" */\" '\\'' '\"'", false,
	      "s:\"a /* \\\" */\" s:'\\'' s:'\"'", "quotes in quotes");
	check("\"open\nnext", false, "s:\"open w:next",
	      "an unclosed string ends with its line");
	check("#define X \\\n\ty /* a\n b */ z\nw", false,
	      "d:#define X \\\n\ty /* a\n b */ z w:w",
	      "a directive with its continuations and comments");
	check("  # if 1\na # b", false, "d:# if 1 w:a p:# w:b",
	      "only the first thing on a line is a directive");
	check("// a \\\nb\nc", false, "w:c", "a line comment that goes on");
	check("/* open", true, "c:/* open", "an open comment");
	check("a\\\nb", false, "w:a w:b", "a continued line");
	check("", false, "", "nothing");
}

static void check_places(void)
{
	const char *text = "a\n\t/* x\n */ bc;\n\"d\\\ne\" f\n";
	struct ctokens ts;

	ctokens_read(&ts, text, strlen(text), false);
	ok(ts.n == 5, "five tokens");
	ok(ts.v[1].line == 3 && ts.v[1].col == 5, "line and column of bc");
	ok(ts.v[3].line == 4 && ts.v[4].line == 5 && ts.v[4].col == 4,
	   "lines behind a continued string");
	ctokens_free(&ts);
}

static void check_help(void)
{
	const char *text = "f( a,\n  b[(1)] ) /* c */ ;";
	struct ctokens ts, other;
	char *s;

	ctokens_read(&ts, text, strlen(text), true);
	ok(ctokens_match(&ts, 1, ts.n) == 10, "the closing parenthesis");
	ok(ctokens_match(&ts, 5, ts.n) == 9, "a bracket inside");
	ok(ctokens_match(&ts, 1, 6) == 6, "none before the end");
	s = ctokens_text(&ts, 0, 11);
	is(s, "f( a, b[(1)] )", "as text");
	free(s);
	ok(!ctoken_is(&ts, 99, "f"), "a token past the end is nothing");
	ok(!ctoken_is_member(&ts, 0), "the first token is no member");
	ctokens_read(&other, "f(a,b[(1)]);", 12, false);
	ok(ctokens_same(&ts, &other), "the same but for layout and comments");
	ctokens_free(&other);
	ctokens_read(&other, "f(a,b[(1)])", 11, false);
	ok(!ctokens_same(&ts, &other), "not the same: one is shorter");
	ctokens_free(&other);
	ctokens_read(&other, "f(a,b[(2)]);", 12, false);
	ok(!ctokens_same(&ts, &other), "not the same: one differs");
	ctokens_free(&other);
	ctokens_free(&ts);
	ctokens_read_body(&ts, "#a ## b", 7);
	ok(ts.n == 4 && ctoken_is(&ts, 0, "#") && ctoken_is(&ts, 2, "##"),
	   "a macro's body has no directives");
	ctokens_free(&ts);
}

/* Tokens lie in order, and only white space and comments between them. */
static bool is_sound(const struct strbuf *text)
{
	struct ctokens ts;
	size_t at = 0;
	bool good = true;

	ctokens_read(&ts, sb_str(text), text->len, true);
	for (size_t i = 0; i < ts.n && good; i++) {
		const struct ctoken *t = &ts.v[i];
		uint32_t line = 1;
		size_t bol = 0;

		good = t->len > 0 && t->off >= at &&
		       t->off + t->len <= text->len;
		for (; good && at < t->off; at++)
			good = strchr(" \t\n\v\f\r\\", sb_str(text)[at]);
		at = t->off + t->len;
		for (size_t k = 0; k < t->off; k++)
			if (sb_str(text)[k] == '\n') {
				line++;
				bol = k + 1;
			}
		good = good && t->line == line && t->col == t->off - bol + 1;
	}
	ctokens_free(&ts);
	return good;
}

static size_t unsound;

static void look(const char *path, const struct strbuf *text)
{
	if (!is_sound(text)) {
		printf("# %s\n", path);
		unsound++;
	}
}

int main(void)
{
	check_kinds();
	check_places();
	check_help();
	ok(each_case(".c", look) > 50 && !unsound,
	   "tokens of the cases: order, lines, columns");
	for (int i = 0; i < 2000; i++) {
		struct strbuf sb = {0};

		rand_c(&sb, rand_below(60));
		if (!is_sound(&sb)) {
			printf("# %s\n", sb_str(&sb));
			unsound++;
		}
		sb_free(&sb);
	}
	ok(!unsound, "tokens of 2000 random texts");
	return done_testing();
}
