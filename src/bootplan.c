// SPDX-License-Identifier: GPL-2.0-only
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bootplan.h"

struct reader {
	struct bootplan *p;
	int line;
	char *why;
	size_t size;
};

__attribute__((format(printf, 2, 3))) static int
fail(struct reader *r, const char *fmt, ...)
{
	int n = snprintf(r->why, r->size, "line %d: ", r->line);
	va_list ap;

	va_start(ap, fmt);
	if (n >= 0 && (size_t)n < r->size)
		vsnprintf(r->why + n, r->size - n, fmt, ap);
	va_end(ap);
	return -EINVAL;
}

static bool read_number(const char *text, int low, int high, int *value)
{
	char *end;
	long n = strtol(text, &end, 10);

	if (end == text || *end || n < low || n > high)
		return false;
	*value = n;
	return true;
}

static bool read_mac(const char *text, uint8_t *mac)
{
	for (int i = 0; i < 6; i++) {
		char *end;
		unsigned long n;

		if (!strchr("0123456789abcdefABCDEF", *text) || !*text)
			return false;
		n = strtoul(text, &end, 16);
		if (end - text > 2 || *end != (i < 5 ? ':' : '\0'))
			return false;
		mac[i] = n;
		text = end + 1;
	}
	return true;
}

static bool read_ability(const char *text, int *value)
{
	if (!strcmp(text, "none"))
		*value = BOOTPLAN_NONE;
	else if (!strcmp(text, "hash"))
		*value = BOOTPLAN_HASH;
	else if (!strcmp(text, "exact"))
		*value = BOOTPLAN_EXACT;
	else
		return read_number(text, 0, 65535, value);
	return true;
}

static bool read_promisc(const char *text, struct bootplan_nic *nic)
{
	nic->promisc_unicast = !strcmp(text, "unicast");
	nic->promisc = nic->promisc_unicast || !strcmp(text, "yes");
	return nic->promisc || !strcmp(text, "no");
}

static bool read_bool(const char *text, bool *value)
{
	*value = !strcmp(text, "yes");
	return *value || !strcmp(text, "no");
}

/* The next word; key=value is cut in two where there is a '='. */
static char *word(char **at, char **value)
{
	char *w = strtok_r(NULL, " \t\r", at);

	if (!w || !value)
		return w;
	*value = strchr(w, '=');
	if (*value)
		*(*value)++ = '\0';
	return w;
}

static bool nic_option(struct bootplan_nic *nic, const char *key,
		       const char *value)
{
	if (!strcmp(key, "mac"))
		return nic->has_mac = read_mac(value, nic->mac);
	if (!strcmp(key, "uc"))
		return strcmp(value, "exact") && read_ability(value, &nic->uc);
	if (!strcmp(key, "mc"))
		return read_ability(value, &nic->mc);
	if (!strcmp(key, "allmulti"))
		return read_bool(value, &nic->allmulti);
	if (!strcmp(key, "promisc"))
		return read_promisc(value, nic);
	if (!strcmp(key, "driver"))
		nic->driver = value;
	else if (!strcmp(key, "rows"))
		nic->rows = value;
	else if (!strcmp(key, "skip"))
		nic->skip = value;
	else if (!strcmp(key, "gaps"))
		nic->gaps = value;
	else
		return false;
	return true;
}

static int find_nic(const struct bootplan *p, const char *name)
{
	for (int i = 0; i < p->nics; i++)
		if (!strcmp(p->nic[i].name, name))
			return i;
	return -1;
}

