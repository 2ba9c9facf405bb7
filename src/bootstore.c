// SPDX-License-Identifier: GPL-2.0-only
#include "bootstore.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define SPLAT_SHOWN 60

static json_t *text_json(const char *s)
{
	json_t *j = json_string(s ? s : "");

	return j ? j : json_string("(no UTF-8)");
}

/* In the unit's folder. */
static char *log_name(const struct boot_target *t)
{
	if (!t->machine)
		return xstrdup("boot.log");
	return xasprintf("boot-%s-%s%s.log", t->machine->name,
			 t->nic ? "" : "soft-",
			 t->nic ? t->nic->name : t->soft);
}

/* Those of a card itself, not of devices on top of it. */
static size_t good_states(const struct boot_table *t)
{
	size_t n = 0;

	for (size_t i = 0; i < t->n; i++)
		n += t->v[i].verdict == ROW_GOOD && !strchr(t->v[i].row, '/');
	return n;
}

static json_t *entry_of(const struct boot_result *r, const struct session *s,
			const struct boot_target *t, const char *variant)
{
	char *nic = boot_target_nic(t), *text;
	json_t *j = json_object();

	json_object_set_new(j, "machine",
			    text_json(t->machine ? t->machine->name : "-"));
	json_object_set_new(j, "nic", text_json(nic));
	json_object_set_new(j, "result", text_json(boot_word_name(r->word)));
	json_object_set_new(j, "why", text_json(r->why));
	if (r->legacy_too)
		json_object_set_new(j, "legacy_too", json_true());
	json_object_set_new(j, "variant", text_json(variant));
	json_object_set_new(j, "key", json_sprintf("%016" PRIx64, t->key));
	json_object_set_new(j, "sources",
			    json_sprintf("%016" PRIx64,
					 boot_unit_key(s, t->unit)));
	json_object_set_new(j, "rows", boot_table_json(&r->table));
	json_object_set_new(j, "states",
			    json_integer((json_int_t)good_states(&r->table)));
	if (r->converted) {
		const char *lockdep = r->converted->said.lockdep;

		json_object_set_new(j, "accel",
				    text_json(r->converted->accel));
		json_object_set_new(j, "qemu",
				    text_json(r->converted->version));
		json_object_set_new(j, "seconds",
				    json_integer(r->converted->seconds));
		json_object_set_new(j, "lockdep",
				    text_json(lockdep ? lockdep : "unknown"));
	}
	text = log_name(t);
	json_object_set_new(j, "log", text_json(text));
	free(text);
	free(nic);
	return j;
}

static bool same_place(const json_t *a, const json_t *b)
{
	return !strcmp(json_str(a, "machine"), json_str(b, "machine")) &&
	       !strcmp(json_str(a, "nic"), json_str(b, "nic")) &&
	       !strcmp(json_str(a, "variant"), json_str(b, "variant"));
}

/* That there was no machine is no news once there is one. */
static bool is_replaced(const json_t *old, const json_t *new)
{
	return same_place(old, new) || !strcmp(json_str(old, "machine"), "-");
}

static int write_boot(const struct session *s, struct unit *u, json_t *array)
{
	char *path = unit_path(s, u, "boot.json");
	uint64_t h = HASH_INIT;
	json_t *j, *e;
	size_t i;
	int ret;

	json_array_foreach(array, i, e)
		h = hash_str(h, json_str(e, "key"));
	j = json_pack("{so so}", "key", json_sprintf("%016" PRIx64, h), "boot",
		      array);
	ret = make_parents(path);
	if (!ret)
		ret = json_write(path, j);
	free(path);
	if (ret) {
		json_decref(j);
		return ret;
	}
	json_decref(u->boot);
	u->boot = j;
	return 0;
}

static void log_rows(struct strbuf *sb, const struct boot_table *t)
{
	sb_addf(sb, "%-16s %-12s %-12s %-12s\n", "row", "legacy", "converted",
		"right");
	for (size_t i = 0; i < t->n; i++) {
		const struct boot_row *r = &t->v[i];

		sb_addf(sb, "%-16s %-12s %-12s %-12s %s%s%s\n", r->row,
			r->legacy ? r->legacy : "-",
			r->converted ? r->converted : "-",
			r->want ? r->want : "-", row_verdict_name(r->verdict),
			r->why ? ": " : "", r->why ? r->why : "");
	}
}

