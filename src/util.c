// SPDX-License-Identifier: GPL-2.0-only
#include "util.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

static void *checked(void *p)
{
	if (!p) {
		fputs("rxasync: out of memory: use fewer jobs (-j)\n", stderr);
		exit(3);
	}
	return p;
}

void *xmalloc(size_t size)
{
	return checked(malloc(size ? size : 1));
}

void *xcalloc(size_t n, size_t size)
{
	return checked(calloc(n ? n : 1, size ? size : 1));
}

void *xrealloc(void *p, size_t size)
{
	return checked(realloc(p, size ? size : 1));
}

char *xstrdup(const char *s)
{
	return checked(strdup(s));
}

char *xstrndup(const char *s, size_t n)
{
	return checked(strndup(s, n));
}

char *xvasprintf(const char *fmt, va_list ap)
{
	char *s;

	return checked(vasprintf(&s, fmt, ap) < 0 ? NULL : s);
}

char *xasprintf(const char *fmt, ...)
{
	va_list ap;
	char *s;

	va_start(ap, fmt);
	s = xvasprintf(fmt, ap);
	va_end(ap);
	return s;
}

bool starts_with(const char *s, const char *prefix)
{
	return !strncmp(s, prefix, strlen(prefix));
}

bool ends_with(const char *s, const char *suffix)
{
	size_t n = strlen(s), m = strlen(suffix);

	return n >= m && !memcmp(s + n - m, suffix, m);
}

bool word_in(const char *word, const char *const *list, size_t n)
{
	for (size_t i = 0; word && i < n; i++)
		if (!strcmp(word, list[i]))
			return true;
	return false;
}

bool starts_in(const char *s, const char *const *list, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (starts_with(s, list[i]))
			return true;
	return false;
}

size_t word_length(const char *s)
{
	size_t n = 0;

	while (is_word_char(s[n]))
		n++;
	return n;
}

long number_up_to(const char *text, long most)
{
	char *end;
	long n = strtol(text, &end, 10);

	return *end || n < 1 || n > most ? 0 : n;
}

const char *base_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

void sb_add(struct strbuf *sb, const void *data, size_t len)
{
	if (sb->len + len + 1 > sb->cap) {
		sb->cap = (sb->len + len + 1) * 2;
		sb->buf = xrealloc(sb->buf, sb->cap);
	}
	if (len)
		memcpy(sb->buf + sb->len, data, len);
	sb->len += len;
	sb->buf[sb->len] = '\0';
}

void sb_adds(struct strbuf *sb, const char *s)
{
	sb_add(sb, s, strlen(s));
}

void sb_addc(struct strbuf *sb, char c)
{
	sb_add(sb, &c, 1);
}

void sb_addf(struct strbuf *sb, const char *fmt, ...)
{
	va_list ap;
	char *s;

	va_start(ap, fmt);
	s = xvasprintf(fmt, ap);
	va_end(ap);
	sb_adds(sb, s);
	free(s);
}

const char *sb_str(const struct strbuf *sb)
{
	return sb->buf ? sb->buf : "";
}

char *sb_detach(struct strbuf *sb)
{
	char *s = sb->buf ? sb->buf : xstrdup("");

	*sb = (struct strbuf){0};
	return s;
}

void sb_reset(struct strbuf *sb)
{
	sb->len = 0;
	if (sb->buf)
		sb->buf[0] = '\0';
}

void sb_free(struct strbuf *sb)
{
	free(sb->buf);
	*sb = (struct strbuf){0};
}

static void sv_own(struct strvec *sv, char *s)
{
	if (sv->n + 2 > sv->cap) {
		sv->cap = sv->cap ? 2 * sv->cap : 8;
		sv->v = xrealloc(sv->v, sv->cap * sizeof(*sv->v));
	}
	sv->v[sv->n++] = s;
	sv->v[sv->n] = NULL;
}

void sv_add(struct strvec *sv, const char *s)
{
	sv_own(sv, xstrdup(s));
}

