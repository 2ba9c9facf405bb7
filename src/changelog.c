// SPDX-License-Identifier: GPL-2.0-only
#include "changelog.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "bootkernel.h"

void log_wrap(struct strbuf *sb, const char *first, const char *rest,
	      const char *text)
{
	size_t column = strlen(first);
	bool fresh = true;

	sb_adds(sb, first);
	while (*(text += strspn(text, " \t\n"))) {
		size_t n = strcspn(text, " \t\n");

		if (!fresh && column + 1 + n > LOG_COLUMNS) {
			sb_addf(sb, "\n%s", rest);
			column = strlen(rest);
			fresh = true;
		}
		if (!fresh)
			sb_addc(sb, ' ');
		sb_add(sb, text, n);
		column += n + !fresh;
		fresh = false;
		text += n;
	}
	sb_addc(sb, '\n');
}

void paragraph(struct strbuf *sb, char *text)
{
	if (sb->len)
		sb_addc(sb, '\n');
	log_wrap(sb, "", "", text);
	free(text);
}

/* "a(), b() and c()". */
static void add_names(struct strbuf *sb, const struct strvec *names)
{
	for (size_t i = 0; i < names->n; i++) {
		if (i)
			sb_adds(sb, i + 1 < names->n ? ", " : " and ");
		sb_addf(sb, "%s()", names->v[i]);
	}
}

/* A line that the patch adds or removes and that holds the word. */
static bool patch_has(const char *patch, char sign, const char *word)
{
	while (*patch) {
		size_t n = strcspn(patch, "\n");

		if (*patch == sign && strncmp(patch, "+++", 3) &&
		    strncmp(patch, "---", 3) && memmem(patch, n, word,
						       strlen(word)))
			return true;
		patch += n + (patch[n] == '\n');
	}
	return false;
}

/* The functions that change besides the callbacks. */
static void add_helpers(struct strbuf *sb, const struct unit *u,
			const struct strvec *callbacks)
{
	struct strvec helpers = {0};
	json_t *f;
	size_t i;

	json_array_foreach(json_object_get(u->convert, "functions"), i, f) {
		const char *name = json_string_value(f);

		if (name && !sv_has(callbacks, name))
			sv_add_once(&helpers, name);
	}
	if (helpers.n) {
		sb_adds(sb, " This also changes ");
		add_names(sb, &helpers);
		sb_adds(sb, helpers.n > 1 ? ", which take the lists or pass"
					    " them on." :
					    ", which takes the lists or"
					    " passes them on.");
	}
	sv_free(&helpers);
}

static void add_what(struct strbuf *sb, const struct changelog *c)
{
	const char *details = json_string_value(
		json_object_get(c->u->convert, "description"));
	struct strvec callbacks = {0}, lines = {0};
	struct strbuf text = {0};

	for (size_t i = 0; i < c->u->assignment_count; i++)
		sv_add_once(&callbacks, c->u->assignments[i].callback);
	sb_adds(&text, "Convert ");
	add_names(&text, &callbacks);
	sb_adds(&text, ".");
	/* Other errnos would have to be explained, and none is made. */
	if (c->s->flavour == FLAVOUR_INT &&
	    patch_has(c->patch, '+', "return 0;") &&
	    !patch_has(c->patch, '+', "return -"))
		sb_addf(&text, " %s 0: as before, no failure is reported.",
			callbacks.n > 1 ? "They always return" :
					  "It always returns");
	sv_split(&lines, details ? details : "", "\n");
	if (!lines.n)
		add_helpers(&text, c->u, &callbacks);
	paragraph(sb, sb_detach(&text));
	if (lines.n)
		paragraph(sb, xstrdup("Function by function:"));
	for (size_t i = 0; i < lines.n; i++)
		log_wrap(sb, " - ", "   ", lines.v[i]);
	sv_free(&lines);
	sv_free(&callbacks);
}

static void add_rest(struct strbuf *sb, const char *patch)
{
	static const char *const words[] = {"lock", "GFP_", "sleep", "delay"};

	for (size_t i = 0; i < ARRAY_SIZE(words); i++)
		if (patch_has(patch, '+', words[i]) ||
		    patch_has(patch, '-', words[i]))
			return;
	paragraph(sb, xstrdup("Locks, allocation flags and waits are left"
			      " alone, even where the new context would allow"
			      " for others."));
}

static const char *outcome_text(enum outcome o)
{
	switch (o) {
	case RULED_OUT:
		return "ruled out";
	case MENDED:
		return "mended";
	default:
		return "open, please look";
	}
}

/* The text with the unit's files named without their folders. */
static char *shorten(char *text, const struct unit *u)
{
	for (size_t i = 0; i < u->assignment_count; i++) {
		const char *path = u->assignments[i].file;
		char *found;

		while (path && base_name(path) != path &&
		       (found = strstr(text, path)))
			memmove(found, found + (base_name(path) - path),
				strlen(found + (base_name(path) - path)) + 1);
	}
	return text;
}

