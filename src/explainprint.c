// SPDX-License-Identifier: GPL-2.0-only
/* explain_print(): an explanation on a terminal. */
#include <stdlib.h>
#include <string.h>

#include "changelog.h"
#include "explain.h"

/* "file:line" where the file is the unit's first one: ":line". */
static const char *near(const char *place, const char *file)
{
	size_t n = strlen(file);

	return !strncmp(place, file, n) && place[n] == ':' ? place + n : place;
}

/* The text with the places in that file as ":line"; the caller frees it. */
static char *shorten(char *text, const char *file)
{
	size_t n = strlen(file);
	char *at = text;

	while (n && (at = strstr(at, file))) {
		if (at[n] == ':')
			memmove(at, at + n, strlen(at + n) + 1);
		else
			at += n;
	}
	return text;
}

static void head(struct strbuf *out, const char *title)
{
	sb_addf(out, "%s\n", title);
}

static void print_verdict(struct strbuf *out, const json_t *j)
{
	const json_t *u = json_object_get(j, "unit");
	const json_t *a;
	size_t i;

	sb_addf(out, "%s: %s%s%s\n", json_str(u, "name"),
		json_str(u, "verdict"), *json_str(u, "reason") ? ", " : "",
		json_str(u, "reason"));
	json_array_foreach(json_object_get(u, "assignments"), i, a)
		sb_addf(out, "  %s:%lld %s = %s() (%s, %s)\n",
			json_str(a, "file"),
			(long long)json_integer_value(
				json_object_get(a, "line")),
			json_str(a, "ops"), json_str(a, "callback"),
			*json_str(a, "config") ? json_str(a, "config") :
						 "no symbol",
			json_str(a, "class"));
	if (!*json_str(j, "because"))
		return;
	head(out, "Stopped at");
	log_wrap(out, "  ", "  ", json_str(u, "note"));
	sb_addf(out, "  (%s: %s)\n", json_str(u, "reason"),
		json_str(j, "because"));
}

static void print_uses(struct strbuf *out, const json_t *n, const char *file)
{
	const char *pad = "                        ";
	int depth = (int)json_integer_value(json_object_get(n, "depth"));
	const json_t *use;
	size_t i;

	depth = depth > 8 ? 8 : depth;
	json_array_foreach(json_object_get(n, "uses"), i, use) {
		sb_addf(out, "  %.*s- %s: %s", 2 * depth + 2, pad,
			json_str(use, "list"), json_str(use, "use"));
		if (*json_str(use, "of"))
			sb_addf(out, ", '%s' is %s", json_str(use, "of"),
				json_str(use, "device"));
		sb_addf(out, "  %s\n", near(json_str(use, "at"), file));
	}
}

/* Does the function, or one below it, have anything to say? */
static bool matters(const json_t *path, size_t at)
{
	const json_t *n = json_array_get(path, at);
	json_int_t depth = json_integer_value(json_object_get(n, "depth"));

	do {
		if (json_array_size(json_object_get(n, "uses")) ||
		    json_is_true(json_object_get(n, "callback")))
			return true;
		n = json_array_get(path, ++at);
	} while (n && json_integer_value(json_object_get(n, "depth")) > depth);
	return false;
}

static void print_path(struct strbuf *out, const json_t *j, const char *file)
{
	const char *pad = "                        ";
	const json_t *path = json_object_get(j, "path"), *n;
	struct strbuf others = {0};
	size_t i, named = 0, more = 0;

	head(out, "Called from the callback");
	json_array_foreach(path, i, n) {
		int depth = (int)json_integer_value(
			json_object_get(n, "depth"));

		/* The data has them all. */
		if (!matters(path, i) && ++named > 24) {
			more++;
			continue;
		}
		if (!matters(path, i)) {
			sb_addf(&others, "%s%s()%s%s", others.len ? ", " : "",
				json_str(n, "function"),
				*json_str(n, "sleeps") ? " sleeps at " : "",
				near(json_str(n, "sleeps"), file));
			continue;
		}
		depth = depth > 8 ? 8 : depth;
		sb_addf(out, "  %.*s%s()  %s", 2 * depth, pad,
			json_str(n, "function"), near(json_str(n, "at"), file));
		if (*json_str(n, "called_at"))
			sb_addf(out, ", called at %s",
				near(json_str(n, "called_at"), file));
		if (*json_str(n, "sleeps"))
			sb_addf(out, ", sleeps at %s",
				near(json_str(n, "sleeps"), file));
		sb_addc(out, '\n');
		print_uses(out, n, file);
	}
	if (more)
		sb_addf(&others, " and %zu more", more);
	if (others.len) {
		char *text = xasprintf("without a list: %s", sb_str(&others));

		log_wrap(out, "  ", "    ", text);
		free(text);
	}
	sb_free(&others);
	json_array_foreach(json_object_get(j, "unfollowed"), i, n)
		sb_addf(out, "  not followed: %s, %s, in %s()  %s\n",
			json_str(n, "name"), json_str(n, "what"),
			json_str(n, "in"), near(json_str(n, "at"), file));
}

