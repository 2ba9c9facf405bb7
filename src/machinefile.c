// SPDX-License-Identifier: GPL-2.0-only
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "machinefile.h"

enum kind { TEXT, WORDS, NUMBER, YES_NO };

struct key {
	const char *name;
	enum kind kind;
	size_t offset;
	bool needed;
};

#define KEY(type, field, kind, needed)                                         \
	{                                                                      \
		#field, kind, offsetof(struct type, field), needed             \
	}

static const struct key machine_keys[] = {
	KEY(machine, arch, TEXT, true),
	KEY(machine, cross, TEXT, false),
	KEY(machine, package, TEXT, false),
	KEY(machine, qemu, TEXT, true),
	{"qemu-package", TEXT, offsetof(struct machine, qemu_package), true},
	{"qemu-version", NUMBER, offsetof(struct machine, qemu_version), false},
	KEY(machine, options, WORDS, true),
	KEY(machine, image, TEXT, true),
	KEY(machine, dtb, TEXT, false),
	KEY(machine, target, WORDS, true),
	KEY(machine, console, TEXT, true),
	KEY(machine, tap, TEXT, false),
	KEY(machine, append, WORDS, false),
	KEY(machine, config, WORDS, true),
	KEY(machine, extra, WORDS, false),
	KEY(machine, soft, WORDS, false),
	KEY(machine, scale, NUMBER, false),
};

static const struct key nic_keys[] = {
	KEY(machine_nic, device, TEXT, true),
	KEY(machine_nic, driver, TEXT, false),
	KEY(machine_nic, source, TEXT, true),
	KEY(machine_nic, config, WORDS, false),
	KEY(machine_nic, uc, TEXT, true),
	KEY(machine_nic, mc, TEXT, true),
	KEY(machine_nic, allmulti, YES_NO, true),
	KEY(machine_nic, promisc, TEXT, true),
	KEY(machine_nic, gaps, WORDS, false),
	KEY(machine_nic, skip, WORDS, false),
	KEY(machine_nic, repeat, NUMBER, false),
};

struct reader {
	struct machine *m;
	struct machine_nic *nic; /* NULL before the first section */
	const char *path;
	int line;
	struct strvec seen; /* keys of the section */
	char **why;
};

static int fail(struct reader *r, int line, char *what)
{
	*r->why = xasprintf("%s:%d: %s", r->path, line, what);
	free(what);
	return -EINVAL;
}

/* Without blanks at its ends; writes into the text. */
static char *trim(char *s)
{
	size_t n;

	s += strspn(s, " \t");
	n = strlen(s);
	while (n && strchr(" \t\r", s[n - 1]))
		n--;
	s[n] = '\0';
	return s;
}

static const struct key *find_key(const struct key *keys, size_t n,
				  const char *name)
{
	for (size_t i = 0; i < n; i++)
		if (!strcmp(keys[i].name, name))
			return &keys[i];
	return NULL;
}

static int set(struct reader *r, const struct key *key, char *base,
	       const char *value)
{
	void *at = base + key->offset;

	switch (key->kind) {
	case TEXT:
		*(char **)at = xstrdup(value);
		return 0;
	case WORDS:
		sv_split(at, value, " \t");
		return 0;
	case YES_NO:
		if (strcmp(value, "yes") && strcmp(value, "no"))
			break;
		*(bool *)at = *value == 'y';
		return 0;
	case NUMBER:
		*(int *)at = (int)number_up_to(value, 100);
		if (!*(int *)at)
			break;
		return 0;
	}
	return fail(r, r->line,
		    xasprintf("%s is \"%s\", not %s", key->name, value,
			      key->kind == YES_NO ? "yes or no"
						  : "a number from 1 to 100"));
}

static int read_setting(struct reader *r, char *line)
{
	const struct key *keys = r->nic ? nic_keys : machine_keys;
	size_t n = r->nic ? ARRAY_SIZE(nic_keys) : ARRAY_SIZE(machine_keys);
	char *equal = strchr(line, '=');
	const struct key *key;
	char *name;

	if (!equal)
		return fail(r, r->line, xstrdup("neither \"key = value\" nor "
						"[nic NAME]"));
	*equal = '\0';
	name = trim(line);
	key = find_key(keys, n, name);
	if (!key)
		return fail(r, r->line,
			    xasprintf("a %s has no \"%s\"",
				      r->nic ? "nic" : "machine", name));
	if (!sv_add_once(&r->seen, name))
		return fail(r, r->line,
			    xasprintf("%s stands here a second time", name));
	return set(r, key, r->nic ? (char *)r->nic : (char *)r->m,
		   trim(equal + 1));
}

