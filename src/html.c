// SPDX-License-Identifier: GPL-2.0-only
#include "html.h"

#include <ctype.h>
#include <string.h>

#define REPLACEMENT "\xef\xbf\xbd"

/*
 * The length of the UTF-8 character at s, 0 where there is none. Overlong
 * forms, surrogates and what lies above U+10FFFF are no characters.
 */
static size_t utf8_len(const unsigned char *s, size_t len)
{
	unsigned char low = 0x80, high = 0xbf;
	size_t n;

	if (s[0] < 0x80)
		return 1;
	if (s[0] >= 0xc2 && s[0] <= 0xdf)
		n = 2;
	else if ((s[0] & 0xf0) == 0xe0)
		n = 3;
	else if (s[0] >= 0xf0 && s[0] <= 0xf4)
		n = 4;
	else
		return 0;
	if (s[0] == 0xe0)
		low = 0xa0;
	else if (s[0] == 0xed)
		high = 0x9f;
	else if (s[0] == 0xf0)
		low = 0x90;
	else if (s[0] == 0xf4)
		high = 0x8f;
	if (n > len || s[1] < low || s[1] > high)
		return 0;
	for (size_t i = 2; i < n; i++)
		if ((s[i] & 0xc0) != 0x80)
			return 0;
	return n;
}

/* C0 but tab and newline, DEL, and C1 (U+0080 to U+009F). */
static bool is_control(const unsigned char *s, size_t n)
{
	if (n == 1)
		return (s[0] < 0x20 && s[0] != '\t' && s[0] != '\n') ||
		       s[0] == 0x7f;
	return n == 2 && s[0] == 0xc2 && s[1] < 0xa0;
}

void utf8_clean(struct strbuf *out, const char *s, size_t len)
{
	while (len) {
		const unsigned char *p = (const unsigned char *)s;
		size_t n = utf8_len(p, len);

		if (n && !is_control(p, n))
			sb_add(out, s, n);
		else if (*s != '\r' || len < 2 || s[1] != '\n')
			sb_adds(out, REPLACEMENT);
		n = n ? n : 1;
		s += n;
		len -= n;
	}
}

char *utf8_dup(const char *s)
{
	struct strbuf out = {0};

	if (s)
		utf8_clean(&out, s, strlen(s));
	return sb_detach(&out);
}

void html_text(struct strbuf *out, const char *s, size_t len)
{
	struct strbuf clean = {0};
	const char *p;

	utf8_clean(&clean, s, len);
	for (p = sb_str(&clean); *p;) {
		size_t n = strcspn(p, "&<>\"'");

		sb_add(out, p, n);
		p += n;
		if (*p)
			sb_addf(out, "&#%d;", *p++);
	}
	sb_free(&clean);
}

void html_addf(struct strbuf *out, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	while (*fmt) {
		size_t n = strcspn(fmt, "%");

		sb_add(out, fmt, n);
		fmt += n;
		if (starts_with(fmt, "%s")) {
			const char *s = va_arg(ap, const char *);

			if (s)
				html_text(out, s, strlen(s));
			fmt += 2;
		} else if (starts_with(fmt, "%d")) {
			sb_addf(out, "%d", va_arg(ap, int));
			fmt += 2;
		} else if (starts_with(fmt, "%zu")) {
			sb_addf(out, "%zu", va_arg(ap, size_t));
			fmt += 3;
		} else if (*fmt) {
			sb_addc(out, '%');
			fmt += fmt[1] == '%' ? 2 : 1;
		}
	}
	va_end(ap);
}

void html_url(struct strbuf *out, const char *path)
{
	for (; *path; path++) {
		if (isalnum((unsigned char)*path) || strchr("/._-~", *path))
			sb_addc(out, *path);
		else
			sb_addf(out, "%%%02X", (unsigned char)*path);
	}
}
