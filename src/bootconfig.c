// SPDX-License-Identifier: GPL-2.0-only
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "bootconfig.h"

static bool same_words(const struct strvec *a, const struct strvec *b)
{
	if (a->n != b->n)
		return false;
	for (size_t i = 0; i < a->n; i++)
		if (strcmp(a->v[i], b->v[i]))
			return false;
	return true;
}

bool bootconfig_shared(const struct machine *a, const struct machine *b)
{
	const char *x = a->cross ? a->cross : "", *y = b->cross ? b->cross : "";

	return !strcmp(a->arch, b->arch) && !strcmp(x, y) &&
	       same_words(&a->config, &b->config);
}

/*
 * A later line takes the place of an earlier one; but what a machine's own
 * fragments turn off is not to be had there, and no variant brings it back.
 */
static void add_line(struct boot_config *c, const char *line, bool variant)
{
	size_t n = strcspn(line, "=") + 1;

	for (size_t i = 0; i < c->base.n; i++) {
		char *old = c->base.v[i];

		if (strncmp(old, line, n))
			continue;
		if (variant && !strcmp(old + n, "n"))
			return;
		c->base.v[i] = xstrdup(line);
		free(old);
		return;
	}
	sv_add(&c->base, line);
}

static int add_fragment(struct boot_config *c, const char *dir,
			const char *name, bool variant)
{
	char *path = xasprintf("%s/config/%s.config", dir, name);
	struct strbuf text = {0};
	struct strvec lines = {0};
	int ret = file_read(path, &text);

	if (ret)
		err("cannot read %s: %s", path, strerror(-ret));
	else
		sv_split(&lines, sb_str(&text), "\n");
	for (size_t i = 0; i < lines.n; i++)
		if (starts_with(lines.v[i], "CONFIG_"))
			add_line(c, lines.v[i], variant);
	sv_free(&lines);
	sb_free(&text);
	free(path);
	return ret;
}

static void add_nic(struct boot_config *c, const struct machine_nic *nic)
{
	for (size_t i = 0; i < nic->config.n; i++) {
		const char *s = nic->config.v[i];
		char *line = strchr(s, '=') ? xstrdup(s) : xasprintf("%s=y", s);

		sv_add_once(&c->nics, line);
		free(line);
	}
}

/* "CONFIG_X" of "CONFIG_X=y"; the caller frees it. */
static char *symbol_of(const char *line)
{
	return xstrndup(line, strcspn(line, "="));
}

static bool has_setting(const struct strvec *lines, const char *symbol)
{
	size_t n = strlen(symbol);

	for (size_t i = 0; i < lines->n; i++)
		if (!strncmp(lines->v[i], symbol, n) && lines->v[i][n] == '=')
			return true;
	return false;
}

/* Vendors, buses: what can be set by hand and nobody has said yet. */
static void add_needs(struct boot_config *c, const struct kconfig *kc)
{
	struct strvec symbols = {0};

	for (size_t i = 0; i < c->nics.n; i++) {
		char *symbol = symbol_of(c->nics.v[i]);

		if (ends_with(c->nics.v[i], "=y"))
			sv_add(&symbols, symbol);
		free(symbol);
	}
	kconfig_add_needs(kc, &symbols);
	for (size_t i = 0; i < symbols.n; i++) {
		size_t n;
		const struct kdef *d = kconfig_find(kc, symbols.v[i], &n);
		bool prompt = false;

		for (size_t k = 0; k < n; k++)
			prompt |= d[k].prompt;
		if (prompt && !has_setting(&c->base, symbols.v[i]) &&
		    !has_setting(&c->nics, symbols.v[i]))
			sv_addf(&c->needs, "%s=y", symbols.v[i]);
	}
	sv_free(&symbols);
}

int bootconfig_make(struct boot_config *c, const struct machines *ms,
		    const struct machine *mc, const char *variant,
		    const struct kconfig *kc)
{
	int ret = 0;

	*c = (struct boot_config){0};
	for (size_t i = 0; !ret && i < mc->config.n; i++)
		ret = add_fragment(c, ms->dir, mc->config.v[i], false);
	if (!ret)
		ret = add_fragment(c, ms->dir, variant, true);
	for (size_t i = 0; i < ms->n; i++)
		for (size_t k = 0; k < ms->v[i].nic_count; k++)
			if (bootconfig_shared(mc, &ms->v[i]))
				add_nic(c, &ms->v[i].nics[k]);
	if (!ret)
		add_needs(c, kc);
	return ret;
}

char *bootconfig_text(const struct boot_config *c)
{
	const struct strvec *const parts[] = {&c->base, &c->needs, &c->nics};
	struct strbuf sb = {0};

	for (size_t i = 0; i < ARRAY_SIZE(parts); i++)
		for (size_t k = 0; k < parts[i]->n; k++)
			sb_addf(&sb, "%s\n", parts[i]->v[k]);
	return sb_detach(&sb);
}

static bool has_line(const char *text, const char *line, size_t n)
{
	for (const char *at = text; (at = strstr(at, line)); at++)
		if ((at == text || at[-1] == '\n') &&
		    (!n || at[n] == '\n' || !at[n]))
			return true;
	return false;
}

/* Is the line's setting in the .config? "=n" is no line of it. */
static bool is_set(const char *dotconfig, const char *line)
{
	char *start;
	bool set;

	if (!ends_with(line, "=n"))
		return has_line(dotconfig, line, strlen(line));
	start = xstrndup(line, strlen(line) - 1);
	set = !has_line(dotconfig, start, 0);
	free(start);
	return set;
}

static bool is_known(const struct kconfig *kc, const char *symbol)
{
	size_t n;

	return kconfig_find(kc, symbol + strlen("CONFIG_"), &n) != NULL;
}

int bootconfig_check(const struct boot_config *c, const struct kconfig *kc,
		     const char *dotconfig, const char *arch,
		     struct strvec *lacking, struct strvec *unknown,
		     char **why)
{
	struct dotconfig *dc = dotconfig_parse(dotconfig);

	*why = NULL;
	for (size_t i = 0; i < c->base.n + c->nics.n; i++) {
		bool base = i < c->base.n;
		const char *line =
			base ? c->base.v[i] : c->nics.v[i - c->base.n];
		char *symbol = symbol_of(line), *reason;

		if (is_set(dotconfig, line)) {
			free(symbol);
			continue;
		}
		if (!is_known(kc, symbol)) {
			sv_add_once(unknown, symbol);
		} else if (base && !*why) {
			reason = kconfig_why_off(kc, dc, arch, symbol);
			*why = xasprintf("%s did not come to be: %s", line,
					 reason);
			free(reason);
		}
		if (!base)
			sv_add_once(lacking, symbol);
		free(symbol);
	}
	dotconfig_free(dc);
	return *why ? -EINVAL : 0;
}

void bootconfig_free(struct boot_config *c)
{
	sv_free(&c->base);
	sv_free(&c->nics);
	sv_free(&c->needs);
}