/* Is the filter's word one that the guest knows? */
static bool is_filter(const char *word, bool exact)
{
	return !strcmp(word, "none") || !strcmp(word, "hash") ||
	       (exact && !strcmp(word, "exact")) ||
	       (*word && strspn(word, "0123456789") == strlen(word));
}

static int check_nic(struct reader *r)
{
	const struct machine_nic *nic = r->nic;

	if (!is_filter(nic->uc, false))
		return fail(r, nic->line,
			    xasprintf("uc is \"%s\", not none, hash or a "
				      "number",
				      nic->uc));
	if (!is_filter(nic->mc, true))
		return fail(r, nic->line,
			    xasprintf("mc is \"%s\", not none, hash, exact or "
				      "a number",
				      nic->mc));
	if (strcmp(nic->promisc, "yes") && strcmp(nic->promisc, "no") &&
	    strcmp(nic->promisc, "unicast"))
		return fail(r, nic->line,
			    xasprintf("promisc is \"%s\", not yes, no or "
				      "unicast",
				      nic->promisc));
	for (size_t i = 0; i < nic->config.n; i++)
		if (!starts_with(nic->config.v[i], "CONFIG_"))
			return fail(r, nic->line,
				    xasprintf("\"%s\" is no CONFIG_ symbol",
					      nic->config.v[i]));
	return 0;
}

/* Nothing of the section that ends is missing. */
static int end_section(struct reader *r)
{
	const struct key *keys = r->nic ? nic_keys : machine_keys;
	size_t n = r->nic ? ARRAY_SIZE(nic_keys) : ARRAY_SIZE(machine_keys);
	int line = r->nic ? r->nic->line : 1;

	for (size_t i = 0; i < n; i++)
		if (keys[i].needed && !sv_has(&r->seen, keys[i].name))
			return fail(r, line,
				    xasprintf("%s%s lacks \"%s\"",
					      r->nic ? "nic " : "the machine",
					      r->nic ? r->nic->name : "",
					      keys[i].name));
	if (!r->nic && r->m->extra.n % 2)
		return fail(r, line, xstrdup("extra is no list of pairs"));
	sv_free(&r->seen);
	r->seen = (struct strvec){0};
	return r->nic ? check_nic(r) : 0;
}

static int begin_nic(struct reader *r, char *line)
{
	struct machine *m = r->m;
	size_t n = strlen(line);
	char *name;
	int ret;

	if (!starts_with(line, "[nic ") || line[n - 1] != ']')
		return fail(r, r->line, xstrdup("a section is [nic NAME]"));
	ret = end_section(r);
	if (ret)
		return ret;
	line[n - 1] = '\0';
	name = trim(line + strlen("[nic "));
	if (!*name || strpbrk(name, " \t/"))
		return fail(r, r->line, xstrdup("a nic's name is one word"));
	for (size_t i = 0; i < m->nic_count; i++)
		if (!strcmp(m->nics[i].name, name))
			return fail(r, r->line,
				    xasprintf("a second nic %s", name));
	GROW(m->nics, m->nic_count, m->nic_cap);
	r->nic = &m->nics[m->nic_count++];
	*r->nic = (struct machine_nic){
		.name = xstrdup(name),
		.line = r->line,
		.repeat = 1,
	};
	return 0;
}

static char *name_of(const char *path)
{
	const char *base = base_name(path);
	size_t n = strlen(base);

	if (ends_with(base, ".machine"))
		n -= strlen(".machine");
	return xstrndup(base, n);
}

