// SPDX-License-Identifier: GPL-2.0-only
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "kbuildlog.h"

void kbuildlog_init(struct kbuildlog *log, const char *source)
{
	*log = (struct kbuildlog){0};
	if (source)
		sv_addf(&log->prefixes, "%s/", source);
	sv_add(&log->prefixes, "../");
	sv_add(&log->prefixes, "./");
}

void kbuildlog_free(struct kbuildlog *log)
{
	for (size_t i = 0; i < log->count; i++) {
		struct kobject_log *o = &log->objects[i];

		for (size_t k = 0; k < o->count; k++) {
			free(o->diags[k].file);
			free(o->diags[k].text);
			free(o->diags[k].norm);
		}
		free(o->diags);
		free(o->object);
		sb_free(&o->text);
	}
	free(log->objects);
	free(log->first_error);
	free(log->function);
	sb_free(&log->rest);
	sv_free(&log->prefixes);
	*log = (struct kbuildlog){0};
}

const char *kbuildlog_progress(const char *line, char what[16], bool *module)
{
	size_t n;

	*module = false;
	if (!starts_with(line, "  "))
		return NULL;
	line += 2;
	for (n = 0; isupper((unsigned char)line[n]) ||
		    isdigit((unsigned char)line[n]) || line[n] == '_';
	     n++)
		;
	if (n < 2 || n > 15 || line[n] != ' ' || !isupper((unsigned char)*line))
		return NULL;
	memcpy(what, line, n);
	what[n] = '\0';
	line += n + strspn(line + n, " ");
	if (starts_with(line, "[M]")) {
		*module = true;
		line += 3 + strspn(line + 3, " ");
	}
	return *line ? line : NULL;
}

static struct kobject_log *find(const struct kbuildlog *log, const char *name,
				size_t n)
{
	for (size_t i = log->count; i-- > 0;) {
		struct kobject_log *o = &log->objects[i];

		if (!strncmp(o->object, name, n) && !o->object[n])
			return o;
	}
	return NULL;
}

static void add_object(struct kbuildlog *log, const char *object, bool module)
{
	struct kobject_log *o = find(log, object, strlen(object));

	if (!o) {
		GROW(log->objects, log->count, log->cap);
		o = &log->objects[log->count++];
		*o = (struct kobject_log){.object = xstrdup(object)};
	}
	o->module |= module;
	log->current = (size_t)(o - log->objects) + 1;
}

/* "make[2]: *** [Makefile:1: a/b.o] Error 1": marks that object failed. */
static bool read_make(struct kbuildlog *log, const char *line)
{
	const char *stars, *end, *s;
	struct kobject_log *o;

	if (!starts_with(line, "make"))
		return false;
	s = line + 4;
	if (*s == '[') {
		s += strcspn(s, "]");
		s += *s == ']';
	}
	if (*s != ':')
		return false;
	log->current = 0;
	stars = strstr(s, "*** [");
	end = stars ? strchr(stars, ']') : NULL;
	if (!end)
		return true;
	for (s = end; s > stars && s[-1] != ' ' && s[-1] != '['; s--)
		;
	o = find(log, s, (size_t)(end - s));
	if (o)
		o->failed = true;
	return true;
}

/* ":12:3" behind a path; its length, 0 where there is none. */
static size_t position(const char *s)
{
	size_t n = 0;

	for (int i = 0; i < 2; i++) {
		size_t digits = 0;

		if (s[n] == ':')
			digits = strspn(s + n + 1, "0123456789");
		if (!digits)
			break;
		n += 1 + digits;
	}
	return n;
}

/* "path:12:3: " or "path: "; the length of path, 0 for another line. */
static size_t located(const char *line, size_t *end)
{
	size_t n = strcspn(line, ": \t");
	size_t p = n ? position(line + n) : 0;

	if (!n || line[n] != ':' || line[n + p] != ':' ||
	    line[n + p + 1] != ' ')
		return 0;
	*end = n + p + 2;
	return n;
}

static void set_function(struct kbuildlog *log, const char *line)
{
	static const char *const marks[] = {"In function ",
					    "In member function "};

	free(log->function);
	log->function = NULL;
	for (size_t i = 0; i < ARRAY_SIZE(marks); i++) {
		const char *s = strstr(line, marks[i]);
		const char *open = s ? strchr(s, '\'') : NULL;
		const char *close = open ? strchr(open + 1, '\'') : NULL;

		if (close) {
			log->function =
				xstrndup(open + 1, (size_t)(close - open - 1));
			return;
		}
	}
}