void sv_addf(struct strvec *sv, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	sv_own(sv, xvasprintf(fmt, ap));
	va_end(ap);
}

void sv_addv(struct strvec *sv, const struct strvec *from)
{
	for (size_t i = 0; i < from->n; i++)
		sv_add(sv, from->v[i]);
}

const char *sv_value(const struct strvec *sv, const char *name)
{
	size_t n = strlen(name);

	for (size_t i = sv->n; i > 0; i--)
		if (starts_with(sv->v[i - 1], name) && sv->v[i - 1][n] == '=')
			return sv->v[i - 1] + n + 1;
	return NULL;
}

bool sv_has(const struct strvec *sv, const char *s)
{
	for (size_t i = 0; i < sv->n; i++)
		if (!strcmp(sv->v[i], s))
			return true;
	return false;
}

bool sv_add_once(struct strvec *sv, const char *s)
{
	if (sv_has(sv, s))
		return false;
	sv_add(sv, s);
	return true;
}

static int compare_strings(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

void sv_sort(struct strvec *sv)
{
	if (sv->n)
		qsort(sv->v, sv->n, sizeof(*sv->v), compare_strings);
}

void sv_split(struct strvec *sv, const char *s, const char *separators)
{
	while (*s) {
		size_t n = strcspn(s, separators);

		if (n)
			sv_own(sv, xstrndup(s, n));
		s += n;
		s += strspn(s, separators);
	}
}

void sv_free(struct strvec *sv)
{
	for (size_t i = 0; i < sv->n; i++)
		free(sv->v[i]);
	free(sv->v);
	*sv = (struct strvec){0};
}

uint64_t hash_bytes(uint64_t h, const void *data, size_t len)
{
	const unsigned char *p = data;

	while (len--)
		h = (h ^ *p++) * 0x100000001b3ull;
	return h;
}

uint64_t hash_str(uint64_t h, const char *s)
{
	return hash_bytes(h, s, strlen(s) + 1);
}

uint64_t hash_file(uint64_t h, const char *path)
{
	struct strbuf sb = {0};
	int ret = file_read(path, &sb);

	h = ret ? hash_str(h, strerror(-ret)) : hash_bytes(h, sb.buf, sb.len);
	sb_free(&sb);
	return h;
}

static struct {
	size_t done, total;
	bool quiet, open;
} progress;

static __printf_like(2, 0) void message(const char *kind, const char *fmt,
					va_list ap)
{
	char *s = xvasprintf(fmt, ap);

	say_end();
	fprintf(stderr, "rxasync: %s%s\n", kind, s);
	free(s);
}

void err(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	message("", fmt, ap);
	va_end(ap);
}

void warn(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	message("warning: ", fmt, ap);
	va_end(ap);
}

static int terminal_width(void)
{
	struct winsize w;

	return ioctl(STDERR_FILENO, TIOCGWINSZ, &w) || w.ws_col < 2 ? 80 :
								      w.ws_col;
}

void say(const char *what, const char *fmt, ...)
{
	bool tty = isatty(STDERR_FILENO);
	struct strbuf line = {0};
	va_list ap;
	char *s;

	if (progress.quiet)
		return;
	va_start(ap, fmt);
	s = xvasprintf(fmt, ap);
	va_end(ap);
	if (tty && progress.total)
		sb_addf(&line, "[%zu/%zu]", progress.done, progress.total);
	sb_addf(&line, "  %-7s %s", what, s);
	/* A line that wraps could not be replaced by the next. */
	if (tty)
		fprintf(stderr, "\r\033[K%.*s", terminal_width() - 1,
			line.buf);
	else
		fprintf(stderr, "%s\n", line.buf);
	progress.open = tty;
	fflush(stderr);
	sb_free(&line);
	free(s);
}

void say_count(size_t done, size_t total)
{
	progress.done = done;
	progress.total = total;
}

void say_end(void)
{
	if (progress.open)
		fputc('\n', stderr);
	progress.open = false;
}

void say_quiet(bool quiet)
{
	progress.quiet = quiet;
}
