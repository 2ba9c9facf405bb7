// SPDX-License-Identifier: GPL-2.0-only
#include <stdarg.h>
#include <stdio.h>
#include <unistd.h>

#include "ktap.h"

static int run, failed;
static int output = STDOUT_FILENO;
static const char *prefix = "";

__attribute__((format(printf, 2, 0))) static void
put(const char *head, const char *fmt, va_list ap)
{
	char line[900]; /* a record of the kernel's log has no room for more */
	int n = snprintf(line, sizeof(line), "%s%s", prefix, head);
	int rest = (int)sizeof(line) - n - 1;
	int m = vsnprintf(line + n, rest, fmt, ap);
	ssize_t done;

	n += m < rest ? m : rest - 1;
	line[n++] = '\n';
	done = write(output, line, n);
	(void)done;
}

__attribute__((format(printf, 2, 3))) static void
putf(const char *head, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	put(head, fmt, ap);
	va_end(ap);
}

void ktap_begin(void)
{
	run = failed = 0;
	putf("", "KTAP version 1");
}

bool ktap_ok(bool good, const char *fmt, ...)
{
	char head[32];
	va_list ap;

	snprintf(head, sizeof(head), "%sok %d ", good ? "" : "not ", ++run);
	failed += !good;
	va_start(ap, fmt);
	put(head, fmt, ap);
	va_end(ap);
	return good;
}

void ktap_skip(const char *name, const char *why)
{
	putf("", "ok %d %s # SKIP %s", ++run, name, why);
}

void ktap_note(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	put("# ", fmt, ap);
	va_end(ap);
}

void ktap_line(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	put("", fmt, ap);
	va_end(ap);
}

void ktap_output(int fd, const char *text)
{
	output = fd;
	prefix = text;
}

int ktap_end(void)
{
	putf("", "1..%d", run);
	return failed;
}
