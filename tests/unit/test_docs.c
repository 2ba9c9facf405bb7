// SPDX-License-Identifier: GPL-2.0-only
/*
 * The man page and the completion know every command and option of the
 * tables. Runs in the repository's top folder, as the Makefile does it.
 */
#include <stdlib.h>

#include "../../src/cmd.h"
#include "tap.h"

/* The page as one reads it: no fonts, no quotes, "\-" as a hyphen. */
static char *plain(const char *roff)
{
	struct strbuf sb = {0};

	for (; *roff; roff++) {
		if (*roff == '\\' && roff[1] == 'f' && roff[2])
			roff += 2;
		else if (*roff != '\\' && *roff != '"')
			sb_addc(&sb, *roff);
	}
	return sb_detach(&sb);
}

/* Does the text hold the word, and not as a part of a longer one? */
static bool has_word(const char *text, const char *word)
{
	static const char more[] = "abcdefghijklmnopqrstuvwxyz-";
	size_t n = strlen(word);

	for (const char *s = text; (s = strstr(s, word)); s += n)
		if ((s == text || !strchr(more, s[-1])) &&
		    (!s[n] || !strchr(more, s[n])))
			return true;
	return false;
}

static void check(const char *path, const char *text, const char *what,
		  const char *prefix, const char *name)
{
	char *word = xasprintf("%s%s", prefix, name);

	ok(has_word(text, word), "%s knows the %s %s", path, what, word);
	free(word);
}

static void check_file(const char *path)
{
	struct strbuf sb = {0};
	char *text;

	ok(!file_read(path, &sb), "%s can be read", path);
	text = plain(sb_str(&sb));
	for (const struct command *c = commands; c->name; c++)
		check(path, text, "command", "", c->name);
	for (const struct option_row *row = option_rows; row->name; row++) {
		char letter[2] = {row->letter, '\0'};

		check(path, text, "option", "--", row->name);
		if (row->letter)
			check(path, text, "option", "-", letter);
	}
	free(text);
	sb_free(&sb);
}

int main(void)
{
	check_file("doc/rxasync.1");
	check_file("completion/rxasync.bash");
	return done_testing();
}