/* Numbers that change with the code but are not what is warned about. */
static bool is_size(const char *s)
{
	s += strspn(s, " ");
	return starts_with(s, "byte");
}

char *kdiag_norm(const char *text, const char *function)
{
	struct strbuf sb = {0};
	bool word = false;

	if (function)
		sb_addf(&sb, "%s(): ", function);
	while (*text) {
		size_t digits = strspn(text, "0123456789");
		size_t p = word ? position(text) : 0;

		if (p) {
			text += p;
		} else if (starts_with(text, "+0x")) {
			text += 3;
			text += strspn(text, "0123456789abcdef");
		} else if (digits && !word && is_size(text + digits)) {
			sb_addc(&sb, 'N');
			text += digits;
		} else {
			word = isalnum((unsigned char)*text) ||
			       strchr("_./)]", *text);
			sb_addc(&sb, *text++);
		}
	}
	return sb_detach(&sb);
}

static const char *without_prefix(const struct kbuildlog *log, const char *s)
{
	for (size_t i = 0; i < log->prefixes.n; i++)
		while (starts_with(s, log->prefixes.v[i]))
			s += strlen(log->prefixes.v[i]);
	return s;
}

static void add_diag(struct kbuildlog *log, const char *file, size_t n,
		     const char *text, bool error)
{
	struct kobject_log *o;

	if (!log->current) {
		if (error && !log->first_error)
			log->first_error = xstrdup(text);
		return;
	}
	o = &log->objects[log->current - 1];
	GROW(o->diags, o->count, o->cap);
	o->diags[o->count++] = (struct kdiag){
		.error = error,
		.file = xstrndup(file, n),
		.text = xstrdup(text),
		.norm = kdiag_norm(text, log->function),
	};
}

static bool is_error(const char *s)
{
	return starts_with(s, "error:") || starts_with(s, "fatal error:") ||
	       starts_with(s, "internal compiler error:") ||
	       starts_with(s, "ERROR:");
}

static bool is_warning(const char *s)
{
	return starts_with(s, "warning:") || starts_with(s, "Warning:");
}

static void read_diag(struct kbuildlog *log, const char *line)
{
	const char *s = without_prefix(log, line);
	size_t end, n;

	/* kernel-doc: "Warning: path:12 text". */
	if (starts_with(s, "Warning: ") || starts_with(s, "Error: ")) {
		const char *path = strchr(s, ' ') + 1;
		char *text;

		path = without_prefix(log, path);
		n = strcspn(path, ": ");
		if (path[n] != ':' || !position(path + n))
			return;
		text = xasprintf("%.*s%s", (int)(strchr(s, ' ') + 1 - s), s,
				 path);
		add_diag(log, path, n, text, false);
		free(text);
		return;
	}
	n = located(s, &end);
	if (!n)
		return;
	if (is_error(s + end) || is_warning(s + end))
		add_diag(log, s, n, s, is_error(s + end));
	else if (starts_with(s + end, "In ") || starts_with(s + end, "At "))
		set_function(log, s + end);
}

/* gcc's quotes outside of the C locale: two UTF-8 characters. */
static char *with_plain_quotes(const char *line)
{
	struct strbuf sb = {0};

	while (*line) {
		if (starts_with(line, "\xe2\x80\x98") ||
		    starts_with(line, "\xe2\x80\x99")) {
			sb_addc(&sb, '\'');
			line += 3;
		} else {
			sb_addc(&sb, *line++);
		}
	}
	return sb_detach(&sb);
}

void kbuildlog_line(struct kbuildlog *log, const char *raw)
{
	char what[16], *line = with_plain_quotes(raw);
	bool module;
	const char *path = kbuildlog_progress(line, what, &module);
	struct strbuf *to;

	if (path && ends_with(path, ".o"))
		add_object(log, path, module);
	else if (path && strcmp(what, "CHECK"))
		log->current = 0;
	if (path) {
		free(log->function);
		log->function = NULL;
	} else if (!read_make(log, line)) {
		read_diag(log, line);
	}
	to = log->current ? &log->objects[log->current - 1].text : &log->rest;
	sb_addf(to, "%s\n", line);
	free(line);
}

void kbuildlog_text(struct kbuildlog *log, const char *text)
{
	struct strbuf line = {0};

	while (*text) {
		size_t n = strcspn(text, "\n");

		sb_reset(&line);
		sb_add(&line, text, n && text[n - 1] == '\r' ? n - 1 : n);
		kbuildlog_line(log, sb_str(&line));
		text += n + (text[n] == '\n');
	}
	sb_free(&line);
}