static void add_hazards(struct strbuf *sb, const struct unit *u)
{
	if (!u->hazards.n)
		return;
	paragraph(sb, xstrdup("Hazards of such a conversion that were looked"
			      " at here:"));
	for (size_t i = 0; i < u->hazards.n; i++) {
		const struct hazard *h = &u->hazards.v[i];
		char *line = xasprintf("%s: %s%s%s%s%s%s", hazard_title(h->id),
				       outcome_text(h->outcome),
				       *h->note ? ": " : "", h->note,
				       *h->at ? " (" : "", h->at,
				       *h->at ? ")" : "");

		line = shorten(line, u);
		log_wrap(sb, " - ", "   ", line);
		free(line);
	}
}

/* Short enough for the log, and text that any mail carries? */
static bool fits_log(const char *cocci)
{
	size_t lines = 0;

	while (*cocci) {
		size_t n = strcspn(cocci, "\n");

		if (n + 2 > LOG_COLUMNS || ++lines > LOG_COCCI_LINES)
			return false;
		for (size_t i = 0; i < n; i++)
			if (!isprint((unsigned char)cocci[i]) &&
			    cocci[i] != '\t')
				return false;
		cocci += n + (cocci[n] == '\n');
	}
	return true;
}

static void add_how(struct strbuf *sb, const struct changelog *c)
{
	const json_t *j = c->u->convert;
	const char *spatch = json_string_value(json_object_get(j, "spatch"));
	const char *cocci = c->cocci ? c->cocci : "";

	if (!spatch)
		spatch = c->s->spatch_version;
	paragraph(sb, xasprintf("This patch was made by rxasync %s with"
				" Coccinelle%s%s, by a semantic patch for this"
				" driver.", RXASYNC_VERSION,
				spatch ? " " : "", spatch ? spatch : ""));
	if (!*cocci)
		return;
	if (!fits_log(cocci)) {
		paragraph(sb, xasprintf("The semantic patch itself is too long"
					" for this log, it goes with the"
					" series as %s.cocci.", c->u->name));
		return;
	}
	paragraph(sb, xstrdup("The semantic patch:"));
	sb_addc(sb, '\n');
	while (*cocci) {
		size_t n = strcspn(cocci, "\n");

		if (n)
			sb_adds(sb, "  ");
		sb_add(sb, cocci, n);
		sb_addc(sb, '\n');
		cocci += n + (cocci[n] == '\n');
	}
}

bool changelog_compiled(const struct unit *u)
{
	bool pass = false;
	json_t *b;
	size_t i;

	json_array_foreach(json_object_get(u->build, "build"), i, b) {
		if (!strcmp(json_str(b, "result"), "fail"))
			return false;
		pass |= !strcmp(json_str(b, "result"), "pass");
	}
	return pass;
}

/* "W=1", as the build stage has it where nothing else was asked for. */
static const char *warning_level(const struct session *s)
{
	for (size_t i = s->kvars.n; i > 0; i--)
		if (starts_with(s->kvars.v[i - 1], "W="))
			return s->kvars.v[i - 1];
	return "W=1";
}

/* At most so many names in a line of the log. */
#define LOG_NAMES 12

static size_t count_of(const json_t *j, const char *name)
{
	return json_array_size(json_object_get(j, name));
}

/* "f()" of "f() (has g() in it)" as well as of "f". */
static void add_some(struct strbuf *sb, const json_t *array, size_t limit)
{
	size_t i, n = json_array_size(array);
	json_t *e;

	json_array_foreach(array, i, e) {
		const char *s = json_string_value(e) ? json_string_value(e) : "";

		if (i == limit) {
			sb_addf(sb, " and %zu more", n - limit);
			break;
		}
		if (i)
			sb_adds(sb, i + 1 < n || n > limit ? ", " : " and ");
		sb_addf(sb, "%.*s()", (int)strcspn(s, "("), s);
	}
}

/* Is a check known to have looked at all objects that were built? */
static bool covers(const json_t *b, const json_t *part, const char *list,
		   const char *rest)
{
	return part && count_of(part, list) &&
	       count_of(part, list) == count_of(b, "objects") &&
	       !count_of(part, rest);
}

static void add_objects(struct strbuf *sb, const json_t *b)
{
	const json_t *c = json_object_get(b, "compared");
	const json_t *changed = json_object_get(c, "changed");
	const json_t *inlined = json_object_get(c, "inlined");
	struct strbuf text = {0};

	if (!covers(b, c, "objects", "not") || count_of(c, "unexplained") ||
	    !json_array_size(changed))
		return;
	sb_adds(&text, "Objects compared: only ");
	add_some(&text, changed, LOG_NAMES);
	sb_adds(&text, json_array_size(changed) > 1 ? " change" : " changes");
	if (json_array_size(inlined)) {
		sb_adds(&text, ", and by inlining ");
		add_some(&text, inlined, LOG_NAMES);
	}
	sb_addc(&text, '.');
	log_wrap(sb, "", "", sb_str(&text));
	sb_free(&text);
}

/* What can be said of sparse: nothing where it did not look at all. */
static const char *sparse_words(const json_t *b)
{
	return covers(b, json_object_get(b, "sparse"), "checked", "unchecked")
		       ? ", sparse"
		       : "";
}