int machine_parse(struct machine *m, const char *path, const char *text,
		  char **why)
{
	struct reader r = {.m = m, .path = path, .why = why};
	int ret = 0;

	*why = NULL;
	*m = (struct machine){
		.name = name_of(path),
		.path = xstrdup(path),
		.scale = 1,
	};
	while (!ret && *text) {
		size_t n = strcspn(text, "\n");
		char *copy = xstrndup(text, strcspn(text, "#\n"));
		char *line = trim(copy);

		r.line++;
		if (*line == '[')
			ret = begin_nic(&r, line);
		else if (*line)
			ret = read_setting(&r, line);
		free(copy);
		text += n + (text[n] == '\n');
	}
	if (!ret)
		ret = end_section(&r);
	sv_free(&r.seen);
	return ret;
}

static void free_keys(const struct key *keys, size_t n, char *base)
{
	for (size_t i = 0; i < n; i++)
		if (keys[i].kind == TEXT)
			free(*(char **)(base + keys[i].offset));
		else if (keys[i].kind == WORDS)
			sv_free((struct strvec *)(base + keys[i].offset));
}

void machine_free(struct machine *m)
{
	for (size_t i = 0; i < m->nic_count; i++) {
		free_keys(nic_keys, ARRAY_SIZE(nic_keys), (char *)&m->nics[i]);
		free(m->nics[i].name);
	}
	free_keys(machine_keys, ARRAY_SIZE(machine_keys), (char *)m);
	free(m->nics);
	free(m->name);
	free(m->path);
	*m = (struct machine){0};
}

char *machines_dir(void)
{
	return data_dir("machines", "RXASYNC_MACHINES", RXASYNC_MACHINES_DIR);
}

static int list_names(const char *dir, struct strvec *names)
{
	DIR *d = opendir(dir);
	struct dirent *e;

	if (!d)
		return -errno;
	while ((e = readdir(d)))
		if (ends_with(e->d_name, ".machine") && *e->d_name != '.')
			sv_add(names, e->d_name);
	closedir(d);
	sv_sort(names);
	return 0;
}

static int read_one(struct machines *ms, const char *name)
{
	char *path = xasprintf("%s/%s", ms->dir, name), *why = NULL;
	struct strbuf text = {0};
	int ret = file_read(path, &text);

	if (ret) {
		err("cannot read %s: %s", path, strerror(-ret));
	} else {
		GROW(ms->v, ms->n, ms->cap);
		ret = machine_parse(&ms->v[ms->n++], path, sb_str(&text), &why);
		if (ret)
			err("%s", why);
	}
	free(why);
	sb_free(&text);
	free(path);
	return ret;
}

int machines_read(struct machines *ms, const char *dir)
{
	struct strvec names = {0};
	int ret;

	*ms = (struct machines){.dir = xstrdup(dir)};
	ret = list_names(dir, &names);
	if (ret)
		err("cannot read the machines in %s: %s", dir, strerror(-ret));
	for (size_t i = 0; i < names.n; i++) {
		int error = read_one(ms, names.v[i]);

		if (error && !ret)
			ret = error;
	}
	sv_free(&names);
	return ret;
}

void machines_free(struct machines *ms)
{
	for (size_t i = 0; i < ms->n; i++)
		machine_free(&ms->v[i]);
	free(ms->v);
	free(ms->dir);
	*ms = (struct machines){0};
}

const struct machine *machines_find(const struct machines *ms,
				    const char *name)
{
	for (size_t i = 0; i < ms->n; i++)
		if (!strcmp(ms->v[i].name, name))
			return &ms->v[i];
	return NULL;
}

/* The word with each `from` in it as `to`. */
static char *replace(const char *word, const char *from, const char *to)
{
	struct strbuf sb = {0};
	const char *at;

	while ((at = strstr(word, from))) {
		sb_add(&sb, word, (size_t)(at - word));
		sb_adds(&sb, to);
		word = at + strlen(from);
	}
	sb_adds(&sb, word);
	return sb_detach(&sb);
}

void machine_device(const struct machine_nic *nic, const char *net,
		    const char *mac, struct strvec *argv)
{
	struct strvec words = {0};

	sv_split(&words, nic->device, " \t");
	for (size_t i = 0; i < words.n; i++) {
		char *with_net = replace(words.v[i], "@net@", net);
		char *word = replace(with_net, "@mac@", mac);

		sv_add(argv, word);
		free(word);
		free(with_net);
	}
	sv_free(&words);
}