static void print_callers(struct strbuf *out, const json_t *j,
			  const char *file)
{
	const json_t *all = json_object_get(j, "callers"), *c;
	size_t i;

	if (json_array_size(all))
		head(out, "Called from elsewhere");
	json_array_foreach(all, i, c) {
		bool reads = json_is_true(json_object_get(c, "reads"));
		char *text = xasprintf(
			"%s() calls %s()  %s: %s context (%s)%s%s",
			json_str(c, "function"), json_str(c, "calls"),
			near(json_str(c, "at"), file), json_str(c, "context"),
			json_str(c, "why"),
			!reads		      ? "; no list is read" :
			*json_str(c, "locked") ? "; gets the address lock of " :
					    "; unlocked as before",
			reads ? json_str(c, "locked") : "");

		log_wrap(out, "  ", "    ", shorten(text, file));
		free(text);
	}
}

static void print_hazards(struct strbuf *out, const json_t *j,
			  const char *file)
{
	const json_t *all = json_object_get(json_object_get(j, "unit"),
					    "hazards"), *h;
	const json_t *unseen = json_object_get(j, "not_seen");
	struct strbuf line = {0};
	size_t i;

	if (!json_is_true(json_object_get(j, "hazards_looked_for"))) {
		head(out, "Hazards: the proof stopped before they were looked for");
		return;
	}
	head(out, "Hazards");
	json_array_foreach(all, i, h) {
		char *text = xasprintf("%-3s %-9s %s: %s", json_str(h, "id"),
				       json_str(h, "outcome"),
				       near(json_str(h, "at"), file),
				       json_str(h, "note"));

		log_wrap(out, "  ", "    ", shorten(text, file));
		free(text);
	}
	json_array_foreach(unseen, i, h)
		sb_addf(&line, "%s%s", i ? " " : "nothing seen of: ",
			json_string_value(h));
	log_wrap(out, "  ", "    ", sb_str(&line));
	sb_reset(&line);
	json_array_foreach(json_object_get(j, "not_looked_for"), i, h)
		sb_addf(&line, "%s%s", i ? " " : "without a detector: ",
			json_string_value(h));
	log_wrap(out, "  ", "    ", sb_str(&line));
	sb_free(&line);
}

static void print_changes(struct strbuf *out, const json_t *j)
{
	const json_t *all = json_object_get(j, "changes"), *f;
	struct strbuf line = {0};
	size_t i;

	json_array_foreach(all, i, f) {
		bool same = !strcmp(json_str(f, "function"),
				    json_str(f, "becomes"));

		sb_addf(&line, "%s%s()", i ? ", " : "",
			json_str(f, "function"));
		if (!same)
			sb_addf(&line, " becomes %s(), around which the address lock is kept, and",
				json_str(f, "becomes"));
		sb_addf(&line, " gets %s", json_str(f, "gets"));
	}
	if (line.len) {
		head(out, strcmp(json_str(json_object_get(j, "unit"),
					  "verdict"),
				 "converted") ?
				  "Would change" :
				  "Changes");
		log_wrap(out, "  ", "    ", sb_str(&line));
	}
	sb_free(&line);
}

static void print_sources(struct strbuf *out, const json_t *j)
{
	const json_t *all = json_object_get(j, "sources"), *s;
	struct strbuf line = {0};
	size_t i;

	json_array_foreach(all, i, s) {
		if (i == 8 && json_array_size(all) > 9) {
			sb_addf(&line, " and %zu more",
				json_array_size(all) - i);
			break;
		}
		sb_addf(&line, "%s%s", i ? " " : "", json_string_value(s));
	}
	head(out, "Files that were read");
	log_wrap(out, "  ", "  ", sb_str(&line));
	sb_free(&line);
}

static void print_overrides(struct strbuf *out, const json_t *j)
{
	const json_t *all = json_object_get(j, "may_override"), *line;
	size_t i;

	if (json_array_size(all))
		head(out, "A person who knows better rules it out with these lines, "
			  "each followed by\n\"WHO: WHY\", in the workspace's "
			  "file \"overrides\":");
	json_array_foreach(all, i, line)
		sb_addf(out, "  %s\n", json_string_value(line));
}

void explain_print(struct strbuf *out, const json_t *j)
{
	const json_t *u = json_object_get(j, "unit");
	const json_t *all = json_object_get(u, "assignments");
	const char *file = json_str(json_array_get(all, 0), "file");

	print_verdict(out, j);
	print_path(out, j, file);
	print_callers(out, j, file);
	print_hazards(out, j, file);
	print_overrides(out, j);
	print_changes(out, j);
	print_sources(out, j);
}