static void add_one_build(struct strbuf *sb, const json_t *b, const char *level)
{
	json_t *w, *warnings = json_object_get(b, "new_warnings");
	size_t i, n = json_array_size(warnings);
	char *text;

	text = xasprintf("Compile-tested on %s (%s, %s%s): %s",
			 json_str(b, "arch"), json_str(b, "config"), level,
			 sparse_words(b),
			 n ? "new warnings:" : "no new warnings.");
	log_wrap(sb, "", "", text);
	free(text);
	json_array_foreach(warnings, i, w)
		log_wrap(sb, "  ", "    ",
			 json_string_value(w) ? json_string_value(w) : "");
	add_objects(sb, b);
}

static void add_one_boot(struct strbuf *sb, const json_t *b)
{
	const char *nic = json_str(b, "nic"), *lockdep = json_str(b, "lockdep");
	const char *variant = json_str(b, "variant");
	int states = (int)json_integer_value(json_object_get(b, "states"));
	struct strbuf text = {0};

	if (starts_with(nic, "soft:"))
		nic += strlen("soft:");
	sb_addf(&text, "Boot-tested in QEMU (%s): %s, ", json_str(b, "machine"),
		nic);
	if (states)
		sb_addf(&text, "%d filter state%s, ", states,
			states == 1 ? "" : "s");
	sb_adds(&text, "frames as before");
	if (!strcmp(lockdep, "on"))
		sb_adds(&text, ", lockdep quiet");
	if (*variant && strcmp(variant, BOOT_VARIANT))
		sb_addf(&text, " (%s)", variant);
	sb_addc(&text, '.');
	log_wrap(sb, "", "", sb_str(&text));
	sb_free(&text);
}

static void add_boots(struct strbuf *sb, const struct unit *u)
{
	bool booted = false;
	json_t *b;
	size_t i;

	json_array_foreach(json_object_get(u->boot, "boot"), i, b) {
		if (strcmp(json_str(b, "result"), "pass"))
			continue;
		add_one_boot(sb, b);
		booted = true;
	}
	sb_adds(sb, booted ? "Not run on hardware.\n" :
			     "Not boot-tested, not run on hardware.\n");
}

static void add_tests(struct strbuf *sb, const struct session *s,
		      const struct unit *u)
{
	bool compiled = false;
	const char *why = "";
	struct strbuf text = {0};
	json_t *b;
	size_t i;

	sb_addc(sb, '\n');
	json_array_foreach(json_object_get(u->build, "build"), i, b) {
		if (!strcmp(json_str(b, "result"), "pass")) {
			add_one_build(sb, b, warning_level(s));
			compiled = true;
		} else if (!*why) {
			why = json_str(b, "why");
		}
	}
	if (!compiled) {
		sb_addf(&text, "Not compiled%s%s.", *why ? ": " : "", why);
		log_wrap(sb, "", "", sb_str(&text));
	}
	sb_free(&text);
	add_boots(sb, u);
}

char *changelog_evidence(const struct unit *u)
{
	struct strbuf sb = {0};
	json_t *b;
	size_t i;

	json_array_foreach(json_object_get(u->build, "build"), i, b)
		if (!strcmp(json_str(b, "result"), "pass"))
			sb_addf(&sb, "%s%s %s", sb.len ? ", " : "",
				json_str(b, "arch"), json_str(b, "config"));
	if (!sb.len)
		sb_adds(&sb, "not compiled");
	json_array_foreach(json_object_get(u->boot, "boot"), i, b)
		if (!strcmp(json_str(b, "result"), "pass"))
			sb_addf(&sb, ", boot %s", json_str(b, "machine"));
	return sb_detach(&sb);
}

/* Lines that git am would take for the end of the message get a blank. */
static char *guard(char *text)
{
	static const char *const ends[] = {"---", "diff -", "Index: "};
	struct strbuf sb = {0};

	for (const char *line = text; *line;) {
		size_t n = strcspn(line, "\n");

		if (STARTS_IN(line, ends))
			sb_addc(&sb, ' ');
		sb_add(&sb, line, n + (line[n] == '\n'));
		line += n + (line[n] == '\n');
	}
	free(text);
	return sb_detach(&sb);
}

char *changelog_text(const struct changelog *c)
{
	struct strbuf sb = {0};

	paragraph(&sb, xstrdup(
		"ndo_set_rx_mode is deprecated. It is called in atomic context,"
		" under the address lock of the device, with the live address"
		" lists. ndo_set_rx_mode_async is called in process"
		" context under rtnl_lock, may sleep, and gets snapshots of the"
		" unicast and the multicast list."));
	add_what(&sb, c);
	add_rest(&sb, c->patch);
	add_hazards(&sb, c->u);
	add_how(&sb, c);
	add_tests(&sb, c->s, c->u);
	if (c->assisted)
		sb_addf(&sb, "\nAssisted-by: rxasync:%s coccinelle\n",
			RXASYNC_VERSION);
	return guard(sb_detach(&sb));
}