static void log_side(struct strbuf *sb, const struct boot_side *side)
{
	sb_addf(sb, "# %s: %s after %d s, %s, QEMU %s%s\n%s\n", side->label,
		boot_end_name(side->end), side->seconds, side->accel,
		side->version, side->reused ? ", from an earlier run" : "",
		side->command);
	for (size_t i = 0; i < side->splats.n && i < 2; i++)
		splat_text(sb, side->console, side->splats.v[i].line,
			   SPLAT_SHOWN);
	if (side->end == BOOT_NO_START)
		sb_adds(sb, side->qemu_said);
}

static int write_log(const struct boot_result *r, const struct session *s,
		     const struct boot_target *t)
{
	char *name = log_name(t), *path = unit_path(s, t->unit, name);
	char *nic = boot_target_nic(t);
	struct strbuf sb = {0};
	int ret;

	sb_addf(&sb, "# %s %s: %s%s%s\n", t->machine ? t->machine->name : "-",
		nic, boot_word_name(r->word), *r->why ? ": " : "", r->why);
	if (r->table.n)
		log_rows(&sb, &r->table);
	if (r->legacy)
		log_side(&sb, r->legacy);
	if (r->converted)
		log_side(&sb, r->converted);
	ret = make_parents(path);
	if (!ret)
		ret = file_write(path, sb.buf, sb.len);
	sb_free(&sb);
	free(nic);
	free(path);
	free(name);
	return ret;
}

int boot_store_put(const struct boot_result *r, const struct session *s,
		      const struct boot_target *t, const char *variant)
{
	json_t *new = entry_of(r, s, t, variant), *array = json_array(), *e;
	size_t i;
	int ret;

	json_array_foreach(json_object_get(t->unit->boot, "boot"), i, e)
		if (!is_replaced(e, new))
			json_array_append(array, e);
	json_array_append_new(array, new);
	ret = write_log(r, s, t);
	if (ret) {
		json_decref(array);
		return ret;
	}
	return write_boot(s, t->unit, array);
}

static const json_t *entry_for(const struct boot_target *t,
			       const char *variant)
{
	char *nic = boot_target_nic(t);
	const char *machine = t->machine ? t->machine->name : "-";
	const json_t *found = NULL, *e;
	size_t i;

	json_array_foreach(json_object_get(t->unit->boot, "boot"), i, e)
		if (!strcmp(json_str(e, "machine"), machine) &&
		    !strcmp(json_str(e, "nic"), nic) &&
		    !strcmp(json_str(e, "variant"), variant))
			found = e;
	free(nic);
	return found;
}

bool boot_store_has(const struct boot_target *t, const char *variant)
{
	const json_t *e = entry_for(t, variant);
	char hex[17];

	snprintf(hex, sizeof(hex), "%016" PRIx64, t->key);
	return e && !strcmp(json_str(e, "key"), hex);
}

const char *boot_store_word(const struct boot_target *t, const char *variant)
{
	const json_t *e = entry_for(t, variant);

	return e ? json_str(e, "result") : NULL;
}

static void remove_file(const struct session *s, const struct unit *u,
			const char *name)
{
	char *path = unit_path(s, u, name);

	if (*name && !strchr(name, '/'))
		unlink(path);
	free(path);
}

static void remove_files(const struct session *s, struct unit *u)
{
	json_t *e;
	size_t i;

	json_array_foreach(json_object_get(u->boot, "boot"), i, e)
		remove_file(s, u, json_str(e, "log"));
	remove_file(s, u, "boot.json");
	json_decref(u->boot);
	u->boot = NULL;
}

int boot_store_drop_stale(const struct session *s, struct unit *u)
{
	json_t *old = json_object_get(u->boot, "boot"), *array, *e;
	char hex[17];
	size_t i;

	if (!boot_unit_is_ready(u) && u->verdict != KEPT) {
		remove_files(s, u);
		return 0;
	}
	if (!old)
		return 0;
	array = json_array();
	snprintf(hex, sizeof(hex), "%016" PRIx64, boot_unit_key(s, u));
	json_array_foreach(old, i, e)
		if (!strcmp(json_str(e, "sources"), hex))
			json_array_append(array, e);
		else
			remove_file(s, u, json_str(e, "log"));
	if (json_array_size(array) == json_array_size(old)) {
		json_decref(array);
		return 0;
	}
	if (json_array_size(array))
		return write_boot(s, u, array);
	json_decref(array);
	remove_files(s, u);
	return 0;
}
