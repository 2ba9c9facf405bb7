// SPDX-License-Identifier: GPL-2.0-only
#include "boottable.h"

#include <stdlib.h>
#include <string.h>

const char *row_verdict_name(enum row_verdict v)
{
	static const char *const names[] = {
		[ROW_GOOD] = "pass",	     [ROW_SKIPPED] = "skip",
		[ROW_GAP] = "gap",	     [ROW_BOTH_WRONG] = "legacy-too",
		[ROW_MISSING] = "missing",   [ROW_WRONG] = "fail",
	};

	return names[v];
}

bool bits_right(const char *want, const char *got)
{
	if (strlen(want) != strlen(got))
		return false;
	for (; *want; want++, got++)
		if (*want != 'x' && *want != *got)
			return false;
	return true;
}

static char *dup_or_null(const char *s)
{
	return s ? xstrdup(s) : NULL;
}

static bool has_bits(const struct said_row *r)
{
	return r && r->got && strcmp(r->got, "-");
}

static enum row_verdict judge(const struct said_row *legacy,
			      const struct said_row *converted, bool gap)
{
	bool right;

	if (legacy && converted && legacy->why && converted->why)
		return ROW_SKIPPED;
	if (!legacy || !converted)
		return ROW_MISSING;
	if (!has_bits(legacy) && !has_bits(converted))
		return gap ? ROW_GAP : ROW_MISSING;
	if (!has_bits(converted) || !has_bits(legacy))
		return ROW_WRONG;
	if (strcmp(legacy->got, converted->got) ||
	    strcmp(legacy->want, converted->want))
		return ROW_WRONG;
	right = bits_right(converted->want, converted->got);
	if (right)
		return ROW_GOOD;
	return gap ? ROW_GAP : ROW_BOTH_WRONG;
}

static void add(struct boot_table *t, const char *prefix,
		const struct said_row *legacy, const struct said_row *converted,
		bool gap)
{
	const struct said_row *any = converted ? converted : legacy;
	struct boot_row *r;

	GROW(t->v, t->n, t->cap);
	r = &t->v[t->n++];
	*r = (struct boot_row){
		.row = xasprintf("%s%s", prefix, any->row),
		.legacy = legacy ? dup_or_null(legacy->got) : NULL,
		.converted = converted ? dup_or_null(converted->got) : NULL,
		.want = dup_or_null(any->want),
		.why = dup_or_null(any->why),
		.verdict = judge(legacy, converted, gap),
	};
	t->good += r->verdict == ROW_GOOD;
	t->skipped += r->verdict == ROW_SKIPPED;
}

void boot_table_add(struct boot_table *t, const char *nic, const char *prefix,
		    const struct said *legacy, const struct said *converted,
		    const struct strvec *gaps)
{
	for (size_t i = 0; i < legacy->row_count; i++) {
		const struct said_row *r = &legacy->rows[i];

		if (!strcmp(r->nic, nic))
			add(t, prefix, r, said_find(converted, nic, r->row),
			    gaps && sv_has(gaps, r->row));
	}
	for (size_t i = 0; i < converted->row_count; i++) {
		const struct said_row *r = &converted->rows[i];

		if (!strcmp(r->nic, nic) && !said_find(legacy, nic, r->row))
			add(t, prefix, NULL, r, gaps && sv_has(gaps, r->row));
	}
}

const struct boot_row *boot_table_worst(const struct boot_table *t)
{
	const struct boot_row *worst = NULL;

	for (size_t i = 0; i < t->n; i++)
		if (t->v[i].verdict > ROW_GAP &&
		    (!worst || t->v[i].verdict > worst->verdict))
			worst = &t->v[i];
	return worst;
}

static void put(json_t *j, const char *key, const char *text)
{
	json_t *value = text ? json_string(text) : NULL;

	json_object_set_new(j, key, value ? value : json_null());
}

json_t *boot_table_json(const struct boot_table *t)
{
	json_t *array = json_array();

	for (size_t i = 0; i < t->n; i++) {
		const struct boot_row *r = &t->v[i];
		json_t *j = json_object();

		put(j, "row", r->row);
		put(j, "legacy", r->legacy);
		put(j, "converted", r->converted);
		put(j, "want", r->want);
		put(j, "result", row_verdict_name(r->verdict));
		if (r->why)
			put(j, "why", r->why);
		json_array_append_new(array, j);
	}
	return array;
}

void boot_table_free(struct boot_table *t)
{
	for (size_t i = 0; i < t->n; i++) {
		free(t->v[i].row);
		free(t->v[i].legacy);
		free(t->v[i].converted);
		free(t->v[i].want);
		free(t->v[i].why);
	}
	free(t->v);
	*t = (struct boot_table){0};
}
