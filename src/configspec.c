// SPDX-License-Identifier: GPL-2.0-only
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <time.h>
#include <unistd.h>

#include "configspec.h"

#define SYMBOL_CHARS                                                           \
	"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_"

/* "+A-B" behind the base. */
static bool read_picks(struct configspec *c, const char *s)
{
	while (*s) {
		size_t n = strspn(s + 1, SYMBOL_CHARS);

		if ((*s != '+' && *s != '-') || !n)
			return false;
		sv_addf(&c->picks, "%.*s", (int)n + 1, s);
		s += n + 1;
	}
	return true;
}

/* "-0x1234" right behind "randconfig". */
static const char *read_seed(struct configspec *c, const char *s)
{
	size_t n;

	if (strcmp(c->base, "randconfig") || !starts_with(s, "-0x"))
		return s;
	n = 3 + strspn(s + 3, "0123456789abcdefABCDEF");
	c->seed = xstrndup(s + 1, n - 1);
	return s + n;
}

/* Where the name that make knows ends: "44x/canyonlands_defconfig"; or NULL. */
static const char *name_end(const char *text)
{
	const char *end = strstr(text, "config");
	const char *slash = strchr(text, '/');

	if (!end || strspn(text, SYMBOL_CHARS "-./") < (size_t)(end - text))
		return NULL;
	if (slash && (*text == '.' || slash > end || end - slash < 5 ||
		      !starts_with(end - 4, "_defconfig")))
		return NULL;
	return end + strlen("config");
}

int configspec_parse(struct configspec *c, const char *text)
{
	const char *end;

	*c = (struct configspec){.file = *text == '/'};
	if (c->file) {
		c->base = xstrdup(text);
		return 0;
	}
	/* Some defconfigs have a dash in their names. */
	end = name_end(text);
	if (!end)
		return -EINVAL;
	c->base = xstrndup(text, (size_t)(end - text));
	end = read_seed(c, end);
	if (read_picks(c, end))
		return 0;
	configspec_free(c);
	return -EINVAL;
}

void configspec_free(struct configspec *c)
{
	free(c->base);
	free(c->seed);
	sv_free(&c->picks);
	*c = (struct configspec){0};
}

bool configspec_is_all(const struct configspec *c)
{
	static const char *const all[] = {"allmodconfig", "allyesconfig",
					  "allnoconfig", "randconfig"};

	for (size_t i = 0; i < ARRAY_SIZE(all); i++)
		if (!strcmp(c->base, all[i]))
			return true;
	return false;
}

char *configspec_join(const char *base, const struct strvec *picks)
{
	struct strbuf sb = {0};

	sb_adds(&sb, base);
	for (size_t i = 0; i < picks->n; i++)
		sb_adds(&sb, picks->v[i]);
	return sb_detach(&sb);
}

char *configspec_seeded(void)
{
	unsigned int seed;

	if (getrandom(&seed, sizeof(seed), 0) != sizeof(seed))
		seed = (unsigned int)time(NULL) ^ (unsigned int)getpid();
	return xasprintf("randconfig-0x%08X", seed);
}

void configspec_lines(const struct configspec *c, struct strbuf *to)
{
	for (size_t i = 0; i < c->picks.n; i++) {
		const char *pick = c->picks.v[i];

		sb_addf(to,
			*pick == '+' ? "CONFIG_%s=y\n"
				     : "# CONFIG_%s is not set\n",
			pick + 1);
	}
}