static int read_nic(struct reader *r, char *at)
{
	struct bootplan_nic *nic = &r->p->nic[r->p->nics];
	char *key, *value;

	if (r->p->nics == BOOTPLAN_NICS)
		return fail(r, "more than %d NICs", BOOTPLAN_NICS);
	*nic = (struct bootplan_nic){ .driver = "", .rows = "all", .skip = "",
				      .gaps = "", .uc = BOOTPLAN_NONE,
				      .mc = BOOTPLAN_NONE, .allmulti = true,
				      .promisc = true };
	nic->name = word(&at, NULL);
	if (!nic->name)
		return fail(r, "a NIC has no name");
	if (find_nic(r->p, nic->name) >= 0)
		return fail(r, "NIC %s twice", nic->name);
	while ((key = word(&at, &value)))
		if (!value || !nic_option(nic, key, value))
			return fail(r, "%s%s%s", key, value ? "=" : "",
				    value ? value : "");
	if (!nic->has_mac && !*nic->driver)
		return fail(r, "NIC %s has neither mac= nor driver=",
			    nic->name);
	r->p->nics++;
	return 0;
}

static int read_soft(struct reader *r, char *at)
{
	struct bootplan_soft *soft = &r->p->soft[r->p->softs];
	char *key, *value;

	if (r->p->softs == BOOTPLAN_SOFTS)
		return fail(r, "more than %d software devices", BOOTPLAN_SOFTS);
	*soft = (struct bootplan_soft){ .over = "", .nic = -1, .rows = "all",
					.skip = "" };
	soft->kind = word(&at, NULL);
	if (!soft->kind)
		return fail(r, "a software device has no kind");
	while ((key = word(&at, &value))) {
		if (!strcmp(key, "over") && !value) {
			soft->over = word(&at, NULL);
			if (!soft->over)
				return fail(r, "over what?");
			soft->nic = find_nic(r->p, soft->over);
			if (soft->nic < 0)
				return fail(r, "no NIC %s above", soft->over);
		} else if (value && !strcmp(key, "rows")) {
			soft->rows = value;
		} else if (value && !strcmp(key, "skip")) {
			soft->skip = value;
		} else {
			return fail(r, "%s%s%s", key, value ? "=" : "",
				    value ? value : "");
		}
	}
	r->p->softs++;
	return 0;
}

static int read_line(struct reader *r, char *line)
{
	char *at, *what = strtok_r(line, " \t\r", &at);
	const char *n;

	if (!what || *what == '#')
		return 0;
	if (!strcmp(what, "nic"))
		return read_nic(r, at);
	if (!strcmp(what, "soft"))
		return read_soft(r, at);
	if (!strcmp(what, "scale") || !strcmp(what, "jobs")) {
		n = word(&at, NULL);
		if (!n || word(&at, NULL) ||
		    !read_number(n, 1, 100, *what == 's' ? &r->p->scale :
							   &r->p->jobs))
			return fail(r, "%s wants a number from 1 to 100", what);
		return 0;
	}
	return fail(r, "unknown word %s", what);
}

int bootplan_parse(struct bootplan *p, const char *text, char *why, size_t size)
{
	struct reader r = { .p = p, .why = why, .size = size };
	char *line, *next;
	int err = 0;

	memset(p, 0, sizeof(*p));
	p->scale = p->jobs = 1;
	p->text = strdup(text);
	if (!p->text)
		return -ENOMEM;
	for (line = p->text; line && !err; line = next) {
		next = strchr(line, '\n');
		if (next)
			*next++ = '\0';
		r.line++;
		err = read_line(&r, line);
	}
	return err;
}

void bootplan_free(struct bootplan *p)
{
	free(p->text);
	memset(p, 0, sizeof(*p));
}

bool bootplan_listed(const char *list, const char *wanted)
{
	size_t len = strlen(wanted);

	while (*list) {
		size_t n = strcspn(list, ",");

		if (n == len && !memcmp(list, wanted, n))
			return true;
		list += n;
		list += *list == ',';
	}
	return false;
}

bool bootplan_runs(const char *rows, const char *skip, const char *row)
{
	if (bootplan_listed(skip, row) || !strcmp(rows, "none"))
		return false;
	return !strcmp(rows, "all") || bootplan_listed(rows, row);
}
